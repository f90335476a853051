/* Correcting in place, in the texts and in the ledger. Everything here is also a link or a form that the server answers
   without a script. An answer brings only what changed; this file keeps what the reader sees where it is. */

import { waitsFor } from "./sending.js";
import { keepStill } from "./still.js";
import { keepWritten, mayLeave } from "./unsaved.js";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

const read = $("[data-read]");
// A panel that all claims lie over again is still there, and nothing is done in it unseen.
const inSight = element => (element?.checkVisibility() ? element : null);
const opened = () => inSight($("#panel [data-corrections], [data-drawer] [data-corrections]"));

/* ---- what the page shows, told with every correction: only what differs from it comes back ---- */
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "post") return;
  const ledger = $("#ledger");
  const shown = {
    revision: (read ?? ledger)?.dataset.revision,
    selected: read ? $("#panel [data-claim-key]")?.dataset.claimKey : opened()?.dataset.claim,
    open: opened() ? "yes" : "",
    columns: read && $$("[data-source]").map(source => source.dataset.source).join(","),
    sheet: $("#mark-sheet[data-sheet]")?.dataset.sheet,
    rows: ledger && $$("tr[data-claim]", ledger).map(row => row.dataset.claim).join(","),
  };
  for (const [name, value] of Object.entries(shown)) if (value) detail.parameters[`shown-${name}`] = value;
});

/* ---- what is half written when another claim's panel may come ---- */
document.addEventListener("htmx:beforeRequest", event => {
  const { elt, requestConfig } = event.detail;
  if (!read || requestConfig.verb !== "post") return;
  const sheet = elt.closest("#mark-sheet");
  const isMerge = requestConfig.parameters.act === "merge", isUndo = /\/undo\/$/.test(requestConfig.path) && !sheet && !staysAt(elt);
  const what = `What else you are writing here is not saved, and ${isMerge ? "merging" : "taking this back"} may show another ${sheet ? "name" : "claim"}. Go on?`;
  if ((isMerge || isUndo) && !mayLeave(sheet ?? $("#panel"), { but: elt, what })) event.preventDefault();
});

/* Whether taking something back draws the claim that is shown anew, and with it what is written about it. */
function staysAt(form) {
  const here = $("#panel [data-claim-key]")?.dataset.claimKey;
  return Boolean(here) && form.elements?.claim?.value === here && (form.dataset.leadsBackTo ?? here) === here;
}

/* ---- an answer: what stands under the reader's eyes stays there, what was open or half written stays so ---- */
let settle = null, write = null;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.requestConfig?.verb !== "post") return;
  write = keepWritten({ but: detail.requestConfig.elt });
  if (detail.xhr?.getResponseHeader("HX-Trigger-After-Swap")?.includes("decisionMade")) settle = keepStill();
});
// A refused form brings its neighbours anew as well.
document.addEventListener("htmx:afterSwap", () => {
  write?.();
  write = null;
});
document.addEventListener("decisionMade", ({ detail }) => {
  const { claim, revision } = detail;
  const screen = read ?? $("#ledger");
  if (screen && revision) screen.dataset.revision = revision;
  // Wired up at once, not after the pause in which htmx settles: somebody's next key may come sooner.
  for (const part of $$("#toast, #panel, [data-drawer], #mark-sheet")) htmx.process(part);
  if (read) document.dispatchEvent(new CustomEvent("claimAnswered", { detail: { number: claim } }));
  write?.();
  write = null;
  settle?.();
  settle = null;
  rove();
  toastCame();
});

/* In the ledger one row is in the order of Tab, also among those that were just drawn. */
function rove() {
  const rows = $$("[data-ledger] tr[data-claim]");
  if (rows.length && !rows.some(row => row.tabIndex === 0)) rows[0].tabIndex = 0;
  const drawer = $("[data-drawer]");
  if (!drawer) return;
  const opener = $(`[data-correct-row="${drawer.dataset.drawer}"]`);
  opener?.setAttribute("aria-expanded", "true");
  // A row drawn anew stands where its drawer still is.
  const row = opener?.closest("tr");
  if (row && row.nextElementSibling !== drawer) row.after(drawer);
}

