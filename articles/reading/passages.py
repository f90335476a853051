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


def find_passages(version: int) -> list[PassageMark]:
    """The passages of one version that notes are on; one query."""
    return [
        PassageMark(start, end, note, version, label)
        for _, start, end, note, _, label in noted_passages([version]).order_by("notes__start", "-notes__end", "notes")
    ]
