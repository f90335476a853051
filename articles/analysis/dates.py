"""Finds dates and says which days they mean, counted from the day the article was published.

"Tuesday" in a news report is the last Tuesday up to that day, unless the sentence looks ahead; "March 4" is the nearest
one, the past preferred; of a month without a year the words before it tell whether it is past or yet to come.
A date is an interval of days with the granularity it was given in. What depends on the story's own time ("the previous
day", "an hour later") stays unresolved on purpose. Without a publication day, relative dates
are found but keep empty bounds: no day is ever made up.
"""

import calendar
import re
from collections.abc import Sequence
from datetime import date, timedelta

from .date_context import Context, day_order, read_context
from .date_patterns import ANY, PATTERNS
from .holidays import holiday, holiday_near
from .types import Bound, Quantity, Sentence, Span

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
            ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"),
            ("december", "dec"),
        ),
        1,
    )
    for name in names
}  # fmt: skip
_WEEKDAYS = {name: i for i, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_NUMBERS = {
    name: number
    for number, name in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50}
_SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}
_DECADES = {
    name: number
    for number, name in enumerate(
        ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"], 2
    )
}

_Interval = tuple[date, date, str]
# Most sentences hold no date; this cheap look spares them the costly one.
_HINT = re.compile(
    r"\d{4}|\d[/.]\d|[a-z]day|DAY|omorrow|night|week|month|year|Week|Month|Year|WEEK|MONTH|YEAR|decade|entur"
    r"|morning|noon"
    r"|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon\.|Tue|Wed|Thu|Fri\.|Sat\.|Sun\.|ties\b|0s\b|pring"
    r"|ummer|utumn"
    r"|inter|fall|ago\b|quarter|evening|Day\b|Eve\b|Christmas|Easter|Halloween|Thanksgiving|Good F|Black F|\bQ[1-4]"
)


def find_dates(text: str, sentences: Sequence[Sentence], published: date | None = None) -> list[Quantity]:
    """The dates of a text in order, none overlapping another.

    >>> from .sentences import split_sentences
    >>> text = "Head\\n\\nIt sank on Tuesday, March 3, and rose last week."
    >>> found = find_dates(text, split_sentences(text), date(2020, 3, 12))
    >>> [(text[q.span.start : q.span.end], q.low, q.high) for q in found]
    [('Tuesday, March 3', '2020-03-03', '2020-03-03'), ('last week', '2020-03-02', '2020-03-08')]
    """
    found: list[Quantity] = []
    order: int | None = None
    for sentence in sentences:
        start, end = sentence.span.start, sentence.span.end
        if _HINT.search(text, start, end) is None:
            continue
        at = start
        while (match := ANY.search(text, at, end)) is not None:
            found_one = _first_fitting(text, match, end)
            if found_one is None:
                at = match.start() + 1
                continue
            name, exact = found_one
            span = Span(exact.start(), at := exact.end())
            context = read_context(text, start, span)
            if name == "slashed" and order is None:
                order = day_order(text)
            found.append(_quantity(span, _resolve(name, exact, published, context, order)))
    return found


def _first_fitting(text: str, match: re.Match[str], end: int) -> tuple[str, re.Match[str]] | None:
    """The pattern that matched, or the next one at the same place where the words around speak against it."""
    is_reached = False
    for name, (pattern, is_date) in PATTERNS.items():
        is_reached = is_reached or name == match.lastgroup
        if is_reached:
            exact = pattern.match(text, match.start(), end)
            if exact is not None and is_date(text, exact):
                return name, exact
    return None


def _quantity(span: Span, interval: _Interval | None) -> Quantity:
    if interval is None:
        return Quantity(span, None, None, "date", "exact", kind="date")
    low, high, granularity = interval
    bound: Bound = "exact" if low == high else "range"
    return Quantity(
        span,
        low.isoformat(),
        high.isoformat(),
        "date",
        bound,
        base_low=float(low.toordinal()),
        base_high=float(high.toordinal()),
        base_unit="date",
        granularity=granularity,
        kind="date",
    )


def _month(match: re.Match[str]) -> int:
    return _MONTHS[match["month"].lower().rstrip(".")]


def _weekday(match: re.Match[str]) -> int:
    return _WEEKDAYS[match["weekday"].lower()[:3]]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _whole_month(year: int, month: int) -> _Interval:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month"


def _whole_year(first: int, last: int | None = None) -> _Interval:
    return date(first, 1, 1), date(last or first, 12, 31), "year"


def _single(day: date | None) -> _Interval | None:
    return None if day is None else (day, day, "day")


def _resolve(
    name: str, match: re.Match[str], published: date | None, context: Context, order: int | None
) -> _Interval | None:
    try:
        interval = _absolute(name, match, order or 0)
        if interval is None and published is not None:
            interval = _relative(name, match, published, context)
        part = match["part"] if "part" in match.re.groupindex else None
        return _part_of(interval, part.lower()) if part and interval else interval
    except (ValueError, OverflowError):
        # Years before 1 or after 9999: found, but no day to give.
        return None


