"""Finds the passages that two articles have in common, because two outlets that print one agency are one origin.

Most long text that two articles share is the same *quotation*, which proves that two reporters heard one speech and
not that one copied the other; quotations are therefore masked before anything is compared. Outside quotations only
about one pair of independent articles in eighty shares fifteen words in a row. Page furniture is masked too: below all
its reports an outlet prints the same invitation to a newsletter.
``fingerprints`` is what a store keeps: a few numbers per article, such that any two articles with ten words in common
share at least one of them. They are the same in every process and on every machine. ``find_shared`` then proves a
candidate and gives the spans.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from .types import ArticleAnalysis, Band, SentenceKind, Span
from .vocabulary import FUNCTION_WORDS

# The outlet's frame, which stands around all its reports; a correction is about this one.
FURNITURE: frozenset[SentenceKind] = frozenset(("dateline", "credit", "caption", "boilerplate"))

# Five-word grams, the smallest of each six: every match of ten words is hit, and 28 % of the grams are kept.
GRAM = 5
WINDOW = 6
# Seeds of four words survive an edit of every tenth word far more often than seeds of five.
SEED = 4
# Runs that lie this close on both sides are one passage with an edited word between.
GAP = 4
SUGGESTED, POSSIBLE = 15, 12
DENSITY = 0.6
CONTENT_WORDS = 6
# The shortest passage is three seeds with an edited word between each.
FEWEST_GRAMS = 3
# A gram that occurs this often in one text is a refrain; following all its places would cost the square of them.
REPEATS = 16

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:[.,]\d+)*")
# Scripts without blanks between words: each of their signs is a token, and some of them make a word.
_EASTERN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_SOUTHERN = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_UNSPACED = re.compile(f"[{_EASTERN}{_SOUTHERN}]")
_UNSPACED_TOKEN = re.compile(
    rf"[{_EASTERN}{_SOUTHERN}]|[^\W_{_EASTERN}{_SOUTHERN}]+(?:['’][^\W_{_EASTERN}{_SOUTHERN}]+)*(?:[.,]\d+)*"
)
_SIGNS_A_WORD = {_EASTERN: 2, _SOUTHERN: 4}
_APOSTROPHES = str.maketrans("", "", "'’")


@dataclass(frozen=True, slots=True)
class Copy:
    """A text ready for comparing: folded words with their places; ``None`` stands for a masked quotation."""

    words: tuple[str | None, ...]
    spans: tuple[Span, ...]
    is_capitalised: tuple[bool, ...]
    # Where its own words, those outside quotations, begin.
    own: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage two texts share; ``tokens`` counts the words that agree."""

    left: Span
    right: Span
    tokens: int
    band: Band


@dataclass(frozen=True, slots=True)
class _Run:
    left: int
    right: int
    length: int


def prepare_copy(text: str, masked: Sequence[Span] = ()) -> Copy:
    """``text`` as words, with each passage of ``masked`` (its quotations, its boilerplate) as one barrier.

    Chinese, Japanese and Thai put no blanks between words; a word is a sign there.

    >>> prepare_copy("The town’s mayor", [Span(0, 3)]).words, prepare_copy("橋は3").words
    ((None, 'towns', 'mayor'), ('橋', 'は', '3'))
    """
    words: list[str | None] = []
    spans: list[Span] = []
    capitals: list[bool] = []
    barriers = sorted(masked)
    at = 0
    for match in (_UNSPACED_TOKEN if _UNSPACED.search(text) else _TOKEN).finditer(text):
        start, end = match.span()
        while at < len(barriers) and barriers[at].end <= start:
            at += 1
        if at < len(barriers) and barriers[at].start < end:
            if not words or words[-1] is not None:
                words.append(None)
                spans.append(Span(start, end))
                capitals.append(False)
            continue
        word = match.group()
        words.append(word.translate(_APOSTROPHES).casefold())
        spans.append(Span(start, end))
        capitals.append(word[0].isupper())
    own = tuple(span.start for word, span in zip(words, spans, strict=True) if word is not None)
    return Copy(tuple(words), tuple(spans), tuple(capitals), own)


def masked_spans(analysis: ArticleAnalysis) -> tuple[Span, ...]:
    """What of an article is not its own wording: words it heard, and the frame around it; in text order.

    >>> from .types import Quotation, Sentence
    >>> sentences = (Sentence(Span(0, 4), 1, "dateline"), Sentence(Span(5, 30), 1))
    >>> masked_spans(ArticleAnalysis("", sentences=sentences, quotations=(Quotation(Span(6, 20), "direct"),)))
    (Span(start=0, end=4), Span(start=6, end=20))
    """
    heard = [q.span for q in analysis.quotations if q.kind != "indirect"]
    frame = [s.span for s in analysis.sentences if s.kind in FURNITURE]
    return tuple(sorted(heard + frame))


def fingerprints(text: str, masked: Sequence[Span] = ()) -> tuple[tuple[int, int], ...]:
    """Winnowed fingerprints ``(hash, position)``: signed 64-bit numbers and the code point where the gram begins.

    Two texts with ten words in a row in common (outside ``masked``) share at least one hash.

    >>> shared = "the bridge over the river was closed to all traffic on Monday"
    >>> left, right = fingerprints("Officials said " + shared), fingerprints("Again " + shared + " night")
    >>> bool({hash for hash, _ in left} & {hash for hash, _ in right})
    True
    """
    copy = prepare_copy(text, masked)
    grams: list[tuple[int, int]] = []
    for first in range(len(copy.words) - GRAM + 1):
        gram = copy.words[first : first + GRAM]
        if None not in gram:
            digest = blake2b(" ".join(filter(None, gram)).encode(), digest_size=8).digest()
            grams.append((int.from_bytes(digest, "big", signed=True), first))
    kept = {min(grams[first : first + WINDOW]) for first in range(max(1, len(grams) - WINDOW + 1))} if grams else set()
    return tuple((value, copy.spans[first].start) for value, first in sorted(kept, key=lambda pair: pair[1]))


