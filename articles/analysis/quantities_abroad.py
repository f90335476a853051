"""Numbers and dates in other languages than English, as they are printed there: `12.000`, `12 000`, `3,5 Millionen`.

Here a point or a blank groups the digits and a comma parts off the decimals. What is counted is left open, and number
words are not read: without the language's grammar both would be guesses.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from .numbers_abroad import CURRENCIES, MEASURES, MONTHS, PERCENT, SCALES
from .types import Quantity, Sentence, Span
from .units_of_measure import LONGEST
from .units_of_measure import MEASURES as UNITS

_NUMBER = re.compile(
    r"(?P<sign>[$€£] ?)?(?<![\w.,/:–-])(?<!\d )"
    r"(?:(?P<grouped>\d{1,3}(?:(?P<mark>[. \u00a0\u202f'’])\d{3}(?:(?P=mark)\d{3}){0,4})(?:,\d{1,4})?)"
    r"|(?P<english>\d{1,3}(?:,\d{3}){2,5})|(?P<plain>\d{1,15}(?:[.,]\d{1,4})?))"
    # Neither results, clock times nor telephone numbers.
    r"(?![\w/:–-]|[.,]\d| \d| ?(?:Uhr|heures?|h|uur|horas?)\b)"
)
_BEHIND = re.compile(r"[ \u00a0\u202f]?(?P<word>[^\W\d_]{1,14}|[%$€£₽¥₺])\.?")
# "3,5 Mio. Euro": the stop belongs to the abbreviation.
_STOPPED = re.compile(r"\. [^\W\d_€$£]{2,12}\b")
_LINKS = re.compile(r"[ \u00a0\u202f](?:de |d’|d'|di |of )", re.I)
_TWO_WORDS = re.compile(r"[ \u00a0\u202f](?:pour|por|per) (?:cent|ciento|cento)\b", re.I)
_DATE = re.compile(
    r"(?<![\w.,/:])(?P<day>[0-3]?\d)(?:\.|er|º|°)?[ \u00a0](?:de )?(?P<month>[^\W\d_]{3,12})\.?"
    r"(?:,? (?:de )?(?P<year>(?:1[5-9]|20)\d\d)(?!\d))?"
)


def find_quantities_abroad(text: str, sentences: Sequence[Sentence], language: str) -> tuple[Quantity, ...]:
    """The numbers and dates of a text that is not in English, in order, none overlapping another.

    >>> text = "Brücken gesperrt\\n\\nDie Reparatur kostet 3,5 Millionen Euro."
    >>> [(q.low, q.unit) for q in find_quantities_abroad(text, [Sentence(Span(18, len(text)), 1)], "de")]
    [('3500000', 'EUR')]
    """
    found = _dates(text)
    taken = [q.span for q in found]
    for sentence in sentences:
        at, end = sentence.span.start, sentence.span.end
        while (match := _NUMBER.search(text, at, end)) is not None:
            quantity = _quantity(text, match, language)
            at = match.end() if quantity is None else quantity.span.end
            if quantity is not None:
                found.append(quantity)
    clear = [q for q in found if q.unit == "date" or not _is_taken(q.span, taken)]
    return tuple(sorted(clear, key=lambda q: (q.span.start, q.span.end)))


def _is_taken(span: Span, taken: Sequence[Span]) -> bool:
    """Whether a date holds the number; dates are in order and few stand near one place."""
    low, high = 0, len(taken)
    while low < high:
        middle = (low + high) // 2
        if taken[middle].end <= span.start:
            low = middle + 1
        else:
            high = middle
    return low < len(taken) and taken[low].overlaps(span)


def _dates(text: str) -> list[Quantity]:
    found = []
    for match in _DATE.finditer(text):
        month = MONTHS.get(match["month"].lower())
        if month is None:
            continue
        span = Span(match.start(), match.end())
        day = _day(match["year"], month, match["day"])
        if day is None:
            found.append(Quantity(span, None, None, "date", "exact", kind="date"))
            continue
        iso, base = day.isoformat(), float(day.toordinal())
        found.append(Quantity(span, iso, iso, "date", "exact", "", base, base, "date", "day", "date"))
    return found


def _day(year: str | None, month: int, day: str) -> date | None:
    try:
        return date(int(year), month, int(day)) if year else None
    except ValueError:
        return None


def _quantity(text: str, match: re.Match[str], language: str) -> Quantity | None:
    value = _value(match, language)
    last = match.end()
    is_plain_number = match["plain"] is not None and match["plain"].isdigit()
    # The stop of "3,5 Mio. Euro" may have been taken for the end of the sentence.
    scale, last = _scale(text, last)
    unit, kind, last = _unit(text, last)
    if match["sign"] and kind == "cardinal":
        unit, kind = CURRENCIES[match["sign"].strip()], "money"
    if is_plain_number and scale == 1 and kind == "cardinal":
        # A bare year, or the "3." of "am 3. März", wherever the sentence was cut.
        if len(match["plain"]) == 4 and 1500 <= value < 2100:
            return None
        if len(match["plain"]) < 3 and text[last : last + 1] == ".":
            return None
    printed = _plain(value * scale)
    if len(printed) > LONGEST:
        return None
    base_unit, factor = (UNITS[unit][1:]) if kind == "measure" else (unit, Decimal(1))
    base = float(Decimal(printed) * factor)
    return Quantity(Span(match.start(), last), printed, printed, unit, "exact", "", base, base, base_unit, "", kind)


def _value(match: re.Match[str], language: str) -> Decimal:
    if match["grouped"]:
        return Decimal(re.sub(r"[. \u00a0\u202f'’]", "", match["grouped"]).replace(",", "."))
    if match["english"]:
        return Decimal(match["english"].replace(",", ""))
    plain = match["plain"]
    if re.fullmatch(r"[1-9]\d{0,2},\d{3}", plain) and (language in ("es", "und") or plain.endswith(",000")):
        # Spanish has either mark, and so may a language that nobody could name; no decimals are three noughts.
        return Decimal(plain.replace(",", ""))
    return Decimal(plain.replace(",", "."))


def _scale(text: str, last: int) -> tuple[int, int]:
    """The scale words behind a number ("mil millones" are two) and where they end."""
    scale = 1
    for _ in range(2):
        match = _BEHIND.match(text, last)
        if match is None or match["word"].lower() not in SCALES:
            break
        scale *= SCALES[match["word"].lower()]
        last = match.end("word")
    if scale > 1 and _STOPPED.match(text, last):
        last += 1
    return scale, last


def _unit(text: str, last: int) -> tuple[str, str, int]:
    two = _TWO_WORDS.match(text, last)
    if two is not None:
        return "%", "percent", two.end()
    link = _LINKS.match(text, last)
    match = _BEHIND.match(text, link.end() if link else last)
    if match is None:
        return "1", "cardinal", last
    word = match["word"].lower()
    if word in CURRENCIES:
        return CURRENCIES[word], "money", match.end("word")
    if word in PERCENT and not link:
        return "%", "percent", match.end("word")
    if word in MEASURES and not link:
        return MEASURES[word], "measure", match.end("word")
    return "1", "cardinal", last


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
