"""Where sentences begin and end, and which of them are not the article's own prose.

A sentence is the unit of reading, aligning and coverage, so a wrong boundary costs every later step. News prose needs
few rules but exact ones: a full stop ends a sentence unless the word before it is an abbreviation, a title or an
initial and the word after it does not look like a beginning. A newline always ends a sentence. Furniture (datelines,
credits, corrections, captions, read-more lines) is kept, with its kind, so that nothing counts it as a statement.
"""

import re
from collections.abc import Iterator

from .furniture import dateline_end, is_stage_direction, paragraph_kind
from .lexicon import words
from .text import split_paragraphs
from .transcripts import find_turns
from .types import Sentence, SentenceKind, Span

_OPENERS = "\"“„«‹‘'`([{¿¡"
# The look-behind makes every run match once, at its start: a text of a million full stops stays linear.
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"”“»›’')\]}]*+|[。！？]++[」』”’）]*+|(?<=[।۔؟])(?=\s)|(?<=[A-Z][\])])(?=\s)")
# Capitalised, these always go on with a name or a number.
_TITLES = words(
    """
    mr mrs ms mx dr prof sen sens rep reps gov govs gen lt col maj capt cpt sgt cpl adm cmdr cdr rev revs hon st ste mt
    ft fr br sr. sra srta supt det insp messrs pres amb asst atty dist pvt pfc brig cllr ald sec treas fig figs art vol
    lt.gen maj.gen mme mlle
    """
)
# The same in lower case.
_ALWAYS_ON = words("v vs e.g i.e eg ie cf ca approx pp fig figs para eq")
_ABBREVIATIONS = words(
    """
    inc corp co ltd jr sr bros llc plc dept univ assn assoc est ave blvd rd etc al jan feb mar apr jun jul aug sep sept
    oct nov dec mon tue tues wed thu thur thurs fri sat sun ala ariz ark calif colo conn del fla ga ill ind kan ky la md
    mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo ont que alta sask ed eds esq ph.d m.d
    b.a m.a ret
    """
)
# Abbreviations that are printed in lower case too; "ill." and "ore." in lower case are words.
_LOWER_ABBREVIATIONS = words("inc dept univ assn assoc est etc al jr sr eds ret ave blvd")
_STARTERS = words(
    """
    the a an this that these those he she it they we you i but and or so yet if in on at by for from to
    with after before as when while since although though because however meanwhile moreover then there
    here now still also according what who why how his her its their our my your some many most several
    all both each one two three officials police authorities last earlier later under over during
    despite until once not no among such even
    """
)
_TIMES = words(
    """
    monday tuesday wednesday thursday friday saturday sunday et edt est ct cdt cst mt mdt mst pt pdt pst gmt bst cet
    cest utc eastern central pacific jan january feb february mar march apr april june july aug august sept september
    oct october nov november dec december
    """
)
_CREDIT = re.compile(r"(?<=[\w.)]) ??(?= (?:Image|Photo|Photograph|Credit|Picture|File photo)(?: by)?: )")
_SIGNATURE = re.compile(
    r"[-–—―~]{1,3}[ \u00a0]?[^\W\d_a-z][\w.’'-]{0,30}(?: [^\W\d_a-z][\w.’'-]{0,30}){0,4}[.,]?(?= ?(?:$|[“\"‘]))"
)
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?$")
_PIECE = re.compile(r"\S{1,40}$")


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of any text, in order, apart, each inside one paragraph and without outer white space.

    >>> [text[s.span.start : s.span.end] for text in ["Head\\n\\nMr. Low left. He ran."] for s in split_sentences(text)]
    ['Head', 'Mr. Low left.', 'He ran.']
    """
    paragraphs = split_paragraphs(text)
    sentences: list[Sentence] = []
    turns = find_turns(text, paragraphs)
    for number, paragraph in enumerate(paragraphs):
        if number == 0:
            # A headline is read, aligned and shown as one thing whatever stops it contains.
            sentences.append(Sentence(paragraph, 0, "headline"))
            continue
        kind: SentenceKind
        kind = "turn" if number in turns else paragraph_kind(text, paragraph, number, len(paragraphs))
        start = paragraph.start
        if kind == "body":
            lead = dateline_end(text, paragraph)
            if lead is not None:
                sentences.append(Sentence(Span(start, lead), number, "dateline"))
                start = lead
                while start < paragraph.end and text[start].isspace():
                    start += 1
        sentences += _cut(text, Span(start, paragraph.end), number, kind, turns.get(number, start))
    return tuple(sentences)


def _cut(text: str, paragraph: Span, number: int, kind: SentenceKind, uncut: int) -> list[Sentence]:
    """The sentences of one paragraph; its words before `uncut`, a transcript's label, are never cut."""
    found: list[Sentence] = []
    start = paragraph.start
    for stop in _stops(text, paragraph):
        if (
            uncut <= stop.end() < paragraph.end
            and stop.end() > start
            and _ends_sentence(text, stop, start, paragraph.end)
        ):
            found.append(_sentence(text, Span(start, stop.end()), number, kind))
            start = stop.end()
            while start < paragraph.end and text[start].isspace():
                start += 1
    if start < paragraph.end:
        found.append(_sentence(text, Span(start, paragraph.end), number, kind))
    return found


