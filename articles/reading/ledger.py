"""The ledger of a story: one row a claim, one cell a source, narrowed and put in order as the address says."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from articles.analysis.text import fold
from articles.models import Claim, ClaimState, Quantity, Story
from articles.models.claims import IN_PROGRESS, UNCHECKED
from articles.reading.cells import Source, Variant, find_cells, shortened
from articles.reading.figures import with_noun
from articles.reading.marks import GRAVITY, RETIRED, IndexRow, find_sorts, index_row, indexed_claims, state_label
from articles.reading.page import Column, find_columns
from articles.reading.places import passage_place
from articles.reading.speeches import Ask, Side, Spoken, find_ask, find_partings, find_sides, find_source, find_spoken

ORDERS = {
    "text": "Order in text",
    "gravity": "Gravest difference",
    "sources": "Most sources",
    "checked": "Least checked",
}
CHECKS = {"unchecked": "Unchecked", "figures": "With figures", "possible": "Possible matches"}
# Nearly every sentence of the news has a day in it: no figure that anybody would look for.
_NO_FIGURES = ("date", "ordinal", "time")


@dataclass(frozen=True, slots=True)
class LedgerChoice:
    """What of the ledger is asked for. Nothing chosen is every claim of the current texts, in the order of the text.

    Claims pass all ``checks`` and have one of the ``kinds``. ``source`` is the key of an article, with ``-`` before it
    for the claims it does not put forward.
    """

    state: str = ""
    checks: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    speaker: str = ""
    source: str = ""
    words: str = ""
    order: str = "text"

    @property
    def is_narrowing(self) -> bool:
        return replace(self, order="text") != LedgerChoice()


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter, with the number of claims it would leave beside what else is chosen."""

    value: str
    label: str
    count: int
    is_chosen: bool
    glyph: str = ""


@dataclass(frozen=True, slots=True)
class LedgerCell:
    """One source and one claim. ``brackets`` say how the lines over cells of one origin run through this one.

    ``place`` is the end of the Read page's address where the passage stands, or the nearest one for a possible match.
    ``silent`` is the version that says nothing, 0 for one that does or that cannot be read for it.
    """

    siglum: str
    name: str
    kind: str
    word: str
    values: tuple[Variant, ...] = ()
    brackets: tuple[str, ...] = ()
    place: str = ""
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
    _facts: Mapping[int, "_Facts"] = field(default_factory=dict, repr=False)
    _sides: Mapping[int, list[Side]] = field(default_factory=dict, repr=False)
    _figures: Mapping[int, list[tuple[int, int, str]]] = field(default_factory=dict, repr=False)

    def rows_of(self, claims: Iterable[int]) -> list[LedgerRow]:
        """The rows of these claims, whatever was chosen, without their cells."""
        return [_row(self._facts[key]) for key in claims if key in self._facts]

    def fill(self, rows: Sequence[LedgerRow]) -> None:
        """Gives ``rows``, which are some of the ledger's, their cells: what is not shown is not worked out."""
        quiet = {column.version: find_source(column) for column in self.columns}
        for row in rows:
            facts, sides = self._facts[row.row.pk], self._sides.get(row.row.pk, ())
            row.cells = tuple(_cells(self.columns, facts, sides, self._figures, quiet=quiet))


@dataclass(slots=True)
class _Facts:
    """What filters and orders ask about one claim."""

    claim: Claim
    row: IndexRow
    spoken: list[Spoken]
    kinds: frozenset[str]
    speakers: dict[str, str]
    told: frozenset[str]
    checks: frozenset[str]
    words: str


def read_ledger(story: Story, choice: LedgerChoice | None = None) -> Ledger:
    """The ledger of ``story`` in five queries; its rows get their cells by :meth:`Ledger.fill`."""
    choice = choice or LedgerChoice()
    columns = find_columns(story)
    spoken = find_spoken(story, [column.version for column in columns])
    figures = _figures(columns)
    facts = {
        claim.pk: _find_facts(claim, place, spoken.get(claim.pk, []), columns, figures)
        for place, claim in enumerate(indexed_claims(Claim.objects.filter(story=story)), start=1)
    }
    tests = _tests(choice)
    shown = [each for each in facts.values() if all(test(each) for test in tests.values())]
    return Ledger(
        story=story,
        columns=columns,
        rows=[_row(each) for each in sorted(shown, key=_RANKS[choice.order])],
        total=sum(not each.claim.is_retired for each in facts.values()),
        choice=choice,
        **_options(choice, facts.values(), tests, columns),
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
) -> _Facts:
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
    return _Facts(
        claim=claim,
        row=row,
        spoken=spoken,
        kinds=frozenset(sort.kind for sort in row.sorts),
        speakers={str(each.speaker): each.speaker_name for each in live if each.speaker and each.speaker_name},
        told=frozenset(str(column.article) for column in columns if column.version in speaking),
        checks=frozenset(checks),
        words=fold(" ".join([claim.statement, *(each.quote for each in live)])),
    )


# --- Filters and orders -------------------------------------------------------------------------------------------


type _Test = Callable[[_Facts], bool]


def _tests(choice: LedgerChoice) -> dict[str, _Test]:
    """One test for each group of filters; all must pass."""
    tests = {"state": _has_state(choice.state)} | {check: _has_check(check) for check in choice.checks}
    if choice.kinds:
        tests["kind"] = _has_a_kind(choice.kinds)
    if choice.speaker:
        tests["speaker"] = _has_speaker(choice.speaker)
    if choice.source:
        tests["source"] = _has_source(choice.source)
    if choice.words:
        tests["words"] = _has_words(choice.words)
    return tests


