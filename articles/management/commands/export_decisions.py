"""Writes the log of decisions for other programs: the desk's own judgement of the machine, with exact spans."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from articles.deciding.precision import precision_by_method
from articles.management.base import DeskCommand
from articles.models import Decision, Story


class Command(DeskCommand):
    help = "Write every decision as one JSON object a line; with --precision, how often each suggester was right."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("story", nargs="?", metavar="STORY", help="slug or title; all stories when left out")
        parser.add_argument("--precision", action="store_true", help="a table of suggesters instead of the log")

    def handle(self, *args: Any, **options: Any) -> None:
        log = Decision.objects.select_related("by", "claim", "other_claim", "version__article__outlet").order_by("pk")
        if name := options["story"]:
            story = Story.objects.filter(slug=name).first() or Story.objects.filter(title=name).first()
            if story is None:
                raise CommandError(f"There is no story with the slug or title {name!r}.")
            log = log.filter(story=story)
        if options["precision"]:
            for row in precision_by_method(log):
                judged = (
                    f"{row.right} right, {row.wrong} corrected, precision {row.share:.2f}"
                    if row.is_asked
                    else f"{row.wrong} corrected; nobody is asked when it is right"
                )
                self.stdout.write(f"{row.method}: {judged}")
            return
        for decision in log.iterator(chunk_size=500):
            self.stdout.write(json.dumps(_line(decision), ensure_ascii=False))


def _line(row: Decision) -> dict[str, Any]:
    version = row.version
    return {
        "id": row.pk,
        "verb": row.verb,
        "by": row.by.get_username(),
        "at": row.at.isoformat(),
        "reason": row.reason or None,
        "story": row.story_id,
        "claim": row.claim.number if row.claim else None,
        "other_claim": row.other_claim.number if row.other_claim else None,
        "entity": row.entity_id,
        "other_entity": row.other_entity_id,
        "article": row.version_id,
        "sha256": version.sha256 if version else None,
        "start": row.start,
        "end": row.end,
        "quote": row.quote or None,
        "method": row.method or None,
        "score": row.score,
        "proposed": row.proposed or None,
        "decided": row.decided or None,
        "undoes": row.undoes_id,
    }
