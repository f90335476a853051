"""The reporting word that governs a quotation, and the phrase that is its subject.

Every reporting word of the unit is scored against the quotation: by how surely it reports, how near it stands, and
whether the quotation's own punctuation points at it (a comma before the closing mark asks for "she said" behind it).
"""

from collections.abc import Sequence
from typing import NamedTuple

from .clauses import clause_subject, subject_before
from .cue_search import FoundCue, is_unsaid
from .lexicon import words
from .marks import Quoted
from .noun_phrases import phrase_right, with_name
from .speaker_phrases import can_speak, is_description
from .tokens import Token
from .types import Span
from .word_classes import is_verb_like

_BETWEEN = words("that : , it as the a an him her them")
_QUOTING = words("quote quotes quoted quoting cite cites cited citing describe describes described recall recalled")
_REACH_AFTER, _REACH_BEFORE, _FLOOR = 90.0, 110.0, -0.6


class Attribution(NamedTuple):
    """Who is taken to speak in one quotation, and by which word."""

    speaker: Span | None
    cue: Span | None
    is_inferred: bool = False
    is_continued: bool = False


# "Nobody said “…”", "Low did not say “…”": whose words these are the sentence does not tell.
UNSAID = Attribution(None, None)


class Speech(NamedTuple):
    """A text with what stands between its marks; `spans` are the contents that somebody says."""

    text: str
    quoted: Sequence[Quoted]
    spans: frozenset[Span]

    def span_of(self, token: Token) -> Span:
        """The content of the quotation that `token` stands for."""
        return self.quoted[token.quote].span

    def is_sentence_like(self, token: Token) -> bool:
        """Whether what is quoted says something by itself, and is no single term between marks."""
        span = self.span_of(token)
        return span in self.spans and (span.end - span.start > 25 or self.text[span.end - 1] in ",.?!")


def find_governing(
    speech: Speech, tokens: Sequence[Token], index: int, quotes: Sequence[int], cues: Sequence[FoundCue]
) -> Attribution | None:
    """Who speaks in the quotation at `index` by the best of the reporting words `cues`; None when none is near enough.

    `quotes` are the places of all quotations among `tokens`. Without a speaker: only the word was found, or `UNSAID`.

    >>> from .cue_search import find_cues
    >>> from .marks import find_quoted
    >>> from .sentences import split_sentences
    >>> from .text import split_paragraphs
    >>> from .units import split_units
    >>> line = "Head\\n\\n“It leaks,” said Ole Berg."
    >>> quoted = find_quoted(line, split_paragraphs(line))
    >>> tokens = split_units(line, split_sentences(line), quoted)[-1].tokens
    >>> speech = Speech(line, quoted, frozenset(q.span for q in quoted))
    >>> found = find_governing(speech, tokens, 0, [0], find_cues(tokens))
    >>> [line[span.start : span.end] for span in (found.speaker, found.cue)]
    ['Ole Berg', 'said']
    """
    ranked = [(_score(speech, tokens, index, cue), -cue.at, cue) for cue in cues]
    ranked = sorted((r for r in ranked if r[0] > _FLOOR), key=lambda r: r[:2], reverse=True)
    fallback = None
    for _, _, cue in ranked[:3]:
        subject = _subject(speech, tokens, cue, index, quotes)
        cue_span = Span(tokens[cue.at].start, tokens[cue.to - 1].end)
        if subject is None:
            fallback = fallback or Attribution(None, cue_span)
            continue
        if is_unsaid(tokens, cue, subject):
            return UNSAID
        subject = with_name(tokens, subject)
        phrase = tokens[subject[0] : subject[1]]
        found = Attribution(Span(phrase[0].start, phrase[-1].end), cue_span, is_description(phrase))
        if can_speak(phrase):
            return found
        # "Low said the plan calls for “…”": a plan does not speak while somebody who does stands near.
        if fallback is None or fallback.speaker is None:
            fallback = found
    return fallback


def _score(speech: Speech, tokens: Sequence[Token], index: int, cue: FoundCue) -> float:
    content = speech.span_of(tokens[index])
    if cue.at > index:
        last = speech.text[content.end - 1]
        follows = speech.text[tokens[index].end : tokens[index].end + 1]
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
    speech: Speech, tokens: Sequence[Token], cue: FoundCue, index: int, quotes: Sequence[int]
) -> tuple[int, int] | None:
    if cue.is_source_after:
        return cue.source or phrase_right(tokens, cue.to, len(tokens))
    if cue.cue.form == "ing" and (quoted_one := _quoted_one(tokens, cue.at)) is not None:
        return quoted_one
    if cue.is_passive:
        for at in range(cue.to, min(cue.to + 14, len(tokens))):
            if tokens[at].lower == "by":
                return phrase_right(tokens, at + 1, len(tokens))
        return None
    earlier = [q for q in quotes if q < cue.at and speech.is_sentence_like(tokens[q])]
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
        subject = _inner_subject(tokens, subject, cue.at)
    if subject is None and start > 0:
        subject = subject_before(tokens, 0, cue.at) if not earlier else clause_subject(tokens, 0, earlier[0])
    if subject is None and cue.at < len(tokens) - 2 and cue.cue.form in ("past", "s"):
        subject = phrase_right(tokens, cue.to, len(tokens))
    return subject


def _quoted_one(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """ "Reed quoted her as saying …": her words."""
    if at < 3 or tokens[at - 1].lower != "as":
        return None
    for verb in range(at - 2, max(-1, at - 9), -1):
        if tokens[verb].lower in _QUOTING:
            low = verb + 1
            return (low, at - 1) if low < at - 1 else None
    return None


def _inner_subject(tokens: Sequence[Token], subject: tuple[int, int], limit: int) -> tuple[int, int]:
    """ "The Times reports Anna Low spoke, saying …": the one reported on goes on speaking, not the paper."""
    verb = subject[1]
    if verb < limit and tokens[verb].lower in ("reports", "reported") and verb + 1 < limit:
        start = verb + 1 + (tokens[verb + 1].lower == "that")
        inner = phrase_right(tokens, start, limit)
        if inner is not None and any(is_verb_like(t) for t in tokens[inner[1] : limit]):
            return inner
    return subject
