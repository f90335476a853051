"""Speech reported without quotation marks: "Low said the pier would close", "…, according to the port".

The content ends with the sentence, or earlier, where another subject takes over: whatever follows "though", "while",
"but" or "amid" is the outlet's again, and must not be put into the speaker's mouth.
"""

from collections.abc import Sequence

from .clauses import phrase_right, subject_before, with_name
from .cue_search import FoundCue, find_cues
from .cues import cue_forms
from .lexicon import words
from .tokens import Token
from .types import Quotation, Span
from .units import Unit
from .word_classes import PRONOUNS

_SCOPE_END = words("though although while but whereas amid even")
_CLAUSAL = words(
    """
    say tell state write add reply declare announce assert insist claim allege argue warn explain respond note remark
    testify contend boast acknowledge admit concede caution confirm stress emphasize emphasise reiterate deny believe
    think suggest hint indicate report estimate predict recall complain conclude maintain reveal disclose affirm imply
    hope fear expect suspect
    """
)
_BARE = words(
    "say tell claim believe think add insist argue warn hope fear suspect estimate admit allege report predict suggest"
)
_NO_CLAUSE = words("against over on in at from after during of about with for so yes and or but to by into")
_CIRCUMSTANCE = words("when asked while as speaking responding")
_PROMISING = words("vow promise pledge threaten refuse")
_ADVERBIAL = words(
    """
    in on at during to after from late early earlier monday tuesday wednesday thursday friday saturday sunday yesterday
    today last this
    """
)


def find_reported(text: str, units: Sequence[Unit], quoted: Sequence[Span]) -> list[Quotation]:
    """Indirect quotations; what is already wholly inside marks is not reported again.

    >>> from .sentences import split_sentences
    >>> from .units import split_units
    >>> line = "Head\\n\\nThe mayor said the pier would close, though divers found no damage."
    >>> [line[q.span.start : q.span.end] for q in find_reported(line, split_units(line, split_sentences(line), []), [])]
    ['the pier would close']
    """
    found: list[Quotation] = []
    for unit in units:
        if unit.kind in ("body", "headline", "turn"):
            found += _in_unit(unit.tokens)
    return found


def _in_unit(tokens: Sequence[Token]) -> list[Quotation]:
    found: list[Quotation] = []
    for cue in find_cues(tokens):
        content = _source_after(tokens, cue) if cue.is_source_after else _content(tokens, cue)
        if content is None:
            continue
        (low, high), subject = content
        while low < high and not (tokens[low].is_word or tokens[low].quote >= 0 or tokens[low].text in "$£€#@("):
            low += 1
        while (
            high > low
            and tokens[high - 1].quote < 0
            and not tokens[high - 1].is_word
            and tokens[high - 1].text not in ")%"
        ):
            high -= 1
        if high - low < 3 and not any(t.quote >= 0 for t in tokens[low:high]):
            continue
        span = Span(tokens[low].start, tokens[high - 1].end)
        masked = sum(t.end - t.start for t in tokens[low:high] if t.quote >= 0)
        if masked * 10 > 8 * (span.end - span.start) or sum(t.quote < 0 for t in tokens[low:high]) < 3:
            continue
        speaker = Span(tokens[subject[0]].start, tokens[subject[1] - 1].end)
        is_inferred = subject[1] - subject[0] == 1 and tokens[subject[0]].lower in PRONOUNS
        found.append(
            Quotation(
                span,
                "indirect",
                speaker,
                Span(tokens[cue.at].start, tokens[cue.to - 1].end),
                cue.cue.cue_class,
                is_inferred=is_inferred,
            )
        )
    return found


def _source_after(tokens: Sequence[Token], cue: FoundCue) -> tuple[tuple[int, int], tuple[int, int]] | None:
    subject = phrase_right(tokens, cue.to, len(tokens))
    if subject is None:
        return None
    subject = with_name(tokens, subject)
    before = cue.at - 1
    while before >= 0 and not tokens[before].is_word and tokens[before].quote < 0:
        before -= 1
    if before < 1:
        comma = next((i for i in range(subject[1], len(tokens)) if tokens[i].text == ","), None)
        return ((comma + 1, _scope(tokens, comma + 1)), subject) if comma is not None else None
    start = max(
        (i + 1 for i in range(before) if tokens[i].text == ";" or (tokens[i].lower in _SCOPE_END and i)), default=0
    )
    return (start, before + 1), subject


