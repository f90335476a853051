"""What changes on the Read page outside the panel when a note on a claim is saved, and the index it belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, QuerySet

from articles.models import (
    Alignment,
    Claim,
    ClaimState,
    Divergence,
    DivergenceDecision,
    DivergenceKind,
)
from articles.models.claims import UNCHECKED

RETIRED = "retired"

# The glyph of each kind of divergence, in the order of gravity.
SORTS: dict[str, str] = {
    DivergenceKind.POLARITY: "¬",
    DivergenceKind.QUANTITY: "#",
    DivergenceKind.ATTRIBUTION: "by",
    DivergenceKind.CERTAINTY: "?",
    DivergenceKind.QUOTE_TRUNCATED: "“…",
    DivergenceKind.QUOTE_WORDING: "“",
    DivergenceKind.TIME_PLACE: "@",
    DivergenceKind.NAME_ROLE: "Aa",
    DivergenceKind.DIRECT_OR_PARAPHRASE: "“~",
    DivergenceKind.REPORTING_VERB: "vb",
}
GRAVITY = {kind: rank for rank, kind in enumerate(SORTS)}


@dataclass(frozen=True, slots=True)
class Sort:
    """A block of type that stands for a kind of divergence, with its word."""

    kind: str
    glyph: str
    word: str


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One claim in the list of all claims. ``place`` counts in reading order, from 1; 0 for a retired claim."""

    pk: int
    number: int
    statement: str
    state: str
    state_label: str
    place: int
    sorts: tuple[Sort, ...]
    status: str
    status_label: str
    is_reviewed: bool
    note_count: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How the claims of a story stand: three states that add up to the standing claims, and how many nobody checked."""

    agreed: int
    differs: int
    only: int
    unchecked: int

    @property
    def claims(self) -> int:
        return self.agreed + self.differs + self.only


@dataclass(frozen=True, slots=True)
class Flag:
    """The flag in the margin where an appearance ends; hidden as long as there is no note."""

    appearance: int
    number: int
    claim: int
    note_count: int
    status_label: str


@dataclass(frozen=True, slots=True)
class ClaimMarks:
    """Every place outside the panel's notes that shows how far a claim is checked."""

    flags: tuple[Flag, ...]
    row: IndexRow
    tally: Tally


def indexed_claims(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """``claims`` with the kinds of their standing divergences, in reading order, retired ones last."""
    kinds = (
        Divergence.objects.filter(claim=OuterRef("pk"))
        .exclude(decision=DivergenceDecision.REJECTED)
        .order_by()
        .values("kind")
        .distinct()
    )
    return claims.annotate(kinds=ArraySubquery(kinds)).order_by("is_retired", "position", "number")


def index_row(claim: Claim, *, place: int) -> IndexRow:
    """The row of a claim that :func:`indexed_claims` has read."""
    kinds: Iterable[str] = claim.kinds  # type: ignore[attr-defined]  # indexed_claims has put it there
    state = RETIRED if claim.is_retired else claim.state
    sorts = tuple(find_sorts(kinds)) if state == ClaimState.DIFFERS else ()
    return IndexRow(
        pk=claim.pk,
        number=claim.number,
        statement=claim.statement,
        state=state,
        state_label=state_label(state),
        place=place,
        sorts=sorts,
        status=claim.status,
        status_label=claim.status_label,
        is_reviewed=claim.is_reviewed,
        note_count=claim.note_count,
    )


def find_sorts(kinds: Iterable[str]) -> list[Sort]:
    """The sorts of these kinds, the gravest first, each once."""
    return [
        Sort(kind, SORTS[kind], str(DivergenceKind(kind).label)) for kind in sorted(set(kinds), key=GRAVITY.__getitem__)
    ]


def state_label(state: str) -> str:
    return "No longer in the current texts" if state == RETIRED else str(ClaimState(state).label)


def count_tally(rows: Iterable[IndexRow]) -> Tally:
    standing = [row for row in rows if row.state != RETIRED]
    return Tally(
        agreed=sum(row.state == ClaimState.AGREED for row in standing),
        differs=sum(row.state == ClaimState.DIFFERS for row in standing),
        only=sum(row.state == ClaimState.ONLY for row in standing),
        unchecked=sum(row.status == UNCHECKED for row in standing),
    )


def claim_marks(claim: Claim) -> ClaimMarks:
    """What stands in the database now for ``claim``, in three queries; for the answer to a saved note."""
    fresh = indexed_claims(Claim.objects.filter(pk=claim.pk)).get()
    standing = Claim.objects.filter(story_id=claim.story_id).standing()
    counts = standing.aggregate(
        **{state: Count("pk", filter=Q(state=state)) for state in ClaimState.values},
        unchecked=Count("pk", filter=Q(status=UNCHECKED)),
        before=Count("pk", filter=Q(position__lt=fresh.position) | Q(position=fresh.position, number__lt=fresh.number)),
    )
    place = 0 if fresh.is_retired else counts.pop("before") + 1
    counts.pop("before", None)
    appearances = (
        Alignment.objects.filter(claim=claim, appearance__version=F("appearance__version__article__current_version"))
        .live()
        .order_by("appearance__start")
        .values_list("appearance_id", flat=True)
    )
    return ClaimMarks(
        flags=tuple(
            Flag(appearance, fresh.number, fresh.pk, fresh.note_count, fresh.status_label) for appearance in appearances
        ),
        row=index_row(fresh, place=place),
        tally=Tally(**counts),
    )
