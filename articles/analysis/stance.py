"""How a passage puts its statement forward: who says so, how sure it is, and whether it asserts or denies.

These are the three things a fact-checker asks of a sentence before its truth. They are read off the words around the
statement, never guessed: without a word that shows doubt a statement is certain, without a speaker it is the outlet's.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

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


# In the order of how little they commit: the first that is found decides.
_HEDGES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "Uu",
        re.compile(
            r"\b(?:unclear|unknown|no (?:independent |official )?(?:confirmation|evidence)|unconfirmed|unverified|"
            r"not (?:been |yet been |yet )?(?:independently )?(?:confirmed|verified|known|clear)|undecided|"
            r"remains? to be seen|uncertain)\b",
            re.I,
        ),
    ),
    (
        "PS",
        re.compile(
            r"\b(?:may|might|could|possibly|perhaps|maybe|potential(?:ly)?|possible|hint(?:s|ed|ing)?|rumou?red|feared|"
            r"suggest(?:s|ed|ing)?)\b"
        ),
    ),
    (
        "PR",
        re.compile(
            # "his likely rival" hedges a label, not the statement.
            r"\b(?:(?<!\bthe )(?<!\bhis )(?<!\bher )(?<!\btheir )(?<!\ba )likely|probabl[ey]|allegedly|alleged to|"
            r"reportedly|apparently|seems?|seemed|seemingly|appears? to|appeared to|believed|thought to|suspected of|"
            r"presumed to|presumably|expected to|purportedly|supposedly)\b",
            re.I,
        ),
    ),
)
_GRADES: dict[str, Certainty] = {"PS+": "PS+", "PS-": "PS-", "PR+": "PR+", "PR-": "PR-"}
_NEGATION = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|cannot|without|den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing)|"
    r"fail(?:s|ed|ing)? to|declin(?:es|ed|ing) to|reject(?:s|ed|ing)?|unable)\b|n[’']t\b",
    re.I,
)
# Words in which "no" or "not" denies nothing.
_NOT_NEGATION = re.compile(
    r"\b(?:not only|no (?:less|fewer|more|later|earlier|sooner) than|not less than|no\. \d|whether or not|no doubt|"
    r"no longer than|if not|no stranger)\b"
    # "decided by the states, not by judges" denies nothing of what it asserts.
    r"|(?:,|\band|\bbut) not (?:even |just |merely )?(?:by|for|in|at|on|to|from|with|a|an|the)\b",
    re.I,
)
_UNNAMED = re.compile(
    r"\b(?:sources?|people (?:familiar|close|briefed|with)|person (?:familiar|close|briefed)|reports?|rumou?rs|critics|"
    r"observers|analysts|experts|insiders|witnesses|officials?|aides?|some|many|others|authorities|anonymous|unnamed|"
    r"unidentified)\b",
    re.I,
)
_ROLE = re.compile(
    r"\b(?:spokes(?:man|woman|person|people)|minister|president|mayor|governor|chief|director|secretary|police|court|judge|"
    r"lawyers?|attorney|committee|ministry|department|government|council|company|agency|bureau|lawmakers|chairm[ae]n|"
    r"chairwoman|leader|commander|doctors?|prosecutors?|administration|campaign|union|board|house|office|senator|"
    r"congressman|representative|advisers?|he|she|they)\b",
    re.I,
)
_DOCUMENT = re.compile(
    r"\b(?:documents?|report by|study|letter|memo|filing|affidavit|indictment|complaint|ruling|statement|records?|"
    r"survey|"
    r"poll|paper|transcript|e-?mails?)\b",
    re.I,
)
_OUTLET = re.compile(
    r"\b(?:times|post|journal|cnn|bbc|cbs|nbc|abc|fox|msnbc|npr|reuters|afp|associated press|ap|guardian|telegraph|"
    r"tribune|herald|gazette|news|newspaper|magazine|television|broadcaster|channel|politico|bloomberg|axios)\b",
    re.I,
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


def find_polarity(text: str, clause: Span) -> tuple[Polarity, Span | None]:
    """Whether a clause asserts or denies, and the word that shows it; two denials assert.

    >>> find_polarity("The harbour was not closed.", Span(0, 27))[0]
    'negative'
    """
    harmless = [m.span() for m in _NOT_NEGATION.finditer(text, clause.start, clause.end)]
    found = [
        m.span()
        for m in _NEGATION.finditer(text, clause.start, clause.end)
        if not any(s <= m.start() < e for s, e in harmless)
    ]
    if len(found) % 2 == 0:
        return "positive", None
    return "negative", Span(*found[0])


def find_certainty(text: str, clause: Span, polarity: Polarity, cue: Span | None) -> tuple[Certainty, Span | None]:
    """FactBank's value of a clause and the words that show it.

    >>> find_certainty("It reportedly sank.", Span(0, 19), "positive", None)
    ('PR+', Span(start=3, end=13))
    """
    sign = "+" if polarity == "positive" else "-"
    for value, pattern in _HEDGES:
        for match in pattern.finditer(text, clause.start, clause.end):
            if cue is not None and cue.start <= match.start() < cue.end:
                continue
            if value == "Uu":
                return "Uu", Span(*match.span())
            return _GRADES[value + sign], Span(*match.span())
    return ("CT+" if sign == "+" else "CT-"), None


def source_level(speaker: str, is_named: bool) -> SourceLevel:
    """How well a speaker is known, from the words that introduce them.

    >>> source_level("people familiar with the talks", False), source_level("the mayor's spokesman", False)
    ('unnamed', 'role')
    """
    if _OUTLET.search(speaker) and any(word[:1].isupper() for word in speaker.split()):
        return "outlet"
    if is_named:
        return "named"
    if _DOCUMENT.search(speaker):
        return "document"
    if _UNNAMED.search(speaker) and not re.search(r"[a-z] [A-Z][a-z]+ [A-Z][a-z]+", speaker):
        return "unnamed"
    capitals = [w for w in speaker.split() if w[:1].isupper() and fold(w) not in {"the", "a", "an", "one", "some"}]
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
    entity = best.entity if best.entity is not None else entity_at(analysis, best.speaker)
    return best.speaker, best.cue, best.cue_class, entity


def entity_at(analysis: ArticleAnalysis, span: Span | None) -> int | None:
    """The entity that a passage names, the first if several."""
    if span is None:
        return None
    at = bisect_right(analysis.mentions, span.start, key=lambda mention: mention.span.end)
    if at < len(analysis.mentions) and analysis.mentions[at].span.start < span.end:
        return analysis.mentions[at].entity
    return None
