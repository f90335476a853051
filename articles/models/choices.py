"""Closed vocabularies are checked by the database, not only by forms."""

from django.db import models


def is_one_of(field: str, choices: type[models.TextChoices], *, name: str) -> models.CheckConstraint:
    """A CHECK that ``field`` holds one of ``choices``, for a model's ``Meta.constraints``."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": [str(value) for value in choices.values]}),
        name=f"%(app_label)s_%(class)s_{name}",
    )
