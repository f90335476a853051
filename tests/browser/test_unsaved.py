"""What somebody typed and has not sent: no key, no other mark and no answer throws it away unasked."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Locator, Page, Route, expect

from articles.models import Claim, Decision, Entity, Story, Verb
from tests.browser.correcting import choose_claim, first_of, item, open_corrections, said, take_back
from tests.browser.test_correct_ledger import open_drawer, open_name
from tests.factory import make_story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(db: None) -> Story:
    return make_story(title="Ferry accident")


@pytest.fixture
def claim(story: Story) -> Claim:
    return story.claims.standing().get(divergences__kind="quantity")


def answer_with(page: Page, *, is_yes: bool) -> list[str]:
    """Every question the page asks from now on, answered so."""
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept() if is_yes else dialog.dismiss()))
    return asked


def begin_note(page: Page) -> Locator:
    page.locator("#panel [data-note-new]").click()
    field = page.locator("#panel .noteform textarea").first
    field.fill("Half a note.")
    return field


def begin_merge(page: Page) -> None:
    corrections = open_corrections(page)
    corrections.get_by_text("Same as another claim").click()
    choose_claim(corrections.locator("[id^=row-merge]"))
    corrections.get_by_label("Why", exact=False).last.fill("They say one thing.")


def test_merging_asks_before_a_half_written_note_goes(visit: Callable[..., Page], fact_checker: User, claim: Claim):
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    asked = answer_with(page, is_yes=False)
    note = begin_note(page)
    begin_merge(page)
    page.get_by_role("button", name="Merge into that claim").click()
    expect(note).to_have_value("Half a note.")
    assert len(asked) == 1
    claim.refresh_from_db()
    assert claim.merged_into is None


def test_merging_does_not_ask_about_its_own_form(visit: Callable[..., Page], fact_checker: User, claim: Claim):
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    asked = answer_with(page, is_yes=False)
    begin_merge(page)
    page.get_by_role("button", name="Merge into that claim").click()
    expect(said(page)).to_contain_text("erged")
    assert not asked


@pytest.mark.parametrize("is_yes", [True, False])
def test_taking_back_asks_before_a_half_written_note_goes(
    visit: Callable[..., Page], fact_checker: User, claim: Claim, is_yes: bool
):
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    begin_merge(page)
    page.get_by_role("button", name="Merge into that claim").click()
    expect(page.locator("#panel [data-claim-key]")).not_to_have_attribute("data-number", str(claim.number))
    asked = answer_with(page, is_yes=is_yes)
    note = begin_note(page)
    page.locator("#panel-body").focus()
    page.keyboard.press("z")
    if is_yes:
        expect(page.locator("#panel [data-claim-key]")).to_have_attribute("data-number", str(claim.number))
    else:
        expect(note).to_have_value("Half a note.")
    assert len(asked) == 1
    claim.refresh_from_db()
    assert (claim.merged_into is None) == is_yes


def test_taking_back_at_the_same_claim_keeps_what_is_half_written(
    visit: Callable[..., Page], fact_checker: User, claim: Claim
):
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    asked = answer_with(page, is_yes=False)
    corrections = open_corrections(page)
    item(corrections, first_of(claim)).get_by_role("button", name="Confirm").click()
    expect(said(page)).to_contain_text("Confirmed: this passage")
    note = begin_note(page)
    corrections.get_by_text("Reword the claim").click()
    field = page.locator("[data-corrections]").get_by_label("The claim in a sentence", exact=False).first
    field.fill("Many were aboard.")
    page.locator("#panel-body").focus()
    take_back(page)
    assert not asked
    expect(note).to_have_value("Half a note.")
    expect(field).to_be_visible()
    expect(field).to_have_value("Many were aboard.")


def test_taking_back_at_another_claim_asks_before_a_half_written_note_goes(
    visit: Callable[..., Page], fact_checker: User, story: Story, claim: Claim
):
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    asked = answer_with(page, is_yes=False)
    item(open_corrections(page), first_of(claim)).get_by_role("button", name="Confirm").click()
    expect(said(page)).to_contain_text("Confirmed: this passage")
    page.keyboard.press("j")
    expect(page.locator("#panel [data-claim-key]")).not_to_have_attribute("data-number", str(claim.number))
    note = begin_note(page)
    page.locator("#panel-body").focus()
    page.keyboard.press("z")
    expect(note).to_have_value("Half a note.")
    assert len(asked) == 1
    assert not Decision.objects.filter(verb=Verb.UNDO).exists()


def test_other_forms_half_written_outlive_a_decision(visit: Callable[..., Page], fact_checker: User, claim: Claim):
    alignment = first_of(claim)
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    corrections = open_corrections(page)
    corrections.get_by_text("Reword the claim").click()
    corrections.get_by_label("The claim in a sentence", exact=False).first.fill("Many were aboard.")
    corrections.get_by_text("Move or split off passages").click()
    corrections.locator(f"#pick-{alignment.pk}").check()
    item(corrections, alignment).get_by_role("button", name="Confirm").click()
    expect(said(page)).to_contain_text("Confirmed: this passage")
    field = page.locator("[data-corrections]").get_by_label("The claim in a sentence", exact=False).first
    expect(field).to_be_visible()
    expect(field).to_have_value("Many were aboard.")
    expect(page.locator(f"#pick-{alignment.pk}")).to_be_checked()
    # Once it is sent, it is not brought back.
    page.get_by_role("button", name="Save the wording").click()
    expect(page.locator(".panel [data-statement]")).to_have_text("Many were aboard.")
    page.locator(f"#pick-{alignment.pk}").uncheck()
    take_back(page)
    expect(field).to_have_value(claim.statement)


def test_other_forms_half_written_outlive_a_refusal(visit: Callable[..., Page], fact_checker: User, claim: Claim):
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    corrections = open_corrections(page)
    corrections.get_by_text("Reword the claim").click()
    corrections.get_by_label("The claim in a sentence", exact=False).first.fill("Many were aboard.")
    corrections.get_by_text("Move or split off passages").click()
    corrections.get_by_role("button", name="Split off").click()
    expect(page.get_by_role("alert").first).to_be_focused()
    field = page.locator("[data-corrections]").get_by_label("The claim in a sentence", exact=False).first
    expect(field).to_be_visible()
    expect(field).to_have_value("Many were aboard.")


def test_c_asks_before_it_closes_corrections(visit: Callable[..., Page], fact_checker: User, claim: Claim):
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    asked = answer_with(page, is_yes=False)
    corrections = open_corrections(page)
    corrections.get_by_text("Reword the claim").click()
    field = corrections.get_by_label("The claim in a sentence", exact=False).first
    field.fill("Many were aboard.")
    page.locator("[data-corrections-head]").focus()
    page.keyboard.press("c")
    assert len(asked) == 1
    expect(field).to_have_value("Many were aboard.")


@pytest.mark.parametrize("key", ["c", "Escape"])
def test_drawer_asks_before_it_closes(
    visit: Callable[..., Page], fact_checker: User, story: Story, claim: Claim, key: str
):
    page = visit(reverse("story_ledger", args=[story.slug]), as_=fact_checker)
    asked = answer_with(page, is_yes=False)
    drawer = open_drawer(page, claim)
    drawer.get_by_text("Reword the claim").click()
    field = drawer.get_by_label("The claim in a sentence", exact=True)
    field.fill("Many were aboard.")
    drawer.locator("[data-corrections-head]").focus()
    page.keyboard.press(key)
    assert len(asked) == 1
    other = story.claims.standing().exclude(pk=claim.pk).first()
    page.locator(f"#row-{other.number}").focus()
    page.keyboard.press("c")
    assert len(asked) == 2
    expect(field).to_have_value("Many were aboard.")


def test_sheet_of_a_name_asks_before_it_goes(visit: Callable[..., Page], fact_checker: User, story: Story):
    page = visit(story.get_absolute_url(), as_=fact_checker)
    asked = answer_with(page, is_yes=False)
    open_name(page)
    sheet = page.locator("#mark-sheet")
    sheet.locator("summary").get_by_text("Rename", exact=True).click()
    field = sheet.get_by_label("Name", exact=True)
    field.fill("Lena P. Dahl")
    page.locator("#mark-sheet-h").focus()
    page.keyboard.press("Escape")
    assert len(asked) == 1
    # Another mark asks as well.
    page.locator(".source").last.locator("[data-stop]").focus()
    page.keyboard.press("Enter")
    assert len(asked) == 2
    expect(field).to_have_value("Lena P. Dahl")
    assert Entity.objects.filter(name="Lena Dahl").exists()


def test_sheet_that_cannot_come_leaves_nothing_behind(visit: Callable[..., Page], fact_checker: User, story: Story):
    page = visit(story.get_absolute_url(), as_=fact_checker)
    page.route("**/marks/**", lambda route: route.fulfill(status=500))
    page.keyboard.press("4")
    page.keyboard.press("w")
    page.keyboard.press("Enter")
    expect(page.locator("#alerts")).to_contain_text("Something went wrong here")
    expect(page.locator("#mark-sheet")).to_have_count(0)
    visit.messages.clear()


def test_what_is_typed_while_the_next_claim_is_on_its_way_is_asked_about(
    visit: Callable[..., Page], fact_checker: User, story: Story, claim: Claim
):
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    asked = answer_with(page, is_yes=False)
    held: list[Route] = []
    page.locator("#panel [data-note-new]").click()
    field = page.locator("#panel .noteform textarea").first
    expect(field).to_be_visible()
    page.route("**/claims/*/", lambda route: held.append(route))
    other = story.claims.standing().exclude(pk=claim.pk).in_reading_order().last()
    page.evaluate(
        "number => document.dispatchEvent(new CustomEvent('claimWanted', { detail: { number } }))", str(other.number)
    )
    expect(page.locator(".panel[data-waiting]")).to_be_visible()

    field.fill("Half a note.")
    for route in held:
        route.continue_()

    expect(page.locator(".panel[data-waiting]")).to_have_count(0)
    expect(field).to_have_value("Half a note.")
    assert len(asked) == 1
    expect(page).to_have_url(re.compile(rf"claim={claim.number}$"))


def test_claim_that_is_pressed_twice_is_chosen_once(
    visit: Callable[..., Page], reader: User, story: Story, claim: Claim
):
    page = visit(claim.get_absolute_url(), as_=reader)
    held: list[Route] = []
    page.route("**/claims/*/", lambda route: held.append(route))
    other = story.claims.standing().exclude(pk=claim.pk).in_reading_order().last()
    for _ in range(2):
        page.evaluate(
            "number => document.dispatchEvent(new CustomEvent('claimWanted', { detail: { number } }))",
            str(other.number),
        )
    expect(page.locator(".panel[data-waiting]")).to_be_visible()
    while held:
        held.pop().continue_()

    expect(page.locator("#panel [data-number]")).to_have_attribute("data-number", str(other.number))
    expect(page).to_have_url(re.compile(rf"claim={other.number}$"))
    page.unroute("**/claims/*/")
    page.go_back()
    expect(page.locator("#panel [data-number]")).to_have_attribute("data-number", str(claim.number))
