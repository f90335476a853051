"""The views of a story, as tabs in the head of every page that is about one; and what they show while it is empty."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.ingest import find_or_create_story
from articles.models import Claim, Story
from articles.roles import DESK_ADMINISTRATOR
from tests.browser.screens import addresses_of, make_everybody, make_full_story
from tests.factory import make_user

pytestmark = pytest.mark.django_db

VIEWS = ["story_read", "story_rows", "story_ledger", "story_entities", "story_notes"]


@pytest.fixture
def everybody() -> User:
    return make_everybody()


@pytest.fixture
def story(everybody: User) -> Story:
    return make_full_story(everybody)


def test_every_page_of_a_story_leads_to_its_views(as_user, everybody: User, story: Story) -> None:
    desk = as_user(everybody)
    addresses = addresses_of(story)
    note = Claim.objects.get(number=1, story=story).notes.get()
    addresses |= {"note revised": reverse("note_edit", args=[note.pk])}
    # About no story, about many, or about a story as such.
    for screen in (
        "stories",
        "new story",
        "title",
        "deletion",
        "entity",
        "name corrected",
        "search",
        "import",
        "password",
    ):
        del addresses[screen]

    without = [
        screen
        for screen, address in addresses.items()
        if 'aria-label="Views of this story"' not in desk.get(address, follow=True).content.decode()
    ]

    assert without == []


@pytest.mark.parametrize("view", VIEWS)
def test_empty_story_offers_its_next_step_in_every_view(client: Client, as_user, reader: User, view: str) -> None:
    address = reverse(view, args=[find_or_create_story("Nothing yet").slug])
    step = f'<a class="btn btn-primary" href="{reverse("article_import")}">'

    importing = as_user(make_user(DESK_ADMINISTRATOR)).get(address).content.decode()
    reading = as_user(reader).get(address).content.decode()

    for page in (importing, reading):
        assert "No articles in this story yet" in page
    assert step in importing
    assert step not in reading
    assert "As soon as a desk administrator imports the first accounts" in reading


@pytest.mark.parametrize("view", VIEWS)
def test_list_of_keys_names_none_that_its_reader_has_not(as_user, reader: User, story: Story, view: str) -> None:
    page = as_user(reader).get(reverse(view, args=[story.slug])).content.decode()
    keys = set(re.findall(r"<dt><kbd>(.+?)</kbd>", page))

    assert {"/", "?", "Esc"} <= keys
    assert not keys & set("ncz")


def test_list_of_keys_names_no_search_where_there_is_none(as_user) -> None:
    page = as_user(make_user("")).get(reverse("password_change")).content.decode()

    assert "<kbd>?</kbd>" in page
    assert "<kbd>/</kbd>" not in page
