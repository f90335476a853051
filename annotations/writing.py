"""Writes notes: every save is a new immutable revision, made against the one the writer saw."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from annotations.models import Evidence, EvidenceRelation, Note, NoteRevision, NoteState, Verdict
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


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One row of evidence as it was typed."""

    url: str
    citation: str = ""
    relation: str = EvidenceRelation.CONTEXT


@dataclass(frozen=True, slots=True)
class NoteContent:
    """What a person says about a claim, before it is a revision."""

    verdict: Verdict | None
    text: str
    not_checked: str = ""
    evidence: Sequence[EvidenceItem] = ()


@transaction.atomic
def create_note(*, claim: Claim, content: NoteContent, state: NoteState, by: User, key: UUID) -> Note:
    """A new note on ``claim`` with its first revision. The same ``key`` again answers with the note it made.

    Raises:
        ClaimGoneError: when a comparison has dropped the claim meanwhile.
    """
    # The story's lock, because a comparison at work right now may be about to drop an untouched claim.
    lock("story", claim.story_id)
    known = Note.objects.filter(key=key, created_by=by).first()
    if known:
        return known
    here = Claim.objects.select_for_update().filter(pk=claim.pk).first()
    if here is None:
        raise ClaimGoneError
    now = timezone.now()
    note = Note.objects.create(story_id=here.story_id, claim=here, state=state, key=key, created_by=by, changed_at=now)
    _add_revision(note, here, content=content, state=state, by=by, number=1)
    return note


@transaction.atomic
def revise_note(*, note: Note, expected: int, content: NoteContent, state: NoteState, by: User) -> Note:
    """A further revision of ``note``, written by somebody who saw revision ``expected``.

    Raises:
        StaleNoteError: when ``expected`` is no longer the newest.
        ClosedNoteError: when the note is approved or beyond.
    """
    lock("story", note.story_id)
    here = Note.objects.select_for_update(of=("self",)).select_related("current", "claim").get(pk=note.pk)
    assert here.current is not None
    assert here.claim is not None
    if here.current.number != expected:
        raise StaleNoteError(here)
    if not here.is_open:
        raise ClosedNoteError
    _add_revision(here, here.claim, content=content, state=state, by=by, number=expected + 1)
    return here


def _add_revision(note: Note, claim: Claim, *, content: NoteContent, state: NoteState, by: User, number: int) -> None:
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
    texts = ArticleVersion.objects.filter(appearances__alignments__in=Alignment.objects.live().filter(claim=claim))
    revision.rests_on.set(texts.distinct())
    note.current, note.state, note.changed_at = revision, state, now
    note.save(update_fields=["current", "state", "changed_at"])
    refresh_status(claim)
    Story.objects.filter(pk=note.story_id).update(changed_at=now)
