/* Where a reader was in every part of the desk and of the tables that scrolls. It stands in the entry of the browser's history, so going
   back finds it again whether or not the browser kept the page itself. */

const $ = selector => document.querySelector(selector);
// The list of claims lies behind the panel of a chosen one, undrawn: asking it where it stands would draw it.
let listTop = 0;
const isBehind = () => Boolean($(".panel[data-chosen], #panel[data-passage]"));
$("#index")?.addEventListener("scroll", ({ target }) => { if (!isBehind()) listTop = target.scrollTop; }, { passive: true });

const parts = () => new Map([
  ...[...document.querySelectorAll(".source")].map(source => [source.id, source.querySelector(".source-scroll")]),
  ["index", isBehind() ? null : $("#index")],
  ["panel", $("#panel-body")],
  ["sources", $("[data-sources]")],
  ["table", $(".ledger-wrap, .align")],
  ["page", document.scrollingElement],
].filter(([, part]) => part));

export function keepPlaces() {
  const places = {};
  for (const [name, part] of parts()) {
    if (part.scrollTop || part.scrollLeft) places[name] = [Math.round(part.scrollLeft), Math.round(part.scrollTop)];
  }
  if (isBehind() && listTop) places.index = [0, Math.round(listTop)];
  // In a table it is the row: links in it have no names of their own.
  const focus = document.activeElement?.closest("[id]:not(main)")?.id || "";
  history.replaceState({ ...history.state, places, focus }, "");
}

/** Goes back to the places of a history entry. True when it knew any. */
export function restorePlaces(state) {
  if (!state?.places) return false;
  listTop = state.places.index?.[1] ?? 0;
  for (const [name, part] of parts()) {
    const [left, top] = state.places[name] ?? [0, 0];
    part.scrollTo({ left, top, behavior: "instant" });
  }
  if (state.focus && document.activeElement === document.body) document.getElementById(state.focus)?.focus({ preventScroll: true });
  return true;
}

addEventListener("pagehide", keepPlaces);
