"""The main job, as a person does it: sign in, bring two accounts in, read, choose a claim, leave a note."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from annotations.models import Note
from articles.models import Article, Story
from articles.roles import FACT_CHECKER
from tests.browser.reading import choose_claim
from tests.factory import PASSWORD, make_story

pytestmark = pytest.mark.django_db(transaction=True)

HARBOUR = """Ferry runs aground off Norvik

A ferry with 120 passengers ran aground off Norvik on Monday. “Nobody was hurt,” said harbour master Lena Dahl.

The company has not commented.
"""
COAST = """Ferry with at least 140 aboard grounds near Norvik

A ferry with at least 140 passengers ran aground off Norvik on Monday. “Nobody at all was hurt,” said Lena Dahl.

Divers will look at the hull on Tuesday.
"""


def sign_in(page: Page, user: User) -> None:
    page.get_by_label("Name or work e-mail").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_the_main_job(visit: Callable[..., Page], administrator: User, tmp_path: Path):
    from django.contrib.auth.models import Group

    administrator.groups.add(Group.objects.get(name=FACT_CHECKER))
    for name, text in (("Harbour Post", HARBOUR), ("Coast Daily", COAST)):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    page = visit("/")
    expect(page).to_have_title(re.compile("Sign in"))
    sign_in(page, administrator)
    expect(page.get_by_role("heading", name="No stories yet")).to_be_visible()

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Import").click()
    page.get_by_text("Upload files").click()
    page.locator("[name=uploads]").set_input_files([tmp_path / "Harbour Post.txt", tmp_path / "Coast Daily.txt"])
    page.get_by_text("Start a new story").click()
    page.get_by_label("Title of the new story").fill("Ferry accident off Norvik")
    page.get_by_role("button", name="Import").click()
    expect(page.locator(".run")).to_have_count(2)
    assert Article.objects.count() == 2

    page.get_by_role("link", name="Read the story").click()
    expect(page.locator(".source")).to_have_count(2)
    choose_claim(page)
    expect(page.locator(".panel")).to_contain_text("Number differs")
    expect(page).to_have_url(re.compile(r"claim=\d+"))

    page.get_by_role("link", name="Add verification note").click()
    page.get_by_label("Verdict").select_option("Supported")
    page.locator("#id_note-text").fill("The harbour log lists 120 names.")
    page.locator("#id_evidence-0-url").fill("https://harbour.example/log")
    page.locator("#id_evidence-0-citation").fill("Harbour log")
    page.get_by_role("button", name="Save note").click()
    expect(page.locator(".note")).to_contain_text("The harbour log lists 120 names.")
    note = Note.objects.get()
    expect(page.locator(".prose a.flag:visible").first).to_contain_text("1")
    assert note.claim.status == "supported"

    page.reload()
    expect(page.locator(".note")).to_contain_text("Harbour log")


@pytest.fixture
def story(db: None) -> Story:
    return make_story(title="Ferry accident")


def test_invalid_note_keeps_what_was_typed(visit: Callable[..., Page], fact_checker: User, story: Story):
    page = visit(story.get_absolute_url(), as_=fact_checker)
    choose_claim(page)
    page.get_by_role("link", name="Add verification note").click()
    page.locator("#id_note-text").fill("Half a thought")
    page.get_by_role("button", name="Save note").click()
    alert = page.locator(".noteform [role=alert]")
    expect(alert).to_contain_text("not saved yet")
    expect(alert).to_be_focused()
    expect(page.locator("#id_note-text")).to_have_value("Half a thought")
    assert not Note.objects.exists()


def test_keyboard_alone(visit: Callable[..., Page], fact_checker: User, story: Story):
    page = visit(story.get_absolute_url(), as_=fact_checker)
    page.keyboard.press("j")
    expect(page.locator(".panel h2[id^=claim]")).to_be_visible()
    first = page.locator(".panel h2[id^=claim]").get_attribute("id") or ""
    page.keyboard.press("j")
    expect(page.locator(f"#{first}")).to_have_count(0)
    page.keyboard.press("k")
    expect(page.locator(f"#{first}")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_label("Verdict")).to_be_visible()
    page.get_by_label("Verdict").press("Tab")
    page.keyboard.type("nj?")
    expect(page.locator("#id_note-text")).to_have_value("nj?")


def test_back_button_restores_the_claim(visit: Callable[..., Page], fact_checker: User, story: Story):
    page = visit("/", as_=fact_checker)
    page.get_by_role("link", name="Ferry accident").click()
    choose_claim(page)
    chosen = page.locator(".panel h2[id^=claim]").get_attribute("id")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Stories").click()
    page.go_back()
    expect(page.locator(f"#{chosen}")).to_be_visible()


def test_ended_session_signs_in_in_place_and_keeps_the_note(visit: Any, fact_checker: User, story: Story):
    page = visit(story.get_absolute_url(), as_=fact_checker)
    choose_claim(page)
    page.get_by_role("link", name="Add verification note").click()
    page.get_by_label("Verdict").select_option("Supported")
    page.locator("#id_note-text").fill("Written before the session ended.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save note").click()
    dialog = page.locator("dialog[open]")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog).to_have_count(0)
    if not Note.objects.exists():
        expect(page.locator("#id_note-text")).to_have_value("Written before the session ended.")
        page.get_by_role("button", name="Save note").click()
    expect(page.locator(".note")).to_contain_text("Written before the session ended.")
    assert Note.objects.count() == 1
    # htmx itself reports the 401 that opened the dialog.
    assert any("401" in message for message in visit.messages)
    visit.messages.clear()


def test_two_people_at_once(visit: Callable[..., Page], fact_checker: User, editor: User, story: Story):
    mine = visit(story.get_absolute_url(), as_=fact_checker)
    choose_claim(mine)
    mine.get_by_role("link", name="Add verification note").click()
    mine.get_by_label("Verdict").select_option("Supported")
    mine.locator("#id_note-text").fill("First words.")
    mine.get_by_role("button", name="Save note").click()
    expect(mine.locator(".note")).to_contain_text("First words.")
    mine.get_by_role("link", name="Revise").click()
    mine.locator("#id_note-text").fill("My second words.")

    theirs = visit(mine.url, as_=editor)
    theirs.get_by_role("link", name="Revise").click()
    theirs.locator("#id_note-text").fill("Their second words.")
    theirs.get_by_role("button", name="Save note").click()
    expect(theirs.locator(".note")).to_contain_text("Their second words.")

    mine.get_by_role("button", name="Save note").click()
    expect(mine.locator(".noteform [role=alert]")).to_contain_text("Nothing is lost")
    expect(mine.locator(".theirs")).to_contain_text("Their second words.")
    expect(mine.locator("#id_note-text")).to_have_value("My second words.")
    mine.get_by_role("button", name="Save note").click()
    expect(mine.locator(".note").first).to_contain_text("My second words.")
    assert list(Note.objects.get().revisions.values_list("text", flat=True)) == [
        "First words.",
        "Their second words.",
        "My second words.",
    ]


def test_without_javascript(visit: Callable[..., Page], fact_checker: User, story: Story):
    page = visit(story.get_absolute_url(), as_=fact_checker, javascript=False)
    choose_claim(page)
    page.get_by_role("link", name="Add verification note").click()
    page.get_by_label("Verdict").select_option("Contradicted")
    page.locator("#id_note-text").fill("No such ferry.")
    page.get_by_role("button", name="Add a link").click()
    expect(page.locator("#id_note-text")).to_have_value("No such ferry.")
    expect(page.locator("#id_evidence-1-url")).to_be_visible()
    page.get_by_role("button", name="Save note").click()
    expect(page.locator(".note")).to_contain_text("No such ferry.")
    expect(page.locator(".panel h2[id^=claim]")).to_be_visible()


def test_reader_reads_and_cannot_write(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    choose_claim(page)
    expect(page.locator(".panel")).to_contain_text("Verification")
    expect(page.get_by_role("link", name="Add verification note")).to_have_count(0)


def test_note_page_of_its_own_saves_with_javascript_too(visit: Callable[..., Page], fact_checker: User, story: Story):
    claim = story.claims.standing().first()
    page = visit(f"/claims/{claim.pk}/notes/new/", as_=fact_checker)
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_role("alert").first).to_contain_text("not saved yet")
    page.get_by_label("Verdict").select_option("Supported")
    page.locator("#id_note-text").fill("Read the log.")
    page.get_by_role("button", name="Save note").click()
    expect(page.locator(".panel .note")).to_contain_text("Read the log.")
    assert Note.objects.count() == 1
