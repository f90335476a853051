"""One person or body is one row of the story, however each outlet writes the name, and two are never one by guess."""

import itertools

import pytest

from articles.analysis.article import analyse_article
from articles.analysis.people import merge_entities
from articles.analysis.types import ArticleAnalysis, DecidedIdentity, Entity, EntityKind


def together(*names: tuple[str, EntityKind] | tuple[str, EntityKind, str]) -> set[frozenset[int]]:
    """Which of the names, each in an article of its own, are one; the same in every order of the articles."""
    articles = [
        (key, ArticleAnalysis("", entities=(Entity(name, kind, tuple(aliases)),)))
        for key, (name, kind, *aliases) in enumerate(names)
    ]
    results = {
        frozenset(frozenset(key for key, _ in e.members) for e in merge_entities(order))
        for order in itertools.permutations(articles)
    }
    assert len(results) == 1
    return set(results.pop())


def one(count: int) -> set[frozenset[int]]:
    return {frozenset(range(count))}


def apart(count: int) -> set[frozenset[int]]:
    return {frozenset((n,)) for n in range(count)}


@pytest.mark.parametrize(
    "names",
    [
        [
            ("WHO", "organisation"),
            ("World Health Organization", "organisation"),
            ("World Health Organisation", "organisation", "WHO"),
        ],
        [("Fishing Centre", "organisation"), ("Fishing Center", "organisation")],
        [("Labour", "organisation"), ("Labour Party", "organisation")],
        [("VW", "organisation"), ("Volkswagen", "organisation")],
        [("DoT", "organisation"), ("Department of Transportation", "organisation")],
        [("Northern Anglers Federation", "organisation", "NAF"), ("NAF", "organisation")],
        [("Northern Anglers Federation", "organisation"), ("NAF", "other")],
        [("Acme Corp", "organisation"), ("Acme", "organisation")],
        [("Acme Corp", "organisation"), ("Acme", "person")],
        [("Hurricane Ida", "event"), ("Ida", "event")],
        [("James Cole", "person"), ("Jim Cole", "person"), ("Cole", "person")],
        [("Hilda Cole", "person"), ("Hilda Ray Cole", "person"), ("Hilda R. Cole", "person")],
    ],
)  # fmt: skip
def test_forms_of_one_name_are_one(names: list[tuple[str, EntityKind]]) -> None:
    assert together(*names) == one(len(names))


@pytest.mark.parametrize(
    "names",
    [
        [("James Cole", "person"), ("Peter Cole", "person")],
        [("James Cole", "person"), ("Peter Cole", "person"), ("Cole", "person")],
        [("James Cole", "person"), ("J. Cole", "person"), ("Jane Cole", "person")],
        [("Hilda R. Cole", "person"), ("Hilda S. Cole", "person")],
        [("World Fishing Council", "organisation"), ("West Forest Club", "organisation"), ("WFC", "organisation")],
        [("Ford", "organisation"), ("Ford Foundation", "organisation")],
        [("Low", "place"), ("Anna Low", "person")],
    ],
)
def test_names_without_evidence_stay_apart(names: list[tuple[str, EntityKind]]) -> None:
    assert together(*names) == apart(len(names))


def test_two_people_of_one_article_stay_two() -> None:
    both = ArticleAnalysis("", entities=(Entity("James Cole", "person"), Entity("Jim Cole", "person")))
    assert len(merge_entities([(1, both)])) == 2


def test_what_people_decided_is_joined_first_and_never_crossed() -> None:
    names = ("World Health Organization", "World Health Organisation", "WHO", "Clinic Board")
    articles = [(n, ArticleAnalysis("", entities=(Entity(name, "organisation"),))) for n, name in enumerate(names)]
    decided = (DecidedIdentity(0, 0, 7), DecidedIdentity(1, 0, 8), DecidedIdentity(3, 0, 7))
    found = {e.identity: {key for key, _ in e.members} for e in merge_entities(articles, decided)}
    assert found[7] >= {0, 3}
    assert 1 in found[8]
    assert sum(len(members) for members in found.values()) == 4


def test_texts_on_one_body_meet() -> None:
    texts = (
        "The WHO said the well was unsafe.",
        "The World Health Organization said the well was unsafe.",
        "The World Health Organisation (WHO) said the well was unsafe.",
    )
    merged = merge_entities([(n, analyse_article(f"A headline\n\n{text}")) for n, text in enumerate(texts)])
    assert [{key for key, _ in e.members} for e in merged] == [{0, 1, 2}]


@pytest.mark.parametrize(
    ("names", "head"),
    [
        (["Liv Ostberg", "Liv Østberg", "Liv Østberg"], "Liv Østberg"),
        (["Liv Ostberg", "Liv Østberg"], "Liv Østberg"),
        (["Hilda Cole", "Hilda Cole", "Hilda Ray Cole"], "Hilda Ray Cole"),
    ],
)
def test_name_most_articles_print_in_full_is_the_head(names: list[str], head: str) -> None:
    for order in itertools.permutations(enumerate(names)):
        articles = [(key, ArticleAnalysis("", entities=(Entity(name, "person", ()),))) for key, name in order]
        assert [entity.name for entity in merge_entities(articles)] == [head]
