"""The laws of the marks that people see: complete, symmetric, stable, and true of what they say."""

import random
import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.analysis.wording import folded_words
from articles.models import DivergenceKind
from articles.reading.apart import find_shown
from articles.reading.cells import Parting, Source, Speech, find_cells
from articles.reading.wordings import Comparison, Passage, compare_passages, words_apart

# No two of them are forms or spellings of one word.
WORDS = st.sampled_from(
    ["the", "harbour", "Monday", "closed", "4,500", "Dahl", "Dahl’s", "was", "not", "We’ve", "never", "boats", "twelve"]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=10).map(" ".join)


@st.composite
def passages(draw: st.DrawFn) -> list[Passage]:
    """Passages of up to four sources; some quoted, some with words that decide."""
    found = []
    for key in range(draw(st.integers(1, 6))):
        text = draw(TEXTS)
        spans = [(start, start + len(word)) for word in set(text.split()) if (start := text.find(word)) >= 0]
        decisive = tuple(sorted(draw(st.sets(st.sampled_from(spans), max_size=2))))
        quoted = (min(start for start, _ in spans), len(text)) if draw(st.booleans()) else None
        found.append(Passage(key, draw(st.integers(0, 3)), text, quoted, decisive))
    return found


def keys(text: str) -> set[str]:
    return {key.removesuffix("'s") for key in folded_words(text)}


def compared_keys(compared: Comparison, given_passages: list[Passage]) -> set[int]:
    """The passages that were compared: one a source, as the comparison says."""
    among = [p for p in given_passages if p.quoted] if compared.way == "quoted" else given_passages
    chosen: dict[int, int] = {}
    for passage in sorted(among, key=lambda p: (not p.decisive, p.key)):
        chosen.setdefault(passage.source, passage.key)
    return set() if compared.way == "single" else set(chosen.values())


def unmarked_words(compared: Comparison, passage: Passage) -> list[str]:
    """The whole words of a passage no part of which is marked as its source's alone or as what decides."""
    pieces = compared.pieces[passage.key]
    is_left = [piece.rank < 2 and not piece.is_tail for piece in pieces for _ in piece.words]
    return [word.group() for word in re.finditer(r"\S+", passage.text) if all(is_left[word.start() : word.end()])]


@given(passages())
def test_pieces_are_the_passage(given_passages):
    compared = compare_passages(given_passages)
    for passage in given_passages:
        assert "".join(piece.words for piece in compared.pieces[passage.key]) == passage.text


@given(passages())
def test_word_said_to_be_of_this_source_only_stands_in_no_other(given_passages):
    compared = compare_passages(given_passages)
    for passage in given_passages:
        others = set().union(*(keys(p.text) for p in given_passages if p.source != passage.source))
        for piece in compared.pieces[passage.key]:
            if piece.rank == 2:
                assert not keys(piece.words) & others


# What decides may be a part of a word, and the rest of it is no word of its own.
@example([Passage(0, 0, "Dahl"), Passage(1, 1, "Dahl’s Dahl", decisive=((0, 4),))])
@given(passages())
def test_word_of_this_source_only_is_marked(given_passages):
    """Complete: in quotations every such word; in prose that is alike every word that says something."""
    compared = compare_passages(given_passages)
    function_words = {"the", "was", "we", "have"}
    for passage in given_passages:
        if compared.way == "reworded" or passage.key not in compared_keys(compared, given_passages):
            continue
        others = set().union(*(keys(p.text) for p in given_passages if p.source != passage.source))
        left = set().union(*map(keys, unmarked_words(compared, passage))) - others
        assert left <= (set() if compared.way == "quoted" else function_words)


@given(passages())
def test_words_that_decide_have_their_own_rank(given_passages):
    compared = compare_passages(given_passages)
    for passage in given_passages:
        at = 0
        for piece in compared.pieces[passage.key]:
            inside = any(start <= at and at + len(piece.words) <= end for start, end in passage.decisive)
            if piece.rank == 3:
                touched = [
                    (start, end) for start, end in passage.decisive if start < at + len(piece.words) and at < end
                ]
                assert touched
            elif inside and piece.words and passage.key in compared_keys(compared, given_passages):
                pytest.fail(f"{piece.words!r} decides and is not marked so")
            at += len(piece.words)


