"""What must hold before the site may serve people."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DEFAULT_DB_ALIAS, ProgrammingError


def find_demo_people(*, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The user names of the demonstration's people in this database; none before it is migrated."""
    from django.contrib.auth.models import User

    from articles.roles import DEMO_GROUP

    try:
        return list(
            User.objects.using(using)
            .filter(groups__name=DEMO_GROUP)
            .order_by("username")
            .values_list("username", flat=True)
        )
    except ProgrammingError:
        return []


def demo_people_refusal(names: list[str]) -> str:
    """The sentence an operator reads when production meets the demonstration's people."""
    return (
        f"This database holds demonstration users ({', '.join(names)}), whose password is public. "
        "Production does not start on it: use a database of its own."
    )


@register(Tags.database)
def check_demo_people(
    app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Database checks run on ``migrate`` and ``check --database default``; config/wsgi.py asks again at the start."""
    if not settings.IS_PRODUCTION or DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    names = find_demo_people()
    return [Error(demo_people_refusal(names), id="crossread.E001")] if names else []
