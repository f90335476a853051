"""Decisions about which passages put which claim forward."""

from collections.abc import Sequence

from django.contrib.auth.models import User

from articles.analysis.decided import shares_half
from articles.analysis.statements import are_words_of_others, brevity, statement_of
from articles.analysis.types import Span
from articles.deciding.log import Change, UnusableDecisionError, deciding, deciding_parts, fresh
from articles.models import Alignment, AlignmentDecision, Appearance, ArticleVersion, Claim, Decision, Story, Verb
from articles.models.claims import LIVE


def confirm(*, alignment: Alignment, by: User, expected: int, reason: str = "") -> Decision:
    """The passage puts the claim forward. Later comparisons keep it there.

    Raises:
        StaleDecisionError: when the alignment's revision is not ``expected``.
    """
    return _decide(alignment, AlignmentDecision.CONFIRMED, Verb.CONFIRM, by=by, expected=expected, reason=reason)


def reject(*, alignment: Alignment, by: User, expected: int, reason: str = "") -> Decision:
    """The passage does not put the claim forward. It is never suggested for it again.

    Raises:
        StaleDecisionError: when the alignment's revision is not ``expected``.
    """
    return _decide(alignment, AlignmentDecision.REJECTED, Verb.REJECT, by=by, expected=expected, reason=reason)


def mark_unsure(*, alignment: Alignment, by: User, expected: int, reason: str = "") -> Decision:
    """Nobody can tell: the passage stays beside the claim as possible, and is not asked about again.

    Raises:
        StaleDecisionError: when the alignment's revision is not ``expected``.
    """
    return _decide(alignment, AlignmentDecision.UNSURE, Verb.UNSURE, by=by, expected=expected, reason=reason)


def _decide(
    alignment: Alignment, decision: AlignmentDecision, verb: Verb, *, by: User, expected: int, reason: str
) -> Decision:
    with deciding(story=alignment.claim.story, by=by, verb=verb, reason=reason) as change:
        row = fresh(alignment, expected=expected)
        _about(change, row)
        change.judging(method=row.method, score=row.score, proposed=row.decision, decided=decision)
        gone = [row.appearance] if row.is_live and decision not in LIVE else []
        change.update(row, decision=decision, decided_by=by, decided_at=change.at)
        _reword_without(change, row.claim, gone)
    return change.decision


def move(*, alignment: Alignment, to: Claim, by: User, expected: int, reason: str = "") -> Decision:
    """The passage belongs to another claim of the story: rejected here, confirmed there.

    Raises:
        StaleDecisionError: when the alignment's revision is not ``expected``.
        UnusableDecisionError: when ``to`` is the same claim, of another story, or merged into another.
    """
    return move_several(alignments=[alignment], expected=[expected], to=to, by=by, reason=reason)[0]


def move_several(
    *, alignments: Sequence[Alignment], expected: Sequence[int], to: Claim, by: User, reason: str = ""
) -> list[Decision]:
    """Passages of one claim belong to another claim of the story: one decision each, the story compared once.

    Raises:
        StaleDecisionError: when one of the revisions is not the expected one.
        UnusableDecisionError: when there are none or they are of several claims, or when ``to`` is their claim, of
            another story, or merged into another.
    """
    _refuse_several_claims(alignments, "Choose passages of one claim to move.")
    story = alignments[0].claim.story
    with deciding_parts(story=story, by=by, reason=reason) as begin:
        rows = [fresh(row, expected=seen) for row, seen in zip(alignments, expected, strict=True)]
        to = _usable(to, story=story)
        if to.pk == rows[0].claim_id:
            raise UnusableDecisionError("The passage is in this claim already.")
        gone = [row.appearance for row in rows if row.is_live]
        changes = [_move(begin(Verb.MOVE), row, to) for row in rows]
        _reword_without(changes[-1], rows[0].claim, gone)
    return [change.decision for change in changes]


