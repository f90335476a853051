"""Finds the noun phrase that does the saying, by closed word classes and word order alone.

English news keeps a strict order, so no parser is needed: the speaker stands directly before the reporting verb
("Low said"), directly after it behind a quotation ("…," said Low), or is the subject that an earlier verb of the same
clause already had ("Low shook his head and said"). All positions are indices into a list of tokens.
"""

from collections.abc import Sequence

from .cues import NOUN_CUES, cue_forms
from .tokens import Token
from .word_classes import (
    ADVERBS,
    APPOSITIVE,
    AUXILIARIES,
    BARE_NOUNS,
    COORDINATORS,
    DETERMINERS,
    LEADING,
    LEADING_ADVERBS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIME,
    VERBS,
    is_verb_like,
)

_LIMIT = 14


def subject_before(tokens: Sequence[Token], start: int, cue: int) -> tuple[int, int] | None:
    """The phrase ``[low, high)`` that is the subject of the verb at `cue`, looking left no further than `start`.

    >>> from .tokens import tokenise
    >>> line = "On Monday Mayor Anna Low, a lawyer, also said"
    >>> found = tokenise(line, 0, len(line))
    >>> low, high = subject_before(found, 0, len(found) - 1)
    >>> " ".join(t.text for t in found[low:high])
    'Mayor Anna Low'
    """
    at = cue - 1
    while at >= start and (
        _is_adverb(tokens[at])
        or (
            tokens[at].text == ","
            and at > start
            and _is_adverb(tokens[at - 1])
            and tokens[at - 1].lower in ("however", "meanwhile", "too", "though")
        )
    ):
        at -= 1
    if at < start:
        return None
    token = tokens[at]
    if _is_pronoun(token):
        return at, at + 1
    if token.lower in ("who", "which", "that") and at > start:
        before = at - 1
        if tokens[before].text == ",":
            before -= 1
        phrase = _phrase_left(tokens, start, before) if before >= start else None
        if (
            phrase is not None
            and token.lower != "who"
            and any(t.lower in NOUN_CUES for t in tokens[phrase[0] : phrase[1]])
        ):
            # "put out a statement that called": whoever put it out speaks.
            return clause_subject(tokens, start, phrase[0]) or phrase
        return phrase
    if token.text in (")", "]"):
        opened = at
        while opened > start and tokens[opened].text not in ("(", "["):
            opened -= 1
        return _phrase_left(tokens, start, opened - 1) if opened > start else None
    if token.text in (",", "—", "–", "--", "-"):
        return _before_appositive(tokens, start, at)
    if token.lower in COORDINATORS:
        # "after she left and called": the verb shares the subject of its own clause, where that is a pronoun.
        for index in range(at - 1, start, -1):
            if tokens[index].text == ",":
                break
            if _is_pronoun(tokens[index]) and tokens[index - 1].lower in SUBORDINATORS:
                return index, index + 1
    if token.lower in COORDINATORS or token.lower in (
        "to",
        "by",
        "of",
        "for",
        "in",
        "after",
        "before",
        "while",
        "from",
        "without",
    ):
        return clause_subject(tokens, start, cue)
    if not token.is_word and token.quote < 0:
        return clause_subject(tokens, start, cue) if token.text not in ".;:?!" else None
    if is_verb_like(token) or (token.lower.endswith("ly") and not token.is_capitalised):
        return clause_subject(tokens, start, at)
    return _phrase_left(tokens, start, at) or clause_subject(tokens, start, cue)


def _is_pronoun(token: Token) -> bool:
    word = token.lower
    return word in PRONOUNS or ("'" in word and word.split("'")[0] in PRONOUNS)


def _is_adverb(token: Token) -> bool:
    return token.lower in ADVERBS or (
        token.lower.endswith("ly")
        and len(token.lower) > 4
        and token.text[0].islower()
        and token.lower not in ("family", "ally", "assembly", "daily", "weekly", "monthly")
    )


