"""Imports articles from files and folders into one story."""

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from articles.incoming import IncomingArticle, Refusal, UnusableInput, check_size, read_jsonl_file, read_text_file
from articles.ingest import Outcome, Result, discard_if_empty, find_or_create_story, find_story, import_articles
from articles.management.base import DeskCommand

READABLE = {".txt", ".jsonl"}


class Command(DeskCommand):
    help = "Import articles (.txt, .jsonl; files or folders) into a story, made when it is new."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", type=Path)
        parser.add_argument("--story", required=True, metavar="TITLE", help="title of the story; made when it is new")
        parser.add_argument(
            "--outlet", default="", metavar="NAME", help="outlet of the articles that name none (.txt: else the stem)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files = list(_files(options["paths"]))
        if not files:
            raise CommandError("There is no .txt or .jsonl file in what was given.")
        is_new = find_story(options["story"]) is None
        try:
            story = find_or_create_story(options["story"])
        except UnusableInput as error:
            raise CommandError(str(error)) from None
        self.done = 0
        outcomes = import_articles(_items(files, outlet=options["outlet"]), story=story, by=None, report=self.report)
        if is_new:
            discard_if_empty(story)
        counts = Counter(outcome.result for outcome in outcomes)
        self.clear_progress()
        self.stdout.write(
            f"{story.title}: {counts[Result.CREATED]} imported, {counts[Result.NEW_VERSION]} changed,"
            f" {counts[Result.UNCHANGED]} already there, {counts[Result.FAILED]} failed."
        )
        if counts[Result.FAILED]:
            sys.exit(1)

    def report(self, outcome: Outcome) -> None:
        """One line for a failure at once; on a terminal a counter for everything else."""
        self.done += 1
        self.clear_progress()
        if outcome.result == Result.FAILED:
            self.stderr.write(f"{outcome.place}: {outcome.sentence}")
        elif self.is_terminal():
            self.stdout.write(f"{outcome.place}: {outcome.sentence}")
        if self.is_terminal():
            self.stdout.write(f"{self.done} read …", ending="")
            self.stdout.flush()

    def clear_progress(self) -> None:
        if self.is_terminal():
            self.stdout.write("\r\x1b[K", ending="")

    def is_terminal(self) -> bool:
        return bool(self.stdout.isatty())


def _files(paths: list[Path]) -> Iterator[Path]:
    """The readable files, folders in the order of names. A path that is not there comes too, to fail by its name."""
    for path in paths:
        if path.is_dir():
            yield from sorted(
                child for child in path.rglob("*") if child.suffix.lower() in READABLE and child.is_file()
            )
        else:
            yield path


def _items(files: list[Path], *, outlet: str) -> Iterator[IncomingArticle | Refusal]:
    limit = settings.IMPORT_MAX_BYTES
    zone = timezone.get_default_timezone()
    for path in files:
        suffix = path.suffix.lower()
        if suffix not in READABLE:
            yield Refusal(str(path), "Only .txt and .jsonl files can be imported.")
            continue
        try:
            check_size(path.stat().st_size, 10 * limit)
            data = path.read_bytes()
        except FileNotFoundError:
            yield Refusal(str(path), "There is no such file.")
        except OSError as error:
            yield Refusal(str(path), f"The file cannot be read: {error.strerror}.")
        except UnusableInput as error:
            yield Refusal(str(path), str(error))
        else:
            if suffix == ".txt":
                yield read_text_file(str(path), data, outlet=outlet or path.stem, limit=limit)
            else:
                yield from read_jsonl_file(str(path), data, outlet=outlet, limit=limit, zone=zone)
