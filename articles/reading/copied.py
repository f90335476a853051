"""The passages that prove that sources of a claim share copy: the words of both sides, and how much is the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Q
from rapidfuzz.distance import Indel

from articles.analysis.text import fold
from articles.models import Alignment, FindingDecision, SharedBand, SharedPassage, Story
from articles.reading.columns import Column


@dataclass(frozen=True, slots=True)
class CopiedSide:
    """One side of a copied passage: exact words of one version."""

    column: Column
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class CopiedPassage:
    """Words that two sources have in common. ``percent`` is the share of words that are the same; 100 means all."""

    sides: tuple[CopiedSide, CopiedSide]
    percent: int


def find_copied(
    story: Story, groups: Sequence[Sequence[Column]], alignments: Sequence[Alignment]
) -> tuple[CopiedPassage, ...]:
    """The shared passages between columns of one group that overlap what the claim rests on there.

    One query, and none where no group is given.
    """
    by_version = {column.version: column for group in groups for column in group}
    pairs = [pair for group in groups for pair in combinations(sorted(column.version for column in group), 2)]
    if not pairs:
        return ()
    spoken: dict[int, list[tuple[int, int]]] = {}
    for alignment in alignments:
        row = alignment.appearance
        if alignment.is_live:
            spoken.setdefault(row.version_id, []).append((row.start, row.end))

    def is_spoken(version: int, start: int, end: int) -> bool:
        return any(low < end and start < high for low, high in spoken.get(version, ()))

    of_a_pair = Q()
    for low, high in pairs:
        of_a_pair |= Q(left=low, right=high) | Q(left=high, right=low)
    shared = SharedPassage.objects.filter(
        of_a_pair, story=story, band=SharedBand.SUGGESTED, decision=FindingDecision.SUGGESTED
    )

    def sides(row: SharedPassage) -> tuple[CopiedSide, CopiedSide]:
        left = CopiedSide(by_version[row.left_id], row.left_start, row.left_end, row.left_quote)
        right = CopiedSide(by_version[row.right_id], row.right_start, row.right_end, row.right_quote)
        return (left, right) if left.column.article < right.column.article else (right, left)

    return tuple(
        CopiedPassage(
            sides=sides(row),
            percent=same_words(row.left_quote, row.right_quote),
        )
        for row in shared.order_by("left", "left_start", "right")
        if is_spoken(row.left_id, row.left_start, row.left_end)
        and is_spoken(row.right_id, row.right_start, row.right_end)
    )


def same_words(left: str, right: str) -> int:
    """How many in a hundred words of both are the same, in their order. Only equal words make 100.

    >>> same_words("Ten boats sank.", "ten boats sank"), same_words("Ten boats sank.", "Ten ships sank.")
    (100, 66)
    """
    one, other = (
        [word for token in fold(text).split() if (word := "".join(filter(str.isalnum, token)))]
        for text in (left, right)
    )
    if one == other:
        return 100
    return min(99, int(100 * Indel.normalized_similarity(one, other)))
