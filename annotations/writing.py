"""Writes notes: every save is a new immutable revision, made against the one the writer saw."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from annotations.models import Attachment, Evidence, EvidenceRelation, Note, NoteRevision, NoteState, Verdict
from annotations.status import refresh_status
from articles.locks import lock
from articles.models import Alignment, ArticleVersion, Claim, Story


class StaleNoteError(Exception):
    """Somebody saved another revision meanwhile. ``note`` is the note as it is now."""

    def __init__(self, note: Note) -> None:
        super().__init__("The note has a newer revision.")
        self.note = note


class ClosedNoteError(Exception):
    """The note is approved, published or withdrawn, and is not changed by writing on."""


class ClaimGoneError(Exception):
    """The claim was dropped by a new comparison before anybody had said anything about it."""


class FormUsedError(Exception):
    """The form was saved already, with other words. ``note`` is what it made."""

    def __init__(self, note: Note) -> None:
        super().__init__("This form was saved already.")
        self.note = note


class UnusablePassageError(Exception):
    """The text does not say these words at this place. Its message is a sentence for the person who chose them."""


class UnusableClaimError(Exception):
    """A note cannot stand under this claim. Its message says why, for the person who chose it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one version. Offsets are code points of its text, ``end`` exclusive."""

    version: ArticleVersion
    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        text = self.version.text
        if not 0 <= self.start < self.end <= len(text) or text[self.start : self.end] != self.quote:
            raise UnusablePassageError("The text does not say these words at this place. Choose the passage again.")


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One row of evidence as it was typed."""

    url: str
    citation: str = ""
    relation: str = EvidenceRelation.CONTEXT


@dataclass(frozen=True, slots=True)
class NoteContent:
    """What a person says about a claim or a passage, before it is a revision."""

    verdict: Verdict | None
    text: str
    not_checked: str = ""
    evidence: Sequence[EvidenceItem] = ()


@transaction.atomic
def create_note(
    *,
    claim: Claim | None = None,
    passage: Passage | None = None,
    content: NoteContent,
    state: NoteState,
    by: User,
    key: UUID,
) -> Note:
    """A new note on either ``claim`` or ``passage`` with its first revision.

    The same ``key`` again answers with the note it made.

    Raises:
        ClaimGoneError: when a comparison has dropped the claim meanwhile.
        UnusableClaimError: when the claim was merged into another.
        FormUsedError: when ``key`` made a note that says something else: the form was filled in again after Back.
    """
    if (claim is None) == (passage is None):
        raise TypeError("A note is made on a claim or on a passage.")
    story_id = claim.story_id if claim else passage.version.article.story_id  # type: ignore[union-attr]  # else refused above
    # The story's lock, because a comparison at work right now may be about to drop an untouched claim.
    lock("story", story_id)
    known = Note.objects.filter(key=key).select_related("current__verdict").first()
    if known:
        if known.created_by_id == by.pk and known.state == state and _says(known, claim, passage, content):
            return known
        raise FormUsedError(known)
    now = timezone.now()
    note = Note(story_id=story_id, state=state, key=key, created_by=by, changed_at=now)
    if claim:
        note.claim = Claim.objects.select_for_update().filter(pk=claim.pk).first()
        if note.claim is None:
            raise ClaimGoneError
        if note.claim.merged_into:
            raise UnusableClaimError(
                f"This claim has been merged into claim {note.claim.merged_into.number}. Your text is kept here:"
                " copy it into a note on that one."
            )
    elif passage:
        note.version, note.start, note.end, note.quote = passage.version, passage.start, passage.end, passage.quote
    note.save()
    _add_revision(note, content=content, state=state, by=by, number=1)
    return note


def _says(note: Note, claim: Claim | None, passage: Passage | None, content: NoteContent) -> bool:
    """Whether a note is exactly what is about to be written: then the same form came twice."""
    revision = note.current
    if revision is None or revision.number != 1:
        return False
    if claim:
        is_here = note.claim_id == claim.pk
    else:
        is_here = passage is not None and (note.version_id, note.start, note.end) == (
            passage.version.pk,
            passage.start,
            passage.end,
        )
    evidence = [(row.url, row.citation, row.relation) for row in revision.evidence.all()]
    return (
        is_here
        and (revision.verdict, revision.text, revision.not_checked)
        == (content.verdict, content.text, content.not_checked)
        and evidence == [(item.url, item.citation, item.relation) for item in content.evidence]
    )


