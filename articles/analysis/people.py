"""Merges the entities of several articles: one person is one row, however each outlet writes the name."""

from collections import defaultdict
from collections.abc import Callable, Sequence

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
_SMALL = words("of the and for de la in")


def merge_entities(
    articles: Sequence[tuple[int, ArticleAnalysis]], decided: Sequence[DecidedIdentity] = ()
) -> tuple[StoryEntity, ...]:
    """The entities of a story from ``(key, analysis)``, in the order of their first appearance by name.

    Two are one when people ``decided`` so, when a full name agrees, when a last name or an acronym fits exactly one
    full name, or an alias says so; two of which people know that they differ never are.
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
            key_name = _key(name)
            if not key_name or (name is not entity.name and " " not in key_name):
                continue
            join(n, by_name.setdefault((_class(entity.kind), key_name), n))
    _join_short_names(forms, find, join)
    groups: dict[int, list[int]] = defaultdict(list)
    for n in range(len(forms)):
        groups[find(n)].append(n)
    merged = []
    for numbers in groups.values():
        names = sorted({name for n in numbers for name in (forms[n][2].name, *forms[n][2].aliases)})
        chosen = sorted(
            {forms[n][2].name for n in numbers}, key=lambda name: (-len(_key(name).split()), -len(name), name)
        )
        kinds = sorted(forms[n][2].kind for n in numbers)
        kind: EntityKind = max(kinds, key=lambda k: (kinds.count(k), k))
        members = tuple(sorted((forms[n][0], forms[n][1]) for n in numbers))
        aliases = tuple(n for n in names if n != chosen[0])
        merged.append(StoryEntity(chosen[0], kind, aliases, members, identity[find(numbers[0])]))
    return tuple(sorted(merged, key=lambda e: (fold(e.name), e.kind, e.aliases, e.members)))


def _class(kind: EntityKind) -> str:
    return kind if kind == "person" else "thing"


def _key(name: str) -> str:
    kept = [w.strip(".,'’") for w in fold(name).replace("'s", "").split()]
    while len(kept) > 1 and kept[0] in _TITLES:
        kept = kept[1:]
    return " ".join(kept)


def _join_short_names(
    forms: Sequence[tuple[int, int, Entity]], find: Callable[[int], int], join: Callable[[int, int], None]
) -> None:
    long_by_last: dict[str, set[int]] = defaultdict(set)
    long_by_initials: dict[str, set[int]] = defaultdict(set)
    for n, (_, _, entity) in enumerate(forms):
        parts = _key(entity.name).split()
        if entity.kind == "person" and len(parts) > 1:
            long_by_last[parts[-1]].add(n)
        elif len(parts) > 1:
            long_by_initials["".join(p[0] for p in parts if p not in _SMALL)].add(n)
    for n, (_, _, entity) in enumerate(forms):
        key = _key(entity.name)
        if " " in key or not key:
            continue
        table = long_by_last if entity.kind == "person" else long_by_initials
        if entity.kind != "person" and not entity.name.isupper():
            continue
        roots = {find(m) for m in table.get(key, ())}
        if len(roots) == 1:
            join(n, roots.pop())
