"""Which paragraphs are page furniture: datelines, credits, corrections, captions, read-more lines.

They are the outlet's frame around the report. Marked here, before anything else looks at the text, they are never
read as statements, counted as coverage or mistaken for a speaker.
"""

import re

from . import gazetteer
from .text import fold
from .types import SentenceKind, Span

_AGENCIES = (
    r"(?:AP|Associated Press|The Associated Press|Reuters|REUTERS|AFP|UPI|CNN|Bloomberg|dpa|DPA|PA|Xinhua|TASS|EFE|ANSA"
    r"|BBC|NYT)"
)
_PLACE = r"[A-ZÀ-Þ][\w.’'-]{0,24}(?: [A-Za-zÀ-ÿ][\w.’'-]{0,24}){0,3}"
# "CARACAS, Venezuela (AP) — ", "(Reuters) - ", "WASHINGTON — "
_DATELINE = re.compile(
    rf"(?:{_PLACE}(?:(?:, |/){_PLACE}){{0,2}}(?:, [A-Z][a-z]{{2,8}}\.? \d{{1,2}})? ?)?"
    rf"(?:\({_AGENCIES}[^)\n]{{0,40}}\) ?)?(?:—|–|―|--|-)(?=\s)"
)
# "NEW DELHI: "
_CITY = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ.’' -]{2,30}?)(?:, [A-Z][\w. ]{2,15})?:(?=\s)")
_LABEL_LEAD = re.compile(r"(?:UPDATED?|BREAKING(?: NEWS)?|DEVELOPING|EXCLUSIVE|JUST IN|WATCH)(?: \d{1,2})?:(?=\s)")
_CREDIT = re.compile(
    r"(?:[(\[]?(?:(?:With )?[Aa]dditional )?(?:[Rr]eport(?:ing|ed|s)|"
    r"[Ww]rit(?:ing|ten)|[Ee]dit(?:ing|ed)|[Cc]ompiled|[Pp]roduced)"
    r"(?: and [a-z]+)? (?:by|from)\b|With (?:files|material|reporting|wires?) from\b|"
    r"By [A-Z][\w.’'-]+ [A-Z]|©|\(c\) |Copyright\b|[(\[]?(?:Source|Credit)s?:|"
    r"[(\[]?(?:AP|Reuters|AFP|REUTERS|Getty)(?: Images)?[)\]]?$)"
)
_CONTRIBUTED = re.compile(r"\bcontributed (?:reporting |research )?(?:to|from|for)\b")
# What no sentence of the report itself says, wherever it stands.
_CONTRIBUTED_HERE = re.compile(
    r"\bcontributed (?:(?:reporting|research)\b|(?:(?:to|for) )?(?:this|the) (?:report|article|story)\b)"
)
_CORRECTION = re.compile(
    r"[(\[]?(?:Correction|CORRECTION|Clarification|CLARIFICATION|Editor[’']s [Nn]ote|EDITOR[’']S NOTE|UPDATED?"
    r"|Updated)\b"
    r"(?=.{0,400}\b(?:corrected|correct|clarif|earlier version|previous version|updated|misstated|version|error"
    r"|amended|note)\b)",
    re.I,
)
_CORRECTION_LABEL = re.compile(
    r"[(\[]?(?:Corrections?|Clarifications?)(?: \([^()\n]{1,60}\)|(?: and clarifications?)?(?: appended)?"
    r"|,? [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?(?::|\.| [—–-])(?=\s|$)",
    re.I,
)
_EARLIER_VERSION = re.compile(
    r"(?:An?|The) (?:earlier|previous|prior) version of this (?:article|story|report|post|headline)|"
    r"This (?:article|story|report|post|headline) (?:has been|was) (?:updated|corrected|amended|clarified)",
    re.I,
)
_CAPTION = re.compile(
    r"(?:Photo|PHOTO|Photograph|Image|IMAGE|Video|VIDEO|File photo|FILE PHOTO|FILE|Caption|Picture|Map|Graphic"
    r"|Illustration)s?(?: by| credit| caption)?\s?[:—–-]|(?:Image|Media) (?:source|caption|credit)s?,? "
    r"|[Pp]hoto(?:graph)?s? by [A-Z]"
)
_CAPTION_END = re.compile(
    r"[(\[](?:[^()\[\]\n]{0,60}(?:AP Photo|/AP|Photo|Image|Getty|Reuters|REUTERS|AFP|via AP"
    r"|EPA)[^()\[\]\n]{0,40})[)\]]$"
    r"|(?<=[.!?”\"] )(?:Photo|Photograph|Image|Picture|Video|Credit)s?(?: by| credit)?: [^.:\n]{2,60}\.?$"
)
_BOILERPLATE = re.compile(
    r"(?:(?:Read|See|Watch|Listen|Follow|Click|Sign up|Subscribe|Share|Tweet|Download|Get|Join|Like)\b.{0,60}"
    r"(?:more|here|also|below|newsletter|app|Twitter|Facebook|Instagram|inbox|our|us|rest|now|updates|@\w+)\b|"
    r"READ MORE|READ ALSO|RELATED|Related|MORE:|More:|More from|More on|ALSO:|SEE ALSO|See also|WATCH:|Watch:|LISTEN:|"
    r"Advertisement|ADVERTISEMENT|Story continues|Continue reading|Sign up|SIGN UP|Subscribe|Newsletter|"
    r"All rights reserved|Comments? (?:are )?closed|Follow \S+ \S{0,20} ?on (?:Twitter|X|Facebook)|"
    r"Have (?:a|something|an opinion)|(?:Got|Do you have) (?:a|any) (?:tip|story|question|news|information)|"
    r"(?:Last )?(?:[Uu]pdated|[Pp]ublished|[Mm]odified)(?: on| at)?:? (?:\d|[A-Z][a-z]{2,8}\.? \d|[A-Z][a-z]{2,5}day)|"
    r"Support (?:our|independent) |Skip (?:to|past) |"
    r"(?:This|The) (?:article|story) (?:first appeared|was originally published)"
    r"|Editor[’']s [Nn]ote:|Email |Contact |Loading|Share this|pic\.twitter\.com|https?://)"
)
# "(COMMERCIAL BREAK)", "[APPLAUSE]", "(Laughter.)"
_STAGE = re.compile(
    r"[(\[](?:[A-Z][A-Z ,.’'/-]{2,60}|(?i:applause|laughter|crosstalk|cheers|cheering|inaudible|music|commercial break"
    r"|(?:begin|end) (?:video|audio)[a-z ]{0,20})\.?)[)\]]\.?",
)
# Headings of boxes that pages put between the paragraphs, whole lines.
_HEADINGS = frozenset(
    (
        "most popular", "most read", "most viewed", "what you need to know", "trending", "trending now", "top stories",
        "latest news", "more stories", "more news", "more on this story", "read next", "up next", "recommended",
        "recommended for you", "related stories", "related articles", "related topics", "related coverage",
        "you may also like", "you might also like", "editors picks", "in this article", "in this story", "topics",
        "around the web", "sponsored", "share", "share this article", "share this story", "save", "comments",
        "explore more", "key points", "key takeaways", "live updates", "breaking news",
    )
)  # fmt: skip


