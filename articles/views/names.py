"""What is marked at a place of a text, in a small sheet beside it; and correcting who is who."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from articles import deciding
from articles.deciding import StaleDecisionError, UnusableDecisionError
from articles.entity_forms import ENTITY_CORRECTIONS, EntityForm
from articles.models import Claim, Decision, Entity, Quotation, Story
from articles.reading.corrections import entity_corrections
from articles.reading.counted import read_figure
from articles.reading.sheet import read_name, read_place
from articles.requests import MAX_KEY, HtmxRequest, read_number
from articles.views.answers import (
    STALE,
    Asking,
    answer_decision,
    back_to,
    find_asking,
    find_corrector,
    find_screen,
    first_error,
)


@require_safe
@vary_on_headers("HX-Request")
def mark_detail(request: HtmxRequest, slug: str) -> HttpResponse:
    """``?version=&at=`` names a place of a text, ``?entity=`` somebody or something the story names.

    ``&of=quote`` asks for the quotation there, ``&of=figure`` for the figure, whoever may be named at its first word.
    """
    story = get_object_or_404(Story.objects.visible(), slug=slug)
    version, at, key = (read_number(request.GET.get(name), limit=MAX_KEY) for name in ("version", "at", "entity"))
    entity = _find_open(key) if key else None
    context = find_sheet(
        story,
        entity=entity.find_standing() if entity else None,
        version=version,
        at=at,
        of=request.GET.get("of", ""),
    )
    template = "articles/mark_detail.html"
    return render(request, f"{template}#sheet" if request.htmx else template, context)


def find_sheet(
    story: Story,
    *,
    entity: Entity | None = None,
    version: int | None = None,
    at: int | None = None,
    of: str = "",
    refused: EntityForm | None = None,
    alert: str = "",
) -> dict[str, Any]:
    """What the sheet shows: of one name, or of whatever is marked at a place; ``of`` says which kind is meant."""
    place = read_place(story, version=version, at=at) if version is not None and at is not None else None
    figure = None
    if place and not entity and not (of == "quote" and place.quotations):
        if of == "figure" or not (place.entity or place.quotations):
            figure = read_figure(story, place.columns, version=place.column.version, at=place.at)
        entity = None if figure else place.entity
    context: dict[str, Any] = {"story": story, "place": place, "figure": figure, "alert": alert}
    if entity:
        context |= {
            "entity": entity,
            "name": read_name(story, entity),
            "corrections": entity_corrections(entity),
            "forms": entity_forms(entity, refused),
        }
    return context


def find_sheet_after(asking: Asking, decision: Decision) -> dict[str, Any] | None:
    """The open sheet of the page that asked, after ``decision`` was taken back; None when it shows none of that."""
    if asking.story is None or "sheet" not in asking.shown:
        return None
    if decision.entity_id:
        # As it is now: the decision was read before it was taken back.
        return find_sheet(asking.story, entity=Entity.objects.get(pk=decision.entity_id))
    place = {"version": decision.version_id, "start": decision.start, "end": decision.end}
    quotation = Quotation.objects.filter(pk__in=asking.sheet[1], **place).first()
    return _sheet_with(asking, asking.story, quotation) if quotation else None


def _sheet_with(asking: Asking, story: Story, quotation: Quotation, *, alert: str = "") -> dict[str, Any]:
    """The sheet that shows ``quotation``: of the name it was opened for, when it was."""
    entity = Entity.objects.filter(pk=asking.sheet[0]).first()
    return find_sheet(
        story,
        entity=entity.find_standing() if entity else None,
        version=quotation.version_id,
        at=quotation.start,
        of="quote",
        alert=alert,
    )


def entity_forms(entity: Entity, refused: EntityForm | None = None) -> dict[str, EntityForm]:
    """The forms by their acts; the refused one in its place, with what was typed."""
    initial = {"name": entity.name, "kind": entity.kind}
    kept = {"rename": initial, "retype": initial, "split": {"kind": entity.kind}}
    return {
        act: refused if refused and refused.act == act else kind(entity=entity, initial=kept.get(act))
        for act, kind in ENTITY_CORRECTIONS.items()
    }


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def entity_edit(request: HtmxRequest, pk: int) -> HttpResponse:
    """Everything that can be corrected about one person, place or organisation; ``act`` tells the forms apart."""
    by = find_corrector(request)
    entity = _find_open(pk)
    if entity.merged_into_id and request.method != "POST":
        return redirect("entity_detail", pk=entity.pk)
    status, form, alert = 200, None, ""
    asking = find_screen(request, None)
    if request.method == "POST":
        kind = ENTITY_CORRECTIONS.get(request.POST.get("act", ""))
        if kind is None:
            raise BadRequest("The form does not say what to decide.")
        form = kind(request.POST, entity=entity)
        status = 422
        if form.is_valid():
            asking = find_asking(request, None)
            try:
                decision = form.apply(by=by)
            except StaleDecisionError:
                status, alert = 409, STALE
                entity.refresh_from_db()
            except UnusableDecisionError as error:
                form.add_error(None, str(error))
            else:
                said = f"{form.said} Later readings of the texts keep to it."
                if request.htmx and asking.story:
                    entity = Entity.objects.get(pk=pk)
                    sheet = find_sheet(asking.story, entity=entity.find_standing())
                    claim = _selected(asking)
                    return answer_decision(request, asking, claim=claim, said=said, decision=decision, sheet=sheet)
                messages.success(request, said, extra_tags=str(decision.pk))
                return redirect("entity_edit", pk=pk)
    alert = alert or (first_error(form) if form and status == 422 else "")
    if request.htmx and asking.story:
        sheet = find_sheet(asking.story, entity=entity, refused=form, alert=alert)
        return render(request, "articles/mark_detail.html#sheet", sheet, status=status)
    context = {
        "entity": entity,
        "corrections": entity_corrections(entity),
        "forms": entity_forms(entity, form),
        "alert": alert,
    }
    return render(request, "articles/entity_edit.html", context, status=status)


@require_POST
def quotation_reject(request: HtmxRequest, pk: int) -> HttpResponse:
    """Words between marks that are nobody's words: a title, a word held at a distance."""
    by = find_corrector(request)
    quotation = get_object_or_404(
        Quotation.objects.select_related("version__article__story"), pk=pk, version__article__story__is_hidden=False
    )
    story = quotation.version.article.story
    asking = find_asking(request, story)
    expected = read_number(request.POST.get("expected"))
    decision, said = None, "No longer taken for a quotation."
    try:
        decision = deciding.reject_quotation(
            quotation=quotation,
            by=by,
            expected=-1 if expected is None else expected,
            reason=request.POST.get("reason", "")[:1000],
        )
    except StaleDecisionError:
        said = STALE
    claim = _selected(asking)
    is_beside = request.htmx and asking.screen
    if decision and not is_beside:
        messages.success(request, said, extra_tags=str(decision.pk))
        return redirect(asking.address) if asking.address else back_to(asking, claim)
    sheet = _sheet_with(asking, story, quotation, alert="" if decision else STALE)
    if not is_beside:
        return render(request, "articles/mark_detail.html", sheet, status=409)
    answer = answer_decision(request, asking, claim=claim, said=said, decision=decision, sheet=sheet)
    answer.status_code = 200 if decision else 409
    return answer


def _find_open(pk: int) -> Entity:
    """The entity, whose name no hidden story alone may hold."""
    entity = get_object_or_404(Entity, pk=pk)
    if not entity.is_open_to_all():
        raise Http404("No story you may open names it.")
    return entity


def _selected(asking: Asking) -> Claim | None:
    """The claim that is chosen on the page that asked."""
    return Claim.objects.filter(story=asking.story, pk=asking.selected).select_related("story").first()
