"""The markup of what a page has thousands of: the runs of marked text, the list of claims, the cells of the ledger.

A template takes some 20 µs for each tag, so a story of six long articles took a third of a second to draw; joined as
strings it takes a tenth of that. Everything that is drawn once, or a few times, stays in templates.
"""

import re
from collections.abc import Iterable
from functools import cache

from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString

from articles.reading.cells import Variant
from articles.reading.ledger import LedgerCell
from articles.reading.marks import IndexRow, Sort
from articles.reading.runs import ClaimMark, Run, Stretch
from articles.reading.speeches import Ask


def draw_stretches(stretches: Iterable[Stretch], *, query: str = "") -> SafeString:
    """The inside of a paragraph. ``query`` is what its links carry on, as further parameters of an address."""
    query = escape(query)
    return SafeString("".join([_draw_stretch(stretch, query) for stretch in stretches]))


def mark_current(drawn: SafeString, number: int) -> SafeString:
    """A drawn paragraph with the marks of the claim ``number`` as the chosen ones.

    So a paragraph is drawn once for all choices. Of its text nothing can be taken for a mark: it is escaped.
    """
    mark = rf'(<mark class="hl claim" data-claim="(?:\d+ )*{number}[ "][^>]*)>'
    return SafeString(re.sub(mark, r'\1 aria-current="true">', drawn))


def _draw_stretch(stretch: Stretch, query: str) -> str:
    words = "".join([_draw_run(run) for run in stretch.runs])
    notes = f' data-note="{stretch.notes}"' if stretch.notes else ""
    if stretch.claims:
        references = "".join([_draw_reference(end, query) for end in stretch.ends])
        flags = "".join([_draw_flag(end, query) for end in stretch.ends])
        words = (
            f'<mark class="hl claim" data-claim="{stretch.claims}" data-state="{stretch.state}"{notes}>'
            f"{words}{references}</mark>{flags}"
        )
    elif stretch.notes:
        words = f'<mark class="hl passage"{notes}>{words}</mark>'
    if stretch.passages:
        flag = get_template("includes/flag.html#passage_flag")
        words += "".join([flag.render({"passage": passage}) for passage in stretch.passages])
    return words


def _draw_run(run: Run) -> str:
    return f'<mark class="hl {run.layers}">{escape(run.text)}</mark>' if run.layers else escape(run.text)


def _draw_reference(end: ClaimMark, query: str) -> str:
    # One attribute instead of words for screen readers, which would be two boxes more for each claim.
    return (
        f'<a class="ref" id="at-{end.appearance}" href="?claim={end.number}{query}#at-{end.appearance}"'
        f' data-select="{end.number}" data-state="{end.state}"'
        f' aria-label="Claim {end.number}, {escape(end.state_label)}">{end.number}</a>'
    )


def _draw_flag(end: ClaimMark, query: str) -> str:
    """The flag of the claim's notes; without any the place where an answer puts it."""
    if not end.note_count:
        return f'<a class="flag" id="flag-{end.appearance}" hidden></a>'
    return get_template("includes/flag.html#flag").render({"flag": end, "query": SafeString(query)})


def draw_claim_rows(rows: Iterable[IndexRow], *, query: str = "", is_oob: bool = False) -> SafeString:
    """The rows of the list of claims, each a list item. ``is_oob`` where they take the place of rows on the page."""
    query = escape(query)
    oob = ' hx-swap-oob="true"' if is_oob else ""
    return SafeString("".join([_draw_claim_row(row, query, oob) for row in rows]))


def _draw_claim_row(row: IndexRow, query: str, oob: str) -> str:
    status = get_template("includes/claim_status.html").render({"row": row}) if row.note_count else ""
    sorts = "".join([_draw_sort(sort) for sort in row.sorts])
    return (
        f'<li id="row-{row.pk}"{oob}><a href="?claim={row.number}{query}#panel" data-select="{row.number}"'
        f' data-place="{row.place}" data-claim-key="{row.pk}">'
        f'<span class="claim-no" data-state="{row.state}">{row.number}</span>'
        f'<span class="row-words">{escape(row.statement)}{status}</span>'
        f"{f'<span class="sorts">{sorts}</span>' if sorts else ''}</a></li>"
    )


def _draw_sort(sort: Sort) -> str:
    return (
        f'<span class="sort" data-kind="{sort.kind}" title="{sort.word}">'
        f'<span aria-hidden="true">{sort.glyph}</span><span class="sr">{sort.word}</span></span>'
    )


def draw_ledger_cell(cell: LedgerCell, *, claim: int, read_url: str, can_ask: bool) -> SafeString:
    """A cell of the ledger. ``can_ask``: whether its reader may say if a possible match is one."""
    brackets = "".join([f'<span class="br" data-br="{bracket}"></span>' for bracket in cell.brackets])
    passage = escape(read_url + cell.place) if cell.place else ""
    if cell.values:
        state = f'<span class="sr">{cell.word}</span>'
    elif passage:
        state = f'<a href="{passage}" tabindex="-1">{cell.word}</a>'
    elif cell.silent:
        nearest = _address("claim_nearest", claim, cell.silent)
        state = (
            f'<a href="{nearest}" title="Nearest passage" tabindex="-1">{cell.word}'
            '<span class="sr">: nearest passage</span></a>'
        )
    else:
        state = cell.word
    values = "".join([_draw_variant(variant, passage) for variant in cell.values])
    ask = draw_ask(cell.ask) if can_ask and cell.ask else ""
    return SafeString(
        f'<td role="cell" class="c-src" data-label="{cell.siglum}  {escape(cell.name)}">{brackets}'
        f'<span class="cell" data-cell="{cell.kind}"><span class="cell-state">{state}</span>{values}</span>{ask}</td>'
    )


def _draw_variant(variant: Variant, passage: str) -> str:
    letter = f'<span class="variant"><span class="sr">variant </span>{variant.letter}</span> ' if variant.letter else ""
    value = escape(variant.value)
    words = f'<a href="{passage}" tabindex="-1">{value}</a>' if passage else value
    return f'<span class="cell-val">{letter}{words}</span>'


def draw_ask(ask: Ask, *, is_tabbed: bool = False) -> SafeString:
    """The question at a possible match. ``is_tabbed``: the keys reach it by Tab. A script sends what is pressed."""
    tab = "" if is_tabbed else ' tabindex="-1"'
    buttons = "".join(
        [
            f'<button class="btn btn-small needs-script" type="button" value="{decision}"{tab}>{word}</button>'
            for word, decision in ask.answers
        ]
    )
    address = _address("claim_correct", ask.claim)
    return SafeString(
        f'<span class="ask" data-ask="{ask.alignment}" data-expected="{ask.revision}" data-address="{address}"'
        f' role="group" aria-label="Same claim?">'
        f'<a class="ask-q" href="{address}#row-decide-{ask.alignment}"{tab}>Same claim?</a>{buttons}</span>'
    )


def _address(name: str, *keys: int) -> str:
    """The address of a page that only numbers name: a ledger asks for a thousand of them."""
    return _pattern(name, len(keys)) % keys


@cache
def _pattern(name: str, count: int) -> str:
    stand_in = 10**15
    return reverse(name, args=[stand_in] * count).replace("%", "%%").replace(str(stand_in), "%d")
