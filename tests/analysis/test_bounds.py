"""Work stays near linear, the comparison's is capped: counted in operations, because seconds depend on the machine."""

import sys
from datetime import date
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.analysis import alignment, clustering, shared_copy
from articles.analysis.article import analyse_article
from articles.analysis.claims import MOST_SENTENCES, find_propositions
from articles.analysis.sentences import split_sentences
from articles.analysis.statements import LONGEST, split_clauses
from articles.analysis.story import compare_story
from articles.analysis.types import ArticleAnalysis, Span, StoryArticle

from .strategies import PIECES


def article(key, text):
    return StoryArticle(key, f"Outlet {key}", ArticleAnalysis(text, sentences=split_sentences(text)))


@pytest.fixture
def counted(monkeypatch):
    """How often the steps that could be repeated for every pair were taken."""
    calls = {"scores": 0, "joins": 0, "runs": 0}

    def count(module, name, key):
        original = getattr(module, name)

        def counting(*args):
            calls[key] += 1
            return original(*args)

        monkeypatch.setattr(module, name, counting)

    count(alignment, "signs", "scores")
    count(clustering._Clustering, "_is_close", "joins")
    count(shared_copy, "_follows", "runs")
    return calls


REFRAIN = "The same sentence about the harbour and the mayor stands here again. "


def test_a_refrain_is_not_compared_with_all_its_repetitions(counted):
    text = "Head\n\n" + REFRAIN * 20_000
    compare_story([article(1, text), article(2, text + " ")])
    assert counted["scores"] <= 2 * MOST_SENTENCES
    assert counted["joins"] <= 2 * MOST_SENTENCES
    assert counted["runs"] <= 40 * len(REFRAIN.split()) * 20_000


def test_a_text_without_full_stop_is_one_sentence_cut_at_its_beginning_only(counted):
    text = "Head\n\n" + "and he was there, running, and then " * 50_000
    (sentence,) = split_sentences(text)[1:]
    assert all(part.span.start < sentence.span.start + LONGEST for part in split_clauses(text, sentence.span))
    compare_story([article(1, text), article(2, "Head\n\n" + text)])
    assert counted["scores"] <= LONGEST


def test_sentences_beyond_the_cap_are_not_compared():
    text = "Head\n\n" + " ".join(f"Number {n} was drawn by lot {n * 7} on the quay." for n in range(3 * MOST_SENTENCES))
    analysis = ArticleAnalysis(text, sentences=split_sentences(text))
    assert len({p.sentence for p in find_propositions(analysis)}) == MOST_SENTENCES


def test_any_cut_is_inside_the_sentence():
    for text in ("", ",", ", and", "- - - -", "—" * 500, "which who whose " * 100, "a, with, with, with of of of"):
        parts = split_clauses(text, Span(0, len(text)))
        assert all(0 <= p.span.start <= p.span.end <= len(text) for p in parts)


# An operation is a function called or returned from, ours or one of the language's: the same count on every machine.
MADE = (
    "word ", "a", ".", "“", '"', "'", "«", "‘a’ ", "“a” ", "A. ", "A.B.", "U.S. ", "Dr. ", "said ", "He said that ",
    "according to ", "Low said, ", "Anna Low ", "Anna and ", "Mayor ", "Bank of the ", "1", "1,000,", "12 ", "five ",
    "5 to ", "March ", "1-", "$", "(", ") ", "a-", "— ", "@", "x.com ", "\t", "é", "not ", "he ", "of the ", " and",
    "ANNA LOW: b.\n", "by Anna Low\n", "“Yes,” he said. ", "THE ", "THE MAYOR OF LEEDS SAID THE DAM FAILED IN 2010. ",
    "am 3. März ", "Le maire de Lyon. ", "市长说。", "(AP) — ", "told The Post of ", "A.A",
    "The ferry sank ‘maybe’ ‘maybe’",
)  # fmt: skip


# Long enough for any text that begins with it to be read as English, with everything that is found in English.
ENGLISH = "Head\n\n" + "The mayor said on Monday that it would be there when all of them were here. " * 80 + "\n\n"


def operations(text: str) -> int:
    """What the analysis of one article takes."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(counted)
    try:
        analyse_article(text, published=date(2020, 3, 12))
    finally:
        sys.setprofile(None)
    return count


def assert_linear(piece: str, *, most: int, lead: str = "Head\n\n") -> None:
    small, large = (lead + piece * (size // len(piece)) for size in (2_000, 8_000))
    # What is read and remembered once is not the work of the first text.
    operations(small)
    before = operations(lead)
    few, many = operations(small) - before, operations(large) - before
    assert many <= most * len(large)
    # Four times the text: quadratic work would take sixteen times as much; some windows fill up in the larger one only.
    assert many <= 6 * few + 1_000


@pytest.mark.parametrize("piece", MADE)
def test_the_analysis_of_an_article_is_linear_in_what_is_repeated(piece):
    assert_linear(piece, most=200)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(PIECES + MADE), min_size=1, max_size=6).map(" ".join))
def test_the_analysis_of_an_article_is_linear_in_any_mix(piece):
    # Every quotation of a sentence is weighed against the words for saying near it.
    assert_linear(piece, most=2_000, lead=ENGLISH)


@pytest.mark.parametrize("piece", ["A.", "(AP) — ", "Low told The ", "a", "Reporting by a ", " ", "“", "1,"])
def test_no_pattern_blows_up(piece):
    # A pattern's own steps are not operations that could be counted; one that blew up would never come back.
    assert analyse_article("Head\n\n" + piece * (100_000 // len(piece)))


def test_capitals_are_not_much_more_work_than_other_letters():
    sentence = "The mayor of Leeds said that the dam of Dorton had failed in 2010 and in May. "
    assert operations("Head\n\n" + sentence.upper() * 50) <= 2 * operations("Head\n\n" + sentence * 50)
