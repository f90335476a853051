"""Numbers that are ages: "Anna Low, 46,", "the driver (52)", "aged seven", "in her 30s"."""

from collections.abc import Sequence

from .heads import is_plural, stem
from .lexicon import words
from .numerals import Numeral
from .tokens import Token
from .word_classes import PREPOSITIONS, is_verb_like

_DECADES = {
    name: 10 * number
    for number, name in enumerate(
        ("teens", "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"), 1
    )
}
_OWNERS = words("his her their my your its")
_PARTS = words("early mid late mid- very")
_NO_PERSON = words(
    """
    total sum record average rest balance count score figure number tally law year month week day addition fact all
    example instance however page part time today yesterday
    """
)


def find_age_head(tokens: Sequence[Token], first: int, last: int, numeral: Numeral) -> str | None:
    """Whose age the number in ``tokens[first:last]`` is: the stem of a noun, "" for a name, None when it is no age.

    >>> from .numerals import read_numeral
    >>> from .tokens import tokenise
    >>> line = "The captain, 54, left."
    >>> tokens = tokenise(line, 0, len(line))
    >>> find_age_head(tokens, 3, 4, read_numeral(tokens, 3))
    'captain'
    """
    if last - first != 1 or not 0 < numeral.low < 120 or numeral.low % 1 or numeral.suffix or not first:
        return None
    before, after = tokens[first - 1], tokens[last].text if last < len(tokens) else "."
    if before.lower in ("aged", "age"):
        return ""
    if first < 2:
        return None
    owner = tokens[first - 2]
    if before.text == "," and after in (",", ".", ";"):
        if owner.is_capitalised:
            return "" if tokens[first].text.isdigit() or after == "," else None
        return _person(tokens, first - 2) if after == "," else None
    if before.text == "(" and after == ")" and tokens[first].text.isdigit():
        if owner.is_capitalised:
            return "" if first > 2 and tokens[first - 3].is_capitalised else None
        return _person(tokens, first - 2)
    return None


def _person(tokens: Sequence[Token], at: int) -> str | None:
    """The stem of the noun before the comma, where it can be one person's description."""
    noun = tokens[at].lower
    if noun in ("two", "three", "four", "five", "six") and at > 1 and tokens[at - 1].lower == "of":
        # "a mother of two, 34,"
        at, noun = at - 2, tokens[at - 2].lower
    if (
        not noun.isalpha()
        or len(noun) < 3
        or is_plural(noun)
        or noun in PREPOSITIONS
        or noun in _NO_PERSON
        or is_verb_like(tokens[at])
    ):
        return None
    return stem(noun)


def read_age_decade(tokens: Sequence[Token], at: int) -> tuple[int, int, int] | None:
    """First token, lowest and highest age of "in her 30s" or "his late forties" at token `at`, or None.

    >>> from .tokens import tokenise
    >>> read_age_decade(tokenise("in her late 30s", 0, 15), 3)
    (1, 37, 39)
    """
    word = tokens[at].lower
    low = _DECADES.get(word, 0)
    if word[:-1].isdigit() and word.endswith("0s") and len(word) == 3:
        low = int(word[:-1])
    if not 10 <= low <= 90 or not at:
        return None
    first, part = at - 1, ""
    while first and tokens[first].lower in _PARTS | {"-"} and at - first < 3:
        part, first = tokens[first].lower if tokens[first].text != "-" else part, first - 1
    if tokens[first].lower not in _OWNERS:
        return None
    start, end = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part.rstrip("-"), (0, 9))
    return first, low + start, low + end
