"""What stands between quotation marks, in every style that news uses.

Marks are paired inside one paragraph. A mark still open at the paragraph's end closes there and says so, because a
quotation that runs on over several paragraphs is printed with an opening mark on each and one closing mark at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .types import Span

_PAIRS = {"“": "”", "„": "“”‟", "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』", "‟": "”"}
_STRAIGHT = ('"', "''", "``")


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
        found += _pair(text, paragraph, number, is_british)
    return tuple(found)


def _is_british(text: str) -> bool:
    """Single marks carry the speech only where they clearly outnumber the double ones."""
    singles = text.count("‘")
    doubles = text.count("“") + text.count("«") + text.count("„") + text.count('"') // 2 + text.count("''") // 2
    return singles >= 2 and doubles < 0.3 * singles


def _pair(text: str, paragraph: Span, number: int, is_british: bool) -> list[Quoted]:
    found: list[Quoted] = []
    opened: tuple[int, int, str] | None = None  # outer start, content start, the mark
    position, end = paragraph.start, paragraph.end
    inner: list[Span] = []
    inner_open: int | None = None
    while position < end:
        char = text[position]
        if char not in _MARKS:
            position += 1
            continue
        width = 2 if text.startswith(("''", "``"), position) else 1
        mark = text[position : position + width]
        after = position + width
        before_char = text[position - 1] if position > paragraph.start else " "
        after_char = text[after] if after < end else " "
        if mark in ("‘", "’", "'") and not (is_british and opened is None) and not (opened and opened[2] in ("‘", "'")):
            # Single marks inside double ones: a quotation within the quotation; elsewhere scare quotes or apostrophes.
            if mark != "’" and _opens(before_char, after_char) and opened is not None:
                inner_open = after
            elif mark != "‘" and inner_open is not None and _closes(before_char, after_char):
                if position > inner_open:
                    inner.append(Span(inner_open, position))
                inner_open = None
            position = after
            continue
        if opened is None:
            if _may_open(mark, before_char, after_char, is_british):
                opened, inner, inner_open = (position, after, mark), [], None
        elif _may_close(opened[2], mark, before_char, after_char):
            if position > opened[1]:
                found.append(Quoted(Span(opened[1], position), Span(opened[0], after), number, True, tuple(inner)))
            opened = None
        elif mark == "“" and opened[2] in ("“", '"') and _opens(before_char, after_char):
            # Opened again without a close: nested by the same mark, or a lost closing mark. Keep the outer one.
            inner_open = after
        position = after
    if opened is not None and end - opened[1] > 1:
        content_end = end
        found.append(Quoted(Span(opened[1], content_end), Span(opened[0], content_end), number, False, tuple(inner)))
    return found


_MARKS = frozenset("\"“”„‟«»‹›「」『』‘’'`")


def _opens(before: str, after: str) -> bool:
    return (before.isspace() or before in '([{—–-/“"‘') and not after.isspace() and after not in ".,;!?)]"


def _closes(before: str, after: str) -> bool:
    return not before.isspace() and not after.isalnum()


def _may_open(mark: str, before: str, after: str, is_british: bool) -> bool:
    if mark == "‘":
        return is_british and _opens(before, after)
    if mark in ("’", "'", "`"):
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
        return mark in ('"', "''", "”", "“") and (not _opens(before, after) or not after.isalnum())
    if opening == "‘":
        return mark == "’" and not after.isalnum()
    if opening == "“":
        # “ is used for both ends by some sites; a straight mark closes a curly one left by a broken conversion.
        return mark in ("”", "''") or (mark in ('"', "“") and _closes(before, after) and not _opens(before, after))
    return mark in _PAIRS.get(opening, "")
