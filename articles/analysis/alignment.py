"""Which passages of different articles state the same thing.

Sentences are compared by the words they share, weighed inside the story, and a pair that is kept is anchored on the two
clauses that agree most. Facts are many-to-many (one sentence of an outlet covers two of another), so nothing is
assigned one-to-one. Words alone leave doubt where every sentence is about one thing; three facts of news writing help:
outlets open with the same news, a sentence goes on about what the one before it said, and what two articles each share
with a third they share with one another.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from .claims import Proposition
from .types import ArticleAnalysis, Band, Span
from .weighting import Vector, Weights, content_stems, cosine, weigh
from .wording import folded_words

# Above SUGGESTED a pair is one claim until a person says otherwise; down to POSSIBLE it is shown as a question.
SUGGESTED = 0.405
POSSIBLE = 0.22
# A stem in more than this share of the sentences brings no candidates; it still counts in the score.
COMMON = 0.15
METHOD = "words"
QUOTE_METHOD = "quotation"
# Two wordings of one quotation share at least this much; below it they are two utterances.
SAME_UTTERANCE = 60.0
QUOTE_WORDS = 4
# Two long quotations (in characters) with other words are two utterances, though on one subject.
LONG_QUOTE, OTHER_WORDS = 40, 0.06
# Shared words that weigh less than about two rare ones prove little, however short the sentences are.
ENOUGH = 1.9
# Long sentences are never alike as a whole; the rare words they share count by themselves, up to a limit.
MUCH, MOST = 0.05, 3.0
LEAD_BONUS, LEAD_LENGTH = 0.2, 4.0
NEIGHBOUR, FURTHER = 0.1, 0.05
_TWO_STEPS = ((-2, 0), (2, 0), (0, -2), (0, 2), (-1, -2), (-2, -1), (1, 2), (2, 1), (-2, -2), (2, 2), (-1, 1), (1, -1))
# Below this no neighbour can help a pair.
FAINT = 0.045
# A sentence that says at once what the other outlet unfolds over two or three; from this tie on it is surely so.
UNFOLDED, STRONG = 0.1, 0.5
NUMBER, FIGURE = 0.1, 0.3
THIRD = 0.1
# Whether one person speaks in both sentences, or two.
VOICE = 0.05


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence of one article as it is compared, with the propositions cut from it."""

    article: int
    sentence: int
    propositions: tuple[int, ...]
    vector: Vector
    position: int
    clauses: tuple[Vector, ...]
    # Folded words of each quotation in it that is long enough to be recognised again.
    quoted: tuple[str, ...] = ()
    is_headline: bool = False
    # Numbers of those of the story's entities that it lets speak.
    speakers: frozenset[int] = frozenset()


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
    articles: Sequence[tuple[ArticleAnalysis, Sequence[Proposition]]],
    headlines: frozenset[tuple[int, int]] = frozenset(),
    entity_of: Mapping[tuple[int, int], int] | None = None,
) -> tuple[tuple[Unit, ...], Weights]:
    """The sentences of a story as units, weighed together; propositions are numbered through the whole story.

    ``articles`` are analyses with their propositions, ``headlines`` the (article, sentence) pairs that are headlines;
    ``entity_of`` gives the story's number of an article's entity. Where a sentence only says "he", the person meant
    counts as named.
    """
    drafts: list[_Draft] = []
    number = 0
    known = entity_of or {}
    for index, (analysis, propositions) in enumerate(articles):
        text = analysis.text
        meant = _Meant(analysis)
        for proposition in propositions:
            stems = _content(text, proposition)
            stems += [stem for stem in meant.stems(proposition.span) if stem not in stems]
            if not drafts or (drafts[-1].article, drafts[-1].sentence) != (index, proposition.sentence):
                drafts.append(_Draft(index, proposition.sentence, _quoted(text, proposition)))
            draft = drafts[-1]
            draft.propositions.append(number)
            draft.clauses.append(stems)
            speaker = proposition.stance.entity
            if speaker is not None and (index, speaker) in known:
                draft.speakers.add(known[index, speaker])
            number += 1
    weights = weigh([[stem for clause in draft.clauses for stem in clause] for draft in drafts])
    units: list[Unit] = []
    for draft in drafts:
        position = units[-1].position + 1 if units and units[-1].article == draft.article else 0
        units.append(draft.unit(position, weights, (draft.article, draft.sentence) in headlines))
    return tuple(units), weights


