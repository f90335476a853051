"""What stands between quotation marks, in every style that news uses.

Marks are paired inside one paragraph. A mark still open at the paragraph's end closes there and says so, because a
quotation that runs on over several paragraphs is printed with an opening mark on each and one closing mark at the end.

Single marks are also apostrophes. One opens a quotation only where another one closes it, and a mark behind a plural
("the residents’ wish") closes only where none behind it does.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .lexicon import words
from .types import Span

_PAIRS = {"“": "”", "„": "“”‟", "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』", "‟": "”"}
_STRAIGHT = ('"', '""', "''", "``")
_SINGLE = frozenset("‘’'")
_MARKS = frozenset("\"“”„‟«»‹›「」『』‘’'`")
# Words that begin with an apostrophe.
_ELISIONS = words("em til till tis twas n cause bout cos round fraid nother ere tween abd ali")
_SINGLE_MARK = re.compile(r"[‘’']")
_WORD = re.compile(r"[^\W_]+")
# "…, the minister said." or "…, said the minister." inside a quotation that nobody closed.
_REPORTING = r"(?:said|says|added|told|asked|wrote|tweeted|replied)\b"
_SPEAKER = r"(?:[A-Z][\w.’'-]*|the|an?|his|her|its|their|he|she|they)\b[^,.;:?!“”\"\n]{0,50}"
_LOST_CLOSE = re.compile(rf"[,?!] (?=(?:{_SPEAKER} {_REPORTING}|{_REPORTING} {_SPEAKER})[^,.;:?!“”\"\n]{{0,40}}[.,])")


@dataclass(frozen=True, slots=True)
class Quoted:
    """One pair of marks: `span` is the content, `outer` includes the marks, `inner` what is quoted inside it."""

    span: Span
    outer: Span
    paragraph: int
    is_closed: bool = True
    inner: tuple[Span, ...] = ()


def find_quoted(text: str, paragraphs: Sequence[Span]) -> tuple[Quoted, ...]:
    """Every outermost quoted passage in text order.

    >>> line = "He called it “a ‘small’ leak” twice."
    >>> [(line[q.span.start : q.span.end], len(q.inner)) for q in find_quoted(line, [Span(0, len(line))])]
    [('a ‘small’ leak', 1)]
    """
    is_british = _is_british(text)
    found: list[Quoted] = []
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1].start if number + 1 < len(paragraphs) else len(text)
        found += _Paragraph(text, paragraph, number, is_british, text[following : following + 1]).pair()
    return tuple(found)


def _is_british(text: str) -> bool:
    """Single marks carry the speech only where they clearly outnumber the double ones."""
    singles = text.count("‘")
    doubles = text.count("“") + text.count("«") + text.count("„") + text.count('"') // 2 + text.count("''") // 2
    return singles >= 2 and doubles < 0.3 * singles


class _Paragraph:
    """Pairs the marks of one paragraph; `following` is the character that the next one begins with."""

    def __init__(self, text: str, span: Span, number: int, is_british: bool, following: str) -> None:
        self.text = text
        self.span = span
        self.number = number
        self.is_british = is_british
        self.following = following
        self.found: list[Quoted] = []
        self.inner: list[Span] = []

    def pair(self) -> list[Quoted]:
        text, end = self.text, self.span.end
        opened: tuple[int, int, str] | None = None  # outer start, content start, the mark
        inner_open: int | None = None
        position = self.span.start
        while position < end:
            if text[position] not in _MARKS:
                position += 1
                continue
            width = 2 if text.startswith(("''", "``", '""'), position) else 1
            mark = text[position : position + width]
            after = position + width
            before_char = text[position - 1] if position > self.span.start else " "
            after_char = text[after] if after < end else " "
            if mark in _SINGLE and opened is None:
                position = self._single(position)
                continue
            if mark in _SINGLE:
                # Inside double marks: a quotation within the quotation, or an apostrophe.
                if mark != "’" and _opens(before_char, after_char):
                    inner_open = after
                elif mark != "‘" and inner_open is not None and _closes(before_char, after_char):
                    if position > inner_open:
                        self.inner.append(Span(inner_open, position))
                    inner_open = None
            elif opened is None:
                if _may_open(mark, before_char, after_char):
                    opened, self.inner, inner_open = (position, after, mark), [], None
            elif _may_close(opened[2], mark, before_char, after_char):
                self._close(opened[0], opened[1], position, after)
                opened = None
            elif mark == "“" and opened[2] in ("“", '"') and _opens(before_char, after_char):
                # Opened again without a close: nested by the same mark, or a lost closing mark. Keep the outer one.
                inner_open = after
            position = after
        if opened is not None and end - opened[1] > 1:
            self._close_at_the_end(opened[0], opened[1])
        return self.found

    def _close(self, start: int, content: int, end: int, after: int, *, is_closed: bool = True) -> None:
        if end > content:
            self.found.append(Quoted(Span(content, end), Span(start, after), self.number, is_closed, tuple(self.inner)))

    def _close_at_the_end(self, start: int, content: int) -> None:
        """A quotation runs on into the next paragraph, or its closing mark was lost before "the minister said"."""
        end = self.span.end
        if self.following not in _MARKS:
            lost = _LOST_CLOSE.search(self.text, content, min(end, content + 1000))
            if lost is not None:
                self._close(start, content, lost.start() + 1, lost.start() + 1)
                return
        self._close(start, content, end, end, is_closed=False)

    def _single(self, position: int) -> int:
        """Pairs the single mark at `position` where it opens a quotation; where to go on reading."""
        text, end = self.text, self.span.end
        after = position + 1
        before_char = text[position - 1] if position > self.span.start else " "
        if text[position] == "’" or not _opens(before_char, text[after] if after < end else " "):
            return after
        word = _WORD.match(text, after)
        if word is not None and (word.group().lower() in _ELISIONS or word.group()[0].isdigit()):
            return after
        self.inner = []
        mark = text[position]
        close = self._single_close(position)
        if close is not None:
            self.inner = _inner_doubles(text, after, close)
            self._close(position, after, close, close + 1)
            return close + 1
        if self.following == mark or (mark == "‘" and position == self.span.start and self.is_british):
            self._close(position, after, end, end, is_closed=False)
            return end
        return after

    def _single_close(self, position: int) -> int | None:
        text, end = self.text, self.span.end
        closing = "’" if text[position] == "‘" else "'"
        doubtful: int | None = None
        for match in _SINGLE_MARK.finditer(text, position + 1, end):
            at = match.start()
            before, after = text[at - 1], text[at + 1] if at + 1 < end else " "
            if match.group() in "‘'" and _opens(before, after):
                # Another one opens before this one closes.
                return doubtful
            if match.group() != closing or not _closes(before, after):
                continue
            if not _may_be_apostrophe(text, at, after):
                return at
            if doubtful is None:
                doubtful = at
        # What runs on over the paragraph's end was not closed by a possessive.
        return None if self.following == text[position] else doubtful


def _may_be_apostrophe(text: str, at: int, after: str) -> bool:
    """Whether a mark behind a word may belong to it: "the residents’ wish", "goin’ home"."""
    return after.isspace() and (text[at - 1] in "sSzZxX" or text[max(0, at - 2) : at] == "in")


def _inner_doubles(text: str, start: int, end: int) -> list[Span]:
    found = []
    opened: int | None = None
    for match in re.finditer(r"[“”\"]", text[start:end]):
        at = start + match.start()
        if opened is None and match.group() != "”":
            opened = at + 1
        elif opened is not None and match.group() != "“":
            found.append(Span(opened, at))
            opened = None
    return [span for span in found if span.end > span.start]


def _opens(before: str, after: str) -> bool:
    return (before.isspace() or before in '([{—–-/“"‘') and not after.isspace() and after not in ".,;!?)]"


def _closes(before: str, after: str) -> bool:
    return not before.isspace() and not after.isalnum()


def _may_open(mark: str, before: str, after: str) -> bool:
    if mark == "`":
        return False
    if mark in _STRAIGHT:
        return _opens(before, after) or (before in ":," and not after.isspace())
    if mark == "”":
        # Some sites print the closing shape on both ends.
        return _opens(before, after) and before.isspace()
    if mark == "»":
        return _opens(before, after)
    return mark in _PAIRS


def _may_close(opening: str, mark: str, before: str, after: str) -> bool:
    if opening in _STRAIGHT or opening == "”":
        return mark in ('"', '""', "''", "”", "“") and (not _opens(before, after) or not after.isalnum())
    if opening in "“„":
        # “ is used for both ends by some sites; a straight mark closes a curly one left by a broken conversion.
        return (
            mark in ("”", "''")
            or (mark in ('"', "“") and _closes(before, after) and not _opens(before, after))
            or mark in _PAIRS[opening]
        )
    return mark in _PAIRS.get(opening, "")
