"""What other people did to a story since a page of it was made, to be announced on that page and not shown unasked.

Counted, not timed: a page remembers how much of each kind others had done when it was made, so nothing that was saved
while it was being made is missed. Notes belong to another app and are reached by the reverse relation.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery

from articles.models import Story
from articles.models.sources import StoryQuerySet

# What is counted, by the field of the story that leads to it, and who did it.
_KINDS = (
    ("notes__revisions", "notes__revisions__author"),
    ("decisions", "decisions__by"),
    ("articles__versions", "articles__versions__created_by"),
)


@dataclass(frozen=True, slots=True)
class News:
    """How many notes, decisions and texts of others there are; written ``3.0.2`` in an address."""

    notes: int = 0
    decisions: int = 0
    texts: int = 0

    def __str__(self) -> str:
        return f"{self.notes}.{self.decisions}.{self.texts}"

    def since(self, seen: Sequence[int]) -> "News":
        """What came after ``seen``. Nothing that people did ever becomes less.

        >>> News(3, 1, 2).since([1, 1, 2])
        News(notes=2, decisions=0, texts=0)
        """
        return News(*(max(0, now - before) for now, before in zip(self.counts, seen, strict=True)))

    @property
    def counts(self) -> tuple[int, int, int]:
        return self.notes, self.decisions, self.texts

    @property
    def is_any(self) -> bool:
        return any(self.counts)


def with_news(stories: StoryQuerySet, *, by: int | None) -> StoryQuerySet:
    """``stories`` with the counts of what others than ``by`` did, in the same query."""

    def counted(field: str, doer: str) -> Subquery:
        others = ~Q(**{doer: by}) | Q(**{f"{doer}__isnull": True})
        one = Story.objects.filter(pk=OuterRef("pk")).order_by().values("pk")
        return Subquery(one.annotate(count=Count(field, filter=others)).values("count"))

    return stories.annotate(**{f"news_{place}": counted(*kind) for place, kind in enumerate(_KINDS)})


def news_of(story: Story) -> News:
    """The counts of a story that :func:`with_news` has read."""
    return News(*(getattr(story, f"news_{place}") for place in range(len(_KINDS))))
