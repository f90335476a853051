"""Stories made, renamed, closed, hidden and deleted by those who may, and nothing lost by it."""

import re
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model
from django.db.models.deletion import ProtectedError
from django.test import Client

from annotations.models import NoteState
from annotations.writing import NoteContent, create_note
from articles import deciding, stories
from articles.models import (
    Alignment,
    Article,
    ArticleVersion,
    Claim,
    Decision,
    Entity,
    EntityKind,
    Story,
    StoryAct,
    StoryChange,
)
from tests.articles.test_story_list import make_listed, titles
from tests.factory import make_story, make_user

pytestmark = pytest.mark.django_db


def edit(client: Client, story: Story, act: str, *, expected: int | None = None, **fields: str):
    seen = story.edit_revision if expected is None else expected
    return client.post(f"/stories/{story.slug}/edit/", {"act": act, "expected": seen, **fields})


def log(story: Story) -> list[tuple[str, str]]:
    return list(StoryChange.objects.filter(story_id=story.pk).values_list("act", "by__username"))


# --- Making -------------------------------------------------------------------------------------------------------


def test_editor_makes_a_story(as_user, editor: User):
    answer = as_user(editor).post("/stories/new/", {"title": "  Bridge  closed "})
    story = Story.objects.get()
    assert (story.title, story.slug, story.created_by) == ("Bridge closed", "bridge-closed", editor)
    assert answer.headers["Location"] == story.get_absolute_url()
    assert log(story) == [("create", "edda")]


def test_administrator_goes_on_to_its_articles(as_user, administrator: User):
    client = as_user(administrator)
    answer = client.post("/stories/new/", {"title": "Bridge closed"})
    assert answer.headers["Location"] == "/import/?story=bridge-closed"
    assert "“Bridge closed” is there." in client.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize("title", ["", " \u200b ", "Bridge closed", "x" * 201])
def test_title_that_cannot_be_one_comes_back_with_a_sentence(as_user, editor: User, title: str):
    Story.objects.create(title="Bridge closed", slug="b", changed_at="2026-01-01T00:00Z", is_hidden=True)
    answer = as_user(editor).post("/stories/new/", {"title": title})
    assert answer.status_code == 422
    assert "The story is not made yet" in answer.content.decode()
    assert Story.objects.count() == 1


def test_story_called_new_has_pages(as_user, editor: User):
    client = as_user(editor)
    answer = client.post("/stories/new/", {"title": "New"})
    assert answer.headers["Location"] == "/stories/new-2/"
    assert client.get("/stories/new-2/").status_code == 200


# --- Renaming -----------------------------------------------------------------------------------------------------


def test_renaming_keeps_the_address(as_user, editor: User):
    story = make_listed("Ferry aground")
    client = as_user(editor)
    answer = edit(client, story, "rename", title="Ferry off Norvik")
    assert answer.headers["Location"] == story.get_absolute_url()
    assert "Ferry off Norvik" in client.get(story.get_absolute_url()).content.decode()
    change = StoryChange.objects.get()
    assert (change.title, change.new_title, change.by) == ("Ferry aground", "Ferry off Norvik", editor)


def test_stale_rename_shows_both_titles_and_saves_neither(as_user, editor: User, administrator: User):
    story = make_listed("Ferry aground")
    stories.rename_story(story=story, title="Ferry off Norvik", expected=0, by=administrator)
    client = as_user(editor)
    answer = edit(client, story, "rename", expected=0, title="Ferry on rocks")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ada Admin renamed “Ferry aground” to “Ferry off Norvik”" in " ".join(page.split())
    assert "<dd>Ferry off Norvik</dd>" in page
    assert "<dd>Ferry on rocks</dd>" in page
    assert 'value="Ferry on rocks"' in page
    story.refresh_from_db()
    assert story.title == "Ferry off Norvik"
    # The form that came back names what its reader has now seen.
    expected = int(re.search(r'name="expected" value="(\d+)"', page.split("sheet-form")[1])[1])
    assert edit(client, story, "rename", expected=expected, title="Ferry on rocks").status_code == 302
    assert [change.new_title for change in StoryChange.objects.all()] == ["Ferry off Norvik", "Ferry on rocks"]


def test_title_of_another_story_is_refused(as_user, editor: User):
    make_listed("Bridge closed", is_hidden=True)
    story = make_listed("Ferry aground")
    answer = edit(as_user(editor), story, "rename", title="Bridge closed")
    assert answer.status_code == 422
    assert "There is a story of that title already. It is hidden." in answer.content.decode()
    assert log(story) == []


# --- Closing and hiding -------------------------------------------------------------------------------------------


