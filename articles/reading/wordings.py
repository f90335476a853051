"""The wordings of one claim under one another, with the words marked that make the difference.

Three ways, by what the passages are. *Quotations* of the same words are compared word by word: what only this source
has, what some have, and where words are missing that all others have. *Prose* that is much alike shows the content
words that no other source holds. Prose that is told anew would be marked all over, so only its figures, names and
negations are. In all three the words on which a divergence rests have a rank of their own, however many sources print
them: that a value decides does not make it one source's alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from rapidfuzz.distance import OSA

from articles.analysis.lexicon import words as word_set
from articles.analysis.weighting import content_stems
from articles.analysis.wording import compare_wordings, find_gaps, folded_words, likeness

Way = Literal["quoted", "alike", "reworded", "single"]

# Below this likeness to every other passage, prose counts as reworded.
ALIKE = 0.45
# Function words that turn a sentence round: they say something even though they are no content words.
_TURNING = word_set("not no never nobody none nothing neither nor without")
# What makes a word a figure or a name wherever it stands; the first word of a sentence is in capitals anyway.
_TELLING = re.compile(r"\d")
_NUMERALS = word_set(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen"
    " half third quarter twice"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:]['’”\"»)]*\s+|[“\"«„(—–]\s*)$")
# From this length on, words that begin alike and are one slip apart are spellings of one word (defence, defense).
_SPELT = 6


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage to compare. Spans are relative to ``text``.

    ``quoted`` is the quotation in it that is to be compared, ``decisive`` the words a divergence rests on.
    """

    key: int
    source: int
    text: str
    quoted: tuple[int, int] | None = None
    decisive: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a passage. Rank 3: a divergence rests on them; 2: no other passage has them; 1: some others have them,
    or have them in another place; 0: nothing to say.

    ``gap`` is set on a piece without words: what all other sources have in this place. ``is_tail`` is what stands
    outside the compared quotation.
    """

    words: str
    rank: int = 0
    gap: str = ""
    is_tail: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the passages were compared, and the pieces of each by its key. Joined, they are the passage."""

    way: Way
    pieces: dict[int, tuple[Piece, ...]]
    # What all other passages have and this one has not, by its key.
    lacking: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def has_gaps(self) -> bool:
        return any(piece.gap for pieces in self.pieces.values() for piece in pieces)

    @property
    def ranks(self) -> frozenset[int]:
        return frozenset(piece.rank for pieces in self.pieces.values() for piece in pieces)


def compare_passages(passages: Sequence[Passage]) -> Comparison:
    """Compares one passage of each source; further ones of the same source stay unmarked.

    Their order changes nothing: which passage stands for a source, its key says.

    >>> both = compare_passages([Passage(1, 1, "Ten boats sank."), Passage(2, 2, "Nine boats sank.")])
    >>> both.way, [(piece.words, piece.rank) for piece in both.pieces[2]]
    ('alike', [('Nine', 2), (' boats sank.', 0)])
    """
    plain: dict[int, tuple[Piece, ...]] = {passage.key: (Piece(passage.text),) for passage in passages}
    quoted = _one_of_each_source(p for p in passages if p.quoted)
    if len(quoted) > 1:
        found, lacking = _compare_quotations(quoted, _Elsewhere(passages))
        return Comparison("quoted", plain | found, lacking)
    chosen = _one_of_each_source(passages)
    if len(chosen) < 2:
        return Comparison("single", plain)
    way: Way = "alike" if all(_is_alike(passage, chosen) for passage in chosen) else "reworded"
    return Comparison(way, plain | _compare_prose(chosen, _Elsewhere(passages), is_telling_only=way == "reworded"))


def words_apart(comparison: Comparison, key: int, *, limit: int = 3) -> str:
    """What sets a passage apart, as a column's head can hold it: its own words, or else those that it has not.

    >>> quoted = [Passage(n, n, text, (0, len(text))) for n, text in enumerate(["land now", "certainly land now"])]
    >>> compared = compare_passages(quoted)
    >>> words_apart(compared, 1), words_apart(compared, 0)
    ('“certainly”', 'without “certainly”')
    """
    own = _marked_words(comparison.pieces.get(key, ()))
    if own:
        return f"“{' … '.join(own[:limit])}”"
    others = (_marked_words(pieces) for other, pieces in sorted(comparison.pieces.items()) if other != key)
    missing = comparison.lacking.get(key) or next(filter(None, others), ())
    return f"without “{' … '.join(missing[:limit])}”" if missing else ""


