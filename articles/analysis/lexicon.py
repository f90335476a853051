"""Word lists, written where they are read as one string each, and the packaged data files, read once."""

from functools import cache
from importlib import resources


def words(listed: str) -> frozenset[str]:
    """The words of a list written as running text.

    >>> sorted(words("she he"))
    ['he', 'she']
    """
    return frozenset(listed.split())


def listed(written: str) -> tuple[str, ...]:
    """The words of a list written as running text, in their order.

    >>> listed("one two")
    ('one', 'two')
    """
    return tuple(written.split())


@cache
def data_lines(name: str) -> tuple[str, ...]:
    """The lines of a packaged data file that are neither empty nor comments.

    >>> data_lines("ATTRIBUTION.txt") != ()
    True
    """
    content = resources.files(__package__).joinpath("data", name).read_text("utf-8")
    return tuple(line for line in content.split("\n") if line and not line.startswith("#"))
