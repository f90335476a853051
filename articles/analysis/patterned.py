"""Names that their pattern gives away: storms, battles, military units, products before their kind, bracketed acronyms.

They are found before the learnt finder cuts the rest, which sees too few of them to know them. Titles of office that
stand before a name ("Transport Secretary Anna Low") are set aside here too, since they name nobody.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from . import gazetteer
from .grouping import STORMS
from .lexicon import words
from .roles import FIELDS, TRADES
from .tokens import Token

_NO_STORM = words(
    """
    center centre season warning warnings watch force shadow prediction research chasers surge damage troopers area
    alley response relief recovery
    """
)
_FOUGHT = words("battle siege treaty massacre storming sack")
_UNITS = words(
    """
    division brigade regiment battalion squadron corps fleet airborne infantry wing army cavalry marines armored
    armoured guards rifles platoon flotilla
    """
)
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)$")
_ORDINALS = words("first second third fourth fifth sixth seventh eighth ninth tenth")
# Plain class nouns: what stands capitalised before one is its make.
PRODUCTS = words(
    """
    missile missiles tank tanks jet jets fighter fighters drone drones rocket rockets rifle rifles helicopter
    helicopters bomber bombers launcher launchers smartphone smartphones torpedo torpedoes pistol pistols howitzer
    howitzers airliner airliners sedan sedans hatchback hatchbacks suv suvs minivan minivans pickup pickups
    motorcycle motorcycles scooter scooters laptop laptops tablet tablets console consoles smartwatch handset handsets
    vaccine vaccines submarine submarines frigate frigates destroyer destroyers satellite satellites
    """
)
# Too plain by themselves ("Army vehicles", "Police cars"): they need a maker before the name.
_VEHICLES = words("car cars truck trucks van vans vehicle vehicles bus buses bike bikes plane planes model models")
_TAKEN = words(
    """
    cruise ballistic nuclear guided anti-aircraft anti-tank air surface cold soviet allied enemy royal navy army police
    coast marine presidential medical western eastern northern southern main battle covid covid-19 coronavirus flu polio
    """
)
BODY_HEADS = words(
    """
    ministry department institute institution party university college school agency committee commission council board
    bank corporation company group association society union federation foundation organisation organization league
    club police army navy force forces guard corps bureau office authority administration service services network
    airlines airways congress assembly parliament coalition alliance front movement centre center trust fund academy
    """
)
_SHORT = re.compile(r"[A-Z][A-Za-z&.-]{0,6}[A-Z]\.?$|[A-Z]{2,8}$")
_LEGAL = words("ltd plc inc corp llc gmbh")
_LINK_WORDS = words("of for the and de la & on in to")
_LONGEST_FULL = 10
_OFFICES = words("secretary minister commissioner spokesman spokeswoman spokesperson correspondent editor chief")


class Patterned(NamedTuple):
    """Tokens ``[first, last)`` of a sentence and what they name; kind "" names nothing."""

    sentence: int
    first: int
    last: int
    kind: str


def find_patterned(sentences: Sequence[Sequence[Token]]) -> list[Patterned]:
    """Names by pattern, in order, none overlapping another; what one sentence tells holds in all.

    >>> from .tokens import tokenise
    >>> line = "Hurricane Ida hit as the 7th Fleet fired two Stinger missiles."
    >>> tokens = tokenise(line, 0, len(line))
    >>> [(" ".join(t.text for t in tokens[p.first : p.last]), p.kind) for p in find_patterned([tokens])]
    [('Hurricane Ida', 'event'), ('7th Fleet', 'organisation'), ('Stinger', 'product')]
    """
    found: list[Patterned] = []
    brackets: list[tuple[int, int]] = []
    told: dict[str, str] = {}
    for number, tokens in enumerate(sentences):
        past = 0
        for at, token in enumerate(tokens):
            initial = token.text[0]
            if initial == "(":
                brackets.append((number, at))
            if at < past or not (initial.isupper() or initial.isdigit()):
                continue
            here = _at(tokens, at, number)
            if here is not None:
                found.append(here)
                past = here.last
                if here.kind == "product":
                    told[tokens[here.last - 1].text] = "product"
    taken = {(p.sentence, at) for p in found for at in range(p.first, p.last)}
    for full in _bracketed(sentences, brackets):
        short = sentences[full.sentence][full.last + 1]
        told[short.text] = full.kind
        if not any((full.sentence, at) in taken for at in range(full.first, full.last)):
            found.append(full)
    return sorted([*found, *_again(sentences, found, told)] if told else found)


def _at(tokens: Sequence[Token], at: int, number: int) -> Patterned | None:
    word = tokens[at].lower
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None:
        return None
    known = _known(tokens, at) or _incorporated(tokens, at)
    if known:
        return Patterned(number, at, known, "organisation")
    if word in STORMS and following.is_capitalised and following.lower not in _NO_STORM and following.text.isalpha():
        first = at - 1 if at and tokens[at - 1].text in ("Tropical", "Winter") else at
        return Patterned(number, first, at + 2, "event")
    if word in _FOUGHT and following.lower == "of":
        last = at + 2 + (at + 2 < len(tokens) and tokens[at + 2].lower == "the")
        if last < len(tokens) and tokens[last].is_capitalised:
            while last < len(tokens) and tokens[last].is_capitalised:
                last += 1
            return Patterned(number, at, last, "event")
        return None
    if _ORDINAL.match(word) or word in _ORDINALS:
        return _unit(tokens, at, number)
    if word in FIELDS and following.lower in _OFFICES and at + 2 < len(tokens) and tokens[at + 2].is_capitalised:
        # "Transport Secretary Anna Low"
        return Patterned(number, at, at + 2, "") if following.is_capitalised else None
    if following.lower in PRODUCTS or following.lower in _VEHICLES:
        return _product(tokens, at, number)
    return None


@cache
def _linked_names() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Known bodies with a small word in their name, by its first: the learnt finder is apt to cut them in two."""
    known: dict[str, list[tuple[str, ...]]] = {}
    for name in gazetteer.organisations():
        parts = tuple(name.split())
        if any(p in ("of", "for") for p in parts[1:-1]):
            known.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(rest, key=len, reverse=True)) for first, rest in known.items()}


