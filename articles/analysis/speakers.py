"""Finds for every quotation the reporting word that governs it and the phrase that is its subject.

Every reporting word of the unit is scored against the quotation: by how surely it reports, how near it stands, and
whether the quotation's own punctuation points at it (a comma before the closing mark asks for "she said" behind it).
What has no reporting word of its own continues the last speaker of its paragraph, or takes the clause's subject.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .clauses import clause_subject, phrase_right, subject_before, with_name
from .cue_search import FoundCue, find_cues, is_unsaid
from .cues import NOUN_CUES
from .lexicon import words
from .marks import Quoted
from .tokens import Token
from .types import Span
from .units import Unit
from .word_classes import DETERMINERS, PRONOUNS, TIME, is_verb_like

_BETWEEN = words("that : , it as the a an him her them")
_FIRST_OR_ANAPHORIC = PRONOUNS
# A transcript put between marks: "LOW: We will see."
_INNER_TURN = re.compile(r"([A-Z][A-Z.’' -]{2,30}): ")
_SPEAKING_PRONOUNS = words("he she they i we you who")
_SPEAKING = words(
    """
    officials official police sources source critics people residents analysts experts democrats republicans president
    minister government company committee court agency ministry panel board team campaign department statement report
    letter complaint lawsuit lawmakers authorities student students parents prosecutors scientists doctors judge
    attorney general governor mayor secretary chief head ceo coach union group organization organisation activists
    opponents allies aides family witness witnesses voters supporters colleagues friend friends wife husband mother
    father brother
    sister son daughter neighbour neighbor paper newspaper magazine network memo document study ruling order
    """
)
_QUOTING = words("quote quotes quoted quoting cite cites cited citing describe describes described recall recalled")
_REACH_AFTER, _REACH_BEFORE, _FLOOR = 90.0, 110.0, -0.6


class Attribution(NamedTuple):
    """Who is taken to speak in one quotation, and by which word."""

    speaker: Span | None
    cue: Span | None
    is_inferred: bool = False
    is_continued: bool = False


# "Nobody said “…”", "Low did not say “…”": whose words these are the sentence does not tell.
_UNSAID = Attribution(None, None)


def attribute(
    text: str,
    units: Sequence[Unit],
    quoted: Sequence[Quoted],
    speech: frozenset[Span],
    turns: Mapping[int, Span] | None = None,
) -> dict[Span, Attribution]:
    """The attribution of every quotation in `speech`, by its content span.

    `turns` are the speakers of transcript paragraphs by where these begin.

    >>> from .marks import find_quoted
    >>> from .sentences import split_sentences
    >>> from .text import split_paragraphs
    >>> from .units import split_units
    >>> line = "Head\\n\\n“It leaks,” said Ole Berg."
    >>> quoted = find_quoted(line, split_paragraphs(line))
    >>> units = split_units(line, split_sentences(line), quoted)
    >>> found = attribute(line, units, quoted, frozenset(q.span for q in quoted))
    >>> [line[a.speaker.start : a.speaker.end] for a in found.values()]
    ['Ole Berg']
    """
    return _Attributor(text, units, quoted, speech, turns or {}).run()


class _Attributor:
    """Carries what one unit leaves for the next: who spoke last, in this paragraph and in the one before."""

    def __init__(
        self,
        text: str,
        units: Sequence[Unit],
        quoted: Sequence[Quoted],
        speech: frozenset[Span],
        turns: Mapping[int, Span],
    ) -> None:
        self.turns = turns
        self.text = text
        self.units = units
        self.quoted = quoted
        self.speech = speech
        self.found: dict[Span, Attribution] = {}
        self.last: Attribution | None = None
        self.open_from_before: Attribution | None = None
        self.announced: Attribution | None = None
        self.turn: Span | None = None
        self.waiting: list[Span] = []
        # Who spoke last in the paragraph before: one that opens with nothing but a quotation goes on with it.
        self.spoke_before: Attribution | None = None
        # Opened in this and the paragraphs before and not yet closed, nor anybody's.
        self.unclosed: list[Span] = []
        self.subject: Attribution | None = None
        # Where the first and the last word outside quotations stand in the unit at work.
        self.words = (0, 0)

    def run(self) -> dict[Span, Attribution]:
        paragraph = -1
        for number, unit in enumerate(self.units):
            if unit.paragraph != paragraph:
                self._enter_paragraph(unit)
                paragraph = unit.paragraph
            self._attribute_unit(unit, number)
            is_last = number + 1 == len(self.units) or self.units[number + 1].paragraph != paragraph
            if is_last:
                self._leave_paragraph(unit)
        return self.found

    def _enter_paragraph(self, unit: Unit) -> None:
        self.last = self.announced or self.open_from_before
        self.waiting = []
        self.subject = None
        first = unit.tokens[0] if unit.tokens else None
        self.turn = self.turns.get(first.start) if first is not None else None
        opens_with_quote = first is not None and first.quote >= 0
        if not opens_with_quote:
            self.unclosed = []
        if not opens_with_quote:
            self.last = None

    def _leave_paragraph(self, unit: Unit) -> None:
        tokens = unit.tokens
        quotes = [t for t in tokens if t.quote >= 0]
        self.open_from_before = None
        self.spoke_before = self.last if quotes else None
        if self.spoke_before is not None:
            self.spoke_before = self.spoke_before._replace(cue=None, is_inferred=True, is_continued=True)
        if quotes and not self.quoted[quotes[-1].quote].is_closed:
            self.open_from_before = self.found.get(self.quoted[quotes[-1].quote].span)
        self.announced = None
        if tokens and tokens[-1].text == ":" and unit.kind != "headline":
            # "She continued:" ends the paragraph and speaks in the next one.
            self.announced = self._of_clause(tokens, len(tokens)) or self.last
        for span in self.waiting:
            # Speech opened the paragraph and its speaker was named only behind it.
            if self.last is not None and self.last.speaker is not None:
                self.found[span] = self.last._replace(is_inferred=True, is_continued=True)
        if quotes and quotes[0] is tokens[0]:
            self._carry_back(self.quoted[quotes[-1].quote])
        else:
            self.unclosed = []

    def _carry_back(self, closing: Quoted) -> None:
        """The earlier paragraphs of a quotation are by whoever is named behind its last one."""
        if not closing.is_closed:
            if closing.span not in self.found:
                self.unclosed.append(closing.span)
            return
        for span in self.unclosed:
            if self.last is not None and self.last.speaker is not None and span not in self.found:
                self.found[span] = self.last._replace(is_inferred=True, is_continued=True)
        self.unclosed = []

    def _attribute_unit(self, unit: Unit, number: int) -> None:
        tokens = unit.tokens
        quotes = [i for i, t in enumerate(tokens) if t.quote >= 0]
        mine = [i for i in quotes if self.quoted[tokens[i].quote].span in self.speech]
        if not mine:
            self._note_subject(tokens)
            return
        cues = find_cues(tokens)
        spoken = [i for i, t in enumerate(tokens) if t.is_word]
        self.words = (spoken[0], spoken[-1]) if spoken else (len(tokens), -1)
        for index in mine:
            span = self.quoted[tokens[index].quote].span
            signed = self._without_cue(tokens, index, quotes) if self._is_signed(tokens, index) else None
            attribution = signed or self._of_quote(tokens, index, quotes, cues)
            if attribution is not _UNSAID and (attribution is None or attribution.speaker is None):
                attribution = self._without_cue(tokens, index, quotes) or attribution
            if attribution is None:
                self.waiting.append(span)
                continue
            self.found[span] = attribution
            if attribution.speaker is not None:
                self.last = attribution
                self.subject = None

    def _note_subject(self, tokens: Sequence[Token]) -> None:
        """Keeps whom a sentence without quotation is about: what follows it between marks is mostly theirs."""
        self.subject = self._reporter(tokens) or self.subject

    def _reporter(self, tokens: Sequence[Token]) -> Attribution | None:
        if not tokens or tokens[-1].text == ":":
            return None
        subject = clause_subject(tokens, 0, len(tokens))
        if subject is not None and (tokens[subject[0]].is_capitalised or tokens[subject[0]].lower in ("he", "she")):
            span = Span(tokens[subject[0]].start, tokens[subject[1] - 1].end)
            if can_speak(tokens[subject[0] : subject[1]]):
                return Attribution(span, None, is_inferred=True, is_continued=True)
        return None

    def _is_signed(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether the quotation carries its speaker itself: "LOW: …" or "…" ― Anna Low."""
        span = self.quoted[tokens[index].quote].span
        if _INNER_TURN.match(self.text, span.start, min(span.end, span.start + 40)):
            return True
        after = tokens[index + 1 : index + 3]
        return (
            len(after) == 2
            and after[0].text in ("―", "—", "–", "--")
            and after[1].is_capitalised
            and (self.text[span.end - 1] in ".?!")
        )

    def _of_quote(
        self, tokens: Sequence[Token], index: int, quotes: Sequence[int], cues: Sequence[FoundCue]
    ) -> Attribution | None:
        ranked = [(self._score(tokens, index, cue), -cue.at, cue) for cue in cues]
        ranked = sorted((r for r in ranked if r[0] > _FLOOR), key=lambda r: r[:2], reverse=True)
        fallback = None
        for _, _, cue in ranked[:3]:
            subject = self._subject(tokens, cue, index, quotes)
            cue_span = Span(tokens[cue.at].start, tokens[cue.to - 1].end)
            if subject is None:
                fallback = fallback or Attribution(None, cue_span)
                continue
            if is_unsaid(tokens, cue, subject):
                return _UNSAID
            subject = with_name(tokens, subject)
            phrase = tokens[subject[0] : subject[1]]
            found = Attribution(Span(phrase[0].start, phrase[-1].end), cue_span, _is_description(phrase))
            if can_speak(phrase):
                return found
            # "Low said the plan calls for “…”": a plan does not speak while somebody who does stands near.
            if fallback is None or fallback.speaker is None:
                fallback = found
        return fallback

    def _score(self, tokens: Sequence[Token], index: int, cue: FoundCue) -> float:
        content = self.quoted[tokens[index].quote].span
        if cue.at > index:
            last = self.text[content.end - 1]
            follows = self.text[tokens[index].end : tokens[index].end + 1]
            points = last in ",?!—–" or follows == ","
            weight = 2.2 if points else 0.9
            distance = tokens[cue.at].start - tokens[index].end
            if distance > 300:
                return _FLOOR
            between = tokens[index + 1 : cue.at]
            crossed = sum(t.quote >= 0 for t in between)
            score = cue.strength * weight - distance / _REACH_AFTER - 0.5 * crossed
        else:
            distance = tokens[index].start - tokens[cue.to - 1].end
            if distance > 300:
                return _FLOOR
            between = tokens[cue.to : index]
            near = all(t.lower in _BETWEEN for t in between)
            crossed = sum(t.quote >= 0 for t in between)
            score = cue.strength * 1.5 + 0.6 * near - distance / _REACH_BEFORE - 0.3 * crossed
        if any(t.text in (".", ";") for t in between):
            score *= 0.4 if score > 0 else 1
        return score

    def _subject(
        self, tokens: Sequence[Token], cue: FoundCue, index: int, quotes: Sequence[int]
    ) -> tuple[int, int] | None:
        if cue.is_source_after:
            return cue.source or phrase_right(tokens, cue.to, len(tokens))
        if cue.cue.form == "ing" and (quoted_one := self._quoted_one(tokens, cue.at)) is not None:
            return quoted_one
        if cue.is_passive:
            for at in range(cue.to, min(cue.to + 14, len(tokens))):
                if tokens[at].lower == "by":
                    return phrase_right(tokens, at + 1, len(tokens))
            return None
        earlier = [q for q in quotes if q < cue.at and self._is_sentence_like(tokens[q])]
        start = earlier[-1] + 1 if earlier else 0
        while start < cue.at and tokens[start].text in (",", ".", "—", "–", "-", "--", "’", "'"):
            start += 1
        if start == cue.at and cue.cue.form == "ing" and cue.at < index and not earlier:
            # "Calling it “a sham,” Low walked out."
            behind = index + 1
            while behind < len(tokens) and not tokens[behind].is_word:
                behind += 1
            return clause_subject(tokens, behind, len(tokens)) or clause_subject(tokens, 0, len(tokens))
        if start == cue.at and (earlier or cue.at == 0) and cue.cue.form in ("past", "s", "base"):
            inverted = phrase_right(tokens, cue.to, len(tokens))
            if inverted is not None and inverted[0] <= cue.to + 2:
                return inverted
        subject = subject_before(tokens, start, cue.at) if start < cue.at else None
        if cue.cue.form == "ing" and subject is not None:
            subject = self._inner_subject(tokens, subject, cue.at)
        if subject is None and start > 0:
            subject = subject_before(tokens, 0, cue.at) if not earlier else clause_subject(tokens, 0, earlier[0])
        if subject is None and cue.at < len(tokens) - 2 and cue.cue.form in ("past", "s"):
            subject = phrase_right(tokens, cue.to, len(tokens))
        return subject

    def _quoted_one(self, tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
        """ "Reed quoted her as saying …": her words."""
        if at < 3 or tokens[at - 1].lower != "as":
            return None
        for verb in range(at - 2, max(-1, at - 9), -1):
            if tokens[verb].lower in _QUOTING:
                low = verb + 1
                return (low, at - 1) if low < at - 1 else None
        return None

    def _inner_subject(self, tokens: Sequence[Token], subject: tuple[int, int], limit: int) -> tuple[int, int]:
        """ "The Times reports Anna Low spoke, saying …": the one reported on goes on speaking, not the paper."""
        verb = subject[1]
        if verb < limit and tokens[verb].lower in ("reports", "reported") and verb + 1 < limit:
            start = verb + 1 + (tokens[verb + 1].lower == "that")
            inner = phrase_right(tokens, start, limit)
            if inner is not None and any(is_verb_like(t) for t in tokens[inner[1] : limit]):
                return inner
        return subject

    def _is_sentence_like(self, token: Token) -> bool:
        span = self.quoted[token.quote].span
        return span in self.speech and (span.end - span.start > 25 or self.text[span.end - 1] in ",.?!")

    def _without_cue(self, tokens: Sequence[Token], index: int, quotes: Sequence[int]) -> Attribution | None:
        if self.turn is not None:
            return Attribution(self.turn, None)
        span = self.quoted[tokens[index].quote].span
        inner = _INNER_TURN.match(self.text, span.start, min(span.end, span.start + 40))
        if inner is not None:
            return Attribution(Span(inner.start(1), inner.end(1)), None)
        first_word, last_word = self.words
        if last_word <= index:
            lead = tokens[:index]
            if lead and lead[-1].text == ":" and index > 1:
                return self._of_clause(tokens, index)
        else:
            following = tokens[index + 1]
            if (
                following.text in ("—", "–", "--", "-", "―", "~")
                and index + 2 < len(tokens)
                and tokens[index + 2].is_capitalised
            ):
                phrase = phrase_right(tokens, index + 2, len(tokens))
                if phrase is not None:
                    return Attribution(Span(tokens[phrase[0]].start, tokens[phrase[1] - 1].end), None)
        starts_unit = first_word >= index
        content = self.text[span.start : span.start + 2]
        is_new_sentence = (starts_unit and content[:1].isupper()) or content[:1] in "[…."
        if self.last is not None and is_new_sentence:
            return self.last._replace(is_inferred=True, is_continued=True)
        if starts_unit and last_word <= index:
            return (self.subject or self.spoke_before) if is_new_sentence else None
        return self._of_noun(tokens, index) or self._of_view(tokens, index) or self._of_clause(tokens, index)

    def _of_view(self, tokens: Sequence[Token], index: int) -> Attribution | None:
        """ "For Low, the dam is “a time bomb”"."""
        if tokens[0].lower not in ("for", "to") or index < 4 or not tokens[1].is_capitalised:
            return None
        phrase = phrase_right(tokens, 1, index)
        if phrase is None or tokens[phrase[1]].text != "," or phrase[1] - 1 > 4 or tokens[1].lower in TIME:
            return None
        return Attribution(Span(tokens[1].start, tokens[phrase[1] - 1].end), None, is_inferred=True)

    def _of_noun(self, tokens: Sequence[Token], index: int) -> Attribution | None:
        """ "the minister's claim that “…”", "in his statement: “…”"."""
        for at in range(index - 1, max(-1, index - 8), -1):
            token = tokens[at]
            if token.quote >= 0 or token.text in ".;":
                return None
            if token.lower in NOUN_CUES and at > 0:
                cue = Span(token.start, token.end)
                if tokens[at - 1].text in ("’s", "'s", "’", "'") and at > 1:
                    low = at - 2
                    while low > 0 and tokens[low - 1].is_word and tokens[low - 1].text[0].isupper():
                        low -= 1
                    return Attribution(Span(tokens[low].start, tokens[at - 2].end), cue)
                if tokens[at - 1].lower in ("his", "her", "their", "its"):
                    return Attribution(Span(tokens[at - 1].start, tokens[at - 1].end), cue, True)
        return None

    def _of_clause(self, tokens: Sequence[Token], index: int) -> Attribution | None:
        """The subject of the clause the words stand in, for verbs that no list holds."""
        start = 0
        for at in range(index - 1, -1, -1):
            if tokens[at].text in (";",) or (tokens[at].quote >= 0 and self._is_sentence_like(tokens[at])):
                start = at + 1
                break
        subject = clause_subject(tokens, start, index)
        if subject is None or any(t.quote >= 0 for t in tokens[subject[0] : subject[1]]):
            return None
        if not can_speak(tokens[subject[0] : subject[1]]) or _is_object_of(tokens, subject[1], index):
            return None
        speaker = Span(tokens[subject[0]].start, tokens[subject[1] - 1].end)
        return Attribution(speaker, None, is_inferred=True)


def _is_object_of(tokens: Sequence[Token], at: int, index: int) -> bool:
    """ "Low was called “a liar”": the subject is who was spoken of."""
    return any(
        t.lower in ("was", "were", "is", "been", "being", "are")
        and n + 1 < index
        and tokens[n + 1].lower
        in ("called", "dubbed", "labelled", "labeled", "branded", "described", "nicknamed", "named")
        for n, t in enumerate(tokens[at:index], at)
    )


def _is_description(phrase: Sequence[Token]) -> bool:
    if len(phrase) == 1 and phrase[0].lower in _FIRST_OR_ANAPHORIC | {"him", "her", "them"}:
        return True
    return phrase[0].lower in ("the", "this", "that", "his", "her", "their") and not phrase[-1].is_capitalised


def can_speak(phrase: Sequence[Token]) -> bool:
    """Whether a noun phrase is of those who say things: a name, a pronoun, an office, a body.

    >>> from .tokens import tokenise
    >>> can_speak(tokenise("the minister", 0, 12)), can_speak(tokenise("the dam", 0, 7))
    (True, False)
    """
    last = phrase[-1].lower
    return (
        any(t.is_capitalised for t in phrase[1:])
        or (phrase[0].is_capitalised and phrase[0].lower not in DETERMINERS)
        or phrase[0].lower in _SPEAKING_PRONOUNS
        or last in _SPEAKING
        or any(t.lower in _SPEAKING for t in phrase)
        or last.endswith(
            ("er", "ers", "or", "ors", "ist", "ists", "ian", "ians", "man", "men", "woman", "women", "ee", "ees")
        )
    )
