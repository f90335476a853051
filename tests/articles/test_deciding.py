"""Decisions about passages: logged, honoured by every later comparison, refused when stale, and taken back."""

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from articles import deciding
from articles.comparison import compare
from articles.deciding import StaleDecisionError, UnusableDecisionError
from articles.ingest import import_articles
from articles.models import Alignment, AlignmentDecision, Claim, ClaimState, Decision, Quotation, Story, Verb
from tests.articles.decisions import THIRD, a_new_version, come_again, live, quotes, told
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(db: None) -> Story:
    return make_story()


@pytest.fixture
def claim(story: Story) -> Claim:
    return story.claims.standing().get(divergences__kind="quantity")


def test_rejected_passage_never_comes_back(story: Story, claim: Claim, editor: User):
    alignment = told(claim)[1]
    deciding.reject(alignment=alignment, by=editor, expected=0, reason="another count")
    come_again(story)
    claim.refresh_from_db()
    assert alignment.appearance.quote not in quotes(claim)
    alignment.refresh_from_db()
    assert (alignment.decision, alignment.decided_by) == (AlignmentDecision.REJECTED, editor)
    # The passage is not lost: it stands in a claim of its own.
    homes = Alignment.objects.filter(appearance=alignment.appearance).live()
    assert homes.exists()
    decision = Decision.objects.get(verb=Verb.REJECT)
    assert decision.quote == alignment.appearance.quote
    assert (decision.claim, decision.by, decision.reason) == (claim, editor, "another count")
    assert decision.method == alignment.method


def test_rejecting_every_other_source_leaves_only_here(story: Story, claim: Claim, editor: User):
    one, *others = live(claim)
    for other in others:
        if other.appearance.version_id != one.appearance.version_id:
            deciding.reject(alignment=other, by=editor, expected=0)
    claim.refresh_from_db()
    assert claim.state == ClaimState.ONLY
    assert not claim.divergences.exists()


def test_confirmed_passage_stays(story: Story, claim: Claim, editor: User):
    before = quotes(claim)
    for alignment in live(claim):
        deciding.confirm(alignment=alignment, by=editor, expected=0)
    come_again(story)
    assert before <= quotes(claim)
    assert {row.decision for row in live(claim) if row.appearance.quote in before} == {"confirmed"}


def test_unsure_is_remembered(story: Story, claim: Claim, editor: User):
    alignment = told(claim)[0]
    deciding.mark_unsure(alignment=alignment, by=editor, expected=0)
    come_again(story)
    alignment.refresh_from_db()
    assert alignment.decision == AlignmentDecision.UNSURE
    assert alignment.pk not in {row.pk for row in live(claim)}


def test_stale_decision_is_refused_and_changes_nothing(story: Story, claim: Claim, editor: User, fact_checker: User):
    alignment = told(claim)[0]
    deciding.confirm(alignment=alignment, by=editor, expected=0)
    with pytest.raises(StaleDecisionError) as stale:
        deciding.reject(alignment=alignment, by=fact_checker, expected=0)
    assert stale.value.row.decision == AlignmentDecision.CONFIRMED
    assert Decision.objects.count() == 1


def test_undo_gives_the_passage_back_to_the_machine(story: Story, claim: Claim, editor: User):
    before = quotes(claim)
    decision = deciding.reject(alignment=told(claim)[1], by=editor, expected=0)
    assert quotes(claim) != before
    undone = deciding.undo(decision=decision, by=editor)
    assert undone.undoes == decision
    assert quotes(claim) == before
    assert {row.decision for row in live(claim)} == {"suggested"}
    with pytest.raises(UnusableDecisionError, match="taken back already"):
        deciding.undo(decision=decision, by=editor)


def test_undo_of_an_overtaken_decision_is_refused(story: Story, claim: Claim, editor: User):
    alignment = told(claim)[0]
    first = deciding.confirm(alignment=alignment, by=editor, expected=0)
    deciding.mark_unsure(alignment=alignment, by=editor, expected=1)
    with pytest.raises(StaleDecisionError):
        deciding.undo(decision=first, by=editor)


def test_span_of_a_person_replaces_the_machines(story: Story, claim: Claim, editor: User):
    alignment = told(claim)[0]
    row = alignment.appearance
    shorter = row.quote.split(" on ")[0]
    assert shorter != row.quote
    deciding.edit_span(
        alignment=alignment, start=row.start, end=row.start + len(shorter), quote=shorter, by=editor, expected=0
    )
    come_again(story)
    assert shorter in quotes(claim)
    assert row.quote not in quotes(claim)


def test_log_cannot_be_changed(story: Story, claim: Claim, editor: User):
    deciding.confirm(alignment=told(claim)[0], by=editor, expected=0)
    for statement in ("UPDATE articles_decision SET reason = 'x'", "DELETE FROM articles_decision"):
        with (
            pytest.raises(IntegrityError, match="immutable"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_decisions_survive_an_import_in_any_order(editor: User):
    story = make_story()
    claim = story.claims.standing().get(divergences__kind="quantity")
    decided = told(claim)[0]
    deciding.confirm(alignment=decided, by=editor, expected=0)
    number, words = claim.number, decided.appearance.quote
    for outlet in ("Aftenbladet", "Zealand Times"):
        import_articles([make_article(outlet, *THIRD[1:])], story=story, by=None)
    claim.refresh_from_db()
    assert claim.number == number
    assert words in quotes(claim)
    assert {"Aftenbladet", "Zealand Times"} & set(
        Alignment.objects.filter(claim=claim)
        .live()
        .values_list("appearance__version__article__outlet__name", flat=True)
    )


def test_decisions_are_carried_to_a_version_whose_words_did_not_change(story: Story, claim: Claim, editor: User):
    alignment = next(row for row in told(claim) if "120" in row.appearance.quote)
    quotation = Quotation.objects.filter(version=alignment.appearance.version).first()
    rejected = deciding.reject(alignment=alignment, by=editor, expected=0)
    deciding.reject_quotation(quotation=quotation, by=editor, expected=0)
    a_new_version(story)
    article = story.articles.get(outlet__name="The Harbour Post")
    assert article.current_version.number == 2
    assert not any("120" in words for words in quotes(claim))
    assert Quotation.objects.get(version=article.current_version, quote=quotation.quote).decision == "rejected"
    deciding.undo(decision=rejected, by=editor)
    assert any("120" in words for words in quotes(claim))


def test_answer_about_a_possible_passage_moves_no_claim(fact_checker: User):
    """The reading order is that of the passages that make the claims."""
    path = Path(__file__).parents[1] / "stories" / "whitcomb.jsonl"
    accounts = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    story = make_story([make_article(each["outlet"], each["headline"], each["text"]) for each in accounts])
    places: dict[Claim, list[tuple[int, int, Alignment]]] = {}
    rows = Alignment.objects.filter(claim__in=story.claims.standing()).select_related("appearance__version", "claim")
    for row in rows:
        place = (row.appearance.version.article_id, row.appearance.start, row)
        places.setdefault(row.claim, []).append(place)
    first = [min(found, key=lambda place: place[:2])[2] for found in places.values()]
    (early, *_) = [row for row in first if row.decision == AlignmentDecision.POSSIBLE]
    order = list(story.claims.standing().in_reading_order().values_list("number", flat=True))

    deciding.reject(alignment=early, by=fact_checker, expected=early.revision)
    compare(story=story)

    assert list(story.claims.standing().in_reading_order().values_list("number", flat=True)) == order
