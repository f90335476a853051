"""The web server's database role adds to what people did and can change none of it, triggers or not."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import ProgrammingError, connection, transaction

from annotations.models import NoteState
from annotations.writing import NoteContent, create_note
from articles import deciding, stories
from articles.models import Alignment, Story
from articles.stories import StoryInUseError
from config.database_role import HISTORY, grant_role
from tests.factory import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def role() -> str:
    """The role of the embedded server, or one made for the test on a server of one's own, where that is allowed."""
    name = settings.DATABASE_ROLE or f"crossread_web_{uuid4().hex[:8]}"
    with connection.cursor() as cursor:
        if not settings.DATABASE_ROLE:
            cursor.execute("SELECT rolcreaterole FROM pg_roles WHERE rolname = current_user")
            if not cursor.fetchone()[0]:
                pytest.skip("This server's user may make no roles, and DATABASE_ROLE names none.")
            cursor.execute(f'CREATE ROLE "{name}" NOLOGIN; GRANT "{name}" TO current_user')
    return name


def test_web_server_works_and_rewrites_no_history(role: str, fact_checker: User, administrator: User, settings):
    settings.DATABASE_ROLE = role
    grant_role(using="default")
    with connection.cursor() as cursor:
        cursor.execute(f'SET LOCAL ROLE "{role}"')
    # Importing, noting, deciding and taking back: the whole of a desk's day.
    story = make_story()
    claim = story.claims.standing().get(divergences__kind="quantity")
    content = NoteContent(verdict=None, text="At work on it.")
    create_note(claim=claim, content=content, state=NoteState.DRAFT, by=fact_checker, key=uuid4())
    alignment = Alignment.objects.filter(claim=claim).live().first()
    decision = deciding.reject(alignment=alignment, by=fact_checker, expected=0)
    deciding.undo(decision=decision, by=fact_checker)
    # A story nobody worked on goes with all its texts, and only that.
    idle = make_story()
    stories.delete_story(story=idle, expected=0, by=administrator)
    with pytest.raises(StoryInUseError):
        stories.delete_story(story=story, expected=0, by=administrator)
    assert list(Story.objects.all()) == [story]
    for table in HISTORY:
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
    for statement in ("UPDATE articles_articleversion SET text = ''", "DELETE FROM annotations_note"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
