"""The comparison's work is capped: counted in operations, because seconds depend on the machine."""

import pytest

from articles.analysis import alignment, clustering, shared_copy
from articles.analysis.claims import MOST_SENTENCES, find_propositions
from articles.analysis.sentences import split_sentences
from articles.analysis.statements import LONGEST, split_clauses
from articles.analysis.story import compare_story
from articles.analysis.types import ArticleAnalysis, Span, StoryArticle


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
