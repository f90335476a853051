"""Which paragraphs are turns of a transcript: "LOW: Why?", "SEN. ANNA LOW (D-VT): …", "Q: …".

One labelled paragraph is a label; several, with somebody speaking twice, are a conversation. Whoever is introduced
with title, party or employer ("JOHN KING, CNN HOST:") goes on under the last name alone, so turns are counted by it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from .types import Span

_ASIDE = r"(?: ?[(\[][^)\]\n]{1,40}[)\]])?"
_LABEL = re.compile(
    rf"(?:(?P<upper>[A-Z][A-ZÀ-Þ.’' -]{{1,50}}){_ASIDE}(?:, [A-Z][A-Z0-9.,&’' -]{{1,60}})?{_ASIDE}"
    rf"|(?P<mixed>(?:[A-Z][\w.’'-]{{1,20}} ){{0,3}}[A-Z][\w.’'-]{{1,20}}){_ASIDE}|(?P<letter>[QA])):(?=\s)"
)
_NO_SPEAKERS = frozenset(
    (
        "update", "updated", "more", "related", "watch", "read more", "correction", "note", "photo", "image", "video",
        "exclusive", "breaking", "warning", "analysis", "opinion", "clarification", "advertisement", "breaking news",
    )
)  # fmt: skip


class _Turn(NamedTuple):
    end: int
    key: str
    is_upper: bool
    has_full_name: bool


def find_turns(text: str, paragraphs: Sequence[Span]) -> dict[int, int]:
    """Paragraph numbers of transcript turns with where each speaker's name ends (the colon excluded).

    >>> lines = ["Head", "LOW: Why?", "BERG: No.", "LOW: Then go."]
    >>> text = "\\n".join(lines)
    >>> starts = [text.index(line) for line in lines]
    >>> find_turns(text, [Span(s, s + len(line)) for s, line in zip(starts, lines)])
    {1: 8, 2: 19, 3: 28}
    """
    found: dict[int, _Turn] = {}
    for number, paragraph in enumerate(paragraphs):
        turn = _turn(text, paragraph) if number else None
        if turn is not None:
            found[number] = turn
    counts = Counter(turn.key for turn in found.values())
    if not _is_conversation(counts):
        return {}
    is_mixed = sum(not turn.is_upper for turn in found.values() if counts[turn.key] > 1) * 2 >= len(found)
    return {
        number: turn.end
        for number, turn in found.items()
        if turn.is_upper or counts[turn.key] > 1 or (is_mixed and turn.has_full_name)
    }


def _turn(text: str, paragraph: Span) -> _Turn | None:
    match = _LABEL.match(text, paragraph.start, min(paragraph.end, paragraph.start + 140))
    if match is None:
        return None
    name = (match["upper"] or match["mixed"] or match["letter"]).strip()
    if name.lower() in _NO_SPEAKERS:
        return None
    return _Turn(match.end() - 1, name.split()[-1].casefold(), match["mixed"] is None, " " in name)


def _is_conversation(counts: Counter[str]) -> bool:
    if counts["q"] and counts["a"]:
        return True
    return counts.total() >= 3 and len(counts) >= 2 and max(counts.values()) >= 2
