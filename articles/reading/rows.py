"""Texts side by side: rows of matching passages, in the order of one of the sources.

A passage is a sentence. Two passages match when both put the same claim forward. What nobody else has stands in a row
of its own, after the passage that precedes it in its own text; a passage that its own text has elsewhere is marked.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from articles.models import Claim, Story
from articles.reading.cells import Cell, find_cells, shortened
from articles.reading.columns import Column, choose_columns, find_columns
from articles.reading.marks import IndexRow, Sort, find_sorts, index_row, indexed_claims
from articles.reading.places import Places, find_places
from articles.reading.row_order import Draft, Unit, find_drafts, find_in_place, find_runs, find_units, joined
from articles.reading.speeches import (
    Ask,
    Spoken,
    find_ask,
    find_common,
    find_sides,
    find_source,
    find_spoken,
    passage_with,
)
from articles.reading.wordings import Comparison, Passage, Piece, compare_passages

type Relation = Literal["headline", "all", "some", "alone"]
type RowWay = Literal["", "up", "down"]


@dataclass(frozen=True, slots=True)
class RowPassage:
    """Words of one column in one row. ``way`` says where they stand in their own text when that is not here;
    ``is_again``: they also match another row, which is where they belong."""

    paragraph: int
    address: str
    pieces: tuple[Piece, ...]
    way: RowWay = ""
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class RowCell:
    """One column in one row: its passages, or what it does instead. ``nearest`` is a possible match, in short, and
    ``address`` leads to it."""

    column: Column
    passages: tuple[RowPassage, ...]
    cell: Cell | None = None
    nearest: str = ""
    address: str = ""
    ask: Ask | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Passages that match, or one that nothing matches."""

    relation: Relation
    said: int
    sources: int
    is_reworded: bool
    claims: tuple[IndexRow, ...]
    sorts: tuple[Sort, ...]
    cells: tuple[RowCell, ...]

    @property
    def alone(self) -> Column | None:
        """The column whose passage nothing matches: among many columns it may be out of sight."""
        return next((cell.column for cell in self.cells if cell.passages), None) if self.relation == "alone" else None


@dataclass(slots=True)
class SideBySide:
    """All rows of a story. ``base`` is the source whose order they are in."""

    story: Story
    columns: list[Column]
    base: Column | None
    rows: list[Row]

    @property
    def has_gaps(self) -> bool:
        return any(piece.gap for piece in self._pieces())

    @property
    def ranks(self) -> frozenset[int]:
        return frozenset(piece.rank for piece in self._pieces())

    def _pieces(self) -> Iterator[Piece]:
        for row in self.rows:
            for cell in row.cells:
                for passage in cell.passages:
                    yield from passage.pieces

    def only(self, which: str) -> list[Row]:
        return [row for row in self.rows if _FILTERS[which](row)]


_FILTERS: dict[str, Callable[[Row], bool]] = {
    "all": lambda row: True,
    "matched": lambda row: row.relation in {"all", "some"},
    "differing": lambda row: bool(row.sorts),
    "alone": lambda row: row.relation == "alone",
}


def read_rows(
    story: Story, *, base: int | None = None, show: Collection[int] = (), by: int | None = None
) -> SideBySide:
    """The rows of ``story`` in five queries. ``base`` is the key of the article whose order is wanted.

    ``show`` holds keys of articles; none of them means all, or as many as can stand side by side. Which of them
    the person ``by`` hides on the Read page, the links know.
    """
    columns = find_columns(story, by=by)
    places = find_places(story, columns)
    choose_columns(columns, show=show)
    columns = [column for column in columns if column.is_shown]
    if not columns:
        return SideBySide(story, [], None, [])
    lead = next((n for n, column in enumerate(columns) if column.article == base), 0)
    spoken = find_spoken(story, [column.version for column in columns])
    units = find_units(columns, spoken, find_sides(story))
    drafts = find_drafts(units, [lead, *(n for n in range(len(columns)) if n != lead)])
    claims = {claim.pk: index_row(claim, place=0) for claim in indexed_claims(Claim.objects.filter(story=story))}
    return SideBySide(story, columns, columns[lead], list(_rows(drafts, columns, claims, spoken, places)))


