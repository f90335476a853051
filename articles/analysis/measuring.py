"""Reads what stands around a number: the currency before it, the unit behind it, and the words that bound it."""

import re
from collections.abc import Sequence
from decimal import Decimal

from .heads import is_plural
from .numerals import openers
from .tokens import Token
from .types import Bound
from .units_of_measure import CURRENCY_CODES, CURRENCY_SIGNS, CURRENCY_WORDS, MEASURES, MINOR_UNITS, Measure

type Unit = tuple[str, str, int, tuple[str, Decimal]]

_ONE = Decimal(1)
_HUNDREDTH = Decimal("0.01")

_BOUNDS: dict[Bound, str] = {
    "at_least": """
        no less than|no fewer than|not less than|not fewer than|at least|at the very least|a minimum of|as few as
        as little as|as low as|upwards of|upward of|not under|not below
    """,
    "at_most": """
        no more than|not more than|no greater than|not over|not above|not exceeding|as many as|as much as|as high as
        at most|at the most|a maximum of|up to|no larger than|no higher than
    """,
    "more_than": """
        more than|greater than|higher than|larger than|over|above|exceeding|exceeds|exceeded|in excess of|north of
        well over|just over|well above|just above|slightly more than|slightly over|topped
    """,
    "less_than": """
        less than|fewer than|lower than|smaller than|under|below|nearly|almost|just under|well under|well below
        just below|shy of|just shy of|short of|just short of|slightly less than|south of
    """,
    "about": """
        an estimated|estimated|close to|about|around|roughly|approximately|some|circa|more or less|something like
        in the region of|in the order of|on the order of
    """,
}
# By their last word, the longest first: "not fewer than" is no "fewer than".
_BEFORE: dict[str, list[tuple[tuple[str, ...], Bound]]] = {}
for _bound, _phrases in _BOUNDS.items():
    for _phrase in re.split(r"\||\n", _phrases.strip()):
        _words = tuple(_phrase.split())
        _BEFORE.setdefault(_words[-1], []).append((_words, _bound))
for _listed in _BEFORE.values():
    _listed.sort(key=lambda each: -len(each[0]))
_BEHIND: dict[tuple[str, ...], Bound] = {
    **dict.fromkeys((("or", "more"), ("and", "up"), ("or", "above"), ("or", "over"), ("and", "over")), "at_least"),
    **dict.fromkeys((("at", "least"), ("and", "above"), ("-", "plus"), ("or", "greater")), "at_least"),
    **dict.fromkeys((("or", "less"), ("or", "fewer"), ("or", "under"), ("or", "below"), ("at", "most")), "at_most"),
    **dict.fromkeys((("or", "so"), ("or", "thereabouts"), ("-", "odd")), "about"),
}  # fmt: skip
_PREFIXES = {
    "US": "USD", "A": "AUD", "AU": "AUD", "C": "CAD", "CA": "CAD", "NZ": "NZD", "HK": "HKD", "S": "SGD", "R": "BRL",
    "NT": "TWD",
}  # fmt: skip
_RUPEES = ("Rs", "Rs.")
_POINTS_BEHIND = ("ahead", "behind", "lead", "clear", "among")
_AGE_WORD = re.compile(r"(?:year|month|week|day)s?-olds?$")


def currency_before(tokens: Sequence[Token], first: int) -> tuple[str, int]:
    """The currency code whose sign stands before token `first`, and where the sign begins; else "" and `first`.

    >>> from .tokens import tokenise
    >>> currency_before(tokenise("A$20", 0, 4), 2)
    ('AUD', 0)
    """
    if first and tokens[first - 1].text in CURRENCY_SIGNS and tokens[first].start - tokens[first - 1].end < 2:
        sign = first - 1
        if sign and tokens[sign - 1].end == tokens[sign].start and tokens[sign - 1].text in _PREFIXES:
            return _PREFIXES[tokens[sign - 1].text], sign - 1
        return CURRENCY_SIGNS[tokens[sign].text], sign
    if first and tokens[first - 1].text in CURRENCY_CODES:
        return tokens[first - 1].text, first - 1
    if first and tokens[first - 1].text in _RUPEES:
        return "INR", first - 1
    if first > 1 and tokens[first - 1].text == "." and tokens[first - 2].text in _RUPEES:
        return "INR", first - 2
    return "", first


