"""What the machine read in one figure of a text, and what the sources print where they say the same."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.formats import date_format

from articles.analysis.text import fold
from articles.models import Alignment, Claim, Quantity, QuantityBound, Story
from articles.reading.columns import Column
from articles.reading.figures import with_noun

_KINDS = {
    "cardinal": "Count",
    "ordinal": "Rank",
    "age": "Age",
    "money": "Amount of money",
    "percent": "Percentage",
    "points": "Percentage points",
    "share": "Share",
    "measure": "Measure",
    "date": "Date",
    "time": "Time",
    "score": "Score",
    "vote": "Vote",
}
# Codes of the analysis that are no words; the others are printed as they are ("km", "USD").
_UNITS = {"1": "", "%": "%", "[pp]": "percentage points", "date": ""}


@dataclass(frozen=True, slots=True)
class Printed:
    """The figures that one source prints in its passages of a claim; none where it says so without any."""

    column: Column
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureClaim:
    """A claim the figure stands in, and what each source that puts it forward prints there."""

    claim: Claim
    sources: tuple[Printed, ...]


@dataclass(frozen=True, slots=True)
class FigureSheet:
    """One figure. ``read`` and ``compared`` are empty where the machine could make no value of it."""

    words: str
    kind: str
    read: str
    compared: str
    claims: tuple[FigureClaim, ...]


def read_figure(story: Story, columns: Sequence[Column], *, version: int, at: int) -> FigureSheet | None:
    """The figure at code point ``at`` of a version, the shortest when several lie in each other; in four queries."""
    column = next((column for column in columns if column.version == version), None)
    here = Quantity.objects.filter(version=version, start__lte=at, end__gt=at)
    figure = min(here, key=lambda each: each.end - each.start, default=None)
    if column is None or figure is None:
        return None
    return FigureSheet(
        words=_words(figure, column),
        kind=_KINDS.get(figure.kind, "Figure"),
        read=_value(figure, figure.low, figure.high, figure.unit),
        compared=_compared(figure),
        claims=tuple(_claims(story, columns, figure)),
    )


def _claims(story: Story, columns: Sequence[Column], figure: Quantity) -> Iterable[FigureClaim]:
    around = {"appearance__version": figure.version_id, "appearance__start__lte": figure.start}
    said = Alignment.objects.live().filter(claim__story=story, **around, appearance__end__gte=figure.end)
    claims = Claim.objects.filter(pk__in=said.values("claim")).in_reading_order()
    versions = [column.version for column in columns]
    spans: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    passages = Alignment.objects.live().filter(claim__in=said.values("claim"), appearance__version__in=versions)
    rows = passages.values_list("claim", "appearance__version", "appearance__start", "appearance__end")
    for claim, version, start, end in rows.order_by("appearance__start"):
        spans[claim, version].append((start, end))
    figures: dict[int, list[Quantity]] = defaultdict(list)
    for each in Quantity.objects.filter(version__in=versions, kind=figure.kind).order_by("start"):
        figures[each.version_id].append(each)
    for row in claims:
        yield FigureClaim(
            row,
            tuple(
                Printed(column, _printed(column, figure, figures[column.version], spans[row.pk, column.version]))
                for column in columns
                if spans[row.pk, column.version]
            ),
        )


def _printed(
    column: Column, figure: Quantity, figures: Sequence[Quantity], spans: Sequence[tuple[int, int]]
) -> tuple[str, ...]:
    """The figures of these passages: those that count the same thing when there are any, else all of the kind."""
    inside = [each for each in figures if any(start <= each.start and each.end <= end for start, end in spans)]
    same = [each for each in inside if each.head == figure.head]
    words = (_words(each, column) for each in same or inside)
    return tuple({fold(each): each for each in words}.values())


def _words(figure: Quantity, column: Column) -> str:
    """As it is printed, with the noun it counts."""
    return with_noun(figure.quote, column.text, figure.end) or figure.quote


def _compared(figure: Quantity) -> str:
    """The value by which it is compared, where that is in another unit than the text's."""
    if figure.base_unit in {"", figure.unit} or figure.kind == "date":
        return ""
    low, high = (None if each is None else repr(each) for each in (figure.base_low, figure.base_high))
    return _value(figure, low, high, figure.base_unit)


def _value(figure: Quantity, low: str | None, high: str | None, unit: str) -> str:
    """An interval in words: ``about 5,000``, ``between 100 and 120``, ``16 November 2026``, ``52 to 48``."""
    if low is None and high is None:
        return ""
    least, most = _number(low), _number(high)
    if figure.kind in {"score", "vote"}:
        words = f"{most} to {least}"
    elif least and most and least != most:
        is_dated = figure.kind == "date" or figure.bound != QuantityBound.RANGE
        words = f"{least} to {most}" if is_dated else f"between {least} and {most}"
    else:
        named = figure.bound not in {QuantityBound.EXACT, QuantityBound.RANGE, QuantityBound.VAGUE}
        words = f"{figure.get_bound_display()} {least or most}" if named else least or most
    return f"{words} {_UNITS.get(unit, unit)}".strip()


def _number(value: str | None) -> str:
    """``5000`` as ``5,000``, ``2026-11-16`` as ``16 Nov 2026``; what is neither as it is."""
    if value is None:
        return ""
    try:
        return f"{Decimal(value).normalize():,f}"
    except InvalidOperation:
        pass
    try:
        return date_format(date.fromisoformat(value), "j M Y")
    except ValueError:
        return value
