"""Noun phrases as speakers: which of them can say things, and which only describe who does."""

from collections.abc import Sequence

from .lexicon import words
from .tokens import Token
from .word_classes import DETERMINERS, PRONOUNS

_SPEAKING_PRONOUNS = words("he she they i we you who")
_SPEAKING = words(
    """
    officials official police sources source critics people residents analysts experts democrats republicans president
    minister government company committee court agency ministry panel board team campaign department statement report
    letter complaint lawsuit lawmakers authorities student students parents prosecutors scientists doctors judge
    attorney general governor mayor secretary chief head ceo coach union group organization organisation activists
    opponents allies aides family witness witnesses voters supporters colleagues friend friends wife husband mother
    father brother
    sister son daughter neighbour neighbor paper newspaper magazine network memo document study ruling order
    """
)


def can_speak(phrase: Sequence[Token]) -> bool:
    """Whether a noun phrase is of those who say things: a name, a pronoun, an office, a body.

    >>> from .tokens import tokenise
    >>> can_speak(tokenise("the minister", 0, 12)), can_speak(tokenise("the dam", 0, 7))
    (True, False)
    """
    last = phrase[-1].lower
    return (
        any(t.is_capitalised for t in phrase[1:])
        or (phrase[0].is_capitalised and phrase[0].lower not in DETERMINERS)
        or phrase[0].lower in _SPEAKING_PRONOUNS
        or last in _SPEAKING
        or any(t.lower in _SPEAKING for t in phrase)
        or last.endswith(
            ("er", "ers", "or", "ors", "ist", "ists", "ian", "ians", "man", "men", "woman", "women", "ee", "ees")
        )
    )


def is_description(phrase: Sequence[Token]) -> bool:
    """Whether a noun phrase leaves it to the rest of the text who is meant.

    >>> from .tokens import tokenise
    >>> is_description(tokenise("the minister", 0, 12)), is_description(tokenise("Anna Low", 0, 8))
    (True, False)
    """
    if len(phrase) == 1 and phrase[0].lower in PRONOUNS | {"him", "her", "them"}:
        return True
    return phrase[0].lower in ("the", "this", "that", "his", "her", "their") and not phrase[-1].is_capitalised
