"""The search: what it finds and in which order, what it must never find, and that nothing typed can break it."""

import re
import uuid
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.models import Note, NoteState, Verdict
from annotations.writing import NoteContent, create_note
from articles.models import Article, Claim, Entity, Story
from articles.search import finding
from articles.search.excerpts import cut_excerpt, mark_hits
from articles.search.query import MAX_WORDS, parse_query
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "results"}
QUICK = {"HX-Request": "true", "HX-Target": "quick_results"}


@pytest.fixture
def desk(as_user, reader: User) -> Client:
    return as_user(reader)


def counts(client: Client, q: str, **fields: str) -> dict[str, int]:
    """How many of each kind the page says there are."""
    groups = client.get("/search/", {"q": q, **fields}).context["groups"]
    return {group.kind: group.count for group in groups}


def titles(client: Client, q: str, kind: str, **fields: str) -> list[str]:
    (group,) = [g for g in client.get("/search/", {"q": q, **fields}).context["groups"] if g.kind == kind]
    return ["".join(piece.words for piece in hit.title) for hit in group.hits]


def make_note(claim: Claim, text: str, *, by: User | None = None) -> Note:
    content = NoteContent(verdict=Verdict.objects.offered()[0], text=text, not_checked="The manifest.")
    writer = by or make_user()
    return create_note(claim=claim, content=content, state=NoteState.SUBMITTED, by=writer, key=uuid.uuid4())


def make_garcia() -> Story:
    return make_story(
        [
            make_article("El Faro", "Señor García speaks", "“The harbour is open,” said Jorge García Núñez on Monday."),
            make_article(
                "Coast Daily", "Harbour open again", "Ferries sail to Norvik again. Jorge García was content."
            ),
        ],
        title="Opening at Ålesund",
    )


# --- What is found ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("q", ["Garcia", "garcía", "GARCÍA", "gar", "senor garcia"])
def test_accents_and_case_are_folded_and_words_may_be_begun(desk: Client, q: str) -> None:
    make_garcia()

    assert "Señor García speaks" in titles(desk, q, "articles")


@pytest.mark.parametrize(
    ("q", "found"), [("ostberg", "Østberg"), ("østberg", "Østberg"), ("lodz", "Łódź"), ("łodz", "Łódź")]
)
def test_letters_that_no_accent_is_taken_from_are_folded(desk: Client, q: str, found: str) -> None:
    make_story([make_article("Coast", f"Ferry of {found}", f"The ferry of {found} sailed.")], title=f"In {found}")

    assert f"In {found}" in titles(desk, q, "stories")
    assert f"Ferry of {found}" in titles(desk, q, "articles")
    assert f'<mark class="hit-mark">{found}</mark>' in desk.get("/search/", {"q": q}).content.decode()


@pytest.mark.parametrize("q", ["FBI", "F.B.I.", "f.b.i", '"the f.b.i. looks"'])
def test_acronyms_are_found_with_their_points_and_without(desk: Client, q: str) -> None:
    make_story([make_article("One", "The F.B.I. looks on", "Nothing new.")], title="What the F.B.I. saw")
    make_story([make_article("Two", "The FBI looks away", "Nothing new.")], title="What the FBI missed")

    assert sorted(titles(desk, q, "articles")) == ["The F.B.I. looks on", "The FBI looks away"]
    page = desk.get("/search/", {"q": q, "kind": "articles"}).content.decode()
    assert "F.B.I" in "".join(re.findall(r'<mark class="hit-mark">([^<]*)</mark>', page))


def test_word_of_two_letters_is_no_acronym(desk: Client) -> None:
    make_story([make_article("One", "The U.S. looks on", "Nothing new.")])
    make_story([make_article("Two", "Nobody told us", "Nothing new.")])

    assert titles(desk, "U.S.", "articles") == ["The U.S. looks on"]
    assert titles(desk, '"us"', "articles") == ["Nobody told us"]


def test_every_kind_is_found(desk: Client) -> None:
    story = make_garcia()
    make_note(story.claims.order_by("position")[0], "The harbour master confirms it: Ålesund is open.")

    assert counts(desk, "alesund") == {"stories": 1, "articles": 0, "claims": 0, "entities": 0, "notes": 1}
    assert "Jorge García" in titles(desk, "garcia", "entities")
    assert counts(desk, "harbour")["claims"] >= 1


def test_all_words_must_be_there(desk: Client) -> None:
    make_garcia()

    assert titles(desk, "ferries norvik", "articles") == ["Harbour open again"]
    assert titles(desk, "ferries nunez", "articles") == []


