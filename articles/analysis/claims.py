"""The checkable propositions of one article: what it states, clause by clause.

Every sentence of the article's own prose is one or more propositions; credits, captions, datelines and boilerplate are
none. How much a proposition is worth checking is an order for the reader's eye and never a filter: the desk decides.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from .lexicon import words
from .stance import Stance, find_stance
from .statements import Part, PartKind, split_clauses
from .types import ArticleAnalysis, Quantity, Quotation, Sentence, Span

# Kinds of sentence that state something in the article's own voice or in a voice it reports.
SPEAKING = frozenset({"headline", "body", "turn", "correction"})
# A story is compared in one call; beyond this many sentences of one article only these are compared.
MOST_SENTENCES = 1500

_VERB_PAST = re.compile(r"\b(?:[a-z]{3,}ed|was|were|has|have|had|did|is|are|will)\b")
_GENERAL = words("situation developments stability dynamics tensions uncertainty future landscape challenges efforts")


@dataclass(frozen=True, slots=True)
class Proposition:
    """A clause that states something: its span, the number of its sentence and how it is put forward."""

    span: Span
    sentence: int
    context: Span
    stance: Stance
    quotations: tuple[Quotation, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    worth: float = 0.0
    kind: PartKind = "clause"


def find_propositions(analysis: ArticleAnalysis) -> tuple[Proposition, ...]:
    """The propositions of one analysed article, in text order; none of a text in a language the analysis does not know.

    >>> from .types import ArticleAnalysis, Sentence
    >>> text = "Rain fell. The old dam held, but the lower road was closed."
    >>> sentences = (Sentence(Span(0, 10), 1), Sentence(Span(11, 59), 1))
    >>> found = find_propositions(ArticleAnalysis(text, sentences=sentences))
    >>> [text[p.span.start : p.span.end] for p in found]
    ['Rain fell.', 'The old dam held,', 'but the lower road was closed.']
    """
    if not analysis.is_supported:
        return ()
    found: list[Proposition] = []
    quotations = _Reader(analysis.quotations)
    quantities = _Reader(analysis.quantities)
    taken = 0
    for number, sentence in enumerate(analysis.sentences):
        if sentence.kind not in SPEAKING or taken == MOST_SENTENCES:
            continue
        said = quotations.touching(sentence.span)
        counted = quantities.touching(sentence.span)
        taken += 1
        parts: tuple[Part, ...] = (Part(sentence.span),)
        if sentence.kind != "headline":
            parts = split_clauses(analysis.text, sentence.span, [q.span for q in said if q.kind != "indirect"])
        for part, kind in parts:
            stance = find_stance(analysis, part, said)
            inside = tuple(q for q in counted if q.span.overlaps(part))
            touched = tuple(q for q in said if q.span.overlaps(part))
            worth = _worth(analysis.text, sentence, part, stance, inside)
            found.append(Proposition(part, number, sentence.span, stance, touched, inside, worth, kind))
    return tuple(found)


def proposition_at(analysis: ArticleAnalysis, span: Span) -> Proposition:
    """The passage at ``span`` as one proposition, whatever the machine would have cut: a person chose its boundaries.

    >>> from .types import ArticleAnalysis, Sentence
    >>> text = "Rain fell. The dam held."
    >>> analysis = ArticleAnalysis(text, sentences=(Sentence(Span(0, 10), 1), Sentence(Span(11, 24), 1)))
    >>> proposition_at(analysis, Span(15, 23)).context
    Span(start=11, end=24)
    """
    sentences = analysis.sentences
    first = bisect_right(sentences, span.start, key=lambda sentence: sentence.span.end)
    touched = first
    while touched < len(sentences) and sentences[touched].span.start < span.end:
        touched += 1
    context = span
    if touched > first:
        context = Span(min(span.start, sentences[first].span.start), max(span.end, sentences[touched - 1].span.end))
    number = min(first, max(0, len(sentences) - 1))
    said = tuple(q for q in analysis.quotations if q.span.overlaps(context))
    counted = tuple(q for q in analysis.quantities if q.span.overlaps(span))
    stance = find_stance(analysis, span, said)
    sentence = sentences[number] if sentences else Sentence(span, 0)
    worth = _worth(analysis.text, sentence, span, stance, counted)
    return Proposition(span, number, context, stance, tuple(q for q in said if q.span.overlaps(span)), counted, worth)


class _Reader[Item: (Quotation, Quantity)]:
    """Items in text order, read by sentences in text order: each is looked at once or twice, not once a sentence."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items: list[Item] = sorted(items, key=lambda item: (item.span.start, item.span.end))
        self._at = 0

    def touching(self, span: Span) -> tuple[Item, ...]:
        while self._at < len(self._items) and self._items[self._at].span.end <= span.start:
            self._at += 1
        touching = []
        for item in self._items[self._at :]:
            if item.span.start >= span.end:
                break
            if item.span.overlaps(span):
                touching.append(item)
        return tuple(touching)


def _worth(text: str, sentence: Sentence, clause: Span, stance: Stance, counted: Sequence[Quantity]) -> float:
    words_ = text[clause.start : min(clause.end, clause.start + 600)]
    worth = 0.2
    worth += 0.3 * bool(counted)
    worth += 0.15 * (stance.speaker is not None)
    worth += 0.15 * bool(re.search(r"\b[A-Z][a-z]+", words_[1:])) * bool(_VERB_PAST.search(words_))
    worth += 0.1 * (stance.certainty not in {"CT+", "CT-"})
    worth += 0.1 * any(quantity.kind in {"money", "percent"} for quantity in counted)
    if words_.rstrip().endswith("?"):
        worth -= 0.2
    if not counted and any(word in _GENERAL for word in words_.lower().split()):
        worth -= 0.1
    if sentence.kind == "headline":
        worth -= 0.05
    return round(max(0.0, min(1.0, worth)), 3)
