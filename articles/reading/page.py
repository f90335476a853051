"""The Read page of a story: its columns, their paragraphs, the claims and how they stand."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast

from articles.analysis.text import split_paragraphs
from articles.models import (
    Alignment,
    AlignmentDecision,
    Claim,
    FindingDecision,
    Mention,
    Quantity,
    Quotation,
    QuotationKind,
    SharedBand,
    SharedPassage,
    Story,
)
from articles.models.claims import LIVE
from articles.reading.columns import Column, Paragraph, find_columns, show_query, shown_columns
from articles.reading.marks import RETIRED, IndexRow, Tally, count_tally, index_row, indexed_claims
from articles.reading.passages import noted_passages, notes_left_behind
from articles.reading.runs import ClaimMark, LayerMark, PassageMark, Stretch, cut_stretches, merged, share_out


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """The claims of one state, under its name."""

    state: str
    label: str
    rows: tuple[IndexRow, ...]


@dataclass(slots=True)
class ReadPage:
    """Everything the Read page shows but the panel of the selected claim."""

    story: Story
    columns: list[Column]
    all_columns: list[Column]
    index: list[IndexGroup]
    tally: Tally
    # Possible matches that nobody has decided, in the columns that are not shown as well.
    possible_count: int = 0
    # The numbers of the standing claims, in reading order.
    order: Sequence[int] = ()
    selected: Claim | None = None
    # The choice of columns, when there is one, as further parameters of an address: links of the page carry it on.
    query: str = ""

    @property
    def is_as_they_joined(self) -> bool:
        """Whether all sources are shown, in the order in which they joined the story."""
        return self.columns == self.all_columns

    @property
    def offered_columns(self) -> list[Column]:
        """All columns for the list to choose from: those shown in their order, then the others."""
        return [*self.columns, *(column for column in self.all_columns if not column.is_shown)]


_GROUPS = (
    ("differs", "Sources differ"),
    ("only", "Only here"),
    ("agreed", "Sources agree"),
    (RETIRED, "No longer in the current texts"),
)


def read_story(
    story: Story, *, show: Collection[int] = (), by: int | None = None, claim_number: int | None = None
) -> ReadPage:
    """The page of ``story`` in four queries, with the columns that :func:`find_columns` finds.

    The runs of paragraphs are left out, since most are in the cache: :func:`cut_paragraphs` makes them.
    """
    columns = find_columns(story, show=show, by=by)
    chosen = shown_columns(columns)
    claims = list(indexed_claims(Claim.objects.filter(story=story).listed(also=claim_number)))
    rows = {
        claim.pk: index_row(claim, place=0 if claim.is_retired else place)
        for place, claim in enumerate(claims, start=1)
    }
    selected = next((claim for claim in claims if claim.number == claim_number), None)
    possible = _place_claims(story, columns, rows)
    _name_shared(story, columns)
    return ReadPage(
        story=story,
        columns=chosen,
        all_columns=columns,
        index=[
            IndexGroup(state, label, found)
            for state, label in _GROUPS
            if (found := tuple(row for row in rows.values() if row.state == state))
        ],
        tally=count_tally(rows.values()),
        selected=selected,
        possible_count=possible,
        order=[claim.number for claim in claims if not claim.is_retired],
        query=show_query(chosen) if show else "",
    )


def _place_claims(story: Story, columns: Sequence[Column], rows: dict[int, IndexRow]) -> int:
    """Puts the marks of claims and noted passages into those of ``columns`` that are shown, cuts these into paragraphs,
    and counts the possible matches that nobody has decided; one query for all of it.
    """
    shown = {column.version for column in columns if column.is_shown}
    found = (
        Alignment.objects.filter(claim__story=story, appearance__version__in=[column.version for column in columns])
        .exclude(decision=AlignmentDecision.REJECTED)
        .order_by()
        .values_list(
            "appearance__version",
            "appearance__start",
            "appearance__end",
            "appearance",
            "claim",
            Cast("decision", CharField()),
        )
        .union(noted_passages(shown), notes_left_behind(shown), all=True)
        .order_by()
    )
    marks: dict[int, list[ClaimMark]] = defaultdict(list)
    passages: dict[int, list[PassageMark]] = defaultdict(list)
    left_behind: Counter[int] = Counter()
    possible = 0
    for version, start, end, key, claim, label in sorted(found, key=lambda row: (row[1], -row[2], row[4], row[3])):
        if claim == -1:
            left_behind[version] += 1
            continue
        if not claim:
            passages[version].append(PassageMark(start, end, key, version, label))
            continue
        row = rows.get(claim)
        if row is None:
            # Of a claim that is listed no more.
            continue
        if label not in LIVE:
            possible += label == AlignmentDecision.POSSIBLE and row.state != RETIRED
            continue
        if version not in shown:
            continue
        marks[version].append(
            ClaimMark(
                start=start,
                end=end,
                appearance=key,
                claim=claim,
                number=row.number,
                state=row.state,
                state_label=row.state_label.lower(),
                note_count=row.note_count,
                status_label=row.status_label,
            )
        )
    for column in columns:
        if column.is_shown:
            column.claims = tuple(marks[column.version])
            column.passages = tuple(passages[column.version])
            column.notes_left_behind = left_behind[column.version]
            column.paragraphs = tuple(_paragraphs(column))
    return possible


def _paragraphs(column: Column) -> Iterable[Paragraph]:
    spans = split_paragraphs(column.text)
    parts = zip(spans, share_out(column.claims, spans), share_out(column.passages, spans), strict=True)
    for number, (span, inside, noted) in enumerate(parts):
        flags = [
            *(
                (m.appearance, m.claim, m.note_count, m.status_label)
                for m in inside
                if m.note_count and m.end <= span.end
            ),
            *((m.note, m.status_label) for m in noted),
        ]
        yield Paragraph(
            version=column.version,
            number=number,
            start=span.start,
            end=span.end,
            flags=blake2s(repr(flags).encode(), digest_size=8).hexdigest() if flags else "",
        )


def _name_shared(story: Story, columns: Sequence[Column]) -> None:
    """Says of each column whom it shares copy with; one query."""
    letters = {column.version: column.siglum for column in columns}
    shared: dict[int, set[str]] = defaultdict(set)
    pairs = (
        SharedPassage.objects.filter(story=story, band=SharedBand.SUGGESTED, decision=FindingDecision.SUGGESTED)
        .order_by()
        .values_list("left", "right")
        .distinct()
    )
    for left, right in pairs:
        if left in letters and right in letters:
            shared[left].add(letters[right])
            shared[right].add(letters[left])
    for column in columns:
        column.shares_with = tuple(letter for letter in letters.values() if letter in shared[column.version])


def cut_paragraphs(page: ReadPage, paragraphs: Collection[Paragraph]) -> dict[Paragraph, tuple[Stretch, ...]]:
    """The runs of ``paragraphs``, which are some of the page's; one query, whatever their number."""
    columns = {column.version: column for column in page.columns}
    wanted: dict[int, list[Paragraph]] = defaultdict(list)
    for paragraph in sorted(paragraphs, key=lambda paragraph: paragraph.start):
        wanted[paragraph.version].append(paragraph)
    layers = _layers(wanted)
    found = {}
    for version, blocks in wanted.items():
        column = columns[version]
        parts = [share_out(marks, blocks) for marks in (layers[version], column.claims, column.passages)]
        for paragraph, in_layers, claims, passages in zip(blocks, *parts, strict=True):
            found[paragraph] = cut_stretches(
                column.text[paragraph.start : paragraph.end],
                offset=paragraph.start,
                layers=in_layers,
                claims=claims,
                passages=passages,
            )
    return found


