"""Decides which names of one article name the same thing.

Full forms come first; a shorter form joins the full form it can shorten. A last name that two people of the article
share goes to the one who was named in full last, as a reader would take it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from . import gazetteer
from .lexicon import words
from .text import fold
from .types import EntityKind, Span

_SMALL = words("of the and for de la in on & a")
_WORD = re.compile(r"[^\W_]+")
_SUFFIXES = words("jr jr. sr sr. ii iii iv")
STORMS = words("hurricane typhoon cyclone storm supertyphoon superstorm")
# What a short form of an organisation's name leaves out.
COMPANY_ENDS = words(
    """
    corp corporation inc incorporated ltd limited plc llc group holdings company co gmbh ag sa motors motor airlines
    airways industries technologies party enterprises international bank pharmaceuticals foods energy
    """
)
# Heads that stand for the whole name once it was said.
GENERIC = words(
    """
    committee council commission board court ministry department agency university college institute foundation party
    union association federation authority assembly bureau office society club hospital school service company bank
    """
)
_ACRONYM = re.compile(r"[A-Z][A-Za-z&]{0,6}[A-Z]$")
_FEMALE = words(
    "mrs mrs. ms ms. miss lady dame queen princess congresswoman spokeswoman chairwoman actress councilwoman"
)
_MALE = words("mr mr. sir lord king prince congressman spokesman chairman pope father councilman")
NICKNAMES = {
    "joe": "joseph", "bob": "robert", "rob": "robert", "bill": "william", "will": "william", "jim": "james",
    "mike": "michael",
    "dick": "richard", "rick": "richard", "tom": "thomas", "ted": "edward", "ed": "edward", "tony": "anthony",
    "dave": "david", "dan": "daniel", "steve": "steven", "chris": "christopher", "matt": "matthew", "ben": "benjamin",
    "sam": "samuel", "alex": "alexander", "andy": "andrew", "chuck": "charles", "charlie": "charles", "jeff": "jeffrey",
    "greg": "gregory", "ken": "kenneth", "larry": "lawrence", "liz": "elizabeth", "beth": "elizabeth",
    "kate": "katherine",
    "kathy": "katherine", "sue": "susan", "pat": "patrick", "nick": "nicholas", "tim": "timothy", "don": "donald",
    "ron": "ronald", "jerry": "gerald", "harry": "harold", "jack": "john", "jon": "jonathan", "josh": "joshua",
    "newt": "newton",
    "mitt": "willard", "bernie": "bernard", "debbie": "deborah", "jeb": "john",
}  # fmt: skip


class NamedSpan(NamedTuple):
    """A name in the text with the title before it and the country the title belongs to."""

    span: Span
    surface: str
    kind: EntityKind
    title: str
    owner: str
    sentence: int


@dataclass(eq=False)
class Group:
    """One entity of the article while it is being gathered."""

    name: str
    kind: EntityKind
    names: list[NamedSpan] = field(default_factory=list)
    surfaces: dict[str, None] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)
    owners: set[str] = field(default_factory=set)

    def add(self, name: NamedSpan) -> None:
        self.names.append(name)
        self.surfaces[name.surface] = None
        self.titles.update(name.title.split())
        if name.title:
            self.titles.add(name.title)
        if name.owner:
            self.owners.add(name.owner)

    @property
    def gender(self) -> str:
        """ "m" or "f" where titles or the given name tell, else "b"."""
        if self.titles & _FEMALE:
            return "f"
        if self.titles & _MALE:
            return "m"
        first = self.name.split()[0] if " " in self.name else ""
        return gazetteer.given_names().get(first.split("-")[0], "b")


def group_names(names: Sequence[NamedSpan]) -> list[Group]:
    """Groups names into entities; every name lands in exactly one group.

    >>> from .types import Span
    >>> names = ["Ann Low", "Ole Berg", "Low"]
    >>> spans = [NamedSpan(Span(i, i + 1), s, "person", "", "", 0) for i, s in enumerate(names)]
    >>> [(g.name, len(g.names)) for g in group_names(spans)]
    [('Ann Low', 2), ('Ole Berg', 1)]
    """
    last_names = {_last(n.surface) for n in names if n.kind == "person" and " " in n.surface}
    first_names = {_parts(n.surface)[0] for n in names if n.kind == "person" and " " in n.surface}
    short = {word: kind for word, kind in short_forms(names).items() if fold(word) not in last_names | first_names}
    settled = [_retyped(n, last_names, first_names, short) for n in names]
    people = [n for n in settled if n.kind == "person"]
    groups = _group_people(people)
    groups += _group_others([n for n in settled if n.kind != "person"])
    return groups


def short_forms(names: Sequence[NamedSpan]) -> dict[str, EntityKind]:
    """One-word names that shorten a firm or a storm of the text: "Acme" of "Acme Corp"."""
    short: dict[str, EntityKind] = {}
    for name in names:
        parts = name.surface.split()
        if len(parts) > 1 and name.kind == "organisation" and parts[-1].lower().rstrip(".") in COMPANY_ENDS:
            short[parts[0]] = "organisation"
        elif name.kind == "event" and is_storm(name.surface):
            short[parts[-1]] = "event"
    return short


def _retyped(name: NamedSpan, last_names: set[str], first_names: set[str], short: dict[str, EntityKind]) -> NamedSpan:
    """A family name that is also a town or a firm is the person's where the text has such a person."""
    if " " in name.surface:
        return name
    key = fold(name.surface)
    place = gazetteer.places().get(name.surface)
    if name.kind != "person" and key in last_names and place not in ("country", "region"):
        return name._replace(kind="person")
    if name.kind == "person" and key in first_names - last_names and _is_big(place) and not name.title:
        # News calls nobody by a first name: "Paris" beside "Paris Hilton" is the city.
        return name._replace(kind="place")
    if name.surface in short and not name.title and place != "country":
        return name._replace(kind=short[name.surface])
    return name


