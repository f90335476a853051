"""Repeats an action and keeps how long it took, beside what it may take."""

import os
import statistics
import sys
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
    # What is to be reached, and what would be splendid; None where nothing is promised.
    target: float | None = None
    moonshot: float | None = None

    @property
    def verdict(self) -> str:
        if self.target is None:
            return ""
        if self.moonshot is not None and self.median <= self.moonshot:
            return "splendid"
        return "reached" if self.median <= self.target else "MISSED"


def measured(
    what: str,
    figures: Sequence[float],
    *,
    unit: str = "ms",
    target: float | None = None,
    moonshot: float | None = None,
) -> Measured:
    return Measured(what, statistics.median(figures), min(figures), max(figures), len(figures), unit, target, moonshot)


def milliseconds(act: Callable[[], object], *, runs: int, before: Callable[[], object] = lambda: None) -> list[float]:
    """How long ``act`` took in each of ``runs`` runs; ``before`` is not counted."""
    figures = []
    for _ in range(runs):
        before()
        begun = time.perf_counter()
        act()
        figures.append((time.perf_counter() - begun) * 1000)
    return figures


def print_machine() -> None:
    """What the figures were taken on. Those of two days can be compared only by the machine's own speed on both."""

    def count() -> None:
        sum(number * number for number in range(3_000_000))

    load = os.getloadavg()[0]
    speed = statistics.median(milliseconds(count, runs=5))
    print(
        f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {load:.1f}; "
        f"counting 3 million squares takes {speed:.0f} ms",
        flush=True,
    )


def print_table(rows: Sequence[Measured]) -> None:
    width = max(len(row.what) for row in rows)
    print(f"{'':{width}}  {'median':>9} {'min':>9} {'max':>9}  runs  {'':2}  {'target':>7} {'or even':>7}")
    for row in rows:
        digits = 0 if row.unit in {"", "kB"} or row.median >= 100 else 1
        figures = " ".join(f"{figure:9.{digits}f}" for figure in (row.median, row.low, row.high))
        aims = " ".join(f"{'' if aim is None else format(aim, '.0f'):>7}" for aim in (row.target, row.moonshot))
        print(f"{row.what:{width}}  {figures}  {row.runs:4d}  {row.unit:2}  {aims}  {row.verdict}".rstrip())
