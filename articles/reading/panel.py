"""The panel of one claim: who says it, who does not, how the sources part, and each source's words."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, QuerySet

from articles.analysis import types as found
from articles.analysis.statements import are_words_of_others
from articles.analysis.text import split_paragraphs
from articles.models import (
    Alignment,
    AlignmentDecision,
    ArticleVersion,
    Claim,
    ClaimState,
    Divergence,
    DivergenceDecision,
    DivergenceKind,
    DivergenceSide,
    Story,
)
from articles.models.claims import LIVE
from articles.reading.apart import SideTold, find_parting, find_words
from articles.reading.cells import Cell, Parting, Source, Speech, find_cells
from articles.reading.columns import Column
from articles.reading.copied import CopiedPassage, find_copied
from articles.reading.marks import GRAVITY, SORTS, IndexRow, index_row, indexed_claims
from articles.reading.speeches import find_common
from articles.reading.wordings import Comparison, Passage, Piece, compare_passages

# What is laid side by side as values, with its label. The wordings themselves show the kinds that are not here.
_VALUES: dict[str, str] = {
    DivergenceKind.POLARITY: "States or denies",
    DivergenceKind.QUANTITY: "Number",
    DivergenceKind.ATTRIBUTION: "Who says so",
    DivergenceKind.CERTAINTY: "Certainty",
    DivergenceKind.TIME_PLACE: "Time or place",
    DivergenceKind.NAME_ROLE: "Name or role",
    DivergenceKind.REPORTING_VERB: "Verb",
}
_COMPARED = {DivergenceKind.QUOTE_WORDING, DivergenceKind.QUOTE_TRUNCATED}


@dataclass(frozen=True, slots=True)
class Badge:
    """A divergence by its sort and word, with the sentence that says why."""

    kind: str
    glyph: str
    word: str
    reason: str


@dataclass(frozen=True, slots=True)
class SupportGroup:
    """Columns that count as one origin, under one bracket."""

    columns: tuple[Column, ...]
    is_silent: bool = False

    @property
    def is_shared(self) -> bool:
        return len(self.columns) > 1 and not self.is_silent


@dataclass(frozen=True, slots=True)
class Support:
    """How many outlets put the claim forward, and from how many origins, with the reasons.

    Documents and own copy are never counted; those that put the claim forward stand in ``beside``.
    """

    groups: tuple[SupportGroup, ...]
    said: int
    outlets: int
    independent: int
    reasons: tuple[str, ...]
    beside: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Value:
    column: Column
    words: str


@dataclass(frozen=True, slots=True)
class ValueRow:
    """The sides of one divergence as values, one for each column and value."""

    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one appearance. ``paragraph`` 0 is the headline; an appearance in a text that is no longer current
    has its version in ``older``. ``alignment`` says what people decided about it."""

    appearance: int
    paragraph: int
    pieces: tuple[Piece, ...]
    alignment: Alignment
    older: ArticleVersion | None = None


