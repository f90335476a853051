"""The cells of the claims × columns table as a page shows them: a word, and the variants with their values.

What a cell is, the analysis decides (:mod:`articles.analysis.cells`). Here rows become what it takes, a day without a
time becomes the span of moments it may mean, and values become short enough for a column's head.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from articles.analysis import types as found
from articles.analysis.cells import Column, claim_cells, main_divergence, variant_letter
from articles.models import Completeness, PublishedGranularity

# The page's name of each kind, where it is not the word itself.
_NAMES = {"not yet published": "not_yet", "incomplete text": "incomplete"}
_SHORT = 44
_NOWHERE = found.Span(0, 1)


@dataclass(frozen=True, slots=True)
class Variant:
    """What a source says where sources part: the letter of the variant and its value in words."""

    letter: str
    value: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One source and one claim. ``appearance`` is where it speaks first, or the nearest passage for *possible*."""

    kind: str
    word: str
    variants: tuple[Variant, ...] = ()
    appearance: int | None = None


@dataclass(frozen=True, slots=True)
class Speech:
    """An appearance as a cell needs it; ``key`` is its primary key."""

    key: int
    is_live: bool
    polarity: found.Polarity
    certainty: found.Certainty


@dataclass(frozen=True, slots=True)
class Source:
    """A column as a cell needs it, with what it says about the claim, in text order."""

    completeness: str
    is_searched: bool
    published_at: datetime | None
    published_granularity: str
    speeches: tuple[Speech, ...] = ()

    @property
    def is_speaking(self) -> bool:
        return any(speech.is_live for speech in self.speeches)


@dataclass(frozen=True, slots=True)
class Parting:
    """A divergence as a cell needs it: the value of each side by the key of its appearance.

    ``shown`` is what a cell says instead of a value that is a whole passage, and of a passage without a value.
    Values of one of the ``variants`` say the same; where that is not known, those that are spelt alike do.
    """

    kind: found.DivergenceKind
    values: Mapping[int, str]
    shown: Mapping[int, str] = field(default_factory=dict)
    variants: Mapping[int, int] = field(default_factory=dict)

    def key_of(self, appearance: int) -> str:
        """What the values of one variant have in common."""
        variant = self.variants.get(appearance)
        return self.told_of(appearance).casefold() if variant is None else f"variant {variant}"

    def told_of(self, appearance: int) -> str:
        """What a cell says of a passage; nothing where it says nothing."""
        return self.shown.get(appearance) or self.values.get(appearance, "")


def find_cells(sources: Sequence[Source], partings: Sequence[Parting] = ()) -> list[Cell]:
    """One cell for each source, in their order."""
    speeches = [(column, speech) for column, source in enumerate(sources) for speech in source.speeches]
    claim = _claim(speeches, partings)
    columns = [
        Column(key=n, published_at=_compared_moment(source), is_complete=source.completeness == Completeness.FULL)
        for n, source in enumerate(sources)
    ]
    main = main_divergence(claim)
    variants = _variants(speeches, partings[claim.divergences.index(main)]) if main else {}
    cells = []
    for source, cell in zip(sources, claim_cells(claim, columns), strict=True):
        keys = [speeches[n][1].key for n in cell.appearances]
        # A source that is on no side of the difference does not differ: it says the claim.
        is_apart = cell.kind != "differs" or any(key in variants for key in keys)
        cells.append(_cell(source, cell.kind if is_apart else "says", keys, variants))
    return cells


def _claim(speeches: Sequence[tuple[int, Speech]], partings: Sequence[Parting]) -> found.Claim:
    index = {speech.key: n for n, (_, speech) in enumerate(speeches)}
    return found.Claim(
        statement="",
        appearances=tuple(
            found.Appearance(
                article=column,
                span=_NOWHERE,
                band="suggested" if speech.is_live else "possible",
                score=1.0,
                method="",
                certainty=speech.certainty,
                polarity=speech.polarity,
            )
            for column, speech in speeches
        ),
        divergences=tuple(
            found.Divergence(
                parting.kind,
                tuple(
                    found.DivergenceSide(
                        index[key],
                        _NOWHERE,
                        parting.shown.get(key, value),
                        parting.key_of(key),
                    )
                    for key, value in parting.values.items()
                    if key in index
                ),
                reason="",
            )
            for parting in partings
        ),
    )


def _variants(speeches: Sequence[tuple[int, Speech]], parting: Parting) -> dict[int, Variant]:
    """The variant of each appearance by its key, where sources part; letters run in the order of the columns.

    A column without a passage on a side has what is shown of those it has. Where one is on a side, what the others lack
    is no variant of their own.
    """
    live = [(column, speech.key) for column, speech in speeches if speech.is_live]
    on_side = {column for column, key in live if key in parting.values}
    if not on_side:
        return {}
    # What is told in the same words is one variant, found by the machine or not.
    key_of = {parting.told_of(key): parting.key_of(key) for _, key in live if key in parting.values}
    letters: dict[str, str] = {}
    variants = {}
    for column, key in live:
        told = parting.told_of(key)
        if key in parting.values:
            variant = parting.key_of(key)
        elif column not in on_side and told:
            variant = key_of.get(told, told)
        else:
            continue
        variants[key] = Variant(letters.setdefault(variant, variant_letter(len(letters))), told)
    return variants


def _compared_moment(source: Source) -> datetime | None:
    """The moment that counts when it is asked who came first.

    Of a day without a time, a source that speaks may have come out at its beginning and one that does not at its end:
    so only a whole day proves that one was earlier.
    """
    if source.published_at is None or source.published_granularity != PublishedGranularity.DAY or source.is_speaking:
        return source.published_at
    return source.published_at + timedelta(days=1) - timedelta(microseconds=1)


def _cell(source: Source, kind: str, appearances: Sequence[int], variants: Mapping[int, Variant]) -> Cell:
    first = appearances[0] if appearances else None
    if not appearances and not source.is_searched:
        # Not silent: nothing was looked for in a text of that language.
        return Cell("incomplete", "not searched")
    # With several values in one letter (spellings of one value) the first stands for all.
    by_letter: dict[str, Variant] = {}
    for key in appearances if kind in {"differs", "hedges", "denies"} else ():
        if key in variants:
            variant = variants[key]
            by_letter.setdefault(variant.letter, Variant(variant.letter, shortened(variant.value)))
    return Cell(_NAMES.get(kind, kind), kind, tuple(by_letter[letter] for letter in sorted(by_letter)), first)


def shortened(words: str) -> str:
    """``words`` cut at a word to what a column's head can hold.

    >>> shortened("We are certainly looking at land now, because we have the sea")
    'We are certainly looking at land now …'
    """
    if len(words) <= _SHORT:
        return words
    return words[: _SHORT - 1].rsplit(" ", 1)[0].rstrip(",;:.–— ") + " …"
