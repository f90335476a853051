"""Decisions about how a passage puts a claim forward, and about what was found in the texts."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User

from articles.copies import refresh_fingerprints
from articles.deciding.claims import _appearance, _confirm_in
from articles.deciding.log import Change, UnusableDecisionError, deciding, deciding_parts, fresh
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


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a stance as a person sets it: what it changes, and what the log says of it."""

    name: str
    verb: Verb
    fields: Mapping[str, object]
    proposed: str
    decided: str


def _speaker_part(row: Appearance, entity: Entity | None) -> _Part:
    fields = {"speaker": entity, "speaker_start": None, "speaker_end": None, "speaker_quote": ""}
    proposed = str(row.speaker or row.speaker_quote or "nobody")
    return _Part("speaker", Verb.EDIT_SPEAKER, fields, proposed, str(entity or "nobody"))


def _certainty_part(row: Appearance, certainty: Certainty) -> _Part:
    fields = {"certainty": certainty, "certainty_start": None, "certainty_end": None, "certainty_quote": ""}
    return _Part("certainty", Verb.EDIT_CERTAINTY, fields, row.certainty, certainty)


def _level_part(row: Appearance, level: SourceLevel) -> _Part:
    return _Part("source_level", Verb.EDIT_SOURCE_LEVEL, {"source_level": level}, row.source_level, level)


def edit_stance(
    *,
    appearance: Appearance,
    claim: Claim,
    speaker: Entity | None,
    certainty: Certainty,
    level: SourceLevel,
    by: User,
    expected: int,
    reason: str = "",
) -> list[Decision]:
    """Who says it in this passage, how certain it sounds, what kind of source stands behind it.

    One decision for each part that differs from what is there, in this order; the story is compared once. ``speaker``
    is ``None`` when nobody says it and the outlet states it as fact.

    Raises:
        StaleDecisionError: when the appearance's revision is not ``expected``.
        UnusableDecisionError: when no part differs.
    """
    with deciding_parts(story=claim.story, by=by, reason=reason) as begin:
        row = fresh(appearance, expected=expected)
        parts = [
            *([_speaker_part(row, speaker)] if speaker != row.speaker else []),
            *([_certainty_part(row, certainty)] if certainty != row.certainty else []),
            *([_level_part(row, level)] if level != row.source_level else []),
        ]
        if not parts:
            raise UnusableDecisionError("Nothing is different from what is there.")
        changes = [_edit(begin(part.verb), row, claim, part) for part in parts]
    return [change.decision for change in changes]


def edit_speaker(
    *, appearance: Appearance, claim: Claim, entity: Entity | None, by: User, expected: int, reason: str = ""
) -> Decision:
    """Who says it in this passage; ``None`` when nobody does and the outlet states it as fact.

    Raises:
        StaleDecisionError: when the appearance's revision is not ``expected``.
    """
    with deciding_parts(story=claim.story, by=by, reason=reason) as begin:
        row = fresh(appearance, expected=expected)
        change = _edit(begin(Verb.EDIT_SPEAKER), row, claim, _speaker_part(row, entity))
    return change.decision


def edit_certainty(
    *, appearance: Appearance, claim: Claim, certainty: Certainty, by: User, expected: int, reason: str = ""
) -> Decision:
    """How certain the passage makes it sound.

    Raises:
        StaleDecisionError: when the appearance's revision is not ``expected``.
    """
    with deciding_parts(story=claim.story, by=by, reason=reason) as begin:
        row = fresh(appearance, expected=expected)
        change = _edit(begin(Verb.EDIT_CERTAINTY), row, claim, _certainty_part(row, certainty))
    return change.decision


def edit_source_level(
    *, appearance: Appearance, claim: Claim, level: SourceLevel, by: User, expected: int, reason: str = ""
) -> Decision:
    """What kind of source stands behind the passage.

    Raises:
        StaleDecisionError: when the appearance's revision is not ``expected``.
    """
    with deciding_parts(story=claim.story, by=by, reason=reason) as begin:
        row = fresh(appearance, expected=expected)
        change = _edit(begin(Verb.EDIT_SOURCE_LEVEL), row, claim, _level_part(row, level))
    return change.decision


def _edit(change: Change, row: Appearance, claim: Claim, part: _Part) -> Change:
    """Sets one part of a stance and marks it as set by a person.

    The claim is logged too: its passages are now partly a person's work.
    """
    change.at_span(row.version, row.start, row.end)
    change.about(claim=claim)
    change.judging(method=part.name, proposed=part.proposed, decided=part.decided)
    change.update(row, **part.fields, edited=sorted({*row.edited, part.name}))
    return change


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
