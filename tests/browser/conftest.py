"""A real Chromium on a live server. Without one these tests are skipped, unless CROSSREAD_REQUIRE_BROWSER is set."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.contrib.auth.models import User
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.screens import make_everybody
from tests.factory import PASSWORD

# Playwright's synchronous interface runs an event loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# As root Chromium runs without its sandbox only; the rest keeps it from calling anybody.
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
    if path is None:
        sentence = "There is no Chromium here (chromium, chromium-browser or google-chrome): browser tests do not run."
        if os.environ.get("CROSSREAD_REQUIRE_BROWSER"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def all_answered() -> Iterator[Callable[[], None]]:
    """Waits until nothing that a page asked for is being answered: panels are fetched ahead, and the tables are emptied
    after the test."""
    changed = threading.Condition()
    under_way = 0

    def count(by: int) -> None:
        nonlocal under_way
        with changed:
            under_way += by
            changed.notify_all()

    def begin(**_: object) -> None:
        count(1)

    def end(**_: object) -> None:
        count(-1)

    def wait() -> None:
        with changed:
            assert changed.wait_for(lambda: under_way <= 0, timeout=30), "A request is still being answered."

    request_started.connect(begin)
    request_finished.connect(end)
    yield wait
    request_started.disconnect(begin)
    request_finished.disconnect(end)


@pytest.fixture
def context(chromium: Browser, live_server, all_answered: Callable[[], None]) -> Iterator[BrowserContext]:
    """A browser window of its own, which fails the test on any script error or breach of the content policy."""
    window = chromium.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    window.set_default_timeout(10_000)
    problems: list[str] = []
    window.on("weberror", lambda error: problems.append(str(error.error)))
    window.on(
        "console",
        lambda message: problems.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield window
    window.close()
    all_answered()
    assert not problems


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def everybody(db: None) -> User:
    return make_everybody()


@pytest.fixture
def sign_in() -> Callable[[Page, User], None]:
    """Signs in as people do: on the sign-in page."""

    def fill_in(page: Page, user: User) -> None:
        page.goto("/account/sign-in/")
        page.get_by_label("Name or work e-mail").fill(user.username)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/account/" not in url)

    return fill_in


@pytest.fixture
def find_violations() -> Callable[..., list[str]]:
    """What axe-core objects to on the page as it stands, by all its rules or some, and whether it scrolls sideways."""

    def run_axe(page: Page, *, rules: list[str] | None = None) -> list[str]:
        # Half a megabyte of rules: once a page, however often it is looked at.
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        # It would ask for imported sheets at wrong addresses, for two rules: media that play, and locked orientation.
        options = {
            "resultTypes": ["violations"],
            "preload": False,
            **({"runOnly": {"type": "rule", "values": rules}} if rules else {}),
        }
        found = page.evaluate("async options => (await axe.run(document, options)).violations", options)
        sentences = [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            sentences.append("The page scrolls sideways.")
        return sentences

    return run_axe


WIDTHS = {"desktop": (1440, 1000), "phone": (390, 844)}


@pytest.fixture
def visit(chromium: Browser, live_server, all_answered: Callable[[], None]) -> Iterator[Callable[..., Page]]:
    """Opens a page in a window of its own: ``visit("/path/", as_=user, width="phone", javascript=False)``.

    Any message in the console is a failure: a blocked style, a missing file, an exception. A test that provokes one
    looks at ``visit.messages`` and clears them.
    """
    windows: list[BrowserContext] = []
    messages: list[str] = []

    def open_page(
        path: str, *, as_: User | None = None, width: str = "desktop", scheme: str = "light", javascript: bool = True
    ) -> Page:
        across, down = WIDTHS[width]
        window = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": across, "height": down},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        windows.append(window)
        window.set_default_timeout(10_000)
        if as_:
            client = Client()
            client.force_login(as_)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            window.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page = window.new_page()
        page.on("console", lambda m: messages.append(m.text) if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.goto(path)
        return page

    open_page.messages = messages  # type: ignore[attr-defined]
    yield open_page
    for window in windows:
        window.close()
    all_answered()
    # An answer that is no 2xx is how the server says what is wrong, and the page shows it.
    assert [text for text in messages if "the server responded with a status of" not in text] == []
