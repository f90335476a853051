"""What a cell shows of each passage where sources part: never a mark without a value.

Some kinds of difference have values of their own, a number or a name. Of others the sides are whole passages, and what
is shown is what sets a passage apart from the rest. A passage that is on no side of the difference says so.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from articles.models import DivergenceKind
from articles.reading.cells import shortened
from articles.reading.figures import with_noun
from articles.reading.wordings import Passage, compare_passages, words_apart

# Kinds whose sides are whole passages.
WHOLE_KINDS = {
    DivergenceKind.POLARITY,
    DivergenceKind.QUOTE_TRUNCATED,
    DivergenceKind.QUOTE_WORDING,
    DivergenceKind.DIRECT_OR_PARAPHRASE,
}
# What is said of a passage in which nothing of the kind was found. The finding is the machine's, and the words say so.
_NONE_FOUND: dict[str, str] = {
    DivergenceKind.QUANTITY: "no such number found",
    DivergenceKind.ATTRIBUTION: "no source found",
    DivergenceKind.CERTAINTY: "as a fact",
    DivergenceKind.TIME_PLACE: "no time or place found",
    DivergenceKind.NAME_ROLE: "no name or role found",
    DivergenceKind.REPORTING_VERB: "no such verb found",
}
_IN_MARKS = re.compile(r"[“\"«„]([^“”\"«»„]+)[”\"»“]?|(?:^|(?<=\s))[‘]([^‘’]+)[’]")
# Fewer words than these in marks are a name or an echo, no quotation.
_QUOTE_WORDS = 4


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
        return {passage.key: apart[passage.key] or _plain(kind, passage) for passage in passages}
    none_found = _NONE_FOUND.get(kind, "none found")
    shown = {passage.key: none_found for passage in passages if not values.get(passage.key)}
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


def _plain(kind: str, passage: Passage) -> str:
    if kind == DivergenceKind.POLARITY:
        return "says so"
    start, end = passage.quoted or (0, len(passage.text))
    return shortened(passage.text[start:end])


@lru_cache(maxsize=4096)
def _apart(passages: tuple[Passage, ...]) -> Mapping[int, str]:
    """Kept from one request to the next, since comparing is what costs: it depends on nothing but the passages."""
    compared = compare_passages(passages)
    return {passage.key: words_apart(compared, passage.key) for passage in passages}
