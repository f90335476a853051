"""Fits the weights of articles/analysis/likeness.py and prints them, with what they reach on stories left out.

    python -m tools.fit_likeness [--held-out FOLDER]

Fitted on the stories in tests/stories, which were written for this project; publishers' texts are for measuring only
(``--held-out``: a folder of ``NAME.jsonl`` with ``NAME.gold.json``). Ridge logistic regression by Newton's method in
plain Python; the figures are the best F1 of a threshold on single pairs, each story scored by weights that have not
seen it.
"""

import argparse
from collections.abc import Callable, Sequence
from itertools import combinations
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from articles.analysis.alignment import candidates
from articles.analysis.claims import find_propositions
from articles.analysis.compared import Compared, make_units
from articles.analysis.likeness import Around, Signs, around, chance, signs, weighed
from articles.analysis.people import merge_entities
from tests.evaluation.pairs import STORIES, GoldStory, gold_stories

# Against weights of signs in units of their spread, and against plain weights of the second pass.
RIDGE, RIDGE_AROUND = 75.0, 1.0
STEPS = 12


class Example(NamedTuple):
    """A story as it is fitted on: every pair of units that is looked at, its signs, and its label where it has one."""

    name: str
    compared: Compared
    signs: dict[tuple[int, int], Signs]
    labels: dict[tuple[int, int], bool | None]
    # Pairs that state the same and are not looked at: missed whatever the weights.
    passed_over: int


class Fitted(NamedTuple):
    weights: list[float]
    bias: float
    around: list[float]
    around_bias: float


def example(story: GoldStory) -> Example:
    people = merge_entities([(article.key, article.analysis) for article in story.articles])
    numbers = {member: n for n, entity in enumerate(people) for member in entity.members}
    index_of = {article.key: n for n, article in enumerate(story.articles)}
    entity_of = {(index_of[key], local): n for (key, local), n in numbers.items()}
    found = [(article.analysis, find_propositions(article.analysis)) for article in story.articles]
    headlines = frozenset((n, 0) for n, (analysis, _) in enumerate(found) if analysis.sentences[0].kind == "headline")
    compared = make_units(found, headlines, entity_of)
    ids = [
        story.ids_at(
            story.articles[unit.article].key, story.articles[unit.article].analysis.sentences[unit.sentence].span
        )
        for unit in compared.units
    ]
    pairs = candidates(compared.units)
    every = combinations(range(len(ids)), 2)
    wanted = sum(
        story.label(ids[i], ids[j]) is True for i, j in every if compared.units[i].article != compared.units[j].article
    )
    labels = {(i, j): story.label(ids[i], ids[j]) for i, j in pairs}
    return Example(
        story.name,
        compared,
        {(i, j): signs(compared.units[i], compared.units[j], compared) for i, j in pairs},
        labels,
        wanted - sum(label is True for label in labels.values()),
    )


def fit(examples: Sequence[Example]) -> Fitted:
    rows = [
        (list(map(float, each.signs[pair])), float(label))
        for each in examples
        for pair, label in each.labels.items()
        if label is not None
    ]
    weights, bias = regression([x for x, _ in rows], [y for _, y in rows], ridge=RIDGE, is_scaled=True)
    told = []
    for each in examples:
        logits = {pair: weighed(given, weights, bias) for pair, given in each.signs.items()}
        context = around(logits, each.compared.units)
        told += [
            (list(map(float, context[pair])), float(label)) for pair, label in each.labels.items() if label is not None
        ]
    second = regression([x for x, _ in told], [y for _, y in told], ridge=RIDGE_AROUND, is_scaled=False)
    return Fitted(weights, bias, *second)


def regression(
    rows: Sequence[Sequence[float]], labels: Sequence[float], *, ridge: float, is_scaled: bool
) -> tuple[list[float], float]:
    """Weights and intercept of the ridge logistic regression; the intercept is free."""
    size = len(rows[0])
    means = [sum(row[k] for row in rows) / len(rows) for k in range(size)]
    spread = [1.0] * size
    if is_scaled:
        spread = [sqrt(sum((row[k] - means[k]) ** 2 for row in rows) / len(rows)) or 1.0 for k in range(size)]
    scaled = [[*((row[k] - means[k]) / spread[k] for k in range(size)), 1.0] for row in rows]
    found = [0.0] * (size + 1)
    for _ in range(STEPS):
        gradient = [ridge * w for w in found[:-1]] + [0.0]
        curve = [[ridge * (a == b and a < size) for b in range(size + 1)] for a in range(size + 1)]
        for row, label in zip(scaled, labels, strict=True):
            share = chance(sum(w * x for w, x in zip(found, row, strict=True)))
            slope = share * (1 - share)
            for a, x in enumerate(row):
                gradient[a] += (share - label) * x
                if x:
                    of = curve[a]
                    for b in range(a + 1):
                        of[b] += slope * x * row[b]
        for a in range(size + 1):
            for b in range(a):
                curve[b][a] = curve[a][b]
        found = [w - step for w, step in zip(found, solved(curve, gradient), strict=True)]
    weights = [w / s for w, s in zip(found[:-1], spread, strict=True)]
    return weights, found[-1] - sum(w * m for w, m in zip(weights, means, strict=True))


def solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """Gauss with pivots."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for at in range(size):
        pivot = max(range(at, size), key=lambda n: abs(rows[n][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for below in range(at + 1, size):
            share = rows[below][at] / rows[at][at]
            rows[below] = [x - share * y for x, y in zip(rows[below], rows[at], strict=True)]
    result = [0.0] * size
    for at in reversed(range(size)):
        rest = sum(rows[at][k] * result[k] for k in range(at + 1, size))
        result[at] = (rows[at][size] - rest) / rows[at][at]
    return result


def scored(each: Example, fitted: Fitted) -> list[tuple[float, bool]]:
    logits = {pair: weighed(given, fitted.weights, fitted.bias) for pair, given in each.signs.items()}
    context = around(logits, each.compared.units)
    judged = [
        (chance(weighed(context[pair], fitted.around, fitted.around_bias)), label)
        for pair, label in each.labels.items()
        if label is not None
    ]
    return judged + [(0.0, True)] * each.passed_over


def best_f1(pairs: Sequence[tuple[float, bool]]) -> str:
    wanted, right = sum(label for _, label in pairs), 0
    best = (0.0, 0.0)
    for taken, (score, label) in enumerate(sorted(pairs, reverse=True), 1):
        right += label
        best = max(best, (2 * right / (taken + wanted), score))
    return f"F1 {best[0]:.3f} at {best[1]:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-out", type=Path, help="a folder of stories with gold that are only measured")
    options = parser.parse_args()
    examples = [example(story) for story in gold_stories(STORIES)]
    fitted = fit(examples)

    def shown(kind: Callable[..., object], weights: Sequence[float]) -> object:
        return kind(*(round(w, 3) for w in weights))

    print("WEIGHTS =", shown(Signs, fitted.weights))
    print("BIAS =", round(fitted.bias, 3))
    print("AROUND =", shown(Around, fitted.around))
    print("AROUND_BIAS =", round(fitted.around_bias, 3))
    apart = []
    for each in examples:
        pairs = scored(each, fit([other for other in examples if other is not each]))
        print(f"{each.name:20} {best_f1(pairs)}", flush=True)
        apart += pairs
    print(f"{'all, each left out':20} {best_f1(apart)}")
    if options.held_out:
        held_out = [pair for story in gold_stories(options.held_out) for pair in scored(example(story), fitted)]
        print(f"{'held out':20} {best_f1(held_out)}")


if __name__ == "__main__":
    main()
