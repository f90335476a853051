"""The menu of a story in a real browser: by keyboard and without a script."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.models import Story
from tests.factory import make_story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def story(db: None) -> Story:
    return make_story(title="Ferry accident")


def test_story_is_closed_by_keyboard(visit, editor: User, story: Story):
    page: Page = visit("/", as_=editor)
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Ferry accident")).to_be_focused()
    menu = page.locator(".story-menu")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("button", name="Close")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("button", name="Close")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(menu.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Ferry accident” is closed")).to_be_visible()
    assert Story.objects.get().is_closed


def test_story_is_renamed_hidden_and_brought_back_without_a_script(visit, administrator: User, story: Story):
    page: Page = visit(story.get_absolute_url(), as_=administrator, javascript=False)
    page.locator(".story-menu summary").click()
    page.get_by_role("link", name="Rename").click()
    page.get_by_label("Title").fill("Ferry off Norvik")
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ferry off Norvik")
    page.locator(".story-menu summary").click()
    page.get_by_role("button", name="Hide").click()
    expect(page.get_by_text("“Ferry off Norvik” is hidden.")).to_be_visible()
    # It was the only one: the list is empty, and says where the hidden ones are.
    page.get_by_role("link", name="Hidden stories").click()
    page.locator(".story-menu summary").click()
    page.get_by_role("button", name="Bring back").click()
    expect(page.get_by_text("“Ferry off Norvik” is back in the list.")).to_be_visible()


def test_two_people_rename_at_once_and_neither_title_is_lost(visit, editor: User, administrator: User, story: Story):
    address = reverse("story_edit", args=[story.slug])
    first: Page = visit(address, as_=editor)
    second: Page = visit(address, as_=administrator)
    for page, title in ((first, "Ferry off Norvik"), (second, "Ferry on rocks")):
        page.get_by_label("Title").fill(title)
        page.get_by_role("button", name="Rename").click()
    expect(second.locator(".error-summary")).to_contain_text("It is called now")
    expect(second.locator(".error-summary")).to_contain_text("Ferry off Norvik")
    expect(second.get_by_label("Title")).to_have_value("Ferry on rocks")
    second.get_by_role("button", name="Rename").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Ferry on rocks")


def test_leaving_the_field_asks_nothing_again(visit, editor: User, story: Story):
    make_story(title="Harbour fire")
    page: Page = visit("/", as_=editor)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "q=" in request.url else None)
    page.get_by_label("Find a story").fill("ferry")
    expect(page.get_by_role("link", name="Harbour fire")).to_have_count(0)

    page.locator("[data-row] .story-menu summary").click()
    # An answer that came again would have closed the menu.
    page.wait_for_load_state("networkidle")
    assert len(asked) == 1
    page.get_by_role("button", name="Close", exact=True).click()

    expect(page.locator(".messages")).to_contain_text("is closed")


def test_words_typed_before_the_page_listens_are_looked_for(visit, editor: User, story: Story):
    make_story(title="Harbour fire")
    page: Page = visit("/account/password/", as_=editor)
    # The field is filled as soon as it is there, before any deferred script runs.
    page.add_init_script(
        "new MutationObserver((_, all) => { const field = document.getElementById('q');"
        " if (field) { field.value = 'ferry'; all.disconnect(); } })"
        ".observe(document, { childList: true, subtree: true })"
    )
    page.goto("/")

    expect(page.get_by_role("link", name="Harbour fire")).to_have_count(0)
    expect(page.get_by_label("Find a story")).to_have_value("ferry")
