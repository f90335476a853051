"""Reads the value of a number as printed: digits, words, scales, and the vague plurals ("dozens", "millions")."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from .lexicon import listed
from .tokens import Token
from .types import Bound

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
    "lakh": 10**5,
    "crore": 10**7,
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
FRACTIONS = {"half": (1, 2), "third": (1, 3), "quarter": (1, 4), "fifth": (1, 5), "sixth": (1, 6), "tenth": (1, 10)}
# What nobody counted: enough to tell "several" from "dozens", never to tell "several" from "four".
_FEW = {"several": (3, 9), "few": (2, 9), "handful": (2, 9), "couple": (2, 3)}
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
# "Several months" is how long something took, and nobody compares that.
_DURATIONS = frozenset(listed("seconds minutes hours days weeks weekends months years decades centuries times"))
_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,8})?|\d{1,15}(?:\.\d{1,8})?)([^\W\d_]{1,3})?$")
_HYPHENED = re.compile(r"(\d{1,4}|[a-z]{3,9})-([a-z]{3,10})(-[a-z]{2,8})?$")
_A_TIME = re.compile(r"(\d{1,6}(?:\.\d{1,2})?(?:m|bn|k)?)-an?-[a-z]{3,5}$")
# "60-plus" and "60-odd" bound the number; "300-strong" only says that it counts people.
_BOUNDING: dict[str, Bound] = {"plus": "at_least", "odd": "about", "strong": "exact", "ish": "about"}
_ORDINAL_DIGITS = re.compile(r"(\d{1,3})(?:st|nd|rd|th)$")
_COUNTED = listed("year month week day hour minute mile foot point man seat member vote plus odd strong dollar euro")
SUFFIX_SCALES = {"k": 1000, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12}


class Numeral(NamedTuple):
    """A number, tokens `first` up to `last`; `suffix` is a unit glued to it ("5km"), `unit_word` one after a hyphen.

    `is_share` marks a part of a whole ("a third of", "one in five"); `bound` is what is glued to it ("60-plus").
    """

    first: int
    last: int
    low: Decimal
    high: Decimal
    is_vague: bool = False
    is_ordinal: bool = False
    suffix: str = ""
    unit_word: str = ""
    is_share: bool = False
    bound: Bound | None = None


def read_numeral(tokens: Sequence[Token], at: int) -> Numeral | None:
    """The number that begins at token `at`, or None.

    >>> from .tokens import tokenise
    >>> read_numeral(tokenise("two hundred fifty people", 0, 24), 0).low
    Decimal('250')
    """
    numeral = _whole(tokens, at)
    if numeral is None or numeral.is_vague or numeral.is_ordinal:
        return numeral
    return _with_fraction(tokens, numeral)


def _whole(tokens: Sequence[Token], at: int) -> Numeral | None:
    word = tokens[at].lower
    if word[0].isdigit():
        return _digits(tokens, at)
    if word in _VAGUE:
        return _vague(tokens, at, *_VAGUE[word])
    if word in ("several", "few"):
        return _few(tokens, at)
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
        return _glued(at, Decimal(_UNITS.get(hyphened[1], _TENS.get(hyphened[1], 0))), hyphened)
    if word in _UNITS or word in _TENS:
        return _words(tokens, at, at + 1, _UNITS.get(word, _TENS.get(word, 0)))
    if word in _ORDINALS:
        return Numeral(at, at + 1, Decimal(_ORDINALS[word]), Decimal(_ORDINALS[word]), is_ordinal=True)
    return None


def _glued(at: int, value: Decimal, hyphened: re.Match[str]) -> Numeral:
    """A number with a word behind its hyphen: "30-day", "60-plus", "40-million-dollar"."""
    word, rest = hyphened[2], hyphened[3] or ""
    if word in SCALES:
        value, word, rest = value * SCALES[word], rest.lstrip("-"), ""
    if word in _BOUNDING and not rest:
        return Numeral(at, at + 1, value, value, bound=_BOUNDING[word])
    return Numeral(at, at + 1, value, value, unit_word=word + rest)


def _few(tokens: Sequence[Token], at: int) -> Numeral | None:
    """ "several hundred", "several boats", "[a] few thousand"; a few boats need their article."""
    word = tokens[at].lower
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None:
        return None
    if after.lower in SCALES:
        scale = SCALES[after.lower]
        last = at + 2
        if last < len(tokens) and tokens[last].lower in ("thousand", "million", "billion"):
            scale, last = scale * SCALES[tokens[last].lower], last + 1
        return Numeral(at, last, Decimal(3 * scale), Decimal(9 * scale), True)
    if word == "several" and after.text[0].isalpha() and after.lower not in _DURATIONS:
        low, high = _FEW[word]
        return Numeral(at, at + 1, Decimal(low), Decimal(high), True)
    return None


def _digits(tokens: Sequence[Token], at: int) -> Numeral | None:
    text = tokens[at].text
    ordinal = _ORDINAL_DIGITS.match(tokens[at].lower)
    if ordinal:
        return Numeral(at, at + 1, Decimal(ordinal[1]), Decimal(ordinal[1]), is_ordinal=True)
    hyphened = _HYPHENED.match(tokens[at].lower)
    if hyphened and hyphened[2] not in SUFFIX_SCALES:
        return _glued(at, Decimal(hyphened[1]), hyphened)
    daily = _A_TIME.match(tokens[at].lower)
    if daily:
        text = daily[1]
    match = _DIGITS.match(text)
    if match is None or len(text) > 24:
        return None
    value = Decimal(match[1].replace(",", ""))
    suffix = (match[2] or "").lower()
    last = at + 1
    while last < min(at + 4, len(tokens)) and match[1].isdigit() and len(match[1]) < 4 and _is_group(tokens, last):
        value, last = value * 1000, last + 1
    is_scaled = False
    bound, unit_word = None, ""
    while last < len(tokens) and tokens[last].lower in SCALES and tokens[last].lower != "score" and last < at + 3:
        value *= SCALES[tokens[last].lower]
        is_scaled = True
        last += 1
    if not is_scaled and last < len(tokens) and "-" in tokens[last].text:
        scale, _, rest = tokens[last].lower.partition("-")
        if scale in SCALES:
            # "2.5 million-strong", "$5 million-plus", "a 5 million-dollar bridge".
            value, last, is_scaled = value * SCALES[scale], last + 1, True
            bound, unit_word = _BOUNDING.get(rest), "" if rest in _BOUNDING else rest
    if not is_scaled and suffix in ("mn", "bn", "tn", "k"):
        value, suffix = value * SUFFIX_SCALES[suffix], ""
    return Numeral(at, last, value, value, suffix=suffix, unit_word=unit_word, bound=bound)


def _is_group(tokens: Sequence[Token], at: int) -> bool:
    """Whether token `at` is the "000" of "12 000", as the international style prints it."""
    return tokens[at].text == "000" and tokens[at].start - tokens[at - 1].end == 1


def scaled(numeral: Numeral) -> Numeral:
    """`numeral` with a glued "m" or "b" read as a scale, as money and people are printed ("$1.5m")."""
    scale = SUFFIX_SCALES.get(numeral.suffix)
    if scale is None:
        return numeral
    return numeral._replace(low=numeral.low * scale, high=numeral.high * scale, suffix="")


def _vague(tokens: Sequence[Token], at: int, low: int, high: int) -> Numeral:
    if at + 2 < len(tokens) and tokens[at + 1].lower == "of" and tokens[at + 2].lower in _VAGUE:
        scale = SCALES[tokens[at + 2].lower.rstrip("s")]
        return Numeral(at, at + 3, Decimal(low * scale), Decimal(high * scale), True)
    return Numeral(at, at + 1, Decimal(low), Decimal(high), True)


def _with_article(tokens: Sequence[Token], at: int) -> Numeral | None:
    """ "a hundred", "a few thousand", "a dozen", "a handful of"."""
    if at + 1 >= len(tokens):
        return None
    word = tokens[at + 1].lower
    after = tokens[at + 2] if at + 2 < len(tokens) else None
    if word == "few":
        inner = _few(tokens, at + 1)
        if inner is not None:
            return inner._replace(first=at)
    if word in _FEW and after is not None:
        if word == "couple" and after.lower in SCALES:
            scale = SCALES[after.lower]
            return Numeral(at, at + 3, Decimal(2 * scale), Decimal(3 * scale), True)
        noun = tokens[at + 3].lower if after.lower == "of" and at + 3 < len(tokens) else after.lower
        if noun not in _DURATIONS and (after.lower == "of" or (word == "few" and after.text[0].isalpha())):
            low, high = _FEW[word]
            return Numeral(at, at + 2, Decimal(low), Decimal(high), True)
        return None
    if word in SCALES and word != "score":
        return _words(tokens, at, at + 1, 1)
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


def _with_fraction(tokens: Sequence[Token], numeral: Numeral) -> Numeral:
    """ "two and a half million": half of one more, and the scale behind both."""
    last = numeral.last
    if last + 2 >= len(tokens) or tokens[last].lower != "and" or tokens[last + 1].lower != "a":
        return numeral
    part = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}.get(tokens[last + 2].lower)
    if part is None or numeral.low >= 1000:
        return numeral
    value, last = numeral.low + part, last + 3
    if last < len(tokens) and tokens[last].lower in SCALES:
        value, last = value * SCALES[tokens[last].lower], last + 1
    return numeral._replace(last=last, low=value, high=value)


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
    joined |= {f"{top}-{part}{s}" for top in ("one", "two", "three", "four") for part in FRACTIONS for s in ("", "s")}
    joined |= {f"{part}-point" for part in ("half", "quarter", "three-quarter")}
    return frozenset({*counts, *_VAGUE, *_ORDINALS, *joined, "several", "few", "tens", "half", "a", "an"})
