"""One claim on a page of its own: what its panel says, and everything people decided about it."""

from dataclasses import dataclass

from django.db.models import Q

from articles.models import Claim, Decision
from articles.reading.columns import find_columns, shown_columns
from articles.reading.panel import Panel, claim_panel

# A claim with more decisions than this has a story that the log of the desk tells better.
DECISIONS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """``merged_into`` is the claim that holds its passages now; ``merged`` are the numbers of those it took in."""

    panel: Panel
    decisions: tuple[Decision, ...]
    merged_into: Claim | None
    merged: tuple[int, ...]

    @property
    def query(self) -> str:
        """Further parameters for the Read page: the texts that make the claim, when all of them are hidden there."""
        speaking = [part.column for part in self.panel.parts if part.wordings]
        if not speaking or any(column.is_shown for column in speaking):
            return ""
        shown = shown_columns(part.column for part in self.panel.parts)
        return "".join(f"&show={column.article}" for column in [*speaking, *shown])


def read_claim(claim: Claim, *, by: int | None = None) -> ClaimPage:
    """The page of ``claim``, whose story and ``merged_into`` are at hand, in nine queries at most.

    ``by`` is the person whose choice of columns its links into the texts go by.
    """
    decisions = (
        Decision.objects.filter(Q(claim=claim) | Q(other_claim=claim))
        .select_related("by", "claim", "other_claim", "undone_by", "undoes")
        .order_by("-pk")[:DECISIONS_SHOWN]
    )
    target = claim.merged_into
    seen = {claim.pk}
    # Merged again meanwhile: the last one holds the passages.
    while target is not None and target.merged_into_id and target.pk not in seen:
        seen.add(target.pk)
        target = target.merged_into
    return ClaimPage(
        panel=claim_panel(claim.pk, story=claim.story, columns=find_columns(claim.story, by=by)),
        decisions=tuple(decisions),
        merged_into=target,
        merged=tuple(claim.merged.order_by("number").values_list("number", flat=True)),
    )
