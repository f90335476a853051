"""Differences between quotations: other words, words left out, and quotation against paraphrase."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations

from rapidfuzz.distance import LCSseq

from ..lexicon import words
from ..sides import Quoted, Side
from ..types import Divergence, DivergenceSide
from ..vocabulary import FUNCTION_WORDS
from ..weighting import content_stems

# Two quotations are one utterance from this share of common words in order on, or this many in a row.
SAME_UTTERANCE = 0.6
IN_A_ROW = 5
# A paraphrase holds this share of the quotation's words, or the quotation of the paraphrase's.
PARAPHRASE = 0.25
# Words with which a condition or a contrast goes missing.
_TURNS = words("if unless but until when except however although though only not never without because provided while")


def find_quote_wording(sides: Sequence[Side]) -> Divergence | None:
    """Two outlets print one utterance in different words."""
    found: list[tuple[Side, Quoted, Side, Quoted]] = []
    for left, right, a, b in _utterances(sides):
        if not _contains(a.words, b.words) and not _contains(b.words, a.words):
            found.append((left, a, right, b))
    if not found:
        return None
    left, a, right, b = found[0]
    reason = f"{left.outlet}: “{_short(left, a)}”; {right.outlet}: “{_short(right, b)}”."
    return Divergence("quote_wording", _shown(found), reason)


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
                cut = " […] ".join(" ".join(words_) for words_ in (before, after) if words_)
                reason = f"{two.outlet} leaves out words that {one.outlet} prints: “{cut}”."
                return Divergence("quote_truncated", _shown([(left, a, right, b)]), reason)
    return None


def find_direct_or_paraphrase(sides: Sequence[Side]) -> Divergence | None:
    """One outlet quotes, another puts the same into its own words."""
    body = [side for side in sides if not side.is_headline]
    for left, right in combinations(body, 2):
        if left.article == right.article:
            continue
        for one, two in ((left, right), (right, left)):
            for quoted in one.quoted:
                reason = _retold(one, quoted, two, body)
                if reason:
                    return Divergence("direct_or_paraphrase", (one.shown(quoted.span), two.shown(two.span)), reason)
    return None


def _retold(one: Side, quoted: Quoted, two: Side, body: Sequence[Side]) -> str:
    """Why ``two`` paraphrases what ``one`` quotes; "" where it does not."""
    stems = frozenset(content_stems(" ".join(quoted.words)))
    shared = stems & two.stems
    if len(shared) < 2 or len(shared) < PARAPHRASE * min(len(stems), len(two.stems)):
        return ""
    # An outlet that quotes any of it anywhere in this claim has not chosen to paraphrase.
    if any(stems & side.marked_stems for side in body if side.article == two.article):
        return ""
    return f"{one.outlet} quotes it; {two.outlet} puts it in its own words."


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
