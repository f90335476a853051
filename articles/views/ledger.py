"""The ledger of a story, as a page and as a table to take away."""

import csv
from io import StringIO
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from articles.drawing_ledger import ORIGINS, draw_ledger_row
from articles.keeping import kept, page_etag
from articles.models import ClaimState, Story
from articles.reading.ledger import Ledger, LedgerCell, read_ledger
from articles.reading.ledger_filters import CHECKS, ORDERS, LedgerChoice
from articles.reading.marks import RETIRED, SORTS
from articles.reading.news import news_of, with_news
from articles.requests import HtmxRequest
from articles.roles import can_correct

# Fewer rows where there are many columns: what a browser draws is cells.
ROWS_A_PAGE = 100
CELLS_A_PAGE = 600
# On the page that shows them all, as for printing.
MOST_ROWS = 5000
_STATES = (*ClaimState.values, RETIRED)
# What a spreadsheet takes for the beginning of a formula, also behind spaces.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@require_safe
@vary_on_headers("HX-Request")
def story_ledger(request: HtmxRequest, slug: str) -> HttpResponse:
    story = get_object_or_404(with_news(Story.objects.visible(), by=request.user.pk), slug=slug)
    etag = page_etag(request, story)
    if etag and (unchanged := get_conditional_response(request, etag=etag)) is not None:
        return unchanged
    ledger = read_ledger(story, choice_in(request.GET), by=request.user.pk)
    is_whole = request.GET.get("page") == "all"
    most = max(1, min(ROWS_A_PAGE, CELLS_A_PAGE // max(1, len(ledger.columns))))
    page = Paginator(ledger.rows, MOST_ROWS if is_whole else most).get_page(request.GET.get("page"))
    ledger.fill(list(page))
    read_url, is_corrector = story.get_absolute_url(), can_correct(request.user)
    context: dict[str, Any] = {
        "story": story,
        "seen": news_of(story),
        "ledger": ledger,
        "choice": ledger.choice,
        "page": page,
        "is_whole": is_whole and len(page) > most,
        "rows": [
            draw_ledger_row(row, read_url=read_url, can_correct=is_corrector, is_first=n == 0)
            for n, row in enumerate(page)
        ],
        "read_url": read_url,
        "origins": ORIGINS,
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
