"""Stores the passages that versions share."""

from collections.abc import Mapping

from articles.analysis import types as found
from articles.models import ArticleVersion, SharedPassage, Story


def store_shared(story: Story, result: found.StoryAnalysis, versions: Mapping[int, ArticleVersion]) -> None:
    """Brings the machine's passages up to date; what people rejected stays, and the comparison has left it out."""
    rows = {}
    for passage in result.shared:
        left, right = versions[passage.left], versions[passage.right]
        low, high = passage.left_span, passage.right_span
        row = SharedPassage(
            story=story,
            left=left,
            left_start=low.start,
            left_end=low.end,
            left_quote=left.text[low.start : low.end],
            right=right,
            right_start=high.start,
            right_end=high.end,
            right_quote=right.text[high.start : high.end],
            token_count=passage.tokens,
            band=passage.band,
        )
        rows[_told(row)] = row
    # A passage that is found again keeps its row: somebody may be deciding about it right now.
    known = {_told(row): row.pk for row in SharedPassage.objects.filter(story=story, decided_by__isnull=True)}
    SharedPassage.objects.filter(pk__in=[pk for told, pk in known.items() if told not in rows]).delete()
    SharedPassage.objects.bulk_create(row for told, row in rows.items() if told not in known)


def _told(row: SharedPassage) -> tuple[object, ...]:
    """What a passage says, to know it again."""
    spans = (row.left_id, row.left_start, row.left_end, row.right_id, row.right_start, row.right_end)
    return *spans, row.token_count, str(row.band)
