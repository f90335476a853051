"""Decisions about what is one claim: passages moved and split off, claims merged, made and reworded."""

import itertools

import pytest
from django.contrib.auth.models import User

from articles import deciding
from articles.deciding import StaleDecisionError, UnusableDecisionError
from articles.models import Alignment, AlignmentDecision, Claim, Decision, Story
from tests.articles.decisions import CHECKS, a_new_version, come_again, live, quotes, standing_together, told
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(db: None) -> Story:
    return make_story()


@pytest.fixture
def claim(story: Story) -> Claim:
    return story.claims.standing().get(divergences__kind="quantity")


def test_move_takes_the_passage_to_another_claim(story: Story, claim: Claim, editor: User):
    alignment = told(claim)[0]
    other = story.claims.standing().exclude(pk=claim.pk).in_reading_order().last()
    decision = deciding.move(alignment=alignment, to=other, by=editor, expected=0)
    come_again(story)
    assert alignment.appearance.quote in quotes(other)
    assert alignment.appearance.quote not in quotes(claim)
    deciding.undo(decision=decision, by=editor)
    assert alignment.appearance.quote not in quotes(other)
    assert alignment.appearance.quote in quotes(claim)


@pytest.mark.parametrize("act", ["reject", "unsure", "move", "split"])
def test_claim_is_said_in_words_that_stay_in_it(story: Story, claim: Claim, editor: User, act: str):
    gone = next(row for row in told(claim) if "120" in row.appearance.quote)
    before = claim.statement
    assert "120" in before
    other = story.claims.standing().exclude(pk=claim.pk).in_reading_order().last()
    decision = {
        "reject": lambda: deciding.reject(alignment=gone, by=editor, expected=0),
        "unsure": lambda: deciding.mark_unsure(alignment=gone, by=editor, expected=0),
        "move": lambda: deciding.move(alignment=gone, to=other, by=editor, expected=0),
        "split": lambda: deciding.split_off(alignments=[gone], expected=[0], by=editor),
    }[act]()
    come_again(story)
    claim.refresh_from_db()
    assert "120" not in claim.statement
    assert any(claim.statement in quote for quote in quotes(claim))
    deciding.undo(decision=decision, by=editor)
    claim.refresh_from_db()
    assert claim.statement == before


def test_words_of_people_stay_when_their_passage_goes(story: Story, claim: Claim, editor: User):
    deciding.edit_statement(claim=claim, statement="The ferry carried 120 people.", by=editor, expected=0)
    gone = next(row for row in told(claim) if "120" in row.appearance.quote)
    deciding.reject(alignment=gone, by=editor, expected=0)
    claim.refresh_from_db()
    assert claim.statement == "The ferry carried 120 people."


def test_earlier_rejection_is_taken_back_after_a_later_one(editor: User):
    story = make_story([make_article(*account) for account in CHECKS])
    (number,) = standing_together(story, "had passed", "may have")
    claim = story.claims.get(number=number)
    rows = live(claim)
    assert len(rows) > 2
    decisions = [deciding.reject(alignment=row, by=editor, expected=0) for row in rows[:2]]
    for decision in decisions:
        deciding.undo(decision=decision, by=editor)
    claim.refresh_from_db()
    assert any(claim.statement.rstrip(".") in quote for quote in quotes(claim))


def test_split_makes_a_claim_with_a_new_number(story: Story, claim: Claim, editor: User):
    highest = max(story.claims.values_list("number", flat=True))
    alignment = told(claim)[0]
    decision = deciding.split_off(alignments=[alignment], expected=[0], by=editor, statement="The ferry carried 120.")
    come_again(story)
    other = decision.other_claim
    other.refresh_from_db()
    assert other.number == highest + 1
    assert (other.statement, other.created_by, other.is_retired) == ("The ferry carried 120.", editor, False)
    assert alignment.appearance.quote in quotes(other)
    assert alignment.appearance.quote not in quotes(claim)