def test_closing_and_opening_again(as_user, editor: User):
    story = make_listed("Ferry aground")
    client = as_user(editor)
    edit(client, story, "close")
    story.refresh_from_db()
    assert story.is_closed
    page = client.get("/").content.decode()
    assert "“Ferry aground” is closed: it takes no new articles." in page
    assert titles(client.get("/", {"show": "closed"}).content.decode()) == ["Ferry aground"]
    assert titles(client.get("/", {"show": "open"}).content.decode()) == []
    edit(client, story, "reopen")
    story.refresh_from_db()
    assert not story.is_closed
    assert log(story) == [("close", "edda"), ("reopen", "edda")]


def test_stale_state_is_not_set(as_user, administrator: User, editor: User):
    story = make_listed("Ferry aground")
    stories.set_state(story=story, act=StoryAct.CLOSE, expected=0, by=editor)
    answer = edit(as_user(administrator), story, "hide", expected=0)
    page = " ".join(answer.content.decode().split())
    assert answer.status_code == 409
    assert "Edda Editor closed “Ferry aground”" in page
    assert "is closed. What you wanted was not done" in page
    story.refresh_from_db()
    assert not story.is_hidden


def test_hidden_story_is_listed_for_administrators_only(as_user, administrator: User, editor: User):
    story = make_listed("Ferry aground", "ad")
    client = as_user(administrator)
    edit(client, story, "hide", next=story.get_absolute_url())
    assert titles(client.get("/").content.decode()) == []
    page = client.get("/", {"show": "hidden"}).content.decode()
    assert titles(page) == ["Ferry aground"]
    assert re.search(rf'href="/stories/{story.slug}/edit/"[^>]* data-row-link', page)
    assert client.get(story.get_absolute_url()).status_code == 404
    assert client.get(f"/stories/{story.slug}/edit/").status_code == 200
    client = as_user(editor)
    page = client.get("/", {"show": "hidden"}).content.decode()
    assert titles(page) == []
    assert 'value="hidden"' not in page
    assert client.get(f"/stories/{story.slug}/edit/").status_code == 404
    client = as_user(administrator)
    story.refresh_from_db()
    edit(client, story, "show")
    assert client.get(story.get_absolute_url()).status_code == 200
    assert log(story) == [("hide", "ada"), ("show", "ada")]


def test_form_leads_back_to_where_it_was(as_user, administrator: User):
    story = make_listed("Ferry aground")
    client = as_user(administrator)
    answer = edit(client, story, "close", next="/?q=ferry&page=1")
    assert answer.headers["Location"] == "/?q=ferry&page=1"
    story.refresh_from_db()
    assert (
        edit(client, story, "reopen", next="https://elsewhere.example/").headers["Location"]
        == "/stories/ferry-aground/"
    )
    story.refresh_from_db()
    # Its own page is gone when it is hidden.
    assert edit(client, story, "hide", next="/stories/ferry-aground/ledger/").headers["Location"] == "/"


# --- Deleting -----------------------------------------------------------------------------------------------------


def test_story_nobody_worked_on_is_deleted_with_what_the_machine_found(as_user, administrator: User):
    story = make_story(title="Ferry aground")
    kept = make_listed("Bridge closed")
    client = as_user(administrator)
    page = client.get(f"/stories/{story.slug}/delete/").content.decode()
    assert "The Harbour Post: Ferry runs aground off Norvik" in page
    answer = client.post(f"/stories/{story.slug}/delete/", {"expected": 0})
    assert answer.headers["Location"] == "/"
    assert list(Story.objects.all()) == [kept]
    assert not Claim.objects.filter(statement__contains="ferry").exists()
    assert not Entity.objects.exists()
    change = StoryChange.objects.get()
    assert (change.act, change.title, change.by, change.story_id) == (
        "delete",
        "Ferry aground",
        administrator,
        story.pk,
    )
    assert "Coast Daily: Ferry with at least 140 aboard grounds near Norvik" in change.lost
    assert "is deleted" in client.get("/").content.decode()
    # Whoever comes late is told.
    assert client.post(f"/stories/{story.slug}/delete/", {"expected": 0}).status_code == 404


def note_on(story: Story, by: User) -> None:
    claim = story.claims.standing().first()
    content = NoteContent(verdict=None, text="At work on it.")
    create_note(claim=claim, content=content, state=NoteState.DRAFT, by=by, key=uuid4())


def decide_in(story: Story, by: User) -> None:
    alignment = Alignment.objects.filter(claim__story=story).live().first()
    decision = deciding.reject(alignment=alignment, by=by, expected=0)
    deciding.undo(decision=decision, by=by)


