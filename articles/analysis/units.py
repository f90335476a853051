"""Masks quotations and cuts what is left into units, the stretches in which an attribution can reach its quotation.

A unit is a sentence as far as attribution goes: a full stop inside a quotation does not end it, and a short reporting
clause behind a closing question mark belongs to the question.
"""

from collections.abc import Sequence
from typing import NamedTuple

from .cues import cue_forms
from .marks import Quoted
from .tokens import Token, tokenise
from .types import Sentence, SentenceKind

_LONGEST = 200


class Unit(NamedTuple):
    """The tokens of one unit, each quotation one token; `paragraph` as in `Sentence`."""

    tokens: list[Token]
    paragraph: int
    kind: SentenceKind


def split_units(
    text: str,
    sentences: Sequence[Sentence],
    quoted: Sequence[Quoted],
    tokens: Sequence[Sequence[Token]] | None = None,
) -> list[Unit]:
    """The units of a text in order; a quotation's token carries its index in `quoted`.

    >>> from .marks import find_quoted
    >>> from .sentences import split_sentences
    >>> from .text import split_paragraphs
    >>> line = "Head\\n\\n“Stop. Now,” he said. It rained."
    >>> units = split_units(line, split_sentences(line), find_quoted(line, split_paragraphs(line)))
    >>> [[t.text for t in u.tokens] for u in units][1:]
    [['“Stop. Now,”', 'he', 'said', '.'], ['It', 'rained', '.']]
    """
    units: list[Unit] = []
    index = 0
    start: int | None = None
    masks: list[int] = []
    for number, sentence in enumerate(sentences):
        if start is None:
            start = sentence.span.start
        end = sentence.span.end
        while index < len(quoted) and quoted[index].outer.start < end:
            masks.append(index)
            index += 1
        is_last = number + 1 == len(sentences) or sentences[number + 1].paragraph != sentence.paragraph
        if not is_last and masks and quoted[masks[-1]].outer.end > end:
            continue
        if (
            not is_last
            and sentence.kind == sentences[number + 1].kind
            and masks
            and quoted[masks[-1]].outer.end == end
            and text[end - 2] in "?!…—–-"
            and _is_reporting_clause(text, sentences[number + 1], quoted, index)
        ):
            continue
        if tokens is not None and not masks and start == sentence.span.start:
            found = list(tokens[number])
        else:
            found = _mask(text, start, end, quoted, masks)
        # No reader follows an attribution further, and work per unit grows with its square.
        for low in range(0, max(len(found), 1), _LONGEST):
            units.append(Unit(found[low : low + _LONGEST], sentence.paragraph, sentence.kind))
        start, masks = None, []
    return units


def _is_reporting_clause(text: str, sentence: Sentence, quoted: Sequence[Quoted], index: int) -> bool:
    span = sentence.span
    if span.end - span.start > 220:
        return False
    tokens = tokenise(text, span.start, min(span.end, span.start + 110))
    cue = next((i for i, t in enumerate(tokens[:16]) if t.lower in cue_forms()), None)
    if cue is None or (cue > 8 and "," not in (t.text for t in tokens[:cue])):
        return False
    # With a quotation of its own before the verb, or right behind it, the sentence speaks for itself.
    is_quoting = index < len(quoted) and quoted[index].outer.start < span.end
    return (
        not is_quoting
        or tokens[cue].end + 30 < quoted[index].outer.start
        or quoted[index].outer.end < tokens[cue].start
    )


def _mask(text: str, start: int, end: int, quoted: Sequence[Quoted], masks: Sequence[int]) -> list[Token]:
    tokens: list[Token] = []
    at = start
    for index in masks:
        outer = quoted[index].outer
        tokens += tokenise(text, at, outer.start)
        # Long quotations are not copied: nobody reads a mask's text further than its beginning.
        tokens.append(Token(text[outer.start : min(outer.end, outer.start + 60)], "", outer.start, outer.end, index))
        at = outer.end
    return tokens + tokenise(text, at, end)
