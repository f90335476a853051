"""Finds the noun phrase that does the saying, by closed word classes and word order alone.

English news keeps a strict order, so no parser is needed: the speaker stands directly before the reporting verb
("Low said"), directly after it behind a quotation ("…," said Low), or is the subject that an earlier verb of the same
clause already had ("Low shook his head and said"). All positions are indices into a list of tokens.
"""

from collections.abc import Sequence

from .cues import NOUN_CUES
from .noun_phrases import is_adverb, is_pronoun, phrase_left, phrase_right
from .tokens import Token
from .word_classes import (
    APPOSITIVE,
    COORDINATORS,
    DETERMINERS,
    LEADING,
    LEADING_ADVERBS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIME,
    is_verb_like,
)

_OF_PLACES = frozenset(("in", "at", "near", "from", "of", "on"))


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
        is_adverb(tokens[at])
        or (
            tokens[at].text == ","
            and at > start
            and is_adverb(tokens[at - 1])
            and tokens[at - 1].lower in ("however", "meanwhile", "too", "though")
        )
    ):
        at -= 1
    if at < start:
        return None
    token = tokens[at]
    if is_pronoun(token):
        return at, at + 1
    if token.lower in ("who", "which", "that") and at > start:
        before = at - 1
        is_aside = tokens[before].text == ","
        if is_aside:
            before -= 1
        phrase = phrase_left(tokens, start, before) if before >= start else None
        if phrase is not None and is_aside and token.lower == "who":
            phrase = _described_name(tokens, start, phrase) or phrase
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
        return phrase_left(tokens, start, opened - 1) if opened > start else None
    if token.text in (",", "—", "–", "--", "-"):
        return _before_appositive(tokens, start, at)
    if token.lower in COORDINATORS:
        # "after she left and called": the verb shares the subject of its own clause, where that is a pronoun.
        for index in range(at - 1, start, -1):
            if tokens[index].text == ",":
                break
            if is_pronoun(tokens[index]) and tokens[index - 1].lower in SUBORDINATORS:
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
    return phrase_left(tokens, start, at) or clause_subject(tokens, start, cue)


def _described_name(tokens: Sequence[Token], start: int, phrase: tuple[int, int]) -> tuple[int, int] | None:
    """Whom a phrase between commas describes: "Senator Anna Low, Democrat of Ohio, who said"; "the mayor" is one."""
    comma, opening = phrase[0] - 1, tokens[phrase[0]].lower
    if comma <= start or tokens[comma].text != "," or opening not in {"a", "an"} | APPOSITIVE:
        return None
    name = phrase_left(tokens, start, comma - 1)
    if name is None or not (tokens[name[0]].is_capitalised and tokens[name[1] - 1].is_capitalised):
        return None
    # "In Ohio, a lawyer, who said"
    return None if name[0] > start and tokens[name[0] - 1].lower in _OF_PLACES else name


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
            return phrase_left(tokens, start, right - 1)
        # "On Monday, said …" has no phrase between: the subject stands further on the left.
        return clause_subject(tokens, start, comma)
    phrase = phrase_left(tokens, start, right - 1)
    if (
        phrase is None
        or tokens[phrase[0]].lower in LEADING
        or (phrase[0] > start and tokens[phrase[0] - 1].lower in PREPOSITIONS)
    ):
        return clause_subject(tokens, start, comma)
    return phrase


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
    if at < limit and is_pronoun(tokens[at]):
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
