"""The ledger of a story, as a page and as a table to take away."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.template.loader import get_template
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from articles.keeping import kept, page_etag
from articles.models import ClaimState, Story
from articles.reading.ledger import CHECKS, ORDERS, Ledger, LedgerCell, LedgerChoice, LedgerRow, read_ledger
from articles.reading.marks import RETIRED, SORTS
from articles.requests import HtmxRequest
from articles.roles import can_correct

ROWS_A_PAGE = 200
# The beginning of a silent cell's address, which alone hangs on the claim: the cell is drawn once for all of them.
_NEAREST = "/claims/0/nearest/"
_STATES = (*ClaimState.values, RETIRED)
# What a spreadsheet takes for the beginning of a formula, also behind spaces.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row with its cells as HTML."""

    claim: LedgerRow
    cells: tuple[SafeString, ...]


@require_safe
@vary_on_headers("HX-Request")
def story_ledger(request: HtmxRequest, slug: str) -> HttpResponse:
    story = get_object_or_404(Story.objects.visible(), slug=slug)
    etag = page_etag(request, story)
    if etag and (unchanged := get_conditional_response(request, etag=etag)) is not None:
        return unchanged
    ledger = read_ledger(story, choice_in(request.GET))
    page = Paginator(ledger.rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    ledger.fill(list(page))
    context: dict[str, Any] = {
        "story": story,
        "ledger": ledger,
        "choice": ledger.choice,
        "page": page,
        "rows": [draw_row(row, story.get_absolute_url(), can_ask=can_correct(request.user)) for row in page],
        "read_url": story.get_absolute_url(),
        "is_fragment": bool(request.htmx),
    }
    template = "articles/story_ledger.html"
    if request.htmx:
        template += "#ledger"
    return kept(render(request, template, context), etag)


@require_safe
def story_ledger_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The chosen rows, all of them, as a table of comma-separated values."""
    story = get_object_or_404(Story.objects.visible(), slug=slug)
    ledger = read_ledger(story, choice_in(request.GET))
    ledger.fill(ledger.rows)
    table = StringIO()
    rows = csv.writer(table)
    rows.writerow(
        [
            *("Claim", "Statement", "State", "Differences"),
            *(_harmless(f"{column.siglum} {column.name}") for column in ledger.columns),
            *("Sources", "Independent origins", "Status", "Reviewed", "Notes"),
        ]
    )
    rows.writerows(_lines(ledger))
    # With a byte order mark, without which spreadsheets read the accents wrong.
    response = HttpResponse(table.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{story.slug}-ledger.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def draw_row(row: LedgerRow, read_url: str, *, can_ask: bool) -> DrawnRow:
    """``can_ask``: whether its reader may say if a possible match is one."""
    nearest = f"/claims/{row.row.pk}/nearest/"
    cells = ((cell.silent, _draw_cell(cell, read_url, can_ask)) for cell in row.cells)
    return DrawnRow(
        row, tuple(SafeString(drawn.replace(_NEAREST, nearest)) if silent else drawn for silent, drawn in cells)
    )


@lru_cache(maxsize=20_000)
def _draw_cell(cell: LedgerCell, read_url: str, can_ask: bool) -> SafeString:
    """Drawn once and kept, since most cells of a long ledger look like another: they depend on nothing but these."""
    return SafeString(
        get_template("articles/story_ledger.html#cell").render(
            {"cell": cell, "read_url": read_url, "ask": cell.ask if can_ask else None}
        )
    )


def _lines(ledger: Ledger) -> list[list[str | int]]:
    return [
        [
            entry.row.number,
            _harmless(entry.row.statement),
            entry.row.state_label,
            "; ".join(sort.word for sort in entry.row.sorts),
            *(_harmless(_cell_words(cell)) for cell in entry.cells),
            entry.said,
            entry.independent,
            _harmless(entry.row.status_label),
            "yes" if entry.row.is_reviewed else "no",
            entry.row.note_count,
        ]
        for entry in ledger.rows
    ]


def _cell_words(cell: LedgerCell) -> str:
    values = "; ".join(f"{variant.letter} {variant.value}".strip() for variant in cell.values)
    return f"{cell.word}: {values}" if values else cell.word


def _harmless(words: str) -> str:
    """``words``, which a spreadsheet must never calculate: an apostrophe before them makes them text.

    >>> _harmless("=HYPERLINK(1)"), _harmless("5,000 missiles")
    ("'=HYPERLINK(1)", '5,000 missiles')
    """
    return f"'{words}" if words.lstrip(" ").startswith(_FORMULA) else words


def choice_in(address: QueryDict) -> LedgerChoice:
    """What the address asks for; what it says wrongly is as if it said nothing."""

    def one_of(name: str, values: Any, default: str = "") -> str:
        value = address.get(name, "")
        return value if value in values else default

    def key(name: str) -> str:
        value = address.get(name, "")
        digits = value.removeprefix("-")
        return value if digits.isascii() and digits.isdecimal() else ""

    return LedgerChoice(
        state=one_of("state", _STATES),
        checks=frozenset(address.getlist("check")) & frozenset(CHECKS),
        kinds=frozenset(address.getlist("kind")) & frozenset(SORTS),
        speaker=key("speaker"),
        source=key("source"),
        words=" ".join(address.get("q", "").replace("\0", "").split())[:200],
        order=one_of("order", ORDERS, "text"),
    )
