"""The sheets of what is marked in a text, and their pages: what they say, correct there, and take back."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.models import Entity, Quantity, Quotation, Story
from tests.browser.correcting import said
from tests.browser.screens import LOOKS
from tests.browser.test_correct_ledger import open_name
from tests.factory import make_story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(db: None) -> Story:
    return make_story(title="Ferry accident")


def mark_page(story: Story, **query: object) -> str:
    return reverse("mark_detail", args=[story.slug], query=query)


@pytest.mark.parametrize("javascript", [True, False])
def test_quotation_is_rejected_on_the_page_of_its_mark(
    visit: Callable[..., Page], fact_checker: User, story: Story, javascript: bool
):
    quotation = Quotation.objects.filter(version__article__story=story, kind="direct").order_by("version", "start")[0]
    address = mark_page(story, version=quotation.version_id, at=quotation.start, of="quote")
    page = visit(address, as_=fact_checker, javascript=javascript)
    page.get_by_role("button", name="Not a quotation").click()
    expect(page.locator(".toast-said")).to_contain_text("No longer taken for a quotation")
    sheet = page.locator("#mark-sheet")
    expect(sheet).to_contain_text("Not a quotation, says Farid Checker")
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    expect(sheet.get_by_role("button", name="Not a quotation")).to_be_visible()
    assert page.url.endswith(address)


def test_name_is_corrected_on_the_page_of_its_mark(visit: Callable[..., Page], fact_checker: User, story: Story):
    entity = Entity.objects.get(name="Lena Dahl")
    page = visit(mark_page(story, entity=entity.pk), as_=fact_checker)
    page.locator("summary").get_by_text("Rename", exact=True).click()
    page.get_by_label("Name", exact=True).fill("Lena P. Dahl")
    page.get_by_role("button", name="Rename", exact=True).click()
    for place in ("#mark-title", "#mark-sheet-h"):
        expect(page.locator(place)).to_have_text("Lena P. Dahl")
    page.locator("#mark-sheet-h").focus()
    page.keyboard.press("z")
    for place in ("#mark-title", "#mark-sheet-h"):
        expect(page.locator(place)).to_have_text("Lena Dahl")


def test_open_sheet_follows_what_is_taken_back(visit: Callable[..., Page], fact_checker: User, story: Story):
    page = visit(story.get_absolute_url(), as_=fact_checker)
    page.keyboard.press("3")
    page.keyboard.press("w")
    page.keyboard.press("Enter")
    sheet = page.locator("#mark-sheet")
    sheet.get_by_role("button", name="Not a quotation").click()
    expect(sheet).to_contain_text("Not a quotation, says Farid Checker")
    page.locator("#mark-sheet-h").focus()
    page.keyboard.press("z")
    expect(said(page)).to_contain_text("Taken back.")
    expect(sheet.get_by_role("button", name="Not a quotation")).to_be_visible()


def test_closed_sheet_stays_closed_when_something_is_taken_back(
    visit: Callable[..., Page], fact_checker: User, story: Story
):
    page = visit(story.get_absolute_url(), as_=fact_checker)
    open_name(page)
    sheet = page.locator("#mark-sheet")
    sheet.locator("summary").get_by_text("Rename", exact=True).click()
    sheet.get_by_label("Name", exact=True).fill("Lena P. Dahl")
    sheet.get_by_role("button", name="Rename", exact=True).click()
    expect(sheet.locator("#mark-sheet-h")).to_have_text("Lena P. Dahl")
    page.locator("#mark-sheet-h").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("z")
    expect(said(page)).to_contain_text("Taken back.")
    expect(sheet).to_have_count(0)


# --- Figures --------------------------------------------------------------------------------------------------------


def choose_figure(page: Page) -> None:
    """“120” of the first text, out of the list of what is marked there."""
    page.locator(".prose .claim .figure", has_text="120").first.click()
    page.get_by_role("menuitem", name="Figure").click()


def test_figure_chosen_in_a_pile_has_a_sheet(visit: Callable[..., Page], reader: User, story: Story):
    claim = story.claims.standing().get(divergences__kind="quantity")
    page = visit(story.get_absolute_url(), as_=reader)
    choose_figure(page)
    sheet = page.locator("#mark-sheet")
    expect(page.locator("#mark-sheet-h")).to_be_focused()
    expect(page.locator("#mark-sheet-h")).to_have_text("120 passengers")
    expect(sheet.locator(".mark-names")).to_contain_text("at least 140 passengers")
    expect(page.locator(".figure[data-pressed]")).to_have_text("120")
    # On from there to the claim: the sheet gives way to it.
    sheet.get_by_role("link", name=f"Claim {claim.number}").click()
    expect(page.locator("#panel [data-claim-key]")).to_have_attribute("data-number", str(claim.number))
    expect(sheet).to_have_count(0)


def test_figure_is_reached_and_left_by_keys(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    page.keyboard.press("w")
    expect(page.locator(".figure:focus")).to_have_text("120")
    page.keyboard.press("Enter")
    expect(page.locator("#mark-sheet-h")).to_have_text("120 passengers")
    page.keyboard.press("Escape")
    expect(page.locator("#mark-sheet")).to_have_count(0)
    expect(page.locator(".figure:focus")).to_have_text("120")
    # Of a layer that is not drawn nothing is offered.
    page.keyboard.press("3")
    page.keyboard.press("w")
    expect(page.locator(".quote:focus")).to_have_count(1)


def test_figure_that_stands_alone_is_pressed(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    page.keyboard.press("1")
    page.locator(".prose .figure", has_text="Tuesday").click()
    expect(page.locator("#mark-sheet")).to_contain_text("Date")
    expect(page.locator("#mark-sheet-h")).to_have_text("Tuesday")


def test_figure_has_a_page_without_javascript(visit: Callable[..., Page], reader: User, story: Story):
    claim = story.claims.standing().get(divergences__kind="quantity")
    figure = Quantity.objects.filter(version__article__story=story, quote="120")[0]
    address = mark_page(story, version=figure.version_id, at=figure.start, of="figure")
    page = visit(address, as_=reader, javascript=False)
    expect(page.get_by_role("heading", level=1)).to_have_text("120 passengers")
    page.get_by_role("link", name=f"Claim {claim.number}").click()
    expect(page.locator("#panel [data-claim-key]")).to_have_attribute("data-number", str(claim.number))


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_sheet_of_a_figure_is_accessible(
    visit: Callable[..., Page], find_violations, reader: User, story: Story, width: str, scheme: str
):
    page = visit(story.get_absolute_url(), as_=reader, width=width, scheme=scheme)
    choose_figure(page)
    expect(page.locator("#mark-sheet-h")).to_be_focused()
    assert find_violations(page) == []
