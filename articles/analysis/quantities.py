"""Numbers, percentages, money, measures and votes as intervals that can be compared.

"No less than 5,000" and "over 8 million" say different things about the same number, so every quantity is an interval
with its bound; measures are also converted, so that 6 km and 6,000 m agree. Digits that only label something (F-35,
No. 10, Boeing 737, Section 2), clock times and the numbers inside dates are no quantities.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from .ages import find_age_head, read_age_decade
from .dates import find_dates
from .heads import find_head, is_plural
from .labels import is_label
from .lexicon import words
from .measuring import bound_after, bound_before, bound_behind, currency_before, unit_behind
from .numerals import SCALES, SUFFIX_SCALES, Numeral, openers, read_numeral, scaled
from .pairs import read_pair
from .quantities_abroad import find_quantities_abroad
from .shares import read_share, with_ratio
from .tokens import Token, tokenise_sentences
from .types import Bound, Quantity, Sentence, Span
from .units_of_measure import CURRENCY_SIGNS, LONGEST
from .word_classes import PREPOSITIONS

_RANGING = words("range ranging ranges ranged varying varies anything anywhere estimates estimated between by")
_TO_PAY = words(
    """
    fined fine paid pay pays paying cost costs costing worth spent spend price priced prize loan debt salary fee bill
    bail raised raise earn earned earning owe owed donated donate compensation damages budget grant charged charge sold
    """
)
_WEIGHING = words("weigh weighs weighed weighing weight lost lose gained gain lifted lifting thrust heavier lighter")
_DIMENSIONS = words("deep wide long tall high away above below from thick apart across sprint hurdles relay freestyle")
_RACES = words("hurdles heats finals relays sprints butterfly backstroke")


def find_quantities(
    text: str,
    sentences: Sequence[Sentence],
    *,
    published: date | None = None,
    tokens: Sequence[Sequence[Token]] | None = None,
    language: str = "en",
) -> tuple[Quantity, ...]:
    """All quantities and dates of a text in order, none overlapping another; `tokens` are those of the sentences.

    In another `language` than English the numbers are read as that language prints them, without what they count.

    >>> from .sentences import split_sentences
    >>> text = "Head\\n\\nThe port lost no less than 5,000 crates and 12 percent of its staff."
    >>> [(q.low, q.high, q.unit, q.head) for q in find_quantities(text, split_sentences(text))]
    [('5000', None, '1', 'crate'), ('12', '12', '%', 'staff')]
    """
    if language != "en":
        return find_quantities_abroad(text, sentences, language)
    dates = find_dates(text, sentences, published)
    taken = [d.span for d in dates]
    found: list[Quantity] = list(dates)
    index = 0
    for sentence, words_of in zip(sentences, tokens or tokenise_sentences(text, sentences), strict=True):
        start, end = sentence.span.start, sentence.span.end
        while index < len(taken) and taken[index].end <= start:
            index += 1
        here = []
        while index < len(taken) and taken[index].start < end:
            here.append(taken[index])
            index += 1
        found += _in_sentence(text, words_of, here)
    found.sort(key=lambda q: (q.span.start, q.span.end))
    return tuple(found)


def _in_sentence(text: str, tokens: Sequence[Token], dates: Sequence[Span]) -> list[Quantity]:
    found: list[Quantity] = []
    opening = openers()
    at = date = 0
    while at < len(tokens):
        token = tokens[at]
        if not token.text[0].isdigit() and token.lower not in opening:
            at += 1
            continue
        while date < len(dates) and dates[date].end <= token.start:
            date += 1
        upcoming = dates[date] if date < len(dates) else None
        if upcoming is not None and upcoming.start <= token.start:
            at += 1
            continue
        pair = read_pair(text, tokens, at)
        if pair is not None and _is_free(pair[0].span, found, upcoming):
            found.append(pair[0])
            at = pair[1]
            continue
        decade = read_age_decade(tokens, at)
        if decade is not None:
            quantity = _age(tokens, at, *decade)
            if _is_free(quantity.span, found, upcoming):
                found.append(quantity)
            at += 1
            continue
        numeral = _read(tokens, at)
        if numeral is None or is_label(text, tokens, numeral):
            at += 1
            continue
        counted, last = _quantity(text, tokens, numeral)
        if counted is not None and _is_free(counted.span, found, upcoming):
            found.append(counted)
        at = max(last, at + 1)
    return found


def _is_free(span: Span, found: Sequence[Quantity], upcoming: Span | None) -> bool:
    """Whether a span overlaps neither the number before it nor the next date."""
    return (not found or found[-1].span.end <= span.start) and (upcoming is None or not upcoming.overlaps(span))


def _read(tokens: Sequence[Token], at: int) -> Numeral | None:
    share = read_share(tokens, at)
    if share is not None:
        return share
    numeral = read_numeral(tokens, at)
    return None if numeral is None else with_ratio(tokens, numeral)


def _age(tokens: Sequence[Token], at: int, first: int, low: int, high: int) -> Quantity:
    span = Span(tokens[first].start, tokens[at].end)
    return Quantity(span, str(low), str(high), "a", "range", "", float(low), float(high), "a", kind="age")


def _quantity(text: str, tokens: Sequence[Token], numeral: Numeral) -> tuple[Quantity | None, int]:
    first, last = numeral.first, numeral.last
    if numeral.is_ordinal:
        value = _plain(numeral.low)
        head = find_head(tokens, last)
        span = Span(tokens[first].start, tokens[last - 1].end)
        return (Quantity(span, value, value, "1", "exact", head, kind="ordinal"), last) if head else (None, last)
    if numeral.is_share:
        return _share(tokens, numeral)
    currency, first = currency_before(tokens, first)
    if currency or _counts_many(tokens, numeral):
        numeral = scaled(_with_letter(tokens, numeral) if currency else numeral)
        last = numeral.last
    low, high = numeral.low, numeral.high
    bound: Bound = numeral.bound or ("vague" if numeral.is_vague else "exact")
    suffix, unit_word = numeral.suffix, numeral.unit_word
    partner = _range_partner(tokens, numeral, bool(currency))
    if partner is not None:
        other, is_between = partner
        if currency or _counts_many(tokens, other):
            other = scaled(_with_letter(tokens, other) if currency else other)
        low, high, last = _joined(tokens, numeral, other)
        bound = "range"
        if is_between and first and tokens[first - 1].lower in ("between", "from"):
            first -= 1
        suffix, unit_word = other.suffix, other.unit_word
    unit, kind, last, base = unit_behind(tokens, last, currency, suffix, unit_word)
    if kind == "none":
        return None, last
    if unit == "[lb_av]" and _is_sterling(tokens, first, last, high):
        unit, kind, base = "GBP", "money", ("GBP", Decimal(1))
    if kind == "cardinal" and 0 < high < 1 and tokens[last : last + 1] and tokens[last].lower == "points":
        # "cut rates by 0.25 points"
        unit, kind, last, base = "[pp]", "points", last + 1, ("[pp]", Decimal(1))
    if unit == "KRW" and high < 1000 and tokens[last - 1].lower == "won":
        # "12 won their seats"
        unit, kind, base, last = "1", "cardinal", ("1", Decimal(1)), last - 1
    if kind == "money":
        # Cents and pence are printed as they are and stored in the currency.
        low, high, base = low * base[1], high * base[1], (base[0], Decimal(1))
    if kind == "measure" and partner is None and bound == "exact":
        low, last = _with_smaller(tokens, last, low, base)
        high = low
    if (unit in ("Cel", "[degF]", "%") or (tokens[last : last + 1] and tokens[last].lower == "degrees")) and first:
        sign = tokens[first - 1]
        is_glued = sign.text in ("-", "−", "–") and sign.end == tokens[first].start
        if sign.lower == "minus" or (is_glued and (first < 2 or tokens[first - 2].end < sign.start)):
            low, high, first = -high, -low, first - 1
    if bound == "exact":
        bound, first = bound_before(tokens, first)
        bound, last = bound_after(tokens, last, bound)
    elif bound == "vague":
        first = bound_before(tokens, first)[1]
    low_text, high_text = _interval(low, high, bound)
    if len(low_text or "") > LONGEST or len(high_text or "") > LONGEST:
        return None, last
    head = ""
    if kind == "cardinal" and partner is None:
        owner = find_age_head(tokens, first, last, numeral)
        if owner is not None:
            kind, unit, base, head = "age", "a", ("a", Decimal(1)), owner
    if not head and (kind != "age" or tokens[last - 1].lower.endswith(("old", "olds"))):
        head = find_head(tokens, last)
    if bound == "exact" and head and kind == "cardinal":
        bound, last = bound_behind(tokens, last)
        low_text, high_text = _interval(low, high, bound)
    quantity = Quantity(
        Span(tokens[first].start, tokens[last - 1].end),
        low_text,
        high_text,
        unit,
        bound,
        head,
        _base(low_text, unit, base[1]),
        _base(high_text, unit, base[1]),
        base[0],
        kind=kind,
    )
    return quantity, last


def _share(tokens: Sequence[Token], numeral: Numeral) -> tuple[Quantity, int]:
    """A part of a whole: the fraction as printed, a percentage for comparing."""
    bound, first = bound_before(tokens, numeral.first)
    low, high = _interval(numeral.low, numeral.high, bound)
    percent = [None if value is None else round(float(value) * 100, 2) for value in (low, high)]
    head = find_head(tokens, numeral.last)
    span = Span(tokens[first].start, tokens[numeral.last - 1].end)
    return Quantity(span, low, high, "1", bound, head, percent[0], percent[1], "%", kind="share"), numeral.last


def _base(value: str | None, unit: str, factor: Decimal) -> float | None:
    if value is None:
        return None
    if unit == "[degF]":
        return round((float(value) - 32) / 1.8, 6)
    return float(Decimal(value) * factor)


def _with_letter(tokens: Sequence[Token], numeral: Numeral) -> Numeral:
    """ "$3 m": the scale as a letter of its own, which only money has."""
    if numeral.suffix or numeral.last >= len(tokens) or tokens[numeral.last].text not in ("m", "b", "k", "M", "B", "K"):
        return numeral
    return numeral._replace(last=numeral.last + 1, suffix=tokens[numeral.last].lower)


def _counts_many(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether a glued "m" stands for millions and not for metres: "1.5m people", but "a 1.5m wall", "100m hurdles"."""
    if numeral.suffix not in ("m", "b"):
        return False
    for at, token in enumerate(tokens[numeral.last : numeral.last + 4], numeral.last):
        word = token.lower
        if not word[0].isalpha() or word in PREPOSITIONS or word in _DIMENSIONS or word in _RACES:
            return False
        if is_plural(word):
            return at + 1 >= len(tokens) or not tokens[at + 1].lower.startswith("'")
    return False


