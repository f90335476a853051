"""How a passage puts its statement forward: who says so, how sure it is, and whether it asserts or denies.

These are the three things a fact-checker asks of a sentence before its truth. They are read off the words around the
statement, never guessed: without a word that shows doubt a statement is certain, without a speaker it is the outlet's own.
"""

import re
from dataclasses import dataclass

from .lexicon import words
from .text import fold
from .types import ArticleAnalysis, Certainty, CueClass, Polarity, Quotation, SourceLevel, Span


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


_VERBS = (
    "said|says|say|stated|states|announced|announces|declared|declares|claimed|claims|claim|insisted|insists|argued|argues|"
    "added|adds|noted|notes|wrote|writes|warned|warns|confirmed|confirms|denied|denies|acknowledged|acknowledges|admitted|"
    "admits|alleged|alleges|believes|believed|estimated|estimates|estimate|told|tells|reported|reports|report|suggested|"
    "suggests|emphasized|emphasised|emphasize|emphasise|explained|explains|promised|promises|vowed|vows|indicated|"
    "indicates|revealed|reveals|concluded|concludes|testified|testifies|predicted|predicts|maintained|maintains|boasted"
)
_LEADING_CUE = re.compile(rf"\b(?:has |have |had |also |later |then |recently |repeatedly )*({_VERBS})\b(?=[ :,])")
_TRAILING_CUE = re.compile(rf",[”\"’']? (?:as )?((?:[\w.’'-]+ ){{1,7}}?)(?:has |have |had |also )*({_VERBS})\b")
_ACCORDING = re.compile(r"\b([Aa]ccording to) ((?:[^\s,.;]+\s?){1,8})")
_ACKNOWLEDGED_BY = re.compile(rf"\bas ({_VERBS}) by ((?:[^\s,.;]+\s?){{1,8}})")
# A reporting verb does not reach past these: what follows is the reporter's own again.
_SCOPE_END = re.compile(r",? (?:though|although|while|whereas|amid|but|even as)\b|;")
_LEAD_IN = re.compile(
    r"^(?:(?:however|meanwhile|but|and|yet|still|also|then|so|that|as|while|though|although)\b,? ?)+", re.I
)

_SURE_DENIALS = words("not never no none nobody nothing neither nor without cannot n't")
_HEDGES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "Uu",
        re.compile(
            r"\b(?:unclear|unknown|no confirmation|not (?:been )?(?:confirmed|verified|known|clear)|unconfirmed|unverified|"
            r"whether|remains? to be seen|uncertain|undecided)\b",
            re.I,
        ),
    ),
    (
        "PS",
        re.compile(
            r"\b(?:may|might|could|possibly|perhaps|maybe|potential(?:ly)?|possible|hint(?:s|ed|ing)?|suggest(?:s|ed|ing)?|"
            r"considers?|considering|weigh(?:s|ed|ing)|rumou?red|feared)\b"
        ),
    ),
    (
        "PR",
        re.compile(
            r"\b(?:likely|probabl[ey]|allegedly|alleged|reportedly|apparently|seems?|seemed|seemingly|appears?|appeared to|"
            r"believed|believes?|thought to|suspected|presumed|presumably|expected|expects|purported(?:ly)?|estimated|"
            r"supposedly|presumptive)\b",
            re.I,
        ),
    ),
)
_NEGATION = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|cannot|without|den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing)|"
    r"fail(?:s|ed|ing)? to|declin(?:es|ed|ing) to|reject(?:s|ed|ing)?|unable)\b|n[’']t\b",
    re.I,
)
# Words in which "no" or "not" denies nothing.
_NOT_NEGATION = re.compile(
    r"\b(?:not only|no (?:less|fewer|more|later|earlier|sooner) than|not less than|no\. \d|whether or not|no doubt|"
    r"no longer than|if not|no stranger)\b",
    re.I,
)
_UNNAMED = re.compile(
    r"\b(?:sources?|people (?:familiar|close|briefed|with)|person (?:familiar|close|briefed)|reports?|rumou?rs|critics|observers|"
    r"analysts|experts|insiders|witnesses|officials?|aides?|some|many|others|authorities|anonymous|unnamed|unidentified)\b",
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
    r"\b(?:documents?|report by|study|letter|memo|filing|affidavit|indictment|complaint|ruling|statement|records?|survey|"
    r"poll|paper|transcript|e-?mails?)\b",
    re.I,
)
_OUTLET = re.compile(
    r"\b(?:times|post|journal|cnn|bbc|cbs|nbc|abc|fox|msnbc|npr|reuters|afp|associated press|ap|guardian|telegraph|"
    r"tribune|herald|gazette|news|newspaper|magazine|television|broadcaster|channel|politico|bloomberg|axios)\b",
    re.I,
)
_PRONOUNS = words("he she they it who we i")


