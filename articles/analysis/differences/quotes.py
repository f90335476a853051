"""Differences between quotations: other words, words left out, and quotation against paraphrase."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations

from rapidfuzz.distance import LCSseq

from ..lexicon import words
from ..sides import QUOTE_WORDS, Quoted, Side, closed
from ..types import Divergence, DivergenceSide, Span
from ..vocabulary import FUNCTION_WORDS
from ..weighting import content_stems
from ..wording import compare_wordings

# Two quotations are one utterance from this share of common words in order on, or this many in a row.
SAME_UTTERANCE = 0.6
IN_A_ROW = 5
# A paraphrase holds this share of the quotation's words, or the quotation of the paraphrase's.
PARAPHRASE = 0.25
# From this share of its words in a row on, a quotation is printed, with or without its marks.
PRINTED = 0.8
# Words with which a condition or a contrast goes missing.
_TURNS = words("if unless but until when except however although though only not never without because provided while")


def find_quote_wording(sides: Sequence[Side]) -> Divergence | None:
    """Two outlets print one utterance in different words, or a scrap of it with and without a telling word."""
    found: list[tuple[Side, Quoted, Side, Quoted]] = []
    for left, right, a, b in _utterances(sides):
        if not _contains(a.words, b.words) and not _contains(b.words, a.words):
            found.append((left, a, right, b))
    found = found or _scraps(sides)
    if not found:
        return None
    left, a, right, b = found[0]
    reason = closed(f"{left.outlet}: “{_short(left, a)}”; {right.outlet}: “{_short(right, b)}”")
    return Divergence("quote_wording", _shown(found), reason)


def _scraps(sides: Sequence[Side]) -> list[tuple[Side, Quoted, Side, Quoted]]:
    """Short quotations of which one is the other with more words that say something.

    Where an outlet prints those words beside its marks, it has left out nothing.
    """
    found = []
    for left, right in combinations(sides, 2):
        if left.article == right.article or left.is_headline or right.is_headline:
            continue
        for a in left.scraps:
            for b in right.scraps:
                short, long, other = (a, b, left) if len(a.words) < len(b.words) else (b, a, right)
                if len(short.words) >= QUOTE_WORDS or short.words == long.words:
                    continue
                if not _contains(long.words, short.words) or not set(short.words) - FUNCTION_WORDS:
                    continue
                more = set(long.words) - set(short.words) - FUNCTION_WORDS
                if more and not more & set(other.printed_words):
                    found.append((left, a, right, b))
    return found


def find_quote_truncated(sides: Sequence[Side]) -> Divergence | None:
    """One outlet prints a whole sentence of an utterance, another the same sentence without a part that turns it."""
    for left, right, a, b in _utterances(sides):
        for whole, part, one, two in ((a, b, left, right), (b, a, right, left)):
            if not (whole.is_direct and part.is_direct and _contains(whole.words, part.words)):
                continue
            at = _place(whole.words, part.words)
            before, after = whole.words[:at], whole.words[at + len(part.words) :]
            content = [word for word in (*before, *after) if word not in FUNCTION_WORDS]
            if len(content) >= 2 or (content and _TURNS & {*before, *after}):
                cut = _printed(one, whole, at, at + len(part.words))
                reason = closed(f"{two.outlet} leaves out words that {one.outlet} prints: “{cut}”")
                return Divergence("quote_truncated", _shown([(left, a, right, b)]), reason)
    return None


def find_direct_or_paraphrase(sides: Sequence[Side]) -> Divergence | None:
    """One outlet quotes, another puts the same into its own words; each outlet that does either takes a side."""
    body = [side for side in sides if not side.is_headline]
    shown: dict[int, DivergenceSide] = {}
    reason = ""
    for left, right in combinations(body, 2):
        if left.article == right.article:
            continue
        for one, two in ((left, right), (right, left)):
            quoted = next((quoted for quoted in one.quoted if _is_retold(one, quoted, two, body)), None)
            if quoted is not None:
                reason = reason or f"{one.outlet} quotes it; {two.outlet} puts it in its own words."
                shown.setdefault(one.appearance, one.shown(quoted.span, key="quoted"))
                shown.setdefault(two.appearance, two.shown(two.span, key="retold"))
    return Divergence("direct_or_paraphrase", tuple(shown[n] for n in sorted(shown)), reason) if shown else None


def _is_retold(one: Side, quoted: Quoted, two: Side, body: Sequence[Side]) -> bool:
    """Whether ``two`` paraphrases what ``one`` quotes."""
    stems = frozenset(content_stems(" ".join(quoted.words)))
    shared = stems & two.stems
    if not _is_shared_enough(stems, shared, one, two) or _is_printed(quoted, two):
        return False
    # An outlet that quotes any of it anywhere in this claim has not chosen to paraphrase.
    marked = frozenset(stem for side in body if side.article == two.article for stem in side.marked_stems)
    return not stems & marked


def _is_shared_enough(stems: frozenset[str], shared: frozenset[str], one: Side, two: Side) -> bool:
    if len(shared) >= 2 and len(shared) >= PARAPHRASE * min(len(stems), len(two.stems)):
        return True
    # Where the other outlet names the same speaker, fewer words in common will do: it says it in its own.
    is_one_voice = one.speaker is not None and (one.speaker == two.speaker or one.speaker in two.named)
    return is_one_voice and bool(shared)


def _is_printed(quoted: Quoted, two: Side) -> bool:
    """Whether a sentence has most of a quotation's words in a row, whatever stands around them."""
    theirs = two.printed_words
    match = SequenceMatcher(None, quoted.words, theirs, autojunk=False).find_longest_match()
    return match.size >= PRINTED * len(quoted.words)


