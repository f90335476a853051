"""What finds the names in a text: the learnt weights of this package, or whatever else a caller brings along.

A finder says which words are a name and of what kind. What a name means here (titles cut off, countries told from
peoples, mentions grouped, pronouns resolved) is decided afterwards and in the same way for all finders.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from .names import Name, find_names
from .tokens import Token


class NameFinder(Protocol):
    """Finds names, each within one of ``sentences``, the tokens of sentences of ``text``.

    A label is "person", "organisation", "place", "product", "event", or "other" where the finder cannot tell.
    """

    def __call__(self, text: str, sentences: Sequence[Sequence[Token]]) -> Iterable[Name]: ...


def learnt_names(text: str, sentences: Sequence[Sequence[Token]]) -> Iterable[Name]:
    """The names that the weights of this package find.

    >>> from .tokens import tokenise
    >>> text = "Mayor Anna Low lives in Oslo."
    >>> [(name.first, name.last, name.label) for name in learnt_names(text, [tokenise(text, 0, len(text))])]
    [(1, 3, 'person'), (5, 6, 'place')]
    """
    return find_names(sentences)
