/* A page one goes back to is drawn as it was. When something was saved since, in this window, it is loaded anew. */

import { isWriting } from "./unsaved.js";

const SAVED = "crossread-saved";
const came = Date.now();
// When this document was last brought up to date by an answer of its own.
let renewed = came;

function savedAt() {
  try { return Number(sessionStorage.getItem(SAVED)); } catch { return 0; /* storage may be closed */ }
}
function saved() {
  try { sessionStorage.setItem(SAVED, Date.now()); } catch { /* the same */ }
}
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.successful || detail.requestConfig.verb === "get") return;
  saved();
  renewed = Date.now();
});
// Sent with the page, which leaves it as it was.
document.addEventListener("submit", event => { if (event.target.method === "post" && !event.defaultPrevented) saved(); });

addEventListener("pageshow", ({ persisted }) => {
  const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  // A page the browser kept whole has followed its own answers; one it drew from its cache is as old as its entry.
  const drawn = persisted ? renewed : isBack ? history.state?.drawn ?? 0 : came;
  if (savedAt() > drawn && !isWriting()) {
    // The places that this entry of the history knows are not those of a page about to go.
    const { state } = history;
    addEventListener("pagehide", () => history.replaceState(state, ""));
    return location.reload();
  }
  // Entries that were added meanwhile came with this document, too.
  if (!persisted) addEventListener("pagehide", () => history.replaceState({ ...history.state, drawn }, ""));
});
