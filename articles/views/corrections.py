"""Correcting the machine: a claim's passages and differences, new claims, possible matches, taking decisions back."""

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect, replace_url

from articles import deciding
from articles.correcting import find_correcting, find_others
from articles.correction_forms import (
    CORRECTIONS,
    CorrectionForm,
    DecideForm,
    NewClaimForm,
    nearest_place,
)
from articles.deciding import StaleDecisionError, UnusableDecisionError
from articles.models import Alignment, ArticleVersion, Claim, Decision, Story, Verb
from articles.reading.possible import next_possible
from articles.requests import MAX_KEY, HtmxRequest, read_number
from articles.views.answers import (
    MOST_OFFERED,
    STALE,
    Asking,
    answer_decision,
    back_to,
    find_asking,
    find_corrector,
    first_error,
)
from articles.views.names import find_sheet_after


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def claim_correct(request: HtmxRequest, pk: int) -> HttpResponse:
    """Everything that can be corrected about one claim: one page, one form a decision, told apart by ``act``."""
    by = find_corrector(request)
    claim = get_object_or_404(Claim.objects.select_related("story"), pk=pk, story__is_hidden=False)
    status, form, alert = 200, None, ""
    if request.method == "POST":
        kind = CORRECTIONS.get(request.POST.get("act", ""))
        if kind is None:
            raise BadRequest("The form does not say what to decide.")
        form = kind(request.POST, claim=claim)
        status = 422
        if form.is_valid():
            asking = find_asking(request, claim.story)
            try:
                decision = form.apply(by=by)[0]
            except StaleDecisionError:
                status, alert = 409, STALE
            except UnusableDecisionError as error:
                form.add_error(None, str(error))
            else:
                return _decided(request, asking, form, decision)
        if request.htmx and "in_cell" in request.POST:
            # There is no form to draw again: the row is shown as it stands now.
            asking = replace(find_asking(request, claim.story), is_outdated=True)
            return answer_decision(request, asking, claim=claim, said=f"Not decided. {alert or first_error(form)}")
    context = {
        "claim": claim,
        "story": claim.story,
        "page": find_correcting(claim, refused=form, most=MOST_OFFERED if request.htmx else None),
        "form": form,
        "is_stale": status == 409,
        "alert": alert or (first_error(form) if form and status == 422 else ""),
    }
    template = "articles/claim_correct.html"
    return render(request, f"{template}#corrections" if request.htmx else template, context, status=status)


def _decided(request: HtmxRequest, asking: Asking, form: CorrectionForm, decision: Decision) -> HttpResponse:
    """What changed, in its places; without a script back to where the decision was taken."""
    claim = Claim.objects.select_related("story", "merged_into__story").get(pk=form.claim.pk)
    said = form.said
    if claim.statement != form.claim.statement and not claim.statement_by_id:
        said += f" Claim {claim.number} is in the words of another passage now."
    if asking.screen != "ledger":
        claim = claim.merged_into or claim
    if request.htmx:
        return answer_decision(request, asking, claim=claim, said=said, decision=decision)
    messages.success(request, said, extra_tags=str(decision.pk))
    return back_to(asking, claim, at=f"row-{form.act}-{form.row_key}" if form.row_key else "")


