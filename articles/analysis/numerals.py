"""Reads the value of a number as printed: digits, words, scales, and the vague plurals ("dozens", "millions")."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from .lexicon import listed
from .tokens import Token

_UNITS = {
    name: number
    for number, name in enumerate(
        listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
            " seventeen eighteen nineteen"
        )
    )
}
_TENS = {
    name: 10 * number for number, name in enumerate(listed("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
}
SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "mn": 10**6,
    "mln": 10**6,
    "bn": 10**9,
    "tn": 10**12,
    "dozen": 12,
    "score": 20,
}
# A vague plural holds from twice its scale to the next one a speaker would rather have used.
_VAGUE = {
    "dozens": (24, 100),
    "scores": (40, 200),
    "hundreds": (200, 1000),
    "thousands": (2000, 10**6),
    "millions": (2 * 10**6, 10**9),
    "billions": (2 * 10**9, 10**12),
    "trillions": (2 * 10**12, 10**15),
}
_FRACTIONS = {"half": "0.5", "third": "1/3", "quarter": "0.25", "fifth": "0.2", "tenth": "0.1"}
_ORDINALS = {
    name: number
    for number, name in enumerate(
        listed(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
            " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        1,
    )
}
_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,8})?|\d{1,15}(?:\.\d{1,8})?)([^\W\d_]{1,3})?$")
_HYPHENED = re.compile(r"(\d{1,4}|[a-z]{3,9})-([a-z]{3,8})(-[a-z]{2,8})?$")
_ORDINAL_DIGITS = re.compile(r"(\d{1,3})(?:st|nd|rd|th)$")
_COUNTED = listed("year month week day hour minute mile foot point man seat member vote")
_SUFFIX_SCALES = {"k": 1000, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12}


class Numeral(NamedTuple):
    """A number, tokens `first` up to `last`; `suffix` is a unit glued to it ("5km"), `unit_word` one after a hyphen."""

    first: int
    last: int
    low: Decimal
    high: Decimal
    is_vague: bool = False
    is_ordinal: bool = False
    suffix: str = ""
    unit_word: str = ""


def read_numeral(tokens: Sequence[Token], at: int) -> Numeral | None:
    """The number that begins at token `at`, or None.

    >>> from .tokens import tokenise
    >>> read_numeral(tokenise("two hundred fifty people", 0, 24), 0).low
    Decimal('250')
    """
    word = tokens[at].lower
    if word[0].isdigit():
        return _digits(tokens, at)
    if word in _VAGUE:
        return _vague(tokens, at, *_VAGUE[word])
    if word in ("several", "few") and at + 1 < len(tokens) and tokens[at + 1].lower in SCALES:
        scale = SCALES[tokens[at + 1].lower]
        last = at + 2
        if last < len(tokens) and tokens[last].lower in ("thousand", "million", "billion"):
            scale, last = scale * SCALES[tokens[last].lower], last + 1
        return Numeral(at, last, Decimal(3 * scale), Decimal(9 * scale), True)
    if word == "tens" and at + 2 < len(tokens) and tokens[at + 1].lower == "of" and tokens[at + 2].lower in _VAGUE:
        scale = SCALES[tokens[at + 2].lower.rstrip("s")]
        return Numeral(at, at + 3, Decimal(20 * scale), Decimal(100 * scale), True)
    if word == "half" and at + 2 < len(tokens) and tokens[at + 1].lower == "a" and tokens[at + 2].lower in SCALES:
        value = Decimal(SCALES[tokens[at + 2].lower]) / 2
        return Numeral(at, at + 3, value, value)
    if word in ("a", "an"):
        return _with_article(tokens, at)
    hyphened = _HYPHENED.match(word)
    if hyphened and hyphened[1] in _TENS and hyphened[2] in _UNITS and not hyphened[3]:
        return _words(tokens, at, at + 1, _TENS[hyphened[1]] + _UNITS[hyphened[2]])
    if hyphened and (hyphened[1] in _UNITS or hyphened[1] in _TENS):
        value = Decimal(_UNITS.get(hyphened[1], _TENS.get(hyphened[1], 0)))
        fraction = _FRACTIONS.get(hyphened[2].rstrip("s"))
        if fraction and hyphened[2] not in ("second", "seconds"):
            top, _, bottom = fraction.partition("/")
            value = value * Decimal(top) / Decimal(bottom or "1")
            return Numeral(at, at + 1, _short(value), _short(value))
        return Numeral(at, at + 1, value, value, unit_word=hyphened[2] + (hyphened[3] or ""))
    if word in _UNITS or word in _TENS:
        return _words(tokens, at, at + 1, _UNITS.get(word, _TENS.get(word, 0)))
    if word in _ORDINALS:
        return Numeral(at, at + 1, Decimal(_ORDINALS[word]), Decimal(_ORDINALS[word]), is_ordinal=True)
    return None


def _digits(tokens: Sequence[Token], at: int) -> Numeral | None:
    text = tokens[at].text
    ordinal = _ORDINAL_DIGITS.match(tokens[at].lower)
    if ordinal:
        return Numeral(at, at + 1, Decimal(ordinal[1]), Decimal(ordinal[1]), is_ordinal=True)
    hyphened = _HYPHENED.match(tokens[at].lower)
    if hyphened and hyphened[2] not in _SUFFIX_SCALES:
        value = Decimal(hyphened[1])
        return Numeral(at, at + 1, value, value, unit_word=hyphened[2] + (hyphened[3] or ""))
    match = _DIGITS.match(text)
    if match is None or len(text) > 24:
        return None
    value = Decimal(match[1].replace(",", ""))
    suffix = (match[2] or "").lower()
    last = at + 1
    is_scaled = False
    while last < len(tokens) and tokens[last].lower in SCALES and tokens[last].lower != "score" and last < at + 3:
        value *= SCALES[tokens[last].lower]
        is_scaled = True
        last += 1
    if not is_scaled and suffix in ("mn", "bn", "tn", "k"):
        value, suffix = value * _SUFFIX_SCALES[suffix], ""
    return Numeral(at, last, value, value, suffix=suffix)


def scaled(numeral: Numeral) -> Numeral:
    """`numeral` with a glued "m" or "b" read as a scale, as money and people are printed ("$1.5m")."""
    scale = _SUFFIX_SCALES.get(numeral.suffix)
    if scale is None:
        return numeral
    return numeral._replace(low=numeral.low * scale, high=numeral.high * scale, suffix="")


def _vague(tokens: Sequence[Token], at: int, low: int, high: int) -> Numeral:
    if at + 2 < len(tokens) and tokens[at + 1].lower == "of" and tokens[at + 2].lower in _VAGUE:
        scale = SCALES[tokens[at + 2].lower.rstrip("s")]
        return Numeral(at, at + 3, Decimal(low * scale), Decimal(high * scale), True)
    return Numeral(at, at + 1, Decimal(low), Decimal(high), True)


def _with_article(tokens: Sequence[Token], at: int) -> Numeral | None:
    """ "a hundred", "a third of", "a few thousand", "a dozen"."""
    if at + 1 >= len(tokens):
        return None
    word = tokens[at + 1].lower
    if word == "few" and at + 2 < len(tokens) and tokens[at + 2].lower in SCALES:
        inner = read_numeral(tokens, at + 1)
        return inner._replace(first=at) if inner else None
    if word in SCALES and word != "score":
        return _words(tokens, at, at + 1, 1)
    if word in _FRACTIONS and word != "half" and at + 2 < len(tokens) and tokens[at + 2].lower == "of":
        top, _, bottom = _FRACTIONS[word].partition("/")
        value = _short(Decimal(top) / Decimal(bottom or "1"))
        return Numeral(at, at + 2, value, value)
    return None


def _words(tokens: Sequence[Token], first: int, at: int, value: int) -> Numeral:
    """Number words from `at` on, `value` already read: "two | hundred and fifty thousand"."""
    total, current = 0, value
    last = at
    while at < len(tokens) and at - first < 12:
        word = tokens[at].lower
        hyphened = _HYPHENED.match(word)
        if word in SCALES and word != "score":
            scale = SCALES[word]
            if scale in (12, 100):
                current *= scale
            else:
                total, current = total + current * scale, 0
            at = last = at + 1
        elif (
            word == "and" and last == at and at > first + 1 and at + 1 < len(tokens) and current and current % 100 == 0
        ):
            at += 1
        elif word in _TENS and current % 100 == 0 and at > first and (current or total):
            current += _TENS[word]
            at = last = at + 1
        elif (
            word in _UNITS
            and current % 10 == 0
            and current % 100 != 10
            and at > first
            and (current or total)
            and 0 < _UNITS[word] < 20
        ):
            current += _UNITS[word]
            at = last = at + 1
        elif hyphened and hyphened[1] in _TENS and hyphened[2] in _UNITS and (current or total) and current % 100 == 0:
            current += _TENS[hyphened[1]] + _UNITS[hyphened[2]]
            at = last = at + 1
        else:
            break
    number = Decimal(total + current)
    return Numeral(first, last, number, number)


def _short(value: Decimal) -> Decimal:
    return round(value, 4)


@cache
def openers() -> frozenset[str]:
    """The lower-case words a number may begin with, digits apart.

    >>> "twenty-five" in openers(), "ferry" in openers()
    (True, False)
    """
    counts = [*_UNITS, *_TENS]
    joined = {f"{tens}-{unit}" for tens in _TENS for unit in list(_UNITS)[1:10]}
    joined |= {f"{count}-{unit}" for count in counts for unit in _COUNTED}
    joined |= {f"{count}-year-{old}" for count in counts for old in ("old", "olds")}
    joined |= {f"{top}-{part}{s}" for top in ("one", "two", "three") for part in _FRACTIONS for s in ("", "s")}
    return frozenset({*counts, *_VAGUE, *_ORDINALS, *joined, "several", "few", "tens", "half", "a", "an"})
