"""What the analysis returns: plain frozen values, shared by every finder.

All positions are half-open ``start, end`` in Unicode code points of the article's *canonical text*
(headline, blank line, body), so ``text[start:end]`` is the passage. Nothing here knows Django, a
database, a clock or a setting; the values are the seam between finding and storing.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

EntityKind = Literal["person", "organisation", "place", "product", "event", "other"]
QuotationKind = Literal["direct", "mixed", "indirect"]
CueClass = Literal["neutral", "assertive", "weak", "loaded", "evaluative"]
Bound = Literal["exact", "at_least", "more_than", "at_most", "less_than", "about", "range", "vague"]
SourceLevel = Literal["named", "role", "unnamed", "outlet", "document", "none"]
# FactBank's scale: certain, probable, possible, each asserted or denied; Uu = not committed.
Certainty = Literal["CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "Uu"]
Polarity = Literal["positive", "negative"]
SentenceKind = Literal["headline", "body", "dateline", "credit", "correction", "caption", "boilerplate", "turn"]
DivergenceKind = Literal[
    "polarity",
    "quantity",
    "attribution",
    "certainty",
    "quote_truncated",
    "quote_wording",
    "time_place",
    "name_role",
    "direct_or_paraphrase",
    "reporting_verb",
]
Band = Literal["suggested", "possible"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A passage: half-open, in code points of the canonical text."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit of reading, aligning and coverage. ``paragraph`` counts from 0; the headline is paragraph 0."""

    span: Span
    paragraph: int
    kind: SentenceKind = "body"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's words: content without the marks, who said it, and the word that says so."""

    span: Span
    kind: QuotationKind
    speaker: Span | None = None
    cue: Span | None = None
    cue_class: CueClass | None = None
    # Index into ArticleAnalysis.entities, where the speaker could be resolved.
    entity: int | None = None
    # True when the speaker span is a pronoun, a description, or was inherited from the sentence before.
    is_inferred: bool = False
    # Outer sources, innermost first: "Reports say the White House says …" keeps "Reports" here.
    chain: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, percentage, amount of money, measure or date, as an interval.

    ``low``/``high`` are decimal strings in ``unit`` (ISO dates when ``unit`` is ``date``); ``None`` means unbounded
    on that side. ``unit`` is a UCUM-like code, ``1`` for a count, ``%``, or an ISO currency code. ``head`` is the
    folded stem of the noun that is counted ("marin" for "4,500 Marines"), empty when there is none. ``base_*`` is the
    interval converted for comparing (6 km and 6,000 m agree); the printed form stays in the text.
    """

    span: Span
    low: str | None
    high: str | None
    unit: str
    bound: Bound
    head: str = ""
    base_low: float | None = None
    base_high: float | None = None
    base_unit: str = ""
    # "day", "week", "month", "quarter", "year", "decade", "century" for dates; empty otherwise.
    granularity: str = ""
    # "cardinal", "ordinal", "age", "money", "percent", "points", "share", "measure", "date", "score", "vote".
    # A score and a vote keep their smaller number as ``low`` and their larger one as ``high``.
    kind: str = "cardinal"


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names (or, ``is_inferred``, describes) entity number ``entity`` of the same result."""

    span: Span
    entity: int
    is_inferred: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """A canonical person, organisation, place, product or event with the other names it goes by."""

    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleAnalysis:
    """Everything found in one text on its own, each tuple in text order."""

    text: str
    language: str = "en"
    is_supported: bool = True
    paragraphs: tuple[Span, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """One article as the story comparison takes it. ``key`` is the caller's, unique, and orders nothing."""

    key: int
    outlet: str
    analysis: ArticleAnalysis
    published_at: datetime | None = None
    byline: str = ""
    # "source", "document" or "own_copy": only sources are counted as sources.
    role: str = "source"


@dataclass(frozen=True, slots=True)
class StoryEntity:
    """An entity across the articles of one story: ``members`` are (article key, index in its ``entities``)."""

    name: str
    kind: EntityKind
    aliases: tuple[str, ...]
    members: tuple[tuple[int, int], ...]
    # The caller's key of the entity that people decided this is; None where they decided nothing.
    identity: int | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """A span in one article that puts a claim forward, and how it does so."""

    article: int
    span: Span
    band: Band
    # 0 to 1, comparable only within ``method``; shown to nobody without that method's name.
    score: float
    method: str
    speaker: Span | None = None
    # Index into StoryAnalysis.entities.
    entity: int | None = None
    source_level: SourceLevel = "none"
    certainty: Certainty = "CT+"
    # The words that show the certainty ("reportedly"), where there are any.
    certainty_span: Span | None = None
    polarity: Polarity = "positive"
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class DivergenceSide:
    """One appearance's side of a divergence: the span that shows it and the value in words.

    ``key`` is the normalised value: sides with one key are one variant ("five thousand" and "5,000").
    """

    appearance: int
    span: Span
    value: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Divergence:
    """A typed difference between appearances of one claim, explained in one sentence an editor understands."""

    kind: DivergenceKind
    sides: tuple[DivergenceSide, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable proposition and every place that puts it forward."""

    statement: str
    appearances: tuple[Appearance, ...]
    divergences: tuple[Divergence, ...] = ()
    # Appearance indices grouped by distinct origin, and one reason per group ("B and C share agency copy").
    origins: tuple[tuple[int, ...], ...] = ()
    origin_reasons: tuple[str, ...] = ()
    # Higher = more worth checking; an order, never a filter.
    check_worthiness: float = 0.0
    # The key of the DecidedClaim this is; None where nobody has decided anything.
    key: int | None = None


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """Words two articles have in common, verbatim or lightly edited, outside quotations.

    ``band`` is "suggested" from 15 shared words on, "possible" below. ``tokens`` counts the matched words.
    """

    left: int
    left_span: Span
    right: int
    right_span: Span
    tokens: int
    band: Band = "suggested"


@dataclass(frozen=True, slots=True)
class DecidedAppearance:
    """What a person said about one passage of a claim: it belongs there, it does not, or they cannot tell.

    It holds for every passage of that article that shares half of the shorter one with ``span``. ``company`` are the
    passages (article, span) it stands with in other claims: a word for this claim is none against those. ``is_beside``
    says that it was chosen for a claim of its own while it stands, whole or as a part, in another, which keeps it.
    """

    article: int
    span: Span
    decision: Literal["confirmed", "rejected", "unsure"]
    company: tuple[tuple[int, Span], ...] = ()
    is_beside: bool = False


@dataclass(frozen=True, slots=True)
class DecidedClaim:
    """A claim that people decided something about, under the caller's ``key``; two of them never become one.

    ``former`` is where the claim stood undecided after the last comparison: the anchor by which it is found again.
    ``same_origin`` and ``own_origin`` hold pairs of article keys that people counted as one origin, or as two.
    """

    key: int
    appearances: tuple[DecidedAppearance, ...] = ()
    former: tuple[tuple[int, Span], ...] = ()
    same_origin: tuple[tuple[int, int], ...] = ()
    own_origin: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class DecidedStance:
    """How a passage puts a claim forward, as a person set it; ``None`` leaves that part to the machine."""

    article: int
    span: Span
    # Index into the article's own entities; -1 for "nobody: stated as fact".
    entity: int | None = None
    speaker: Span | None = None
    source_level: SourceLevel | None = None
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True)
class DecidedIdentity:
    """Entity number ``entity`` of an article is the one under the caller's key ``identity``.

    Entities of one identity are one; those of two are never joined, however alike their names.
    """

    article: int
    entity: int
    identity: int


@dataclass(frozen=True, slots=True)
class Decisions:
    """Everything people decided that a comparison has to honour."""

    claims: tuple[DecidedClaim, ...] = ()
    stances: tuple[DecidedStance, ...] = ()
    identities: tuple[DecidedIdentity, ...] = ()
    # (left article, its span, right article, its span) of passages that are no shared copy.
    not_shared: tuple[tuple[int, Span, int, Span], ...] = ()
    # In the same form: two passages that people took from one another, and that no claim of the machine has both of.
    apart: tuple[tuple[int, Span, int, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class StoryAnalysis:
    """A story compared as a whole. It does not depend on the order in which the articles were given."""

    entities: tuple[StoryEntity, ...] = ()
    claims: tuple[Claim, ...] = ()
    shared: tuple[SharedPassage, ...] = ()
    # Article keys grouped by shared copy; articles that share nothing stand alone.
    origin_groups: tuple[tuple[int, ...], ...] = field(default=())
