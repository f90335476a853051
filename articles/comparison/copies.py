"""Stores the passages that versions share."""

from collections.abc import Mapping

from articles.analysis import types as found
from articles.models import ArticleVersion, SharedPassage, Story


def store_shared(story: Story, result: found.StoryAnalysis, versions: Mapping[int, ArticleVersion]) -> None:
    """Replaces the machine's passages; those that people rejected stay, and the comparison has left them out."""
    SharedPassage.objects.filter(story=story, decided_by__isnull=True).delete()
    rows = []
    for passage in result.shared:
        left, right = versions[passage.left], versions[passage.right]
        low, high = passage.left_span, passage.right_span
        rows.append(
            SharedPassage(
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
        )
    SharedPassage.objects.bulk_create(rows)
