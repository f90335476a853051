"""The ledger of a story: one row a claim, one cell a source, narrowed and put in order as the address says."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from articles.models import Claim, Quantity, Story
from articles.models.claims import UNCHECKED
from articles.reading.cells import Source, Variant, find_cells, shortened
from articles.reading.columns import Column, find_columns
from articles.reading.figures import with_noun
from articles.reading.ledger_filters import RANKS, ClaimFacts, LedgerChoice, Option, find_options, find_tests
from articles.reading.marks import IndexRow, index_row, indexed_claims
from articles.reading.places import Places, find_places
from articles.reading.speeches import Ask, Side, Spoken, find_ask, find_partings, find_sides, find_source, find_spoken

# Nearly every sentence of the news has a day in it: no figure that anybody would look for.
_NO_FIGURES = ("date", "ordinal", "time")


@dataclass(frozen=True, slots=True)
class LedgerCell:
    """One source and one claim. ``brackets`` say how the lines over cells of one origin run through this one.

    ``address`` leads to the passage, or to the nearest one for a possible match.
    ``silent`` is the version that says nothing, 0 for one that does or that cannot be read for it.
    """

    siglum: str
    name: str
    kind: str
    word: str
    values: tuple[Variant, ...] = ()
    brackets: tuple[str, ...] = ()
    address: str = ""
    ask: Ask | None = None
    silent: int = 0


@dataclass(slots=True)
class LedgerRow:
    """One claim. ``reasons`` say why some of its sources count as one origin."""

    row: IndexRow
    said: int
    independent: int
    reasons: tuple[str, ...]
    cells: tuple[LedgerCell, ...] = ()

    @property
    def has_shared_origin(self) -> bool:
        return self.independent < self.said


@dataclass(slots=True)
class Ledger:
    """Everything the ledger shows. ``total`` counts the claims of the current texts, whatever is chosen."""

    story: Story
    columns: list[Column]
    rows: list[LedgerRow]
    total: int
    choice: LedgerChoice
    states: tuple[Option, ...]
    checks: tuple[Option, ...]
    kinds: tuple[Option, ...]
    speakers: tuple[Option, ...]
    told: tuple[Option, ...]
    untold: tuple[Option, ...]
    orders: tuple[Option, ...]
    _facts: Mapping[int, ClaimFacts] = field(default_factory=dict, repr=False)
    _sides: Mapping[int, list[Side]] = field(default_factory=dict, repr=False)
    _figures: Mapping[int, list[tuple[int, int, str]]] = field(default_factory=dict, repr=False)

    def rows_of(self, claims: Iterable[int]) -> list[LedgerRow]:
        """The rows of these claims, whatever was chosen, without their cells."""
        return [_row(self._facts[key]) for key in claims if key in self._facts]

    def fill(self, rows: Sequence[LedgerRow]) -> None:
        """Gives ``rows``, which are some of the ledger's, their cells: what is not shown is not worked out."""
        quiet = {column.version: find_source(column) for column in self.columns}
        places = find_places(self.story, self.columns)
        for row in rows:
            facts, sides = self._facts[row.row.pk], self._sides.get(row.row.pk, ())
            row.cells = tuple(_cells(self.columns, facts, sides, self._figures, quiet=quiet, places=places))


def read_ledger(story: Story, choice: LedgerChoice | None = None, *, by: int | None = None) -> Ledger:
    """The ledger of ``story`` in five queries; its rows get their cells by :meth:`Ledger.fill`.

    It has a column for every text. Which of them the person ``by`` hides on the Read page, its links know.
    """
    choice = choice or LedgerChoice()
    columns = find_columns(story, by=by)
    spoken = find_spoken(story, [column.version for column in columns])
    figures = _figures(columns)
    facts = {
        claim.pk: _find_facts(claim, place, spoken.get(claim.pk, []), columns, figures)
        for place, claim in enumerate(indexed_claims(Claim.objects.filter(story=story).listed()), start=1)
    }
    tests = find_tests(choice)
    shown = [each for each in facts.values() if all(test(each) for test in tests.values())]
    return Ledger(
        story=story,
        columns=columns,
        rows=[_row(each) for each in sorted(shown, key=RANKS[choice.order])],
        total=sum(not each.claim.is_retired for each in facts.values()),
        choice=choice,
        **find_options(choice, facts.values(), tests, columns),
        _facts=facts,
        _sides=find_sides(story),
        _figures=figures,
    )


def _figures(columns: Sequence[Column]) -> dict[int, list[tuple[int, int, str]]]:
    """By version, in text order, the figures of the current texts; one query."""
    figures: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    found = (
        Quantity.objects.filter(version__in=[column.version for column in columns])
        .exclude(kind__in=_NO_FIGURES)
        .order_by("start")
        .values_list("version", "start", "end", "quote")
    )
    for version, start, end, quote in found:
        figures[version].append((start, end, quote))
    return figures


