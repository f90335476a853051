"""Correcting the machine: a claim's passages and differences, new claims, names, and taking decisions back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect, replace_url

from articles import deciding
from articles.correcting import find_correcting
from articles.correction_forms import (
    CORRECTIONS,
    CorrectionForm,
    DecideForm,
    NewClaimForm,
    nearest_place,
)
from articles.deciding import StaleDecisionError, UnusableDecisionError
from articles.entity_forms import ENTITY_CORRECTIONS, EntityForm
from articles.models import Alignment, ArticleVersion, Claim, Decision, Entity, Story
from articles.reading.corrections import entity_corrections
from articles.reading.possible import next_possible
from articles.requests import MAX_KEY, HtmxRequest, read_number
from articles.roles import can_correct

STALE = "Somebody else decided about this a moment ago. This is how it stands now; decide again if you still want to."


def _corrector(request: HtmxRequest) -> User:
    """The user, who must be allowed to correct the machine."""
    if not can_correct(request.user):
        raise PermissionDenied("Only fact-checkers and editors correct the machine.")
    assert isinstance(request.user, User)
    return request.user


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def claim_correct(request: HtmxRequest, pk: int) -> HttpResponse:
    """Everything that can be corrected about one claim: one page, one form a decision, told apart by ``act``."""
    by = _corrector(request)
    claim = get_object_or_404(Claim.objects.select_related("story"), pk=pk, story__is_hidden=False)
    status, form, alert = 200, None, ""
    if request.method == "POST":
        kind = CORRECTIONS.get(request.POST.get("act", ""))
        if kind is None:
            raise BadRequest("The form does not say what to decide.")
        form = kind(request.POST, claim=claim)
        status = 422
        if form.is_valid():
            try:
                form.apply(by=by)
            except StaleDecisionError:
                status, alert = 409, STALE
            except UnusableDecisionError as error:
                form.add_error(None, str(error))
            else:
                return _decided(request, form)
    context = {
        "claim": claim,
        "story": claim.story,
        "page": find_correcting(claim, refused=form),
        "form": form,
        "is_stale": status == 409,
        "alert": alert or (_first_error(form) if form and status == 422 else ""),
    }
    template = "articles/claim_correct.html"
    return render(request, f"{template}#corrections" if request.htmx else template, context, status=status)


def _first_error(form: CorrectionForm | EntityForm) -> str:
    return next((str(error) for errors in form.errors.values() for error in errors), "")


def _decided(request: HtmxRequest, form: CorrectionForm) -> HttpResponse:
    """Back to where the decision was taken. Marks may have changed everywhere, so the page is new."""
    claim = Claim.objects.select_related("story", "merged_into__story").get(pk=form.claim.pk)
    claim = claim.merged_into or claim
    if request.GET.get("from") == "read":
        messages.success(request, f"{form.said} “Correct” takes it back.")
        url = claim.get_absolute_url()
        return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
    messages.success(request, form.said)
    return _to_corrections(request, claim, at=f"row-{form.act}-{form.row_key}" if form.row_key else "")


def _to_corrections(request: HtmxRequest, claim: Claim, *, at: str = "") -> HttpResponse:
    """The corrections of ``claim``: open in the texts for htmx, else on their page. ``at`` is what to go on from."""
    if request.htmx:
        return HttpResponseClientRedirect(f"{claim.get_absolute_url()}&correct={at or 'corrections'}")
    return redirect(
        f"{reverse('claim_correct', args=[claim.pk])}#{at}" if at else reverse("claim_correct", args=[claim.pk])
    )


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def claim_new(request: HtmxRequest, pk: int) -> HttpResponse:
    """A claim the machine did not see, from words of version ``pk``."""
    by = _corrector(request)
    version = get_object_or_404(
        ArticleVersion.objects.select_related("article__story", "article__outlet"),
        pk=pk,
        article__story__is_hidden=False,
    )
    form = NewClaimForm(request.POST or None, initial=request.GET.dict(), label_suffix="")
    if form.is_valid():
        quote = form.cleaned_data["quote"].replace("\r\n", "\n").strip()
        try:
            start = nearest_place(version.text, quote, at=form.cleaned_data["start"] or 0)
            decision = deciding.new_claim(
                version=version,
                start=start,
                end=start + len(quote),
                quote=quote,
                statement=form.cleaned_data["statement"],
                by=by,
            )
        except UnusableDecisionError as error:
            form.add_error("quote", str(error))
        else:
            assert decision.claim is not None
            messages.success(request, f"This is claim {decision.claim.number} now.")
            url = decision.claim.get_absolute_url()
            return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
    context = {"version": version, "story": version.article.story, "form": form}
    template = "articles/claim_new.html"
    return render(
        request, f"{template}#form" if request.htmx else template, context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def entity_edit(request: HtmxRequest, pk: int) -> HttpResponse:
    """Everything that can be corrected about one person, place or organisation; ``act`` tells the forms apart."""
    by = _corrector(request)
    entity = get_object_or_404(Entity.objects.in_visible_stories(), pk=pk)
    if entity.merged_into_id and request.method != "POST":
        return redirect("entity_detail", pk=entity.pk)
    status, form, alert = 200, None, ""
    if request.method == "POST":
        kind = ENTITY_CORRECTIONS.get(request.POST.get("act", ""))
        if kind is None:
            raise BadRequest("The form does not say what to decide.")
        form = kind(request.POST, entity=entity)
        status = 422
        if form.is_valid():
            try:
                form.apply(by=by)
            except StaleDecisionError:
                status, alert = 409, STALE
                entity.refresh_from_db()
            except UnusableDecisionError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, "Decided. Later readings of the texts keep to it.")
                return redirect("entity_edit", pk=entity.pk)
    context = {
        "entity": entity,
        "corrections": entity_corrections(entity),
        "forms": _entity_forms(entity, form),
        "alert": alert or (_first_error(form) if form and status == 422 else ""),
    }
    return render(request, "articles/entity_edit.html", context, status=status)


def _entity_forms(entity: Entity, refused: EntityForm | None) -> dict[str, EntityForm]:
    """The forms by their acts; the refused one in its place, with what was typed."""
    initial = {"name": entity.name, "kind": entity.kind}
    kept = {"rename": initial, "retype": initial, "split": {"kind": entity.kind}}
    return {
        act: refused if refused and refused.act == act else kind(entity=entity, initial=kept.get(act))
        for act, kind in ENTITY_CORRECTIONS.items()
    }


@require_POST
def decision_undo(request: HtmxRequest, pk: int) -> HttpResponse:
    by = _corrector(request)
    decision = get_object_or_404(Decision.objects.select_related("story", "claim__story", "entity"), pk=pk)
    if decision.story and decision.story.is_hidden:
        raise PermissionDenied("The story is hidden.")
    if decision.entity and not Entity.objects.in_visible_stories().filter(pk=decision.entity.pk).exists():
        raise PermissionDenied("No story you may open names it.")
    try:
        deciding.undo(decision=decision, by=by)
    except StaleDecisionError:
        messages.error(request, "Something was decided about this since. Take that back first.")
    except UnusableDecisionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Taken back.")
    if decision.entity:
        return redirect("entity_edit", pk=decision.entity_id)
    # What was found in a text concerns no one claim: the page says from which it was taken back.
    key = read_number(request.POST.get("claim"), limit=MAX_KEY)
    claims = Claim.objects.filter(story=decision.story_id).select_related("story")
    claim = claims.filter(pk=key).first() if key else decision.claim
    return _to_corrections(request, claim) if claim else redirect("story_list")


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def story_possible(request: HtmxRequest, slug: str) -> HttpResponse:
    """The possible matches of a story, one question after the other. The address holds how many this person has
    answered (``done``), the last answer, which can be taken back (``last``), and what to ask first (``at``)."""
    by = _corrector(request)
    story = get_object_or_404(Story.objects.visible(), slug=slug)
    done, last, first = (_key(request, name) for name in ("done", "last", "at"))
    status, alert = 200, ""
    if request.method == "POST":
        status = 409
        try:
            if request.POST.get("act") == "undo":
                decision = get_object_or_404(Decision.objects.select_related("story"), pk=last, story=story, by=by)
                deciding.undo(decision=decision, by=by)
                done, last, first = max(0, done - 1), 0, _asked_in(decision)
            else:
                last, done, first = _answer(request, story, by).pk, done + 1, 0
            status = 200
        except StaleDecisionError:
            alert, first = STALE, 0
        except UnusableDecisionError as error:
            alert = str(error)
    address = (
        f"{request.path}?{urlencode({name: n for name, n in (('done', done), ('last', last), ('at', first)) if n})}"
    )
    if request.method == "POST" and status == 200 and not request.htmx:
        return redirect(address)
    match = next_possible(story, first=first)
    answer = Decision.objects.filter(pk=last, story=story, by=by, undone_by=None).select_related("claim").first()
    context = {
        "story": story,
        "match": match,
        "done": done,
        "total": done + (match.left if match else 0),
        "last": answer,
        "alert": alert,
        "is_fragment": bool(request.htmx),
    }
    template = "articles/story_possible.html"
    response = render(request, f"{template}#queue" if request.htmx else template, context, status=status)
    return replace_url(response, address) if request.htmx else response


def _answer(request: HtmxRequest, story: Story, by: User) -> Decision:
    """One answer of the queue.

    Raises:
        StaleDecisionError: when the passage was decided about or is no longer asked about.
    """
    row = Alignment.objects.filter(pk=_key(request, "alignment"), claim__story=story).select_related("claim").first()
    form = DecideForm(request.POST, claim=row.claim) if row else None
    if row is None or form is None or not form.is_valid():
        raise StaleDecisionError(row or story)
    return form.decide(by=by)


def _asked_in(decision: Decision) -> int:
    """The alignment that an answer was about."""
    where = {"version": decision.version_id, "start": decision.start, "end": decision.end}
    rows = Alignment.objects.filter(claim=decision.claim_id, **{f"appearance__{name}": v for name, v in where.items()})
    return rows.values_list("pk", flat=True).first() or 0


def _key(request: HtmxRequest, name: str) -> int:
    """A number of the form or the address; 0 when there is none."""
    return read_number(request.POST.get(name) or request.GET.get(name), limit=MAX_KEY) or 0
