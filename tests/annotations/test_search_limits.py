"""What the search must not find, how far it looks, and that nothing typed can break it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article, Story
from articles.search import finding
from tests.annotations.searching import HTMX, QUICK, counts, make_garcia, make_note, titles
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["by the index", "by walking back"])
def desk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, as_user, reader: User) -> Client:
    """A reader's, for whom texts are found in both ways: rare words and frequent ones."""
    if request.param == "by walking back":
        monkeypatch.setattr(finding, "FREQUENT", -1)
    return as_user(reader)


def test_hidden_stories_are_neither_found_nor_counted(desk: Client) -> None:
    story = make_garcia()
    make_note(story.claims.order_by("position")[0], "García confirms.")
    assert all(counts(desk, "garcia")[kind] for kind in ("articles", "claims", "entities", "notes"))
    Story.objects.filter(pk=story.pk).update(is_hidden=True)

    for q in ("garcia", "alesund", "harbour"):
        assert set(counts(desk, q).values()) == {0}
        page = desk.get("/search/", {"q": q}).content.decode()
        assert "Nothing has all of these words" in page
        assert "García" not in page
    assert "El Faro" not in desk.get("/search/").content.decode()


def test_people_outside_search_nothing(client: Client, as_user) -> None:
    make_garcia()

    assert client.get("/search/", {"q": "garcia"}).status_code == 302
    assert client.get("/search/", {"q": "garcia"}, headers=QUICK).status_code == 401
    assert as_user(make_user("")).get("/search/", {"q": "garcia"}).status_code == 403


def test_more_than_can_be_ranked_is_said_to_be_more(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "CANDIDATES", 2)
    for number in range(4):
        make_story([make_article("One", f"Lighthouse {number}")])

    page = desk.get("/search/", {"q": "lighthouse"}).content.decode()

    assert "over 2" in page
    assert "The best of the newest 2" in page


def test_phrase_is_looked_for_in_the_newest_texts_and_the_page_says_so(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_story([make_article("One", "Red line in the old harbour")])
    for number in range(3):
        make_story([make_article("One", f"Line {number} is red")])
    make_story([make_article("One", "A red line again")])
    everything = desk.get("/search/", {"q": '"red line"', "kind": "articles"})
    assert titles(desk, '"red line"', "articles") == ["A red line again", "Red line in the old harbour"]
    assert "Looked for in the newest" not in everything.content.decode()

    monkeypatch.setattr(finding, "LOOKED_THROUGH", 3)

    page = desk.get("/search/", {"q": '"red line"', "kind": "articles"}).content.decode()
    assert titles(desk, '"red line"', "articles") == ["A red line again"]
    assert "Looked for in the newest 3 texts that have all of these words" in page
    assert "at least 1" in page
    # Exactly as many as are looked through: nothing was left out.
    monkeypatch.setattr(finding, "LOOKED_THROUGH", 5)
    assert titles(desk, '"red line"', "articles") == ["A red line again", "Red line in the old harbour"]
    assert "at least" not in desk.get("/search/", {"q": '"red line"'}).content.decode()


def test_phrase_of_which_none_of_the_newest_texts_is_one_says_where_it_looked(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "LOOKED_THROUGH", 2)
    make_story([make_article("One", "Red line in the old harbour")])
    for number in range(3):
        make_story([make_article("One", f"Line {number} is red")])

    page = desk.get("/search/", {"q": '"red line"', "kind": "articles"}).content.decode()

    assert "Looked for in the newest 2 texts" in page
    assert "Nothing has all of these words" not in page


def test_hidden_texts_take_no_place_among_those_looked_through(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "LOOKED_THROUGH", 2)
    make_story([make_article("One", "Red line in the old harbour")])
    for number in range(3):
        hidden = make_story([make_article("One", f"A red line {number}")])
        Story.objects.filter(pk=hidden.pk).update(is_hidden=True)

    response = desk.get("/search/", {"q": '"red line"', "kind": "articles"})

    assert titles(desk, '"red line"', "articles") == ["Red line in the old harbour"]
    assert counts(desk, '"red line"')["articles"] == 1
    assert "Looked for in the newest" not in response.content.decode()


def test_pages_hold_every_result_once_and_nothing_hidden(desk: Client) -> None:
    stories = [make_story([make_article("One", f"Lighthouse {number} lit", "Lamps were lit.")]) for number in range(43)]
    hidden = {story.pk for story in stories[::10]}
    Story.objects.filter(pk__in=hidden).update(is_hidden=True)
    for q in ("lighthouse", '"lamps were lit"'):
        urls = []
        for number in ("1", "2", "3"):
            response = desk.get("/search/", {"q": q, "kind": "articles", "page": number})
            (group,) = response.context["shown"]
            assert group.count == 38
            urls += [f"/articles/{hit.row.article_id}/" for hit in group.hits]
        shown = Article.objects.exclude(story__in=hidden).values_list("pk", flat=True)
        # Two pages; a third that was asked for by hand is the last one.
        assert sorted(urls[:38]) == sorted(f"/articles/{pk}/" for pk in shown)
        assert urls[38:] == urls[20:38]


def test_article_is_opened_at_the_words_found(desk: Client) -> None:
    make_story([make_article("One", "Harbour news 🚢", "Nothing new.\n\nThe lighthouse was lit at ten.")])

    page = desk.get("/search/", {"q": "lit lighthouse"})
    (group,) = [group for group in page.context["groups"] if group.kind == "articles"]
    version = group.hits[0].row
    start = version.text.index("lighthouse")
    assert group.hits[0].url == f"{version.get_absolute_url()}?start={start}&end={start + len('lighthouse')}#passage"
    assert desk.get(group.hits[0].url).status_code == 200
    # What stands in the headline alone is found on the article's own page.
    (group,) = [g for g in desk.get("/search/", {"q": "harbour"}).context["groups"] if g.kind == "articles"]
    assert group.hits[0].url == f"/articles/{version.article_id}/"


def test_articles_are_found_best_first(desk: Client) -> None:
    make_garcia()

    assert titles(desk, "garcia", "articles") == ["Señor García speaks", "Harbour open again"]


@pytest.mark.parametrize(
    "q",
    [
        "'; drop table articles_claim; --",
        "a & | !",
        "!!!",
        '"',
        '"" “” «»',
        '"unbalanced quote',
        'quo"ted mid"word',
        "x" * 10_000,
        "word " * 2_000,
        ":* <-> ( ) \\",
        "\\'",
        "%s %(x)s {0}",
        "the a of",
        "﹠ ＆ （ ） ｜ ： ＊",
        "ﷺ ½ ﬁ Å İ ß ς",
        "👩‍👩‍👧 🇻🇪",
        "नमस्ते мир 世界 שלום",
        "null\0byte",
        "\u0300\u0301",
        "a\u200bb\ufeff",
        "-1 1e5 4.5 10km 2025-10-22 http://x.example/?a=b",
    ],
)
def test_whatever_is_typed_the_page_answers(desk: Client, q: str) -> None:
    make_garcia()

    for headers in ({}, HTMX, QUICK):
        assert desk.get("/search/", {"q": q}, headers=headers).status_code == 200
    assert desk.get("/search/", {"q": q, "kind": "notes", "page": "99999999999999"}).status_code == 200


@pytest.mark.parametrize(
    "fields", [{"kind": "nonsense"}, {"page": "-1"}, {"page": "x"}, {"kind": "claims", "page": "0"}]
)
def test_addresses_made_up_by_hand_answer(desk: Client, fields: dict[str, str]) -> None:
    make_garcia()

    assert desk.get("/search/", {"q": "harbour", **fields}).status_code == 200
