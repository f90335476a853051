"""Stories as a whole: claims across articles, divergences, and independence of the order of the articles."""

import itertools
import json
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from articles.analysis.article import analyse_article
from articles.analysis.sentences import split_sentences
from articles.analysis.story import compare_story
from articles.analysis.types import ArticleAnalysis, StoryArticle

FERRY_A = """Ferry runs aground off Low Bay with 120 people on board

The ferry Morning Star ran aground off Low Bay on Monday with 120 people on board, the coast guard said.

“We heard a loud bang and then the lights went out in the whole cabin,” passenger Erin Stone told reporters.

The ship's operator said the hull was not damaged. Twelve people were treated for cuts in the harbour hospital.

The council will pay for the hotel rooms of the stranded passengers."""
FERRY_B = """Passengers rescued after ferry hits rocks

The Morning Star, a ferry with at least 120 people on board, ran aground off Low Bay on Monday.

“We heard a really loud bang, and then the lights went out in the whole cabin,” said Erin Stone, a passenger.

The hull was damaged, divers found on Tuesday. Fifteen people were treated for cuts in the harbour hospital."""
FERRY_C = """Low Bay: ferry stuck on rocks

A ferry ran aground off Low Bay on Monday. The Morning Star reportedly had 120 people on board.

A school choir sang for the waiting families."""


def story(*texts, roles=None):
    return [
        StoryArticle(key, f"Outlet {key}", analyse_article(text), role=(roles or {}).get(key, "source"))
        for key, text in enumerate(texts, 1)
    ]


def claim_with(analysis, articles, *words):
    """The claims whose appearances hold all the words."""
    texts = {a.key: a.analysis.text for a in articles}
    return [
        claim
        for claim in analysis.claims
        if any(all(w in texts[a.article][a.span.start : a.span.end] for w in words) for a in claim.appearances)
    ]


def live_articles(claim):
    return {a.article for a in claim.appearances if a.band == "suggested"}


@pytest.fixture(scope="module")
def ferry():
    articles = story(FERRY_A, FERRY_B, FERRY_C)
    return articles, compare_story(articles)


def test_one_fact_of_three_outlets_is_one_claim(ferry):
    articles, analysis = ferry
    (claim,) = [c for c in claim_with(analysis, articles, "ran aground") if len(live_articles(c)) > 1]
    assert live_articles(claim) == {1, 2, 3}


def test_a_passage_of_one_outlet_is_a_claim_of_its_own(ferry):
    articles, analysis = ferry
    (claim,) = claim_with(analysis, articles, "choir")
    assert live_articles(claim) == {3}
    assert claim.divergences == ()
    assert claim.statement == "A school choir sang for the waiting families."


@pytest.mark.parametrize(
    ("publisher", "reason"),
    [
        ("Post", "Courier and Kestrel have it from one outlet, Dyke Daily Herald"),
        ("Dyke Daily Herald", "Courier and Kestrel have it from Dyke Daily Herald"),
    ],
)
def test_reason_of_an_origin_names_the_outlet_as_it_is_printed(publisher, reason):
    lines = {
        "Kestrel": "The old dam above Alderby was leaking at its foot, the Dyke Daily Herald reported.",
        "Courier": "The Herald reported that the old dam above Alderby was leaking at its foot.",
        publisher: "The old dam above Alderby was leaking at its foot.",
    }
    articles = [
        StoryArticle(key, outlet, analyse_article(f"News of {outlet}\n\n{line}"))
        for key, (outlet, line) in enumerate(lines.items())
    ]
    (claim,) = claim_with(compare_story(articles), articles, "leaking")
    assert {*filter(None, claim.origin_reasons)} == {reason}


def test_two_wordings_of_one_quotation_are_named(ferry):
    articles, analysis = ferry
    (claim,) = claim_with(analysis, articles, "loud bang")
    wording = next(d for d in claim.divergences if d.kind == "quote_wording")
    assert {claim.appearances[s.appearance].article for s in wording.sides} == {1, 2}
    assert "Outlet 1" in wording.reason
    assert "Outlet 2" in wording.reason


def test_every_span_lies_in_its_text(ferry):
    articles, analysis = ferry
    length = {a.key: len(a.analysis.text) for a in articles}
    for claim in analysis.claims:
        assert claim.appearances
        for appearance in claim.appearances:
            assert 0 <= appearance.span.start < appearance.span.end <= length[appearance.article]
        for divergence in claim.divergences:
            sides = [claim.appearances[s.appearance] for s in divergence.sides]
            assert len({a.article for a in sides}) >= 2
            for side, appearance in zip(divergence.sides, sides, strict=True):
                assert 0 <= side.span.start < side.span.end <= length[appearance.article]
                assert side.value


