"""The app that holds what the desk says about the record."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def make_scale(*, using: str, **kwargs: Any) -> None:
    """Makes the first verdict scale: notes need one, and a flushed test database has no migrations."""
    from annotations.scale import make_default_scale

    make_default_scale(using=using)


class AnnotationsConfig(AppConfig):
    name = "annotations"

    def ready(self) -> None:
        post_migrate.connect(make_scale, sender=self)
