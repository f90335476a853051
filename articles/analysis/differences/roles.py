"""Differences in who somebody is: another office, another standing in it ("former", "acting"), another age.

A role is read where news prose puts it: directly before the name ("acting director Anna Low") or between commas behind
it ("Anna Low, the acting director,"). Outlets choose freely which of somebody's roles they mention, so two roles differ
only where they are one office in another standing, or two offices of a kind that nobody holds at once.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from ..appearances import mentions_in
from ..lexicon import words
from ..sides import Side
from ..text import fold
from ..types import Divergence, DivergenceSide, Span

# How somebody stands to an office; without one of these they hold it.
_STANDING = words("former ex acting interim deputy vice assistant incoming outgoing late retired designate elect")
_SAME = {
    "ex": "former", "retired": "former", "chairwoman": "chairman", "chair": "chairman", "spokeswoman": "spokesman",
    "spokesperson": "spokesman", "congresswoman": "congressman", "sen": "senator", "gov": "governor", "rep": "lawmaker",
    "representative": "lawmaker", "congressman": "lawmaker", "gen": "general", "col": "colonel", "capt": "captain",
    "sgt": "sergeant", "lt": "lieutenant", "atty": "attorney", "lawyer": "attorney", "adviser": "advisor",
    "councilwoman": "councilman",
}  # fmt: skip
# Offices of which nobody holds two.
_OFFICES = words(
    """
    president minister secretary mayor governor senator lawmaker judge justice sheriff commissioner ambassador general
    colonel captain sergeant lieutenant commander professor bishop king queen prince councilman councillor
    """
)
_ROLES = _OFFICES | words(
    """
    director chairman chief spokesman attorney prosecutor executive leader official officer agent candidate nominee aide
    advisor founder owner manager coach editor reporter head
    """
)
# Words that stand inside a title and tell nothing of the office.
_BESIDE = words("senior junior first the a an his her its their then now current incumbent longtime chief")
_WORD = re.compile(r"[^\W\d_]+(?:[.’'-][^\W\d_]+)*")
_BEFORE = re.compile(r"(?:[^\W\d_][\w.’'-]*[ -]){1,7}$")
_BEHIND = re.compile(r",? \([^)]*\)|, ((?:(?:the|an?|his|her|its|their|who is|who was)\s+)?[a-z][\w’'. -]{2,70})")


@dataclass(frozen=True, slots=True)
class Role:
    """A person's office as printed: ``standing`` is empty for who holds it."""

    name: tuple[str, ...]
    office: str
    standing: frozenset[str]
    span: Span
    is_title: bool


def find_name_role(sides: Sequence[Side]) -> Divergence | None:
    """Two outlets give one person another office, another standing in it, or another age."""
    roles = {side.appearance: find_roles(side) for side in sides}
    for left, right in combinations(sides, 2):
        if left.article == right.article:
            continue
        found = _other_role(left, right, roles) or _other_age(left, right)
        if found is not None:
            return found
    return None


def _other_role(left: Side, right: Side, roles: Mapping[int, Sequence[Role]]) -> Divergence | None:
    mine, theirs = roles[left.appearance], roles[right.appearance]
    for a in mine:
        for b in theirs:
            if not _is_one_person(a.name, b.name) or not _differ(a, b):
                continue
            own = [role for role in mine if role.name[-1] == a.name[-1]]
            others = [role for role in theirs if role.name[-1] == b.name[-1]]
            # An outlet that prints the other's role as well only says more.
            if any(_is_same(role, b) for role in own) or any(_is_same(a, role) for role in others):
                continue
            reason = f"{left.outlet}: {left.text(a.span)}; {right.outlet}: {right.text(b.span)}."
            return _divergence(left, a.span, right, b.span, reason)
    return None


def _other_age(left: Side, right: Side) -> Divergence | None:
    ages = [q for q in left.quantities if q.kind == "age"], [q for q in right.quantities if q.kind == "age"]
    if len(ages[0]) == len(ages[1]) == 1 and ages[0][0].low != ages[1][0].low and left.named & right.named:
        a, b = ages[0][0].span, ages[1][0].span
        reason = f"{left.outlet} gives the age {left.text(a)}, {right.outlet} {right.text(b)}."
        return _divergence(left, a, right, b, reason)
    return None


def _divergence(left: Side, a: Span, right: Side, b: Span, reason: str) -> Divergence:
    shown: list[DivergenceSide] = sorted((left.shown(a), right.shown(b)), key=lambda side: side.appearance)
    return Divergence("name_role", tuple(shown), reason)


def find_roles(side: Side) -> list[Role]:
    """The roles that a side's sentence gives to the people it names, in text order."""
    found: list[Role] = []
    text, context = side.analysis.text, side.context
    for mention in mentions_in(side.analysis.mentions, context):
        if side.analysis.entities[mention.entity].kind != "person" or mention.is_inferred:
            continue
        name = tuple(
            fold(word) for word in _WORD.findall(text[mention.span.start : mention.span.end].replace("’s", ""))
        )
        if not name:
            continue
        before = _BEFORE.search(text, max(context.start, mention.span.start - 60), mention.span.start)
        if before:
            role = _role(name, before.group(), before.start(), mention.span.end, is_title=True)
            if role is not None:
                found.append(role)
        behind = _BEHIND.match(text, mention.span.end, min(context.end, mention.span.end + 90))
        if behind and behind.group(1):
            role = _role(name, behind.group(1), mention.span.start, behind.end(), is_title=False)
            if role is not None:
                found.append(role)
    return found


def _role(name: tuple[str, ...], printed: str, start: int, end: int, *, is_title: bool) -> Role | None:
    """The office in some words: the last one before a name, the first one behind it."""
    words_ = [
        (m.start(), _SAME.get(w, w)) for m in _WORD.finditer(printed) for w in fold(m.group()).rstrip(".").split("-")
    ]
    at = [n for n, (_, word) in enumerate(words_) if word in _ROLES]
    if not at or (is_title and at[-1] != len(words_) - 1):
        return None
    place = at[-1] if is_title else at[0]
    standing = set()
    first = place
    for n in range(place - 1, -1, -1):
        word = words_[n][1]
        if word in _STANDING:
            standing.add(word)
            first = n
        elif word not in _BESIDE and word not in _ROLES and place - n > 3:
            break
    if is_title:
        return Role(name, words_[place][1], frozenset(standing), Span(start + words_[first][0], end), True)
    return Role(name, words_[place][1], frozenset(standing), Span(start, end), False)


def _differ(a: Role, b: Role) -> bool:
    if a.office == b.office:
        return a.standing != b.standing
    return a.is_title and b.is_title and a.office in _OFFICES and b.office in _OFFICES and not (a.standing | b.standing)


def _is_same(a: Role, b: Role) -> bool:
    return a.office == b.office and a.standing == b.standing


def _is_one_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return a[-1] == b[-1] and (len(a) == 1 or len(b) == 1 or a[0][0] == b[0][0])
