"""The addresses of passages, for one reader: on the Read page, or on a text's own page when that column is hidden."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from articles.analysis.text import split_paragraphs
from articles.models import Story
from articles.reading.columns import Column


@dataclass(frozen=True, slots=True)
class Places:
    """Where passages are read. ``shown`` are the versions that stand on the Read page at ``read_url``."""

    read_url: str
    shown: frozenset[int]

    def address(self, column: Column, start: int, end: int, *, claim: int = 0) -> str:
        """Leads to the paragraph in which a passage of ``column`` begins, with the claim of that number chosen."""
        if column.version not in self.shown:
            return f"{_text_url(column.version)}?start={start}&end={end}#passage"
        paragraph = bisect_right(_starts(column.text), start) - 1
        place = f"p-{column.version}-{paragraph}" if paragraph > 0 else f"headline-{column.article}"
        return f"{self.read_url}{f'?claim={claim}' if claim else ''}#{place}"


def find_places(story: Story, columns: Iterable[Column]) -> Places:
    """Of ``columns`` as their reader has them on the Read page."""
    return Places(story.get_absolute_url(), frozenset(column.version for column in columns if column.is_shown))


@lru_cache(maxsize=256)
def _text_url(version: int) -> str:
    return reverse("version_detail", args=[version])


@lru_cache(maxsize=256)
def _starts(text: str) -> tuple[int, ...]:
    """Kept, since a page asks for each of its passages."""
    return tuple(span.start for span in split_paragraphs(text))
