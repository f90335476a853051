"""Finds the reporting words of a sentence, and leaves out the nouns and passives that only look like them."""

from collections.abc import Sequence
from typing import NamedTuple

from .cues import NOUN_LIKE, Cue, cue_forms
from .gazetteer import country_by_demonym
from .lexicon import words
from .tokens import Token
from .word_classes import AUXILIARIES, PRONOUNS

_BE = words("is are was were be been being am 's")
_ARTICLES = words("the a an this that these those his her its their my our your no any some another such of")
_NOUN_BEFORE = words("in of with by for on at and one two three new his her about from against over multiple false")
_VERB_BEFORE = words("to who also not will would they we officials people critics analysts experts sources")
_NOUN_AFTER = words("of about by from against between among were are was is have had")
_ADJECTIVE_ENDS = ("al", "ive", "ous", "ful", "ic", "ing", "ed", "ary", "able")
_PARTIES = frozenset(("Republican", "Democratic", "Labour", "Conservative"))


class FoundCue(NamedTuple):
    """A reporting word at token `at` (`to` is behind its last token)."""

    at: int
    to: int
    cue: Cue
    strength: float
    is_passive: bool = False
    is_source_after: bool = False


def find_cues(tokens: Sequence[Token]) -> list[FoundCue]:
    """The reporting words among `tokens`, nouns that look like them left out.

    >>> from .tokens import tokenise
    >>> [f.cue.lemma for f in find_cues(tokenise("He said the report claims little", 0, 32))]
    ['say', 'claim']
    """
    forms = cue_forms()
    found = []
    plain = [t for t in tokens if t.is_word]
    is_headline = sum(t.is_capitalised for t in plain) * 5 > 3 * len(plain)
    for at, token in enumerate(tokens):
        word = token.lower
        if word == "according" and at + 1 < len(tokens) and tokens[at + 1].lower == "to":
            found.append(FoundCue(at, at + 2, Cue("according to", "base", "neutral", 1.0), 1.0, is_source_after=True))
            continue
        if word in ("put", "puts", "putting") and at + 1 < len(tokens) and tokens[at + 1].lower == "it":
            found.append(FoundCue(at, at + 1, Cue("put", "past", "neutral", 0.8), 0.8))
            continue
        if (
            word in ("point", "points", "pointed", "pointing")
            and at + 1 < len(tokens)
            and tokens[at + 1].lower == "out"
        ):
            found.append(FoundCue(at, at + 1, Cue("point out", "past", "assertive", 0.8), 0.8))
            continue
        cue = forms.get(word)
        if cue is None or token.quote >= 0:
            continue
        before = tokens[at - 1] if at else None
        if word in NOUN_LIKE and before is not None and (before.lower in _ARTICLES or before.text in ("’s", "'s")):
            continue
        if word in NOUN_LIKE and cue.form in ("base", "ing") and _is_noun_here(tokens, at):
            continue
        if word in NOUN_LIKE and cue.form == "s" and at and _is_plural_noun(tokens, at):
            continue
        strength = cue.strength
        is_passive = False
        if before is not None:
            if cue.form == "base" and before.lower in ("to", "not", "n't"):
                strength *= 0.8
            behind = at - 1
            while behind > 0 and (
                tokens[behind].lower.endswith("ly") or tokens[behind].lower in ("not", "also", "been")
            ):
                behind -= 1
            if cue.form == "past" and tokens[behind].lower in _BE and tokens[behind].quote < 0:
                is_passive = True
                strength *= 0.5
        elif cue.form == "base":
            strength *= 0.5
        if cue.form == "ing" and before is not None and before.lower in forms and forms[before.lower].form != "ing":
            continue  # "they say adding salt helps"
        if token.text[0].isupper() and at and before is not None and before.is_capitalised and not is_headline:
            continue  # "the United States"
        if token.text[0].isupper() and at and cue.form != "ing":
            # A capital in mid-sentence is a name or a headline word ("Maduro Claims"): only the latter counts.
            strength *= 0.6
        found.append(FoundCue(at, at + 1, cue, strength, is_passive))
    return found


def _is_noun_here(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 1] if at else None
    if before is None:
        return True
    word = before.lower
    if word in _ARTICLES or word in _NOUN_BEFORE:
        return True
    if word in PRONOUNS or word in AUXILIARIES or word in _VERB_BEFORE or not before.text[0].islower():
        return False
    return not word.endswith("s")


def _is_plural_noun(tokens: Sequence[Token], at: int) -> bool:
    """ "late-night tweets", "Republican claims", "comments about": the plural, where "he claims" is the verb."""
    before = tokens[at - 1]
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is not None and (after.lower in _NOUN_AFTER or (after.quote < 0 and after.lower.endswith("ing"))):
        return True
    if before.quote < 0 and before.text[0].islower():
        return "-" in before.text or before.lower.endswith(_ADJECTIVE_ENDS) or before.lower in _NOUN_BEFORE
    return before.text in _PARTIES or before.text in country_by_demonym()
