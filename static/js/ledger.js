/* The ledger: one row at a time can be reached with Tab, the keys move it. Rows are links without this file, too. */

const $ = (selector, root = document) => root.querySelector(selector);
const rows = () => [...document.querySelectorAll("[data-ledger] tbody tr[data-claim]")];

function go(row) {
  if (!row) return;
  for (const other of rows()) other.tabIndex = other === row ? 0 : -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function step(by) {
  const all = rows();
  // From a drawer it goes on from the row it belongs to.
  const line = document.activeElement?.closest("[data-ledger] tbody tr");
  const here = all.indexOf(line?.matches("[data-claim]") ? line : line?.previousElementSibling);
  go(here < 0 ? all.find(row => row.tabIndex === 0) ?? all[0] : all[Math.min(all.length - 1, Math.max(0, here + by))]);
}

document.addEventListener("shortcut", event => {
  const { key } = event.detail;
  if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
  else if (key === "n" && $("[data-can-write]")) {
    const row = document.activeElement?.closest("[data-ledger] tbody tr[data-claim]");
    if (!row) return;
    location.assign(`${$("a", row).href}#noteform-${row.dataset.claim}`);
  } else return;
  event.preventDefault();
});

/* A row that has the focus is worked like a list: these are its own keys, not shortcuts that could be switched off. */
document.addEventListener("keydown", event => {
  if (!event.target.matches?.("[data-ledger] tbody tr[data-claim]") || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = rows();
  if (event.key === "Enter") $("a", event.target).click();
  else if (event.key === "ArrowDown") step(1);
  else if (event.key === "ArrowUp") step(-1);
  else if (event.key === "Home") go(all[0]);
  else if (event.key === "End") go(all.at(-1));
  else return;
  event.preventDefault();
});

document.addEventListener("click", event => {
  if (event.target.closest("[data-print]")) print();
});

/* What is not chosen stays out of the address. */
const DEFAULTS = { order: "text", only: "all" };
document.addEventListener("htmx:configRequest", event => {
  if (!event.detail.elt.matches("[data-ledger-choice]")) return;
  const { parameters } = event.detail;
  for (const name of Object.keys(parameters)) if (!parameters[name] || parameters[name] === DEFAULTS[name]) delete parameters[name];
});
