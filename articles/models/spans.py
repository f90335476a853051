"""A span: a passage of one version's text, stored with the words it stands for."""

from django.db import models
from django.db.models import F, Q


def span_in_order(start: str, end: str, *, name: str, optional: bool = False) -> models.CheckConstraint:
    """A CHECK that ``0 <= start < end`` (or, when optional, that both are null)."""
    is_interval = Q(**{f"{start}__gte": 0}) & Q(**{f"{end}__gt": F(start)})
    if optional:
        is_interval = Q(**{f"{start}__isnull": True, f"{end}__isnull": True}) | is_interval
    return models.CheckConstraint(condition=is_interval, name=f"%(app_label)s_%(class)s_{name}")


class Span(models.Model):
    """Half-open ``start, end`` in code points of ``version.text``, with ``quote == text[start:end]``.

    The database keeps ``0 <= start < end`` here and, by a trigger on each statement, ``end <= length`` and the
    quote's length; ``prove_spans`` re-slices every row.
    """

    version = models.ForeignKey("articles.ArticleVersion", on_delete=models.CASCADE)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()

    class Meta:
        abstract = True
        constraints = [span_in_order("start", "end", name="span_in_order")]

    def __str__(self) -> str:
        words = self.quote if len(self.quote) <= 60 else f"{self.quote[:57]}…"
        return f"{words} [{self.start}:{self.end}]"
