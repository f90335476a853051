"""Trains the weights of articles/analysis/names.py and writes them to its data folder.

    python -m tools.train_names EVALUATION_DATA [--folds]

Trained on openly licensed text only: GUM academic, court, interview and news (texts CC BY, annotation CC BY 4.0),
MEANTIME English (CC BY 4.0) and wikigold (CC BY 4.0); the share-alike parts of GUM are left out. The learner is an
averaged structured perceptron, and the weights are the mean of three that saw the text in other orders. With --folds
it prints what it reaches on GUM news articles it has not seen, which is the honest figure, since the shipped weights
have seen them all.
"""

import argparse
import collections
import csv
import io
import json
import pathlib
import random
import tarfile
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from articles.analysis import gazetteer, names
from articles.analysis.name_features import Run, Usage, is_name_word, segment_features
from articles.analysis.name_words import TITLES
from articles.analysis.names import LABELS, Weights
from articles.analysis.sentences import split_sentences
from articles.analysis.tokens import Token, tokenise
from tests.evaluation.gum import GumArticle, read_gum

OUT = pathlib.Path(__file__).parent.parent / "articles" / "analysis" / "data"
NONE = len(LABELS) - 1
CC_BY_GENRES = ("academic", "court", "interview")


class Document(NamedTuple):
    sentences: list[list[Token]]
    # Gold names: (start, end, label number) in characters.
    gold: list[tuple[int, int, int]]


class Example(NamedTuple):
    run: Run
    # Feature numbers of every piece the run may be cut into.
    pieces: dict[tuple[int, int], list[int]]
    gold: frozenset[tuple[int, int, int]]
    starts: frozenset[int]


def gum_document(article: GumArticle) -> Document:
    sentences = [
        tokenise(article.text, s.span.start, s.span.end) for s in split_sentences(article.text) if s.kind != "headline"
    ]
    gold = [(s, e, LABELS.index(k)) for s, e, k in article.names]
    gold += [(s, e, 3) for s, e in article.open_names]
    return Document(sentences, gold)


def wikigold_documents(archive: pathlib.Path) -> Iterable[Document]:
    labels = {"PER": 0, "ORG": 1, "LOC": 2, "MISC": 3}
    with tarfile.open(archive) as tar:
        member = next(m for m in tar.getmembers() if m.name.endswith("wikigold.conll.txt"))
        content = tar.extractfile(member).read().decode("utf-8")  # type: ignore[union-attr]
    for document in content.split("-DOCSTART-"):
        sentences, gold, offset = [], [], 0
        for block in document.split("\n\n"):
            rows = [line.split() for line in block.split("\n") if len(line.split()) == 2 and line[0] != "O "]
            if not rows or rows[0][0] == "O":
                continue
            pieces, opened = "", None
            for word, tag in [*rows, ["", "O"]]:
                at = offset + len(pieces)
                kind = tag[2:] if tag != "O" else None
                if opened and opened[1] != kind:
                    gold.append((opened[0], at - 1, labels[opened[1]]))
                    opened = None
                if kind and not opened:
                    opened = (at, kind)
                pieces += word + " "
            tokens = tokenise(pieces, 0, len(pieces))
            sentences.append([t._replace(start=t.start + offset, end=t.end + offset) for t in tokens])
            offset += len(pieces)
        demonyms = gazetteer.country_by_demonym()
        spans = {(t.start, t.end): t.text for s in sentences for t in s}
        gold = [g for g in gold if not (g[2] == 3 and spans.get(g[:2]) in demonyms)]
        if sentences:
            yield Document(sentences, gold)


