"""Reads the UNER English web texts (CC BY-SA), which nothing was trained on, in the shape of the GUM articles."""

import pathlib
import tarfile

from .gum import GumArticle

_KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place"}


def read_uner(archive: pathlib.Path) -> list[GumArticle]:
    with tarfile.open(archive) as tar:
        stream = tar.extractfile("uner_ewt/en_ewt-ud-test.iob2")
        assert stream is not None
        content = stream.read().decode("utf-8")
    articles = []
    for document in content.split("# newdoc id = ")[1:]:
        # The texts have no headlines; an empty one would make the first sentence one.
        text, names = "Untitled", []
        for block in document.split("\n\n"):
            lines = block.split("\n")
            sentence = next((line[9:] for line in lines if line.startswith("# text = ")), None)
            if sentence is None:
                continue
            text += "\n\n"
            base, at, opened = len(text), 0, None
            text += sentence
            for row in (line.split("\t") for line in lines if line[:1].isdigit()):
                at = sentence.find(row[1], at)
                if at < 0:
                    break
                if row[2].startswith("I-") and opened is not None:
                    opened = (opened[0], base + at + len(row[1]), opened[2])
                else:
                    names += [opened] if opened else []
                    kind = _KINDS.get(row[2][2:]) if row[2].startswith("B-") else None
                    opened = (base + at, base + at + len(row[1]), kind) if kind else None
                at += len(row[1])
            names += [opened] if opened else []
        name = document.split("\n", 1)[0]
        articles.append(GumArticle(name, text, "2008-01-01", (), (), tuple(names), (), ()))
    return articles
