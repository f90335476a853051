"""The sentences of a story as they are compared: what they state, weighed, and what else can tie two of them.

A unit is one sentence of one article with the propositions cut from it. Everything that a comparison asks of it again
and again is worked out here once.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log, sqrt

from .appearances import mentions_in
from .claims import Proposition
from .text import fold
from .types import ArticleAnalysis, Quantity, Quotation, Span
from .weighting import Vector, Weights, content_stems, weigh
from .wording import folded_words

# A quotation of this many words is an utterance that can be recognised again; of fewer, a phrase.
QUOTE_WORDS = 4
# Letters in a row that are compared: they see "resign" in "resignation" and "deny" in "denial", which stems do not.
GRAM = 4
# A figure below this is in too many sentences to tie two of them.
SMALL_FIGURE = 10
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence of one article as it is compared, with the propositions cut from it."""

    article: int
    sentence: int
    propositions: tuple[int, ...]
    vector: Vector
    # Counts the article's units from 0; ``place`` is that as a share of all of them.
    position: int
    place: float
    clauses: tuple[Vector, ...]
    # The clauses without their figures.
    worded: tuple[Vector, ...]
    # Folded words of each quotation in it that is long enough to be recognised again, and of every quoted phrase.
    quoted: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    is_headline: bool = False
    # Numbers of those of the story's entities that it lets speak, and of all that it names or means.
    speakers: frozenset[int] = frozenset()
    named: frozenset[int] = frozenset()
    grams: frozenset[str] = frozenset()
    # What the grams weigh together in this story.
    gram_weight: float = 0.0
    # Unit of measure and value of every figure, and the stems of what is counted.
    figures: tuple[tuple[str, float], ...] = ()
    heads: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Compared:
    """The units of a story and what its words and letters weigh."""

    units: tuple[Unit, ...]
    weights: Weights
    gram_weights: Mapping[str, float]


def make_units(
    articles: Sequence[tuple[ArticleAnalysis, Sequence[Proposition]]],
    headlines: frozenset[tuple[int, int]] = frozenset(),
    entity_of: Mapping[tuple[int, int], int] | None = None,
) -> Compared:
    """The sentences of a story as units, weighed together; propositions are numbered through the whole story.

    ``articles`` are analyses with their propositions, ``headlines`` the (article, sentence) pairs that are headlines;
    ``entity_of`` gives the story's number of an article's entity. Where a sentence only says "he", the person meant
    counts as named.

    >>> make_units([]).units
    ()
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
                drafts.append(_Draft(index, proposition.sentence, text, proposition.context))
                drafts[-1].named.update(
                    known[index, mention.entity]
                    for mention in mentions_in(analysis.mentions, proposition.context)
                    if (index, mention.entity) in known
                )
            draft = drafts[-1]
            draft.propositions.append(number)
            draft.clauses.append(stems)
            draft.quantities.update(dict.fromkeys(proposition.quantities))
            draft.quotations.update(dict.fromkeys(proposition.quotations))
            speaker = proposition.stance.entity
            if speaker is not None and (index, speaker) in known:
                draft.speakers.add(known[index, speaker])
            number += 1
    weights = weigh([[stem for clause in draft.clauses for stem in clause] for draft in drafts])
    letters = [_letters(draft.text, draft.context) for draft in drafts]
    gram_weights = _gram_weights(letters)
    lengths = Counter(draft.article for draft in drafts)
    units: list[Unit] = []
    for draft, grams in zip(drafts, letters, strict=True):
        position = units[-1].position + 1 if units and units[-1].article == draft.article else 0
        place = position / lengths[draft.article]
        is_headline = (draft.article, draft.sentence) in headlines
        units.append(
            draft.unit(position, place, is_headline, weights, grams, sum(map(gram_weights.__getitem__, grams)))
        )
    return Compared(tuple(units), weights, gram_weights)


def _content(text: str, proposition: Proposition) -> list[str]:
    """The stems of what is stated, without those of who says it."""
    start, end = proposition.span.start, min(proposition.span.end, proposition.span.start + 2000)
    speaker = proposition.stance.speaker
    if speaker is None or not proposition.span.overlaps(speaker):
        return content_stems(text[start:end])
    return content_stems(text[start : speaker.start]) + content_stems(text[speaker.end : end])


def _letters(text: str, context: Span) -> frozenset[str]:
    """Every four letters in a row of a sentence, folded, other signs as one blank."""
    plain = _NOT_LETTERS.sub(" ", fold(text[context.start : min(context.end, context.start + 2000)]))
    return frozenset(plain[at : at + GRAM] for at in range(len(plain) - GRAM + 1))


def _gram_weights(units: Sequence[frozenset[str]]) -> dict[str, float]:
    frequency = Counter(gram for grams in units for gram in grams)
    total = len(units) + 1
    return {gram: log(total / count) for gram, count in frequency.items()}


@dataclass(slots=True)
class _Draft:
    """A sentence whose words are not yet weighed."""

    article: int
    sentence: int
    text: str
    context: Span
    propositions: list[int] = field(default_factory=list)
    clauses: list[list[str]] = field(default_factory=list)
    # As sets that keep their order.
    quantities: dict[Quantity, None] = field(default_factory=dict)
    quotations: dict[Quotation, None] = field(default_factory=dict)
    speakers: set[int] = field(default_factory=set)
    named: set[int] = field(default_factory=set)

    def unit(
        self,
        position: int,
        place: float,
        is_headline: bool,
        weights: Weights,
        grams: frozenset[str],
        gram_weight: float,
    ) -> Unit:
        whole = weights.vector(stem for clause in self.clauses for stem in clause)
        vectors = (whole,) if len(self.clauses) == 1 else tuple(weights.vector(clause) for clause in self.clauses)
        marked = [words for quotation in self.quotations if (words := self._marked(quotation))]
        return Unit(
            self.article, self.sentence, tuple(self.propositions), whole, position, place, vectors,
            tuple(_worded(vector) for vector in vectors) if len(vectors) > 1 else vectors,
            tuple(" ".join(words) for words in marked if len(words) >= QUOTE_WORDS),
            tuple(" ".join(words) for words in marked),
            is_headline, frozenset(self.speakers), frozenset(self.named), grams, gram_weight,
            tuple(_figures(self.quantities)),
            frozenset(quantity.head for quantity in self.quantities if quantity.head),
        )  # fmt: skip

    def _marked(self, quotation: Quotation) -> Sequence[str]:
        """The folded words of a quotation in marks, cut at the ends of the sentence."""
        if quotation.kind == "indirect":
            return ()
        start = max(quotation.span.start, self.context.start)
        return folded_words(self.text[start : min(quotation.span.end, self.context.end, start + 2000)])


def _worded(clause: Vector) -> Vector:
    """A clause without its figures: two outlets that give two figures for one thing say it in the same words."""
    words = {stem: weight for stem, weight in clause.items() if not stem[0].isdigit()}
    length = sqrt(sum(weight * weight for weight in words.values()))
    return {stem: weight / length for stem, weight in words.items()} if length else {}


def _figures(quantities: Iterable[Quantity]) -> Iterable[tuple[str, float]]:
    for quantity in quantities:
        if quantity.unit != "date" and quantity.base_low is not None and abs(quantity.base_low) >= SMALL_FIGURE:
            yield quantity.base_unit, abs(quantity.base_low)


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
