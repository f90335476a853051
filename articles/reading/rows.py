"""Texts side by side: rows of matching passages, in the order of one of the sources.

A passage is a sentence. Two passages match when both put the same claim forward. What nobody else has stands in a row
of its own, after the passage that precedes it in its own text; a passage that its own text has elsewhere is marked.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from typing import Literal

from articles.models import Claim, Sentence, SentenceKind, Story
from articles.reading.cells import Cell, find_cells, shortened
from articles.reading.marks import IndexRow, Sort, find_sorts, index_row, indexed_claims
from articles.reading.page import Column, find_columns
from articles.reading.places import passage_place
from articles.reading.speeches import Ask, Side, Spoken, find_ask, find_sides, find_source, find_spoken, passage_with
from articles.reading.wordings import Comparison, Passage, Piece, compare_passages

type Relation = Literal["headline", "all", "some", "alone"]
type RowWay = Literal["", "up", "down"]

# What frames a text without telling of the event.
_FURNITURE = (SentenceKind.DATELINE, SentenceKind.CREDIT, SentenceKind.BOILERPLATE)


@dataclass(frozen=True, slots=True)
class RowPassage:
    """Words of one column in one row. ``way`` says where they stand in their own text when that is not here;
    ``is_again``: they also match another row, which is where they belong."""

    paragraph: int
    place: str
    pieces: tuple[Piece, ...]
    way: RowWay = ""
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class RowCell:
    """One column in one row: its passages, or what it does instead. ``nearest`` is a possible match, in short, and
    ``place`` the end of the Read page's address where it stands."""

    column: Column
    passages: tuple[RowPassage, ...]
    cell: Cell | None = None
    nearest: str = ""
    place: str = ""
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


@dataclass(slots=True, eq=False)
class _Unit:
    """A sentence with what it takes part in. ``column`` and ``index`` are its place, ``row`` is where it is shown."""

    column: int
    index: int
    version: int
    start: int
    end: int
    paragraph: int
    kind: str
    claims: set[int] = field(default_factory=set)
    sides: list[Side] = field(default_factory=list)
    row: "_Draft | None" = None


@dataclass(slots=True, eq=False)
class _Draft:
    """A row while rows are being found: the units that belong to it, and those of other rows that match it as well.

    ``after`` are the rows that follow it because their own text has them there.
    """

    leader: int
    own: list[_Unit] = field(default_factory=list)
    again: list[_Unit] = field(default_factory=list)
    after: list["_Draft"] = field(default_factory=list)
    is_headline: bool = False


_FILTERS: dict[str, Callable[[Row], bool]] = {
    "all": lambda row: True,
    "matched": lambda row: row.relation in {"all", "some"},
    "differing": lambda row: bool(row.sorts),
    "alone": lambda row: row.relation == "alone",
}


def read_rows(story: Story, *, base: int | None = None, show: Collection[int] = ()) -> SideBySide:
    """The rows of ``story`` in five queries. ``base`` is the key of the article whose order is wanted.

    ``show`` holds keys of articles; none of them means all, or as many as can stand side by side.
    """
    columns = [column for column in find_columns(story, show=show) if column.is_shown]
    if not columns:
        return SideBySide(story, [], None, [])
    lead = next((n for n, column in enumerate(columns) if column.article == base), 0)
    spoken = find_spoken(story, [column.version for column in columns])
    units = _find_units(columns, spoken, find_sides(story))
    drafts = _find_drafts(units, [lead, *(n for n in range(len(columns)) if n != lead)])
    claims = {claim.pk: index_row(claim, place=0) for claim in indexed_claims(Claim.objects.filter(story=story))}
    return SideBySide(story, columns, columns[lead], list(_rows(drafts, columns, claims, spoken)))


def _find_units(
    columns: Sequence[Column], spoken: Mapping[int, list[Spoken]], sides: Mapping[int, list[Side]]
) -> list[list[_Unit]]:
    """The sentences of each column with the claims they put forward; one query."""
    place = {column.version: n for n, column in enumerate(columns)}
    units: list[list[_Unit]] = [[] for _ in columns]
    sentences = (
        Sentence.objects.filter(version__in=place)
        .exclude(kind__in=_FURNITURE)
        .order_by("start")
        .values_list("version", "start", "end", "paragraph", "kind")
    )
    for version, start, end, paragraph, kind in sentences:
        column = place[version]
        units[column].append(_Unit(column, len(units[column]), version, start, end, paragraph, kind))
    starts = [[unit.start for unit in of_column] for of_column in units]
    for claim, all_spoken in spoken.items():
        of_appearance: dict[int, list[Side]] = defaultdict(list)
        for side in sides.get(claim, ()):
            of_appearance[side.appearance].append(side)
        for each in all_spoken:
            column = place[each.version]
            at = bisect_right(starts[column], each.start) - 1
            if each.is_live and at >= 0 and each.start < units[column][at].end:
                units[column][at].claims.add(claim)
                units[column][at].sides += of_appearance[each.appearance]
    return units


