/* The reading desk: choosing a claim, with its panel, the layers, the phone's tabs and sheet.
   Everything here is also a link that the server answers: without this file the page reads and selects all the same.
   Other scripts ask for a claim by the event "claimWanted" and hear of the one chosen by "claimChosen". */

import { align, low, marksOf } from "./align.js";
import "./flags.js";
import "./layers.js";
import { fetchPanel, find } from "./panels.js";
import { keepPlaces, restorePlaces } from "./places.js";
import { isPlainPress } from "./presses.js";
import { paint } from "./selection.js";
import { waitsFor } from "./sending.js";
import { mayLeave } from "./unsaved.js";
import "./tabs.js";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

const read = $("[data-read]");
const desk = $(".desk");
const sources = $("[data-sources]");
const panel = $(".panel");

if (read && sources) start();

function start() {
  const status = $("[data-status-line]");
  const rowOf = number => $(`.index-list a[data-select="${number}"]`);
  // In reading order; retired claims, which have no place in the texts, come last.
  const order = () => $$(".index-list a[data-select]")
    .sort((a, b) => (a.dataset.place || 0) - (b.dataset.place || 0) || a.dataset.select - b.dataset.select)
    .filter(link => link.dataset.place !== "0")
    .map(link => link.dataset.select);

  // A note half written is not thrown away without a word.
  const mayLeavePanel = () => mayLeave($("#panel"));
  const typed = () => $$("#panel :is(input, select, textarea)").map(field => `${field.value} ${field.checked}`).join("\n");

  /* ---- choosing ---- */
  function mark(number) {
    const mine = new Set(marksOf(number));
    for (const element of $$(".marked .claim[aria-current]", sources)) if (!mine.has(element)) element.removeAttribute("aria-current");
    for (const element of mine) if (!element.hasAttribute("aria-current")) element.setAttribute("aria-current", "true");
  }
  /* What the styles ask is whether any claim is chosen, never which: every mark would be asked anew at each choice. */
  function setSelected(number) {
    if (number) read.dataset.selected = number;
    else read.removeAttribute("data-selected");
    panel.toggleAttribute("data-chosen", Boolean(number));
    // Whoever chooses other columns comes back to this claim.
    for (const field of $$("#columns [name=claim]")) field.value = number;
  }
  /* While one is chosen the others step back: every mark is drawn anew for that, so it is not what a choice waits for. */
  const quieten = () => sources.toggleAttribute("data-quiet", "selected" in read.dataset);

  /* The choice that waits for its panel, and the claim whose panel is shown: where a choice that fails leads back to. */
  let wish = null, settled = read.dataset.selected ?? "";

  function select(number, { push = true, focus = "", then, places, isSure = false } = {}) {
    const row = rowOf(number);
    if (!row) return;
    const isNew = read.dataset.selected !== number;
    if (isNew && waitsFor(() => select(number, { push, focus, then, places, isSure }))) return;
    if (isNew && !isSure && !mayLeavePanel()) return;
    if (!isNew && $(`#panel [data-number="${number}"]`)) {
      align(number);
      return then?.();
    }
    // Chosen already, and on its way.
    if (!isNew && wish?.number === number) {
      wish.then = then ?? wish.then;
      return;
    }
    // Before the texts move; a choice that waits for its panel has moved them already.
    if (push && isNew && !wish) keepPlaces();
    wish = { number, push: push && isNew, focus, then, places };
    alertBox.replaceChildren();
    const mine = wish, url = panelAddress(number), here = find(url);
    if (here) return arrive(mine, here);
    const coming = fetchPanel(url);
    mine.typed = typed();
    setSelected(number);
    mark(number);
    wait(number);
    align(number);
    coming.then(html => { if (wish === mine) arrive(mine, html); }, code => { if (wish === mine) refuse(mine, code); });
  }

  function panelAddress(number) {
    const address = panel.dataset.panels.replace("/0/", `/${rowOf(number).dataset.claimKey}/`);
    const chosen = new URLSearchParams(new URLSearchParams(location.search).getAll("show").map(key => ["show", key]));
    return chosen.size ? `${address}?${chosen}` : address;
  }

  /* Of the first claim that is chosen there is no panel yet to wait in: its statement stands there meanwhile. */
  function wait(number) {
    panel.setAttribute("data-waiting", "");
    if (!$("#panel").hidden && !$("#panel[data-skeleton]")) return;
    const pane = $("#panel-skeleton").content.firstElementChild.cloneNode(true);
    for (const place of $$("[data-skeleton-number]", pane)) place.textContent = number;
    const place = $(".claim-no", pane);
    place.dataset.state = $(".claim-no", rowOf(number)).dataset.state;
    $("[data-statement]", pane).textContent = $(".row-words", rowOf(number)).firstChild.textContent;
    $("#panel").replaceWith(pane);
  }

  function arrive(mine, html) {
    if (waitsFor(() => { if (wish === mine) arrive(mine, html); })) return;
    if (!html.includes(`data-number="${mine.number}"`)) return refuse(mine, 404);
    // Until now the panel before could be written in.
    if ("typed" in mine && typed() !== mine.typed && !mayLeavePanel()) return stay();
    wish = null;
    setSelected(mine.number);
    mark(mine.number);
    put(html);
    settle(mine);
  }

  /* The panel, and the cell of each column. Nothing in it waits for the page, so htmx need not take it apart piece by
     piece, which takes longer than drawing it. */
  function put(html) {
    const answer = document.createElement("template"), before = $("#panel");
    answer.innerHTML = html;
    const held = before.contains(document.activeElement) ? document.activeElement.id : "";
    const pane = answer.content.firstElementChild;
    before.replaceWith(pane);
    for (const cell of $$("[hx-swap-oob]", answer.content)) {
      cell.removeAttribute("hx-swap-oob");
      document.getElementById(cell.id)?.replaceWith(cell);
    }
    htmx.process(pane);
    htmx.trigger(pane, "htmx:afterSettle", { elt: pane, target: pane });
    if (held) document.getElementById(held)?.focus({ preventScroll: true });
  }

  function settle({ number, push, focus, then, places }) {
    wish = null;
    settled = number;
    panel.removeAttribute("data-waiting");
    if (push) history.pushState({ claim: number }, "", addressOf(number));
    showCells();
    align(number);
    if (places) restorePlaces(places);
    else if (low.matches && push) panel.scrollIntoView();
    status.textContent = `Claim ${number}: ${$("#panel [data-statement]").textContent}`;
    document.title = `Claim ${number} · ${document.title.replace(/^Claim \d+ · /, "")}`;
    if (focus === "panel") $("#panel-body").focus({ preventScroll: true });
    else if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
    then?.();
    tell(number);
    // The other claims step back, and what comes next is fetched, when this one is on the screen.
    requestAnimationFrame(() => setTimeout(() => {
      quieten();
      const all = order(), here = all.indexOf(number);
      for (const beside of [all[here + 1], all[here - 1]]) if (here >= 0 && beside) foresee(beside);
    }));
  }

  /* What a source does with the claim shows in its whole column: under a name of its own, for at a change of the cells'
     `data-cell` every link of the text would be asked about its style anew. */
  function showCells() {
    const silent = [];
    for (const source of $$(".source", sources)) {
      const kind = $(".source-cell .cell", source)?.dataset.cell;
      if (kind) source.dataset.part = kind;
      else source.removeAttribute("data-part");
      if (kind !== "silent" && kind !== "not_yet") continue;
      for (const text of $$(".headline, .prose", source)) {
        const range = new Range();
        range.selectNodeContents(text);
        silent.push(range);
      }
    }
    paint("silent", silent);
  }
  /* A correction brought panel, cells and marks drawn anew. A claim that was merged has given way to the other. */
  document.addEventListener("claimAnswered", ({ detail }) => {
    const number = detail.number && !wish ? String(detail.number) : read.dataset.selected ?? "";
    if (number !== (read.dataset.selected ?? "")) {
      setSelected(settled = number);
      keepPlaces();
      history.pushState({ claim: number }, "", addressOf(number));
      document.title = `Claim ${number} · ${document.title.replace(/^Claim \d+ · /, "")}`;
    }
    quieten();
    mark(number);
    showCells();
    tell(number);
  });
  const tell = number => document.dispatchEvent(new CustomEvent("claimChosen", { detail: { number } }));

  /* The choice before stands again. */
  function stay() {
    wish = null;
    panel.removeAttribute("data-waiting");
    if ($("#panel[data-skeleton]")) {
      const empty = $("#panel").cloneNode(false);
      empty.removeAttribute("data-skeleton");
      empty.hidden = true;
      $("#panel").replaceWith(empty);
    }
    setSelected(settled);
    quieten();
    mark(settled);
    if (settled) align(settled);
    else sources.removeAttribute("data-aligned");
    if (new URL(location.href).searchParams.get("claim") !== (settled || null)) history.replaceState(history.state, "", addressOf(settled));
  }

  /* Nothing came: the choice before stands again, and a sentence says why, with a way to try once more. */
  const alertBox = $("[data-panel-alert]");
  function refuse(mine, code) {
    // An ended session is the shell's to mend: the same request through htmx asks for the password and goes out again.
    if (code === 401) {
      htmx.ajax("GET", panelAddress(mine.number), { source: "#panel-loader", target: "#panel", swap: "outerHTML" }).catch(() => {});
      return;
    }
    stay();
    const words = document.createElement("p"), again = document.createElement("button"), close = document.createElement("button");
    words.textContent = `Claim ${mine.number} is not shown: ${WHY[code] ?? "something went wrong here"}. ${settled ? `Claim ${settled} is still chosen.` : "Nothing is lost."}`;
    again.textContent = "Try again";
    close.textContent = "Close";
    for (const button of [again, close]) Object.assign(button, { type: "button", className: "btn btn-small" });
    again.addEventListener("click", () => select(mine.number, mine));
    close.addEventListener("click", () => alertBox.replaceChildren());
    const said = document.createElement("div");
    said.setAttribute("role", "alert");
    said.append(words, again, close);
    alertBox.replaceChildren(said);
  }
  const WHY = {
    0: "the desk cannot be reached",
    403: "your role on the desk does not include it",
    404: "it is no longer there, reload the page to see how things stand now",
    429: "too much was asked for at once, wait a moment",
    503: "the desk is busy, wait a moment",
  };
  // A panel that came by way of the shell, after signing in again. One that another choice has overtaken is not shown.
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.elt.id === "panel" && wish && panel.hasAttribute("data-waiting") && $(`#panel [data-number="${wish.number}"]`)) settle(wish);
  });
  for (const type of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(type, ({ detail }) => {
    if (detail.elt.id === "panel-loader" && wish && detail.xhr?.status !== 401) refuse(wish, detail.xhr?.status ?? 0);
  });
  let isSignedIn = false;
  document.addEventListener("signedInAgain", () => { isSignedIn = true; });
  $("#session")?.addEventListener("close", () => {
    if (wish && !isSignedIn) refuse(wish, 403);
    isSignedIn = false;
  });

  /* Where the pointer rests or the focus stands, the panel is fetched before it is asked for. */
  let resting = 0;
  const foresee = number => { if (rowOf(number) && !navigator.connection?.saveData) fetchPanel(panelAddress(number)).catch(() => {}); };
  const foreseen = ({ target, type }) => {
    clearTimeout(resting);
    const place = target.closest?.("[data-select], .marked .claim");
    if (!place) return;
    const number = place.dataset.select ?? place.dataset.claim.split(" ")[0];
    if (number === read.dataset.selected) return;
    if (type === "pointerdown") foresee(number);
    else resting = setTimeout(foresee, 60, number);
  };
  for (const type of ["pointerover", "pointerdown", "focusin"]) desk.addEventListener(type, foreseen, { passive: true });

  function clear({ push = true, isSure = false, places } = {}) {
    const number = read.dataset.selected;
    if (!number || waitsFor(() => clear({ push, isSure, places })) || !(isSure || mayLeavePanel())) return;
    const wasInside = $("#panel").contains(document.activeElement);
    wish = null;
    settled = "";
    alertBox.replaceChildren();
    if (push) keepPlaces();
    setSelected("");
    quieten();
    panel.removeAttribute("data-waiting");
    mark(0);
    sources.removeAttribute("data-aligned");
    $$(".source-cell", sources).forEach(cell => cell.replaceChildren());
    showCells();
    document.title = document.title.replace(/^Claim \d+ · /, "");
    if (push) history.pushState({ claim: "" }, "", addressOf(""));
    const row = rowOf(number);
    if (!restorePlaces(places)) row?.scrollIntoView({ block: "nearest" });
    if (wasInside) row?.focus({ preventScroll: true });
    status.textContent = "All claims";
    tell("");
  }

  // A note on a passage takes the panel: the claim is let go, and a note half written only when its writer says so.
  document.addEventListener("panelWanted", event => {
    if (waitsFor(null) || !mayLeavePanel()) event.preventDefault();
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
    if (!isPlainPress(event)) return;
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
    const grip = event.target.closest("[data-grip]");
    if (grip) {
      const isTall = desk.toggleAttribute("data-tall");
      $$("[data-grip]").forEach(button => button.setAttribute("aria-expanded", isTall));
      if (read.dataset.selected) align(read.dataset.selected);
      return;
    }
    const chooser = $(".chooser[open]");
    if (chooser && !chooser.contains(event.target)) chooser.open = false;
  });

  document.addEventListener("claimWanted", ({ detail }) => select(detail.number, { focus: detail.focus }));
  for (const moved of ["columnsMoved", "linesMoved"]) document.addEventListener(moved, () => {
    // What is taken out of the page and put back is painted no more.
    if (moved === "columnsMoved") showCells();
    if (read.dataset.selected) align(read.dataset.selected);
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
  addEventListener("popstate", function follow({ state }) {
    const number = new URL(location.href).searchParams.get("claim") ?? "";
    const isOther = number !== (read.dataset.selected ?? "");
    if (isOther && waitsFor(() => follow({ state }))) return;
    // The address says what is shown, also when nothing is left for it.
    if (isOther && !mayLeavePanel()) history.replaceState({ claim: settled }, "", addressOf(settled));
    // A claim that was merged meanwhile, or is gone: its page says so. A link within the page has no state.
    else if (number && !rowOf(number)) {
      if (!state) return;
      // What was written in the panel has been given up, or there was nothing.
      $("#panel").replaceChildren();
      location.reload();
    }
    else if (number) select(number, { push: false, isSure: true, places: state });
    else clear({ push: false, isSure: true, places: state });
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
    else return;
    event.preventDefault();
  });

  /* ---- first sight, and a window that changes its width ---- */
  requestAnimationFrame(() => {
    showCells();
    if (read.dataset.selected) align(read.dataset.selected);
    if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") restorePlaces(history.state);
    else if (low.matches && read.dataset.selected && !location.hash) panel.scrollIntoView();
    tell(read.dataset.selected ?? "");
    // An address that names the form of a note opens it.
    if (location.hash.startsWith("#noteform-")) $("#panel [data-note-new]")?.click();
  });
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth;
    document.dispatchEvent(new CustomEvent("linesMoved"));
  });
}
