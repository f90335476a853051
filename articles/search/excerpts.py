"""Where in a text the words of a search stand: marked, and cut out with what surrounds them."""

from collections.abc import Iterable
from dataclasses import dataclass

from articles.search.query import Query, fold_letters

# How much of a text the list of results shows, in characters.
EXCERPT = 240
# Enough to tell which part of a long text has most of the words.
_LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a text; ``is_hit`` where they are what was looked for."""

    words: str
    is_hit: bool = False


def mark_hits(text: str, query: Query) -> tuple[Piece, ...]:
    """``text`` in pieces. Joined, they are the text.

    >>> from articles.search.query import parse_query
    >>> [piece.words for piece in mark_hits("Jorge García spoke", parse_query("garcia")) if piece.is_hit]
    ['García']
    """
    pieces = []
    at = 0
    for start, end in _merged((start, end) for start, end, _ in _find_hits(text, query)):
        if at < start:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], is_hit=True))
        at = end
    if at < len(text) or not pieces:
        pieces.append(Piece(text[at:]))
    return tuple(pieces)


def cut_excerpt(text: str, query: Query, *, length: int = EXCERPT) -> tuple[Piece, ...]:
    """The part of ``text`` that holds most of the terms, cut between words; its beginning when it holds none."""
    return cut_around(find_place(text, query, length=length), text, query, length=length)


def cut_around(place: tuple[int, int] | None, text: str, query: Query, *, length: int = EXCERPT) -> tuple[Piece, ...]:
    """The same around ``place``, where :func:`find_place` has been asked for it already."""
    start = _word_start(text, place[0] - 60) if place else 0
    if len(text) - start <= length:
        start = _word_start(text, len(text) - length)
    end = len(text) if len(text) - start <= length else _word_end(text, start + length)
    marked = mark_hits(" ".join(text[start:end].split()), query)
    before = (Piece("… "),) if start else ()
    after = (Piece(" …"),) if end < len(text) else ()
    return before + marked + after


def find_place(text: str, query: Query, *, length: int = EXCERPT) -> tuple[int, int] | None:
    """Where the part of ``text`` that holds most of the terms begins: start and end of the first of them there, in code
    points. None when it holds none.

    >>> from articles.search.query import parse_query
    >>> find_place("Mayor García was on the ferry.", parse_query("ferry garcia"))
    (6, 12)
    """
    hits = _find_hits(text, query)[:_LOOKED_AT]
    if not hits:
        return None
    start, end, _ = max(
        hits, key=lambda hit: (len({term for at, _, term in hits if hit[0] <= at < hit[0] + length - 60}), -hit[0])
    )
    return start, end


def _find_hits(text: str, query: Query) -> list[tuple[int, int, int]]:
    """Start, end and number of the term of every place that holds one, in the order of the text."""
    folded = fold_letters(text)
    return sorted(
        (found.start(), found.end(), number)
        for number, pattern in enumerate(query.patterns)
        for found in pattern.finditer(folded)
    )


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            start, end = merged[-1][0], max(end, merged.pop()[1])
        merged.append((start, end))
    return merged


def _word_start(text: str, at: int) -> int:
    """The beginning of the first whole word from ``at`` on."""
    if at <= 0:
        return 0
    space = text.find(" ", at, at + 40)
    return space + 1 if space >= 0 else at


def _word_end(text: str, at: int) -> int:
    """The end of the last whole word before ``at``."""
    space = text.rfind(" ", at - 40, at)
    return space if space >= 0 else at
