"""The texts of a story side by side."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from articles.keeping import kept, page_etag
from articles.models import Story
from articles.reading.news import news_of, with_news
from articles.reading.rows import read_rows
from articles.requests import HtmxRequest, read_keys

ROWS_A_PAGE = 150
FILTERS = {
    "all": "All passages",
    "matched": "Matched",
    "differing": "Differing",
    "alone": "Without counterpart",
}


@require_safe
@vary_on_headers("HX-Request")
def story_rows(request: HtmxRequest, slug: str) -> HttpResponse:
    """``?by=article`` names the source whose order counts, ``?only=…`` which rows, ``?show=…`` which columns."""
    story = get_object_or_404(with_news(Story.objects.visible(), by=request.user.pk), slug=slug)
    etag = page_etag(request, story)
    if etag and (unchanged := get_conditional_response(request, etag=etag)) is not None:
        return unchanged
    only = request.GET.get("only", "")
    only = only if only in FILTERS else "all"
    texts = read_rows(
        story, base=next(iter(_keys(request, "by")), None), show=_keys(request, "show"), by=request.user.pk
    )
    found = {value: texts.only(value) for value in FILTERS}
    page = Paginator(found[only], ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "story": story,
        "seen": news_of(story),
        "texts": texts,
        "only": only,
        "options": [(value, label, len(found[value])) for value, label in FILTERS.items()],
        "page": page,
        "read_url": story.get_absolute_url(),
        "is_fragment": bool(request.htmx),
    }
    template = "articles/story_rows.html"
    if request.htmx:
        template += "#rows"
    return kept(render(request, template, context), etag)


def _keys(request: HttpRequest, name: str) -> list[int]:
    return read_keys(request.GET.getlist(name))
