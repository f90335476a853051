/* The layers of highlights: CSS shows them, the browser remembers the choice. */

const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const layers = document.querySelector(".layers");

if (layers) start();

function start() {
  try {
    const kept = JSON.parse(localStorage.getItem("layers"));
    if (Array.isArray(kept)) $$("input", layers).forEach(input => { input.checked = kept.includes(input.value); });
  } catch { /* storage may be closed, or hold something else */ }
  layers.addEventListener("change", () => {
    const on = $$("input:checked", layers).map(input => input.value);
    try { localStorage.setItem("layers", JSON.stringify(on)); } catch { /* the same */ }
    // Frames and brackets take room.
    document.dispatchEvent(new CustomEvent("linesMoved"));
  });
  document.addEventListener("shortcut", event => {
    if (!/^[1-6g]$/.test(event.detail.key)) return;
    $$(`[data-key="${event.detail.key}"]`, layers)[0].click();
    event.preventDefault();
  });
}
