/* Names, quotations and figures in the texts: pressing one opens a small sheet about it, with its corrections. One of them
   in each column is in the order of Tab, arrows go from one to the next. Without this file the page of people and places,
   the claims and their corrections hold the same. */

import { codePoints, rangeIn, textOf, unitAt, units } from "./codepoints.js";
import { mayLeave } from "./unsaved.js";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const sources = $("[data-sources]");
const read = $("[data-read]");

if (sources) start();

function start() {
  const isOn = layer => $(`#l-${layer}`)?.checked;
  // The smallest comes first: of marks that begin together it is the one meant.
  const KINDS = ["name", "figure", "quote"];
  const drawnKinds = () => KINDS.filter(kind => isOn(`${kind}s`));
  const drawn = () => drawnKinds().map(kind => `.marked .${kind}`).join(", ");
  // Words in several layers are several marks: a quotation with a figure in it counts once, at its beginning.
  const goesOn = mark => mark.previousSibling?.nodeType === Node.ELEMENT_NODE
    && KINDS.every(kind => !mark.matches(`.${kind}`) || mark.previousSibling.matches(`.${kind}`));
  const stopsIn = column => drawn() ? $$(drawn(), column).filter(mark => !goesOn(mark)) : [];

  /* ---- one stop in each column ---- */
  function makeStop(mark) {
    const column = mark.closest("[data-source]");
    for (const other of $$("[data-stop]", column)) {
      for (const name of ["data-stop", "tabindex", "role", "aria-haspopup"]) other.removeAttribute(name);
    }
    mark.dataset.stop = "";
    mark.tabIndex = 0;
    mark.setAttribute("role", "button");
    mark.setAttribute("aria-haspopup", "dialog");
  }
  function refresh() {
    for (const column of $$("[data-source]", sources)) {
      const stops = stopsIn(column);
      const here = $("[data-stop]", column);
      if (here && stops.includes(here)) continue;
      for (const name of here ? ["data-stop", "tabindex", "role", "aria-haspopup"] : []) here.removeAttribute(name);
      if (stops.length) makeStop(stops[0]);
    }
  }
  refresh();
  $(".layers")?.addEventListener("change", refresh);
  document.addEventListener("htmx:afterSettle", ({ detail }) => { if (detail.elt.closest(".marked")) refresh(); });

  function go(mark) {
    if (!mark) return;
    makeStop(mark);
    mark.focus({ preventScroll: true });
    const box = mark.closest(".source-scroll");
    const line = mark.getClientRects()[0], frame = box.getBoundingClientRect();
    if (line && (line.top < frame.top + 8 || line.bottom > frame.bottom - 8)) {
      box.scrollBy({ top: line.top - frame.top - box.clientHeight * 0.3, behavior: "instant" });
    }
  }
  sources.addEventListener("keydown", event => {
    const mark = event.target.closest?.("[data-stop]");
    if (!mark || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const stops = stopsIn(mark.closest("[data-source]"));
    if (by) go(stops[stops.indexOf(mark) + by]);
    else if (event.key === "Home") go(stops[0]);
    else if (event.key === "End") go(stops.at(-1));
    else if (event.key === "Enter" || event.key === " ") open(mark);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  /* ---- opening and closing the sheet ---- */
  let pressed = null, from = null;

  function placeOf(mark) {
    const block = mark.closest("[data-start]");
    const text = document.createTreeWalker(mark, NodeFilter.SHOW_TEXT).nextNode();
    const at = Number(block.dataset.start) + codePoints(textOf(block), unitAt(block, text, 0));
    return { version: mark.closest("[data-version]").dataset.version, at };
  }
  function markAt({ version, at }) {
    const column = $(`[data-source][data-version="${version}"]`, sources);
    const block = column && $$("[data-start]", column).filter(each => Number(each.dataset.start) <= at).at(-1);
    if (!block) return null;
    const unit = units(textOf(block), at - Number(block.dataset.start));
    const node = rangeIn(block, unit, unit + 1).startContainer.parentElement;
    return node?.closest(".name, .figure, .quote") ?? null;
  }
  const kindOf = mark => drawnKinds().find(kind => mark.matches(`.${kind}`));
  function open(mark, kind = kindOf(mark)) {
    if (!mayLeave($("#mark-sheet"))) return;
    pressed = placeOf(mark);
    makeStop(stopsIn(mark.closest("[data-source]")).find(stop => stop === mark) ?? mark);
    from = null;
    fetchSheet(`${read.dataset.marks}?version=${pressed.version}&at=${pressed.at}&of=${kind}`, mark);
  }
  function fetchSheet(url, beside) {
    let sheet = $("#mark-sheet");
    if (!sheet) {
      sheet = document.createElement("section");
      sheet.id = "mark-sheet";
      sheet.hidden = true;
      read.append(sheet);
    }
    stand(beside);
    isAsked = true;
    htmx.ajax("GET", url, { source: "#sheet-loader", target: "#mark-sheet", swap: "outerHTML" }).catch(() => {});
  }
  // Below what was pressed and inside the window; above it where there is more room.
  function stand(beside) {
    const line = [...beside.getClientRects()].at(-1) ?? beside.getBoundingClientRect();
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const across = Math.min(24 * rem, innerWidth - 2 * rem), down = Math.min(32 * rem, innerHeight - 2 * rem);
    const left = Math.max(rem, Math.min(line.left, innerWidth - across - rem));
    const below = line.bottom + 6;
    const top = below + down <= innerHeight ? below : Math.max(rem, innerHeight - down - rem);
    // Beside it rather than over it, when the sheet does not fit below.
    const isOver = top < line.bottom && left < line.right;
    const away = line.left - across - rem > 0 ? line.left - across - rem / 2 : Math.min(line.right + rem / 2, innerWidth - across - rem);
    read.style.setProperty("--sheet-left", `${Math.round(isOver ? away : left)}px`);
    read.style.setProperty("--sheet-top", `${Math.round(top)}px`);
  }
  let isAsked = false;
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const sheet = $("#mark-sheet");
    if (!sheet || detail.target?.id !== "mark-sheet") return;
    for (const other of $$("[data-pressed]", sources)) other.removeAttribute("data-pressed");
    if (pressed) markAt(pressed)?.setAttribute("data-pressed", "");
    const alert = $("[role=alert]", sheet);
    if (alert) alert.focus({ preventScroll: true });
    else if (isAsked) $("#mark-sheet-h")?.focus({ preventScroll: true });
    isAsked = false;
  });
  // Nothing came: the place it was to stand in goes too. An ended session is the shell's to mend.
  for (const type of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(type, ({ detail }) => {
    if (detail.target?.id !== "mark-sheet" || detail.xhr?.status === 401) return;
    isAsked = false;
    if (detail.target.hidden) detail.target.remove();
  });
  function close() {
    const sheet = $("#mark-sheet");
    if (!sheet || sheet.hidden) return false;
    if (!mayLeave(sheet)) return true;
    const wasIn = sheet.contains(document.activeElement) || document.activeElement === document.body;
    sheet.remove();
    for (const other of $$("[data-pressed]", sources)) other.removeAttribute("data-pressed");
    if (wasIn) {
      const mark = pressed && markAt(pressed);
      if (mark) go(mark);
      else (from?.isConnected ? from : $("#panel-body") ?? sources).focus?.({ preventScroll: true });
    }
    return true;
  }
  const isPlain = event => !(event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey);
  // Of several marks on one another the pile has offered all before; with Alt the press means this one.
  sources.addEventListener("click", event => {
    const mark = event.target.closest(".marked :is(.name, .figure, .quote)");
    if (!mark || !kindOf(mark) || !isPlain(event) || !getSelection().isCollapsed) return;
    event.preventDefault();
    event.stopPropagation();
    open(mark);
  });
  // A claim that was chosen in the sheet is what one goes on with, as soon as it is there.
  let wanted = "";
  const follow = () => {
    if (!wanted || !$(`#panel [data-number="${wanted}"]`)) return;
    wanted = "";
    close();
  };
  document.addEventListener("claimChosen", follow);
  /* Any other part of the page may ask for the sheet of a mark. */
  document.addEventListener("markWanted", ({ detail: { mark, kind } }) => { if (mark?.isConnected) open(mark, kind); });
  document.addEventListener("click", event => {
    const chosen = event.target.closest("#mark-sheet [data-select]");
    if (chosen && event.defaultPrevented) {
      wanted = chosen.dataset.select;
      return follow();
    }
    if (!isPlain(event) || event.altKey) return;
    const link = event.target.closest("[data-sheet-of], [data-sheet-close]");
    if (!link) return;
    event.preventDefault();
    if (link.matches("[data-sheet-close]")) return close();
    if (!mayLeave($("#mark-sheet"))) return;
    if (!link.closest("#mark-sheet")) {
      [pressed, from] = [null, link];
      fetchSheet(link.href, link);
    } else fetchSheet(link.href, markAt(pressed ?? {}) ?? link);
  });

  /* ---- single keys; whether they may act is the shell's to say ---- */
  document.addEventListener("shortcut", event => {
    if (event.detail.key === "Escape") {
      if (!close()) return;
    } else if (event.detail.key === "w") {
      const inColumn = document.activeElement?.closest("[data-source]");
      const columns = inColumn ? [inColumn] : $$("[data-source]", sources);
      const stops = columns.flatMap(stopsIn);
      go(stops.find(mark => mark.getBoundingClientRect().top >= mark.closest(".source-scroll").getBoundingClientRect().top) ?? stops[0]);
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
}