@dataclass(frozen=True, slots=True)
class ColumnPart:
    """One column's part in the claim: its cell, and its wordings when it has any."""

    column: Column
    cell: Cell
    wordings: tuple[Wording, ...]

    @property
    def is_possible(self) -> bool:
        """Whether the wordings are only passages that may put the claim forward."""
        return self.cell.kind == "possible"


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything the panel shows but the notes, which belong to another app."""

    claim: Claim
    row: IndexRow
    total: int
    badges: tuple[Badge, ...]
    support: Support
    # The passages that show that sources under one bracket share copy.
    copied: tuple[CopiedPassage, ...]
    values: tuple[ValueRow, ...]
    comparison: Comparison
    parts: tuple[ColumnPart, ...]
    # Where a retired claim stood: passages of texts that have been replaced.
    former: tuple[Wording, ...]
    # Somebody made it and it was taken back: nothing is left of it but its number.
    is_taken_back: bool
    # People wrote notes on its statement, which is in the words of a passage that was taken out of it since.
    is_said_by_others: bool
    previous: int | None
    next: int | None


def panel_claims(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """``claims`` with the numbers of all that stand in their story, in reading order: what a panel begins with."""
    standing = Claim.objects.filter(story=OuterRef("story")).standing().in_reading_order()
    return indexed_claims(claims).annotate(order=ArraySubquery(standing.values("number")))


def claim_panel(
    claim: Claim | int, *, story: Story, columns: Sequence[Column], order: Sequence[int] | None = None
) -> Panel:
    """The panel of one claim of ``story``, whose ``columns`` are all it has, in six queries at most.

    ``claim`` is its key, or a row that :func:`panel_claims` has read; one that :func:`indexed_claims` has read comes
    with ``order``, the numbers of the standing claims in reading order.
    """
    if isinstance(claim, int):
        claim = panel_claims(Claim.objects.filter(pk=claim)).get()
    # With the story at hand, so that the claim's address costs no query.
    claim.story = story
    if order is None:
        order = cast("list[int]", claim.order)  # type: ignore[attr-defined]  # panel_claims has put it there
    place = order.index(claim.number) + 1 if claim.number in order else 0
    divergences = _divergences(claim)
    alignments, refused = _alignments(claim)

    current = {column.version for column in columns}
    here = [a for a in alignments if a.appearance.version_id in current]
    common = find_common((d.pk, side.version_id, side.variant) for d in divergences for side in d.sides.all())
    passages = tuple(_passage(a, divergences, common) for a in here if a.decision in LIVE)
    comparison = compare_passages(passages)
    partings = [find_parting(each.kind, passages, [_told(side) for side in each.sides.all()]) for each in divergences]
    cells = find_cells(
        [_source(column, here) for column in columns],
        partings,
    )
    parts = tuple(
        ColumnPart(column, cell, _wordings(column, here, comparison))
        for column, cell in zip(columns, cells, strict=True)
    )
    support = _support(claim, parts, here)
    return Panel(
        claim=claim,
        row=index_row(claim, place=place),
        total=len(order),
        badges=_badges(claim, divergences),
        support=support,
        copied=find_copied(story, [group.columns for group in support.groups if group.is_shared], here),
        values=_value_rows(divergences, partings, here, columns),
        comparison=comparison,
        # Who says it first, then who may, then who does not; each in the order of the columns.
        parts=tuple(sorted(parts, key=lambda part: (not part.wordings, part.is_possible))),
        former=_former(alignments, current) if claim.is_retired else (),
        is_taken_back=claim.is_retired and not (alignments or claim.note_count or claim.merged_into_id),
        is_said_by_others=claim.note_count > 0
        and not (claim.is_retired or claim.statement_by_id)
        and are_words_of_others(claim.statement, [p.text for p in passages], [a.appearance.quote for a in refused]),
        previous=order[place - 2] if place > 1 else None,
        next=order[place] if 0 < place < len(order) else None,
    )


def _badges(claim: Claim, divergences: Sequence[Divergence]) -> tuple[Badge, ...]:
    if claim.state == ClaimState.ONLY:
        return (Badge("only", "1", str(ClaimState.ONLY.label), ""),)
    if claim.state == ClaimState.AGREED:
        return (Badge("agree", "=", str(ClaimState.AGREED.label), ""),)
    return tuple(Badge(d.kind, SORTS[d.kind], d.get_kind_display(), d.reason) for d in divergences)


def _divergences(claim: Claim) -> list[Divergence]:
    """The standing divergences of ``claim`` with their sides, the gravest first; two queries."""
    found = (
        Divergence.objects.filter(claim=claim)
        .exclude(decision=DivergenceDecision.REJECTED)
        .prefetch_related(Prefetch("sides", DivergenceSide.objects.select_related("appearance").order_by("pk")))
        .order_by("pk")
    )
    return sorted(found, key=lambda divergence: GRAVITY[divergence.kind])


def _alignments(claim: Claim) -> tuple[list[Alignment], list[Alignment]]:
    """What puts ``claim`` forward, or may do so, and what was refused for it, in the order of the articles and of each
    text; one query.

    The texts themselves stay where they are: those that are current are with the columns.
    """
    found = list(
        Alignment.objects.filter(claim=claim)
        .select_related("appearance__speaker", "origin", "decided_by")
        .order_by("appearance__version__article", "appearance__version", "appearance__start", "-appearance__end")
    )
    refused = [row for row in found if row.decision == AlignmentDecision.REJECTED]
    return [row for row in found if row.decision != AlignmentDecision.REJECTED], refused


def _passage(
    alignment: Alignment, divergences: Sequence[Divergence], common: Collection[tuple[int, int | None]]
) -> Passage:
    row = alignment.appearance
    sides = [
        (divergence.kind, (side.start - row.start, side.end - row.start))
        for divergence in divergences
        for side in divergence.sides.all()
        if side.appearance_id == row.pk and row.start <= side.start and side.end <= row.end
        if (divergence.pk, side.variant) not in common
    ]
    whole = (0, row.end - row.start)
    return Passage(
        key=row.pk,
        source=row.version_id,
        text=row.quote,
        quoted=next((_with_marks(row.quote, span) for kind, span in sides if kind in _COMPARED), None),
        decisive=tuple(sorted({span for kind, span in sides if kind in _VALUES and span != whole})),
    )


def _with_marks(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """``span`` with the quotation marks around it."""
    start, end = span
    start -= text[:start].endswith(("“", "‘", '"', "«", "„"))
    end += text[end:].startswith(("”", "’", '"', "»", "“"))
    return start, end


def _source(column: Column, alignments: Sequence[Alignment]) -> Source:
    return Source(
        completeness=column.completeness,
        is_searched=column.is_supported,
        published_at=column.published_at,
        published_granularity=column.published_granularity,
        speeches=tuple(
            Speech(
                key=a.appearance_id,
                is_live=a.decision in LIVE,
                polarity=cast("found.Polarity", a.appearance.polarity),
                certainty=cast("found.Certainty", a.appearance.certainty),
            )
            for a in alignments
            if a.appearance.version_id == column.version
        ),
    )


def _told(side: DivergenceSide) -> SideTold:
    row = side.appearance
    return SideTold(row.pk, side.value, side.quote, row.quote, row.certainty, row.polarity, side.variant)


def _wordings(column: Column, alignments: Sequence[Alignment], comparison: Comparison) -> tuple[Wording, ...]:
    """The column's passages; those that only may put the claim forward are shown where no other does."""
    here = [a for a in alignments if a.appearance.version_id == column.version]
    here = [a for a in here if a.decision in LIVE] or here
    # No text is read beyond the last passage.
    read = column.text[: max((a.appearance.start for a in here), default=-1) + 1]
    starts = [span.start for span in split_paragraphs(read)]
    return tuple(
        Wording(
            appearance=a.appearance_id,
            paragraph=sum(start <= a.appearance.start for start in starts) - 1,
            pieces=comparison.pieces.get(a.appearance_id, (Piece(a.appearance.quote),)),
            alignment=a,
        )
        for a in here
    )


