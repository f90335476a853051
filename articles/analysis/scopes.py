"""How far reported speech reaches: where its clause begins, where another subject ends it, who only listened."""

from collections.abc import Sequence

from .cues import cue_forms
from .lexicon import words
from .noun_phrases import phrase_right
from .tokens import Token
from .word_classes import AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS, SUBORDINATORS, TIME, is_verb_like

_SCOPE_END = words("though although while but whereas amid even")
# "…, a claim that engineers reject": the outlet names what was said and goes on about it.
_RECKONED = words("claim assertion allegation charge accusation contention suggestion argument figure view account")
# Backshifted verbs go on reporting: "…, and the council would pay".
_BACKSHIFTED = words("would had could should might")
# "…, and his team was ready": still the speaker's, who owns the subject.
_OWN = words("his her its their my our this these that those")
_PASSED_OVER = TIME | words("on last this early late first also never not still")
_OUTLETS = words(
    """
    bbc cnn reuters afp ap itv itn sky nbc abc cbs npr pbs msnbc rte rté bloomberg politico axios fox newsweek cnbc dpa
    ansa efe tass xinhua interfax c-span mpr wbur kyodo
    """
)
_OUTLET_TAILS = words("news radio television tv times today online sport 24")


def clause_around(tokens: Sequence[Token], at: int) -> int:
    """Where the clause that ends at `at` begins: behind the last semicolon or another subject's "while".

    >>> from .tokens import tokenise
    >>> line = "Rain fell; the pier broke"
    >>> clause_around(tokenise(line, 0, len(line)), 5)
    3
    """
    return max((i + 1 for i in range(at) if tokens[i].text == ";" or (tokens[i].lower in _SCOPE_END and i)), default=0)


def scope_end(tokens: Sequence[Token], start: int) -> int:
    """Where speech that begins at `start` ends, at the latest with the unit.

    >>> from .tokens import tokenise
    >>> line = "the pier was safe, and firefighters cleared it"
    >>> scope_end(tokenise(line, 0, len(line)), 0)
    4
    """
    for index in range(start + 2, len(tokens)):
        token = tokens[index]
        before = tokens[index - 1]
        if token.text == ";":
            return index
        if token.lower in _SCOPE_END and token.quote < 0:
            is_set_off = before.text in (",", "—", "–") or token.lower in ("though", "although", "whereas", "amid")
            is_even_though = token.lower != "even" or (
                index + 1 < len(tokens) and tokens[index + 1].lower in ("as", "though")
            )
            if is_set_off and is_even_though:
                return index
        if before.text in (",", "—", "–", "--") and token.quote < 0 and _changes_speaker(tokens, index):
            return index - 1
        if token.lower == "as" and before.text == ",":
            return index
    return len(tokens)


def _changes_speaker(tokens: Sequence[Token], at: int) -> bool:
    """Whether what a comma sets off is the outlet's: a new report, a judgement, another subject with its own verb."""
    word = tokens[at].lower
    cue = cue_forms().get(word)
    if cue is not None and cue.form == "ing" and cue.strength >= 0.8 and at + 1 < len(tokens):
        return (
            tokens[at + 1].lower == "that"
            or tokens[at + 1].quote >= 0
            or tokens[at + 1].lower in DETERMINERS | PRONOUNS
        )
    if word in ("a", "an") and at + 1 < len(tokens):
        return any(t.lower in _RECKONED for t in tokens[at + 1 : at + 3])
    if word != "and" or at + 1 >= len(tokens):
        return False
    subject = phrase_right(tokens, at + 1, min(len(tokens), at + 14))
    if subject is None or subject[0] != at + 1 or subject[1] >= len(tokens):
        return False
    first = tokens[at + 1].lower
    if first in PRONOUNS or first in _OWN or first in SUBORDINATORS or first in PREPOSITIONS:
        return False
    verb = subject[1]
    if tokens[verb].text == "(":
        while verb < min(len(tokens), at + 20) - 1 and tokens[verb].text != ")":
            verb += 1
        verb += 1
    if verb + 1 < len(tokens) and tokens[verb].text == ",":
        verb += 1
    return verb < len(tokens) and is_verb_like(tokens[verb]) and tokens[verb].lower not in _BACKSHIFTED


def opens_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether a subject with its verb begins at `at`: "the pier was safe", not "the delivery of two ships".

    >>> from .tokens import tokenise
    >>> opens_clause(tokenise("the pier was safe", 0, 17), 0), opens_clause(tokenise("the sale of tar", 0, 15), 0)
    (True, False)
    """
    subject = phrase_right(tokens, at, len(tokens))
    if subject is None or any(t.quote >= 0 for t in tokens[at : subject[1]]):
        return False
    verb = subject[1]
    while verb < len(tokens) and (tokens[verb].lower in _PASSED_OVER or tokens[verb].lower.endswith("ly")):
        verb += 1
    return verb < len(tokens) and is_verb_like(tokens[verb]) and "-" not in tokens[verb].text


def listener_end(tokens: Sequence[Token], at: int) -> int:
    """Where the words for the one who was told end; `at` itself where nobody is named.

    >>> from .tokens import tokenise
    >>> line = "the BBC the pier was safe"
    >>> listener_end(tokenise(line, 0, len(line)), 0)
    2
    """
    if at >= len(tokens):
        return at
    if tokens[at].lower in PRONOUNS or tokens[at].lower in ("him", "her", "them", "me", "us"):
        return at + 1
    index = at
    if tokens[index].lower in DETERMINERS:
        index += 1
    if index < len(tokens) and tokens[index].lower in _OUTLETS:
        index += 1
        while index < len(tokens) and tokens[index].lower in _OUTLET_TAILS:
            index += 1
        return _with_owned(tokens, index)
    start = index
    while index < len(tokens) and index - start < 10:
        token = tokens[index]
        if token.text in ("’s", "'s", "’", "'", "&") and index > start:
            index += 1
            continue
        if not token.is_word or token.lower == "that" or token.lower in PRONOUNS or token.lower in TIME:
            break
        if token.lower in DETERMINERS and not (token.is_capitalised and index == start):
            break
        if token.lower in AUXILIARIES or (is_verb_like(token) and index > start):
            break
        if token.lower in PREPOSITIONS:
            is_part = token.lower in ("of", "from", "in", "for") and index + 1 < len(tokens)
            if not is_part or index == start or tokens[index + 1].lower in TIME:
                break
            index += 1 + (tokens[index + 1].lower in DETERMINERS)
            continue
        before = tokens[index - 1]
        is_name_begun = index > start and token.is_capitalised and not before.is_capitalised
        if is_name_begun and before.text not in ("’s", "'s", "’", "'", "&") and before.lower not in PREPOSITIONS:
            break
        if (
            index > start
            and not token.is_capitalised
            and tokens[index - 1].is_capitalised
            and tokens[at].is_capitalised
        ):
            # "Cole told Newsweek engineers were wrong"
            break
        index += 1
    return index if index > start else at


def _with_owned(tokens: Sequence[Token], at: int) -> int:
    """ "the BBC’s Today programme" is one listener."""
    if at >= len(tokens) or tokens[at].text not in ("’s", "'s", "’", "'"):
        return at
    at += 1
    while at < len(tokens) and (tokens[at].is_capitalised or tokens[at].lower in ("programme", "program", "show")):
        at += 1
    return at
