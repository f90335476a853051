"""What is marked at one place of a text, for the small sheet beside it: who is named there, whose words they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.models import Entity, Mention, Quotation, Story
from articles.reading.columns import Column, find_columns
from articles.reading.people import EntityPart, Naming, read_people

# So many ways of naming are listed; the page of the name has the rest.
NAMINGS = 8


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at a place: the name, the shortest when several lie in each other, and the quotations around it.

    ``columns`` are all of the story, to look into for what others say.
    """

    column: Column
    at: int
    columns: tuple[Column, ...]
    entity: Entity | None
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class SourceNaming:
    """How one source names somebody, and how often each way."""

    column: Column
    terms: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class NameSheet:
    """How a story names somebody. ``part`` is None when it does so no longer."""

    part: EntityPart | None
    sources: tuple[SourceNaming, ...]


def read_place(story: Story, *, version: int, at: int) -> Place | None:
    """What is marked at code point ``at`` of a current version of ``story``; None where that is no place in it."""
    columns = tuple(find_columns(story))
    column = next((column for column in columns if column.version == version), None)
    if column is None or not 0 <= at < len(column.text):
        return None
    here = {"version": version, "start__lte": at, "end__gt": at}
    names = Mention.objects.filter(**here, is_inferred=False).select_related("entity")
    name = min(names, key=lambda mention: mention.end - mention.start, default=None)
    quotations = Quotation.objects.filter(**here).select_related("speaker", "decided_by").order_by("-start", "end")
    return Place(column, at, columns, name.entity if name else None, tuple(quotations))


def read_name(story: Story, entity: Entity) -> NameSheet:
    """How the sources of ``story`` name ``entity``."""
    page = read_people(story, entity=entity.pk)
    part = page.chosen if page.chosen and page.chosen.entity.pk == entity.pk else None
    return NameSheet(part, tuple(_by_source(page.columns, part.namings)) if part else ())


def _by_source(columns: Sequence[Column], namings: Sequence[Naming]) -> list[SourceNaming]:
    found = []
    for place, column in enumerate(columns):
        terms = [(naming.term or "pronouns", naming.counts[place]) for naming in namings if naming.counts[place]]
        if terms:
            found.append(SourceNaming(column, tuple(sorted(terms, key=lambda term: -term[1])[:NAMINGS])))
    return found
