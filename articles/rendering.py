"""Paragraphs as they are drawn, kept in the cache from one request to the next.

Drawing is the slow part of the Read page: a story of six long articles has some 1,500 marks. What a paragraph looks
like depends on its version, on the comparison (the story's revision) and on the flags in its margin, so that is its
key: a saved note redraws the paragraphs that show it, and nothing else.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.core.cache import cache
from django.utils.safestring import SafeString

from articles.drawing import draw_stretches, mark_current
from articles.overview import Ticks, draw_overview
from articles.reading import Panel, ReadPage, cut_paragraphs
from articles.reading.cells import Cell
from articles.reading.columns import Column, Paragraph

# Changes with the markup of a paragraph, so that an older drawing is never served after an upgrade.
_MARKUP = 6


@dataclass(frozen=True, slots=True)
class DrawnParagraph:
    """A paragraph's number, where it begins in its version, and its inside as HTML."""

    number: int
    start: int
    html: SafeString


@dataclass(frozen=True, slots=True)
class DrawnColumn:
    """A column with its headline and paragraphs drawn."""

    column: Column
    headline: SafeString
    paragraphs: tuple[DrawnParagraph, ...]
    overview: tuple[Ticks, ...]
    # What the source does with the selected claim, when there is one.
    cell: Cell | None = None


def draw_columns(page: ReadPage, *, panel: Panel | None = None) -> list[DrawnColumn]:
    """The page's columns; what the cache lacks is read in one query and drawn. ``panel`` is the selected claim's."""
    cells = {part.column.article: part.cell for part in panel.parts} if panel else {}
    drawn = draw_paragraphs(page, [paragraph for column in page.columns for paragraph in column.paragraphs])
    if page.selected:
        number = page.selected.number
        drawn = {key: replace(found, html=mark_current(found.html, number)) for key, found in drawn.items()}
    return [
        DrawnColumn(
            column,
            drawn[column.paragraphs[0]].html,
            tuple(drawn[paragraph] for paragraph in column.paragraphs[1:]),
            draw_overview(column.claims, len(column.text)),
            cells.get(column.article),
        )
        for column in page.columns
    ]


def draw_paragraphs(page: ReadPage, paragraphs: Collection[Paragraph]) -> dict[Paragraph, DrawnParagraph]:
    """Some of the page's paragraphs, drawn or from the cache; what is selected in them is not marked."""
    keys = {
        paragraph: f"paragraph:{_MARKUP}:{paragraph.version}:{page.story.revision}:{paragraph.number}"
        f":{paragraph.flags}:{page.query}"
        for paragraph in paragraphs
    }
    known = cache.get_many(keys.values())
    drawn: dict[Paragraph, SafeString] = {
        paragraph: SafeString(known[key]) for paragraph, key in keys.items() if key in known
    }
    missing = [paragraph for paragraph in keys if paragraph not in drawn]
    if missing:
        for paragraph, stretches in cut_paragraphs(page, missing).items():
            drawn[paragraph] = draw_stretches(stretches, query=page.query)
        cache.set_many({keys[p]: str(drawn[p]) for p in missing})
    return {paragraph: DrawnParagraph(paragraph.number, paragraph.start, drawn[paragraph]) for paragraph in paragraphs}