def _joined(tokens: Sequence[Token], numeral: Numeral, other: Numeral) -> tuple[Decimal, Decimal, int]:
    """Both ends of a range and the token behind it; in "5 to 6 million" the scale holds for both ends."""
    low, high = min(numeral.low, other.low), max(numeral.high, other.high)
    scale = SCALES.get(tokens[other.last - 1].lower) or SUFFIX_SCALES.get(tokens[other.last - 1].text[-1:].lower(), 1)
    if (
        other.low > 999
        and low < 1000 <= other.low
        and other.low % scale == 0
        and SCALES.get(tokens[numeral.last - 1].lower, 1) == 1
        and low * scale <= high
    ):
        low *= scale
    return low, high, other.last


def _with_smaller(tokens: Sequence[Token], last: int, value: Decimal, base: tuple[str, Decimal]) -> tuple[Decimal, int]:
    """A measure with its smaller part: "6ft 2in", "two hours and 15 minutes"."""
    at = last
    if at < len(tokens) and tokens[at].lower == "and" and base[0] == "s":
        at += 1
    if at >= len(tokens) or not (tokens[at].text[0].isdigit() or tokens[at].lower in openers()):
        return value, last
    more = read_numeral(tokens, at)
    if more is None or more.is_vague or more.is_ordinal:
        return value, last
    _, kind, end, smaller = unit_behind(tokens, more.last, "", more.suffix, more.unit_word)
    if kind != "measure" or smaller[0] != base[0] or more.low * smaller[1] >= base[1]:
        return value, last
    return round(value + more.low * smaller[1] / base[1], 4), end


