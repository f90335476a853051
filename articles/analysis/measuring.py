"""Reads what stands around a number: the currency before it, the unit behind it, and the words that bound it."""

import re
from collections.abc import Sequence
from decimal import Decimal

from .tokens import Token
from .types import Bound
from .units_of_measure import CURRENCY_SIGNS, CURRENCY_WORDS, MEASURES, Measure

_BEFORE: tuple[tuple[tuple[str, ...], Bound], ...] = (
    (("no", "less", "than"), "at_least"),
    (("no", "fewer", "than"), "at_least"),
    (("not", "less", "than"), "at_least"),
    (("at", "least"), "at_least"),
    (("a", "minimum", "of"), "at_least"),
    (("no", "more", "than"), "at_most"),
    (("not", "more", "than"), "at_most"),
    (("as", "many", "as"), "at_most"),
    (("as", "much", "as"), "at_most"),
    (("at", "most"), "at_most"),
    (("a", "maximum", "of"), "at_most"),
    (("up", "to"), "at_most"),
    (("more", "than"), "more_than"),
    (("greater", "than"), "more_than"),
    (("over",), "more_than"),
    (("above",), "more_than"),
    (("exceeding",), "more_than"),
    (("less", "than"), "less_than"),
    (("fewer", "than"), "less_than"),
    (("under",), "less_than"),
    (("below",), "less_than"),
    (("nearly",), "less_than"),
    (("almost",), "less_than"),
    (("just", "under"), "less_than"),
    (("an", "estimated"), "about"),
    (("estimated",), "about"),
    (("close", "to"), "about"),
    (("about",), "about"),
    (("around",), "about"),
    (("roughly",), "about"),
    (("approximately",), "about"),
    (("some",), "about"),
    (("circa",), "about"),
)
# By the word next to the number: a table of figures asks for every one of them.
_BEFORE_BY_LAST: dict[str, list[tuple[tuple[str, ...], Bound]]] = {}
for _phrase, _bound in _BEFORE:
    _BEFORE_BY_LAST.setdefault(_phrase[-1], []).append((_phrase, _bound))
_AGE_WORD = re.compile(r"(?:year|month|week|day)s?-olds?$")


def currency_before(tokens: Sequence[Token], first: int) -> tuple[str, int]:
    """The currency code whose sign stands before token `first`, and where the sign begins; else "" and `first`.

    >>> from .tokens import tokenise
    >>> currency_before(tokenise("A$20", 0, 4), 2)
    ('AUD', 0)
    """
    if first and tokens[first - 1].text in CURRENCY_SIGNS and tokens[first].start - tokens[first - 1].end < 2:
        sign = first - 1
        currency = CURRENCY_SIGNS[tokens[sign].text]
        if sign and tokens[sign - 1].end == tokens[sign].start:
            prefix = {
                "US": "USD",
                "A": "AUD",
                "AU": "AUD",
                "C": "CAD",
                "CA": "CAD",
                "NZ": "NZD",
                "HK": "HKD",
                "S": "SGD",
            }.get(tokens[sign - 1].text)
            if prefix:
                return prefix, sign - 1
        return currency, sign
    if first and tokens[first - 1].text in ("USD", "EUR", "GBP", "CHF", "JPY", "CNY", "RUB", "INR"):
        return tokens[first - 1].text, first - 1
    return "", first


