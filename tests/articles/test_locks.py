"""Two at work on one story: the second waits, and not for ever."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from annotations.models import Note, Verdict
from articles.models import ChosenColumn, StoryChange
from tests.factory import make_story


@contextmanager
def held(name: str, number: int) -> Iterator[None]:
    """Somebody else, in a transaction of their own, holds that lock."""
    parameters = connection.get_connection_params()
    known = {key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if parameters.get(key)}
    with psycopg.connect(**known) as other:
        other.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [f"crossread {name}", number])
        yield


@pytest.mark.django_db(transaction=True)
def test_busy_story_is_told_in_a_sentence_and_nothing_is_saved(client: Client, fact_checker: User, settings):
    settings.LOCK_SECONDS = 1
    story = make_story()
    claim = story.claims.standing().first()
    client.force_login(fact_checker)
    data = {
        "note-verdict": Verdict.objects.offered().first().pk,
        "note-text": "Read it.",
        "note-key": str(uuid4()),
        "note-revision": "0",
        "evidence-TOTAL_FORMS": "0",
        "evidence-INITIAL_FORMS": "0",
        "save": "1",
    }
    with held("story", story.pk):
        response = client.post(reverse("note_new", kwargs={"pk": claim.pk}), data)
        assert response.status_code == 503
        assert "Others are at work on this story" in response.content.decode()
    assert not Note.objects.exists()
    assert client.post(reverse("note_new", kwargs={"pk": claim.pk}), data).status_code == 302
    assert Note.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["rename", "close"])
def test_story_being_compared_is_not_renamed_or_closed_under_it(client: Client, editor: User, settings, act: str):
    settings.LOCK_SECONDS = 1
    story = make_story(title="Ferry aground")
    client.force_login(editor)
    data = {"act": act, "expected": 0, "title": "Ferry off Norvik"}
    with held("story", story.pk):
        response = client.post(reverse("story_edit", args=[story.slug]), data)
        assert response.status_code == 503
        assert "Others are at work on this story" in response.content.decode()
    assert not StoryChange.objects.exists()
    assert client.post(reverse("story_edit", args=[story.slug]), data).status_code == 302
    assert StoryChange.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_choices_of_columns_are_never_mixed(client: Client, reader: User, settings):
    """The second waits until the first is whole."""
    settings.LOCK_SECONDS = 1
    story = make_story()
    first, second = story.articles.in_order().values_list("pk", flat=True)
    client.force_login(reader)
    url = reverse("story_columns", args=[story.slug])
    client.post(url, {"show": [first, second]})
    with held("columns", reader.pk):
        assert client.post(url, {"show": [second, first]}).status_code == 503
    assert list(ChosenColumn.objects.order_by("position").values_list("article", flat=True)) == [first, second]
    assert client.post(url, {"show": [second, first]}).status_code == 302
    assert list(ChosenColumn.objects.order_by("position").values_list("article", flat=True)) == [second, first]
