"""The sheets of what is marked in a text, and their pages: what they say, correct there, and take back."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.models import Entity, Quotation, Story
from tests.browser.test_correct_ledger import open_name
from tests.browser.test_corrections import said
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
