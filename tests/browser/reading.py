"""Chooses a claim on the Read screen, and says where it is: for tests of several of its parts."""

from playwright.sync_api import Locator, Page, expect

from articles.models import Story
from tests.factory import make_article, make_story

LONG = "\n\n".join(
    f"On day {n} the harbour of Norvik counted {n * 11} crates, said warden Ole Moen." for n in range(40)
)


def make_long_story() -> Story:
    """Two texts too long for a screen, which say the same."""
    return make_story([make_article("One", "A", LONG), make_article("Two", "B", LONG)], title="Crates")


def choose_claim(page: Page) -> None:
    """Opens the claim on how many people were aboard, by its number in the first column."""
    page.locator(".source").first.locator(".claim[data-state=differs] a.ref").first.click()
    expect(page.locator(".panel h2[id^=claim]")).to_be_visible()


def number_shown(page: Page) -> Locator:
    return page.locator("#panel:not([data-skeleton]) [data-number]")


def top_of(page: Page, place: str) -> int:
    return page.locator(place).evaluate("element => Math.round(element.scrollTop)")


def write_on(page: Page, outlet: str, link: str) -> None:
    """Opens the menu beside the head of a text and follows one of its links."""
    page.locator(".source-menu summary", has_text=f"Write on the text of {outlet}").click()
    page.get_by_role("link", name=link).click()
