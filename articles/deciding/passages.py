"""Decisions about how a passage puts a claim forward, and about what was found in the texts."""

from collections.abc import Mapping

from django.contrib.auth.models import User

from articles.copies import refresh_fingerprints
from articles.deciding.claims import _appearance, _confirm_in
from articles.deciding.log import UnusableDecisionError, deciding, fresh
from articles.models import (
    Alignment,
    AlignmentDecision,
    Appearance,
    Article,
    Certainty,
    Claim,
    Decision,
    Divergence,
    DivergenceDecision,
    Entity,
    FindingDecision,
    OriginRuling,
    Quotation,
    SharedPassage,
    SourceLevel,
    Verb,
)

_DIVERGENCE_VERBS = {
    DivergenceDecision.CONFIRMED: Verb.CONFIRM_DIVERGENCE,
    DivergenceDecision.REJECTED: Verb.REJECT_DIVERGENCE,
    DivergenceDecision.UNSURE: Verb.UNSURE_DIVERGENCE,
}


def edit_span(
    *, alignment: Alignment, start: int, end: int, quote: str, by: User, expected: int, reason: str = ""
) -> Decision:
    """The claim stands in other words of the same text: the old passage is rejected for it, the new one confirmed.

    Raises:
        StaleDecisionError: when the alignment's revision is not ``expected``.
        UnusableDecisionError: when the text does not say ``quote`` there, or nothing changes.
    """
    with deciding(story=alignment.claim.story, by=by, verb=Verb.EDIT_SPAN, reason=reason) as change:
        row = fresh(alignment, expected=expected)
        old, version = row.appearance, row.appearance.version
        if not 0 <= start < end <= len(version.text) or version.text[start:end] != quote:
            raise UnusableDecisionError("The text does not say these words at this place. Choose the passage again.")
        if (start, end) == (old.start, old.end):
            raise UnusableDecisionError("This is the passage already.")
        change.at_span(version, start, end)
        change.about(claim=row.claim)
        change.judging(method=row.method, score=row.score, proposed=old.quote, decided=quote)
        _confirm_in(change, _appearance(change, version, start, end), row.claim)
        change.update(row, decision=AlignmentDecision.REJECTED, decided_by=by, decided_at=change.at)
    return change.decision


def edit_speaker(
    *, appearance: Appearance, claim: Claim, entity: Entity | None, by: User, expected: int, reason: str = ""
) -> Decision:
    """Who says it in this passage; ``None`` when nobody does and the outlet states it as fact.

    Raises:
        StaleDecisionError: when the appearance's revision is not ``expected``.
    """
    fields = {"speaker": entity, "speaker_start": None, "speaker_end": None, "speaker_quote": ""}
    return _edit(
        appearance,
        claim,
        "speaker",
        fields,
        Verb.EDIT_SPEAKER,
        proposed=str(appearance.speaker or appearance.speaker_quote or "nobody"),
        decided=str(entity or "nobody"),
        by=by,
        expected=expected,
        reason=reason,
    )


def edit_certainty(
    *, appearance: Appearance, claim: Claim, certainty: Certainty, by: User, expected: int, reason: str = ""
) -> Decision:
    """How certain the passage makes it sound.

    Raises:
        StaleDecisionError: when the appearance's revision is not ``expected``.
    """
    fields = {"certainty": certainty, "certainty_start": None, "certainty_end": None, "certainty_quote": ""}
    return _edit(
        appearance,
        claim,
        "certainty",
        fields,
        Verb.EDIT_CERTAINTY,
        proposed=appearance.certainty,
        decided=certainty,
        by=by,
        expected=expected,
        reason=reason,
    )


def edit_source_level(
    *, appearance: Appearance, claim: Claim, level: SourceLevel, by: User, expected: int, reason: str = ""
) -> Decision:
    """What kind of source stands behind the passage.

    Raises:
        StaleDecisionError: when the appearance's revision is not ``expected``.
    """
    return _edit(
        appearance,
        claim,
        "source_level",
        {"source_level": level},
        Verb.EDIT_SOURCE_LEVEL,
        proposed=appearance.source_level,
        decided=level,
        by=by,
        expected=expected,
        reason=reason,
    )


