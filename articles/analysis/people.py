"""Merges the entities of several articles: one person is one row, however each outlet writes the name."""

from collections import defaultdict
from collections.abc import Sequence

from .lexicon import words
from .text import fold
from .types import ArticleAnalysis, Entity, EntityKind, StoryEntity

_TITLES = words(
    """
    president mr mrs ms dr prof sen senator rep representative gov governor minister prime secretary general gen
    col colonel lt capt captain chief judge justice king queen prince princess pope mayor chairman chairwoman director
    former vice deputy sir lady lord the
    """
)
_SMALL = words("of the and for de la in")


def merge_entities(articles: Sequence[tuple[int, ArticleAnalysis]]) -> tuple[StoryEntity, ...]:
    """The entities of a story from ``(key, analysis)``, in the order of their first appearance by name.

    Two are one when a full name agrees, when a last name or an acronym fits exactly one full name, or an alias says so.
    """
    forms: list[tuple[int, int, Entity]] = [
        (key, index, entity) for key, analysis in articles for index, entity in enumerate(analysis.entities)
    ]
    parent = list(range(len(forms)))

    def find(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    def join(a: int, b: int) -> None:
        one, two = find(a), find(b)
        parent[max(one, two)] = min(one, two)

    by_name: dict[tuple[str, str], int] = {}
    for n, (_, _, entity) in enumerate(forms):
        for name in (entity.name, *entity.aliases):
            key_name = _key(name)
            if not key_name or (name is not entity.name and " " not in key_name):
                continue
            known = by_name.setdefault((_class(entity.kind), key_name), n)
            join(n, known)
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
        merged.append(StoryEntity(chosen[0], kind, tuple(n for n in names if n != chosen[0]), members))
    return tuple(sorted(merged, key=lambda e: (fold(e.name), e.kind, e.aliases, e.members)))


def _class(kind: EntityKind) -> str:
    return kind if kind == "person" else "thing"


def _key(name: str) -> str:
    kept = [w.strip(".,'’") for w in fold(name).replace("'s", "").split()]
    while len(kept) > 1 and kept[0] in _TITLES:
        kept = kept[1:]
    return " ".join(kept)


def _join_short_names(forms, find, join) -> None:  # type: ignore[no-untyped-def]
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
