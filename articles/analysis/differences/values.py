"""Differences between numbers: other values, or one value with another commitment.

What agrees is settled first, since a number that both outlets print is no news whatever it counts: equal values, equal
after conversion and rounding ("60 metres", "197 feet"), a third and 33 percent, a sum in two currencies. Of the rest,
what counts the same is a difference.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from ..heads import stem as head_stem
from ..lexicon import words
from ..sides import Side, closed
from ..text import fold
from ..types import Divergence, DivergenceSide, Quantity, Span
from ..vocabulary import FUNCTION_WORDS
from ..weighting import stem
from .counting import find_fate, find_rate
from .exchange import can_be_worth

_NO_AMOUNT = frozenset({"date", "ordinal"})
_RESULTS = frozenset({"score", "vote"})
# "Several" and "four" do not contradict each other: so few that nobody would have counted.
_FEW = 24
# Two roundings of one length meet within this part of it; more apart, they are two lengths.
_ROUNDING = 0.1
# Nouns that outlets choose between for those that they count.
_NOUNS = {
    name: frozenset(form for word in words(listed) for form in (stem(word), head_stem(word)))
    for name, listed in {
        "people": """
            people person resident patient rider cyclist passenger traveller traveler worker employee student pupil
            soldier troop marine protester demonstrator marcher victim man woman child adult civilian migrant refugee
            tourist guest fan spectator supporter miner sailor crew member officer firefighter inmate prisoner player
            athlete runner voter viewer subscriber user reader citizen villager neighbour neighbor staff volunteer
        """,
        "households": "home house household customer business property building account client premises",
        "votes": "vote ballot senator lawmaker legislator member delegate",
        "trips": "trip flight journey ride voyage visit",
    }.items()
}
# Of those aboard or in a house, two sorts that are counted apart; "people" may be either, or both.
_SORTS = tuple(
    frozenset(head_stem(word) for word in words(listed))
    for listed in ("passenger traveller traveler tourist guest", "crew sailor staff")
)
# So many values, and so many outlets of one, are named in the reason.
_MOST_VALUES, _MOST_NAMES = 4, 2
_CUT = re.compile(r"[,;:(\d]| (?:including|plus|while|but)\b")


def find_quantity(sides: Sequence[Side]) -> Divergence | None:
    """Two outlets count the same and give other values, or commit to them differently (“5,000”, “at least 5,000”)."""
    found: dict[int, tuple[Side, Quantity, Span]] = {}
    for left, right in _pairs(sides):
        for a, b in _unequal(left, right):
            mine, theirs = _spans(left, a, right, b)
            found.setdefault(left.appearance, (left, a, mine))
            found.setdefault(right.appearance, (right, b, theirs))
    if not found:
        return None
    shown = _shown(found)
    return Divergence("quantity", shown, _reason(shown, {side.appearance: side.outlet for side in sides}))


def _reason(shown: Sequence[DivergenceSide], outlets: Mapping[int, str]) -> str:
    """Every value with the outlets that print it, as far as one sentence holds them: what most print comes first."""
    told: dict[str, tuple[set[str], set[str]]] = {}
    for side in shown:
        names, values = told.setdefault(side.key, (set(), set()))
        names.add(outlets[side.appearance])
        values.add(side.value)
    # Of two ways to print one number the shorter.
    printed = [(sorted(names), min(values, key=lambda v: (len(v), v))) for names, values in told.values()]
    printed.sort(key=lambda each: (-len(each[0]), *each))
    parts = [f"{_listed(names, _MOST_NAMES, ', ')}: {value}" for names, value in printed]
    return closed(_listed(parts, _MOST_VALUES, "; "))


def _listed(parts: Sequence[str], most: int, between: str) -> str:
    """The first of ``parts``, with how many more there are; one more is named instead."""
    if len(parts) <= most + 1:
        return between.join(parts)
    return f"{between.join(parts[:most])} and {len(parts) - most} more"


def _pairs(sides: Sequence[Side]) -> list[tuple[Side, Side]]:
    return [(a, b) for a, b in combinations(sides, 2) if a.article != b.article]


def _spans(left: Side, a: Quantity, right: Side, b: Quantity) -> tuple[Span, Span]:
    """The words that show the two values: with "a year" and "a month" where that is the difference."""
    mine, theirs = find_rate(left, a), find_rate(right, b)
    if mine is None or theirs is None or mine.times == theirs.times:
        return a.span, b.span
    return Span(a.span.start, mine.end), Span(b.span.start, theirs.end)


def _shown(found: dict[int, tuple[Side, Quantity, Span]]) -> tuple[DivergenceSide, ...]:
    """Each appearance's side in order; those that agree are one variant and bear one key."""
    shown: list[DivergenceSide] = []
    placed: list[tuple[Side, Quantity, str]] = []
    for appearance in sorted(found):
        side, q, span = found[appearance]
        key = next((known for other, b, known in placed if _agrees(side, q, other, b)), _key(side, q))
        placed.append((side, q, key))
        shown.append(side.shown(span, key=key))
    return tuple(shown)