def test_passages_taken_from_one_another_meet_under_no_number(editor: User):
    story = make_story([make_article(*account) for account in CHECKS])
    had_passed, passed, may, denied, _ = words = ("had passed", "bridge passed", "may have", "Kemp denied", "no failed")
    (number,) = standing_together(story, had_passed, may, denied)
    claim = story.claims.get(number=number)

    def row(quote: str) -> Alignment:
        return next(row for row in live(claim) if quote in row.appearance.quote)

    refused = deciding.reject(alignment=row(may), by=editor, expected=0)
    assert all(standing_together(story, may, each) == [] for each in words if each != may)
    assert len(standing_together(story, may)) == 1
    split = deciding.split_off(alignments=[row(had_passed), row(passed)], expected=[0, 0], by=editor)
    assert split.other_claim
    come_again(story)
    parts = ((had_passed, passed), (denied, "no failed"), (may,))
    for here, there in itertools.permutations(parts, 2):
        assert all(standing_together(story, one, other) == [] for one in here for other in there)
    assert standing_together(story, had_passed, passed) == [split.other_claim.number]
    assert standing_together(story, denied, "no failed") == [number]
    # What is taken back parts nothing.
    deciding.undo(decision=split, by=editor)
    deciding.undo(decision=refused, by=editor)
    assert standing_together(story, *words) == [number]


def test_undone_split_retires_the_claim_and_keeps_its_number(story: Story, claim: Claim, editor: User):
    before = quotes(claim)
    decision = deciding.split_off(alignments=[told(claim)[0]], expected=[0], by=editor)
    number = decision.other_claim.number
    deciding.undo(decision=decision, by=editor)
    assert quotes(claim) == before
    assert Claim.objects.get(pk=decision.other_claim.pk).is_retired
    again = deciding.split_off(alignments=[told(claim)[0]], expected=[told(claim)[0].revision], by=editor)
    assert again.other_claim.number > number


def test_merge_keeps_both_numbers_and_one_row(story: Story, claim: Claim, editor: User):
    other = story.claims.standing().exclude(pk=claim.pk).in_reading_order().last()
    moved = quotes(other)
    decision = deciding.merge(claim=other, into=claim, by=editor, expected=0)
    come_again(story)
    other.refresh_from_db()
    assert other.merged_into == claim
    assert other.is_retired
    assert moved <= quotes(claim)
    assert not any(moved & quotes(rest) for rest in story.claims.standing().exclude(pk=claim.pk))
    deciding.undo(decision=decision, by=editor)
    other.refresh_from_db()
    assert (other.merged_into, other.is_retired) == (None, False)
    assert moved <= quotes(other)


def test_new_claim_from_a_span_survives(story: Story, editor: User):
    version = story.articles.first().current_version
    quote = "The company has not commented."
    start = version.text.index(quote)
    decision = deciding.new_claim(
        version=version,
        start=start,
        end=start + len(quote),
        quote=quote,
        by=editor,
        statement="The company is silent.",
    )
    come_again(story)
    claim = decision.claim
    claim.refresh_from_db()
    assert (claim.statement, claim.is_retired) == ("The company is silent.", False)
    assert quotes(claim) == {quote}


def test_new_claim_must_quote_its_text(story: Story, editor: User):
    version = story.articles.first().current_version
    with pytest.raises(UnusableDecisionError, match="does not say"):
        deciding.new_claim(version=version, start=0, end=5, quote="Other", by=editor)
    assert not Decision.objects.exists()


def test_statement_of_a_person_is_left_alone(story: Story, claim: Claim, editor: User):
    deciding.edit_statement(claim=claim, statement=" How many people\nwere aboard ", by=editor, expected=0)
    come_again(story)
    claim.refresh_from_db()
    assert (claim.statement, claim.statement_by) == ("How many people were aboard", editor)


