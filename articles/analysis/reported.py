"""Speech reported without quotation marks: "Low said the pier would close", "…, according to the port".

The content ends with the sentence, or earlier, where another subject takes over: whatever follows "though", "while",
"but" or "amid" is the outlet's again, and must not be put into the speaker's mouth. Where the reporting clause stands
in the middle ("The driver, police said, was drunk") what was said goes on behind it.
"""

from collections.abc import Sequence

from .clauses import subject_before
from .cue_search import FoundCue, find_cues, is_unsaid
from .cues import cue_forms
from .lexicon import words
from .noun_phrases import phrase_right, with_name
from .scopes import clause_around, listener_end, opens_clause, scope_end
from .speaker_phrases import can_speak
from .tokens import Token
from .types import Quotation, Span
from .units import Unit
from .verbs import has_finite_verb
from .word_classes import DETERMINERS, PREPOSITIONS, PRONOUNS

_CLAUSAL = words(
    """
    say tell state write add reply declare announce assert insist claim allege argue warn explain respond note remark
    testify contend boast acknowledge admit concede caution confirm stress emphasize emphasise reiterate deny believe
    think suggest hint indicate report estimate predict recall complain conclude maintain reveal disclose affirm imply
    hope fear expect suspect tweet post agree rule find decide determine swear certify joke quip confess observe
    understand assume anticipate reaffirm signal hear object speculate lament feel recommend demand propose mention
    comment elaborate clarify text email counter retort answer assure inform
    """
)
_BARE = words(
    """
    say tell claim believe think add insist argue warn hope fear suspect estimate admit allege report predict suggest
    conclude deny confirm announce agree promise acknowledge concede note explain maintain swear tweet write boast
    reveal assume state declare complain feel find expect inform assure
    """
)
# Verbs behind which a clause without "that" is the rule; with the others it must at least have a verb of its own.
_PLAIN = words("say tell claim believe think add insist argue warn hope")
_WITH_LISTENER = words("tell inform assure")
# Only these hear what others say and are its source to the reader: "The court heard that …".
_HEARING = words("court courts inquiry inquest jury jurors tribunal hearing committee panel parliament mps")
_NO_CLAUSE = words("against over on in at from after during of about with for so yes and or but to by into")
_PLURALS = words("police people men women who some many few others both most all and")
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
            found += _in_unit(text, unit.tokens)
    return found


def _in_unit(text: str, tokens: Sequence[Token]) -> list[Quotation]:
    found: list[Quotation] = []
    cues = find_cues(tokens)
    for number, cue in enumerate(cues):
        if cue.is_source_after:
            contents, subject = _source_after(tokens, cue)
        else:
            contents, subject = _content(text, tokens, cues, number)
        if subject is None or (not cue.is_source_after and is_unsaid(tokens, cue, subject)):
            continue
        speaker = Span(tokens[subject[0]].start, tokens[subject[1] - 1].end)
        is_inferred = subject[1] - subject[0] == 1 and tokens[subject[0]].lower in PRONOUNS
        for low, high in contents:
            span = _trimmed(tokens, low, high)
            if span is not None:
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


def _trimmed(tokens: Sequence[Token], low: int, high: int) -> Span | None:
    """The content without marks at its edges; None where too little is left outside quotation marks."""
    while low < high and not (tokens[low].is_word or tokens[low].quote >= 0 or tokens[low].text in "$£€#@("):
        low += 1
    while (
        high > low and tokens[high - 1].quote < 0 and not tokens[high - 1].is_word and tokens[high - 1].text not in ")%"
    ):
        high -= 1
    if high - low < 3 and not any(t.quote >= 0 for t in tokens[low:high]):
        return None
    span = Span(tokens[low].start, tokens[high - 1].end)
    masked = sum(t.end - t.start for t in tokens[low:high] if t.quote >= 0)
    if masked * 10 > 8 * (span.end - span.start) or sum(t.quote < 0 for t in tokens[low:high]) < 3:
        return None
    return span


type _Found = tuple[list[tuple[int, int]], tuple[int, int] | None]
_NOTHING: _Found = ([], None)


def _source_after(tokens: Sequence[Token], cue: FoundCue) -> _Found:
    subject = cue.source or phrase_right(tokens, cue.to, len(tokens))
    if subject is None or tokens[subject[0]].lower in ("whom", "which", "whose"):
        return _NOTHING
    behind = cue.to if cue.source else subject[1]
    if cue.source is None:
        subject = with_name(tokens, subject)
        behind = subject[1]
    before = cue.at - 1
    while before >= 0 and not tokens[before].is_word and tokens[before].quote < 0:
        before -= 1
    if before < 1:
        comma = next((i for i in range(behind, len(tokens)) if tokens[i].text == ","), None)
        return ([(comma + 1, scope_end(tokens, comma + 1))], subject) if comma is not None else _NOTHING
    return [(clause_around(tokens, before), before + 1)], subject


