"""The desk in a real Chromium: how long until it can be read, until a chosen claim is there, and what is sent."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from articles.models import Story
from tests.benchmarks.serving import served
from tests.benchmarks.timing import Measured, measured

_PATH = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
# As root Chromium runs without its sandbox only; the rest keeps it from calling anybody.
_ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
_SHOWN = """() => {
    const [page] = performance.getEntriesByType("navigation");
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    const all = [page, ...performance.getEntriesByType("resource")];
    return {
        painted: paint ? paint.startTime : page.domContentLoadedEventEnd,
        ready: page.domContentLoadedEventEnd,
        page: page.transferSize,
        sent: all.reduce((sum, entry) => sum + entry.transferSize, 0),
    };
}"""
# From the click until the frame with the panel and the ruler is painted; the script runs in the page, so no driver is
# timed. Where the pointer rests on the claim first, as it does before a press, the panel is there already; a finger
# does not rest, but is down for a while before it lets go, and the panel is asked for when it comes down.
_CHOSEN = """([number, how]) => new Promise(done => {
    const link = document.querySelector(`.index-list a[data-select="${number}"]`);
    const panel = `#panel:not([data-skeleton]) [data-number="${number}"]`;
    const isThere = () => document.querySelector(panel) && document.querySelector("[data-sources][data-aligned]");
    // What a frame posts comes back when it is painted.
    const painted = then => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = then;
        port2.postMessage("");
    });
    const choose = async () => {
        // What came before is drawn, and nothing else waits.
        await new Promise(rest => setTimeout(() => requestIdleCallback(rest), 300));
        if (how === "tapped") {
            link.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, pointerType: "touch" }));
            await new Promise(rest => setTimeout(rest, 80));
        }
        const begun = performance.now();
        const arrived = new MutationObserver(() => {
            if (!isThere()) return;
            arrived.disconnect();
            painted(() => done(performance.now() - begun));
        });
        arrived.observe(document, { subtree: true, childList: true, attributes: true });
        link.click();
    };
    if (how !== "rested") return choose();
    // The next request for a panel is the one the resting pointer causes.
    new PerformanceObserver((list, observer) => {
        if (!list.getEntries().some(entry => /\\/claims\\/[0-9]+\\//.test(entry.name))) return;
        observer.disconnect();
        choose();
    }).observe({ type: "resource" });
    link.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
})"""
_HOW = {
    "at once": "fetched on the click",
    "tapped": "by a finger that is down for 80 ms",
    "rested": "pointer at rest before",
}
_COUNTED = "() => document.querySelectorAll('.prose mark').length"


def has_browser() -> bool:
    return _PATH is not None


def measure_browser(
    stories: dict[str, Story],
    *,
    visible: dict[str, tuple[int, int]],
    ledger: str,
    cookie: tuple[str, str],
    runs: int,
) -> Iterator[Measured]:
    """Each run opens a window of its own, so nothing is in the browser's cache; the second visit is a warm one."""
    # Playwright's synchronous interface runs an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_PATH, args=_ARGUMENTS)

        def new_window() -> Any:
            window = browser.new_context(viewport={"width": 1440, "height": 900})
            window.add_cookies([{"name": cookie[0], "value": cookie[1], "url": address}])
            return window

        # Templates are loaded once in a process, so somebody has been here before.
        window = new_window()
        for story in stories.values():
            _visit(window.new_page(), f"{address}{story.get_absolute_url()}")
        window.close()
        for name, (target, moonshot) in visible.items():
            story = stories[name]
            numbers = list(story.claims.standing().order_by("-source_count", "number").values_list("number", flat=True))
            cold, warm, marks = [], [], 0
            chosen: dict[str, list[float]] = {how: [] for how in _HOW}
            for run in range(runs):
                window = new_window()
                page = window.new_page()
                cold.append(_visit(page, f"{address}{story.get_absolute_url()}"))
                # Another page of the desk first, as people come; the way back must not be the browser's own copy.
                page.goto(f"{address}/", wait_until="load")
                warm.append(_visit(page, f"{address}{story.get_absolute_url()}"))
                marks = page.evaluate(_COUNTED)
                # Far apart, so that none is the neighbour of one that was chosen, which is fetched ahead.
                spread = numbers[run :: max(3, len(numbers) // 6)][:6]
                for place, how in enumerate(_HOW):
                    chosen[how] += [page.evaluate(_CHOSEN, [str(number), how]) for number in spread[place::3]]
                window.close()
            print(f"{name}: {marks:,} marks drawn")
            yield from _shown("Read page", name, cold, warm, target=target, moonshot=moonshot)
            is_small = name == next(iter(visible))
            for how, words in _HOW.items():
                what = f"browser: from click to panel and ruler, {words} ({name})"
                yield measured(what, chosen[how], target=60, moonshot=30)
            sent = [s["sent"] / 1000 for s in cold]
            yield measured(
                f"browser: sent in all, first visit ({name})",
                sent,
                unit="kB",
                target=120 if is_small else None,
                moonshot=60 if is_small else None,
            )
            yield measured(f"browser: sent in all, second visit ({name})", [s["sent"] / 1000 for s in warm], unit="kB")
        cold, warm = [], []
        url = f"{address}{reverse('story_ledger', args=[stories[ledger].slug])}"
        for _ in range(runs):
            window = new_window()
            page = window.new_page()
            cold.append(_visit(page, url))
            page.goto(f"{address}/", wait_until="load")
            warm.append(_visit(page, url))
            window.close()
        yield from _shown("ledger", ledger, cold, warm, target=800, moonshot=400)
        browser.close()


def _visit(page: Any, url: str) -> dict[str, float]:
    page.goto(url, wait_until="load")
    page.wait_for_selector(".index-list a[data-select], [data-ledger]")
    found: dict[str, float] = page.evaluate(_SHOWN)
    return found


def _shown(
    what: str,
    name: str,
    cold: list[dict[str, float]],
    warm: list[dict[str, float]],
    *,
    target: float,
    moonshot: float,
) -> Iterator[Measured]:
    for visit, shown in (("cold", cold), ("warm", warm)):
        aims = {"target": target, "moonshot": moonshot if visit == "warm" else None}
        yield measured(f"browser: {what}, first paint, {visit} ({name})", [s["painted"] for s in shown], **aims)
        yield measured(f"browser: {what}, all drawn, {visit} ({name})", [s["ready"] for s in shown], **aims)
