"""The markup of what a page has hundreds or thousands of: runs of marked text, the list of claims, options of a choice.

A template takes some 20 µs for each tag, so a story of six long articles took a third of a second to draw; joined as
strings it takes a tenth of that. Everything that is drawn once, or a few times, stays in templates.
"""

import re
from collections.abc import Iterable

from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString

from articles.reading.marks import IndexRow, Sort
from articles.reading.runs import ClaimMark, Run, Stretch


def draw_stretches(stretches: Iterable[Stretch], *, query: str = "") -> SafeString:
    """The inside of a paragraph. ``query`` is what its links carry on, as further parameters of an address."""
    query = escape(query)
    return SafeString("".join([_draw_stretch(stretch, query) for stretch in stretches]))


def draw_options(options: Iterable[tuple[int, str]], *, chosen: int | None) -> SafeString:
    """The options of a choice, each with its key and what it is called."""
    return SafeString(
        "".join(
            f'<option value="{key}"{" selected" if key == chosen else ""}>{escape(name)}</option>'
            for key, name in options
        )
    )


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
        return f'<a class="flag" id="flag-{end.appearance}-{end.claim}" hidden></a>'
    return get_template("includes/flag.html#flag").render({"flag": end, "query": SafeString(query)})


def draw_claim_rows(rows: Iterable[IndexRow], *, query: str = "", is_oob: bool = False) -> SafeString:
    """The rows of the list of claims, each a list item. ``is_oob`` where they take the place of rows on the page."""
    query = escape(query)
    oob = ' hx-swap-oob="true"' if is_oob else ""
    return SafeString("".join([_draw_claim_row(row, query, oob) for row in rows]))


def _draw_claim_row(row: IndexRow, query: str, oob: str) -> str:
    status = get_template("includes/claim_status.html").render({"row": row}) if row.note_count else ""
    sorts = "".join([draw_sort(sort) for sort in row.sorts])
    return (
        f'<li id="row-{row.pk}"{oob}><a href="?claim={row.number}{query}#panel" data-select="{row.number}"'
        f' data-place="{row.place}" data-claim-key="{row.pk}">'
        f'<span class="claim-no" data-state="{row.state}">{row.number}</span>'
        f'<span class="row-words">{escape(row.statement)}{status}</span>'
        f"{f'<span class="sorts">{sorts}</span>' if sorts else ''}</a></li>"
    )


def draw_sort(sort: Sort) -> str:
    return (
        f'<span class="sort" data-kind="{sort.kind}" title="{sort.word}">'
        f'<span aria-hidden="true">{sort.glyph}</span><span class="sr">{sort.word}</span></span>'
    )
