"""A claim the machine did not see, made of words of a text: by mouse, by keyboard, without a script."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.models import Alignment, Claim, Story
from tests.browser.correcting import said
from tests.browser.reading import write_on
from tests.browser.test_passage_notes import select
from tests.factory import make_story

pytestmark = pytest.mark.django_db(transaction=True)

# What the page paints where the words were chosen.
PAINTED = "[...(CSS.highlights.get('passage') ?? [])].map(range => range.toString()).join('')"


@pytest.fixture
def story(db: None) -> Story:
    return make_story(title="Ferry accident")


def begin(page: Page) -> None:
    """“passengers ran aground” in the first text, drawn over with the mouse."""
    select(page, 1, 17, 36)
    page.get_by_role("toolbar").get_by_role("button", name="New claim").click()
    expect(page.get_by_role("heading", name="New claim")).to_be_visible()
    # It takes the focus a moment after it is there.
    expect(page.get_by_label("The claim in a sentence")).to_be_focused()


def made(statement: str) -> Claim:
    return Claim.objects.get(statement=statement)


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_words_become_a_claim_beside_the_text(visit: Callable[..., Page], fact_checker: User, story: Story, width: str):
    page = visit(story.get_absolute_url(), as_=fact_checker, width=width)
    page.evaluate("window.isSamePage = true")
    begin(page)
    statement = page.get_by_label("The claim in a sentence")
    expect(statement).to_be_focused()
    expect(page.get_by_label("The words that say it")).to_have_value("passengers ran aground")
    assert page.evaluate(PAINTED) == "passengers ran aground"
    statement.fill("It ran aground.")
    page.get_by_role("button", name="Make it a claim").click()

    expect(page.locator("#panel [data-statement]")).to_have_text("It ran aground.")
    claim = made("It ran aground.")
    assert page.evaluate(PAINTED) == ""
    mark = page.locator(f".marked .claim[data-claim~='{claim.number}'][aria-current]")
    expect(mark.filter(has_text="passengers ran aground").first).to_be_visible()
    assert page.url.endswith(f"?claim={claim.number}")
    assert page.evaluate("window.isSamePage")
    row = Alignment.objects.select_related("appearance").get(claim=claim, decision="confirmed")
    assert (row.appearance.quote, row.decided_by) == ("passengers ran aground", fact_checker)

    expect(said(page)).to_contain_text(f"This is claim {claim.number} now.")
    said(page).get_by_role("button", name="Take back").click()
    expect(said(page)).to_contain_text("Taken back.")
    claim.refresh_from_db()
    assert claim.is_retired


def test_by_keyboard_alone(visit: Callable[..., Page], fact_checker: User, story: Story):
    page = visit(story.get_absolute_url(), as_=fact_checker)
    for key in ("m", "ArrowRight", "Shift+ArrowRight", "Enter", "ArrowRight"):
        page.keyboard.press(key)
    expect(page.get_by_role("button", name="New claim")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("The claim in a sentence")).to_be_focused()
    page.keyboard.type("Something ran.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#panel [data-statement]")).to_have_text("Something ran.")
    expect(page.locator("#panel-body")).to_be_focused()
    page.keyboard.press("z")
    expect(said(page)).to_contain_text("Taken back.")
    assert made("Something ran.").is_retired


def test_given_up_it_leaves_the_text_as_it_was(visit: Callable[..., Page], fact_checker: User, story: Story):
    page = visit(story.get_absolute_url(), as_=fact_checker)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    begin(page)
    page.locator("#panel-body").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    assert page.evaluate(PAINTED) == ""
    expect(page.locator(".source-scroll").first).to_be_focused()
    assert asked == []
    # What was written is asked about.
    begin(page)
    page.get_by_label("The claim in a sentence").fill("Half a thought")
    page.locator("#panel").get_by_role("link", name="Cancel").click()
    expect(page.locator("#panel")).to_be_hidden()
    assert len(asked) == 1


def test_refused_words_stay_to_be_mended(visit: Callable[..., Page], fact_checker: User, story: Story):
    page = visit(story.get_absolute_url(), as_=fact_checker)
    begin(page)
    page.get_by_label("The words that say it").fill("passengers ran ashore")
    page.get_by_label("The claim in a sentence").fill("It ran ashore.")
    page.get_by_role("button", name="Make it a claim").click()
    expect(page.get_by_role("alert").first).to_be_focused()
    expect(page.get_by_label("The claim in a sentence")).to_have_value("It ran ashore.")
    expect(page.get_by_role("heading", name="New claim")).to_be_visible()
    page.get_by_label("The words that say it").fill("passengers ran aground")
    page.get_by_role("button", name="Make it a claim").click()
    expect(page.locator("#panel [data-statement]")).to_have_text("It ran ashore.")


def test_claim_that_was_chosen_gives_way(visit: Callable[..., Page], fact_checker: User, story: Story):
    claim = story.claims.standing().get(statement__contains="not commented")
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    begin(page)
    page.get_by_role("button", name="Make it a claim").click()
    expect(page.locator("#panel [data-statement]")).to_have_text("passengers ran aground")
    page.go_back()
    page.go_back()
    expect(page.locator("#panel [data-claim-key]")).to_have_attribute("data-number", str(claim.number))


def test_without_javascript_it_is_a_page_of_its_own(visit: Callable[..., Page], fact_checker: User, story: Story):
    page = visit(story.get_absolute_url(), as_=fact_checker, javascript=False)
    write_on(page, "The Harbour Post", "New claim")
    expect(page.get_by_role("heading", name="New claim", level=1)).to_be_visible()
    page.get_by_label("The words that say it").fill("passengers ran aground")
    page.get_by_label("The claim in a sentence").fill("It ran aground.")
    page.get_by_role("button", name="Make it a claim").click()
    claim = made("It ran aground.")
    assert page.url.endswith(claim.get_absolute_url())
    page.get_by_role("button", name="Take back").click()
    claim.refresh_from_db()
    assert claim.is_retired


@pytest.mark.parametrize(("width", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_no_violations(
    visit: Callable[..., Page], find_violations, fact_checker: User, story: Story, width: str, scheme: str
):
    page = visit(story.get_absolute_url(), as_=fact_checker, width=width, scheme=scheme)
    begin(page)
    assert find_violations(page) == []
    page.get_by_label("The words that say it").fill("passengers ran ashore")
    page.get_by_role("button", name="Make it a claim").click()
    expect(page.get_by_role("alert").first).to_be_focused()
    assert find_violations(page) == []
