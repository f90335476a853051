"""Where the appearances of one claim part: typed, with the span on each side that shows it and one sentence why.

What is *no* divergence matters as much: house style, spelling, number words for digits, and values that are equal after
conversion are left out, since every false mark costs an editor's trust in the true ones.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from .claims import Proposition
from .text import fold
from .types import ArticleAnalysis, Divergence, DivergenceKind, DivergenceSide, Quantity, Quotation, Span
from .weighting import content_stems
from .wording import folded_words


@dataclass(frozen=True, slots=True)
class Side:
    """One appearance as the comparison sees it: its index in the claim, its article and its proposition."""

    appearance: int
    article: int
    outlet: str
    analysis: ArticleAnalysis
    proposition: Proposition
    span: Span
    # Number of the speaker's entity in the story, where known.
    speaker: int | None = None

    def words(self, span: Span) -> str:
        return " ".join(self.analysis.text[span.start : span.end].split())


type Found = tuple[DivergenceSide, DivergenceSide, str]


def find_divergences(sides: Sequence[Side]) -> tuple[Divergence, ...]:
    """The divergences between the appearances of one claim, gravest kind first."""
    finders: tuple[tuple[DivergenceKind, Callable[[Side, Side], Found | None]], ...] = (
        ("polarity", _polarity),
        ("quantity", _quantity),
        ("attribution", _attribution),
        ("certainty", _certainty),
        ("quote_wording", _quote_wording),
        ("direct_or_paraphrase", _direct_or_paraphrase),
    )
    found: list[Divergence] = []
    for kind, finder in finders:
        sides_found: dict[tuple[int, Span], DivergenceSide] = {}
        reasons: list[str] = []
        for n, left in enumerate(sides):
            for right in sides[n + 1 :]:
                if left.article == right.article:
                    continue
                result = finder(left, right)
                if result is not None:
                    for side in result[:2]:
                        sides_found.setdefault((side.appearance, side.span), side)
                    reasons.append(result[2])
        if reasons:
            ordered = tuple(sides_found[key] for key in sorted(sides_found))
            found.append(Divergence(kind, ordered, reasons[0]))
    return tuple(found)


def _side(side: Side, span: Span, value: str | None = None) -> DivergenceSide:
    return DivergenceSide(side.appearance, span, value if value is not None else side.words(span))


def _quantity(left: Side, right: Side) -> Found | None:
    mine = [q for q in left.proposition.quantities if q.unit != "date"]
    theirs = [q for q in right.proposition.quantities if q.unit != "date"]
    pairs = [(a, b) for a in mine for b in theirs if _comparable(a, b)]
    equal = {id(x) for a, b in pairs if _interval(a) == _interval(b) for x in (a, b)}
    for a, b in pairs:
        if id(a) in equal or id(b) in equal:
            continue
        x, y = left.words(a.span), right.words(b.span)
        return _side(left, a.span), _side(right, b.span), f"{left.outlet}: {x}; {right.outlet}: {y}."
    return None


def _comparable(a: Quantity, b: Quantity) -> bool:
    if (a.base_unit or a.unit) != (b.base_unit or b.unit):
        return False
    return not a.head or not b.head or a.head == b.head


def _interval(q: Quantity) -> tuple[object, object, str]:
    low = q.base_low if q.base_low is not None else q.low
    high = q.base_high if q.base_high is not None else q.high
    return low, high, q.bound


def _attribution(left: Side, right: Side) -> Found | None:
    a, b = left.proposition.stance, right.proposition.stance
    if (a.speaker is None) == (b.speaker is None):
        return None
    said, plain = (left, right) if a.speaker is not None else (right, left)
    speaker = said.proposition.stance.speaker
    assert speaker is not None
    name = said.words(speaker)
    reason = f"{said.outlet} gives it to {name}; {plain.outlet} states it as fact."
    one, two = _side(said, speaker, name), _side(plain, plain.span, "stated as fact")
    return (one, two, reason) if said is left else (two, one, reason)


def _polarity(left: Side, right: Side) -> Found | None:
    return None


def _certainty(left: Side, right: Side) -> Found | None:
    return None


def _long_quotes(side: Side) -> list[tuple[Quotation, Span, str]]:
    found = []
    for quotation in side.proposition.quotations:
        if quotation.kind == "indirect":
            continue
        context = side.proposition.context
        span = Span(max(quotation.span.start, context.start), min(quotation.span.end, context.end))
        words = folded_words(side.analysis.text[span.start : span.end])
        if len(words) >= 4:
            found.append((quotation, span, " ".join(words)))
    return found


def _quote_wording(left: Side, right: Side) -> Found | None:
    for _, span, words in _long_quotes(left):
        for _, other_span, other_words in _long_quotes(right):
            if words != other_words and words not in other_words and other_words not in words:
                alike = fuzz.ratio(words, other_words)
                if 55 <= alike < 100:
                    reason = f"{left.outlet} and {right.outlet} quote the same words differently."
                    return _side(left, span), _side(right, other_span), reason
    return None


def _direct_or_paraphrase(left: Side, right: Side) -> Found | None:
    for one, two in ((left, right), (right, left)):
        if _any_quote(two):
            continue
        for quotation, span, words in _long_quotes(one):
            stems = set(content_stems(words))
            own = set(content_stems(two.analysis.text[two.span.start : two.span.end]))
            if len(stems) >= 2 and len(stems & own) * 2 >= len(stems):
                reason = f"{one.outlet} quotes it; {two.outlet} puts it in its own words."
                del quotation
                sides = _side(one, span), _side(two, two.span)
                return (*sides, reason) if one is left else (sides[1], sides[0], reason)
    return None


def _any_quote(side: Side) -> bool:
    return any(q.kind != "indirect" for q in side.proposition.quotations)


def same_name(one: str, two: str) -> bool:
    """Whether two printed names are one name in two styles."""
    return fold(one) == fold(two)
