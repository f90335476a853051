"""People and places of one story: who is named where and how, and what each source quotes from whom.

Names are those the machine found or people corrected, in the current texts. Pronouns are counted, not listed: they
name nobody by themselves.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count

from articles.analysis import gazetteer
from articles.analysis.lexicon import words
from articles.analysis.names import TITLES
from articles.analysis.text import split_paragraphs
from articles.analysis.types import Span
from articles.analysis.wording import likeness
from articles.models import (
    Alignment,
    Claim,
    Entity,
    EntityKind,
    FindingDecision,
    Mention,
    Quotation,
    QuotationKind,
    Story,
)
from articles.reading.marks import IndexRow, index_row, indexed_claims
from articles.reading.page import Column, find_columns
from articles.reading.wordings import Comparison, Passage, Piece, compare_passages

NAMES_A_PAGE = 40
MENTIONS_A_PAGE = 100

PRONOUNS = words(
    "he him his himself she her hers herself they them their theirs themselves it its itself who whom whose i me my "
    "mine we us our ours you your"
)
# What a title may be led by: "former Vice President", "acting Foreign Minister".
_LEADING = words(
    "former vice deputy acting prime foreign defence defense interior finance justice home first then late interim "
    "assistant associate senior chief ex"
)
# Quotations that no claim joins are put side by side from this likeness on.
_SAME_WORDS = 0.6
# How much of the text stands on either side of a name, in characters.
_BESIDE = 110


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """One line of the list: somebody or something that the story names, and how often."""

    pk: int
    name: str
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind to filter by, with how many the story names; the empty kind stands for all."""

    kind: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class ColumnCount:
    """How often one source names and quotes the entity."""

    column: Column
    mentions: int
    pronouns: int
    quoted: int


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


@dataclass(frozen=True, slots=True)
class Naming:
    """One way of naming the entity, and how often each source does so, in the order of the columns."""

    term: str
    counts: tuple[int, ...]
    is_description: bool = False


@dataclass(frozen=True, slots=True)
class InContext:
    """One mention with what surrounds it. ``paragraph`` 0 is the headline."""

    version: int
    start: int
    end: int
    paragraph: int
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class ColumnMentions:
    """The mentions of one source on this page, of all it has."""

    column: Column
    count: int
    mentions: tuple[InContext, ...]


