/* Flags in the margin: those that end on one line stand under one another. */

const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const sources = document.querySelector("[data-sources]");

if (sources) start();

function spread() {
  for (const column of $$(".source", sources)) {
    const flags = $$(".marked .flag:not([hidden])", column);
    flags.forEach(flag => flag.removeAttribute("style"));
    let floor = -Infinity;
    const places = flags.map(flag => ({ flag, box: flag.getBoundingClientRect() })).sort((a, b) => a.box.top - b.box.top);
    for (const { flag, box } of places) {
      const down = Math.max(0, floor - box.top);
      if (down) flag.style.setProperty("--down", `${Math.round(down)}px`);
      floor = box.top + down + box.height + 2;
    }
  }
}

function start() {
  let isBare = false, isDue = false;
  const soon = () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isBare = isDue = false;
      spread();
    });
  };
  soon();
  for (const moved of ["columnsMoved", "linesMoved"]) document.addEventListener(moved, soon);
  // htmx carries the attributes of what it replaces over to the new element, and the policy forbids it this one.
  document.addEventListener("htmx:beforeSwap", () => {
    isBare = true;
    $$(".flag[style]", sources).forEach(flag => flag.removeAttribute("style"));
  });
  // An answer settles piece by piece: the flags are spread once, and a panel alone moves none.
  document.addEventListener("htmx:afterSettle", ({ detail }) => { if (isBare || detail.elt.closest(".marked")) soon(); });
}
