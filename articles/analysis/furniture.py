"""Which paragraphs are page furniture: datelines, credits, corrections, captions, read-more lines, transcript turns.

They are the outlet's frame around the report. Marked here, before anything else looks at the text, they are never
read as statements, counted as coverage or mistaken for a speaker.
"""

import re
from collections.abc import Sequence

from .types import SentenceKind, Span

_AGENCIES = (
    r"(?:AP|Associated Press|The Associated Press|Reuters|REUTERS|AFP|UPI|CNN|Bloomberg|dpa|DPA|PA|Xinhua|TASS|EFE|ANSA"
    r"|BBC|NYT)"
)
_PLACE = r"[A-ZÀ-Þ][\w.’'-]{0,24}(?: [A-Za-zÀ-ÿ][\w.’'-]{0,24}){0,3}"
# "CARACAS, Venezuela (AP) — ", "(Reuters) - ", "WASHINGTON — "
_DATELINE = re.compile(
    rf"(?:{_PLACE}(?:, {_PLACE}){{0,2}}(?:, [A-Z][a-z]{{2,8}}\.? \d{{1,2}})? ?)?"
    rf"(?:\({_AGENCIES}[^)\n]{{0,40}}\) ?)?(?:—|–|--|-)(?=\s)"
)
_LABEL_LEAD = re.compile(r"(?:UPDATED?|BREAKING(?: NEWS)?|DEVELOPING|EXCLUSIVE|JUST IN|WATCH)(?: \d{1,2})?:(?=\s)")
_CREDIT = re.compile(
    r"(?:[(\[]?(?:Additional )?(?:[Rr]eport(?:ing|ed|s)|[Ww]rit(?:ing|ten)|[Ee]dit(?:ing|ed)|[Cc]ompiled|[Pp]roduced)"
    r"(?: and [a-z]+)? by\b|By [A-Z][\w.’'-]+ [A-Z]|©|\(c\) |Copyright\b|[(\[]?(?:Source|Credit)s?:|"
    r"[(\[]?(?:AP|Reuters|AFP|REUTERS|Getty)(?: Images)?[)\]]?$)"
)
_CONTRIBUTED = re.compile(r"\bcontributed (?:reporting |research )?(?:to|from|for)\b")
_CORRECTION = re.compile(
    r"[(\[]?(?:Correction|CORRECTION|Clarification|CLARIFICATION|Editor[’']s [Nn]ote|EDITOR[’']S NOTE|UPDATED?"
    r"|Updated)\b"
    r"(?=.{0,400}\b(?:corrected|correct|clarif|earlier version|previous version|updated|misstated|version|error"
    r"|amended|note)\b)",
    re.I,
)
_EARLIER_VERSION = re.compile(
    r"(?:An?|The) (?:earlier|previous|prior) version of this (?:article|story|report|post|headline)|"
    r"This (?:article|story|report|post|headline) (?:has been|was) (?:updated|corrected|amended|clarified)",
    re.I,
)
_CAPTION = re.compile(
    r"(?:Photo|PHOTO|Image|IMAGE|Video|VIDEO|File photo|FILE PHOTO|FILE|Caption|Picture|Map|Graphic)s?(?: by)?\s?[:—–-]"
)
_CAPTION_END = re.compile(
    r"[(\[](?:[^()\[\]\n]{0,60}(?:AP Photo|/AP|Photo|Image|Getty|Reuters|REUTERS|AFP|via AP"
    r"|EPA)[^()\[\]\n]{0,40})[)\]]$"
)
_BOILERPLATE = re.compile(
    r"(?:(?:Read|See|Watch|Listen|Follow|Click|Sign up|Subscribe|Share|Tweet|Download|Get|Join|Like)\b.{0,60}"
    r"(?:more|here|also|below|newsletter|app|Twitter|Facebook|Instagram|inbox|our|us|rest|now|updates|@\w+)\b|"
    r"READ MORE|READ ALSO|RELATED|Related|MORE:|More:|More from|More on|ALSO:|SEE ALSO|See also|WATCH:|Watch:|LISTEN:|"
    r"Advertisement|ADVERTISEMENT|Story continues|Continue reading|Sign up|SIGN UP|Subscribe|Newsletter|"
    r"All rights reserved|Comments? (?:are )?closed|Follow \S+ \S{0,20} ?on (?:Twitter|X|Facebook)|"
    r"Have (?:a|something|an opinion)|Email |Contact |Loading|Share this|pic\.twitter\.com|https?://)"
)
_TURN = re.compile(
    r"([A-Z][A-Z.’' -]{1,40}|(?:[A-Z][\w.’'-]{1,20} ){0,3}[A-Z][\w.’'-]{1,20}|Q|A)(?: \([^)\n]{1,40}\))?:(?=\s)"
)
_NO_SPEAKERS = frozenset(
    ("update", "more", "related", "watch", "read more", "correction", "note", "photo", "image", "video")
)


def paragraph_kind(text: str, paragraph: Span, number: int, count: int) -> SentenceKind:
    """What the paragraph is; `number` counts from 0 (the headline), `count` is the number of paragraphs.

    >>> line = "Read more: The harbour in pictures"
    >>> paragraph_kind(line, Span(0, len(line)), 3, 9)
    'boilerplate'
    """
    length = paragraph.end - paragraph.start
    line = text[paragraph.start : min(paragraph.end, paragraph.start + 500)]
    if _CORRECTION.match(line) or _EARLIER_VERSION.search(line, 0, 200):
        return "correction"
    if length > 300:
        return "body"
    if _CONTRIBUTED.search(line) and (number >= count - 4 or number <= 2):
        return "credit"
    if length <= 160 and _CREDIT.match(line):
        return "credit"
    if _CAPTION.match(line) or _CAPTION_END.search(line):
        return "caption"
    if length <= 200 and _BOILERPLATE.match(line):
        return "boilerplate"
    return "body"


def dateline_end(text: str, paragraph: Span) -> int | None:
    """Where the dateline that opens a body paragraph ends, or None.

    >>> line = "OSLO, Norway (AP) — Rain fell."
    >>> line[: dateline_end(line, Span(0, len(line)))]
    'OSLO, Norway (AP) —'
    """
    limit = min(paragraph.end, paragraph.start + 120)
    match = _DATELINE.match(text, paragraph.start, limit) or _LABEL_LEAD.match(text, paragraph.start, limit)
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


def find_turns(text: str, paragraphs: Sequence[Span]) -> dict[int, int]:
    """Paragraph numbers of transcript turns with where each speaker's name ends (the colon excluded).

    One labelled paragraph is a label; three, with somebody speaking twice or in capitals, are a conversation.

    >>> lines = ["Head", "LOW: Why?", "BERG: No.", "LOW: Then go."]
    >>> text = "\\n".join(lines)
    >>> starts = [text.index(line) for line in lines]
    >>> find_turns(text, [Span(s, s + len(line)) for s, line in zip(starts, lines)])
    {1: 8, 2: 19, 3: 28}
    """
    found: dict[int, tuple[int, str]] = {}
    counts: dict[str, int] = {}
    for number, paragraph in enumerate(paragraphs):
        match = _TURN.match(text, paragraph.start, min(paragraph.end, paragraph.start + 90)) if number else None
        if match is not None and match.group().rstrip(":").lower() not in _NO_SPEAKERS:
            label = match.group(1)
            found[number] = (match.end() - 1, label)
            counts[label] = counts.get(label, 0) + 1
    if len(found) < 3 or len(counts) < 2 or max(counts.values()) < 2:
        return {}
    return {n: end for n, (end, label) in found.items() if label.isupper() or counts[label] > 1}
