"""How likely two sentences of different outlets state the same thing.

Plain signs are weighed by logistic regression: shared words and letters, figures, phrases in quotation marks, who
speaks, how far apart in their articles the sentences stand. A second pass asks the neighbours: outlets tell a story in
a like order, what two articles each share with a third they share with one another, and a sentence that has a better
match elsewhere needs this one less. The weights were fitted by ``tools/fit_likeness.py`` on stories written for this
project (``tests/stories``) and carried over to publishers' texts they had not seen; see docs/EVALUATION.md.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import exp
from typing import NamedTuple

from rapidfuzz import fuzz

from .compared import Compared, Unit
from .weighting import cosine

# Two quotations that have less in common (of 100) are two utterances, though on one subject.
OTHER_WORDS = 50.0
# Figures of one unit that differ by less are given for one thing, more often than not.
CLOSE_FIGURES = 0.85
# Past these a sign tells no more.
MOST_WORDS, MOST_PHRASE = 4.0, 4
# In sentences: so fast does an article leave its lead.
LEAD_LENGTH = 4.0


class Signs(NamedTuple):
    """What is weighed of one pair of sentences; see ``signs`` for each."""

    words: float
    letters: float
    rarity: float
    one_voice: float
    two_voices: float
    other_quotation: float
    apart: float
    figure: float
    counted: float
    phrase: float
    lead: float
    strangers: float
    other_figures: float


class Around(NamedTuple):
    """What the other pairs say about a pair, from the likeness each has by itself."""

    own: float
    same_step: float
    one_step: float
    two_steps: float
    third: float
    better_left: float
    better_right: float
    better: float


# Fitted, as ``python -m tools.fit_likeness`` prints them.
WEIGHTS, BIAS = (
    Signs(3.884, 7.668, 0.851, 1.388, -0.002, -0.642, -1.577, 2.722, 1.559, 0.612, 1.291, -0.23, -0.192),
    -4.451,
)
AROUND = Around(1.36, 0.956, 1.577, 0.382, 2.095, -1.971, -1.26, -0.496)
AROUND_BIAS = 1.242

# Below this likeness a pair says nothing about others.
FAINT = 0.1
# A third sentence is looked for among so many of the closest.
MOST_TIES = 12


def signs(a: Unit, b: Unit, compared: Compared) -> Signs:
    """The signs of one pair.

    words: cosine of a clause of one with the whole of the other, at best. letters: Dice of their four-letter runs,
    weighed by rarity. rarity: weight of the shared words, in words that occur once. one_voice, two_voices: the same
    person speaks in both, or two do. other_quotation: both quote at length, in other words. apart: difference of their
    places. figure: 1 for an equal figure, less for a close one. counted: both count the same things. phrase: words of
    the longest quotation that stands in both. lead: near 1 where both open their articles, since outlets open with the
    same news. strangers, other_figures: both name people, places or the like, or give figures, and none is common.
    """
    words = cosine(a.vector, b.vector)
    if len(a.clauses) > 1 or len(b.clauses) > 1:
        words = max(max(cosine(x, b.vector) for x in a.clauses), max(cosine(a.vector, y) for y in b.clauses))
    weights = compared.weights
    shared = sum(weights.idf[stem] for stem in a.vector.keys() & b.vector.keys())
    figure = _figure(a, b)
    is_one_voice = bool(a.speakers & b.speakers)
    return Signs(
        words,
        letters(a, b, compared.gram_weights),
        min(MOST_WORDS, shared / weights.unseen),
        is_one_voice,
        bool(a.speakers and b.speakers) and not is_one_voice,
        bool(a.quoted and b.quoted) and quotation_likeness(a, b) < OTHER_WORDS,
        abs(a.place - b.place),
        figure,
        bool(a.heads & b.heads),
        _phrase(a, b),
        exp(-max(a.position, b.position) / LEAD_LENGTH),
        bool(a.named and b.named) and not a.named & b.named,
        bool(a.figures and b.figures) and figure == 0,
    )


def letters(a: Unit, b: Unit, gram_weights: Mapping[str, float]) -> float:
    """Dice's coefficient of the four-letter runs of two sentences, weighed by how rare each is in the story."""
    total = a.gram_weight + b.gram_weight
    return 2 * sum(map(gram_weights.__getitem__, a.grams & b.grams)) / total if total else 0.0


def quotation_likeness(a: Unit, b: Unit) -> float:
    """0 to 100, of the two most similar quotations; 0 where one sentence has none."""
    return max((fuzz.ratio(x, y) for x in a.quoted for y in b.quoted), default=0.0)


