"""Joins quotations to entities: which of the article's people or organisations a speaker phrase means.

A phrase that holds a name means the one named, unless the name only says whose ("Low's lawyer"). A description ("the
mayor") means whom the article introduced as such, where that is one person only, and "she" whoever spoke before, where
nothing nearer is known.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from . import gazetteer
from .lexicon import words
from .types import Entity, Mention, Quotation, Span

# "The lawyer for Mrs. Low": whoever stands behind it is whom the speaker works for.
_SERVED = re.compile(r"\b(?:for|of)\s+(?:[A-Z]\w{1,3}\.\s+)?$")
_RANK = {"person": 3, "organisation": 2, "place": 1}
_POSSESSIVE = re.compile(r"[’']s?(?=\s)")
# What belongs to somebody and speaks for them: "Low's office said".
_MOUTHPIECES = words(
    """
    office campaign team administration government statement letter words lawyers attorneys spokesman spokeswoman
    spokesperson spokespeople representatives side camp book memoir tweet post message aides account foundation
    facebook twitter instagram
    page feed blog newsletter podcast website
    """
)
_NOUN_NEXT = re.compile(r" [a-z]")
_NEXT_WORD = re.compile(r"\s*([^\W\d_][\w-]*)")
_TITLE_BEFORE = re.compile(r"((?:[^\W\d_][\w’'-]*\.? ){1,4})$")
# ", the mayor of Lindholm", ", 54, a teacher", " (R-Ohio), who is mayor", " is the mayor"
_ROLE_AFTER = re.compile(
    r"(?:, (?:\d{1,3}, )?| \([^()\n]{1,40}\),? | (?=(?:is|was|became|as) ))(?:(?:who )?(?:is|was|became|as) )?"
    r"(?:the |an? |its |their )?(?:[\w’'-]+[’']s )?((?:[\w-]+ ){0,4}[\w-]+)"
)
_AS_ROLE = re.compile(r"\b(?:as|elected|appointed|named|became) (?:the |an? |its |their )?((?:[a-z][\w-]* ?){1,4})")
# "The bill’s sponsor, Rep. " Mary Cole
_ROLE_BEFORE = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er)|[’']s) ((?:[a-z][\w-]* ){0,3}[a-z][\w-]*)"
    r"(?: (?:of|for|at) [^,.\n]{1,40})?, (?:[A-Z][\w]{1,5}\. )?$"
)
_PARTY = re.compile(r"(?:, |[ ]\()([DR])-([A-Z][a-z]+)")
_PARTIES = {"D": "democrat", "R": "republican"}
_AGE = re.compile(r", (\d{1,3})[,.]")
_DESCRIPTION = re.compile(
    r"(?:[Tt]he|[Ii]ts|[Tt]heir) (?:[\w-]+[’']s )?((?:[\w’'-]+ ){0,4}?(?:[a-z][\w-]*|\d+-year-old|Democrat|Republican))"
    r"(?: (?:of|for|from|in|at) .*)?$"
)
_ENDS_ROLE = words(
    """
    of for from in at on to who and with by as since until after before when that which is was has had but while though
    or said says told the a an he she they it not also then now
    """
)
_ABBREVIATED = {
    "sen": "senator", "gov": "governor", "rep": "representative", "dr": "doctor", "prof": "professor", "gen": "general",
    "capt": "captain", "sgt": "sergeant", "col": "colonel", "lt": "lieutenant", "rev": "reverend", "adm": "admiral",
    "pres": "president", "amb": "ambassador", "supt": "superintendent", "cllr": "councillor", "insp": "inspector",
}  # fmt: skip
_ALSO = {"congressman": "representative", "congresswoman": "representative", "pastor": "reverend"}
_NO_ROLE = words("man woman person one other two latter former first pair couple group family report statement")


def with_speakers(
    quotations: Sequence[Quotation], entities: Sequence[Entity], mentions: Sequence[Mention], text: str = ""
) -> tuple[Quotation, ...]:
    """Quotations with the entity of their speaker where a mention stands in the speaker phrase.

    With the text, descriptions and pronouns without a mention are looked up in what the article says of its people.

    >>> said = Quotation(Span(10, 14), "direct", Span(0, 3))
    >>> with_speakers([said], [Entity("Low", "person")], [Mention(Span(0, 3), 0)])[0].entity
    0
    """
    starts = [m.span.start for m in mentions]
    roles: dict[str, set[tuple[str, int]]] | None = None
    joined: list[Quotation] = []
    last: int | None = None
    for quotation in quotations:
        entity = None
        if quotation.speaker is not None:
            entity = _best(text, quotation.speaker, entities, mentions, starts)
            phrase = text[quotation.speaker.start : quotation.speaker.end]
            if _DESCRIPTION.match(phrase):
                roles = _roles(text, entities, mentions) if roles is None else roles
                described = _described(phrase, roles)
                entity = entity if described is None else described
            elif entity is None and phrase.lower() in ("he", "she") and last is not None:
                entity = last if _may_be(entities[last], phrase.lower()) else None
            elif entity is None and phrase.isupper():
                entity = _labelled(phrase, entities)
            if entity is not None and entities[entity].kind == "person":
                last = entity
        joined.append(quotation if entity is None else replace(quotation, entity=entity))
    return tuple(joined)


def _labelled(phrase: str, entities: Sequence[Entity]) -> int | None:
    """Whom a transcript's label means, in capitals and often by the last name alone."""
    label = re.split(r"[(,]", phrase, maxsplit=1)[0].split()
    fitting = [
        number
        for number, entity in enumerate(entities)
        if label and entity.kind == "person" and entity.name.split()[-1].casefold() == label[-1].casefold()
    ]
    return fitting[0] if len(fitting) == 1 else None


