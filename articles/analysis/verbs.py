"""Tells whether a stretch of words states something, which in English takes a finite verb.

No tagger is needed for that: auxiliaries and irregular pasts are closed classes, regular pasts end in "-ed", and a form
in "-s" is a verb where a subject stands before it and an object or a preposition behind. A wrong guess costs a cut too
many or too few, never a span that is not in the text.
"""

import re
from functools import cache

from .cues import cue_forms
from .lexicon import words

_FINITE = words(
    """
    is are was were am has have had does do did will would can could may might must shall should cannot isn't
    aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't couldn't shouldn't
    it's he's she's that's there's we're they're i'm we've they've i've you're we'll they'll he'd she'd they'd
    became began bore bought broke brought built came caught chose cut drew drove fell felt fled flew forced
    fought found gave got grew had heard held hid hit hurt kept knew laid led left lent lost made meant met paid
    put quit ran rang rose said sang sank sat saw sent set shook shot shut sold sought spent spoke stood stole
    swam drank dealt dug flung forbade forgave forgot froze hung knelt leapt mistook overcame rode shrank slept
    slid sprang stank swung undertook withdrew withstood wove ate bled blew bred clung crept fed
    struck stuck sued swore swept took taught thought threw told took tore understood went woke won wore wrote
    says goes gets gives takes makes comes keeps needs wants seems looks appears remains stands holds shows
    means includes faces leaves leads runs sees thinks knows believes hopes plans tries helps works lives calls
    asks wins loses follows weighs
    """
)
# What a form in "-ed" is when one of these stands before it: part of a noun phrase or of a passive.
_NO_SUBJECT = words(
    """
    a an the his her its their our my your this that these those be been being to of for by with in on at from
    as and or newly recently highly most more very is are was were has have had having get got getting so-called
    two three four five six seven eight nine ten several many few some no all both other more fewer
    """
)
_OBJECT = words(
    """
    the a an his her its their our my your this that these those him them it us to in on at for with from off up
    out over into against no not about by as after before through under between among how what why whether
    """
)
_PREPOSITIONS = words(
    "of in on at for by with from to into about against between during among amid over under near per via and or"
)
_SUBJECTS = words("he she it they we i you who which that this there everyone nobody someone")
_NOUNS_IN_ED = words("united hundred need speed seed feed deed red bed breed greed indeed")
_TOKEN = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*|[^\w\s]")


def has_finite_verb(words_: str) -> bool:
    """Whether some words hold a verb that states something, judged by closed classes and word order.

    >>> [has_finite_verb(w) for w in ("but the road was closed", "and lorries in the area", "experts doubt the figure")]
    [True, False, True]
    """
    return find_finite_verb(words_) is not None


def find_finite_verb(words_: str) -> int | None:
    """Where the first finite verb of some words begins; the words are read as far as 400 characters.

    >>> find_finite_verb("the dam held")
    8
    """
    found = [(m.group().lower().replace("’", "'"), m.group(), m.start()) for m in _TOKEN.finditer(words_, 0, 400)]
    for n, (word, printed, start) in enumerate(found):
        before = found[n - 1][0] if n else ""
        after = found[n + 1][0] if n + 1 < len(found) else ""
        if printed[0].isupper() and n:
            continue
        if word in _FINITE:
            if not (
                word in ("left", "set", "cut", "needs", "plans", "works", "lives", "calls") and before in _NO_SUBJECT
            ):
                return start
        elif word.endswith("ed") and len(word) > 4:
            if word not in _NOUNS_IN_ED and before not in _NO_SUBJECT and (n or after in _OBJECT):
                return start
        elif _is_present(word, before, after, n):
            return start
    return None


def _is_present(word: str, before: str, after: str, n: int) -> bool:
    if not word.isalpha() or word in _OBJECT or word in _PREPOSITIONS or word in _SUBJECTS:
        return False
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        # "the panel votes on it", "she votes"; not "three votes in the house".
        known = word in _present_forms()
        return n > 0 and before not in _NO_SUBJECT and (before in _SUBJECTS or (known and after in _OBJECT))
    # "experts question the figure", "they mount a defence"
    is_plural = before.endswith("s") and not before.endswith(("ss", "'s")) and len(before) > 3
    if before in _SUBJECTS - {"this", "that", "it", "he", "she", "there"}:
        return word in _base_forms()
    return is_plural and word in _base_forms() and after in _OBJECT


@cache
def _present_forms() -> frozenset[str]:
    return frozenset(form for form, cue in cue_forms().items() if cue.form == "s") | {_third(verb) for verb in _COMMON}


def _third(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "s"


@cache
def _base_forms() -> frozenset[str]:
    return frozenset(form for form, cue in cue_forms().items() if cue.form == "base") | _COMMON


_COMMON = words(
    """
    accept act add aim allow appear approach arrive attend back ban bear become begin block break bring build
    buy carry cast cause change choose claim close come consider contain continue control cost counter cover
    create cut deal decide defend demand depend design destroy develop die direct doubt draw drive earn end
    enter escalate exist expand expect explain face fail fall fear fight fill find follow force form get give go
    grow hand happen help hit hold hope include increase insist intensify issue join keep kill know lack launch
    lead leave let lie limit live look lose love make manage mark mean meet monitor mount move need offer open
    operate oppose order own pay plan play point prefer prepare present press prevent produce protect prove
    provide publish push put question raise reach read receive reduce refuse reject release rely remain remove
    report represent require resign rest result return reveal rise rule run save see seek seem sell send serve
    set share show sit spend stand start stay step stop strike struggle suffer support survive take target tell
    threaten try turn undermine urge use value visit vote wait walk want warn watch weigh win work worry write
    """
)