/* ---- what was said: over the page, gone by itself when nobody is at it; z takes it back for as long as it is the last ---- */
const toasts = $("#toast");
const STAYS = 12_000;
let leaving = 0;
function toastCame() {
  clearTimeout(leaving);
  if (!toasts?.firstElementChild) return;
  toasts.hidden = false;
  leaving = setTimeout(function leave() {
    if (toasts.matches(":hover, :focus-within")) leaving = setTimeout(leave, STAYS);
    else toasts.hidden = true;
  }, STAYS);
}
document.addEventListener("click", event => {
  const close = event.target.closest("[data-toast-close]");
  if (!close) return;
  const box = close.closest(".toasts, .messages > *");
  if (box === toasts) toasts.hidden = true;
  else box?.remove();
});
const lastUndo = () => $("[data-undo]", toasts) ?? $(".messages [data-undo]");

// Only what this page has just said can be taken back by a key: never what somebody no longer sees before them.
function sayNothingIsLeft() {
  const toast = document.createElement("div"), words = document.createElement("p");
  toast.className = "toast";
  words.className = "toast-said";
  words.textContent = "Nothing on this page can be taken back by this key. What was decided before is in the history of its claim or name.";
  toast.append(words);
  toasts.replaceChildren(toast);
  toastCame();
}

/* ---- "Same claim?" in a cell: hundreds of buttons on a page, sent from here. Pressed twice it is asked once ---- */
document.addEventListener("click", event => {
  const button = event.target.closest(".ask button"), ask = button?.closest(".ask");
  if (!ask || "sent" in ask.dataset) return;
  ask.dataset.sent = "";
  const values = { act: "decide", in_cell: "yes", alignment: ask.dataset.ask, expected: ask.dataset.expected, decision: button.value };
  htmx.ajax("POST", ask.dataset.address, { source: button, swap: "none", values }).catch(() => {}).finally(() => { delete ask.dataset.sent; });
});

/* ---- opening and closing ---- */
const opener = () => inSight($("#panel [data-correct]"));

document.addEventListener("htmx:afterSettle", () => {
  const open = opened();
  opener()?.setAttribute("aria-expanded", Boolean(open));
  if (!open || open.dataset.seen) return;
  open.dataset.seen = "yes";
  // An error summary takes the focus itself.
  const alert = $("[role=alert]", open);
  if (alert) {
    alert.scrollIntoView({ block: "nearest" });
    return alert.focus({ preventScroll: true });
  }
  const desk = $(".desk");
  if (desk && !desk.hasAttribute("data-tall")) $("#panel [data-grip]")?.click();
  const head = $("[data-corrections-head]", open);
  head.scrollIntoView({ block: read ? "start" : "nearest" });
  head.focus({ preventScroll: true });
});

document.addEventListener("click", event => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("#panel [data-corrections-close], [data-drawer] [data-corrections-close], [data-correct-row], [data-regroup]");
  if (!link) return;
  event.preventDefault();
  if (link.matches("[data-corrections-close]")) shut();
  else if (link.matches("[data-regroup]")) regroup(link);
  else toggleDrawer(link.closest("tr"));
});

function shut() {
  const open = opened();
  if (!open) return false;
  if (waitsFor(shut) || !mayLeave(open)) return true;
  const drawer = open.closest("[data-drawer]");
  if (drawer) return closeDrawer(drawer);
  const place = document.createElement("div");
  place.id = open.id;
  open.replaceWith(place);
  opener()?.setAttribute("aria-expanded", "false");
  opener()?.focus();
  return true;
}

/* The drawer stands under its row, in a row of its own. */
function toggleDrawer(row) {
  const link = $("[data-correct-row]", row);
  if (!link) return;
  const open = $("[data-drawer]");
  if (waitsFor(() => toggleDrawer(row)) || !mayLeave(open)) return;
  const isHere = open?.dataset.drawer === row.dataset.claim;
  if (open) closeDrawer(open, !isHere);
  if (isHere) return;
  const drawer = document.createElement("tr");
  drawer.dataset.drawer = row.dataset.claim;
  drawer.setAttribute("role", "row");
  drawer.className = "drawer";
  const cell = drawer.insertCell();
  cell.colSpan = row.cells.length;
  cell.setAttribute("role", "cell");
  const place = document.createElement("div");
  place.id = `corrections-${row.dataset.claim}`;
  const frame = document.createElement("div");
  frame.className = "drawer-in";
  const title = document.createElement("h2");
  title.className = "sr";
  title.textContent = `Claim ${$(".claim-no", row).lastChild.textContent}`;
  frame.append(title, place);
  cell.append(frame);
  row.after(drawer);
  link.setAttribute("aria-expanded", "true");
  htmx.ajax("GET", link.href, { source: place, target: place, swap: "outerHTML" }).catch(() => closeDrawer(drawer));
}

