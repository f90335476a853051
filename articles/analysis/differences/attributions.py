"""Differences in who says it: another source, a source or none, and the verb by which an outlet reports it."""

import re
from collections.abc import Sequence

from ..cues import NOUN_CUES, NOUN_LIKE, cue_forms
from ..sides import PRONOUNS, Side, closed
from ..stance import is_unnamed_source
from ..text import fold
from ..types import Divergence
from ..vocabulary import REPORTING_WORDS
from ..weighting import content_stems
from .sources import are_other_sources
from .stances import body, in_order, pairs

# Of what two passages share, this much must be what the speaker is reported to have said.
IN_SPEECH = 0.6
# From this strength on a verb introduces speech nearly every time.
CLEAR = 1.0
# Two pairs of appearances with this share of their common words in common are about one thing.
CLOSE = 0.6
# A name of two words with the place it belongs to.
_WITH_PLACE = re.compile(r"^(.*\b[A-Z][\w’'-]+\.? [A-Z][\w’'-]+) (?:of|from) (?:the )?[A-Z].*$")
_PLAIN_FACT = "stated as fact"


def find_attribution(sides: Sequence[Side]) -> Divergence | None:
    """One outlet gives the claim to a source; another states it as fact or names another source."""
    for left, right in pairs(sides):
        reason = _credited(left, right, sides) or _credited(right, left, sides) or _spoken(left, right, sides)
        if not reason or _agree_elsewhere(left, right, sides):
            continue
        shown = []
        for side in body(sides):
            if side.credit is not None:
                shown.append(side.shown(side.credit))
            elif side.source:
                key = None if side.speaker is None else f"entity {side.speaker}"
                shown.append(side.shown(side.source_span, side.source, key))
            else:
                shown.append(side.shown(side.span, _PLAIN_FACT))
        return Divergence("attribution", in_order(*shown), reason)
    return None


def _agree_elsewhere(left: Side, right: Side, sides: Sequence[Side]) -> bool:
    """Whether the same two outlets have it once more, there from one source or both as fact.

    Who says a thing twice, once with and once without its source, has named it.
    """
    if "speaker" in left.stance.decided | right.stance.decided:
        return False
    common = left.stems & right.stems
    ours = [side for side in body(sides) if side.article == left.article]
    theirs = [side for side in body(sides) if side.article == right.article]
    return any(
        {x.appearance, y.appearance} != {left.appearance, right.appearance}
        and len(x.stems & y.stems & common) >= CLOSE * len(common)
        and (_is_one_source(x, y) or not (x.source or y.source or x.credit or y.credit))
        for x in ours
        for y in theirs
    )


def _is_one_source(left: Side, right: Side) -> bool:
    if left.stance.speaker is None or right.stance.speaker is None or left.credit or right.credit:
        return False
    return _is_same_speaker(left, right)


def _credited(relays: Side, plain: Side, sides: Sequence[Side]) -> str:
    """Whether one outlet has the whole from another medium and the other outlet, which is not that medium, has not."""
    if relays.credit is None or any(side.credit for side in sides if side.article == plain.article):
        return ""
    source = set(content_stems(relays.text(relays.credit)))
    if _is_outlet(relays.text(relays.credit), plain):
        return ""
    if any(source & side.speaker_stems for side in sides if side.article == plain.article):
        return ""
    told = f"from {plain.source}" if plain.source else "states it as fact"
    return closed(f"{relays.outlet} has it from {relays.text(relays.credit)}; {plain.outlet} {told}")


def _spoken(left: Side, right: Side, sides: Sequence[Side]) -> str:
    if "speaker" in left.stance.decided | right.stance.decided:
        return _spoken_by_decision(left, right)
    one, two = left.stance.speaker, right.stance.speaker
    if one is not None and two is not None:
        if _are_different(left, right) and _is_about_what_is_said(left, right) and _is_about_what_is_said(right, left):
            return closed(f"{left.outlet} has it from {left.source}; {right.outlet} from {right.source}")
        return ""
    said, plain = (left, right) if one is not None else (right, left)
    if said.stance.speaker is None:
        return ""
    if not _is_source_of(said, plain, sides) or not _is_about_what_is_said(said, plain):
        return ""
    return f"{said.outlet} gives it to {said.source}; {plain.outlet} states it as fact."


def _spoken_by_decision(left: Side, right: Side) -> str:
    """The difference that a person brought about by saying who speaks on one side, or that nobody does."""
    if not left.source and not right.source:
        return ""
    if left.source and right.source:
        if left.speaker == right.speaker if left.speaker is not None else _is_one_name(left.source, right.source):
            return ""
        return closed(f"{left.outlet} has it from {left.source}; {right.outlet} from {right.source}")
    said, plain = (left, right) if left.source else (right, left)
    return f"{said.outlet} gives it to {said.source}; {plain.outlet} states it as fact."


