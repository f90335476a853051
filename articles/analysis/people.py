"""Merges the entities of several articles: one person is one row, however each outlet writes the name."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from . import gazetteer
from .grouping import COMPANY_ENDS, NICKNAMES, initials, is_acronym, is_storm, spelling
from .lexicon import words
from .text import fold
from .types import ArticleAnalysis, DecidedIdentity, Entity, EntityKind, StoryEntity

_TITLES = words(
    """
    president mr mrs ms dr prof sen senator rep representative gov governor minister prime secretary general gen
    col colonel lt capt captain chief judge justice king queen prince princess pope mayor chairman chairwoman director
    former vice deputy sir lady lord the
    """
)
# More bearers of one last name are a list; to compare each with each would tell nothing and take long.
_MOST = 100


def merge_entities(
    articles: Sequence[tuple[int, ArticleAnalysis]], decided: Sequence[DecidedIdentity] = ()
) -> tuple[StoryEntity, ...]:
    """The entities of a story from ``(key, analysis)``, in the order of their first appearance by name.

    Two are one when people ``decided`` so, when a full name agrees in any spelling, when a last name, an acronym or a
    short form fits exactly one full name, or an alias says so; two of which people know that they differ never are.
    """
    forms: list[tuple[int, int, Entity]] = [
        (key, index, entity) for key, analysis in articles for index, entity in enumerate(analysis.entities)
    ]
    told = {(each.article, each.entity): each.identity for each in decided}
    parent = list(range(len(forms)))
    identity = [told.get((key, index)) for key, index, _ in forms]

    def find(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    def join(a: int, b: int) -> None:
        one, two = sorted((find(a), find(b)))
        if None not in (identity[one], identity[two]) and identity[one] != identity[two]:
            return
        parent[two] = one
        if identity[one] is None:
            identity[one] = identity[two]

    first: dict[int, int] = {}
    for n, known in enumerate(identity):
        if known is not None:
            join(n, first.setdefault(known, n))
    by_name: dict[tuple[str, str], int] = {}
    for n, (_, _, entity) in enumerate(forms):
        for name in (entity.name, *entity.aliases):
            key_name = _key(name, entity.kind)
            if not key_name or (name is not entity.name and " " not in key_name):
                continue
            join(n, by_name.setdefault((_class(entity.kind), key_name), n))
    _join_acronyms(forms, find, join)
    _join_variants(forms, find, join)
    _join_short_names(forms, find, join)
    groups: dict[int, list[int]] = defaultdict(list)
    for n in range(len(forms)):
        groups[find(n)].append(n)
    merged = []
    for numbers in groups.values():
        names = sorted({name for n in numbers for name in (forms[n][2].name, *forms[n][2].aliases)})
        printed = Counter(forms[n][2].name for n in numbers)
        chosen = sorted(printed, key=lambda name: _standing(name, printed[name]))
        kinds = sorted(forms[n][2].kind for n in numbers)
        fullest = {forms[n][2].kind for n in numbers if forms[n][2].name == chosen[0]}
        kind: EntityKind = max(kinds, key=lambda k: (kinds.count(k), k in fullest, k))
        members = tuple(sorted((forms[n][0], forms[n][1]) for n in numbers))
        aliases = tuple(n for n in names if n != chosen[0])
        merged.append(StoryEntity(chosen[0], kind, aliases, members, identity[find(numbers[0])]))
    return tuple(sorted(merged, key=lambda e: (fold(e.name), e.kind, e.aliases, e.members)))


def _standing(name: str, count: int) -> tuple[int, int, int, int, str]:
    """The fullest name comes first, then what most articles print, then the one whose accents nobody left out."""
    return (-len(_key(name, "person").split()), -count, -sum(not c.isascii() for c in name), -len(name), name)


def _class(kind: EntityKind) -> str:
    return kind if kind == "person" else "thing"


def _key(name: str, kind: EntityKind) -> str:
    if kind != "person":
        return spelling(gazetteer.full_names().get(name, name)).replace("'s", "").replace("’s", "")
    kept = [w.strip(".,'’") for w in fold(name).replace("'s", "").split()]
    while len(kept) > 1 and kept[0] in _TITLES:
        kept = kept[1:]
    return " ".join(kept)


type _Forms = Sequence[tuple[int, int, Entity]]
type _Find = Callable[[int], int]
type _Join = Callable[[int, int], None]


def _join_only(pairs: Iterable[tuple[int, set[int]]], find: _Find, join: _Join) -> None:
    """Joins each form to the one entity that fits it. All are looked up first: no join depends on another's turn."""
    found = [(n, {find(m) for m in fitting}) for n, fitting in pairs]
    for n, roots in found:
        if len(roots) == 1:
            join(n, roots.pop())