def _edit(
    appearance: Appearance,
    claim: Claim,
    part: str,
    fields: Mapping[str, object],
    verb: Verb,
    *,
    proposed: str,
    decided: str,
    by: User,
    expected: int,
    reason: str,
) -> Decision:
    """Sets one part of a stance and marks it as set by a person.

    The claim is logged too: its passages are now partly a person's work.
    """
    with deciding(story=claim.story, by=by, verb=verb, reason=reason) as change:
        row = fresh(appearance, expected=expected)
        change.at_span(row.version, row.start, row.end)
        change.about(claim=claim)
        change.judging(method=part, proposed=proposed, decided=decided)
        change.update(row, **fields, edited=sorted({*row.edited, part}))
    return change.decision


def decide_divergence(
    *, divergence: Divergence, decision: DivergenceDecision, by: User, expected: int, reason: str = ""
) -> Decision:
    """The difference is one, is none, or nobody can tell. A rejected kind does not come back on its claim.

    Raises:
        StaleDecisionError: when the divergence's revision is not ``expected``.
        UnusableDecisionError: when ``decision`` is the machine's word.
    """
    if decision not in _DIVERGENCE_VERBS:
        raise UnusableDecisionError("Confirm the difference, reject it, or say that you are unsure.")
    story = divergence.claim.story
    with deciding(story=story, by=by, verb=_DIVERGENCE_VERBS[decision], reason=reason) as change:
        row = fresh(divergence, expected=expected)
        side = row.sides.select_related("version").first()
        if side:
            change.at_span(side.version, side.start, side.end)
        change.about(claim=row.claim)
        change.judging(method=f"divergence: {row.kind}", proposed=row.reason, decided=decision)
        change.update(row, decision=decision, decided_by=by, decided_at=change.at)
    return change.decision


def reject_quotation(*, quotation: Quotation, by: User, expected: int, reason: str = "") -> Decision:
    """These are not somebody's words (a title, a word held at a distance).

    Raises:
        StaleDecisionError: when the quotation's revision is not ``expected``.
    """
    story = quotation.version.article.story
    with deciding(story=story, by=by, verb=Verb.NOT_A_QUOTATION, reason=reason) as change:
        row = fresh(quotation, expected=expected)
        change.at_span(row.version, row.start, row.end)
        change.judging(method=f"quotation: {row.kind}", proposed=row.quote, decided=FindingDecision.REJECTED)
        change.update(row, decision=FindingDecision.REJECTED, decided_by=by, decided_at=change.at)
        refresh_fingerprints(row.version)
    return change.decision


def reject_shared(*, passage: SharedPassage, by: User, expected: int, reason: str = "") -> Decision:
    """The two texts did not copy these words from each other or from one origin.

    Raises:
        StaleDecisionError: when the passage's revision is not ``expected``.
    """
    with deciding(story=passage.story, by=by, verb=Verb.NOT_SHARED, reason=reason) as change:
        row = fresh(passage, expected=expected)
        change.at_span(row.left, row.left_start, row.left_end)
        change.judging(
            method=f"shared copy: {row.band}",
            score=float(row.token_count),
            proposed=row.left_quote,
            decided=FindingDecision.REJECTED,
        )
        change.update(row, decision=FindingDecision.REJECTED, decided_by=by, decided_at=change.at)
    return change.decision


def rule_origin(
    *, claim: Claim, left: Article, right: Article, is_same: bool, by: User, expected: int, reason: str = ""
) -> Decision:
    """Two articles have the claim from one origin, or each from its own, whatever the machine found.

    Raises:
        StaleDecisionError: when the claim's revision is not ``expected``.
        UnusableDecisionError: when the articles are not two of the claim's story.
    """
    if left.pk == right.pk or {left.story_id, right.story_id} != {claim.story_id}:
        raise UnusableDecisionError("Choose two articles of this story.")
    first, second = sorted((left, right), key=lambda article: article.pk)
    verb = Verb.SAME_ORIGIN if is_same else Verb.OWN_ORIGIN
    with deciding(story=claim.story, by=by, verb=verb, reason=reason) as change:
        row = fresh(claim, expected=expected)
        change.about(claim=row)
        change.judging(method="origins", decided=f"{first.name} and {second.name}")
        known = OriginRuling.objects.filter(claim=row, left=first, right=second).first()
        if known:
            change.update(known, is_same=is_same, decided_by=by, decided_at=change.at)
        else:
            change.make(
                OriginRuling(claim=row, left=first, right=second, is_same=is_same, decided_by=by, decided_at=change.at)
            )
        # Two rulings at once on one claim: the second sees that the first was made.
        change.update(row)
    return change.decision
