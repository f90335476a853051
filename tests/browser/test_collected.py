"""What a web server hands out: few files, which do what the many do, and pages that print as their screens need."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from articles.models import Story
from tests.browser.screens import make_full_story


@pytest.fixture
def story(everybody: User) -> Story:
    return make_full_story(everybody)


@pytest.fixture
def collected(tmp_path: Path, settings) -> Path:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "config.static_files.CollectedFiles"}}
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin"])
    return tmp_path / "static"


def test_desk_works_with_one_sheet_and_one_script_of_its_own(
    visit: Callable[..., Page], everybody: User, story: Story, collected: Path
):
    page = visit(reverse("story_list"), as_=everybody)
    asked = []

    def hand_out(route: Route) -> None:
        name = route.request.url.split("/static/")[1]
        asked.append(re.sub(r"\.[0-9a-f]{12}\.", ".", name))
        route.fulfill(path=collected / name)

    page.route("**/static/**", hand_out)
    claim = story.claims.standing().get(divergences__kind="quantity")
    page.goto(page.url.removesuffix(reverse("story_list")) + story.get_absolute_url())
    page.locator(f'.index-list a[data-select="{claim.number}"]').click()
    expect(page.locator(f'#panel [data-number="{claim.number}"]')).to_be_visible()
    expect(page.locator("[data-sources][data-aligned]")).to_have_count(1)
    page.keyboard.press("c")
    expect(page.locator("#panel [data-corrections]")).to_be_visible()
    ours = [name for name in asked if name.startswith(("css/", "js/"))]
    assert sorted(ours) == ["css/crossread.css", "js/frame.js", "js/read.js"]


@pytest.mark.parametrize(("screen", "is_across"), [("story_read", False), ("story_rows", True), ("story_ledger", True)])
def test_wide_tables_are_printed_across(
    visit: Callable[..., Page], everybody: User, story: Story, screen: str, is_across: bool
):
    address = story.get_absolute_url() if screen == "story_read" else reverse(screen, args=[story.slug])
    page = visit(address, as_=everybody)
    sheets = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
    assert sheets
    assert {float(width) > float(height) for width, height in sheets} == {is_across}
