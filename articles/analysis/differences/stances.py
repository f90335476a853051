"""Differences in how a claim is put: asserted or denied, by whom, how surely, with which verb."""

from collections.abc import Sequence
from itertools import combinations

from ..cues import NOUN_CUES, NOUN_LIKE, cue_forms
from ..lexicon import words
from ..sides import Side
from ..stance import is_unnamed_source
from ..text import fold
from ..types import Divergence, DivergenceSide, Span
from ..vocabulary import REPORTING_WORDS
from ..weighting import content_stems, stem
from .quotes import is_same_utterance

# Stances are compared only where two passages surely say the same thing.
SURE = 0.4
# Share of content words that two clauses must have in common before a "not" in one counts as denying the other.
DENIAL = 0.5
# Of what two passages share, this much must be what the speaker is reported to have said.
IN_SPEECH = 0.6
# From this strength on a verb introduces speech nearly every time.
CLEAR = 1.0
_PRONOUNS = words("he she they it we i you who this that his her their one both")
# These weaken a whole sentence; other hedges only the word behind them.
_OF_ALL = words("reportedly allegedly apparently purportedly supposedly presumably possibly perhaps maybe")
_PLAIN_FACT = "stated as fact"
_GRADE_WORDS = ("certain", "probable or possible", "open")


def find_polarity_difference(sides: Sequence[Side]) -> Divergence | None:
    """One outlet asserts what another denies."""
    for left, right in _pairs(sides):
        a, b = left.stance, right.stance
        if a.polarity == b.polarity or "Uu" in (a.certainty, b.certainty):
            continue
        if any(is_same_utterance(x.words, y.words) for x in left.quoted for y in right.quoted):
            continue
        mine, theirs = left.stems, right.stems
        shared = len(mine & theirs)
        if shared < 2 or shared < DENIAL * max(1, min(len(mine), len(theirs))) or shared < 0.35 * len(mine | theirs):
            continue
        denies, asserts = (left, right) if a.polarity == "negative" else (right, left)
        word = denies.stance.polarity_span
        assert word is not None
        if not _is_shared_next(denies, word, asserts):
            continue
        reason = f"{asserts.outlet} asserts it; {denies.outlet} denies it (“{denies.text(word)}”)."
        shown = (side.shown(side.span, key=side.stance.polarity) for side in (left, right))
        return Divergence("polarity", _in_order(*shown), reason)
    return None


def find_certainty(sides: Sequence[Side]) -> Divergence | None:
    """One outlet hedges what another states, or leaves open what another decides."""
    for left, right in _pairs(sides):
        if _grade(left) == _grade(right):
            continue
        doubts, states = (left, right) if _grade(left) > _grade(right) else (right, left)
        if "certainty" in doubts.stance.decided | states.stance.decided:
            reason = f"{_how_sure(doubts)}; {_how_sure(states)}."
            return Divergence("certainty", _by_grade(sides), reason)
        span = doubts.stance.certainty_span
        if span is None or _is_quoted(doubts, span) or _says(states, doubts.text(span)):
            continue
        hedge = doubts.text(span)
        if fold(hedge) not in _OF_ALL and not _is_shared_next(doubts, span, states):
            continue
        other = states.stance.certainty_span
        said = f"says “{states.text(other)}”" if other is not None else "states it without reserve"
        reason = f"{doubts.outlet} says “{hedge}”; {states.outlet} {said}."
        return Divergence("certainty", _by_grade(sides), reason)
    return None


def _by_grade(sides: Sequence[Side]) -> tuple[DivergenceSide, ...]:
    return _in_order(
        *(side.shown(side.stance.certainty_span or side.span, key=str(_grade(side))) for side in _body(sides))
    )


def _how_sure(side: Side) -> str:
    """One side of a difference that a person brought about, in words."""
    if "certainty" in side.stance.decided:
        return f"{side.outlet} is read by the desk as {_GRADE_WORDS[_grade(side)]}"
    word = side.stance.certainty_span
    return f"{side.outlet} says “{side.text(word)}”" if word else f"{side.outlet} states it without reserve"


