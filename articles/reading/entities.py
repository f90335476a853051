"""One person, organisation or place across all stories a reader may see."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Max, QuerySet
from django.db.models.functions import Greatest, Substr

from articles.models import Entity, FindingDecision, Mention, Outlet, Quotation, QuotationKind, Story
from articles.reading.around import words_after, words_before

QUOTATIONS_A_PAGE = 20
MENTIONS_A_PAGE = 50
# The outlets that name it most often are compared; more columns would not fit a screen.
OUTLETS_COMPARED = 8
TERMS_COMPARED = 40
_BESIDE = 110


@dataclass(frozen=True, slots=True)
class StoryShare:
    """A story that names the entity, in how many articles and how often."""

    story: Story
    articles: int
    mentions: int


@dataclass(frozen=True, slots=True)
class OutletNaming:
    """A way of naming it and how often each of the compared outlets does so."""

    term: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MentionLine:
    """One mention with what surrounds it in its paragraph."""

    mention: Mention
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EntityPage:
    """What the page of an entity shows. Stories are cut to those that name it most."""

    entity: Entity
    stories: tuple[StoryShare, ...]
    story_count: int
    mention_count: int
    outlets: tuple[Outlet, ...]
    namings: tuple[OutletNaming, ...]
    quotations: Page[Quotation]
    mentions: Page[Mention]
    lines: tuple[MentionLine, ...]


_STORIES = 25


def read_entity(
    entity: Entity, *, quotations_page: str | None = None, mentions_page: str | None = None
) -> EntityPage | None:
    """The page of ``entity`` in nine queries; nothing when no visible story names it."""
    mentions = Mention.objects.filter(entity=entity, is_inferred=False, **_VISIBLE)
    totals = mentions.aggregate(mentions=Count("pk"), stories=Count("version__current_of__story", distinct=True))
    if not totals["mentions"]:
        return None
    outlets, namings = _namings(mentions)
    shown = Paginator(_in_context(mentions), MENTIONS_A_PAGE).get_page(mentions_page)
    return EntityPage(
        entity=entity,
        stories=tuple(_stories(mentions)),
        story_count=totals["stories"],
        mention_count=totals["mentions"],
        outlets=outlets,
        namings=namings,
        quotations=Paginator(_quotations(entity), QUOTATIONS_A_PAGE).get_page(quotations_page),
        mentions=shown,
        lines=tuple(_line(mention) for mention in shown),
    )


_VISIBLE = {"version__current_of__story__is_hidden": False}
_NEWEST = (F("version__article__published_at").desc(nulls_last=True), "version", "start")


def _stories(mentions: QuerySet[Mention]) -> Iterable[StoryShare]:
    counted = list(
        mentions.order_by()
        .values("version__current_of__story")
        .annotate(
            mentions=Count("pk"),
            articles=Count("version", distinct=True),
            newest=Max("version__article__story__changed_at"),
        )
        .order_by("-mentions", "-newest")[:_STORIES]
    )
    stories = Story.objects.in_bulk([row["version__current_of__story"] for row in counted])
    for row in counted:
        yield StoryShare(stories[row["version__current_of__story"]], row["articles"], row["mentions"])


def _namings(mentions: QuerySet[Mention]) -> tuple[tuple[Outlet, ...], tuple[OutletNaming, ...]]:
    counted = (
        mentions.filter(version__article__outlet__isnull=False)
        .order_by()
        .values_list("version__article__outlet", "quote")
        .annotate(count=Count("pk"))
    )
    by_outlet: dict[int, int] = defaultdict(int)
    by_term: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for outlet, quote, count in counted:
        by_outlet[outlet] += count
        by_term[" ".join(quote.split())][outlet] += count
    compared = sorted(by_outlet, key=lambda key: (-by_outlet[key], key))[:OUTLETS_COMPARED]
    rows = Outlet.objects.in_bulk(compared)
    terms = sorted(by_term, key=lambda term: (-sum(by_term[term].values()), term.casefold()))[:TERMS_COMPARED]
    return (
        tuple(rows[key] for key in compared),
        tuple(OutletNaming(term, tuple(by_term[term].get(key, 0) for key in compared)) for term in terms),
    )


def _quotations(entity: Entity) -> QuerySet[Quotation]:
    """What is quoted from it between marks, newest articles first. Paraphrases stand on the pages of the stories."""
    return (
        Quotation.objects.filter(speaker=entity, **_VISIBLE)
        .exclude(decision=FindingDecision.REJECTED)
        .exclude(kind=QuotationKind.INDIRECT)
        .select_related("version__article__story", "version__article__outlet")
        .defer("version__text")
        .order_by(*_NEWEST)
    )


def _in_context(mentions: QuerySet[Mention]) -> QuerySet[Mention]:
    """With ``before`` and ``after``, cut out by the database: whole texts would be read for a line each."""
    # Greatest keeps the cut inside the text; the letters it then has too many are taken off by the length.
    place: Any = Greatest(F("start") - _BESIDE, 0)
    return (
        mentions.annotate(
            before=Substr("version__text", place + 1, F("start") - place),
            after=Substr("version__text", F("end") + 1, _BESIDE),
        )
        .select_related("version__article__story", "version__article__outlet")
        .defer("version__text")
        .order_by(*_NEWEST)
    )


def _line(mention: Mention) -> MentionLine:
    before: str = mention.before  # type: ignore[attr-defined]  # put there by _in_context
    after: str = mention.after  # type: ignore[attr-defined]  # by the same
    inside_before, inside_after = before.rpartition("\n")[2], after.partition("\n")[0]
    return MentionLine(
        mention,
        words_before(inside_before, is_cut=mention.start > _BESIDE and inside_before == before),
        words_after(inside_after, is_cut=len(inside_after) == _BESIDE),
    )