def _unequal(left: Side, right: Side) -> list[tuple[Quantity, Quantity]]:
    """Quantities that count the same and differ; what has an equal partner on the other side is settled."""
    mine, theirs = _amounts(left, right), _amounts(right, left)
    free_mine = [a for a in mine if not any(_agrees(left, a, right, b) for b in theirs)]
    free_theirs = [b for b in theirs if not any(_agrees(left, a, right, b) for a in mine)]
    pairs = []
    for a in free_mine:
        for b in free_theirs:
            if (
                _are_apart(left, a, right, b)
                or _is_part(left, a, mine, right, b)
                or _is_part(right, b, theirs, left, a)
            ):
                continue
            alone = _rivals(left, a, free_mine) == _rivals(right, b, free_theirs) == 1
            if _counts_the_same(left, a, right, b, free_mine, free_theirs, alone=alone):
                pairs.append((a, b))
    # Two sums in one currency say more than two that have to be converted.
    return sorted(pairs, key=lambda pair: _unit(pair[0]) != _unit(pair[1]))


def _rivals(side: Side, q: Quantity, free: Sequence[Quantity]) -> int:
    """How many of a side's free quantities may be meant: figures, and none of another sort than ``q``."""
    return sum(not _is_few(other) for other in free if not _are_apart(side, other, side, q))


def _sort(side: Side, q: Quantity) -> int | None:
    """The sort of people a number counts, where its noun tells: passengers or crew."""
    if q.head == "member" and "crew" in _after(side, q):
        return 1
    return next((n for n, heads in enumerate(_SORTS) if q.head in heads), None)


def _are_apart(left: Side, a: Quantity, right: Side, b: Quantity) -> bool:
    """Whether one counts the passengers and the other the crew."""
    one, other = _sort(left, a), _sort(right, b)
    return one is not None and other is not None and one != other


def _is_part(side: Side, q: Quantity, amounts: Sequence[Quantity], other: Side, b: Quantity) -> bool:
    """Whether a side counts passengers and crew where the other counts all, and ``q`` is not to be set against that.

    It is not where it is the smaller number, nor where the two make up that count.
    """
    if _sort(side, q) is None or _sort(other, b) is not None:
        return False
    rest = [_value(each) for each in amounts if _are_apart(side, q, side, each)]
    return any(value > _value(q) or value + _value(q) == _value(b) for value in rest)


def _amounts(side: Side, other: Side) -> list[Quantity]:
    found = [q for q in side.quantities if q.kind not in _NO_AMOUNT and q.unit != "date"]
    # An age without a word for whose it is is that of somebody named.
    return [q for q in found if q.kind != "age" or q.head or side.named & other.named]


def _counts_the_same(
    left: Side,
    a: Quantity,
    right: Side,
    b: Quantity,
    free_mine: Sequence[Quantity],
    free_theirs: Sequence[Quantity],
    *,
    alone: bool,
) -> bool:
    if _is_few(a) and _is_few(b) and _meet(a, b):
        return False
    if a.kind in _RESULTS or b.kind in _RESULTS:
        return a.kind == b.kind and _is_only(a, free_mine, _kind) and _is_only(b, free_theirs, _kind)
    if a.kind == "age" or b.kind == "age":
        if a.kind != b.kind:
            return False
        is_one = bool(left.named & right.named) and _is_only(a, free_mine, _kind) and _is_only(b, free_theirs, _kind)
        return is_one or bool(a.head and a.head == b.head)
    if a.kind == b.kind == "money" and _unit(a) != _unit(b):
        if can_be_worth(_value(a), _unit(a), _value(b), _unit(b)) is None:
            return False
        return _is_same_head(a, b) if a.head and b.head else alone
    if {_unit(a), _unit(b)} == {"%", "[pp]"}:
        # One figure, as percent and as percentage points: one of the two outlets is wrong.
        return _base(a) == _base(b)
    if _unit(a) != _unit(b):
        return False
    fate, other = find_fate(left, a), find_fate(right, b)
    if fate and other:
        if fate != other:
            return False
        if not _is_same_head(a, b):
            return _is_only(a, free_mine, lambda q: find_fate(left, q)) and _is_only(
                b, free_theirs, lambda q: find_fate(right, q)
            )
    if a.head and b.head:
        if _is_same_head(a, b) or bool(_after(left, a) & _after(right, b)):
            return True
        # "Four residents", "five patients"; "900,000 homes", "780,000 customers": one number under two nouns.
        kinds_ = _noun_class(a), _noun_class(b)
        return alone and _is_comparable(a, b) and (a.unit != "1" or (kinds_[0] != "" and kinds_[0] == kinds_[1]))
    if a.low is not None and a.low == b.low:
        # One figure to which the outlets commit differently ("5,000", "at least 5,000"): it counts the same thing.
        return True
    return alone and (a.unit != "1" or bool(_after(left, a) & _after(right, b)))


def _noun_class(q: Quantity) -> str:
    return next((name for name, stems in _NOUNS.items() if q.head in stems or stem(q.head) in stems), "")


