"""Leaving a page and coming back to it: nothing half written goes unasked, and what was saved meanwhile is shown."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Dialog, Page, Route, expect

from annotations.models import Note
from articles import deciding
from articles.models import Claim, Story
from tests.browser.correcting import first_of, item, open_corrections, said
from tests.browser.test_correct_ledger import open_drawer
from tests.browser.test_unsaved import answer_with, begin_note
from tests.factory import make_story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(db: None) -> Story:
    return make_story(title="Ferry accident")


@pytest.fixture
def claim(story: Story) -> Claim:
    return story.claims.standing().get(divergences__kind="quantity")


def shown(page: Page, claim: Claim):
    return page.locator(f"#panel [data-claim-key][data-number='{claim.number}']")


def save_note(page: Page) -> None:
    page.get_by_label("Verdict").select_option("Supported")
    page.locator("#id_note-text").fill("The harbour log lists 120 names.")
    page.locator("#id_evidence-0-url").fill("https://harbour.example/log")
    page.locator("#id_evidence-0-citation").fill("Harbour log")
    page.get_by_role("button", name="Save note").click()
    expect(page.locator("#panel .noteform form")).to_have_count(0)
    assert Note.objects.count() == 1


# --- Half written -------------------------------------------------------------------------------------------------


def stay(page: Page) -> list[str]:
    """Every question from now on is answered by staying; their types."""
    asked: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", dismiss)
    return asked


@pytest.mark.parametrize("way", ["Ledger", "reload"])
def test_leaving_asks_before_a_half_written_note_goes(
    visit: Callable[..., Page], fact_checker: User, claim: Claim, way: str
):
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    note = begin_note(page)
    note.press_sequentially(" And more.")
    asked = stay(page)

    if way == "reload":
        page.evaluate("location.reload()")
    else:
        page.get_by_role("link", name=way).click(no_wait_after=True)

    expect(note).to_have_value(re.compile("And more"))
    assert asked == ["beforeunload"]


def test_leaving_asks_when_the_note_could_not_be_sent(visit: Callable[..., Page], fact_checker: User, claim: Claim):
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    note = begin_note(page)
    page.get_by_label("Verdict").select_option("Supported")
    note.press_sequentially(" And more.")
    page.route("**/notes/new/", lambda route: route.abort())
    page.get_by_role("button", name="Save note").click()
    expect(page.locator("#alerts")).to_contain_text("nothing was saved")
    asked = stay(page)

    page.get_by_role("link", name="Ledger").click(no_wait_after=True)

    expect(note).to_have_value(re.compile("And more"))
    assert asked == ["beforeunload"]
    visit.messages.clear()  # the request that was cut off


def test_leaving_asks_nothing_when_the_note_is_saved(visit: Callable[..., Page], fact_checker: User, claim: Claim):
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    note = begin_note(page)
    note.press_sequentially(" And more.")
    save_note(page)
    asked = stay(page)

    page.get_by_role("link", name="Ledger").click()

    expect(page.get_by_role("table")).to_be_visible()
    assert not asked


def test_filter_of_the_ledger_asks_before_a_half_written_correction_goes(
    visit: Callable[..., Page], fact_checker: User, story: Story, claim: Claim
):
    page = visit(reverse("story_ledger", args=[story.slug]), as_=fact_checker)
    drawer = open_drawer(page, claim)
    drawer.get_by_text("Reword the claim").click()
    field = drawer.get_by_label("The claim in a sentence", exact=False).first
    field.fill("Many were aboard.")
    asked = answer_with(page, is_yes=False)

    page.locator("label.chip", has_text="Agreed").click()

    expect(field).to_have_value("Many were aboard.")
    expect(page.locator("[name=state]:checked")).to_have_value("")
    assert len(asked) == 1
    assert "state=" not in page.url


def test_going_back_asks_and_the_address_says_what_is_shown(
    visit: Callable[..., Page], fact_checker: User, story: Story, claim: Claim
):
    other = story.claims.standing().exclude(pk=claim.pk)[0]
    page = visit(other.get_absolute_url(), as_=fact_checker)
    page.locator(f"#panel-all, .index-list a[data-select='{claim.number}']").first.click()
    page.locator(f".index-list a[data-select='{claim.number}']").click()
    expect(shown(page, claim)).to_have_count(1)
    note = begin_note(page)
    asked = answer_with(page, is_yes=False)

    page.go_back()

    expect(note).to_have_value("Half a note.")
    assert len(asked) == 1
    expect(page).to_have_url(re.compile(rf"claim={claim.number}$"))


# --- On its way ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["j", "c", "Escape"])
def test_key_pressed_before_a_decision_is_answered_waits_for_it(
    visit: Callable[..., Page], fact_checker: User, claim: Claim, key: str
):
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    held: list[Route] = []
    corrections = open_corrections(page)
    page.route("**/correct/", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    with page.expect_request("**/correct/"):
        item(corrections, first_of(claim)).get_by_role("button", name="Confirm").click()
    page.keyboard.press(key)
    expect(shown(page, claim)).to_have_count(1)

    held[0].continue_()

    expect(said(page)).to_contain_text("Confirmed: this passage")
    if key == "c":
        expect(page.locator("[data-corrections]")).to_have_count(0)
    else:
        gone = shown(page, claim) if key == "j" else page.locator(".panel[data-chosen]")
        expect(gone).to_have_count(0)
        expect(page).not_to_have_url(re.compile(rf"claim={claim.number}$"))
    page.keyboard.press("z")
    expect(said(page)).to_contain_text("Taken back.")


def test_refused_decision_stays_in_sight(visit: Callable[..., Page], fact_checker: User, editor: User, claim: Claim):
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    held: list[Route] = []
    alignment = first_of(claim)
    corrections = open_corrections(page)
    deciding.confirm(alignment=alignment, expected=alignment.revision, by=editor)
    page.route("**/correct/", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    with page.expect_request("**/correct/"):
        item(corrections, alignment).get_by_role("button", name="Not this claim").click()
    page.keyboard.press("j")

    held[0].continue_()

    expect(page.locator("[data-corrections]").get_by_role("alert").first).to_contain_text("somebody was faster")
    expect(shown(page, claim)).to_have_count(1)
    visit.messages.clear()  # the refusal


# --- Coming back --------------------------------------------------------------------------------------------------


def test_ledger_shows_on_the_way_back_what_was_saved_meanwhile(
    visit: Callable[..., Page], fact_checker: User, story: Story, claim: Claim
):
    page = visit(reverse("story_ledger", args=[story.slug]), as_=fact_checker)
    row = page.locator(f"#row-{claim.number}")
    expect(row).to_contain_text("Unchecked")
    row.focus()
    page.keyboard.press("n")
    save_note(page)

    page.go_back()

    expect(row).to_contain_text("Supported")


# --- Which claim --------------------------------------------------------------------------------------------------


def test_choosing_columns_comes_back_to_the_claim_that_is_shown(
    visit: Callable[..., Page], reader: User, story: Story, claim: Claim
):
    page = visit(story.get_absolute_url(), as_=reader)
    page.locator(f".index-list a[data-select='{claim.number}']").click()
    expect(shown(page, claim)).to_have_count(1)
    page.locator(".chooser summary").click()
    page.locator("#columns [name=show]").last.uncheck()

    page.get_by_role("button", name="Show these").click()

    expect(page.locator(".source")).to_have_count(1)
    expect(shown(page, claim)).to_have_count(1)
    expect(page).to_have_url(re.compile(rf"claim={claim.number}\b"))


def test_low_window_opens_at_the_claim_of_its_address(visit: Callable[..., Page], reader: User, claim: Claim):
    page = visit("/", as_=reader)
    page.set_viewport_size({"width": 844, "height": 390})

    page.goto(claim.get_absolute_url())

    expect(page.locator("#panel h2").first).to_be_in_viewport()


def test_words_typed_into_the_ledger_leave_no_entries_in_the_history(
    visit: Callable[..., Page], reader: User, story: Story
):
    page = visit(reverse("story_ledger", args=[story.slug]), as_=reader)
    before = page.evaluate("history.length")
    for words in ("fer", "ferry"):
        page.locator("#ledger-q").fill(words)
        expect(page).to_have_url(re.compile(rf"q={words}$"))
    assert page.evaluate("history.length") == before

    page.locator("label.chip", has_text="Differing").click()

    expect(page).to_have_url(re.compile("state=differs"))
    assert page.evaluate("history.length") == before + 1


def test_printing_leads_to_all_claims_first(
    visit: Callable[..., Page], reader: User, story: Story, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("articles.views.ledger.ROWS_A_PAGE", 2)
    page = visit(reverse("story_ledger", args=[story.slug]), as_=reader)
    page.add_init_script("window.print = () => { document.title = 'printed'; }")
    expect(page.locator("tr[data-claim]")).to_have_count(2)

    page.get_by_role("button", name="Print").click()

    expect(page).to_have_title("printed")
    expect(page.locator("tr[data-claim]")).to_have_count(story.claims.standing().count())
    assert page.url.endswith("?page=all")


def test_leaving_the_sign_in_page_asks_nothing(page: Page, db: None):
    page.goto("/account/sign-in/")
    page.get_by_label("Name or work e-mail").press_sequentially("noor")
    asked = stay(page)

    page.evaluate("location.assign('/healthz')")

    page.wait_for_url("**/healthz")
    assert not asked
