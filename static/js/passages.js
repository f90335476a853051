/* Notes on passages in the reading desk: their pane in the panel, their words in the text, the brackets beside them.
   A claim made of words of a text is begun in the same pane. Without this file all these are links to pages of their own. */

import { isPlainPress } from "./presses.js";
import { paint } from "./selection.js";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const sources = $("[data-sources]");

if (sources) start();

function start() {
  let cameFrom = null, chosen = [];

  /* ---- opening and closing the pane ---- */
  function open(url, words = []) {
    // The desk asks whether a note half written may be left, and lets go of the claim it shows.
    if (!document.dispatchEvent(new CustomEvent("panelWanted", { cancelable: true }))) return;
    cameFrom = document.activeElement === document.body ? boxOf(words[0]) : document.activeElement;
    chosen = words;
    paint("passage", chosen);
    htmx.ajax("GET", url, { source: "#panel-loader", target: "#panel", swap: "outerHTML" }).catch(() => {});
  }
  function close() {
    const pane = $("#panel[data-passage]");
    if (!pane || !document.dispatchEvent(new CustomEvent("panelWanted", { cancelable: true }))) return;
    const note = pane.dataset.passage;
    const empty = document.createElement("section");
    empty.id = "panel";
    empty.className = "pane";
    empty.hidden = true;
    pane.replaceWith(empty);
    choose();
    (document.getElementById(`passage-${note}`) ?? (cameFrom?.isConnected ? cameFrom : $("#index")))?.focus({ preventScroll: true });
  }
  document.addEventListener("wordsChosen", event => {
    const { name, url, ranges } = event.detail;
    if (name !== "passageNew" && name !== "claimNew") return;
    event.preventDefault();
    open(url, ranges);
  });
  document.addEventListener("click", event => {
    if (!isPlainPress(event)) return;
    const link = event.target.closest("[data-passage-open], [data-passage-close], [data-passage-go]");
    if (!link) return;
    if (link.matches("[data-passage-open]")) {
      // Back to what can be reached when the pane is closed: a menu shuts over its links.
      const menu = link.closest(".source-menu");
      if (menu) {
        menu.open = false;
        $("summary", menu).focus();
      }
      open(link.href);
    } else if (link.matches("[data-passage-close]")) close();
    else if (!reveal(link.dataset.passageGo)) return;
    event.preventDefault();
  });
  document.addEventListener("shortcut", event => {
    if (event.detail.key !== "Escape" || event.defaultPrevented || !$("#panel[data-passage]")) return;
    close();
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });

  /* ---- the words of the note that is open, or whose flag is pointed at ---- */
  const wordsOf = note => $$(`.marked [data-note~="${note}"]`, sources);
  function choose() {
    const note = $("#panel[data-passage]")?.dataset.passage;
    $$(".marked [data-noted]", sources).forEach(mark => mark.removeAttribute("data-noted"));
    $$(".passage-flag[aria-current]", sources).forEach(flag => flag.removeAttribute("aria-current"));
    if (note) {
      wordsOf(note).forEach(mark => mark.setAttribute("data-noted", ""));
      document.getElementById(`passage-${note}`)?.setAttribute("aria-current", "true");
    }
    // The words of a note that is not saved yet stay painted as they were chosen.
    if (note || !$("#panel[data-passage]")) paint("passage", []);
  }
  function reveal(note) {
    const first = wordsOf(note)[0];
    const box = first?.closest(".source-scroll");
    if (!box) return false;
    sources.scrollTo({ left: box.closest(".source").offsetLeft - sources.offsetLeft });
    box.scrollTo({ top: first.getClientRects()[0].top - box.getBoundingClientRect().top + box.scrollTop - box.clientHeight * 0.3 });
    document.getElementById(`passage-${note}`)?.focus({ preventScroll: true });
    return true;
  }
  function boxOf(words) {
    const node = words?.startContainer ?? words;
    return (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest(".source-scroll");
  }
  function keepInSight(words) {
    const box = boxOf(words);
    const line = box && words.getClientRects()[0];
    if (!line) return;
    const { top, bottom } = box.getBoundingClientRect();
    if (line.top < top || line.bottom > bottom) box.scrollTo({ top: line.top - top + box.scrollTop - box.clientHeight * 0.3 });
  }
  const point = ({ target, type }) => {
    const flag = target.closest?.(".passage-flag");
    if (!flag) return;
    const isOver = type === "pointerover" || type === "focusin";
    wordsOf(flag.dataset.noteOf).forEach(mark => mark.toggleAttribute("data-pointed", isOver));
  };
  for (const type of ["pointerover", "pointerout", "focusin", "focusout"]) sources.addEventListener(type, point);

  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    requestAnimationFrame(draw);
    if (detail.elt.id !== "panel") return;
    choose();
    const pane = $("#panel[data-passage]");
    if (!pane) return;
    const desk = $(".desk");
    if (!desk.hasAttribute("data-tall")) $("[data-grip]", pane)?.click();
    // A taller panel leaves the text less room: the words stay in sight, and the columns' heads stay where they are.
    keepInSight(pane.dataset.passage ? wordsOf(pane.dataset.passage)[0] : chosen[0]);
    sources.scrollTop = 0;
    if (pane.contains(document.activeElement)) return;
    ($("textarea, select, [autofocus]", pane) ?? $("#panel-body")).focus({ preventScroll: true });
  });

  /* ---- brackets: from the line where the passage begins to its flag ---- */
  function draw() {
    for (const bracket of $$(".marked .passage-bracket", sources)) {
      const box = bracket.closest("[data-start]").getBoundingClientRect();
      const lines = wordsOf(bracket.dataset.bracket)
        .filter(mark => mark.closest("[data-start]") === bracket.closest("[data-start]"))
        .flatMap(mark => [...mark.getClientRects()]);
      if (!lines.length) continue;
      const top = Math.min(...lines.map(line => line.top)), bottom = Math.max(...lines.map(line => line.bottom));
      bracket.style.setProperty("--from", `${Math.round(top - box.top)}px`);
      bracket.style.setProperty("--tall", `${Math.round(bottom - top)}px`);
    }
  }
  // htmx carries attributes over to what it swaps in, and the policy forbids it this one.
  document.addEventListener("htmx:beforeSwap", () => $$(".passage-bracket[style]", sources).forEach(bracket => bracket.removeAttribute("style")));
  requestAnimationFrame(draw);
  addEventListener("resize", draw);
  $(".layers")?.addEventListener("change", draw);
}
