"""The words that say that somebody said something, and how they say it.

The class is shown with every quotation, because outlets differ in it: what one reports neutrally ("said") another
doubts ("claimed"), loads ("boasted") or judges ("termed"). Inflected forms are made by rule from the base forms here.
"""

from functools import cache
from typing import Literal, NamedTuple

from .lexicon import words
from .types import CueClass

Form = Literal["base", "s", "past", "ing"]


class Cue(NamedTuple):
    """One form of a reporting verb. ``strength`` is how surely it introduces speech, 1 for "said"."""

    lemma: str
    form: Form
    cue_class: CueClass
    strength: float


_NEUTRAL = words(
    """
    say tell state write add ask answer reply respond note remark comment explain observe mention describe
    report recall continue conclude read post tweet testify announce quote cite elaborate begin repeat
    recount reveal disclose inform relate caution reiterate advise discuss address speak talk go
    communicate disagree agree joke quip text email e-mail blog narrate interject clarify specify
    respond express voice argue counter predict estimate reason summarise summarize propose recommend
    hear signal anticipate
    """
)
_ASSERTIVE = words(
    """
    declare announce assert insist confirm emphasise emphasize acknowledge affirm stress underline underscore
    maintain contend argue warn urge demand proclaim pronounce reaffirm reassure swear certify rule find
    conclude deny reject dismiss determine order instruct call assure highlight promise pledge
    """
)
_WEAK = words(
    """
    claim allege suggest hint indicate believe think feel imply intimate speculate appear seem fear hope expect
    suspect guess doubt wonder worry estimate project question consider assume understand
    """
)
_LOADED = words(
    """
    boast admit concede slam blast vow lash rant rail thunder snap retort mock taunt threaten complain lament
    gush rave sneer scoff bemoan accuse blame condemn denounce decry deride attack criticise criticize
    confess crow fume bristle bark shout yell scream cry whisper mutter sigh trumpet tout brag hammer rip
    charge chide scold excoriate ridicule lambaste praise hail applaud laud defend plead protest object
    exclaim bluster insinuate gloat
    """
)
_EVALUATIVE = words("term call dub label describe brand characterise characterize deem portray depict paint style")
# Verbs whose object is a quotation or a that-clause nearly every time.
_STRONG = words(
    """
    say tell state write add ask reply declare assert insist tweet claim allege argue warn announce explain
    respond note remark testify contend boast vow quip recall continue conclude acknowledge comment answer
    observe stress emphasize emphasise reiterate admit concede caution retort joke post confirm call term
    exclaim counter
    """
)
# Verbs that more often do something else: they count only where nothing better stands near.
_FAINT = words(
    """
    go speak talk read find rule order begin seem appear feel think hope expect understand discuss address reveal
    attack tout defend project consider relate question brand style paint text email determine hammer rip charge
    mention fear wonder worry guess doubt object plead cry bark snap applaud hail praise suspect assume repeat
    hear signal anticipate
    """
)
_IRREGULAR: dict[str, tuple[str, ...]] = {
    "say": ("said",),
    "tell": ("told",),
    "write": ("wrote", "written"),
    "speak": ("spoke", "spoken"),
    "think": ("thought",),
    "feel": ("felt",),
    "find": ("found",),
    "begin": ("began", "begun"),
    "go": ("went",),
    "read": ("read",),
    "swear": ("swore", "sworn"),
    "understand": ("understood",),
    "foresee": ("foresaw",),
    "hear": ("heard",),
}
_DOUBLING = words("brag quip rip plan rap snap admit")
# Forms that are nouns at least as often: they need a subject before them and no article.
NOUN_LIKE = words(
    """
    claim claims report reports note notes comment comments remark remarks state states question questions call calls
    demand demands charge charges estimate estimates project projects order orders rule rules hope hopes fear fears
    post posts tweet tweets quote quotes attack attacks blast blasts answer answers reply replies cry cries guess
    pledge pledges promise promises vow vows doubt doubts blame praise object objects label labels term terms brand
    brands style styles paint address addresses text texts email emails reason reasons stress worry worries finding
    findings warning meaning writing reading feeling saying questioning ruling building counter joke jokes respect
    protest protests address talk talks concern signal signals
    """
)
NOUN_CUES = words(
    """
    statement claim assertion remark comment allegation accusation warning announcement declaration argument promise
    pledge vow complaint contention suggestion insistence letter email memo tweet post interview speech testimony
    report op-ed column essay editorial note message release affidavit complaint lawsuit filing book memoir statements
    claims remarks comments allegations accusations warnings words ruling opinion motto slogan question answer response
    reply description transcript ad brief headline caption sign banner chant chants charge belief view criticism
    """
)


@cache
def cue_forms() -> dict[str, Cue]:
    """Every inflected reporting verb by its lower-case form.

    >>> cue_forms()["insisted"].lemma, cue_forms()["claims"].cue_class
    ('insist', 'weak')
    """
    forms: dict[str, Cue] = {}
    # Later classes win where a verb stands in two lists: the more telling class is the one to show.
    classes: tuple[tuple[frozenset[str], CueClass], ...] = (
        (_NEUTRAL, "neutral"),
        (_ASSERTIVE, "assertive"),
        (_WEAK, "weak"),
        (_LOADED, "loaded"),
        (_EVALUATIVE, "evaluative"),
    )
    for lemmas, cue_class in classes:
        for lemma in sorted(lemmas):
            strength = 1.0 if lemma in _STRONG else 0.45 if lemma in _FAINT else 0.8
            for form, kind in _inflect(lemma):
                forms[form] = Cue(lemma, kind, cue_class, strength)
    # A hearing is an occasion.
    del forms["hearing"]
    return forms


def _inflect(verb: str) -> list[tuple[str, Form]]:
    forms: list[tuple[str, Form]] = [(verb, "base")]
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        forms.append((verb + "es", "s"))
    elif verb.endswith("y") and verb[-2] not in "aeiou":
        forms.append((verb[:-1] + "ies", "s"))
    else:
        forms.append((verb + "s", "s"))
    stem = verb + verb[-1] if verb in _DOUBLING else verb
    forms.append(((stem[:-1] if verb.endswith("e") and not verb.endswith("ee") else stem) + "ing", "ing"))
    if verb in _IRREGULAR:
        forms += [(past, "past") for past in _IRREGULAR[verb]]
    elif verb.endswith("e"):
        forms.append((verb + "d", "past"))
    elif verb.endswith("y") and verb[-2] not in "aeiou":
        forms.append((verb[:-1] + "ied", "past"))
    else:
        forms.append((stem + "ed", "past"))
    return forms