@dataclass(frozen=True, slots=True)
class EntityPart:
    """Everything about the chosen entity."""

    entity: Entity
    counts: tuple[ColumnCount, ...]
    rows: tuple[SaidRow, ...]
    namings: tuple[Naming, ...]
    mentions: tuple[ColumnMentions, ...]
    mention_count: int
    pronoun_count: int
    page: int
    pages: int

    @property
    def has_gaps(self) -> bool:
        return any(row.comparison.has_gaps for row in self.rows)

    @property
    def ranks(self) -> frozenset[int]:
        return frozenset(rank for row in self.rows for rank in row.comparison.ranks)


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The names of a story, of one kind or all, one page of them; and the chosen one."""

    story: Story
    columns: tuple[Column, ...]
    kinds: tuple[KindChoice, ...]
    names: tuple[NamedEntity, ...]
    total: int
    page: int
    pages: int
    chosen: EntityPart | None


def read_people(
    story: Story, *, entity: int | None = None, kind: str = "", page: int | None = None, mentions_page: int = 1
) -> PeoplePage:
    """The page of ``story`` in seven queries at most. Without ``entity`` the one named most often is chosen; without
    ``page`` the one of the list that holds it."""
    columns = tuple(find_columns(story))
    named = _named(columns)
    kinds = Counter(row.kind for row in named)
    listed = [row for row in named if not kind or row.kind == kind]
    chosen = next((row for row in named if row.pk == entity), None) or next(iter(listed), None)
    pages = max(1, -(-len(listed) // NAMES_A_PAGE))
    if page is None:
        page = listed.index(chosen) // NAMES_A_PAGE + 1 if chosen in listed else 1
    page = min(max(page, 1), pages)
    return PeoplePage(
        story=story,
        columns=columns,
        kinds=(
            KindChoice("", "All", len(named)),
            *(KindChoice(value, str(label), kinds[value]) for value, label in EntityKind.choices if kinds[value]),
        ),
        names=tuple(listed[(page - 1) * NAMES_A_PAGE : page * NAMES_A_PAGE]),
        total=len(listed),
        page=page,
        pages=pages,
        chosen=_entity_part(story, columns, chosen.pk, mentions_page) if chosen else None,
    )


def _named(columns: Sequence[Column]) -> list[NamedEntity]:
    """Everybody and everything the current texts name, most often named first; one query."""
    rows = (
        Mention.objects.filter(version__in=[column.version for column in columns], is_inferred=False)
        .order_by()
        .values_list("entity", "entity__name", "entity__kind")
        .annotate(count=Count("pk"))
    )
    return sorted((NamedEntity(*row) for row in rows), key=lambda row: (-row.count, row.name.casefold(), row.pk))


def _entity_part(story: Story, columns: Sequence[Column], key: int, mentions_page: int) -> EntityPart:
    entity = Entity.objects.get(pk=key)
    versions = [column.version for column in columns]
    found = list(
        Mention.objects.filter(entity=entity, version__in=versions)
        .order_by("start", "end")
        .values_list("version", "start", "end", "quote", "is_inferred")
    )
    quotations = _outermost(
        Quotation.objects.filter(speaker=entity, version__in=versions)
        .exclude(decision=FindingDecision.REJECTED)
        .order_by("start", "-end", "pk")
    )
    pronouns = Counter(version for version, _, _, quote, is_inferred in found if _is_pronoun(quote, is_inferred))
    listed = [row for row in found if not _is_pronoun(row[3], row[4])]
    by_version: dict[int, list[tuple[int, int, int, str, bool]]] = defaultdict(list)
    for row in listed:
        by_version[row[0]].append(row)
    quoted = Counter(row.version_id for row, _ in quotations)
    pages = max(1, -(-len(listed) // MENTIONS_A_PAGE))
    mentions_page = min(max(mentions_page, 1), pages)
    return EntityPart(
        entity=entity,
        counts=tuple(
            ColumnCount(c, len(by_version[c.version]), pronouns[c.version], quoted[c.version]) for c in columns
        ),
        rows=_said_rows(story, columns, quotations),
        namings=_namings(columns, by_version, pronouns),
        mentions=_in_context(columns, by_version, mentions_page),
        mention_count=len(listed),
        pronoun_count=pronouns.total(),
        page=mentions_page,
        pages=pages,
    )


def _is_pronoun(quote: str, is_inferred: bool) -> bool:
    return is_inferred and quote.casefold() in PRONOUNS


# --- What is quoted ------------------------------------------------------------------------------------------------


def _outermost(quotations: Iterable[Quotation]) -> list[tuple[Quotation, bool]]:
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


def _said_rows(
    story: Story, columns: Sequence[Column], quotations: Sequence[tuple[Quotation, bool]]
) -> tuple[SaidRow, ...]:
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
        comparison = compare_passages([_passage(row, texts[row.version_id]) for row in members])
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
    """Keys of quotations by the claim they put forward; one query. A quotation of several claims joins the one that
    most of these sources share."""
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
        keys = [row.pk for row in holders[claim] if row.pk not in taken]
        if keys:
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


def _passage(row: Quotation, column: Column) -> Passage:
    start, end = _bounds(row, column.text)
    is_quoted = row.kind != QuotationKind.INDIRECT
    return Passage(row.pk, row.version_id, column.text[start:end], quoted=(0, end - start) if is_quoted else None)


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


# --- How it is named -----------------------------------------------------------------------------------------------


def _namings(
    columns: Sequence[Column],
    mentions: dict[int, list[tuple[int, int, int, str, bool]]],
    pronouns: Counter[int],
) -> tuple[Naming, ...]:
    """Every way of naming, the most frequent first; pronouns together, last."""
    counts: dict[tuple[str, bool], Counter[int]] = defaultdict(Counter)
    for column in columns:
        for _, start, _, quote, is_inferred in mentions[column.version]:
            term = " ".join(quote.split())
            title = "" if is_inferred else find_title(column.text[max(0, start - 80) : start])
            counts[f"{title} {term}".strip(), is_inferred][column.version] += 1
    namings = [
        Naming(term, tuple(count[column.version] for column in columns), is_description)
        for (term, is_description), count in counts.items()
    ]
    namings.sort(key=lambda naming: (naming.is_description, -sum(naming.counts), naming.term.casefold()))
    if pronouns:
        namings.append(Naming("", tuple(pronouns[column.version] for column in columns), is_description=True))
    return tuple(namings)


def find_title(before: str) -> str:
    """The title that stands right before a name, with what qualifies it.

    >>> find_title("missiles, the former Venezuelan Vice President "), find_title("On Monday ")
    ('former Venezuelan Vice President', '')
    """
    taken: list[str] = []
    has_title = False
    for word in reversed(re.split(r"\s+", before.rsplit("\n", 1)[-1].rstrip())):
        bare = word.strip("“”\"'‘(")
        lower = bare.casefold()
        if lower in TITLES and not (has_title and bare.endswith(".")):
            has_title = True
        elif not has_title or not (
            lower in _LEADING
            or bare in gazetteer.country_by_demonym()
            or (bare.endswith(("’s", "'s")) and bare[:-2] in gazetteer.places())
        ):
            break
        taken.append(bare)
    return " ".join(reversed(taken))


# --- In context ----------------------------------------------------------------------------------------------------


def _in_context(
    columns: Sequence[Column], mentions: dict[int, list[tuple[int, int, int, str, bool]]], page: int
) -> tuple[ColumnMentions, ...]:
    """The mentions of one page, column after column."""
    first, last = (page - 1) * MENTIONS_A_PAGE, page * MENTIONS_A_PAGE
    shown = []
    at = 0
    for column in columns:
        here = mentions[column.version]
        part = here[max(0, first - at) : max(0, last - at)]
        if part:
            paragraphs = split_paragraphs(column.text)
            shown.append(
                ColumnMentions(column, len(here), tuple(_line(column, paragraphs, row[1], row[2]) for row in part))
            )
        at += len(here)
    return tuple(shown)


def _line(column: Column, paragraphs: Sequence[Span], start: int, end: int) -> InContext:
    number = sum(span.start <= start for span in paragraphs) - 1
    low, high = paragraphs[number].start, paragraphs[number].end
    before = column.text[max(low, start - _BESIDE) : start]
    after = column.text[end : min(high, end + _BESIDE)]
    return InContext(
        version=column.version,
        start=start,
        end=end,
        paragraph=number,
        before=("…" if start - _BESIDE > low else "") + before,
        words=column.text[start:end],
        after=after + ("…" if end + _BESIDE < high else ""),
    )
