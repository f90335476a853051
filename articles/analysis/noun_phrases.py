"""Finds where a noun phrase begins and ends, by closed word classes and word order alone.

All positions are indices into a list of tokens; a phrase is ``[low, high)``.
"""

from collections.abc import Sequence

from .cues import cue_forms
from .tokens import Token
from .word_classes import (
    ADVERBS,
    AUXILIARIES,
    BARE_NOUNS,
    COORDINATORS,
    DETERMINERS,
    LEADING_ADVERBS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIME,
    VERBS,
    is_verb_like,
)

_LIMIT = 14


def phrase_right(tokens: Sequence[Token], at: int, limit: int) -> tuple[int, int] | None:
    """The noun phrase that begins at `at`: to the verb, the comma, or a preposition that does not belong to it.

    >>> from .tokens import tokenise
    >>> line = "a spokesman for the port on Monday"
    >>> found = tokenise(line, 0, len(line))
    >>> low, high = phrase_right(found, 0, len(found))
    >>> " ".join(t.text for t in found[low:high])
    'a spokesman for the port'
    """
    while at < limit and is_adverb(tokens[at]):
        at += 1
    if at < limit and (is_pronoun(tokens[at]) or tokens[at].lower in ("him", "them")):
        return (at, at + 1)
    if at + 1 < limit and tokens[at].lower == "her" and not tokens[at + 1].is_word:
        return (at, at + 1)
    high = at
    while high < limit and high - at < _LIMIT:
        token = tokens[high]
        if token.quote >= 0:
            if high == at or high + 1 >= limit or not tokens[high + 1].is_word or token.end - token.start > 40:
                break
        elif token.text in ("’s", "'s", "’", "'", "&", ".", "/", "#", "@", "$"):
            if token.text == "." and (high == at or len(tokens[high - 1].text) > 2):
                break
        elif (
            not token.is_word
            or (is_verb_like(token) and high > at)
            or (
                (token.lower in SUBORDINATORS and token.lower not in DETERMINERS)
                or token.lower in ("who", "which", "but", "or")
            )
            or token.lower in PRONOUNS
            or (token.lower in ADVERBS and high > at)
            or (token.lower in TIME and high > at)
        ):
            break
        elif token.lower == "and":
            if (
                high == at
                or high + 1 >= limit
                or not _is_nominal(tokens[high + 1])
                or tokens[high - 1].lower in PREPOSITIONS
                or _is_verb_form(tokens[high + 1])
            ):
                break
        elif token.lower in PREPOSITIONS:
            if high == at or token.lower not in ("of", "for", "at", "from", "in", "with") or high + 1 >= limit:
                break
            if not _is_nominal(tokens[high + 1]) or tokens[high + 1].lower in TIME or tokens[high + 1].text.isdigit():
                break
            if token.lower in ("in", "at", "with", "from", "for") and (
                tokens[high - 1].is_capitalised or tokens[high + 1].lower in ("an", "a")
            ):
                break
        elif high > at and token.text[0].islower() and tokens[high - 1].is_capitalised and _is_verb_form(token):
            break
        high += 1
    while high > at and (tokens[high - 1].lower in PREPOSITIONS or tokens[high - 1].lower in ("and", "the", "a", "an")):
        high -= 1
    return (at, high) if high > at else None


