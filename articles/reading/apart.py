"""What a cell shows of each passage where sources part: never a mark without a value.

Some kinds of difference have values of their own, a number or a name. Of others the sides are whole passages, and what
is shown is what sets a passage apart from the rest. A passage that is on no side of the difference only says it. Every
page has its values and letters from here, so that two that one page calls the same are the same on all.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from articles.analysis import types as found
from articles.models import Certainty, DivergenceKind, Polarity
from articles.reading.cells import Parting, shortened
from articles.reading.figures import with_noun
from articles.reading.wordings import Passage, compare_passages, words_apart

# Kinds whose sides are whole passages.
WHOLE_KINDS = {
    DivergenceKind.QUOTE_TRUNCATED,
    DivergenceKind.QUOTE_WORDING,
    DivergenceKind.DIRECT_OR_PARAPHRASE,
}
_STATES, _DENIES = "states it", "denies it"
# Of a passage without a hedge, whether it asserts or denies: the words of the reason.
_UNRESERVED = "without reserve"
# What is said of a passage that is on no side of a difference in its stance. Of other kinds nothing is said: that it is
# on no side does not say that it has no number or name, and it may have one that a side has.
_ON_NO_SIDE: dict[str, str] = {DivergenceKind.POLARITY: "unclear", DivergenceKind.CERTAINTY: _UNRESERVED}
_IN_MARKS = re.compile(r"[“\"«„]([^“”\"«»„]+)[”\"»“]?|(?:^|(?<=\s))[‘]([^‘’]+)[’]")
# Fewer words than these in marks are a name or an echo, no quotation.
_QUOTE_WORDS = 4


@dataclass(frozen=True, slots=True)
class SideTold:
    """A side of a difference: its value and the ``words`` that it marks, and the passage with its stance."""

    appearance: int
    value: str
    words: str
    passage: str
    certainty: str
    polarity: str
    variant: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the value is only the passage itself."""
        return self.value == " ".join(self.passage.split())


def find_value(kind: str, side: SideTold) -> str:
    """A side in words. One whose value is the whole passage is named by its stance: sides of one stance are one.

    >>> find_value("certainty", SideTold(1, "It sank.", "It sank.", "It sank.", "CT+", "positive"))
    'without reserve'
    >>> find_value("polarity", SideTold(1, "It never sank.", "never", "It never sank.", "CT-", "negative"))
    'denies it'
    """
    if side.is_whole and kind == DivergenceKind.CERTAINTY:
        is_sure = side.certainty in (Certainty.CERTAIN, Certainty.CERTAIN_NOT)
        return _UNRESERVED if is_sure else str(Certainty(side.certainty).label).lower()
    if side.is_whole and kind == DivergenceKind.POLARITY:
        return _DENIES if side.polarity == Polarity.NEGATIVE else _STATES
    return side.value


def find_words(kind: str, side: SideTold) -> str:
    """A side in words as it is shown: a denial with the word that denies.

    >>> find_words("polarity", SideTold(1, "It never sank.", "never", "It never sank.", "CT-", "negative"))
    'denies it (“never”)'
    """
    value = find_value(kind, side)
    if kind == DivergenceKind.POLARITY and value == _DENIES and side.words != side.passage:
        return f"{value} (“{side.words}”)"
    return value


def find_parting(kind: str, passages: tuple[Passage, ...], sides: Sequence[SideTold]) -> Parting:
    """One difference between ``passages`` as the cells of its claim need it."""
    values = {side.appearance: find_value(kind, side) for side in sides}
    words = {side.appearance: find_words(kind, side) for side in sides}
    shown = {key: told for key, told in words.items() if told != values[key]}
    return Parting(
        kind=cast("found.DivergenceKind", kind),
        values=values,
        shown={**find_shown(kind, passages, values), **shown},
        variants={side.appearance: side.variant for side in sides if side.variant is not None},
    )


def find_shown(kind: str, passages: tuple[Passage, ...], values: Mapping[int, str]) -> dict[int, str]:
    """By the key of each passage what a cell shows of it, where that is not the value of its side.

    >>> told = (Passage(1, 1, "“We will leave here at once,” she said."), Passage(2, 2, "She said they would leave."))
    >>> find_shown("direct_or_paraphrase", told, {1: "We will leave here at once", 2: told[1].text})
    {1: '“We will leave here at once”', 2: 'in its own words'}
    """
    if kind == DivergenceKind.DIRECT_OR_PARAPHRASE:
        return {passage.key: _quoted_or_not(passage, values.get(passage.key, "")) for passage in passages}
    if kind in WHOLE_KINDS:
        apart = _apart(passages)
        return {passage.key: apart[passage.key] or _plain(passage) for passage in passages}
    on_no_side = _ON_NO_SIDE.get(kind)
    shown = {passage.key: on_no_side for passage in passages if on_no_side and not values.get(passage.key)}
    if kind == DivergenceKind.QUANTITY:
        shown |= {p.key: _counted(values[p.key], p.text) for p in passages if values.get(p.key)}
    return shown


def _counted(value: str, text: str) -> str:
    """A number as the passage has it, with what it counts."""
    at = text.find(value)
    return (with_noun(value, text, at + len(value)) if at >= 0 else "") or value


def _quoted_or_not(passage: Passage, value: str) -> str:
    text = " ".join(passage.text.split())
    if value and value != text and value in text:
        return f"“{shortened(value)}”"
    marked = max((first or second for first, second in _IN_MARKS.findall(text)), key=len, default="")
    return f"“{shortened(marked.rstrip(' ,.'))}”" if len(marked.split()) >= _QUOTE_WORDS else "in its own words"


def _plain(passage: Passage) -> str:
    start, end = passage.quoted or (0, len(passage.text))
    return shortened(passage.text[start:end])


@lru_cache(maxsize=4096)
def _apart(passages: tuple[Passage, ...]) -> Mapping[int, str]:
    """Kept from one request to the next, since comparing is what costs: it depends on nothing but the passages."""
    compared = compare_passages(passages)
    return {passage.key: words_apart(compared, passage.key) for passage in passages}
