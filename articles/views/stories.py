"""The list of stories: the desk's first page."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from articles.models import Claim, Story
from articles.models.sources import StoryQuerySet
from articles.requests import HtmxRequest
from articles.roles import can_hide_stories
from articles.strip import Strip, draw_strip

STORIES_A_PAGE = 25
# What the address says: what the page says, and the order.
ORDERS = {
    "activity": ("Last activity", StoryQuerySet.by_activity),
    "unchecked": ("Most unchecked", StoryQuerySet.by_unchecked),
    "differing": ("Most differing", StoryQuerySet.by_differing),
    "title": ("Title", StoryQuerySet.by_title),
}
# Which stories: hidden ones are shown to those who may bring them back.
SHOWN = {
    "": ("Open and closed", StoryQuerySet.visible),
    "open": ("Open", StoryQuerySet.open),
    "closed": ("Closed", StoryQuerySet.closed),
    "hidden": ("Hidden", StoryQuerySet.hidden),
}


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One line of the list."""

    story: Story
    outlets: list[str]
    strip: Strip


@require_safe
@vary_on_headers("HX-Request")
def story_list(request: HtmxRequest) -> HttpResponse:
    query = " ".join(request.GET.get("q", "").replace("\0", "").split())
    order = request.GET.get("order", "")
    order = order if order in ORDERS else "activity"
    order_name, in_order = ORDERS[order]
    choices = {value: name for value, (name, _) in SHOWN.items() if value != "hidden" or can_hide_stories(request.user)}
    show = request.GET.get("show", "")
    show = show if show in choices else ""
    _, chosen = SHOWN[show]
    stories = in_order(chosen(Story.objects.all()).titled(query).with_counts())
    page = Paginator(stories, STORIES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "query": query,
        "show": show,
        "choices": choices,
        "order": order,
        "order_name": order_name,
        "orders": {value: name for value, (name, _) in ORDERS.items()},
        "page": page,
        "rows": [
            StoryRow(
                # An outlet with two articles is named once.
                story=story,
                outlets=list(dict.fromkeys(name for name in story.outlet_names if name)),
                strip=draw_strip(story.claim_states),
            )
            for story in page
        ],
        "unchecked_count": Claim.objects.in_visible_stories().standing().unchecked().count(),
    }
    template = "articles/story_list.html"
    if request.htmx:
        template += "#stories"
    return render(request, template, context)
