"""What the record holds of a search: stories, articles, claims and names, each ranked, counted and cut to a page.

Each kind takes the newest rows that match, at most :data:`CANDIDATES`, and ranks these: ranking reads every vector, and
a word that stands in every text would otherwise take seconds. Whoever gets more has asked for too little and is told.

Whether words stand in the order of a phrase is not in the index but in each vector. So of the texts that hold the words
of a phrase the newest :data:`LOOKED_THROUGH` are looked into, and a page that did not look into all says so.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import (
    BigAutoField,
    Case,
    Exists,
    Expression,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.urls import reverse

from articles.models import Alignment, Article, ArticleVersion, Claim, Entity, Mention, PublishedGranularity, Story
from articles.search.excerpts import Piece, cut_around, find_place, mark_hits
from articles.search.query import Query

CANDIDATES = 500
LOOKED_THROUGH = 1_500
# From so many rows on it is shorter to look through the newest ones than to sort all that match.
FREQUENT = 15_000
_ALL = 2**62
# Divides a rank by one and the logarithm of the length: a short text that is about it beats a long one that names it.
_BY_LENGTH = 1


@dataclass(frozen=True, slots=True)
class Dates:
    """From one day to another, both included; either may be open."""

    first: date | None = None
    last: date | None = None

    def __bool__(self) -> bool:
        return bool(self.first or self.last)

    def of(self, field: str) -> Q:
        """The condition that the moment ``field`` lies within."""
        condition = Q()
        if self.first:
            condition &= Q(**{f"{field}__date__gte": self.first})
        if self.last:
            condition &= Q(**{f"{field}__date__lte": self.last})
        return condition


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. ``row`` is it, for what the page tells beside its title."""

    row: Any
    url: str
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind. ``first`` is the number of the first hit on this page, from 0."""

    kind: str
    label: str
    hits: tuple[Hit, ...]
    # At most CANDIDATES; is_capped says whether more match than were looked at.
    count: int
    is_capped: bool
    first: int = 0
    # Of how many texts that hold the words the phrase was looked for in the newest only; 0: in all.
    looked_through: int = 0


def find_group(
    kind: str,
    label: str,
    *,
    rows: QuerySet[Any],
    shown: QuerySet[Any],
    hit: Callable[[Any], Hit],
    query: Query,
    first: int,
    count: int,
    vector: str = "search",
    is_long: bool = False,
) -> Group:
    """``count`` hits from number ``first`` on, best first, in two queries, for long texts three; one less without any.

    ``rows`` must leave out what the reader may not see. ``shown`` are rows of the same kind with what the page tells of
    each; ``vector`` is the path to the stored vector, and ``is_long`` says that it is one of a long text.
    """
    matching = {vector: SearchQuery(query.matching, config="simple", search_type="raw")}
    ranking = SearchQuery(query.ranking, config="simple", search_type="raw")
    rank: Expression = SearchRank(F(vector), ranking, normalization=Value(_BY_LENGTH))
    has_phrase = is_long and query.has_phrase
    most = LOOKED_THROUGH if has_phrase else CANDIDATES
    if has_phrase:
        holding = {vector: SearchQuery(query.holding, config="simple", search_type="raw")}
        newest = _newest(rows, holding, count=most + 1)
        rank = Case(When(**matching, then=rank))
    elif is_long:
        newest = _newest(rows, matching, count=most + 1)
    else:
        newest = rows.filter(**matching).order_by("-pk")[: most + 1]
    newest_first = sorted(newest.annotate(rank=rank).values_list("pk", "rank"), reverse=True)
    is_all = len(newest_first) <= most
    ranked = sorted(((rank, key) for key, rank in newest_first[:most] if rank is not None), reverse=True)
    best = [key for _, key in ranked[first : first + count]]
    # What the page tells of each is read for these few alone: joined to all candidates it would cost the most.
    by_key = shown.in_bulk(best) if best else {}
    return Group(
        kind,
        label,
        hits=tuple(hit(by_key[key]) for key in best if key in by_key),
        count=min(len(ranked), CANDIDATES),
        is_capped=len(ranked) > CANDIDATES or not (is_all or has_phrase),
        first=first,
        looked_through=LOOKED_THROUGH if has_phrase and not is_all else 0,
    )


def _newest(rows: QuerySet[Any], held: dict[str, SearchQuery], *, count: int) -> QuerySet[Any]:
    """The newest of ``rows`` whose vectors match, ``count`` at most, in no order, found in the shorter way.

    Of words that most rows have the newest are soon met by walking back and looking into each vector. Of others the
    index of the vectors knows all rows, and these are sorted. PostgreSQL left to itself takes the wrong way: it does
    not reckon with vectors that lie outside their rows. Its estimate of how many match is good.
    """
    matching = rows.model._default_manager.filter(**held)
    (plan,) = json.loads(matching.order_by().values("pk").explain(format="json"))
    if plan["Plan"]["Plan Rows"] > FREQUENT:
        return rows.filter(**held).order_by("-pk")[:count]
    return rows.model._default_manager.filter(pk__in=_NewestSeen(matching, rows, count=count)).order_by()


class _NewestSeen(Func):
    """The keys of the newest ``count`` of ``matching`` that are of ``rows``.

    Whether a row is of ``rows`` takes two more tables, so it is asked of one after the other until there are enough. A
    limit that is never reached keeps PostgreSQL from joining these tables first, for all that match.
    """

    template = "(SELECT newest.id FROM %(expressions)s ORDER BY newest.id DESC LIMIT %(count)s)"
    arg_joiner = " newest(id) WHERE newest.id IN "

    def __init__(self, matching: QuerySet[Any], rows: QuerySet[Any], *, count: int) -> None:
        # By a sum, for the index of the keys must not offer their order: it would be walked row by row.
        newest = matching.annotate(key=F("pk") + 0).order_by("-key").values("key")[:_ALL]
        seen = rows.order_by().values("pk")
        super().__init__(Subquery(newest), Subquery(seen), count=count, output_field=BigAutoField())


def find_record(
    query: Query, *, kinds: Sequence[str], first: int, count: int, outlet: int | None = None, dates: Dates = Dates()
) -> list[Group]:
    """The groups of these kinds, in this order, each in as many queries as :func:`find_group` takes.

    ``outlet`` and ``dates`` are those of articles: a story counts when one of its articles is such, a claim when such
    an article puts it forward, a name when such an article holds it.
    """
    finders = {"stories": _stories, "articles": _articles, "claims": _claims, "entities": _entities}
    return [finders[kind](query, outlet, dates, first, count) for kind in kinds if kind in finders]


def articles_of(outlet: int | None, dates: Dates, *, path: str = "") -> Q:
    """The condition on articles, reached by ``path``."""
    # A bare day is its midnight in UTC, and so it is another day in half of the zones a desk can be in.
    days = Q(**{f"{path}published_granularity": PublishedGranularity.DAY})
    moments = Q(**{f"{path}published_granularity": PublishedGranularity.MINUTE}) & dates.of(f"{path}published_at")
    if dates.first:
        days &= Q(**{f"{path}published_at__gte": datetime.combine(dates.first, time(), tzinfo=UTC)})
    if dates.last:
        days &= Q(**{f"{path}published_at__lte": datetime.combine(dates.last, time(), tzinfo=UTC)})
    condition = days | moments if dates else Q()
    return condition & Q(**{f"{path}outlet": outlet}) if outlet else condition


def _stories(query: Query, outlet: int | None, dates: Dates, first: int, count: int) -> Group:
    rows = Story.objects.visible()
    if outlet or dates:
        rows = rows.filter(Exists(Article.objects.filter(articles_of(outlet, dates), story=OuterRef("pk"))))
    return find_group(
        "stories",
        "Stories",
        rows=rows,
        shown=Story.objects.all(),
        hit=lambda story: Hit(story, story.get_absolute_url(), mark_hits(story.title, query)),
        query=query,
        first=first,
        count=count,
    )


def _articles(query: Query, outlet: int | None, dates: Dates, first: int, count: int) -> Group:
    # The current text of each article: older ones are found through the article that has them.
    rows = ArticleVersion.objects.filter(
        articles_of(outlet, dates, path="current_of__"), current_of__story__is_hidden=False
    )

    def hit(version: ArticleVersion) -> Hit:
        headline, between, body = version.text.partition("\n\n")
        url = reverse("article_detail", args=[version.article_id])
        place = find_place(body, query)
        if place:
            # To the words themselves, which the page marks.
            start, end = (len(headline) + len(between) + at for at in place)
            url = f"{version.get_absolute_url()}?start={start}&end={end}#passage"
        return Hit(version, url, mark_hits(headline, query), cut_around(place, body, query))

    return find_group(
        "articles",
        "Articles",
        rows=rows,
        shown=ArticleVersion.objects.select_related("article__story", "article__outlet"),
        hit=hit,
        query=query,
        first=first,
        count=count,
        is_long=True,
    )


def _claims(query: Query, outlet: int | None, dates: Dates, first: int, count: int) -> Group:
    rows = Claim.objects.in_visible_stories().listed().filter(merged_into=None)
    if outlet or dates:
        rows = rows.filter(put_forward_by(outlet, dates, claim="pk"))
    return find_group(
        "claims",
        "Claims",
        rows=rows,
        shown=Claim.objects.select_related("story"),
        hit=lambda claim: Hit(
            claim, reverse("claim_page", args=[claim.story.slug, claim.number]), mark_hits(claim.statement, query)
        ),
        query=query,
        first=first,
        count=count,
    )


def put_forward_by(outlet: int | None, dates: Dates, *, claim: str) -> Exists:
    """The condition that a current text of such an article puts forward the claim whose key is ``claim``."""
    return Exists(
        Alignment.objects.live().filter(
            articles_of(outlet, dates, path="appearance__version__current_of__"), claim=OuterRef(claim)
        )
    )


def _entities(query: Query, outlet: int | None, dates: Dates, first: int, count: int) -> Group:
    named = Mention.objects.filter(
        articles_of(outlet, dates, path="version__current_of__"),
        entity=OuterRef("pk"),
        version__current_of__story__is_hidden=False,
    )

    def hit(entity: Entity) -> Hit:
        others = [mark_hits(alias, query) for alias in entity.aliases]
        told = next((pieces for pieces in others if any(piece.is_hit for piece in pieces)), ())
        name = mark_hits(entity.name, query)
        is_named = any(piece.is_hit for piece in name)
        return Hit(entity, reverse("entity_detail", args=[entity.pk]), name, () if is_named else told)

    return find_group(
        "entities",
        "People and places",
        rows=Entity.objects.filter(Exists(named), merged_into=None),
        shown=Entity.objects.all(),
        hit=hit,
        query=query,
        first=first,
        count=count,
    )
