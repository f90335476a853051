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
