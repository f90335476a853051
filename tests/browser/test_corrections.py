"""Correcting in a real browser: nothing moves, the page follows, possible matches one by one, and others decide too."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles import deciding
from articles.models import Alignment, AlignmentDecision, Claim, ClaimState, Decision, Entity, Story, Verb
from articles.reading.possible import next_possible
from tests.browser.correcting import first_of, item, make_three_accounts, open_corrections, said, take_back
from tests.browser.screens import LOOKS
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db(transaction=True)

UNFOLD = "document.querySelectorAll('#main .corrections details').forEach(details => { details.open = true; })"


@pytest.fixture
def story(db: None) -> Story:
    return make_three_accounts()


@pytest.fixture
def claim(story: Story) -> Claim:
    return story.claims.standing().get(divergences__kind="quantity")


MARK = """
window.isSamePage = true;
document.querySelectorAll(".source-scroll").forEach(box => box.scrollTo({ top: 40, behavior: "instant" }));
"""
SCROLLED = "[...document.querySelectorAll('.source-scroll')].map(box => box.scrollTop)"


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_nothing_moves_and_nothing_closes(visit: Callable[..., Page], fact_checker: User, claim: Claim, width: str):
    """No other page comes: the columns stay where they were read, folds open, a note half written as it is."""
    alignment = first_of(claim)
    page = visit(claim.get_absolute_url(), as_=fact_checker, width=width)
    corrections = open_corrections(page)
    page.locator("#panel [data-note-new]").click()
    page.locator("#panel .noteform textarea").first.fill("Half a note.")
    item(corrections, alignment).locator(".more > summary").click()
    page.evaluate(MARK)
    scrolled = page.evaluate(SCROLLED)
    button = item(corrections, alignment).get_by_role("button", name="Confirm")
    button.scroll_into_view_if_needed()
    row = item(page.locator("[data-corrections]"), alignment)
    height = row.bounding_box()["y"]
    button.focus()
    page.keyboard.press("Enter")
    expect(row).to_contain_text("Confirmed by")
    assert page.evaluate("window.isSamePage")
    assert page.evaluate(SCROLLED) == scrolled
    assert abs(row.bounding_box()["y"] - height) < 2
    expect(row.locator(".more")).to_have_attribute("open", "")
    expect(page.locator("#panel .noteform textarea").first).to_have_value("Half a note.")
    expect(page.locator("[data-status-line], #toast").last).to_contain_text("Confirmed")


LOOK = """
[...document.querySelectorAll(
  ".headline, .prose > p, .source-cell, [id^=ticks-], #index-lists, #index-possible, #tally"
)].map(part => {
  const copy = part.cloneNode(true);
  for (const each of [copy, ...copy.querySelectorAll("*")]) {
    // Set by scripts: places of flags, the one stop of each column.
    for (const name of ["style", "tabindex", "role", "aria-haspopup", "data-stop", "class"]) each.removeAttribute(name);
  }
  return copy.innerHTML.replace(/\\s+/g, " ");
})
"""


@pytest.mark.parametrize("button", ["Not this claim", "Confirm"])
def test_the_page_is_as_if_it_were_opened_anew(
    visit: Callable[..., Page], fact_checker: User, claim: Claim, button: str
):
    """Marks, cells, the list of claims and the counts follow without a reload, and when it is taken back."""
    alignment = Alignment.objects.filter(claim=claim).live().order_by("appearance__version").last()
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    first = page.evaluate(LOOK)
    item(open_corrections(page), alignment).get_by_role("button", name=button).click()
    expect(said(page)).to_contain_text("passage")
    in_place = page.evaluate(LOOK)
    other = visit(page.url, as_=fact_checker)
    assert other.evaluate(LOOK) == in_place
    if button == "Not this claim":
        assert in_place != first
    take_back(page)
    in_place = page.evaluate(LOOK)
    other.reload()
    assert other.evaluate(LOOK) == in_place


def test_what_was_drawn_in_the_text_stays_drawn(visit: Callable[..., Page], fact_checker: User):
    body = "The harbour of Norvik was closed on Monday, said harbour master Lena Dahl."
    told = f"{body}\n\nTwelve divers came on Tuesday, said harbour master Lena Dahl."
    story = make_story([make_article("One", "A", told), make_article("Two", "B", told)])
    claim = story.claims.standing().filter(state=ClaimState.AGREED).in_reading_order()[0]
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    open_corrections(page)
    # The list lies behind the panel of a chosen claim.
    page.evaluate("document.querySelector('#draw-agreed').click()")
    item(page.locator("[data-corrections]"), first_of(claim)).get_by_role("button", name="Unsure").click()
    expect(said(page)).to_contain_text("Marked unsure")
    expect(page.locator("#draw-agreed")).to_be_checked()


@pytest.fixture
def queue(story: Story) -> Story:
    """Three undecided matches that every comparison finds again or keeps."""
    while Alignment.objects.filter(claim__story=story).undecided().count() < 3:
        claim = story.claims.standing().in_reading_order()[0]
        others = Alignment.objects.live().filter(claim__story=story).exclude(appearance__alignments__claim=claim)
        Alignment.objects.create(
            claim=claim, appearance=others[0].appearance, method="words", score=0.4, decision=AlignmentDecision.POSSIBLE
        )
    return story


def test_queue_by_keyboard_alone(visit: Callable[..., Page], fact_checker: User, queue: Story):
    page = visit(queue.get_absolute_url(), as_=fact_checker)
    page.get_by_role("link", name="to decide").click()
    expect(page.locator("#queue-yes")).to_be_focused()
    first = next_possible(queue)
    assert first
    page.keyboard.press("n")
    expect(page.locator("#queue-undo")).to_be_visible()
    first.asked.row.refresh_from_db()
    assert first.asked.row.decision == AlignmentDecision.REJECTED
    page.keyboard.press("z")
    expect(page.locator("#queue-undo")).to_have_count(0)
    expect(page.locator("[name=alignment]")).to_have_value(str(first.asked.row.pk))
    for key in "ynu":
        if not page.locator("#queue-yes").count():
            break
        done = Decision.objects.exclude(verb=Verb.UNDO).count()
        page.keyboard.press(key)
        expect(page.locator("[name=done]").first).not_to_have_value(str(done - 1))
        page.wait_for_function(f"document.querySelector('.queue-last [name=done]')?.value >= '{done}'")
    assert Decision.objects.filter(verb=Verb.CONFIRM).exists()
    # What was answered and can be taken back is in the address.
    address = page.url
    assert "done=" in address
    page.reload()
    expect(page.locator("#queue-undo")).to_be_visible()


def test_focus_stays_on_the_answer(visit: Callable[..., Page], fact_checker: User, queue: Story):
    page = visit(reverse("story_possible", args=[queue.slug]), as_=fact_checker)
    page.locator("#queue-unsure").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#queue-undo")).to_be_visible()
    expect(page.locator("#queue-unsure")).to_be_focused()
    expect(page.locator("#queue-status")).to_contain_text("1 answered")


def test_queue_without_javascript(visit: Callable[..., Page], fact_checker: User, queue: Story):
    page = visit(reverse("story_possible", args=[queue.slug]), as_=fact_checker, javascript=False)
    page.get_by_role("button", name="Unsure").click()
    expect(page.locator("[data-place]")).to_contain_text("1 answered")
    page.get_by_role("button", name="Take back").click()
    expect(page.locator("[data-place]")).not_to_contain_text("answered")


def test_two_people_at_once(visit: Callable[..., Page], fact_checker: User, editor: User, claim: Claim):
    mine = visit(claim.get_absolute_url(), as_=fact_checker)
    corrections = open_corrections(mine)
    corrections.get_by_text("Reword the claim").click()
    field = corrections.get_by_label("The claim in a sentence", exact=False).first
    field.fill("My careful words.")

    deciding.edit_statement(claim=claim, statement="Theirs.", by=editor, expected=claim.revision)
    corrections.get_by_role("button", name="Save the wording").click()
    alert = mine.locator("[data-corrections] [role=alert]").first
    expect(alert).to_contain_text("somebody was faster")
    expect(alert).to_be_focused()
    expect(mine.locator(".latest")).to_contain_text("Edda Editor")
    field = mine.locator("[data-corrections]").get_by_label("The claim in a sentence", exact=False).first
    expect(field).to_have_value("My careful words.")
    claim.refresh_from_db()
    assert claim.statement == "Theirs."
    mine.get_by_role("button", name="Save the wording").click()
    expect(mine.locator(".panel [data-statement]")).to_have_text("My careful words.")


def test_reader_sees_no_corrections(visit: Callable[..., Page], reader: User, queue: Story, claim: Claim):
    page = visit(claim.get_absolute_url(), as_=reader)
    expect(page.locator("[data-statement]")).to_be_visible()
    for selector in ("[data-correct]", ".same-claim", "[data-claim-new]", ".index-possible"):
        expect(page.locator(selector)).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_accessible(
    visit: Callable[..., Page], find_violations, fact_checker: User, queue: Story, claim: Claim, width: str, scheme: str
):
    page = visit(claim.get_absolute_url(), as_=fact_checker, width=width, scheme=scheme)
    open_corrections(page)
    page.evaluate(UNFOLD)
    assert find_violations(page) == []
    alignment = first_of(claim)
    deciding.confirm(alignment=alignment, by=fact_checker, expected=0)
    entity = Entity.objects.get(name="Lena Dahl")
    version = queue.articles.first().current_version
    for path in (
        reverse("claim_correct", args=[claim.pk]),
        reverse("claim_new", args=[version.pk]),
        reverse("story_possible", args=[queue.slug]),
        reverse("entity_edit", args=[entity.pk]),
    ):
        page.goto(path)
        page.evaluate(UNFOLD)
        assert find_violations(page) == [], path
