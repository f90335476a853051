"""Differences between numbers: other values, or one value with another commitment."""

import re
from collections.abc import Sequence
from itertools import combinations

from ..sides import Side
from ..text import fold
from ..types import Divergence, DivergenceSide, Quantity
from ..vocabulary import FUNCTION_WORDS
from ..weighting import stem

_NO_AMOUNT = frozenset({"date", "ordinal", "age", "score", "vote"})


def find_quantity(sides: Sequence[Side]) -> Divergence | None:
    """Two outlets count the same and give other values, or commit to them differently (“5,000”, “at least 5,000”)."""
    found: dict[int, DivergenceSide] = {}
    reason = ""
    for left, right in _pairs(sides):
        for a, b in _unequal(left, right):
            reason = reason or f"{left.outlet}: {left.text(a.span)}; {right.outlet}: {right.text(b.span)}."
            found.setdefault(left.appearance, left.shown(a.span, key=_key(a)))
            found.setdefault(right.appearance, right.shown(b.span, key=_key(b)))
    return Divergence("quantity", _in_order(found), reason) if found else None


def _pairs(sides: Sequence[Side]) -> list[tuple[Side, Side]]:
    return [(a, b) for a, b in combinations(sides, 2) if a.article != b.article]


def _in_order(shown: dict[int, DivergenceSide]) -> tuple[DivergenceSide, ...]:
    return tuple(shown[appearance] for appearance in sorted(shown))


def _unequal(left: Side, right: Side) -> list[tuple[Quantity, Quantity]]:
    """Quantities that count the same and differ; what has an equal partner on the other side is settled."""
    mine = [q for q in left.quantities if q.kind not in _NO_AMOUNT and q.unit != "date"]
    theirs = [q for q in right.quantities if q.kind not in _NO_AMOUNT and q.unit != "date"]
    settled_mine = {n for n, a in enumerate(mine) if any(_is_equal(a, b) for b in theirs)}
    settled_theirs = {n for n, b in enumerate(theirs) if any(_is_equal(a, b) for a in mine)}
    free_mine = [a for n, a in enumerate(mine) if n not in settled_mine]
    free_theirs = [b for n, b in enumerate(theirs) if n not in settled_theirs]
    return [
        (a, b)
        for a in free_mine
        for b in free_theirs
        if _counts_the_same(left, a, right, b, alone=len(free_mine) == len(free_theirs) == 1)
    ]


def _counts_the_same(left: Side, a: Quantity, right: Side, b: Quantity, *, alone: bool) -> bool:
    if (a.base_unit or a.unit) != (b.base_unit or b.unit):
        return False
    if a.head and b.head:
        return stem(a.head) == stem(b.head) or a.head == b.head or bool(_after(left, a) & _after(right, b))
    if a.low is not None and a.low == b.low:
        # One figure to which the outlets commit differently ("5,000", "at least 5,000"): it counts the same thing.
        return True
    return alone and (a.unit != "1" or bool(_after(left, a) & _after(right, b)))


def _after(side: Side, q: Quantity) -> set[str]:
    """Stems of the few words behind a number, where the noun it counts stands."""
    behind = side.analysis.text[q.span.end : q.span.end + 60]
    words_ = [word for word in re.findall(r"[^\W\d_]{3,}", behind) if fold(word) not in FUNCTION_WORDS]
    return {stem(word) for word in words_[:3]}


def _is_equal(a: Quantity, b: Quantity) -> bool:
    return _interval(a) == _interval(b) and a.bound == b.bound and (a.base_unit or a.unit) == (b.base_unit or b.unit)


def _interval(q: Quantity) -> tuple[float | str | None, float | str | None]:
    low: float | str | None = q.base_low if q.base_low is not None else q.low
    high: float | str | None = q.base_high if q.base_high is not None else q.high
    return low, high


def _key(q: Quantity) -> str:
    low, high = _interval(q)
    return f"{low} {high} {q.base_unit or q.unit} {q.bound}"
