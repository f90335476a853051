"""What other people did to a story since a page of it was made, to be announced on that page and not shown unasked.

Counted, not timed: a page remembers how much of each kind others had done when it was made, so nothing that was saved
while it was being made is missed. Notes belong to another app and are reached by the reverse relation. What is decided
about names belongs to no story: a page remembers how much of that there was at all, and of what came since only that
is announced which is about somebody or something the story names.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from articles.models import Decision, Mention, Story
from articles.models.decisions import DecisionQuerySet
from articles.models.sources import StoryQuerySet

# What is counted, by the field of the story that leads to it, and who did it.
_KINDS = (
    ("notes__revisions", "notes__revisions__author"),
    ("decisions", "decisions__by"),
    ("articles__versions", "articles__versions__created_by"),
)


@dataclass(frozen=True, slots=True)
class News:
    """How many notes, decisions, texts and decisions about names of others there are; ``3.0.2.1`` in an address."""

    notes: int = 0
    decisions: int = 0
    texts: int = 0
    names: int = 0

    def __str__(self) -> str:
        return ".".join(map(str, self.counts))

    def since(self, seen: Sequence[int]) -> "News":
        """What came after ``seen``. Nothing that people did ever becomes less.

        >>> News(3, 1, 2, 5).since([1, 1, 2, 4])
        News(notes=2, decisions=0, texts=0, names=1)
        """
        return News(*(max(0, now - before) for now, before in zip(self.counts, seen, strict=True)))

    @property
    def counts(self) -> tuple[int, int, int, int]:
        return self.notes, self.decisions, self.texts, self.names

    @property
    def is_any(self) -> bool:
        return any(self.counts)


def with_news(stories: StoryQuerySet, *, by: int | None) -> StoryQuerySet:
    """``stories`` with the counts of what others than ``by`` did, in the same query."""

    def counted(field: str, doer: str) -> Subquery:
        others = ~Q(**{doer: by}) | Q(**{f"{doer}__isnull": True})
        one = Story.objects.filter(pk=OuterRef("pk")).order_by().values("pk")
        return Subquery(one.annotate(count=Count(field, filter=others)).values("count"))

    names = _names_of_others(by).order_by().values("story").annotate(count=Count("pk")).values("count")
    kinds = {f"news_{place}": counted(*kind) for place, kind in enumerate(_KINDS)}
    return stories.annotate(**kinds, news_names=Coalesce(Subquery(names), Value(0)))


def news_of(story: Story) -> News:
    """The counts of a story that :func:`with_news` has read; those about names are of all stories."""
    fields = (*(f"news_{place}" for place in range(len(_KINDS))), "news_names")
    return News(*(getattr(story, field) for field in fields))


def count_named(story: Story, *, newest: int, by: int | None) -> int:
    """How many of the ``newest`` decisions of others than ``by`` about names are about one that ``story`` names."""
    named = Mention.objects.filter(
        Q(entity=OuterRef("entity")) | Q(entity=OuterRef("other_entity")) | Q(entity=OuterRef("entity__merged_into")),
        version__article__story=story,
    )
    latest = _names_of_others(by).order_by("-pk")[:newest]
    return Decision.objects.filter(Exists(named), pk__in=latest.values("pk")).count()


def _names_of_others(by: int | None) -> DecisionQuerySet:
    return Decision.objects.about_names().exclude(by=by)