def phrase_left(tokens: Sequence[Token], start: int, last: int) -> tuple[int, int] | None:
    """The noun phrase that ends at `last`, looking left no further than `start`; None when no subject can stand there.

    >>> from .tokens import tokenise
    >>> line = "On Monday the head of the port"
    >>> found = tokenise(line, 0, len(line))
    >>> low, high = phrase_left(found, 0, len(found) - 1)
    >>> " ".join(t.text for t in found[low:high])
    'the head of the port'
    """
    if last >= start and tokens[last].text in (")", "]"):
        # "Rep. Anna Low (R-Ohio), a lawyer, said"
        while last > start and tokens[last].text not in ("(", "["):
            last -= 1
        last -= 1
    if last < start:
        return None
    low = last + 1
    at = last
    seen_noun = False
    while at >= start and last - at < _LIMIT:
        token = tokens[at]
        if token.quote >= 0:
            # A quoted nickname or title inside a name stays; a quotation before the phrase ends it.
            if at in (last, start) or not tokens[at - 1].is_word or token.end - token.start > 40:
                break
        elif token.text in ("’s", "'s", "’", "'", "&", ".", "/") or token.text.startswith(("‑",)):
            pass
        elif (
            (not token.is_word and token.text not in ("@", "#", "$", "%"))
            or token.lower in SUBORDINATORS
            or token.lower in ("but", "or", "nor", "who", "which")
            or token.lower in PRONOUNS
            or is_verb_like(token)
        ):
            break
        elif token.lower in ("and",):
            if (
                not seen_noun
                or at == start
                or not (tokens[at - 1].is_word or tokens[at - 1].text == ",")
                or is_verb_like(tokens[at - 1])
            ):
                break
            if tokens[at - 1].text == ",":
                at -= 1
        elif token.lower in PREPOSITIONS:
            if (
                not seen_noun
                or at == start
                or not _is_nominal(tokens[at - 1])
                or token.lower
                in (
                    "after",
                    "before",
                    "during",
                    "since",
                    "until",
                    "to",
                    "into",
                    "despite",
                    "amid",
                    "following",
                    "by",
                    "as",
                    "through",
                )
            ):
                break
        elif (
            token.lower in TIME
            and token.lower not in ("march", "may", "night")
            and seen_noun
            and (at == start or tokens[at - 1].lower in PREPOSITIONS)
        ) or (token.lower in LEADING_ADVERBS and at <= start + 1):
            break
        else:
            seen_noun = True
            low = at
            at -= 1
            continue
        at -= 1
    while low <= last and (
        tokens[low].lower in ("and", "of", "'s") or not (tokens[low].is_word or tokens[low].quote >= 0)
    ):
        low += 1
    while last >= low and tokens[last].lower in TIME and last > low:
        last -= 1
    while last > low and tokens[last].lower in PREPOSITIONS:
        last -= 1
    while low < last and (
        tokens[low].lower == "that"
        or tokens[low].lower in TIME
        or (tokens[low].text.isdigit() and tokens[low + 1].text == ",")
    ):
        low += 1
    if low > last or not seen_noun or (tokens[low].text.isdigit() and low == last) or tokens[low].lower in TIME:
        return None
    if (
        low == last
        and tokens[low].text.islower()
        and not tokens[low].lower.endswith("s")
        and tokens[low].lower not in BARE_NOUNS
    ):
        # A lone word in lower case without an article is hardly a subject.
        return None
    return low, last + 1


def with_name(tokens: Sequence[Token], phrase: tuple[int, int]) -> tuple[int, int]:
    """`phrase` with the name that follows a description in apposition: "the spokesman, Ole Berg".

    >>> from .tokens import tokenise
    >>> with_name(tokenise("the spokesman, Ole Berg.", 0, 24), (0, 2))
    (0, 5)
    """
    high = phrase[1]
    if high + 1 >= len(tokens) or tokens[high].text != "," or not tokens[high + 1].is_capitalised:
        return phrase
    is_description = tokens[phrase[0]].lower in DETERMINERS and tokens[phrase[0] + 1].text[0].islower()
    if (tokens[high - 1].is_capitalised and not is_description) or tokens[phrase[0]].lower in PRONOUNS:
        return phrase
    last = high + 1
    while (
        last < len(tokens)
        and last - high < 8
        and (
            tokens[last].is_capitalised
            or tokens[last].text in (".", "’s", "-")
            or tokens[last].lower in ("of", "de", "van", "von", "al")
        )
    ):
        last += 1
    while last > high + 1 and not tokens[last - 1].is_capitalised:
        last -= 1
    if last - high < 3 or tokens[high + 1].lower in TIME or tokens[high + 1].lower in PREPOSITIONS:
        return phrase
    return phrase[0], last


def is_pronoun(token: Token) -> bool:
    """Whether a word is a pronoun, also with a verb drawn into it.

    >>> from .tokens import tokenise
    >>> [is_pronoun(token) for token in tokenise("they'd say", 0, 10)]
    [True, False]
    """
    word = token.lower
    return word in PRONOUNS or ("'" in word and word.split("'")[0] in PRONOUNS)


def is_adverb(token: Token) -> bool:
    """Whether a word may stand between a subject and its verb.

    >>> from .tokens import tokenise
    >>> [is_adverb(token) for token in tokenise("quickly a family", 0, 16)]
    [True, False, False]
    """
    return token.lower in ADVERBS or (
        token.lower.endswith("ly")
        and len(token.lower) > 4
        and token.text[0].islower()
        and token.lower not in ("family", "ally", "assembly", "daily", "weekly", "monthly")
    )


def _is_nominal(token: Token) -> bool:
    return (
        token.is_word
        and not is_verb_like(token)
        and token.lower not in PREPOSITIONS
        and token.lower not in COORDINATORS
    )


def _is_verb_form(token: Token) -> bool:
    cue = cue_forms().get(token.lower)
    return cue is not None or token.lower in AUXILIARIES or token.lower in VERBS or token.lower.endswith("ing")