def _layers(versions: Collection[int]) -> dict[int, list[LayerMark]]:
    """Quotations, figures, names and shared copy of these versions, in one query."""

    def spans(rows: QuerySet[Any], layer: str, *fields: str) -> QuerySet[Any]:
        return rows.order_by().values_list(*fields, Value(layer, output_field=CharField()))

    of_version = {"version__in": versions}
    quoted = Quotation.objects.filter(**of_version, decision=FindingDecision.SUGGESTED)
    quoted = quoted.exclude(kind=QuotationKind.INDIRECT)
    shared = SharedPassage.objects.filter(band=SharedBand.SUGGESTED, decision=FindingDecision.SUGGESTED)
    found = spans(quoted, "quote", "version", "start", "end").union(
        spans(Quantity.objects.filter(**of_version), "figure", "version", "start", "end"),
        spans(Mention.objects.filter(**of_version, is_inferred=False), "name", "version", "start", "end"),
        spans(shared.filter(left__in=versions), "shared", "left", "left_start", "left_end"),
        spans(shared.filter(right__in=versions), "shared", "right", "right_start", "right_end"),
        all=True,
    )
    layers: dict[int, list[LayerMark]] = defaultdict(list)
    copied: dict[int, list[LayerMark]] = defaultdict(list)
    for version, start, end, layer in found:
        (copied if layer == "shared" else layers)[version].append(LayerMark(start, end, layer))
    for version, marks in copied.items():
        layers[version] += merged(marks)
    return layers
