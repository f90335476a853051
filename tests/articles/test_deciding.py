"""Decisions of people: logged, honoured by every later comparison, refused when stale, and taken back."""

import itertools
import json
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from articles import deciding
from articles.comparison import compare
from articles.deciding import StaleDecisionError, UnusableDecisionError
from articles.ingest import import_articles
from articles.models import (
    Alignment,
    AlignmentDecision,
    Appearance,
    Certainty,
    Claim,
    ClaimState,
    Decision,
    DivergenceDecision,
    Entity,
    Quotation,
    SourceLevel,
    Story,
    Verb,
)
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db

THIRD = (
    "North Sea Wire",
    "Ferry aground at Norvik",
    "A ferry with about 130 passengers ran aground off Norvik on Monday. Lena Dahl said that nobody was hurt.",
)


@pytest.fixture
def story(db: None) -> Story:
    return make_story()


@pytest.fixture
def claim(story: Story) -> Claim:
    return story.claims.standing().get(divergences__kind="quantity")


def live(claim: Claim) -> list[Alignment]:
    return list(
        Alignment.objects.filter(claim=claim).live().select_related("appearance", "claim__story").order_by("pk")
    )


def told(claim: Claim) -> list[Alignment]:
    """The sentences that put the claim forward, without headlines: which of those join it is the machine's affair."""
    return [row for row in live(claim) if "passengers" in row.appearance.quote]


def quotes(claim: Claim) -> set[str]:
    return {alignment.appearance.quote for alignment in live(claim)}


def come_again(story: Story) -> None:
    """Everything that makes the machine think again: another comparison, and another article."""
    compare(story=story)
    import_articles([make_article(*THIRD)], story=story, by=None)


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


CHECKS = (
    ("The Dyke Post", "Bridge closed at Alderby", "Mayor Ruth Kemp said the bridge had passed a safety check in June."),
    ("Alderby Daily", "A bridge shuts", "Mayor Ruth Kemp said the bridge passed a safety check in June."),
    (
        "Fen Courier",
        "Mayor faces questions",
        "The bridge may have failed a safety check in June, an engineer at the county said on condition of anonymity. "
        "Kemp denied that the bridge had failed a safety check.",
    ),
    ("Radio Fen", "Lorries turned away", "The county engineer said he knew of no failed safety check of the bridge."),
)


def standing_together(story: Story, *words: str) -> list[int]:
    """The numbers of the claims that have a passage with each of ``words``."""
    claims = story.claims.standing().order_by("number")
    return [claim.number for claim in claims if all(any(each in said for said in quotes(claim)) for each in words)]


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


def test_edited_stance_is_left_alone(story: Story, claim: Claim, editor: User):
    row = told(claim)[0].appearance
    entity = Entity.objects.filter(kind="person").first()
    deciding.edit_speaker(appearance=row, claim=claim, entity=entity, by=editor, expected=0)
    deciding.edit_certainty(appearance=row, claim=claim, certainty=Certainty.POSSIBLE, by=editor, expected=1)
    deciding.edit_source_level(appearance=row, claim=claim, level=SourceLevel.NAMED, by=editor, expected=2)
    come_again(story)
    row.refresh_from_db()
    assert (row.speaker, row.certainty, row.source_level) == (entity, "PS+", "named")
    assert sorted(row.edited) == ["certainty", "source_level", "speaker"]


def test_stance_set_by_a_person_makes_a_difference(story: Story, claim: Claim, editor: User):
    row = told(claim)[0].appearance
    somebody = Entity.objects.create(name="Ragna Sollie", kind="person")
    kinds = claim.divergences.values_list("kind", flat=True)
    assert not {"attribution", "certainty"} & set(kinds)
    first = deciding.edit_speaker(appearance=row, claim=claim, entity=somebody, by=editor, expected=0)
    second = deciding.edit_certainty(appearance=row, claim=claim, certainty=Certainty.POSSIBLE, by=editor, expected=1)
    assert {"attribution", "certainty"} <= set(kinds.all())
    attribution = claim.divergences.get(kind="attribution")
    assert "from Ragna Sollie" in attribution.reason or "to Ragna Sollie" in attribution.reason
    for side in attribution.sides.select_related("version"):
        assert side.version.text[side.start : side.end] == side.quote
    deciding.undo(decision=second, by=editor)
    deciding.undo(decision=first, by=editor)
    assert not {"attribution", "certainty"} & set(kinds.all())


def test_rejected_divergence_does_not_come_back(story: Story, claim: Claim, editor: User):
    divergence = claim.divergences.get(kind="quantity")
    decision = deciding.decide_divergence(
        divergence=divergence, decision=DivergenceDecision.REJECTED, by=editor, expected=0
    )
    compare(story=story)
    [row] = claim.divergences.filter(kind="quantity")
    assert (row.pk, row.decision) == (divergence.pk, "rejected")
    assert decision.method == "divergence: quantity"