def _absolute(name: str, match: re.Match[str], order: int) -> _Interval | None:
    """Dates that need no publication day."""
    if name == "iso":
        return _single(_day(int(match["year"]), int(match["mon"]), int(match["day"])))
    if name == "slashed":
        return _single(_slashed(match, order))
    if name in ("month_days", "days_month") and match["year"]:
        return _days(int(match["year"]), match)
    if name == "holiday" and match["year"]:
        return _single(holiday(match["holiday"], int(match["year"])))
    if name == "years":
        last = match["last"] if len(match["last"]) == 4 else match["year"][:2] + match["last"]
        return _whole_year(int(match["year"]), int(last))
    if name == "year_part":
        return _whole_year(int(match["year"]))
    if name == "quarter_year":
        nth = match["nth"] or ""
        number = int(match["number"] or {"first": 1, "second": 2, "third": 3}.get(nth, 4))
        year, month = int(match["year"]), 3 * number - 2
        return date(year, month, 1), _whole_month(year, month + 2)[1], "quarter"
    if name in ("month_day", "day_month") and match["year"]:
        return _single(_day(int(match["year"]), _month(match), int(match["day"])))
    if name == "month_year":
        return _whole_month(int(match["year"]), _month(match))
    if name == "year":
        return _whole_year(int(match["year"]))
    if name == "season_year":
        return _season(match["season"].lower(), int(match["year"]))
    if name == "decade":
        if match["century"]:
            first = int(match["century"] + match["tens"] + "0")
        else:
            first = 1900 + 10 * (int(match["short"]) if match["short"] else _DECADES[match["word"]])
        return *_whole_year(first, first + 9)[:2], "decade"
    if name == "century":
        first = (int(match["number"]) - 1) * 100
        return *_whole_year(max(first, 1), first + 99)[:2], "century"
    return None


def _slashed(match: re.Match[str], order: int) -> date | None:
    """ "23/03/2021" and "23.3.2021" are plain; "05/03/2021" has two readings: no day unless the text tells."""
    first, second = int(match["first"]), int(match["second"])
    year = int(match["year"] or "20" + match["short"])
    if match["mark"] == "." or first > 12 or first == second:
        return _day(year, second, first)
    if second > 12 or order < 0:
        return _day(year, first, second)
    return _day(year, second, first) if order > 0 else None


def _days(year: int, match: re.Match[str]) -> _Interval | None:
    """ "June 3-5", "3 to 5 June"."""
    first, last = (match["day"], match["last"]) if "last" in match.re.groupindex else (match["first"], match["day"])
    low, high = _day(year, _month(match), int(first)), _day(year, _month(match), int(last))
    return (low, high, "day") if low and high else None


def _part_of(interval: _Interval, part: str) -> _Interval:
    """The early, middle or late part of a month, a year or a decade."""
    low, high, granularity = interval
    third = {"early": 0, "mid": 1, "late": 2}[part]
    if granularity == "month":
        return low.replace(day=10 * third + 1), high if third == 2 else low.replace(day=10 * third + 10), granularity
    if granularity == "year":
        return date(low.year, 4 * third + 1, 1), _whole_month(low.year, 4 * third + 4)[1], granularity
    if granularity == "decade":
        first, last = ((0, 3), (4, 6), (7, 9))[third]
        return date(low.year + first, 1, 1), date(low.year + last, 12, 31), granularity
    return interval


def _season(season: str, year: int) -> _Interval:
    month = _SEASONS[season]
    last = month + 2
    end_year, end_month = (year, last) if last <= 12 else (year + 1, last - 12)
    return date(year, month, 1), _whole_month(end_year, end_month)[1], "month"


