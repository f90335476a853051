"""What speaks for or against some words being one name: letters, neighbours, gazetteers, and the rest of the text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from . import gazetteer
from .cues import cue_forms
from .lexicon import data_lines, words
from .name_words import DATES, EVENT_HEADS, ORG_HEADS, PLACE_HEADS, TITLES
from .tokens import Token

_LONGEST_RUN = 24
_CONNECTORS = words("of for the and & de la al el bin ben ibn van von der del du di da dos des le 's on ’s")
_IN = words("in near at from outside across toward towards around throughout inside to via")
DESIGNATION = re.compile(r"[A-Z]{1,5}-?\d{1,4}[A-Z]?$|\d{1,3}[A-Z]{1,3}$|[A-Z][a-z]{2,12}-[A-Z]{1,2}\d{0,3}$")
_ROMAN = re.compile(r"[IVX]{1,5}$")


class Run(NamedTuple):
    """A stretch that may hold names: tokens ``[first, last)`` of a sentence."""

    sentence: int
    first: int
    last: int


class Usage:
    """How the whole text uses its words: what tells a name from a word that merely opens a sentence."""

    def __init__(self, sentences: Sequence[Sequence[Token]], taken: Mapping[int, frozenset[int]] | None = None) -> None:
        self.lower: set[str] = set()
        # Capitalised in the middle of a sentence, by surface form.
        self.inner: dict[str, int] = {}
        # Words that follow a given name or a title in a stretch: family names of this text.
        self.after_given: set[str] = set()
        self.initials: set[str] = set()
        self.runs: list[Run] = []
        # How often a stretch stands alone, by surface.
        self.alone: dict[str, int] = {}
        given = gazetteer.given_names()
        for number, tokens in enumerate(sentences):
            for at, token in enumerate(tokens):
                text = token.text
                if text.islower():
                    self.lower.add(text)
                elif at and text[0].isupper():
                    self.inner[text] = self.inner.get(text, 0) + 1
                    before = tokens[at - 1]
                    if before.text in given or before.lower in TITLES:
                        self.after_given.add(text)
            for run in _runs(tokens, number, (taken or {}).get(number, frozenset())):
                self.runs.append(run)
                surface = " ".join(t.text for t in tokens[run.first : run.last])
                self.alone[surface] = self.alone.get(surface, 0) + 1
                letters = "".join(t.text[0] for t in tokens[run.first : run.last] if t.text[0].isupper())
                if len(letters) > 1:
                    self.initials.add(letters)


def _runs(tokens: Sequence[Token], number: int, taken: frozenset[int]) -> Iterator[Run]:
    at, count = 0, len(tokens)
    while at < count:
        if at in taken or not is_name_word(tokens[at]):
            at += 1
            continue
        first = at
        last = at = at + 1
        while at < count and last - first < _LONGEST_RUN:
            token = tokens[at]
            if at in taken:
                break
            if is_name_word(token) or (token.text.isdigit() and len(token.text) < 5 and at == last):
                at += 1
                last = at
            elif at - last < 2 and (token.text in _CONNECTORS or (token.text == "." and len(tokens[at - 1].text) == 1)):
                at += 1
            else:
                break
        yield Run(number, first, last)
        at = last


def is_name_word(token: Token) -> bool:
    text = token.text
    return text[0].isupper() or (
        len(text) > 2
        and text[0].islower()
        and (text[1].isupper() or (text[:3] in ("al-", "el-") and text[3:4].isupper()))
    )


def segment_features(tokens: Sequence[Token], run: Run, first: int, last: int, usage: Usage) -> list[str]:
    """What speaks for or against tokens ``[first, last)`` being one name; for single tokens also against."""
    piece = tokens[first:last]
    surface = " ".join(t.text for t in piece)
    head, tail = piece[0], piece[-1]
    size = last - first
    before = tokens[first - 1].lower if first else "<s>"
    after = tokens[last].lower if last < len(tokens) else "</s>"
    features = [
        "bias",
        f"n={min(size, 5)}",
        f"w={surface}" if size == 1 else f"s={surface}",
        f"h={head.lower}",
        f"t={tail.lower}",
        f"b={before}",
        f"a={after}",
        f"ba={before}|{after}",
        f"x={tail.lower[-3:]}",
    ]
    add = features.append
    if first > 1:
        add(f"bb={tokens[first - 2].lower}")
    if last + 1 < len(tokens):
        add(f"aa={after} {tokens[last + 1].lower}")
    if usage.alone.get(surface, 0) > (size == run.last - run.first):
        add(f"alone elsewhere {min(size, 3)}")
    place = gazetteer.places().get(surface)
    if place:
        add(f"place={place}")
    if surface in gazetteer.organisations():
        add("org")
    classes = [_word_class(t.text) for t in piece]
    given, family = gazetteer.given_names(), gazetteer.family_names()
    is_given, is_family = head.text in given, tail.text in family
    if size == 1:
        if is_given:
            add("given")
        if is_family:
            add("family")
        add(f"shape={_shape(head.text)}")
        if head.text in usage.after_given:
            add("after given")
        if surface in gazetteer.country_by_demonym():
            add("demonym")
        if head.lower in DATES:
            add("date")
        if head.lower in common_words():
            add("common")
        if DESIGNATION.match(head.text):
            add("designation")
        if head.text.isupper() and len(head.text) > 1 and head.text.replace(".", "") in usage.initials:
            add("acronym")
    else:
        add(f"g{is_given:d}f{is_family:d}n{min(size, 4)}")
        link = next((i for i in range(1, size - 1) if _kind(piece[i]) not in ("x", "initial", "title", ".")), None)
        if link is not None:
            # "Bank of Oslo" is one name, "Ole Berg of the Bank" two: what stands before the link tells.
            left = piece[link - 1]
            add(f"link={piece[link].text}|{classes[link - 1]}|{min(link, 3)}")
            add(f"link={piece[link].text}|{left.lower}")
            add(f"link right={piece[link].text}|{classes[-1]}")
        kinds = {_kind(t) for t in piece[1:-1]}
        for kind in kinds:
            add(f"in={kind}")
        if tail.text in usage.after_given:
            add("tail after given")
        add(f"h|t={classes[0]}|{classes[-1]}")
        if any(t.lower in DATES for t in piece):
            add("has date")
        if surface.upper() == surface:
            add("all caps")
        if any(len(t.text) == 2 and t.text[1] == "." for t in piece[1:-1]):
            add("middle initial")
        if "-" in tail.text:
            add(f"tail={_shape(tail.text)}{min(size, 4)}")
        if size < 5:
            add(f"classes={' '.join(classes)}")
        if after == "(" and last + 1 < len(tokens) and _is_initials(tokens[last + 1].text, piece):
            add("spells out")
    add(f"tc={classes[-1]}")
    add(f"bc={_word_class(tokens[first - 1].text) if first else '<s>'}")
    add(f"ac={_word_class(tokens[last].text) if last < len(tokens) else '</s>'}")
    add(f"hc={classes[0]}")
    if first == 0:
        add("first")
        if head.text.lower() in usage.lower:
            add("first lower elsewhere")
        if head.text in usage.inner:
            add("first upper elsewhere")
        if head.lower in common_words():
            add(f"first common {size > 1:d}")
    elif head.text.lower() in usage.lower:
        add("lower elsewhere")
    # What the stretch leaves over on both sides tells whether the cut is right.
    add(f"l={_kind(tokens[first - 1]) if first > run.first else '-'}")
    add(f"r={_kind(tokens[last]) if last < run.last else '-'}")
    if first and before in TITLES:
        add("title before")
    if after in cue_forms():
        add("cue after")
    if before in _IN:
        add("in before")
    if before == "," and first > 1 and tokens[first - 2].text[0].isupper():
        add("comma name before")
    if after == "," and last + 1 < len(tokens) and tokens[last + 1].text.isdigit() and len(tokens[last + 1].text) == 2:
        add("age after")
    if after == "(" or before == "(":
        add(f"bracket {before == '(':d}")
    return features


def _is_initials(short: str, piece: Sequence[Token]) -> bool:
    return short.isupper() and len(short) > 1 and short == "".join(t.text[0] for t in piece if t.is_capitalised)


@cache
def common_words() -> frozenset[str]:
    """Words that are printed in lower case too often to be taken for a name on sight."""
    return frozenset(data_lines("common_words.txt"))


def _shape(text: str) -> str:
    if text.isupper():
        return f"X{min(len(text), 6)}"
    if "-" in text:
        # "Wai-ching" is the second half of a Chinese name, "Smith-Jones" a name of its own.
        return "x-x" if text.rpartition("-")[2][:1].isupper() else "x-y"
    if any(c.isdigit() for c in text):
        return "x9"
    return "Xx" if text[1:].islower() else "xX"


def _kind(token: Token) -> str:
    if token.text in _CONNECTORS or token.text == ".":
        return token.text
    return "initial" if len(token.text) == 2 and token.text[1] == "." else "title" if token.lower in TITLES else "x"


@lru_cache(maxsize=16384)
def _word_class(text: str) -> str:
    word = text.lower()
    if word in ORG_HEADS:
        return "org"
    if word in PLACE_HEADS:
        return "place"
    if word in EVENT_HEADS:
        return "event"
    if word in TITLES:
        return "title"
    if text in gazetteer.given_names():
        return "given"
    if text in gazetteer.country_by_demonym():
        return "demonym"
    if text in gazetteer.places():
        return "placename"
    if text in gazetteer.family_names():
        return "family"
    if text.isdigit():
        return "number"
    if text.isupper() and len(text) > 1:
        return "roman" if _ROMAN.match(text) else "caps"
    return "common" if word in common_words() else "-"
