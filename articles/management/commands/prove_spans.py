"""Re-proves every stored span: that its text still says there what the span says it does."""

import sys
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from articles.management.base import DeskCommand
from articles.models import ArticleVersion

# Field triples of a span beside the row's own (start, end, quote), all in the row's version.
INNER_SPANS = ["speaker", "certainty", "cue"]


class Command(DeskCommand):
    help = "Slice every stored span out of its text again and report the number of mismatches."

    def handle(self, *args: Any, **options: Any) -> None:
        spans = mismatches = 0
        tables = [(model, list(_triples(model))) for model in apps.get_models()]
        for version in ArticleVersion.objects.order_by("pk").iterator(chunk_size=50):
            for model, triples in tables:
                for version_field, start_field, end_field, quote_field in triples:
                    rows = model._default_manager.filter(**{version_field: version.pk, f"{start_field}__isnull": False})
                    for pk, start, end, quote in rows.values_list("pk", start_field, end_field, quote_field):
                        spans += 1
                        if version.text[start:end] != quote:
                            mismatches += 1
                            self.stderr.write(
                                f"{model._meta.label} {pk} [{start}:{end}] of version {version.pk}:"
                                f" stored {quote!r}, text {version.text[start:end]!r}"
                            )
        self.stdout.write(f"{spans} spans, {mismatches} mismatches")
        if mismatches:
            sys.exit(1)


def _triples(model: type[models.Model]) -> Iterator[tuple[str, str, str, str]]:
    """Every (version, start, end, quote) group of fields a model has, found by the names the record uses for them."""
    names = {field.name for field in model._meta.get_fields() if isinstance(field, models.Field)}
    if {"version", "start", "end", "quote"} <= names:
        yield "version_id", "start", "end", "quote"
    for inner in INNER_SPANS:
        if {"version", f"{inner}_start", f"{inner}_end", f"{inner}_quote"} <= names:
            yield "version_id", f"{inner}_start", f"{inner}_end", f"{inner}_quote"
    for side in ("left", "right"):
        if {side, f"{side}_start", f"{side}_end", f"{side}_quote"} <= names:
            yield f"{side}_id", f"{side}_start", f"{side}_end", f"{side}_quote"
