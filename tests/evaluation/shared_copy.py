"""Plants edited passages and looks for them again; counts what is found between independent articles of one story.

    python -m tests.evaluation.shared_copy EVAL_DATA [TRIALS]

Prints the share of planted passages that are found, by length and share of edited words, and the suggested passages
per 100 pairs of different outlets on one story, each printed so that a person can tell copying from coincidence.
"""

import random
import sys
from itertools import combinations
from pathlib import Path

from articles.analysis.shared_copy import find_shared, masked_spans, prepare_copy
from tests.evaluation.documents import story_articles


def edited(words: list[str], share: float, letters: random.Random) -> list[str]:
    """``words`` with about ``share`` of them replaced, left out or followed by another."""
    result = []
    for word in words:
        if letters.random() >= share:
            result.append(word)
            continue
        act = letters.choice(("replace", "leave out", "insert"))
        if act != "leave out":
            result += [f"new{letters.randrange(10_000)}"] + ([word] if act == "insert" else [])
    return result


def found_share(size: int, share: float, trials: int, letters: random.Random, vocabulary: list[str]) -> float:
    """How often a passage of ``size`` words with ``share`` of them edited is found between two other texts."""
    hits = 0
    for _ in range(trials):
        passage = letters.choices(vocabulary, k=size)
        around = [letters.choices(vocabulary, k=150) for _ in range(4)]
        left = " ".join([*around[0], *passage, *around[1]])
        right = " ".join([*around[2], *edited(passage, share, letters), *around[3]])
        hits += any(p.band == "suggested" for p in find_shared(left, right))
    return hits / trials


def main() -> None:
    """Prints both tables."""
    data = Path(sys.argv[1])
    trials = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    letters = random.Random(20)
    vocabulary = [f"w{n}" for n in range(4_000)]
    for size in (30, 60, 120):
        figures = (
            f"{share:.0%} {found_share(size, share, trials, letters, vocabulary):.2f}" for share in (0, 0.05, 0.1, 0.2)
        )
        print(f"{size} words:", ", ".join(figures))
    pairs = found = 0
    for path in sorted((data / "eval" / "stories").glob("*.jsonl")):
        articles = [article for _, article in story_articles(path.read_text("utf-8").splitlines())]
        copies = [prepare_copy(a.analysis.text, masked_spans(a.analysis)) for a in articles]
        for (n, left), (_, right) in combinations(enumerate(copies), 2):
            pairs += 1
            for passage in find_shared(left, right):
                if passage.band == "suggested":
                    found += 1
                    print(f"{path.stem}: {articles[n].analysis.text[passage.left.start : passage.left.end]!r}")
    print(f"suggested passages: {found} in {pairs} pairs of different outlets")


if __name__ == "__main__":
    main()
