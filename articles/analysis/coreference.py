"""Whom "he", "she" and "the president" mean: mentions that name nobody but that a reader takes to be somebody.

A pronoun goes to the nearest fitting person, where being a subject and having been named often count as nearness.
A description goes to the one person of the article who bears that office, or to the one near by of whom the text told
that role ("Tom Reed, an architect"); where two fit, to nobody.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from . import gazetteer
from .cues import cue_forms
from .grouping import Group
from .lexicon import words
from .roles import BODIES, FIRMS, RANKS, Role, fits, is_head, role_of, roles_at
from .tokens import Token
from .types import Quotation, Span
from .word_classes import ADVERBS, COORDINATORS, PREPOSITIONS, SUBORDINATORS, is_verb_like

_PRONOUNS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_OFFICES: dict[str, frozenset[str]] = {
    "leader": words("president premier chancellor king leader minister"),
    "president": words("president president-elect"),
    "senator": words("sen sen. senator"),
    "governor": words("gov gov. governor"),
    "congressman": words("rep rep. congressman representative"),
    "congresswoman": words("rep rep. congresswoman representative"),
    "representative": words("rep rep. congressman congresswoman representative"),
    "lawmaker": words("rep rep. sen sen. congressman congresswoman representative senator"),
    "mayor": words("mayor"),
    "minister": words("minister"),
    "chancellor": words("chancellor"),
    "premier": words("premier minister"),
    "secretary": words("secretary"),
    "judge": words("judge justice"),
    "justice": words("justice"),
    "sheriff": words("sheriff"),
    "general": words("gen gen. general"),
    "ambassador": words("ambassador"),
    "director": words("director"),
    "chairman": words("chairman"),
    "pope": words("pope"),
    "king": words("king"),
    "queen": words("queen"),
    "professor": words("prof prof. professor"),
    "spokesman": words("spokesman"),
    "spokeswoman": words("spokeswoman"),
    "speaker": words("speaker"),
}
_FAR = 6
# How many sentences a role or a firm is remembered after its bearer was last spoken of.
_NEAR_ROLE, _NEAR_FIRM = 8, 3
_MOST = 60
_ENDS = PREPOSITIONS | SUBORDINATORS | COORDINATORS | ADVERBS | {"who", "which"}
# Heads of a body's own name: whoever bears one is no firm, whatever else it may be.
_NO_FIRM = words(
    """
    ministry department council committee commission parliament congress senate court police army navy force party
    university college school institute agency authority union association federation organisation organization
    foundation church house government office bureau team club league board assembly
    """
)


def find_inferred(
    sentences: Sequence[Sequence[Token]], groups: Sequence[Group], quotations: Sequence[Quotation] = ()
) -> list[tuple[Span, Group]]:
    """Spans outside quotations that mean one of the people in `groups` without naming them.

    >>> from .tokens import tokenise
    >>> from .grouping import NamedSpan
    >>> line = "Anna Low left. She ran."
    >>> group = Group("Anna Low", "person")
    >>> group.add(NamedSpan(Span(0, 8), "Anna Low", "person", "", "", 0))
    >>> sentences = [tokenise(line, 0, 14), tokenise(line, 15, 23)]
    >>> [(line[s.start : s.end], g.name) for s, g in find_inferred(sentences, [group])]
    [('She', 'Anna Low')]
    """
    people = [g for g in groups if g.kind == "person"]
    bodies = [g for g in groups if g.kind == "organisation"]
    if not people and not bodies:
        return []
    roles = _Roles(bodies)
    bearers = {n.span.start: (g, n.span.end) for g in (*people, *bodies) for n in g.names}
    masked = sorted((q.span.start, q.span.end) for q in quotations if q.kind != "indirect")
    starts = [s for s, _ in masked]

    def is_quoted(at: int) -> bool:
        index = bisect_right(starts, at) - 1
        return index >= 0 and at < masked[index][1]

    named: dict[int, Group] = {n.span.start: g for g in people for n in g.names}
    ends = {n.span.start: n.span.end for g in people for n in g.names}
    ordered = sorted(ends)
    speaking: set[int] = set()
    for quotation in quotations:
        if quotation.speaker is not None:
            index = bisect_left(ordered, quotation.speaker.start)
            while index < len(ordered) and ordered[index] < quotation.speaker.end:
                speaking.add(ordered[index])
                index += 1
    memory = _Memory()
    found: list[tuple[Span, Group]] = []
    for number, tokens in enumerate(sentences):
        is_subject_free = True
        for at, token in enumerate(tokens):
            bearer = bearers.get(token.start)
            if bearer is not None:
                roles.note(*bearer, tokens, at, number)
            group = named.get(token.start)
            if group is not None:
                subject = _is_subject(tokens, at, ends[token.start], is_subject_free)
                quoted = is_quoted(token.start)
                is_main = subject and is_subject_free
                memory.note(
                    group,
                    number,
                    is_main and not quoted,
                    quoted,
                    is_speaker=token.start in speaking,
                    is_embedded=subject,
                )
                is_subject_free = is_subject_free and (quoted or not subject)
                continue
            if token.lower in _PRONOUNS and not is_quoted(token.start):
                following = tokens[at + 1] if at + 1 < len(tokens) else None
                is_object = token.lower == "him" or (
                    token.lower == "her" and (following is None or not following.is_word)
                )
                choice = memory.choose(_PRONOUNS[token.lower], number, is_object=is_object)
                if choice is not None:
                    found.append((Span(token.start, token.end), choice))
                    if token.lower in ("he", "she"):
                        memory.note(choice, number, True, False, is_named=False)
                        is_subject_free = False
            elif token.lower == "the" and not is_quoted(token.start):
                described = _described(tokens, at, people) or roles.described(tokens, at, number, bearers)
                if described is not None:
                    end, choice = described
                    found.append((Span(token.start, tokens[end].end), choice))
                    if choice.kind == "person":
                        memory.note(choice, number, is_subject_free, False, is_named=False)
                        is_subject_free = False
    return found


class _Memory:
    """Who was mentioned, when, how often and in which role."""

    def __init__(self) -> None:
        self.seen: dict[int, tuple[Group, int, float, int]] = {}

    def note(
        self,
        group: Group,
        sentence: int,
        is_subject: bool,
        is_quoted: bool,
        *,
        is_named: bool = True,
        is_speaker: bool = False,
        is_embedded: bool = False,
    ) -> None:
        known = self.seen.get(id(group))
        count = (known[3] if known else 0) + is_named
        role = 0.8 if is_subject else -0.6 if is_quoted else 0.4 if is_embedded else 0.0
        role += 0.3 * is_speaker
        if known and known[1] == sentence:
            role = max(role, known[2])
        self.seen[id(group)] = (group, sentence, role, count)

    def choose(self, gender: str, sentence: int, *, is_object: bool = False) -> Group | None:
        best, best_score = None, float("-inf")
        for group, last, role, count in self.seen.values():
            if sentence - last > _FAR:
                continue
            if is_object and last == sentence and role >= 0.8:
                # "Berg thanked her": nobody in the subject's place is meant by the object.
                continue
            known = group.gender
            if known not in (gender, "b"):
                continue
            score = (
                role
                - (sentence - last)
                + 0.15 * min(count, 6)
                - (0.4 if known == "b" and " " in group.name else 0.2 * (known == "b"))
            )
            if score >= best_score:
                best, best_score = group, score
        return best


class _Roles:
    """Which roles were told of whom so far, and which firms were named last."""

    def __init__(self, bodies: Sequence[Group]) -> None:
        self.told: dict[str, dict[int, list[Role]]] = {}
        self.last: dict[int, tuple[Group, int]] = {}
        self.firms = {id(g) for g in bodies if not _NO_FIRM & _words_of(g)}

    def note(self, group: Group, end: int, tokens: Sequence[Token], at: int, sentence: int) -> None:
        self.last.pop(id(group), None)
        self.last[id(group)] = (group, sentence)
        behind = at + 1
        while behind < len(tokens) and tokens[behind].end <= end:
            behind += 1
        roles = [r for r in roles_at(tokens, at, behind) if (r.head in BODIES) == (group.kind == "organisation")]
        if group.kind == "organisation":
            roles += [Role(word) for word in _words_of(group)]
        for role in roles:
            known = self.told.setdefault(role.head, {}).setdefault(id(group), [])
            if role not in known:
                known.append(role)

    def described(
        self, tokens: Sequence[Token], at: int, sentence: int, bearers: dict[int, tuple[Group, int]]
    ) -> tuple[int, Group] | None:
        """The last token's index of the description that begins with "the" at `at`, and the one it can mean."""
        reach = range(at + 1, min(at + 5, len(tokens)))
        head = next((i for i in reach if not tokens[i].is_word or is_head(tokens[i])), at)
        while head + 1 < len(tokens) and is_head(tokens[head + 1]):
            head += 1
        if head == at or not is_head(tokens[head]):
            return None
        if any(t.lower in PREPOSITIONS or is_verb_like(t) for t in tokens[at + 1 : head]):
            return None
        inside = (bearers[t.start][1] for t in tokens[at + 1 : head + 1] if t.start in bearers)
        following = tokens[head + 1] if head + 1 < len(tokens) else None
        if any(end >= tokens[head].end for end in inside) or (following is not None and not _may_follow(following)):
            return None
        if following is not None and following.text == "," and head + 2 < len(tokens):
            behind = bearers.get(tokens[head + 2].start)
            if behind is not None and behind[0].kind == "person":
                # "The architect, Tom Reed, said"
                return head, behind[0]
        choice = self._bearer(role_of(tokens, head, at + 1), sentence)
        return None if choice is None else (head, choice)

    def _bearer(self, described: Role, sentence: int) -> Group | None:
        near = list(self._near(sentence))
        heads = (described.head, "secretary") if described.head == "minister" else (described.head,)
        told = [self.told[head] for head in heads if head in self.told]
        fitting = [
            group
            for group, _ in near
            if any(fits(described, role) for roles in told for role in roles.get(id(group), ()))
        ]
        if not fitting and described.head in FIRMS:
            # "The bank fined the firm": what the sentence itself names is somebody else.
            fitting = [group for group, last in near if id(group) in self.firms and last < sentence]
        return fitting[0] if len(fitting) == 1 else None

    def _near(self, sentence: int) -> Iterator[tuple[Group, int]]:
        """Who was spoken of shortly before, the last first; a list of hundreds of names means nobody."""
        for group, last in islice(reversed(self.last.values()), _MOST):
            if sentence - last > _NEAR_ROLE:
                return
            if group.kind == "person" or sentence - last <= _NEAR_FIRM:
                yield group, last


