"""The noun that a number counts: never the verb behind it ("some 300 left"), never a word of time ("12 percent last
year").

Which noun it is decides whether two numbers of two outlets are compared at all, so no head is better than a wrong one.
"""

from collections.abc import Sequence
from functools import lru_cache

import snowballstemmer

from .lexicon import words
from .text import fold
from .tokens import Token
from .word_classes import AUXILIARIES, PREPOSITIONS, SUBORDINATORS, TIME, is_verb_like

_STEMMER = snowballstemmer.stemmer("english")
_NOT_HEADS = words(
    "more other new or additional times of and to in per a an the such people’s high deep wide tall long thick"
)
_STOPS = words("and or but who which he she they it we i last next this these every each ago later earlier")
PLURALS = words("people men women children troops police personnel staff cattle sheep fish aircraft")


def find_head(tokens: Sequence[Token], at: int) -> str:
    """The stem of what is counted: the first plural behind the number, else the noun next to it; "" where none is.

    >>> from .tokens import tokenise
    >>> line = "old fishing boats sank"
    >>> find_head(tokenise(line, 0, len(line)), 0), find_head(tokenise("left early", 0, 10), 0)
    ('boat', '')
    """
    if at < len(tokens) and tokens[at].lower == "of":
        at += 1
        while at < len(tokens) and tokens[at].lower in ("the", "its", "his", "her", "their", "all", "those", "these"):
            at += 1
    fallback = ""
    for token in tokens[at : at + 7]:
        word = token.lower
        if not token.text[0].isalpha() or word in PREPOSITIONS | AUXILIARIES | SUBORDINATORS | _STOPS or word in TIME:
            break
        is_participle = word.endswith("ed")
        if is_verb_like(token) and not word.endswith("s") and (fallback or not is_participle):
            break
        if word in _NOT_HEADS or is_participle:
            continue
        if is_plural(word):
            return stem(word)
        fallback = fallback or word
        if token.text[0].islower() and not word.endswith(("ing", "an", "ic", "al", "ive")) and "-" not in word:
            fallback = word
    return stem(fallback) if fallback else ""


def is_plural(word: str) -> bool:
    """Whether a lower-case word can be what more than one is counted of.

    >>> is_plural("boats"), is_plural("people"), is_plural("glass")
    (True, True, False)
    """
    return word in PLURALS or (word.endswith("s") and "-" not in word and not word.endswith(("ss", "us", "is")))


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """The folded stem of one word.

    >>> stem("Marines")
    'marin'
    """
    return str(_STEMMER.stemWord(fold(word)))
