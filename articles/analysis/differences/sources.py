"""Sources without a name, by the kind of people they are: a company and its union never speak as one.

Outlets describe one source in many ways ("the operator", "the company", "a spokesman for the firm"), so two
descriptions are two sources only where both belong to kinds that exclude one another.
"""

import re
from functools import cache

from ..lexicon import words
from ..text import fold

_WORD = re.compile(r"[^\W\d_]+")
# A line is one kind of people. A word that could stand for several kinds is on no line.
_KINDS = """
company companies firm firms operator operators owner owners manufacturer maker airline carrier bank retailer \
supplier employer utility builder developer contractor management brewery railway shipowner
union unions labor labour staff workers worker employees employee crew strikers
police detective detectives constable sheriff troopers constabulary
prosecutor prosecutors
lawyer lawyers attorney attorneys solicitor barrister
judge judges court jury jurors magistrate magistrates
government ministry minister ministers cabinet
opposition
council councillor councillors mayor
hospital hospitals doctor doctors surgeon surgeons medic medics paramedic paramedics nurse nurses
passenger passengers witness witnesses bystander bystanders resident residents neighbour neighbours neighbor \
neighbors onlooker onlookers motorist motorists tourist tourists shopper shoppers
family relatives parents mother father widow widower wife husband son daughter brother sister
firefighters firefighter firemen lifeboatmen coastguard rescuers rescuer
scientist scientists researcher researchers engineer engineers geologist geologists seismologists meteorologists \
forecasters
teacher teachers headmaster headteacher
pupil pupils student students
protesters protester protestors demonstrators campaigners activists
army military navy soldiers
rebels insurgents militants
landlord landlords
tenants tenant
farmers farmer
bishop priest vicar
"""
# Who only speaks for somebody: the others are in the words around.
_VOICES = words(
    """
    spokesman spokeswoman spokesperson spokespeople official officials officer officers chief head leader leaders boss
    source sources representative representatives executive executives director statement report press
    """
)
_BEHIND = words("for of at from in with on near")


def are_other_sources(one: str, two: str) -> bool:
    """Whether two descriptions are of people of different kinds; False where that cannot be told.

    >>> are_other_sources("the company", "a union spokesman"), are_other_sources("the operator", "the ferry company")
    (True, False)
    """
    a, b = _kind(one), _kind(two)
    return a is not None and b is not None and a != b


@cache
def _kinds() -> dict[str, int]:
    return {word: n for n, line in enumerate(_KINDS.strip().splitlines()) for word in line.split()}


def _kind(described: str) -> int | None:
    """The kind of people in a description: its head, or whom a spokesman speaks for."""
    words_ = [fold(word) for word in _WORD.findall(described)]
    if words_[:2] and "coast guard" in " ".join(words_):
        words_ = " ".join(words_).replace("coast guard", "coastguard").split()
    at = next((n for n, word in enumerate(words_) if word in _BEHIND), len(words_))
    ahead, behind = words_[:at], words_[at + 1 :]
    if ahead and ahead[-1] in _VOICES:
        # "a spokesman for the port police", "the police chief"
        ahead = behind or ahead[:-1]
        stop = next((n for n, word in enumerate(ahead) if word in _BEHIND), len(ahead))
        ahead = ahead[:stop]
    return _kinds().get(ahead[-1]) if ahead else None
