"""What one person is quoted as saying, the sources side by side: by the claim that joins them, else by their words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.analysis.text import split_paragraphs
from articles.analysis.wording import likeness
from articles.models import Alignment, Claim, Quotation, QuotationKind
from articles.reading.columns import Column
from articles.reading.marks import IndexRow, index_row, indexed_claims
from articles.reading.wordings import ALIKE, Comparison, Passage, Piece, compare_passages

# Quotations that no claim joins are put side by side from this likeness on.
_SAME_WORDS = 0.6


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the entity in one source. ``is_quoted`` between marks; else a paraphrase, which may quote a part."""

    version: int
    start: int
    end: int
    paragraph: int
    pieces: tuple[Piece, ...]
    is_quoted: bool
    has_quoted_part: bool
    cue: str


@dataclass(frozen=True, slots=True)
class SaidCell:
    """What one source has of it; nothing where the source does not quote the entity on this."""

    column: Column
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class SaidRow:
    """The same words or the same claim across the sources. ``claim`` is nothing where no claim joins them."""

    claim: IndexRow | None
    cells: tuple[SaidCell, ...]
    comparison: Comparison


def outermost_quotations(quotations: Iterable[Quotation]) -> list[tuple[Quotation, bool]]:
    """Quotations that lie in no other of the same text, and whether one lies in them: a paraphrase that quotes a few
    words is one thing said."""
    kept: list[tuple[Quotation, bool]] = []
    last: dict[int, int] = {}
    for row in quotations:
        at = last.get(row.version_id)
        if at is not None and row.end <= kept[at][0].end:
            kept[at] = (kept[at][0], True)
        else:
            last[row.version_id] = len(kept)
            kept.append((row, False))
    return kept


def find_said_rows(columns: Sequence[Column], quotations: Sequence[tuple[Quotation, bool]]) -> tuple[SaidRow, ...]:
    """The quotations side by side, two queries: by the claim that joins them, else by their words."""
    if not quotations:
        return ()
    by_key = {row.pk: row for row, _ in quotations}
    parts = {row.pk: has_part for row, has_part in quotations}
    groups = _by_claim([row for row, _ in quotations])
    claims = {
        claim.pk: index_row(claim, place=place)
        for place, claim in enumerate(indexed_claims(Claim.objects.filter(pk__in=[k for k, _ in groups if k])), start=1)
    }
    texts = {column.version: column for column in columns}
    order = {column.version: place for place, column in enumerate(columns)}
    rows = []
    for claim, keys in groups:
        members = sorted((by_key[key] for key in keys), key=lambda row: (order[row.version_id], row.start))
        comparison = compare_passages([_passage(row, texts[row.version_id], members) for row in members])
        rows.append(
            SaidRow(
                claim=claims.get(claim) if claim else None,
                cells=tuple(
                    SaidCell(
                        column,
                        tuple(_said(row, column, comparison, parts[row.pk]) for row in members if _is_in(row, column)),
                    )
                    for column in columns
                ),
                comparison=comparison,
            )
        )
    # In reading order of the claims, which come first.
    return tuple(sorted(rows, key=lambda row: (row.claim is None, row.claim.place if row.claim else 0)))


def _is_in(row: Quotation, column: Column) -> bool:
    return row.version_id == column.version


def _by_claim(quotations: Sequence[Quotation]) -> list[tuple[int | None, list[int]]]:
    """Keys of quotations by the claim they put forward; one query. A claim all of whose quotations stand with claims
    that more of these sources share has no row; every other has all of its quotations, so none is said to be missing.
    """
    found = (
        Alignment.objects.filter(
            appearance__version__in={row.version_id for row in quotations}, claim__is_retired=False
        )
        .live()
        .order_by("claim__position", "claim")
        .values_list("claim", "appearance__version", "appearance__start", "appearance__end")
    )
    spans: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for claim, version, start, end in found:
        spans[version].append((claim, start, end))
    holders: dict[int, list[Quotation]] = defaultdict(list)
    for row in quotations:
        for claim in dict.fromkeys(c for c, start, end in spans[row.version_id] if start < row.end and row.start < end):
            holders[claim].append(row)
    groups: list[tuple[int | None, list[int]]] = []
    taken: set[int] = set()
    for claim in sorted(holders, key=lambda c: -len({row.version_id for row in holders[c]})):
        keys = [row.pk for row in holders[claim]]
        if not taken.issuperset(keys):
            taken.update(keys)
            groups.append((claim, keys))
    return groups + _by_words([row for row in quotations if row.pk not in taken])


def _by_words(quotations: Sequence[Quotation]) -> list[tuple[int | None, list[int]]]:
    groups: list[list[Quotation]] = []
    for row in quotations:
        alike = next((g for g in groups if any(likeness(row.quote, other.quote) >= _SAME_WORDS for other in g)), None)
        if alike is None:
            groups.append([row])
        else:
            alike.append(row)
    return [(None, [row.pk for row in group]) for group in groups]


def _passage(row: Quotation, column: Column, members: Sequence[Quotation]) -> Passage:
    """Compared word by word only where another source quotes much the same: else every word would be marked."""
    start, end = _bounds(row, column.text)
    is_compared = row.kind != QuotationKind.INDIRECT and any(
        other.version_id != row.version_id
        and other.kind != QuotationKind.INDIRECT
        and likeness(row.quote, other.quote) >= ALIKE
        for other in members
    )
    return Passage(row.pk, row.version_id, column.text[start:end], quoted=(0, end - start) if is_compared else None)


def _bounds(row: Quotation, text: str) -> tuple[int, int]:
    """The quotation with the marks around it, as the source prints it."""
    start, end = row.start, row.end
    if row.kind == QuotationKind.INDIRECT:
        return start, end
    start -= text[:start].endswith(("“", "‘", '"', "«", "„"))
    end += text[end:].startswith(("”", "’", '"', "»"))
    return start, end


def _said(row: Quotation, column: Column, comparison: Comparison, has_part: bool) -> Said:
    start, end = _bounds(row, column.text)
    return Said(
        version=row.version_id,
        start=start,
        end=end,
        paragraph=_paragraph(column, row.start),
        pieces=comparison.pieces.get(row.pk, (Piece(column.text[start:end]),)),
        is_quoted=row.kind != QuotationKind.INDIRECT,
        has_quoted_part=has_part and row.kind == QuotationKind.INDIRECT,
        cue=row.cue_quote,
    )


def _paragraph(column: Column, at: int) -> int:
    return sum(span.start <= at for span in split_paragraphs(column.text)) - 1
