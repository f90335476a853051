"""What a text says that its people and bodies are: the roles by which it goes on to speak of them.

"Tom Reed, an architect, drew the plan" lets a later "the architect" mean him. Only what stands at a name counts: a
title or trade before it, an appositive or an age behind it, "who is a nurse".
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .lexicon import words
from .tokens import Token
from .word_classes import PREPOSITIONS, is_verb_like

TRADES = words(
    """
    academic accountant activist actor actress administrator adviser advisor aide ambassador analyst anchor
    anthropologist apprentice archaeologist archbishop architect artist astronaut astronomer athlete attorney author
    backbencher baker banker barber baroness barrister billionaire biochemist biologist bishop blogger boss boxer
    brigadier broadcaster broker brother builder bursar businessman businesswoman butcher campaigner candidate captain
    cardinal caretaker carpenter cartoonist cellist chair chairman chairperson chairwoman champion chancellor chaplain
    chef chemist chief choreographer cleaner clergyman cleric clerk climber coach coach columnist comedian commander
    commentator commissioner composer conductor congressman congresswoman conservationist consultant contractor
    controller convener coordinator coroner correspondent councillor councilman councilwoman counsel courier cricketer
    criminologist critic curator cyclist dancer daughter dealer dean defector defendant defender demographer dentist
    deputy designer detective developer diplomat director dissident diver doctor dramatist driver ecologist economist
    editor electrician emperor engineer entrepreneur envoy epidemiologist ex-president ex-wife ex-husband executive
    explorer farmer father filmmaker financier firefighter fisherman footballer forecaster forester founder friend
    gardener general geneticist geologist goalkeeper golfer governor grandfather grandmother guard guide guitarist
    gunman headmaster headmistress headteacher historian hostess hotelier housewife hunter hydrologist illustrator imam
    immunologist industrialist influencer inspector instructor inventor investigator investor jeweller jockey
    journalist judge jurist justice keeper king labourer landlady landlord lawmaker lawyer leader lecturer legislator
    librarian lieutenant linguist lobbyist locksmith magistrate magnate major manager marshal mathematician mayor
    mechanic mediator meteorologist midfielder midwife millionaire miner minister ministress missionary model monk
    mother mountaineer mp musician naturalist negotiator neighbour neighbor neurologist novelist nun nurse officer
    official oncologist operator organiser organizer owner paediatrician painter paramedic pastor pathologist patriarch
    pediatrician pensioner pharmacist philanthropist philosopher photographer physician physicist pianist pilot pitcher
    planner player playwright plumber poet policeman policewoman politician pollster pope porter postman potter
    preacher premier president priest prince princess principal producer professor programmer promoter prosecutor
    psychiatrist psychologist publican publicist publisher quarterback queen rabbi racer radiologist ranger rapper
    realtor receptionist recruiter rector referee registrar representative researcher resident retiree roofer runner
    sailor salesman saleswoman scholar scientist screenwriter sculptor secretary seismologist senator sergeant
    sheikh shepherd sheriff shopkeeper singer skier skipper sniper sociologist soldier solicitor son songwriter speaker
    specialist spokesman spokesperson spokeswoman statesman statistician steward stewardess stockbroker strategist
    striker student superintendent supervisor surgeon surveyor survivor suspect swimmer tailor teacher technician
    teenager tenant theologian therapist toxicologist trader trainee trainer translator treasurer trucker trustee tutor
    tycoon umpire undersecretary veteran veterinarian vet vicar victim violinist virologist volcanologist waiter
    waitress warden weaver welder whistleblower widow widower winemaker winger witness wrestler writer zoologist
    """
)
BODIES = words(
    """
    agency airline alliance army association authority bank body brand brewer broadcaster builder bureau carmaker
    automaker carrier chain charity church club college commission committee company conglomerate contractor council
    court department developer distributor federation firm foundation fund group hospital insurer institute
    institution league lender magazine maker manufacturer ministry museum network newspaper operator organisation
    organization outlet paper parliament party producer publisher regulator retailer school start-up startup
    station studio supermarket supplier team think-tank tribunal union university utility watchdog
    """
)
# Kinds of firm: what calls itself none of the other bodies may be meant.
FIRMS = words(
    """
    company firm carmaker automaker airline bank lender insurer retailer supermarket chain manufacturer maker producer
    brewer conglomerate developer operator carrier supplier contractor brand start-up startup utility builder
    """
)
_AGE = re.compile(r"\d{1,3}-year-old$")
_BEING = words("is was became")
_MAX_BEFORE, _MAX_AFTER = 5, 9
# What makes another office of an office: "the deputy mayor" is not the mayor.
RANKS = words("deputy vice assistant acting associate interim junior shadow former ex elect")
_EMPTY = words("the a an his her their its our this that same own mr mrs ms dr")
FIELDS = words(
    """
    prime foreign home transport defence defense finance health education justice interior energy environment
    agriculture farming culture labour labor trade treasury housing work pensions business economy climate communities
    immigration security intelligence press media police fire army navy air football rugby cricket basketball baseball
    hockey tennis church state county city district village school bank union party opposition crown
    """
)


class Role(NamedTuple):
    """A head noun with what goes with it where the role is told: ranks, and departments or names."""

    head: str
    ranks: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()


def is_head(token: Token) -> bool:
    return token.lower in TRADES or token.lower in BODIES or _AGE.match(token.lower) is not None


def roles_at(tokens: Sequence[Token], first: int, last: int) -> Iterator[Role]:
    """The roles told right before and behind the name that is tokens ``[first, last)``.

    >>> from .tokens import tokenise
    >>> line = "Retired engineer Ole Berg, 57, a former pilot, left."
    >>> [(r.head, sorted(r.ranks)) for r in roles_at(tokenise(line, 0, len(line)), 2, 4)]
    [('engineer', []), ('57-year-old', []), ('pilot', ['former'])]
    """
    yield from _before(tokens, first)
    yield from _behind(tokens, last)


def role_of(tokens: Sequence[Token], head: int, first: int) -> Role:
    """The role that ends with the noun ``tokens[head]`` in a phrase that begins at `first`."""
    before = tokens[first:head]
    return Role(
        tokens[head].lower,
        frozenset(t.lower for t in before if t.lower in RANKS),
        frozenset(t.lower for t in before if t.lower in FIELDS or (t.is_capitalised and t.lower not in _EMPTY)),
    )


def fits(described: Role, told: Role) -> bool:
    """Whether a description may mean who bears a role: the same office, and no other rank or department.

    >>> mayor, deputy = Role("mayor"), Role("mayor", frozenset({"deputy"}))
    >>> fits(mayor, mayor), fits(deputy, mayor), fits(mayor, deputy)
    (True, False, False)
    """
    is_same = described.head == told.head or (described.head == "minister" and told.head == "secretary" and told.fields)
    if not is_same or described.ranks != told.ranks:
        return False
    return not described.fields or not told.fields or bool(described.fields & told.fields)


def _before(tokens: Sequence[Token], first: int) -> Iterator[Role]:
    at = first - 1
    low = max(0, first - _MAX_BEFORE)
    if at >= low and tokens[at].text == "," and at - 1 >= low and tokens[at - 1].lower in TRADES:
        # "the minister, Anna Low, said"
        begin = _phrase_start(tokens, at - 1, low)
        if tokens[begin].lower == "the" or (begin and tokens[begin - 1].lower == "'s"):
            yield role_of(tokens, at - 1, begin)
        return
    while at >= low and (tokens[at].is_word or tokens[at].text == "."):
        if is_head(tokens[at]):
            yield role_of(tokens, at, _phrase_start(tokens, at, low))
        elif tokens[at].lower in PREPOSITIONS or is_verb_like(tokens[at]) or not tokens[at].lower.isalpha():
            return
        at -= 1


def _phrase_start(tokens: Sequence[Token], head: int, low: int) -> int:
    at = head
    while at > low and tokens[at - 1].is_word and not _ends_phrase(tokens[at - 1]):
        at -= 1
    return at


def _ends_phrase(token: Token) -> bool:
    return token.lower in PREPOSITIONS or is_verb_like(token) or token.lower in ("and", "or", "that", "as", "when")


def _behind(tokens: Sequence[Token], last: int) -> Iterator[Role]:
    at = last
    if at >= len(tokens):
        return
    if tokens[at].text == "(" and at + 2 < len(tokens) and tokens[at + 2].text == ")":
        yield from _age(tokens[at + 1])
        return
    if tokens[at].lower in _BEING:
        if at + 1 < len(tokens) and tokens[at + 1].lower in ("a", "an"):
            yield from _appositive(tokens, at + 1)
        return
    if tokens[at].text != ",":
        return
    at += 1
    if at < len(tokens) and tokens[at].lower == "aged":
        at += 1
    ages = list(_age(tokens[at])) if at < len(tokens) else []
    if ages and at + 1 < len(tokens) and tokens[at + 1].text == ",":
        yield from ages
        at += 2
    if at + 2 < len(tokens) and tokens[at].lower == "who" and tokens[at + 1].lower in _BEING:
        at += 2
        if tokens[at].lower not in ("a", "an", "the"):
            return
    yield from _appositive(tokens, at)


def _appositive(tokens: Sequence[Token], at: int) -> Iterator[Role]:
    begin = at
    for index in range(at, min(at + _MAX_AFTER, len(tokens))):
        token = tokens[index]
        if token.lower == "'s":
            begin = index + 1
            continue
        if not token.is_word:
            return
        if is_head(token):
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            if _AGE.match(token.lower):
                yield Role(token.lower)
                begin = index + 1
            elif following is None or _is_over(following):
                yield role_of(tokens, index, begin)
                return
        elif token.lower in PREPOSITIONS and index > at:
            return
        elif is_verb_like(token) and not (index == begin + 1 and tokens[begin].lower in ("a", "an", "the")):
            # "a retired pilot" has no verb in it.
            return


def _is_over(following: Token) -> bool:
    """Whether a role ends before this word: "the pilot of", but not "the club's manager"."""
    if following.lower == "'s":
        return False
    return not following.is_word or _ends_phrase(following) or following.lower == "who"


def _age(token: Token) -> Iterator[Role]:
    if token.text.isdigit() and 0 < int(token.text) < 120:
        yield Role(f"{token.text}-year-old")
