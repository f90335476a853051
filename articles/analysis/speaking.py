"""Joins quotations to entities: which of the article's people or organisations a speaker phrase means."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from .types import Entity, Mention, Quotation, Span

# "The lawyer for Mrs. Low": whoever stands behind it is whom the speaker works for.
_SERVED = re.compile(r"\b(?:for|of)\s+(?:[A-Z]\w{1,3}\.\s+)?$")
_RANK = {"person": 3, "organisation": 2, "place": 1}


def with_speakers(
    quotations: Sequence[Quotation], entities: Sequence[Entity], mentions: Sequence[Mention], text: str = ""
) -> tuple[Quotation, ...]:
    """Quotations with the entity of their speaker where a mention stands in the speaker phrase.

    >>> said = Quotation(Span(10, 14), "direct", Span(0, 3))
    >>> with_speakers([said], [Entity("Low", "person")], [Mention(Span(0, 3), 0)])[0].entity
    0
    """
    starts = [m.span.start for m in mentions]
    joined = []
    for quotation in quotations:
        entity = None
        if quotation.speaker is not None:
            entity = _best(quotation.speaker, entities, mentions, starts, text)
        joined.append(quotation if entity is None else replace(quotation, entity=entity))
    return tuple(joined)


def _best(
    speaker: Span, entities: Sequence[Entity], mentions: Sequence[Mention], starts: list[int], text: str
) -> int | None:
    """A person in the phrase before an organisation, an organisation before a place; the last of them."""
    best: tuple[int, int] | None = None
    chosen = None
    index = bisect_left(starts, speaker.start)
    while index > 0 and mentions[index - 1].span.end > speaker.start:
        index -= 1
    while index < len(mentions) and mentions[index].span.start < speaker.end:
        mention = mentions[index]
        rank = (_RANK.get(entities[mention.entity].kind, 0), -mention.span.start)
        # A place in the phrase ("lawmakers in Oslo") is only where the speakers are.
        is_whole = mention.span.start <= speaker.start and mention.span.end >= speaker.end
        is_served = rank[0] == 3 and _SERVED.search(text, speaker.start, mention.span.start) is not None
        if (rank[0] >= 2 or is_whole) and not is_served and (best is None or rank > best):
            best, chosen = rank, mention.entity
        index += 1
    return chosen
