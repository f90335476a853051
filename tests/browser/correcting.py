"""Opens the corrections of a claim, finds what stands in them, and takes a decision back, as people do."""

from playwright.sync_api import Locator, Page, expect

from articles.models import Alignment, Claim, Decision, Story, Verb
from tests.factory import make_article, make_story, two_accounts

COPIED = (
    " The coastguard sent three lifeboats and a helicopter from the base at Orlund shortly before nine in the morning, "
    "and took the last passengers off the stranded ferry by noon, with the crew still aboard."
)


def make_three_accounts() -> Story:
    """Two accounts of one accident, and a third that says little of it."""
    return make_story(
        [
            *two_accounts(),
            make_article(
                "North Sea Wire",
                "Norvik ferry company silent",
                "A boat with many people hit a rock on Monday, Lena Dahl said. The company has said nothing.",
            ),
        ],
        title="Ferry accident",
    )


def first_of(claim: Claim) -> Alignment:
    return Alignment.objects.filter(claim=claim).live().select_related("appearance", "claim").order_by("pk")[0]


def open_corrections(page: Page) -> Locator:
    page.get_by_role("link", name="Correct", exact=False).and_(page.locator("[data-correct]")).click()
    corrections = page.locator("[data-corrections]")
    expect(corrections).to_be_visible()
    return corrections


def choose_claim(form: Locator) -> None:
    """The likeliest of the other claims, which the list offers first."""
    form.locator("[data-claim-options]").select_option(index=1)


def said(page: Page) -> Locator:
    """What has just been decided, over the page."""
    return page.locator("#toast")


def take_back(page: Page, *, by: str = "key") -> None:
    """The last decision, from where the page shows it after the act."""
    if by == "key":
        page.keyboard.press("z")
    else:
        page.locator(".latest").get_by_role("button", name="Take back").click()
    expect(said(page)).to_contain_text("Taken back.")
    # The corrections are open still, with this in their history.
    expect(page.locator("[data-corrections] .log .item").first).to_contain_text("took back")
    assert Decision.objects.latest("pk").verb == Verb.UNDO


def item(corrections: Locator, alignment: Alignment) -> Locator:
    return corrections.locator(f"#row-decide-{alignment.pk}")