def compare_units(units: Sequence[Unit], weights: Weights) -> Comparison:
    """Every pair of sentences of different articles that may state the same, scored, and those that are kept.

    ``weights`` are those the units were made with.
    """
    comparison = Comparison(tuple(units))
    bare: dict[tuple[int, int], float] = {}
    methods: dict[tuple[int, int], str] = {}
    for i, j in _candidates(units):
        bare[i, j], methods[i, j] = _score(units[i], units[j], weights)
    comparison.scores = _with_context(bare, units)
    pairs = []
    for (i, j), score in sorted(comparison.scores.items()):
        if score < POSSIBLE:
            continue
        band: Band = "suggested" if score >= SUGGESTED else "possible"
        left, right = _anchor(units[i], units[j])
        pairs.append(Pair(left, right, round(min(1.0, score), 4), band, methods[i, j]))
    comparison.pairs = tuple(pairs)
    return comparison


def _with_context(bare: dict[tuple[int, int], float], units: Sequence[Unit]) -> dict[tuple[int, int], float]:
    """Scores with what the neighbouring sentences and third articles say for a pair."""
    strong: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), score in bare.items():
        if score >= POSSIBLE:
            strong[i][j] = strong[j][i] = score
    scores = {}
    for (i, j), score in bare.items():
        if score < FAINT:
            continue
        same_step = max(bare.get((i - 1, j - 1), 0.0), bare.get((i + 1, j + 1), 0.0))
        one_step = max(bare.get(pair, 0.0) for pair in ((i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)))
        two_steps = max(bare.get((i + x, j + y), 0.0) for x, y in _TWO_STEPS)
        unfolded = max(_unfolded(i, j, bare, units), _unfolded(j, i, bare, units))
        one, two = strong[i], strong[j]
        third = max((min(one[k], two[k]) for k in one.keys() & two.keys()), default=0.0)
        scores[i, j] = (
            score + NEIGHBOUR * (same_step + one_step) + FURTHER * two_steps + UNFOLDED * unfolded + THIRD * third
        )
    return scores


def _content(text: str, proposition: Proposition) -> list[str]:
    """The stems of what is stated, without those of who says it."""
    start, end = proposition.span.start, min(proposition.span.end, proposition.span.start + 2000)
    speaker = proposition.stance.speaker
    if speaker is None or not proposition.span.overlaps(speaker):
        return content_stems(text[start:end])
    return content_stems(text[start : speaker.start]) + content_stems(text[speaker.end : end])


@dataclass(slots=True)
class _Draft:
    """A sentence whose words are not yet weighed."""

    article: int
    sentence: int
    quoted: tuple[str, ...]
    propositions: list[int] = field(default_factory=list)
    clauses: list[list[str]] = field(default_factory=list)
    speakers: set[int] = field(default_factory=set)

    def unit(self, position: int, weights: Weights, is_headline: bool) -> Unit:
        whole = weights.vector(stem for clause in self.clauses for stem in clause)
        vectors = (whole,) if len(self.clauses) == 1 else tuple(weights.vector(clause) for clause in self.clauses)
        return Unit(
            self.article, self.sentence, tuple(self.propositions), whole, position, vectors, self.quoted, is_headline,
            frozenset(self.speakers),
        )  # fmt: skip


