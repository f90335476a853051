"""Tags for what is drawn without templates: see articles/drawing.py."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from articles import drawing
from articles.drawing_ledger import draw_ask
from articles.reading.marks import IndexRow
from articles.reading.runs import Stretch
from articles.reading.speeches import Ask

register = template.Library()


@register.simple_tag
def marked_text(stretches: Iterable[Stretch], query: str = "") -> SafeString:
    """The inside of a paragraph."""
    return drawing.draw_stretches(stretches, query=query)


@register.simple_tag
def claim_rows(rows: Iterable[IndexRow], query: str = "") -> SafeString:
    """Rows of the list of claims."""
    return drawing.draw_claim_rows(rows, query=query)


@register.simple_tag
def claim_row_oob(row: IndexRow) -> SafeString:
    """A row of the list that takes the place of the one that stands on the page."""
    return drawing.draw_claim_rows([row], is_oob=True)


@register.simple_tag
def same_claim(ask: Ask) -> SafeString:
    """The question at a possible match."""
    return draw_ask(ask, is_tabbed=True)