# --- Which passages stand in one row, and in which order the rows -------------------------------------------------


def _find_drafts(units: Sequence[Sequence[_Unit]], order: Sequence[int]) -> list[_Draft]:
    """All rows in their order. ``order`` names the columns, the one that leads first."""
    saying: dict[int, list[_Unit]] = defaultdict(list)
    for unit in chain.from_iterable(units):
        for claim in unit.claims:
            saying[claim].append(unit)
    # Headlines answer to one another, whatever they say.
    top = _Draft(order[0], own=[column[0] for column in units if column], is_headline=True)
    for unit in top.own:
        unit.row = top
    spine = [top]
    for column in order:
        led = [unit for unit in units[column] if unit.row is None]
        for unit in led:
            unit.row = _Draft(column, own=[unit])
        _gather(led, saying, units)
        if column == order[0]:
            spine += [unit.row for unit in led if unit.row]
        else:
            _insert(led, units[column], in_place=_find_in_place(_flat(spine)), top=top)
    drafts = _flat(spine)
    for draft in drafts[1:]:
        _add_returning(draft, saying)
    return drafts


def _gather(led: Sequence[_Unit], saying: Mapping[int, list[_Unit]], units: Sequence[Sequence[_Unit]]) -> None:
    """Gives each unit that matches some of ``led`` to the row with which it shares most, the nearest among equals."""
    partners: dict[_Unit, Counter[_Unit]] = defaultdict(Counter)
    for unit in led:
        for claim in unit.claims:
            for other in saying[claim]:
                if other.row is None and other.column != unit.column:
                    partners[other][unit] += 1
    depth = {unit: unit.index / len(units[unit.column]) for unit in [*partners, *led]}
    for other, shared in partners.items():
        home = max(shared, key=lambda unit: (shared[unit], -round(abs(depth[unit] - depth[other]), 6), -unit.index))
        assert home.row is not None
        home.row.own.append(other)
        other.row = home.row


def _insert(led: Sequence[_Unit], column: Sequence[_Unit], *, in_place: Collection[_Unit], top: _Draft) -> None:
    """Puts rows of one column after the row that holds what precedes them in its text."""
    new = set(led)
    anchor = top
    for unit in column:
        if unit in new:
            assert unit.row is not None
            anchor.after.append(unit.row)
            anchor = unit.row
        elif unit in in_place and unit.row is not None:
            anchor = unit.row


def _flat(spine: Sequence[_Draft]) -> list[_Draft]:
    rows, waiting = [], list(reversed(spine))
    while waiting:
        draft = waiting.pop()
        rows.append(draft)
        waiting += reversed(draft.after)
    return rows


def _find_in_place(drafts: Sequence[_Draft]) -> set[_Unit]:
    """The units that keep the order of their own text; the longest such series of each column."""
    of_column: dict[int, list[_Unit]] = defaultdict(list)
    for draft in drafts:
        for unit in sorted(draft.own, key=lambda unit: unit.index):
            of_column[unit.column].append(unit)
    return set(chain.from_iterable(map(_longest_rising, of_column.values())))


def _longest_rising(units: Sequence[_Unit]) -> list[_Unit]:
    ends: list[int] = []
    last: list[_Unit] = []
    before: dict[_Unit, _Unit | None] = {}
    for unit in units:
        at = bisect_left(ends, unit.index)
        before[unit] = last[at - 1] if at else None
        ends[at : at + 1] = [unit.index]
        last[at : at + 1] = [unit]
    series = []
    unit_or_none = last[-1] if last else None
    while unit_or_none:
        series.append(unit_or_none)
        unit_or_none = before[unit_or_none]
    return series


def _add_returning(draft: _Draft, saying: Mapping[int, list[_Unit]]) -> None:
    """For each column that has nothing in the row the passage of another row that shares most with it."""
    there = {unit.column for unit in draft.own}
    shared: Counter[_Unit] = Counter()
    for unit in draft.own:
        if unit.column == draft.leader:
            shared.update(other for claim in unit.claims for other in saying[claim] if other.column not in there)
    best: dict[int, _Unit] = {}
    for unit in sorted(shared, key=lambda unit: (-shared[unit], unit.index)):
        best.setdefault(unit.column, unit)
    draft.again = list(best.values())


