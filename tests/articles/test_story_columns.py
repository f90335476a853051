"""Choosing columns and their order: in the address, and remembered for the person who chose."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.models import AlignmentDecision, ArticleVersion, ChosenColumn, Claim, Story
from tests.articles.ledgers import align, make_claim, make_sources
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


# --- Links into the texts, while some are hidden ------------------------------------------------------------------


@pytest.fixture
def ferry(db: None) -> Story:
    return make_sources()


def text_of(story: Story, place: int) -> ArticleVersion:
    version = story.articles.in_order().with_text()[place].current_version
    assert version is not None
    return version


def links_of(client: Client, name: str, *args: object) -> list[str]:
    page = client.get(reverse(name, args=args)).content.decode()
    return [unescape(link) for link in re.findall(r'href="([^"]*)"', page)]


def passage_link(version: ArticleVersion, words: str) -> str:
    start = version.text.index(words)
    return f"{version.get_absolute_url()}?start={start}&end={start + len(words)}#passage"


def test_ledger_leads_to_the_own_page_of_a_text_that_is_hidden(desk: Client, ferry: Story) -> None:
    make_claim(ferry, 1, {0: "A tug came.", 1: "A tug came late."})
    first, second = text_of(ferry, 0), text_of(ferry, 1)
    shown = f"{ferry.get_absolute_url()}?claim=1#p-{second.pk}-1"
    assert shown in links_of(desk, "story_ledger", ferry.slug)

    choose(desk, ferry, keys_of(ferry)[0])

    links = links_of(desk, "story_ledger", ferry.slug)
    assert f"{ferry.get_absolute_url()}?claim=1#p-{first.pk}-1" in links
    assert shown not in links
    assert passage_link(second, "A tug came late.") in links


def test_ledger_is_not_kept_for_somebody_who_hides_a_text(desk: Client, as_user, editor: User, ferry: Story) -> None:
    make_claim(ferry, 1, {1: "A tug came late."})
    hidden = passage_link(text_of(ferry, 1), "A tug came late.")
    choose(desk, ferry, keys_of(ferry)[0])

    assert hidden in links_of(desk, "story_ledger", ferry.slug)
    assert hidden not in links_of(as_user(editor), "story_ledger", ferry.slug)


def test_compare_shows_all_texts_and_leads_to_the_own_page_of_one_that_is_hidden(desk: Client, ferry: Story) -> None:
    first, second = text_of(ferry, 0), text_of(ferry, 1)
    claim = make_claim(ferry, 1, {0: "A tug came.", 2: "Boats came from Norvik."})
    align(claim, second, "A tug came late.", AlignmentDecision.POSSIBLE)

    choose(desk, ferry, keys_of(ferry)[0])

    links = links_of(desk, "story_rows", ferry.slug)
    assert f"{ferry.get_absolute_url()}#p-{first.pk}-1" in links
    assert f"{ferry.get_absolute_url()}#p-{second.pk}-1" not in links
    assert passage_link(second, "The ferry carried 140 people. Divers came. A tug came late.") in links
    assert passage_link(second, "Ferry grounds") in links
    # The nearest passage, too.
    assert f"{ferry.get_absolute_url()}?claim=1#p-{second.pk}-1" not in links
    assert passage_link(second, "A tug came late.") in links


def test_claim_is_read_in_texts_that_are_shown_for_it(desk: Client, ferry: Story) -> None:
    one, two, three = keys_of(ferry)
    claim = make_claim(ferry, 1, {1: "A tug came late."})
    choose(desk, ferry, two, one)
    assert claim.get_absolute_url() in links_of(desk, "claim_page", ferry.slug, 1)

    choose(desk, ferry, three, one)

    links = links_of(desk, "claim_page", ferry.slug, 1)
    assert passage_link(text_of(ferry, 1), "A tug came late.") in links
    assert claim.get_absolute_url() not in links
    read = next(link for link in links if link.startswith(claim.get_absolute_url()))
    page = desk.get(read).content.decode()
    assert columns_of(page) == [two, three, one]
    assert f'data-claims="{claim.number}"' in page


def test_claim_that_no_text_makes_is_read_among_those_that_are_shown(desk: Client, ferry: Story) -> None:
    claim = Claim.objects.create(story=ferry, number=1, statement="Nothing.", is_retired=True)
    choose(desk, ferry, keys_of(ferry)[0])

    assert claim.get_absolute_url() in links_of(desk, "claim_page", ferry.slug, 1)