def _figures_in(spoken: Spoken, figures: Mapping[int, list[tuple[int, int, str]]]) -> list[tuple[int, int, str]]:
    all_of_version = figures.get(spoken.version, [])
    first = bisect_right(all_of_version, (spoken.start, -1, ""))
    found = []
    for start, end, quote in all_of_version[first:]:
        if start >= spoken.end:
            break
        if end <= spoken.end:
            found.append((start, end, quote))
    return found


def _find_facts(
    claim: Claim,
    place: int,
    spoken: list[Spoken],
    columns: Sequence[Column],
    figures: Mapping[int, list[tuple[int, int, str]]],
) -> ClaimFacts:
    row = index_row(claim, place=0 if claim.is_retired else place)
    live = [each for each in spoken if each.is_live]
    speaking = {each.version for each in live}
    checks = set()
    if claim.status == UNCHECKED:
        checks.add("unchecked")
    if any(_figures_in(each, figures) for each in live):
        checks.add("figures")
    if any(not each.is_live and each.version not in speaking for each in spoken):
        checks.add("possible")
    return ClaimFacts(
        claim=claim,
        row=row,
        spoken=spoken,
        kinds=frozenset(sort.kind for sort in row.sorts),
        speakers={str(each.speaker): each.speaker_name for each in live if each.speaker and each.speaker_name},
        told=frozenset(str(column.article) for column in columns if column.version in speaking),
        checks=frozenset(checks),
    )


# --- Rows and cells -----------------------------------------------------------------------------------------------


def _row(facts: ClaimFacts) -> LedgerRow:
    by_origin = Counter(
        origin for _, origin in {(each.version, each.origin) for each in facts.spoken if each.is_live and each.origin}
    )
    reasons = (
        each.origin_reason or "" for each in facts.spoken if each.is_live and each.origin and by_origin[each.origin] > 1
    )
    return LedgerRow(
        row=facts.row,
        said=facts.claim.source_count,
        independent=facts.claim.independent_count,
        reasons=tuple(reason for reason in dict.fromkeys(reasons) if reason),
    )


def _cells(
    columns: Sequence[Column],
    facts: ClaimFacts,
    sides: Sequence[Side],
    figures: Mapping[int, list[tuple[int, int, str]]],
    *,
    quiet: Mapping[int, Source],
    places: Places,
) -> Iterable[LedgerCell]:
    in_column: dict[int, list[Spoken]] = defaultdict(list)
    for each in facts.spoken:
        in_column[each.version].append(each)
    sources = [
        find_source(column, in_column[column.version]) if column.version in in_column else quiet[column.version]
        for column in columns
    ]
    partings = find_partings(facts.spoken, sides) if facts.kinds else []
    cells = find_cells(sources, partings)
    by_key = {each.appearance: each for each in facts.spoken}
    brackets = _brackets(columns, in_column)
    for column, cell, lines in zip(columns, cells, brackets, strict=True):
        passage = by_key.get(cell.appearance) if cell.appearance else None
        values, address, ask = cell.variants, "", None
        if passage:
            address = places.address(column, passage.start, passage.end, claim=facts.claim.number)
        if passage and cell.kind == "possible":
            values = (Variant("", shortened(passage.quote)),)
            ask = find_ask(passage)
        elif passage and cell.kind == "says":
            counted = (
                with_noun(quote, passage.quote, end - passage.start) for _, end, quote in _figures_in(passage, figures)
            )
            quotes = dict.fromkeys(filter(None, counted))
            values = (Variant("", shortened(", ".join(quotes))),) if quotes else ()
        silent = column.version if cell.kind == "silent" else 0
        yield LedgerCell(column.siglum, column.name, cell.kind, cell.word, values, lines, address, ask, silent)


def _brackets(columns: Sequence[Column], spoken: Mapping[int, Sequence[Spoken]]) -> list[tuple[str, ...]]:
    """For each column the lines over it: ``start``, ``member``, ``end``, or ``past`` for one that is not of the origin.

    The first line stands lowest; lines of two origins that reach over each other stand at two heights.
    """
    places: dict[int, list[int]] = defaultdict(list)
    for n, column in enumerate(columns):
        here = spoken.get(column.version, ()) if column.is_source else ()
        origin = next((each.origin for each in here if each.is_live and each.origin), None)
        if origin:
            places[origin].append(n)
    shared = sorted(found for found in places.values() if len(found) > 1)
    levels: list[list[list[int]]] = []
    for found in shared:
        free = next((level for level in levels if level[-1][-1] < found[0]), None)
        if free is None:
            levels.append([found])
        else:
            free.append(found)
    lines: list[list[str]] = [[] for _ in columns]
    for height, level in enumerate(levels):
        for found in level:
            for n in range(found[0], found[-1] + 1):
                part = {found[0]: "start", found[-1]: "end"}.get(n, "member" if n in found else "past")
                lines[n].append(f"{part}-{height}")
    return [tuple(each) for each in lines]