def test_phrase_keeps_its_words_in_order(desk: Client) -> None:
    make_garcia()

    assert titles(desk, '"open again"', "articles") == ["Harbour open again"]
    assert titles(desk, "“again open”", "articles") == []
    assert titles(desk, '"sail to Nor', "articles") == ["Harbour open again"]
    assert titles(desk, '"sail to Nor"', "articles") == []


def test_punctuation_inside_words_does_not_matter(desk: Client) -> None:
    make_story([make_article("One", "U.S. sends Igla-S spares", "The U.S. paid $5,000 for Venezuela’s spares.")])

    for q in ("u.s.", "igla-s", "igla s", "5,000", "venezuela's", "Venezuela’s spares"):
        assert titles(desk, q, "articles"), q


def test_headline_outweighs_the_body_and_a_whole_word_its_beginning(desk: Client) -> None:
    make_story([make_article("Body", "Quiet day", "The storm took roofs. Nothing else happened in the town.")])
    make_story([make_article("Head", "Storm takes roofs", "It was loud. Nothing else happened in the town.")])
    make_story([make_article("Begun", "Stormy debate in town", "It was loud. Nothing else happened in the town.")])

    assert titles(desk, "storm", "articles") == ["Storm takes roofs", "Stormy debate in town", "Quiet day"]


def test_older_texts_are_not_found(desk: Client) -> None:
    story = make_story([make_article(body="The zeppelin landed in Norvik on Monday.")])
    make_story([make_article(body="The airship landed in Norvik on Monday.")], title=story.title)

    assert counts(desk, "zeppelin")["articles"] == 0
    assert counts(desk, "airship")["articles"] == 1


def test_what_was_merged_away_is_found_as_what_it_became(desk: Client) -> None:
    story = make_garcia()
    claims = list(story.claims.order_by("position")[:2])
    Claim.objects.filter(pk=claims[0].pk).update(merged_into=claims[1], statement="Unheard-of statement")
    garcia = Entity.objects.get(name="Jorge García")
    double = Entity.objects.create(name="Yorge Garcya", kind="person", merged_into=garcia)
    Entity.objects.filter(pk=garcia.pk).update(aliases=[double.name])

    assert counts(desk, "unheard")["claims"] == 0
    assert counts(desk, "garcya")["entities"] == 1
    assert "Yorge" in desk.get("/search/", {"q": "yorge"}).content.decode()


# --- What narrows it down -----------------------------------------------------------------------------------------


def test_outlet_and_dates_narrow_every_kind(desk: Client) -> None:
    story = make_garcia()
    faro, coast = story.articles.in_order()
    Article.objects.filter(pk=faro.pk).update(published_at="2025-10-22T09:00Z", published_granularity="minute")

    of_coast = counts(desk, "harbour", outlet=str(coast.outlet_id))
    assert of_coast["articles"] == 1
    assert titles(desk, "harbour", "articles", outlet=str(coast.outlet_id)) == ["Harbour open again"]
    assert titles(desk, "garcia", "articles", since="2025-10-22", until="2025-10-22") == ["Señor García speaks"]
    assert counts(desk, "garcia", until="2025-10-21")["articles"] == 0
    assert counts(desk, "alesund", since="2025-10-22")["stories"] == 1
    assert counts(desk, "alesund", since="2025-10-23")["stories"] == 0
    assert counts(desk, "garcia", since="2025-10-23")["entities"] == 0


def test_bare_day_is_that_day_in_every_zone(desk: Client) -> None:
    faro = make_garcia().articles.in_order()[0]
    Article.objects.filter(pk=faro.pk).update(published_at="2025-10-22T00:00Z", published_granularity="day")
    for zone in ("America/Los_Angeles", "UTC", "Pacific/Auckland"):
        with timezone.override(ZoneInfo(zone)):
            assert counts(desk, "garcia", since="2025-10-22", until="2025-10-22")["articles"] == 1
            assert counts(desk, "garcia", until="2025-10-21")["articles"] == 0
            assert counts(desk, "garcia", since="2025-10-23")["articles"] == 0
            assert "22 Oct 2025" in desk.get("/search/", {"q": "garcia"}).content.decode()


def test_dates_that_cannot_be_are_said_to_be_so(desk: Client) -> None:
    make_garcia()
    for fields in ({"since": "soon"}, {"since": "2025-10-23", "until": "2025-10-22"}, {"outlet": "999999"}):
        response = desk.get("/search/", {"q": "garcia", **fields})

        assert response.status_code == 422
        assert "The search cannot be done like this" in response.content.decode()
        assert 'value="garcia"' in response.content.decode()


# --- What must not be found ---------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("frequent", [0, 10**9])
def test_both_ways_through_the_articles_find_the_same(
    desk: Client, monkeypatch: pytest.MonkeyPatch, frequent: int
) -> None:
    monkeypatch.setattr(finding, "FREQUENT", frequent)
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


