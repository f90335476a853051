"""Figures that say something alone: a bare number is shown with what it counts, or not at all."""

import re

from articles.analysis.lexicon import words as word_set
from articles.analysis.vocabulary import FUNCTION_WORDS

_NUMERALS = word_set(
    "a an one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands"
    " million millions billion billions trillion trillions dozen dozens score scores half third quarter and about"
    " around almost nearly roughly some over under least most more less fewer than at up to between"
)
_NEXT = re.compile(r"[\s\u00a0-]+([^\W_]+(?:['’-][^\W_]+)*)")
_IRREGULAR = word_set("people men women children police feet teeth mice percent")
# A word that counts nothing may stand between a number and its noun; more than two do not.
_BETWEEN = 3


def with_noun(figure: str, text: str, end: int) -> str:
    """``figure``, which ends at ``end`` of ``text``, with the noun that it counts; empty when a bare one counts none.

    >>> text = "She kept two private email addresses until 2016."
    >>> with_noun("two", text, 12), with_noun("2016", text, 47), with_noun("$5 million", text, 0)
    ('two private email addresses', '', '$5 million')
    """
    if not _is_bare(figure):
        return figure
    taken, first = end, 0
    at = end
    for n in range(_BETWEEN):
        match = _NEXT.match(text, at)
        if match is None:
            break
        word = match.group(1).lower()
        if word == "of" and n == 0:
            at = match.end()
            continue
        if word in FUNCTION_WORDS or word.isdigit():
            break
        at = match.end()
        first = first or at
        if _is_plural(word):
            taken = at
            break
    taken = taken if taken > end else first
    return f"{figure}{text[end:taken]}" if taken > end else ""


def _is_bare(figure: str) -> bool:
    """Whether a figure is nothing but a number, in digits or words."""
    if any(mark in figure for mark in "%$€£¥°"):
        return False
    return all(part[0].isdigit() or part.lower() in _NUMERALS for part in re.findall(r"\d[\d.,]*|[^\W\d_]+", figure))


def _is_plural(word: str) -> bool:
    return word in _IRREGULAR or (word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s")))
