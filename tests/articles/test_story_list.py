"""The list of stories: what it tells of each, and that it costs the same with many."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from annotations.models import Note
from articles.models import Article, Claim, ClaimState, Outlet, Story
from articles.strip import draw_strip
from articles.templatetags.people import full_name, initials
from articles.templatetags.times import since
from articles.views.stories import STORIES_A_PAGE
from tests.factory import make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(as_user, reader: User) -> Client:
    return as_user(reader)


def make_listed(title: str, states: str = "", *, outlets: str = "AB", minutes: int = 0, **fields: object) -> Story:
    """A story with one claim for each letter of ``states``: a agreed, d differs, o only here."""
    story = Story.objects.create(
        title=title,
        slug=re.sub(r"\W+", "-", title.lower()),
        changed_at=timezone.now() - timedelta(minutes=minutes),
        **{"is_compared": True, **fields},
    )
    for name in outlets:
        outlet, _ = Outlet.objects.get_or_create(name=f"Outlet {name}")
        Article.objects.create(story=story, outlet=outlet, headline=f"{title} {story.articles.count()}")
    known = {"a": ClaimState.AGREED, "d": ClaimState.DIFFERS, "o": ClaimState.ONLY}
    Claim.objects.bulk_create(
        Claim(story=story, number=number, position=number, statement="It is so.", state=known[letter])
        for number, letter in enumerate(states, start=1)
    )
    return story


def titles(page: str) -> list[str]:
    return re.findall(r"data-row-link>([^<]+)<", page)


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_story_list_counts_claims_by_state(desk: Client) -> None:
    story = make_listed("Ferry aground", "aadoo", minutes=4)
    claim = story.claims.get(number=1)
    # A claim that no text puts forward any more is no claim of the list.
    Claim.objects.create(story=story, number=9, statement="Gone.", is_retired=True)
    author = make_user()
    for _ in range(2):
        Note.objects.create(story=story, claim=claim, created_by=author, changed_at=timezone.now())
    page = desk.get("/").content.decode()
    cells = dict(re.findall(r'<td role="cell" class="[^"]*" data-label="([^"]+)">(.*?)</td>', page))
    shown = {label: text_of(cell) for label, cell in cells.items()}
    assert shown == {
        "Sources": "2",
        "Agreed": "2",
        "Differing": "1",
        "Only here": "2",
        "Unchecked": "4",
        "Last activity": "4 min ago",
    }
    assert "4 unchecked claims on the desk." in page
    assert "5 claims" in page


def test_story_list_of_a_real_import(desk: Client) -> None:
    story = make_story(title="Ferry accident")
    page = desk.get("/").content.decode()
    assert titles(page) == ["Ferry accident"]
    assert f'href="{story.get_absolute_url()}"' in page
    assert "Coast Daily" in page
    assert f"{story.claims.standing().count()} claim" in page


def test_story_list_names_an_outlet_once_and_counts_sources_only(desk: Client) -> None:
    story = make_listed("Ferry aground", "a", outlets="BAB")
    Article.objects.create(story=story, role="document", headline="Minutes of the inquiry")
    page = desk.get("/").content.decode()
    assert re.findall(r"<li>(Outlet \w)</li>", page) == ["Outlet B", "Outlet A"]
    assert 'data-label="Sources">3<' in page


def test_story_without_claims_says_so(desk: Client) -> None:
    make_listed("Quiet")
    make_listed("Fresh", is_compared=False)
    page = desk.get("/").content.decode()
    assert "No claims yet" in page
    assert "Not compared yet" in page


def test_story_with_every_claim_checked_says_none(desk: Client) -> None:
    story = make_listed("Ferry aground", "a")
    Note.objects.create(story=story, claim=story.claims.get(), created_by=make_user(), changed_at=timezone.now())
    page = desk.get("/").content.decode()
    assert re.search(r'data-label="Unchecked"><span class="status" data-status="supported">none<', page)


def test_hidden_stories_are_not_listed(desk: Client) -> None:
    make_listed("Seen", "a")
    make_listed("Hidden", "aaa", is_hidden=True)
    page = desk.get("/").content.decode()
    assert titles(page) == ["Seen"]
    assert "1 unchecked claim on the desk." in page


def test_closed_story_is_marked(desk: Client) -> None:
    make_listed("Old", "a", is_closed=True)
    assert ">Closed<" in desk.get("/").content.decode()


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", ["B", "C", "A"]),
        ("activity", ["B", "C", "A"]),
        ("title", ["A", "B", "C"]),
        ("unchecked", ["C", "B", "A"]),
        ("differing", ["A", "B", "C"]),
        ("nonsense", ["B", "C", "A"]),
    ],
)
def test_story_list_order(desk: Client, order: str, expected: list[str]) -> None:
    make_listed("A", "dd", minutes=30)
    make_listed("B", "daa", minutes=10)
    make_listed("C", "aaaa", minutes=20)
    assert titles(desk.get("/", {"order": order}).content.decode()) == expected


def test_story_list_finds_titles_with_every_word(desk: Client) -> None:
    make_listed("Harbour ferry fire")
    make_listed("Ferry timetable")
    assert titles(desk.get("/", {"q": "FERRY  fire"}).content.decode()) == ["Harbour ferry fire"]
    page = desk.get("/", {"q": "ferr"}).content.decode()
    assert len(titles(page)) == 2
    assert 'value="ferr"' in page


@pytest.mark.parametrize("query", ["zebra", "100%", "_", "\\", "a\0b", "<b>"])
def test_story_list_with_no_match_offers_all_stories(desk: Client, query: str) -> None:
    make_listed("Harbour ferry fire")
    answer = desk.get("/", {"q": query})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "in its title" in page
    assert "Show all stories" in page
    assert "<b>" not in page


def test_empty_desk_tells_readers_what_will_come(desk: Client) -> None:
    page = desk.get("/").content.decode()
    assert "No stories yet" in page
    assert "As soon as a desk administrator brings in" in page
    assert "Import the first articles" not in page


def test_empty_desk_tells_administrators_what_to_do(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    assert "Import the first articles" in client.get("/").content.decode()


def test_story_list_is_paged(desk: Client) -> None:
    for number in range(STORIES_A_PAGE + 2):
        make_listed(f"Story {number:02}", minutes=number)
    first = desk.get("/", {"order": "title"}).content.decode()
    assert len(titles(first)) == STORIES_A_PAGE
    assert f"1 to 25 of {STORIES_A_PAGE + 2} stories" in first
    assert 'href="?order=title&amp;page=2"' in first
    second = desk.get("/", {"order": "title", "page": "2"}).content.decode()
    assert titles(second) == ["Story 25", "Story 26"]
    assert titles(desk.get("/", {"page": "99"}).content.decode()) == ["Story 25", "Story 26"]
    assert len(titles(desk.get("/", {"page": "x"}).content.decode())) == STORIES_A_PAGE


def test_story_list_answers_htmx_with_the_list_only(desk: Client) -> None:
    make_listed("Harbour ferry fire", "ado")
    answer = desk.get("/", {"q": "fire"}, headers={"HX-Request": "true"})
    page = answer.content.decode().strip()
    assert page.startswith('<div id="stories">')
    assert titles(page) == ["Harbour ferry fire"]
    assert "<h1" not in page
    assert "HX-Request" in answer["Vary"]


def test_story_list_costs_the_same_with_many_stories(desk: Client, django_assert_num_queries) -> None:
    make_listed("First", "ado", outlets="ABC")
    # Session, user, roles, number of stories, stories, number of unchecked claims.
    with django_assert_num_queries(5):
        desk.get("/")
    for number in range(29):
        story = make_listed(f"Story {number}", "adoado", outlets="ABCD")
        Note.objects.create(story=story, claim=story.claims.first(), created_by=make_user(), changed_at=timezone.now())
    with django_assert_num_queries(5):
        desk.get("/")


def test_story_list_changes_nothing(desk: Client) -> None:
    assert desk.post("/").status_code == 405


def test_strip_draws_every_claim_once_in_order() -> None:
    strip = draw_strip(["agreed", "differs", "only", "agreed"])
    assert (strip.agreed_count, strip.differing_count, strip.only_count, strip.claim_count) == (2, 1, 1, 4)
    assert re.findall(r"M(\d+) 2", strip.agreed) == ["0", "15"]
    assert re.findall(r"M(\d+) (0|11)h", strip.differing) == [("5", "0"), ("5", "11")]
    assert strip.only.startswith("M10.5 ")
    assert (strip.width, strip.height) == (20, 22)
    assert draw_strip([]).width == 0


@pytest.mark.parametrize(
    ("count", "width", "height"),
    [(1, 5, 22), (48, 240, 22), (49, 147, 22), (80, 240, 22), (81, 162, 22), (120, 240, 22), (121, 240, 44)],
)
def test_strip_of_a_long_story_has_thinner_bars_then_lines(count: int, width: int, height: int) -> None:
    strip = draw_strip(["only"] * count)
    assert (strip.width, strip.height) == (width, height)
    mixed = draw_strip(["agreed", "differs", "only"] * count)
    assert mixed.claim_count == 3 * count
    assert max(int(x) for x in re.findall(r"M(\d+)", mixed.agreed + mixed.differing + mixed.only)) < 240


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=1), "1 h ago"),
        (timedelta(hours=12), "today, 06:00"),
        (timedelta(hours=18, minutes=1), "yesterday"),
        (timedelta(hours=42), "yesterday"),
        (timedelta(hours=42, minutes=1), "18 Mar"),
        (timedelta(days=100), "10 Dec 2025"),
    ],
)
def test_since_is_exact_when_near(age: timedelta, words: str) -> None:
    now = datetime(2026, 3, 20, 18, 0, tzinfo=UTC)
    assert since(now - age, now) == words


@pytest.mark.parametrize(
    ("user", "name", "letters"),
    [
        (User(username="dara", first_name="Dara", last_name="Whitlock"), "Dara Whitlock", "DW"),
        (User(username="dara.whitlock"), "dara.whitlock", "DW"),
        (User(username="dara"), "dara", "DA"),
        (User(username="x", first_name="Ana", last_name="de la Cruz"), "Ana de la Cruz", "AC"),
        (User(username="..."), "...", "?"),
    ],
)
def test_people_are_written_by_name_and_initials(user: User, name: str, letters: str) -> None:
    assert full_name(user) == name
    assert initials(user) == letters