# --- How it is shown ----------------------------------------------------------------------------------------------


def test_name_of_an_outlet_is_only_text(desk: Client) -> None:
    make_story([make_article("<b>A\"&'</b>", "Harbour open", "Nothing new.")])
    outlet = Article.objects.get().outlet_id

    page = desk.get("/search/", {"q": "harbour", "outlet": outlet}).content.decode()

    options = f'<option value="{outlet}" selected>&lt;b&gt;A&quot;&amp;&#x27;&lt;/b&gt;</option>'
    assert options in page
    assert "<b>A" not in page


def test_what_was_looked_for_is_marked_and_nothing_else_becomes_markup(desk: Client) -> None:
    make_story([make_article("One", "A <b>García</b> & sons", 'He wrote "<script>alert(1)</script> García".')])

    page = desk.get("/search/", {"q": "garcia <b>"}).content.decode()

    assert "<b>García" not in page
    assert "<script>alert" not in page
    assert '<mark class="hit-mark">García</mark>' in page
    assert 'value="garcia &lt;b&gt;"' in page


def test_counts_tabs_and_pages(desk: Client) -> None:
    for number in range(23):
        make_story([make_article("One", f"Lighthouse {number}", "The lamp was lit at dusk.")])

    page = desk.get("/search/", {"q": "lighthouse"}).content.decode()
    assert "Show all articles" in page
    first = desk.get("/search/", {"q": "lighthouse", "kind": "articles"})
    second = desk.get("/search/", {"q": "lighthouse", "kind": "articles", "page": "2"})

    shown = [[hit.url for hit in response.context["shown"][0].hits] for response in (first, second)]
    assert [len(urls) for urls in shown] == [20, 3]
    assert not set(shown[0]) & set(shown[1])
    assert "Page 2 of 2" in second.content.decode()


def test_as_one_types_only_the_list_comes(desk: Client) -> None:
    make_garcia()

    response = desk.get("/search/", {"q": "gar"}, headers=QUICK)

    page = response.content.decode()
    assert page.lstrip().startswith('<div class="quick" id="quick_results"')
    assert "<html" not in page
    assert "/search/?q=gar" in page
    assert "HX-Target" in response["Vary"]
    assert desk.get("/search/", {"q": ""}, headers=QUICK).content.decode().split() == (
        ["<div", 'class="quick"', 'id="quick_results"', 'tabindex="-1">', "</div>"]
    )


def test_every_page_has_the_field_and_it_works_as_a_plain_form(desk: Client) -> None:
    page = desk.get("/").content.decode()

    form = re.search(r'<form class="find".*?</form>', page, re.DOTALL).group()
    assert 'action="/search/"' in form
    assert 'name="q"' in form
    assert 'class="find"' not in desk.get("/search/").content.decode()


def test_note_leads_to_its_claim(desk: Client) -> None:
    story = make_garcia()
    claim = story.claims.order_by("position")[0]
    note = make_note(claim, "Seen on the quay.")

    page = desk.get("/search/", {"q": "quay"}).content.decode()

    assert f"/stories/{story.slug}/claims/{claim.number}/#note-{note.pk}" in page


def test_queries_do_not_grow(desk: Client) -> None:
    numbers = []
    for stories in (1, 6):
        for _ in range(stories):
            story = make_story()
            make_note(story.claims.order_by("position")[0], "A ferry, seen.", by=User.objects.first())
        with CaptureQueriesContext(connection) as captured:
            desk.get("/search/", {"q": 'ferry "ran aground"'})
        numbers.append(len(captured))

    assert numbers[0] == numbers[1]
    assert numbers[0] <= 15


# --- The two languages: what was typed, and what is marked --------------------------------------------------------


def test_so_many_words_are_enough() -> None:
    query = parse_query(" ".join(f"w{n}" for n in range(100)))

    assert sum(len(term.words) for term in query.terms) <= MAX_WORDS
    assert not parse_query(" ?! … ")


@pytest.mark.parametrize("text", ["", "García", "a" * 5_000, "x y " * 500, "ﬁne ½ İstanbul García ß"])
def test_marked_pieces_are_the_text(text: str) -> None:
    query = parse_query('garcia x "x y" fi')

    assert "".join(piece.words for piece in mark_hits(text, query)) == text


def test_excerpt_shows_the_place_with_most_of_the_words() -> None:
    text = "Harbour news. " + "Nothing happened here at all. " * 40 + "The harbour was closed by García on Monday."

    shown = "".join(piece.words for piece in cut_excerpt(text, parse_query("harbour garcia")))

    assert "closed by García" in shown
    assert len(shown) < 300