def _join_acronyms(forms: _Forms, find: _Find, join: _Join) -> None:
    """An acronym joins the other uses of it and the one full name whose initials it is.

    Where the texts give one acronym to several bodies, as an alias or by initials, it stays alone.
    """
    by_initials: dict[str, set[int]] = defaultdict(set)
    by_alias: dict[str, set[int]] = defaultdict(set)
    for n, (_, _, entity) in enumerate(forms):
        if entity.kind == "person":
            continue
        for name in (entity.name, *entity.aliases):
            for form in initials(name):
                by_initials[form].add(n)
            if is_acronym(name) and name != entity.name:
                by_alias[_letters(name)].add(n)
    alone = [
        (n, _letters(entity.name))
        for n, (_, _, entity) in enumerate(forms)
        if entity.kind not in ("person", "place") and is_acronym(entity.name)
    ]
    # What a text itself says that the letters stand for counts before what they might.
    _join_only(((n, by_alias.get(form) or by_initials.get(form, set())) for n, form in alone), find, join)


def _letters(name: str) -> str:
    return name.replace(".", "").upper()


def _join_variants(forms: _Forms, find: _Find, join: _Join) -> None:
    """Full names of people that differ in a middle name, an initial or a pet form, where no text keeps them apart."""
    by_last: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    for n, (_, _, entity) in enumerate(forms):
        parts = _key(entity.name, "person").split() if entity.kind == "person" else []
        if len(parts) > 1:
            by_last[parts[-1]].append((n, parts))
    for known in by_last.values():
        if len(known) > _MOST:
            continue
        fitting = _fitting(known, forms, find)
        for n in sorted(fitting):
            group = fitting[n] | {n}
            # "J. Cole" fits James and Jane: only where each fits every other are they one.
            if all(fitting[m] | {m} == group for m in group):
                for m in fitting[n]:
                    join(n, m)


def _fitting(known: Sequence[tuple[int, list[str]]], forms: _Forms, find: _Find) -> dict[int, set[int]]:
    """For every entity of one last name the others that may be the same, by their roots."""
    articles: dict[int, set[int]] = defaultdict(set)
    names: dict[int, list[list[str]]] = defaultdict(list)
    for n, parts in known:
        articles[find(n)].add(forms[n][0])
        if parts not in names[find(n)]:
            names[find(n)].append(parts)
    return {
        one: {
            other
            for other in names
            if one != other
            and not articles[one] & articles[other]
            and all(_is_variant(a, b) for a in names[one] for b in names[other])
        }
        for one in names
    }


def _is_variant(one: list[str], other: list[str]) -> bool:
    """Whether two full names of one last name may be one person's.

    >>> _is_variant("jim cole".split(), "james cole".split()), _is_variant("ann cole".split(), "amy cole".split())
    (True, False)
    """
    first, second = one[0], other[0]
    if first != second and NICKNAMES.get(first, first) != NICKNAMES.get(second, second):
        return (len(first) == 1 or len(second) == 1) and first[0] == second[0]
    middle, others = one[1:-1], other[1:-1]
    return not middle or not others or middle[0][0] == others[0][0]


def _join_short_names(forms: _Forms, find: _Find, join: _Join) -> None:
    """A last name joins the one person of that name, "Acme" the one "Acme Corp"."""
    by_last: dict[str, set[int]] = defaultdict(set)
    by_start: dict[str, set[int]] = defaultdict(set)
    for n, (_, _, entity) in enumerate(forms):
        parts = _key(entity.name, entity.kind).split()
        if len(parts) < 2:
            continue
        if entity.kind == "person":
            by_last[parts[-1]].add(n)
        elif entity.kind == "organisation" and parts[-1] in COMPANY_ENDS:
            by_start[" ".join(parts[:-1])].add(n)
        elif entity.kind == "event" and is_storm(entity.name):
            by_start[parts[-1]].add(n)
    short = []
    for n, (_, _, entity) in enumerate(forms):
        key = _key(entity.name, entity.kind)
        if entity.kind == "person" and " " not in key and key:
            # A firm known by one word looks like a last name to a text that says no more of it.
            short.append((n, by_last.get(key) or by_start.get(key, set())))
        elif entity.kind in ("organisation", "event"):
            short.append((n, by_start.get(key, set())))
    _join_only(short, find, join)
