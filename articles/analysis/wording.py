"""Compares several wordings of one quotation or claim word by word, for the panel that shows them under one another.

Every pair of texts is compared by a longest common subsequence of its words; a word that has a partner in all other
texts is shared, in some is a variant, in none belongs to this text alone. The pair is always compared in the order
of its content, so that swapping texts only swaps results. Case, punctuation, accents and contractions ("we've", "we
have") are folded: they are house style, not wording.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import LCSseq

from .lexicon import words

Rank = Literal[0, 1, 2]

# Comparing two texts costs n * m / 64 steps; what lies further in than this is taken as different.
LONGEST = 4000

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:[.,]\d+)*")
_CONTRACTED = {"'re": "are", "'ve": "have", "'ll": "will", "'m": "am", "'d": "would"}
_IS = words("it he she that there here what who where how")
_IRREGULAR = {"won't": ("will", 2), "can't": ("can", 2), "shan't": ("shall", 3), "cannot": ("can", 3)}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of one text. Rank 0: all texts have it; 1: some others, not all; 2: only this one."""

    start: int
    end: int
    rank: Rank


@dataclass(frozen=True, slots=True)
class Gap:
    """A place, ``at``, where all other texts have ``words`` (as one of them prints them) and this one does not."""

    at: int
    words: str


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    key: str


def compare_wordings(texts: Sequence[str]) -> tuple[tuple[Word, ...], ...]:
    """The words of each text with their rank; a contraction is two words, "we" and "'ve".

    >>> left, right = compare_wordings(["We're looking at land", "we are certainly looking at land"])
    >>> {word.rank for word in left}
    {0}
    >>> [word.rank for word in right]
    [0, 0, 2, 0, 0, 0]
    """
    tokens = [_tokens(text) for text in texts]
    partners = _partners(tokens)
    rows = []
    for i, own in enumerate(tokens):
        others = [j for j in range(len(texts)) if j != i]
        row = []
        for n, token in enumerate(own):
            found = sum(n in partners[i, j] for j in others)
            rank: Rank = 0 if found == len(others) else 1 if found else 2
            row.append(Word(token.start, token.end, rank))
        rows.append(tuple(row))
    return tuple(rows)


def find_gaps(texts: Sequence[str]) -> tuple[tuple[Gap, ...], ...]:
    """For each text the places where it lacks words that all others have, in text order.

    >>> find_gaps(["under control", "very well under control"])[0]
    (Gap(at=0, words='very well'),)
    """
    tokens = [_tokens(text) for text in texts]
    partners = _partners(tokens)
    rows = []
    for i, own in enumerate(tokens):
        others = sorted((j for j in range(len(texts)) if j != i), key=lambda j: (texts[j], [t.key for t in tokens[j]]))
        rows.append(_gaps(texts[others[0]], own, tokens[others[0]], i, others, partners) if others else ())
    return tuple(rows)


def likeness(left: str, right: str) -> float:
    """How alike two wordings are, 0 to 1, over folded words.

    >>> likeness("We're going home.", "we are going home")
    1.0
    """
    a, b = _tokens(left), _tokens(right)
    if not a and not b:
        return 1.0
    return 2 * len(_common(a, b)) / (len(a) + len(b))


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared.

    >>> folded_words("We’ve got Nicolás, can't we?")
    ('we', 'have', 'got', 'nicolas', 'can', 'not', 'we')
    """
    return tuple(token.key for token in _tokens(text))


def _gaps(
    sample: str,
    own: Sequence[_Token],
    theirs: Sequence[_Token],
    i: int,
    others: Sequence[int],
    partners: dict[tuple[int, int], dict[int, int]],
) -> tuple[Gap, ...]:
    first = others[0]
    back = partners[first, i]
    gaps: list[Gap] = []
    at, begin, last = 0, -1, -1
    for n in range(len(theirs)):
        if n in back:
            if begin >= 0:
                gaps.append(Gap(at, sample[theirs[begin].start : theirs[last].end]))
                begin = -1
            at = own[back[n]].end
        elif all(n in partners[first, j] for j in others[1:]):
            begin = n if begin < 0 else begin
            last = n
        elif begin >= 0:
            gaps.append(Gap(at, sample[theirs[begin].start : theirs[last].end]))
            begin = -1
    if begin >= 0:
        gaps.append(Gap(at, sample[theirs[begin].start : theirs[last].end]))
    return tuple(gaps)


def _partners(tokens: Sequence[Sequence[_Token]]) -> dict[tuple[int, int], dict[int, int]]:
    """For each ordered pair of texts: index of a word in the one -> index of its partner in the other."""
    partners: dict[tuple[int, int], dict[int, int]] = {}
    for i in range(len(tokens)):
        for j in range(i + 1, len(tokens)):
            pairs = _common(tokens[i], tokens[j])
            partners[i, j] = dict(pairs)
            partners[j, i] = {b: a for a, b in pairs}
    return partners


def _common(left: Sequence[_Token], right: Sequence[_Token]) -> list[tuple[int, int]]:
    """Index pairs of a longest common subsequence, the same whichever text comes first."""
    a, b = [token.key for token in left], [token.key for token in right]
    if a == b:
        return [(n, n) for n in range(len(a))]
    if b < a:
        return [(x, y) for y, x in _common_in_order(b, a)]
    return _common_in_order(a, b)


def _common_in_order(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    pairs = [(n, n) for n in range(head)]
    inner_a, inner_b = a[head : len(a) - tail][:LONGEST], b[head : len(b) - tail][:LONGEST]
    for opcode in LCSseq.opcodes(inner_a, inner_b):
        if opcode.tag == "equal":
            pairs += [
                (head + opcode.src_start + n, head + opcode.dest_start + n)
                for n in range(opcode.src_end - opcode.src_start)
            ]
    pairs += [(len(a) - tail + n, len(b) - tail + n) for n in range(tail)]
    return pairs


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(match.start() + start, match.start() + end, key)
        for match in _WORD.finditer(text)
        for start, end, key in _split_contraction(match.group())
    ]


@lru_cache(maxsize=65536)
def _split_contraction(word: str) -> tuple[tuple[int, int, str], ...]:
    """The parts of a printed word with their places in it; words recur, and folding them is what comparing costs."""
    lowered = word.lower().replace("’", "'")
    end = len(word)
    if "'" in lowered or lowered in _IRREGULAR:
        if lowered in _IRREGULAR and len(lowered) == len(word):
            key, cut = _IRREGULAR[lowered]
            return (0, cut, key), (cut, end, "not")
        if lowered.endswith("n't") and len(lowered) == len(word) > 3:
            return (0, end - 3, _folded(word[:-3])), (end - 3, end, "not")
        stem, mark, suffix = lowered.rpartition("'")
        if mark and len(lowered) == len(word):
            cut = len(stem)
            if "'" + suffix in _CONTRACTED:
                return (0, cut, _folded(word[:cut])), (cut, end, _CONTRACTED["'" + suffix])
            if suffix == "s" and stem in _IS:
                return (0, cut, stem), (cut, end, "is")
    return ((0, end, _folded(word)),)


def _folded(word: str) -> str:
    decomposed = word if word.isascii() else unicodedata.normalize("NFKD", word)
    kept = decomposed if decomposed.isascii() else "".join(c for c in decomposed if not unicodedata.combining(c))
    return kept.casefold().replace("’", "'").replace(",", "")
