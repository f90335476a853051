"""Differences in how a claim is put: asserted or denied, and how surely."""

import re
from collections.abc import Sequence
from itertools import combinations

from ..lexicon import words
from ..sides import Side
from ..text import fold
from ..types import Divergence, DivergenceSide, Span
from ..weighting import content_stems, stem
from .opposites import find_opposites, outcomes
from .quotes import is_same_utterance

# Stances are compared only where two passages surely say the same thing.
SURE = 0.4
# Share of content words that two clauses must have in common before a "not" in one counts as denying the other.
DENIAL = 0.5
# These weaken a whole sentence; other hedges only the word behind them.
_OF_ALL = words("reportedly allegedly apparently purportedly supposedly presumably possibly perhaps maybe")
_OF_WHAT_FOLLOWS = re.compile(
    r"^accus.* of$|"
    r"(?:unclear|unknown|confirmation|evidence|confirmed|verified|known|clear|uncertain)$"
)
# How far behind (and before) such a hedge the two passages must agree, in words that say something.
_REACH, _BEFORE = 4, 1
# Adjectives and nouns by which the other side may doubt the same thing.
_DOUBTS = re.compile(r"\b(?:alleg\w+|apparent|purported|supposed|so-called|suspected|reported|accus\w+)\b", re.I)
# Where both sides hedge, these words still tell two degrees of likelihood apart.
_LIKELY = re.compile(r"(?:(?:almost|nearly) certain(?:ly)?|likely|probabl[ey]|expected to)$", re.I)
_POSSIBLE = re.compile(r"(?:may|might|could|possibl[ey]|perhaps|maybe|potential(?:ly)?)$", re.I)
_PLAN = re.compile(r"(?:plan|intend|aim|hope)\w* to$", re.I)
_GRADE_WORDS = ("certain", "probable or possible", "open")


def find_polarity_difference(sides: Sequence[Side]) -> tuple[Divergence, ...]:
    """One outlet asserts what another denies, by a "not" or by the opposite word."""
    denial, opposite = _find_denial(sides), _find_opposite(sides)
    if denial is not None and opposite is not None:
        words_ = {(side.appearance, side.span) for side in opposite.sides}
        # "Denied" is itself a denial; as the opposite of "confirmed" it is told with both words.
        if any((side.appearance, side.stance.polarity_span) in words_ for side in sides):
            denial = None
    return tuple(divergence for divergence in (denial, opposite) if divergence is not None)


def _find_denial(sides: Sequence[Side]) -> Divergence | None:
    for left, right in pairs(sides):
        if not _denies(left, right):
            continue
        denies, asserts = (left, right) if left.stance.polarity == "negative" else (right, left)
        word = denies.stance.polarity_span
        assert word is not None
        reason = f"{asserts.outlet} states it; {denies.outlet} denies it (“{denies.text(word)}”)."
        speaking = [side for side in body(sides) if side in (left, right) or _is_about_the_same(side, left, right)]
        return Divergence("polarity", in_order(*(_by_polarity(side) for side in speaking)), reason)
    return None


def _by_polarity(side: Side) -> DivergenceSide:
    """What an appearance says as a whole, marked by the word that denies where there is one."""
    return side.shown(side.stance.polarity_span or side.span, side.text(side.span), side.stance.polarity)


def _denies(left: Side, right: Side) -> bool:
    """Whether one of two appearances denies what the other asserts."""
    a, b = left.stance, right.stance
    if a.polarity == b.polarity or "Uu" in (a.certainty, b.certainty):
        return False
    if any(is_same_utterance(x.words, y.words) for x in left.quoted for y in right.quoted):
        return False
    if not _shares_enough(left, right):
        return False
    denies, asserts = (left, right) if a.polarity == "negative" else (right, left)
    word = denies.stance.polarity_span
    return word is not None and _is_shared_next(denies, word, asserts)


def _shares_enough(left: Side, right: Side) -> bool:
    mine, theirs = left.stems, right.stems
    shared = len(mine & theirs)
    return shared >= 2 and shared >= DENIAL * min(len(mine), len(theirs)) and shared >= 0.35 * len(mine | theirs)


