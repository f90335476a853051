/* The frame around every page: dialogs, account menu, theme, and single keys.
   A page's own script listens for the event "shortcut" on document (detail.key); whether a key may act at all (not while
   typing, not with modifiers, not over a dialog, not when switched off) is decided here, once. */
(() => {
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
    if (isTyping(event.target) || $("dialog[open]") || !isOn()) return;
    if (event.key === "?") return $("#keys")?.showModal();
    const shortcut = new CustomEvent("shortcut", { detail: { key: event.key }, cancelable: true });
    if (!document.dispatchEvent(shortcut)) event.preventDefault();
  });

  /* ---- lists: j and k go from row to row, Enter is the link's own ---- */
  const links = $$("[data-row] a[data-row-link]");
  if (links.length) {
    document.addEventListener("shortcut", event => {
      const step = { j: 1, k: -1 }[event.detail.key];
      if (!step) return;
      const here = links.findIndex(link => link.closest("[data-row]").contains(document.activeElement));
      links[here < 0 ? 0 : Math.min(links.length - 1, Math.max(0, here + step))].focus();
      event.preventDefault();
    });
  }
})();
