"""Two at work on one story: the second waits, and not for ever."""

from uuid import uuid4

import psycopg
import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from annotations.models import Note, Verdict
from tests.factory import make_story


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
    parameters = connection.get_connection_params()
    with psycopg.connect(
        **{key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if parameters.get(key)}
    ) as other:
        other.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", ["crossread story", story.pk])
        response = client.post(reverse("note_new", kwargs={"pk": claim.pk}), data)
        assert response.status_code == 503
        assert "Others are at work on this story" in response.content.decode()
    assert not Note.objects.exists()
    assert client.post(reverse("note_new", kwargs={"pk": claim.pk}), data).status_code == 302
    assert Note.objects.count() == 1
