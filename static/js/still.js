/* Keeps what the reader looks at where it is while parts of the page are drawn anew: scroll, open folds, focus. */

const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const SCROLLING = ".source-scroll, #panel-body, #index, .mark-body, .ledger-wrap";

/* A thing by which a scrolling part is held: the first piece in sight, by its id. */
function anchorIn(box) {
  const frame = box.getBoundingClientRect();
  const within = element => {
    const { top, bottom, height } = element.getBoundingClientRect();
    return height && bottom > frame.top + 1 && top < frame.bottom;
  };
  const worked = box.contains(document.activeElement) && document.activeElement.closest("[id^=row-], tr[id]");
  const pieces = $$("[data-start][id], .item[id], details[id] > summary, h2[id], h3[id], tr[id]", box);
  const piece = worked || pieces.find(within);
  const named = piece && (piece.id ? piece : piece.closest("[id]"));
  return named && { id: named.id, top: named.getBoundingClientRect().top };
}

/** Remembers how the page looks now; what it returns makes it so again. */
export function keepStill() {
  const boxes = $$(SCROLLING).filter(box => box.offsetParent).map(box => ({
    box,
    id: box.id,
    top: box.scrollTop,
    left: box.scrollLeft,
    anchor: anchorIn(box),
  }));
  const page = { x: scrollX, y: scrollY, anchor: anchorIn(document.documentElement) };
  const folds = $$("details[open][id]").map(fold => fold.id);
  const focus = document.activeElement;
  const places = [focus, focus?.closest("[id^=row-decide-], [id^=row-divergence-], [id^=row-quotation-], [id^=row-shared-], tr[id], li[id], details[id], .arow[id], .mark-sheet")];
  const ids = places.map(place => place?.id).filter(Boolean);
  const wasIn = ["[data-drawer]", "#mark-sheet", "#panel", "#toast"].find(part => focus?.closest(part));
  return () => {
    for (const id of folds) {
      const fold = document.getElementById(id);
      if (fold && !fold.dataset.done) fold.open = true;
    }
    // What was decided about may have gone into a fold: among the rejected.
    const worked = ids.map(id => document.getElementById(id)).find(Boolean);
    worked?.parentElement.closest("details")?.setAttribute("open", "");
    for (const { box, id, top, left, anchor } of boxes) {
      const here = box.isConnected ? box : id && document.getElementById(id);
      if (!here) continue;
      here.scrollTo({ top, left, behavior: "instant" });
      const held = anchor && document.getElementById(anchor.id);
      if (held && here.contains(held)) here.scrollBy({ top: held.getBoundingClientRect().top - anchor.top, behavior: "instant" });
    }
    // Where the page itself scrolls, in the ledger and at high zoom.
    const held = page.anchor && document.getElementById(page.anchor.id);
    if (scrollY || page.y) scrollTo({ left: page.x, top: held ? scrollY + held.getBoundingClientRect().top - page.anchor.top : page.y, behavior: "instant" });
    if (focus?.isConnected && focus !== document.body) return;
    if (document.activeElement !== document.body && document.activeElement) return;
    const next = worked
      ?? document.querySelector(wasIn ? `${wasIn} [data-corrections-head], ${wasIn} h2[tabindex], #panel-body` : "#panel-body");
    focusOn(next);
  };
}

function focusOn(place) {
  if (!place) return;
  const target = place.matches("details") ? place.querySelector("summary") : place;
  target?.focus({ preventScroll: true });
}
