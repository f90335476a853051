"""Measures the finders on two whole articles of one story whose spans were made by hand.

Every span of the gold is compared with ours by overlap. Grouping is scored by B³ (Bagga and Baldwin, 1998): for each
mention how much of its group is right, averaged; within each article and across both, over the mentions found.
"""

import json
import pathlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from articles.analysis.article import analyse_article
from articles.analysis.story import compare_story
from articles.analysis.types import ArticleAnalysis, Span, StoryArticle

from .rows import Row, row

type Finder = Callable[[ArticleAnalysis], list[Span]]

# What each list of the gold holds, and which of our spans stand for it.
_FINDERS: dict[str, tuple[str, Finder]] = {
    "quotes": ("quotes", lambda a: [q.span for q in a.quotations if q.kind != "indirect"]),
    "quantities": ("quantities", lambda a: [q.span for q in a.quantities if q.kind != "date"]),
    "entities": ("named mentions", lambda a: [m.span for m in a.mentions if not m.is_inferred]),
}


def spans_igla(data: pathlib.Path) -> list[Row]:
    """Quotations, quantities, mentions and how the mentions are grouped."""
    gold = json.loads((data / "igla_spans.json").read_text("utf-8"))
    texts = {key: (data / path).resolve().read_text("utf-8").rstrip("\n") for key, path in gold["files"].items()}
    analyses = {key: analyse_article(text) for key, text in texts.items()}
    rows = [_span_row(title, gold[name], analyses, ours) for name, (title, ours) in _FINDERS.items()]
    rows.append(_exact_row("named mentions, same span", gold["entities"], analyses))
    within = {
        (key, mention.span): (key, mention.entity)
        for key, analysis in analyses.items()
        for mention in analysis.mentions
        if not mention.is_inferred
    }
    rows.append(_grouping_row("mentions grouped, within an article (B³)", gold["entities"], within, is_across=False))
    rows.append(
        _grouping_row("mentions grouped, across both (B³)", gold["entities"], _across(within, analyses), is_across=True)
    )
    return rows


def _spans(gold: Mapping[str, Sequence[Mapping[str, Any]]], key: str) -> list[Span]:
    return [Span(each["start"], each["end"]) for each in gold.get(key, ())]


def _span_row(title: str, gold: Any, analyses: Mapping[str, ArticleAnalysis], ours: Finder) -> Row:
    right = found = wanted_count = got = 0
    misses = []
    for key, analysis in analyses.items():
        wanted, spans, text = _spans(gold, key), ours(analysis), analysis.text
        found += len(spans)
        wanted_count += len(wanted)
        right += sum(any(s.overlaps(w) for w in wanted) for s in spans)
        got += sum(any(s.overlaps(w) for s in spans) for w in wanted)
        misses += [f"+ {text[s.start : s.end]}" for s in spans if not any(s.overlaps(w) for w in wanted)]
        misses += [f"- {text[w.start : w.end]}" for w in wanted if not any(s.overlaps(w) for s in spans)]
    return row(f"{title}, two articles", right, found, wanted_count, got, misses)


def _exact_row(title: str, gold: Any, analyses: Mapping[str, ArticleAnalysis]) -> Row:
    right = found = wanted_count = 0
    misses = []
    for key, analysis in analyses.items():
        wanted = set(_spans(gold, key))
        spans = set(_FINDERS["entities"][1](analysis))
        right, found, wanted_count = right + len(spans & wanted), found + len(spans), wanted_count + len(wanted)
        misses += [f"{'-' if s in wanted else '+'} {analysis.text[s.start : s.end]}" for s in sorted(spans ^ wanted)]
    return row(title, right, found, wanted_count, misses=misses)


def _across(
    within: Mapping[tuple[str, Span], tuple[str, int]], analyses: Mapping[str, ArticleAnalysis]
) -> dict[tuple[str, Span], tuple[str, int]]:
    """The same mentions by the entities of the story instead of those of their article."""
    keys = {key: number for number, key in enumerate(analyses)}
    result = compare_story([StoryArticle(keys[key], key, analysis) for key, analysis in analyses.items()])
    group = {member: n for n, entity in enumerate(result.entities) for member in entity.members}
    return {where: ("story", group[keys[article], entity]) for where, (article, entity) in within.items()}


def _grouping_row(title: str, gold: Any, ours: Mapping[tuple[str, Span], tuple[str, int]], *, is_across: bool) -> Row:
    """B³ over the gold mentions that we found at the same span."""
    real = {
        (key, Span(each["start"], each["end"])): ("" if is_across else key, each["canonical"])
        for key, mentions in gold.items()
        for each in mentions
    }
    common = sorted(real.keys() & ours.keys())
    precision = recall = 0.0
    for where in common:
        same_here = {other for other in common if ours[other] == ours[where]}
        same_there = {other for other in common if real[other] == real[where]}
        precision += len(same_here & same_there) / len(same_here)
        recall += len(same_here & same_there) / len(same_there)
    total = len(common) or 1
    p, r = precision / total, recall / total
    return Row(title, p, r, 2 * p * r / (p + r) if p + r else 0.0, len(common), len(real))
