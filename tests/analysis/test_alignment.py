"""Which passages are taken for one claim: on stories with gold, and where two outlets print the same."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.analysis.article import analyse_article
from articles.analysis.likeness import chance
from articles.analysis.story import compare_story
from articles.analysis.types import StoryArticle
from tests.evaluation.pairs import claimed_pairs, gold_stories


@pytest.fixture(scope="module")
def stories():
    return gold_stories()


def test_claims_of_the_gold_stories_do_not_get_worse(stories):
    """Eight stories of three outlets each, in which one fact is told in three ways."""
    total: Counter[str] = Counter()
    for story in stories:
        claims = [
            [(a.article, a.span) for a in claim.appearances if a.band == "suggested"]
            for claim in compare_story(story.articles).claims
        ]
        total.update(claimed_pairs(story, claims))
    assert total["gold"] > 250
    precision, recall = total["right"] / total["found"], total["right"] / total["gold"]
    assert precision >= 0.88, f"precision {precision:.3f}"
    assert 2 * precision * recall / (precision + recall) >= 0.70, f"recall {recall:.3f}, precision {precision:.3f}"


def test_two_outlets_that_print_one_text_agree_in_all_of_it(stories):
    lone = claims = 0
    for story in stories:
        for article in story.articles:
            twice = [StoryArticle(n, f"Outlet {n}", article.analysis) for n in (1, 2)]
            for claim in compare_story(twice).claims:
                claims += 1
                lone += len({a.article for a in claim.appearances if a.band == "suggested"}) < 2
    assert lone < 0.01 * claims


def test_every_clause_of_two_sentences_finds_its_counterpart():
    """A difference in the second clause is one that an editor looks for just as much."""
    texts = (
        "Fleet\n\nThe company fired 12 sailors, while the minister ordered three inquiries into the pier at Aldmouth.",
        "Fleet\n\nThe company fired 14 sailors, while the minister ordered three inquiries into the pier at Aldmouth.",
    )
    articles = [StoryArticle(n, f"Outlet {n}", analyse_article(text)) for n, text in enumerate(texts)]
    claims = [c for c in compare_story(articles).claims if len({a.article for a in c.appearances}) == 2]
    reasons = [d.reason for c in claims for d in c.divergences]
    assert any("12" in reason and "14" in reason for reason in reasons)
    assert any("minister" in c.statement and not c.divergences for c in claims)


@given(st.floats(-1e9, 1e9))
@settings(max_examples=50)
def test_chance_stays_between_nothing_and_one(logit):
    assert 0 < chance(logit) < 1


def test_two_ages_of_one_person_are_two_numbers():
    texts = (
        "A rider leaves\n\nTom Reed, 27, left the team in Lerby on Monday after a long dispute.",
        "A rider goes\n\nTom Reed, a 28-year-old sprinter, left the team in Lerby on Monday after a long dispute.",
    )
    articles = [StoryArticle(n, f"Outlet {n}", analyse_article(text)) for n, text in enumerate(texts)]
    found = [d for c in compare_story(articles).claims for d in c.divergences]
    assert [(d.kind, d.reason) for d in found] == [("quantity", "Outlet 0: 27; Outlet 1: 28-year-old.")]
