"""Asks the search and makes what it finds, for tests of what is found and of what is not."""

import uuid

from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Note, NoteState, Verdict
from annotations.writing import NoteContent, create_note
from articles.models import Claim, Story
from tests.factory import make_article, make_story, make_user

HTMX = {"HX-Request": "true", "HX-Target": "results"}
QUICK = {"HX-Request": "true", "HX-Target": "quick_results"}


def counts(client: Client, q: str, **fields: str) -> dict[str, int]:
    """How many of each kind the page says there are."""
    groups = client.get("/search/", {"q": q, **fields}).context["groups"]
    return {group.kind: group.count for group in groups}


def titles(client: Client, q: str, kind: str, **fields: str) -> list[str]:
    (group,) = [g for g in client.get("/search/", {"q": q, **fields}).context["groups"] if g.kind == kind]
    return ["".join(piece.words for piece in hit.title) for hit in group.hits]


def make_note(claim: Claim, text: str, *, by: User | None = None) -> Note:
    content = NoteContent(verdict=Verdict.objects.offered()[0], text=text, not_checked="The manifest.")
    writer = by or make_user()
    return create_note(claim=claim, content=content, state=NoteState.SUBMITTED, by=writer, key=uuid.uuid4())


def make_garcia() -> Story:
    return make_story(
        [
            make_article("El Faro", "Señor García speaks", "“The harbour is open,” said Jorge García Núñez on Monday."),
            make_article(
                "Coast Daily", "Harbour open again", "Ferries sail to Norvik again. Jorge García was content."
            ),
        ],
        title="Opening at Ålesund",
    )