def test_not_a_quotation_is_left_out_from_now_on(story: Story, editor: User):
    quotation = Quotation.objects.filter(version__article__story=story).first()
    deciding.reject_quotation(quotation=quotation, by=editor, expected=0)
    come_again(story)
    quotation.refresh_from_db()
    assert quotation.decision == "rejected"
    assert not story.claims.filter(
        divergences__kind__in=["quote_wording", "quote_truncated"], divergences__sides__version=quotation.version
    ).exists()


def test_passage_that_is_no_shared_copy_makes_two_origins(editor: User):
    copied = (
        " Rescue boats from three towns brought everybody ashore before the tide turned and the wind rose to a gale,"
        " and volunteers handed out blankets in the sports hall of the old school behind the church."
    )
    story = make_story(
        [
            make_article(body=make_article().body + copied),
            make_article("Coast Daily", "Ferry grounds near Norvik", "The ferry hit a rock." + copied),
        ]
    )
    passage = story.shared_passages.get()
    claim = story.claims.get(source_count=2, statement__startswith="Rescue boats")
    assert claim.independent_count == 1
    decision = deciding.reject_shared(passage=passage, by=editor, expected=0)
    come_again(story)
    assert story.shared_passages.get().decision == "rejected"
    claim.refresh_from_db()
    assert claim.independent_count == 2
    deciding.undo(decision=decision, by=editor)
    claim.refresh_from_db()
    assert claim.independent_count == 1


def test_ruling_on_origins_holds(editor: User):
    story = make_story(
        [
            make_article(body="A ferry with 120 passengers ran aground off Norvik on Monday."),
            make_article(
                "Coast Daily", "Norvik ferry grounded", "Off Norvik a ferry ran aground with at least 140 passengers."
            ),
        ]
    )
    claim = story.claims.standing().get(divergences__kind="quantity")
    left, right = story.articles.in_order()
    assert claim.independent_count == 2
    decision = deciding.rule_origin(claim=claim, left=right, right=left, is_same=True, by=editor, expected=0)
    come_again(story)
    claim.refresh_from_db()
    # The third article has its own.
    assert claim.source_count - claim.independent_count == 1
    deciding.undo(decision=decision, by=editor)
    claim.refresh_from_db()
    assert claim.independent_count == claim.source_count


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


def a_new_version(story: Story) -> None:
    """The first source adds a paragraph and leaves the others as they were."""
    article = make_article()
    import_articles([make_article(body=f"{article.body}\n\nTugs are on their way.")], story=story, by=None)


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


def test_stance_taken_back_is_taken_back_on_a_newer_version_too(story: Story, claim: Claim, editor: User):
    row = next(r.appearance for r in told(claim) if r.appearance.version.article.outlet.name == "The Harbour Post")
    decision = deciding.edit_certainty(
        appearance=row, claim=claim, certainty=Certainty.POSSIBLE, by=editor, expected=row.revision
    )
    a_new_version(story)
    copy = Appearance.objects.exclude(pk=row.pk).get(quote=row.quote, version__current_of__isnull=False)
    assert (copy.certainty, copy.edited) == ("PS+", ["certainty"])
    deciding.undo(decision=decision, by=editor)
    copy.refresh_from_db()
    assert (copy.certainty, copy.edited) == ("CT+", [])


def test_claim_a_person_made_stays_when_its_sentence_does(story: Story, editor: User):
    version = story.articles.get(outlet__name="The Harbour Post").current_version
    quote = "The company has not commented."
    start = version.text.index(quote)
    decision = deciding.new_claim(version=version, start=start, end=start + len(quote), quote=quote, by=editor)
    a_new_version(story)
    decision.claim.refresh_from_db()
    assert not decision.claim.is_retired
    assert quotes(decision.claim) == {quote}


def test_confirmed_difference_keeps_its_sides_on_a_new_version(story: Story, claim: Claim, editor: User):
    divergence = claim.divergences.get(kind="quantity")
    sides = divergence.sides.count()
    deciding.decide_divergence(divergence=divergence, decision=DivergenceDecision.CONFIRMED, by=editor, expected=0)
    a_new_version(story)
    divergence.refresh_from_db()
    assert divergence.sides.count() == sides
    assert claim.divergences.filter(kind="quantity").count() == 1


def test_new_value_is_a_difference_of_its_own(story: Story, claim: Claim, editor: User):
    divergence = claim.divergences.get(kind="quantity")
    deciding.decide_divergence(divergence=divergence, decision=DivergenceDecision.REJECTED, by=editor, expected=0)
    claim.refresh_from_db()
    assert claim.state == ClaimState.AGREED
    body = "A ferry with 9,000 passengers ran aground off Norvik on Monday."
    import_articles([make_article("North Sea Wire", "Norvik: ferry aground", body)], story=story, by=None)
    claim.refresh_from_db()
    assert claim.state == ClaimState.DIFFERS
    assert any("9,000" in side.value for row in claim.divergences.all() for side in row.sides.all())


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
