"""The stored search vectors: how a text becomes words that a person typing without accents finds.

Words are what stands between spaces and punctuation, in lower case and without accents: ``Nicolás`` is ``nicolas``,
``Østberg`` ``ostberg``, ``U.S.`` is ``u s``, ``Igla-S`` is ``igla s``; from three letters on the points of an acronym
count for nothing, ``F.B.I.`` is ``fbi``. :mod:`articles.search.query` cuts what is typed the same way; two sides that
cut differently would not find each other. There are no stop words and no stems: the texts come in any language.
"""

from typing import Any

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.checks import CheckMessage
from django.db import models
from django.db.models.expressions import Combinable
from django.db.models.functions import Left
from django.db.models.sql.compiler import SQLCompiler

# A tsvector may hold 1 MB, and here at most two columns. A character takes four bytes and up to half an entry's eight,
# so this much of each stays below it whatever the letters, and holds any article.
SEARCHED_CHARACTERS = 100_000
# Letters of which Unicode has no plain form with an accent, and what people type for them.
STROKED, UNSTROKED = "øłđðħŧı", "olddhti"
# The points between the letters of an acronym of three and more, in lower case; written so that PostgreSQL and Python
# read it alike. Shorter ones are too often words: the U.S. is not "us".
POINTS = (
    r"(?<=[a-z])(?<![a-z0-9][a-z])\.(?=[a-z]\.[a-z](?![a-z0-9]))"
    r"|(?<=[a-z]\.[a-z])(?<![a-z0-9][a-z]\.[a-z])\.(?=[a-z](?![a-z0-9]))"
)


class Words(models.Func):
    """A text in lower case, without accents and punctuation. Every function in it is immutable and needs no extension.

    Compatibility forms are taken apart first, so that the ligature of ``office`` is found and no punctuation mark
    comes into being afterwards. The ranges are written out: classes such as ``[:punct:]`` mean something else on a
    server with another locale.
    """

    template = (
        r"regexp_replace(regexp_replace(normalize(lower(%(expressions)s), NFKD), '[\u0300-\u036f]+', '', 'g'), "
        r"'[\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u2bff\u3000-\u303f\ufe30-\ufe6f]+', ' ', 'g')"
    )
    arity = 1
    output_field = models.TextField()


class PlainWords(Words):
    """The same with plain letters for those that no accent is taken from: ``Østberg`` is ``ostberg``.

    Each is one letter for one: what is typed is marked in texts letter by letter.
    """

    template = f"translate({Words.template}, '{STROKED}', '{UNSTROKED}')"


class SearchedWords(PlainWords):
    """The same with acronyms as one word: ``F.B.I.`` is ``fbi``."""

    template = PlainWords.template.replace(
        "lower(%(expressions)s)", f"regexp_replace(lower(%(expressions)s), '{POINTS}', '', 'g')"
    )


class JoinedWords(models.Func):
    """The texts of an array, with spaces between them. A function of a migration: PostgreSQL's own is not immutable."""

    function = "crossread_join_words"
    arity = 1
    output_field = models.TextField()


class _UnreadVector(SearchVectorField):
    """A vector that is searched in and never read: pages that read claims by the hundred would carry all of theirs."""

    def select_format(self, compiler: SQLCompiler, sql: str, params: Any) -> tuple[str, Any]:
        return "NULL::tsvector", ()


class StoredVector(models.GeneratedField):
    """The search vector of a row, kept by the database itself. ``A`` outweighs ``D``, as PostgreSQL calls them."""

    # An insert does not send it back.
    db_returning = False  # type: ignore[assignment]  # a property of Field

    def __init__(self, *, expression: models.Expression, **kwargs: Any) -> None:
        super().__init__(expression=expression, output_field=_UnreadVector(), db_persist=True, **kwargs)

    def _check_supported(self, databases: Any) -> list[CheckMessage]:
        # Every PostgreSQL we run on stores generated columns. Asking the server would make checks need one.
        return []

    def _check_persistence(self, databases: Any) -> list[CheckMessage]:
        return []

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["output_field"], kwargs["db_persist"]
        return name, path, args, kwargs


def search_words(expression: str | Combinable, *, weight: str = "A") -> SearchVector:
    """The vector of a column or an expression, which is cut where it would be too long.

    The cut that counts is the outer one: taking letters apart makes three of one Hangul syllable. The inner one saves
    the work on what is cut off anyway.
    """
    words = SearchedWords(Left(expression, SEARCHED_CHARACTERS))
    return SearchVector(Left(words, SEARCHED_CHARACTERS), config="simple", weight=weight)
