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
_FEMALE = words(
    "mrs mrs. ms ms. miss lady dame queen princess congresswoman spokeswoman chairwoman actress councilwoman"
)
_MALE = words("mr mr. sir lord king prince congressman spokesman chairman pope father councilman")
_NICKNAMES = {
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
    settled = [_retyped(n, last_names) for n in names]
    people = [n for n in settled if n.kind == "person"]
    groups = _group_people(people)
    groups += _group_others([n for n in settled if n.kind != "person"])
    return groups


def _retyped(name: NamedSpan, last_names: set[str]) -> NamedSpan:
    """A family name that is also a town or a firm is the person's where the text has such a person."""
    is_shared = name.kind != "person" and " " not in name.surface and fold(name.surface) in last_names
    if is_shared and gazetteer.places().get(name.surface) not in ("country", "region"):
        return name._replace(kind="person")
    return name


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
    if first == other or _NICKNAMES.get(first, first) == _NICKNAMES.get(other, other):
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


def _group_others(names: Sequence[NamedSpan]) -> list[Group]:
    groups: dict[tuple[str, str], Group] = {}
    by_acronym: dict[str, Group] = {}
    by_first: dict[str, list[Group]] = {}
    country = gazetteer.country_by_name()
    for name in sorted(names, key=lambda n: (-len(n.surface.split()), n.span.start)):
        surface = country.get(name.surface, name.surface)
        key = (fold(surface).replace(".", ""), name.kind)
        group = groups.get(key)
        words_of = surface.split()
        if group is None and len(words_of) == 1 and surface.isupper():
            group = by_acronym.get(surface.replace(".", ""))
        if group is None and name.kind in ("organisation", "place", "event") and surface not in gazetteer.places():
            longer = [
                g for g in by_first.get(words_of[0].lower(), ()) if g.kind == name.kind and _shortens(surface, g.name)
            ]
            group = longer[0] if len(longer) == 1 else None
        if group is None:
            group = Group(surface, name.kind)
            groups[key] = group
            initials = "".join(w[0] for w in _WORD.findall(surface) if w.lower() not in _SMALL)
            if len(initials) > 1:
                by_acronym.setdefault(initials.upper(), group)
                by_acronym.setdefault("".join(w[0] for w in _WORD.findall(surface)).upper(), group)
            by_first.setdefault(words_of[0].lower(), []).append(group)
        group.add(name)
    for group in groups.values():
        group.names.sort(key=lambda n: n.span.start)
    return list(groups.values())


def _shortens(short: str, long: str) -> bool:
    return len(short) > 3 and len(long) > len(short) and long.startswith(short) and long[len(short)] == " "
