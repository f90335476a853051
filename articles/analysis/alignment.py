"""Which passages of different articles state the same thing.

Sentences are compared (``likeness``), and a pair that is kept is anchored on the two clauses that agree most; further
clauses that stand in both sentences are paired as well. Facts are many-to-many (one sentence of an outlet covers two of
another), so nothing is assigned one-to-one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest

from .compared import Compared, Unit
from .likeness import AROUND, AROUND_BIAS, BIAS, WEIGHTS, around, chance, quotation_likeness, signs, weighed
from .types import Band
from .weighting import Vector, cosine

# Above SUGGESTED a pair is one claim until a person says otherwise; down to POSSIBLE it is shown as a question.
SUGGESTED = 0.6
POSSIBLE = 0.22
# A stem in more than this share of the sentences brings no candidates; it still counts in the score.
COMMON = 0.15
# Sentences that share less than this (a product of word weights) and no figure or phrase are not looked at.
NEARLY_NOTHING = 0.04
# Of one sentence so many are looked at in all the other articles together, and at least so many in each of them: the
# more articles there are, the more a third one tells.
MOST_LOOKED_AT, FEWEST_LOOKED_AT = 24, 3
# What is as unlikely as this by itself, as a logit, is helped by no neighbour.
HOPELESS = -3.0
METHOD = "words"
QUOTE_METHOD = "quotation"
# Two wordings of one quotation share at least this much (of 100); below it they are two utterances.
SAME_UTTERANCE = 60.0
# A figure that both clauses print is what they agree or differ in.
FIGURE = 0.3
# Two clauses as close as this state one thing where their sentences do.
SAME_CLAUSE = 0.6


@dataclass(frozen=True, slots=True)
class Pair:
    """Two propositions of different articles that state the same, by index; ``left`` is the earlier in the story."""

    left: int
    right: int
    score: float
    band: Band
    method: str = METHOD


@dataclass(slots=True)
class Comparison:
    """Scores of all sentence pairs that were close enough to look at, and the pairs that are kept."""

    units: tuple[Unit, ...]
    scores: dict[tuple[int, int], float] = field(default_factory=dict)
    pairs: tuple[Pair, ...] = ()


def compare_units(compared: Compared) -> Comparison:
    """Every pair of sentences of different articles that may state the same, scored, and those that are kept."""
    units = compared.units
    alone = {(i, j): weighed(signs(units[i], units[j], compared), WEIGHTS, BIAS) for i, j in candidates(units)}
    comparison = Comparison(units)
    pairs = []
    alone = {pair: logit for pair, logit in alone.items() if logit >= HOPELESS}
    for (i, j), told in sorted(around(alone, units).items()):
        score = chance(weighed(told, AROUND, AROUND_BIAS))
        comparison.scores[i, j] = score
        if score < POSSIBLE:
            continue
        band: Band = "suggested" if score >= SUGGESTED else "possible"
        method = QUOTE_METHOD if quotation_likeness(units[i], units[j]) >= SAME_UTTERANCE else METHOD
        for left, right in _clauses(units[i], units[j], band):
            pairs.append(Pair(left, right, round(score, 4), band, method))
    comparison.pairs = tuple(pairs)
    return comparison


def candidates(units: Sequence[Unit]) -> list[tuple[int, int]]:
    """Pairs of units of different articles that share a stem which is not everywhere, a figure or a quoted phrase."""
    postings: dict[str, list[int]] = defaultdict(list)
    others: dict[object, list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        for term in unit.vector:
            postings[term].append(number)
        for tie in {*unit.figures, *(phrase for phrase in unit.phrases if " " in phrase)}:
            others[tie].append(number)
    limit = max(60, int(COMMON * len(units)))
    overlap: dict[tuple[int, int], float] = defaultdict(float)
    for term, places in postings.items():
        if len(places) > limit:
            continue
        for n, i in enumerate(places):
            weight = units[i].vector[term]
            for j in places[n + 1 :]:
                if units[j].article != units[i].article:
                    overlap[i, j] += weight * units[j].vector[term]
    found = _closest(overlap, units)
    for places in others.values():
        if len(places) <= limit:
            found |= {
                (i, j) for n, i in enumerate(places) for j in places[n + 1 :] if units[j].article != units[i].article
            }
    return sorted(found)


def _closest(overlap: Mapping[tuple[int, int], float], units: Sequence[Unit]) -> set[tuple[int, int]]:
    """The pairs that share enough, each unit among the closest few that the other has in its article."""
    articles = len({unit.article for unit in units})
    most = max(FEWEST_LOOKED_AT, MOST_LOOKED_AT // max(1, articles - 1))
    ties: dict[tuple[int, int], list[float]] = defaultdict(list)
    enough = {pair: product for pair, product in overlap.items() if product >= NEARLY_NOTHING}
    for (i, j), product in enough.items():
        ties[i, units[j].article].append(product)
        ties[j, units[i].article].append(product)
    least = {where: nlargest(most, found)[-1] for where, found in ties.items() if len(found) > most}
    return {
        (i, j)
        for (i, j), product in enough.items()
        if product >= least.get((i, units[j].article), 0.0) and product >= least.get((j, units[i].article), 0.0)
    }


def _clauses(a: Unit, b: Unit, band: Band) -> Iterator[tuple[int, int]]:
    """The propositions of two units that agree most, the first of equals; then others that agree with each other."""
    if len(a.clauses) == len(b.clauses) == 1:
        yield a.propositions[0], b.propositions[0]
        return
    closest = {
        (x, y): cosine(left, right) + FIGURE * _shared_figures(left, right)
        for x, left in enumerate(a.clauses)
        for y, right in enumerate(b.clauses)
    }
    first = max(closest, key=lambda at: (closest[at], -at[0], -at[1]))
    yield a.propositions[first[0]], b.propositions[first[1]]
    if band != "suggested":
        return
    values = {(x, y): cosine(a.worded[x], b.worded[y]) for x, y in closest}
    for (x, y), value in sorted(values.items()):
        is_mutual = all(value >= values[x, other] for other in range(len(b.clauses))) and all(
            value >= values[other, y] for other in range(len(a.clauses))
        )
        if is_mutual and value >= SAME_CLAUSE and x != first[0] and y != first[1]:
            yield a.propositions[x], b.propositions[y]


def _shared_figures(left: Vector, right: Vector) -> int:
    return sum(stem[0].isdigit() and len(stem) > 1 for stem in left.keys() & right.keys())