def _utterances(sides: Sequence[Side]) -> list[tuple[Side, Side, Quoted, Quoted]]:
    """Pairs of quotations of two articles that give one utterance and do not agree word for word."""
    found = []
    for left, right in combinations(sides, 2):
        if left.article == right.article:
            continue
        mine, theirs = left.quoted, right.quoted
        # A quotation that the other side prints word for word has its partner already.
        exact = {q.words for q in mine} & {q.words for q in theirs}
        for a in mine:
            for b in theirs:
                if a.words not in exact and b.words not in exact and is_same_utterance(a.words, b.words):
                    found.append((left, right, a, b))
    return found


def is_same_utterance(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two quotations give one utterance, in the same words or others.

    >>> is_same_utterance("we will not leave the town".split(), "we are not going to leave the town".split())
    True
    """
    if not a or not b:
        return False
    common = LCSseq.similarity(a, b)
    if common >= SAME_UTTERANCE * min(len(a), len(b)) and common >= 3:
        shared = set(a) & set(b) - FUNCTION_WORDS
        return len(shared) >= 2 or common >= 0.8 * max(len(a), len(b))
    match = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    run = a[match.a : match.a + match.size]
    return match.size >= IN_A_ROW and len(set(run) - FUNCTION_WORDS) >= 2


def _printed(side: Side, quoted: Quoted, start: int, end: int) -> str:
    """What stands in a quotation before its word ``start`` and from its word ``end`` on, as printed."""
    at = quoted.span.start
    (words_,) = compare_wordings([side.analysis.text[at : quoted.span.end]])
    around = [each for each in (words_[:start], words_[end : len(quoted.words)]) if each]
    return " […] ".join(side.text(Span(at + each[0].start, at + each[-1].end)) for each in around)


def _contains(whole: Sequence[str], part: Sequence[str]) -> bool:
    return f" {' '.join(part)} " in f" {' '.join(whole)} "


def _place(whole: Sequence[str], part: Sequence[str]) -> int:
    """The index of the first word of ``part``, which ``whole`` contains."""
    return next(n for n in range(len(whole)) if tuple(whole[n : n + len(part)]) == tuple(part))


def _short(side: Side, quoted: Quoted) -> str:
    printed = side.text(quoted.span)
    return printed if len(printed) <= 90 else printed[:88].rsplit(" ", 1)[0] + " …"


def _shown(found: Sequence[tuple[Side, Quoted, Side, Quoted]]) -> tuple[DivergenceSide, ...]:
    sides: dict[int, DivergenceSide] = {}
    for left, a, right, b in found:
        sides.setdefault(left.appearance, left.shown(a.span))
        sides.setdefault(right.appearance, right.shown(b.span))
    return tuple(sides[appearance] for appearance in sorted(sides))
