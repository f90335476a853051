"""The page of one version: which text it is, and the way to the current one."""

import html
import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Alignment, ArticleVersion, Claim, Story
from tests.articles.pages import column_texts
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(as_user, reader: User) -> Client:
    return as_user(reader)


def make_versions() -> tuple[Story, ArticleVersion, ArticleVersion]:
    story = make_story([make_article(), make_article("Coast Daily")])
    make_story([make_article(body="A ferry with 121 passengers ran aground.\n\nNobody spoke.")], title=story.title)
    article = story.articles.in_order()[0]
    first, second = article.versions.order_by("number")
    return story, first, second


def test_older_text_says_so_and_leads_to_the_current_one(desk: Client) -> None:
    story, old, current = make_versions()

    page = desk.get(old.get_absolute_url()).content.decode()

    assert "This is an older text" in page
    assert current.get_absolute_url() in page
    assert story.get_absolute_url() in page
    assert column_texts(page) == [old.text]


def test_current_text_says_so_and_leads_to_the_older_ones(desk: Client) -> None:
    _, old, current = make_versions()

    page = desk.get(current.get_absolute_url()).content.decode()

    assert "the current text" in page
    assert "This is an older text" not in page
    assert old.get_absolute_url() in page


def test_passages_with_notes_are_marked(desk: Client) -> None:
    story = make_story()
    claim = story.claims.order_by("position")[0]
    version = Alignment.objects.filter(claim=claim).live()[0].appearance.version
    assert "<mark" not in desk.get(version.get_absolute_url()).content.decode()
    Claim.objects.filter(pk=claim.pk).update(note_count=1)

    page = desk.get(version.get_absolute_url()).content.decode()

    assert f'data-claim="{claim.number}"' in page
    assert "the passages of 1 claim with notes" in page
    assert column_texts(page) == [version.text]


def test_version_of_a_hidden_story_is_not_found(desk: Client) -> None:
    _, old, _ = make_versions()
    Story.objects.update(is_hidden=True)

    assert desk.get(old.get_absolute_url()).status_code == 404


def test_people_outside_see_nothing(client: Client, as_user) -> None:
    _, old, _ = make_versions()

    assert client.get(old.get_absolute_url()).status_code == 302
    assert as_user(make_user("")).get(old.get_absolute_url()).status_code == 403


def test_queries_do_not_grow_with_notes(desk: Client) -> None:
    story = make_story()
    version = ArticleVersion.objects.filter(article__story=story)[0]
    counts = []
    for notes in (0, 3):
        Claim.objects.filter(story=story).update(note_count=notes)
        with CaptureQueriesContext(connection) as captured:
            desk.get(version.get_absolute_url())
        counts.append(len(captured))

    assert counts[0] == counts[1]


# --- The address of a passage -------------------------------------------------------------------------------------


def linked_words(page: str) -> str:
    """What the page marks as the passage it was asked for."""
    return "".join(re.findall(r'<mark class="hl [^"]*\blinked\b[^"]*">([^<]*)</mark>', page))


def test_passage_is_marked_exactly_wherever_it_begins_and_ends(desk: Client) -> None:
    _, old, current = make_versions()
    for version in (old, current):
        for start, end in ((0, 5), (3, 40), (40, 41), (len(version.text) - 4, len(version.text))):
            page = desk.get(f"{version.get_absolute_url()}?start={start}&end={end}").content.decode()

            assert html.unescape(linked_words(page)) == version.text[start:end].replace("\n\n", "")
            assert page.count('id="passage"') == 1
            assert column_texts(page) == [version.text]


def test_without_a_passage_nothing_is_marked(desk: Client) -> None:
    _, old, _ = make_versions()

    assert 'id="passage"' not in desk.get(old.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "query",
    ["start=0&end=999999", "start=5&end=5", "start=9&end=5", "start=-1&end=5", "start=x&end=5", "start=1", "end=²"],
)
def test_passage_that_the_text_does_not_have_is_said_so(desk: Client, query: str) -> None:
    _, old, _ = make_versions()

    response = desk.get(f"{old.get_absolute_url()}?{query}")

    page = response.content.decode()
    assert response.status_code == 422
    assert "a passage that this text does not have" in page
    assert column_texts(page) == [old.text]
