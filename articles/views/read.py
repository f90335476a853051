"""The Read page, its columns and what is new in it, the panel of one claim, and the page of one version."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2s
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from articles import comparison
from articles.keeping import kept, page_etag
from articles.models import ArticleVersion, ChosenColumn, Claim, Decision, Story
from articles.reading import claim_panel, read_story
from articles.reading.columns import Column, find_columns, moved, show_query
from articles.reading.news import News, count_named, news_of, with_news
from articles.reading.panel import panel_claims
from articles.reading.version import read_version
from articles.rendering import draw_columns
from articles.requests import MAX_KEY, HtmxRequest, read_keys, read_number
from articles.roles import can_correct, can_import


@require_safe
def story_read(request: HttpRequest, slug: str) -> HttpResponse:
    """``?claim=N`` selects a claim, ``?show=article&show=…`` chooses columns and their order."""
    story = get_object_or_404(with_news(Story.objects.visible(), by=request.user.pk), slug=slug)
    etag = page_etag(request, story)
    if etag and (unchanged := get_conditional_response(request, etag=etag)) is not None:
        return unchanged
    page = read_story(
        story,
        show=_shown(request),
        by=request.user.pk,
        claim_number=read_number(request.GET.get("claim")),
    )
    context: dict[str, Any] = {"story": story, "page": page, "query": page.query, "seen": news_of(story)}
    if can_correct(request.user):
        context["possible_count"] = page.possible_count
    if page.selected:
        context |= _panel_context(page.selected, story=story, columns=page.all_columns, order=page.order)
    context["columns"] = draw_columns(page, panel=context.get("panel"))
    return kept(render(request, "articles/story_read.html", context), etag)


@require_safe
@vary_on_headers("HX-Request")
def claim_detail(request: HtmxRequest, pk: int) -> HttpResponse:
    claims = panel_claims(Claim.objects.select_related("story"))
    claim = get_object_or_404(claims, pk=pk, story__is_hidden=False)
    if not request.htmx:
        return redirect(claim)
    etag = page_etag(request, claim.story)
    if etag and (unchanged := get_conditional_response(request, etag=etag)) is not None:
        return unchanged
    columns = find_columns(claim.story, show=_shown(request), by=request.user.pk)
    context = {
        "story": claim.story,
        "is_fragment": True,
        "query": show_query(columns) if _shown(request) else "",
        **_panel_context(claim, story=claim.story, columns=columns),
    }
    return kept(render(request, "articles/story_read.html#panel", context), etag)


@require_safe
def version_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """``?start=&end=`` leads to one passage for good: texts never change."""
    versions = ArticleVersion.objects.select_related("article__story", "article__outlet", "article__current_version")
    version = get_object_or_404(versions, pk=pk, article__story__is_hidden=False)
    linked = _linked(request, version)
    is_unknown = linked is None and bool({"start", "end"} & set(request.GET))
    context = {"page": read_version(version, linked=linked), "is_unknown": is_unknown}
    return render(request, "articles/version_detail.html", context, status=422 if is_unknown else 200)


@require_safe
def story_news(request: HttpRequest, slug: str) -> HttpResponse:
    """``seen`` is what others had done when the page was made. Asked often, so nothing is counted without a change."""
    named = Subquery(Decision.objects.about_names().order_by("-pk").values("pk")[:1])
    story = get_object_or_404(Story.objects.visible().annotate(named=named), slug=slug)
    seen = [read_number(count) or 0 for count in request.GET.get("seen", "").split(".")]
    latest = story.named  # type: ignore[attr-defined]  # annotated
    state = (story.pk, story.changed_at, story.revision, latest, seen, request.user.pk)
    etag = f'W/"{blake2s(repr(state).encode(), digest_size=16).hexdigest()}"'
    if (unchanged := get_conditional_response(request, etag=etag)) is not None:
        return unchanged
    if len(seen) != len(News().counts):
        return HttpResponse(status=422)
    counted = with_news(Story.objects.filter(pk=story.pk), by=request.user.pk).get()
    news = news_of(counted).since(seen)
    if news.names:
        news = replace(news, names=count_named(story, newest=news.names, by=request.user.pk))
    return kept(render(request, "articles/story_read.html#news", {"story": story, "news": news}), etag)


@require_POST
def story_columns(request: HtmxRequest, slug: str) -> HttpResponse:
    """``show`` names the columns in order, ``move`` one of them and its step, ``all`` forgets the choice."""
    story = get_object_or_404(Story.objects.visible(), slug=slug)
    show = [] if "all" in request.POST else read_keys(request.POST.getlist("show"))
    article, _, by = request.POST.get("move", "").partition(":")
    show = moved(show, article=read_number(article, limit=MAX_KEY), by=-1 if by == "-1" else 1)
    assert request.user.pk is not None
    ChosenColumn.objects.choose(story=story, by=request.user.pk, articles=show)
    if request.htmx:
        return HttpResponse(status=204)
    claim = read_number(request.POST.get("claim"))
    query = urlencode([*([("claim", claim)] if claim else []), *(("show", key) for key in show)])
    return redirect(f"{story.get_absolute_url()}{'?' if query else ''}{query}")


@require_POST
def story_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Compares a story whose last comparison did not happen: it was interrupted, or failed."""
    if not can_import(request.user):
        raise PermissionDenied("Only desk administrators have stories compared.")
    story = get_object_or_404(Story.objects.visible(), slug=slug)
    comparison.compare(story=story)
    messages.success(request, "The articles are compared.")
    return redirect(story)


def _panel_context(
    claim: Claim, *, story: Story, columns: Sequence[Column], order: Sequence[int] | None = None
) -> dict[str, Any]:
    panel = claim_panel(claim, story=story, columns=columns, order=order)
    return {"panel": panel, "claim": panel.claim, "notes": list(panel.claim.all_notes())}


def _shown(request: HttpRequest) -> list[int]:
    """The keys of the articles that the address chooses as columns, in their order."""
    return read_keys(request.GET.getlist("show"))


def _linked(request: HttpRequest, version: ArticleVersion) -> tuple[int, int] | None:
    """The passage that the address names, when the text has it."""
    start, end = (read_number(request.GET.get(name)) for name in ("start", "end"))
    if start is None or end is None or not start < end <= version.character_count:
        return None
    return start, end