def find_stance(analysis: ArticleAnalysis, sentence: Span, clause: Span, said: tuple[Quotation, ...]) -> Stance:
    """The stance of ``clause``, a part of ``sentence``; ``said`` are the quotations that touch the sentence.

    >>> from .types import ArticleAnalysis
    >>> text = "The ferry may sail on Monday."
    >>> find_stance(ArticleAnalysis(text), Span(0, 29), Span(0, 29), ()).certainty
    'PS+'
    """
    text = analysis.text
    speaker, cue, cue_class, entity = _attribution(analysis, sentence, clause, said)
    level: SourceLevel = (
        "none" if speaker is None else source_level(text[speaker.start : speaker.end], entity is not None)
    )
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
            certainty: Certainty = (
                ("PS+" if sign == "+" else "PS-") if value == "PS" else ("PR+" if sign == "+" else "PR-")
            )
            return certainty, Span(*match.span())
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


def _attribution(
    analysis: ArticleAnalysis, sentence: Span, clause: Span, said: tuple[Quotation, ...]
) -> tuple[Span | None, Span | None, CueClass | None, int | None]:
    best: Quotation | None = None
    best_size = 0
    for quotation in said:
        size = min(quotation.span.end, clause.end) - max(quotation.span.start, clause.start)
        if size > best_size and quotation.speaker is not None:
            best, best_size = quotation, size
    if best is not None and best_size * 3 >= clause.end - clause.start:
        entity = best.entity if best.entity is not None else entity_at(analysis, best.speaker)
        return best.speaker, best.cue, best.cue_class, entity
    found = _spoken(analysis.text, sentence, clause)
    if found is None:
        if best is not None:
            entity = best.entity if best.entity is not None else entity_at(analysis, best.speaker)
            return best.speaker, best.cue, best.cue_class, entity
        return None, None, None, None
    speaker, cue = found
    return speaker, cue, None, entity_at(analysis, speaker)


def entity_at(analysis: ArticleAnalysis, span: Span | None) -> int | None:
    """The entity that a passage names, the first if several."""
    if span is None:
        return None
    for mention in analysis.mentions:
        if mention.span.start >= span.end:
            break
        if mention.span.end > span.start:
            return mention.entity
    return None


def _spoken(text: str, sentence: Span, clause: Span) -> tuple[Span, Span] | None:
    """Speaker and cue of an unquoted statement, where the sentence says plainly who states it."""
    end = min(sentence.end, sentence.start + 2000)
    for pattern in (_ACCORDING, _ACKNOWLEDGED_BY):
        match = pattern.search(text, sentence.start, end)
        if match:
            return _stripped(text, *match.span(2)), Span(*match.span(1))
    match = _LEADING_CUE.search(text, sentence.start, end)
    if match and match.start() > sentence.start:
        head = text[sentence.start : match.start()]
        lead = _LEAD_IN.match(head)
        start = sentence.start + (lead.end() if lead else 0)
        subject = text[start : match.start()].strip()
        comma = subject.rfind(", ")
        if comma > 0 and not subject.endswith(","):
            tail = subject[comma + 2 :]
            start += comma + 2
            subject = tail
        stop = _SCOPE_END.search(text, match.end(), end)
        reach = stop.start() if stop else end
        if 0 < len(subject.split()) <= 9 and clause.start < reach and clause.end > match.start():
            return _stripped(text, start, match.start()), Span(*match.span(1))
    match = None
    for match in _TRAILING_CUE.finditer(text, sentence.start, end):
        pass
    if match and match.end() > end - 60 and clause.start < match.start():
        return _stripped(text, *match.span(1)), Span(*match.span(2))
    return None


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " ,“”\"'":
        start += 1
    while end > start and text[end - 1] in " ,.":
        end -= 1
    return Span(start, end)
