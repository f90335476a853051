"""Choosing columns and their order: in the address, and remembered for the person who chose."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.models import ChosenColumn, Story
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(as_user, reader: User) -> Client:
    return as_user(reader)


@pytest.fixture
def story(db: None) -> Story:
    return make_story([make_article(name, f"{name} reports") for name in ("One", "Two", "Three")])


def keys_of(story: Story) -> list[int]:
    return list(story.articles.in_order().values_list("pk", flat=True))


def columns_of(page: str) -> list[int]:
    return [int(key) for key in re.findall(r'<article class="source" id="source-(\d+)"', page)]


def choose(client: Client, story: Story, *show: int, **more: object):
    return client.post(reverse("story_columns", args=[story.slug]), {"show": show, **more})


def test_address_tells_the_order_of_columns(desk: Client, story: Story) -> None:
    one, two, three = keys_of(story)

    page = desk.get(story.get_absolute_url(), {"show": [three, one]}).content.decode()

    assert columns_of(page) == [three, one]
    # A source keeps its letter wherever it stands.
    assert re.findall(r'<header class="source-head"><span class="siglum" aria-hidden="true">(\w)', page) == ["C", "A"]
    assert f"&amp;show={three}&amp;show={one}" in page
    assert two not in columns_of(page)


def test_choice_is_remembered_for_the_person(desk: Client, as_user, editor: User, story: Story) -> None:
    one, two, three = keys_of(story)

    response = choose(desk, story, two, one, claim=1)

    assert response["Location"] == f"{story.get_absolute_url()}?claim=1&show={two}&show={one}"
    assert columns_of(desk.get(story.get_absolute_url()).content.decode()) == [two, one]
    assert columns_of(as_user(editor).get(story.get_absolute_url()).content.decode()) == [one, two, three]


def test_address_outranks_what_is_remembered(desk: Client, story: Story) -> None:
    one, two, three = keys_of(story)
    choose(desk, story, two, one)

    assert columns_of(desk.get(story.get_absolute_url(), {"show": [three]}).content.decode()) == [three]


def test_looking_at_an_address_changes_nothing(desk: Client, story: Story) -> None:
    one, two, _ = keys_of(story)

    desk.get(story.get_absolute_url(), {"show": [two, one]})

    assert not ChosenColumn.objects.exists()


def test_buttons_move_a_column_without_a_script(desk: Client, story: Story) -> None:
    one, two, three = keys_of(story)

    choose(desk, story, one, two, three, move=f"{three}:-1")
    assert columns_of(desk.get(story.get_absolute_url()).content.decode()) == [one, three, two]

    choose(desk, story, one, three, two, move=f"{one}:-1")
    assert columns_of(desk.get(story.get_absolute_url()).content.decode()) == [one, three, two]


def test_choice_is_forgotten_on_demand(desk: Client, story: Story) -> None:
    one, two, three = keys_of(story)
    choose(desk, story, three)

    response = choose(desk, story, three, all="1")

    assert response["Location"] == story.get_absolute_url()
    assert columns_of(desk.get(story.get_absolute_url()).content.decode()) == [one, two, three]
    assert not ChosenColumn.objects.exists()


def test_foreign_and_senseless_keys_are_left_out(desk: Client, story: Story) -> None:
    one, two, _ = keys_of(story)
    foreign = keys_of(make_story())[0]

    assert choose(desk, story, two, foreign, two, one, move="x:9").status_code == 302

    chosen = ChosenColumn.objects.order_by("position").values_list("article", flat=True)
    assert list(chosen) == [two, one]


def test_new_choice_makes_a_kept_page_stale(desk: Client, story: Story) -> None:
    one, two, _ = keys_of(story)
    desk.get(story.get_absolute_url())
    etag = desk.get(story.get_absolute_url())["ETag"]

    choose(desk, story, two, one)

    assert desk.get(story.get_absolute_url(), headers={"If-None-Match": etag}).status_code == 200


def test_script_gets_no_page(desk: Client, story: Story) -> None:
    url = reverse("story_columns", args=[story.slug])

    assert desk.post(url, {"show": keys_of(story)[:1]}, headers=HTMX).status_code == 204


def test_two_sources_can_be_chosen_and_ordered_too(desk: Client) -> None:
    page = desk.get(make_story().get_absolute_url()).content.decode()

    assert 'id="columns"' in page
    assert page.count('class="mover"') == 8