def _words_of(group: Group) -> set[str]:
    return set(gazetteer.full_names().get(group.name, group.name).lower().split())


def _may_follow(token: Token) -> bool:
    if token.lower in ("of", "for", "-"):
        return False
    return (
        not token.is_word
        or token.lower in _ENDS
        or is_verb_like(token)
        or token.lower in cue_forms()
        or token.lower.endswith(("ly", "ed"))
    )


def _is_subject(tokens: Sequence[Token], at: int, end: int, is_first: bool) -> bool:
    following = next((t for t in tokens[at + 1 : at + 8] if t.start >= end), None)
    if following is not None and following.lower == "'s":
        return False
    if following is not None and (is_verb_like(following) or following.lower in cue_forms()):
        return True
    before = tokens[at - 1].lower if at else ""
    return is_first and before not in PREPOSITIONS


def _described(tokens: Sequence[Token], at: int, people: Sequence[Group]) -> tuple[int, Group] | None:
    """ "the Norwegian leader", "the former senator": the last token's index and the person."""
    owner = ""
    for index in range(at + 1, min(at + 5, len(tokens))):
        token = tokens[index]
        owner = owner or gazetteer.country_by_demonym().get(token.text, "")
        offices = _OFFICES.get(token.lower)
        if offices is not None:
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            if following is not None and (following.is_capitalised or following.lower in ("of", "for", "-")):
                # "the president of the board" is described by more than this knows.
                return None
            if tokens[index - 1].lower in RANKS - {"former", "vice"}:
                return None
            if token.lower == "minister" and tokens[index - 1].lower not in ("prime", "foreign"):
                return None
            fitting = [g for g in people if g.titles & offices and (not owner or not g.owners or owner in g.owners)]
            if owner and len(fitting) > 1:
                fitting = [g for g in fitting if owner in g.owners]
            return (index, fitting[0]) if len(fitting) == 1 else None
        if not token.text[0].isalpha() or token.lower in PREPOSITIONS or is_verb_like(token):
            return None
    return None
