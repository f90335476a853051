"""Builds story documents from the analysis alone, so that tuning needs no database, and scores them.

    python -m tests.evaluation.documents EVAL_DATA [--json] [--keep FOLDER]

``EVAL_DATA`` is a folder with ``eval/stories`` and ``eval/score.py``. The documents have the form that
``export_story`` writes ("crossread-story/1"), with what only a store can know (numbers, notes, decisions) filled in as
a first run would.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from articles.analysis.article import analyse_article
from articles.analysis.story import compare_story
from articles.analysis.text import canonical_text
from articles.analysis.types import Span, StoryArticle


def story_articles(lines: Iterable[str]) -> list[tuple[dict[str, Any], StoryArticle]]:
    """The articles of a ``.jsonl`` story with the record each came from."""
    found = []
    for key, line in enumerate((line for line in lines if line.strip()), 1):
        record = json.loads(line)
        text = canonical_text(record.get("headline") or "", record["text"])
        at = record.get("published_at")
        published = datetime.fromisoformat(at) if at else None
        day: date | None = published.date() if published else None
        analysis = analyse_article(text, published=day)
        article = StoryArticle(
            key,
            record["outlet"],
            analysis,
            published,
            record.get("byline") or "",
            record.get("role") or "source",
        )
        found.append((record, article))
    return found


def story_document(slug: str, lines: Iterable[str]) -> dict[str, Any]:
    """The story document of one ``.jsonl`` story."""
    rows = story_articles(lines)
    story = compare_story([article for _, article in rows])
    texts = {article.key: article.analysis.text for _, article in rows}
    entity_of = {member: n for n, entity in enumerate(story.entities) for member in entity.members}

    def span(key: int, at: Span) -> dict[str, Any]:
        return {"article": key, "start": at.start, "end": at.end, "quote": texts[key][at.start : at.end]}

    document: dict[str, Any] = {
        "format": "crossread-story/1",
        "story": {"slug": slug, "title": slug},
        "articles": [],
        "entities": [{"id": n, "name": e.name, "kind": e.kind, "mentions": []} for n, e in enumerate(story.entities)],
        "quotations": [],
        "quantities": [],
        "claims": [],
        "shared_copy": [],
        "notes": [],
    }
    for record, article in rows:
        text = article.analysis.text
        document["articles"].append(
            {
                "id": article.key,
                "article": article.key,
                "current": True,
                "outlet": article.outlet,
                "role": article.role,
                "headline": record.get("headline"),
                "url": record.get("url"),
                "published_at": record.get("published_at"),
                "number": 1,
                "sha256": hashlib.sha256(text.encode()).hexdigest(),
                "text": text,
            }
        )
        for mention in article.analysis.mentions:
            row = span(article.key, mention.span) | {"inferred": mention.is_inferred}
            document["entities"][entity_of[article.key, mention.entity]]["mentions"].append(row)
        for quotation in article.analysis.quotations:
            row = span(article.key, quotation.span)
            row["kind"] = quotation.kind
            row["speaker"] = None if quotation.entity is None else entity_of.get((article.key, quotation.entity))
            row["speaker_quote"] = quotation.speaker and text[quotation.speaker.start : quotation.speaker.end]
            row["cue"] = quotation.cue and text[quotation.cue.start : quotation.cue.end]
            document["quotations"].append(row)
        for quantity in article.analysis.quantities:
            row = span(article.key, quantity.span)
            row |= {"low": quantity.low, "high": quantity.high, "unit": quantity.unit, "bound": quantity.bound}
            document["quantities"].append(row)
    next_id = 1
    for number, claim in enumerate(story.claims, 1):
        ids: dict[int, int] = {}
        appearances = []
        for index, appearance in enumerate(claim.appearances):
            if appearance.band != "suggested":
                continue
            ids[index] = next_id
            row = {"id": next_id} | span(appearance.article, appearance.span)
            row |= {
                "speaker": appearance.entity,
                "source_level": appearance.source_level,
                "certainty": appearance.certainty,
                "polarity": appearance.polarity,
                "alignment": appearance.band,
                "score": appearance.score,
            }
            appearances.append(row)
            next_id += 1
        divergences = [
            {
                "kind": d.kind,
                "appearances": [ids[s.appearance] for s in d.sides],
                "values": [s.value for s in d.sides],
                "decision": None,
                "reason": d.reason,
            }
            for d in claim.divergences
            if all(s.appearance in ids for s in d.sides)
        ]
        sources = len({a["article"] for a in appearances})
        document["claims"].append(
            {
                "id": number,
                "number": number,
                "statement": claim.statement,
                "appearances": appearances,
                "divergences": divergences,
                "origins": {"sources": sources, "independent": len(claim.origins) or sources},
            }
        )
    for passage in story.shared:
        left = {"article": passage.left, "start": passage.left_span.start, "end": passage.left_span.end}
        right = {"article": passage.right, "start": passage.right_span.start, "end": passage.right_span.end}
        document["shared_copy"].append({"left": left, "right": right})
    return document


def write_documents(stories: Path, folder: Path) -> None:
    """One document a story of ``stories`` into ``folder``."""
    for path in sorted(stories.glob("*.jsonl")):
        document = story_document(path.stem, path.read_text("utf-8").splitlines())
        (folder / f"{path.stem}.json").write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")


def main() -> int:
    """Writes the documents and runs the scorer on them; its exit code is ours."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", type=Path, help="write the documents here instead of into a temporary folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        stories = options.data / "eval" / "stories"
        write_documents(stories, folder)
        command = [sys.executable, str(options.data / "eval" / "score.py"), str(stories), str(folder)]
        return subprocess.run([*command, "--json"] if options.json else command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
