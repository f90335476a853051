"""Words and punctuation with their places: what the finders of speakers and names walk over."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from .types import Sentence


class Token(NamedTuple):
    """One word or mark. ``quote`` is the number of the masked quotation it stands for, -1 for ordinary tokens."""

    text: str
    lower: str
    start: int
    end: int
    quote: int = -1

    @property
    def is_word(self) -> bool:
        return self.quote < 0 and self.text[0].isalnum()

    @property
    def is_capitalised(self) -> bool:
        return self.quote < 0 and self.text[0].isupper()


# Abbreviations keep their stop, possessives are cut off, hyphenated and apostrophised words stay whole.
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,8}"
    r"|(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Govs?|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Revs?|Hon|Prof|St|Jr|Sr|Messrs|Cmdr|Supt"
    r"|Inc|Corp|Co|Ltd|Bros|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\."
    r"|[^\W\d_a-z]\.(?=[ \u00a0]?[^\W\d_a-z])"
    r"|\d+(?:[.,:]\d+)+[^\W\d_]*"
    r"|[’'][sS](?![^\W_])"
    r"|[^\W_]+(?:[-‑&][^\W_]+|[’'](?![sS](?![^\W_]))[^\W_]+)*"
    r"|\.{2,}|-{2,}|\S"
)


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]``, with their places in `text`.

    >>> [t.text for t in tokenise("U.S. Sen. Low’s F-35 cost $1,200.", 0, 33)]
    ['U.S.', 'Sen.', 'Low', '’s', 'F-35', 'cost', '$', '1,200', '.']
    """
    tokens = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        lower = word.lower()
        tokens.append(Token(word, lower.replace("’", "'") if "’" in lower else lower, match.start(), match.end()))
    return tokens


def tokenise_sentences(text: str, sentences: Iterable[Sentence]) -> list[list[Token]]:
    """The tokens of every sentence: made once for all the finders that read them.

    >>> from .types import Span
    >>> [[t.text for t in s] for s in tokenise_sentences("It sank.", [Sentence(Span(0, 8), 0)])]
    [['It', 'sank', '.']]
    """
    return [tokenise(text, s.span.start, s.span.end) for s in sentences]