def find_shared(left: Copy | str, right: Copy | str) -> tuple[Passage, ...]:
    """The passages two texts have in common, verbatim or lightly edited, in the order of the left text.

    From 15 agreeing words on a passage is *suggested*, from 12 *possible*; lists of names and strings of small words
    are not passages.

    >>> copy = "crews reopened the northern lane of the bridge before noon after engineers checked every cable twice"
    >>> [p.tokens for p in find_shared("On Monday " + copy + ".", "In town, " + copy + ", they said.")]
    [16]
    """
    a = prepare_copy(left) if isinstance(left, str) else left
    b = prepare_copy(right) if isinstance(right, str) else right
    passages = []
    for chain in _chains(_runs(a.words, b.words)):
        passage = _passage(a, b, chain)
        if passage is not None:
            passages.append(passage)
    return _without_overlap(passages)


def copy_grams(copy: Copy) -> frozenset[tuple[str | None, ...]]:
    """The distinct grams of seed size, to tell quickly that two texts have no passage in common.

    >>> len(copy_grams(prepare_copy("one two three four five")))
    2
    """
    words = copy.words
    return frozenset(gram for gram in zip(words, words[1:], words[2:], words[3:], strict=False) if None not in gram)


def coverage(copy: Copy, passages: Sequence[Span]) -> float:
    """The share of an article's own words, 0 to 1, that lies in ``passages``.

    >>> coverage(prepare_copy("one two three four"), [Span(0, 7)])
    0.5
    """
    inside, upto = 0, -1
    for passage in sorted(passages):
        start = max(passage.start, upto)
        if passage.end > start:
            inside += bisect_left(copy.own, passage.end) - bisect_left(copy.own, start)
            upto = passage.end
    return inside / len(copy.own) if copy.own else 0.0


def _runs(a: Sequence[str | None], b: Sequence[str | None]) -> list[_Run]:
    """Longest agreeing runs of at least ``SEED`` words, in the order of ``a``, none beginning inside another."""
    index: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
    for j in range(len(b) - SEED + 1):
        gram = tuple(b[j : j + SEED])
        if None not in gram and len(index[gram]) < REPEATS:
            index[gram].append(j)
    runs: list[_Run] = []
    i = 0
    while i <= len(a) - SEED:
        places = index.get(tuple(a[i : i + SEED]), ())
        best = _Run(i, 0, 0)
        previous = runs[-1] if runs else None
        for j in places:
            length = SEED
            while (
                i + length < len(a)
                and j + length < len(b)
                and a[i + length] == b[j + length]
                and a[i + length] is not None
            ):
                length += 1
            if length > best.length or (length == best.length and previous and _follows(previous, i, j)):
                best = _Run(i, j, length)
        if best.length:
            runs.append(best)
            i += best.length
        else:
            i += 1
    return runs


def _follows(run: _Run, i: int, j: int) -> bool:
    return 0 <= i - run.left - run.length <= GAP and 0 <= j - run.right - run.length <= GAP


def _chains(runs: Sequence[_Run]) -> list[list[_Run]]:
    chains: list[list[_Run]] = []
    for run in runs:
        for chain in reversed(chains[-3:]):
            if _follows(chain[-1], run.left, run.right):
                chain.append(run)
                break
        else:
            chains.append([run])
    return chains


def _passage(a: Copy, b: Copy, chain: Sequence[_Run]) -> Passage | None:
    first, last = chain[0], chain[-1]
    tokens = sum(run.length for run in chain)
    left_size = last.left + last.length - first.left
    right_size = last.right + last.length - first.right
    if tokens < POSSIBLE or tokens < DENSITY * max(left_size, right_size):
        return None
    matched = [n for run in chain for n in range(run.left, run.left + run.length)]
    content = {a.words[n] for n in matched} - FUNCTION_WORDS
    capitals = sum(a.is_capitalised[n] for n in matched)
    if len(content) < CONTENT_WORDS or capitals > tokens / 2:
        return None
    tokens = _count_words(a, matched)
    if tokens < POSSIBLE:
        return None
    left = Span(a.spans[first.left].start, a.spans[last.left + last.length - 1].end)
    right = Span(b.spans[first.right].start, b.spans[last.right + last.length - 1].end)
    return Passage(left, right, tokens, "suggested" if tokens >= SUGGESTED else "possible")


def _count_words(copy: Copy, matched: Sequence[int]) -> int:
    """How many words the tokens make: signs of scripts without blanks are counted as the words they would be."""
    found = "".join(word for n in matched if (word := copy.words[n]) and not word.isascii())
    if not _UNSPACED.search(found):
        return len(matched)
    count = float(len(matched))
    for signs, a_word in _SIGNS_A_WORD.items():
        count -= len(re.findall(f"[{signs}]", found)) * (1 - 1 / a_word)
    return round(count)


def _without_overlap(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Of passages that overlap on the left, the one with more agreeing words."""
    kept: list[Passage] = []
    for passage in sorted(passages, key=lambda p: (p.left, p.right)):
        if not kept or kept[-1].left.end <= passage.left.start:
            kept.append(passage)
        elif passage.tokens > kept[-1].tokens:
            kept[-1] = passage
    return tuple(kept)
