"""Measures everything that can be measured against the gold in a folder.

    python -m tests.evaluation EVAL_DATA [--report FILE]

Prints what it finds as it goes; with ``--report`` it also writes the page. ``tests.evaluation.documents`` scores the
same stories without a database, for the time while rules are being written.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from articles.analysis.shared_copy import find_shared, masked_spans, prepare_copy
from tests.evaluation.documents import story_articles
from tests.evaluation.finders import FINDERS, Row, story_speed
from tests.evaluation.pairs import STORIES
from tests.evaluation.report import EDITS, Report, write
from tests.evaluation.shared_copy import found_share
from tests.evaluation.stack import export_stories, prove_spans
from tests.scratch import scratch_database

PLANTED = (30, 60, 120)
TRIALS = 300


def main() -> int:
    """The exit code: 1 when there was nothing to measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--report", type=Path, help="write the figures to this Markdown file as well")
    options = parser.parse_args()
    data = options.data / "eval"
    report = Report(
        day=f"{datetime.now(UTC):%-d %B %Y}", machine=f"Python {sys.version.split()[0]}, {os.cpu_count()} cores"
    )
    measure_stories(report, data)
    measure_finders(report, data)
    measure_names_unseen(report, data)
    measure_copies(report, data)
    for line in report.skipped:
        print(f"SKIPPED {line}")
    if report.score is None and not report.finders:
        print(f"There is nothing to measure in {data}. Name the folder: make evaluate EVAL_DATA=<folder>")
        return 1
    if options.report:
        options.report.parent.mkdir(parents=True, exist_ok=True)
        options.report.write_text(write(report), "utf-8")
        print(f"\nWritten to {options.report}.")
    return 0


def measure_stories(report: Report, data: Path) -> None:
    """Imports, exports and scores the stories; the scorer's own table is what is printed."""
    stories, scorer = data / "stories", data / "score.py"
    if not scorer.exists() or not any(stories.glob("*.gold.json")):
        report.skipped.append("stories: eval/score.py or eval/stories/*.gold.json is not there")
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder, own = Path(temporary) / "given", Path(temporary) / "own"
        folder.mkdir()
        own.mkdir()
        with scratch_database():
            report.imported = export_stories(stories, folder)
            report.proved = prove_spans()
            export_stories(STORIES, own)
        report.score = _scored(scorer, stories, folder)
        print("\nstories of our own")
        report.own_score = _scored(scorer, STORIES, own)
    print(f"\nprove_spans: {report.proved}")
    for name, reason in (report.score or {"skipped": {"stories": "the scorer failed"}})["skipped"].items():
        report.skipped.append(f"{name}: {reason}")


def _scored(scorer: Path, gold: Path, documents: Path) -> dict[str, Any] | None:
    """What the scorer says, after it has printed its table."""
    command = [sys.executable, str(scorer), str(gold), str(documents)]
    if subprocess.run(command, check=False).returncode:
        return None
    scored: dict[str, Any] = json.loads(subprocess.run([*command, "--json"], check=True, capture_output=True).stdout)
    return scored


def measure_finders(report: Report, data: Path) -> None:
    """The finders of one article, each on the set that holds gold for it."""
    print(f"\n{'':42}     P     R    F1")
    for name, finder in FINDERS.items():
        try:
            rows = finder(data)
        except FileNotFoundError as error:
            report.skipped.append(f"{name}: {Path(error.filename).name} is not there")
            continue
        if name == "speed":
            report.speed, report.story_speed = rows[0].precision, story_speed()
            print(f"{rows[0].metric:42} {report.speed:.1f}")
            print(f"{'milliseconds for a story of twenty':42} {report.story_speed:.0f}")
            continue
        report.finders[name] = rows
        for row in rows:
            _print(row)


def _print(row: Row) -> None:
    print(
        f"{row.metric:42} {row.precision:5.2f} {row.recall:5.2f} {row.f1:5.2f}"
        f"   found {row.found:4d}  gold {row.gold:4d}"
    )


def measure_names_unseen(report: Report, data: Path) -> None:
    """Names by weights that have not seen the article: four folds, in a process of their own because they swap them."""
    if not (data / "open").is_dir():
        report.skipped.append("names unseen: eval/open is not there")
        return
    done = subprocess.run(
        [sys.executable, "-m", "tools.train_names", str(data), "--folds"], check=False, capture_output=True, text=True
    )
    if done.returncode:
        report.skipped.append(f"names unseen: {done.stderr.strip().splitlines()[-1]}")
        return
    # The trainer tells about its epochs as well.
    report.folds = [line for line in done.stdout.splitlines() if " F1 " in line]
    print("\nnames on articles the weights have not seen (four folds)", *report.folds, sep="\n")


def measure_copies(report: Report, data: Path) -> None:
    """Planted passages, and what is found between independent accounts of one event."""
    letters = random.Random(20)
    vocabulary = [f"w{n}" for n in range(4_000)]
    report.planted = [
        (size, [found_share(size, share, TRIALS, letters, vocabulary) for share in EDITS]) for size in PLANTED
    ]
    print("\nshared copy, planted and found")
    for size, figures in report.planted:
        shares = ", ".join(f"{share:.0%} {figure:.2f}" for share, figure in zip(EDITS, figures, strict=True))
        print(f"{size:4d} words: {shares}")
    found = pairs = 0
    for path in sorted((data / "stories").glob("*.jsonl")):
        analyses = [article.analysis for _, article in story_articles(path.read_text("utf-8").splitlines())]
        copies = [prepare_copy(a.text, masked_spans(a)) for a in analyses]
        for left, right in combinations(copies, 2):
            pairs += 1
            found += sum(passage.band == "suggested" for passage in find_shared(left, right))
    if pairs:
        report.independent = found, pairs
        print(f"between different outlets: {found} suggested passages in {pairs} pairs")


if __name__ == "__main__":
    sys.exit(main())
