/* Words chosen in a text, by mouse, touch or keyboard, and what can be done with them: a small toolbar beside them.
   The server is told a place and what the browser takes it to say, and refuses when its own text says otherwise. */

import { codePoints, rangeIn, textOf, unitAt } from "./codepoints.js";

// Addresses are cut off by servers beyond some 4,000 characters; the place alone is enough then.
const LONGEST_ADDRESS = 3000;
const TEXT = "[data-passage-new], [data-claim-new], [data-passage-link]";

const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const blocksOf = text => $$("[data-start]", text);
const said = document.querySelector("[data-status-line]");

/** The words a selection stands for: `{text, blocks, start, end, quote, ranges}`, or null where it is none in a text. */
export function chosenWords(selection, { isExact = false } = {}) {
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const around = node => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(TEXT);
  const text = around(range.commonAncestorContainer);
  if (!text) return null;
  const pieces = [];
  for (const block of blocksOf(text)) {
    if (!range.intersectsNode(block)) continue;
    const words = textOf(block);
    let from = block.contains(range.startContainer) ? unitAt(block, range.startContainer, range.startOffset) : 0;
    let to = block.contains(range.endContainer) ? unitAt(block, range.endContainer, range.endOffset) : words.length;
    from += words.slice(from, to).match(/^\s*/)[0].length;
    to -= words.slice(from, to).match(/\s*$/)[0].length;
    if (from < to) pieces.push({ block, words, from, to });
  }
  if (!pieces.length) return null;
  const first = pieces[0], last = pieces.at(-1);
  const step = isExact ? "grapheme" : "word";
  first.from = edge(first.words, first.from, -1, step);
  last.to = edge(last.words, last.to, 1, step);
  const place = ({ block, words }, unit) => Number(block.dataset.start) + codePoints(words, unit);
  return {
    text,
    start: place(first, first.from),
    end: place(last, last.to),
    quote: pieces.map(({ words, from, to }) => words.slice(from, to)).join("\n\n"),
    ranges: pieces.map(({ block, from, to }) => rangeIn(block, from, to)),
  };
}

const segmenters = {};
function segments(text, granularity) {
  if (!globalThis.Intl?.Segmenter) return null;
  segments.kept ??= new Map();
  segmenters[granularity] ??= new Intl.Segmenter(document.documentElement.lang, { granularity });
  const key = `${granularity} ${text}`;
  if (segments.kept.size > 50) segments.kept.clear();
  if (!segments.kept.has(key)) segments.kept.set(key, segmenters[granularity].segment(text));
  return segments.kept.get(key);
}

/** Moves an edge outward (`side` -1 or 1) to that of the word, or of the character as a reader sees it. */
function edge(words, unit, side, granularity) {
  const all = segments(words, granularity);
  const inside = all?.containing(side < 0 ? unit : unit - 1);
  if (!inside || (granularity === "word" && !inside.isWordLike)) {
    return granularity === "word" ? edge(words, unit, side, "grapheme") : unit;
  }
  return side < 0 ? inside.index : inside.index + inside.segment.length;
}

/** Paints words of the page without touching them; a browser that cannot do it shows its own selection. */
export function paint(name, ranges) {
  if (!globalThis.Highlight || !CSS.highlights) return;
  if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
  else CSS.highlights.delete(name);
}

/* ---- the toolbar ---- */
const toolbar = document.createElement("div");
toolbar.className = "passage-tools";
toolbar.setAttribute("role", "toolbar");
toolbar.setAttribute("aria-label", "Chosen words");
toolbar.hidden = true;
// In a landmark, since everything on a page is.
document.getElementById("main").append(toolbar);
const TOOLS = [["passageNew", "Note"], ["claimNew", "New claim"], ["passageOfClaim", ""], ["passageLink", "Copy link"]];
const tools = TOOLS.map(([name, label]) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-small";
  button.textContent = label;
  button.addEventListener("click", () => go(name));
  toolbar.append(button);
  return { name, button };
});
// The text keeps its selection while the toolbar is pressed.
toolbar.addEventListener("pointerdown", event => event.preventDefault());

