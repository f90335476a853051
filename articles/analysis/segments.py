"""Cuts a text into flat pieces for highlighting, because marks overlap and elements of a page cannot.

Claims, quotations, figures, names and shared copy cross one another freely. Nested elements would have to be opened and
closed in an order that overlapping marks do not have; flat pieces, each listing the marks it lies in, need no order.

Laws, each a property test: the pieces joined are the text; the pieces of a mark joined are its (snapped) quote; there
are at most 2n + 1 pieces for n marks; the order in which marks are given does not matter.

A mark whose edge falls inside what a reader sees as one character (a letter and its accent, a flag, a family emoji) is
*snapped outward* to the edges of that character, since a browser would otherwise draw the accent without its letter.
The stored span stays as it is; only the picture grows.
"""

import unicodedata
from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass

_JOINER = "\u200d"


@dataclass(frozen=True, slots=True)
class Segment[Id: (int, str)]:
    """A piece of the text and the marks it lies in, the longest-reaching first."""

    start: int
    end: int
    ids: tuple[Id, ...] = ()


def cut_segments[Id: (int, str)](text: str | int, marks: Iterable[tuple[int, int, Id]]) -> tuple[Segment[Id], ...]:
    """The flat pieces of ``text`` at every edge of ``marks``, which are ``(start, end, id)``.

    ``text`` may be a length when the caller knows that no edge needs snapping. Edges outside the text are clamped; a
    mark without length draws nothing. Costs O((n + m) log n) for n marks and m ids in the pieces.

    >>> [(s.start, s.end, s.ids) for s in cut_segments("abcdef", [(1, 4, 1), (2, 6, 2)])]
    [(0, 1, ()), (1, 2, (1,)), (2, 4, (1, 2)), (4, 6, (2,))]
    """
    length = text if isinstance(text, int) else len(text)
    spans: set[tuple[int, int, Id]] = set()
    for start, end, mark in marks:
        low, high = max(0, start), min(length, end)
        if low < high:
            if isinstance(text, str):
                low, high = _snapped(text, low, high)
            spans.add((low, high, mark))
    edges: dict[int, tuple[list[tuple[int, int, Id]], list[tuple[int, int, Id]]]] = {}
    for low, high, mark in spans:
        key = (low, -high, mark)  # outermost first among marks that begin together
        edges.setdefault(low, ([], []))[0].append(key)
        edges.setdefault(high, ([], []))[1].append(key)
    pieces: list[Segment[Id]] = []
    active: list[tuple[int, int, Id]] = []
    cursor = 0
    for edge in sorted(edges):
        if cursor < edge:
            pieces.append(Segment(cursor, edge, _ids(active)))
            cursor = edge
        opened, closed = edges[edge]
        for key in closed:
            del active[bisect_left(active, key)]
        for key in opened:
            insort(active, key)
    if cursor < length:
        pieces.append(Segment(cursor, length, ()))
    return tuple(pieces)


def is_boundary(text: str, index: int) -> bool:
    """Whether a reader sees a new character beginning at ``index`` (Unicode grapheme clusters, the common rules).

    >>> is_boundary("e\u0301a", 1), is_boundary("e\u0301a", 2)
    (False, True)
    """
    if index <= 0 or index >= len(text):
        return True
    before, after = text[index - 1], text[index]
    if before < "\u0300" and after < "\u0300":
        return not (before == "\r" and after == "\n")
    return not (_extends(after) or before == _JOINER or _is_half_a_flag(text, index) or _is_hangul_pair(before, after))


def _ids[Id: (int, str)](active: list[tuple[int, int, Id]]) -> tuple[Id, ...]:
    # The same id may be marked twice over one passage (two overlapping spans of one claim); it is listed once.
    return tuple(dict.fromkeys(mark for _, _, mark in active))


def _snapped(text: str, low: int, high: int) -> tuple[int, int]:
    while not is_boundary(text, low):
        low -= 1
    while not is_boundary(text, high):
        high += 1
    return low, high


def _extends(character: str) -> bool:
    """Accents, joiners, skin tones and tags belong to the character before them."""
    return (
        unicodedata.category(character) in {"Mn", "Me", "Mc"}
        or character == _JOINER
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
    )


def _is_half_a_flag(text: str, index: int) -> bool:
    """Two regional indicators make one flag: an edge is inside when an odd number of them stands before it."""
    if not (_is_indicator(text[index]) and _is_indicator(text[index - 1])):
        return False
    first = index
    while first > 0 and _is_indicator(text[first - 1]):
        first -= 1
    return (index - first) % 2 == 1


def _is_indicator(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _is_hangul_pair(before: str, after: str) -> bool:
    """Conjoining Korean letters: leading before leading, vowel or syllable; vowel before trailing."""
    leading, vowel, trailing = (
        "\u1100" <= before <= "\u115f",
        "\u1160" <= before <= "\u11a7",
        "\u11a8" <= before <= "\u11ff",
    )
    syllable = "\uac00" <= before <= "\ud7a3"
    is_open = syllable and (ord(before) - 0xAC00) % 28 == 0
    next_vowel, next_trailing = "\u1160" <= after <= "\u11a7", "\u11a8" <= after <= "\u11ff"
    if leading:
        return "\u1100" <= after <= "\u11a7" or "\uac00" <= after <= "\ud7a3"
    if vowel or is_open:
        return next_vowel or next_trailing
    return (trailing or syllable) and next_trailing
