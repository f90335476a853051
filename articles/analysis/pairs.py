"""Two numbers that are one: votes ("53-46", "by 312 votes to 291"), scores ("won 3-1"), ranges in one word ("10-15").

A vote or a score is kept as its smaller and its larger number, so that "53 to 46" and "46-53" are the same result.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from .heads import find_head
from .measuring import currency_before, unit_behind
from .numerals import SCALES, SUFFIX_SCALES
from .tokens import Token
from .types import Quantity, Span

_PAIR = re.compile(r"(\d{1,3})-(?:to-)?(\d{1,3})$")
_RANGE = re.compile(r"(\d{1,3})(m|bn|b|k|tn)?-(?:to-)?(\d{1,3})([a-z]{1,3})?$")
_GAME = re.compile(
    r"\b(?:won|wins?|beat|beats|beaten|victory|defeat|defeated|draw|drew|scored?|match|game|half-time"
    r"|aggregate)\b",
    re.I,
)
_VOTE_BEFORE = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|ruled|ruling|passed|approved|confirmed|rejected|split|acquitted|decided|decision|backed"
    r"|defeated|carried|adopted|tally|margin)\b[^.]{0,40}$",
    re.I,
)
# Only directly behind these is "46 to 53" a vote and no range.
_VOTE_JUST_BEFORE = re.compile(r"\b(?:voted(?: by)?|vote of|votes of|tally of|majority of|margin of|split) $", re.I)
_VOTE_AFTER = re.compile(
    r"[ -](?:vote|decision|ruling|split|majority|margin|in favou?r|along party|party-line)\b", re.I
)
_VOTERS = frozenset(("vote", "votes", "members", "lawmakers", "senators", "mps", "deputies", "delegates"))
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3}){0,2}$")


def read_pair(text: str, tokens: Sequence[Token], at: int) -> tuple[Quantity, int] | None:
    """The vote, score or range at token `at` with the token behind it, or None.

    >>> from .tokens import tokenise
    >>> line = "passed by 312 votes to 291"
    >>> quantity, _ = read_pair(line, tokenise(line, 0, len(line)), 2)
    >>> quantity.kind, quantity.low, quantity.high
    ('vote', '291', '312')
    """
    token = tokens[at]
    if not token.text[0].isdigit():
        return None
    if "-" not in token.text:
        return _apart(text, tokens, at)
    if text[token.end : token.end + 1] in ("-", "/") or (token.start and text[token.start - 1] in "-/"):
        return None
    match = _PAIR.match(token.text)
    currency, first = currency_before(tokens, at)
    if match is None or currency:
        return _range(tokens, at, first, currency)
    found = _result(text, Span(token.start, token.end), int(match[1]), int(match[2]), is_tight=True)
    return (found, at + 1) if found else _range(tokens, at, first, currency)


def _result(text: str, span: Span, one: int, other: int, *, is_tight: bool) -> Quantity | None:
    """A vote or a score, where the words around or the order of the numbers say so."""
    low, high = sorted((one, other))
    before = text[max(0, span.start - 60) : span.start]
    is_vote = _VOTE_BEFORE.search(before) and (one > other or is_tight or _VOTE_JUST_BEFORE.search(before))
    if is_vote or _VOTE_AFTER.match(text, span.end):
        return Quantity(span, str(low), str(high), "1", "exact", "vote", kind="vote")
    if not is_tight:
        return None
    if one > other or _GAME.search(text[max(0, span.start - 40) : span.end + 30]):
        return Quantity(span, str(low), str(high), "1", "exact", "score", kind="score")
    return None


def _apart(text: str, tokens: Sequence[Token], at: int) -> tuple[Quantity, int] | None:
    """Results of two words: "53 to 46", "2–0", "312 votes to 291", "68 in favour, 30 against"."""
    if _NUMBER.match(tokens[at].text) is None:
        return None
    following = tokens[at + 1 : at + 7]
    words = [token.lower for token in following]
    if len(words) < 2:
        return None
    behind, size = 0, 0
    is_vote = False
    if words[0] in ("to", "–"):
        behind, size = 1, 2
    elif words[0] in _VOTERS and words[1] == "to":
        behind, size, is_vote = 2, 3, True
    elif words[0] == "votes" and words[1] == "in" and words[2:3] in (["favour"], ["favor"]):
        behind = 4
    elif words[0] == "in" and words[1] in ("favour", "favor"):
        behind = 3
    if not behind or behind >= len(words) or _NUMBER.match(following[behind].text) is None:
        return None
    if not size:
        if words[behind - 1] not in (",", "and", "to", ";", "with") or words[behind + 1 : behind + 2] != ["against"]:
            return None
        size, is_vote = behind + 2, True
    one, other = (int(token.text.replace(",", "")) for token in (tokens[at], following[behind]))
    after = words[size] if size < len(words) else ""
    if after in SCALES or after in ("percent", "%", "per", "per-cent", "percentage"):
        return None
    span = Span(tokens[at].start, tokens[at + size].end)
    if is_vote:
        low, high = sorted((one, other))
        return Quantity(span, str(low), str(high), "1", "exact", "vote", kind="vote"), at + size + 1
    is_tight = words[0] == "–" and following[0].start == tokens[at].end and max(one, other) < 1000
    found = _result(text, span, one, other, is_tight=is_tight)
    return (found, at + size + 1) if found else None


def _range(tokens: Sequence[Token], at: int, first: int, currency: str) -> tuple[Quantity, int] | None:
    """ "10-15 people", "$5-10 million", "$10-15m"."""
    match = _RANGE.match(tokens[at].lower)
    if match is None:
        return None
    low, high, suffix = Decimal(match[1]), Decimal(match[3]), match[4] or ""
    scale = SUFFIX_SCALES.get(suffix, 1) if currency or suffix != "m" else 1
    suffix = "" if scale > 1 else suffix
    last = at + 1
    if scale == 1 and last < len(tokens) and tokens[last].lower in SCALES:
        scale, last = SCALES[tokens[last].lower], last + 1
    low, high = low * SUFFIX_SCALES.get(match[2] or "", scale), high * scale
    unit, kind, last, base = unit_behind(tokens, last, currency, suffix, "")
    if low >= high or kind == "none":
        return None
    span = Span(tokens[first].start, tokens[last - 1].end)
    base_low, base_high = float(low * base[1]), float(high * base[1])
    return Quantity(
        span, f"{low:f}", f"{high:f}", unit, "range", find_head(tokens, last), base_low, base_high, base[0], kind=kind
    ), last
