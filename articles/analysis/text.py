"""The one form in which a text is stored, split and matched.

Every position the program keeps counts code points of the canonical text, so its rules are few, and written here:
headline, one blank line, body; LF; NFC; no NUL or control characters (a tab is a space); no spaces at either end of a
line; paragraphs apart by exactly one blank line. **A line is a paragraph**: pasted and extracted articles put one
paragraph on a line far more often than they wrap lines, and a paragraph cut in two hurts less than two glued together.
Characters nobody can see and that only break words apart (byte order mark, zero-width space, word joiner, soft hyphen)
are dropped; the zero-width joiners and direction marks stay, because emoji and right-to-left scripts mean something by
them. A lone surrogate, which no file could store, becomes U+FFFD. Quote marks, dashes and no-break spaces stay as
published: they are evidence.
"""

import re
import unicodedata

from .types import Span

_LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_LINE = re.compile("[^\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Letters that NFKD leaves whole although readers take them for their plain neighbour.
_PLAIN = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ĸ": "k",
        "ß": "ss",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "‐": "-",
        "‑": "-",
        "\u00ad": None,
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
        "\ufeff": None,
    }
)


def canonical_text(headline: str, body: str) -> str:
    """The stored form of an article: headline, blank line, body. Idempotent on its own first paragraph and rest.

    Without a headline the body's first paragraph takes its place; without a body the headline stands alone.

    >>> canonical_text("Ferry\\n runs aground ", "One.\\r\\nTwo.\\t \\n\\n\\n")
    'Ferry runs aground\\n\\nOne.\\n\\nTwo.'
    """
    paragraphs = [" ".join(_lines(headline)), *_lines(body)]
    # NFC once more over the whole: joining lines is the only step that could bring two characters together.
    return unicodedata.normalize("NFC", "\n\n".join(p for p in paragraphs if p))


def _lines(raw: str) -> list[str]:
    visible = _INVISIBLE.sub("", _LINE_BREAK.sub("\n", raw).replace("\t", " "))
    composed = unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", visible))
    return [line for line in (line.strip() for line in composed.split("\n")) if line]


def split_paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of any text in order, without the white space around them; the headline is the first.

    >>> [(s.start, s.end) for s in split_paragraphs("Head\\n\\nOne. Two.")]
    [(0, 4), (6, 15)]
    """
    spans = []
    for match in _LINE.finditer(text):
        line = match.group()
        kept = line.strip()
        if kept:
            start = match.start() + len(line) - len(line.lstrip())
            spans.append(Span(start, start + len(kept)))
    return tuple(spans)


def fold(words: str) -> str:
    """`words` for comparing only, never for storing: lengths change. Case, accents and quote styles fall away.

    >>> fold("Nicolás Østergård’s"), fold("STRASSE") == fold("Straße")
    ("nicolas ostergard's", True)
    """
    if words.isascii():
        return words.lower()
    # Twice, because a letter may only show its case or its plain neighbour once it is decomposed.
    return _fold_once(_fold_once(words))


def _fold_once(words: str) -> str:
    decomposed = unicodedata.normalize("NFKD", words.casefold().translate(_PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