@given(passages(), st.randoms())
def test_order_of_the_passages_changes_nothing(given_passages, chance: random.Random):
    shuffled = list(given_passages)
    chance.shuffle(shuffled)
    assert compare_passages(shuffled) == compare_passages(given_passages)


@given(passages(), st.permutations(range(4)))
def test_names_of_the_sources_change_nothing(given_passages, names):
    """Symmetric: which source is which does not count, so swapping two swaps their marks."""
    renamed = [replace(passage, source=names[passage.source]) for passage in given_passages]
    assert compare_passages(renamed) == compare_passages(given_passages)


@given(TEXTS, st.integers(2, 5), st.booleans())
def test_equal_passages_have_no_marks(text, count, is_quoted):
    alike = [Passage(n, n, text, (0, len(text)) if is_quoted else None) for n in range(count)]
    compared = compare_passages(alike)
    assert compared.ranks == {0}
    assert not compared.has_gaps


# --- Cases an editor would check by hand --------------------------------------------------------------------------


def marked(compared: Comparison, key: int) -> list[tuple[str, int]]:
    return [(piece.words, piece.rank) for piece in compared.pieces[key] if piece.rank]


def decided(key: int, text: str, word: str = "") -> Passage:
    at = text.find(word)
    return Passage(key, key, text, None, ((at, at + len(word)),) if word else ())


def test_value_that_decides_is_not_said_to_be_one_sources_alone():
    same = "The hull cost {} to mend, the yard said."
    compared = compare_passages(
        [decided(n, same.format(cost), cost) for n, cost in enumerate(["12 million", "12 million", "11 million"])]
    )
    assert [marked(compared, n) for n in range(3)] == [[("12 million", 3)], [("12 million", 3)], [("11 million", 3)]]


def test_word_that_only_moved_is_not_said_to_be_one_sources_alone():
    texts = ["on Monday the harbour was closed", "the harbour was closed on Monday"]
    compared = compare_passages([Passage(n, n, text, (0, len(text))) for n, text in enumerate(texts)])
    assert compared.ranks == {0, 1}


def test_possessive_is_no_other_word():
    compared = compare_passages(
        [decided(0, "Dahl’s boats sank in the bay."), decided(1, "Boats of Dahl sank in the bay.")]
    )
    assert compared.ranks == {0}


def test_passage_told_anew_shows_its_figures_names_and_negations():
    compared = compare_passages(
        [
            decided(0, "The yard of Lena Dahl mended 12 boats before the winter storms arrived."),
            decided(1, "Nobody had expected that so many vessels could be repaired, a witness in Norvik said."),
        ]
    )
    assert compared.way == "reworded"
    assert marked(compared, 0) == [("Lena Dahl", 2), ("12", 2)]
    assert marked(compared, 1) == [("Nobody", 2), ("Norvik", 2)]


def test_capitals_of_a_headline_are_no_names():
    compared = compare_passages(
        [
            decided(0, "Harbour Closed After Heavy Autumn Storm"),
            decided(1, "Ships wait outside Norvik until wind drops below force 9"),
        ]
    )
    assert [marked(compared, n) for n in (0, 1)] == [[], [("Norvik", 2), ("9", 2)]]


def test_word_of_a_second_passage_of_another_source_is_not_alone():
    compared = compare_passages(
        [
            decided(0, "Twelve boats sank in the bay on Monday."),
            decided(1, "Boats sank in the bay."),
            Passage(2, 1, "It was on Monday."),
        ]
    )
    assert marked(compared, 0) == [("Twelve", 2)]


def test_what_a_passage_lacks_is_said_where_it_has_nothing_of_its_own():
    texts = ["we have it well in hand", "we have it well in hand", "we have it in hand"]
    compared = compare_passages([Passage(n, n, text, (0, len(text))) for n, text in enumerate(texts)])
    assert words_apart(compared, 0) == "“well”"
    assert words_apart(compared, 2) == "without “well”"


