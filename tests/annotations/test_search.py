"""The search: what it finds and in which order, and how it is shown."""

import re
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Claim, Entity
from articles.search.excerpts import cut_excerpt, mark_hits
from articles.search.query import MAX_WORDS, parse_query
from tests.annotations.searching import QUICK, counts, make_garcia, make_note, titles
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(as_user, reader: User) -> Client:
    return as_user(reader)


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
