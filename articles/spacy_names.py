"""A spaCy pipeline as the finder of names, for a desk that has one installed and names it in the settings.

spaCy is no dependency of this program and is imported only here, when it is asked for. Its spans are laid on the tokens
of the analysis, so that everything that follows is the same as with the names found by the program itself.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Protocol, cast

from articles.analysis.names import Name
from articles.analysis.tokens import Token

# The labels of spaCy's English pipelines and of those trained on WikiNER; peoples, dates and amounts are no names here.
_LABELS = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "PRODUCT": "product",
    "EVENT": "event",
    "WORK_OF_ART": "other",
    "LAW": "other",
    "MISC": "other",
}
# A pipeline's memory grows with what it is given at once, and by itself it refuses a million characters.
_AT_ONCE = 50_000


class _Found(Protocol):
    """A name as spaCy gives it."""

    start_char: int
    end_char: int
    label_: str


class _Document(Protocol):
    ents: Sequence[_Found]


class Pipeline(Protocol):
    """What is needed of ``spacy.language.Language``."""

    def __call__(self, text: str) -> _Document: ...


def load_pipeline(name: str) -> Pipeline:
    """The installed pipeline of that name, or the one in that folder."""
    return cast(Pipeline, import_module("spacy").load(name))


class SpacyNames:
    """A :class:`articles.analysis.name_finder.NameFinder` that asks a pipeline."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    def __call__(self, text: str, sentences: Sequence[Sequence[Token]]) -> Iterable[Name]:
        places = [
            (token.start, number, at) for number, tokens in enumerate(sentences) for at, token in enumerate(tokens)
        ]
        starts = [start for start, _, _ in places]
        found: list[Name] = []
        for start, end in _pieces(sentences):
            for entity in self._pipeline(text[start:end]).ents:
                label = _LABELS.get(entity.label_)
                first = bisect_left(starts, start + entity.start_char)
                last = bisect_left(starts, start + entity.end_char)
                # One that begins within a token or goes on in the next sentence is no name that could be pointed at.
                if label and first < last and places[first][0] == start + entity.start_char:
                    number, at = places[first][1:]
                    if places[last - 1][1] == number:
                        found.append(Name(number, at, at + last - first, label))
        return found


def _pieces(sentences: Sequence[Sequence[Token]]) -> Iterator[tuple[int, int]]:
    """The text of the sentences in stretches of whole sentences; a longer sentence is cut."""
    begin = end = -1
    for tokens in sentences:
        if not tokens:
            continue
        if begin >= 0 and tokens[-1].end - begin > _AT_ONCE:
            yield from _cut(begin, end)
            begin = -1
        begin = tokens[0].start if begin < 0 else begin
        end = tokens[-1].end
    if begin >= 0:
        yield from _cut(begin, end)


def _cut(begin: int, end: int) -> Iterator[tuple[int, int]]:
    for start in range(begin, end, _AT_ONCE):
        yield start, min(end, start + _AT_ONCE)
