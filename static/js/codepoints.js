/* Where JavaScript's way of counting meets the server's. JavaScript counts UTF-16 units, in which an emoji is two or
   more; every position the server stores counts code points of the version's text. Nothing else converts.

   A block is an element with data-start: a paragraph or the headline, whose text begins there in its version. What the
   page adds to the text (numbers of claims, flags in the margin, words for screen readers) is no part of it. */

const ADDED = ".ref, .flag, .sr, .passage-bracket";

/** The code points of `text` before its UTF-16 unit `unit`. A place inside a surrogate pair counts as before it. */
export function codePoints(text, unit = text.length) {
  let count = 0;
  for (let i = 0; i < unit; count += 1) {
    const size = text.codePointAt(i) > 0xffff ? 2 : 1;
    if (i + size > unit) break;
    i += size;
  }
  return count;
}

/** The UTF-16 unit at which code point `point` of `text` begins. */
export function units(text, point) {
  let unit = 0;
  for (let i = 0; i < point && unit < text.length; i += 1) unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
  return unit;
}

/** The text nodes that make up a block's text, in order. */
export function textNodes(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, node =>
    node.nodeType === Node.TEXT_NODE ? NodeFilter.FILTER_ACCEPT
      : node.matches(ADDED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

/** A block's text, as its version has it. */
export const textOf = block => textNodes(block).map(node => node.data).join("");

/** How many UTF-16 units of the block's text stand before a place in the page. */
export function unitAt(block, node, offset) {
  const place = document.createRange();
  place.setStart(node, offset);
  let count = 0;
  for (const text of textNodes(block)) {
    if (text === node) return count + offset;
    if (place.comparePoint(text, 0) > 0) return count;
    count += text.length;
  }
  return count;
}

/** The range of the page that shows units `from` to `to` of the block's text. */
export function rangeIn(block, from, to) {
  const range = document.createRange();
  range.selectNodeContents(block);
  let count = 0, isBegun = false;
  for (const node of textNodes(block)) {
    const end = count + node.length;
    if (!isBegun && from < end) {
      range.setStart(node, from - count);
      isBegun = true;
    }
    if (to <= end) {
      range.setEnd(node, to - count);
      break;
    }
    count = end;
  }
  return range;
}