def _move(change: Change, row: Alignment, to: Claim) -> Change:
    _about(change, row)
    change.about(claim=row.claim, other_claim=to)
    change.judging(
        method=row.method, score=row.score, proposed=f"claim {row.claim.number}", decided=f"claim {to.number}"
    )
    change.update(row, decision=AlignmentDecision.REJECTED, decided_by=change.by, decided_at=change.at)
    _confirm_in(change, row.appearance, to)
    return change


def _refuse_several_claims(alignments: Sequence[Alignment], sentence: str) -> None:
    if len({alignment.claim_id for alignment in alignments}) != 1:
        raise UnusableDecisionError(sentence)


def split_off(
    *, alignments: Sequence[Alignment], expected: Sequence[int], by: User, statement: str = "", reason: str = ""
) -> Decision:
    """Some passages make a claim of their own, with a new number; its statement is the first's words unless given.

    Raises:
        StaleDecisionError: when one of the revisions is not the expected one.
        UnusableDecisionError: when there are none, or they are not of one claim.
    """
    _refuse_several_claims(alignments, "Choose passages of one claim to split off.")
    story = alignments[0].claim.story
    with deciding(story=story, by=by, verb=Verb.SPLIT, reason=reason) as change:
        rows = [fresh(row, expected=seen) for row, seen in zip(alignments, expected, strict=True)]
        words = statement.strip() or rows[0].appearance.quote
        claim = _make_claim(change, story, words)
        _about(change, rows[0])
        change.about(claim=rows[0].claim, other_claim=claim)
        change.judging(method=rows[0].method, score=rows[0].score, proposed="", decided=words)
        gone = [row.appearance for row in rows if row.is_live]
        for row in rows:
            change.update(row, decision=AlignmentDecision.REJECTED, decided_by=by, decided_at=change.at)
            _confirm_in(change, row.appearance, claim)
        _reword_without(change, rows[0].claim, gone)
    return change.decision


def _reword_without(change: Change, claim: Claim, gone: Sequence[Appearance]) -> None:
    """Says a claim in words of a passage that stays, where it was said in those of one that made it and is ``gone``.

    Words that people wrote, or wrote notes on, stay; of those with notes pages say where they are from.
    """
    if not gone or claim.statement_by_id or claim.note_count:
        return
    stays = [
        row.appearance for row in Alignment.objects.filter(claim=claim).live().select_related("appearance__version")
    ]
    quotes = [appearance.quote for appearance in stays]
    if not stays or not are_words_of_others(claim.statement, quotes, [appearance.quote for appearance in gone]):
        return

    def length(row: Appearance) -> tuple[bool, bool, int, int]:
        is_headline = "\n\n" not in row.version.text[: row.start]
        return is_headline, *brevity(row.quote), row.pk

    lead = min(stays, key=length)
    change.reword(claim, statement_of(lead.version.text, Span(lead.start, lead.end)))


def merge(*, claim: Claim, into: Claim, by: User, expected: int, reason: str = "") -> Decision:
    """Two claims are one: the passages of ``claim`` are confirmed in ``into``; ``claim`` keeps its number and notes.

    Raises:
        StaleDecisionError: when the revision of ``claim`` is not ``expected``.
        UnusableDecisionError: when they are the same, of two stories, or one is merged already.
    """
    with deciding(story=claim.story, by=by, verb=Verb.MERGE, reason=reason) as change:
        gone = _usable(fresh(claim, expected=expected), story=claim.story)
        here = _usable(into, story=claim.story)
        if gone.pk == here.pk:
            raise UnusableDecisionError("These are the same claim already.")
        change.about(claim=gone, other_claim=here)
        change.judging(method="comparison", proposed=gone.statement, decided=here.statement)
        for row in Alignment.objects.filter(claim=gone).live().select_related("appearance", "claim"):
            change.update(row, decision=AlignmentDecision.REJECTED, decided_by=by, decided_at=change.at)
            _confirm_in(change, row.appearance, here)
        change.update(gone, merged_into=here, is_retired=True)
        for earlier in Claim.objects.filter(merged_into=gone):
            change.update(earlier, merged_into=here)
        # The notes of both speak for the one that is left.
        here.notes.refresh_status_of(here)
    return change.decision


