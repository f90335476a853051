"""Where typed or pasted words stand in a text.

Nobody retypes a curly quotation mark, a long dash or a line break as it was set, and whoever reads with a screen reader
can copy words but not select them. So words are looked for as they stand, and only when they stand nowhere without
minding case, kinds of quotation marks and dashes, and how much white space there is. What is found is a slice of the
text itself: the words people typed are never stored as a quote.
"""

import re
import unicodedata
from dataclasses import dataclass

from articles.analysis.segments import is_boundary

# More places than a person would choose among; the words are too few then.
MAX_PLACES = 20
_CONTEXT = 60
_ALIKE = ("'‘’‚‛ʼ′`´", '"“”„‟″«»', "-‐‑‒–—―−")
# What the canonical text leaves out, and what travels along when words are copied from elsewhere.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a text with the words around it."""

    start: int
    end: int
    before: str
    quote: str
    after: str


def find_places(text: str, words: str) -> list[Place]:
    """The places of ``words`` in ``text`` in order, at most one more than ``MAX_PLACES``.

    >>> [(p.start, p.quote) for p in find_places("He said “no”. “No”, he said.", '"no"')]
    [(8, '“no”'), (14, '“No”')]
    """
    wanted = unicodedata.normalize("NFC", _UNSEEN.sub("", words)).strip()
    if not wanted:
        return []
    loose = "".join(map(_loosely, re.split(r"(\s+)", wanted)))
    return _places(text, re.compile(re.escape(wanted))) or _places(text, re.compile(loose, re.IGNORECASE))


def place_at(text: str, start: int, end: int) -> Place:
    """The words at a place, with what stands around them in their own paragraph."""
    before = text[max(0, start - _CONTEXT) : start].rpartition("\n")[2]
    after = text[end : end + _CONTEXT].partition("\n")[0]
    # Context may begin inside a word; it does not say so if that is where the paragraph begins.
    if start - len(before) > 0 and text[start - len(before) - 1] != "\n":
        before = "…" + before.partition(" ")[2]
    if end + len(after) < len(text) and text[end + len(after)] != "\n":
        after = after.rpartition(" ")[0] + " …"
    return Place(start, end, before, text[start:end], after)


def _loosely(part: str) -> str:
    if part.isspace():
        return r"\s+"
    return "".join(
        next((f"[{re.escape(alike)}]" for alike in _ALIKE if letter in alike), re.escape(letter)) for letter in part
    )


def _places(text: str, pattern: re.Pattern[str]) -> list[Place]:
    found = []
    for match in pattern.finditer(text):
        start, end = match.span()
        if is_boundary(text, start) and is_boundary(text, end):
            found.append(place_at(text, start, end))
            if len(found) > MAX_PLACES:
                break
    return found
