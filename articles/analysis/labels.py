"""Digits that only label something, and words that only look like numbers: F-35, No. 10, 10 Downing Street, "one of".

A label that is taken for a number is compared with numbers, so in doubt a digit behind a capitalised word with nothing
counted behind it is a label.
"""

import re
from collections.abc import Sequence

from .heads import is_plural
from .lexicon import words
from .numerals import SCALES, Numeral
from .tokens import Token
from .units_of_measure import CURRENCY_WORDS, MEASURES
from .word_classes import AUXILIARIES, PREPOSITIONS, SUBORDINATORS, TIME, is_verb_like

_LABELS = words(
    """
    no no. nos. number section article title chapter page flight route highway room channel district precinct type
    model version volume vol. phase level apollo boeing airbus windows interstate i- figure table gate terminal
    amendment proposition prop. resolution bill class division platform psalm verse act line item appendix part
    iphone ipad galaxy pixel playstation xbox falcon soyuz ios android chapter exhibit clause paragraph annex
    """
)
# Beside these the number is a name whatever stands behind it: "the S&P 500 fell".
_INDEXES = words("s&p fortune ftse nikkei cac dax nasdaq russell stoxx kospi asx sensex tsx ibex topix csi")
_UNITS = words("Area Unit Sector Camp Zone Block Pier Ward Studio Exercise Battalion Group Ocean")
_PLACES = words(
    """
    street st road rd avenue ave lane square place drive boulevard blvd court terrace row way crescent gardens plaza
    """
)
_CLOCK = re.compile(r"\d{1,2}:\d{2}$")
_BRITISH_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d$")
_AT = words("at until from since before after around till")
_HALVES = ("a.m.", "p.m.", "am", "pm", "o'clock", "a.m", "p.m")
_CALL = words("call calls phone tel tel. telephone dial hotline helpline fax text whatsapp")
_BEFORE_ONE = words("the no this that any every each some which a another only")
_AFTER_ONE = words("day another more who thing side hand way time can and or such said year")
_SCREEN = words(
    "tv tvs television video videos resolution footage screen screens camera cameras ultra display displays"
)
_POSSESSIVE = words("the a his her its their our 's")


def is_label(text: str, tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether the number at `numeral` counts nothing.

    >>> from .numerals import read_numeral
    >>> from .tokens import tokenise
    >>> line = "The S&P 500 fell to 300 points."
    >>> tokens = tokenise(line, 0, len(line))
    >>> [is_label(line, tokens, read_numeral(tokens, at)) for at in (2, 5)]
    [True, False]
    """
    first, last = tokens[numeral.first], tokens[numeral.last - 1]
    before = tokens[numeral.first - 1] if numeral.first else None
    after = tokens[numeral.last] if numeral.last < len(tokens) else None
    if first.text[0].isdigit():
        return _is_digit_label(text, tokens, numeral, first, last, before, after)
    word, is_single = first.lower, numeral.last == numeral.first + 1
    if numeral.is_share:
        return False
    if word == "one" and is_single:
        if before is not None and before.lower in _BEFORE_ONE:
            return True
        return (
            after is None
            or not after.text[0].isalpha()
            or after.text[0].isupper()
            or after.lower in PREPOSITIONS | AUXILIARIES | SUBORDINATORS
            or after.lower in _AFTER_ONE
        )
    if word in ("a", "an") and is_single:
        return True
    if word == "second" and (after is None or after.lower in (",", "to", "of")):
        return True
    if word == "first" and (
        before is None
        or before.lower not in _POSSESSIVE
        or after is None
        or after.lower in PREPOSITIONS
        or after.text[0].isupper()
    ):
        return True
    return before is not None and before.text == "of" and _is_group(tokens, numeral.first)


def _is_digit_label(
    text: str,
    tokens: Sequence[Token],
    numeral: Numeral,
    first: Token,
    last: Token,
    before: Token | None,
    after: Token | None,
) -> bool:
    joined_before = text[first.start - 1] if first.start else " "
    joined_after = text[last.end] if last.end < len(text) else " "
    if joined_before in "#@/_&:" or joined_after in "/_@&":
        return True
    if _CLOCK.match(first.text) or (after is not None and after.lower in _HALVES):
        return not (after is not None and after.lower in ("percent", "per", "%", "million", "billion"))
    if _BRITISH_CLOCK.match(first.text) and before is not None and before.lower in _AT:
        return not _is_counted(tokens, numeral, after)
    if _is_phone(tokens, numeral.first) or _is_address(tokens, numeral):
        return True
    if first.text.endswith("K") and after is not None and after.lower in _SCREEN:
        return True
    if before is None:
        return False
    if before.text == "." and numeral.first > 1 and tokens[numeral.first - 2].lower in ("no", "nos"):
        before = tokens[numeral.first - 2]
    if before.lower in _LABELS and before.lower != "bill":
        return True
    if (before.lower in _INDEXES or before.text in _UNITS) and numeral.last == numeral.first + 1:
        return True
    if before.text == "of" and _is_group(tokens, numeral.first):
        return True
    if numeral.is_ordinal or before.text.islower() or not before.text[0].isalpha() or before.lower in PREPOSITIONS:
        return False
    if numeral.first < 2 or before.lower in TIME or "," in first.text or "." in first.text:
        return False
    # "Boeing 737", "Apollo 11", "Falcon 9 rocket": a capitalised word before and nothing counted behind.
    return numeral.last == numeral.first + 1 and not _is_counted(tokens, numeral, after)


def _is_counted(tokens: Sequence[Token], numeral: Numeral, after: Token | None) -> bool:
    if after is None or after.text in ("%", "-", "–"):
        return after is not None
    word = after.lower
    if not after.text[0].islower() or word in PREPOSITIONS or word in AUXILIARIES or word == "and":
        return False
    if numeral.low == 1 or word in MEASURES or word in CURRENCY_WORDS or word in SCALES or is_verb_like(after):
        return True
    if word in ("percent", "per", "pct", "percentage", "more", "other", "dead", "missing", "or", "to"):
        return True
    return any(is_plural(token.lower) for token in tokens[numeral.last : numeral.last + 4])


def _is_group(tokens: Sequence[Token], at: int) -> bool:
    """ "the Group of 20", "the Group of Seven"."""
    return at > 1 and tokens[at - 2].text == "Group"


def _is_address(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """ "10 Downing Street", "1600 Pennsylvania Avenue": a number, capitalised words, and a word for a street."""
    at = numeral.last
    while at < min(numeral.last + 4, len(tokens)) and tokens[at].text[0].isupper():
        if at > numeral.last and tokens[at].lower.rstrip(".") in _PLACES:
            return True
        at += 1
    return False


def _is_phone(tokens: Sequence[Token], at: int) -> bool:
    """A number to be dialled: "555-0123", "020 7946 0000", or digits behind "call"."""
    word = tokens[at].text
    if re.fullmatch(r"\d{3}-\d{4}|\d{3}-\d{3}-\d{4}", word):
        return True
    if at and tokens[at - 1].lower in _CALL and len(word) > 2 and "," not in word:
        return True
    low = high = at
    while low > max(at - 6, 0) and _is_bare(tokens[low - 1]):
        low -= 1
    while high + 1 < len(tokens) and high - low < 6 and _is_bare(tokens[high + 1]):
        high += 1
    return high > low and (high - low > 1 or tokens[low].text[0] == "0")


def _is_bare(token: Token) -> bool:
    return token.text.isdigit() and len(token.text) < 8