def _is_about_the_same(side: Side, left: Side, right: Side) -> bool:
    """Whether a third appearance says the same as one of two that part, so that it takes a side."""
    return side.stance.certainty != "Uu" and any(
        side.stance.polarity == other.stance.polarity and _shares_enough(side, other) for other in (left, right)
    )


def _find_opposite(sides: Sequence[Side]) -> Divergence | None:
    shown: dict[int, DivergenceSide] = {}
    reason = ""
    found = {side.appearance: outcomes(side) for side in sides if side.stance.certainty != "Uu"}
    for left, right in pairs([side for side in sides if found.get(side.appearance)]):
        for a, b in find_opposites(found[left.appearance], found[right.appearance]):
            reason = reason or f"{left.outlet}: “{left.text(a)}”; {right.outlet}: “{right.text(b)}”."
            shown.setdefault(left.appearance, left.shown(a))
            shown.setdefault(right.appearance, right.shown(b))
    return Divergence("polarity", in_order(*shown.values()), reason) if shown else None


def find_certainty(sides: Sequence[Side]) -> Divergence | None:
    """One outlet hedges what another states, or leaves open what another decides."""
    for left, right in pairs(sides):
        if "certainty" in left.stance.decided | right.stance.decided:
            if _grade(left) == _grade(right):
                continue
            doubts, states = (left, right) if _grade(left) > _grade(right) else (right, left)
            reason = f"{_how_sure(doubts, states)}; {_how_sure(states, doubts)}."
            return Divergence("certainty", _by_grade(sides, doubts, states), reason)
        degrees = _two_degrees(left, right)
        if degrees is None and _grade(left) == _grade(right):
            continue
        doubts, states = degrees or ((left, right) if _grade(left) > _grade(right) else (right, left))
        span = doubts.stance.certainty_span
        if span is None or _is_quoted(doubts, span) or not _weakens(doubts, span, states):
            continue
        reason = f"{_how_sure(doubts, states)}; {_how_sure(states, doubts)}."
        return Divergence("certainty", _by_grade(sides, doubts, states), reason)
    return None


def _two_degrees(left: Side, right: Side) -> tuple[Side, Side] | None:
    """The appearance that calls possible what the other calls likely, and that other one."""
    for one, two in ((left, right), (right, left)):
        a, b = one.stance.certainty_span, two.stance.certainty_span
        if a is None or b is None or _is_quoted(two, b):
            continue
        if _POSSIBLE.match(one.text(a)) and _LIKELY.match(two.text(b)):
            return one, two
    return None


def _weakens(doubts: Side, span: Span, states: Side) -> bool:
    """Whether a hedge bears on what the other side states without it."""
    hedge = fold(doubts.text(span))
    if hedge.endswith("?"):
        return _shares_enough(doubts, states)
    if _says(states, hedge) or (_DOUBTS.match(hedge) and _DOUBTS.search(states.text(states.context)[:2000])):
        return False
    if hedge in ("if", "unless", "provided that"):
        return _is_shared_next(doubts, span, states) or _is_shared_without(doubts, span, states)
    if hedge in _OF_ALL or _OF_WHAT_FOLLOWS.search(hedge):
        text = doubts.analysis.text
        behind = content_stems(text[span.end : max(span.end, min(doubts.context.end, span.end + 160))])[:_REACH]
        before = content_stems(text[max(doubts.context.start, span.start - 60) : span.start])[-_BEFORE:]
        return not behind or bool(set(behind + before) & states.stems)
    if _PLAN.match(hedge):
        return _is_done(doubts, span, states)
    return _is_shared_next(doubts, span, states)


def _is_done(doubts: Side, span: Span, states: Side) -> bool:
    """Whether the other side tells as done what here is only planned: "plans to close" and "closed"."""
    verb = content_stems(doubts.analysis.text[span.end : min(doubts.context.end, span.end + 60)])[:1]
    said = re.findall(r"[^\W\d_]+", states.text(states.span)[:1000])
    return any(
        stem(word) == verb[0]
        and word.endswith("ed")
        and not re.search(rf"\b(?:to be|will be) {word}\b", " ".join(said))
        for word in said
        if verb
    )