def _is_big(place: str | None) -> bool:
    return place in ("country", "region", "city3", "city2")


def _parts(surface: str) -> list[str]:
    parts = [p for p in fold(surface).replace(".", ". ").split() if p not in _SUFFIXES]
    return parts or [fold(surface)]


def _last(surface: str) -> str:
    return _parts(surface)[-1]


def _group_people(names: Sequence[NamedSpan]) -> list[Group]:
    groups: list[Group] = []
    by_last: dict[str, list[Group]] = {}
    by_first: dict[str, list[Group]] = {}
    full = sorted((n for n in names if len(_parts(n.surface)) > 1), key=lambda n: n.span.start)
    home: dict[int, Group] = {}
    for name in full:
        parts = _parts(name.surface)
        group = next((g for g in by_last.get(parts[-1], ()) if _same_person(_parts(g.name), parts)), None)
        if group is None:
            group = Group(name.surface, "person")
            groups.append(group)
            by_last.setdefault(parts[-1], []).append(group)
            by_first.setdefault(parts[0], []).append(group)
            if len(parts) > 2:
                # "Padrino López" and "Gabriel García" shorten Spanish names from the middle on.
                by_last.setdefault(parts[-2], []).append(group)
        elif len(name.surface) > len(group.name) and "." not in name.surface:
            group.name = name.surface
        home[name.span.start] = group
    recent: dict[int, int] = {}
    for name in sorted(names, key=lambda n: n.span.start):
        group = home.get(name.span.start)
        if group is None:
            key = _parts(name.surface)[0]
            candidates = by_last.get(key) or by_first.get(key) or ()
            group = _most_likely(name, candidates, recent)
            if group is None:
                group = Group(name.surface, "person")
                groups.append(group)
                by_last.setdefault(key, []).append(group)
        else:
            recent[id(group)] = name.span.start
        group.add(name)
    return groups


def _same_person(known: list[str], parts: list[str]) -> bool:
    if known[-1] != parts[-1]:
        return False
    first, other = known[0].rstrip("."), parts[0].rstrip(".")
    if first == other or NICKNAMES.get(first, first) == NICKNAMES.get(other, other):
        return True
    return (len(first) == 1 or len(other) == 1) and first[0] == other[0]