@transaction.atomic
def revise_note(*, note: Note, expected: int, content: NoteContent, state: NoteState, by: User) -> Note:
    """A further revision of ``note``, written by somebody who saw revision ``expected``.

    Raises:
        StaleNoteError: when ``expected`` is no longer the newest.
        ClosedNoteError: when the note is approved or beyond.
    """
    here = _locked(note)
    assert here.current is not None
    if here.current.number != expected:
        raise StaleNoteError(here)
    if not here.is_open:
        raise ClosedNoteError
    _add_revision(here, content=content, state=state, by=by, number=expected + 1)
    return here


@transaction.atomic
def attach_note(*, note: Note, claim: Claim, by: User, expected: int) -> Attachment:
    """Puts a passage note under ``claim``, where it counts from now on; off another claim, if it was under one.

    ``expected`` is the number of the newest attachment the person saw, 0 when there was none.

    Raises:
        StaleNoteError: when somebody attached it or took it off meanwhile.
        ClaimGoneError: when a comparison has dropped the claim meanwhile.
        UnusableClaimError: when the claim is of another story, merged into another, or has the note already.
    """
    here = _locked(note)
    wanted = Claim.objects.select_for_update(of=("self",)).select_related("merged_into").filter(pk=claim.pk).first()
    if wanted is None:
        raise ClaimGoneError
    if wanted.story_id != here.story_id:
        raise UnusableClaimError("The claim belongs to another story.")
    if wanted.merged_into:
        raise UnusableClaimError(
            f"Claim {wanted.number} has been merged into claim {wanted.merged_into.number}: choose that one."
        )
    return _attach(here, wanted, by=by, expected=expected)


@transaction.atomic
def detach_note(*, note: Note, by: User, expected: int) -> Attachment:
    """Takes a passage note off its claim; it stays on its passage.

    Raises:
        StaleNoteError: when somebody attached it elsewhere or took it off meanwhile.
        UnusableClaimError: when it is under none.
    """
    return _attach(_locked(note), None, by=by, expected=expected)


def _locked(note: Note) -> Note:
    lock("story", note.story_id)
    return Note.objects.select_for_update(of=("self",)).select_related("current", "claim", "version").get(pk=note.pk)


def _attach(note: Note, claim: Claim | None, *, by: User, expected: int) -> Attachment:
    if note.version is None:
        raise UnusableClaimError("This note was written on a claim and stays there.")
    newest = note.attachments.order_by("-number").first()
    if (newest.number if newest else 0) != expected:
        raise StaleNoteError(note)
    former = note.claim
    if former == claim:
        raise UnusableClaimError("The note stands there already." if claim else "The note is under no claim.")
    now = timezone.now()
    attachment = Attachment.objects.create(
        note=note,
        number=expected + 1,
        claim_number=claim.number if claim else None,
        statement=claim.statement if claim else "",
        by=by,
        at=now,
    )
    note.claim = claim
    note.save(update_fields=["claim"])
    for concerned in (former, claim):
        if concerned:
            refresh_status(concerned)
    Story.objects.filter(pk=note.story_id).update(changed_at=now)
    return attachment


def _add_revision(note: Note, *, content: NoteContent, state: NoteState, by: User, number: int) -> None:
    now = timezone.now()
    revision = NoteRevision.objects.create(
        note=note,
        number=number,
        state=state,
        verdict=content.verdict,
        text=content.text,
        not_checked=content.not_checked,
        author=by,
        created_at=now,
    )
    Evidence.objects.bulk_create(
        Evidence(revision=revision, position=position, url=item.url, citation=item.citation, relation=item.relation)
        for position, item in enumerate(content.evidence, start=1)
    )
    revision.rests_on.set(_texts_under(note))
    note.current, note.state, note.changed_at = revision, state, now
    note.save(update_fields=["current", "state", "changed_at"])
    if note.claim:
        refresh_status(note.claim)
    Story.objects.filter(pk=note.story_id).update(changed_at=now)


def _texts_under(note: Note) -> list[ArticleVersion]:
    """What its verdict rests on: the text of its passage, or every text that puts its claim forward."""
    if note.version:
        return [note.version]
    live = Alignment.objects.live().filter(claim=note.claim_id)
    return list(ArticleVersion.objects.filter(appearances__alignments__in=live).defer("text").distinct())