let chosen = null, cameFrom = null;

function show(words) {
  chosen = words;
  paint("chosen", words?.ranges ?? []);
  if (!words) {
    if (toolbar.contains(document.activeElement)) cameFrom?.focus({ preventScroll: true });
    toolbar.hidden = true;
    return;
  }
  // What can be done with words here and now, beside what a text offers always: whoever knows of something says so.
  const offered = {};
  const offer = (name, label) => { offered[name] = label; };
  document.dispatchEvent(new CustomEvent("wordsOffered", { detail: { text: words.text, offer } }));
  let isFirst = true;
  for (const { name, button } of tools) {
    button.hidden = !words.text.dataset[name] && !offered[name];
    if (offered[name]) button.textContent = offered[name];
    button.tabIndex = button.hidden || !isFirst ? -1 : 0;
    if (!button.hidden) isFirst = false;
  }
  toolbar.hidden = false;
  stand(words.ranges.at(-1));
  const count = words.quote.split(/\s+/).length;
  if (said) said.textContent = `${count} word${count === 1 ? "" : "s"} chosen. m: what to do with ${count === 1 ? "it" : "them"}`;
}

/* Below the words, where fingers and the browser's own menu are not; above, when there is no room. */
function stand(range) {
  const lines = [...range.getClientRects()];
  const line = lines.at(-1) ?? range.getBoundingClientRect();
  const { offsetWidth: across, offsetHeight: down } = toolbar;
  const below = line.bottom + 6;
  const top = below + down > innerHeight ? (lines[0] ?? line).top - down - 6 : below;
  const column = chosen.text.getBoundingClientRect();
  const left = Math.min(Math.max(line.right - across, column.left + 8, 4), innerWidth - across - 4);
  toolbar.style.setProperty("--left", `${Math.round(left)}px`);
  toolbar.style.setProperty("--top", `${Math.round(Math.max(4, top))}px`);
}

function go(name) {
  if (!chosen) return;
  const { text, start, end, quote, ranges } = chosen;
  const address = new URL(text.dataset[name] ?? "", location.href);
  address.searchParams.set("start", start);
  address.searchParams.set("end", end);
  if (name === "passageLink") {
    // Texts never change, so the place is the words for good.
    const { button } = tools.find(tool => tool.name === name);
    document.dispatchEvent(new CustomEvent("linkWanted", { detail: { path: `${address.pathname}${address.search}`, button } }));
    return;
  }
  const bare = address.href;
  address.searchParams.set("quote", quote);
  const url = address.href.length > LONGEST_ADDRESS ? bare : address.href;
  cameFrom = null;
  getSelection().removeAllRanges();
  show(null);
  const event = new CustomEvent("wordsChosen", { detail: { name, url, ranges, text, start, end, quote }, cancelable: true });
  if (document.dispatchEvent(event)) location.assign(url);
}

/* ---- by mouse and touch ---- */
let isExact = false, isDown = false, waiting = 0;
const look = () => {
  const words = chosenWords(getSelection(), { isExact });
  if (words || chosen) show(words);
};
document.addEventListener("pointerdown", event => {
  isDown = !toolbar.contains(event.target);
  if (isDown) leave();
});
document.addEventListener("pointerup", event => {
  isDown = false;
  isExact = event.altKey;
  // A click that ends a selection clears it only after this event.
  setTimeout(look);
});
document.addEventListener("pointercancel", () => { isDown = false; });
document.addEventListener("selectionchange", () => {
  clearTimeout(waiting);
  if (toolbar.contains(document.activeElement)) return;
  // While the mouse draws, nothing stands in its way; handles moved by touch come without pointer events.
  if (!isDown) waiting = setTimeout(look, 250);
});
for (const type of ["scroll", "resize"]) addEventListener(type, () => { if (chosen) stand(chosen.ranges.at(-1)); }, { capture: true, passive: true });

/* ---- by keyboard: m begins at the first word in sight; arrows go from word to word, with Shift over them ---- */
let walk = null;

