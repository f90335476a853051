"""One person or place across stories: only what a reader may see, and the way to each story."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Entity, Mention, Story
from articles.reading import entities
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(as_user, reader: User) -> Client:
    return as_user(reader)


def dahl() -> Entity:
    return Entity.objects.get(name="Lena Dahl")


def url(entity: Entity) -> str:
    return reverse("entity_detail", args=[entity.pk])


def test_stories_quotations_and_names_stand_together(desk: Client) -> None:
    first, second = make_story(), make_story([make_article("Third Paper", "Dahl resigns", "Lena Dahl has resigned.")])

    response = desk.get(url(dahl()))

    page, text = response.context["page"], response.content.decode()
    assert {share.story for share in page.stories} == {first, second}
    for story in (first, second):
        assert f"{reverse('story_entities', args=[story.slug])}?entity={dahl().pk}" in text
    assert {q.quote.strip("“”,") for q in page.quotations} == {"Nobody was hurt", "Nobody at all was hurt"}
    assert {outlet.name for outlet in page.outlets} == {"The Harbour Post", "Coast Daily", "Third Paper"}
    assert page.mention_count == Mention.objects.filter(entity=dahl(), is_inferred=False).count()


def test_context_is_what_stands_around_the_name(desk: Client) -> None:
    make_story()

    for line in desk.get(url(dahl())).context["page"].lines:
        text = Mention.objects.select_related("version").get(pk=line.mention.pk).version.text
        assert line.before.lstrip("…") + line.mention.quote + line.after.rstrip("…") in text
        assert "\n" not in line.before + line.after


def test_hidden_stories_show_nothing_of_it(desk: Client) -> None:
    shown, hidden = make_story(), make_story(title="Secret")
    Story.objects.filter(pk=hidden.pk).update(is_hidden=True)

    page = desk.get(url(dahl()))

    assert [share.story for share in page.context["page"].stories] == [shown]
    assert "Secret" not in page.content.decode()
    assert (
        page.context["page"].mention_count
        == Mention.objects.filter(entity=dahl(), is_inferred=False, version__article__story=shown).count()
    )
    Story.objects.update(is_hidden=True)
    assert desk.get(url(dahl())).status_code == 404


def test_merged_entity_leads_to_the_one_it_became(desk: Client) -> None:
    make_story()
    gone = Entity.objects.create(name="Dal", kind="person", merged_into=dahl())

    response = desk.get(url(gone))

    assert (response.status_code, response["Location"]) == (302, url(dahl()))


@pytest.mark.parametrize("view", ["story_entities", "mark_detail"])
def test_story_one_comes_from_stays_at_hand(desk: Client, view: str) -> None:
    story = make_story()
    make_story()
    mention = Mention.objects.filter(entity=dahl(), version__article__story=story).first()
    assert mention is not None
    place = {"entity": dahl().pk} if view == "story_entities" else {"version": mention.version_id, "at": mention.start}
    address = f"{url(dahl())}?story={story.pk}"
    assert f'href="{address}"' in desk.get(reverse(view, args=[story.slug], query=place)).content.decode()

    gone = Entity.objects.create(name="Dal", kind="person", merged_into=dahl())
    for page in (address, address.replace(url(dahl()), url(gone))):
        text = desk.get(page, follow=True).content.decode()
        assert 'aria-label="Views of this story"' in text
        assert f'href="{reverse("story_rows", args=[story.slug])}"' in text

    Story.objects.filter(pk=story.pk).update(is_hidden=True)
    assert 'aria-label="Views of this story"' not in desk.get(address).content.decode()


def test_entity_that_nothing_names_is_not_found(desk: Client) -> None:
    assert desk.get(url(Entity.objects.create(name="Nobody", kind="person"))).status_code == 404


def test_long_lists_are_paged(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entities, "MENTIONS_A_PAGE", 1)
    monkeypatch.setattr(entities, "QUOTATIONS_A_PAGE", 1)
    make_story()

    first = desk.get(url(dahl()))
    second = desk.get(f"{url(dahl())}?mentions=2&quotations=2")

    assert first.context["page"].lines != second.context["page"].lines
    assert "Page 2 of" in second.content.decode()
    assert desk.get(f"{url(dahl())}?mentions=x&quotations=-1").status_code == 200


def test_people_outside_see_nothing(client: Client, as_user) -> None:
    make_story()

    assert client.get(url(dahl())).status_code == 302
    assert as_user(make_user("")).get(url(dahl())).status_code == 403


def test_queries_do_not_grow(desk: Client) -> None:
    numbers = []
    for stories in (1, 4):
        for _ in range(stories):
            make_story()
        with CaptureQueriesContext(connection) as captured:
            desk.get(url(dahl()))
        numbers.append(len(captured))

    assert numbers[0] == numbers[1]
    assert numbers[0] <= 15
