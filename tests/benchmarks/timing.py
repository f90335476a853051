"""Repeats an action and keeps how long it took."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the table: a figure with its spread over ``runs``."""

    what: str
    median: float
    low: float
    high: float
    runs: int
    unit: str = "ms"


def measured(what: str, figures: Sequence[float], *, unit: str = "ms") -> Measured:
    return Measured(what, statistics.median(figures), min(figures), max(figures), len(figures), unit)


def milliseconds(act: Callable[[], object], *, runs: int, before: Callable[[], object] = lambda: None) -> list[float]:
    """How long ``act`` took in each of ``runs`` runs; ``before`` is not counted."""
    figures = []
    for _ in range(runs):
        before()
        begun = time.perf_counter()
        act()
        figures.append((time.perf_counter() - begun) * 1000)
    return figures


def print_table(rows: Sequence[Measured]) -> None:
    width = max(len(row.what) for row in rows)
    print(f"{'':{width}}  {'median':>9} {'min':>9} {'max':>9}  runs")
    for row in rows:
        digits = 0 if row.unit in {"", "kB"} or row.median >= 100 else 1
        figures = " ".join(f"{figure:9.{digits}f}" for figure in (row.median, row.low, row.high))
        print(f"{row.what:{width}}  {figures}  {row.runs:4d}  {row.unit}")
