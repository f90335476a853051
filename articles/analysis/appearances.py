"""Turns the passages of a claim into appearances and into the sides that are compared for differences.

A passage comes either from propositions that the comparison gathered, one place for each sentence, or from a person,
whose boundaries are kept to the letter.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .claims import Proposition
from .origins import find_credit
from .sides import Side
from .text import fold
from .types import Appearance, Band, Mention, Quantity, Quotation, Span, StoryArticle


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stands: a passage of one article and the proposition that tells how it is put."""

    article: int
    span: Span
    proposition: Proposition
    quotations: tuple[Quotation, ...]
    quantities: tuple[Quantity, ...]
    is_headline: bool
    score: float
    method: str
    band: Band = "suggested"


def make_appearance(place: Place, article: StoryArticle, entity_of: Mapping[tuple[int, int], int]) -> Appearance:
    """The place as it is told to the caller; ``entity_of`` numbers the story's entities."""
    stance = place.proposition.stance
    return Appearance(
        article=article.key,
        span=place.span,
        band=place.band,
        score=place.score,
        method=place.method,
        speaker=stance.speaker,
        entity=None if stance.entity is None else entity_of.get((article.key, stance.entity)),
        source_level=stance.source_level,
        certainty=stance.certainty,
        certainty_span=stance.certainty_span,
        polarity=stance.polarity,
        cue=stance.cue,
    )


def make_side(number: int, place: Place, article: StoryArticle, entity_of: Mapping[tuple[int, int], int]) -> Side:
    """The place, appearance ``number`` of its claim, with everything that can differ."""
    context, stance = place.proposition.context, place.proposition.stance
    numbers = {
        mention.entity: entity_of[article.key, mention.entity]
        for mention in mentions_in(article.analysis.mentions, context)
        if (article.key, mention.entity) in entity_of
    }
    speaker = None if stance.entity is None else entity_of.get((article.key, stance.entity))
    return Side(
        number, place.article, article.outlet, article.analysis, place.span, context, stance, place.quotations,
        place.quantities, speaker, frozenset(numbers.values()), numbers, _credit(article, context, stance.speaker),
        place.score, place.is_headline,
    )  # fmt: skip


def mentions_in(mentions: Sequence[Mention], span: Span) -> list[Mention]:
    """The mentions in a passage; ``mentions`` stand in text order.

    >>> mentions_in([Mention(Span(0, 3), 0), Mention(Span(8, 9), 1)], Span(5, 20))
    [Mention(span=Span(start=8, end=9), entity=1, is_inferred=False)]
    """
    first = bisect_left(mentions, span.start, key=lambda mention: mention.span.end)
    found = []
    for mention in mentions[first:]:
        if mention.span.start >= span.end:
            break
        if mention.span.end > span.start:
            found.append(mention)
    return found


_ACCORDING = re.compile(
    r"\b[Aa]ccording to ((?:the |an? )?[\w’'.&-]+(?: (?!(?:who|which|that|on|in|as)\b)[\w’'.&-]+){0,7})"
)


def _credit(article: StoryArticle, context: Span, speaker: Span | None) -> Span | None:
    """Whom the sentence has its news from, beside its speaker; an outlet that credits itself has it first hand."""
    text = article.analysis.text
    span = find_credit(text, context, with_interviews=False)
    if span is None:
        found = _ACCORDING.search(text, context.start, min(context.end, context.start + 1500))
        if found is None or (speaker is not None and speaker.overlaps(Span(*found.span(1)))):
            return None
        return Span(found.start(1), found.start(1) + len(found.group(1).rstrip(".,’'")))
    name = fold(text[span.start : span.end]).split()
    return None if name[-1] in fold(article.outlet).split() else span
