"""What one source does with one claim: the cells of the claims × columns table, as values.

No majority is ever computed: when the wordings of a claim part, every source that speaks is marked as differing, with
a letter for its variant. Silence is only what a complete, searched text does not say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from articles.models import Certainty, Completeness, Polarity, PublishedGranularity

WORDS = {
    "says": "says",
    "differs": "differs",
    "hedges": "hedges",
    "denies": "denies",
    "possible": "possible",
    "silent": "silent",
    "not_yet": "not yet published",
    "incomplete": "incomplete text",
}
_HEDGED = {
    Certainty.PROBABLE,
    Certainty.POSSIBLE,
    Certainty.PROBABLE_NOT,
    Certainty.POSSIBLE_NOT,
    Certainty.UNCOMMITTED,
}
_SHORT = 44


@dataclass(frozen=True, slots=True)
class Variant:
    """What a source says where sources part: the letter of the variant and its value in words."""

    letter: str
    value: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One source and one claim. ``appearance`` is where it speaks first, or the nearest passage for *possible*."""

    kind: str
    word: str
    variants: tuple[Variant, ...] = ()
    appearance: int | None = None


@dataclass(frozen=True, slots=True)
class Speech:
    """An appearance as a cell needs it. ``value`` is its side of the claim's gravest divergence, or empty."""

    appearance: int
    is_live: bool
    polarity: str
    certainty: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A column as a cell needs it, with what it says about the claim, in text order."""

    completeness: str
    is_searched: bool
    published_at: datetime | None
    published_granularity: str
    speeches: tuple[Speech, ...] = ()


def find_cells(sources: Sequence[Source], *, is_differing: bool) -> list[Cell]:
    """One cell for each source, in their order. ``is_differing``: whether the claim's sources part at all."""
    live = [speech for source in sources for speech in source.speeches if speech.is_live]
    is_asserted = any(speech.polarity == Polarity.POSITIVE for speech in live)
    letters = _letters(live)
    first = [source for source in sources if any(speech.is_live for speech in source.speeches)]
    return [
        _speaking(source, letters, is_differing=is_differing, is_asserted=is_asserted)
        or _not_speaking(source, first=first)
        for source in sources
    ]


def _letters(live: Sequence[Speech]) -> dict[str, str]:
    """A letter for each variant, in the order in which the columns bring them up; none when there is but one."""
    variants = list(dict.fromkeys(speech.value.casefold() for speech in live if speech.value))
    return {value: chr(ord("a") + n % 26) for n, value in enumerate(variants)} if len(variants) > 1 else {}


def _speaking(source: Source, letters: dict[str, str], *, is_differing: bool, is_asserted: bool) -> Cell | None:
    live = [speech for speech in source.speeches if speech.is_live]
    if not live:
        return None
    variants = {
        speech.value.casefold(): Variant(letters.get(speech.value.casefold(), ""), shortened(speech.value))
        for speech in live
        if speech.value
    }
    if is_asserted and all(speech.polarity == Polarity.NEGATIVE for speech in live):
        kind = "denies"
    elif is_differing:
        kind = "differs"
    elif all(speech.certainty in _HEDGED for speech in live):
        kind = "hedges"
    else:
        kind = "says"
    return Cell(kind, WORDS[kind], tuple(variants.values()), live[0].appearance)


def _not_speaking(source: Source, *, first: Sequence[Source]) -> Cell:
    possible = next((speech.appearance for speech in source.speeches if not speech.is_live), None)
    if possible is not None:
        kind = "possible"
    elif not source.is_searched:
        # Not silent: nothing was looked for in a text of that language.
        return Cell("incomplete", "not searched")
    elif source.completeness != Completeness.FULL:
        kind = "incomplete"
    elif first and all(_is_known_earlier(source, other) for other in first):
        kind = "not_yet"
    else:
        kind = "silent"
    return Cell(kind, WORDS[kind], appearance=possible)


def _is_known_earlier(source: Source, other: Source) -> bool:
    """Whether both times are known and ``source`` came out before ``other``, as finely as both say."""
    if source.published_at is None or other.published_at is None:
        return False
    if PublishedGranularity.DAY in {source.published_granularity, other.published_granularity}:
        return source.published_at.date() < other.published_at.date()
    return source.published_at < other.published_at


def shortened(words: str) -> str:
    """``words`` cut at a word to what a column's head can hold.

    >>> shortened("We are certainly looking at land now, because we have the sea")
    'We are certainly looking at land now …'
    """
    if len(words) <= _SHORT:
        return words
    return words[: _SHORT - 1].rsplit(" ", 1)[0].rstrip(",;:.–— ") + " …"
