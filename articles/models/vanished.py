"""Claims that the machine no longer finds and nobody worked on: their numbers, so that an address keeps its meaning."""

from django.db import models

from articles.models.sources import Story


class VanishedClaim(models.Model):
    """What is left of a claim that the last comparison did not find: number, words, and where it stood.

    ``places`` holds ``[version, start, end]`` of each passage. A claim found there again takes its number back.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="vanished_claims")
    number = models.PositiveIntegerField()
    statement = models.TextField()
    # Read as a whole and never searched.
    places = models.JSONField(default=list)
    vanished_at = models.DateTimeField()

    class Meta:
        ordering = ["story", "number"]
        constraints = [
            models.UniqueConstraint(fields=["story", "number"], name="%(app_label)s_%(class)s_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.statement}"