def meantime_documents(archive: pathlib.Path) -> Iterable[Document]:
    labels = {"PER": 0, "ORG": 1, "LOC": 2, "PRO": 3, "MIX": 3, "FIN": None}
    with tarfile.open(archive) as tar:

        def read(name: str) -> str:
            member = next(m for m in tar.getmembers() if m.name.endswith(name))
            return tar.extractfile(member).read().decode("utf-8")  # type: ignore[union-attr]

        rows = list(csv.DictReader(io.StringIO(read("conll.csv"))))
        mentions = json.loads(read("entities_mentions.json"))
    words: dict[str, dict[int, dict[int, str]]] = collections.defaultdict(lambda: collections.defaultdict(dict))
    for r in rows:
        words[r["topic/subtopic_name"]][int(r["sent_id"])][int(r["token_id"])] = r["token"]
    by_document = collections.defaultdict(list)
    for mention in mentions:
        if mention["mention_head_pos"] == "PROPN" and labels.get(mention["mention_type"][:3]) is not None:
            by_document[mention["topic/subtopic_name"]].append(mention)
    for name, document in words.items():
        sentences, gold, offset = [], [], 0
        places: dict[tuple[int, int], tuple[int, int]] = {}
        # Only the title and the first five sentences are annotated throughout.
        for number in sorted(n for n in document if n <= 5):
            pieces = ""
            for token_id, word in sorted(document[number].items()):
                start = offset + len(pieces)
                places[number, token_id] = (start, start + len(word))
                pieces += word + " "
            tokens = tokenise(pieces, 0, len(pieces))
            sentences.append([t._replace(start=t.start + offset, end=t.end + offset) for t in tokens])
            offset += len(pieces)
        for mention in by_document[name]:
            number, ids = mention["sent_id"], mention["tokens_number"]
            head = mention["mention_head_id"]
            if number > 5:
                continue
            text = document[number]
            if head not in ids or not text.get(head, " ")[0].isupper():
                continue
            low = high = head
            while low - 1 in ids and (
                text[low - 1][:1].isupper() or text[low - 1] in ("of", "the", "for", "and", "&", "de")
            ):
                low -= 1
            while high + 1 in ids and (
                text[high + 1][:1].isupper() or text[high + 1] in ("of", "the", "for", "and", "&", "de")
            ):
                high += 1
            while low < head and (not text[low][:1].isupper() or text[low].lower() in ("the", *TITLES)):
                low += 1
            while high > head and not text[high][:1].isupper():
                high -= 1
            label = labels[mention["mention_type"][:3]]
            assert label is not None
            surface = " ".join(text[i] for i in range(low, high + 1))
            if gazetteer.places().get(surface) == "country":
                label = 2
            if surface in gazetteer.country_by_demonym():
                continue
            gold.append((places[number, low][0], places[number, high][1], label))
        outer = {g for g in gold if not any(h[:2] != g[:2] and h[0] <= g[0] and g[1] <= h[1] for h in gold)}
        yield Document(sentences, sorted(outer))


def examples(document: Document, numbers: dict[str, int]) -> Iterable[Example]:
    usage = Usage(document.sentences)
    for run in usage.runs:
        tokens = document.sentences[run.sentence]
        low, high = tokens[run.first].start, tokens[run.last - 1].end
        starts = {tokens[i].start: i for i in range(run.first, run.last)}
        ends = {tokens[i].end: i + 1 for i in range(run.first, run.last)}
        gold = set()
        is_aligned = True
        for start, end, label in document.gold:
            if start < high and low < end:
                if start in starts and end in ends and ends[end] - starts[start] <= 9:
                    gold.add((starts[start], ends[end], label))
                else:
                    is_aligned = False
        taken = sorted(gold)
        if not is_aligned or any(a[1] > b[0] for a, b in pairwise(taken)):
            continue
        pieces = {}
        for piece in names.score_run(tokens, run, usage, {}):
            feats = segment_features(tokens, run, *piece, usage) if is_name_word(tokens[piece[0]]) else []
            pieces[piece] = [numbers.setdefault(f, len(numbers)) for f in feats]
        if any(g[:2] not in pieces or not pieces[g[:2]] for g in gold):
            continue
        covered = {i for f, t, _ in gold for i in range(f, t)}
        for i in range(run.first, run.last):
            if i not in covered:
                gold.add((i, i + 1, NONE))
        named = frozenset(i for i in range(run.first, run.last) if is_name_word(tokens[i]))
        yield Example(run, pieces, frozenset(gold), named)