def test_the_order_of_the_articles_does_not_matter(ferry):
    articles, analysis = ferry
    for order in itertools.permutations(articles):
        assert compare_story(order) == analysis


def test_keys_order_nothing(ferry):
    articles, analysis = ferry
    renamed = {1: 30, 2: 10, 3: 20}
    other = compare_story([StoryArticle(renamed[a.key], a.outlet, a.analysis) for a in articles])
    assert [c.statement for c in other.claims] == [c.statement for c in analysis.claims]
    assert [[(renamed[a.article], a.span) for a in c.appearances] for c in analysis.claims] == [
        [(a.article, a.span) for a in c.appearances] for c in other.claims
    ]


def test_one_article_and_none_are_stories_too():
    assert compare_story([]).claims == ()
    alone = compare_story(story(FERRY_C))
    assert all(len(claim.appearances) == 1 for claim in alone.claims)
    assert compare_story([StoryArticle(1, "Empty", ArticleAnalysis(""))]).claims == ()


def test_the_same_text_of_two_outlets_is_shared_copy_and_one_origin():
    articles = story(FERRY_A, FERRY_A)
    analysis = compare_story(articles)
    assert analysis.origin_groups == ((1, 2),)
    assert analysis.shared
    for claim in analysis.claims:
        assert live_articles(claim) == {1, 2}
        assert claim.divergences == ()
        assert len(claim.origins) == 1
        assert "share" in claim.origin_reasons[0]


def test_an_agency_credit_makes_one_origin():
    body = "\n\nLOW BAY (AP) — {} Rain fell on the harbour for a third day."
    articles = story(
        "Rain" + body.format("Nobody was hurt."), "Wet" + body.format("Schools closed."), "Dry\n\nIt was dry."
    )
    assert compare_story(articles).origin_groups == ((1, 2), (3,))


def test_documents_are_compared_but_no_origin():
    articles = story(FERRY_B, FERRY_C, roles={2: "document"})
    analysis = compare_story(articles)
    shared = [c for c in analysis.claims if len(live_articles(c)) == 2]
    assert shared
    assert all(len(claim.origins) == 1 for claim in shared)


def test_credits_and_captions_are_no_claims():
    text = "Rain falls\n\nRain fell on the harbour.\n\nPhoto: Erin Stone/Low Bay Herald"
    analysis = compare_story(story(text))
    assert not any("Photo" in claim.statement for claim in analysis.claims)
    assert any("Rain fell" in claim.statement for claim in analysis.claims)


def test_entities_are_merged_across_articles():
    articles = story(
        "Vote\n\nMayor Anna Hollister resigned on Monday. Hollister said she was tired.",
        "Vote\n\nAnna Hollister, the mayor, stepped down. Mr. Brook praised Hollister.",
    )
    analysis = compare_story(articles)
    (person,) = [e for e in analysis.entities if "Hollister" in e.name]
    assert {key for key, _ in person.members} == {1, 2}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "word " * 60_000,
        "Head\n\n" + "The same sentence stands here again and again. " * 3_000,
        "Head\n\n" + "He said “no ” “ ” and " * 2_000,
        "Head\n\n" + "A," * 50_000,
        "Head\n\n" + "9 " * 40_000,
    ],
    ids=["empty", "no full stop", "refrain", "marks", "commas", "numbers"],
)
def test_bad_input_stays_alive(text):
    analysis = ArticleAnalysis(text, sentences=split_sentences(text))
    articles = [StoryArticle(n, f"Outlet {n}", analysis, datetime(2020, 1, n)) for n in (1, 2)]  # noqa: DTZ001
    for claim in compare_story(articles).claims:
        assert claim.statement
        assert all(a.span.start < a.span.end <= len(text) for a in claim.appearances)


def test_claims_that_share_a_passage_are_worded_apart():
    """Of the sample story two claims rest on one sentence beside others; each is said in words of its own."""
    path = Path(__file__).resolve().parents[2] / "config" / "sample_story.jsonl"
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = {each["outlet"]: f"{each['headline']}\n\n{each['text']}" for each in told}
    claims = compare_story(story(*texts.values())).claims
    places = Counter((a.article, a.span) for claim in claims for a in claim.appearances if a.band == "suggested")
    assert max(places.values()) > 1
    assert [words for words, count in Counter(claim.statement for claim in claims).items() if count > 1] == []
