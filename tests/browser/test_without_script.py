"""Every screen's journey with JavaScript switched off: pages, links and forms that the server answers, to their end."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from annotations.models import Note
from articles.models import (
    Alignment,
    AlignmentDecision,
    Article,
    Claim,
    Decision,
    Entity,
    FindingDecision,
    Quotation,
    Story,
    Verb,
)
from tests.browser.correcting import COPIED, choose_claim, first_of, item
from tests.browser.reading import write_on
from tests.browser.screens import make_full_story
from tests.factory import PASSWORD, make_article, make_story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(everybody: User) -> Story:
    return make_full_story(everybody)


@pytest.fixture
def claim(story: Story) -> Claim:
    return story.claims.standing().get(divergences__kind="quantity")


def said(page: Page) -> Locator:
    return page.locator(".messages")


# --- Correcting: every act, sent from its form and taken back -------------------------------------------------------


def decide(button: str) -> Callable[[Page, Alignment], None]:
    return lambda page, alignment: item(page.locator("#main"), alignment).get_by_role("button", name=button).click()


def change_words(page: Page, alignment: Alignment) -> None:
    row = item(page.locator("#main"), alignment)
    row.locator(".more > summary").click()
    row.get_by_text("Choose other words").click()
    row.get_by_label("The words that say it").fill(alignment.appearance.quote.rsplit(" ", 1)[0])
    row.get_by_role("button", name="Use these words").click()


def change_stance(label: str, value: str) -> Callable[[Page, Alignment], None]:
    def act(page: Page, alignment: Alignment) -> None:
        row = item(page.locator("#main"), alignment)
        row.locator(".more > summary").click()
        row.get_by_text("Who says it, and how certain").click()
        field = row.get_by_label(label)
        if label == "Who says it":
            field.first.fill(value)
        else:
            field.select_option(value)
        row.get_by_role("button", name="Save").click()

    return act


def regroup(button: str) -> Callable[[Page, Alignment], None]:
    def act(page: Page, alignment: Alignment) -> None:
        page.get_by_text("Move or split off passages").click()
        page.locator(f"#pick-{alignment.pk}").check()
        if button == "Move":
            choose_claim(page.locator("[id^=regroup]"))
        page.get_by_role("button", name=button, exact=True).click()

    return act


def reword(page: Page, _: Alignment) -> None:
    page.get_by_text("Reword the claim").click()
    page.get_by_label("The claim in a sentence", exact=True).fill("More than a hundred were aboard.")
    page.get_by_role("button", name="Save the wording").click()


def merge(page: Page, _: Alignment) -> None:
    page.get_by_text("Same as another claim").click()
    choose_claim(page.locator("[id^=row-merge]"))
    page.get_by_role("button", name="Merge into that claim").click()


def judge_difference(button: str) -> Callable[[Page, Alignment], None]:
    return lambda page, _: page.locator("[id^=row-divergence]").first.get_by_role("button", name=button).click()


def rule_on_origins(page: Page, _: Alignment) -> None:
    page.get_by_text("One origin or two?").click()
    page.locator("[id^=row-origin]").get_by_role("button", name="Save").click()


ACTS: dict[str, tuple[Callable[[Page, Alignment], None], set[str]]] = {
    "confirm": (decide("Confirm"), {Verb.CONFIRM}),
    "reject": (decide("Not this claim"), {Verb.REJECT}),
    "unsure": (decide("Unsure"), {Verb.UNSURE}),
    "other words": (change_words, {Verb.EDIT_SPAN}),
    "speaker": (change_stance("Who says it", "Norvik"), {Verb.EDIT_SPEAKER}),
    "certainty": (change_stance("How certain it sounds", "Probable"), {Verb.EDIT_CERTAINTY}),
    "kind of source": (change_stance("Who stands behind it", "Unnamed source"), {Verb.EDIT_SOURCE_LEVEL}),
    "move": (regroup("Move"), {Verb.MOVE}),
    "split": (regroup("Split off"), {Verb.SPLIT}),
    "statement": (reword, {Verb.EDIT_STATEMENT}),
    "merge": (merge, {Verb.MERGE}),
    "difference confirmed": (judge_difference("Confirm"), {Verb.CONFIRM_DIVERGENCE}),
    "no difference": (judge_difference("No difference"), {Verb.REJECT_DIVERGENCE}),
    "origins": (rule_on_origins, {Verb.SAME_ORIGIN}),
}


@pytest.mark.parametrize("act", ACTS)
def test_claim_is_corrected_and_it_is_taken_back(
    visit: Callable[..., Page], everybody: User, story: Story, claim: Claim, act: str
):
    work, verbs = ACTS[act]
    alignment = Alignment.objects.filter(claim=claim).live().select_related("appearance", "claim").order_by("pk").last()
    assert alignment
    before = Decision.objects.latest("pk").pk
    page = visit(claim.get_absolute_url(), as_=everybody, javascript=False)
    page.locator("[data-correct]").click()
    work(page, alignment)
    expect(said(page).get_by_role("button", name="Take back")).to_be_visible()
    made = Decision.objects.filter(pk__gt=before)
    assert verbs <= set(made.values_list("verb", flat=True))
    said(page).get_by_role("button", name="Take back").click()
    expect(said(page)).to_contain_text("Taken back.")
    assert not made.exclude(verb=Verb.UNDO).filter(undone_by__isnull=True).exists()


def test_no_claim_is_chosen_beforehand(visit: Callable[..., Page], everybody: User, claim: Claim):
    page = visit(reverse("claim_correct", args=[claim.pk]), as_=everybody, javascript=False)
    page.get_by_text("Same as another claim").click()
    page.get_by_role("button", name="Merge into that claim").click()
    expect(page.locator(".error-summary")).to_contain_text("Choose the claim it is the same as.")
    assert not Decision.objects.filter(verb=Verb.MERGE).exists()


def test_what_was_decided_is_in_sight_beside_its_row(visit: Callable[..., Page], everybody: User, claim: Claim):
    alignment = Alignment.objects.filter(claim=claim).live().select_related("appearance").order_by("pk").last()
    assert alignment
    page = visit(reverse("claim_correct", args=[claim.pk]), as_=everybody, width="phone", javascript=False)
    decide("Not this claim")(page, alignment)
    expect(page.locator(f"#row-decide-{alignment.pk}")).to_be_in_viewport(ratio=1)
    expect(said(page).get_by_role("button", name="Take back")).to_be_in_viewport(ratio=1)


def test_words_that_stand_nowhere_are_kept(visit: Callable[..., Page], everybody: User, claim: Claim):
    page = visit(reverse("claim_correct", args=[claim.pk]), as_=everybody, javascript=False)
    row = item(page.locator("#main"), first_of(claim))
    row.locator(".more > summary").click()
    row.get_by_text("Choose other words").click()
    row.get_by_label("The words that say it").fill("words of my own")
    row.get_by_role("button", name="Use these words").click()
    expect(page.locator(".error-summary")).to_contain_text("do not stand in the text")
    # The form is open, with what was typed.
    expect(row.get_by_label("The words that say it")).to_be_visible()
    expect(row.get_by_label("The words that say it")).to_have_value("words of my own")


def test_new_claim_is_made_and_taken_back(visit: Callable[..., Page], everybody: User, story: Story):
    page = visit(story.get_absolute_url(), as_=everybody, javascript=False)
    write_on(page, "The Harbour Post", "New claim")
    page.get_by_label("The words that say it").fill("ran aground off Norvik")
    page.get_by_label("The claim in a sentence").fill("It was at Norvik.")
    page.get_by_role("button", name="Make it a claim").click()
    expect(page.locator(".panel [data-statement]")).to_have_text("It was at Norvik.")
    said(page).get_by_role("button", name="Take back").click()
    assert Claim.objects.get(statement="It was at Norvik.").is_retired


def test_shared_copy_is_rejected_and_it_is_taken_back(visit: Callable[..., Page], fact_checker: User):
    story = make_story([make_article(body=COPIED), make_article("Coast Daily", "Lifeboats at Norvik", COPIED)])
    claim = story.claims.standing().filter(source_count=2).first()
    page = visit(reverse("claim_correct", args=[claim.pk]), as_=fact_checker, javascript=False)
    page.get_by_role("button", name="Not shared copy").first.click()
    expect(page.locator("#main")).to_contain_text("Not shared copy, says Farid Checker")
    said(page).get_by_role("button", name="Take back").click()
    assert Decision.objects.latest("pk").verb == Verb.UNDO


def test_quotation_is_rejected_and_it_is_taken_back(visit: Callable[..., Page], everybody: User, story: Story):
    quotation = Quotation.objects.filter(version__article__story=story, kind="direct").order_by("pk")[0]
    address = reverse("mark_detail", args=[story.slug])
    place = f"?version={quotation.version_id}&at={quotation.start + 1}&of=quote"
    page = visit(address + place, as_=everybody, javascript=False)
    page.get_by_role("button", name="Not a quotation").click()
    expect(page.locator("#main")).to_contain_text("Not a quotation, says Zora Allround")
    quotation.refresh_from_db()
    assert quotation.decision == FindingDecision.REJECTED
    page.get_by_role("button", name="Take back").first.click()
    quotation.refresh_from_db()
    assert quotation.decision == FindingDecision.SUGGESTED


NAME_ACTS = {
    "Rename": ("Name", "Lena P. Dahl", "Rename"),
    "Add another name": ("Also called", "the harbour master", "Add the name"),
    "Change its kind": ("Kind", "Organisation", "Save"),
    "Same as another name": ("The other name", "Norvik", "Merge into that name"),
    "Two of one name": ("Name of the other", "Lena Dahl the younger", "Tell apart"),
}


@pytest.mark.parametrize("summary", NAME_ACTS)
def test_name_is_corrected_and_it_is_taken_back(
    visit: Callable[..., Page], everybody: User, story: Story, summary: str
):
    label, value, button = NAME_ACTS[summary]
    page = visit(reverse("story_entities", args=[story.slug]), as_=everybody, javascript=False)
    page.locator("[data-row-link]", has_text="Lena Dahl").click()
    page.get_by_role("link", name="Correct this name").click()
    page.locator("summary").get_by_text(summary).click()
    field = page.get_by_label(label, exact=True)
    if summary == "Change its kind":
        field.select_option(value)
    else:
        field.fill(value)
    if summary == "Two of one name":
        page.locator(".place").first.click()
    page.get_by_role("button", name=button, exact=True).click()
    expect(said(page)).to_contain_text("Later readings of the texts keep to it.")
    said(page).get_by_role("button", name="Take back").click()
    expect(said(page)).to_contain_text("Taken back.")
    assert Entity.objects.filter(name="Lena Dahl", kind="person", merged_into=None).exists()


def test_possible_match_is_answered_where_it_stands(visit: Callable[..., Page], everybody: User, claim: Claim):
    page = visit(claim.get_absolute_url(), as_=everybody, javascript=False)
    page.locator(".same-claim").get_by_role("button", name="Yes").click()
    expect(said(page)).to_contain_text("Confirmed")
    answered = Alignment.objects.get(claim=claim, appearance__quote__startswith="The market")
    assert answered.decision == AlignmentDecision.CONFIRMED


# --- Reading, finding, and the stories as such ----------------------------------------------------------------------


def test_everybody_signs_in_and_out(visit: Callable[..., Page], reader: User):
    page = visit("/", javascript=False)
    page.get_by_label("Name or work e-mail").fill("rosa")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.locator(".account summary").click()
    page.get_by_text("Dark", exact=True).click()
    page.get_by_role("button", name="Use it").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("button", name="Keyboard shortcuts")).to_have_count(0)
    page.locator(".account summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_stories_are_filtered_sorted_made_and_deleted(visit: Callable[..., Page], everybody: User, story: Story):
    page = visit("/", as_=everybody, javascript=False)
    page.get_by_role("link", name="New story").click()
    page.get_by_label("Title").fill("Another ferry")
    page.get_by_role("button", name="Make the story").click()
    page.goto("/")
    page.get_by_label("Find a story").fill("ferry")
    page.get_by_label("Order by").select_option("Title")
    page.locator(".list-tools").get_by_role("button", name="Show").click()
    expect(page.locator("[data-row-link]")).to_have_text(["Another ferry", "Ferry accident"])
    page.locator("[data-row]").first.locator(".story-menu summary").click()
    page.locator("[data-row]").first.get_by_role("button", name="Close").click()
    expect(said(page)).to_contain_text("is closed")
    expect(page.get_by_label("Find a story")).to_have_value("ferry")
    page.locator("[data-row]").first.locator(".story-menu summary").click()
    page.locator("[data-row]").first.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete the story").click()
    expect(page.locator("[data-row-link]")).to_have_text(["Ferry accident"])


def test_texts_are_read_chosen_and_ordered(visit: Callable[..., Page], reader: User, story: Story, claim: Claim):
    page = visit(story.get_absolute_url(), as_=reader, javascript=False)
    # Without a script there is nothing to press for an overview, a single key or a copied link.
    page.locator(f".index-list a[data-select='{claim.number}']").click()
    expect(page.locator("#panel [data-statement]")).to_have_text(claim.statement)
    expect(page.locator(".claim[aria-current=true]").first).to_be_in_viewport()
    page.locator("#panel-next").click()
    expect(page.locator("#panel [data-statement]")).not_to_have_text(claim.statement)
    page.go_back()
    expect(page.locator("#panel [data-statement]")).to_have_text(claim.statement)
    page.locator(".chooser summary").click()
    page.get_by_role("checkbox", name="North Sea Wire").uncheck()
    page.get_by_role("button", name="Show these").click()
    expect(page.locator(".source")).to_have_count(2)
    expect(page.locator("#panel [data-statement]")).to_have_text(claim.statement)
    page.locator("#panel-all").click()
    expect(page.locator("#index-h")).to_be_visible()
    expect(page.locator(".source")).to_have_count(2)
    page.locator("#l-names").check()
    expect(page.locator(".prose .name").first).to_be_visible()


def test_ledger_and_compare_are_narrowed_down(visit: Callable[..., Page], reader: User, story: Story, claim: Claim):
    page = visit(reverse("story_ledger", args=[story.slug]), as_=reader, javascript=False)
    page.get_by_label("Find in statements and wordings").fill("passengers")
    page.get_by_text("Number", exact=False).and_(page.locator(".chips-kind span")).first.click()
    page.locator("#ledger-order").select_option("gravity")
    page.locator("#ledger-choice").get_by_role("button", name="Show").click()
    expect(page.locator("[data-ledger] tr[data-claim]")).to_have_count(1)
    expect(page.locator("#ledger-order")).to_have_value("gravity")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    page.get_by_role("link", name=claim.statement).click()
    expect(page.locator("#panel [data-statement]")).to_have_text(claim.statement)
    page.get_by_role("link", name="Compare").click()
    page.get_by_label("Follow the order of").select_option(label="B Coast Daily")
    page.locator(".ledger-bar").get_by_role("button", name="Show").click()
    expect(page.locator(".arow-head [data-base]")).to_contain_text("Coast Daily")


def test_claim_and_article_lead_to_one_another(visit: Callable[..., Page], reader: User, story: Story, claim: Claim):
    page = visit(reverse("claim_page", args=[story.slug, claim.number]), as_=reader, javascript=False)
    page.locator(".claim-outlet a").first.click()
    expect(page.locator(".article-page")).to_be_visible()
    page.locator(".article-claims a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Claim")
    page.get_by_role("link", name="Read in the texts").click()
    expect(page.locator("#panel [data-statement]")).to_be_visible()


def test_notes_are_narrowed_down_and_revised(visit: Callable[..., Page], everybody: User, story: Story):
    page = visit(reverse("story_notes", args=[story.slug]), as_=everybody, javascript=False)
    page.get_by_label("On", exact=True).select_option("Claims")
    page.locator(".notebook-tools").get_by_role("button", name="Show").click()
    expect(page.locator(".notebook-entry")).to_have_count(1)
    page.get_by_role("link", name="Revise").click()
    page.locator("#id_note-text").fill("Read the log twice.")
    page.get_by_role("button", name="Add a link").click()
    expect(page.locator("#id_note-text")).to_have_value("Read the log twice.")
    page.get_by_role("button", name="Save note").click()
    expect(page.locator(".note").first).to_contain_text("Read the log twice.")
    assert Note.objects.filter(current__text="Read the log twice.").exists()


def test_everything_is_searched(visit: Callable[..., Page], reader: User, story: Story):
    page = visit("/", as_=reader, javascript=False)
    page.locator("#find-q").fill("ferry")
    page.locator("#find-q").press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=ferry"))
    page.get_by_label("Outlet").select_option(label="Coast Daily")
    page.locator(".search-form").get_by_role("button", name="Search").click()
    expect(page.locator("#results")).not_to_contain_text("The Harbour Post")
    place = page.locator("#results [data-row-link]").first.get_attribute("href")
    page.locator("#results [data-row-link]").first.click()
    expect(page).to_have_url(re.compile(re.escape(place or "")))


def test_articles_are_imported(visit: Callable[..., Page], administrator: User, tmp_path: Path):
    (tmp_path / "Harbour Post.txt").write_text("Ferry aground\n\nA ferry with 120 passengers ran aground.\n", "utf-8")
    page = visit("/import/", as_=administrator, javascript=False)
    page.get_by_text("Upload files").click()
    page.locator("[name=uploads]").set_input_files(tmp_path / "Harbour Post.txt")
    page.get_by_role("button", name="Import").click()
    expect(page.locator(".error-summary")).to_contain_text("Nothing was imported yet")
    page.get_by_text("Upload files").click()
    page.locator("[name=uploads]").set_input_files(tmp_path / "Harbour Post.txt")
    page.get_by_label("Title of the new story").fill("Ferry accident")
    page.get_by_role("button", name="Import").click()
    expect(page.locator(".run")).to_have_count(1)
    assert Article.objects.count() == 1