function wordsOf(text) {
  return blocksOf(text).flatMap(block => {
    const words = textOf(block);
    return [...(segments(words, "word") ?? [])].filter(piece => piece.isWordLike)
      .map(piece => ({ block, from: piece.index, to: piece.index + piece.segment.length }));
  });
}

function begin() {
  const here = document.activeElement.closest(TEXT)
    ?? $$(TEXT).find(text => { const box = text.getBoundingClientRect(); return box.width && box.right > 1 && box.left >= -1; });
  if (!here) return;
  const words = wordsOf(here);
  const frame = here.querySelector(".source-scroll") ?? document.documentElement;
  const top = Math.max(0, frame.getBoundingClientRect().top);
  const at = words.findIndex(({ block, from, to }) => rangeIn(block, from, to).getBoundingClientRect().top >= top);
  if (at < 0) return;
  cameFrom = here.querySelector(".source-scroll") ?? here;
  cameFrom.focus({ preventScroll: true });
  walk = { words, anchor: at, at };
  take();
}

function take() {
  const { words, anchor, at } = walk;
  const [first, last] = [words[Math.min(anchor, at)], words[Math.max(anchor, at)]];
  const range = rangeIn(first.block, first.from, first.to);
  const end = rangeIn(last.block, last.from, last.to);
  range.setEnd(end.endContainer, end.endOffset);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  (words[at].block.closest(".source-scroll") ? end : range).startContainer.parentElement.scrollIntoView({ block: "nearest" });
  isExact = false;
  look();
  const word = words[at];
  if (said) said.textContent = anchor === at ? textOf(word.block).slice(word.from, word.to) : chosen?.quote ?? "";
}

function leave() {
  walk = null;
}

function step(key, isLonger) {
  const { words, at } = walk;
  const isReversed = getComputedStyle(words[at].block).direction === "rtl";
  const by = { ArrowRight: isReversed ? -1 : 1, ArrowLeft: isReversed ? 1 : -1 }[key];
  let to = at + by;
  if (!by) to = line(words, at, key === "ArrowDown" ? 1 : -1);
  to = Math.min(words.length - 1, Math.max(0, to));
  walk.at = to;
  if (!isLonger) walk.anchor = to;
  take();
}

/* The word one line further, nearest below or above. */
function line(words, at, by) {
  const box = index => rangeIn(words[index].block, words[index].from, words[index].to).getBoundingClientRect();
  const here = box(at);
  let best = at, level = null;
  for (let i = at + by; i >= 0 && i < words.length; i += by) {
    const there = box(i);
    if (Math.abs(there.top - here.top) < here.height / 2) continue;
    level ??= there.top;
    if (Math.abs(there.top - level) >= here.height / 2) break;
    if (best === at || Math.abs(there.left - here.left) < Math.abs(box(best).left - here.left)) best = i;
  }
  return best;
}

document.addEventListener("shortcut", event => {
  const { key } = event.detail;
  if (key === "m") {
    if (chosen) focusTools();
    else begin();
  } else if (key === "Escape" && (chosen || walk)) {
    leave();
    getSelection().removeAllRanges();
    show(null);
    event.stopImmediatePropagation();
  } else return;
  event.preventDefault();
}, { capture: true });

function focusTools() {
  cameFrom ??= document.activeElement === document.body ? chosen.text.querySelector(".source-scroll") : document.activeElement;
  tools.find(({ button }) => !button.hidden)?.button.focus();
}

// Arrows with Shift are no single keys, so these do not come by way of the shell.
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (toolbar.contains(document.activeElement)) {
    const shown = tools.filter(({ button }) => !button.hidden).map(({ button }) => button);
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    shown[(shown.indexOf(document.activeElement) + by + shown.length) % shown.length].focus();
    event.preventDefault();
    return;
  }
  if (!walk || event.target.closest("input, textarea, select, a, button")) return;
  if (event.key.startsWith("Arrow")) step(event.key, event.shiftKey);
  else if (event.key === "Enter" && chosen) focusTools();
  else return;
  event.preventDefault();
});
