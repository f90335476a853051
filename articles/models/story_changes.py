"""What people did with stories as such: an append-only log that outlives even a story that was deleted."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.models.choices import is_one_of
from articles.models.sources import Story


class StoryAct(models.TextChoices):
    """The words are those shown to people, before the story's title."""

    CREATE = "create", "made"
    RENAME = "rename", "renamed"
    CLOSE = "close", "closed"
    REOPEN = "reopen", "opened again"
    HIDE = "hide", "hid"
    SHOW = "show", "brought back"
    DELETE = "delete", "deleted"


class StoryChange(models.Model):
    """One act of one person. A trigger refuses every change and removal.

    The reference is no constraint: the line that says who deleted a story stays when the story is gone.
    """

    story = models.ForeignKey(Story, on_delete=models.DO_NOTHING, db_constraint=False, related_name="changes")
    act = models.CharField(max_length=6, choices=StoryAct)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # What it was called when the act began, and since then, where the act is about its name.
    title = models.CharField(max_length=200)
    new_title = models.CharField(max_length=200, blank=True)
    # Of a deletion: the articles that went with it, one a line, so that they can be fetched again.
    lost = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            is_one_of("act", StoryAct, name="act_known"),
            models.CheckConstraint(
                condition=Q(act="rename") & ~Q(new_title="") | ~Q(act="rename") & Q(new_title=""),
                name="%(app_label)s_%(class)s_new_title_of_a_rename",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.get_act_display()} “{self.title}” ({self.at:%Y-%m-%d})"
