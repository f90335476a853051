"""Who says what."""

import re
from collections.abc import Sequence

from .marks import find_quoted
from .types import Quotation, Sentence, Span

_SAID = re.compile(
    r"\b([A-Z][\w’'-]{1,30}(?: [A-Z][\w’'-]{1,30}){0,3}|he|she|they) (said|says|told|stated|added|asked|wrote)\b|\b(said|says|added) ([A-Z][\w’'-]{1,30}(?: [A-Z][\w’'-]{1,30}){0,3})"
)


def find_quotations(text: str, sentences: Sequence[Sentence], *, is_supported: bool = True) -> tuple[Quotation, ...]:
    ends: dict[int, Span] = {}
    for s in sentences:
        first = ends.get(s.paragraph)
        ends[s.paragraph] = Span(first.start if first else s.span.start, s.span.end)
    paragraphs = [ends[k] for k in sorted(ends)]
    found = []
    for quoted in find_quoted(text, paragraphs):
        content = text[quoted.span.start : min(quoted.span.end, quoted.span.start + 200)]
        kind = "direct" if content[:1].isupper() and content.count(" ") >= 3 else "mixed"
        paragraph = paragraphs[quoted.paragraph]
        speaker = cue = None
        if is_supported:
            match = _SAID.search(text, quoted.outer.end, min(paragraph.end, quoted.outer.end + 120))
            if match is None:
                for match in _SAID.finditer(text, max(paragraph.start, quoted.outer.start - 200), quoted.outer.start):
                    pass
            if match is not None:
                name, verb = (1, 2) if match.group(1) else (4, 3)
                speaker, cue = Span(*match.span(name)), Span(*match.span(verb))
        found.append(Quotation(quoted.span, kind, speaker, cue, "neutral" if cue else None))
    return tuple(found)
