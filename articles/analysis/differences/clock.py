"""Times of day: two outlets let one thing happen at other hours of the day.

They are read here and not by the finder of dates, because a time without its day and its zone is no date. What is given
in another zone, or roughly, is not compared with what is exact.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..sides import Side
from ..types import Span

_TIME = re.compile(
    r"\b(?:(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b\.?"
    r"|(?P<hours>[01]?\d|2[0-3]):(?P<minutes>[0-5]\d)(?![:\d])(?: ?(?:hrs|hours)\b)?|(?P<word>noon|midday|midnight)\b)"
    r"(?P<zone> (?:local time"
    r"|\(?(?:[ECMP][SD]?T|GMT|BST|UTC|CES?T|EES?T|IST|JST|Eastern|Pacific|Central|Mountain)\b))?",
    re.I,
)
_ROUGHLY = re.compile(
    r"\b(?:about|around|shortly|just|nearly|almost|before|after|by|roughly|approximately|from|until) $", re.I
)
_BESIDE = 45


class _Moment(NamedTuple):
    minute: int
    zone: str
    is_rough: bool
    span: Span


def find_other_hour(left: Side, right: Side) -> tuple[Span, Span] | None:
    """The times of day by which two sides part, where each names exactly one.

    The sides must be about the same day; who calls knows.
    """
    mine, theirs = _moments(left), _moments(right)
    if len(mine) != 1 or len(theirs) != 1:
        return None
    a, b = mine[0], theirs[0]
    apart = abs(a.minute - b.minute)
    apart = min(apart, 24 * 60 - apart)
    if a.zone != b.zone or apart <= (_BESIDE if a.is_rough or b.is_rough else 0):
        return None
    return a.span, b.span


def _moments(side: Side) -> Sequence[_Moment]:
    text = side.analysis.text
    return [_moment(text, match) for match in _TIME.finditer(text, side.span.start, side.span.end)]


def _moment(text: str, match: re.Match[str]) -> _Moment:
    if match["word"]:
        minute = 0 if match["word"].lower() == "midnight" else 12 * 60
    elif match["hours"]:
        minute = int(match["hours"]) * 60 + int(match["minutes"])
    else:
        minute = (int(match["hour"]) % 12 + 12 * (match["half"].lower() == "p")) * 60 + int(match["minute"] or 0)
    zone = (match["zone"] or "").strip(" (").lower()
    is_rough = _ROUGHLY.search(text[max(0, match.start() - 16) : match.start()]) is not None
    span = Span(match.start(), match.end())
    return _Moment(minute, "" if zone == "local time" else zone, is_rough, span)