def _is_about_what_is_said(said: Side, other: Side) -> bool:
    """Whether what two sides share lies in the words that one of them gives to its speaker, not beside them."""
    shared = (said.stems - said.speaker_stems) & other.stems
    return bool(shared) and len(shared & said.attributed_stems) >= IN_SPEECH * len(shared)


def find_reporting_verb(sides: Sequence[Side]) -> Divergence | None:
    """One outlet reports the same speaker's words neutrally, another with a verb that doubts, loads or judges."""
    for left, right in pairs(sides):
        a, b = left.stance.cue, right.stance.cue
        if a is None or b is None or not _is_same_speaker(left, right):
            continue
        if {_tone(left), _tone(right)} != {"plain", "coloured"}:
            continue
        reason = f"{left.outlet} writes “{left.text(a)}”; {right.outlet} “{right.text(b)}”."
        shown = [
            side.shown(side.stance.cue)
            for side in body(sides)
            if side.stance.cue is not None and _tone(side) and _is_same_speaker(side, left)
        ]
        return Divergence("reporting_verb", in_order(*shown), reason)
    return None


def _tone(side: Side) -> str:
    cue = side.stance.cue_class
    return "plain" if cue in ("neutral", "assertive") else "coloured" if cue in ("weak", "loaded") else ""


def _are_different(left: Side, right: Side) -> bool:
    one, two = left.stance.speaker, right.stance.speaker
    if one is not None and two is not None and _is_one_name(left.text(one), right.text(two)):
        return False
    if left.speaker is not None and right.speaker is not None:
        return left.speaker != right.speaker and not (_is_bare(left) or _is_bare(right))
    if one is not None and two is not None and are_other_sources(left.text(one), right.text(two)):
        return True
    levels = {left.stance.source_level, right.stance.source_level}
    if levels not in ({"outlet", "named"}, {"unnamed", "named"}) or _is_pronoun(left) or _is_pronoun(right):
        return False
    # "The newcomer" is whoever the other outlet names; only a name that is kept back is another source.
    if any(s.stance.source_level == "unnamed" and not is_unnamed_source(s.source) for s in (left, right)):
        return False
    # Where a sentence names the other's speaker, both may tell of one utterance at two removes.
    return not any(a.stance.speaker and b.mentions(a.text(a.stance.speaker)) for a, b in ((left, right), (right, left)))


def _is_one_name(one: str, two: str) -> bool:
    """Whether two descriptions end in one name ("his rival Anna Low", "Low"); a "lawyer for Low" is somebody else.

    House style parts or joins words ("the coastguard", "the Coast Guard"), and gives a name its place or not ("Anna Low
    of Ohio").
    """
    if (_WITH_PLACE.match(one) is None) != (_WITH_PLACE.match(two) is None):
        one, two = _WITH_PLACE.sub(r"\1", one), _WITH_PLACE.sub(r"\1", two)
    a, b = fold(one).split(), fold(two).split()
    if _joined(a) == _joined(b) != "":
        return True
    if not a or not b or a[-1] != b[-1]:
        return False
    return bool({"for", "of", "to"} & set(a)) == bool({"for", "of", "to"} & set(b))


def _joined(words_: Sequence[str]) -> str:
    return "".join(word.replace("-", "").strip(".") for word in words_ if word not in ("the", "a", "an"))


def _is_source_of(said: Side, plain: Side, sides: Sequence[Side]) -> bool:
    """Whether a speaker on one side only makes a difference: not where the other is about what they said."""
    speaker = said.stance.speaker
    if speaker is None or _is_pronoun(said) or plain.marked_stems & said.stems:
        return False
    name = said.text(speaker)
    if _is_outlet(name, plain):
        return False
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


def _is_outlet(name: str, side: Side) -> bool:
    """Whether a name is that of the outlet that a side stands in: it need not give its own news to itself."""
    stems = set(content_stems(name))
    return bool(stems) and stems <= set(content_stems(side.outlet))


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
    return a is not None and b is not None and _is_one_name(left.text(a), right.text(b))


def _is_bare(side: Side) -> bool:
    """Whether only a pronoun tells who speaks: whom it means is a guess that proves no difference."""
    speaker = side.stance.speaker
    return speaker is not None and fold(side.text(speaker)) in PRONOUNS


def _is_pronoun(side: Side) -> bool:
    speaker = side.stance.speaker
    if speaker is None or side.speaker is not None:
        return False
    parts = fold(side.text(speaker)).split()
    return not parts or parts[0] in PRONOUNS