def _is_sterling(tokens: Sequence[Token], first: int, last: int, value: Decimal) -> bool:
    """Whether "pounds" are money: by the words around them, and from a million on unless *of* a thing."""
    if not tokens[last - 1].lower.startswith("pound") or tokens[last - 1].text.endswith("pound"):
        return False
    if last < len(tokens) and tokens[last].lower in ("of", "per", "heavier", "lighter"):
        return tokens[last].lower == "per" and value >= 10**6
    before = {token.lower for token in tokens[max(0, first - 6) : first]}
    if before & _WEIGHING and not before & (_TO_PAY - {"raised", "raise"}):
        return False
    return value >= 10**6 or bool(before & _TO_PAY)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _interval(low: Decimal, high: Decimal, bound: Bound) -> tuple[str | None, str | None]:
    if bound in ("at_least", "more_than"):
        return _plain(low), None
    if bound in ("at_most", "less_than"):
        return None, _plain(high)
    return _plain(low), _plain(high)


def _range_partner(tokens: Sequence[Token], numeral: Numeral, is_money: bool) -> tuple[Numeral, bool] | None:
    at = numeral.last
    if at + 1 >= len(tokens) or numeral.is_vague:
        return None
    link = tokens[at].lower
    start = numeral.first - is_money
    before = tokens[start - 1].lower if start > 0 else ""
    if link not in ("to", "–", "-", "or") and not (link == "and" and before == "between"):
        return None
    next_at = at + 1
    if tokens[next_at].text in CURRENCY_SIGNS and next_at + 1 < len(tokens):
        next_at += 1
    other = read_numeral(tokens, next_at)
    if other is None or other.is_ordinal or other.is_vague or other.low <= numeral.low:
        return None
    if link in ("–", "-") and tokens[at].start != tokens[at - 1].end:
        return None
    if link == "to" and before == "from" and start > 1 and tokens[start - 2].lower not in _RANGING:
        # "rose from 5 to 6" is a change between two values, not a range; "From 60 to 70 people" opens a sentence.
        return None
    return other, before in ("between", "from")
