"""Sentence pairs of stories with gold: which state the same thing, for fitting and for a figure that needs no database.

A gold file names, for each story, the sentences of every article (``outlet:number``), the pairs that state the same as
the main point of both (``required``), and pairs that may be taken either way (``open``, and any two of one group).
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from articles.analysis.decided import shares_half
from articles.analysis.types import Span, StoryArticle

from .documents import story_articles

STORIES = Path(__file__).parent.parent / "stories"

type Ids = frozenset[str]


@dataclass(frozen=True)
class GoldStory:
    """One story: its articles as they are compared, where each gold sentence stands, and the gold pairs."""

    name: str
    articles: tuple[StoryArticle, ...]
    # By article key, in text order.
    sentences: Mapping[int, Sequence[tuple[Span, str]]]
    required: frozenset[Ids]
    left_aside: frozenset[Ids]

    def ids_at(self, article: int, span: Span) -> set[str]:
        """The gold sentences that a passage stands for: those that share half of the shorter one."""
        return {name for at, name in self.sentences[article] if shares_half(at, span)}

    def label(self, left: set[str], right: set[str]) -> bool | None:
        """Whether two passages, as gold sentences, state the same thing; ``None`` where that is left open."""
        pairs = {frozenset((a, b)) for a in left for b in right}
        if pairs & self.required:
            return True
        return None if not pairs or pairs & self.left_aside else False


def gold_stories(folder: Path = STORIES) -> list[GoldStory]:
    """Every story of ``folder`` (``NAME.jsonl`` and ``NAME.gold.json``)."""
    return [_story(path) for path in sorted(folder.glob("*.jsonl"))]


def _story(path: Path) -> GoldStory:
    gold = json.loads(path.with_name(f"{path.stem}.gold.json").read_text("utf-8"))
    articles = tuple(article for _, article in story_articles(path.read_text("utf-8").splitlines()))
    by_outlet = {article.outlet: article for article in articles}
    sentences = {
        by_outlet[each["outlet"]].key: _placed(by_outlet[each["outlet"]].analysis.text, each)
        for each in gold["articles"]
    }
    grouped = {frozenset(pair) for group in gold["groups"] for pair in combinations(group["ids"], 2)}
    required = frozenset(frozenset(pair) for pair in gold["required"])
    open_pairs = {frozenset(pair) for pair in gold["open"]}
    return GoldStory(path.stem, articles, sentences, required, frozenset(open_pairs | grouped) - required)


def _placed(text: str, gold: Mapping[str, Any]) -> list[tuple[Span, str]]:
    """Where each gold sentence stands; white space may differ, the other signs may not.

    Raises:
        ValueError: when a sentence is not in the text.
    """
    solid = [at for at, sign in enumerate(text) if not sign.isspace()]
    squeezed = "".join(text[at] for at in solid)
    found, cursor = [], 0
    for number, sentence in enumerate(gold["sentences"]):
        wanted = "".join(sentence.split())
        at = squeezed.index(wanted, cursor)
        cursor = at + len(wanted)
        found.append((Span(solid[at], solid[cursor - 1] + 1), f"{gold['key']}:{number}"))
    return found


def claimed_pairs(story: GoldStory, claims: Sequence[Sequence[tuple[int, Span]]]) -> dict[str, int]:
    """How many pairs of gold sentences that ``claims`` (passages by article) put into one claim are right.

    ``found`` counts those that the gold judges, ``right`` the required among them, ``gold`` all required.
    """
    together: set[Ids] = set()
    for passages in claims:
        ids: dict[int, set[str]] = defaultdict(set)
        for article, span in passages:
            ids[article] |= story.ids_at(article, span)
        for one, two in combinations(ids.values(), 2):
            together |= {frozenset((a, b)) for a in one for b in two}
    judged = together - story.left_aside
    return {"right": len(judged & story.required), "found": len(judged), "gold": len(story.required)}