def paragraph_kind(text: str, paragraph: Span, number: int, count: int) -> SentenceKind:
    """What the paragraph is; `number` counts from 0 (the headline), `count` is the number of paragraphs.

    >>> line = "Read more: The harbour in pictures"
    >>> paragraph_kind(line, Span(0, len(line)), 3, 9)
    'boilerplate'
    """
    length = paragraph.end - paragraph.start
    line = text[paragraph.start : min(paragraph.end, paragraph.start + 500)]
    if _CORRECTION.match(line) or _CORRECTION_LABEL.match(line) or _EARLIER_VERSION.search(line, 0, 200):
        return "correction"
    if length > 300:
        return "body"
    if _CONTRIBUTED_HERE.search(line) or (_CONTRIBUTED.search(line) and (number >= count - 4 or number <= 2)):
        return "credit"
    if length <= 160 and _CREDIT.match(line):
        return "credit"
    if _CAPTION.match(line) or _CAPTION_END.search(line):
        return "caption"
    if is_stage_direction(text, paragraph) or (
        length <= 40 and fold(line).strip(" .:!?’'").replace("’", "") in _HEADINGS
    ):
        return "boilerplate"
    if length <= 200 and _BOILERPLATE.match(line):
        return "boilerplate"
    return "body"


def is_stage_direction(text: str, span: Span) -> bool:
    """Whether a sentence only notes what was heard between the words.

    >>> is_stage_direction("[APPLAUSE]", Span(0, 10))
    True
    """
    return text[span.start] in "([" and _STAGE.fullmatch(text, span.start, min(span.end, span.start + 80)) is not None


def dateline_end(text: str, paragraph: Span) -> int | None:
    """Where the dateline that opens a body paragraph ends, or None.

    >>> line = "OSLO, Norway (AP) — Rain fell."
    >>> line[: dateline_end(line, Span(0, len(line)))]
    'OSLO, Norway (AP) —'
    """
    limit = min(paragraph.end, paragraph.start + 120)
    match = _DATELINE.match(text, paragraph.start, limit) or _LABEL_LEAD.match(text, paragraph.start, limit)
    if match is None and (city := _CITY.match(text, paragraph.start, limit)) is not None:
        match = city if city.group(1).title() in gazetteer.places() else None
    if match is None or match.end() >= paragraph.end - 10:
        return None
    lead = match.group()
    # A dash after ordinary words opens an aside; a dateline has capitals, credits an agency or names place and region.
    if (
        lead.endswith(":")
        or "(" in lead
        or lead[:4].isupper()
        or ("," in lead and all(w[0].isupper() for w in lead.split()[:-1]))
    ):
        return match.end()
    return None
