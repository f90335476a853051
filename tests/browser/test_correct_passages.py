"""Correcting the passages of a claim, each act with its taking back: by mouse, by keyboard, without a script."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.models import Alignment, AlignmentDecision, Claim, Decision, Story
from tests.browser.correcting import first_of, item, make_three_accounts, open_corrections, said, take_back

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(db: None) -> Story:
    return make_three_accounts()


@pytest.fixture
def claim(story: Story) -> Claim:
    return story.claims.standing().get(divergences__kind="quantity")


@pytest.mark.parametrize(
    ("button", "word", "sentence"),
    [
        ("Confirm", "Confirmed by", "Confirmed: this passage makes claim"),
        ("Not this claim", "Rejected by", "Rejected: this passage does not make claim"),
        ("Unsure", "Unsure by", "Marked unsure"),
    ],
)
def test_deciding_about_a_passage(
    visit: Callable[..., Page], fact_checker: User, claim: Claim, button: str, word: str, sentence: str
):
    alignment = first_of(claim)
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    corrections = open_corrections(page)
    item(corrections, alignment).get_by_text("More").first.click()
    item(corrections, alignment).get_by_label("Why you decide so").fill("I was there.")
    item(corrections, alignment).get_by_role("button", name=button).click()
    expect(said(page)).to_contain_text(sentence)
    decided = item(page.locator("[data-corrections]"), alignment)
    expect(decided).to_contain_text(f"{word} Farid Checker")
    # The work goes on where it stopped.
    expect(decided).to_be_focused()
    assert Decision.objects.get().reason == "I was there."
    take_back(page, by="panel")
    alignment.refresh_from_db()
    assert alignment.decided_by is None


def test_confirming_by_keyboard_alone(visit: Callable[..., Page], fact_checker: User, claim: Claim):
    alignment = first_of(claim)
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    page.keyboard.press("c")
    expect(page.locator("[data-corrections-head]")).to_be_focused()
    # Once more closes them, and the focus is where they came from.
    page.keyboard.press("c")
    expect(page.locator("[data-corrections]")).to_have_count(0)
    expect(page.locator("[data-correct]")).to_be_focused()
    page.keyboard.press("Enter")
    button = item(page.locator("[data-corrections]"), alignment).get_by_role("button", name="Confirm")
    for _ in range(40):
        if button.evaluate("button => button === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(item(page.locator("[data-corrections]"), alignment)).to_be_focused()
    alignment.refresh_from_db()
    assert alignment.decision == AlignmentDecision.CONFIRMED


def test_rejecting_without_javascript(visit: Callable[..., Page], fact_checker: User, claim: Claim):
    alignment = first_of(claim)
    page = visit(claim.get_absolute_url(), as_=fact_checker, javascript=False)
    page.locator("[data-correct]").click()
    expect(page.get_by_role("heading", name=f"Correct claim {claim.number}")).to_be_visible()
    row = item(page.locator("[data-corrections]"), alignment)
    row.get_by_role("button", name="Not this claim").click()
    expect(page.locator(".messages")).to_contain_text("Rejected: this passage")
    alignment.refresh_from_db()
    assert alignment.decision == AlignmentDecision.REJECTED
    page.locator(".latest").get_by_role("button", name="Take back").click()
    alignment.refresh_from_db()
    assert alignment.decision == AlignmentDecision.SUGGESTED


def test_moving_a_passage(visit: Callable[..., Page], fact_checker: User, story: Story, claim: Claim):
    alignment = first_of(claim)
    other = story.claims.standing().exclude(pk=claim.pk).in_reading_order()[0]
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    corrections = open_corrections(page)
    row = item(corrections, alignment)
    row.locator(".more > summary").click()
    row.get_by_role("link", name="Move it, or split it off").click()
    expect(page.locator(f"#pick-{alignment.pk}")).to_be_checked()
    # By words, which narrow the list; Enter leads into it.
    find = corrections.locator("[id^=regroup] [data-claim-find]")
    find.fill(" ".join(other.statement.split()[:3]).upper())
    options = corrections.locator("[id^=regroup] [data-claim-options]")
    expect(options.locator("option").first).to_have_attribute("value", str(other.number))
    find.press("Enter")
    expect(options).to_be_focused()
    corrections.get_by_role("button", name="Move", exact=True).click()
    expect(said(page)).to_contain_text(f"Moved to claim {other.number}.")
    assert Alignment.objects.get(claim=other, appearance=alignment.appearance).decision == "confirmed"
    take_back(page)


def test_splitting_off_several_passages(visit: Callable[..., Page], fact_checker: User, story: Story, claim: Claim):
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    corrections = open_corrections(page)
    corrections.get_by_text("Move or split off passages").click()
    for box in corrections.locator("[name=passages]").all()[:2]:
        box.check()
    corrections.get_by_label("The new claim in a sentence").fill("Another ferry.")
    corrections.get_by_role("button", name="Split off").click()
    expect(said(page)).to_contain_text("Split off as claim")
    assert Alignment.objects.filter(claim__statement="Another ferry.", decision="confirmed").count() == 2
    made = story.claims.get(statement="Another ferry.")
    take_back(page)
    made.refresh_from_db()
    assert made.is_retired


def test_choosing_other_words(visit: Callable[..., Page], fact_checker: User, claim: Claim):
    alignment = first_of(claim)
    words = alignment.appearance.quote.rsplit(" ", 1)[0]
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    row = item(open_corrections(page), alignment)
    row.locator(".more > summary").click()
    row.get_by_text("Choose other words").click()
    row.get_by_label("The words that say it").fill("words of my own")
    row.get_by_role("button", name="Use these words").click()
    expect(page.get_by_role("alert").first).to_contain_text("do not stand in the text")
    row = item(page.locator("[data-corrections]"), alignment)
    expect(row.get_by_label("The words that say it")).to_have_value("words of my own")
    row.get_by_label("The words that say it").fill(words)
    row.get_by_role("button", name="Use these words").click()
    expect(said(page)).to_contain_text("these words are the passage")
    assert Alignment.objects.filter(claim=claim, appearance__quote=words, decision="confirmed").exists()
    take_back(page)


def test_choosing_other_words_in_the_text(visit: Callable[..., Page], fact_checker: User, claim: Claim):
    """Words are marked with the keys, and used as the passage from the toolbar."""
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    open_corrections(page)
    page.locator(".source-scroll").first.focus()
    page.keyboard.press("m")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    toolbar = page.get_by_role("toolbar", name="Chosen words")
    toolbar.get_by_role("button", name=f"Use as the passage of claim {claim.number}").click()
    expect(said(page)).to_contain_text("these words are the passage")
    decision = Decision.objects.get()
    assert decision.quote == "Ferry runs aground off"
    take_back(page)


def test_words_are_offered_only_while_corrections_are_open(
    visit: Callable[..., Page], fact_checker: User, claim: Claim
):
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    page.locator(".source-scroll").first.focus()
    page.keyboard.press("m")
    expect(page.get_by_role("toolbar", name="Chosen words")).to_be_visible()
    expect(page.get_by_role("button", name="Use as the passage")).to_have_count(0)


def test_changing_the_stance(visit: Callable[..., Page], fact_checker: User, claim: Claim):
    alignment = first_of(claim)
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    row = item(open_corrections(page), alignment)
    row.locator(".more > summary").click()
    row.get_by_text("Who says it, and how certain").click()
    row.get_by_label("How certain it sounds").select_option("Probable")
    row.get_by_role("button", name="Save").click()
    expect(said(page)).to_contain_text("Changed: who says it")
    expect(row).to_contain_text("Certainty set by Farid Checker")
    alignment.appearance.refresh_from_db()
    assert alignment.appearance.certainty == "PR+"
    take_back(page)
    alignment.appearance.refresh_from_db()
    assert alignment.appearance.certainty == "CT+"