def _most_likely(name: NamedSpan, candidates: Sequence[Group], recent: dict[int, int]) -> Group | None:
    titles = set(name.title.split())
    fitting = [
        g for g in candidates if not (titles & _FEMALE and g.gender == "m") and not (titles & _MALE and g.gender == "f")
    ]
    if not fitting:
        return None
    before = [g for g in fitting if recent.get(id(g), -1) >= 0]
    return max(before, key=lambda g: recent[id(g)]) if before else fitting[0]


def spelling(name: str) -> str:
    """The key under which two spellings of a body's or a thing's name are one.

    >>> spelling("the World Health Organisation") == spelling("World Health Organization")
    True
    """
    key = fold(name).replace(".", "").replace(" & ", " and ").removeprefix("the ")
    for british, american in (("isation", "ization"), ("centre", "center"), ("defence", "defense")):
        key = key.replace(british, american)
    return key.replace("programme", "program")


def is_storm(name: str) -> bool:
    """Whether a storm's own name follows its kind, and may stand for it: "Tropical Storm Elsa", "Elsa"."""
    parts = name.lower().split()
    return len(parts) > 1 and parts[-2] in STORMS


def is_acronym(name: str) -> bool:
    """Whether a name is made of initials: "WFC", "U.N.", "DoT".

    >>> is_acronym("DoT"), is_acronym("Dot")
    (True, False)
    """
    return _ACRONYM.match(name.replace(".", "")) is not None


def initials(name: str) -> set[str]:
    """The acronyms that a name of several words may go by, with its small words and without.

    >>> sorted(initials("Department of Transportation"))
    ['DOT', 'DT']
    """
    parts = _WORD.findall(name)
    if len(parts) < 2:
        return set()
    full, short = (p[0] for p in parts), (p[0] for p in parts if p.lower() not in _SMALL)
    return {form for form in ("".join(full).upper(), "".join(short).upper()) if len(form) > 1}


def _group_others(names: Sequence[NamedSpan]) -> list[Group]:
    groups: dict[tuple[str, str], Group] = {}
    by_acronym: dict[str, Group] = {}
    by_storm: dict[str, Group] = {}
    # "the Committee" is the one committee of the text; of two it is neither.
    by_tail: dict[str, Group | None] = {}
    by_first: dict[str, list[Group]] = {}
    country = gazetteer.country_by_name()
    for name in sorted(names, key=lambda n: (-len(n.surface.split()), n.span.start)):
        surface = country.get(name.surface, name.surface)
        full = gazetteer.full_names().get(surface, surface) if name.kind == "organisation" else surface
        key = (spelling(full), name.kind)
        group = groups.get(key)
        words_of = surface.split()
        if group is None and len(words_of) == 1 and is_acronym(surface):
            group = by_acronym.get(surface.replace(".", "").upper())
        if group is None and len(words_of) == 1 and name.kind == "event":
            group = by_storm.get(fold(surface))
        if group is None and name.kind in ("organisation", "place", "event") and surface not in gazetteer.places():
            longer = [
                g for g in by_first.get(words_of[0].lower(), ()) if g.kind == name.kind and _shortens(surface, g.name)
            ]
            group = longer[0] if len(longer) == 1 else None
        if group is None and len(words_of) == 1 and name.kind == "organisation":
            group = by_tail.get(fold(surface))
        if group is None:
            group = Group(surface, name.kind)
            groups[key] = group
            if name.kind == "organisation" and len(words_of) > 1 and words_of[-1].lower() in GENERIC:
                tail = fold(words_of[-1])
                by_tail[tail] = None if tail in by_tail else group
            for form in sorted(initials(surface)):
                by_acronym.setdefault(form, group)
            if name.kind == "event" and is_storm(surface):
                by_storm.setdefault(fold(words_of[-1]), group)
            by_first.setdefault(words_of[0].lower(), []).append(group)
        group.add(name)
    for group in groups.values():
        group.names.sort(key=lambda n: n.span.start)
    return list(groups.values())


def _shortens(short: str, long: str) -> bool:
    return len(short) > 3 and len(long) > len(short) and long.startswith(short) and long[len(short)] == " "
