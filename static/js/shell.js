/* The frame around every page: dialogs, account menu, theme, and single keys.
   A page's own script listens for the event "shortcut" on document (detail.key); whether a key may act at all (not while
   typing, not with modifiers, not over a dialog, not when switched off) is decided here, once. */

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/* ---- dialogs and menus ---- */
document.addEventListener("click", event => {
  const opener = event.target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open)?.showModal();
  // A click on the backdrop reports the dialog itself as its target.
  if (event.target.matches?.("dialog#keys")) event.target.close();
  for (const menu of $$(":is(.account, .story-menu)[open]")) if (!menu.contains(event.target)) menu.open = false;
  const person = event.target.closest("[data-demo-name]");
  if (person) {
    $("#id_username").value = person.dataset.demoName;
    $("#id_password").value = $("[data-demo-password]").textContent;
    $(".door .btn-primary").focus();
  }
});
document.addEventListener("keydown", event => {
  const menu = $(":is(.account, .story-menu)[open]");
  if (event.key === "Escape" && menu) {
    menu.open = false;
    $("summary", menu).focus();
    event.stopImmediatePropagation();
  }
});

/* ---- a page that came back with errors starts at their summary ---- */
$("[data-focus]")?.focus();

/* ---- light or dark: at once here, kept in a cookie by the server ---- */
$("[data-theme-form]")?.addEventListener("change", event => {
  document.documentElement.dataset.theme = event.target.value;
  const form = event.currentTarget;
  fetch(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } }).catch(() => {});
});

/* ---- single keys ---- */
const isTyping = element => element.closest?.("input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable]");
const isOn = () => {
  try { return localStorage.getItem("keys") !== "off"; } catch { return true; /* storage may be closed */ }
};
const keysSwitch = $("[data-keys]");
if (keysSwitch) {
  keysSwitch.checked = isOn();
  keysSwitch.addEventListener("change", () => {
    try { localStorage.setItem("keys", keysSwitch.checked ? "on" : "off"); } catch { /* the same */ }
  });
}
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  // Escape is no single key of ours: it closes what is open also where those are switched off.
  if (isTyping(event.target) || $("dialog[open]") || (event.key !== "Escape" && !isOn())) return;
  if (event.key === "?") return $("#keys")?.showModal();
  const shortcut = new CustomEvent("shortcut", { detail: { key: event.key }, cancelable: true });
  if (!document.dispatchEvent(shortcut)) event.preventDefault();
});

/* ---- lists: j and k go from row to row, Enter is the link's own; going back finds the row again ---- */
const links = () => $$("[data-row] a[data-row-link]");
const worked = () => links().find(link => link.closest("[data-row]").contains(document.activeElement));
document.addEventListener("shortcut", event => {
  const step = { j: 1, k: -1 }[event.detail.key], all = links();
  if (!step || !all.length) return;
  // Of a list beside what it leads to, the one that is open is where the keys begin.
  const here = all.indexOf(worked() ?? all.find(link => link.matches("[aria-current]")));
  all[here < 0 ? 0 : Math.min(all.length - 1, Math.max(0, here + step))].focus();
  event.preventDefault();
});
addEventListener("pagehide", () => {
  const row = worked()?.getAttribute("href");
  if (row || history.state?.row) history.replaceState({ ...history.state, row }, "");
});
if (history.state?.row && performance.getEntriesByType("navigation")[0]?.type !== "navigate") {
  links().find(link => link.getAttribute("href") === history.state.row)?.focus({ preventScroll: true });
}

/* ---- what is drawn anew takes over the focus of what it replaces, unless somebody else knows better ---- */
const workedIn = new WeakSet();
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if ([detail.elt, detail.target].some(part => part.contains(document.activeElement))) workedIn.add(detail.xhr);
});
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (!workedIn.has(detail.xhr)) return;
  // After the other listeners of this event.
  queueMicrotask(() => {
    const part = detail.target.isConnected ? detail.target : document.getElementById(detail.target.id);
    if (document.activeElement !== document.body || !part) return;
    const places = ["[autofocus]", "[role=alert][tabindex]", "form :is(select, textarea, input:not([type=hidden]))", ".noteform-open", "a[href], button"];
    places.map(place => $(place, part)).find(Boolean)?.focus();
  });
});

/* ---- what the keys reach is seen whole: browsers leave what half shows in a part that scrolls sideways as it is ---- */
document.addEventListener("focusin", ({ target }) => {
  if (!target.matches(":focus-visible")) return;
  const part = target.closest("label") ?? target;
  let isStuck = false;
  for (let box = part; box && box !== document.body; box = box.parentElement) {
    const style = getComputedStyle(box);
    if (box !== part && !isStuck && box.scrollWidth > box.clientWidth && /auto|scroll/.test(style.overflowX)) {
      const frame = box.getBoundingClientRect(), { left, right } = part.getBoundingClientRect();
      const start = frame.left + (parseFloat(style.scrollPaddingLeft) || 0), end = frame.left + box.clientWidth;
      if (right - left > end - start) return;
      box.scrollBy({ left: left < start ? left - start : Math.max(0, right - end), behavior: "instant" });
    }
    isStuck ||= style.position === "sticky";
  }
});

/* What a list is asked while somebody types is not asked again when they leave the field: the answer would shut what they
   press next. */
document.addEventListener("change", event => {
  if (event.target.matches('form[hx-trigger*="input"] [type="search"]')) event.stopPropagation();
}, { capture: true });
// Words typed before the page could listen are looked for as soon as it does.
document.addEventListener("htmx:load", () => {
  for (const field of document.querySelectorAll('form[hx-trigger*="input"] [type="search"]')) {
    if (field.value !== field.defaultValue) field.form.requestSubmit();
  }
}, { once: true });
