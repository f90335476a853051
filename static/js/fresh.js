/* A page one goes back to is drawn as it was. When something was saved since, in this window, it is loaded anew. */

import { isWriting } from "./unsaved.js";

const SAVED = "crossread-saved";
// When this document came, and was last brought up to date by an answer of its own.
let drawn = Date.now();

function savedAt() {
  try { return Number(sessionStorage.getItem(SAVED)); } catch { return 0; /* storage may be closed */ }
}
function saved() {
  drawn = Date.now();
  try { sessionStorage.setItem(SAVED, drawn); } catch { /* the same */ }
}
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful && detail.requestConfig.verb !== "get") saved();
});
document.addEventListener("submit", ({ target }) => { if (target.method === "post") saved(); });

addEventListener("pageshow", ({ persisted }) => {
  const isBack = persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (!isBack) return history.replaceState({ ...history.state, drawn }, "");
  // A page the browser kept whole has followed its own answers; one it drew from its cache has not.
  if (savedAt() <= (persisted ? drawn : history.state?.drawn ?? 0) || isWriting()) return;
  // The places that this entry of the history knows are not those of a page about to go.
  const state = { ...history.state };
  addEventListener("pagehide", () => history.replaceState(state, ""));
  location.reload();
});
