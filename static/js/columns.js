/* The order of the columns: a press on ‹ or › moves one at once, the address says the new order, and the server remembers
   it. Without a script the same buttons send the form. */

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const sources = $("[data-sources]");
const form = $("#columns");

if (sources && form) {
  document.addEventListener("click", event => {
    const button = event.target.closest(".mover");
    if (!button || event.defaultPrevented) return;
    event.preventDefault();
    const [article, by] = button.value.split(":");
    move(document.getElementById(`source-${article}`), Number(by), button);
  });
  document.addEventListener("shortcut", event => {
    const by = { "<": -1, ">": 1 }[event.detail.key];
    if (!by) return;
    const frame = sources.getBoundingClientRect();
    const source = document.activeElement.closest(".source")
      ?? $$(".source", sources).find(column => column.getBoundingClientRect().left >= frame.left - 1);
    if (source) move(source, by, document.activeElement);
    event.preventDefault();
  });
}

function move(source, by, focus) {
  const beside = by < 0 ? source.previousElementSibling : source.nextElementSibling;
  if (!beside) return;
  // A column that is taken out loses its place in the text.
  const places = $$(".source-scroll", sources).map(scroll => [scroll, scroll.scrollTop]);
  if (by < 0) beside.before(source);
  else beside.after(source);
  for (const [scroll, top] of places) scroll.scrollTo({ top, behavior: "instant" });
  const columns = $$(".source", sources), keys = columns.map(column => column.dataset.source);
  const inOrder = (all, keyOf) => {
    const nodes = new Map(all.map(node => [keyOf(node), node]));
    const first = all[0]?.parentElement;
    keys.toReversed().forEach(key => { if (nodes.has(key)) first.prepend(nodes.get(key)); });
  };
  inOrder($$(".source-tabs li"), tab => $("[data-tab]", tab).dataset.tab);
  const choices = $$(".choose-row", form), legend = $("legend", form);
  inOrder(choices, choice => $("input", choice).value);
  legend?.parentElement.prepend(legend);
  for (const button of $$(".mover")) {
    const [article, step] = button.value.split(":");
    button.disabled = keys.at(step < 0 ? 0 : -1) === article;
  }
  remember(keys);
  // At an edge its own button can no longer be pressed.
  const kept = focus?.disabled ? $$(".mover", focus.parentElement).find(button => !button.disabled) : focus;
  kept?.focus?.({ preventScroll: true });
  source.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
  const name = $(".outlet", source).textContent;
  $("[data-status-line]").textContent = `${name} is column ${keys.indexOf(source.dataset.source) + 1} of ${keys.length}`;
  document.dispatchEvent(new CustomEvent("columnsMoved"));
}

function remember(keys) {
  const withKeys = address => {
    address.searchParams.delete("show");
    for (const key of keys) address.searchParams.append("show", key);
    return address;
  };
  history.replaceState(history.state, "", withKeys(new URL(location.href)));
  for (const link of $$("a[data-select], a[data-clear], a[data-go]")) {
    const address = withKeys(new URL(link.href));
    link.setAttribute("href", `${address.pathname}${address.search}${address.hash}`);
  }
  waiting = new FormData(form);
  waiting.delete("show");
  for (const key of keys) waiting.append("show", key);
  if (!isSending) sendInTurn();
}

/* One order after the other, or the last move could arrive before the one it follows; an order that a newer one has
   overtaken is not sent. */
let waiting = null, isSending = false;
function send() {
  const body = waiting;
  waiting = null;
  // What cannot be remembered now still stands in the address.
  return fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" }, keepalive: true }).catch(() => {});
}
async function sendInTurn() {
  isSending = true;
  while (waiting) await send();
  isSending = false;
}
addEventListener("pagehide", () => { if (waiting) send(); });