def _has_state(state: str) -> _Test:
    return lambda facts: facts.row.state == state if state else facts.row.state != RETIRED


def _has_check(check: str) -> _Test:
    return lambda facts: check in facts.checks


def _has_a_kind(kinds: frozenset[str]) -> _Test:
    return lambda facts: not kinds.isdisjoint(facts.kinds)


def _has_speaker(speaker: str) -> _Test:
    return lambda facts: speaker in facts.speakers


def _has_source(source: str) -> _Test:
    if source.startswith("-"):
        return lambda facts: source[1:] not in facts.told
    return lambda facts: source in facts.told


def _has_words(text: str) -> _Test:
    """Every word, or a part of one, in the statement or a wording; a number alone also finds the claim it is of."""
    words = fold(text).split()
    return lambda facts: words == [str(facts.claim.number)] or all(word in facts.words for word in words)


def _options(
    choice: LedgerChoice, all_facts: Iterable[_Facts], tests: Mapping[str, _Test], columns: Sequence[Column]
) -> dict[str, tuple[Option, ...]]:
    """What each filter offers. A count is what the list would hold if only that filter were changed to it."""
    everything = list(all_facts)

    def beside(group: str) -> list[_Facts]:
        others = [test for name, test in tests.items() if name != group]
        return [facts for facts in everything if all(test(facts) for test in others)]

    def option(value: str, label: str, count: int, *, chosen: str, glyph: str = "") -> Option:
        return Option(value, label, count, value == chosen, glyph)

    here = beside("state")
    states = [option("", "All", sum(facts.row.state != RETIRED for facts in here), chosen=choice.state)]
    by_state = Counter(facts.row.state for facts in here)
    words = {
        ClaimState.DIFFERS: "Differing",
        ClaimState.AGREED: "Agreed",
        ClaimState.ONLY: str(ClaimState.ONLY.label),
        RETIRED: state_label(RETIRED),
    }
    for state, label in words.items():
        if state != RETIRED or any(facts.row.state == RETIRED for facts in everything):
            states.append(option(str(state), label, by_state[state], chosen=choice.state))

    by_kind = Counter(kind for facts in beside("kind") for kind in facts.kinds)
    known_kinds = {kind for facts in everything for kind in facts.kinds} | choice.kinds
    kinds = tuple(
        Option(sort.kind, sort.word, by_kind[sort.kind], sort.kind in choice.kinds, sort.glyph)
        for sort in find_sorts(known_kinds)
    )
    names = {key: name for facts in everything for key, name in facts.speakers.items()}
    by_speaker = Counter(key for facts in beside("speaker") for key in facts.speakers)
    here = beside("source")
    by_source = Counter(key for facts in here for key in facts.told)
    return {
        "states": tuple(states),
        "checks": tuple(
            Option(check, label, sum(check in facts.checks for facts in beside(check)), check in choice.checks)
            for check, label in CHECKS.items()
            if check in choice.checks or any(check in facts.checks for facts in everything)
        ),
        "kinds": kinds,
        "speakers": tuple(
            option(key, name, by_speaker[key], chosen=choice.speaker)
            for key, name in sorted(names.items(), key=lambda item: fold(item[1]))
        ),
        "told": tuple(
            option(key, column.name, by_source[key], chosen=choice.source, glyph=column.siglum)
            for column in columns
            if (key := str(column.article))
        ),
        "untold": tuple(
            option(f"-{key}", column.name, len(here) - by_source[key], chosen=choice.source, glyph=column.siglum)
            for column in columns
            if (key := str(column.article))
        ),
        "orders": tuple(option(value, label, 0, chosen=choice.order) for value, label in ORDERS.items()),
    }


type _Rank = tuple[float, ...]


def _text_rank(facts: _Facts) -> _Rank:
    return (facts.claim.is_retired, facts.claim.position, facts.claim.number)


def _gravity_rank(facts: _Facts) -> _Rank:
    """The gravest kind first, then how many kinds; claims that do not differ come last."""
    gravest = min((GRAVITY[kind] for kind in facts.kinds), default=len(GRAVITY))
    return (gravest, -len(facts.kinds), *_text_rank(facts))


def _sources_rank(facts: _Facts) -> _Rank:
    return (-facts.claim.source_count, -facts.claim.independent_count, *_text_rank(facts))


def _checked_rank(facts: _Facts) -> _Rank:
    """Nobody has looked, somebody is looking, one has judged, two have; among equals what is most worth a check."""
    steps = {UNCHECKED: 0, IN_PROGRESS: 1}
    step = steps.get(facts.claim.status, 3 if facts.claim.is_reviewed else 2)
    return (step, -facts.claim.check_worthiness, *_text_rank(facts))


_RANKS: dict[str, Callable[[_Facts], _Rank]] = {
    "text": _text_rank,
    "gravity": _gravity_rank,
    "sources": _sources_rank,
    "checked": _checked_rank,
}


# --- Rows and cells -----------------------------------------------------------------------------------------------


def _row(facts: _Facts) -> LedgerRow:
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
    facts: _Facts,
    sides: Sequence[Side],
    figures: Mapping[int, list[tuple[int, int, str]]],
    *,
    quiet: Mapping[int, Source],
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
        values, place, ask = cell.variants, "", None
        if passage:
            place = f"?claim={facts.claim.number}#{passage_place(column, passage.start)}"
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
        yield LedgerCell(column.siglum, column.name, cell.kind, cell.word, values, lines, place, ask, silent)


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