def unit_behind(tokens: Sequence[Token], last: int, currency: str, suffix: str, unit_word: str) -> Unit:
    """Unit code, kind, the token behind it, and (unit, factor) to compare in, of a number that ends before `last`.

    >>> from .tokens import tokenise
    >>> unit_behind(tokenise("6 miles away", 0, 12), 1, "", "", "")
    ('[mi_i]', 'measure', 2, ('m', Decimal('1609.344')))
    """
    after = tokens[last].lower if last < len(tokens) else ""
    second = tokens[last + 1].lower if last + 1 < len(tokens) else ""
    if currency:
        return currency, "money", last, (currency, _ONE)
    if after == "-" and second in MEASURES and last and tokens[last].start == tokens[last - 1].end:
        # "a 2,000-pound bomb": a number with a comma is a token of its own.
        return _measured(MEASURES[second], last + 2)
    if unit_word:
        return _hyphened(unit_word, last)
    share = _share(after, second, last) if suffix in ("", "m") else None
    if share is not None:
        return share
    if suffix:
        found = _suffixed(tokens, last, suffix)
        if found is not None:
            return found
    word = after[:-1] if after.endswith(".") else after
    for code, size in ((f"{after} {second}", 2), (word, 1)):
        if code in CURRENCY_WORDS:
            return CURRENCY_WORDS[code], "money", last + size, (CURRENCY_WORDS[code], _ONE)
        if code in MINOR_UNITS:
            return MINOR_UNITS[code], "money", last + size, (MINOR_UNITS[code], _HUNDREDTH)
        if code in MEASURES and not suffix:
            return _spelled(tokens, last + size, code, second)
    if after and tokens[last].text in CURRENCY_CODES:
        return tokens[last].text, "money", last + 1, (tokens[last].text, _ONE)
    if suffix:
        return _measured(MEASURES[suffix], last) if suffix in MEASURES else ("1", "none", last, ("1", _ONE))
    return _degrees(tokens, last) or ("1", "cardinal", last, ("1", _ONE))


def _spelled(tokens: Sequence[Token], end: int, code: str, second: str) -> Unit:
    """A unit by its name, which ends before token `end`; with "an hour" behind it, a speed."""
    measure = MEASURES[code]
    after = tokens[end].lower if end < len(tokens) else ""
    behind = tokens[end + 1].lower if end + 1 < len(tokens) else ""
    if after in ("an", "per", "a") and behind in ("hour", "second"):
        rate = MEASURES.get(f"{code} per {behind}")
        if rate:
            return _measured(rate, end + 2)
    if code == "stone" and is_plural(after):
        # "12 stone houses" weigh nothing.
        return "1", "cardinal", end - 1, ("1", _ONE)
    if measure[0] == "a" and after in ("old", "of") and second != "of":
        return "a", "age" if after == "old" else "measure", end + 1, ("a", _ONE)
    return _measured(measure, end)


def _hyphened(unit_word: str, last: int) -> Unit:
    """A unit behind a hyphen: "30-day", "5-foot", "50-dollar", "25-basis-point"."""
    if _AGE_WORD.match(unit_word):
        return "a", "age", last, ("a", _ONE)
    if unit_word in MEASURES:
        return _measured(MEASURES[unit_word], last)
    if unit_word in CURRENCY_WORDS:
        return CURRENCY_WORDS[unit_word], "money", last, (CURRENCY_WORDS[unit_word], _ONE)
    if unit_word in ("percent", "pct"):
        return "%", "percent", last, ("%", _ONE)
    if unit_word in ("percentage-point", "percent-point"):
        return "[pp]", "points", last, ("[pp]", _ONE)
    if unit_word == "basis-point":
        return "[bp]", "points", last, ("[pp]", _HUNDREDTH)
    return "1", "cardinal", last, ("1", _ONE)


