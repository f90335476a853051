/* What others did meanwhile is said in the bar, and the page stays as it is until somebody presses "show". */

import { keepPlaces } from "./places.js";
import { isPlainPress } from "./presses.js";

const EVERY = 30_000, LONGEST = 10 * 60_000;
const place = document.querySelector("[data-news]");

if (place) {
  let etag = "", pause = EVERY, last = Date.now(), timer = 0;
  const plan = () => {
    clearTimeout(timer);
    if (!document.hidden && pause < Infinity) timer = setTimeout(ask, Math.max(0, last + pause - Date.now()));
  };
  async function ask() {
    last = Date.now();
    try {
      const answer = await fetch(place.dataset.news, { headers: { "HX-Request": "true", ...(etag && { "If-None-Match": etag }) }, cache: "no-store" });
      if (answer.status === 200) {
        etag = answer.headers.get("ETag") ?? "";
        const html = await answer.text();
        // The same words again would be read out again.
        if (html.trim() !== place.innerHTML.trim()) place.innerHTML = html;
      }
      // After an ended session, until somebody signs in again, or a story that is gone there is nothing to wait for.
      pause = answer.ok || answer.status === 304 ? EVERY : answer.status < 500 ? Infinity : Math.min(LONGEST, pause * 2);
    } catch {
      pause = Math.min(LONGEST, pause * 2);
    }
    plan();
  }
  document.addEventListener("visibilitychange", plan);
  document.addEventListener("signedInAgain", () => {
    pause = EVERY;
    plan();
  });
  // Somebody was faster: what stands around the form that was refused is older than it.
  document.addEventListener("htmx:afterRequest", ({ detail }) => { if (detail.xhr?.status === 409) ask(); });
  plan();
}

document.addEventListener("click", event => {
  if (!isPlainPress(event)) return;
  if (!event.target.closest("[data-reload]")) return;
  event.preventDefault();
  keepPlaces();
  location.reload();
});
