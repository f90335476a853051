/* The search field on top of every page: "/" goes there, the arrow keys go through what it has found, Escape closes it.
   The results themselves come by htmx; without this file, and without htmx, Enter leads to the page of results. */

const form = document.querySelector("[data-find]");
const field = form?.querySelector("input") ?? document.querySelector("[data-search] input[type=search]");

if (field) start();

function start() {
  document.addEventListener("shortcut", event => {
    // A field that is not shown cannot take the focus: on a phone the button leads to the page.
    if (event.detail.key !== "/" || !field.getClientRects().length) return;
    field.focus();
    field.select();
    event.preventDefault();
  });

  form?.addEventListener("keydown", event => {
    const links = [...form.querySelectorAll(".quick a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && links.length) {
      const next = links.indexOf(document.activeElement) + step;
      (next < 0 ? field : links[Math.min(next, links.length - 1)]).focus();
      event.preventDefault();
    } else if (event.key === "Escape") {
      // Only this closes: a claim chosen below stays chosen.
      event.stopPropagation();
      if (links.length) {
        form.querySelector(".quick").replaceChildren();
        field.focus();
        event.preventDefault();
      } else if (!field.value) field.blur();
    }
  });
}
