/* What somebody typed and has not sent: nothing throws it away unasked, and it outlives a form that is drawn anew. */

const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const TICKED = "[type=checkbox], [type=radio]";

/* A field that only finds something, and the list it narrows, hold nothing that somebody wrote. */
const isWritten = field => field.type !== "hidden" && !field.matches("[data-claim-find], [data-claim-options]");
function isChanged(field) {
  if (field.matches(TICKED)) return field.checked !== field.defaultChecked;
  if (!field.matches("select")) return field.value !== field.defaultValue;
  const first = Math.max(0, [...field.options].findIndex(option => option.defaultSelected));
  return field.selectedIndex !== first;
}
/* Of a refused form the server sent back what was typed: it counts as written still. */
const isRefused = field => field.matches("textarea, input") && !field.matches(TICKED) && field.value
  && (field.closest(".act[data-refused]") ?? field.form?.querySelector("[aria-invalid=true], .error-summary"));

const written = (root, { but } = {}) => $$("form :is(textarea, input, select), :is(textarea, input, select)[form]", root)
  .filter(field => (!but || field.form !== but) && isWritten(field) && (isChanged(field) || isRefused(field)));

/** Whether `root` may go: asks only when something written in it, but for the form `but`, would go with it. */
export function mayLeave(root, { but, what = "What you are writing here is not saved. Leave it?" } = {}) {
  return !root || !written(root, { but }).length || confirm(what);
}

/* Leaving the page: the browser asks, in words of its own, for text in forms that save something. It is listened for only
   where somebody wrote, for a page that listens is not always kept for going back. */
let sent = null;
const KNOWN = "[type=password], [autocomplete=username], [autocomplete=email]";
const isText = field => field.matches("textarea, input") && !field.matches(`${TICKED}, ${KNOWN}`) && field.form?.method === "post";
/** Whether the page holds text that somebody wrote and has not sent. */
export const isWriting = () => written(document, { but: sent }).some(isText);
function ask(event) {
  if (isWriting()) event.preventDefault();
}
document.addEventListener("input", ({ target }) => {
  sent = null;
  if (target.form?.method === "post") addEventListener("beforeunload", ask);
});
if (isWriting()) addEventListener("beforeunload", ask);
// A form that goes out with its page; of others the answer says whether what was in them is saved.
document.addEventListener("submit", event => { if (!event.defaultPrevented) sent = event.target; });

/* A field by what is the same when its form is drawn anew; only in the corrections of the same claim or name. */
function placeOf(field) {
  const scope = field.closest(".corrections[id]")?.id;
  const same = field.id ? `#${CSS.escape(field.id)}` : `[name="${CSS.escape(field.name)}"][value="${CSS.escape(field.value)}"]`;
  return scope && field.name && `#${CSS.escape(scope)} ${same}`;
}

/** Remembers what is written in corrections, but for the form `but`; what it returns writes it into their new forms. */
export function keepWritten({ but } = {}) {
  const kept = written(document, { but }).map(field => ({ field, place: placeOf(field), value: field.value, isTicked: field.checked }));
  return () => {
    for (const { field, place, value, isTicked } of kept) {
      const here = !field.isConnected && place && document.querySelector(place);
      if (!here) continue;
      if (here.matches(TICKED)) here.checked = isTicked;
      else here.value = value;
      for (let fold = here.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    }
  };
}
