"""Who says what: quotations with their speakers and the word that says so.

First what stands between marks, then whose words they are (`speakers`), then speech without marks (`reported`).
Names, titles and single words held at arm's length stand between marks too; they are told apart by what surrounds them.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from .cues import cue_forms
from .governing import Attribution
from .marks import Quoted, find_quoted
from .reported import find_reported
from .speakers import attribute
from .tokens import Token
from .transcripts import find_turns
from .types import Quotation, QuotationKind, Sentence, Span
from .units import split_units
from .vocabulary import FUNCTION_WORDS

_TITLE_BEFORE = re.compile(
    r"(?:’s|'s|\b(?:on|show|program|programme|series|titled|entitled|book|novel|memoir|film|movie|song|album"
    r"|single|episode of"
    r"|episode|host of|hosts of|star of|author of|column|play|musical|documentary|named|nicknamed|headlined"
    r"|magazine|hashtag"
    r"|called the|known as|aka|a\.k\.a\.|of|hit|NBC|ABC|CBS|CNN|Fox News|MSNBC|PBS|HBO|Netflix|BBC|Fox))[,:]?\s*$",
    re.I,
)
_TITLE_AFTER = re.compile(
    r"\s*(?:host|hosts|show|forum|rule|program|series|anchor|co-host|star|panel|magazine|album|author|creator|fame)\b",
    re.I,
)
# "He starred in “Night Train” and “Blue Moon”": works, as many as are listed.
_WORK_BEFORE = re.compile(
    r"\b(?:star(?:s|red|ring)?|appear(?:s|ed|ing)?|act(?:s|ed|ing)?|play(?:s|ed|ing)?|perform(?:s|ed|ing)?|direct(?:s|ed"
    r"|ing)?|produced?|producing|record(?:s|ed|ing)?|wrote|written|writing|published|painted"
    r"|composed|watch(?:es|ed|ing)?|saw|read|won)\b[^.;:“”\"]{0,30}(?:[“\"][^“”\"]{1,60}[”\"],? (?:and |or )?){0,4}$"
)
# "known as “the Bear”", "the word “dam”"
_NAMED_BEFORE = re.compile(
    r"\b(?:known (?:\w+ )?as|codenamed|code-named|"
    r"(?<!use )(?<!used )(?<!using )the (?:word|term|name|nickname|title|codename))"
    r"(?: the| of)? ?$",
    re.I,
)
_HELD_AT_ARMS_LENGTH = re.compile(
    r"\b(?:the|an?|his|her|its|their|this|that|these|those|so-called)(?: \w+)? $|[’']s? $", re.I
)
_NOUN_AFTER = re.compile(r" ([a-z]{3,})")
_SMALL = frozenset(
    ("of", "the", "a", "an", "and", "in", "on", "to", "for", "with", "at", "by", "from", "or", "is", "vs.", "&")
)
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


def find_quotations(
    text: str,
    sentences: Sequence[Sentence],
    *,
    is_supported: bool = True,
    tokens: Sequence[Sequence[Token]] | None = None,
) -> tuple[Quotation, ...]:
    """Every quotation in text order; without language support only what stands between marks, with no speaker.

    >>> text = "Head\\n\\n“The pier is safe,” Anna Low said."
    >>> from .sentences import split_sentences
    >>> found = find_quotations(text, split_sentences(text))
    >>> [(q.kind, text[q.speaker.start : q.speaker.end]) for q in found]
    [('direct', 'Anna Low')]
    """
    paragraphs = _paragraphs(sentences)
    quoted = find_quoted(text, paragraphs)
    if not is_supported:
        return tuple(Quotation(q.span, "direct" if _is_clause(text, q.span) else "mixed") for q in quoted)
    units = split_units(text, sentences, quoted, tokens)
    turns = [(paragraphs[n], end) for n, end in find_turns(text, paragraphs).items()]
    speakers = {paragraph.start: Span(paragraph.start, end) for paragraph, end in turns}
    speech = [q for q in quoted if not _is_title(text, q) and not _is_name(text, q)]
    attributions = attribute(text, units, quoted, frozenset(q.span for q in speech), speakers)
    speech = [q for q in speech if not _is_scare_quote(text, q, attributions.get(q.span))]
    found = [_quotation(text, q, attributions.get(q.span)) for q in speech]
    found += [
        Quotation(Span(_skip(text, end + 1), paragraph.end), "direct", Span(paragraph.start, end))
        for paragraph, end in turns
        if _skip(text, end + 1) < paragraph.end
    ]
    found += find_reported(text, units, [q.outer for q in speech])
    found.sort(key=lambda q: (q.span.start, -q.span.end))
    return _with_chains(found)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _paragraphs(sentences: Sequence[Sentence]) -> list[Span]:
    spans: dict[int, Span] = {}
    for sentence in sentences:
        first = spans.get(sentence.paragraph, sentence.span)
        spans[sentence.paragraph] = Span(first.start, sentence.span.end)
    return list(spans.values())


def _quotation(text: str, quoted: Quoted, attribution: Attribution | None) -> Quotation:
    kind: QuotationKind = "direct" if _is_clause(text, quoted.span) else "mixed"
    if attribution is None:
        return Quotation(quoted.span, kind)
    if attribution.is_continued and kind == "mixed" and quoted.span.end - quoted.span.start > 20:
        kind = "direct"
    cue = attribution.cue
    form = cue_forms().get(text[cue.start : cue.end].lower()) if cue else None
    return Quotation(
        quoted.span,
        kind,
        attribution.speaker,
        cue,
        form.cue_class if form else "neutral" if cue else None,
        is_inferred=attribution.is_inferred,
    )


def _is_clause(text: str, span: Span) -> bool:
    head = text[span.start : min(span.end, span.start + 200)].lstrip("…. [(")
    if not head[:1].isupper() and not head[:1].isdigit():
        return False
    if head.count(" ") >= 3:
        return True
    return text[span.end - 1] in ".,!?" and head.count(" ") < 3 and not head.replace(" ", "").isupper()


def _is_title(text: str, quoted: Quoted) -> bool:
    """A programme, a book, a nickname: short, capitalised throughout, and introduced as such."""
    content = text[quoted.span.start : min(quoted.span.end, quoted.span.start + 100)]
    names = _WORD.findall(content)
    if not names:
        return True
    if len(names) > 8 or quoted.span.end - quoted.span.start > 90:
        return False
    if not all(w[0].isupper() or w[0].isdigit() or w.lower() in _SMALL for w in names) or not (
        names[0][0].isupper() or names[0][0].isdigit()
    ):
        return False
    if content[-1] in "?!" and len(names) < 3:
        return False
    if len(names) > 1 and _WORK_BEFORE.search(text[max(0, quoted.outer.start - 200) : quoted.outer.start]):
        return True
    before = text[max(0, quoted.outer.start - 24) : quoted.outer.start]
    after = text[quoted.outer.end : quoted.outer.end + 14]
    if len(names) <= 2 and re.match(r" [A-Z][a-z]", after) and re.search(r"[A-Z][\w.]{0,15} $", before):
        return True  # Robert C. “Bobby” Low
    return bool(_TITLE_BEFORE.search(before) or _TITLE_AFTER.match(after))


def _is_name(text: str, quoted: Quoted) -> bool:
    """What somebody or something is called, or a word spoken of as a word."""
    if quoted.span.end - quoted.span.start > 30 or text[quoted.span.end - 1] in "?!":
        return False
    return _NAMED_BEFORE.search(text[max(0, quoted.outer.start - 30) : quoted.outer.start]) is not None


def _is_scare_quote(text: str, quoted: Quoted, attribution: Attribution | None) -> bool:
    """One word of the outlet's own, held at arm's length: "the “smart” bridge", "Low’s “solution”"."""
    content = text[quoted.span.start : min(quoted.span.end, quoted.span.start + 30)]
    if (attribution is not None and attribution.cue is not None) or not content.isalpha() or not content.islower():
        return False
    before = text[max(0, quoted.outer.start - 30) : quoted.outer.start]
    after = _NOUN_AFTER.match(text, quoted.outer.end)
    is_modifier = after is not None and after.group(1) not in FUNCTION_WORDS and after.group(1) != "just"
    return is_modifier and _HELD_AT_ARMS_LENGTH.search(before) is not None


def _with_chains(found: list[Quotation]) -> tuple[Quotation, ...]:
    """Adds to every quotation the speakers of the reported speech it stands in, the innermost first."""
    chained: list[Quotation] = []
    opened: list[Quotation] = []
    for quotation in found:
        opened = [o for o in opened if o.span.end > quotation.span.start]
        outer = tuple(
            o.speaker
            for o in reversed(opened)
            if o.speaker is not None
            and o.span.contains(quotation.span)
            and o.speaker != quotation.speaker
            and o.span.start < quotation.span.start
            and (quotation.speaker is None or o.span.contains(quotation.speaker))
        )
        chained.append(replace(quotation, chain=outer) if outer else quotation)
        if quotation.kind == "indirect":
            opened.append(quotation)
    return tuple(chained)