def train(documents: Sequence[Document], epochs: int, seeds: Sequence[int] = (7, 8, 9)) -> Weights:
    """The mean of several perceptrons that saw the stretches in other orders: one alone leans to what it saw last."""
    numbers: dict[str, int] = {}
    data = [(d.sentences, e) for d in documents for e in examples(d, numbers)]
    runs = [_train_once(data, len(numbers), epochs, seed) for seed in seeds]
    averaged: Weights = {}
    for feature, f in numbers.items():
        values = tuple(sum(run[f][label] for run in runs) / len(runs) for label in range(len(LABELS)))
        if max(map(abs, values)) >= 0.25:
            averaged[feature] = tuple(round(v, 2) for v in values)
    return averaged


def _train_once(
    examples_: Sequence[tuple[list[list[Token]], Example]], size: int, epochs: int, seed: int
) -> list[list[float]]:
    data = list(examples_)
    weights = [[0.0] * len(LABELS) for _ in range(size)]
    sums = [[0.0] * len(LABELS) for _ in range(size)]
    step = 1
    shuffler = random.Random(seed)  # noqa: S311 - an order to train in, not a secret
    for epoch in range(epochs):
        shuffler.shuffle(data)
        wrong = 0
        for sentences, example in data:
            scores = {}
            for piece, feats in example.pieces.items():
                total = [0.0] * len(LABELS)
                for f in feats:
                    w = weights[f]
                    for label in range(len(LABELS)):
                        total[label] += w[label]
                # A wrong piece must lose by a margin, or rare names tip over.
                for label in range(len(LABELS)):
                    if (*piece, label) not in example.gold:
                        total[label] += 1.0
                scores[piece] = total
            cut = set(names.best_cut(sentences[example.run.sentence], example.run, scores))
            step += 1
            if cut == example.gold:
                continue
            wrong += 1
            for sign, pieces in ((1.0, example.gold - cut), (-1.0, cut - example.gold)):
                for first, last, label in pieces:
                    for f in example.pieces[first, last]:
                        weights[f][label] += sign
                        sums[f][label] += sign * step
        print(f"epoch {epoch + 1}: {wrong} of {len(data)} stretches wrong")
    return [[w - s / step for w, s in zip(*pair, strict=True)] for pair in zip(weights, sums, strict=True)]


def write_common_words(documents: Sequence[Document]) -> None:
    counts = collections.Counter(t.text for d in documents for s in d.sentences for t in s if t.text.islower())
    common = sorted(w for w, n in counts.items() if n >= 3 and w.isalpha())
    header = "# Words that open corpora (see ATTRIBUTION.txt) print in lower case. Made by tools/train_names.py.\n"
    (OUT / "common_words.txt").write_text(header + "\n".join(common) + "\n", "utf-8")


def write_weights(weights: Weights) -> None:
    header = "# Weights in hundredths for person, organisation, place, other, none. Made by tools/train_names.py.\n"
    lines = (
        f"{feature}\t{','.join(str(round(v * 100)) for v in values)}" for feature, values in sorted(weights.items())
    )
    (OUT / "name_weights.txt").write_text(header + "\n".join(lines) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--epochs", type=int, default=10)
    options = parser.parse_args()
    folder = options.data / "open"
    news = read_gum(folder / "gum_news.tar.gz")
    others = [gum_document(a) for genre in CC_BY_GENRES for a in read_gum(folder / "gum_cc.tar.gz", f"GUM_{genre}")]
    others += wikigold_documents(folder / "wikigold.tar.gz")
    others += meantime_documents(folder / "meantime_en.tar.gz")
    if options.folds:
        from tests.evaluation.finders import score_names

        found = []
        for fold in range(4):
            seen = [gum_document(a) for i, a in enumerate(news) if i % 4 != fold]
            weights = train([*others, *seen], options.epochs)
            names.load_weights = lambda weights=weights: weights  # type: ignore[misc, assignment]
            found.append(score_names("GUM news, unseen", [a for i, a in enumerate(news) if i % 4 == fold]))
        for rows in zip(*found, strict=True):
            right = sum(r.precision * r.found for r in rows)
            got = sum(r.recall * r.gold for r in rows)
            precision, recall = right / sum(r.found for r in rows), got / sum(r.gold for r in rows)
            f1 = 2 * precision * recall / (precision + recall)
            print(f"{rows[0].metric:30} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
        return
    documents = [*others, *(gum_document(a) for a in news)]
    write_common_words(documents)
    write_weights(train(documents, options.epochs))


if __name__ == "__main__":
    main()