def _may_be(entity: Entity, pronoun: str) -> bool:
    gender = gazetteer.given_names().get(entity.name.split()[0], "b")
    return gender not in ("m", "f") or gender == ("m" if pronoun == "he" else "f")


def _best(
    text: str, speaker: Span, entities: Sequence[Entity], mentions: Sequence[Mention], starts: list[int]
) -> int | None:
    """A person in the phrase before an organisation, an organisation before a place; the first of them."""
    best: tuple[int, int] | None = None
    chosen = None
    index = bisect_left(starts, speaker.start)
    while index > 0 and mentions[index - 1].span.end > speaker.start:
        index -= 1
    while index < len(mentions) and mentions[index].span.start < speaker.end:
        mention = mentions[index]
        rank = (_RANK.get(entities[mention.entity].kind, 0), -mention.span.start)
        # A place in the phrase ("lawmakers in Oslo") is only where the speakers are.
        is_whole = mention.span.start <= speaker.start and mention.span.end >= speaker.end
        is_served = rank[0] == 3 and _SERVED.search(text, speaker.start, mention.span.start) is not None
        is_named = not (is_served or _is_owner(text, mention, speaker) or _is_adjective(text, mention, speaker))
        is_fit = (rank[0] >= 2 or is_whole) and is_named
        if is_fit and (best is None or rank > best):
            best, chosen = rank, mention.entity
        index += 1
    return chosen


def _is_adjective(text: str, mention: Mention, speaker: Span) -> bool:
    """ "A Senate Democratic aide": the words that look like a name say only of which side somebody is."""
    printed = text[mention.span.start : mention.span.end]
    is_side = printed.rsplit(" ", 1)[-1] in ("Democratic", "Republican", "Conservative", "Liberal", "Labour")
    return is_side and _NOUN_NEXT.match(text, mention.span.end, speaker.end) is not None


def _is_owner(text: str, mention: Mention, speaker: Span) -> bool:
    """ "Low's lawyer", "her brother": the one named is not the one who speaks."""
    at = mention.span.end
    if at >= speaker.end:
        return False
    if text[mention.span.start : at].lower() not in ("his", "her", "their"):
        marked = _POSSESSIVE.match(text, at, speaker.end)
        if marked is None:
            return False
        at = marked.end()
    following = _NEXT_WORD.match(text, at, speaker.end)
    return following is not None and following.group(1).lower() not in _MOUTHPIECES


def _roles(text: str, entities: Sequence[Entity], mentions: Sequence[Mention]) -> dict[str, set[tuple[str, int]]]:
    """By the last word of every description of a person, the whole description and who it is."""
    roles: dict[str, set[tuple[str, int]]] = defaultdict(set)

    def note(phrase: str, entity: int) -> None:
        kept: list[str] = []
        for word in phrase.lower().replace(".", "").split():
            if word in _ENDS_ROLE:
                break
            kept.append(_ABBREVIATED.get(word, word))
        if kept and kept[-1] not in _NO_ROLE:
            roles[_ALSO.get(kept[-1], kept[-1])].add((" ".join(kept), entity))

    for mention in mentions:
        if mention.is_inferred or entities[mention.entity].kind != "person":
            continue
        start, end = mention.span.start, mention.span.end
        before = _TITLE_BEFORE.search(text[max(0, start - 60) : start])
        if before is not None:
            note(_last_phrase(before.group(1)), mention.entity)
        introduced = _ROLE_BEFORE.search(text[max(0, start - 100) : start])
        if introduced is not None:
            note(introduced.group(1), mention.entity)
        if (party := _PARTY.match(text, end)) is not None:
            note(f"{party.group(2)} {_PARTIES[party.group(1)]}", mention.entity)
        if (age := _AGE.match(text, end)) is not None:
            note(f"{age.group(1)}-year-old", mention.entity)
        own = text[start:end].split()
        if len(own) > 1 and own[0].rstrip(".").lower() in _ABBREVIATED:
            note(own[0], mention.entity)
        after = _ROLE_AFTER.match(text, end, min(len(text), end + 90))
        if after is not None:
            note(after.group(1), mention.entity)
        stop = text.find(".", end, end + 160)
        appointed = _AS_ROLE.search(text, end, stop if stop > 0 else min(len(text), end + 100))
        if appointed is not None:
            note(appointed.group(1), mention.entity)
    return roles


def _last_phrase(words_: str) -> str:
    """What stands directly before a name, from the last article on: "met the harbour master " Tom Reed."""
    kept: list[str] = []
    for word in reversed(words_.split()):
        is_stopped = word.endswith(".") and word[:-1].lower() not in _ABBREVIATED
        if word.lower() in _ENDS_ROLE or word.endswith(("’s", "'s")) or is_stopped:
            break
        kept.insert(0, word)
    return " ".join(kept)


def _described(phrase: str, roles: dict[str, set[tuple[str, int]]]) -> int | None:
    match = _DESCRIPTION.match(phrase)
    if match is None:
        return None
    said = match.group(1).lower().split()
    last = _ALSO.get(said[-1], said[-1])
    # A description may leave words out ("the minister" of a transport minister) but not bring in others.
    fitting = {entity for whole, entity in roles.get(last, ()) if set(said[:-1]) <= set(whole.split())}
    return fitting.pop() if len(fitting) == 1 else None
