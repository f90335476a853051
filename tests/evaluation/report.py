"""The evaluation as a page: figures, and for each set what they are worth."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.evaluation.finders import Row
from tests.evaluation.stack import Imported

# Stories whose gold was read while rules were written. A figure on any other story is one on unseen text.
# The weights of alignment have not seen them; rules of the other finders were set while reading them.
DEVELOPMENT_STORIES = frozenset({"benghazi", "cheney", "fbi-director", "igla", "romney"})

# Per finder: the set, and how far the rules or weights have seen it.
FINDER_SETS = {
    "sentences": ("GUM news, 24 articles of Wikinews", "Development: errors were read, rules were changed after."),
    "quotations": ("the stories above", "Development."),
    "attributions": ("84 news articles with 2,000 attributions", "Development: errors were read."),
    "names": (
        "GUM news",
        "Training: the shipped weights have seen every article. The honest figures are the folds below.",
    ),
    "dates": ("GUM news", "Development: errors were read, rules were changed after."),
    "igla": ("two whole articles with hand-made spans; B³ over the mentions found", "Development."),
}


@dataclass
class Report:
    """Everything one run measured. What could not be measured is in ``skipped``, by name."""

    day: str
    machine: str
    score: dict[str, Any] | None = None
    imported: Sequence[Imported] = ()
    proved: str = ""
    finders: dict[str, Sequence[Row]] = field(default_factory=dict)
    folds: Sequence[str] = ()
    planted: Sequence[tuple[int, Sequence[float]]] = ()
    independent: tuple[int, int] | None = None
    speed: float | None = None
    story_speed: float | None = None
    # The stories of our own, which the weights of alignment were fitted on.
    own_score: dict[str, Any] | None = None
    skipped: list[str] = field(default_factory=list)


EDITS = (0, 0.05, 0.1, 0.2)

_HEAD = """# Evaluation

What the analysis reaches on annotated text, measured on {day} ({machine}) by

    make evaluate EVAL_DATA=<folder>

which writes this page. The folder holds publishers' text, for measuring only, and is no part of the project:
`eval/stories/*.jsonl` with `*.gold.json` and `eval/score.py`; `eval/attributions_dev.jsonl`; `eval/igla_spans.json`;
`eval/open/*.tar.gz`. A set that is not there is skipped by name.

**{seen}** Rules were written while reading development sets, so their figures say what
the rules can do on text they were made for; expect less on other text. The weights of alignment have seen none of the
stories below but those of our own. P is precision, R recall, *found* and *gold* the counts behind them.
"""

_STORIES = """
## Whole stories, through the real program

Each story is imported by `import_articles` into a scratch database, exported by `export_story`, and scored against two
annotators' gold by `score.py`: what both accept and one calls a main point is required, what only one takes is left
aside. *Alignment* counts pairs of sentences of different sources in one claim; *divergences* count a kind on a claim
that stands for a gold group.
"""

_OWN = """
## Stories of our own

Eight stories written for this project (`tests/stories`, three outlets each, gold by one annotator) that tell one fact
in many ways. The weights of alignment were fitted on them (`python -m tools.fit_likeness` prints what they reach on
each story when it is left out), so the first row says little. The other finders were made without reading them:
"""

_COPIES = """
## Shared copy

