"""axe-core on every screen and state: light, dark, and on a phone. No violation, and no sideways scroll."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from articles.models import Story
from tests.browser.test_journey import choose_claim
from tests.factory import make_story

pytestmark = pytest.mark.django_db(transaction=True)

LOOKS = [("desktop", "light"), ("desktop", "dark"), ("phone", "light"), ("phone", "dark")]


@pytest.fixture
def story(db: None) -> Story:
    return make_story(title="Ferry accident")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_signing_in(visit, find_violations, width: str, scheme: str):
    page = visit("/", width=width, scheme=scheme)
    assert find_violations(page) == []
    page.get_by_label("Name or work e-mail").fill("nobody")
    page.get_by_label("Password").fill("nothing at all")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert find_violations(page) == []


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_stories(visit, find_violations, reader: User, width: str, scheme: str):
    page = visit("/", as_=reader, width=width, scheme=scheme)
    assert find_violations(page) == []
    make_story()
    page.reload()
    expect(page.get_by_role("table")).to_be_visible()
    assert find_violations(page) == []


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_importing(visit, find_violations, administrator: User, width: str, scheme: str):
    page = visit("/import/", as_=administrator, width=width, scheme=scheme)
    assert find_violations(page) == []
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert find_violations(page) == []


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_reading_and_noting(visit, find_violations, fact_checker: User, story: Story, width: str, scheme: str):
    page = visit(story.get_absolute_url(), as_=fact_checker, width=width, scheme=scheme)
    assert find_violations(page) == []
    choose_claim(page)
    assert find_violations(page) == []
    page.get_by_role("link", name="Add verification note").click()
    expect(page.get_by_label("Verdict")).to_be_visible()
    assert find_violations(page) == []
    page.get_by_role("button", name="Save note").click()
    expect(page.locator(".noteform [role=alert]")).to_be_visible()
    assert find_violations(page) == []
    page.get_by_label("Verdict").select_option("Supported")
    page.locator("#id_note-text").fill("Read the log.")
    page.get_by_role("button", name="Save note").click()
    expect(page.locator(".note")).to_contain_text("Read the log.")
    assert find_violations(page) == []


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_pages_of_their_own(visit, find_violations, fact_checker: User, story: Story, width: str, scheme: str):
    version = story.articles.first().current_version
    claim = story.claims.standing().first()
    for path in (version.get_absolute_url(), f"/claims/{claim.pk}/notes/new/", "/account/password/", "/nowhere/"):
        page = visit(path, as_=fact_checker, width=width, scheme=scheme)
        assert find_violations(page) == []
