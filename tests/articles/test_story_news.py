"""What others did since a page was made: counted, asked for cheaply, and never one's own."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.models import NoteState, Verdict
from annotations.writing import NoteContent, create_note
from articles import deciding
from articles.models import Alignment, Entity, Story
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(as_user, fact_checker: User) -> Client:
    return as_user(fact_checker)


def seen_on(client: Client, story: Story) -> str:
    """The address the page asks for news."""
    page = client.get(story.get_absolute_url()).content.decode()
    return page.split('data-news="')[1].split('"')[0]


def write_note(story: Story, *, by: User) -> None:
    content = NoteContent(verdict=Verdict.objects.offered()[0], text="Read the harbour log.")
    claim = story.claims.standing().first()
    create_note(claim=claim, content=content, state=NoteState.SUBMITTED, by=by, key=uuid4())


def test_nothing_happened_says_nothing(desk: Client) -> None:
    assert desk.get(seen_on(desk, make_story())).content.strip() == b""


def test_notes_corrections_and_texts_of_others_are_counted(desk: Client, editor: User) -> None:
    story = make_story()
    url = seen_on(desk, story)
    write_note(story, by=editor)
    write_note(story, by=editor)
    first = Alignment.objects.filter(claim__story=story).live()[0]
    deciding.mark_unsure(alignment=first, expected=first.revision, by=editor)
    make_story([make_article("Third")], title=story.title)

    said = desk.get(url).content.decode()

    assert "2 new notes, 1 new correction, 1 new text" in said
    assert f'href="{story.get_absolute_url()}"' in said


def test_decisions_about_its_names_are_announced(desk: Client, editor: User) -> None:
    story = make_story()
    dahl, norvik = (Entity.objects.get(name=name) for name in ("Lena Dahl", "Norvik"))
    before = desk.get(seen_on(desk, story))
    url = seen_on(desk, story)
    decision = deciding.rename_entity(entity=dahl, name="Lena P. Dahl", by=editor, expected=0)
    assert "1 new correction of names" in desk.get(url, headers={"If-None-Match": before["ETag"]}).content.decode()

    deciding.undo(decision=decision, by=editor)
    deciding.add_alias(entity=norvik, alias="the port", by=editor, expected=0)
    assert "3 new corrections of names" in desk.get(url).content.decode()
    # A page made since shows them.
    assert desk.get(seen_on(desk, story)).content.strip() == b""


def test_merged_name_is_announced_once_where_it_is_named(desk: Client, editor: User) -> None:
    story = make_story()
    url = seen_on(desk, story)
    dahl, norvik = (Entity.objects.get(name=name) for name in ("Lena Dahl", "Norvik"))
    deciding.rename_entity(entity=dahl, name="Lena P. Dahl", by=editor, expected=0)
    deciding.merge_entities(entity=dahl, into=norvik, by=editor, expected=1)
    assert "2 new corrections of names" in desk.get(url).content.decode()


def test_names_of_other_stories_and_own_decisions_about_names_are_not_announced(
    desk: Client, editor: User, fact_checker: User
) -> None:
    story = make_story()
    make_story([make_article(body="“No,” said owner Ole Moen on Monday.")], title="Another matter")
    url = seen_on(desk, story)
    dahl, moen = (Entity.objects.get(name=name) for name in ("Lena Dahl", "Ole Moen"))
    deciding.rename_entity(entity=moen, name="O. Moen", by=editor, expected=0)
    deciding.rename_entity(entity=dahl, name="L. Dahl", by=fact_checker, expected=0)
    assert desk.get(url).content.strip() == b""

    deciding.rename_entity(entity=dahl, name="Lena Dahl", by=editor, expected=1)
    deciding.rename_entity(entity=moen, name="Ole Moen", by=editor, expected=1)
    assert "1 new correction of names" in desk.get(url).content.decode()


def test_own_work_is_not_announced(desk: Client, fact_checker: User) -> None:
    story = make_story()
    url = seen_on(desk, story)

    write_note(story, by=fact_checker)

    assert desk.get(url).content.strip() == b""


def test_page_made_anew_knows_what_it_shows(desk: Client, editor: User) -> None:
    story = make_story()
    write_note(story, by=editor)

    assert desk.get(seen_on(desk, story)).content.strip() == b""


def test_unchanged_story_is_not_counted_again(desk: Client, editor: User) -> None:
    story = make_story()
    url = seen_on(desk, story)
    etag = desk.get(url)["ETag"]

    with CaptureQueriesContext(connection) as captured:
        assert desk.get(url, headers={"If-None-Match": etag}).status_code == 304
    # The session, who asks, and the story.
    assert len(captured) == 3

    write_note(story, by=editor)
    assert desk.get(url, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("seen", ["", "1", "x.y", "1.2.3", "1.2.3.4.5"])
def test_senseless_address_is_refused(desk: Client, seen: str) -> None:
    story = make_story()

    assert desk.get(reverse("story_news", args=[story.slug]), {"seen": seen}).status_code == 422