def _content(tokens: Sequence[Token], cue: FoundCue) -> tuple[tuple[int, int], tuple[int, int]] | None:
    lemma = cue.cue.lemma
    if cue.is_passive or lemma not in _CLAUSAL | _PROMISING:
        return None
    if cue.at and tokens[cue.at - 1].text == "," and cue.cue.form == "past":
        aside = phrase_right(tokens, cue.to, len(tokens))
        if (
            aside is not None
            and aside[1] < len(tokens)
            and tokens[aside[1]].text == ","
            and tokens[aside[0]].is_capitalised
        ):
            # "The crews, said Low, are tired": said in passing, of no clause of its own.
            return None
    last_quote = max((i + 1 for i in range(cue.at) if tokens[i].quote >= 0), default=0)
    subject = subject_before(tokens, last_quote, cue.at) if cue.at > last_quote else None
    if subject is None and cue.at and last_quote:
        subject = subject_before(tokens, 0, cue.at)
    if subject is None:
        inverted = phrase_right(tokens, cue.to, len(tokens)) if cue.at == last_quote else None
        if inverted is None or _complementiser(tokens, cue.to) is None:
            # "…," said Low to the crowd: what was said stands before.
            return None
        subject = inverted
    if tokens[subject[0]].lower in cue_forms() and subject[1] - subject[0] > 1 and tokens[subject[0]].text[0].islower():
        # "Reports say that the port says": the inner subject begins behind the outer verb.
        inner = next(
            (i for i in range(subject[1] - 1, subject[0] - 1, -1) if tokens[i].lower in ("that", "say", "says")), None
        )
        if inner is None or inner + 1 >= subject[1]:
            return None
        subject = (inner + 1, subject[1])
    at = cue.to
    that = _complementiser(tokens, cue.to)
    if that is None and last_quote and all(not t.is_word for t in tokens[last_quote : subject[0]]):
        # "…," she said on Monday: what was said stands in the quotation before.
        return None
    if lemma in _PROMISING:
        if at < len(tokens) and tokens[at].lower == "to":
            return (at, _scope(tokens, at)), subject
        return ((that + 1, _scope(tokens, that + 1)), subject) if that is not None else None
    if that is not None:
        return (that + 1, _scope(tokens, that + 1)), subject
    trailing = _trailing(tokens, subject, cue)
    if trailing is not None:
        return trailing, subject
    if lemma not in _BARE or at >= len(tokens):
        return None
    if lemma == "tell":
        listener = phrase_right(tokens, at, len(tokens))
        if listener is None:
            return None
        at = listener[1]
    else:
        while at < len(tokens) - 3 and (tokens[at].lower in _ADVERBIAL or tokens[at].lower.endswith("ly")):
            if tokens[at].lower in ("on", "last", "this", "late", "early") and at + 2 < len(tokens):
                at += 1
            elif tokens[at].lower in ("in", "at", "during", "after", "from", "to"):
                return None
            at += 1
    if at >= len(tokens) - 2 or not (tokens[at].is_word or tokens[at].quote >= 0 or tokens[at].text in "$£€"):
        return None
    if tokens[at].lower in _NO_CLAUSE:
        return None
    return (at, _scope(tokens, at)), subject


def _complementiser(tokens: Sequence[Token], at: int) -> int | None:
    """ "that" within reach behind the verb: "said in a statement on Monday that"."""
    for index in range(at, min(at + 14, len(tokens))):
        token = tokens[index]
        if token.lower == "that":
            return index
        if (
            token.text in (",", ".", ";", ":")
            or token.quote >= 0
            or (
                token.lower in cue_forms()
                and index > at
                and token.text[0].islower()
                and cue_forms()[token.lower].form == "past"
            )
        ):
            return None
    return None


def _trailing(tokens: Sequence[Token], subject: tuple[int, int], cue: FoundCue) -> tuple[int, int] | None:
    """ "The pier will close, the mayor said on Monday." """
    comma = subject[0] - 1
    if comma < 2 or tokens[comma].text != ",":
        return None
    after = tokens[cue.to : cue.to + 1]
    if after and after[0].is_word and after[0].lower not in _ADVERBIAL and after[0].lower not in ("reporters", "the"):
        return None
    if any(t.quote >= 0 for t in tokens[cue.to : cue.to + 3]) or tokens[0].lower in _CIRCUMSTANCE:
        # "When asked, Low replied, “Yes.”": what stands before is the occasion, not the content.
        return None
    start = 0
    for index in range(comma):
        if tokens[index].text == ";":
            start = index + 1
    if (
        any(t.quote >= 0 and t.text[-1:] in '”"' and i + 1 == comma for i, t in enumerate(tokens[:comma]))
        and start + 1 == comma
    ):
        return None
    if tokens[start].lower in ("but", "and"):
        start += 1
    return start, comma


def _scope(tokens: Sequence[Token], start: int) -> int:
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
        if token.lower == "as" and before.text == ",":
            return index
    return len(tokens)
