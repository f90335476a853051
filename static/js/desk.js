/* The reading desk: choosing a claim, lining up the columns, the layers, the phone's tabs and sheet.
   Everything here is also a link that the server answers: without this file the page reads and selects all the same. */

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

const read = $("[data-read]");
const desk = $(".desk");
const sources = $("[data-sources]");
const panel = $(".panel");

if (read && sources) start();

function start() {
  const status = $("[data-status-line]");
  const marks = number => $$(`.marked .claim[data-claim~="${number}"]`, sources);
  const rowOf = number => $(`.index-list a[data-select="${number}"]`);
  // In reading order; retired claims, which have no place in the texts, come last.
  const order = () => $$(".index-list a[data-select]")
    .sort((a, b) => (a.dataset.place || 0) - (b.dataset.place || 0) || a.dataset.select - b.dataset.select)
    .filter(link => link.dataset.place !== "0")
    .map(link => link.dataset.select);

  /* ---- the columns: every source at the height of the claim ---- */
  function align(number, behavior = "auto") {
    const found = marks(number).filter(mark => mark.getClientRects().length);
    const first = new Map();
    for (const mark of found) {
      const box = mark.closest(".source-scroll");
      if (!first.has(box)) first.set(box, mark);
    }
    if (!first.size) return sources.removeAttribute("data-aligned");
    // All is measured before anything moves.
    const spots = [...first].map(([box, mark]) => ({
      box,
      at: mark.getClientRects()[0].top - box.getBoundingClientRect().top + box.scrollTop,
      rise: mark.getClientRects()[0].height / 2,
    }));
    const want = Math.min(spots[0].box.clientHeight * 0.3, ...spots.map(spot => spot.at));
    const line = spots[0].box.offsetTop + want + spots[0].rise;
    for (const { box, at } of spots) box.scrollTo({ top: at - want, behavior });
    show(spots.map(spot => spot.box));
    sources.style.setProperty("--line-y", `${Math.round(line)}px`);
    sources.setAttribute("data-aligned", "");
  }

  // Where more columns stand than fit, one that speaks must be in sight.
  function show(boxes) {
    const frame = sources.getBoundingClientRect();
    const isSeen = box => {
      const { left, right } = box.getBoundingClientRect();
      return left >= frame.left - 1 && right <= frame.right + 1;
    };
    if (!boxes.some(isSeen)) sources.scrollTo({ left: boxes[0].closest(".source").offsetLeft - sources.offsetLeft });
  }

  // A note half written is not thrown away without a word.
  const isUnsaved = () => $$("#panel form :is(textarea, input, select)").some(field =>
    field.type !== "hidden" && (field.matches("select") ? [...field.options].some(o => o.selected !== o.defaultSelected && o.value) : field.value !== field.defaultValue));
  const mayLeave = () => !isUnsaved() || confirm("The note you are writing is not saved. Leave it?");

  /* ---- choosing ---- */
  function mark(number) {
    $$(".marked .claim[aria-current]", sources).forEach(element => element.removeAttribute("aria-current"));
    marks(number).forEach(element => element.setAttribute("aria-current", "true"));
  }

  function select(number, { push = true, focus = "", then } = {}) {
    const row = rowOf(number);
    if (!row) return;
    const isNew = read.dataset.selected !== number;
    if (isNew && !mayLeave()) return;
    read.dataset.selected = number;
    mark(number);
    align(number);
    if (push && isNew) history.pushState({ claim: number }, "", addressOf(number));
    if (!isNew && $(`#panel [data-number="${number}"]`)) return then?.();
    panel.setAttribute("data-waiting", "");
    expected = { number, focus, then };
    const address = panel.dataset.panels.replace("/0/", `/${row.dataset.claimKey}/`);
    const chosen = new URLSearchParams(new URLSearchParams(location.search).getAll("show").map(key => ["show", key]));
    // Whatever fails is said by the shell; a request that was overtaken has nothing to say.
    htmx.ajax("GET", chosen.size ? `${address}?${chosen}` : address, { source: "#panel-loader", target: "#panel", swap: "outerHTML" }).catch(() => {});
  }

  /* The panel has come, at once or after signing in again. One that was overtaken by another choice is not shown. */
  let expected = {};
  document.addEventListener("htmx:afterSettle", () => {
    const { number, focus, then } = expected;
    const sheet = number && number === read.dataset.selected && $(`#panel [data-number="${number}"]`);
    if (!sheet || !panel.hasAttribute("data-waiting")) return;
    expected = {};
    panel.removeAttribute("data-waiting");
    // Where columns have no head until a claim is chosen, its arrival has moved the text.
    align(number);
    status.textContent = `Claim ${number}: ${$("[data-statement]", sheet).textContent}`;
    document.title = `Claim ${number} · ${document.title.replace(/^Claim \d+ · /, "")}`;
    if (focus === "panel") $("#panel-body").focus({ preventScroll: true });
    else if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
    then?.();
  });

  function clear({ push = true, isSure = false } = {}) {
    const number = read.dataset.selected;
    if (!number || !(isSure || mayLeave())) return;
    const wasInside = $("#panel").contains(document.activeElement);
    read.removeAttribute("data-selected");
    panel.removeAttribute("data-waiting");
    mark(0);
    sources.removeAttribute("data-aligned");
    $$(".source-cell", sources).forEach(cell => cell.replaceChildren());
    document.title = document.title.replace(/^Claim \d+ · /, "");
    if (push) history.pushState({ claim: "" }, "", addressOf(""));
    const row = rowOf(number);
    row?.scrollIntoView({ block: "nearest" });
    if (wasInside) row?.focus({ preventScroll: true });
    status.textContent = "All claims";
  }

  // A note on a passage takes the panel: the claim is let go, and a note half written only when its writer says so.
  document.addEventListener("panelWanted", event => {
    if (!mayLeave()) event.preventDefault();
    else clear({ isSure: true });
  });

  function step(by) {
    const all = order();
    const here = all.indexOf(read.dataset.selected);
    const next = here < 0 ? (by > 0 ? 0 : all.length - 1) : (here + by + all.length) % all.length;
    if (all.length) select(all[next], { focus: $("#panel").contains(document.activeElement) ? "panel" : "" });
  }

  /* The address keeps what else it says: which columns are shown. */
  function addressOf(number) {
    const address = new URL(location.href);
    address.hash = "";
    if (number) address.searchParams.set("claim", number);
    else address.searchParams.delete("claim");
    return address;
  }
  document.addEventListener("click", event => {
    // A new tab, a download: the browser's business.
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("[data-select]");
    if (link) {
      event.preventDefault();
      const toNotes = link.matches(".flag");
      select(link.dataset.select, {
        focus: link.closest("#panel") ? link.id : link.closest(".index") ? "panel" : "",
        then: toNotes ? () => document.getElementById(link.hash.slice(1))?.scrollIntoView({ block: "start" }) : undefined,
      });
      return;
    }
    if (event.target.closest("[data-clear]")) {
      event.preventDefault();
      clear();
      return;
    }
    const go = event.target.closest("[data-go]");
    if (go) {
      event.preventDefault();
      const place = document.getElementById(`at-${go.dataset.go}`);
      const source = place?.closest(".source");
      if (source) {
        sources.scrollTo({ left: source.offsetLeft - sources.offsetLeft });
        const box = place.closest(".source-scroll");
        box.scrollTo({ top: place.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop - box.clientHeight * 0.3 });
        place.focus({ preventScroll: true });
      }
      return;
    }
    const grip = event.target.closest("[data-grip]");
    if (grip) {
      const isTall = desk.toggleAttribute("data-tall");
      $$("[data-grip]").forEach(button => button.setAttribute("aria-expanded", isTall));
      if (read.dataset.selected) align(read.dataset.selected);
      return;
    }
    // The text of a claim: of overlapping claims the shortest comes first. Selecting words to copy is no choice.
    const text = event.target.closest(".marked .claim");
    if (text && getSelection().isCollapsed && $("#l-claims").checked) select(text.dataset.claim.split(" ")[0]);
    const chooser = $(".chooser[open]");
    if (chooser && !chooser.contains(event.target)) chooser.open = false;
  });

  /* ---- the note form: to its first field, and on small screens with room around it ---- */
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const form = detail.elt.id?.startsWith("noteform-") && $("form", detail.elt);
    if (!form || form.contains(document.activeElement)) return;
    if (!desk.hasAttribute("data-tall")) $("#panel [data-grip]")?.click();
    const field = $("select, textarea, input:not([type=hidden])", form);
    form.parentElement.scrollIntoView({ block: "start" });
    field?.focus({ preventScroll: true });
  });

  /* ---- back and forth ---- */
  addEventListener("popstate", () => {
    const number = new URL(location.href).searchParams.get("claim");
    if (number && rowOf(number)) select(number, { push: false });
    else clear({ push: false });
  });

  /* ---- single keys; whether they may act is the shell's to say ---- */
  document.addEventListener("shortcut", event => {
    const { key } = event.detail;
    if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
    else if (key === "Escape") {
      const chooser = $(".chooser[open]");
      if (chooser) {
        chooser.open = false;
        $("summary", chooser).focus();
      } else clear();
    } else if (key === "n" && read.dataset.selected) $("#panel [data-note-new]")?.click();
    else if (/^[1-6g]$/.test(key)) $(`.layers [data-key="${key}"]`).click();
    else return;
    event.preventDefault();
  });

  /* ---- layers: CSS shows them, the browser remembers the choice ---- */
  const layers = $(".layers");
  try {
    const kept = JSON.parse(localStorage.getItem("layers"));
    if (Array.isArray(kept)) $$("input", layers).forEach(input => { input.checked = kept.includes(input.value); });
  } catch { /* storage may be closed, or hold something else */ }
  layers.addEventListener("change", () => {
    const on = $$("input:checked", layers).map(input => input.value);
    try { localStorage.setItem("layers", JSON.stringify(on)); } catch { /* the same */ }
    // Frames and brackets take room: lines may have moved.
    if (read.dataset.selected) align(read.dataset.selected);
    spreadFlags();
  });

  /* ---- flags that end on one line stand under one another ---- */
  function spreadFlags() {
    for (const column of $$(".source", sources)) {
      const flags = $$(".marked .flag:not([hidden])", column);
      flags.forEach(flag => flag.removeAttribute("style"));
      let floor = -Infinity;
      const places = flags.map(flag => ({ flag, box: flag.getBoundingClientRect() })).sort((a, b) => a.box.top - b.box.top);
      for (const { flag, box } of places) {
        const down = Math.max(0, floor - box.top);
        if (down) flag.style.setProperty("--down", `${Math.round(down)}px`);
        floor = box.top + down + box.height + 2;
      }
    }
  }
  // htmx carries the attributes of what it replaces over to the new element, and the policy forbids it this one.
  document.addEventListener("htmx:beforeSwap", () => $$(".flag[style]", sources).forEach(flag => flag.removeAttribute("style")));
  document.addEventListener("htmx:afterSettle", () => requestAnimationFrame(spreadFlags));

  /* ---- small screens: one source at a time ---- */
  const tabs = $$("[data-tab]");
  const seen = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting).forEach(entry => {
    for (const tab of tabs) {
      const isHere = tab.dataset.tab === entry.target.dataset.source;
      if (isHere) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
      if (isHere && tab.offsetParent) tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }), { root: sources, threshold: 0.6 });
  $$(".source", sources).forEach(source => seen.observe(source));
  tabs.forEach(tab => tab.addEventListener("click", event => {
    event.preventDefault();
    const source = document.getElementById(tab.hash.slice(1));
    sources.scrollTo({ left: source.offsetLeft - sources.offsetLeft });
  }));

  /* ---- first sight, and a window that changes its width ---- */
  requestAnimationFrame(() => {
    if (read.dataset.selected) align(read.dataset.selected, "instant");
    spreadFlags();
    // An address that names the form of a note opens it.
    if (location.hash.startsWith("#noteform-")) $("#panel [data-note-new]")?.click();
  });
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth;
    if (read.dataset.selected) align(read.dataset.selected);
    spreadFlags();
  });
}