def _relative(name: str, match: re.Match[str], published: date, context: Context) -> _Interval | None:
    ahead = context.is_ahead
    if name in ("month_days", "days_month"):
        first = _nearest(published, _month(match), int(match["day"]), context)
        return None if first is None else _days(first.year, match)
    if name == "holiday":
        return _single(holiday_near(match["holiday"], (match["which"] or "").lower(), published, context.likely))
    if name in ("month_day", "day_month"):
        return _single(_nearest(published, _month(match), int(match["day"]), context))
    if name == "weekday":
        return _single(_weekday_near(published, match, ahead))
    if name == "day_word":
        word = match["word"].lower()
        shift = -1 if word in ("yesterday", "last night") else 1 if word == "tomorrow" else 0
        return _single(published + timedelta(days=shift))
    if name == "period":
        return _period(published, match["which"].lower(), match["unit"].lower())
    if name in ("month", "which_month"):
        month = _month(match)
        which = match["which"].lower() if name == "which_month" else ""
        year = published.year
        forward, back = (month - published.month) % 12, (published.month - month) % 12
        # Where the sentence does not say, the nearest one, the past preferred.
        is_coming = context.likely > 0 or (context.likely == 0 and forward + 2 < back)
        if which == "next" or (is_coming and not which):
            year += month < published.month or (which == "next" and month == published.month)
        elif which != "this":
            year -= month > published.month or (which == "last" and month == published.month)
        return _whole_month(year, month)
    if name == "ago":
        return _ago(published, _count(match["count"]), match["unit"])
    if name == "past_count":
        return _span_of(published, match)
    if name == "year_end":
        return _single(date(published.year, 12, 31))
    return None


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _nearest(published: date, month: int, day: int, context: Context) -> date | None:
    options = [d for year in (-1, 0, 1) if (d := _day(published.year + year, month, day)) is not None]
    if not options:
        return None
    if context.is_ahead:
        options = [d for d in options if d >= published] or options
    elif context.likely < 0:
        options = [d for d in options if d <= published] or options
    penalty = 0 if context.is_ahead else 60
    return min(options, key=lambda d: abs((d - published).days) + (penalty if d > published else 0))


def _weekday_near(published: date, match: re.Match[str], ahead: bool) -> date:
    weekday, which = _weekday(match), (match["which"] or "").lower()
    if match["later"]:
        return published + timedelta(days=(weekday - published.weekday()) % 7 + 7)
    back = (published.weekday() - weekday) % 7
    if match["ago"]:
        monday = published - timedelta(days=published.weekday() + (7 if "last" in match["ago"] else -7))
        return monday + timedelta(days=weekday)
    if which in ("next", "this coming") or (ahead and which in ("", "this")):
        return published + timedelta(days=(weekday - published.weekday()) % 7 or (7 if which == "next" else 0))
    if which == "last" and back == 0:
        back = 7
    return published - timedelta(days=back)


def _period(published: date, which: str, unit: str) -> _Interval:
    step = (
        -1
        if which.startswith(("last", "past", "the past")) or which == "this past"
        else 1
        if which in ("next", "coming", "this coming")
        else 0
    )
    if which.endswith(" the"):
        which = "over the"
    if unit in ("week", "weekend"):
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
        if unit == "week":
            return monday, monday + timedelta(days=6), "week"
        if which in ("this", "over the", "this past", "the past") and published.weekday() < 5:
            # On a weekday "over the weekend" looks back.
            monday = published - timedelta(days=published.weekday() + 7)
        return monday + timedelta(days=5), monday + timedelta(days=6), "day"
    if unit == "month":
        month = published.month - 1 + step
        return _whole_month(published.year + month // 12, month % 12 + 1)
    if unit == "quarter":
        quarter = (published.month - 1) // 3 + step
        year, first = published.year + quarter // 4, quarter % 4 * 3 + 1
        return date(year, first, 1), _whole_month(year, first + 2)[1], "month"
    if unit == "decade":
        first_year = published.year // 10 * 10 + 10 * step
        return *_whole_year(first_year, first_year + 9)[:2], "decade"
    if unit == "century":
        first_year = published.year // 100 * 100 + 100 * step
        return *_whole_year(first_year, first_year + 99)[:2], "century"
    if unit in _SEASONS:
        year = published.year + step
        if step < 0 and _season(unit, published.year)[1] < published:
            year = published.year
        return _season(unit, year)
    return _whole_year(published.year + step)


def _ago(published: date, count: int, unit: str) -> _Interval | None:
    if unit in ("hour", "minute"):
        return _single(published - timedelta(hours=count if unit == "hour" else 0))
    if unit == "day":
        return _single(published - timedelta(days=count))
    if unit in ("week", "fortnight"):
        count *= 2 if unit == "fortnight" else 1
        monday = published - timedelta(days=published.weekday(), weeks=count)
        return monday, monday + timedelta(days=6), "week"
    if unit == "month":
        month = published.year * 12 + published.month - 1 - count
        return _whole_month(month // 12, month % 12 + 1)
    year = published.year - count * {"year": 1, "decade": 10, "centur": 100}[unit]
    return _whole_year(year)


def _span_of(published: date, match: re.Match[str]) -> _Interval | None:
    if match["few"]:
        return None
    count, unit = _count(match["count"]), match["unit"]
    sign = 1 if match["which"] == "next" else -1
    days = {"day": 1, "week": 7}.get(unit)
    if days:
        other = published + timedelta(days=sign * days * count)
    else:
        months = (
            sign * count * {"month": 1, "year": 12, "decade": 120}[unit] + published.year * 12 + published.month - 1
        )
        year, month = months // 12, months % 12 + 1
        other = date(year, month, min(published.day, calendar.monthrange(year, month)[1]))
    granularity = {"day": "day", "week": "week", "month": "month"}.get(unit, "year")
    return min(other, published), max(other, published), granularity
