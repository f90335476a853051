"""Verification notes: read, written and revised in place."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import reswap, retarget, trigger_client_event

from annotations.forms import NoteForms
from annotations.models import Note, NoteRevision, NoteState
from annotations.writing import ClaimGoneError, ClosedNoteError, StaleNoteError, create_note, revise_note
from articles import reading
from articles.models import Claim
from articles.requests import HtmxRequest
from articles.roles import can_write_notes


def _writer(request: HtmxRequest) -> User:
    """The user, who must be allowed to write notes."""
    if not can_write_notes(request.user):
        raise PermissionDenied("Only fact-checkers and editors write verification notes.")
    assert isinstance(request.user, User)
    return request.user


@require_safe
@vary_on_headers("HX-Request")
def claim_notes(request: HtmxRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim.objects.select_related("story"), pk=pk, story__is_hidden=False)
    if not request.htmx:
        return redirect(f"{claim.get_absolute_url()}#notes-{claim.pk}")
    return render(request, "annotations/claim_notes.html", {"claim": claim, "notes": claim.notes.for_display()})


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def note_new(request: HtmxRequest, pk: int) -> HttpResponse:
    writer = _writer(request)
    claim = get_object_or_404(Claim.objects.select_related("story"), pk=pk, story__is_hidden=False)
    is_draft = "save_draft" in request.POST
    forms = _forms(request)
    status = 200
    if request.method == "POST" and "add_link" not in request.POST:
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
            else:
                return _saved(request, claim, note)
    return _form_page(request, "annotations/note_new.html", {"claim": claim, "forms": forms}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def note_edit(request: HtmxRequest, pk: int) -> HttpResponse:
    writer = _writer(request)
    note = get_object_or_404(
        Note.objects.for_display().select_related("claim__story"), pk=pk, claim__isnull=False, story__is_hidden=False
    )
    claim = note.claim
    assert claim is not None
    conflict: NoteRevision | None = None
    is_draft = "save_draft" in request.POST and note.state == NoteState.DRAFT
    forms = _forms(request, note=note, is_draft=is_draft)
    status = 200
    if not note.is_open:
        status = 409
        if request.method == "POST":
            forms.note.add_error(None, "The note has been approved meanwhile and can no longer be changed this way.")
    elif request.method == "POST" and "add_link" not in request.POST:
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
                note = Note.objects.for_display().get(pk=stale.note.pk)
                conflict = note.current
                assert conflict is not None
                # What was typed is now an answer to the newest revision: saving again puts it on top of that one.
                forms.answer_to(conflict.number)
            except ClosedNoteError:
                status = 409
                forms.note.add_error(None, "The note has been approved meanwhile. Your text is kept here to copy.")
            else:
                return _saved(request, claim, note)
    context = {"claim": claim, "note": note, "forms": forms, "conflict": conflict}
    return _form_page(request, "annotations/note_edit.html", context, status=status)


@require_safe
def note_detail(request: HtmxRequest, pk: int) -> HttpResponse:
    note = get_object_or_404(Note.objects.select_related("claim__story", "story"), pk=pk, story__is_hidden=False)
    revisions = (
        note.revisions.select_related("author", "verdict")
        .prefetch_related("evidence", "rests_on__article__outlet")
        .order_by("-number")
    )
    return render(request, "annotations/note_detail.html", {"note": note, "revisions": revisions})


def _forms(request: HtmxRequest, *, note: Note | None = None, is_draft: bool = False) -> NoteForms:
    if request.method != "POST":
        return NoteForms(note=note)
    return NoteForms(
        request.POST,
        note=note,
        is_draft=is_draft or ("save_draft" in request.POST and note is None),
        has_new_row="add_link" in request.POST,
    )


def _form_page(request: HtmxRequest, template: str, context: dict[str, object], *, status: int) -> HttpResponse:
    """The form, as a fragment or as a page. Adding a row is no attempt to save, so it complains about nothing."""
    if request.htmx:
        template += "#form"
    context["errors"] = context["forms"].errors() if status != 200 else []  # type: ignore[attr-defined]
    context["shows_errors"] = status != 200
    return render(request, template, context, status=status)


def _saved(request: HtmxRequest, claim: Claim, note: Note) -> HttpResponse:
    """Everything that shows the note, read anew: its section, the margin flags, the list."""
    claim = Claim.objects.select_related("story").get(pk=claim.pk)
    if not request.htmx:
        messages.success(request, "Note saved.")
        return redirect(f"{claim.get_absolute_url()}#notes-{claim.pk}")
    context = {
        "claim": claim,
        "notes": claim.notes.for_display(),
        "saved": note.pk,
        "marks": reading.claim_marks(claim),
    }
    response = render(request, "annotations/claim_notes.html", context)
    retarget(response, f"#notes-{claim.pk}")
    reswap(response, "outerHTML")
    return trigger_client_event(response, "noteSaved", {"claim": claim.number, "note": note.pk}, after="settle")
