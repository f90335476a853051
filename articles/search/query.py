"""What a person types into the search field, as a question to PostgreSQL and as a pattern to mark what it found.

Every word must be there. A word finds the words that begin with it, so that a search answers while it is typed; a
phrase in quotation marks finds these words in this order. Nothing else means anything: whatever is typed is cut into
words the way the stored vectors were (:mod:`articles.models.search`), so no operator, quote or stray mark can reach
the database.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from articles.models.search import POINTS, STROKED, UNSTROKED

# Longer than anything people type; pasted paragraphs are cut.
MAX_CHARACTERS = 200
MAX_WORDS = 12
# A single letter begins so many words that it only finds itself.
MIN_PREFIX = 2

_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)([\"“”„«»]|$)")
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u0300-\u036f]+")
_POINTS = re.compile(POINTS)
# A word of so many letters may stand in a text with a point behind each.
_ACRONYM = range(3, 7)
_PLAIN = str.maketrans(STROKED, UNSTROKED)


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or the words of a phrase. ``is_open``: its last word may go on."""

    words: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True)
class Query:
    """A search, cut into terms. ``text`` is what was typed, as the page shows it."""

    text: str
    terms: tuple[Term, ...]

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def matching(self) -> str:
        """What a row must hold, in the language of ``to_tsquery``.

        >>> parse_query('garcia "red line"').matching
        "'garcia':* & ('red' <-> 'line')"
        """
        return " & ".join(_matching(term) for term in self.terms)

    @property
    def has_phrase(self) -> bool:
        return any(len(term.words) > 1 for term in self.terms)

    @property
    def holding(self) -> str:
        """The same without regard to the order of the words of a phrase: the index alone can answer it.

        >>> parse_query('garcia "red line"').holding
        "'garcia':* & 'red' & 'line'"
        """
        return " & ".join(
            _matching(Term((word,), term.is_open and word is term.words[-1]))
            for term in self.terms
            for word in term.words
        )

    @property
    def ranking(self) -> str:
        """What a row is ranked by: whole words count beside words that only begin so.

        >>> parse_query("war").ranking
        "('war' | 'war':*)"
        """
        return " & ".join(
            f"('{term.words[0]}' | '{term.words[0]}':*)" if len(term.words) == 1 and term.is_open else _matching(term)
            for term in self.terms
        )

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """One for each term, for texts folded by :func:`fold_letters`. A match is what the page marks."""
        return tuple(
            re.compile(
                r"(?<![^\W_])"
                + r"[\W_]+".join(map(_pattern, term.words))
                + (r"[^\W_]*" if term.is_open else r"(?![^\W_])")
            )
            for term in self.terms
        )


def parse_query(text: str) -> Query:
    """The terms of ``text``. A quotation mark that nothing closes opens a phrase that is still being typed.

    >>> parse_query('“Ferry Agro').terms
    (Term(words=('ferry', 'agro'), is_open=True),)
    """
    text = " ".join(text.replace("\0", " ").split())[:MAX_CHARACTERS]
    terms: list[Term] = []
    rest = 0
    for quoted in _QUOTED.finditer(text):
        terms += _single(text[rest : quoted.start()])
        terms += _phrase(quoted)
        rest = quoted.end()
    terms += _single(text[rest:])
    kept: list[Term] = []
    count = 0
    for term in dict.fromkeys(terms):
        count += len(term.words)
        if count > MAX_WORDS:
            break
        kept.append(term)
    return Query(text, tuple(kept))


def split_phrases(text: str) -> tuple[str, Query]:
    """What of ``text`` stands outside quotation marks, and what stands inside as a query, which holds only phrases.

    >>> rest, phrases = split_phrases("garcia “red line”")
    >>> rest.split(), phrases.terms
    (['garcia'], (Term(words=('red', 'line'), is_open=False),))
    """
    phrases = [term for quoted in _QUOTED.finditer(text) for term in _phrase(quoted)]
    return _QUOTED.sub(" ", text), Query(text, tuple(phrases))


def fold_letters(text: str) -> str:
    """``text`` letter for letter in lower case and without accents: as long as ``text``, so that places stay.

    >>> fold_letters("García’s Ærø")
    'garcia’s æro'
    """
    return text.lower() if text.isascii() else text.translate(_LETTERS)


class _Letters(dict[int, str]):
    """Each letter's plain form, worked out once. One that would become two stays as it is."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = _folded(letter)
        self[code] = plain if len(plain) == 1 else letter
        return self[code]


_LETTERS = _Letters()


def _folded(text: str) -> str:
    # Letter by letter: Python lowers a sigma at the end of a word to another letter than PostgreSQL does.
    lower = "".join(letter.lower() for letter in text)
    return _MARKS.sub("", unicodedata.normalize("NFKD", lower)).translate(_PLAIN)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_POINTS.sub("", _folded(text))))


def _phrase(quoted: re.Match[str]) -> list[Term]:
    words = _words(quoted[1])
    return [Term(words, is_open=not quoted[2] and len(words[-1]) >= MIN_PREFIX)] if words else []


def _pattern(word: str) -> str:
    return r"\.?".join(word) if len(word) in _ACRONYM and word.isalpha() else re.escape(word)


def _single(text: str) -> list[Term]:
    """The words of what stands outside quotation marks. What a hyphen or an apostrophe joins stays together."""
    found = []
    for chunk in text.split():
        words = _words(chunk)
        if words:
            found.append(Term(words, is_open=len(words[-1]) >= MIN_PREFIX))
    return found


def _matching(term: Term) -> str:
    # Only letters and digits are left in a word, so nothing in it can end the quotation.
    words = [f"'{word}'" for word in term.words]
    if term.is_open:
        words[-1] += ":*"
    return words[0] if len(words) == 1 else f"({' <-> '.join(words)})"
