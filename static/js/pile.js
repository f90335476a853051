/* A press on marked words: one mark is chosen at once, of several marks on one another a list offers all, the smallest
   first. The same list opens by keyboard at the number of a claim. */

import { isPlainPress } from "./presses.js";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const sources = $("[data-sources]");
const LAYERS = { quote: "Quotation", figure: "Figure", name: "Name" };
const LONGEST = 90;

const list = document.createElement("div");
list.className = "pile menu";
list.setAttribute("role", "menu");
list.setAttribute("aria-label", "Marked in this place, the smallest first");
list.hidden = true;
// In a landmark, since everything on a page is.
document.getElementById("main").append(list);
let cameFrom = null, offered = [];

const isOn = layer => $(`#l-${layer}`)?.checked ?? true;
const isMark = (element, kind, key) => kind === "claim" ? element.dataset.claim?.split(" ").includes(key)
  : kind === "note" ? element.dataset.note?.split(" ").includes(key) : element.classList.contains(kind);

/* The words of a block around `node` that lie in one mark: text nodes side by side, without numbers and flags. */
function wordsOf(node, kind, key) {
  const block = node.closest("[data-start]");
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const found = [];
  let isPast = false;
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    if (text.parentElement.closest(".ref, .flag")) continue;
    let holder = text.parentElement, isIn = false;
    for (; holder && holder !== block; holder = holder.parentElement) if (isMark(holder, kind, key)) { isIn = true; break; }
    if (node.contains(text)) isPast = true;
    if (isIn) found.push(text);
    else if (isPast) break;
    else found.length = 0;
  }
  return found;
}

/* Every mark that `node` lies in, with the words it spans; only those of layers that are drawn. */
function marksAt(node) {
  const claim = isOn("claims") ? node.closest(".claim") : null;
  const noted = isOn("notes") ? node.closest("[data-note]") : null;
  const run = node.closest(".hl:not(.claim, .passage)");
  const kinds = [
    ...(claim?.dataset.claim.split(" ") ?? []).map(key => ["claim", key]),
    ...(noted?.dataset.note.split(" ") ?? []).map(key => ["note", key]),
    ...Object.keys(LAYERS).filter(name => run?.classList.contains(name) && isOn({ quote: "quotes", figure: "figures", name: "names" }[name])).map(name => [name, ""]),
  ];
  return kinds.map(([kind, key]) => {
    const nodes = wordsOf(node, kind, key);
    return { kind, key, nodes, words: nodes.map(text => text.data).join("") };
  });
}

/* What lies in the passage of a claim, for its number: the marks around each piece of it, each once. */
function marksAround(number) {
  const claim = number.closest(".claim");
  const pieces = new Set(wordsOf(claim, "claim", number.dataset.select).map(text => text.parentElement));
  const found = new Map();
  for (const mark of [...pieces].flatMap(marksAt)) found.set(`${mark.kind} ${mark.key} ${mark.words}`, mark);
  return [...found.values()];
}

const bySize = (a, b) => a.words.length - b.words.length;

function act({ kind, key, nodes }) {
  if (kind === "claim") document.dispatchEvent(new CustomEvent("claimWanted", { detail: { number: key } }));
  else if (kind === "note") document.getElementById(`passage-${key}`)?.click();
  else document.dispatchEvent(new CustomEvent("markWanted", { detail: { mark: nodes[0].parentElement?.closest(`.${kind}`), kind } }));
}

/* ---- the list ---- */
function titleOf({ kind, key, words }) {
  const text = words.trim().replace(/\s+/g, " ");
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  if (kind === "claim") {
    const row = $(`.index-list a[data-select="${key}"]`);
    return [`Claim ${key}`, row ? $(".row-words", row).firstChild.textContent : short, row ? $(".claim-no", row).dataset.state : ""];
  }
  if (kind === "note") return [$(`#passage-${key} .sr`)?.textContent ?? "Note on this passage", short, ""];
  return [LAYERS[kind], short, ""];
}

function open(marks, { left, top }, from) {
  if (!marks.length) return;
  cameFrom = from;
  offered = marks;
  list.replaceChildren(...marks.sort(bySize).map(mark => {
    const [kind, words, state] = titleOf(mark);
    const item = document.createElement("button"), label = document.createElement("strong"), quote = document.createElement("span");
    item.type = "button";
    item.className = "pile-item";
    item.setAttribute("role", "menuitem");
    item.tabIndex = -1;
    if (state) item.dataset.state = state;
    label.textContent = kind;
    quote.textContent = words;
    item.append(label, " ", quote);
    item.addEventListener("click", () => { close({ isBack: mark.kind === "claim" }); act(mark); });
    return item;
  }));
  list.hidden = false;
  const across = list.offsetWidth, down = list.offsetHeight;
  list.style.setProperty("--left", `${Math.round(Math.max(8, Math.min(left, innerWidth - across - 8)))}px`);
  list.style.setProperty("--top", `${Math.round(Math.max(8, top + down > innerHeight - 8 ? top - down - 28 : top))}px`);
  list.firstElementChild.focus({ preventScroll: true });
}

function close({ isBack = true } = {}) {
  if (list.hidden) return;
  const wasInside = list.contains(document.activeElement);
  list.hidden = true;
  if (isBack && wasInside) cameFrom?.focus({ preventScroll: true });
}

list.addEventListener("keydown", event => {
  const items = $$("button", list), here = items.indexOf(document.activeElement);
  const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key];
  if (to !== undefined) items.at(to % items.length).focus();
  else if (event.key === "Escape" || event.key === "Tab") close();
  else return;
  event.stopPropagation();
  event.preventDefault();
});

if (sources) {
  sources.addEventListener("click", event => {
    if (!isPlainPress(event)) return;
    if (event.target.closest("a, button") || !event.target.closest(".marked") || !getSelection().isCollapsed) return;
    const marks = marksAt(event.target);
    if (marks.length > 1) open(marks, { left: event.clientX - 12, top: event.clientY + 14 }, event.target.closest(".source-scroll"));
    else if (marks[0]?.kind === "claim" || marks[0]?.kind === "note") act(marks[0]);
    // The sheet of a name, a quotation or a figure that stands alone opens elsewhere.
    else return;
    event.preventDefault();
  });
  // Words that were drawn anew meanwhile are no longer the ones that were offered.
  document.addEventListener("htmx:afterSettle", () => {
    if (offered.some(mark => mark.nodes.some(node => !node.isConnected))) close();
  });
  document.addEventListener("pointerdown", event => { if (!list.contains(event.target)) close({ isBack: false }); });
  addEventListener("resize", () => close());
  sources.addEventListener("scroll", () => close({ isBack: false }), { capture: true, passive: true });
  document.addEventListener("shortcut", event => {
    const number = event.detail.key === "p" && document.activeElement.closest?.(".marked .ref");
    if (!number) return;
    const { left, bottom } = number.getBoundingClientRect();
    open(marksAround(number), { left, top: bottom + 4 }, number);
    event.preventDefault();
  });
}
