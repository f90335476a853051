"""Story documents through the whole program: imported into a database and exported again, as a user would."""

import io
import json
import time
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command


@dataclass(frozen=True, slots=True)
class Imported:
    """One story on its way through the program; seconds include analysis and comparison."""

    name: str
    articles: int
    claims: int
    words: int
    seconds: float


def export_stories(stories: Path, folder: Path) -> list[Imported]:
    """Imports each ``.jsonl`` of ``stories`` as a story of its own and writes its document to ``folder``."""
    found = []
    for path in sorted(stories.glob("*.jsonl")):
        begun = time.perf_counter()
        call_command("import_articles", str(path), story=path.stem, stdout=io.StringIO())
        seconds = time.perf_counter() - begun
        written = io.StringIO()
        call_command("export_story", path.stem, format="json", stdout=written)
        (folder / f"{path.stem}.json").write_text(written.getvalue(), "utf-8")
        document = json.loads(written.getvalue())
        words = sum(len(article["text"].split()) for article in document["articles"])
        found.append(Imported(path.stem, len(document["articles"]), len(document["claims"]), words, seconds))
    return found


def prove_spans() -> str:
    """The last line of ``prove_spans``; the command fails when a span is not what its text says."""
    out = io.StringIO()
    call_command("prove_spans", stdout=out)
    return out.getvalue().splitlines()[-1]