@pytest.mark.parametrize("kind", DivergenceKind.values)
def test_cell_that_differs_has_a_letter_and_a_value(kind: str):
    """Whatever the kind; a source that is on no side of the difference has both, or says the claim."""
    told = [
        Passage(0, 0, "“We will leave here at once,” she said on Monday."),
        Passage(1, 1, "She said they would leave at once."),
        Passage(2, 2, "They leave at once."),
    ]
    values = {0: "We will leave here at once", 1: told[1].text}
    speeches = [Speech(key, True, "positive", "CT+") for key in range(3)]
    sources = [Source("full", True, None, "unknown", (speech,)) for speech in speeches]
    for shown in (values, {0: "here", 1: "would"}):
        parting = Parting(kind, shown, find_shown(kind, tuple(told), shown))
        cells = find_cells(sources, [parting])
        assert [cell.kind for cell in cells[:2]] == ["differs"] * 2
        assert all(variant.letter and variant.value for cell in cells for variant in cell.variants)
        assert [bool(cell.variants) for cell in cells] == [cell.kind == "differs" for cell in cells]
        assert len({variant.letter for cell in cells for variant in cell.variants}) >= 2


def test_letters_of_a_column_with_two_variants_stand_by_their_own_values():
    speeches = [Speech(key, True, "positive", "CT+") for key in range(3)]
    sources = [
        Source("full", True, None, "unknown", (speeches[0],)),
        Source("full", True, None, "unknown", (speeches[1], speeches[2])),
    ]
    # The second column has the later value first.
    cells = find_cells(sources, [Parting("quantity", {0: "12", 1: "11", 2: "12"})])
    assert [[(v.letter, v.value) for v in cell.variants] for cell in cells] == [
        [("a", "12")],
        [("a", "12"), ("b", "11")],
    ]


def test_second_passage_of_a_column_makes_no_variant_of_its_own():
    speeches = [Speech(key, True, "positive", "CT+") for key in range(3)]
    sources = [
        Source("full", True, None, "unknown", (speeches[0], speeches[1])),
        Source("full", True, None, "unknown", (speeches[2],)),
    ]
    parting = Parting("certainty", {0: "may", 2: "reportedly"}, {1: "without reserve"})
    cells = find_cells(sources, [parting])
    assert [[v.letter for v in cell.variants] for cell in cells] == [["a"], ["b"]]


def test_letters_run_in_the_order_of_the_columns():
    """Also where the first column is on no side of the difference."""
    speeches = [Speech(key, True, "positive", "CT+") for key in range(3)]
    sources = [Source("full", True, None, "unknown", (speech,)) for speech in speeches]
    cells = find_cells(sources, [Parting("certainty", {1: "may", 2: "reportedly"}, {0: "without reserve"})])
    assert [[(v.letter, v.value) for v in cell.variants] for cell in cells] == [
        [("a", "without reserve")],
        [("b", "may")],
        [("c", "reportedly")],
    ]


def test_source_on_no_side_of_a_difference_says_the_claim():
    """It may have a number that a side has: that it is on none is all that is known."""
    speeches = [Speech(key, True, "positive", "CT+") for key in range(3)]
    sources = [Source("full", True, None, "unknown", (speech,)) for speech in speeches]
    cells = find_cells(sources, [Parting("quantity", {1: "12", 2: "11"})])
    assert [(cell.kind, [v.letter for v in cell.variants]) for cell in cells] == [
        ("says", []),
        ("differs", ["a"]),
        ("differs", ["b"]),
    ]


def test_values_of_one_variant_have_one_letter():
    speeches = [Speech(key, True, "positive", "CT+") for key in range(3)]
    sources = [Source("full", True, None, "unknown", (speech,)) for speech in speeches]
    told = {0: "Mayor Low", 1: "Anna Low", 2: "the port"}
    cells = find_cells(sources, [Parting("attribution", told, variants={0: 0, 1: 0, 2: 1})])
    assert [[(v.letter, v.value) for v in cell.variants] for cell in cells] == [
        [("a", "Mayor Low")],
        [("a", "Anna Low")],
        [("b", "the port")],
    ]
