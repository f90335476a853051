"""What a text is recognised by: a few numbers for each, so that a copy is found among a hundred thousand others."""

from django.db import models


class Fingerprint(models.Model):
    """One number of an article's current text, from words outside quotations; the analysis says how it is made.

    Texts that share several have words in common; :mod:`articles.copies` then proves which. It is no finding: nobody
    sees or decides it, and it is made anew with every text.
    """

    # The order of the columns is the look-up: by number, then by version, without reading the table.
    pk = models.CompositePrimaryKey("hash", "version")
    hash = models.BigIntegerField()
    version = models.ForeignKey("articles.ArticleVersion", on_delete=models.CASCADE, related_name="fingerprints")
    # The code point where the words it was made of first begin.
    position = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.hash} at {self.position}"
