"""Which passages people took from one another, so that no claim of the machine has both.

A passage that is taken out of a claim does not belong with those that stay in it, whatever number they would stand
under. Worked out from what is decided now; the log tells only which passages stood there when they were refused. What
is taken back parts nothing.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from articles.analysis import types as found
from articles.analysis.decided import shares_half
from articles.models import Alignment, AlignmentDecision, ArticleVersion, Decision
from articles.models.claims import LIVE

# A passage, by the key of its article.
type Place = tuple[int, found.Span]
# The passages that a passage stands with in claims that nobody decided about.
type Company = Callable[[ArticleVersion, found.Span], Iterable[Place]]


def find_parted(
    claims: Sequence[found.DecidedClaim], rows: Mapping[int, Sequence[Alignment]], company: Company
) -> Iterator[tuple[int, found.Span, int, found.Span]]:
    """Every two passages that people took from one another, once for each claim that says so.

    ``rows`` are, by the key of its claim, what people said of each passage. Two passages that stand together in
    another claim stay there: a no for this claim is none against that one.
    """
    standing = {claim.key: _standing(claim) for claim in claims}
    stood = _refused_where_they_stood(rows)
    confirmed = {
        claim.key: [(a.article, a.span) for a in claim.appearances if a.decision == "confirmed"] for claim in claims
    }
    for claim in claims:
        here = standing[claim.key]
        elsewhere = [places for key, places in standing.items() if key != claim.key]
        moved = [place for key, places in confirmed.items() if key != claim.key for place in places]
        out = [
            (row, (row.appearance.version.article_id, found.Span(row.appearance.start, row.appearance.end)))
            for row in rows[claim.key]
            if row.decision == AlignmentDecision.REJECTED
        ]
        # Where a person drew other boundaries, the passage is still in the claim.
        out = [(row, place) for row, place in out if not _is_among(place, here)]
        for row, place in out:
            # Of two that went one after the other the first did not belong with the second, if either was sent where
            # it belongs. Two that were only refused may well be one claim, and what only might have belonged, or came
            # later, was never together with the first.
            others = here + [
                other
                for later, other in out
                if _is_after(later, row)
                and (_is_among(other, moved) or (_is_among(place, moved) and _was_there(later, row, stood)))
            ]
            span = place[1]
            together = [list(company(row.appearance.version, span)), *(p for p in elsewhere if _is_among(place, p))]
            for other in others:
                if not any(_is_among(other, places) for places in together):
                    yield (*place, *other)


def _standing(claim: found.DecidedClaim) -> list[Place]:
    """The passages that a claim has. One that it has beside another claim is that one's: nothing is taken from it."""
    told = [(a.article, a.span) for a in claim.appearances if a.decision == "confirmed" and not a.is_beside]
    return [*told, *claim.former]


def _refused_where_they_stood(claims: Iterable[int]) -> set[int]:
    """The keys of the alignments that people refused while their passage made the claim; one query."""
    decisions = Decision.objects.filter(claim__in=list(claims), undone_by__isnull=True)
    return {
        changed["pk"]
        for before in decisions.values_list("before", flat=True)
        for changed in before.get("rows", ())
        if changed["model"] == Alignment._meta.label and changed["before"].get("decision") in LIVE
    }


def _was_there(later: Alignment, row: Alignment, stood: Collection[int]) -> bool:
    """Whether the passage of ``later`` made the claim already when that of ``row`` was taken out."""
    return later.pk in stood and row.decided_at is not None and later.appearance.version.retrieved_at < row.decided_at


def _is_after(later: Alignment, row: Alignment) -> bool:
    return later.decided_at is not None and row.decided_at is not None and later.decided_at > row.decided_at


def _is_among(place: Place, places: Iterable[Place]) -> bool:
    return any(place[0] == article and shares_half(place[1], span) for article, span in places)