def _content(text: str, tokens: Sequence[Token], cues: Sequence[FoundCue], number: int) -> _Found:
    """What one reporting word reports, as pieces of the unit, and whose words it is."""
    cue = cues[number]
    lemma = cue.cue.lemma
    if cue.is_passive or lemma not in _CLAUSAL | _PROMISING:
        return _NOTHING
    aside = _aside(text, tokens, cues, number)
    if aside is not None:
        return aside
    subject = _subject(tokens, cues, number)
    if subject is None:
        return _NOTHING
    if lemma == "hear" and tokens[subject[1] - 1].lower not in _HEARING:
        return _NOTHING
    that = _complementiser(tokens, cue.to, cues)
    last_quote = max((i + 1 for i in range(cue.at) if tokens[i].quote >= 0), default=0)
    if that is None and last_quote and all(not t.is_word for t in tokens[last_quote : subject[0]]):
        # "…," she said on Monday: what was said stands in the quotation before.
        return _NOTHING
    if lemma in _PROMISING and cue.to < len(tokens) and tokens[cue.to].lower == "to":
        return [(cue.to, scope_end(tokens, cue.to))], subject
    if that is not None:
        return [(that + 1, scope_end(tokens, that + 1))], subject
    start = None if _is_noun_phrase(tokens, cue, subject) else _bare(tokens, cue)
    return ([(start, scope_end(tokens, start))], subject) if start is not None else _NOTHING


def _is_noun_phrase(tokens: Sequence[Token], cue: FoundCue, subject: tuple[int, int]) -> bool:
    """ "The Russian state company sold", "Hints feel wrong": a base form behind a singular is hardly a verb."""
    if cue.cue.form != "base" or subject[1] != cue.at:
        return False
    head = next((i for i in range(subject[0] + 1, subject[1]) if tokens[i].lower in PREPOSITIONS), subject[1]) - 1
    last = tokens[head].lower
    return not (last in PRONOUNS or last in _PLURALS or last.endswith("s"))


def _bare(tokens: Sequence[Token], cue: FoundCue) -> int | None:
    """Where the clause without "that" begins behind the reporting word; None where there is none."""
    at, lemma = cue.to, cue.cue.lemma
    if at < len(tokens) and tokens[at].text == ":":
        # "Low said: the dam failed."
        return at + 1 if at + 2 < len(tokens) and tokens[at + 1].quote < 0 else None
    if lemma not in _BARE or at >= len(tokens):
        return None
    if lemma in _WITH_LISTENER:
        at = listener_end(tokens, at)
        if at == cue.to:
            return None
    at = _behind_adverbials(tokens, at)
    if at >= len(tokens) - 2 or not (tokens[at].is_word or tokens[at].quote >= 0 or tokens[at].text in "$£€"):
        return None
    if tokens[at].lower in _NO_CLAUSE:
        return None
    if lemma not in _PLAIN and not opens_clause(tokens, at):
        return None
    return at


def _behind_adverbials(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) - 3 and (tokens[at].lower in _ADVERBIAL or tokens[at].lower.endswith("ly")):
        if tokens[at].lower in ("on", "last", "this", "late", "early") and at + 2 < len(tokens):
            at += 1
        elif tokens[at].lower in ("in", "at", "during", "after", "from", "to"):
            return at
        at += 1
    return at


def _subject(tokens: Sequence[Token], cues: Sequence[FoundCue], number: int) -> tuple[int, int] | None:
    cue = cues[number]
    last_quote = max((i + 1 for i in range(cue.at) if tokens[i].quote >= 0), default=0)
    for outer in reversed(cues[:number]):
        # "Officials say the port believes …": the subject stands behind the outer reporting word.
        if outer.to <= last_quote or outer.is_passive or outer.cue.form == "ing" or outer.cue.lemma not in _BARE:
            break
        start = outer.to
        if outer.cue.lemma in _WITH_LISTENER:
            start = listener_end(tokens, start)
        start = _behind_adverbials(tokens, start)
        if start < cue.at and tokens[start].lower == "that":
            start += 1
        inner = subject_before(tokens, start, cue.at) if start < cue.at else None
        if inner is not None and inner[0] == start and all(t.is_word for t in tokens[inner[1] : cue.at]):
            return inner
        break
    subject = subject_before(tokens, last_quote, cue.at) if cue.at > last_quote else None
    if subject is None and cue.at and last_quote:
        subject = subject_before(tokens, 0, cue.at)
    if subject is None:
        inverted = phrase_right(tokens, cue.to, len(tokens)) if cue.at == last_quote else None
        # "…," said Low to the crowd: what was said stands before.
        return inverted if inverted is not None and _complementiser(tokens, cue.to, cues) is not None else None
    if tokens[subject[0]].lower in cue_forms() and subject[1] - subject[0] > 1 and tokens[subject[0]].text[0].islower():
        inner_at = next(
            (i for i in range(subject[1] - 1, subject[0] - 1, -1) if tokens[i].lower in ("that", "say", "says")), None
        )
        if inner_at is None or inner_at + 1 >= subject[1]:
            return None
        subject = (inner_at + 1, subject[1])
    return subject


