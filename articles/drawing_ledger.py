"""The markup of the ledger's rows and cells: for why it is no template, see articles/drawing.py."""

from functools import cache, lru_cache

from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString

from articles.drawing import draw_sort
from articles.reading.cells import Variant
from articles.reading.ledger import LedgerCell, LedgerRow
from articles.reading.marks import Sort
from articles.reading.speeches import Ask

# What the head of the column says, and cards, which have no heads.
ORIGINS = "Independent origins, of the sources that speak of it: shared copy counts once"
_ONLY = Sort("only", "1", "Only here")


def draw_ledger_row(
    row: LedgerRow, *, read_url: str, can_correct: bool, is_first: bool = False, is_oob: bool = False
) -> SafeString:
    """A row of the ledger. ``can_correct``: whether its reader may; ``is_first``: the keys reach it by Tab."""
    claim = row.row
    statement, address = escape(claim.statement), f"{escape(read_url)}?claim={claim.number}"
    sorts = claim.sorts or ((_ONLY,) if claim.state == "only" else ())
    drawn = f' <span class="sorts">{"".join([draw_sort(sort) for sort in sorts])}</span>' if sorts else ""
    cells = "".join([draw_ledger_cell(c, claim=claim.pk, can_ask=can_correct) for c in row.cells])
    return SafeString(
        f'<tr role="row" id="row-{claim.number}"{' hx-swap-oob="true"' if is_oob else ""} data-work-row'
        f' tabindex="{0 if is_first else -1}" data-claim="{claim.pk}">'
        f'<th role="rowheader" scope="row" class="c-claim"><span class="c-claim-in">'
        f'<span class="claim-no" data-state="{claim.state}"><span class="sr">Claim </span>{claim.number}</span>'
        f'<span class="claim-words"><a href="{address}" title="{statement}" tabindex="-1">'
        f"{statement}</a>{drawn}</span>{_draw_opener(row) if can_correct else ''}</span></th>"
        f"{cells}{_draw_origins(row)}"
        f'<td role="cell" class="c-status" data-label="Status">'
        f"{_draw_status(claim.status, claim.status_label, claim.is_reviewed)}</td>"
        f'<td role="cell" class="c-notes num" data-label="Notes">{_draw_notes(claim.note_count)}</td></tr>'
    )


def _draw_opener(row: LedgerRow) -> str:
    return (
        f'<a class="row-correct" href="{_address("claim_correct", row.row.pk)}" tabindex="-1"'
        f' data-correct-row="{row.row.pk}" aria-expanded="false">'
        f'Correct<span class="sr"> claim {row.row.number}</span></a>'
    )


def _draw_origins(row: LedgerRow) -> str:
    reasons = escape(". ".join(row.reasons))
    title = f' data-less title="{reasons or "Some of them share copy"}"' if row.has_shared_origin else ""
    said = f'<span class="sr">: {reasons}</span>' if reasons else ""
    word = f"origin{'' if row.independent == 1 else 's'}"
    return (
        f'<td role="cell" class="c-ind num" data-label="Independent"><span class="ind"{title}>{row.independent}'
        f'<span class="card-word" title="{ORIGINS}"> {word}</span>'
        f'<span class="hint"> of {row.said}</span>{said}</span></td>'
    )


@lru_cache(maxsize=100)
def _draw_status(status: str, label: str, is_reviewed: bool) -> str:
    context = {"status": status, "label": label, "is_reviewed": is_reviewed}
    return get_template("includes/status.html").render(context).strip()


def _draw_notes(count: int) -> str:
    if not count:
        return '<span class="nothing" aria-hidden="true">–</span><span class="sr">none</span>'
    return f'<span class="flag">{count}<span class="sr"> note{"" if count == 1 else "s"}</span></span>'


def draw_ledger_cell(cell: LedgerCell, *, claim: int, can_ask: bool) -> SafeString:
    """A cell of the ledger. ``can_ask``: whether its reader may say if a possible match is one."""
    brackets = "".join([f'<span class="br" data-br="{bracket}"></span>' for bracket in cell.brackets])
    passage = escape(cell.address)
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
