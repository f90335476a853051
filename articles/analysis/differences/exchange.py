"""Whether sums in two currencies can be the same sum.

One outlet prints "$50m", another "£40m". Nobody here knows the day and the rate by which a newsroom converted, so no
sum is converted for show: each printed sum becomes the span of dollars that it was worth at the lowest and the highest
yearly average of the past years (data/exchange_rates.txt), widened by a tenth for rounding and for the days between.
Spans that meet can be the same sum, and then nothing is said; spans that do not meet are a difference, told in the
printed forms. A currency the table does not know is never compared.
"""

from functools import cache

from ..lexicon import data_lines

_TOLERANCE = 0.1


@cache
def _rates() -> dict[str, tuple[float, float]]:
    rows = (line.split() for line in data_lines("exchange_rates.txt"))
    return {code: (float(low), float(high)) for code, low, high in rows}


def can_be_worth(left: float, currency: str, right: float, other: str) -> bool | None:
    """Whether `left` of `currency` may be what another outlet prints as `right` of `other`; None where nobody knows.

    >>> can_be_worth(50e6, "USD", 40e6, "GBP"), can_be_worth(40e6, "USD", 40e6, "GBP"), can_be_worth(1, "USD", 1, "XBT")
    (True, False, None)
    """
    rates = _rates()
    if currency not in rates or other not in rates:
        return None
    mine = sorted(left * rate for rate in rates[currency])
    theirs = sorted(right * rate for rate in rates[other])
    return mine[0] <= theirs[1] * (1 + _TOLERANCE) and theirs[0] <= mine[1] * (1 + _TOLERANCE)
