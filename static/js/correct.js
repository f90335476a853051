/* Correcting in place. Everything here is also a link or a form that the server answers without a script. */

const $ = (selector, root = document) => root.querySelector(selector);

/* ---- on the Read screen: open and close the corrections of the claim ---- */
const opener = () => $("#panel [data-correct]");

// Where to go on after a decision: the row it was about, or the head of the corrections.
let wanted = new URLSearchParams(location.search).get("correct");
if (wanted) {
  const address = new URL(location.href);
  address.searchParams.delete("correct");
  history.replaceState(history.state, "", address);
  // htmx wires the page up when the document is ready, which is after this module.
  addEventListener("DOMContentLoaded", () => opener()?.click());
  if (document.readyState === "complete") opener()?.click();
}

document.addEventListener("htmx:afterSettle", () => {
  const open = $("[data-corrections]");
  opener()?.setAttribute("aria-expanded", Boolean(open && $("#panel")?.contains(open)));
  if (!open || open.dataset.seen) return;
  open.dataset.seen = "yes";
  // An error summary takes the focus itself.
  if ($("[role=alert]", open)) return open.scrollIntoView({ block: "nearest" });
  const desk = $(".desk");
  if (desk && !desk.hasAttribute("data-tall")) $("#panel [data-grip]")?.click();
  const row = wanted ? document.getElementById(wanted) : null;
  wanted = "";
  const place = row ?? $("[data-corrections-head]", open);
  row?.closest("details")?.setAttribute("open", "");
  place.scrollIntoView({ block: row ? "center" : "start" });
  place.focus({ preventScroll: true });
});

document.addEventListener("click", event => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const close = event.target.closest("#panel [data-corrections-close]");
  if (!close) return;
  event.preventDefault();
  shut();
});

function shut() {
  const open = $("#panel [data-corrections]");
  if (!open) return false;
  const place = document.createElement("div");
  place.id = open.id;
  open.replaceWith(place);
  opener()?.setAttribute("aria-expanded", "false");
  opener()?.focus();
  return true;
}

/* ---- single keys; whether they may act is the shell's to say ---- */
document.addEventListener("shortcut", event => {
  const { key } = event.detail;
  if (key === "c" && opener()) {
    if (!shut()) opener().click();
  } else {
    const answer = /^[ynuz]$/.test(key) && $(`[data-queue] [data-answer="${key}"]`);
    if (!answer) return;
    // The focus stays on the answer that was given, for the next question.
    answer.focus();
    answer.click();
  }
  event.preventDefault();
});