Passages planted in made-up text (300 trials each, seeded) with a share of their words replaced, left out or added to;
the share that is found as *suggested*:
"""


def write(report: Report) -> str:
    """The page in Markdown."""
    unseen = [story.name for story in report.imported if story.name not in DEVELOPMENT_STORIES]
    seen = "All sets here are development sets." if not unseen else f"Unseen are {', '.join(unseen)}; the rest is not."
    parts = [_HEAD.format(day=report.day, machine=report.machine, seen=seen)]
    if report.score:
        parts += [_STORIES, *_story_tables(report)]
    if report.own_score:
        parts += [_OWN, _table(["", "P", "R", "F1", "found", "gold"], _own_rows(report.own_score))]
    if report.finders:
        parts += ["\n## Single finders\n", *_finder_tables(report)]
    if report.planted:
        parts.append(_COPIES)
        parts.append(_table(["words", *(f"{share:.0%} edited" for share in EDITS)], [
            [str(size), *(f"{figure:.2f}" for figure in figures)] for size, figures in report.planted
        ]))  # fmt: skip
    if report.independent:
        found, pairs = report.independent
        parts.append(
            f"\nBetween different outlets of the stories above: {found} suggested passages in {pairs} pairs of articles"
            " (real copying included; `python -m tests.evaluation.shared_copy <folder>` prints each).\n"
        )
    if report.speed:
        parts.append(
            f"\n## Speed\n\nThe finders of one article take {report.speed:.0f} ms for 4,400 characters (best of"
            " twenty)."
        )
        if report.story_speed:
            parts.append(
                f" Comparing twenty accounts of three events as one story takes {report.story_speed:.0f} ms (best of"
                " three)."
            )
        parts.append(" `make bench` measures the program.\n")
    if report.skipped:
        parts.append("\n## Skipped\n\n" + "".join(f"- {line}\n" for line in report.skipped))
    return "".join(parts)


def _story_tables(report: Report) -> list[str]:
    assert report.score is not None
    score = report.score
    sizes = {story.name: story for story in report.imported}
    rows = []
    for name, figures in score["stories"].items():
        size = sizes[name]
        rows.append(
            [
                name,
                "development" if name in DEVELOPMENT_STORIES else "unseen",
                str(size.articles),
                str(size.claims),
                *_prf(figures["alignment"]),
                *_prf(figures["quotations"]),
                f"{size.seconds:.1f} s",
            ]
        )
    header = ["story", "set", "articles", "claims"]
    header += [f"{what} {figure}" for what in ("alignment", "quotations") for figure in ("P", "R", "F1")]
    kinds = [
        ["alignment", *_row(score["alignment"])],
        ["divergences", *_row(score["divergences"])],
        *(["– " + kind.replace("_", " "), *_row(row)] for kind, row in score["divergences_by_kind"].items()),
        ["quotations", *_row(score["quotations"])],
    ]
    stray = score["divergences_per_100_other_shared_claims"]
    return [
        _table([*header, "import"], rows),
        "\nAll stories together:\n",
        _table(["", "P", "R", "F1", "found", "gold"], kinds),
        f"\nSpeaker right: {_number(score['speaker_accuracy'])}. Claims per gold group (1 is ideal):"
        f" {_number(score['claims_per_gold_group'])}. Divergences per 100 claims that stand for no gold group:"
        f" {_number(stray)}. `prove_spans`: {report.proved}.\n",
    ]


def _own_rows(score: dict[str, Any]) -> list[list[str]]:
    return [[name, *_row(score[name])] for name in ("alignment", "divergences", "quotations")] + [
        ["speaker right", _number(score["speaker_accuracy"]), "", "", "", ""]
    ]


def _finder_tables(report: Report) -> list[str]:
    rows = []
    for name, found in report.finders.items():
        text, seen = FINDER_SETS.get(name, ("", ""))
        rows += [[row.metric.strip(), *_finder_row(row), ""] for row in found]
        if rows and seen:
            rows[-len(found)][-1] = f"{text}. {seen}"
    parts = [_table(["", "P", "R", "F1", "found", "gold", "set, and how far it was seen"], rows)]
    if report.folds:
        lines = "\n".join(f"    {line}" for line in report.folds)
        parts.append(
            "\nNames on GUM news articles that the weights have not seen (four folds, each trained on the rest;"
            f" `python -m tools.train_names <folder>/eval --folds`):\n\n{lines}\n"
        )
    return parts


def _finder_row(row: Row) -> list[str]:
    return [f"{row.precision:.2f}", f"{row.recall:.2f}", f"{row.f1:.2f}", str(row.found), str(row.gold)]


def _row(figures: dict[str, Any]) -> list[str]:
    return [*_prf(figures), str(figures["found"]), str(figures["gold"])]


def _prf(figures: dict[str, Any]) -> list[str]:
    return [_number(figures[key]) for key in ("p", "r", "f1")]


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n" + "".join("| " + " | ".join(line) + " |\n" for line in lines)
