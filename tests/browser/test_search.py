"""The search field in a real browser: results while typing, the keys, and nothing lost without a script."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.factory import make_story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_results_come_while_typing_and_keys_lead_through_them(page: Page, sign_in, fact_checker: User, find_violations):
    story = make_story(title="Ferry off Norvik")
    sign_in(page, fact_checker)
    page.goto(f"/stories/{story.slug}/?claim=1")

    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("#find-q")).to_be_focused()
    page.keyboard.type("nobody")
    expect(page.locator("#quick_results a").first).to_be_visible()
    assert find_violations(page) == []
    page.keyboard.press("ArrowDown")
    expect(page.locator("#quick_results a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#find-q")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#quick_results a")).to_have_count(0)
    # The claim chosen on the page below stays chosen.
    assert "claim=1" in page.url
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=nobody")
    expect(page.locator("#results .hit").first).to_be_visible()


def test_page_of_results_changes_in_place(page: Page, sign_in, fact_checker: User):
    make_story(title="Ferry off Norvik")
    sign_in(page, fact_checker)
    page.goto("/search/")

    page.get_by_label("Words").fill("passeng")
    expect(page.locator("#results .hit").first).to_be_visible()
    page.wait_for_url("**/search/?q=passeng**")
    page.get_by_label("Outlet").select_option(label="Coast Daily")
    expect(page.locator("#results")).not_to_contain_text("The Harbour Post")
    expect(page.get_by_label("Words")).to_have_value("passeng")


def test_results_close_when_the_focus_leaves(page: Page, sign_in, fact_checker: User):
    make_story(title="Ferry off Norvik")
    sign_in(page, fact_checker)
    page.goto("/")

    page.locator("#find-q").fill("norvik")
    expect(page.locator("#quick_results")).to_be_visible()
    page.locator("h1").click()
    expect(page.locator("#quick_results")).to_be_hidden()
