"""What the words before a date tell about it: whether it is behind or ahead, and which number of "05/03" is the day."""

import re
from typing import NamedTuple

from .types import Span

_AHEAD = re.compile(
    r"\b(?:will|would|’ll|'ll|scheduled|expected|due|plans?|planned|planning|set to|set for|upcoming|until"
    r"|ahead of|next|slated"
    r"|going to|deadline|opens|to be held)\b"
)
# A month without a year is nearly always one of the next or the last twelve: these words tell which.
_YET_TO_COME = re.compile(
    r"\b(?:(?:could|may|might|should|must|can)(?! (?:not )?have\b)|shall|(?:is|are|has|have|wants?|hopes?|aims?"
    r"|intends?|agreed|voted|promised|vowed|pledged|wanted|hoped) to\b|to be\b|begins|starts|takes effect)"
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|have|has|began|came|went|took|made|gave|won|lost|met|held|left|found|struck|fell|rose|sank|grew"
    r"|became|broke|built|bought|sold|shot|ran|set|hit|died|fled|spoke|wrote|brought|saw|got|[a-z]{2,14}ed)\b"
)
_NOT_YET = re.compile(r"\b(?:by|until|till) $", re.I)
# "Postponed to June 3", "a hearing was called for May".
_MOVED_TO = re.compile(r"\b(?:to|for|till) $", re.I)
_PURPOSE = re.compile(r"\bto [a-z]{2,}\b")
_WHEN = re.compile(r"\b(?:on|in|at|over|during|from) $", re.I)
_HAD = re.compile(r",?(?: [^\W\d_]+){1,4}? had\b")
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(?:\d{4}|\d\d)\b")
_SINCE = re.compile(r"\b(?:since|last|past) $", re.I)


class Context(NamedTuple):
    """Whether the sentence looks ahead for sure, and whether the date is likely ahead (1), past (-1) or either (0).

    Past is what says when a past act took place ("sank on May 3"), and not what an act was about ("set a deadline of
    May 3").
    """

    is_ahead: bool
    likely: int


def read_context(text: str, start: int, span: Span) -> Context:
    """What the sentence that begins at `start` says about when the date at `span` is.

    >>> read_context("It will close in June.", 0, Span(17, 21)).likely
    1
    """
    low = max(start, span.start - 60)
    is_ahead = _AHEAD.search(text, low, span.start) is not None
    just_before = text[max(start, span.start - 8) : span.start]
    if _SINCE.search(just_before):
        return Context(is_ahead, -1)
    if is_ahead or _YET_TO_COME.search(text, low, span.start):
        return Context(is_ahead, 1)
    if not _MOVED_TO.search(just_before):
        past = 0
        for match in _PAST.finditer(text, low, span.start):
            past = match.end()
        # "Voted to close it in June" does not say which June.
        if past and not _PURPOSE.search(text, past, span.start):
            return Context(False, -1 if past == span.start - 1 or _WHEN.search(just_before) else 0)
    if _NOT_YET.search(just_before):
        # "By June it had closed."
        return Context(False, -1 if _HAD.match(text, span.end, span.end + 40) else 1)
    return Context(False, 0)


def day_order(text: str) -> int:
    """Whether the dates in digits put the day first (1) or the month (-1), by those that leave no choice; else 0.

    >>> day_order("It sank on 23/03/2021 and rose on 05/04/2021."), day_order("It sank on 05/04/2021.")
    (1, 0)
    """
    days = months = False
    for match in _SLASHED.finditer(text):
        days |= int(match[1]) > 12
        months |= int(match[2]) > 12
    return days - months