def _complementiser(tokens: Sequence[Token], at: int, cues: Sequence[FoundCue]) -> int | None:
    """ "that" within reach behind the verb: "said in a statement on Monday that"."""
    others = {c.at for c in cues if c.cue.form != "ing"}
    for index in range(at, min(at + 14, len(tokens))):
        token = tokens[index]
        if token.lower == "that":
            return index
        if token.text in (",", ".", ";", ":") or token.quote >= 0 or (index in others and token.text[0].islower()):
            return None
    return None


_INVERTING = words(
    """
    say report add write claim argue warn explain insist admit concede suggest note declare predict believe think
    announce tweet recall state reply remark complain confirm acknowledge
    """
)
_PARENTHETIC = _INVERTING | words("allege fear estimate hope suspect maintain contend stress conclude agree tell")
_CIRCUMSTANCE = words("when asked while as speaking responding")
_GOES_ON = words("and but or which")


def _aside(text: str, tokens: Sequence[Token], cues: Sequence[FoundCue], number: int) -> _Found | None:
    """ "The pier will close, the mayor said on Monday", "The pier, says the mayor, will close".

    None where the reporting clause does not stand behind or inside what it reports.
    """
    cue = cues[number]
    if cue.cue.form not in ("past", "s", "base") or cue.cue.lemma not in _PARENTHETIC or cue.at < 2:
        return None
    if cue.cue.lemma in _INVERTING and tokens[cue.at - 1].text in (",", "—", "–", "--"):
        comma = cue.at - 1
        subject = phrase_right(tokens, cue.to, len(tokens))
        if subject is None or subject[0] != cue.to or not can_speak(tokens[subject[0] : subject[1]]):
            return None
        subject = with_name(tokens, subject)
        behind = subject[1]
        is_inverted = True
    else:
        phrase = subject_before(tokens, 0, cue.at)
        if phrase is None:
            return None
        subject, comma = phrase, phrase[0] - 1
        if comma < 1 or tokens[comma].text not in (",", "—", "–", "--"):
            return None
        behind = listener_end(tokens, cue.to) if cue.cue.lemma in _WITH_LISTENER else cue.to
        is_inverted = False
    if tokens[0].lower in _CIRCUMSTANCE:
        # "When asked, Low replied, “Yes.”": what stands before is the occasion, not the content.
        return None
    if tokens[comma - 1].quote >= 0 or any(t.quote >= 0 for t in tokens[cue.to : cue.to + 3]):
        return None
    end = _end_of_aside(tokens, behind)
    if end is None:
        return None
    start = clause_around(tokens, comma - 1)
    if tokens[start].lower in ("but", "and"):
        start += 1
    before = text[tokens[start].start : tokens[comma].start] if start < comma else ""
    has_quote = any(t.quote >= 0 for t in tokens[start:comma])
    is_stated = has_finite_verb("so " + before) or has_quote or _has_predicate(tokens, start, comma)
    is_last = end >= len(tokens) - 1 or tokens[end].text in ".;!?"
    if is_last:
        is_whole = is_stated or comma - start >= 4
        return ([(start, comma)], subject) if is_whole and tokens[start].lower not in PREPOSITIONS else None
    opening = tokens[end + 1]
    if is_stated:
        if opening.lower in _GOES_ON and not _has_own_subject(tokens, end + 2):
            return [(start, comma), (end + 1, scope_end(tokens, end + 1))], subject
        return [(start, comma)], subject
    if is_inverted and (opening.lower in DETERMINERS or opening.lower in ("who", "whose", "which")):
        return None
    high = scope_end(tokens, end + 1)
    if tokens[start].lower in PREPOSITIONS or comma - start > 8:
        # "On Monday, Low said, the pier will close."
        return [(end + 1, high)], subject
    return [(start, high)], subject


def _has_predicate(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Headlines leave out the verb: "Pier unsafe, mayor says"."""
    return (
        end - start >= 3
        and tokens[start].lower not in DETERMINERS
        and tokens[start].lower not in PREPOSITIONS
        and (sum(t.is_capitalised for t in tokens) < 2 + len(tokens) // 3)
    )


def _has_own_subject(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and (
        tokens[at].lower in DETERMINERS or tokens[at].lower in PRONOUNS or tokens[at].is_capitalised
    )


def _end_of_aside(tokens: Sequence[Token], at: int) -> int | None:
    """The mark that ends a reporting clause, past "on Monday" and "in a statement"; None where a clause follows."""
    if at >= len(tokens):
        return at
    first = tokens[at]
    if not first.is_word and first.text not in "()":
        return at
    if first.text in "()" or first.lower in _ADVERBIAL or first.lower in ("reporters", "who", "while", "when", "as"):
        for index in range(at, min(at + 16, len(tokens))):
            if tokens[index].text in (",", ".", ";", "—", "–", "--") and tokens[index].quote < 0:
                return index
        return len(tokens) if at + 16 >= len(tokens) else None
    return None