def _former(alignments: Sequence[Alignment], current: set[int]) -> tuple[Wording, ...]:
    """The passages of texts that have been replaced; one query, and none where there are none."""
    gone = {a.appearance.version_id for a in alignments} - current
    texts = ArticleVersion.objects.defer("text").select_related("article__outlet").in_bulk(gone)
    return tuple(
        Wording(
            appearance=a.appearance_id,
            paragraph=0,
            pieces=(Piece(a.appearance.quote),),
            alignment=a,
            older=texts[a.appearance.version_id],
        )
        for a in alignments
        if a.appearance.version_id in gone
    )


def _support(claim: Claim, parts: Sequence[ColumnPart], alignments: Sequence[Alignment]) -> Support:
    live = [a for a in alignments if a.decision in LIVE]
    speaking = {a.appearance.version_id for a in live}
    origin_of = {a.appearance.version_id: a.origin_id or -a.appearance.version_id for a in reversed(live)}
    groups: dict[int, list[Column]] = defaultdict(list)
    silent, beside = [], []
    for part in parts:
        if not part.column.is_source:
            beside += [part.column] if part.column.version in speaking else []
        elif part.column.version in speaking:
            groups[origin_of[part.column.version]].append(part.column)
        else:
            silent.append(part.column)
    reasons = {a.origin_id: a.origin.reason for a in live if a.origin and len(groups[a.origin_id or 0]) > 1}
    return Support(
        groups=(
            *(SupportGroup(tuple(columns)) for columns in groups.values() if columns),
            *(SupportGroup((column,), is_silent=True) for column in silent),
        ),
        said=claim.source_count,
        outlets=len({part.column.name for part in parts if part.column.is_source}),
        independent=claim.independent_count,
        reasons=tuple(reason for reason in dict.fromkeys(reasons.values()) if reason),
        beside=tuple(beside),
    )


def _value_rows(
    divergences: Sequence[Divergence],
    partings: Sequence[Parting],
    alignments: Sequence[Alignment],
    columns: Sequence[Column],
) -> tuple[ValueRow, ...]:
    """Also what the cell says of a column that speaks and is on no side: it is not left out here."""
    by_version = {column.version: column for column in columns}
    live = [a for a in alignments if a.decision in LIVE and a.appearance.version_id in by_version]
    rows = []
    for divergence, parting in zip(divergences, partings, strict=True):
        if divergence.kind not in _VALUES:
            continue
        on_side = {side.version_id for side in divergence.sides.all()}
        values = dict.fromkeys(
            [
                *(
                    (side.version_id, find_words(divergence.kind, _told(side)))
                    for side in divergence.sides.all()
                    if side.version_id in by_version
                ),
                *(
                    (a.appearance.version_id, parting.told_of(a.appearance_id))
                    for a in live
                    if a.appearance.version_id not in on_side and parting.told_of(a.appearance_id)
                ),
            ]
        )
        ordered = sorted(values, key=lambda value: list(by_version).index(value[0]))
        rows.append(
            ValueRow(_VALUES[divergence.kind], tuple(Value(by_version[version], words) for version, words in ordered))
        )
    return tuple(rows)
