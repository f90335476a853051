"""Cuts a sentence into clauses where it makes several statements, so that a claim is anchored on its own words.

A reporter packs two or three facts into one sentence and another outlet gives each a sentence of its own. The cut
is made where news prose joins statements: semicolons, spaced dashes, and commas or conjunctions that open a clause
with a verb of its own. Nothing is cut inside quotation marks: a quotation is one piece of evidence.
"""

import re
from collections.abc import Sequence

from .types import Span

# "The ferry, which …" is no statement before its comma.
SMALLEST, SMALLEST_HEAD = 3, 4
# A sentence beyond this length is no sentence (a table, a text without full stops); it is cut no further than here.
LONGEST = 4000

_CUT = re.compile(
    r"""
    ;\s+
    | \s+[–—]\s+ | \s-{1,2}\s | —
    | ,\s+(?=(?:and|but|while|though|although|as|with|which|who|citing|saying|adding|because|since|after|before|where
              |when|whereas|amid|despite|including|part\ of|so|yet|or)\b)
    | ,\s+(?=[a-z]{3,}ing\b)
    | \s+(?=(?:while|because|amid|but|though|although|whereas|after|before|unless)\s)
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*")


def split_clauses(text: str, span: Span, kept_whole: Sequence[Span] = ()) -> tuple[Span, ...]:
    """The clauses of the sentence at ``span``, in order; ``kept_whole`` are its quotations.

    >>> line = "The mayor resigned on Monday, while her deputy stayed in office."
    >>> [line[c.start : c.end] for c in split_clauses(line, Span(0, len(line)))]
    ['The mayor resigned on Monday,', 'while her deputy stayed in office.']
    """
    pieces: list[Span] = []
    start = span.start
    limit = min(span.end, span.start + LONGEST)
    for match in _CUT.finditer(text, span.start, limit):
        cut = match.end()
        if any(q.start < cut < q.end for q in kept_whole):
            continue
        if _size(text, start, cut) >= SMALLEST_HEAD and _size(text, cut, span.end) >= SMALLEST:
            pieces.append(_trimmed(text, start, cut))
            start = cut
    pieces.append(_trimmed(text, start, span.end))
    return tuple(pieces)


def _size(text: str, start: int, end: int) -> int:
    count = 0
    for _ in _WORD.finditer(text, start, min(end, start + 200)):
        count += 1
        if count == SMALLEST_HEAD:
            break
    return count


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "–—-"):
        end -= 1
    return Span(start, end)