def test_claim_a_person_made_stays_when_its_sentence_does(story: Story, editor: User):
    version = story.articles.get(outlet__name="The Harbour Post").current_version
    quote = "The company has not commented."
    start = version.text.index(quote)
    decision = deciding.new_claim(version=version, start=start, end=start + len(quote), quote=quote, by=editor)
    a_new_version(story)
    decision.claim.refresh_from_db()
    assert not decision.claim.is_retired
    assert quotes(decision.claim) == {quote}


def test_undo_never_takes_away_what_others_did_since(story: Story, claim: Claim, editor: User, fact_checker: User):
    first, second, *_ = story.claims.standing().exclude(pk=claim.pk).in_reading_order()
    alignment = told(claim)[0]
    moved = deciding.move(alignment=alignment, to=first, by=editor, expected=0)
    there = Alignment.objects.get(claim=first, appearance=alignment.appearance)
    deciding.move(alignment=there, to=second, by=fact_checker, expected=there.revision)
    with pytest.raises(StaleDecisionError):
        deciding.undo(decision=moved, by=editor)
    assert alignment.appearance.quote in quotes(second)

    split = deciding.split_off(alignments=[told(second)[0]], expected=[told(second)[0].revision], by=editor)
    reworded = deciding.edit_statement(claim=split.other_claim, statement="In other words", by=editor, expected=0)
    with pytest.raises(StaleDecisionError):
        deciding.undo(decision=split, by=editor)
    deciding.undo(decision=reworded, by=editor)
    other = live(claim)[0]
    brought = deciding.move(alignment=other, to=split.other_claim, by=fact_checker, expected=other.revision)
    with pytest.raises(StaleDecisionError):
        deciding.undo(decision=split, by=editor)
    assert brought.other_claim == split.other_claim


def test_merged_claim_takes_no_more_decisions(story: Story, claim: Claim, editor: User):
    other = story.claims.standing().exclude(pk=claim.pk).in_reading_order().last()
    alignment = live(other)[0]
    deciding.merge(claim=other, into=claim, by=editor, expected=0)
    alignment.refresh_from_db()
    other.refresh_from_db()
    with pytest.raises(UnusableDecisionError, match=f"merged into claim {claim.number}"):
        deciding.confirm(alignment=alignment, by=editor, expected=alignment.revision)
    with pytest.raises(UnusableDecisionError, match="merged"):
        deciding.edit_statement(claim=other, statement="Anything", by=editor, expected=other.revision)


def test_what_is_refused_after_others_were_split_off_does_not_follow_them(editor: User):
    story = make_story([make_article(*account) for account in CHECKS])
    words = had_passed, passed, may = ("had passed", "bridge passed", "may have")
    (number,) = standing_together(story, *words)
    claim = story.claims.get(number=number)
    rows = {word: next(row for row in live(claim) if word in row.appearance.quote) for word in words}
    deciding.split_off(alignments=[rows[had_passed], rows[passed]], expected=[0, 0], by=editor)
    rows[may].refresh_from_db()
    deciding.reject(alignment=rows[may], by=editor, expected=rows[may].revision)
    come_again(story)
    assert standing_together(story, had_passed, passed)
    assert standing_together(story, may)
    assert not standing_together(story, had_passed, may)


def test_refusal_is_kept_when_its_claim_is_merged(editor: User):
    story = make_story([make_article(*account) for account in CHECKS])
    (number,) = standing_together(story, "had passed", "bridge passed", "may have")
    claim = story.claims.get(number=number)
    may = next(row for row in live(claim) if "may have" in row.appearance.quote)
    other = story.claims.standing().exclude(pk=claim.pk).in_reading_order().first()
    assert other
    deciding.reject(alignment=may, by=editor, expected=0)
    claim.refresh_from_db()
    other.refresh_from_db()
    deciding.merge(claim=claim, into=other, by=editor, expected=claim.revision)
    come_again(story)
    assert {"had passed", "bridge passed"} <= {
        w for w in ("had passed", "bridge passed") for q in quotes(other) if w in q
    }
    again = Alignment.objects.filter(claim=other, appearance__quote__contains="may have")
    assert not again.exclude(decision=AlignmentDecision.REJECTED).exists()
