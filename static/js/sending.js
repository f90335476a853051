/* What was sent from the panel or a drawer stays on the page until its answer is there, which finds its places by it. */

const FROM = "#panel, [data-drawer]";
const underWay = new Set();
let next = null;

document.addEventListener("htmx:beforeSend", ({ detail }) => {
  if (detail.requestConfig.verb !== "get" && detail.elt.closest(FROM)) underWay.add(detail.xhr);
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!underWay.delete(detail.xhr) || underWay.size) return;
  const act = next;
  next = null;
  act?.();
});

/** Whether an answer is awaited. Then `act` comes when it is here, unless something else is wanted meanwhile. */
export function waitsFor(act) {
  if (underWay.size) next = act;
  return underWay.size > 0;
}
