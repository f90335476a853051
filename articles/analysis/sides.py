"""One appearance of a claim as the comparison of appearances sees it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .lexicon import words as word_set
from .stance import Stance
from .text import fold
from .types import ArticleAnalysis, DivergenceSide, Quantity, Quotation, Span
from .weighting import content_stems
from .wording import folded_words

# A quotation shorter than this is a word or a name in marks; it can be echoed without quoting.
QUOTE_WORDS = 4
# A scrap of a quotation: two of them are compared only where one is the other with more words.
SCRAP_WORDS = 7
# What stands for somebody who was named before.
PRONOUNS = word_set("he she they it we i you who this that his her their one both")
# What is printed in marks of one kind; an apostrophe stands between letters or behind one.
_MARKED = re.compile(r"[“„«\"][^“”„«»\"]+[”“»\"]|(?<!\w)[‘'][^‘’'\s](?:[^‘’']|[’'](?=\w))*[’'](?!\w)")


@dataclass(frozen=True, slots=True)
class Quoted:
    """The part of a quotation that stands in an appearance's sentence."""

    span: Span
    words: tuple[str, ...]
    is_direct: bool


@dataclass(frozen=True)
class Side:
    """An appearance with all that can differ: how it is put, what it quotes, what it counts, whom it names."""

    appearance: int
    article: int
    outlet: str
    analysis: ArticleAnalysis
    span: Span
    context: Span
    stance: Stance
    quotations: tuple[Quotation, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    # Number of the speaker's entity in the story, where known, and of all entities named in the sentence.
    speaker: int | None = None
    named: frozenset[int] = frozenset()
    # The story's number of each of the article's own entities that the sentence names.
    entity_numbers: Mapping[int, int] = field(default_factory=dict)
    # The words that credit another medium with the news ("The Times reported"), where the sentence has any.
    credit: Span | None = None
    score: float = 1.0
    is_headline: bool = False

    def text(self, span: Span) -> str:
        """A passage of this article on one line."""
        return " ".join(self.analysis.text[span.start : span.end].split())

    def shown(self, span: Span, value: str | None = None, key: str | None = None) -> DivergenceSide:
        """This appearance's side of a divergence; without a key the folded words of the value are it."""
        words = value if value is not None else self.text(span)
        return DivergenceSide(self.appearance, span, words, key if key is not None else " ".join(folded_words(words)))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The content stems of the appearance."""
        return frozenset(content_stems(self.text(self.span)[:2000]))

    @cached_property
    def quoted(self) -> tuple[Quoted, ...]:
        """The quotations long enough to have a wording, cut at the sentence, longest first."""
        found = []
        for quotation in self.quotations:
            if quotation.kind == "indirect":
                continue
            span = Span(max(quotation.span.start, self.context.start), min(quotation.span.end, self.context.end))
            words = folded_words(self.analysis.text[span.start : min(span.end, span.start + 3000)])
            if len(words) >= QUOTE_WORDS:
                found.append(Quoted(span, words, quotation.kind == "direct"))
        return tuple(sorted(found, key=lambda q: (-len(q.words), q.span)))

    @cached_property
    def scraps(self) -> tuple[Quoted, ...]:
        """The quotations of a few words, in text order."""
        found = []
        for quotation in self.quotations:
            words = folded_words(self.text(quotation.span)[:200])
            if quotation.kind != "indirect" and 1 < len(words) <= SCRAP_WORDS and self.context.contains(quotation.span):
                found.append(Quoted(quotation.span, words, quotation.kind == "direct"))
        return tuple(found)

    @cached_property
    def marked_stems(self) -> frozenset[str]:
        """The content stems of all that stands in quotation marks here, however short.

        What people said is no quotation is still printed in marks: the outlet has not put it into its own words.
        """
        printed = self.text(self.context)[:4000]
        marked = [self.text(q.span)[:2000] for q in self.quotations if q.kind != "indirect"]
        marked += [match.group()[1:-1] for match in _MARKED.finditer(printed)]
        return frozenset(stem for words in marked for stem in content_stems(words))

    @cached_property
    def printed_words(self) -> tuple[str, ...]:
        """All words of the sentence, folded."""
        return folded_words(self.text(self.context)[:4000])

    @cached_property
    def attributed_stems(self) -> frozenset[str]:
        """The content stems of what the appearance's speaker is reported to have said."""
        speaker = self.stance.speaker
        found: list[str] = []
        for quotation in self.quotations:
            if quotation.speaker == speaker or speaker is None:
                start, end = max(quotation.span.start, self.context.start), min(quotation.span.end, self.context.end)
                found += content_stems(self.analysis.text[start : min(end, start + 2000)])
        return frozenset(found)

    @cached_property
    def source(self) -> str:
        """Who says it, in the words of the text, or by name where those are a pronoun or a person set who it is.

        Empty when nobody does.
        """
        printed = "" if self.stance.speaker is None else self.text(self.stance.speaker)
        if self.stance.entity is None or (printed and fold(printed) not in PRONOUNS):
            return printed
        return self.analysis.entities[self.stance.entity].name

    @property
    def source_span(self) -> Span:
        """The words that show the source; the passage itself where a person set one that it does not name."""
        return self.stance.speaker or self.span

    @cached_property
    def speaker_stems(self) -> frozenset[str]:
        """The content stems of the speaker's name or description."""
        return frozenset(content_stems(self.text(self.stance.speaker))) if self.stance.speaker else frozenset()

    def mentions(self, name: str) -> bool:
        """Whether the sentence prints the last word of a name."""
        parts = fold(name).replace("'s", "").split()
        return bool(parts) and parts[-1] in set(
            fold(self.text(self.context)).replace("'s", "").replace(",", " ").split()
        )


def closed(sentence: str) -> str:
    """``sentence`` with a stop at its end, unless what it quotes or names there ends with one.

    >>> closed("Post: noon; Wire: 6 p.m."), closed("Post: “Go!”"), closed("Post: noon; Wire: midnight")
    ('Post: noon; Wire: 6 p.m.', 'Post: “Go!”', 'Post: noon; Wire: midnight.')
    """
    return sentence if sentence.rstrip("”’\"'").endswith((".", "!", "?")) else f"{sentence}."


type Sides = tuple[Side, ...]