def _is_shared_without(doubts: Side, condition: Span, states: Side) -> bool:
    """Whether the other side states what here hangs on a condition that stands before it."""
    text = doubts.analysis.text
    comma = text.find(",", condition.end, doubts.span.end)
    if comma < 0:
        return False
    hangs = set(content_stems(text[comma : doubts.span.end]))
    return len(hangs) > 1 and len(hangs & states.stems) >= 0.7 * max(len(hangs), 2)


def _by_grade(sides: Sequence[Side], doubts: Side, states: Side) -> tuple[DivergenceSide, ...]:
    shown = {side.appearance: side.stance.certainty_span or side.span for side in body(sides)}
    shown[states.appearance] = _denial(states, doubts) or shown[states.appearance]
    return in_order(*(side.shown(shown[side.appearance], key=_degree(side)) for side in body(sides)))


def _denial(side: Side, beside: Side) -> Span | None:
    """The "not" of a side that is sure, where the other side has none: it is what the two states differ in."""
    is_denial = side.stance.certainty_span is None and side.stance.polarity != beside.stance.polarity
    return side.stance.polarity_span if is_denial and "certainty" not in side.stance.decided else None


def _degree(side: Side) -> str:
    """The variant of an appearance by how sure it is; what both words show apart is two."""
    span = side.stance.certainty_span
    likely = span is not None and bool(_LIKELY.match(side.text(span)))
    return f"{_grade(side)}{' likely' if likely else ''}"


def _how_sure(side: Side, beside: Side) -> str:
    """One side of a difference in words: a "not" that only this side has is quoted, since it states another thing."""
    if "certainty" in side.stance.decided:
        return f"{side.outlet} is read by the desk as {_GRADE_WORDS[_grade(side)]}"
    word = side.stance.certainty_span
    denial = _denial(side, beside)
    if denial is not None:
        return f"{side.outlet} says “{side.text(denial)}”"
    if word is None:
        return f"{side.outlet} states it without reserve"
    printed = side.text(word)
    return f"{side.outlet} asks “{printed}”" if printed.endswith("?") else f"{side.outlet} says “{printed}”"


def pairs(sides: Sequence[Side]) -> list[tuple[Side, Side]]:
    """Pairs of two articles' appearances in running text, closest first; headlines are too short to have a stance."""
    found = [(a, b) for a, b in combinations(body(sides), 2) if a.article != b.article]
    return sorted(found, key=lambda pair: -len(pair[0].stems & pair[1].stems))


def body(sides: Sequence[Side]) -> list[Side]:
    """The appearances whose stance counts: those in running text, and those of which a person set it."""
    return [side for side in sides if side.stance.decided or (not side.is_headline and side.score >= SURE)]


def in_order(*shown: DivergenceSide) -> tuple[DivergenceSide, ...]:
    """The sides of a divergence in the order of the claim's appearances."""
    return tuple(sorted(shown, key=lambda side: side.appearance))


def _grade(side: Side) -> int:
    return {"CT": 0, "PR": 1, "PS": 1, "Uu": 2}[side.stance.certainty[:2]]


def _is_shared_next(side: Side, word: Span, other: Side) -> bool:
    """Whether the first word that says something behind ``word``, the one it changes, stands on both sides."""
    behind = content_stems(side.text(Span(word.end, max(word.end, min(side.context.end, word.end + 80)))))
    return not behind or behind[0] in other.stems or stem(side.text(word)) in other.stems


def _is_quoted(side: Side, span: Span) -> bool:
    """A hedge inside quotation marks is the speaker's, and both outlets may have cut around it."""
    return any(q.kind != "indirect" and q.span.contains(span) for q in side.quotations)


def _says(states: Side, hedge: str) -> bool:
    """Whether the other side's sentence has the words of a hedge too, in whatever form; "the suspect" is no hedge."""
    printed = {fold(word).strip(".,;:“”\"'") for word in states.text(states.context).split()} - {"suspect", "suspects"}
    return all(any(word[:5] == wanted[:5] for word in printed) for wanted in hedge.split())
