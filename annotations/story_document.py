"""The story document ``crossread-story/1``: a whole story as plain values, for other programs.

All ids are integers; offsets are code points of ``articles[].text``; unknown is null and never left out. Other programs
rely on the shape, so it changes only by adding.
"""

from collections import defaultdict
from enum import StrEnum
from typing import Any

from django.db.models import Prefetch, Q

from annotations.models import Evidence, EvidenceVisibility, Note, NoteState
from articles.models import (
    Alignment,
    AlignmentDecision,
    Article,
    ArticleVersion,
    Claim,
    Divergence,
    Entity,
    FindingDecision,
    Mention,
    PublishedGranularity,
    Quantity,
    Quotation,
    SharedPassage,
    Story,
)

FORMAT = "crossread-story/1"
PUBLIC_STATES = [NoteState.PUBLISHED, NoteState.CORRECTED]


class Audience(StrEnum):
    """Whom a document is for: the desk sees all notes, the public what was published."""

    DESK = "desk"
    PUBLIC = "public"


def story_document(story: Story, *, audience: Audience) -> dict[str, Any]:
    """The document of ``story``, in a number of queries that does not grow with it."""
    claims = _claims(story)
    notes = _notes(story, audience=audience)
    referred = {a["article"] for claim in claims for a in claim["appearances"]}
    referred |= {note["article"] for note in notes if note["article"] is not None}
    versions = list(
        ArticleVersion.objects.filter(Q(current_of__story=story) | Q(pk__in=referred))
        .select_related("article__outlet")
        .order_by("article_id", "number")
    )
    keys = [version.pk for version in versions]
    return {
        "format": FORMAT,
        "story": {"slug": story.slug, "title": story.title},
        "articles": [_article(version) for version in versions],
        "entities": _entities(keys),
        "quotations": [
            {
                **_span(row),
                "kind": row.kind,
                "speaker": row.speaker_id,
                "speaker_quote": row.speaker_quote or None,
                "cue": row.cue_quote or None,
            }
            for row in Quotation.objects.filter(version__in=keys, decision=FindingDecision.SUGGESTED).order_by(
                "version", "start", "pk"
            )
        ],
        "quantities": [
            {**_span(row), "low": row.low, "high": row.high, "unit": row.unit, "bound": row.bound}
            for row in Quantity.objects.filter(version__in=keys).order_by("version", "start", "pk")
        ],
        "claims": claims,
        "shared_copy": [
            {
                "left": {"article": row.left_id, "start": row.left_start, "end": row.left_end},
                "right": {"article": row.right_id, "start": row.right_start, "end": row.right_end},
            }
            for row in SharedPassage.objects.filter(
                story=story, left__in=keys, right__in=keys, decision=FindingDecision.SUGGESTED
            ).order_by("left", "left_start", "right")
        ],
        "notes": notes,
    }


def _span(row: Any) -> dict[str, Any]:
    return {"article": row.version_id, "start": row.start, "end": row.end, "quote": row.quote}


def _article(version: ArticleVersion) -> dict[str, Any]:
    article = version.article
    return {
        "id": version.pk,
        "article": article.pk,
        "current": article.current_version_id == version.pk,
        "outlet": article.outlet.name if article.outlet else None,
        "role": article.role,
        "headline": article.headline,
        "url": article.url or None,
        "published_at": _published(article),
        "number": version.number,
        "sha256": version.sha256,
        "text": version.text,
    }


def _published(article: Article) -> str | None:
    """As finely as it is known: a date, or a moment by the clock it was given in."""
    if article.published_granularity == PublishedGranularity.DAY:
        return article.published_day.isoformat() if article.published_day else None
    return article.published_local.isoformat() if article.published_local else None


def _entities(versions: list[int]) -> list[dict[str, Any]]:
    mentions: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in Mention.objects.filter(version__in=versions).order_by("version", "start", "pk"):
        mentions[row.entity_id].append({**_span(row), "inferred": row.is_inferred})
    # Speakers count too: an entity can be quoted under a description only.
    named = Q(pk__in=mentions) | Q(quotations__version__in=versions) | Q(appearances__version__in=versions)
    return [
        {"id": entity.pk, "name": entity.name, "kind": entity.kind, "mentions": mentions[entity.pk]}
        for entity in Entity.objects.filter(named).distinct().order_by("pk")
    ]


def _claims(story: Story) -> list[dict[str, Any]]:
    claims = Claim.objects.filter(story=story).prefetch_related(
        Prefetch(
            "alignments",
            Alignment.objects.live()
            .select_related("appearance")
            .order_by("appearance__version", "appearance__start", "pk"),
            to_attr="live_alignments",
        ),
        Prefetch("divergences", Divergence.objects.order_by("pk").prefetch_related("sides")),
    )
    documents = []
    for claim in claims.order_by("number"):
        live: list[Alignment] = getattr(claim, "live_alignments")  # noqa: B009  set by the prefetch above
        if claim.is_retired and not claim.note_count:
            continue
        documents.append(
            {
                "id": claim.pk,
                "number": claim.number,
                "statement": claim.statement,
                "appearances": [_appearance(alignment) for alignment in live],
                "divergences": _divergences(claim, {alignment.appearance_id for alignment in live}),
                "origins": {"sources": claim.source_count, "independent": claim.independent_count},
            }
        )
    return documents


def _appearance(alignment: Alignment) -> dict[str, Any]:
    row = alignment.appearance
    return {
        "id": row.pk,
        **_span(row),
        "speaker": row.speaker_id,
        "source_level": row.source_level,
        "certainty": row.certainty,
        "polarity": row.polarity,
        "alignment": AlignmentDecision(alignment.decision).value,
        "score": alignment.score,
    }


def _divergences(claim: Claim, live: set[int]) -> list[dict[str, Any]]:
    documents = []
    for divergence in claim.divergences.all():
        sides = {side.appearance_id: side.value for side in divergence.sides.all() if side.appearance_id in live}
        if len(sides) >= 2:
            documents.append(
                {
                    "kind": divergence.kind,
                    "appearances": list(sides),
                    "values": list(sides.values()),
                    "decision": divergence.decision,
                }
            )
    return documents


def _notes(story: Story, *, audience: Audience) -> list[dict[str, Any]]:
    notes = Note.objects.filter(story=story, current__isnull=False).for_display().order_by("pk")
    if audience == Audience.PUBLIC:
        notes = notes.filter(state__in=PUBLIC_STATES)
    documents = []
    for note in notes:
        revision = note.current
        assert revision is not None
        documents.append(
            {
                "id": note.pk,
                "claim": note.claim_id,
                "article": note.version_id,
                "start": note.start,
                "end": note.end,
                "quote": note.quote or None,
                "state": note.state,
                "verdict": revision.verdict.code if revision.verdict else None,
                "text": revision.text,
                "not_checked": revision.not_checked or None,
                "author": revision.author.get_full_name() or revision.author.get_username(),
                "evidence": [
                    _evidence(row)
                    for row in revision.evidence.all()
                    if audience == Audience.DESK or row.visibility == EvidenceVisibility.PUBLIC
                ],
            }
        )
    return documents


def _evidence(row: Evidence) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "citation": row.citation or None,
        "url": row.url or None,
        "excerpt": row.excerpt or None,
        "primary": row.is_primary,
        "relation": row.relation,
        "visibility": row.visibility,
    }