def unit_behind(
    tokens: Sequence[Token], last: int, currency: str, suffix: str, unit_word: str
) -> tuple[str, str, int, tuple[str, Decimal]]:
    """Unit code, kind, the token behind it, and (unit, factor) to compare in, of a number that ends before `last`.

    >>> from .tokens import tokenise
    >>> unit_behind(tokenise("6 miles away", 0, 12), 1, "", "", "")
    ('[mi_i]', 'measure', 2, ('m', Decimal('1609.344')))
    """
    one = Decimal(1)
    after = tokens[last].lower if last < len(tokens) else ""
    second = tokens[last + 1].lower if last + 1 < len(tokens) else ""
    if currency:
        return currency, "money", last, (currency, one)
    if after == "-" and second in MEASURES and last and tokens[last].start == tokens[last - 1].end:
        # "a 2,000-pound bomb": a number with a comma is a token of its own.
        return _measured(MEASURES[second], last + 2)
    if unit_word:
        if _AGE_WORD.match(unit_word):
            return "a", "age", last, ("a", one)
        if unit_word in MEASURES:
            return _measured(MEASURES[unit_word], last)
        return "1", "cardinal", last, ("1", one)
    if suffix in ("", "m") and after in ("percent", "%", "pct"):
        if second in ("point", "points"):
            return "[pp]", "points", last + 2, ("[pp]", one)
        return "%", "percent", last + 1, ("%", one)
    if after == "per" and second == "cent":
        return "%", "percent", last + 2, ("%", one)
    if after == "percentage" and second in ("point", "points"):
        return "[pp]", "points", last + 2, ("[pp]", one)
    if after == "points" and second in ("ahead", "behind", "lead", "clear", "among"):
        return "[pp]", "points", last + 1, ("[pp]", one)
    word = after[:-1] if after.endswith(".") else after
    for code, name in ((f"{after} {second}", 2), (word, 1)):
        if code in CURRENCY_WORDS:
            return CURRENCY_WORDS[code], "money", last + name, (CURRENCY_WORDS[code], one)
        if code in MEASURES and not suffix:
            measure = MEASURES[code]
            end = last + name
            if (
                end + 1 < len(tokens)
                and tokens[end].lower in ("an", "per", "a")
                and tokens[end + 1].lower in ("hour", "second")
            ):
                rate = MEASURES.get(f"{code} per {tokens[end + 1].lower}")
                if rate:
                    return _measured(rate, end + 2)
            if measure[0] == "a" and end < len(tokens) and tokens[end].lower in ("old", "of") and second != "of":
                return "a", "age" if tokens[end].lower == "old" else "measure", end + 1, ("a", one)
            return _measured(measure, end)
    if suffix:
        return _measured(MEASURES[suffix], last) if suffix in MEASURES else ("1", "none", last, ("1", one))
    return "1", "cardinal", last, ("1", one)


def _measured(measure: Measure, last: int) -> tuple[str, str, int, tuple[str, Decimal]]:
    code, base, factor = measure
    return code, "measure", last, (base, factor)


def bound_before(tokens: Sequence[Token], first: int) -> tuple[Bound, int]:
    """What the words before token `first` say about the number, and where they begin.

    >>> from .tokens import tokenise
    >>> bound_before(tokenise("no less than 5", 0, 14), 3)
    ('at_least', 0)
    """
    for phrase, bound in _BEFORE_BY_LAST.get(tokens[first - 1].lower, ()) if first else ():
        size = len(phrase)
        if first >= size and all(tokens[first - size + i].lower == w for i, w in enumerate(phrase)):
            if phrase == ("some",) and tokens[first].lower in ("of",):
                continue
            return bound, first - size
    return "exact", first


def bound_after(tokens: Sequence[Token], last: int, bound: Bound) -> tuple[Bound, int]:
    """`bound` as the words behind a number change it ("or more"), and the token behind them.

    >>> from .tokens import tokenise
    >>> bound_after(tokenise("5 or more", 0, 9), 1, "exact")
    ('at_least', 3)
    """
    pair = tuple(t.lower for t in tokens[last : last + 2])
    if bound == "exact" and pair in (("or", "more"), ("and", "up"), ("or", "above")):
        return "at_least", last + 2
    if bound == "exact" and pair in (("or", "less"), ("or", "fewer")):
        return "at_most", last + 2
    if bound == "exact" and pair in (("or", "so"),):
        return "about", last + 2
    return bound, last
