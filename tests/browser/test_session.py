"""What becomes of typed text when a request fails: nothing is lost, and one sentence says what to do."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, expect

from articles import deciding
from articles.models import Alignment
from tests.factory import PASSWORD, make_story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Page, User], None]


@pytest.fixture
def desk(page: Page, sign_in: SignIn, reader: User) -> Page:
    """The list of stories: its search is the simplest request a page makes."""
    make_story(title="Ferry accident")
    make_story(title="Harbour fire")
    sign_in(page, reader)
    return page


def search(page: Page, words: str) -> None:
    page.get_by_label("Find a story").fill(words)


def test_list_is_filtered_while_one_types(desk: Page) -> None:
    search(desk, "harbour")
    expect(desk.get_by_role("link", name="Ferry accident")).to_have_count(0)
    expect(desk.get_by_role("link", name="Harbour fire")).to_be_visible()
    assert "q=harbour" in desk.url


def test_filtered_list_is_there_on_the_way_back(desk: Page) -> None:
    search(desk, "harbour")
    expect(desk.get_by_role("link", name="Ferry accident")).to_have_count(0)
    desk.get_by_role("link", name="Harbour fire").click()
    desk.wait_for_url("**/stories/harbour-fire/")
    desk.go_back()
    expect(desk.get_by_label("Find a story")).to_have_value("harbour")
    expect(desk.get_by_role("link", name="Harbour fire")).to_be_visible()
    expect(desk.get_by_role("link", name="Ferry accident")).to_have_count(0)
    kept = desk.evaluate("[Object.keys(sessionStorage), Object.keys(localStorage)].flat()")
    assert "htmx-history-cache" not in kept


def test_ended_session_is_signed_in_again_in_place(desk: Page, find_violations: Callable[[Page], list[str]]) -> None:
    Session.objects.all().delete()
    search(desk, "harbour")
    dialog = desk.get_by_role("dialog", name="Your session has ended")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_label("Password")).to_be_focused()
    expect(dialog.get_by_label("Name or work e-mail")).to_have_value("rosa")
    assert find_violations(desk) == []
    dialog.get_by_label("Password").fill("wrong")
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Name and password do not match")
    expect(dialog.get_by_label("Password")).to_be_focused()
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_label("Password").press("Enter")
    expect(dialog).to_be_hidden()
    # What had been asked for comes now, and what was typed is still there.
    expect(desk.get_by_role("link", name="Ferry accident")).to_have_count(0)
    expect(desk.get_by_label("Find a story")).to_have_value("harbour")


def test_new_token_serves_every_form_of_the_page(desk: Page) -> None:
    Session.objects.all().delete()
    search(desk, "harbour")
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_label("Password").press("Enter")
    expect(dialog).to_be_hidden()
    desk.locator(".account summary").click()
    desk.get_by_role("button", name="Sign out").click()
    expect(desk.get_by_role("heading", name="Sign in")).to_be_visible()


def test_page_of_another_person_is_not_signed_in_to(desk: Page, editor: User) -> None:
    Session.objects.all().delete()
    search(desk, "harbour")
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Name or work e-mail").fill("edda")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog.get_by_role("alert")).to_contain_text("This page belongs to another account")
    assert not Session.objects.exists()


def test_unreachable_server_is_told_in_a_sentence(desk: Page, context: BrowserContext) -> None:
    context.set_offline(True)
    search(desk, "harbour")
    expect(desk.locator("#alerts")).to_contain_text("The desk cannot be reached.")
    context.set_offline(False)
    search(desk, "ferry")
    expect(desk.locator("#alerts")).to_be_empty()
    expect(desk.get_by_role("link", name="Ferry accident")).to_be_visible()


def test_news_end_quietly_with_the_session_and_go_on_with_the_next(
    page: Page, sign_in: SignIn, reader: User, editor: User
) -> None:
    """Nobody who was only reading is asked for a password by a page that asks by itself."""
    story = make_story(title="Ferry accident")
    sign_in(page, reader)
    page.clock.install()
    page.goto(story.get_absolute_url())
    asked: list[int] = []
    page.on("response", lambda answer: asked.append(answer.status) if "/news/" in answer.url else None)
    Session.objects.all().delete()
    first = Alignment.objects.filter(claim__story=story).live()[0]
    deciding.mark_unsure(alignment=first, expected=first.revision, by=editor)

    with page.expect_response("**/news/**"):
        page.clock.fast_forward(31_000)
    page.clock.fast_forward(3_600_000)

    expect(page.locator("[data-news]")).to_be_empty()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#alerts")).to_be_empty()
    # What somebody asks for does ask for the password, and with the answer the news go on.
    page.locator(".index-list a").first.click()
    dialog = page.get_by_role("dialog", name="Your session has ended")
    assert asked == [401]
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_label("Password").press("Enter")
    expect(dialog).to_be_hidden()
    page.clock.fast_forward(31_000)
    expect(page.locator("[data-news]")).to_contain_text("1 new correction")


def test_single_keys_move_and_can_be_switched_off(desk: Page) -> None:
    desk.keyboard.press("j")
    expect(desk.locator("[data-row-link]").nth(0)).to_be_focused()
    desk.keyboard.press("j")
    expect(desk.locator("[data-row-link]").nth(1)).to_be_focused()
    desk.keyboard.press("k")
    expect(desk.locator("[data-row-link]").nth(0)).to_be_focused()
    desk.keyboard.press("?")
    help_list = desk.get_by_role("dialog", name="Keyboard shortcuts")
    expect(help_list).to_be_visible()
    help_list.get_by_label("Use single-key shortcuts").uncheck()
    desk.keyboard.press("Escape")
    desk.keyboard.press("j")
    expect(desk.locator("[data-row-link]").nth(0)).to_be_focused()
    desk.keyboard.press("?")
    expect(help_list).to_be_hidden()


def test_keys_never_act_while_one_types(desk: Page) -> None:
    desk.get_by_label("Find a story").press_sequentially("jk?")
    expect(desk.get_by_label("Find a story")).to_have_value("jk?")
    expect(desk.get_by_role("dialog")).to_have_count(0)


def test_theme_is_changed_at_once_and_kept(desk: Page) -> None:
    desk.locator(".account summary").click()
    with desk.expect_response("**/account/theme/"):
        desk.get_by_text("Dark", exact=True).click()
    expect(desk.locator("html")).to_have_attribute("data-theme", "dark")
    desk.reload()
    expect(desk.locator("html")).to_have_attribute("data-theme", "dark")
    desk.locator(".account summary").click()
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("button", name="Sign out")).to_be_hidden()
