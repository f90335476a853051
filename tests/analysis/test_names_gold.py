"""A small gold table of names: what they name, and which mentions are one. A figure that drops fails here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from articles.analysis.article import analyse_article

type Found = set[tuple[str, str, tuple[str, ...]]]

TABLE = Path(__file__).parent / "gold" / "names.tsv"


def blocks() -> Iterator[tuple[str, Found]]:
    for block in TABLE.read_text("utf-8").split("\n\n"):
        headline = body = ""
        gold: Found = set()
        for line in block.strip().split("\n"):
            if line.startswith("@ "):
                headline = line[2:]
            elif line.startswith("= "):
                body = line[2:]
            elif line and not line.startswith("#"):
                name, kind, mentions = line.split("\t")
                gold.add((name, kind, tuple(mentions.split("|"))))
        yield f"{headline}\n\n{body}", gold


def found_in(text: str) -> Found:
    analysis = analyse_article(text)
    mentions: dict[int, list[str]] = {}
    for m in analysis.mentions:
        mentions.setdefault(m.entity, []).append("~" * m.is_inferred + text[m.span.start : m.span.end])
    return {(e.name, e.kind, tuple(mentions[n])) for n, e in enumerate(analysis.entities)}


BLOCKS = list(blocks())


def test_gold_holds_forty_mentions() -> None:
    assert sum(len(mentions) for _, gold in BLOCKS for _, _, mentions in gold) >= 40


@pytest.mark.parametrize(("text", "gold"), BLOCKS, ids=[text.split("\n\n")[1][:30] for text, _ in BLOCKS])
def test_names_are_found_typed_and_grouped(text: str, gold: Found) -> None:
    assert found_in(text) == gold
