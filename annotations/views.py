"""Verification notes: read, written and revised in place."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from annotations.answers import FORM_USED, claim_saved, find_writer, form_page, is_save, note_forms, passage_saved
from annotations.models import Note, NoteRevision, NoteState
from annotations.writing import (
    ClaimGoneError,
    ClosedNoteError,
    FormUsedError,
    StaleNoteError,
    UnusableClaimError,
    create_note,
    revise_note,
)
from articles.models import Claim
from articles.requests import HtmxRequest


@require_safe
@vary_on_headers("HX-Request")
def claim_notes(request: HtmxRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim.objects.select_related("story"), pk=pk, story__is_hidden=False)
    if not request.htmx:
        return redirect(f"{claim.get_absolute_url()}#notes-{claim.pk}")
    return render(request, "annotations/claim_notes.html", {"claim": claim, "notes": claim.all_notes()})


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def note_new(request: HtmxRequest, pk: int) -> HttpResponse:
    writer = find_writer(request)
    claim = get_object_or_404(Claim.objects.select_related("story"), pk=pk, story__is_hidden=False)
    is_draft = "save_draft" in request.POST
    forms = note_forms(request)
    status = 200
    if is_save(request):
        status = 422
        if forms.is_valid():
            state = NoteState.DRAFT if is_draft else NoteState.SUBMITTED
            try:
                note = create_note(
                    claim=claim, content=forms.content(), state=state, by=writer, key=forms.note.cleaned_data["key"]
                )
            except ClaimGoneError:
                status = 409
                forms.note.add_error(
                    None,
                    "The articles were compared again and this claim is no longer there. Your text is kept here:"
                    " copy it, then open the claim it belongs to now.",
                )
            except UnusableClaimError as error:
                status = 409
                forms.note.add_error(None, str(error))
            except FormUsedError:
                status = 409
                forms.note.add_error(None, FORM_USED)
            else:
                return claim_saved(request, claim, note)
    return form_page(request, "annotations/note_new.html", {"claim": claim, "forms": forms}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def note_edit(request: HtmxRequest, pk: int) -> HttpResponse:
    writer = find_writer(request)
    note = get_object_or_404(Note.objects.for_display().with_passage(), pk=pk, story__is_hidden=False)
    conflict: NoteRevision | None = None
    # A passage note under a claim is revised among the notes of that claim, or beside its passage.
    is_in_claim = bool(note.claim) and request.htmx.target == f"noteform-{note.claim_id}"
    is_draft = "save_draft" in request.POST and note.state == NoteState.DRAFT
    forms = note_forms(request, note=note, is_draft=is_draft)
    status = 200
    if not note.is_open:
        status = 409
        if request.method == "POST":
            forms.note.add_error(None, "The note has been approved meanwhile and can no longer be changed this way.")
    elif is_save(request):
        status = 422
        if forms.is_valid():
            state = NoteState.DRAFT if is_draft else NoteState.SUBMITTED
            try:
                revise_note(
                    note=note,
                    expected=forms.note.cleaned_data["revision"],
                    content=forms.content(),
                    state=state,
                    by=writer,
                )
            except StaleNoteError as stale:
                status = 409
                note = Note.objects.for_display().with_passage().get(pk=stale.note.pk)
                conflict = note.current
                assert conflict is not None
                # What was typed is now an answer to the newest revision: saving again puts it on top of that one.
                forms.answer_to(conflict.number)
            except ClosedNoteError:
                status = 409
                forms.note.add_error(None, "The note has been approved meanwhile. Your text is kept here to copy.")
            else:
                if note.claim and (is_in_claim or not note.version_id):
                    return claim_saved(request, note.claim, note)
                return passage_saved(request, note)
    context = {"claim": note.claim, "note": note, "forms": forms, "conflict": conflict, "is_in_claim": is_in_claim}
    return form_page(request, "annotations/note_edit.html", context, status=status)


@require_safe
def note_detail(request: HtmxRequest, pk: int) -> HttpResponse:
    note = get_object_or_404(Note.objects.with_passage(), pk=pk, story__is_hidden=False)
    revisions = (
        note.revisions.select_related("author", "verdict")
        .prefetch_related("evidence", "rests_on__article__outlet")
        .order_by("-number")
    )
    context = {"note": note, "revisions": revisions, "attachments": note.attachments.select_related("by")}
    return render(request, "annotations/note_detail.html", context)
