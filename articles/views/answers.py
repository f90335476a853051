"""The answer to a correction: what changed of the page it came from, and nothing else.

A correction compares the whole story anew, so marks, cells and counts may change anywhere. The page that asked says
what it shows (its address, its columns or rows, the revision it was drawn at); what would look the same is not sent,
so that nothing moves under a reader's eyes without a reason.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django_htmx.http import trigger_client_event

from articles.correcting import find_correcting
from articles.drawing_ledger import draw_ledger_row
from articles.models import Claim, Decision, Story
from articles.overview import Ticks, draw_overview
from articles.reading import claim_panel, read_story
from articles.reading.columns import Column
from articles.reading.ledger import Ledger, LedgerRow, read_ledger
from articles.reading.page import ReadPage
from articles.rendering import DrawnParagraph, draw_paragraphs
from articles.requests import MAX_KEY, HtmxRequest, read_keys, read_number
from articles.roles import can_correct
from articles.views.ledger import choice_in

type Screen = Literal["read", "ledger", "rows", "marks", ""]

# What the page's script says of it, each in a field of that name behind "shown-".
_SHOWN = ("revision", "selected", "open", "columns", "rows", "sheet")
_URLS: dict[str, Screen] = {
    "story_read": "read",
    "story_ledger": "ledger",
    "story_rows": "rows",
    "mark_detail": "marks",
}


STALE = "Somebody else decided about this a moment ago. This is how it stands now; decide again if you still want to."
# Claims offered at once where a field finds the others.
MOST_OFFERED = 12


@dataclass(slots=True)
class Asking:
    """The page a correction was sent from, as it looked before.

    ``screen`` is empty, and ``story`` may be none, where that is not a screen of a story; ``address`` leads back to it.
    ``shown`` is what its script says of it.
    """

    story: Story | None
    screen: Screen
    address: str
    chosen: QueryDict
    shown: dict[str, str]
    paragraphs: dict[tuple[int, int], str] = field(default_factory=dict)
    overviews: dict[int, tuple[Ticks, ...]] = field(default_factory=dict)
    rows: dict[int, LedgerRow] = field(default_factory=dict)
    claims: frozenset[int] = frozenset()
    is_outdated: bool = False

    @property
    def selected(self) -> int:
        """The claim that is chosen in the texts, or whose corrections are open in the ledger; 0 for none."""
        return read_number(self.shown.get("selected"), limit=MAX_KEY) or 0

    @property
    def sheet(self) -> tuple[int, list[int]]:
        """The name that the open sheet is about, 0 for none, and the quotations in it."""
        keys = [read_number(key, limit=MAX_KEY) or 0 for key in self.shown.get("sheet", "").split()]
        return (keys[0], keys[1:]) if keys else (0, [])

    @property
    def row_keys(self) -> list[int]:
        return sorted(read_keys(self.shown.get("rows", "").split(",")))


def find_corrector(request: HtmxRequest) -> User:
    """The user, who must be allowed to correct the machine."""
    if not can_correct(request.user):
        raise PermissionDenied("Only fact-checkers and editors correct the machine.")
    assert isinstance(request.user, User)
    return request.user


def first_error(form: Form) -> str:
    return next((str(error) for errors in form.errors.values() for error in errors), "")


def find_screen(request: HtmxRequest, story: Story | None) -> Asking:
    """Where ``request`` comes from, not yet drawn.

    ``story`` is the one decided about; without it, as for names, the page's own counts.
    """
    address = urlsplit(request.htmx.current_url or request.headers.get("Referer", ""))
    screen, slug = _screen_at(address.path)
    if story is None and screen:
        story = Story.objects.visible().filter(slug=slug).first()
    if story is None or story.slug != slug:
        screen = ""
    return Asking(
        story=story,
        screen=screen,
        address=f"{address.path}?{address.query}" if address.query else address.path,
        chosen=QueryDict(address.query),
        shown={name: request.POST[f"shown-{name}"] for name in _SHOWN if request.POST.get(f"shown-{name}")},
    )


def find_asking(request: HtmxRequest, story: Story | None) -> Asking:
    """The same, and how the page looks now. Call it just before deciding: a form that is refused needs no drawing."""
    asking = find_screen(request, story)
    story, screen = asking.story, asking.screen
    if not request.htmx or not screen or request.method != "POST":
        return asking
    assert story is not None
    asking.is_outdated = asking.shown.get("revision") != str(story.revision)
    if screen == "read" and not asking.is_outdated:
        page = _read(asking, story)
        asking.paragraphs = {place: drawn.html for place, (drawn, _) in _draw(page).items()}
        asking.overviews = _draw_overviews(page)
    elif screen == "ledger":
        asking.claims = frozenset(Claim.objects.filter(story=story).values_list("pk", flat=True))
        asking.rows = {row.row.pk: row for row in _ledger_rows(read_ledger(story, by=request.user.pk), asking.row_keys)}
    return asking


def _screen_at(path: str) -> tuple[Screen, str]:
    """The screen of a story at this address, and the story's slug."""
    try:
        match = resolve(path)
    except Resolver404:
        return "", ""
    return _URLS.get(match.url_name or "", ""), match.kwargs.get("slug", "")