function closeDrawer(drawer, isQuiet = false) {
  const link = $(`[data-correct-row="${drawer.dataset.drawer}"]`);
  link?.setAttribute("aria-expanded", "false");
  const row = link?.closest("tr");
  drawer.remove();
  if (row && !isQuiet) {
    for (const other of $$("[data-ledger] tr[data-claim]")) other.tabIndex = other === row ? 0 : -1;
    row.focus({ preventScroll: true });
  }
  return true;
}

function regroup(link) {
  const fold = document.getElementById(link.hash.slice(1));
  if (!fold) return;
  fold.open = true;
  const pick = document.getElementById(`pick-${link.dataset.regroup}`);
  if (pick) pick.checked = true;
  fold.scrollIntoView({ block: "nearest" });
  (pick ?? $("summary", fold)).focus();
}

/* ---- finding a claim: the list opens, and of several that have the words none is chosen; Enter and the arrow lead into it ---- */
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const list = detail.target?.closest?.("[data-claim-options]");
  if (!list) return;
  list.size = Math.min(6, Math.max(2, list.options.length));
  const words = detail.requestConfig.elt.value.trim();
  const isMeant = words && (list.options.length === 1 || list.options[0].value === words);
  list.selectedIndex = isMeant ? 0 : -1;
});
document.addEventListener("keydown", event => {
  if (!event.target.matches?.("[data-claim-find]") || !/^(Enter|ArrowDown)$/.test(event.key)) return;
  event.preventDefault();
  const list = document.getElementById(event.target.getAttribute("aria-controls"));
  if (list.selectedIndex < 0) list.selectedIndex = 0;
  list.focus();
});

/* ---- words chosen in the text become the passage of the claim whose corrections are open ---- */
const beside = text => {
  const open = opened();
  if (!open || !read) return null;
  const items = $$(`[data-version="${text.dataset.version}"]`, open);
  // One whose own field is open is meant; else the one that stands nearest.
  return { open, items: items.filter(item => $("[id^=row-span-][open]", item)).concat(items) };
};
document.addEventListener("wordsOffered", ({ detail }) => {
  const here = beside(detail.text);
  if (here?.items.length) detail.offer("passageOfClaim", `Use as the passage of claim ${here.open.dataset.number}`);
});
document.addEventListener("wordsChosen", event => {
  const { name, text, start, end, quote } = event.detail;
  if (name !== "passageOfClaim") return;
  event.preventDefault();
  const { items } = beside(text) ?? { items: [] };
  const far = item => Math.min(Math.abs(item.dataset.start - start), Math.abs(item.dataset.start - end));
  const item = $("[id^=row-span-][open]", items[0]) ? items[0] : items.sort((a, b) => far(a) - far(b))[0];
  const form = $("[id^=row-span-] form", item);
  if (!form) return;
  form.elements.quote.value = quote;
  form.elements.start.value = start;
  form.requestSubmit();
});

/* ---- single keys; whether they may act is the shell's to say ---- */
document.addEventListener("shortcut", event => {
  const { key } = event.detail;
  if (key === "c" && opener()) {
    if (!shut()) opener().click();
  } else if (key === "c" && $("[data-ledger]")) {
    const row = document.activeElement?.closest("[data-ledger] tbody tr");
    if (row?.matches("[data-drawer]")) shut();
    else if (row) toggleDrawer(row);
    else return;
  } else if (key === "Escape" && document.activeElement?.closest("[data-drawer]")) {
    shut();
  } else if (key === "z" && lastUndo()) {
    lastUndo().requestSubmit();
  } else if (key === "z" && $("[data-correct-row], [data-claim-new], [data-queue]") && !$('[data-queue] [data-answer="z"]')) {
    sayNothingIsLeft();
  } else {
    const answer = /^[ynuz]$/.test(key) && $(`[data-queue] [data-answer="${key}"]`);
    if (!answer) return;
    // The focus stays on the answer that was given, for the next question.
    answer.focus();
    answer.click();
  }
  event.preventDefault();
  event.stopImmediatePropagation();
});
