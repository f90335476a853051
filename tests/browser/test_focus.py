"""The keys reach every control of every screen, the focus is seen where it stands, and no answer throws it away."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from articles.models import Story
from tests.browser.by_keys import fill_by_keys, find_lost_focus, press_on, tab_to
from tests.browser.screens import UNFOLD, addresses_of, make_full_story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(everybody: User) -> Story:
    return make_full_story(everybody)


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_every_control_has_a_stop_and_every_stop_is_seen(
    visit: Callable[..., Page], everybody: User, story: Story, width: str
):
    page = visit("/", as_=everybody, width=width)
    problems = {}
    for screen, address in addresses_of(story).items():
        page.goto(address)
        if screen in {"corrections", "name corrected"}:
            page.evaluate(UNFOLD)
        if found := find_lost_focus(page):
            problems[screen] = found
    assert problems == {}


def test_focus_is_kept_by_the_forms_of_a_note(visit: Callable[..., Page], everybody: User, story: Story):
    claim = story.claims.standing().get(divergences__kind="quantity")
    for address in (claim.get_absolute_url(), reverse("claim_page", args=[story.slug, claim.number])):
        page = visit(address, as_=everybody)
        notes = page.locator(".claim-notes")
        press_on(page, notes.get_by_role("link", name="Add verification note"))
        expect(notes.get_by_label("Verdict")).to_be_focused()
        press_on(page, notes.get_by_role("link", name="Cancel"))
        expect(notes.get_by_role("link", name="Add verification note")).to_be_focused()
        page.keyboard.press("Enter")
        press_on(page, notes.get_by_role("button", name="Add a link"))
        expect(page.locator("#id_evidence-1-url")).to_be_focused()
        press_on(page, notes.get_by_role("button", name="Save note"))
        expect(notes.get_by_role("alert")).to_be_focused()
        tab_to(page, notes.get_by_label("Verdict"))
        page.keyboard.type("Supp")
        fill_by_keys(page, page.locator("#id_note-text"), f"Asked on {address}")
        press_on(page, notes.get_by_role("button", name="Save note"))
        expect(notes.locator(".note", has_text=f"Asked on {address}")).to_be_focused()


def test_focus_is_kept_where_a_note_is_put_under_a_claim(visit: Callable[..., Page], everybody: User, story: Story):
    page = visit(story.get_absolute_url(), as_=everybody)
    press_on(page, page.get_by_role("link", name="Note on this passage"))
    expect(page.locator("#panel-body")).to_be_focused()
    press_on(page, page.get_by_role("link", name="Put under a claim"))
    expect(page.get_by_label("Number or words of the claim")).to_be_focused()
    page.keyboard.type("nothing like it")
    page.keyboard.press("Enter")
    expect(page.locator("#attach [aria-invalid]")).to_be_focused()


@pytest.mark.parametrize("name", ["story_ledger", "story_rows"])
def test_focus_is_kept_in_the_row_of_a_question_that_was_answered(
    visit: Callable[..., Page], everybody: User, story: Story, name: str
):
    page = visit(reverse(name, args=[story.slug]), as_=everybody)
    row = page.locator("[data-work-row]", has=page.locator("[data-ask]")).first
    place = page.locator(f"#{row.get_attribute('id')}")
    tab_to(page, page.locator("[data-work-row][tabindex='0']"))
    for _ in range(page.locator("[data-work-row]").count()):
        if place.evaluate("row => row === document.activeElement"):
            break
        page.keyboard.press("j")
    for _ in range(20):
        if page.locator(":focus").inner_text() == "No":
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#toast")).to_contain_text("Rejected")
    expect(place).to_be_focused()
    page.keyboard.press("z")
    expect(page.locator("#toast")).to_contain_text("Taken back.")
    expect(place).to_be_focused()


def test_focus_is_kept_in_a_list_that_is_drawn_anew_under_it(visit: Callable[..., Page], everybody: User, story: Story):
    page = visit("/", as_=everybody)
    held: list[Route] = []
    page.route("**/?q=ferry*", lambda route: held.append(route))
    with page.expect_request("**/?q=ferry*"):
        fill_by_keys(page, page.get_by_label("Find a story"), "ferry")
    # Somebody is quicker than the answer.
    tab_to(page, page.locator("[data-row-link]"))
    with page.expect_response("**/?q=ferry*"):
        held[-1].continue_()
    expect(page.locator(".htmx-request")).to_have_count(0)
    expect(page.locator("[data-row-link]")).to_be_focused()
