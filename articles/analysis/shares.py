"""Parts of a whole as news prints them: "a third of", "two-thirds", "half the crew", "one in five", "9 out of 10".

A share stays the fraction that was printed; for comparing it becomes a percentage, so that "a third" and "33 percent"
can be told to agree. Halves of a unit ("half a mile", "a quarter of a million") are numbers, no shares.
"""

from collections.abc import Sequence
from decimal import Decimal

from .lexicon import words
from .numerals import FRACTIONS, SCALES, Numeral, read_numeral
from .tokens import Token
from .units_of_measure import MEASURES

_TOPS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_HALF_OF = words("of the its his her their all our those these my your that")
_OTHER_HALF = words("first second other top bottom final latter opening better in by and last closing")
_TIMES = words(
    "day days week weeks month months year years hour hours minute minutes season seasons game games match matches"
)
_POINT = {"half-point": "0.5", "quarter-point": "0.25", "three-quarter-point": "0.75"}


def read_share(tokens: Sequence[Token], at: int) -> Numeral | None:
    """The part of a whole, or of a unit, that begins at token `at`, or None.

    >>> from .tokens import tokenise
    >>> share = read_share(tokenise("two thirds of them", 0, 18), 0)
    >>> share.low, share.is_share
    (Decimal('0.6667'), True)
    """
    word = tokens[at].lower
    if word in _POINT:
        return _exactly(at, at + 1, Decimal(_POINT[word]))._replace(unit_word="percentage-point")
    if word == "half":
        return _half(tokens, at)
    top, _, part = word.partition("-")
    last = at + 1
    if not part and at + 1 < len(tokens):
        part, last = tokens[at + 1].lower, at + 2
    if top not in _TOPS or part.rstrip("s") not in FRACTIONS:
        return None
    over, under = FRACTIONS[part.rstrip("s")]
    value = round(Decimal(_TOPS[top] * over) / under, 4)
    after = [token.lower for token in tokens[last : last + 3]]
    if after[:1] == ["of"] and after[1:2] in (["a"], ["an"]):
        return _of_unit(tokens, at, last + 2, value)
    if after[:1] == ["of"] or (_TOPS[top] > 1 and part.endswith("s")) or "-" in word:
        return _exactly(at, last, value)._replace(is_share=True)
    return None


def _half(tokens: Sequence[Token], at: int) -> Numeral | None:
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if at and tokens[at - 1].lower in _OTHER_HALF:
        return None
    if after in ("a", "an"):
        return _of_unit(tokens, at, at + 2, Decimal("0.5"))
    first = at - 1 if at and tokens[at - 1].lower == "a" and after == "of" else at
    return _exactly(first, at + 1, Decimal("0.5"))._replace(is_share=True) if after in _HALF_OF else None


def _of_unit(tokens: Sequence[Token], first: int, at: int, value: Decimal) -> Numeral | None:
    """ "half a million", "a quarter of a mile", "half a percentage point"; the unit is left to be read."""
    word = tokens[at].lower if at < len(tokens) else ""
    if word in SCALES:
        return _exactly(first, at + 1, value * SCALES[word])
    if word in MEASURES or word in ("percentage", "percent"):
        return _exactly(first, at, value)
    return None


def with_ratio(tokens: Sequence[Token], numeral: Numeral) -> Numeral:
    """`numeral` as a share where "in five" or "out of 10" stands behind it, else as it is.

    >>> from .tokens import tokenise
    >>> tokens = tokenise("one in five homes", 0, 17)
    >>> with_ratio(tokens, read_numeral(tokens, 0)).low
    Decimal('0.2')
    """
    last = numeral.last
    after = [token.lower for token in tokens[last : last + 3]]
    if after[:2] == ["out", "of"]:
        at = last + 2
    elif after[:1] == ["in"]:
        at = last + (2 if after[1:2] == ["every"] else 1)
    else:
        return numeral
    if at >= len(tokens) or numeral.is_vague or numeral.is_ordinal or numeral.suffix or numeral.unit_word:
        return numeral
    whole = read_numeral(tokens, at)
    if whole is None or whole.is_vague or whole.is_ordinal or whole.suffix or whole.unit_word:
        return numeral
    behind = tokens[whole.last].lower if whole.last < len(tokens) else ""
    if not 0 < numeral.low < whole.low <= 10**6 or numeral.low % 1 or whole.low % 1:
        return numeral
    if after[:1] == ["in"] and (behind in _TIMES or numeral.low > 20 or behind in ("of", "%", "percent")):
        return numeral
    value = round(numeral.low / whole.low, 4).normalize()
    return numeral._replace(last=whole.last, low=value, high=value, is_share=True)


def _exactly(first: int, last: int, value: Decimal) -> Numeral:
    return Numeral(first, last, value, value)
