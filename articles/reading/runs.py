"""Cuts one paragraph into the flat runs that a page draws.

Two levels, never more: *stretches*, cut wherever a claim or a noted passage begins or ends, and inside each the *runs*,
cut wherever a quotation, a figure, a name or shared copy begins or ends. An annotation that crosses a claim's edge is
thus in two pieces, and a run names every layer it lies in, so no element of the page has to overlap another.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from articles.analysis.segments import Segment, cut_segments

# What a stretch in several claims is drawn as: the state that matters most.
_GRAVITY = ("differs", "only", "agreed", "retired")
# Layers drawn with ends of their own, which only the outermost runs of a mark may show.
_ENDED = ("figure", "shared")


@dataclass(frozen=True, slots=True)
class LayerMark:
    """A quotation, figure, name or piece of shared copy: a span of the version's text and its layer."""

    start: int
    end: int
    layer: str


@dataclass(frozen=True, slots=True)
class ClaimMark:
    """Where a claim appears, with what its reference and its flag in the margin say."""

    start: int
    end: int
    appearance: int
    claim: int
    number: int
    state: str
    state_label: str
    note_count: int = 0
    status_label: str = ""


@dataclass(frozen=True, slots=True)
class PassageMark:
    """Where a note on a passage stands, with what its flag in the margin says."""

    start: int
    end: int
    note: int
    version: int
    status_label: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that lie in the same layers throughout. ``layers`` is one word a layer, as classes are written.

    ``figure-from`` and ``figure-on`` (and the same for shared copy) say that the mark began in an earlier run or goes
    on in a later one.
    """

    text: str
    layers: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Runs that lie in the same claims throughout; ``claims`` are their numbers, the shortest passage first.

    ``notes`` are the keys of the passage notes it lies in, and ``passages`` those of them that end with it.
    """

    runs: tuple[Run, ...]
    claims: str = ""
    state: str = ""
    ends: tuple[ClaimMark, ...] = ()
    notes: str = ""
    passages: tuple[PassageMark, ...] = ()


class Spanned(Protocol):
    """What lies in a text from ``start`` to before ``end``."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def share_out[M: Spanned](marks: Iterable[M], blocks: Sequence[Spanned]) -> list[list[M]]:
    """The marks in each of ``blocks``, which are in order and do not overlap. A mark over several is in each of them.

    >>> share_out([LayerMark(2, 12, "quote")], [LayerMark(0, 5, ""), LayerMark(6, 10, ""), LayerMark(12, 20, "")])
    [[LayerMark(start=2, end=12, layer='quote')], [LayerMark(start=2, end=12, layer='quote')], []]
    """
    starts = [block.start for block in blocks]
    inside: list[list[M]] = [[] for _ in blocks]
    for mark in marks:
        at = max(0, bisect_right(starts, mark.start) - 1)
        while at < len(blocks) and starts[at] < mark.end:
            if mark.start < blocks[at].end:
                inside[at].append(mark)
            at += 1
    return inside


def cut_stretches(
    text: str,
    *,
    offset: int = 0,
    layers: Sequence[LayerMark] = (),
    claims: Sequence[ClaimMark] = (),
    passages: Sequence[PassageMark] = (),
) -> tuple[Stretch, ...]:
    """The stretches of ``text``, which begins at ``offset`` of its version; marks reaching beyond it are clamped.

    >>> stretches = cut_stretches("5,000 missiles", layers=[LayerMark(0, 5, "figure")])
    >>> [(run.text, run.layers) for run in stretches[0].runs]
    [('5,000', 'figure'), (' missiles', '')]
    """
    spans = [(mark.start - offset, mark.end - offset, index) for index, mark in enumerate(claims)]
    # Claims and passages cut stretches, so they come first; the rest cuts runs inside them.
    spans += [(mark.start - offset, mark.end - offset, len(spans) + n) for n, mark in enumerate(passages)]
    first = len(spans)
    spans += [(mark.start - offset, mark.end - offset, first + index) for index, mark in enumerate(layers)]
    segments = cut_segments(text, [span for span in spans if span[1] > 0 and span[0] < len(text)])
    runs = [
        Run(text[segment.start : segment.end], _layer_words(segments, position, layers, first))
        for position, segment in enumerate(segments)
    ]
    grouped = [
        (inside, tuple(run for _, run in pieces))
        for inside, pieces in groupby(
            zip(segments, runs, strict=True), key=lambda piece: [i for i in piece[0].ids if i < first]
        )
    ]
    stretches = []
    for position, (inside, within) in enumerate(grouped):
        after = grouped[position + 1][0] if position + 1 < len(grouped) else []
        noted = [passages[i - len(claims)] for i in inside if i >= len(claims)]
        # What goes on in the next paragraph has its number and its flag there.
        ended = [passages[i - len(claims)] for i in inside if i >= len(claims) and i not in after]
        in_notes = " ".join(str(mark.note) for mark in noted)
        in_passages = tuple(mark for mark in ended if mark.end - offset <= len(text))
        inside = [i for i in inside if i < len(claims)]
        if not inside:
            stretches.append(Stretch(within, notes=in_notes, passages=in_passages))
            continue
        marks = sorted((claims[i] for i in inside), key=lambda mark: (mark.end - mark.start, mark.number))
        numbers = list(dict.fromkeys(mark.number for mark in marks))
        stretches.append(
            Stretch(
                within,
                claims=" ".join(map(str, numbers)),
                state=min((mark.state for mark in marks), key=_GRAVITY.index),
                ends=tuple(claims[i] for i in inside if i not in after and claims[i].end - offset <= len(text)),
                notes=in_notes,
                passages=in_passages,
            )
        )
    return tuple(stretches)


def _layer_words(segments: Sequence[Segment[int]], position: int, layers: Sequence[LayerMark], first: int) -> str:
    words: dict[str, None] = {}
    for index in segments[position].ids:
        if index < first:
            continue
        layer = layers[index - first].layer
        words[layer] = None
        if layer in _ENDED:
            if position and index in segments[position - 1].ids:
                words[f"{layer}-from"] = None
            if position + 1 < len(segments) and index in segments[position + 1].ids:
                words[f"{layer}-on"] = None
    return " ".join(words)


def merged(marks: Sequence[LayerMark]) -> list[LayerMark]:
    """Marks of one layer with those that overlap made one: three outlets may share the same words pairwise.

    >>> merged([LayerMark(0, 5, "shared"), LayerMark(3, 9, "shared")])
    [LayerMark(start=0, end=9, layer='shared')]
    """
    kept: list[LayerMark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        if kept and mark.start <= kept[-1].end:
            last = kept.pop()
            mark = LayerMark(last.start, max(last.end, mark.end), last.layer)
        kept.append(mark)
    return kept
