/* The overview beside each column: the part of the text in sight, and a way to its claims by mouse and keyboard.
   The server draws the ticks; a tick is known by where its stroke begins. */

import { codePoints, textOf } from "./codepoints.js";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
// The height of the drawing, and how near a press must come to a tick on the screen.
const HEIGHT = 1000, NEAR = 7;
const SAID = { agreed: "sources agree", differs: "sources differ", only: "only here" };

/* In the next frame, those of all columns together: each is measured before any is drawn, or the page would be laid out
   once for each. */
const due = new Set();
function drawSoon(strip) {
  due.add(strip);
  if (due.size > 1) return;
  requestAnimationFrame(() => {
    const measured = [...due].map(one => [one, one.measure()]);
    due.clear();
    for (const [one, sight] of measured) if (sight) one.draw(sight);
  });
}

const strips = $$("[data-overview]").map(make);

function make(svg) {
  const scroll = $(".source-scroll", svg.closest(".source"));
  const drawn = () => $$(".ticks", svg).flatMap(path => {
    const tops = [...path.getAttribute("d").matchAll(/M0 (\d+)/g)];
    return path.dataset.claims.split(" ").map((number, i) => ({ number, state: path.dataset.state, y: Number(tops[i][1]) }));
  }).sort((a, b) => a.y - b.y || a.number - b.number);
  let ticks = drawn();
  const strip = { svg, scroll, at: -1, blocks: null };

  /* ---- between a height in the column and a place in its text ---- */
  const blocks = () => strip.blocks ??= $$("[data-start]", scroll).map(block => {
    const start = Number(block.dataset.start), words = textOf(block);
    return { top: block.offsetTop, height: block.offsetHeight, start, size: codePoints(words, words.length) };
  });
  const length = () => { const last = blocks().at(-1); return Math.max(1, last.start + last.size); };
  const placeAt = top => {
    const block = blocks().findLast(({ top: begin }) => begin <= top) ?? blocks()[0];
    return block.start + block.size * Math.min(1, Math.max(0, (top - block.top) / Math.max(1, block.height)));
  };
  const topOf = place => {
    const block = blocks().findLast(({ start }) => start <= place) ?? blocks()[0];
    return block.top + block.height * Math.min(1, (place - block.start) / Math.max(1, block.size));
  };
  const goTo = y => scroll.scrollTo({ top: topOf(y / HEIGHT * length()) - scroll.clientHeight * 0.3, behavior: "instant" });

  strip.measure = () => svg.clientHeight && {
    from: placeAt(scroll.scrollTop) / length() * HEIGHT,
    to: placeAt(scroll.scrollTop + scroll.clientHeight) / length() * HEIGHT,
  };
  strip.draw = ({ from, to }) => {
    const sight = $(".sight", svg);
    sight.setAttribute("y", from.toFixed(1));
    sight.setAttribute("height", Math.max(4, to - from).toFixed(1));
  };
  scroll.addEventListener("scroll", () => drawSoon(strip), { passive: true });

  /* ---- by mouse: a tick chooses its claim, anywhere else and a drag scroll the text ---- */
  const heightOf = event => {
    const box = svg.getBoundingClientRect();
    return (event.clientY - box.top) / box.height * HEIGHT;
  };
  let pressed = null;
  svg.addEventListener("pointerdown", event => {
    if (event.button) return;
    event.preventDefault();
    pressed = event.clientY;
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", event => {
    if (pressed === null || Math.abs(event.clientY - pressed) < 4) return;
    pressed = Infinity;
    goTo(heightOf(event));
  });
  svg.addEventListener("pointerup", event => {
    if (pressed === null) return;
    const isDrag = pressed === Infinity, y = heightOf(event);
    pressed = null;
    if (isDrag) return;
    const near = NEAR / svg.clientHeight * HEIGHT;
    const tick = ticks.filter(one => Math.abs(one.y - y) <= near).sort((a, b) => Math.abs(a.y - y) - Math.abs(b.y - y))[0];
    if (tick) choose(tick);
    else goTo(y);
  });
  svg.addEventListener("pointercancel", () => { pressed = null; });

  /* ---- by keyboard: arrows go from tick to tick, Enter chooses ---- */
  const choose = tick => document.dispatchEvent(new CustomEvent("claimWanted", { detail: { number: tick.number } }));
  function stand(at) {
    strip.at = Math.min(ticks.length - 1, Math.max(0, at));
    const tick = ticks[strip.at];
    svg.setAttribute("aria-valuenow", strip.at + 1);
    svg.setAttribute("aria-valuetext", `Claim ${tick.number}, ${SAID[tick.state]}, ${strip.at + 1} of ${ticks.length}`);
    $(".tick-at", svg).setAttribute("d", `M0 ${tick.y}h12`);
  }
  function offer() {
    const slider = { role: "slider", tabindex: 0, "aria-orientation": "vertical", "aria-label": svg.dataset.overview, "aria-valuemin": 1, "aria-valuemax": ticks.length };
    for (const [name, value] of Object.entries(slider)) ticks.length ? svg.setAttribute(name, value) : svg.removeAttribute(name);
    if (!ticks.length) return svg.setAttribute("aria-hidden", "true");
    svg.removeAttribute("aria-hidden");
    stand(strip.at);
  }
  offer();
  svg.addEventListener("keydown", event => {
    if (!ticks.length || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const to = { ArrowDown: strip.at + 1, ArrowRight: strip.at + 1, ArrowUp: strip.at - 1, ArrowLeft: strip.at - 1, PageDown: strip.at + 10, PageUp: strip.at - 10, Home: 0, End: ticks.length - 1 }[event.key];
    if (to !== undefined) {
      stand(to);
      goTo(ticks[strip.at].y);
    } else if (event.key === "Enter" || event.key === " ") choose(ticks[strip.at]);
    else return;
    event.preventDefault();
  });
  strip.renew = () => {
    ticks = drawn();
    strip.blocks = null;
    offer();
  };

  strip.mark = number => {
    const mine = ticks.filter(tick => tick.number === number);
    $(".tick-chosen", svg).setAttribute("d", mine.map(({ y }) => `M0 ${y}h12`).join(""));
    if (mine.length) stand(ticks.indexOf(mine[0]));
  };
  return strip;
}

const markAll = number => { for (const strip of strips) strip.mark(number); };
document.addEventListener("claimChosen", ({ detail }) => markAll(detail.number));
// The one chosen at first sight may have been told before this file came.
markAll($("[data-read]")?.dataset.selected ?? "");
// A correction may have drawn ticks and text anew.
document.addEventListener("decisionMade", () => {
  for (const strip of strips) strip.renew();
});
// A column that changes its width breaks its lines anew.
const sizes = new ResizeObserver(entries => {
  for (const { target } of entries) {
    const strip = strips.find(({ scroll }) => scroll.contains(target));
    strip.blocks = null;
    drawSoon(strip);
  }
});
for (const { scroll } of strips) {
  sizes.observe(scroll);
  const prose = $(".prose", scroll);
  if (prose) sizes.observe(prose);
}
