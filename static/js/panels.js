/* The panels of claims, fetched before they are asked for where a reader is about to: the pointer rests on a claim, the
   focus stands on it, or it is the next one. What was fetched is kept for a minute and dropped when anything is saved. */

const KEPT_FOR = 60_000, MOST = 40, PATIENCE = 30_000;
const kept = new Map();

/** The panel at `url` if it is here already, else nothing. */
export function find(url) {
  const known = kept.get(url);
  return known && performance.now() - known.at < KEPT_FOR ? known.html : undefined;
}

/** The panel at `url`. Fails with the status of the answer, 0 where there was none. */
export function fetchPanel(url) {
  const known = kept.get(url);
  if (known && performance.now() - known.at < KEPT_FOR) return known.coming;
  const entry = { at: performance.now() };
  entry.coming = load(url).then(html => { entry.html = html; return html; });
  entry.coming.catch(() => { if (kept.get(url) === entry) kept.delete(url); });
  kept.set(url, entry);
  if (kept.size > MOST) kept.delete(kept.keys().next().value);
  return entry.coming;
}

async function load(url) {
  let answer;
  try {
    answer = await fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok) return await answer.text();
  } catch { /* no answer at all, or half of one */ }
  throw answer?.ok ? 0 : answer?.status ?? 0;
}

export function forget() {
  kept.clear();
}

// What is saved here may stand in any panel.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.requestConfig?.verb !== "get") forget();
});
