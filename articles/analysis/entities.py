"""Names, grouped within the article."""

import re
from collections.abc import Sequence

from .text import fold
from .types import Entity, Mention, Sentence, Span

_NAME = re.compile(r"\b[A-Z][\w’'-]{1,30}(?: [A-Z][\w’'-]{1,30}){1,4}")


def find_entities(text: str, sentences: Sequence[Sentence]) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    entities: list[Entity] = []
    mentions: list[Mention] = []
    known: dict[str, int] = {}
    for sentence in sentences:
        if sentence.kind == "headline":
            continue
        for match in _NAME.finditer(text, sentence.span.start, sentence.span.end):
            name = match.group()
            index = known.setdefault(fold(name), len(entities))
            if index == len(entities):
                entities.append(Entity(name, "person"))
            mentions.append(Mention(Span(*match.span()), index))
    return tuple(entities), tuple(mentions)