def _rows(
    drafts: Sequence[Draft],
    columns: Sequence[Column],
    claims: Mapping[int, IndexRow],
    spoken: Mapping[int, list[Spoken]],
    places: Places,
) -> Iterator[Row]:
    in_place = find_in_place(drafts)
    number = {draft: n for n, draft in enumerate(drafts)}
    rank = {claim: n for n, claim in enumerate(claims)}
    sources = sum(column.is_source for column in columns)
    # How far each column has come in its own text.
    reached = [-1] * len(columns)
    for draft in joined(drafts):
        runs: dict[int, list[tuple[list[Unit], RowWay, bool]]] = defaultdict(list)
        for unit in draft.own:
            if unit in in_place:
                reached[unit.column] = max(reached[unit.column], unit.index)
        for run in find_runs(draft.own, in_place):
            moved: RowWay = "" if run[0] in in_place else "down" if run[0].index > reached[run[0].column] else "up"
            runs[run[0].column].append((run, moved, False))
        for unit in draft.again:
            assert unit.row is not None
            runs[unit.column].append(([unit], "up" if number[unit.row] < number[draft] else "down", True))
        shared, own = _claims_of(draft)
        common = find_common(
            (side.divergence, n, side.variant)
            for n, of_column in runs.items()
            for run, _, _ in of_column
            for unit in run
            for side in unit.sides
        )
        passages = {
            run[0]: passage_with(
                key=run[0].start + (n << 32),
                source=run[0].version,
                text=columns[n].text[run[0].start : run[-1].end],
                offset=run[0].start,
                sides=[side for unit in run for side in unit.sides if (side.divergence, side.variant) not in common],
            )
            for n, of_column in runs.items()
            for run, _, _ in of_column
        }
        comparison = _compared(tuple(passages.values()))
        said = sum(columns[n].is_source for n in runs)
        relation = _relation(draft, said, sources, len(runs))
        silent = (
            _silent(columns, shared, spoken, claims, places)
            if len(runs) < len(columns) and relation in {"all", "some"}
            else None
        )
        yield Row(
            relation=relation,
            said=said,
            sources=sources,
            is_reworded=comparison.way == "reworded" and not draft.is_headline,
            claims=tuple(
                claims[key] for key in [*sorted(shared, key=rank.__getitem__), *sorted(own, key=rank.__getitem__)]
            ),
            sorts=tuple(find_sorts(sort.kind for key in shared for sort in claims[key].sorts)),
            cells=tuple(
                RowCell(
                    column,
                    tuple(
                        RowPassage(
                            paragraph=run[0].paragraph,
                            address=places.address(column, run[0].start, run[-1].end),
                            pieces=comparison.pieces[passages[run[0]].key],
                            way=way,
                            is_again=is_again,
                        )
                        for run, way, is_again in runs.get(n, ())
                    ),
                    *(silent[n] if silent and n not in runs else (None, "", "", None)),
                )
                for n, column in enumerate(columns)
            ),
        )


def _claims_of(draft: Draft) -> tuple[set[int], set[int]]:
    """The claims that make the passages match, and the further ones of the passages that belong here."""
    by_claim: dict[int, set[int]] = defaultdict(set)
    for unit in [*draft.own, *draft.again]:
        for claim in unit.claims:
            by_claim[claim].add(unit.column)
    shared = {claim for claim, of_columns in by_claim.items() if len(of_columns) > 1}
    return shared, {claim for unit in draft.own for claim in unit.claims} - shared


def _relation(draft: Draft, said: int, sources: int, columns: int) -> Relation:
    if draft.is_headline:
        return "headline"
    if columns == 1:
        return "alone"
    return "all" if said == sources else "some"


def _silent(
    columns: Sequence[Column],
    keys: Iterable[int],
    spoken: Mapping[int, list[Spoken]],
    claims: Mapping[int, IndexRow],
    places: Places,
) -> list[tuple[Cell, str, str, Ask | None]]:
    """What each column does in a row where it has no passage: with the nearest one it may have, its address, and the
    question about it."""
    in_column: dict[int, list[Spoken]] = defaultdict(list)
    for key in keys:
        for each in spoken.get(key, ()):
            in_column[each.version].append(each)
    cells = find_cells([find_source(column, in_column[column.version]) for column in columns])
    passages = {each.appearance: each for found in in_column.values() for each in found}
    found = []
    for column, cell in zip(columns, cells, strict=True):
        nearest = passages[cell.appearance] if cell.kind == "possible" and cell.appearance else None
        if nearest:
            address = places.address(column, nearest.start, nearest.end, claim=claims[nearest.claim].number)
            found.append((cell, shortened(nearest.quote), address, find_ask(nearest)))
        else:
            found.append((cell, "", "", None))
    return found


@lru_cache(maxsize=4096)
def _compared(passages: tuple[Passage, ...]) -> Comparison:
    """Kept from one request to the next, since comparing is what costs: it depends on nothing but the passages."""
    return compare_passages(passages)
