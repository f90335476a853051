"""The marks of the Read screen: the overview beside a column, the gist, and piles of several at one place."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.models import Alignment, ClaimState, Story
from tests.browser.reading import make_long_story, number_shown, top_of
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(db: None) -> Story:
    return make_story(title="Ferry accident")


@pytest.fixture
def long_story(db: None) -> Story:
    return make_long_story()


# --- Overview -----------------------------------------------------------------------------------------------------


def test_overview_leads_to_claims_by_keyboard(visit: Callable[..., Page], reader: User, long_story: Story):
    page = visit(long_story.get_absolute_url(), as_=reader)
    overview = page.get_by_role("slider", name="Claims in One")
    overview.focus()
    overview.press("End")
    said = overview.get_attribute("aria-valuetext") or ""
    assert top_of(page, ".source-scroll >> nth=0") > 0

    overview.press("Enter")

    number = re.match(r"Claim (\d+), ", said).group(1)
    expect(number_shown(page)).to_have_attribute("data-number", number)
    expect(overview).to_be_focused()


def test_overview_leads_to_claims_by_mouse(visit: Callable[..., Page], reader: User, long_story: Story):
    page = visit(long_story.get_absolute_url(), as_=reader)
    overview = page.locator("[data-overview]").first
    path = overview.locator(".ticks").first
    number = (path.get_attribute("data-claims") or "").split()[-1]
    top = int((path.get_attribute("d") or "").split("M0 ")[-1].split("h")[0])
    height = overview.evaluate("element => element.clientHeight")

    overview.click(position={"x": 6, "y": top * height / 1000})

    expect(page).to_have_url(re.compile(r"claim=\d+"))
    expect(page.locator(f'.source >> nth=0 >> .claim[data-claim~="{number}"]').first).to_be_in_viewport()


def test_overview_shows_the_claim_of_the_address(visit: Callable[..., Page], reader: User, long_story: Story):
    page = visit(long_story.claims.standing().in_reading_order()[0].get_absolute_url(), as_=reader)
    expect(page.locator(".tick-chosen").first).to_have_attribute("d", re.compile("M0"))


def test_overview_shows_the_part_in_sight(visit: Callable[..., Page], reader: User, long_story: Story):
    page = visit(long_story.get_absolute_url(), as_=reader)
    sight = page.locator(".sight").first
    expect(sight).to_have_attribute("y", "0.0")

    page.locator(".source-scroll").first.evaluate("element => element.scrollTo({ top: 900, behavior: 'instant' })")

    expect(sight).not_to_have_attribute("y", "0.0")


def test_phone_has_the_room_for_its_text(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader, width="phone")
    expect(page.locator(".headline").first).to_be_in_viewport()
    expect(page.locator("[data-overview]").first).to_be_hidden()


# --- Gist ---------------------------------------------------------------------------------------------------------


def line_of(page: Page, state: str) -> str:
    mark = page.locator(f'.prose .claim[data-state="{state}"]').first
    return mark.evaluate(
        "element => { const s = getComputedStyle(element); return s.borderBottomStyle + s.borderBottomColor; }"
    )


def test_gist_draws_agreed_claims_only_for_whoever_looks(visit: Callable[..., Page], reader: User):
    body = "The harbour of Norvik was closed on Monday, said harbour master Lena Dahl."
    story = make_story(
        [make_article("One", "A", body), make_article("Two", "B", f"{body}\n\nTwelve divers came on Tuesday.")]
    )
    assert story.claims.filter(state=ClaimState.AGREED).exists()
    page = visit(story.get_absolute_url(), as_=reader)
    clear = "solidrgba(0, 0, 0, 0)"
    assert line_of(page, "agreed") == clear
    assert line_of(page, "only").startswith("dashed")

    page.locator('.prose .claim[data-state="agreed"] .ref').first.focus()
    assert line_of(page, "agreed") != clear

    page.locator("body").click(position={"x": 5, "y": 5})
    page.get_by_label("draw in the text").check()
    assert line_of(page, "agreed") != clear
    page.get_by_label("draw in the text").uncheck()
    assert line_of(page, "agreed") == clear
    page.keyboard.press("g")
    assert line_of(page, "agreed") != clear


def test_other_claims_step_back_while_one_is_chosen(visit: Callable[..., Page], reader: User):
    body = "The harbour of Norvik was closed on Monday, said harbour master Lena Dahl."
    story = make_story(
        [make_article("One", "A", body), make_article("Two", "B", f"{body}\n\nTwelve divers came on Tuesday.")]
    )
    agreed = story.claims.get(state=ClaimState.AGREED)
    page = visit(story.get_absolute_url(), as_=reader)
    at_rest = line_of(page, "only")

    page.locator(f'.index-list a[data-select="{agreed.number}"]').click()
    expect(page.locator("[data-quiet]")).to_have_count(1)
    stepped_back = line_of(page, "only")
    assert stepped_back != at_rest

    page.keyboard.press("Escape")
    expect(page.locator("[data-quiet]")).to_have_count(0)
    assert line_of(page, "only") == at_rest

    page.goto(page.url.split("?")[0] + f"?claim={agreed.number}")
    assert line_of(page, "only") == stepped_back


# --- A pile -------------------------------------------------------------------------------------------------------


def test_press_on_a_pile_offers_every_mark_smallest_first(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    figure = page.locator(".prose .claim .figure").first
    number = figure.evaluate("element => element.closest('.claim').dataset.claim")

    figure.click()

    pile = page.get_by_role("menu", name="Marked in this place")
    items = pile.get_by_role("menuitem")
    expect(items.first).to_contain_text("Figure")
    expect(items.last).to_contain_text(f"Claim {number}")
    expect(items.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(pile).to_be_hidden()

    figure.click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(number_shown(page)).to_have_attribute("data-number", number)


def test_pile_opens_at_a_number_by_keyboard(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    number = page.locator(".prose .claim:has(.figure) .ref").first
    number.focus()

    page.keyboard.press("p")

    expect(page.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(number).to_be_focused()


def test_pile_with_nothing_drawn_in_it_does_not_open(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    # The panel that is fetched where the focus rests.
    with page.expect_response("**/claims/*/"):
        page.locator(".prose .claim:has(.figure) .ref").first.focus()

    # One after the other in one task: the number has the focus until the page is drawn without its layers.
    page.evaluate(
        """() => {
          for (const key of ["1", "2", "3", "p"]) {
            document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
          }
        }"""
    )

    expect(page.get_by_role("menu")).to_have_count(0)


def test_pile_closes_when_its_words_are_drawn_anew(visit: Callable[..., Page], fact_checker: User, story: Story):
    claim = story.claims.standing().filter(source_count__gt=1).first()
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    alignment = Alignment.objects.filter(claim=claim).live().order_by("appearance__start").last()
    page.keyboard.press("c")
    page.locator(f"#reject-{alignment.pk}").click()
    expect(page.locator("#toast")).to_contain_text("Rejected")
    paragraph = page.locator(f"[data-version='{alignment.appearance.version_id}'] [data-start]").filter(
        has_text=alignment.appearance.quote[:20]
    )
    paragraph.locator(".ref").first.focus()
    page.keyboard.press("p")
    expect(page.get_by_role("menuitem").first).to_be_focused()

    page.keyboard.press("z")

    expect(page.locator("#toast")).to_contain_text("Taken back.")
    expect(page.get_by_role("menu")).to_have_count(0)


def test_quotation_of_a_pile_opens_its_sheet(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    page.locator(".prose .claim .quote:not(.figure)").first.click()

    page.get_by_role("menuitem", name="Quotation").click()

    expect(page.locator("#mark-sheet-h")).to_be_focused()
    expect(page.locator("#mark-sheet-h")).to_have_text("Quotation")
    expect(page).to_have_url(story.get_absolute_url(), ignore_case=True)
    page.keyboard.press("Escape")
    expect(page.locator("#mark-sheet")).to_have_count(0)


def test_name_of_a_pile_and_a_name_alone_open_the_sheet(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    page.keyboard.press("4")
    name = page.locator(".prose .claim .name").get_by_text("Lena Dahl", exact=True).first
    name.click()
    page.get_by_role("menuitem", name="Name").click()
    expect(page.locator("#mark-sheet-h")).to_have_text("Lena Dahl")
    page.keyboard.press("Escape")

    # Without the other layers the same press means the name alone.
    page.keyboard.press("1")
    page.keyboard.press("2")
    name.click()
    expect(page.locator("#mark-sheet-h")).to_have_text("Lena Dahl")
    expect(page.get_by_role("menu")).to_have_count(0)


def test_press_on_a_claim_alone_chooses_it(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    mark = page.locator(".prose .claim:not(.figure, .quote):not(:has(.figure, .quote))").first
    number = mark.evaluate("element => element.dataset.claim")
    mark.click()
    expect(number_shown(page)).to_have_attribute("data-number", number)
    expect(page.locator("#mark-sheet")).to_have_count(0)
