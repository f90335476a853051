"""Where a passage stands on the Read page, as the end of that page's address."""

from bisect import bisect_right
from functools import lru_cache

from articles.analysis.text import split_paragraphs
from articles.reading.columns import Column


def passage_place(column: Column, start: int) -> str:
    """The anchor of the paragraph in which a passage of ``column`` begins."""
    paragraph = bisect_right(_starts(column.text), start) - 1
    return f"p-{column.version}-{paragraph}" if paragraph > 0 else f"headline-{column.article}"


@lru_cache(maxsize=256)
def _starts(text: str) -> tuple[int, ...]:
    """Kept, since a page asks for each of its passages."""
    return tuple(span.start for span in split_paragraphs(text))