def _share(after: str, second: str, last: int) -> Unit | None:
    """Percent, percentage points and their hundredths, which differ: 5 percent of 5 percent is no percentage point."""
    if after in ("percent", "%", "pct"):
        if second in ("point", "points"):
            return "[pp]", "points", last + 2, ("[pp]", _ONE)
        return "%", "percent", last + 1, ("%", _ONE)
    if after == "per" and second == "cent":
        return "%", "percent", last + 2, ("%", _ONE)
    if after == "percentage" and second in ("point", "points"):
        return "[pp]", "points", last + 2, ("[pp]", _ONE)
    if after == "basis" and second in ("point", "points"):
        return "[bp]", "points", last + 2, ("[pp]", _HUNDREDTH)
    if after == "points" and second in _POINTS_BEHIND:
        return "[pp]", "points", last + 1, ("[pp]", _ONE)
    return None


def _suffixed(tokens: Sequence[Token], last: int, suffix: str) -> Unit | None:
    """What is glued to digits and is no plain unit: pence, degrees of a scale."""
    printed = tokens[last - 1].text
    if suffix == "in":
        return _measured(MEASURES["inches"], last)
    if suffix == "p":
        return "GBP", "money", last, ("GBP", _HUNDREDTH)
    if printed.endswith("C"):
        return _measured(MEASURES["celsius"], last)
    if printed.endswith("F"):
        return _measured(MEASURES["fahrenheit"], last)
    return None


def _degrees(tokens: Sequence[Token], last: int) -> Unit | None:
    """ "35 °C", "95 degrees F", "95 F": a scale by its letter."""
    at = last
    if at < len(tokens) and tokens[at].lower in ("°", "º", "degree", "degrees"):
        at += 1
    letter = tokens[at].text if at < len(tokens) else ""
    if letter not in ("C", "F") and not (at > last and letter in ("Celsius", "Fahrenheit", "C.", "F.")):
        return None
    return _measured(MEASURES["celsius" if letter[0] == "C" else "fahrenheit"], at + 1)


def _measured(measure: Measure, last: int) -> Unit:
    code, base, factor = measure
    return code, "measure", last, (base, factor)


def bound_before(tokens: Sequence[Token], first: int) -> tuple[Bound, int]:
    """What the words before token `first` say about the number, and where they begin.

    >>> from .tokens import tokenise
    >>> bound_before(tokenise("no less than 5", 0, 14), 3)
    ('at_least', 0)
    """
    if first:
        for phrase, bound in _BEFORE.get(tokens[first - 1].lower, ()):
            size = len(phrase)
            if first >= size and all(tokens[first - size + i].lower == w for i, w in enumerate(phrase)):
                return bound, first - size
    return "exact", first


def bound_behind(tokens: Sequence[Token], last: int) -> tuple[Bound, int]:
    """The bound that stands behind the noun ("60 people at most", "12 boats or more"), and the token behind it.

    >>> from .tokens import tokenise
    >>> bound_behind(tokenise("60 people at most", 0, 17), 1)
    ('at_most', 4)
    """
    if last + 2 < len(tokens) and tokens[last].text.isalpha() and tokens[last + 1].lower in ("at", "or"):
        bound, end = bound_after(tokens, last + 1, "exact")
        if end > last + 1:
            return bound, end
    return "exact", last


def bound_after(tokens: Sequence[Token], last: int, bound: Bound) -> tuple[Bound, int]:
    """`bound` as the words behind a number change it ("or more"), and the token behind them.

    >>> from .tokens import tokenise
    >>> bound_after(tokenise("5 or more", 0, 9), 1, "exact")
    ('at_least', 3)
    """
    if bound != "exact" or last >= len(tokens):
        return bound, last
    is_glued = tokens[last].start == tokens[last - 1].end
    if tokens[last].text == "+" and is_glued:
        return "at_least", last + 1
    found = _BEHIND.get(tuple(t.lower for t in tokens[last : last + 2]))
    if found is None or (tokens[last].text == "-" and not is_glued):
        return bound, last
    behind = tokens[last + 2] if last + 2 < len(tokens) else None
    if tokens[last].lower == "at" and behind and (behind.text[0].isdigit() or behind.lower in openers()):
        # "killed 20, at least 12 of them": the bound belongs to the next number.
        return bound, last
    return found, last + 2
