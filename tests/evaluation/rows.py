"""One figure of the evaluation."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """One figure: precision, recall and F1 where they apply (an accuracy stands in all three)."""

    metric: str
    precision: float
    recall: float
    f1: float
    found: int
    gold: int
    misses: list[str] = field(default_factory=list, compare=False)


def row(metric: str, right: int, found: int, gold: int, got: int | None = None, misses: list[str] | None = None) -> Row:
    """`right` of `found` are right; `got` (default `right`) of `gold` are found."""
    precision = right / found if found else 0.0
    recall = (right if got is None else got) / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Row(metric, precision, recall, f1, found, gold, misses or [])


def accuracy(metric: str, right: int, total: int, misses: list[str] | None = None) -> Row:
    share = right / total if total else 0.0
    return Row(metric, share, share, share, total, total, misses or [])
