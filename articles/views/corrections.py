"""Correcting the machine: a claim's passages and differences, new claims, names, and taking decisions back."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from articles import deciding
from articles.correction_forms import CORRECTIONS, CorrectionForm, EntityForm, NewClaimForm, nearest_place
from articles.deciding import StaleDecisionError, UnusableDecisionError
from articles.models import ArticleVersion, Claim, Decision, Entity
from articles.reading.corrections import claim_corrections
from articles.requests import HtmxRequest
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
        "corrections": claim_corrections(claim),
        "form": form,
        "alert": alert or (_first_error(form) if form and status == 422 else ""),
    }
    template = "articles/claim_correct.html"
    return render(request, f"{template}#corrections" if request.htmx else template, context, status=status)


def _first_error(form: CorrectionForm) -> str:
    return next((str(error) for errors in form.errors.values() for error in errors), "")


def _decided(request: HtmxRequest, form: CorrectionForm) -> HttpResponse:
    """The claim as it is now, or the one it was merged into. Marks may have changed everywhere, so the page is new."""
    messages.success(request, f"{form.said} You can take it back below.")
    claim = Claim.objects.select_related("story", "merged_into__story").get(pk=form.claim.pk)
    url = (claim.merged_into or claim).get_absolute_url()
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


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
    form = NewClaimForm(request.POST or None, initial={"quote": request.GET.get("quote", "")}, label_suffix="")
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


@require_POST
def entity_edit(request: HtmxRequest, pk: int) -> HttpResponse:
    """One decision about a person, place or organisation; the page of the entity has its forms."""
    by = _corrector(request)
    entity = get_object_or_404(Entity, pk=pk)
    form = EntityForm(request.POST, entity=entity)
    if not form.is_valid():
        messages.error(request, next(str(error) for errors in form.errors.values() for error in errors))
        return redirect("entity_detail", pk=entity.pk)
    try:
        form.apply(by=by)
    except StaleDecisionError:
        messages.error(request, STALE)
    except UnusableDecisionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Decided. Later readings of the texts keep to it.")
    return redirect("entity_detail", pk=entity.pk)


@require_POST
def decision_undo(request: HtmxRequest, pk: int) -> HttpResponse:
    by = _corrector(request)
    decision = get_object_or_404(Decision.objects.select_related("story", "claim__story", "entity"), pk=pk)
    if decision.story and decision.story.is_hidden:
        raise PermissionDenied("The story is hidden.")
    try:
        deciding.undo(decision=decision, by=by)
    except StaleDecisionError:
        messages.error(request, "Something was decided about this since. Take that back first.")
    except UnusableDecisionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Taken back.")
    if decision.claim:
        url = decision.claim.get_absolute_url()
        return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
    if decision.entity:
        return redirect("entity_detail", pk=decision.entity_id)
    return redirect("story_list")
