/* Links of the desk that need no page of their own: jumps to words in the columns, and addresses to copy. */

import { rangeIn, textOf, units } from "./codepoints.js";
import { isPlainPress } from "./presses.js";
import { paint } from "./selection.js";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const sources = $("[data-sources]");
const said = $("[data-status-line]");

function bring(source, box, line) {
  sources?.scrollTo({ left: source.offsetLeft - sources.offsetLeft });
  // At high zoom the page scrolls and not the column.
  if (getComputedStyle(box).overflowY === "visible") scrollBy({ top: line.top - innerHeight * 0.3, behavior: "instant" });
  else box.scrollTo({ top: line.top - box.getBoundingClientRect().top + box.scrollTop - box.clientHeight * 0.3, behavior: "instant" });
}

/* Words of a text by their place in it, block by block. */
function rangesOf(source, start, end) {
  return $$("[data-start]", source).flatMap(block => {
    const begin = Number(block.dataset.start), text = textOf(block);
    if (end <= begin) return [];
    const from = units(text, Math.max(0, start - begin)), to = units(text, end - begin);
    return from < to ? [rangeIn(block, from, to)] : [];
  });
}

document.addEventListener("click", event => {
  if (!isPlainPress(event)) return;
  const go = event.target.closest("[data-go]"), words = event.target.closest("[data-go-to]"), copy = event.target.closest("[data-copy]");
  if (copy) copyLink(copy.dataset.copy, copy);
  else if (go) {
    const place = document.getElementById(`at-${go.dataset.go}`), source = place?.closest(".source");
    // A column that is not shown: the link leads to a page that has the words.
    if (!source) return;
    event.preventDefault();
    bring(source, place.closest(".source-scroll"), place.getBoundingClientRect());
    place.focus({ preventScroll: true });
  } else if (words) {
    const [article, start, end] = words.dataset.goTo.split(":").map(Number);
    const source = document.getElementById(`source-${article}`);
    const ranges = source ? rangesOf(source, start, end) : [];
    // A column that is not shown: the link leads to the words on the page of their text.
    if (!ranges.length) return;
    event.preventDefault();
    paint("passage", ranges);
    bring(source, $(".source-scroll", source), ranges[0].getBoundingClientRect());
    $(".source-scroll", source).focus({ preventScroll: true });
  }
});

/* Over plain http, as on a desk's own network, browsers have no clipboard for scripts but the old command. */
export async function copyLink(path, button) {
  const address = new URL(path, location.href).href;
  let isDone = false;
  try {
    await navigator.clipboard.writeText(address);
    isDone = true;
  } catch {
    const field = document.createElement("textarea"), focus = document.activeElement;
    field.value = address;
    field.className = "sr";
    document.body.append(field);
    field.select();
    isDone = document.execCommand("copy");
    field.remove();
    focus?.focus?.({ preventScroll: true });
  }
  const text = isDone ? "Link copied" : "Copy it from here: ";
  if (said) said.textContent = isDone ? text : `${text}${address}`;
  if (!isDone) return prompt("The browser does not let this page copy. The link:", address);
  if (!button) return;
  button.dataset.label ??= button.textContent;
  button.textContent = text;
  button.addEventListener("blur", () => { button.textContent = button.dataset.label; }, { once: true });
}
document.addEventListener("linkWanted", ({ detail }) => copyLink(detail.path, detail.button));