def _known(tokens: Sequence[Token], at: int) -> int:
    for parts in _linked_names().get(tokens[at].text, ()):
        if tuple(t.text for t in tokens[at : at + len(parts)]) == parts:
            return at + len(parts)
    return 0


def _incorporated(tokens: Sequence[Token], at: int) -> int:
    """Where a firm's name ends whose legal form says so: "Norvane Holdings plc"."""
    if tokens[at].lower in ("the", "a", "an") or not tokens[at].text[0].isalpha():
        return 0
    for last in range(at + 1, min(at + 6, len(tokens))):
        if tokens[last].lower.rstrip(".") in _LEGAL:
            return last + 1
        if not (tokens[last].is_capitalised or tokens[last].text == "&"):
            return 0
    return 0


def _unit(tokens: Sequence[Token], at: int, number: int) -> Patterned | None:
    last = at + 1
    while last < len(tokens) and last - at < 6 and tokens[last].is_capitalised:
        last += 1
    while last > at + 1 and tokens[last - 1].lower not in _UNITS:
        last -= 1
    is_plain = tokens[at].lower in _ORDINALS and tokens[last - 1].lower == "division" and last == at + 2
    return Patterned(number, at, last, "organisation") if last > at + 1 and not is_plain else None


def _product(tokens: Sequence[Token], at: int, number: int) -> Patterned | None:
    text, before = tokens[at].text, tokens[at - 1] if at else None
    is_made = before is not None and before.text in gazetteer.organisations()
    is_word = not is_made and (at == 0 or tokens[at].lower in _TAKEN)
    if is_word or (tokens[at + 1].lower in _VEHICLES and not is_made) or (text.isupper() and len(text) < 5):
        return None
    if before is not None and before.is_capitalised and not (is_made or _is_origin(before)):
        return None
    if (
        text in gazetteer.country_by_demonym()
        or text in gazetteer.organisations()
        or text in gazetteer.places()
        or tokens[at].lower in FIELDS
        or tokens[at].lower in TRADES
    ):
        return None
    return Patterned(number, at, at + 1, "product")


def _is_origin(token: Token) -> bool:
    """Whether a word tells where a product comes from: "Russian", "U.S.", "Iranian-made"."""
    return (
        token.text in gazetteer.country_by_demonym()
        or token.text in gazetteer.country_by_name()
        or token.lower.endswith(("-made", "-built", "-supplied"))
    )


def _bracketed(sentences: Sequence[Sequence[Token]], brackets: Sequence[tuple[int, int]]) -> Iterator[Patterned]:
    """Names with their acronym in brackets behind them, where the name says that it is a body's."""
    for number, at in brackets:
        tokens = sentences[number]
        if at and at + 2 < len(tokens) and tokens[at + 2].text == ")" and _SHORT.match(tokens[at + 1].text):
            first = full_form(tokens, at, tokens[at + 1].text)
            if first is not None and any(t.lower in BODY_HEADS for t in tokens[first:at]):
                yield Patterned(number, first, at, "organisation")


def full_form(tokens: Sequence[Token], end: int, short: str) -> int | None:
    """Where the words before `end` begin of which `short` has the initials; None where they do not fit.

    >>> from .tokens import tokenise
    >>> line = "the Department of Transportation (DoT)"
    >>> full_form(tokenise(line, 0, len(line)), 4, "DoT")
    1
    """
    letters = [c for c in short.lower() if c.isalpha()]
    at = end - 1
    while letters and at >= 0 and end - at <= _LONGEST_FULL:
        token = tokens[at]
        if token.is_capitalised and token.lower[0] == letters[-1]:
            letters.pop()
        elif not token.is_word:
            if token.text not in ("’", "'", "&", "’s", "'s"):
                return None
        elif token.lower in _LINK_WORDS:
            if token.lower[0] == letters[-1] and len(letters) > 1 and short[len(letters) - 1].islower():
                letters.pop()
        else:
            return None
        if not letters:
            return at
        at -= 1
    return None


def _again(
    sentences: Sequence[Sequence[Token]], found: Sequence[Patterned], told: dict[str, str]
) -> Iterator[Patterned]:
    """The same words elsewhere: "the Corolla" after "Toyota Corolla sedans", "the DoT" after its full name."""
    taken = {(p.sentence, at) for p in found for at in range(p.first, p.last)}
    for number, tokens in enumerate(sentences):
        for at, token in enumerate(tokens):
            kind = told.get(token.text)
            if kind is None or (number, at) in taken:
                continue
            is_part = any(
                0 <= i < len(tokens) and tokens[i].is_capitalised and tokens[i].text not in gazetteer.organisations()
                for i in ((at - 1, at + 1) if at != 1 else (at + 1,))
            )
            if not is_part or kind == "organisation":
                yield Patterned(number, at, at + 1, kind)
