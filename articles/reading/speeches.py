"""Who puts which claim of a story forward, and how: read for all claims at once, as flat values.

The panel reads one claim with its rows. The ledger and the rows of passages need all of them: thousands of
appearances, for which rows of models would cost more than the page.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import cast

from articles.analysis import types as found
from articles.models import Alignment, AlignmentDecision, DivergenceDecision, DivergenceKind, DivergenceSide, Story
from articles.models.claims import LIVE
from articles.reading.apart import WHOLE_KINDS, SideTold, find_parting
from articles.reading.cells import Parting, Source, Speech
from articles.reading.columns import Column
from articles.reading.marks import GRAVITY
from articles.reading.wordings import Passage

_QUOTED = {DivergenceKind.QUOTE_WORDING, DivergenceKind.QUOTE_TRUNCATED}


@dataclass(frozen=True, slots=True)
class Spoken:
    """One passage that puts one claim forward, or may do so."""

    claim: int
    version: int
    start: int
    end: int
    appearance: int
    quote: str
    decision: str
    polarity: str
    certainty: str
    speaker: int | None
    speaker_name: str | None
    origin: int | None
    origin_reason: str | None
    # The row that says so, and the revision of it that a decision about it answers.
    alignment: int = 0
    revision: int = 0

    @property
    def is_live(self) -> bool:
        return self.decision in LIVE


@dataclass(frozen=True, slots=True)
class Ask:
    """The question whether a passage puts a claim forward, about which nobody has decided."""

    claim: int
    alignment: int
    revision: int

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """The words of the buttons, and what each decides."""
        return (("Yes", "confirm"), ("No", "reject"), ("Unsure", "unsure"))


def find_ask(spoken: Spoken) -> Ask | None:
    """What may be asked about this passage."""
    if spoken.decision != AlignmentDecision.POSSIBLE:
        return None
    return Ask(spoken.claim, spoken.alignment, spoken.revision)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a divergence: where it shows, and its value."""

    divergence: int
    kind: str
    appearance: int
    start: int
    end: int
    value: str
    variant: int | None = None


def find_spoken(story: Story, versions: Collection[int]) -> dict[int, list[Spoken]]:
    """By claim, in text order, what stands in these versions; one query."""
    rows = (
        Alignment.objects.filter(
            claim__story=story,
            appearance__version__in=versions,
            decision__in=[*LIVE, AlignmentDecision.POSSIBLE, AlignmentDecision.UNSURE],
        )
        .order_by("appearance__start", "-appearance__end", "pk")
        .values_list(
            "claim",
            "appearance__version",
            "appearance__start",
            "appearance__end",
            "appearance",
            "appearance__quote",
            "decision",
            "appearance__polarity",
            "appearance__certainty",
            "appearance__speaker",
            "appearance__speaker__name",
            "origin",
            "origin__reason",
            "pk",
            "revision",
        )
    )
    spoken: dict[int, list[Spoken]] = defaultdict(list)
    for row in rows:
        spoken[row[0]].append(Spoken(*row))
    return spoken


def find_sides(story: Story) -> dict[int, list[Side]]:
    """By claim, the sides of its standing divergences, the gravest first; one query."""
    rows = (
        DivergenceSide.objects.filter(divergence__claim__story=story)
        .exclude(divergence__decision=DivergenceDecision.REJECTED)
        .order_by("divergence", "pk")
        .values_list(
            "divergence__claim", "divergence", "divergence__kind", "appearance", "start", "end", "value", "variant"
        )
    )
    sides: dict[int, list[Side]] = defaultdict(list)
    for claim, divergence, kind, appearance, start, end, value, variant in rows:
        sides[claim].append(Side(divergence, kind, appearance, start, end, value, variant))
    for found_sides in sides.values():
        found_sides.sort(key=lambda side: GRAVITY[side.kind])
    return sides


def find_source(column: Column, spoken: Iterable[Spoken] = ()) -> Source:
    """``column`` with what it says about a claim (``spoken``, all of it in this column), for its cell."""
    return Source(
        completeness=column.completeness,
        is_searched=column.is_supported,
        published_at=column.published_at,
        published_granularity=column.published_granularity,
        speeches=tuple(
            Speech(
                key=each.appearance,
                is_live=each.is_live,
                polarity=cast("found.Polarity", each.polarity),
                certainty=cast("found.Certainty", each.certainty),
            )
            for each in spoken
        ),
    )


def find_partings(spoken: Sequence[Spoken], sides: Sequence[Side]) -> list[Parting]:
    """The divergences of one claim as its cells need them."""
    by_key = {each.appearance: each for each in spoken}
    here = [side for side in sides if side.appearance in by_key]
    common = find_common((side.divergence, by_key[side.appearance].version, side.variant) for side in here)
    parting = [side for side in here if (side.divergence, side.variant) not in common]
    passages = tuple(_passage(each, parting) for each in spoken if each.is_live)
    return [
        find_parting(
            kind, passages, [_told(side, by_key[side.appearance]) for side in group if side.appearance in by_key]
        )
        for (_, kind), group in groupby(sides, key=lambda side: (side.divergence, side.kind))
    ]


def _told(side: Side, spoken: Spoken) -> SideTold:
    return SideTold(
        appearance=side.appearance,
        value=side.value,
        words=spoken.quote[side.start - spoken.start : side.end - spoken.start],
        passage=spoken.quote,
        certainty=spoken.certainty,
        polarity=spoken.polarity,
        variant=side.variant,
    )


def _passage(spoken: Spoken, sides: Iterable[Side]) -> Passage:
    return passage_with(
        key=spoken.appearance,
        source=spoken.version,
        text=spoken.quote,
        offset=spoken.start,
        sides=[side for side in sides if side.appearance == spoken.appearance],
    )


def find_common(sides: Iterable[tuple[int, int, int | None]]) -> set[tuple[int, int | None]]:
    """The variants, each with its divergence, that all sources on a side of it have: these do not part there.

    ``sides`` are given as divergence, source and variant.

    >>> find_common([(1, 7, 0), (1, 8, 0), (1, 8, 1), (2, 7, 0), (2, 8, 1)])
    {(1, 0)}
    """
    sources: dict[int, set[int]] = defaultdict(set)
    having: dict[tuple[int, int | None], set[int]] = defaultdict(set)
    for divergence, source, variant in sides:
        sources[divergence].add(source)
        having[divergence, variant].add(source)
    return {
        (divergence, variant)
        for (divergence, variant), found_in in having.items()
        if variant is not None and len(found_in) > 1 and found_in == sources[divergence]
    }


def passage_with(*, key: int, source: int, text: str, offset: int, sides: Iterable[Side]) -> Passage:
    """A passage that begins at ``offset`` of its version, ready to be compared; ``sides`` are those that lie in it."""
    whole = (0, len(text))
    inside = [
        (side.kind, (side.start - offset, side.end - offset))
        for side in sides
        if offset <= side.start and side.end <= offset + len(text)
    ]
    return Passage(
        key=key,
        source=source,
        text=text,
        quoted=next((_with_marks(text, span) for kind, span in inside if kind in _QUOTED), None),
        decisive=tuple(sorted({span for kind, span in inside if kind not in WHOLE_KINDS and span != whole})),
    )


def _with_marks(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """``span`` with the quotation marks around it."""
    start, end = span
    start -= text[:start].endswith(("“", "‘", '"', "«", "„"))
    end += text[end:].startswith(("”", "’", '"', "»", "“"))
    return start, end
