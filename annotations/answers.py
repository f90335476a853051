"""What the pages of notes have in common: who may write, the form as it came back, and the answer to a saved note."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget, trigger_client_event

from annotations.forms import NoteForms
from annotations.models import Note
from annotations.passage_forms import AttachForm
from articles import reading
from articles.models import Claim
from articles.reading.columns import Column
from articles.rendering import DrawnParagraph, draw_paragraphs
from articles.requests import HtmxRequest, read_keys
from articles.roles import can_write_notes

FORM_USED = (
    "This form was saved already, with other words. Your text is kept here: copy it, then revise the note that was"
    " saved, or open a new form."
)


def find_writer(request: HtmxRequest) -> User:
    """The user, who must be allowed to write notes."""
    if not can_write_notes(request.user):
        raise PermissionDenied("Only fact-checkers and editors write verification notes.")
    assert isinstance(request.user, User)
    return request.user


def is_save(request: HtmxRequest) -> bool:
    """Whether the form was sent to be saved: the other buttons in it add a row, or look for words."""
    return request.method == "POST" and not {"add_link", "find", "other_words"} & request.POST.keys()


def note_forms(request: HtmxRequest, *, note: Note | None = None, is_draft: bool = False) -> NoteForms:
    if request.method != "POST":
        return NoteForms(note=note)
    forms = NoteForms(
        request.POST,
        note=note,
        is_draft=is_draft or ("save_draft" in request.POST and note is None),
        has_new_row="add_link" in request.POST,
    )
    if not is_save(request):
        forms.judge_nothing()
    return forms


def form_page(request: HtmxRequest, template: str, context: dict[str, Any], *, status: int) -> HttpResponse:
    """The form, as a fragment or as a page."""
    if request.htmx:
        # Opened in the panel it comes with its pane; sent from there, it alone is drawn again.
        template += "#pane" if request.htmx.target == "panel" else "#form"
    context.setdefault("errors", context["forms"].errors() if status != 200 else [])
    return render(request, template, context, status=status)


def claim_saved(request: HtmxRequest, claim: Claim, note: Note) -> HttpResponse:
    """Everything that shows a note on a claim, read anew: its section, the margin flags, the list."""
    claim = Claim.objects.select_related("story").get(pk=claim.pk)
    if not request.htmx:
        messages.success(request, "Note saved.")
        return redirect(f"{claim.get_absolute_url()}#notes-{claim.pk}")
    claim_page = reverse("claim_page", args=[claim.story.slug, claim.number])
    context = {
        "claim": claim,
        "notes": claim.all_notes(),
        "saved": note.pk,
        # The page of a claim shows nothing else of it.
        "marks": None if _is_on(request, claim_page) else reading.claim_marks(claim),
    }
    response = render(request, "annotations/claim_notes.html", context)
    retarget(response, f"#notes-{claim.pk}")
    reswap(response, "outerHTML")
    return trigger_client_event(response, "noteSaved", {"claim": claim.number, "note": note.pk}, after="settle")


def passage_saved(
    request: HtmxRequest, note: Note, *, said: str = "Note saved.", former: Claim | None = None
) -> HttpResponse:
    """Everything that shows a passage note, read anew: its pane, the text it is on, and the claims it counts for.

    ``former`` is the claim it was just taken off.
    """
    note = Note.objects.for_display().with_passage().get(pk=note.pk)
    if not request.htmx:
        messages.success(request, said)
        return redirect(note)
    if not _is_on(request, note.story.get_absolute_url()):
        # On a page of its own nothing else has to change, and its address is that of the form.
        messages.success(request, said)
        return HttpResponseClientRedirect(note.get_absolute_url())
    concerned = {claim.pk: claim for claim in (former, note.claim) if claim}
    context = {
        **passage_context(note),
        "said": said,
        "redrawn": _redrawn(request, note),
        "all_marks": [reading.claim_marks(claim) for claim in concerned.values()],
    }
    response = render(request, "annotations/passage_note.html#pane", context)
    retarget(response, "#panel")
    reswap(response, "outerHTML")
    claim = note.claim.number if note.claim else None
    return trigger_client_event(response, "noteSaved", {"claim": claim, "note": note.pk}, after="settle")


def passage_context(note: Note) -> dict[str, Any]:
    """What the pane of a passage note shows. The note must come ``for_display`` and ``with_passage``."""
    attachments = list(note.attachments.select_related("by"))
    return {
        "note": note,
        "version": note.version,
        "story": note.story,
        "attachments": attachments,
        "attach": AttachForm(note=note, expected=attachments[-1].number if attachments else 0),
    }


def _is_on(request: HtmxRequest, address: str) -> bool:
    return urlsplit(request.htmx.current_url or "").path == address


def _redrawn(request: HtmxRequest, note: Note) -> list[tuple[DrawnParagraph, Column]]:
    """The paragraphs of the Read page that the note stands in, if the page shows its text."""
    shown = parse_qs(urlsplit(request.htmx.current_url or "").query).get("show", [])
    page = reading.read_story(note.story, show=read_keys(shown))
    column = next((column for column in page.columns if column.version == note.version_id), None)
    if column is None:
        return []
    assert note.start is not None
    assert note.end is not None
    inside = [p for p in column.paragraphs if p.start < note.end and note.start < p.end]
    return [(drawn, column) for drawn in draw_paragraphs(page, inside).values()]
