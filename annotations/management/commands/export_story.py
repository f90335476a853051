"""Writes a story as a document for other programs."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from annotations.story_document import Audience, story_document
from articles.management.base import DeskCommand
from articles.models import Story


class Command(DeskCommand):
    help = "Write a story as one JSON document (crossread-story/1) to standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("story", metavar="STORY", help="slug or title")
        parser.add_argument("--format", choices=["json"], required=True)
        parser.add_argument("--audience", choices=[*Audience], default=Audience.DESK)

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["story"]
        story = Story.objects.filter(slug=name).first() or Story.objects.filter(title=name).first()
        if story is None:
            raise CommandError(f"There is no story with the slug or title {name!r}.")
        document = story_document(story, audience=Audience(options["audience"]))
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1))
