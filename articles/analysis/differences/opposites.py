"""One outlet has an outcome, another the opposite of it: acquitted and convicted, rose and fell, signed and vetoed.

No "not" shows such a denial, and most pairs of opposites in two sentences belong to two things ("profit rose, sales
fell"). So a pair counts only where both clauses say it of the same subject, or of the same object once the voice
changes, and share what else they say.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ..lexicon import data_lines, words
from ..sides import Side
from ..text import fold
from ..types import Span
from ..weighting import content_stems

# Of the words around the two opposites, this share of the shorter clause's must stand in the other clause.
AROUND = 0.5
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_PASSIVE = words("is are was were be been being am gets got get isn't aren't wasn't weren't")
# Counted subjects part a whole ("three died", "twelve survived"): both can be so.
_COUNTED = words(
    """
    one two three four five six seven eight nine ten eleven twelve dozen dozens hundreds thousands some several many
    most few others half all both another other
    """
)
_NEGATED = re.compile(
    r"\b(?:not|never|no|nobody|cannot|without|neither|nor|unlikely|fail\w* to|refus\w* to|declin\w* to)\b|n[’']t\b",
    re.I,
)
_HEAD_ENDS = words("in at of for from by with on to near over under against about into who which that whose")
# A preposition after which one of these words names no outcome ("a fall in", "at a loss for words").
_IDIOMS = re.compile(
    r"\b(?:at a loss|lost (?:control|consciousness|power|contact|sight|touch)|win[- ]win|more than|no more|once more|"
    r"left (?:in|on|at|for|with|to|the|behind)|close (?:to|by)|cut (?:off|out|down|through)|lower house|upper house|"
    r"sign of|signs of|open to|above all|what is more|more or less|passed (?:away|out|on|by|through)|"
    r"private (?:sector|school|company|equity)|public (?:sector|school|health|transport)|fell (?:to|from|into|asleep)"
    r"(?= (?:the|his|her|its|their|a|sleep)\b)|fell asleep|rose (?:to|from) (?:his|her|the)|grew up)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A word with an opposite: the lines and sides of the table it stands on and the clause around it."""

    span: Span
    places: frozenset[tuple[int, int]]
    is_passive: bool
    subjects: frozenset[str]
    objects: frozenset[str]
    around: frozenset[str]
    is_counted: bool


def find_opposites(mine: Sequence[Outcome], theirs: Sequence[Outcome]) -> Iterator[tuple[Span, Span]]:
    """The words of two appearances, given by their outcomes, that give opposite outcomes of one matter."""
    for a in mine:
        for b in theirs:
            if not _are_opposite(a, b):
                continue
            # Where a side has both words, it tells of two matters.
            if any(_is_same(a, other) for other in theirs) or any(_is_same(other, b) for other in mine):
                continue
            if _is_one_matter(a, b):
                yield a.span, b.span


@cache
def _table() -> dict[str, frozenset[tuple[int, int]]]:
    """Where each word stands in the table: its lines, each with the side of the bar."""
    found: dict[str, set[tuple[int, int]]] = {}
    for number, line in enumerate(data_lines("opposites.txt")):
        for half, printed in enumerate(line.split("|")):
            for word in printed.split():
                found.setdefault(word, set()).add((number, half))
    return {word: frozenset(places) for word, places in found.items()}


def _are_opposite(a: Outcome, b: Outcome) -> bool:
    return any((line, 1 - half) in b.places for line, half in a.places)


def _is_same(a: Outcome, b: Outcome) -> bool:
    return bool(a.places & b.places)


def outcomes(side: Side) -> list[Outcome]:
    """The words of an appearance that have an opposite."""
    start, end = side.span.start, min(side.span.end, side.span.start + 1000)
    text = side.analysis.text[start:end]
    table = _table()
    idioms: list[tuple[int, int]] | None = None
    found = []
    for match in _WORD.finditer(text):
        places = table.get(fold(match.group()))
        if places is None:
            continue
        if idioms is None:
            idioms = [m.span() for m in _IDIOMS.finditer(text)]
        if any(s < match.end() and match.start() < e for s, e in idioms):
            continue
        before, after = text[: match.start()], text[match.end() :]
        if _NEGATED.search(before[-60:]):
            continue
        last = [fold(word) for word in _WORD.findall(before[-40:])[-3:]]
        around = frozenset(content_stems(before)) | frozenset(content_stems(after))
        found.append(
            Outcome(
                Span(start + match.start(), start + match.end()), places, bool(_PASSIVE & set(last)),
                _subjects(before), frozenset(content_stems(_until(after))), around - side.speaker_stems,
                any(word.isdigit() or fold(word) in _COUNTED for word in re.findall(r"\w+", before)[-5:]),
            )
        )  # fmt: skip
    return found


def _until(after: str) -> str:
    return re.split(r"[,;:.–—]", after, maxsplit=1)[0]


def _subjects(before: str) -> frozenset[str]:
    """The heads of the noun phrases before a verb: "Shares in the port" gives "share", "Low, the captain," both."""
    heads = set()
    for chunk in re.split(r"[,;:–—]", before):
        words_ = _WORD.findall(chunk)
        at = next((n for n, word in enumerate(words_) if fold(word) in _HEAD_ENDS), len(words_))
        stems = [stem for word in words_[:at] for stem in content_stems(word)]
        heads |= set(stems[-1:])
    return frozenset(heads)


def _is_one_matter(a: Outcome, b: Outcome) -> bool:
    shared = a.around & b.around
    if a.is_counted or b.is_counted or not shared or len(shared) < AROUND * min(len(a.around), len(b.around)):
        return False
    if a.is_passive != b.is_passive:
        passive, active = (a, b) if a.is_passive else (b, a)
        if passive.subjects & active.objects:
            return True
    if a.subjects and b.subjects:
        return bool(a.subjects & b.subjects) and (not a.objects or not b.objects or bool(a.objects & b.objects))
    # "He was acquitted": who is meant is not printed, so more must agree.
    return len(shared) >= 2
