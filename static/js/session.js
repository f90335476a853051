/* Requests that fail: an ended session is signed in again in place, a stale token is swapped, anything else gets a
   sentence that says what to do. Whatever was typed stays in its form. Also shows that a request is under way. */

const dialog = document.getElementById("session");
const alerts = document.getElementById("alerts");
// Requests the server refused unseen, for want of a session or a fresh token: they can be sent again as they were.
let refused = [];
// Elements whose request went out a second time with a fresh token; refused again, they are not sent a third time.
const sentTwice = new WeakSet();

/* ---- under way ---- */
let underWay = 0;
document.addEventListener("htmx:beforeSend", ({ detail }) => {
  underWay += 1;
  document.body.toggleAttribute("data-busy", true);
  detail.target?.setAttribute("aria-busy", "true");
  alerts.replaceChildren();
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  underWay = Math.max(0, underWay - 1);
  document.body.toggleAttribute("data-busy", underWay > 0);
  detail.target?.removeAttribute("aria-busy");
  if (detail.successful) sentTwice.delete(detail.elt);
});

/* ---- the token, wherever the page holds it ---- */
function useToken(token) {
  document.body.setAttribute("hx-headers", JSON.stringify({ "x-csrftoken": token }));
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach(input => { input.value = token; });
}

/* ---- sending again ---- */
function remember({ requestConfig, target }) {
  const { elt, verb, path, triggeringEvent } = requestConfig;
  if (dialog?.contains(elt)) return;
  // Of several tries with one form, the last one counts.
  refused = refused.filter(request => request.elt !== elt);
  refused.push({ elt, verb, path, target, submitter: triggeringEvent?.submitter });
}
function sendAgain() {
  const requests = refused;
  refused = [];
  for (const { elt, verb, path, target, submitter } of requests) {
    if (!elt.isConnected) continue;
    if (elt.matches("form")) elt.requestSubmit(submitter?.isConnected ? submitter : undefined);
    else htmx.ajax(verb, path, { source: elt, target, swap: elt.closest("[hx-swap]")?.getAttribute("hx-swap") ?? undefined });
  }
}

/* ---- an ended session ---- */
document.addEventListener("sessionExpired", () => {
  if (dialog && !dialog.open) dialog.showModal();
  // The name is filled in already.
  dialog?.querySelector("[type=password]").focus();
});
document.addEventListener("signedInAgain", ({ detail }) => {
  useToken(detail.csrfToken);
  const password = dialog.querySelector("[type=password]");
  password.value = "";
  dialog.querySelector(".error-summary")?.remove();
  dialog.close();
  sendAgain();
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.elt.id === "sign-in-again") detail.elt.querySelector("[type=password]").focus();
});

/* ---- a token from before another tab signed in ---- */
document.addEventListener("tokenRefused", ({ detail }) => {
  if (detail.user && detail.user !== document.body.dataset.user) {
    refused = [];
    say("Somebody else has signed in in this browser. Nothing was saved. Copy what you typed, then reload this page.");
    return;
  }
  useToken(detail.csrfToken);
  // htmx reports the failed request after this event, in the same run.
  if (detail.user) queueMicrotask(() => { dialog.close(); sendAgain(); });
  else document.dispatchEvent(new CustomEvent("sessionExpired"));
});

/* ---- everything else that can go wrong ---- */
function say(text) {
  const box = document.createElement("div"), words = document.createElement("p"), close = document.createElement("button");
  box.className = "alert";
  words.textContent = text;
  close.className = "btn btn-small";
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => box.remove());
  box.append(words, close);
  alerts.replaceChildren(box);
}
const isChange = detail => detail.requestConfig && detail.requestConfig.verb !== "get";
document.addEventListener("htmx:responseError", ({ detail }) => {
  const { status } = detail.xhr;
  if (status === 401) return remember(detail);
  if (status === 403 && detail.xhr.getResponseHeader("HX-Trigger")?.includes("tokenRefused") && !sentTwice.has(detail.elt)) {
    sentTwice.add(detail.elt);
    return remember(detail);
  }
  if (status === 403) say("Your role on the desk does not include this. Nothing was changed.");
  else if (status === 404) say("This is no longer there. Reload the page to see how things stand now.");
  else if (status === 413) say("That is too much for one request. Send less at a time.");
  else say(isChange(detail)
    ? "Something went wrong here, and nothing was saved. What you typed is still in the form: try again in a moment."
    : "Something went wrong here. Try again in a moment.");
});
const unreachable = ({ detail }) => say(isChange(detail)
  ? "The desk cannot be reached, and nothing was saved. What you typed is still in the form: check the connection and try again."
  : "The desk cannot be reached. Check the connection and try again.");
document.addEventListener("htmx:sendError", unreachable);
document.addEventListener("htmx:timeout", unreachable);
