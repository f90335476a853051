"""Differences in who somebody is: another office, another standing in it ("former", "acting").

A role is read where news prose puts it: directly before the name ("acting director Anna Low") or between commas behind
it ("Anna Low, the acting director,"). Outlets choose freely which of somebody's roles they mention, so two roles differ
only where they are one office in another standing, or two offices of a kind that nobody holds at once.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import OSA

from ..appearances import mentions_in
from ..lexicon import words
from ..sides import Side, closed
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
# Offices that are several, told apart by the words before or behind them; what each is about.
_WITH_PORTFOLIO = words("minister secretary commissioner ambassador")
_PORTFOLIOS = words(
    """
    transport interior foreign finance defence defense health education environment energy justice agriculture culture
    trade home treasury economy industry housing pensions science sports tourism fisheries immigration security
    development commerce veterans infrastructure communications children families water mining oil planning prime
    """
)
_SPELLED = {"defense": "defence"}
# Ranks on board that are two words; nobody holds two.
_RANKS = words("officer engineer mate")
_RANKED = words("first second third chief")
# From this length on two letters may differ in one name, and a shorter one than SHORTEST is another name.
LONG_NAME, SHORTEST = 8, 4
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
    # What a minister is minister of, where the words say so.
    portfolio: frozenset[str] = frozenset()


def find_name_role(sides: Sequence[Side]) -> tuple[Divergence, ...]:
    """Two outlets give one person another office, another standing in it or another spelling of the name.

    Each person is told of once, with every appearance that takes a side.
    """
    roles = {side.appearance: find_roles(side) for side in sides}
    told: dict[str, tuple[str, dict[int, DivergenceSide]]] = {}
    for left, right in combinations(sides, 2):
        if left.article == right.article:
            continue
        for person, a, b, reason in (
            *_other_roles(left, right, roles),
            *_other_spellings(left, right, roles),
        ):
            _, shown = told.setdefault(person, (reason, {}))
            shown.setdefault(left.appearance, left.shown(a))
            shown.setdefault(right.appearance, right.shown(b))
    return tuple(
        Divergence("name_role", tuple(shown[n] for n in sorted(shown)), reason) for reason, shown in told.values()
    )


# Whom a difference is about, the words on both sides, and the sentence that says so.
type Found = tuple[str, Span, Span, str]


def _other_roles(left: Side, right: Side, roles: Mapping[int, Sequence[Role]]) -> Iterator[Found]:
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
            reason = closed(f"{left.outlet}: {left.text(a.span)}; {right.outlet}: {right.text(b.span)}")
            yield f"role {a.name[-1]}", a.span, b.span, reason


def _other_spellings(left: Side, right: Side, roles: Mapping[int, Sequence[Role]]) -> Iterator[Found]:
    """Names that differ by a letter or two, of people whom each outlet names under its own spelling only."""
    mine, theirs = _people(left), _people(right)
    for one, a in mine.items():
        for two, b in theirs.items():
            if one in theirs or two in mine:
                continue
            is_one_title = bool(_titles(roles[left.appearance], one) & _titles(roles[right.appearance], two))
            if _is_misspelt(one, two, is_one_title=is_one_title):
                reason = closed(f"{left.outlet}: {left.text(a)}; {right.outlet}: {right.text(b)}")
                yield f"name {one[-1]}", a, b, reason


def _titles(roles: Sequence[Role], name: tuple[str, ...]) -> set[str]:
    return {role.office for role in roles if role.is_title and role.name == name}


def _people(side: Side) -> dict[tuple[str, ...], Span]:
    """The people that a side's sentence names, by the folded words of the name."""
    found: dict[tuple[str, ...], Span] = {}
    for mention in mentions_in(side.analysis.mentions, side.context):
        if side.analysis.entities[mention.entity].kind == "person" and not mention.is_inferred:
            name = _name(side.analysis.text[mention.span.start : mention.span.end])
            if name:
                found.setdefault(name, mention.span)
    return found


