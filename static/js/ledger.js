/* The ledger and the texts side by side: one row at a time can be reached with Tab, the keys move it, and within a row
   they go from link to link. Going back finds the row again. Rows hold their links without this file, too. */

import { restorePlaces } from "./places.js";
import { waitsFor } from "./sending.js";
import { mayLeave } from "./unsaved.js";

const $ = (selector, root = document) => root.querySelector(selector);
const rows = () => [...document.querySelectorAll("[data-work-row]")];

function go(row) {
  if (!row) return;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// However the focus came to a row or into it.
document.addEventListener("focusin", ({ target }) => {
  const row = target.closest("[data-work-row]");
  if (row && row.tabIndex < 0) for (const other of rows()) other.tabIndex = other === row ? 0 : -1;
});

requestAnimationFrame(() => {
  if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") restorePlaces(history.state);
});

// All claims, on the way to paper.
if (location.hash === "#print") addEventListener("load", () => {
  history.replaceState(history.state, "", location.href.replace("#print", ""));
  print();
});

function step(by) {
  const all = rows();
  // From a drawer it goes on from the row it belongs to.
  const line = document.activeElement?.closest("[data-work-row], [data-drawer]");
  const here = all.indexOf(line?.matches("[data-drawer]") ? line.previousElementSibling : line);
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

/* From the row to its first link, from one to the next, also over the answers to a question, and back to the row. */
function stepAcross(row, by) {
  const links = [...row.querySelectorAll("a[href], button")].filter(link => link.checkVisibility());
  const at = links.indexOf(document.activeElement) + by;
  if (at < 0) row.focus({ preventScroll: true });
  else links[Math.min(at, links.length - 1)]?.focus();
}

/* A row that has the focus is worked like a list: these are its own keys, not shortcuts that could be switched off. */
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const row = event.target.closest?.("[data-work-row]");
  if (!row || event.target.matches("input, select, textarea, summary")) return;
  const isRow = row === event.target;
  const all = rows();
  if (event.key === "ArrowRight") stepAcross(row, 1);
  else if (event.key === "ArrowLeft" && !isRow) stepAcross(row, -1);
  else if (event.key === "Escape" && !isRow) go(row);
  else if (event.key === "ArrowDown") step(1);
  else if (event.key === "ArrowUp") step(-1);
  else if (!isRow) return;
  else if (event.key === "Enter") $("a", row)?.click();
  else if (event.key === "Home") go(all[0]);
  else if (event.key === "End") go(all.at(-1));
  else return;
  event.preventDefault();
});

document.addEventListener("click", event => {
  if (!event.target.closest("[data-print]")) return;
  const whole = $("#page-all");
  if (whole) location.assign(`${whole.href}#print`);
  else print();
});

/* Another choice draws the rows anew, and a correction that is being written under one of them would go: whoever stays
   finds the filters as they were. What is typed into the search leaves one entry in the history, not one a letter. */
const choice = $("[data-ledger-choice]");
let isTyped = false;
choice?.addEventListener("input", ({ target }) => { isTyped = target.matches("[type=search]"); });
document.addEventListener("htmx:confirm", event => {
  if (event.detail.elt !== choice) return;
  if (waitsFor(() => choice.requestSubmit())) return event.preventDefault();
  if (mayLeave($("#ledger [data-drawer]"))) return;
  event.preventDefault();
  const chosen = new URLSearchParams(location.search);
  for (const field of choice.elements) {
    const value = chosen.get(field.name) ?? DEFAULTS[field.name] ?? "";
    if (field.matches("[type=checkbox]")) field.checked = chosen.getAll(field.name).includes(field.value);
    else if (field.matches("[type=radio]")) field.checked = value === field.value;
    else if (field.name) field.value = value;
  }
});
document.addEventListener("htmx:beforeHistoryUpdate", ({ detail }) => {
  if (detail.requestConfig?.elt === choice && isTyped && detail.history.type === "push") detail.history.type = "replace";
});

/* What is not chosen stays out of the address. */
const DEFAULTS = { order: "text", only: "all" };
document.addEventListener("htmx:configRequest", event => {
  if (!event.detail.elt.matches("[data-ledger-choice]")) return;
  const { parameters } = event.detail;
  for (const name of Object.keys(parameters)) if (!parameters[name] || parameters[name] === DEFAULTS[name]) delete parameters[name];
});