def find_attribution(sides: Sequence[Side]) -> Divergence | None:
    """One outlet gives the claim to a source; another states it as fact or names another source."""
    for left, right in _pairs(sides):
        reason = _credited(left, right, sides) or _credited(right, left, sides) or _spoken(left, right, sides)
        if not reason:
            continue
        shown = []
        for side in _body(sides):
            if side.credit is not None:
                shown.append(side.shown(side.credit))
            elif side.source:
                key = None if side.speaker is None else f"entity {side.speaker}"
                shown.append(side.shown(side.source_span, side.source, key))
            else:
                shown.append(side.shown(side.span, _PLAIN_FACT))
        return Divergence("attribution", _in_order(*shown), reason)
    return None


def _credited(relays: Side, plain: Side, sides: Sequence[Side]) -> str:
    """Whether one outlet has the whole from another medium and the other outlet, which is not that medium, has not."""
    if relays.credit is None or any(side.credit for side in sides if side.article == plain.article):
        return ""
    source = set(content_stems(relays.text(relays.credit)))
    if any(source & side.speaker_stems for side in sides if side.article == plain.article):
        return ""
    return f"{relays.outlet} has it from {relays.text(relays.credit)}; {plain.outlet} reports it without that source."


def _spoken(left: Side, right: Side, sides: Sequence[Side]) -> str:
    if "speaker" in left.stance.decided | right.stance.decided:
        return _spoken_by_decision(left, right)
    one, two = left.stance.speaker, right.stance.speaker
    if one is not None and two is not None:
        if _are_different(left, right) and _is_about_what_is_said(left, right) and _is_about_what_is_said(right, left):
            return f"{left.outlet} has it from {left.text(one)}; {right.outlet} from {right.text(two)}."
        return ""
    said, plain = (left, right) if one is not None else (right, left)
    speaker = said.stance.speaker
    if speaker is None or not _is_source_of(said, plain, sides) or not _is_about_what_is_said(said, plain):
        return ""
    return f"{said.outlet} gives it to {said.text(speaker)}; {plain.outlet} states it as fact."


def _spoken_by_decision(left: Side, right: Side) -> str:
    """The difference that a person brought about by saying who speaks on one side, or that nobody does."""
    if not left.source and not right.source:
        return ""
    if left.source and right.source:
        if left.speaker == right.speaker if left.speaker is not None else _is_one_name(left.source, right.source):
            return ""
        return f"{left.outlet} has it from {left.source}; {right.outlet} from {right.source}."
    said, plain = (left, right) if left.source else (right, left)
    return f"{said.outlet} gives it to {said.source}; {plain.outlet} states it as fact."


def _is_about_what_is_said(said: Side, other: Side) -> bool:
    """Whether what two sides share lies in the words that one of them gives to its speaker, not beside them."""
    shared = (said.stems - said.speaker_stems) & other.stems
    return bool(shared) and len(shared & said.attributed_stems) >= IN_SPEECH * len(shared)


def find_reporting_verb(sides: Sequence[Side]) -> Divergence | None:
    """One outlet reports the same speaker's words neutrally, another with a verb that doubts, loads or judges."""
    for left, right in _pairs(sides):
        a, b = left.stance, right.stance
        if a.cue is None or b.cue is None or a.cue_class is None or b.cue_class is None:
            continue
        if not _is_same_speaker(left, right) or a.cue_class == b.cue_class:
            continue
        if {a.cue_class, b.cue_class} & {"neutral", "assertive"} and {a.cue_class, b.cue_class} & {"weak", "loaded"}:
            x, y = left.text(a.cue), right.text(b.cue)
            reason = f"{left.outlet} writes “{x}”, {right.outlet} “{y}”."
            return Divergence("reporting_verb", _in_order(left.shown(a.cue), right.shown(b.cue)), reason)
    return None


def _pairs(sides: Sequence[Side]) -> list[tuple[Side, Side]]:
    """Pairs of two articles' appearances in running text, closest first; headlines are too short to have a stance."""
    pairs = [(a, b) for a, b in combinations(_body(sides), 2) if a.article != b.article]
    return sorted(pairs, key=lambda pair: -len(pair[0].stems & pair[1].stems))


def _body(sides: Sequence[Side]) -> list[Side]:
    return [side for side in sides if side.stance.decided or (not side.is_headline and side.score >= SURE)]


def _in_order(*shown: DivergenceSide) -> tuple[DivergenceSide, ...]:
    return tuple(sorted(shown, key=lambda side: side.appearance))


