"""Where a sentence is cut into statements, and how a part reads as one."""

import pytest

from articles.analysis.statements import are_words_of_others, split_clauses, statement_of
from articles.analysis.types import Span
from articles.analysis.verbs import find_finite_verb, has_finite_verb


def parts(line, kept_whole=()):
    return [(line[p.span.start : p.span.end], p.kind) for p in split_clauses(line, Span(0, len(line)), kept_whole)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The quay was closed, and the ferry stayed out.", ["clause", "clause"]),
        ("The crane can lift cars, boats, and containers up to 20 tons.", ["clause"]),
        ("The crane can lift cars, including old ones.", ["clause"]),
        ("The crane can lift cars, including three that came by sea.", ["clause", "fragment"]),
        ("The navy sent two ships, reinforcing its patrols in the strait.", ["clause", "dependent"]),
        ("The firm delivered the pumps, which have been seen in the harbour.", ["clause", "dependent"]),
        ("Anna Low, who is mayor of the town, was chosen.", ["clause"]),
        ("The council of the town, which met twice, was dissolved.", ["clause"]),
        ("The mayor left early, according to people in the room.", ["clause"]),
        ("The mayor resigned as part of a deal, sources close to her said.", ["clause"]),
        ("The talks went on, while experts question the figures.", ["clause", "clause"]),
        ("The mayor opened the quay and vowed to repair it, but has not done so.", ["clause", "dependent"]),
        ("She left open what the law would allow, and what it would forbid.", ["clause"]),
        ("The mayor denied the charge — a charge she has heard before.", ["clause", "fragment"]),
        ("The port was closed after learning of the storm at sea.", ["clause", "fragment"]),
        ("Tolls on the bridge will rise; the council decides in May.", ["clause", "clause"]),
        ("The dam was built after 2019, the mayor of the town told reporters.", ["clause"]),
        ("The old tug sank, killing two men, but the cook swam ashore.", ["clause", "dependent", "clause"]),
        ("Members of the board — shocked by the news of the day — have urged a delay.", ["clause"]),
    ],
)
def test_a_cut_leaves_statements(line, expected):
    found = parts(line)
    assert [kind for _, kind in found] == expected
    assert " ".join(words for words, _ in found) == line.replace(" —" if len(expected) > 1 else "\n", "")


def test_two_measures_are_two_statements():
    line = "The bridge, with a span of 90 meters and a height of 12 meters, is out of use."
    found = split_clauses(line, Span(0, len(line)))
    statements = [statement_of(line, p.span, Span(0, len(line)), p.kind) for p in found]
    assert statements[1:] == ["[The bridge] has a height of 12 meters.", "[The bridge] is out of use."]


def test_nothing_is_cut_inside_a_quotation():
    line = "“We left early, and the boat sank,” she said."
    assert len(parts(line, [Span(1, 34)])) == 1


@pytest.mark.parametrize(
    ("line", "at", "statement"),
    [
        ("The tug sank, but nobody was hurt.", "but", "Nobody was hurt."),
        ("She spoke at length, as the council turns to other matters.", "as", "The council turns to other matters."),
        ("The navy sent ships, showing resolve.", "showing", "[The navy] showing resolve."),
        ("The firm sold pumps to the port, which rust quickly.", "which", "[The port] rust quickly."),
        ("Police met Anna Low, the mayor, who had called.", "who", "[Anna Low] had called."),
        ("“Go home,” Mayor Low said, closing the hall.", "closing", "[Mayor Low] closing the hall."),
    ],
)
def test_a_part_reads_as_a_statement(line, at, statement):
    start = line.index(at)
    kind = "clause" if at in ("but", "as") else "dependent"
    assert statement_of(line, Span(start, len(line)), Span(0, len(line)), kind) == statement


def test_a_quotation_mark_without_its_partner_is_left_out():
    assert statement_of("“We left early.", Span(0, 15)) == "We left early."
    assert statement_of("“We left,” she said.", Span(0, 20)) == "“We left,” she said."


@pytest.mark.parametrize(
    ("line", "statement"),
    [
        ("We left early,” she said.", "We left early, she said."),
        ('We left early," she said.', "We left early, she said."),
        ("We left early,” she said, “and in the dark.”", "We left early, she said, “and in the dark.”"),
        ('We left early," she said, "and in the dark."', 'We left early, she said, "and in the dark."'),
        ("She said “we left” early.", "She said “we left” early."),
        ('The 5" pipe burst early.', 'The 5" pipe burst early.'),
    ],
)
def test_end_of_a_quotation_begun_in_another_sentence_is_not_shown(line: str, statement: str) -> None:
    assert statement_of(line, Span(0, len(line))) == statement


def test_a_fragment_is_told_by_its_sentence():
    line = "The hall was closed, amid fears of another flood."
    assert statement_of(line, Span(21, len(line)), Span(0, len(line)), "fragment") == line


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the dam held", True),
        ("the dam is holding", True),
        ("they mount a defence", True),
        ("she votes on it", True),
        ("the broken dam", False),
        ("an overloaded ferry", False),
        ("three votes in the house", False),
        ("holding the line", False),
        ("", False),
    ],
)
def test_finite_verbs_are_told_by_closed_classes(words, expected):
    assert has_finite_verb(words) == expected


def test_a_long_text_is_read_no_further_than_needed():
    assert find_finite_verb("the " * 100_000 + "dam held") is None
    assert len(split_clauses("the dam held, and it is dry, " * 2_000, Span(0, 58_000))) < 400


def test_words_of_a_passage_are_told_from_those_of_others():
    one, other = "The lower road was closed on Monday.", "The lower road, he said, was open on Monday."
    assert not are_words_of_others(one, [one, other], [other])
    assert are_words_of_others(one, [other], [one])
    # Equally many: nothing says whose they are.
    assert not are_words_of_others("The road.", [one], [other])
    # The subject was added from the sentence, and the passage has all the rest.
    added = "[The navy] reinforcing its patrols."
    assert not are_words_of_others(added, ["reinforcing its patrols"], ["The navy is reinforcing its patrols at sea."])
