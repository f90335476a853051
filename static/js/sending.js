/* What was sent from the panel or a drawer stays on the page until its answer is there, which finds its places by it. */

const FROM = "#panel, [data-drawer]";
const underWay = new Set();
let next = null;

document.addEventListener("htmx:beforeSend", ({ detail: { elt, requestConfig, xhr } }) => {
  if (requestConfig.verb === "get" || !elt.closest(FROM)) return;
  underWay.add(xhr);
  // Of the request itself: an element that is taken out meanwhile tells nobody of its answer.
  xhr.addEventListener("loadend", () => {
    underWay.delete(xhr);
    if (xhr.status < 200 || xhr.status >= 300) next = null;
    if (underWay.size) return;
    const act = next;
    next = null;
    act?.();
  });
});

/** Whether an answer is awaited. Then `act` comes when it is here, unless something else is wanted meanwhile, or what was
    sent is refused: its form says why, and nothing takes it away. */
export function waitsFor(act) {
  if (underWay.size) next = act;
  return underWay.size > 0;
}
