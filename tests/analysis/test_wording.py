"""The laws of word-level differences, and the cases an editor would check by hand."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.analysis.wording import compare_wordings, find_gaps, folded_words, likeness

WORDS = st.sampled_from(
    ["the", "harbour", "was", "We’ve", "don't", "cannot", "closed", "4,500", "it's", "Nicolás", "will", "not"]
)
SENTENCES = st.lists(WORDS, max_size=9).map(" ".join)
TEXTS = st.lists(SENTENCES, min_size=1, max_size=4)


@given(TEXTS)
def test_words_cover_the_text_in_order(texts):
    for text, row in zip(texts, compare_wordings(texts), strict=True):
        assert [w.start for w in row] == sorted(w.start for w in row)
        assert all(a.end <= b.start for a, b in pairwise(row))
        left = text
        for word in reversed(row):
            left = left[: word.start] + left[word.end :]
        assert re.search(r"\w", left) is None


@given(TEXTS, st.randoms())
def test_order_of_texts_only_permutes_the_result(texts, random):
    order = list(range(len(texts)))
    random.shuffle(order)
    plain, shuffled = compare_wordings(texts), compare_wordings([texts[n] for n in order])
    assert [plain[n] for n in order] == list(shuffled)
    gaps, shuffled_gaps = find_gaps(texts), find_gaps([texts[n] for n in order])
    assert [gaps[n] for n in order] == list(shuffled_gaps)


@given(SENTENCES, st.integers(2, 4))
def test_equal_texts_share_every_word(text, count):
    assert all(word.rank == 0 for row in compare_wordings([text] * count) for word in row)
    assert not any(find_gaps([text] * count))


@given(SENTENCES, SENTENCES)
def test_two_texts_share_equally_many_words(left, right):
    one, two = compare_wordings([left, right])
    assert sum(w.rank == 0 for w in one) == sum(w.rank == 0 for w in two)
    assert 1 not in {w.rank for w in (*one, *two)}


@given(TEXTS)
def test_gaps_stand_between_words(texts):
    for text, gaps in zip(texts, find_gaps(texts), strict=True):
        assert all(0 <= gap.at <= len(text) and gap.words for gap in gaps)
        assert [gap.at for gap in gaps] == sorted(gap.at for gap in gaps)


def ranked(texts):
    return [
        [(text[w.start : w.end], w.rank) for w in row if w.rank]
        for text, row in zip(texts, compare_wordings(texts), strict=True)
    ]


def test_added_words_belong_to_one_text_and_are_missed_in_the_other():
    texts = [
        "We're watching the harbour because we have the town in hand",
        "We are surely watching the harbour, because we’ve got the town in hand",
    ]
    assert ranked(texts) == [[], [("surely", 2), ("got", 2)]]
    assert [gap.words for gap in find_gaps(texts)[0]] == ["surely", "got"]
    assert find_gaps(texts)[1] == ()


def test_a_word_of_two_of_three_texts_is_a_variant():
    texts = ["the old bridge", "the old bridge", "the bridge"]
    assert ranked(texts) == [[("old", 1)], [("old", 1)], []]
    assert [gap.words for gap in find_gaps(texts)[2]] == ["old"]


def test_case_accents_punctuation_and_contractions_are_no_difference():
    assert ranked(["We can’t go, José!", "we cannot go Jose"]) == [[], []]
    assert likeness("We can’t go, José!", "we cannot go Jose") == 1.0


@pytest.mark.parametrize(
    ("short", "long"), [("won't", "will not"), ("they'd", "they would"), ("it's", "it is"), ("isn’t", "is not")]
)
def test_contractions_fold_to_their_words(short, long):
    assert folded_words(short) == folded_words(long)


def test_possessives_are_not_contractions():
    assert folded_words("the mayor's car") == ("the", "mayor's", "car")


def test_empty_texts_are_alive():
    assert compare_wordings([]) == ()
    assert compare_wordings(["", "word"])[1][0].rank == 2
    assert find_gaps(["", "one word"])[0][0].words == "one word"


def test_long_texts_are_capped():
    left, right = "a b " * 30_000, "b c " * 30_000
    assert len(compare_wordings([left, right])[0]) == 60_000
