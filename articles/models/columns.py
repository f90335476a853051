"""Which sources of a story a person reads side by side, and in which order."""

from collections.abc import Sequence
from typing import Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import OuterRef

from articles.locks import lock
from articles.models.sources import Article, Story


class ChosenColumnQuerySet(models.QuerySet["ChosenColumn"]):
    def for_reading(self, *, story: Story | OuterRef, by: int | None) -> Self:
        """The columns ``by`` chose for ``story``, in order."""
        return self.filter(story=story, user=by).order_by("position")

    @transaction.atomic
    def choose(self, *, story: Story, by: int, articles: Sequence[int]) -> None:
        """Remembers ``articles`` of ``story`` as the columns of ``by``; none of them forgets the choice.

        Raises:
            BusyError: when another choice of theirs is being written for longer than one waits.
        """
        # Two presses at once: the second waits, and one choice is never made of both.
        lock("columns", by)
        self.filter(story=story, user=by).delete()
        known = set(Article.objects.filter(story=story, pk__in=articles).values_list("pk", flat=True))
        chosen = [key for key in dict.fromkeys(articles) if key in known]
        rows = [self.model(user_id=by, story=story, article_id=key, position=place) for place, key in enumerate(chosen)]
        self.bulk_create(rows)


class ChosenColumn(models.Model):
    """One of the columns a person chose. Without any, all sources are shown in the order they joined the story."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="chosen_columns")
    position = models.PositiveSmallIntegerField()

    objects = ChosenColumnQuerySet.as_manager()

    class Meta:
        ordering = ["user", "story", "position"]
        constraints = [
            models.UniqueConstraint(fields=["user", "article"], name="%(app_label)s_%(class)s_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} reads {self.article_id} in place {self.position}"