def _sentence(text: str, span: Span, number: int, kind: SentenceKind) -> Sentence:
    return Sentence(span, number, "boilerplate" if is_stage_direction(text, span) else kind)


def _stops(text: str, paragraph: Span) -> Iterator[re.Match[str]]:
    if paragraph.end - paragraph.start < 400 and (credit := _CREDIT.search(text, paragraph.start, paragraph.end)):
        # "The pier at dawn Image: Anna Low." are a caption and its credit, stop or no stop.
        yield from _STOP.finditer(text, paragraph.start, credit.start())
        yield credit
        yield from _STOP.finditer(text, credit.end(), paragraph.end)
    else:
        yield from _STOP.finditer(text, paragraph.start, paragraph.end)


def _ends_sentence(text: str, stop: re.Match[str], start: int, limit: int) -> bool:
    end = stop.end()
    if not stop.group() and text[end - 1] in ")]":
        return is_stage_direction(text, Span(start, end))
    if text[stop.start()] in "。！？" or not stop.group():
        return True
    if not text[end].isspace():
        return False
    after = end
    while after < limit and text[after].isspace():
        after += 1
    opened = after
    while opened < limit and (text[opened] in _OPENERS or text[opened].isspace()) and opened - after < 4:
        opened += 1
    if opened >= limit:
        return True
    first = text[opened]
    if text[after] in "-–—―~" and stop.group()[-1] in '"”’' and _SIGNATURE.match(text, after, limit):
        # "…" – Anna Low: the signature belongs to its quotation.
        return False
    if text.startswith(("e.g.", "i.e."), opened):
        return opened > after or not _is_abbreviated(text, stop, start)
    if first.islower():
        # "iPhone sales fell" may begin a sentence; anything else in lower case goes on.
        return first == "i" and opened + 1 < limit and text[opened + 1].isupper()
    marks = stop.group()
    if not marks.startswith(".") or len(marks) > 1:
        # An ellipsis in mid-sentence is followed by lower case; a closed quotation skips the abbreviation tests.
        return True
    piece = _PIECE.search(text, max(start, stop.start() - 40), stop.start())
    if piece is None:
        return True
    word = piece.group().lstrip(_OPENERS + "—–-")
    lower = word.lower()
    follower = re.compile(r"[^\W_]+").match(text, opened)
    next_word = follower.group().lower() if follower else ""
    is_opening_quote = opened > after and text[after] in '"“„«‘'
    if lower in ("no", "nos"):
        # "No. 2" is a label, "He said no. Then" a sentence.
        return not (first.isdigit() and word[0].isupper())
    if (lower in _TITLES and word[0].isupper() and not word.isupper()) or word in _ALWAYS_ON:
        return False
    if len(word) == 1 and word.isalpha() and word.isupper():
        return (next_word in _STARTERS and next_word != "a") or is_opening_quote
    if lower in ("a.m", "p.m"):
        # "at 5 p.m. Monday"
        return next_word not in _TIMES
    if lower in ("p", "pp") and first.isdigit():
        return False
    if word == "EST":
        return True
    if _DOTTED.fullmatch(word) or (lower in _ABBREVIATIONS and (word[0].isupper() or word in _LOWER_ABBREVIATIONS)):
        return is_opening_quote or next_word in _STARTERS
    return True


def _is_abbreviated(text: str, stop: re.Match[str], start: int) -> bool:
    piece = _PIECE.search(text, max(start, stop.start() - 40), stop.start())
    word = piece.group().lstrip(_OPENERS) if piece else ""
    return stop.group() == "." and (word.lower() in _ABBREVIATIONS | _TITLES or "." in word or len(word) == 1)
