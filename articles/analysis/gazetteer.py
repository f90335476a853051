"""What the program knows of the world's names: countries and peoples, cities, regions, organisations, given names.

The lists are small on purpose; most names in a text are recognised by how the text itself uses them. Sources and
licences stand in data/ATTRIBUTION.txt.
"""

from functools import cache
from typing import NamedTuple

from .lexicon import data_lines


class Country(NamedTuple):
    """A country by its usual English name, what else it is called, and the words for its people."""

    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]


@cache
def countries() -> tuple[Country, ...]:
    """All countries and territories.

    >>> next(c.demonyms for c in countries() if c.name == "Norway")
    ('Norwegian', 'Norwegians')
    """
    rows = (line.split(";") for line in data_lines("countries.txt"))
    return tuple(Country(name, _listed(aliases), _listed(demonyms)) for name, aliases, demonyms in rows)


@cache
def places() -> dict[str, str]:
    """Place names with their kind: "country", "region", or "city1" to "city3" by size.

    >>> places()["Oslo"], places()["U.S."]
    ('city3', 'country')
    """
    known = {name: f"city{size}" for name, size in (line.split(";") for line in data_lines("cities.txt"))}
    known |= dict.fromkeys(data_lines("regions.txt"), "region")
    for country in countries():
        known |= dict.fromkeys((country.name, *country.aliases), "country")
    return known


@cache
def country_by_name() -> dict[str, str]:
    """The usual name of a country by any of its names.

    >>> country_by_name()["Britain"]
    'United Kingdom'
    """
    return {alias: c.name for c in countries() for alias in (c.name, *c.aliases)}


@cache
def country_by_demonym() -> dict[str, str]:
    """The country that an adjective or a people's name belongs to.

    >>> country_by_demonym()["Venezuelan"]
    'Venezuela'
    """
    return {demonym: c.name for c in countries() for demonym in c.demonyms}


@cache
def organisations() -> frozenset[str]:
    """Organisations whose names do not say that they are."""
    return frozenset(data_lines("organisations.txt"))


@cache
def full_names() -> dict[str, str]:
    """The full name of organisations that go by others too, by each of those.

    >>> full_names()["VW"]
    'Volkswagen'
    """
    rows = (line.split(";") for line in data_lines("aliases.txt"))
    return {alias: name for name, aliases in rows for alias in _listed(aliases)}


@cache
def given_names() -> dict[str, str]:
    """Given names with the gender they suggest: "m", "f" or "b" for both.

    >>> given_names()["Anna"]
    'f'
    """
    lines = data_lines("given_names.txt") + data_lines("given_names_world.txt")
    return dict(line.split(";") for line in lines)


@cache
def family_names() -> frozenset[str]:
    """The commonest family names of the United States, and those of the rest of the world that news is full of."""
    return frozenset(data_lines("family_names.txt") + data_lines("family_names_world.txt"))


def _listed(joined: str) -> tuple[str, ...]:
    return tuple(name for name in joined.split(",") if name)
