"""What a number in a sentence counts, beyond its noun: the fate of the people it counts, and how often.

"At least nine miners died" and "the death toll rose to 11" count the same with no noun in common; "three people were
killed" and "14 people were hurt" count two things with one noun; "300 trips a year" and "300 trips a month" are two
numbers.
"""

import re
from typing import NamedTuple

from ..sides import Side
from ..types import Quantity

_FATE = re.compile(
    r"\b(?:(?P<dead>die[ds]?|dying|dead|deaths?|kill(?:s|ed|ing)?|fatal\w{0,8}|death toll|toll|perish\w{0,3}"
    r"|drown\w{0,3})|(?P<hurt>injur\w{1,4}|wound\w{1,3}|hurt)|(?P<missing>missing|unaccounted)"
    r"|(?P<held>arrest\w{0,3}|detain\w{0,3})|(?P<saved>rescu\w{1,3}|evacuat\w{1,3}|saved))\b",
    re.I,
)
_PER = re.compile(
    r"(?:[ -][^\W\d_][\w’']{0,20}){0,4}?[ -](?:"
    r"(?:an?|per|each|every)[ -](?P<unit>hour|day|week|month|quarter|year)\b"
    r"|(?P<adverb>hourly|daily|weekly|monthly|quarterly|yearly|annually)\b)"
)
_GLUED = re.compile(r"-an?-(?P<unit>hour|day|week|month|year)$")
_A_YEAR = {
    "hour": 8766.0, "hourly": 8766.0, "day": 365.25, "daily": 365.25, "week": 52.18, "weekly": 52.18, "month": 12.0,
    "monthly": 12.0, "quarter": 4.0, "quarterly": 4.0, "year": 1.0, "yearly": 1.0, "annually": 1.0,
}  # fmt: skip
_REACH = 40


def find_fate(side: Side, q: Quantity) -> str:
    """What became of the people a number counts ("dead", "hurt" …), by the nearest word between it and its neighbours.

    The words belong to the number they are nearest to: "three people were killed and 14 injured".
    """
    if q.unit != "1" or q.kind != "cardinal":
        return ""
    text = side.analysis.text
    before = max([side.context.start, q.span.start - _REACH, *(o.span.end for o in side.quantities if o.span < q.span)])
    after = min([side.context.end, q.span.end + _REACH, *(o.span.start for o in side.quantities if q.span < o.span)])
    found = [
        (q.span.start - m.end(), m.lastgroup or "")
        for m in _FATE.finditer(text, min(before, q.span.start), q.span.start)
    ]
    found += [
        (m.start() - q.span.end, m.lastgroup or "") for m in _FATE.finditer(text, q.span.end, max(after, q.span.end))
    ]
    return min(found)[1] if found else ""


class Rate(NamedTuple):
    """How often a year what is counted comes again ("a month" is 12 times), and where the words for it end."""

    times: float
    end: int


def find_rate(side: Side, q: Quantity) -> Rate | None:
    """The rate behind a number ("300 trips a year", "$2-a-day"), or None where the text gives none."""
    if q.kind not in ("cardinal", "money", "measure") or q.base_unit == "s":
        return None
    text = side.analysis.text
    match = _GLUED.search(text, q.span.start, q.span.end)
    if match is not None:
        return Rate(_A_YEAR[match["unit"]], q.span.end)
    match = _PER.match(text, q.span.end, min(q.span.end + 60, side.context.end))
    return None if match is None else Rate(_A_YEAR[match["unit"] or match["adverb"]], match.end())