def back_to(asking: Asking, claim: Claim | None, *, at: str = "") -> HttpResponse:
    """To the page that asked, or to the corrections of ``claim``; ``at`` is what to go on from there."""
    if asking.screen == "read" and asking.story:
        return redirect(claim or asking.story)
    if asking.screen:
        return redirect(
            f"{asking.address}#row-{claim.number}" if claim and asking.screen == "ledger" else asking.address
        )
    if claim is None:
        return redirect("story_list")
    address = reverse("claim_correct", args=[claim.pk])
    return redirect(f"{address}#{at}" if at else address)


def answer_decision(
    request: HtmxRequest,
    asking: Asking,
    *,
    claim: Claim | None,
    said: str,
    decision: Decision | None = None,
    sheet: dict[str, Any] | None = None,
) -> HttpResponse:
    """Everything on the asking page that shows what was decided, as out-of-band swaps, with a message that takes it
    back. ``claim`` is the one to show; ``sheet`` the context of the open sheet of a name, when that is to be redrawn.
    """
    story = Story.objects.get(pk=asking.story.pk) if asking.story else None
    context: dict[str, Any] = {"story": story, "said": said, "claim": claim, "is_answer": True}
    context |= {"undo": decision.pk if decision else None, "address": asking.address}
    context["leads_back_to"] = decision.leads_back_to if decision else None
    if story is None:
        pass
    elif asking.screen == "read":
        context |= _read_context(asking, story, claim)
    elif asking.screen == "ledger":
        context |= _ledger_context(asking, story, claim, by=request.user.pk)
    elif claim and not asking.screen:
        context["page"] = find_correcting(claim, most=MOST_OFFERED)
    elif asking.screen == "rows":
        context["asked"] = read_number(request.POST.get("alignment"), limit=MAX_KEY)
    context |= {"sheet": sheet, **(sheet or {})}
    response = render(request, f"includes/corrected.html#{asking.screen or 'page'}", context)
    response.headers["HX-Reswap"] = "none"
    shown = {"claim": claim.number if claim else None, "revision": story.revision if story else None}
    return trigger_client_event(response, "decisionMade", shown, after="swap")


# --- The texts ----------------------------------------------------------------------------------------------------


def _read(asking: Asking, story: Story) -> ReadPage:
    """The page without its selection: what is selected is marked by the browser, so that most comes from the cache."""
    columns = read_keys(asking.shown.get("columns", "").split(","))
    page = read_story(story, show=columns or read_keys(asking.chosen.getlist("show")))
    if "show" not in asking.chosen:
        page.query = ""
    return page


def _draw(page: ReadPage) -> dict[tuple[int, int], tuple[DrawnParagraph, Column]]:
    drawn = draw_paragraphs(page, [paragraph for column in page.columns for paragraph in column.paragraphs])
    of_version = {column.version: column for column in page.columns}
    return {
        (paragraph.version, paragraph.number): (found, of_version[paragraph.version])
        for paragraph, found in drawn.items()
    }


def _draw_overviews(page: ReadPage) -> dict[int, tuple[Ticks, ...]]:
    return {column.article: draw_overview(column.claims, len(column.text)) for column in page.columns}


def _read_context(asking: Asking, story: Story, claim: Claim | None) -> dict[str, Any]:
    page = _read(asking, story)
    drawn = _draw(page)
    context: dict[str, Any] = {
        "page": page,
        "query": page.query,
        "redrawn": [found for place, found in drawn.items() if asking.paragraphs.get(place) != found[0].html],
        "overviews": {
            article: ticks for article, ticks in _draw_overviews(page).items() if asking.overviews.get(article) != ticks
        },
        "possible_count": page.possible_count,
    }
    if claim:
        panel = claim_panel(claim.pk, story=story, columns=page.all_columns)
        context |= {"panel": panel, "claim": panel.claim, "notes": list(panel.claim.all_notes())}
        if asking.shown.get("open"):
            context["corrections"] = find_correcting(panel.claim, most=MOST_OFFERED)
    return context


# --- The ledger ---------------------------------------------------------------------------------------------------


def _ledger_rows(ledger: Ledger, keys: Collection[int]) -> list[LedgerRow]:
    rows = ledger.rows_of(keys)
    ledger.fill(rows)
    return rows


def _look(row: LedgerRow | None) -> LedgerRow | None:
    """``row`` as it is drawn: its place among all claims is not."""
    return row and replace(row, row=replace(row.row, place=0))


def _ledger_context(asking: Asking, story: Story, claim: Claim | None, *, by: int | None) -> dict[str, Any]:
    """Rows that look otherwise, in their places whatever the filters say; new claims below the one decided about."""
    ledger = read_ledger(story, choice_in(asking.chosen), by=by)
    claims = set(Claim.objects.filter(story=story).values_list("pk", flat=True))
    rows = _ledger_rows(ledger, asking.row_keys)
    read_url = story.get_absolute_url()
    return {
        "ledger": ledger,
        "choice": ledger.choice,
        "read_url": read_url,
        "rows": [
            draw_ledger_row(row, read_url=read_url, can_correct=True, is_oob=True)
            for row in rows
            if asking.is_outdated or _look(asking.rows.get(row.row.pk)) != _look(row)
        ],
        "gone": [row.row for key, row in asking.rows.items() if key not in claims],
        "new_rows": [
            (row.row.number, draw_ledger_row(row, read_url=read_url, can_correct=True))
            for row in _ledger_rows(ledger, sorted(claims - asking.claims))
        ],
        "corrections": find_correcting(claim, most=MOST_OFFERED) if claim and asking.selected == claim.pk else None,
    }
