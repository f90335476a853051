"""The laws of flat segments, on which every highlight of a page rests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.analysis.segments import cut_segments, is_boundary

PLAIN = st.text(alphabet="ab cde\n", max_size=60)
ODD = st.text(alphabet=st.sampled_from("ae\u0301\u200d\ufe0f🇫🇷👩🏽🦰한\u1100\u1161\r\n "), max_size=40)


@st.composite
def marked(draw, texts):
    text = draw(texts)
    edges = st.integers(min_value=-2, max_value=len(text) + 2)
    marks = draw(st.lists(st.tuples(edges, edges, st.integers(0, 9)), max_size=12))
    return text, marks


@given(marked(PLAIN))
def test_pieces_joined_are_the_text(case):
    text, marks = case
    pieces = cut_segments(text, marks)
    assert "".join(text[p.start : p.end] for p in pieces) == text
    assert all(p.start < p.end for p in pieces)


@given(marked(PLAIN))
def test_pieces_of_a_mark_join_to_its_quote(case):
    text, marks = case
    pieces = cut_segments(text, [(start, end, number) for number, (start, end, _) in enumerate(marks)])
    for number, (start, end, _) in enumerate(marks):
        joined = "".join(text[p.start : p.end] for p in pieces if number in p.ids)
        assert joined == text[max(0, start) : max(0, end)]


@given(marked(ODD))
def test_pieces_are_few_and_begin_at_characters(case):
    text, marks = case
    pieces = cut_segments(text, marks)
    assert len(pieces) <= 2 * len(marks) + 1
    assert all(is_boundary(text, p.start) for p in pieces)


@given(marked(ODD))
def test_snapped_marks_cover_their_quote_and_no_whole_character_more(case):
    text, marks = case
    for start, end, number in marks:
        pieces = [p for p in cut_segments(text, [(start, end, number)]) if p.ids]
        low, high = max(0, start), min(len(text), end)
        if low >= high:
            assert pieces == []
            continue
        assert pieces[0].start <= low
        assert pieces[-1].end >= high
        assert not any(is_boundary(text, i) for i in range(pieces[0].start + 1, low + 1))
        assert not any(is_boundary(text, i) for i in range(high, pieces[-1].end))


@given(marked(ODD), st.randoms())
def test_order_of_marks_does_not_matter(case, random):
    text, marks = case
    shuffled = list(marks)
    random.shuffle(shuffled)
    assert cut_segments(text, marks) == cut_segments(text, shuffled)


def test_marks_that_cross_are_cut_at_each_edge():
    pieces = cut_segments("abcdefgh", [(1, 5, "claim"), (3, 7, "quote")])
    assert [(p.start, p.end, p.ids) for p in pieces] == [
        (0, 1, ()),
        (1, 3, ("claim",)),
        (3, 5, ("claim", "quote")),
        (5, 7, ("quote",)),
        (7, 8, ()),
    ]


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("e\u0301", 1),
        ("👩\u200d🦰", 1),
        ("👩\u200d🦰", 2),
        ("🇫🇷🇩🇪", 1),
        ("🇫🇷🇩🇪", 3),
        ("👍🏽", 1),
        ("\r\n", 1),
        ("\u1100\u1161", 1),
    ],
)
def test_no_edge_inside_what_is_read_as_one_character(text, index):
    assert not is_boundary(text, index)
    assert cut_segments(text, [(0, index, 1)])[0].end > index


def test_flags_are_parted_from_one_another():
    assert is_boundary("🇫🇷🇩🇪", 2)


def test_length_alone_is_enough_where_nothing_needs_snapping():
    assert cut_segments(6, [(1, 4, 1)]) == cut_segments("abcdef", [(1, 4, 1)])


def test_many_nested_marks_stay_quick():
    marks = [(n, 40_000 - n, n % 7) for n in range(2_000)]
    assert len(cut_segments("x" * 40_000, marks)) == 3_999
