"""The words around a place, as lists of places show them: a text cut anywhere would begin and end within a word."""

import re

_FIRST = re.compile(r"^\S*\s+(?=\S)")
_LAST = re.compile(r"(?<=\S)\s+\S*$")


def words_before(text: str, *, is_cut: bool) -> str:
    """What stands before the place; where it goes on before that, from the first whole word on.

    >>> words_before("rbour master ", is_cut=True), words_before("Harbour master ", is_cut=False)
    ('…master ', 'Harbour master ')
    """
    return f"…{_FIRST.sub('', text)}" if is_cut else text


def words_after(text: str, *, is_cut: bool) -> str:
    """What stands after the place; where it goes on after that, up to the last whole word.

    >>> words_after(" left the harb", is_cut=True), words_after(" left.", is_cut=False)
    (' left the…', ' left.')
    """
    return f"{_LAST.sub('', text)}…" if is_cut else text
