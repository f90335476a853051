"""What a row carries that people may decide about."""

from django.conf import settings
from django.db import models


class Decidable(models.Model):
    """A machine's row that people may correct. ``revision`` counts their corrections: a write names the one it saw."""

    revision = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class Decided(Decidable):
    """A row whose ``decision`` says what a person made of it, with who and when."""

    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


def decided_by_a_person(machine: list[str]) -> models.CheckConstraint:
    """Who and when of a decision move together: set exactly when the decision is not the machine's."""
    return models.CheckConstraint(
        condition=models.Q(decision__in=machine, decided_by__isnull=True, decided_at__isnull=True)
        | (~models.Q(decision__in=machine) & models.Q(decided_by__isnull=False, decided_at__isnull=False)),
        name="%(app_label)s_%(class)s_decided_by_a_person",
    )