def _is_misspelt(one: tuple[str, ...], two: tuple[str, ...], *, is_one_title: bool) -> bool:
    """Whether two names are one name, spelt otherwise: all words but the last agree, or the title before it.

    >>> _is_misspelt(("tom", "reed"), ("tom", "read"), is_one_title=False)
    True
    >>> _is_misspelt(("tom", "reed"), ("tom", "reese"), is_one_title=False)
    False
    """
    if len(one) != len(two) or one[:-1] != two[:-1] or (len(one) == 1 and not is_one_title):
        return False
    a, b = _sound(one[-1]), _sound(two[-1])
    if a == b or min(len(a), len(b)) < SHORTEST or a[0] != b[0]:
        return False
    return OSA.distance(a, b) <= (1 if min(len(a), len(b)) < LONG_NAME else 2)


def _sound(name: str) -> str:
    """A name without what transcriptions vary in, which is house style ("Zelenskyy", "Zelensky")."""
    return re.sub(r"(?:yy|iy|ii|ij|y)$", "i", name)


def _name(printed: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in _WORD.findall(re.sub(r"[’']s?$", "", printed)))


def find_roles(side: Side) -> list[Role]:
    """The roles that a side's sentence gives to the people it names, in text order."""
    found: list[Role] = []
    text, context = side.analysis.text, side.context
    for mention in mentions_in(side.analysis.mentions, context):
        if side.analysis.entities[mention.entity].kind != "person" or mention.is_inferred:
            continue
        name = _name(text[mention.span.start : mention.span.end])
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
    at = [
        n
        for n, (_, word) in enumerate(words_)
        if _is_rank(words_, n) or (word in _ROLES and not _is_rank(words_, n + 1))
    ]
    if not at or (is_title and at[-1] != len(words_) - 1):
        return None
    place = at[-1] if is_title else at[0]
    office = words_[place][1]
    standing = set()
    first = place
    if _is_rank(words_, place):
        office = f"{words_[place - 1][1]} {office}"
        first = place - 1
    portfolio = _portfolio([word for _, word in words_], place) if office in _WITH_PORTFOLIO else frozenset()
    for n in range(first - 1, -1, -1):
        word = words_[n][1]
        if word in _STANDING:
            standing.add(word)
            first = n
        elif word in portfolio and is_title:
            first = n
        elif word not in _BESIDE and word not in _ROLES and place - n > 3:
            break
    span = Span(start + words_[first][0], end) if is_title else Span(start, end)
    return Role(name, office, frozenset(standing), span, is_title, portfolio)


def _is_rank(words_: Sequence[tuple[int, str]], n: int) -> bool:
    return 0 < n < len(words_) and words_[n][1] in _RANKS and words_[n - 1][1] in _RANKED


def _portfolio(words_: Sequence[str], place: int) -> frozenset[str]:
    """What an office is about: "transport minister", "minister for transport"."""
    around = (*words_[max(0, place - 3) : place], *words_[place + 1 : place + 5])
    return frozenset(_SPELLED.get(word, word) for word in around if word in _PORTFOLIOS)


def _differ(a: Role, b: Role) -> bool:
    if a.office == b.office:
        if a.portfolio and b.portfolio and not a.portfolio & b.portfolio:
            return True
        return a.standing != b.standing
    are_ranks = " " in a.office and " " in b.office
    are_offices = a.office in _OFFICES and b.office in _OFFICES
    return (are_ranks or (a.is_title and b.is_title and are_offices)) and not (a.standing | b.standing)


def _is_same(a: Role, b: Role) -> bool:
    is_one_matter = not a.portfolio or not b.portfolio or bool(a.portfolio & b.portfolio)
    return a.office == b.office and a.standing == b.standing and is_one_matter


def _is_one_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return a[-1] == b[-1] and (len(a) == 1 or len(b) == 1 or a[0][0] == b[0][0])
