"""How the desk prints a claim or words of a text: a long statement by its beginning, words in marks of quotation."""

from typing import NamedTuple

from django import template

from articles.analysis.segments import is_boundary

register = template.Library()

# A sentence that is one long quotation would fill the panel before the first source speaks. Cut only where much goes.
_LONGEST = 200
_OPENING = 130
_MARKS = frozenset('“”„«»"')


class CutStatement(NamedTuple):
    """Both parts together are the statement; ``rest`` is empty when it is shown whole."""

    opening: str
    rest: str


@register.filter
def cut_statement(statement: str | None) -> CutStatement:
    """The first words of a long statement, and the others; of none, where there is no claim, nothing.

    >>> cut_statement("Nobody was hurt.")
    CutStatement(opening='Nobody was hurt.', rest='')
    """
    statement = statement or ""
    if len(statement) <= _LONGEST:
        return CutStatement(statement, "")
    at = statement.rfind(" ", _OPENING // 2, _OPENING)
    if at < 0:
        at = next(place for place in range(_OPENING, len(statement) + 1) if is_boundary(statement, place))
    return CutStatement(statement[:at], statement[at:])


@register.filter
def quoted(words: str) -> str:
    """Words of a text in quotation marks; as they are where they begin with their own, which would stand doubled.

    >>> quoted("120 passengers"), quoted("“Nobody was hurt,” said Lena Dahl")
    ('“120 passengers”', '“Nobody was hurt,” said Lena Dahl')
    >>> quoted("Dahl said “no” to all")
    '“Dahl said “no” to all”'
    """
    return words if words[:1] in _MARKS else f"“{words}”"
