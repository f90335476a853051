"""The app that holds what the sources say."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def make_groups(*, using: str, **kwargs: Any) -> None:
    """Makes the groups of the four roles: the code relies on them, and a flushed test database has no migrations."""
    from django.contrib.auth.models import Group

    from articles.roles import ROLES

    for name in ROLES:
        Group.objects.using(using).get_or_create(name=name)


class ArticlesConfig(AppConfig):
    name = "articles"

    def ready(self) -> None:
        post_migrate.connect(make_groups, sender=self)
