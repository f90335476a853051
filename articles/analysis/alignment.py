"""Which passages of different articles state the same thing.

Sentences are compared by the words they share, weighed inside the story, and a pair that is kept is anchored on the two
clauses that agree most. Facts are many-to-many (one sentence of an outlet covers two of another), so nothing is assigned
one-to-one: a pair is kept when it is close enough and nearly the best that either side has.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from .claims import Proposition
from .types import Band
from .weighting import Vector, Weights, content_stems, cosine, weigh
from .wording import folded_words

# Above SUGGESTED a pair is one claim until a person says otherwise; down to POSSIBLE it is shown as a question.
SUGGESTED = 0.30
POSSIBLE = 0.20
# A pair must come this near to the best pair of one of its sides.
NEAR_BEST = 0.9
# A stem in more than this share of the sentences brings no candidates; it still counts in the score.
COMMON = 0.15
METHOD = "words"
QUOTE_METHOD = "quotation"
# Two wordings of one quotation share at least this much; below it they are two utterances.
SAME_UTTERANCE = 55.0
QUOTE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence of one article as it is compared, with the propositions cut from it."""

    article: int
    sentence: int
    propositions: tuple[int, ...]
    vector: Vector
    mass: float
    clauses: tuple[Vector, ...]
    # Folded words of each quotation in it that is long enough to be recognised again.
    quoted: tuple[str, ...] = ()
    is_headline: bool = False


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


def make_units(
    articles: Sequence[tuple[str, Sequence[Proposition]]], headlines: frozenset[tuple[int, int]] = frozenset()
) -> tuple[Unit, ...]:
    """The sentences of a story as units, weighed together; propositions are numbered through the whole story.

    ``articles`` are texts with their propositions, ``headlines`` the (article, sentence) pairs that are headlines.
    """
    drafts: list[tuple[int, int, list[int], list[list[str]], tuple[str, ...]]] = []
    number = 0
    for index, (text, propositions) in enumerate(articles):
        for proposition in propositions:
            stems = content_stems(
                text[proposition.span.start : min(proposition.span.end, proposition.span.start + 2000)]
            )
            if drafts and drafts[-1][:2] == (index, proposition.sentence):
                drafts[-1][2].append(number)
                drafts[-1][3].append(stems)
            else:
                drafts.append((index, proposition.sentence, [number], [stems], _quoted(text, proposition)))
            number += 1
    weights = weigh([[stem for clause in draft[3] for stem in clause] for draft in drafts])
    return tuple(_unit(draft, weights, headlines) for draft in drafts)


def compare_units(units: Sequence[Unit]) -> Comparison:
    """Every pair of sentences of different articles that may state the same, scored, and those that are kept."""
    comparison = Comparison(tuple(units))
    best: dict[tuple[int, int], float] = defaultdict(float)  # (unit, other article) -> best score
    methods: dict[tuple[int, int], str] = {}
    for i, j in _candidates(units):
        score, method = _score(units[i], units[j])
        if score >= POSSIBLE:
            comparison.scores[i, j] = score
            methods[i, j] = method
            best[i, units[j].article] = max(best[i, units[j].article], score)
            best[j, units[i].article] = max(best[j, units[i].article], score)
    pairs = []
    for (i, j), score in sorted(comparison.scores.items()):
        a, b = units[i], units[j]
        is_near = score >= NEAR_BEST * min(best[i, b.article], best[j, a.article])
        if not is_near:
            continue
        band: Band = "suggested" if score >= SUGGESTED else "possible"
        left, right = _anchor(a, b)
        pairs.append(Pair(left, right, round(min(1.0, score), 4), band, methods[i, j]))
    comparison.pairs = tuple(pairs)
    return comparison


def _quoted(text: str, proposition: Proposition) -> tuple[str, ...]:
    found = []
    for quotation in proposition.quotations:
        if quotation.kind == "indirect":
            continue
        start = max(quotation.span.start, proposition.context.start)
        end = min(quotation.span.end, proposition.context.end, start + 2000)
        words = folded_words(text[start:end])
        if len(words) >= QUOTE_WORDS:
            found.append(" ".join(words))
    return tuple(found)


def _unit(
    draft: tuple[int, int, list[int], list[list[str]], tuple[str, ...]],
    weights: Weights,
    headlines: frozenset[tuple[int, int]],
) -> Unit:
    article, sentence, numbers, clauses, quoted = draft
    whole = [stem for clause in clauses for stem in clause]
    mass = sum(weights.idf.get(stem, weights.unseen) for stem in set(whole))
    vectors = tuple(weights.vector(clause) for clause in clauses)
    is_headline = (article, sentence) in headlines
    return Unit(article, sentence, tuple(numbers), weights.vector(whole), mass, vectors, quoted, is_headline)


def _candidates(units: Sequence[Unit]) -> list[tuple[int, int]]:
    """Pairs of units of different articles that share a stem which is not everywhere."""
    postings: dict[str, list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        for term in unit.vector:
            postings[term].append(number)
    limit = max(8, int(COMMON * len(units)))
    overlap: dict[tuple[int, int], float] = defaultdict(float)
    for term, places in postings.items():
        if len(places) > limit:
            continue
        for n, i in enumerate(places):
            weight = units[i].vector[term]
            for j in places[n + 1 :]:
                if units[j].article != units[i].article:
                    overlap[i, j] += weight * units[j].vector[term]
    return [pair for pair, product in overlap.items() if product >= 0.08]


def _score(a: Unit, b: Unit) -> tuple[float, str]:
    whole = cosine(a.vector, b.vector)
    clause = max(cosine(x, y) for x in a.clauses for y in b.clauses)
    shared = a.vector.keys() & b.vector.keys()
    score = 0.6 * whole + 0.4 * clause if len(shared) > 1 else 0.5 * whole
    if a.quoted and b.quoted:
        alike = max(fuzz.ratio(x, y) for x in a.quoted for y in b.quoted)
        if alike >= SAME_UTTERANCE and alike / 100 > score:
            return alike / 100, QUOTE_METHOD
    return score, METHOD


def _anchor(a: Unit, b: Unit) -> tuple[int, int]:
    """The propositions of two units that agree most; the first of equals."""
    best, where = -1.0, (0, 0)
    for x, left in enumerate(a.clauses):
        for y, right in enumerate(b.clauses):
            value = cosine(left, right)
            if value > best:
                best, where = value, (x, y)
    return a.propositions[where[0]], b.propositions[where[1]]
