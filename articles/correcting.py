"""The page that corrects one claim: every row a person may decide about, with its forms.

A form that was refused takes the place of its own, with what was typed; the revision it names is always the one that
the page shows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from articles.analysis.text import fold
from articles.correction_forms import (
    CorrectionForm,
    DecideForm,
    DivergenceForm,
    MergeForm,
    MoveForm,
    OriginForm,
    QuotationForm,
    SharedForm,
    SpanForm,
    SplitForm,
    StanceForm,
    StatementForm,
)
from articles.models import (
    Alignment,
    AlignmentDecision,
    Article,
    Claim,
    Decision,
    Divergence,
    FindingDecision,
    OriginRuling,
    Quotation,
    SharedPassage,
    Verb,
)
from articles.models.claims import LIVE
from articles.reading.columns import siglum
from articles.reading.corrections import Corrections, claim_corrections, other_claims
from articles.reading.marks import SORTS

# How a passage came to stand by its claim, for people. The score of its row is of the two sentences the method found
# alike, not of the passage and the claim: here it would be taken for the likelihood of a Yes.
_WAYS = {
    "words": "found by its words",
    "quotation": "found by its quotation",
    "alone": "found in no other article",
    "decided": "put here by a person",
    "a person": "put here by a person",
}


@dataclass(frozen=True, slots=True)
class Act:
    """One form as the page shows it: ``row`` and ``expected`` go into its hidden fields."""

    form: CorrectionForm
    row: int
    expected: int
    is_refused: bool

    @property
    def has_reason(self) -> bool:
        """Whether a reason was typed before the form came back."""
        return self.is_refused and bool(self.form.data.get("reason"))


@dataclass(frozen=True, slots=True)
class PassageActs:
    """A passage with what can be decided about it."""

    row: Alignment
    siglum: str
    way: str
    decide: Act
    span: Act
    stance: Act
    # What people said of its speaker, certainty and kind of source, newest first.
    edits: tuple[Decision, ...]

    @property
    def is_more_open(self) -> bool:
        return self.span.is_refused or self.stance.is_refused or self.decide.has_reason


@dataclass(frozen=True, slots=True)
class Regrouping:
    """What takes several passages out of the claim at once: they move to another one, or make one of their own."""

    move: Act
    split: Act
    chosen: frozenset[str]

    @property
    def is_refused(self) -> bool:
        return self.move.is_refused or self.split.is_refused


@dataclass(frozen=True, slots=True)
class DivergenceActs:
    row: Divergence
    glyph: str
    decide: Act


@dataclass(frozen=True, slots=True)
class QuotationActs:
    row: Quotation
    siglum: str
    reject: Act | None


@dataclass(frozen=True, slots=True)
class SharedActs:
    row: SharedPassage
    left: str
    right: str
    reject: Act | None


@dataclass(frozen=True, slots=True)
class RulingLine:
    row: OriginRuling
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Correcting:
    """Everything the page shows. ``typed`` is what a refused form held whose row is no longer there."""

    rows: Corrections
    passages: tuple[PassageActs, ...]
    possible: tuple[PassageActs, ...]
    rejected: tuple[PassageActs, ...]
    divergences: tuple[DivergenceActs, ...]
    quotations: tuple[QuotationActs, ...]
    shared: tuple[SharedActs, ...]
    rulings: tuple[RulingLine, ...]
    statement: Act
    worded: Decision | None
    regrouping: Regrouping
    merge: Act
    origin: Act | None
    typed: tuple[str, ...]
    # Claims to move passages to or to merge with, the likeliest first.
    others: tuple[Claim, ...]


def find_correcting(claim: Claim, *, refused: CorrectionForm | None = None, most: int | None = None) -> Correcting:
    """The page of ``claim`` in a fixed number of queries. ``refused`` is the form that could not be applied; ``most``
    is how many other claims it offers, where a field finds the rest."""
    rows = claim_corrections(claim)
    acts = _Acts(claim, refused)
    sigla = {article.pk: siglum(place) for place, article in enumerate(rows.articles)}
    passages = [_passage(row, acts, sigla, rows.edits) for row in rows.alignments]
    speaking = {row.appearance.version.article_id for row in rows.alignments if row.is_live}
    return Correcting(
        rows=rows,
        passages=_with_decision(passages, *LIVE),
        possible=_with_decision(passages, AlignmentDecision.POSSIBLE, AlignmentDecision.UNSURE),
        rejected=_with_decision(passages, AlignmentDecision.REJECTED),
        divergences=tuple(
            DivergenceActs(row, SORTS[row.kind], acts.of(DivergenceForm, row.pk, row.revision))
            for row in rows.divergences
        ),
        quotations=tuple(
            QuotationActs(row, sigla[row.version.article_id], _unless_rejected(row, acts, QuotationForm))
            for row in rows.quotations
        ),
        shared=tuple(
            SharedActs(
                row, sigla[row.left.article_id], sigla[row.right.article_id], _unless_rejected(row, acts, SharedForm)
            )
            for row in rows.shared
        ),
        rulings=tuple(RulingLine(row, sigla[row.left_id], sigla[row.right_id]) for row in rows.rulings),
        statement=acts.of(StatementForm, claim.pk, claim.revision, {"statement": claim.statement}),
        worded=next((row for row in rows.edits if row.verb == Verb.EDIT_STATEMENT), None),
        regrouping=_regrouping(claim, acts),
        merge=acts.of(MergeForm, claim.pk, claim.revision),
        origin=_origin(claim, acts, [article for article in rows.articles if article.pk in speaking], sigla),
        typed=acts.left_over(),
        others=tuple(likeliest(rows.others, claim)[:most]),
    )


def likeliest(claims: Iterable[Claim], near: Claim) -> list[Claim]:
    """``claims`` in the order in which they may be meant beside ``near``: most words in common, then nearest to it."""
    words = set(fold(near.statement).split())
    return sorted(
        claims,
        key=lambda claim: (-len(words & set(fold(claim.statement).split())), abs(claim.position - near.position)),
    )


def find_others(claim: Claim, words: str, *, most: int) -> list[Claim]:
    """The claims beside ``claim`` whose number begins with ``words`` or whose statement has them, likeliest first."""
    wanted = fold(words).split()
    found = [
        other
        for other in other_claims(claim)
        if (len(wanted) == 1 and str(other.number).startswith(wanted[0]))
        or all(word in fold(other.statement) for word in wanted)
    ]
    # Who types a whole number means that claim.
    return sorted(likeliest(found, claim), key=lambda other: [str(other.number)] != wanted)[:most]


def _regrouping(claim: Claim, acts: "_Acts") -> Regrouping:
    move, split = (acts.of(kind, claim.pk, claim.revision) for kind in (MoveForm, SplitForm))
    chosen = (form.chosen for form in (move.form, split.form) if isinstance(form, MoveForm | SplitForm))
    return Regrouping(move, split, frozenset().union(*chosen))


class _Acts:
    """Makes the forms of one page, and puts the refused one in its place."""

    def __init__(self, claim: Claim, refused: CorrectionForm | None) -> None:
        self.claim, self.refused = claim, refused
        self.is_placed = False

    def of(self, kind: type[CorrectionForm], row: int, expected: int, initial: Mapping[str, Any] | None = None) -> Act:
        form = self.refused
        is_refused = form is not None and type(form) is kind and form.row_key in {str(row), ""}
        if form is None or not is_refused:
            form = kind(claim=self.claim, initial=initial)
        self.is_placed = self.is_placed or is_refused
        form.auto_id = f"id_{kind.act}_{row}_%s"
        return Act(form, row, expected, is_refused)

    def left_over(self) -> tuple[str, ...]:
        if self.refused is None or self.is_placed:
            return ()
        values = (self.refused.data.get(field.html_name, "") for field in self.refused.visible_fields())
        return tuple(value for value in values if len(value) > 1)


def _with_decision(passages: Iterable[PassageActs], *decisions: AlignmentDecision) -> tuple[PassageActs, ...]:
    return tuple(passage for passage in passages if passage.row.decision in decisions)


def _passage(row: Alignment, acts: _Acts, sigla: Mapping[int, str], edits: Sequence[Decision]) -> PassageActs:
    said = row.appearance
    stance = {
        "speaker": said.speaker.name if said.speaker else "",
        "certainty": said.certainty,
        "source_level": said.source_level,
    }
    return PassageActs(
        row=row,
        siglum=sigla[said.version.article_id],
        way=_WAYS.get(row.method, ""),
        decide=acts.of(DecideForm, row.pk, row.revision),
        span=acts.of(SpanForm, row.pk, row.revision, {"quote": said.quote}),
        stance=acts.of(StanceForm, said.pk, said.revision, stance),
        edits=tuple(
            edit for edit in edits if (edit.version_id, edit.start, edit.end) == (said.version_id, said.start, said.end)
        ),
    )


def _unless_rejected(row: Quotation | SharedPassage, acts: _Acts, kind: type[CorrectionForm]) -> Act | None:
    return None if row.decision == FindingDecision.REJECTED else acts.of(kind, row.pk, row.revision)


def _origin(claim: Claim, acts: _Acts, articles: list[Article], sigla: Mapping[int, str]) -> Act | None:
    """A ruling names two of the articles that put the claim forward; with fewer there is nothing to rule on."""
    if len(articles) < 2:
        return None
    initial = {"left": articles[0].pk, "right": articles[1].pk, "is_same": "same"}
    act = acts.of(OriginForm, claim.pk, claim.revision, initial)
    choices = [(article.pk, f"{sigla[article.pk]} · {article.name}") for article in articles]
    for name in ("left", "right"):
        act.form.fields[name].widget.choices = choices
    return act
