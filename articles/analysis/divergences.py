"""Where the appearances of one claim part: typed, with the span on each side that shows it and one sentence why.

What is *no* divergence matters as much: house style, spelling, number words for digits, and values that are equal after
conversion are left out, since every false mark costs an editor's trust in the true ones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .differences.attributions import find_attribution, find_reporting_verb
from .differences.occasions import find_time_place
from .differences.quotes import find_direct_or_paraphrase, find_quote_truncated, find_quote_wording
from .differences.roles import find_name_role
from .differences.stances import find_certainty, find_polarity_difference
from .differences.values import find_quantity
from .sides import Side
from .types import Divergence

# A claim with more numbers in dispute than this is a table.
MOST_QUANTITIES = 4
# Every two sides are compared; of a claim that stands in more places each article is heard once.
MOST_SIDES = 18


def find_divergences(sides: Sequence[Side]) -> tuple[Divergence, ...]:
    """The divergences between the appearances of one claim, gravest first.

    There may be several of one kind where they concern different things: then no two of them show the same words.

    >>> find_divergences(())
    ()
    """
    if len({side.article for side in sides}) < 2:
        return ()
    if len(sides) > MOST_SIDES:
        sides = _best_of_each(sides)
    return tuple(_without_echoes(_all(sides)))


def _best_of_each(sides: Sequence[Side]) -> list[Side]:
    """Of every article the surest passage: one whose stance a person set, else one in running text."""
    best: dict[int, Side] = {}
    for side in sides:
        known = best.get(side.article)
        if known is None or _weight(side) > _weight(known):
            best[side.article] = side
    return [side for side in sides if best[side.article] is side]


def _weight(side: Side) -> tuple[bool, bool, float]:
    return bool(side.stance.decided), not side.is_headline, side.score


def _all(sides: Sequence[Side]) -> Iterator[Divergence]:
    """What every finder finds, in the order of DivergenceKind, which is that of gravity."""
    yield from find_polarity_difference(sides)
    yield from _find_quantities(sides)
    for finder in (find_attribution, find_certainty, find_quote_truncated, find_quote_wording, find_time_place):
        divergence = finder(sides)
        if divergence is not None:
            yield divergence
    yield from find_name_role(sides)
    for finder in (find_direct_or_paraphrase, find_reporting_verb):
        divergence = finder(sides)
        if divergence is not None:
            yield divergence


def _find_quantities(sides: Sequence[Side]) -> Iterator[Divergence]:
    """The differing numbers, one divergence for each thing that is counted: what one has shown is put aside."""
    left = list(sides)
    for _ in range(MOST_QUANTITIES):
        divergence = find_quantity(left)
        if divergence is None:
            return
        yield divergence
        shown = {(side.appearance, side.span) for side in divergence.sides}
        left = [
            replace(side, quantities=tuple(q for q in side.quantities if (side.appearance, q.span) not in shown))
            for side in left
        ]


def _without_echoes(found: Iterator[Divergence]) -> Iterator[Divergence]:
    """A verb that shows how sure an outlet is ("believes") is told once, not again as a verb."""
    certain: set[tuple[int, int, int]] = set()
    for divergence in found:
        spans = {(side.appearance, side.span.start, side.span.end) for side in divergence.sides}
        if divergence.kind == "certainty":
            certain |= spans
        if divergence.kind != "reporting_verb" or not spans & certain:
            yield divergence