@require_safe
def claim_others(request: HtmxRequest, pk: int) -> HttpResponse:
    """Claims of the same story by number or words (``?q=``), as the options of a choice."""
    find_corrector(request)
    claim = get_object_or_404(Claim, pk=pk, story__is_hidden=False)
    others = find_others(claim, request.GET.get("q", ""), most=MOST_OFFERED)
    return render(request, "articles/claim_correct.html#claim_options", {"page": {"others": others}, "claim": claim})


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request", "HX-Target")
def claim_new(request: HtmxRequest, pk: int) -> HttpResponse:
    """A claim the machine did not see, from words of version ``pk``."""
    by = find_corrector(request)
    version = get_object_or_404(
        ArticleVersion.objects.select_related("article__story", "article__outlet"),
        pk=pk,
        article__story__is_hidden=False,
    )
    form = NewClaimForm(request.POST or None, initial=request.GET.dict(), label_suffix="")
    if form.is_valid():
        asking = find_asking(request, version.article.story)
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
            said = f"This is claim {decision.claim.number} now."
            if request.htmx and asking.screen == "read":
                return answer_decision(request, asking, claim=decision.claim, said=said, decision=decision)
            messages.success(request, said, extra_tags=str(decision.pk))
            url = decision.claim.get_absolute_url()
            return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
    context = {"version": version, "story": version.article.story, "form": form}
    template = "articles/claim_new.html"
    if request.htmx:
        # Opened beside the texts it comes with its pane; sent from there, it alone is drawn again.
        template += "#pane" if request.htmx.target == "panel" else "#form"
    return render(request, template, context, status=422 if form.is_bound else 200)


@require_POST
def decision_undo(request: HtmxRequest, pk: int) -> HttpResponse:
    """Takes one decision back, or with ``together`` all that were taken at once with it."""
    by = find_corrector(request)
    decision = get_object_or_404(Decision.objects.select_related("story", "claim__story", "entity"), pk=pk)
    if decision.story and decision.story.is_hidden:
        raise PermissionDenied("The story is hidden.")
    if decision.entity and not decision.entity.is_open_to_all():
        raise PermissionDenied("No story you may open names it.")
    asking = find_asking(request, decision.story)
    said, is_done = "Taken back.", True
    try:
        if decision.story and "together" in request.POST:
            deciding.undo_several(decisions=list(Decision.objects.taken_with(decision)), by=by)
        else:
            deciding.undo(decision=decision, by=by)
    except StaleDecisionError:
        said, is_done = "Not taken back: something was decided about this since. Take that back first.", False
    except UnusableDecisionError as error:
        said, is_done = str(error), False
    claim = _claim_after(request, asking, decision)
    if request.htmx and (asking.screen or (claim and not decision.entity)):
        return answer_decision(request, asking, claim=claim, said=said, sheet=find_sheet_after(asking, decision))
    (messages.success if is_done else messages.error)(request, said)
    is_name = decision.entity and not asking.screen
    answer = redirect("entity_edit", pk=decision.entity_id) if is_name else back_to(asking, claim)
    return HttpResponseClientRedirect(answer["Location"]) if request.htmx else answer


def _claim_after(request: HtmxRequest, asking: Asking, decision: Decision) -> Claim | None:
    """The claim to show: the one from which it was taken back, unless that is gone with it."""
    claims = Claim.objects.filter(story=asking.story).select_related("story")
    key = asking.selected if decision.entity else read_number(request.POST.get("claim"), limit=MAX_KEY)
    here = claims.filter(pk=key or 0).first()
    if decision.entity or (here and not here.is_retired and decision.verb != Verb.MERGE):
        return here
    return claims.filter(pk=decision.claim_id or 0).first() or here


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def story_possible(request: HtmxRequest, slug: str) -> HttpResponse:
    """The possible matches of a story, one question after the other. The address holds how many this person has
    answered (``done``), the last answer, which can be taken back (``last``), and what to ask first (``at``)."""
    by = find_corrector(request)
    story = get_object_or_404(Story.objects.visible(), slug=slug)
    done, last, first = (_key(request, name) for name in ("done", "last", "at"))
    status, alert = 200, ""
    if request.method == "POST":
        try:
            if request.POST.get("act") == "undo":
                decision = get_object_or_404(Decision.objects.select_related("story"), pk=last, story=story, by=by)
                deciding.undo(decision=decision, by=by)
                done, last, first = max(0, done - 1), 0, _asked_in(decision)
            else:
                last, done, first = _answer(request, story, by).pk, done + 1, 0
        except StaleDecisionError:
            status, alert, first = 409, STALE, 0
        except UnusableDecisionError as error:
            status, alert = 422, str(error)
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
