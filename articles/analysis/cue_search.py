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
_VIEWS = words("view views opinion words eyes judgment judgement telling account estimation")
_NOBODY = words("nobody none neither no-one no")
_NOT = words("not n't never didn't doesn't don't hasn't haven't hadn't won't wouldn't cannot can't couldn't")
_VERB_GROUP = AUXILIARIES | words("to never also still yet ever even once publicly cannot")
_NOT_YET = words("declined declines refused refuses failed yet expected due likely unable able asked urged set")
_OPINIONS = words("believe think expect feel hope understand assume deny")
_PARTIES = frozenset(("Republican", "Democratic", "Labour", "Conservative"))


class FoundCue(NamedTuple):
    """A reporting word at token `at` (`to` is behind its last token)."""

    at: int
    to: int
    cue: Cue
    strength: float
    is_passive: bool = False
    is_source_after: bool = False
    # Where the source stands inside the reporting words themselves: "in Low’s view".
    source: tuple[int, int] | None = None


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
        if word == "in" and token.quote < 0 and (viewed := _view(tokens, at)) is not None:
            found.append(viewed)
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


def _view(tokens: Sequence[Token], at: int) -> FoundCue | None:
    """ "in the view of Anna Low", "in Low’s words", "in her opinion"."""
    cue = Cue("in the view of", "base", "neutral", 0.8)
    ahead = tokens[at + 1 : at + 7]
    if len(ahead) < 2:
        return None
    if ahead[0].lower == "the" and ahead[1].lower in _VIEWS and len(ahead) > 2 and ahead[2].lower == "of":
        return FoundCue(at, at + 4, cue, 0.8, is_source_after=True)
    if ahead[0].lower in ("his", "her", "their") and ahead[1].lower in _VIEWS:
        return FoundCue(at, at + 3, cue, 0.8, is_source_after=True, source=(at + 1, at + 2))
    for step in range(1, len(ahead) - 1):
        if ahead[step].text in ("’s", "'s", "’", "'"):
            if ahead[step + 1].lower not in _VIEWS:
                return None
            return FoundCue(at, at + step + 3, cue, 0.8, is_source_after=True, source=(at + 1, at + 1 + step))
        if not ahead[step].is_word:
            return None
    return None


def is_unsaid(tokens: Sequence[Token], cue: FoundCue, subject: tuple[int, int]) -> bool:
    """Whether the words say that something was *not* said, or not yet: by nobody, never, "declined to say".

    >>> from .tokens import tokenise
    >>> line = "Low did not say when"
    >>> found = tokenise(line, 0, len(line))
    >>> is_unsaid(found, find_cues(found)[0], (0, 1))
    True
    """
    first = tokens[subject[0]].lower
    if first in _NOBODY:
        return True
    if cue.cue.lemma in _OPINIONS:
        # "Low does not believe the dam is safe" is an opinion that Low holds.
        return False
    if cue.cue.form == "ing":
        return False
    low = cue.at
    while low > 0 and (tokens[low - 1].lower in _VERB_GROUP or tokens[low - 1].lower.endswith("ly")):
        low -= 1
    group = tokens[low : cue.at]
    if any(t.lower in _NOT for t in group):
        return True
    if group and group[-1].lower == "to" and cue.cue.form == "base":
        return any(t.lower in _NOT_YET for t in tokens[max(0, low - 1) : cue.at])
    return False


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