def _is_comparable(a: Quantity, b: Quantity) -> bool:
    """Whether two values are of one order: what is given for one thing seldom differs by more than half."""
    one, other = sorted((abs(_value(a)), abs(_value(b))))
    return one >= other / 2


def _kind(q: Quantity) -> str:
    return q.kind


def _is_only(q: Quantity, free: Sequence[Quantity], group: Callable[[Quantity], str]) -> bool:
    """Whether no other free quantity of the side is of the same group."""
    return sum(group(other) == group(q) for other in free) == 1


def _is_same_head(a: Quantity, b: Quantity) -> bool:
    return a.head == b.head or stem(a.head) == stem(b.head)


def _is_few(q: Quantity) -> bool:
    return q.bound == "vague" and q.unit == "1" and q.base_high is not None and q.base_high < _FEW


def _after(side: Side, q: Quantity) -> set[str]:
    """Stems of the few words behind a number, as far as the next number: there stands the noun it counts."""
    following = (other.span.start for other in side.quantities if other.span.start >= q.span.end)
    behind = side.analysis.text[q.span.end : min([q.span.end + 60, *following])]
    cut = _CUT.search(behind)
    behind = behind[: cut.start()] if cut else behind
    words_ = [word for word in re.findall(r"[^\W\d_]{3,}", behind) if fold(word) not in FUNCTION_WORDS]
    return {stem(word) for word in words_[:3]}


def _agrees(left: Side, a: Quantity, right: Side, b: Quantity) -> bool:
    """Whether two printed values say the same, however they are printed."""
    if a.kind in _RESULTS or b.kind in _RESULTS:
        return a.kind == b.kind and (a.low, a.high) == (b.low, b.high)
    if a.kind == b.kind == "money" and _unit(a) != _unit(b):
        return bool(can_be_worth(_value(a), _unit(a), _value(b), _unit(b)))
    if _unit(a) != _unit(b) or (a.kind == "age") != (b.kind == "age"):
        return False
    if (_is_few(a) or _is_few(b)) and _meet(a, b):
        return True
    if "share" in (a.kind, b.kind):
        is_plain = a.bound == b.bound == "exact"
        return abs(_value(a) - _value(b)) <= (1 if is_plain else 5)
    mine, theirs = find_rate(left, a), find_rate(right, b)
    if mine and theirs and mine.times != theirs.times:
        return a.bound == b.bound and _is_near(_value(a) * mine.times, _value(b) * theirs.times, 0.02)
    if a.bound != b.bound:
        return False
    return _base(a) == _base(b) or (a.unit != b.unit and _is_rounded(a, b))


def _is_rounded(a: Quantity, b: Quantity) -> bool:
    """Whether two measures in two units are one measure, each rounded to the digits that are printed."""
    if a.bound == "range":
        return a.base_low is not None and b.base_low is not None and _is_near(a.base_low, b.base_low, _ROUNDING)
    one, other = _value(a), _value(b)
    if {a.unit, b.unit} == {"Cel", "[degF]"}:
        # A temperature, or a rise of so many degrees: the second has no offset.
        celsius, fahrenheit = (a, b) if a.unit == "Cel" else (b, a)
        rise = float(fahrenheit.low or fahrenheit.high or 0) / 1.8
        return abs(one - other) <= 1 or abs(_value(celsius) - rise) <= 0.1 * rise
    return _is_near(one, other, _ROUNDING) and abs(one - other) <= _slack(a) + _slack(b)


def _slack(q: Quantity) -> float:
    """Half a unit of the last digit that says something, in the unit of comparing: 60 may be anything from 55 to 65."""
    printed = q.low or q.high or "0"
    digits = printed.lstrip("-").replace(".", "")
    decimals = len(printed.partition(".")[2])
    zeros = len(digits) - len(digits.rstrip("0")) if not decimals else 0
    size = float(printed) or 1.0
    return abs(_value(q) / size) * 0.5 * 10 ** (zeros - decimals)


def _is_near(one: float, other: float, part: float) -> bool:
    return abs(one - other) <= part * max(abs(one), abs(other))


def _meet(a: Quantity, b: Quantity) -> bool:
    (a_low, a_high), (b_low, b_high) = _base(a), _base(b)
    return (a_low is None or b_high is None or a_low <= b_high) and (b_low is None or a_high is None or b_low <= a_high)


def _unit(q: Quantity) -> str:
    return q.base_unit or q.unit


def _base(q: Quantity) -> tuple[float | None, float | None]:
    low = q.base_low if q.base_low is not None else None if q.low is None else float(q.low)
    high = q.base_high if q.base_high is not None else None if q.high is None else float(q.high)
    return low, high


def _value(q: Quantity) -> float:
    """The one number that is printed: the middle of a range, the end that a bound gives."""
    low, high = _base(q)
    if low is None or high is None:
        return low if low is not None else high if high is not None else 0.0
    return (low + high) / 2


def _key(side: Side, q: Quantity) -> str:
    low, high = _base(q)
    rate = find_rate(side, q)
    return f"{low} {high} {_unit(q)} {q.bound}" + (f" {rate.times:g}/a" if rate else "")
