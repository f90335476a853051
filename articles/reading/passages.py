"""Where notes stand on passages of a text, as the record may know it: through the reverse relation, by field name."""

from collections.abc import Collection
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Coalesce

from articles.models import ArticleVersion
from articles.reading.runs import PassageMark


def noted_passages(versions: Collection[int]) -> QuerySet[Any]:
    """Version, start, end and key of every passage note on ``versions``, no claim, and what the note comes to."""
    return (
        ArticleVersion.objects.filter(pk__in=versions, notes__isnull=False)
        .order_by()
        .values_list(
            "pk",
            "notes__start",
            "notes__end",
            "notes",
            Value(0),
            Coalesce("notes__current__verdict__label", Value("In progress"), output_field=CharField()),
        )
    )


def notes_left_behind(versions: Collection[int]) -> QuerySet[Any]:
    """The same for passage notes on older texts of the articles whose current texts are ``versions``: the current
    text, no place in it, the note, and -1 in place of a claim."""
    return (
        ArticleVersion.objects.filter(article__current_version__in=versions, notes__isnull=False)
        .exclude(pk__in=versions)
        .order_by()
        .values_list(
            "article__current_version", Value(0), Value(0), "notes", Value(-1), Value("", output_field=CharField())
        )
    )


def find_passages(version: int) -> list[PassageMark]:
    """The passages of one version that notes are on; one query."""
    return [
        PassageMark(start, end, note, version, label)
        for _, start, end, note, _, label in noted_passages([version]).order_by("notes__start", "-notes__end", "notes")
    ]
