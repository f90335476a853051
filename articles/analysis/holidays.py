"""The day of a holiday in a year, for the holidays that news uses as dates."""

from datetime import date, timedelta

_HOLIDAYS = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
    "new year's day": (1, 1), "new years day": (1, 1), "new year's eve": (12, 31), "new years eve": (12, 31),
    "independence day": (7, 4), "bastille day": (7, 14), "halloween": (10, 31), "valentine's day": (2, 14),
    "may day": (5, 1), "veterans day": (11, 11), "armistice day": (11, 11), "st patrick's day": (3, 17),
}  # fmt: skip
# Days from Easter Sunday.
_MOVABLE = {"good friday": -2, "easter": 0, "easter sunday": 0, "easter monday": 1}


def holiday(name: str, year: int) -> date:
    """The day of the holiday that is printed as `name`.

    >>> holiday("Easter Monday", 2024), holiday("Thanksgiving", 2024), holiday("Christmas Eve", 2024)
    (datetime.date(2024, 4, 1), datetime.date(2024, 11, 28), datetime.date(2024, 12, 24))
    """
    folded = name.lower().replace("’", "'").replace("st. ", "st ")
    if folded in _HOLIDAYS:
        return date(year, *_HOLIDAYS[folded])
    if folded in _MOVABLE:
        return _easter(year) + timedelta(days=_MOVABLE[folded])
    # Thanksgiving, in the United States: the fourth Thursday of November; Black Friday is the day after.
    first = date(year, 11, 1)
    thanksgiving = first + timedelta(days=(3 - first.weekday()) % 7 + 21)
    return thanksgiving + timedelta(days=folded == "black friday")


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    shift = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    month, day = divmod(epact + shift - 7 * ((golden + 11 * epact + 22 * shift) // 451) + 114, 31)
    return date(year, month, day + 1)


def holiday_near(name: str, which: str, published: date, likely: int) -> date:
    """The holiday that a report of that day means: the past one preferred unless the sentence looks ahead.

    >>> holiday_near("Christmas", "", date(2026, 11, 20), 1)
    datetime.date(2026, 12, 25)
    """
    days = [holiday(name, published.year + shift) for shift in (-1, 0, 1)]
    if which == "this":
        return days[1]
    if which in ("last", "next"):
        return max(d for d in days if d < published) if which == "last" else min(d for d in days if d > published)
    fitting = [d for d in days if likely == 0 or (d - published).days * likely >= 0]
    return min(fitting, key=lambda d: abs((d - published).days) + 60 * (d > published))