def _grade(side: Side) -> int:
    return {"CT": 0, "PR": 1, "PS": 1, "Uu": 2}[side.stance.certainty[:2]]


def _is_shared_next(side: Side, word: Span, other: Side) -> bool:
    """Whether the first word that says something behind ``word``, the one it changes, stands on both sides."""
    behind = content_stems(side.text(Span(word.end, max(word.end, min(side.context.end, word.end + 80)))))
    return not behind or behind[0] in other.stems or stem(side.text(word)) in other.stems


def _is_quoted(side: Side, span: Span) -> bool:
    """A hedge inside quotation marks is the speaker's, and both outlets may have cut around it."""
    return any(q.kind != "indirect" and q.span.contains(span) for q in side.quotations)


def _says(side: Side, hedge: str) -> bool:
    wanted = {stem(word) for word in hedge.split()}
    return wanted <= {stem(word.strip(".,;:“”\"'")) for word in side.text(side.context).split()}


def _are_different(left: Side, right: Side) -> bool:
    one, two = left.stance.speaker, right.stance.speaker
    if one is not None and two is not None and _is_one_name(left.text(one), right.text(two)):
        return False
    if left.speaker is not None and right.speaker is not None:
        return left.speaker != right.speaker
    levels = {left.stance.source_level, right.stance.source_level}
    if levels not in ({"outlet", "named"}, {"unnamed", "named"}) or _is_pronoun(left) or _is_pronoun(right):
        return False
    # Where a sentence names the other's speaker, both may tell of one utterance at two removes.
    return not any(a.stance.speaker and b.mentions(a.text(a.stance.speaker)) for a, b in ((left, right), (right, left)))


def _is_one_name(one: str, two: str) -> bool:
    """Whether two descriptions end in one name ("his rival Anna Low", "Low"); a "lawyer for Low" is somebody else."""
    a, b = fold(one).split(), fold(two).split()
    if not a or not b or a[-1] != b[-1]:
        return False
    return bool({"for", "of", "to"} & set(a)) == bool({"for", "of", "to"} & set(b))


def _is_source_of(said: Side, plain: Side, sides: Sequence[Side]) -> bool:
    """Whether a speaker on one side only makes a difference: not where the other is about what they said."""
    speaker = said.stance.speaker
    if speaker is None or _is_pronoun(said) or plain.marked_stems & said.stems:
        return False
    name = said.text(speaker)
    others = [side for side in sides if side.article == plain.article]
    if any(side.stance.speaker is not None and not side.is_headline for side in others) or _has_cue(plain):
        return False
    is_named_there = any(
        side.mentions(name) or (said.speaker is not None and said.speaker in side.named) for side in others
    )
    # Named there as well: then only where the other tells what they do, and nothing of their saying so.
    if is_named_there and (len(others) > 1 or _tells_of_speech(plain, name)):
        return False
    return said.stance.source_level in {"named", "outlet", "document", "role"} or is_unnamed_source(name)


def _has_cue(side: Side) -> bool:
    """Whether a clause has a verb of saying, even where nobody could be found who says it."""
    for word in side.text(side.span).split():
        cue = cue_forms().get(fold(word).strip(".,;:“”\"'()"))
        if cue is not None and cue.strength >= CLEAR and cue.form in ("s", "past") and fold(word) not in NOUN_LIKE:
            return True
    return False


def _tells_of_speech(side: Side, name: str) -> bool:
    """Whether a sentence, from the name on, tells that somebody says or thinks something."""
    words_ = [fold(word).strip(".,;:“”\"'()") for word in side.text(side.span).split()]
    last = fold(name).replace("'s", "").split()[-1]
    if last not in words_:
        return True
    return any(
        word in cue_forms() or word in REPORTING_WORDS or word in NOUN_CUES for word in words_[words_.index(last) :]
    )


def _is_same_speaker(left: Side, right: Side) -> bool:
    if left.speaker is not None and right.speaker is not None:
        return left.speaker == right.speaker
    a, b = left.stance.speaker, right.stance.speaker
    assert a is not None
    assert b is not None
    return fold(left.text(a)).split()[-1:] == fold(right.text(b)).split()[-1:]


def _is_pronoun(side: Side) -> bool:
    speaker = side.stance.speaker
    if speaker is None or side.speaker is not None:
        return False
    parts = fold(side.text(speaker)).split()
    return not parts or parts[0] in _PRONOUNS
