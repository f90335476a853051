/* The columns of the reading desk, every source at the height of the chosen claim. */

const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const sources = document.querySelector("[data-sources]");

export const marksOf = number => $$(`.marked .claim[data-claim~="${number}"]`, sources);

// In a very low window, or at high zoom, the page scrolls instead of its columns: there is nothing to line up.
export const low = matchMedia("(height < 30rem)");

export function align(number) {
  if (low.matches) return sources.removeAttribute("data-aligned");
  const found = marksOf(number).filter(mark => mark.getClientRects().length);
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
  // At once: the ruler says where to look, and a text that flies by says nothing.
  for (const { box, at } of spots) box.scrollTo({ top: at - want, behavior: "instant" });
  show(spots.map(spot => spot.box));
  for (const source of $$(".source", sources)) source.style.setProperty("--line-y", `${Math.round(line)}px`);
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
