"""The stored search vectors hold any text that can be imported."""

import hashlib
import random

import pytest
from django.db import connection

from articles.ingest import find_or_create_story
from articles.models import Article, ArticleVersion, Outlet

pytestmark = pytest.mark.django_db


def _words(first: int, last: int, count: int) -> str:
    letters = random.Random(1)
    return "".join(chr(letters.randint(first, last)) if n % 4 else " " for n in range(count))


@pytest.mark.parametrize(
    "body",
    [
        "Words " + _words(0xAC00, 0xD7A3, 195_000),
        "Words " + _words(0x1F300, 0x1F6FF, 200_000),
        "Words " + " ".join(f"w{n:x}" for n in range(400_000)),
        "Words " + " ".join(chr(n) for n in range(0x20000, 0x2A6D0)),
        "Words " + _words(0x20000, 0x2A6D0, 200_000),
        "Words " + "\ufdfa" * 200_000,
    ],
    ids=["hangul", "emoji", "latin", "one-letter-words", "short-words", "ligatures"],
)
def test_search_vector_holds_whatever_the_letters(body: str):
    article = Article.objects.create(
        story=find_or_create_story("Long"), outlet=Outlet.objects.create(name="Long"), headline="Head"
    )
    text = f"Head\n\n{body}"
    version = ArticleVersion.objects.create(
        article=article,
        number=1,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        character_count=len(text),
        word_count=1,
        retrieved_at=article.created_at,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT search @@ 'words:*'::tsquery FROM articles_articleversion WHERE id = %s", [version.pk])
        assert cursor.fetchone()[0]
