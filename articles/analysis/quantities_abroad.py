"""Numbers as other languages than English print them."""

from collections.abc import Sequence

from .types import Quantity, Sentence


def find_numbers_abroad(text: str, sentences: Sequence[Sentence], language: str) -> tuple[Quantity, ...]:
    return ()
