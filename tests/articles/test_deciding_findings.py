"""Decisions about who says it and how certainly, and about differences, quotations, shared copy and origins."""

import pytest
from django.contrib.auth.models import User

from articles import deciding
from articles.comparison import compare
from articles.ingest import import_articles
from articles.models import (
    Appearance,
    Certainty,
    Claim,
    ClaimState,
    DivergenceDecision,
    Entity,
    Quotation,
    SourceLevel,
    Story,
)
from tests.articles.decisions import a_new_version, come_again, told
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(db: None) -> Story:
    return make_story()


@pytest.fixture
def claim(story: Story) -> Claim:
    return story.claims.standing().get(divergences__kind="quantity")


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


def test_rejected_divergence_does_not_come_back(story: Story, claim: Claim, editor: User):
    divergence = claim.divergences.get(kind="quantity")
    decision = deciding.decide_divergence(
        divergence=divergence, decision=DivergenceDecision.REJECTED, by=editor, expected=0
    )
    compare(story=story)
    [row] = claim.divergences.filter(kind="quantity")
    assert (row.pk, row.decision) == (divergence.pk, "rejected")
    assert decision.method == "divergence: quantity"


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