def new_claim(
    *, version: ArticleVersion, start: int, end: int, quote: str, by: User, statement: str = "", reason: str = ""
) -> Decision:
    """A claim the machine did not see, from a passage a person drew. Offsets are code points of ``version.text``.

    Raises:
        UnusableDecisionError: when the text does not say ``quote`` there, or the version is not the current one.
    """
    article = version.article
    if article.current_version_id != version.pk:
        raise UnusableDecisionError("The text has a newer version. Open that one and choose the passage there.")
    if not 0 <= start < end <= len(version.text) or version.text[start:end] != quote:
        raise UnusableDecisionError("The text does not say these words at this place. Choose the passage again.")
    with deciding(story=article.story, by=by, verb=Verb.NEW_CLAIM, reason=reason) as change:
        words = statement.strip() or " ".join(quote.split())
        claim = _make_claim(change, article.story, words)
        change.at_span(version, start, end)
        change.about(claim=claim)
        change.judging(method="", decided=words)
        is_beside = _stands_already(version, start, end)
        _confirm_in(change, _appearance(change, version, start, end), claim, is_beside=is_beside)
    return change.decision


def edit_statement(*, claim: Claim, statement: str, by: User, expected: int, reason: str = "") -> Decision:
    """The claim in better words. Later comparisons leave them alone.

    Raises:
        StaleDecisionError: when the claim's revision is not ``expected``.
        UnusableDecisionError: when the statement is empty.
    """
    statement = " ".join(statement.split())
    if not statement:
        raise UnusableDecisionError("Write the claim as a sentence.")
    with deciding(story=claim.story, by=by, verb=Verb.EDIT_STATEMENT, reason=reason) as change:
        row = fresh(claim, expected=expected)
        change.about(claim=row)
        change.judging(method="statement", proposed=row.statement, decided=statement)
        change.update(row, statement=statement, statement_by=by)
    return change.decision


def _about(change: Change, alignment: Alignment) -> None:
    row = alignment.appearance
    change.at_span(row.version, row.start, row.end)
    change.about(claim=alignment.claim)


def _usable(claim: Claim, *, story: Story) -> Claim:
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if claim.story_id != story.pk:
        raise UnusableDecisionError("The claim belongs to another story.")
    if claim.merged_into_id:
        raise UnusableDecisionError(f"Claim {claim.number} has been merged into another claim.")
    return claim


def _make_claim(change: Change, story: Story, statement: str) -> Claim:
    here = Story.objects.select_for_update(of=("self",)).get(pk=story.pk)
    here.last_claim_number += 1
    here.save(update_fields=["last_claim_number"])
    claim = Claim(
        story=here, number=here.last_claim_number, statement=statement, created_by=change.by, statement_by=change.by
    )
    change.make(claim)
    return claim


def _appearance(change: Change, version: ArticleVersion, start: int, end: int) -> Appearance:
    """The appearance at exactly this span: the one that is there, or a new one."""
    known = Appearance.objects.filter(version=version, start=start, end=end).first()
    if known:
        return known
    row = Appearance(version=version, start=start, end=end, quote=version.text[start:end], created_by=change.by)
    change.make(row)
    return row


def _stands_already(version: ArticleVersion, start: int, end: int) -> bool:
    """Whether a claim has these words, or some of them, as its passage."""
    rows = Alignment.objects.live().filter(appearance__version=version, claim__is_retired=False)
    here = rows.filter(appearance__start__lt=end, appearance__end__gt=start)
    spans = here.values_list("appearance__start", "appearance__end")
    return any(shares_half(Span(start, end), Span(*span)) for span in spans)


def _confirm_in(change: Change, appearance: Appearance, claim: Claim, *, is_beside: bool = False) -> None:
    known = Alignment.objects.select_for_update(of=("self",)).filter(appearance=appearance, claim=claim).first()
    fields = {"decision": AlignmentDecision.CONFIRMED, "decided_by": change.by, "decided_at": change.at}
    if known:
        change.update(known, **fields)
    else:
        change.make(
            Alignment(appearance=appearance, claim=claim, method="a person", score=1.0, is_beside=is_beside, **fields)
        )
