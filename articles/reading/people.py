"""People and places of one story: who is named where and how, and what each source quotes from whom.

Names are those the machine found or people corrected, in the current texts. Pronouns are counted, not listed: they
name nobody by themselves.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Lower

from articles.analysis import gazetteer
from articles.analysis.lexicon import words
from articles.analysis.name_words import TITLES
from articles.analysis.text import split_paragraphs
from articles.analysis.types import Span
from articles.models import (
    Entity,
    EntityKind,
    FindingDecision,
    Mention,
    Quotation,
    Story,
)
from articles.reading.around import words_after, words_before
from articles.reading.columns import Column, find_columns
from articles.reading.said import SaidRow, find_said_rows, outermost_quotations

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
    # The columns that quote it at all, and those that never do; the cells of the rows are of the former.
    quoting: tuple[Column, ...]
    unquoting: tuple[Column, ...]
    rows: tuple[SaidRow, ...]
    namings: tuple[Naming, ...]
    mentions: tuple[ColumnMentions, ...]
    mention_count: int
    pronoun_count: int
    page: int
    pages: int

    @property
    def most(self) -> int:
        """The highest count of one name in one source, by which the others are drawn."""
        return max((count for naming in self.namings for count in naming.counts), default=0)

    @property
    def has_gaps(self) -> bool:
        return any(row.comparison.has_gaps for row in self.rows)

    @property
    def ranks(self) -> frozenset[int]:
        return frozenset(rank for row in self.rows for rank in row.comparison.ranks)


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The names of a story, of one kind or all, one page of them; and the chosen one, if the story names it."""

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
    """The page of ``story`` in seven queries at most. Without ``entity`` the one named most often is chosen, and nobody
    where the story does not name it; without ``page`` the one of the list that holds it."""
    columns = tuple(find_columns(story))
    named = _named(columns)
    kinds = Counter(row.kind for row in named)
    listed = [row for row in named if not kind or row.kind == kind]
    chosen = next(iter(listed) if entity is None else (row for row in named if row.pk == entity), None)
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
    """Everybody and everything the current texts name or describe, most often first; one query. Pronouns are left out,
    as where the mentions of one are listed."""
    rows = (
        Mention.objects.filter(version__in=[column.version for column in columns])
        .annotate(folded=Lower("quote"))
        .exclude(is_inferred=True, folded__in=PRONOUNS)
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
    quotations = outermost_quotations(
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
    quoting = tuple(c for c in columns if quoted[c.version])
    pages = max(1, -(-len(listed) // MENTIONS_A_PAGE))
    mentions_page = min(max(mentions_page, 1), pages)
    return EntityPart(
        entity=entity,
        counts=tuple(
            ColumnCount(c, len(by_version[c.version]), pronouns[c.version], quoted[c.version]) for c in columns
        ),
        quoting=quoting,
        unquoting=tuple(c for c in columns if not quoted[c.version]),
        rows=find_said_rows(quoting, quotations),
        namings=_namings(columns, by_version, pronouns),
        mentions=_in_context(columns, by_version, mentions_page),
        mention_count=len(listed),
        pronoun_count=pronouns.total(),
        page=mentions_page,
        pages=pages,
    )


def _is_pronoun(quote: str, is_inferred: bool) -> bool:
    return is_inferred and quote.casefold() in PRONOUNS


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
        before=words_before(before, is_cut=start - _BESIDE > low),
        words=column.text[start:end],
        after=words_after(after, is_cut=end + _BESIDE < high),
    )
