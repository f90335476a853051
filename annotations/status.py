"""What the notes on a claim come to: the status every page shows beside it."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q

from annotations.models import APPROVED_STATES, Note, NoteState
from articles.models import Claim
from articles.models.claims import DISPUTED, IN_PROGRESS, UNCHECKED


class Status(NamedTuple):
    """A verdict code of the scale, or unchecked, in_progress or disputed; its word; whether a second person agreed."""

    code: str
    label: str
    is_reviewed: bool


def status_of(notes: Iterable[Note]) -> Status:
    """The verdict of the newest approved note, else of the newest submitted one; two that differ are a dispute.

    Drafts alone, and notes sent back, mean that somebody is at work.
    """
    notes = [note for note in notes if note.current is not None]
    approved = [note for note in notes if note.state in APPROVED_STATES]
    submitted = [note for note in notes if note.state == NoteState.SUBMITTED]
    verdicts = {note.current.verdict.code for note in approved + submitted if note.current and note.current.verdict}
    if len(verdicts) > 1:
        return Status(DISPUTED, "Disputed", False)
    for group, is_reviewed in ((approved, True), (submitted, False)):
        if group:
            newest = max(group, key=lambda note: (note.changed_at, note.pk))
            if newest.current and newest.current.verdict:
                return Status(newest.current.verdict.code, newest.current.verdict.label, is_reviewed)
    if any(note.state in {NoteState.DRAFT, NoteState.CHANGES_REQUESTED} for note in notes):
        return Status(IN_PROGRESS, "In progress", False)
    return Status(UNCHECKED, "Unchecked", False)


def refresh_status(claim: Claim) -> None:
    """Derives the claim's status anew and stores it on its row, for pages that show hundreds."""
    notes = list(Note.objects.filter(Q(claim=claim) | Q(claim__merged_into=claim)).select_related("current__verdict"))
    claim.status, claim.status_label, claim.is_reviewed = status_of(notes)
    claim.note_count = len(notes)
    claim.save(update_fields=["status", "status_label", "is_reviewed", "note_count"])
    if claim.merged_into:
        refresh_status(claim.merged_into)
