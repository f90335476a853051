"""Numbers, percentages, money, measures and votes as intervals that can be compared.

"No less than 5,000" and "over 8 million" say different things about the same number, so every quantity is an interval
with its bound; measures are also converted, so that 6 km and 6,000 m agree. Digits that only label something (F-35,
No. 10, Boeing 737, Section 2), clock times and the numbers inside dates are no quantities.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

import snowballstemmer

from .dates import find_dates
from .lexicon import words
from .measuring import bound_after, bound_before, currency_before, unit_behind
from .numerals import SCALES, Numeral, openers, read_numeral, scaled
from .text import fold
from .tokens import Token, tokenise_sentences
from .types import Bound, Quantity, Sentence, Span
from .units_of_measure import CURRENCY_SIGNS
from .word_classes import AUXILIARIES, PREPOSITIONS, SUBORDINATORS, is_verb_like

_STEMMER = snowballstemmer.stemmer("english")
_LABELS = words(
    """
    no no. nos. number section article title chapter page flight route highway room channel district precinct type
    model version volume vol. phase level apollo boeing airbus windows interstate i- figure table gate terminal
    amendment proposition prop. resolution bill class division platform psalm verse act line item appendix part
    """
)
_NOT_HEADS = words("more other new or additional times of and to in per a an the such people’s")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}$")
_GAME = re.compile(r"\b(?:won|wins?|beat|victory|defeat|draw|scored?|match|game)\b", re.I)
_VOTE_BEFORE = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|ruled|ruling|passed|approved|confirmed|rejected|split|acquitted|decided|decision)\b[^.]{0,24}$",
    re.I,
)
_VOTE_AFTER = re.compile(r"[ -](?:vote|decision|ruling|split|majority|margin|in favou?r|along party)\b", re.I)


def find_quantities(
    text: str,
    sentences: Sequence[Sentence],
    *,
    published: date | None = None,
    tokens: Sequence[Sequence[Token]] | None = None,
) -> tuple[Quantity, ...]:
    """All quantities and dates of a text in order, none overlapping another; `tokens` are those of the sentences.

    >>> from .sentences import split_sentences
    >>> text = "Head\\n\\nThe port lost no less than 5,000 crates and 12 percent of its staff."
    >>> [(q.low, q.high, q.unit, q.head) for q in find_quantities(text, split_sentences(text))]
    [('5000', None, '1', 'crate'), ('12', '12', '%', 'staff')]
    """
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
        pair = _pair(text, tokens, at)
        if pair is not None:
            found.append(pair)
            at += 1
            continue
        numeral = read_numeral(tokens, at)
        if numeral is None or _is_label(text, tokens, numeral):
            at += 1
            continue
        quantity, last = _quantity(text, tokens, numeral)
        if quantity is not None and (upcoming is None or not upcoming.overlaps(quantity.span)):
            found.append(quantity)
        at = max(last, at + 1)
    return found


def _is_label(text: str, tokens: Sequence[Token], numeral: Numeral) -> bool:
    first, last = tokens[numeral.first], tokens[numeral.last - 1]
    before = tokens[numeral.first - 1] if numeral.first else None
    after = tokens[numeral.last] if numeral.last < len(tokens) else None
    is_digit = first.text[0].isdigit()
    joined_before = text[first.start - 1] if first.start else " "
    joined_after = text[last.end] if last.end < len(text) else " "
    if is_digit and (joined_before in "#@/_&:" or joined_after in "/_@&"):
        return True
    if is_digit and (
        _CLOCK.match(first.text)
        or (after is not None and after.lower in ("a.m.", "p.m.", "am", "pm", "o'clock", "a.m", "p.m"))
    ):
        return not (after is not None and after.lower in ("percent", "per", "%", "million", "billion"))
    if before is not None and before.text == "." and numeral.first > 1:
        before = tokens[numeral.first - 2] if tokens[numeral.first - 2].lower in ("no", "nos") else before
    if before is not None and before.lower in _LABELS and is_digit and before.lower != "bill":
        return True
    word = first.lower
    if word == "one":
        if before is not None and before.lower in (
            "the",
            "no",
            "this",
            "that",
            "any",
            "every",
            "each",
            "some",
            "which",
            "a",
            "another",
            "only",
        ):
            return True
        return (
            after is None
            or not after.text[0].isalpha()
            or after.text[0].isupper()
            or after.lower in PREPOSITIONS | AUXILIARIES | SUBORDINATORS
            or after.lower
            in (
                "day",
                "another",
                "more",
                "who",
                "thing",
                "side",
                "hand",
                "way",
                "time",
                "can",
                "and",
                "or",
                "such",
                "said",
                "year",
            )
        )
    if word in ("a", "an") and numeral.last == numeral.first + 1:
        return True
    if word == "second" and (after is None or after.lower in (",", "to", "of")):
        return True
    if word == "first" and (
        before is None
        or before.lower not in ("the", "a", "his", "her", "its", "their", "our", "’s", "'s")
        or after is None
        or after.lower in PREPOSITIONS
        or after.text[0].isupper()
    ):
        return True
    if word in ("zero", "half") and numeral.last == numeral.first + 1:
        return word == "half"
    if (
        is_digit
        and not numeral.is_ordinal
        and before is not None
        and before.is_capitalised
        and before.lower not in PREPOSITIONS
        and numeral.first > 1
    ):
        # "Boeing 737", "Apollo 11": a capitalised word before and nothing counted behind.
        is_counted = after is not None and (
            (
                after.text[0].isalpha()
                and after.text[0].islower()
                and after.lower not in PREPOSITIONS | AUXILIARIES
                and after.lower != "and"
            )
            or after.text in ("%", "-", "–")
        )
        return not is_counted and "," not in first.text and "." not in first.text and numeral.last == numeral.first + 1
    return False


def _quantity(text: str, tokens: Sequence[Token], numeral: Numeral) -> tuple[Quantity | None, int]:
    first, last = numeral.first, numeral.last
    if numeral.is_ordinal:
        value = _plain(numeral.low)
        head = _head(tokens, last)
        span = Span(tokens[first].start, tokens[last - 1].end)
        return (Quantity(span, value, value, "1", "exact", head, kind="ordinal"), last) if head else (None, last)
    low, high, bound = numeral.low, numeral.high, "vague" if numeral.is_vague else "exact"
    currency, first = currency_before(tokens, first)
    if currency:
        numeral = scaled(numeral)
        low, high = numeral.low, numeral.high
    partner = _range_partner(tokens, numeral, bool(currency))
    if partner is not None:
        other, is_between = partner
        if currency:
            other = scaled(other)
        low, high, bound, last = min(low, other.low), max(high, other.high), "range", other.last
        if (
            other.low > 999
            and low < 1000 <= other.low
            and _has_scale(tokens, other)
            and not _has_scale(tokens, numeral)
        ):
            # "5 to 6 million": the scale holds for both ends.
            low *= _scale_of(tokens, other)
            low, high = min(low, high), max(low, high)
        if is_between and first and tokens[first - 1].lower in ("between", "from"):
            first -= 1
        suffix, unit_word = other.suffix, other.unit_word
    else:
        suffix, unit_word = numeral.suffix, numeral.unit_word
    unit, kind, last, base = unit_behind(tokens, last, currency, suffix, unit_word)
    if kind == "none":
        return None, last
    if bound == "exact":
        bound, first = bound_before(tokens, first)
        bound, last = bound_after(tokens, last, bound)
    elif bound == "vague":
        first = bound_before(tokens, first)[1]
    low_text, high_text = _interval(low, high, bound)  # type: ignore[arg-type]
    if kind == "cardinal" and _is_age(tokens, first, last):
        kind, unit, base = "age", "a", ("a", Decimal(1))
    head = _head(tokens, last) if kind not in ("age",) else ""
    factor = base[1]
    quantity = Quantity(
        Span(tokens[first].start, tokens[last - 1].end),
        low_text,
        high_text,
        unit,
        bound,  # type: ignore[arg-type]
        head,
        None if low_text is None else float(Decimal(low_text) * factor),
        None if high_text is None else float(Decimal(high_text) * factor),
        base[0],
        kind=kind,
    )
    return quantity, last


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
    before = tokens[numeral.first - 1].lower if numeral.first else ""
    if is_money and numeral.first > 1:
        before = tokens[numeral.first - 2].lower
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
    if link == "to" and before == "from":
        # "rose from 5 to 6" is a change between two values, not a range.
        return None
    return other, link == "and"


def _has_scale(tokens: Sequence[Token], numeral: Numeral) -> bool:
    return _scale_of(tokens, numeral) > 1


def _scale_of(tokens: Sequence[Token], numeral: Numeral) -> int:
    return SCALES.get(tokens[numeral.last - 1].lower, 1)


_PAIR = re.compile(r"(\d{1,3})-(?:to-)?(\d{1,3})$")


def _pair(text: str, tokens: Sequence[Token], at: int) -> Quantity | None:
    """ "a 52-48 vote", "won 3-1" are two numbers that belong together; "10-15 people" is a range."""
    token = tokens[at]
    match = _PAIR.match(token.text)
    if (
        match is None
        or (token.start and text[token.start - 1] in "$£€-/")
        or text[token.end : token.end + 1] in ("-", "/")
    ):
        return None
    low, high = sorted((int(match[1]), int(match[2])))
    span = Span(token.start, token.end)
    around = text[max(0, token.start - 40) : token.end + 30]
    if _VOTE_BEFORE.search(text[max(0, token.start - 50) : token.start]) or _VOTE_AFTER.match(text, token.end):
        return Quantity(span, str(low), str(high), "1", "exact", "vote", kind="vote")
    if int(match[1]) > int(match[2]) or _GAME.search(around):
        return Quantity(span, str(low), str(high), "1", "exact", "score", kind="score")
    unit, kind, last, base = unit_behind(tokens, at + 1, "", "", "")
    scale = 1
    if last == at + 1 and last < len(tokens):
        scale = SCALES.get(tokens[last].lower, 1)
    if low == high or kind == "none":
        return None
    low, high = low * scale, high * scale
    whole = Span(token.start, tokens[last - 1].end)
    head = _head(tokens, last + (scale > 1))
    base_low, base_high = float(low * base[1]), float(high * base[1])
    return Quantity(whole, str(low), str(high), unit, "range", head, base_low, base_high, base[0], kind=kind)


def _is_age(tokens: Sequence[Token], first: int, last: int) -> bool:
    if last - first != 1 or not tokens[first].text.isdigit() or not 0 < int(tokens[first].text) < 120:
        return False
    before = tokens[first - 1] if first else None
    after = tokens[last].text if last < len(tokens) else "."
    if before is None:
        return False
    if before.lower in ("aged", "age"):
        return True
    return before.text == "," and after in (",", ".", ";") and first > 1 and tokens[first - 2].is_capitalised


def _head(tokens: Sequence[Token], at: int) -> str:
    """The stem of what is counted: the first plural behind the number, else the word next to it."""
    if at < len(tokens) and tokens[at].lower == "of":
        at += 1
        while at < len(tokens) and tokens[at].lower in ("the", "its", "his", "her", "their", "all", "those", "these"):
            at += 1
    fallback = ""
    for token in tokens[at : at + 7]:
        word = token.lower
        if not token.text[0].isalpha() or word in PREPOSITIONS or word in AUXILIARIES or word in SUBORDINATORS:
            break
        if word in ("and", "or", "but", "who", "which", "he", "she", "they", "it", "we", "i"):
            break
        if fallback and is_verb_like(token) and not word.endswith("ed"):
            break
        if word in _NOT_HEADS:
            continue
        if (word.endswith("s") and "-" not in word and not word.endswith(("ss", "us", "is"))) or word in (
            "people",
            "men",
            "women",
            "children",
            "troops",
        ):
            return stem(word)
        fallback = fallback or word
        if token.text[0].islower() and not word.endswith(("ed", "ing", "an", "ic", "al", "ive")) and "-" not in word:
            fallback = word
    return stem(fallback) if fallback else ""


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """The folded stem of one word.

    >>> stem("Marines")
    'marin'
    """
    return str(_STEMMER.stemWord(fold(word)))
