"""Words and punctuation with their places: what the finders of speakers and names walk over."""

import re
from typing import NamedTuple


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
    return [
        Token(m.group(), m.group().lower().replace("’", "'"), m.start(), m.end())
        for m in _TOKEN.finditer(text, start, end)
    ]
