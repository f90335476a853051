"""The wordings of one claim under one another, with the words marked that make the difference.

Three ways, by what the passages are. *Quotations* of the same words are compared word by word: what only this source
has, what some have, and where words are missing that all others have. *Prose* that is much alike shows the content
words that no other source holds. Prose that is told anew would be marked all over, so only what decides is: the words
on which a divergence rests.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from rapidfuzz.distance import OSA

from articles.analysis.lexicon import words as word_set
from articles.analysis.text import fold
from articles.analysis.weighting import content_stems
from articles.analysis.wording import compare_wordings, find_gaps, likeness

Way = Literal["quoted", "alike", "reworded", "single"]

# Below this likeness to every other passage, prose counts as reworded.
ALIKE = 0.45
# Function words that turn a sentence round: they say something even though they are no content words.
_TURNING = word_set("not no never nobody none nothing neither nor without")
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
    """Words of a passage. Rank 2: only this source has them; 1: some others have; 0: nothing to say.

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

    @property
    def has_gaps(self) -> bool:
        return any(piece.gap for pieces in self.pieces.values() for piece in pieces)

    @property
    def ranks(self) -> frozenset[int]:
        return frozenset(piece.rank for pieces in self.pieces.values() for piece in pieces)


def compare_passages(passages: Sequence[Passage]) -> Comparison:
    """Compares one passage of each source; further ones of the same source stay unmarked.

    >>> both = compare_passages([Passage(1, 1, "Ten boats sank."), Passage(2, 2, "Nine boats sank.")])
    >>> both.way, [(piece.words, piece.rank) for piece in both.pieces[2]]
    ('alike', [('Nine', 2), (' boats sank.', 0)])
    """
    plain: dict[int, tuple[Piece, ...]] = {passage.key: (Piece(passage.text),) for passage in passages}
    quoted = _first_of_each_source(p for p in passages if p.quoted)
    if len(quoted) > 1:
        return Comparison("quoted", plain | _compare_quotations(quoted))
    chosen = _first_of_each_source(sorted(passages, key=lambda passage: not passage.decisive))
    if len(chosen) < 2:
        return Comparison("single", plain)
    if all(_is_alike(passage, chosen) for passage in chosen):
        return Comparison("alike", plain | _compare_prose(chosen))
    return Comparison("reworded", plain | {p.key: _marked(p.text, [(*span, 2) for span in p.decisive]) for p in chosen})


def own_words(pieces: Iterable[Piece], *, limit: int = 3) -> str:
    """The words of a passage that are its own, as a column's head can hold them.

    >>> own_words([Piece("We are "), Piece("certainly", 2), Piece(" looking "), Piece("very well", 1)])
    '“certainly … very well”'
    """
    own = [piece.words for piece in pieces if piece.rank]
    return f"“{' … '.join(own[:limit])}”" if own else ""


def _first_of_each_source(passages: Iterable[Passage]) -> list[Passage]:
    first: dict[int, Passage] = {}
    for passage in passages:
        first.setdefault(passage.source, passage)
    return list(first.values())


def _is_alike(passage: Passage, all_passages: Sequence[Passage]) -> bool:
    return any(likeness(passage.text, other.text) >= ALIKE for other in all_passages if other is not passage)


def _compare_quotations(passages: Sequence[Passage]) -> dict[int, tuple[Piece, ...]]:
    spans = [passage.quoted or (0, 0) for passage in passages]
    texts = [passage.text[start:end] for passage, (start, end) in zip(passages, spans, strict=True)]
    found = {}
    # Of two sources, what the one has is what the other lacks: saying it once is enough.
    missing = find_gaps(texts) if len(texts) > 2 else [()] * len(texts)
    for passage, (start, end), words, gaps in zip(passages, spans, compare_wordings(texts), missing, strict=True):
        pieces = _marked(
            passage.text[start:end],
            [(word.start, word.end, word.rank) for word in words if word.rank],
            gaps=[(_word_end(passage.text[start:end], gap.at), gap.words) for gap in gaps],
        )
        before, after = passage.text[:start], passage.text[end:]
        found[passage.key] = (
            *((Piece(before, is_tail=True),) if before else ()),
            *pieces,
            *((Piece(after, is_tail=True),) if after else ()),
        )
    return found


def _word_end(text: str, at: int) -> int:
    """``at``, or the end of the word it is in: a caret inside "we've" would tear it."""
    while 0 < at < len(text) and not text[at - 1].isspace() and (text[at].isalnum() or text[at] in "'’"):
        at += 1
    return at


def _compare_prose(passages: Sequence[Passage]) -> dict[int, tuple[Piece, ...]]:
    stems = [frozenset(content_stems(passage.text)) for passage in passages]
    plain = [frozenset(fold(passage.text).split()) for passage in passages]
    found = {}
    for n, (passage, words) in enumerate(zip(passages, compare_wordings([p.text for p in passages]), strict=True)):
        elsewhere = frozenset[str]().union(*(stems[:n] + stems[n + 1 :]))
        spelt_elsewhere = frozenset[str]().union(*(plain[:n] + plain[n + 1 :]))
        own = []
        for word in words:
            if word.rank < 2:
                continue
            written = fold(passage.text[word.start : word.end])
            stem = content_stems(passage.text[word.start : word.end])
            is_own = bool(stem) and not elsewhere.issuperset(stem) and not _is_spelt(written, spelt_elsewhere)
            if is_own or (written in _TURNING and written not in spelt_elsewhere):
                own.append((word.start, word.end, 2))
        # What decides is marked even where its words are no content words ("reportedly").
        found[passage.key] = _marked(passage.text, [*own, *((*span, 2) for span in passage.decisive)])
    return found


def _is_spelt(word: str, others: Iterable[str]) -> bool:
    """Whether one of ``others`` is another spelling of ``word``: house style, not a difference."""
    return len(word) >= _SPELT and any(
        other[:2] == word[:2] and OSA.distance(word, other.strip(".,;:!?”\"'()"), score_cutoff=1) <= 1
        for other in others
        if abs(len(other) - len(word)) <= 2
    )


def _marked(
    text: str, marks: Iterable[tuple[int, int, int]], *, gaps: Sequence[tuple[int, str]] = ()
) -> tuple[Piece, ...]:
    """``text`` in pieces at ``(start, end, rank)``; marks of one rank with only space between them become one."""
    joined: list[tuple[int, int, int]] = []
    for start, end, rank in sorted(marks):
        if joined and start <= joined[-1][1]:
            low, high, former = joined.pop()
            joined.append((low, max(high, end), max(rank, former)))
        elif joined and rank == joined[-1][2] and text[joined[-1][1] : start].isspace():
            joined.append((joined.pop()[0], end, rank))
        else:
            joined.append((start, end, rank))
    edges = {0, len(text)} | {edge for start, end, _ in joined for edge in (start, end)} | {at for at, _ in gaps}
    missing = dict(gaps)
    pieces = []
    for low, high in pairwise([*sorted(edges), len(text)]):
        if low in missing:
            pieces.append(Piece("", gap=missing[low]))
        if low < high:
            rank = next((rank for start, end, rank in joined if start <= low and high <= end), 0)
            pieces.append(Piece(text[low:high], rank))
    return tuple(pieces)
