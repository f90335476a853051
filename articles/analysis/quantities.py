"""Numbers, as intervals."""

import re
from collections.abc import Sequence
from datetime import date

from .dates import find_dates
from .types import Quantity, Sentence, Span

_NUMBER = re.compile(
    r"(?<![\w.,-])(?:[$€£] ?)?(\d{1,3}(?:,\d{3}){1,6}|\d{1,15})(?:\.\d{1,6})?(?: (?:million|billion|percent|per cent))?%?(?![\w-])"
)


def find_quantities(text: str, sentences: Sequence[Sentence], *, published: date | None = None) -> tuple[Quantity, ...]:
    found = []
    for match in _NUMBER.finditer(text):
        value = match.group(1).replace(",", "")
        unit = "%" if match.group().endswith(("%", "percent", "per cent")) else "1"
        found.append(Quantity(Span(*match.span()), value, value, unit, "exact"))
    found += find_dates(text, sentences, published)
    return tuple(sorted(found, key=lambda q: q.span))