def _marked_words(pieces: Iterable[Piece]) -> tuple[str, ...]:
    return tuple(piece.words for piece in pieces if piece.rank and not piece.is_tail)


def _one_of_each_source(passages: Iterable[Passage]) -> list[Passage]:
    """The passage that stands for each source: one on which a divergence rests, or else the first."""
    first: dict[int, Passage] = {}
    for passage in sorted(passages, key=lambda passage: (not passage.decisive, passage.key)):
        first.setdefault(passage.source, passage)
    return list(first.values())


class _Elsewhere:
    """The words of the passages of all other sources, for the question whether a word is one source's alone."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        keys: dict[int, set[str]] = defaultdict(set)
        stems: dict[int, set[str]] = defaultdict(set)
        for passage in passages:
            keys[passage.source].update(map(_bare, folded_words(passage.text)))
            stems[passage.source].update(content_stems(passage.text))
        self._keys = {source: _of_others(source, keys) for source in keys}
        self._stems = {source: _of_others(source, stems) for source in keys}

    def has(self, key: str, *, source: int) -> bool:
        """Whether another source prints the word ``key``."""
        return key in self._keys[source]

    def has_like(self, key: str, written: str, *, source: int) -> bool:
        """Whether another source prints the word, a form of it, or another spelling."""
        stems = content_stems(written)
        is_form = bool(stems) and self._stems[source].issuperset(stems)
        return is_form or self.has(key, source=source) or _is_spelt(key, self._keys[source])


def _of_others(source: int, words: Mapping[int, set[str]]) -> set[str]:
    return set().union(*(found for other, found in words.items() if other != source))


def _bare(key: str) -> str:
    """A folded word without what makes it a possessive, which is no difference of words."""
    return key.removesuffix("'s").rstrip("'")


def _is_alike(passage: Passage, all_passages: Sequence[Passage]) -> bool:
    return any(likeness(passage.text, other.text) >= ALIKE for other in all_passages if other is not passage)


def _compare_quotations(
    passages: Sequence[Passage], elsewhere: _Elsewhere
) -> tuple[dict[int, tuple[Piece, ...]], dict[int, tuple[str, ...]]]:
    spans = [passage.quoted or (0, 0) for passage in passages]
    texts = [passage.text[start:end] for passage, (start, end) in zip(passages, spans, strict=True)]
    found, lacking = {}, {}
    missing = find_gaps(texts)
    # Of two sources, what the one has is what the other lacks: marking it once is enough.
    is_gap_shown = len(texts) > 2
    for passage, (start, end), words, gaps in zip(passages, spans, compare_wordings(texts), missing, strict=True):
        text = passage.text[start:end]
        marks = [(low + start, high + start, 3) for low, high in _clipped(passage.decisive, start, end)]
        for word, key in zip(words, folded_words(text), strict=True):
            # A word without a partner in its place is not one source's alone when it only stands elsewhere.
            rank = min(word.rank, 1) if elsewhere.has(_bare(key), source=passage.source) else word.rank
            marks.append((word.start + start, word.end + start, rank))
        outside = [(low, high, 3) for low, high in passage.decisive if high <= start or end <= low]
        found[passage.key] = (
            *_marked(passage.text[:start], _within(outside, 0, start), is_tail=True),
            *_marked(
                text,
                [(low - start, high - start, rank) for low, high, rank in marks if rank],
                gaps=[(_word_end(text, gap.at), gap.words) for gap in gaps] if is_gap_shown else (),
            ),
            *_marked(passage.text[end:], _within(outside, end, len(passage.text)), is_tail=True),
        )
        lacking[passage.key] = tuple(gap.words for gap in gaps)
    return found, lacking


def _clipped(spans: Iterable[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """What of ``spans`` lies between ``start`` and ``end``, counted from ``start``."""
    return [
        (max(low, start) - start, min(high, end) - start) for low, high in spans if max(low, start) < min(high, end)
    ]


def _within(marks: Iterable[tuple[int, int, int]], start: int, end: int) -> list[tuple[int, int, int]]:
    return [(low - start, high - start, rank) for low, high, rank in marks if start <= low and high <= end]


def _word_end(text: str, at: int) -> int:
    """``at``, or the end of the word it is in: a caret inside "we've" would tear it."""
    while 0 < at < len(text) and not text[at - 1].isspace() and (text[at].isalnum() or text[at] in "'’"):
        at += 1
    return at


def _compare_prose(
    passages: Sequence[Passage], elsewhere: _Elsewhere, *, is_telling_only: bool
) -> dict[int, tuple[Piece, ...]]:
    found = {}
    for passage, words in zip(passages, compare_wordings([p.text for p in passages]), strict=True):
        is_title = _is_title(passage.text)
        marks = [(*span, 3) for span in passage.decisive]
        for word, key in zip(words, map(_bare, folded_words(passage.text)), strict=True):
            written = passage.text[word.start : word.end]
            if key in _TURNING:
                is_own = not elsewhere.has(key, source=passage.source)
            else:
                is_own = bool(content_stems(written)) and not elsewhere.has_like(key, written, source=passage.source)
            if is_own and (not is_telling_only or _is_telling(passage.text, word.start, key, is_title=is_title)):
                marks.append((word.start, word.end, 2))
        found[passage.key] = _marked(passage.text, marks)
    return found


def _is_telling(text: str, start: int, key: str, *, is_title: bool) -> bool:
    """Whether a word is a figure, a name or a negation: what an editor looks for where everything is told anew."""
    if key in _TURNING or key in _NUMERALS or _TELLING.search(key):
        return True
    return not is_title and text[start].isupper() and not _SENTENCE_START.search(text[:start])


def _is_title(text: str) -> bool:
    """Whether a text is set like a Title: its capitals then say nothing about names.

    >>> _is_title("Ferry Runs Aground Off Norvik"), _is_title("Ferry runs aground off Norvik")
    (True, False)
    """
    long_words = [word for word in text.split() if len(word) > 3]
    return sum(word[0].isupper() for word in long_words) > 0.7 * len(long_words)


def _is_spelt(word: str, others: Iterable[str]) -> bool:
    """Whether one of ``others`` is another spelling of ``word``: house style, not a difference."""
    return len(word) >= _SPELT and any(
        other[:2] == word[:2] and OSA.distance(word, other.strip(".,;:!?”\"'()"), score_cutoff=1) <= 1
        for other in others
        if abs(len(other) - len(word)) <= 2
    )


def _marked(
    text: str,
    marks: Iterable[tuple[int, int, int]],
    *,
    gaps: Sequence[tuple[int, str]] = (),
    is_tail: bool = False,
) -> tuple[Piece, ...]:
    """``text`` in pieces at ``(start, end, rank)``, the highest rank where marks overlap. Marks of one rank with only
    space between them become one."""
    marks = list(marks)
    missing = dict(gaps)
    edges = {0, len(text), *missing} | {edge for start, end, _ in marks for edge in (start, end)}
    parts: list[tuple[int, int, int]] = []
    for low, high in pairwise(sorted(edges)):
        rank = max((rank for start, end, rank in marks if start <= low and high <= end), default=0)
        if not rank and parts and text[low:high].isspace() and high not in missing and low not in missing:
            # Space takes the rank of the words on both its sides.
            after = max((r for start, end, r in marks if start <= high < end), default=0)
            rank = after if after == parts[-1][2] else 0
        if parts and rank == parts[-1][2] and low not in missing:
            parts[-1] = (parts[-1][0], high, rank)
        else:
            parts.append((low, high, rank))
    pieces = []
    for low, high, rank in parts:
        if low in missing:
            pieces.append(Piece("", gap=missing[low]))
        pieces.append(Piece(text[low:high], rank, is_tail=is_tail))
    if len(text) in missing:
        pieces.append(Piece("", gap=missing[len(text)]))
    return tuple(pieces)
