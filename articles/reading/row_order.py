"""Which passages of several texts stand in one row, and in which order the rows follow each other.

Rows lead from one source to the next: each takes in what matches it, and what is left opens rows of its own, after the
row that holds what precedes it in its own text.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from articles.models import Sentence, SentenceKind
from articles.reading.columns import Column
from articles.reading.speeches import Side, Spoken

# What frames a text without telling of the event.
_FURNITURE = (SentenceKind.DATELINE, SentenceKind.CREDIT, SentenceKind.BOILERPLATE)


@dataclass(slots=True, eq=False)
class Unit:
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
    row: "Draft | None" = None


@dataclass(slots=True, eq=False)
class Draft:
    """A row while rows are being found: the units that belong to it, and those of other rows that match it as well.

    ``after`` are the rows that follow it because their own text has them there.
    """

    leader: int
    own: list[Unit] = field(default_factory=list)
    again: list[Unit] = field(default_factory=list)
    after: list["Draft"] = field(default_factory=list)
    is_headline: bool = False


def find_units(
    columns: Sequence[Column], spoken: Mapping[int, list[Spoken]], sides: Mapping[int, list[Side]]
) -> list[list[Unit]]:
    """The sentences of each column with the claims they put forward; one query."""
    place = {column.version: n for n, column in enumerate(columns)}
    units: list[list[Unit]] = [[] for _ in columns]
    sentences = (
        Sentence.objects.filter(version__in=place)
        .exclude(kind__in=_FURNITURE)
        .order_by("start")
        .values_list("version", "start", "end", "paragraph", "kind")
    )
    for version, start, end, paragraph, kind in sentences:
        column = place[version]
        units[column].append(Unit(column, len(units[column]), version, start, end, paragraph, kind))
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


def find_drafts(units: Sequence[Sequence[Unit]], order: Sequence[int]) -> list[Draft]:
    """All rows in their order. ``order`` names the columns, the one that leads first."""
    saying: dict[int, list[Unit]] = defaultdict(list)
    for unit in chain.from_iterable(units):
        for claim in unit.claims:
            saying[claim].append(unit)
    # Headlines answer to one another, whatever they say.
    top = Draft(order[0], own=[column[0] for column in units if column], is_headline=True)
    for unit in top.own:
        unit.row = top
    spine = [top]
    for column in order:
        led = [unit for unit in units[column] if unit.row is None]
        for unit in led:
            unit.row = Draft(column, own=[unit])
        _gather(led, saying, units)
        if column == order[0]:
            spine += [unit.row for unit in led if unit.row]
        else:
            _insert(led, units[column], in_place=find_in_place(_flat(spine)), top=top)
    drafts = _flat(spine)
    for draft in drafts[1:]:
        _add_returning(draft, saying)
    return drafts


def _gather(led: Sequence[Unit], saying: Mapping[int, list[Unit]], units: Sequence[Sequence[Unit]]) -> None:
    """Gives each unit that matches some of ``led`` to the row with which it shares most, the nearest among equals."""
    partners: dict[Unit, Counter[Unit]] = defaultdict(Counter)
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


def _insert(led: Sequence[Unit], column: Sequence[Unit], *, in_place: Collection[Unit], top: Draft) -> None:
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


def _flat(spine: Sequence[Draft]) -> list[Draft]:
    rows, waiting = [], list(reversed(spine))
    while waiting:
        draft = waiting.pop()
        rows.append(draft)
        waiting += reversed(draft.after)
    return rows


def find_in_place(drafts: Sequence[Draft]) -> set[Unit]:
    """The units that keep the order of their own text; the longest such series of each column."""
    of_column: dict[int, list[Unit]] = defaultdict(list)
    for draft in drafts:
        for unit in sorted(draft.own, key=lambda unit: unit.index):
            of_column[unit.column].append(unit)
    return set(chain.from_iterable(map(_longest_rising, of_column.values())))


def _longest_rising(units: Sequence[Unit]) -> list[Unit]:
    ends: list[int] = []
    last: list[Unit] = []
    before: dict[Unit, Unit | None] = {}
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


def _add_returning(draft: Draft, saying: Mapping[int, list[Unit]]) -> None:
    """For each column that has nothing in the row the passage of another row that shares most with it."""
    there = {unit.column for unit in draft.own}
    shared: Counter[Unit] = Counter()
    for unit in draft.own:
        if unit.column == draft.leader:
            shared.update(other for claim in unit.claims for other in saying[claim] if other.column not in there)
    best: dict[int, Unit] = {}
    for unit in sorted(shared, key=lambda unit: (-shared[unit], unit.index)):
        best.setdefault(unit.column, unit)
    draft.again = list(best.values())


def joined(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Rows that nothing matches become one where they follow each other in one paragraph."""
    waiting: Draft | None = None
    for draft in drafts:
        if waiting and _is_next(waiting, draft):
            waiting = replace(waiting, own=[*waiting.own, *draft.own])
            continue
        if waiting:
            yield waiting
        waiting = draft
    if waiting:
        yield waiting


def _is_next(first: Draft, second: Draft) -> bool:
    if first.is_headline or first.again or second.again or len(second.own) > 1 or first.leader != second.leader:
        return False
    last, unit = first.own[-1], second.own[0]
    is_alone = all(other.column == first.leader for other in first.own)
    return is_alone and unit.paragraph == last.paragraph and unit.index == last.index + 1


def find_runs(units: Iterable[Unit], in_place: Collection[Unit]) -> list[list[Unit]]:
    """``units`` in the order of their texts, those together that follow each other in one paragraph."""
    runs: list[list[Unit]] = []
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
