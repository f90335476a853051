"""Differences in when and where: another day or hour, another order of two events, another place.

Two outlets name many days and places around one fact, and most of them belong to something else in the sentence. A
difference is only told where both hang on the same word: "born in Low Bay" against "born in Highport", "after the vote"
against "ahead of the vote".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from ..appearances import mentions_in
from ..lexicon import words
from ..sides import Side, closed
from ..text import fold
from ..types import Divergence, DivergenceSide, Quantity, Span
from ..weighting import content_stems, stem
from .clock import find_other_hour

SURE = 0.45
_COMPARED = frozenset({"day", "month", "quarter", "year"})
# A month or a day of a month, without its year.
_MONTH = re.compile(
    r"(?:\d{1,2} )?(?:(?:early|mid|late)[ -])?(?:jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec)(?!.*\d{4})", re.I
)
_WHEN = words("in since from by until during of")
_WHERE = words("in at near outside off on")
_KINDS_OF_PLACE = words(
    """
    sea ocean gulf bay lake river strait channel mountain mountains hills valley island islands county city town village
    street road avenue square park bridge airport port station district province state
    """
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_ORDER = re.compile(
    r"\b(?P<after>after|following|in the wake of|(?:in response|in reaction) to)\b|"
    r"\b(?P<before>before|ahead of|prior to|in anticipation of)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place and the word it hangs on: ("burn", "in", entity of the town)."""

    anchor: str
    preposition: str
    entity: int
    span: Span


def find_time_place(sides: Sequence[Side]) -> Divergence | None:
    """Two outlets give the same event another day, another place, or another order with a second event."""
    body = [side for side in sides if side.score >= SURE]
    for left, right in combinations(body, 2):
        if left.article == right.article:
            continue
        for a, b in (*_other_days(left, right), *_other_orders(left, right), *_other_places(left, right)):
            reason = closed(f"{left.outlet}: {left.text(a)}; {right.outlet}: {right.text(b)}")
            shown: list[DivergenceSide] = sorted((left.shown(a), right.shown(b)), key=lambda side: side.appearance)
            return Divergence("time_place", tuple(shown), reason)
    return None


def _other_days(left: Side, right: Side) -> Iterator[tuple[Span, Span]]:
    mine = [q for q in left.quantities if q.unit == "date"]
    theirs = [q for q in right.quantities if q.unit == "date"]
    if not mine or not theirs or any(_meets(left, a, right, b) for a in mine for b in theirs):
        if not mine or not theirs or len(mine) == len(theirs) == 1:
            hours = find_other_hour(left, right)
            if hours is not None:
                yield hours
        return
    a, b = mine[0], theirs[0]
    # "June" and "June", read as two years, show no reader a difference.
    if left.text(a.span) == right.text(b.span):
        return
    if {a.granularity, b.granularity} - _COMPARED or None in (a.low, b.low):
        return
    if a.granularity != b.granularity and {a.granularity, b.granularity} != {"day", "month"}:
        return
    if all(q.granularity == "day" or _has_preposition(side, q) for side, q in ((left, a), (right, b))):
        yield a.span, b.span


def _has_preposition(side: Side, q: Quantity) -> bool:
    """Whether a year or month tells when ("in 2006"), and not which ("the 2000 nominee")."""
    before = side.analysis.text[max(side.context.start, q.span.start - 12) : q.span.start].split()
    return bool(before) and before[-1].lower() in _WHEN


def _meets(left: Side, a: Quantity, right: Side, b: Quantity) -> bool:
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return True
    # "June" and "June" are one June, even where the tense of the one sentence tells less than that of the other.
    is_one = fold(left.text(a.span)) == fold(right.text(b.span)) and _MONTH.match(left.text(a.span)) is not None
    return is_one or (a.low <= b.high and b.low <= a.high)


def _other_orders(left: Side, right: Side) -> Iterator[tuple[Span, Span]]:
    """One outlet puts it after an event, the other before the same event."""
    for a in _ORDER.finditer(left.analysis.text, left.span.start, left.span.end):
        for b in _ORDER.finditer(right.analysis.text, right.span.start, right.span.end):
            if a.lastgroup == b.lastgroup:
                continue
            one, two = _behind(left, a.end()), _behind(right, b.end())
            is_one_act = _ahead(left, a.start()) == _ahead(right, b.start()) != ""
            if is_one_act and one and two and one[-1][0] == two[-1][0]:
                yield Span(a.start(), one[-1][1]), Span(b.start(), two[-1][1])


def _ahead(side: Side, end: int) -> str:
    """The stem of the last word before ``end`` that says something: what took place then."""
    stems = content_stems(side.analysis.text[max(side.context.start, end - 50) : end])
    return stems[-1] if stems else ""


def _behind(side: Side, start: int) -> list[tuple[str, int]]:
    """The stems of the noun phrase at ``start`` with the ends of its words, as far as its head."""
    found: list[tuple[str, int]] = []
    text, last = side.analysis.text, start
    for match in _WORD.finditer(text, start, min(side.context.end, start + 60)):
        stems = content_stems(match.group())
        if text[last : match.start()].strip() or (found and not stems):
            break
        last = match.end()
        found += [(stem_, last) for stem_ in stems[-1:]]
    return found[:4]


def _other_places(left: Side, right: Side) -> Iterator[tuple[Span, Span]]:
    for a in _spots(left):
        for b in _spots(right):
            if (a.anchor, a.preposition) != (b.anchor, b.preposition) or a.entity == b.entity:
                continue
            # Who names the other's place as well only says more; a town may lie in the other's county.
            if a.entity in right.named or b.entity in left.named:
                continue
            own, other = _telling(left.text(a.span)), _telling(right.text(b.span))
            if not own & other:
                yield a.span, b.span


def _telling(place: str) -> set[str]:
    """The stems of a place's name without the kind of place it is: two seas differ in the rest."""
    return {stem_ for word in place.split() if fold(word) not in _KINDS_OF_PLACE for stem_ in content_stems(word)}


def _spots(side: Side) -> list[_Spot]:
    """The places of an appearance that stand behind a preposition, each with the word it hangs on."""
    found = []
    text = side.analysis.text
    for mention in mentions_in(side.analysis.mentions, side.span):
        entity = side.analysis.entities[mention.entity]
        if entity.kind != "place" or mention.is_inferred:
            continue
        before = _WORD.findall(text[max(side.context.start, mention.span.start - 50) : mention.span.start])
        if before and fold(before[-1]) == "the":
            before = before[:-1]
        if len(before) > 1 and fold(before[-1]) in _WHERE and content_stems(before[-2]):
            number = side.entity_numbers.get(mention.entity, -1 - mention.entity)
            found.append(_Spot(stem(before[-2]), fold(before[-1]), number, mention.span))
    return found
