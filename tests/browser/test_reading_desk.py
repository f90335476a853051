"""The Read screen as only a browser shows it: choosing, going back, what fails, links, high zoom and paper."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, Route, expect

from articles.models import Story
from tests.browser.reading import choose_claim, make_long_story, number_shown
from tests.factory import make_story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(db: None) -> Story:
    return make_story(title="Ferry accident")


@pytest.fixture
def long_story(db: None) -> Story:
    return make_long_story()


# --- Back ---------------------------------------------------------------------------------------------------------


def test_back_finds_claim_places_and_focus_again(visit: Callable[..., Page], reader: User, long_story: Story):
    page = visit(long_story.get_absolute_url(), as_=reader)
    page.locator("#index").evaluate("element => element.scrollTo({ top: 300, behavior: 'instant' })")
    page.locator(".index-list a").nth(8).click()
    expect(number_shown(page)).to_be_visible()
    place = ".source-scroll >> nth=1"
    page.locator(place).evaluate("element => element.scrollTo({ top: 650, behavior: 'instant' })")

    page.get_by_role("link", name="Ledger").click()
    expect(page.get_by_role("table")).to_be_visible()
    page.go_back()

    expect(number_shown(page)).to_be_visible()
    page.wait_for_function("document.querySelectorAll('.source-scroll')[1].scrollTop === 650")
    page.go_back()
    expect(page.locator("#index-h")).to_be_visible()
    page.wait_for_function("document.querySelector('#index').scrollTop === 300")


def test_back_scrolls_the_texts_to_where_they_were_before_the_choice(
    visit: Callable[..., Page], reader: User, long_story: Story
):
    """Nobody pointed at the claim before, so its panel was not here yet: the columns were lined up while it came."""
    page = visit(long_story.get_absolute_url(), as_=reader)
    rows = page.locator(".index-list a")
    place = page.locator(".source-scroll").nth(1)
    place.evaluate("element => element.scrollTo({ top: 120, behavior: 'instant' })")
    rows.last.evaluate("row => row.click()")
    expect(number_shown(page)).to_be_visible()
    assert place.evaluate("element => element.scrollTop") != 120

    page.go_back()

    expect(page.locator("#index-h")).to_be_visible()
    expect(place).to_have_js_property("scrollTop", 120)


# --- Waiting and failing ------------------------------------------------------------------------------------------


def test_first_choice_waits_with_its_statement(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/claims/*/", hold)
    row = page.locator(".index-list a").first
    statement = row.locator(".row-words").inner_text()

    row.click()

    expect(page.locator("#panel[data-skeleton] [data-statement]")).to_have_text(statement)
    for route in held:
        route.continue_()
    expect(number_shown(page)).to_be_visible()


def test_panel_that_does_not_come_leaves_the_choice_before(visit: Any, reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    choose_claim(page)
    before = number_shown(page).get_attribute("data-number")
    address = page.url
    page.route("**/claims/*/", lambda route: route.abort())
    other = page.locator(f'.prose .ref:not([data-select="{before}"])').last

    other.press("Enter")

    alert = page.locator(".panel").get_by_role("alert")
    expect(alert).to_contain_text("the desk cannot be reached")
    expect(alert).to_contain_text(f"Claim {before} is still chosen")
    assert page.url == address
    expect(page.locator(".read")).to_have_attribute("data-selected", before or "")
    page.unroute("**/claims/*/")
    alert.get_by_role("button", name="Try again").click()
    expect(number_shown(page)).to_have_attribute("data-number", other.get_attribute("data-select") or "")
    expect(alert).to_have_count(0)
    visit.messages.clear()


def test_panel_is_fetched_where_the_focus_rests(visit: Any, reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    number = page.locator(".prose .ref").first
    with page.expect_response(re.compile(r"/claims/\d+/$")):
        number.focus()
    # What is asked for now brings nothing; neither do the panels beside the chosen one.
    page.route("**/claims/*/", lambda route: route.fulfill(status=204))

    number.press("Enter")

    expect(number_shown(page)).to_have_attribute("data-number", number.get_attribute("data-select") or "")


# --- Links --------------------------------------------------------------------------------------------------------


def test_links_of_claim_and_words_are_copied(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    choose_claim(page)
    page.locator("#panel").get_by_role("button", name="Copy link").click()
    expect(page.locator("#panel [data-copy]")).to_have_text("Link copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.search(rf"/stories/{story.slug}/claims/\d+/$", copied)

    page.keyboard.press("m")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    page.get_by_role("toolbar").get_by_role("button", name="Copy link").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('/versions/'))")
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    expect(page.locator(".linked").first).to_be_visible()


# --- Zoom and paper -----------------------------------------------------------------------------------------------


def test_at_high_zoom_the_page_scrolls_and_not_its_parts(visit: Callable[..., Page], reader: User, long_story: Story):
    page = visit(long_story.get_absolute_url(), as_=reader)
    page.set_viewport_size({"width": 320, "height": 256})
    scroll = page.locator(".source-scroll").first
    assert scroll.evaluate("element => element.scrollHeight <= element.clientHeight + 1")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.locator(".prose .ref").first.press("Enter")

    expect(number_shown(page)).to_be_in_viewport()


def test_print_names_the_outlets_and_has_the_whole_text(visit: Callable[..., Page], reader: User, long_story: Story):
    page = visit(long_story.get_absolute_url(), as_=reader)
    page.set_viewport_size({"width": 700, "height": 990})
    page.emulate_media(media="print")
    for source in page.locator(".source").all():
        expect(source.locator(".outlet")).to_be_visible()
        assert source.locator(".source-scroll").evaluate("element => element.clientHeight >= element.scrollHeight - 1")
    expect(page.locator(".mover").first).to_be_hidden()