def _figure(a: Unit, b: Unit) -> float:
    best = 0.0
    for unit, value in a.figures:
        for other_unit, other in b.figures:
            if unit == other_unit:
                if value == other:
                    return 1.0
                if min(value, other) > CLOSE_FIGURES * max(value, other):
                    best = 0.7
    return best


def _phrase(a: Unit, b: Unit) -> float:
    longest = 0
    for one in a.phrases:
        for two in b.phrases:
            short, long = sorted((one, two), key=len)
            size = short.count(" ") + 1
            if short == long or (size > 1 and f" {short} " in f" {long} "):
                longest = max(longest, size)
    return min(MOST_PHRASE, longest)


def chance(logit: float) -> float:
    """The logistic function.

    >>> chance(0)
    0.5
    """
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))


def weighed(given: Sequence[float], weights: Sequence[float], bias: float) -> float:
    return bias + sum(sign * weight for sign, weight in zip(given, weights, strict=True))


def around(logits: Mapping[tuple[int, int], float], units: Sequence[Unit]) -> dict[tuple[int, int], Around]:
    """For each pair of units (by index, the lower first) what the pairs around it say, given the logits of all."""
    likeness = {pair: chance(logit) for pair, logit in logits.items()}
    article = [unit.article for unit in units]
    ties = _ties(likeness, article)
    near = _Near(likeness, article)
    result = {}
    for (i, j), logit in logits.items():
        one, two = ties[i], ties[j]
        left, right = one.elsewhere(article[j], j), two.elsewhere(article[i], i)
        common = one.closest.keys() & two.closest.keys()
        result[i, j] = Around(
            logit,
            *near.steps(i, j),
            max([min(one.closest[k], two.closest[k]) for k in common]) if common else 0.0,
            left,
            right,
            max(left, right),
        )
    return result


class _Near:
    """The likeness of the pairs a step or two before and behind a pair, in both articles."""

    def __init__(self, likeness: Mapping[tuple[int, int], float], article: Sequence[int]) -> None:
        self._rows: list[dict[int, float]] = [{} for _ in article]
        for (i, j), value in likeness.items():
            self._rows[i][j] = value
        # For each unit those two before to two behind it, -1 where the article has none.
        self._places = [
            [n + step if 0 <= n + step < len(article) and article[n + step] == own else -1 for step in range(-2, 3)]
            for n, own in enumerate(article)
        ]

    def steps(self, i: int, j: int) -> tuple[float, float, float]:
        """The likeliest pair one step on in both articles, one step on in one of them, and two steps on."""
        rows = [self._rows[place] if place >= 0 else {} for place in self._places[i]]
        before_2, before, here, behind, behind_2 = rows
        b2, b1, at, n1, n2 = self._places[j]
        return (
            max(before.get(b1, 0.0), behind.get(n1, 0.0)),
            max(before.get(at, 0.0), behind.get(at, 0.0), here.get(b1, 0.0), here.get(n1, 0.0)),
            max(
                before_2.get(at, 0.0), behind_2.get(at, 0.0), here.get(b2, 0.0), here.get(n2, 0.0),
                before.get(b2, 0.0), before_2.get(b1, 0.0), behind.get(n2, 0.0), behind_2.get(n1, 0.0),
                before_2.get(b2, 0.0), behind_2.get(n2, 0.0), before.get(n1, 0.0), behind.get(b1, 0.0),
            ),
        )  # fmt: skip


class _Ties:
    """To which other sentences one is tied."""

    __slots__ = ("best", "closest")

    def __init__(self) -> None:
        # The closest of all articles, and by article the two closest, as (likeness, unit).
        self.closest: dict[int, float] = {}
        self.best: dict[int, list[tuple[float, int]]] = {}

    def elsewhere(self, article: int, but: int) -> float:
        """The likeness of the closest sentence of an article beside one."""
        return next((value for value, unit in self.best.get(article, ()) if unit != but), 0.0)


def _ties(likeness: Mapping[tuple[int, int], float], article: Sequence[int]) -> dict[int, _Ties]:
    found: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (i, j), value in likeness.items():
        if value > FAINT:
            found[i].append((value, j))
            found[j].append((value, i))
    ties: dict[int, _Ties] = defaultdict(_Ties)
    for unit, others in found.items():
        others.sort(reverse=True)
        own = ties[unit]
        own.closest = {other: value for value, other in others[:MOST_TIES]}
        for value, other in others:
            of = own.best.setdefault(article[other], [])
            if len(of) < 2:
                of.append((value, other))
    return ties