# --- What a row shows ---------------------------------------------------------------------------------------------


def _rows(
    drafts: Sequence[_Draft],
    columns: Sequence[Column],
    claims: Mapping[int, IndexRow],
    spoken: Mapping[int, list[Spoken]],
) -> Iterator[Row]:
    in_place = _find_in_place(drafts)
    number = {draft: n for n, draft in enumerate(drafts)}
    rank = {claim: n for n, claim in enumerate(claims)}
    sources = sum(column.is_source for column in columns)
    # How far each column has come in its own text.
    reached = [-1] * len(columns)
    for draft in _joined(drafts):
        runs: dict[int, list[tuple[list[_Unit], RowWay, bool]]] = defaultdict(list)
        for unit in draft.own:
            if unit in in_place:
                reached[unit.column] = max(reached[unit.column], unit.index)
        for run in _adjacent(draft.own, in_place):
            moved: RowWay = "" if run[0] in in_place else "down" if run[0].index > reached[run[0].column] else "up"
            runs[run[0].column].append((run, moved, False))
        for unit in draft.again:
            assert unit.row is not None
            runs[unit.column].append(([unit], "up" if number[unit.row] < number[draft] else "down", True))
        shared, own = _claims_of(draft)
        passages = {
            run[0]: passage_with(
                key=run[0].start + (n << 32),
                source=run[0].version,
                text=columns[n].text[run[0].start : run[-1].end],
                offset=run[0].start,
                sides=[side for unit in run for side in unit.sides],
            )
            for n, of_column in runs.items()
            for run, _, _ in of_column
        }
        comparison = _compared(tuple(passages.values()))
        said = sum(columns[n].is_source for n in runs)
        relation = _relation(draft, said, sources, len(runs))
        silent = (
            _silent(columns, shared, spoken, claims)
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
                            place=_place(column, run[0]),
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


def _joined(drafts: Sequence[_Draft]) -> Iterator[_Draft]:
    """Rows that nothing matches become one where they follow each other in one paragraph."""
    waiting: _Draft | None = None
    for draft in drafts:
        if waiting and _is_next(waiting, draft):
            waiting = replace(waiting, own=[*waiting.own, *draft.own])
            continue
        if waiting:
            yield waiting
        waiting = draft
    if waiting:
        yield waiting


def _is_next(first: _Draft, second: _Draft) -> bool:
    if first.is_headline or first.again or second.again or len(second.own) > 1 or first.leader != second.leader:
        return False
    last, unit = first.own[-1], second.own[0]
    is_alone = all(other.column == first.leader for other in first.own)
    return is_alone and unit.paragraph == last.paragraph and unit.index == last.index + 1


def _adjacent(units: Iterable[_Unit], in_place: Collection[_Unit]) -> list[list[_Unit]]:
    """``units`` in the order of their texts, those together that follow each other in one paragraph."""
    runs: list[list[_Unit]] = []
    for unit in sorted(units, key=lambda unit: (unit not in in_place, unit.column, unit.index)):
        last = runs[-1][-1] if runs else None
        if (
            last
            and (last.column, last.paragraph, last.index + 1) == (unit.column, unit.paragraph, unit.index)
            and (last in in_place) == (unit in in_place)
        ):
            runs[-1].append(unit)
        else:
            runs.append([unit])
    return runs


def _claims_of(draft: _Draft) -> tuple[set[int], set[int]]:
    """The claims that make the passages match, and the further ones of the passages that belong here."""
    by_claim: dict[int, set[int]] = defaultdict(set)
    for unit in [*draft.own, *draft.again]:
        for claim in unit.claims:
            by_claim[claim].add(unit.column)
    shared = {claim for claim, of_columns in by_claim.items() if len(of_columns) > 1}
    return shared, {claim for unit in draft.own for claim in unit.claims} - shared


def _relation(draft: _Draft, said: int, sources: int, columns: int) -> Relation:
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
) -> list[tuple[Cell, str, str, Ask | None]]:
    """What each column does in a row where it has no passage: with the nearest one it may have, its place, and the
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
            place = f"?claim={claims[nearest.claim].number}#{passage_place(column, nearest.start)}"
            found.append((cell, shortened(nearest.quote), place, find_ask(nearest)))
        else:
            found.append((cell, "", "", None))
    return found


def _place(column: Column, unit: _Unit) -> str:
    return f"p-{column.version}-{unit.paragraph}" if unit.paragraph else f"headline-{column.article}"


@lru_cache(maxsize=4096)
def _compared(passages: tuple[Passage, ...]) -> Comparison:
    """Kept from one request to the next, since comparing is what costs: it depends on nothing but the passages."""
    return compare_passages(passages)
