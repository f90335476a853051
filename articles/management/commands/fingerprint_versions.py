"""Fingerprints the texts that were stored before there were fingerprints."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from articles.copies import store_fingerprints
from articles.locks import lock
from articles.management.base import DeskCommand
from articles.models import Article, Fingerprint


class Command(DeskCommand):
    help = "Fingerprint every current text that has none yet. Stopped halfway, it goes on where it was."

    def handle(self, *args: Any, **options: Any) -> None:
        has_some = Exists(Fingerprint.objects.filter(version=OuterRef("current_version")))
        left = Article.objects.filter(~has_some, current_version__isnull=False).order_by("pk")
        waiting = list(left.values_list("pk", "story"))
        for done, (pk, story) in enumerate(waiting, start=1):
            # An import may replace the text meanwhile: what counts is the one that is current under the lock.
            with transaction.atomic():
                lock("story", story)
                article = Article.objects.select_related("current_version").filter(pk=pk).first()
                if article and article.current_version:
                    store_fingerprints(article.current_version)
            if self.stdout.isatty():
                self.stdout.write(f"\r\x1b[K{done} of {len(waiting)} …", ending="")
                self.stdout.flush()
        if self.stdout.isatty():
            self.stdout.write("\r\x1b[K", ending="")
        self.stdout.write(f"Texts fingerprinted: {len(waiting)}.")
