"""Finds for every quotation the phrase that names its speaker, and the word that says so.

What has a reporting word of its own goes by that (`governing`). What has none continues the last speaker of its
paragraph, or takes the clause's subject.
"""

import re
from collections.abc import Mapping, Sequence

from .clauses import clause_subject
from .cue_search import find_cues
from .cues import NOUN_CUES
from .governing import UNSAID, Attribution, Speech, find_governing
from .marks import Quoted
from .noun_phrases import phrase_right
from .speaker_phrases import can_speak
from .tokens import Token
from .types import Span
from .units import Unit
from .word_classes import TIME

# A transcript put between marks: "LOW: We will see."
_INNER_TURN = re.compile(r"([A-Z][A-Z.’' -]{2,30}): ")


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
    return _Attributor(units, Speech(text, quoted, speech), turns or {}).run()


class _Attributor:
    """Carries what one unit leaves for the next: who spoke last, in this paragraph and in the one before."""

    def __init__(self, units: Sequence[Unit], speech: Speech, turns: Mapping[int, Span]) -> None:
        self.turns = turns
        self.units = units
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
            self._attribute_unit(unit)
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
            self.last = None

    def _leave_paragraph(self, unit: Unit) -> None:
        tokens = unit.tokens
        quotes = [t for t in tokens if t.quote >= 0]
        self.open_from_before = None
        self.spoke_before = self.last if quotes else None
        if self.spoke_before is not None:
            self.spoke_before = self.spoke_before._replace(cue=None, is_inferred=True, is_continued=True)
        if quotes and not self.speech.quoted[quotes[-1].quote].is_closed:
            self.open_from_before = self.found.get(self.speech.span_of(quotes[-1]))
        self.announced = None
        if tokens and tokens[-1].text == ":" and unit.kind != "headline":
            # "She continued:" ends the paragraph and speaks in the next one.
            self.announced = self._of_clause(tokens, len(tokens)) or self.last
        for span in self.waiting:
            # Speech opened the paragraph and its speaker was named only behind it.
            if self.last is not None and self.last.speaker is not None:
                self.found[span] = self.last._replace(is_inferred=True, is_continued=True)
        if quotes and quotes[0] is tokens[0]:
            self._carry_back(self.speech.quoted[quotes[-1].quote])
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

    def _attribute_unit(self, unit: Unit) -> None:
        tokens = unit.tokens
        quotes = [i for i, t in enumerate(tokens) if t.quote >= 0]
        mine = [i for i in quotes if self.speech.span_of(tokens[i]) in self.speech.spans]
        if not mine:
            self._note_subject(tokens)
            return
        cues = find_cues(tokens)
        spoken = [i for i, t in enumerate(tokens) if t.is_word]
        self.words = (spoken[0], spoken[-1]) if spoken else (len(tokens), -1)
        for index in mine:
            span = self.speech.span_of(tokens[index])
            signed = self._without_cue(tokens, index) if self._is_signed(tokens, index) else None
            attribution = signed or find_governing(self.speech, tokens, index, quotes, cues)
            if attribution is not UNSAID and (attribution is None or attribution.speaker is None):
                attribution = self._without_cue(tokens, index) or attribution
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
        span = self.speech.span_of(tokens[index])
        if _INNER_TURN.match(self.speech.text, span.start, min(span.end, span.start + 40)):
            return True
        after = tokens[index + 1 : index + 3]
        return (
            len(after) == 2
            and after[0].text in ("―", "—", "–", "--")
            and after[1].is_capitalised
            and (self.speech.text[span.end - 1] in ".?!")
        )

    def _without_cue(self, tokens: Sequence[Token], index: int) -> Attribution | None:
        if self.turn is not None:
            return Attribution(self.turn, None)
        span = self.speech.span_of(tokens[index])
        inner = _INNER_TURN.match(self.speech.text, span.start, min(span.end, span.start + 40))
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
        content = self.speech.text[span.start : span.start + 2]
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
            if tokens[at].text in (";",) or (tokens[at].quote >= 0 and self.speech.is_sentence_like(tokens[at])):
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
