"""Carries what people decided to a new version of a text, where its words did not change.

A paragraph that stands word for word, and once, in both versions carries everything decided inside it, at the same
place of the paragraph. Everything else stays on the version it was decided on, in plain sight. Nothing is guessed.
"""

from collections import Counter
from collections.abc import Iterable

from django.db import models

from articles.analysis.text import split_paragraphs
from articles.models import Alignment, Appearance, ArticleVersion, FindingDecision, Mention, Quotation


class _Places:
    """Where spans of the old text stand in the new one."""

    def __init__(self, old: ArticleVersion, new: ArticleVersion) -> None:
        before = [(span, old.text[span.start : span.end]) for span in split_paragraphs(old.text)]
        after = {new.text[span.start : span.end]: span.start for span in split_paragraphs(new.text)}
        once_before = Counter(words for _, words in before)
        once_after = Counter(new.text[span.start : span.end] for span in split_paragraphs(new.text))
        self._moved = [
            (span, after[words] - span.start)
            for span, words in before
            if once_before[words] == 1 and once_after[words] == 1
        ]

    def find(self, start: int, end: int) -> tuple[int, int] | None:
        """The same words in the new text; ``None`` when their paragraph changed, or is not the only one of its kind."""
        for span, distance in self._moved:
            if span.start <= start and end <= span.end:
                return start + distance, end + distance
        return None


def carry_decisions(*, old: ArticleVersion, new: ArticleVersion) -> None:
    """Gives ``new`` the decisions that people took on ``old``. Called once, in the transaction that stores ``new``."""
    places = _Places(old, new)
    _carry_appearances(old, new, places)
    _carry_quotations(old, new, places)
    _carry_mentions(old, new, places)


def _carry_appearances(old: ArticleVersion, new: ArticleVersion, places: _Places) -> None:
    touched = Appearance.objects.filter(version=old).filter(
        models.Q(edited__len__gt=0)
        | models.Q(created_by__isnull=False)
        | models.Exists(Alignment.objects.filter(appearance=models.OuterRef("pk"), decided_by__isnull=False))
    )
    for row in touched.prefetch_related("alignments"):
        place = places.find(row.start, row.end)
        if place is None:
            continue
        copy = Appearance(
            version=new,
            start=place[0],
            end=place[1],
            quote=row.quote,
            speaker_id=row.speaker_id,
            source_level=row.source_level,
            certainty=row.certainty,
            polarity=row.polarity,
            edited=row.edited,
            created_by_id=row.created_by_id,
            revision=row.revision,
        )
        for part in ("speaker", "certainty"):
            start, end = getattr(row, f"{part}_start"), getattr(row, f"{part}_end")
            there = places.find(start, end) if start is not None and end is not None else None
            if there:
                setattr(copy, f"{part}_start", there[0])
                setattr(copy, f"{part}_end", there[1])
                setattr(copy, f"{part}_quote", getattr(row, f"{part}_quote"))
        copy.save()
        Alignment.objects.bulk_create(
            Alignment(
                appearance=copy,
                claim_id=alignment.claim_id,
                method=alignment.method,
                score=alignment.score,
                decision=alignment.decision,
                decided_by_id=alignment.decided_by_id,
                decided_at=alignment.decided_at,
                revision=alignment.revision,
                is_beside=alignment.is_beside,
            )
            for alignment in row.alignments.all()
        )


def _carry_quotations(old: ArticleVersion, new: ArticleVersion, places: _Places) -> None:
    for row in Quotation.objects.filter(version=old, decision=FindingDecision.REJECTED):
        place = places.find(row.start, row.end)
        if place:
            Quotation.objects.filter(version=new, start=place[0], end=place[1]).update(
                decision=row.decision, decided_by=row.decided_by_id, decided_at=row.decided_at, revision=row.revision
            )


def _carry_mentions(old: ArticleVersion, new: ArticleVersion, places: _Places) -> None:
    for row in Mention.objects.filter(version=old, is_decided=True):
        place = places.find(row.start, row.end)
        if place:
            Mention.objects.create(
                version=new,
                start=place[0],
                end=place[1],
                quote=row.quote,
                entity_id=row.entity_id,
                is_inferred=row.is_inferred,
                is_decided=True,
                revision=row.revision,
            )


def carried_copies(row: models.Model) -> Iterable[models.Model]:
    """The rows that carry the same decision on newer versions: taking it back takes it back there too."""
    if isinstance(row, Alignment) and row.decided_at:
        return (
            Alignment.objects.filter(
                claim=row.claim_id,
                decided_by=row.decided_by_id,
                decided_at=row.decided_at,
                decision=row.decision,
                appearance__quote=row.appearance.quote,
                appearance__version__article=row.appearance.version.article_id,
            )
            .exclude(pk=row.pk)
            .exclude(appearance=row.appearance_id)
        )
    if isinstance(row, Quotation) and row.decided_at:
        return Quotation.objects.filter(
            decided_by=row.decided_by_id,
            decided_at=row.decided_at,
            quote=row.quote,
            version__article=row.version.article_id,
        ).exclude(pk=row.pk)
    if isinstance(row, Appearance) and row.edited:
        newer = Appearance.objects.filter(version__article=row.version.article_id, version__gt=row.version_id)
        return newer.filter(quote=row.quote, edited=row.edited)
    if isinstance(row, Mention) and row.is_decided:
        newer_mentions = Mention.objects.filter(version__article=row.version.article_id, version__gt=row.version_id)
        return newer_mentions.filter(quote=row.quote, entity=row.entity_id, is_decided=True)
    return ()
