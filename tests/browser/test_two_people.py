"""Two people at once: what one decides is announced to the other, and a form that came too late loses no word."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from articles import deciding
from articles.models import Alignment, AlignmentDecision, Certainty, Claim, Decision, Entity, Story
from tests.browser.correcting import first_of, item, open_corrections, said
from tests.browser.screens import make_full_story
from tests.browser.test_correct_ledger import open_drawer, open_name

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(administrator: User) -> Story:
    return make_full_story(administrator)


@pytest.fixture
def claim(story: Story) -> Claim:
    return story.claims.standing().get(divergences__kind="quantity")


def test_corrections_of_others_are_announced_and_shown_when_asked_for(
    visit: Callable[..., Page], fact_checker: User, editor: User, story: Story, claim: Claim
):
    mine = visit("/", as_=fact_checker)
    mine.clock.install()
    mine.goto(claim.get_absolute_url())
    mine.locator("#panel [data-note-new]").click()
    mine.locator("#id_note-text").fill("Half a note.")

    theirs = visit(claim.get_absolute_url(), as_=editor)
    corrections = open_corrections(theirs)
    corrections.get_by_text("Reword the claim").click()
    corrections.get_by_label("The claim in a sentence", exact=True).fill("More than a hundred were aboard.")
    corrections.get_by_role("button", name="Save the wording").click()
    expect(said(theirs)).to_contain_text("Take back")
    mine.clock.fast_forward(31_000)

    news = mine.locator("[data-news]")
    expect(news).to_contain_text("1 new correction")
    # Nothing else has changed under the reader's eyes.
    expect(mine.locator("#panel [data-statement]")).to_have_text(claim.statement)
    expect(mine.locator("#id_note-text")).to_have_value("Half a note.")
    mine.get_by_role("link", name="Cancel").click()
    news.get_by_role("link", name="Show").click()
    expect(mine.locator("#panel [data-statement]")).to_have_text("More than a hundred were aboard.")
    expect(mine.locator("[data-news]")).to_be_empty()
    # Nobody is told of what they did themselves.
    theirs.reload()
    news_of_mine = theirs.evaluate(
        "fetch(document.querySelector('[data-news]').dataset.news, { headers: { 'HX-Request': 'true' } })"
        ".then(answer => answer.text())"
    )
    assert "new" not in news_of_mine


@pytest.mark.parametrize("screen", ["story_ledger", "story_rows"])
def test_tables_say_what_others_did_and_show_it_when_asked(
    visit: Callable[..., Page], reader: User, editor: User, story: Story, claim: Claim, screen: str
):
    page = visit("/", as_=reader)
    page.clock.install()
    page.goto(reverse(screen, args=[story.slug]))
    top = page.get_by_role("table").first.bounding_box()
    alignment = first_of(claim)
    deciding.reject(alignment=alignment, expected=alignment.revision, by=editor)

    page.clock.fast_forward(31_000)

    news = page.locator("[data-news]")
    expect(news).to_contain_text("1 new correction")
    assert page.get_by_role("table").first.bounding_box() == top
    news.get_by_role("link", name="Show").click()
    expect(news).to_be_empty()


# What somebody typed, in which form, and what the other did just before it was sent.
Form = Callable[[Locator, Alignment], Locator]


def reword(root: Locator, _: Alignment) -> Locator:
    root.get_by_text("Reword the claim").click()
    field = root.get_by_label("The claim in a sentence", exact=True)
    field.fill("My careful words.")
    return field


def change_words(root: Locator, alignment: Alignment) -> Locator:
    row = item(root, alignment)
    row.locator(".more > summary").click()
    row.get_by_text("Choose other words").click()
    field = row.get_by_label("The words that say it")
    field.fill(alignment.appearance.quote.rsplit(" ", 1)[0])
    return field


def name_speaker(root: Locator, alignment: Alignment) -> Locator:
    row = item(root, alignment)
    row.locator(".more > summary").click()
    row.get_by_text("Who says it, and how certain").click()
    field = row.get_by_label("Who says it").first
    field.fill("Lena Dahl")
    return field


def split_off(root: Locator, alignment: Alignment) -> Locator:
    root.get_by_text("Move or split off passages").click()
    root.locator(f"#pick-{alignment.pk}").check()
    field = root.get_by_label("The new claim in a sentence")
    field.fill("My new claim.")
    return field


FORMS: dict[str, tuple[Form, str]] = {
    "statement": (reword, "Save the wording"),
    "other words": (change_words, "Use these words"),
    "speaker": (name_speaker, "Save"),
    "split": (split_off, "Split off"),
}


def overtake(claim: Claim, alignment: Alignment, by: User, what: str) -> None:
    if what == "statement":
        deciding.edit_statement(claim=claim, statement="Theirs.", by=by, expected=claim.revision)
    elif what == "speaker":
        words = alignment.appearance
        deciding.edit_certainty(
            appearance=words, claim=claim, certainty=Certainty.POSSIBLE, by=by, expected=words.revision
        )
    else:
        deciding.reject(alignment=alignment, by=by, expected=alignment.revision)


@pytest.mark.parametrize("place", ["texts", "ledger", "page without a script"])
@pytest.mark.parametrize("what", FORMS)
def test_form_that_came_too_late_says_so_and_keeps_what_was_typed(
    visit: Callable[..., Page], fact_checker: User, editor: User, story: Story, claim: Claim, what: str, place: str
):
    alignment = Alignment.objects.filter(claim=claim).live().select_related("appearance", "claim").order_by("pk").last()
    assert alignment
    fill, button = FORMS[what]
    if place == "ledger":
        page = visit(reverse("story_ledger", args=[story.slug]), as_=fact_checker)
        root = open_drawer(page, claim)
    elif place == "texts":
        page = visit(claim.get_absolute_url(), as_=fact_checker)
        root = open_corrections(page)
    else:
        page = visit(reverse("claim_correct", args=[claim.pk]), as_=fact_checker, javascript=False)
        root = page.locator("#main")
    typed = fill(root, alignment).input_value()
    overtake(claim, alignment, editor, what)
    theirs = Decision.objects.latest("pk").pk

    form = root.locator("form", has=page.locator("[name=quote], [name=statement], [name=speaker]")).filter(
        has=page.get_by_role("button", name=button, exact=True)
    )
    form.get_by_role("button", name=button, exact=True).and_(page.locator(":visible")).first.click()

    alert = page.locator("[data-corrections]").get_by_role("alert").first
    expect(alert).to_contain_text("somebody was faster")
    if place != "page without a script":
        expect(alert).to_be_focused()
        # What stands around it is older: the page says so at once.
        expect(page.locator("[data-news]")).to_contain_text("1 new correction")
    expect(page.locator("[data-corrections]")).to_contain_text("Edda Editor")
    assert Decision.objects.latest("pk").pk == theirs
    kept = page.locator("[data-corrections]").evaluate(
        "(part, typed) => part.innerText.includes(typed) || [...part.querySelectorAll('input, textarea')]"
        ".some(field => field.value === typed && field.checkVisibility())",
        typed,
    )
    assert kept


def test_name_decided_about_meanwhile_keeps_what_was_typed(
    visit: Callable[..., Page], fact_checker: User, editor: User, story: Story
):
    page = visit(story.get_absolute_url(), as_=fact_checker)
    open_name(page)
    sheet = page.locator("#mark-sheet")
    sheet.locator("summary").get_by_text("Rename", exact=True).click()
    sheet.get_by_label("Name", exact=True).fill("Lena P. Dahl")
    entity = Entity.objects.get(name="Lena Dahl")
    deciding.rename_entity(entity=entity, name="L. Dahl", by=editor, expected=entity.revision)
    sheet.get_by_role("button", name="Rename", exact=True).click()
    expect(sheet.get_by_role("alert").first).to_be_focused()
    expect(sheet.locator("#mark-sheet-h")).to_have_text("L. Dahl")
    expect(sheet.get_by_label("Name", exact=True)).to_have_value("Lena P. Dahl")
    sheet.get_by_role("button", name="Rename", exact=True).click()
    expect(sheet.locator("#mark-sheet-h")).to_have_text("Lena P. Dahl")


@pytest.mark.parametrize("javascript", [True, False])
def test_question_of_the_queue_that_somebody_answered_is_not_answered_again(
    visit: Callable[..., Page], fact_checker: User, editor: User, story: Story, javascript: bool
):
    page = visit(reverse("story_possible", args=[story.slug]), as_=fact_checker, javascript=javascript)
    asked = Alignment.objects.get(pk=page.locator("[name=alignment]").input_value())
    deciding.reject(alignment=asked, by=editor, expected=asked.revision)
    page.get_by_role("button", name="Yes").click()
    expect(page.locator("#queue").get_by_role("alert")).to_be_visible()
    asked.refresh_from_db()
    assert asked.decision == AlignmentDecision.REJECTED
    assert not Decision.objects.filter(by=fact_checker).exists()


def test_taking_back_what_somebody_decided_over_is_refused_with_a_sentence(
    visit: Callable[..., Page], fact_checker: User, editor: User, claim: Claim
):
    alignment = first_of(claim)
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    item(open_corrections(page), alignment).get_by_role("button", name="Unsure").click()
    expect(said(page)).to_contain_text("Marked unsure")
    alignment.refresh_from_db()
    deciding.confirm(alignment=alignment, by=editor, expected=alignment.revision)
    page.locator("[data-corrections-head]").focus()
    page.keyboard.press("z")
    expect(said(page)).to_contain_text("Not taken back: something was decided about this since.")
    alignment.refresh_from_db()
    assert alignment.decision == AlignmentDecision.CONFIRMED
