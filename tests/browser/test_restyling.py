"""What choosing a claim costs the browser: a rule of any sheet can make it ask every mark of the texts about its style
anew, which nobody sees in the rule and everybody feels in a long text."""

import json
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db(transaction=True)

# Enough that the texts outweigh the rest of the page.
DAYS = 60


def test_choosing_a_claim_asks_the_texts_nothing(chromium: Browser, visit: Callable[..., Page], reader: User):
    """At most a quarter as many elements are asked at once as the texts have: the panel and the list are others."""
    # The second differs from the first on odd days, and the third is silent in the second half: every column changes.
    counted = [(DAYS, 11, 11), (DAYS, 11, 12), (DAYS // 2, 11, 11)]
    texts = [
        "\n\n".join(
            f"On day {n} the harbour of Norvik counted {n * (odd if n % 2 else even)} crates, warden Ole Moen said."
            for n in range(days)
        )
        for days, even, odd in counted
    ]
    story = make_story([make_article(f"Outlet {n}", "Crates", text) for n, text in enumerate(texts)], title="Crates")
    page = visit(story.get_absolute_url(), as_=reader)
    elements = page.locator(".marked *").count()
    rows = page.locator(".index-list a[data-select]")
    numbers = rows.evaluate_all("rows => rows.map(row => row.dataset.select)")
    assert len(numbers) >= 40

    def choose(number: str) -> None:
        page.locator(f".index-list a[data-select='{number}']").evaluate("row => row.click()")
        expect(page.locator(f"#panel:not([data-skeleton]) [data-number='{number}']")).to_have_count(1)

    choose(numbers[1])
    chromium.start_tracing(page=page, categories=["devtools.timeline"])
    try:
        for number in [numbers[5], numbers[-1], numbers[6], numbers[-2], numbers[20]]:
            choose(number)
    finally:
        trace = chromium.stop_tracing()
    events = json.loads(trace)["traceEvents"]
    asked = [event["args"]["elementCount"] for event in events if "elementCount" in event.get("args", {})]

    assert asked
    assert max(asked) < elements / 4, f"{max(asked)} elements were asked at once; the texts have {elements}."
