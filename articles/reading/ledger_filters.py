"""What of a ledger is asked for: its filters with what each of them offers, and the orders of its rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from articles.analysis.text import fold
from articles.models import Claim, ClaimState
from articles.models.claims import IN_PROGRESS, UNCHECKED
from articles.reading.columns import Column
from articles.reading.marks import GRAVITY, RETIRED, IndexRow, find_sorts, state_label
from articles.reading.speeches import Spoken
from articles.search.query import split_phrases

ORDERS = {
    "text": "Order in text",
    "gravity": "Gravest difference",
    "sources": "Most sources",
    "checked": "Least checked",
}
CHECKS = {"unchecked": "Unchecked", "figures": "With figures", "possible": "With possible matches"}


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


@dataclass(slots=True)
class ClaimFacts:
    """What filters and orders ask about one claim."""

    claim: Claim
    row: IndexRow
    spoken: list[Spoken]
    kinds: frozenset[str]
    speakers: dict[str, str]
    told: frozenset[str]
    checks: frozenset[str]

    def texts(self) -> list[str]:
        """What a search in the ledger looks through: the statement and the live wordings, folded."""
        return [fold(text) for text in (self.claim.statement, *(each.quote for each in self.spoken if each.is_live))]


type Test = Callable[[ClaimFacts], bool]


def find_tests(choice: LedgerChoice) -> dict[str, Test]:
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


def _has_state(state: str) -> Test:
    return lambda facts: facts.row.state == state if state else facts.row.state != RETIRED


def _has_check(check: str) -> Test:
    return lambda facts: check in facts.checks


def _has_a_kind(kinds: frozenset[str]) -> Test:
    return lambda facts: not kinds.isdisjoint(facts.kinds)


def _has_speaker(speaker: str) -> Test:
    return lambda facts: speaker in facts.speakers


def _has_source(source: str) -> Test:
    if source.startswith("-"):
        return lambda facts: source[1:] not in facts.told
    return lambda facts: source in facts.told


def _has_words(text: str) -> Test:
    """Every word, or a part of one, in the statement or a wording, and every phrase in quotation marks whole in one.

    A number alone also finds the claim it is of.
    """
    rest, quoted = split_phrases(fold(text))
    words, phrases = rest.split(), quoted.patterns
    passed: dict[int, bool] = {}

    def has_words(facts: ClaimFacts) -> bool:
        key = facts.claim.pk
        if key not in passed:
            texts = facts.texts()
            passed[key] = (not phrases and words == [str(facts.claim.number)]) or (
                all(any(word in text for text in texts) for word in words)
                and all(any(phrase.search(text) for text in texts) for phrase in phrases)
            )
        return passed[key]

    return has_words


def find_options(
    choice: LedgerChoice, all_facts: Iterable[ClaimFacts], tests: Mapping[str, Test], columns: Sequence[Column]
) -> dict[str, tuple[Option, ...]]:
    """What each filter offers. A count is what the list would hold if only that filter were changed to it."""
    everything = list(all_facts)

    def beside(group: str) -> list[ClaimFacts]:
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


def _text_rank(facts: ClaimFacts) -> _Rank:
    return (facts.claim.is_retired, facts.claim.position, facts.claim.number)


def _gravity_rank(facts: ClaimFacts) -> _Rank:
    """The gravest kind first, then how many kinds; claims that do not differ come last."""
    gravest = min((GRAVITY[kind] for kind in facts.kinds), default=len(GRAVITY))
    return (gravest, -len(facts.kinds), *_text_rank(facts))


def _sources_rank(facts: ClaimFacts) -> _Rank:
    return (-facts.claim.source_count, -facts.claim.independent_count, *_text_rank(facts))


def _checked_rank(facts: ClaimFacts) -> _Rank:
    """Nobody has looked, somebody is looking, one has judged, two have; among equals what is most worth a check."""
    steps = {UNCHECKED: 0, IN_PROGRESS: 1}
    step = steps.get(facts.claim.status, 3 if facts.claim.is_reviewed else 2)
    return (step, -facts.claim.check_worthiness, *_text_rank(facts))


RANKS: dict[str, Callable[[ClaimFacts], _Rank]] = {
    "text": _text_rank,
    "gravity": _gravity_rank,
    "sources": _sources_rank,
    "checked": _checked_rank,
}
