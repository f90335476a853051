"""The table of claims by columns: what each article says of a claim, in one word, with its variant.

Only passages that were found speak. A column without one is *silent* when its text is complete; it is *not yet
published* when it came out before the first article that has the claim, and *incomplete text* when we do not hold all
of it: an absence proves nothing there. Where a claim has more than one variant every speaking cell is marked, since the
number of outlets that say a thing does not make it right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from .types import Appearance, Claim, Divergence, DivergenceKind

CellKind = Literal["says", "differs", "hedges", "denies", "possible", "silent", "not yet published", "incomplete text"]

# Differences of wording and attribution make variants only where the claim's value is not itself in dispute.
_BY_WEIGHT = (
    "quantity",
    "polarity",
    "certainty",
    "time_place",
    "name_role",
    "quote_truncated",
    "quote_wording",
    "attribution",
    "direct_or_paraphrase",
    "reporting_verb",
)


@dataclass(frozen=True, slots=True)
class Column:
    """One article as a column: its key, when it was published (None: unknown) and whether we hold all of it."""

    key: int
    published_at: datetime | None = None
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """What one column says of one claim. ``appearances`` are indices into the claim's; ``variants`` letters."""

    key: int
    kind: CellKind
    appearances: tuple[int, ...] = ()
    variants: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    # True in every speaking cell of a claim with more than one variant.
    is_marked: bool = False


def claim_cells(claim: Claim, columns: Sequence[Column]) -> tuple[Cell, ...]:
    """One cell a column, in the order of the columns.

    >>> from .types import Appearance, Span
    >>> claim = Claim("Rain fell.", (Appearance(1, Span(0, 10), "suggested", 1.0, "alone"),))
    >>> [cell.kind for cell in claim_cells(claim, [Column(1), Column(2), Column(3, is_complete=False)])]
    ['says', 'silent', 'incomplete text']
    """
    main = main_divergence(claim)
    letters = {n: variant_letter(variant) for n, variant in variants(main).items()} if main else {}
    values = {side.appearance: side.value for side in main.sides} if main else {}
    has_variants = len(set(letters.values())) > 1
    published = {column.key: column.published_at for column in columns}
    speaking = {a.article for a in claim.appearances if a.band == "suggested"}
    first = _first_known(speaking, published)
    cells = []
    for column in columns:
        own = [n for n, a in enumerate(claim.appearances) if a.article == column.key]
        live = tuple(n for n in own if claim.appearances[n].band == "suggested")
        if live:
            cells.append(
                Cell(
                    column.key,
                    _speaking_kind(claim, live, has_variants),
                    live,
                    tuple(sorted({letters[n] for n in live if n in letters})),
                    tuple(dict.fromkeys(values[n] for n in live if n in values)),
                    has_variants,
                )
            )
        elif own:
            cells.append(Cell(column.key, "possible", tuple(own)))
        elif first is not None and column.published_at is not None and column.published_at < first:
            cells.append(Cell(column.key, "not yet published"))
        else:
            cells.append(Cell(column.key, "silent" if column.is_complete else "incomplete text"))
    return tuple(cells)


def variants(divergence: Divergence) -> Mapping[int, int]:
    """The variant of each appearance on a side of a divergence: equal values share one, in the order of appearance.

    >>> from .types import DivergenceSide, Span
    >>> sides = (DivergenceSide(0, Span(0, 1), "5", "5"), DivergenceSide(2, Span(0, 4), "five", "5"))
    >>> dict(variants(Divergence("quantity", sides, "")))
    {0: 0, 2: 0}
    """
    order: dict[str, int] = {}
    found: dict[int, int] = {}
    for side in sorted(divergence.sides, key=lambda s: s.appearance):
        found[side.appearance] = order.setdefault(side.key or side.value, len(order))
    return found


def variant_letter(n: int) -> str:
    """The letter of a variant: a to z, then aa and on.

    >>> variant_letter(0), variant_letter(26)
    ('a', 'aa')
    """
    return chr(ord("a") + n) if n < 26 else variant_letter(n // 26 - 1) + variant_letter(n % 26)


def main_divergence(claim: Claim) -> Divergence | None:
    """The one divergence of a claim that its cells speak of: the gravest, the first of equals."""
    return min(claim.divergences, key=lambda d: _BY_WEIGHT.index(d.kind), default=None)


def _first_known(speaking: set[int], published: Mapping[int, datetime | None]) -> datetime | None:
    """When the claim first came out, where that is known of every article that carries it."""
    times = [published.get(key) for key in speaking]
    known = [at for at in times if at is not None]
    return min(known) if known and len(known) == len(times) else None


def _speaking_kind(claim: Claim, live: Sequence[int], has_variants: bool) -> CellKind:
    def shown(kind: DivergenceKind) -> list[Appearance]:
        """The column's appearances on a side of any divergence of this kind; there may be several of one."""
        own = [side for d in claim.divergences if d.kind == kind for side in d.sides if side.appearance in live]
        return [claim.appearances[side.appearance] for side in own]

    if any(appearance.polarity == "negative" for appearance in shown("polarity")):
        return "denies"
    if any(appearance.certainty[:2] != "CT" for appearance in shown("certainty")):
        return "hedges"
    return "differs" if has_variants else "says"
