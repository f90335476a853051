/* Small screens show one source at a time: the tab of the one in sight is marked, and a tab swipes to its source. */

const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const sources = document.querySelector("[data-sources]");
const tabs = $$("[data-tab]");

if (sources) {
  const seen = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting).forEach(entry => {
    for (const tab of tabs) {
      const isHere = tab.dataset.tab === entry.target.dataset.source;
      if (isHere) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
      if (isHere && tab.offsetParent) tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }), { root: sources, threshold: 0.6 });
  $$(".source", sources).forEach(source => seen.observe(source));
  tabs.forEach(tab => tab.addEventListener("click", event => {
    event.preventDefault();
    const source = document.getElementById(tab.hash.slice(1));
    sources.scrollTo({ left: source.offsetLeft - sources.offsetLeft });
  }));
}