def _before_appositive(tokens: Sequence[Token], start: int, comma: int) -> tuple[int, int] | None:
    """The phrase that ", a lawyer," or ", in a letter," hangs on; failing that the clause's subject.

    Stretches between commas are passed over from the right while they look like asides.
    """
    right = comma
    for _ in range(5):
        left = right - 1
        while left >= start and tokens[left].text not in (",", "—", "–", "--") and tokens[left].quote < 0:
            left -= 1
        if left < start or tokens[left].quote >= 0:
            break
        opening = tokens[left + 1]
        if left + 1 >= right or not (
            opening.lower in DETERMINERS
            or opening.lower in APPOSITIVE
            or opening.lower in PREPOSITIONS
            or opening.text[0].isdigit()
            or (opening.lower.endswith(("ing", "ed")) and opening.text[0].islower())
        ):
            break
        right = left
    else:
        return clause_subject(tokens, start, comma)
    if right == comma:
        if tokens[right - 1].text in (")", "]") and right - 1 > start:
            return _phrase_left(tokens, start, right - 1)
        # "On Monday, said …" has no phrase between: the subject stands further on the left.
        return clause_subject(tokens, start, comma)
    phrase = _phrase_left(tokens, start, right - 1)
    if (
        phrase is None
        or tokens[phrase[0]].lower in LEADING
        or (phrase[0] > start and tokens[phrase[0] - 1].lower in PREPOSITIONS)
    ):
        return clause_subject(tokens, start, comma)
    return phrase


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


def _phrase_left(tokens: Sequence[Token], start: int, last: int) -> tuple[int, int] | None:
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


def _is_nominal(token: Token) -> bool:
    return (
        token.is_word
        and not is_verb_like(token)
        and token.lower not in PREPOSITIONS
        and token.lower not in COORDINATORS
    )


def clause_subject(tokens: Sequence[Token], start: int, limit: int) -> tuple[int, int] | None:
    """The first subject of the clause between `start` and `limit`, behind its leading adverbials.

    >>> from .tokens import tokenise
    >>> line = "After the vote, the panel shook hands and said"
    >>> found = tokenise(line, 0, len(line))
    >>> low, high = clause_subject(found, 0, len(found))
    >>> " ".join(t.text for t in found[low:high])
    'the panel'
    """
    at = start
    for _ in range(4):
        while at < limit and (
            tokens[at].quote >= 0
            or not tokens[at].is_word
            or tokens[at].lower in LEADING_ADVERBS
            or (tokens[at].lower.endswith("ly") and at + 1 < limit and tokens[at + 1].text == ",")
        ):
            at += 1
        if at >= limit:
            return None
        word = tokens[at].lower
        if word in LEADING or (word.endswith("ing") and len(word) > 5 and word not in ("king",)):
            comma = at
            while comma < limit and tokens[comma].text not in (",", "—", "–", "--"):
                comma += 1
            if comma >= limit - 1:
                # No comma: the subject follows the first noun phrase ("On Monday officials").
                return _phrase_after_adverbial(tokens, at, limit)
            at = comma + 1
            continue
        break
    if at < limit and _is_pronoun(tokens[at]):
        return at, at + 1
    return phrase_right(tokens, at, limit)


def _phrase_after_adverbial(tokens: Sequence[Token], at: int, limit: int) -> tuple[int, int] | None:
    for index in range(at + 1, min(limit, at + 12)):
        if tokens[index].lower in PRONOUNS - {"it", "you"}:
            return index, index + 1
        is_time = tokens[index].lower in TIME or (tokens[index].text.isdigit() and tokens[index - 1].lower in TIME)
        following = tokens[index + 1] if index + 1 < limit else None
        if is_time and following is not None and following.is_word:
            if following.lower in TIME or following.text.isdigit():
                continue
            return phrase_right(tokens, index + 1, limit)
    return phrase_right(tokens, at + 1, limit)


def phrase_right(tokens: Sequence[Token], at: int, limit: int) -> tuple[int, int] | None:
    """The noun phrase that begins at `at`: to the verb, the comma, or a preposition that does not belong to it.

    >>> from .tokens import tokenise
    >>> line = "a spokesman for the port on Monday"
    >>> found = tokenise(line, 0, len(line))
    >>> low, high = phrase_right(found, 0, len(found))
    >>> " ".join(t.text for t in found[low:high])
    'a spokesman for the port'
    """
    while at < limit and _is_adverb(tokens[at]):
        at += 1
    if at < limit and (_is_pronoun(tokens[at]) or tokens[at].lower in ("him", "them")):
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


def _is_verb_form(token: Token) -> bool:
    cue = cue_forms().get(token.lower)
    return cue is not None or token.lower in AUXILIARIES or token.lower in VERBS or token.lower.endswith("ing")
