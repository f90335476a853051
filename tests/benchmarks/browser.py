"""The desk in a real Chromium: how long until it can be read, until a chosen claim is there, and what is sent."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.wsgi import get_wsgi_application

from articles.models import Story
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
# From the click until the frame after the panel shows the claim and the ruler stands; the script runs in the page, so
# no driver is timed. Where the pointer rests on the claim first, as it does before a press, the panel is there already.
_CHOSEN = """([number, isRested]) => new Promise(done => {
    const link = document.querySelector(`.index-list a[data-select="${number}"]`);
    const panel = `#panel:not([data-skeleton]) [data-number="${number}"]`;
    const choose = () => {
        const begun = performance.now();
        const look = () => document.querySelector(panel) && document.querySelector("[data-sources][data-aligned]")
            ? requestAnimationFrame(() => done(performance.now() - begun)) : setTimeout(look, 1);
        link.click();
        look();
    };
    if (!isRested) return choose();
    // The next request for a panel is the one the resting pointer causes.
    new PerformanceObserver((list, observer) => {
        if (!list.getEntries().some(entry => /\\/claims\\/[0-9]+\\//.test(entry.name))) return;
        observer.disconnect();
        setTimeout(choose, 20);
    }).observe({ type: "resource" });
    link.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
})"""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """The table is what is read, not a line for each request."""


def has_browser() -> bool:
    return _PATH is not None


def measure_browser(stories: dict[str, Story], *, cookie: tuple[str, str], runs: int) -> Iterator[Measured]:
    """Each run opens a window of its own, so nothing is in the browser's cache."""
    # Playwright's synchronous interface runs an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    with _serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_PATH, args=_ARGUMENTS)
        for name, story in stories.items():
            url = f"{address}{story.get_absolute_url()}"
            numbers = list(story.claims.standing().order_by("-source_count", "number").values_list("number", flat=True))
            shown, chosen, rested = [], [], []
            for run in range(runs):
                window = browser.new_context(viewport={"width": 1440, "height": 900})
                window.add_cookies([{"name": cookie[0], "value": cookie[1], "url": address}])
                page = window.new_page()
                page.goto(url, wait_until="load")
                page.wait_for_selector(".index-list a[data-select]")
                shown.append(page.evaluate(_SHOWN))
                # Far apart, so that none is the neighbour of one that was chosen, which is fetched ahead.
                spread = numbers[run :: max(3, len(numbers) // 6)][:6]
                chosen += [page.evaluate(_CHOSEN, [str(number), False]) for number in spread[:3]]
                rested += [page.evaluate(_CHOSEN, [str(number), True]) for number in spread[3:]]
                window.close()
            yield measured(f"browser: first paint of the Read page ({name})", [s["painted"] for s in shown])
            yield measured(f"browser: Read page ready ({name})", [s["ready"] for s in shown])
            yield measured(f"browser: from click to panel and ruler, fetched on the click ({name})", chosen)
            yield measured(f"browser: from click to panel and ruler, pointer at rest before ({name})", rested)
            yield measured(f"browser: sent for the page ({name})", [s["page"] / 1000 for s in shown], unit="kB")
            yield measured(f"browser: sent in all, first visit ({name})", [s["sent"] / 1000 for s in shown], unit="kB")
        browser.close()


@contextmanager
def _serving() -> Iterator[str]:
    """The application in threads of this process, which shares the scratch database."""
    server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=_Server, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