def _unfolded(i: int, j: int, bare: Mapping[tuple[int, int], float], units: Sequence[Unit]) -> float:
    """How surely sentence ``j`` packs together what ``i`` and a sentence just before or behind it say apart.

    That is the strength of the neighbour's tie to another clause of ``j``.
    """
    if len(units[j].clauses) < 2:
        return 0.0
    best = 0.0
    own = -1
    for step in (-2, -1, 1, 2):
        strength = bare.get((min(i + step, j), max(i + step, j)), 0.0)
        if strength > max(best, STRONG) and units[i + step].article == units[i].article:
            own = own if own >= 0 else _best_clause(units[i], units[j])
            if _best_clause(units[i + step], units[j]) != own:
                best = strength
    return best


def _best_clause(one: Unit, many: Unit) -> int:
    return max(range(len(many.clauses)), key=lambda n: (max(cosine(c, many.clauses[n]) for c in one.clauses), -n))


class _Meant:
    """Stems of the names that stand behind pronouns and descriptions, read in text order."""

    def __init__(self, analysis: ArticleAnalysis) -> None:
        self._mentions = [mention for mention in analysis.mentions if mention.is_inferred]
        self._names = [
            content_stems(entity.name)[-1:] if entity.kind == "person" else content_stems(entity.name)
            for entity in analysis.entities
        ]
        self._at = 0

    def stems(self, span: Span) -> list[str]:
        while self._at < len(self._mentions) and self._mentions[self._at].span.end <= span.start:
            self._at += 1
        found: list[str] = []
        for mention in self._mentions[self._at :]:
            if mention.span.start >= span.end:
                break
            found += [stem for stem in self._names[mention.entity] if stem not in found]
        return found


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


def _candidates(units: Sequence[Unit]) -> list[tuple[int, int]]:
    """Pairs of units of different articles that share a stem which is not everywhere."""
    postings: dict[str, list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        for term in unit.vector:
            postings[term].append(number)
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
    return [pair for pair, product in overlap.items() if product >= 0.08]


def _score(a: Unit, b: Unit, weights: Weights) -> tuple[float, str]:
    clause = crossed = whole = cosine(a.vector, b.vector)
    if len(a.clauses) > 1 or len(b.clauses) > 1:
        clause = max(cosine(x, y) for x in a.clauses for y in b.clauses)
        crossed = max(max(cosine(x, b.vector) for x in a.clauses), max(cosine(a.vector, y) for y in b.clauses))
    score, method = 0.5 * whole + 0.25 * clause + 0.25 * crossed, METHOD
    is_one_voice = bool(a.speakers & b.speakers)
    are_two_voices = bool(a.speakers and b.speakers) and not is_one_voice
    if a.quoted and b.quoted and not are_two_voices:
        alike = max(fuzz.ratio(x, y) for x in a.quoted for y in b.quoted)
        if alike >= SAME_UTTERANCE and alike / 100 > score:
            score, method = alike / 100, QUOTE_METHOD
        elif alike < SAME_UTTERANCE and min(max(map(len, a.quoted)), max(map(len, b.quoted))) >= LONG_QUOTE:
            score -= OTHER_WORDS
    score += LEAD_BONUS * math.exp(-max(a.position, b.position) / LEAD_LENGTH)
    common = a.vector.keys() & b.vector.keys()
    score += NUMBER * min(2, sum(stem[0].isdigit() and len(stem) > 1 for stem in common))
    score += VOICE * (is_one_voice - are_two_voices)
    shared = sum(weights.idf[stem] for stem in common)
    plenty = shared / weights.unseen
    return (score + MUCH * min(MOST, max(0.0, plenty - ENOUGH))) * min(1.0, plenty / ENOUGH), method


def _anchor(a: Unit, b: Unit) -> tuple[int, int]:
    """The propositions of two units that agree most; the first of equals."""
    best, where = -1.0, (0, 0)
    for x, left in enumerate(a.clauses):
        for y, right in enumerate(b.clauses):
            # A figure that both print is what they agree or differ in.
            figures = sum(stem[0].isdigit() and len(stem) > 1 for stem in left.keys() & right.keys())
            value = cosine(left, right) + FIGURE * figures
            if value > best:
                best, where = value, (x, y)
    return a.propositions[where[0]], b.propositions[where[1]]
