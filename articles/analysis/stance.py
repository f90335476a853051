"""How a passage puts its statement forward: who says so, how sure it is, and whether it asserts or denies.

These are the three things a fact-checker asks of a sentence before its truth. They are read off the words around the
statement, never guessed: without a speaker a statement is the outlet's.
"""

import re
from dataclasses import dataclass
from typing import Literal

from .commitment import find_certainty, find_polarity
from .lexicon import words
from .text import fold
from .types import ArticleAnalysis, Certainty, CueClass, Polarity, Quotation, SourceLevel, Span

type StancePart = Literal["speaker", "certainty"]


@dataclass(frozen=True, slots=True)
class Stance:
    """Speaker, source level, certainty and polarity of one passage; spans in the article's text."""

    speaker: Span | None = None
    # Index into ArticleAnalysis.entities.
    entity: int | None = None
    source_level: SourceLevel = "none"
    cue: Span | None = None
    cue_class: CueClass | None = None
    certainty: Certainty = "CT+"
    certainty_span: Span | None = None
    polarity: Polarity = "positive"
    polarity_span: Span | None = None
    # What of it a person set: it counts without words that show it.
    decided: frozenset[StancePart] = frozenset()


_UNNAMED = re.compile(
    r"\b(?:sources?|people (?:familiar|close|briefed|with)|person (?:familiar|close|briefed)|reports|rumou?rs|critics|"
    r"observers|analysts|experts|insiders|witnesses|officials?|aides?|some|many|few|several|others|authorities|anonymous|"
    r"unnamed|unidentified)\b",
    re.I,
)
_ROLE = re.compile(
    r"\b(?:spokes(?:man|woman|person|people)|minister|president|mayor|governor|chief|director|secretary|police|court|judge|"
    r"lawyers?|attorney|committee|ministry|department|government|council|company|agency|bureau|lawmakers|chairm[ae]n|"
    r"chairwoman|leader|commander|doctors?|prosecutors?|administration|campaign|union|board|house|office|senator|"
    r"congressman|representative|advisers?|operator|owners?|manufacturer|maker|builder|airline|carrier|bank|firm|club|"
    r"hospital|school|university|charity|party|embassy|palace|coast ?guard|navy|army|brigade|service|authority|"
    r"regulator|watchdog|retailer|supplier|employer|landlord|captain|pilot|driver|passengers?|residents?|survivors?|"
    r"engineers?|firefighters?|rescuers?|paramedics?|farmers?|teachers?|workers?|scientists?|researchers?|i|we|he|she|they)\b",
    re.I,
)
_DOCUMENT = re.compile(
    r"\b(?:documents?|report|study|letter|memo|filing|affidavit|indictment|complaint|ruling|statement|records?|"
    r"survey|poll|paper|transcript|e-?mails?)\b",
    re.I,
)
# What a single word at the head of a sentence is when it ends like this: people, not a name.
_PEOPLE = re.compile(r"[A-Z][a-z]+(?:ers|ors|ists|ents|ants|ians|ees|ives|als|men|women|ople)")
_OUTLET = re.compile(
    r"\b(?:times|post|journal|cnn|bbc|cbs|nbc|abc|fox|msnbc|npr|reuters|afp|associated press|ap|guardian|telegraph|"
    r"tribune|herald|gazette|news|newspaper|magazine|television|broadcaster|channel|politico|bloomberg|axios)\b",
    re.I,
)

_NO_NAMES = words(
    "the a an one some two three four five six several many few most all other others its his her their our my"
)


def find_stance(analysis: ArticleAnalysis, clause: Span, said: tuple[Quotation, ...]) -> Stance:
    """The stance of ``clause``; ``said`` are the quotations that touch its sentence.

    >>> from .types import ArticleAnalysis
    >>> text = "The ferry may sail on Monday."
    >>> find_stance(ArticleAnalysis(text), Span(0, 29), ()).certainty
    'PS+'
    """
    text = analysis.text
    speaker, cue, cue_class, entity = _attribution(analysis, clause, said)
    level: SourceLevel = "none"
    if speaker is not None:
        level = source_level(text[speaker.start : speaker.end], entity is not None)
    polarity, polarity_span = find_polarity(text, clause)
    certainty, certainty_span = find_certainty(text, clause, polarity, cue)
    return Stance(speaker, entity, level, cue, cue_class, certainty, certainty_span, polarity, polarity_span)


def source_level(speaker: str, is_named: bool) -> SourceLevel:
    """How well a speaker is known, from the words that introduce them.

    >>> source_level("people familiar with the talks", False), source_level("the mayor's spokesman", False)
    ('unnamed', 'role')
    >>> source_level("Engineers", False), source_level("Police", False), source_level("the report", False)
    ('role', 'role', 'document')
    """
    if _OUTLET.search(speaker) and any(word[:1].isupper() for word in speaker.split()):
        return "outlet"
    if is_named:
        return "named"
    if _DOCUMENT.search(speaker):
        return "document"
    if _UNNAMED.search(speaker) and not re.search(r"[a-z] [A-Z][a-z]+ [A-Z][a-z]+", speaker):
        return "unnamed"
    words_ = speaker.split()
    capitals = [w for w in words_ if w[:1].isupper() and fold(w) not in _NO_NAMES]
    if capitals == words_[:1]:
        # A sentence opens with it: a capital that any word would have there.
        capitals = [w for w in capitals if not (_ROLE.fullmatch(w) or _PEOPLE.fullmatch(w)) and len(words_) == 1]
    if capitals:
        return "named"
    return "role" if _ROLE.search(speaker) else "unnamed"


def is_unnamed_source(speaker: str) -> bool:
    """Whether some words are of the kind that keeps a source's name back; "the request" is nobody.

    >>> is_unnamed_source("two senior officials"), is_unnamed_source("the request")
    (True, False)
    """
    return bool(_UNNAMED.search(speaker))


def _attribution(
    analysis: ArticleAnalysis, clause: Span, said: tuple[Quotation, ...]
) -> tuple[Span | None, Span | None, CueClass | None, int | None]:
    """Speaker, cue, class of the cue and entity of the quotation that covers most of the clause or is opened in it."""
    best: Quotation | None = None
    best_rank = (0.0, 0)
    for quotation in said:
        if quotation.speaker is None:
            continue
        shared = min(quotation.span.end, clause.end) - max(quotation.span.start, clause.start)
        opens = quotation.cue is not None and quotation.cue.overlaps(clause)
        if shared <= 0 and not opens:
            continue
        rank = (max(shared, 0) / max(1, clause.end - clause.start) + 0.3 * opens, -quotation.span.start)
        if rank > best_rank:
            best, best_rank = quotation, rank
    if best is None or best_rank[0] < 0.3:
        return None, None, None, None
    return best.speaker, best.cue, best.cue_class, best.entity
