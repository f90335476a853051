"""The Read page of a story: its columns, their paragraphs, the claims and how they stand."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2s
from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from articles.analysis.text import split_paragraphs
from articles.models import (
    Alignment,
    AlignmentDecision,
    Article,
    ArticleRole,
    ChosenColumn,
    Claim,
    Completeness,
    FindingDecision,
    Mention,
    PublishedGranularity,
    Quantity,
    Quotation,
    QuotationKind,
    SharedBand,
    SharedPassage,
    Story,
)
from articles.models.claims import LIVE
from articles.reading.marks import RETIRED, IndexRow, Tally, count_tally, index_row, indexed_claims
from articles.reading.passages import noted_passages
from articles.reading.runs import ClaimMark, LayerMark, PassageMark, Stretch, cut_stretches, merged, share_out

# As many columns as a story may show at once.
MAX_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Published:
    """When an article came out, as finely as it is known: ``moment`` to the minute, else ``day``, else neither."""

    moment: datetime | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a version; number 0 is the headline. ``flags`` says what its margin shows, for the cache's key."""

    version: int
    number: int
    start: int
    end: int
    flags: str


@dataclass(slots=True)
class Column:
    """One article as the page shows it."""

    siglum: str
    article: int
    version: int
    version_number: int
    name: str
    role: str
    role_label: str
    headline: str
    byline: str
    url: str
    language: str
    published: Published
    published_at: datetime | None
    published_granularity: str
    word_count: int
    completeness: str
    completeness_label: str
    is_supported: bool
    text: str
    paragraphs: tuple[Paragraph, ...] = ()
    claims: tuple[ClaimMark, ...] = ()
    passages: tuple[PassageMark, ...] = ()
    shares_with: tuple[str, ...] = ()
    # Its place among the columns that are shown, from 0; nothing when it is not.
    place: int | None = None
    is_last: bool = False

    @property
    def is_shown(self) -> bool:
        return self.place is not None

    @property
    def is_source(self) -> bool:
        return self.role == ArticleRole.SOURCE

    @property
    def is_complete(self) -> bool:
        return self.completeness == Completeness.FULL


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
    selected: IndexRow | None = None
    selected_claim: Claim | None = None
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
    claims = list(indexed_claims(Claim.objects.filter(story=story)))
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
        selected=rows[selected.pk] if selected else None,
        selected_claim=selected,
        possible_count=possible,
        order=[claim.number for claim in claims if not claim.is_retired],
        query=show_query(chosen) if show else "",
    )


def find_columns(story: Story, *, show: Collection[int] = (), by: int | None = None) -> list[Column]:
    """Every article of ``story`` that has a text, lettered in the order in which they joined it; one query.

    Shown are those whose keys ``show`` holds, in its order; without any, those that the person ``by`` chose last time;
    without these the first ones.
    """
    remembered = ChosenColumn.objects.filter(article=OuterRef("pk"), user=by).values("position")[:1]
    articles = (
        Article.objects.filter(story=story, current_version__isnull=False)
        .annotate(remembered=Subquery(remembered))
        .with_text()
        .in_order()
    )
    columns = [_column(siglum(n), article) for n, article in enumerate(articles)]
    by_key = {column.article: column for column in columns}
    chosen = [by_key[key] for key in show if key in by_key]
    if not chosen:
        places = {article.pk: article.remembered for article in articles if article.remembered is not None}
        chosen = [by_key[key] for key in sorted(places, key=places.__getitem__)]
    shown = (chosen or columns)[:MAX_COLUMNS]
    for place, column in enumerate(shown):
        column.place, column.is_last = place, place == len(shown) - 1
    return columns


def shown_columns(columns: Iterable[Column]) -> list[Column]:
    """Those of ``columns`` that are shown, in the order in which they stand on the page."""
    return sorted((column for column in columns if column.place is not None), key=lambda column: column.place or 0)


def show_query(columns: Iterable[Column]) -> str:
    """A choice of columns as further parameters of an address."""
    return "".join(f"&show={column.article}" for column in shown_columns(columns))


def moved(show: Sequence[int], *, article: int | None, by: int) -> list[int]:
    """``show`` with one of its keys a step further to the left or right, where there is room.

    >>> moved([1, 2, 3], article=3, by=-1), moved([1, 2, 3], article=3, by=1)
    ([1, 3, 2], [1, 2, 3])
    """
    keys = list(show)
    if article in keys:
        place = keys.index(article)
        to = min(len(keys) - 1, max(0, place + by))
        keys.insert(to, keys.pop(place))
    return keys


def siglum(position: int) -> str:
    """The letter of a column: A to Z, then AA and on.

    >>> siglum(0), siglum(25), siglum(26)
    ('A', 'Z', 'AA')
    """
    letter = chr(ord("A") + position % 26)
    return letter if position < 26 else siglum(position // 26 - 1) + letter


def _column(letter: str, article: Article) -> Column:
    version = article.current_version
    assert version is not None
    return Column(
        siglum=letter,
        article=article.pk,
        version=version.pk,
        version_number=version.number,
        name=article.name,
        role=article.role,
        role_label=article.get_role_display(),
        headline=article.headline,
        byline=article.byline,
        url=article.url,
        language=article.language,
        published=find_published(article),
        published_at=article.published_at,
        published_granularity=article.published_granularity,
        word_count=version.word_count,
        completeness=version.completeness,
        completeness_label=version.get_completeness_display(),
        is_supported=version.is_supported,
        text=version.text,
    )


def find_published(article: Article) -> Published:
    """The published time of ``article``, no finer than it was given."""
    at = article.published_at
    if at is None:
        return Published()
    if article.published_granularity == PublishedGranularity.MINUTE:
        return Published(moment=at)
    return Published(day=article.published_day)


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
        .union(noted_passages(shown), all=True)
        .order_by()
    )
    marks: dict[int, list[ClaimMark]] = defaultdict(list)
    passages: dict[int, list[PassageMark]] = defaultdict(list)
    possible = 0
    for version, start, end, key, claim, label in sorted(found, key=lambda row: (row[1], -row[2], row[4], row[3])):
        if not claim:
            passages[version].append(PassageMark(start, end, key, version, label))
            continue
        row = rows[claim]
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
            column.paragraphs = tuple(_paragraphs(column))
    return possible


def _paragraphs(column: Column) -> Iterable[Paragraph]:
    spans = split_paragraphs(column.text)
    parts = zip(spans, share_out(column.claims, spans), share_out(column.passages, spans), strict=True)
    for number, (span, inside, noted) in enumerate(parts):
        flags = [
            *((m.appearance, m.note_count, m.status_label) for m in inside if m.note_count and m.end <= span.end),
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