@pytest.mark.parametrize(
    ("work", "said"),
    [(note_on, "1 note of colleagues stands in it"), (decide_in, "2 decisions of colleagues stand in it")],
)
def test_story_with_work_of_people_is_never_deleted(as_user, administrator: User, fact_checker: User, work, said: str):
    story = make_story(title="Ferry aground")
    work(story, fact_checker)
    client = as_user(administrator)
    page = client.get(f"/stories/{story.slug}/delete/").content.decode()
    assert said in page
    assert "Hide it instead" in page
    assert "Delete the story" not in page
    answer = client.post(f"/stories/{story.slug}/delete/", {"expected": 0})
    assert answer.status_code == 409
    assert said in answer.content.decode()
    assert Article.objects.filter(story=story).count() == 2
    assert log(story) == []


def tell_apart(entity: Entity, by: User) -> Decision:
    """Two of the name, in whatever stories name it: one decision, whose span is in the first of their texts."""
    return deciding.split_entity(
        entity=entity,
        mentions=list(entity.mentions.all()),
        name="Lena Dahl (mayor)",
        kind=EntityKind.PERSON,
        by=by,
        expected=0,
    )


def test_names_told_apart_keep_every_story_they_stand_in(as_user, administrator: User, fact_checker: User):
    first, second = make_story(title="Ferry aground"), make_story(title="Ferry afloat")
    decision = tell_apart(Entity.objects.get(name="Lena Dahl"), fact_checker)
    assert decision.version.article.story == first
    client = as_user(administrator)
    answer = client.post(f"/stories/{second.slug}/delete/", {"expected": 0})
    assert answer.status_code == 409
    assert "1 decision of colleagues stands in it" in answer.content.decode()
    with pytest.raises(IntegrityError, match="People decided whom"), transaction.atomic():
        second.delete()
    # Taken back, nothing of it stands there any more.
    deciding.undo(decision=decision, by=fact_checker)
    assert client.post(f"/stories/{second.slug}/delete/", {"expected": 0}).status_code == 302


@pytest.mark.parametrize("work", [note_on, decide_in])
def test_database_itself_refuses(fact_checker: User, work):
    story = make_story(title="Ferry aground")
    work(story, fact_checker)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; DELETE FROM articles_story WHERE id = %s", [story.pk])
    with pytest.raises(ProtectedError):
        story.delete()


@pytest.mark.parametrize("model", [Article, ArticleVersion])
def test_text_goes_only_with_its_story(model: type[Model]):
    def delete(row: Model) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            row.delete()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    story = make_story()
    with pytest.raises(IntegrityError, match="goes only with its story"):
        delete(model.objects.first())
    delete(story)
    assert not model.objects.exists()


def test_log_is_append_only(editor: User):
    stories.create_story(title="Ferry aground", by=editor)
    for statement in ("UPDATE articles_storychange SET title = 'x'", "DELETE FROM articles_storychange"):
        with pytest.raises(IntegrityError, match="immutable"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_stale_deletion_asks_again(as_user, administrator: User, editor: User):
    story = make_listed("Ferry aground")
    stories.rename_story(story=story, title="Ferry off Norvik", expected=0, by=editor)
    answer = as_user(administrator).post(f"/stories/{story.slug}/delete/", {"expected": 0})
    assert answer.status_code == 409
    assert "Look again before you delete it." in answer.content.decode()
    assert Story.objects.filter(pk=story.pk).exists()


# --- Who may ------------------------------------------------------------------------------------------------------

MAY = {
    "reader": set[str](),
    "fact-checker": set[str](),
    "editor": {"new", "rename", "close", "reopen"},
    "desk administrator": {"new", "rename", "close", "reopen", "hide", "show", "delete"},
}


@pytest.mark.parametrize("role", MAY)
def test_each_role_does_what_it_may(client: Client, role: str):
    client.force_login(make_user(role))
    done = set()
    for number, act in enumerate(["new", "rename", "close", "reopen", "hide", "show", "delete"]):
        is_hidden = act == "show" and role == "desk administrator"
        story = make_listed(f"Story {number}", is_closed=act == "reopen", is_hidden=is_hidden)
        if act == "new":
            answer = client.post("/stories/new/", {"title": "A new one"})
        elif act == "delete":
            answer = client.post(f"/stories/{story.slug}/delete/", {"expected": 0})
        else:
            answer = edit(client, story, act, title="Another title")
        assert answer.status_code in {302, 403}
        if answer.status_code == 302:
            done.add(act)
    assert done == MAY[role]
    page = client.get("/").content.decode()
    assert ("story-menu" in page) == bool(MAY[role])
    assert ('value="hide"' in page) == ("hide" in MAY[role])


def test_unknown_act_is_no_act(as_user, administrator: User):
    story = make_listed("Ferry aground")
    assert edit(as_user(administrator), story, "delete").status_code == 400
    assert edit(as_user(administrator), story, "").status_code == 400
