"""Verification notes on a passage of one text: written, read beside it, put under a claim and taken off again."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from annotations.answers import FORM_USED, find_writer, form_page, is_save, note_forms, passage_context, passage_saved
from annotations.models import Note, NoteState
from annotations.passage_forms import AttachForm, PassageForm
from annotations.writing import (
    ClaimGoneError,
    FormUsedError,
    StaleNoteError,
    UnusableClaimError,
    attach_note,
    create_note,
    detach_note,
)
from articles.models import ArticleVersion
from articles.requests import HtmxRequest, read_number
from articles.roles import EDITOR, roles_of


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request", "HX-Target")
def passage_note_new(request: HtmxRequest, pk: int) -> HttpResponse:
    """``?start=&end=&quote=`` is the passage as the browser sees it; without it the words are typed and looked for."""
    writer = find_writer(request)
    texts = ArticleVersion.objects.select_related("article__story", "article__outlet")
    version = get_object_or_404(texts, pk=pk, article__story__is_hidden=False)
    data = (
        request.POST if request.method == "POST" else request.GET if {"start", "words"} & request.GET.keys() else None
    )
    # To choose other words lets go of the passage, and keeps what was written about it.
    chosen = PassageForm(None if "other_words" in request.POST else data, version=version)
    forms = note_forms(request)
    is_found = chosen.is_valid() or not chosen.is_bound
    # Whoever only adds a row to the form is told nothing about words they have not come to yet.
    status = 200 if is_found or "add_link" in request.POST else 422
    errors = [] if is_found or "find" in request.POST else chosen.found_errors()
    if is_save(request):
        status = 422
        if forms.is_valid() and chosen.passage:
            try:
                note = create_note(
                    passage=chosen.passage,
                    content=forms.content(),
                    state=NoteState.DRAFT if "save_draft" in request.POST else NoteState.SUBMITTED,
                    by=writer,
                    key=forms.note.cleaned_data["key"],
                )
            except FormUsedError:
                forms.note.add_error(None, FORM_USED)
            else:
                return passage_saved(request, note)
        errors += forms.errors()
    context = {
        "version": version,
        "story": version.article.story,
        "forms": forms,
        "chosen": chosen,
        "errors": errors if status == 422 else [],
        "is_asked": status == 422,
    }
    return form_page(request, "annotations/passage_note_new.html", context, status=status)


@require_safe
@vary_on_headers("HX-Request")
def passage_note(request: HtmxRequest, pk: int, note: int) -> HttpResponse:
    row = _find_note(note, version=pk)
    template = "annotations/passage_note.html"
    return render(request, f"{template}#pane" if request.htmx else template, passage_context(row))


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def note_attach(request: HtmxRequest, pk: int) -> HttpResponse:
    writer = find_writer(request)
    note = _find_note(pk)
    _refuse_if_settled(request, note)
    context = passage_context(note)
    status = 200
    if request.method == "POST":
        former = note.claim
        form = AttachForm(request.POST, note=note, expected=context["attach"].initial["expected"])
        status = 422
        if form.is_valid() and form.wanted:
            try:
                done = attach_note(note=note, claim=form.wanted, by=writer, expected=form.cleaned_data["expected"])
            except ClaimGoneError:
                form.add_error("claim", "The claim is no longer there. Choose another one.")
            except UnusableClaimError as error:
                form.add_error("claim", str(error))
            except StaleNoteError:
                return _stale(request, pk)
            else:
                return passage_saved(request, note, said=f"Put under claim {done.claim_number}.", former=former)
        context["attach"] = form
    context["is_attaching"] = True
    template = "annotations/passage_note.html"
    return render(request, f"{template}#attach" if request.htmx else template, context, status=status)


@require_POST
def note_detach(request: HtmxRequest, pk: int) -> HttpResponse:
    writer = find_writer(request)
    note = _find_note(pk)
    _refuse_if_settled(request, note)
    former = note.claim
    expected = read_number(request.POST.get("expected"))
    try:
        detach_note(note=note, by=writer, expected=-1 if expected is None else expected)
    except (StaleNoteError, UnusableClaimError):
        return _stale(request, pk)
    return passage_saved(request, note, said="Taken off the claim. It stays on its passage.", former=former)


def _find_note(pk: int, **where: object) -> Note:
    rows = Note.objects.for_display().with_passage().filter(version__isnull=False, **where)
    return get_object_or_404(rows, pk=pk, story__is_hidden=False)


def _refuse_if_settled(request: HtmxRequest, note: Note) -> None:
    """Under a claim an approved note speaks for the desk at once, so that is an editor's to say."""
    if not note.is_open and EDITOR not in roles_of(request.user):
        raise PermissionDenied("This note is approved: only editors put it under a claim or take it off.")


def _stale(request: HtmxRequest, pk: int) -> HttpResponse:
    context = passage_context(_find_note(pk))
    context |= {"is_attaching": True, "is_stale": True}
    template = "annotations/passage_note.html"
    return render(request, f"{template}#attach" if request.htmx else template, context, status=409)
