"""Compares the articles of a story as a whole and writes what was found, keeping everything people did.

The comparison runs under the story's lock. It replaces only what the machine made and nobody touched: a claim keeps its
number and row when the new comparison finds it again, and one that people wrote about stays even when it is not found
(retired). See docs/decisions for why a story is compared as a whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from articles.analysis import types as found
from articles.analysis.article import analyse_article
from articles.analysis.story import compare_story
from articles.analysis.text import fold
from articles.locks import lock
from articles.models import (
    Alignment,
    Appearance,
    Article,
    ArticleRole,
    ArticleVersion,
    Claim,
    ClaimState,
    Divergence,
    DivergenceDecision,
    DivergenceSide,
    Entity,
    Mention,
    Origin,
    PublishedGranularity,
    Quotation,
    SharedPassage,
    Story,
)

type SpanKey = tuple[int, int, int]  # version, start, end


@dataclass(slots=True)
class _Former:
    """A claim of the last comparison and where it stood, for finding it again."""

    claim: Claim
    is_touched: bool
    spans: list[tuple[ArticleVersion, int, int, str]]


def compare(*, story: Story) -> None:
    """Compares the current versions of ``story`` and stores entities, claims, divergences and shared copy.

    Atomic, and alone at work on its story; two at once run one after the other.
    """
    with transaction.atomic():
        lock("story", story.pk)
        articles = list(Article.objects.filter(story=story, current_version__isnull=False).with_text().in_order())
        analyses = {article.pk: _analysis(article) for article in articles}
        result = compare_story(
            [
                found.StoryArticle(
                    key=article.pk,
                    outlet=article.name,
                    analysis=analyses[article.pk],
                    published_at=article.published_at,
                    byline=article.byline,
                    role=article.role,
                )
                for article in articles
            ]
        )
        versions = {article.pk: _current(article) for article in articles}
        named_before = set(Mention.objects.filter(version__article__story=story).values_list("entity_id", flat=True))
        entities = _store_entities(result, analyses, versions)
        _store_claims(story, result, articles, versions, entities)
        _store_shared(story, result, versions)
        _forget_unnamed(named_before)
        story.revision += 1
        story.is_compared = True
        story.changed_at = timezone.now()
        story.save(update_fields=["revision", "is_compared", "changed_at"])


def _current(article: Article) -> ArticleVersion:
    assert article.current_version is not None
    return article.current_version


def _analysis(article: Article) -> found.ArticleAnalysis:
    day = article.published_at.date() if article.published_granularity != PublishedGranularity.UNKNOWN else None  # type: ignore[union-attr]
    return _analyse(_current(article).text, day.toordinal() if day else 0)


@lru_cache(maxsize=64)
def _analyse(text: str, ordinal: int) -> found.ArticleAnalysis:
    """Pure and repeated: every article that joins a story needs all the others' analyses again."""
    return analyse_article(text, published=date.fromordinal(ordinal) if ordinal else None)


# --- Entities -----------------------------------------------------------------------------------------------------


def _store_entities(
    result: found.StoryAnalysis,
    analyses: dict[int, found.ArticleAnalysis],
    versions: dict[int, ArticleVersion],
) -> list[Entity]:
    """Makes or finds the entity rows, points mentions and speakers at them; returns one row for each story entity."""
    rows = _entity_rows(result.entities)
    local: dict[tuple[int, int], Entity] = {}
    for story_entity, row in zip(result.entities, rows, strict=True):
        for member in story_entity.members:
            local[member] = row
    stored: dict[int, dict[tuple[int, int], Mention]] = defaultdict(dict)
    for mention in Mention.objects.filter(version__in=versions.values()):
        stored[mention.version_id][mention.start, mention.end] = mention
    fresh, moved = [], []
    for key, analysis in analyses.items():
        version = versions[key]
        for seen in analysis.mentions:
            entity = local[key, seen.entity]
            known = stored[version.pk].pop((seen.span.start, seen.span.end), None)
            if known is None:
                fresh.append(
                    Mention(
                        version=version,
                        start=seen.span.start,
                        end=seen.span.end,
                        quote=analysis.text[seen.span.start : seen.span.end],
                        entity=entity,
                        is_inferred=seen.is_inferred,
                    )
                )
            elif known.entity_id != entity.pk or known.is_inferred != seen.is_inferred:
                known.entity, known.is_inferred = entity, seen.is_inferred
                moved.append(known)
    Mention.objects.filter(pk__in=[left.pk for rest in stored.values() for left in rest.values()]).delete()
    Mention.objects.bulk_create(fresh)
    Mention.objects.bulk_update(moved, ["entity", "is_inferred"], batch_size=500)
    _point_speakers(analyses, versions, local)
    return rows


def _entity_rows(entities: Sequence[found.StoryEntity]) -> list[Entity]:
    keys = [(fold(entity.name)[:200], entity.kind) for entity in entities]
    wanted = {
        key: Entity(name=entity.name[:200], folded_name=key[0], kind=entity.kind, aliases=_aliases(entity))
        for key, entity in zip(keys, entities, strict=True)
    }
    Entity.objects.bulk_create(wanted.values(), ignore_conflicts=True)
    rows = {
        (row.folded_name, row.kind): row for row in Entity.objects.filter(folded_name__in=[key[0] for key in wanted])
    }
    grown = []
    for key, entity in zip(keys, entities, strict=True):
        row = rows[key]
        new = [alias for alias in _aliases(entity) if alias not in row.aliases]
        if new:
            row.aliases = [*row.aliases, *new]
            grown.append(row)
    Entity.objects.bulk_update(grown, ["aliases"])
    return [rows[key] for key in keys]


def _aliases(entity: found.StoryEntity) -> list[str]:
    return [alias[:200] for alias in entity.aliases]


def _point_speakers(
    analyses: dict[int, found.ArticleAnalysis],
    versions: dict[int, ArticleVersion],
    local: dict[tuple[int, int], Entity],
) -> None:
    speakers = {
        (versions[key].pk, quotation.span.start, quotation.span.end): local[key, quotation.entity]
        for key, analysis in analyses.items()
        for quotation in analysis.quotations
        if quotation.entity is not None
    }
    moved = []
    for row in Quotation.objects.filter(version__in=versions.values()):
        speaker = speakers.get((row.version_id, row.start, row.end))
        if row.speaker_id != (speaker.pk if speaker else None):
            row.speaker = speaker
            moved.append(row)
    Quotation.objects.bulk_update(moved, ["speaker"], batch_size=500)


def _forget_unnamed(candidates: set[int]) -> None:
    """Names that no text has any more are no entities; nothing a person made points at them."""
    Entity.objects.filter(
        pk__in=candidates,
    ).filter(
        ~Exists(Mention.objects.filter(entity=OuterRef("pk"))),
        ~Exists(Quotation.objects.filter(speaker=OuterRef("pk"))),
        ~Exists(Appearance.objects.filter(speaker=OuterRef("pk"))),
    ).delete()


# --- Claims -------------------------------------------------------------------------------------------------------


def _store_claims(
    story: Story,
    result: found.StoryAnalysis,
    articles: Sequence[Article],
    versions: dict[int, ArticleVersion],
    entities: Sequence[Entity],
) -> None:
    appearances = _store_appearances(result, versions, entities)
    drafts = sorted(
        result.claims, key=lambda draft: min((a.article, a.span.start, a.span.end) for a in draft.appearances)
    )
    former = _former_claims(story)
    kept = _match(drafts, former, versions)
    sources = {article.pk for article in articles if article.role == ArticleRole.SOURCE}
    outlets = {article.pk: article.outlet_id for article in articles}

    claims: list[Claim] = []
    for position, draft in enumerate(drafts):
        old = kept.get(position)
        claim = old.claim if old else Claim(story=story, number=0)
        if not (old and old.is_touched):
            claim.statement = draft.statement
        live = [a for a in draft.appearances if a.band == "suggested" and a.article in sources]
        carriers = {outlets[a.article] for a in live}
        claim.source_count = len(carriers)
        claim.independent_count = min(
            len(carriers),
            sum(any(draft.appearances[i] in live for i in group) for group in draft.origins) or len(carriers),
        )
        claim.position = position
        claim.check_worthiness = draft.check_worthiness
        claim.is_retired = False
        claims.append(claim)
    _save_claims(story, claims)
    gone = [old for index, old in enumerate(former) if old.claim.pk not in {claim.pk for claim in claims}]
    Claim.objects.filter(pk__in=[old.claim.pk for old in gone if not old.is_touched]).delete()
    Claim.objects.filter(pk__in=[old.claim.pk for old in gone if old.is_touched]).update(is_retired=True)

    differing = _store_links(drafts, claims, appearances, versions)
    for claim in claims:
        if claim.source_count <= 1:
            claim.state = ClaimState.ONLY
        else:
            claim.state = ClaimState.DIFFERS if claim.pk in differing else ClaimState.AGREED
    Claim.objects.bulk_update(claims, ["state"], batch_size=500)
    # An appearance that no claim puts forward any more is nothing.
    Appearance.objects.filter(version__article__story=story, alignments__isnull=True).delete()


def _store_appearances(
    result: found.StoryAnalysis, versions: dict[int, ArticleVersion], entities: Sequence[Entity]
) -> dict[SpanKey, Appearance]:
    """One row for each span that puts something forward; a row that is there already keeps its identity."""
    known = {
        (row.version_id, row.start, row.end): row for row in Appearance.objects.filter(version__in=versions.values())
    }
    rows: dict[SpanKey, Appearance] = {}
    for draft in result.claims:
        for seen in draft.appearances:
            version = versions[seen.article]
            key = (version.pk, seen.span.start, seen.span.end)
            row = known.get(key) or Appearance(
                version=version,
                start=seen.span.start,
                end=seen.span.end,
                quote=version.text[seen.span.start : seen.span.end],
            )
            row.speaker = entities[seen.entity] if seen.entity is not None else None
            row.speaker_start, row.speaker_end, row.speaker_quote = _sliced(version, seen.speaker)
            row.certainty_start, row.certainty_end, row.certainty_quote = _sliced(version, seen.certainty_span)
            row.source_level, row.certainty, row.polarity = seen.source_level, seen.certainty, seen.polarity
            rows[key] = row
    Appearance.objects.bulk_create([row for row in rows.values() if row.pk is None])
    Appearance.objects.bulk_update(
        [row for key, row in rows.items() if key in known],
        [
            "speaker",
            "speaker_start",
            "speaker_end",
            "speaker_quote",
            "certainty_start",
            "certainty_end",
            "certainty_quote",
            "source_level",
            "certainty",
            "polarity",
        ],
        batch_size=500,
    )
    return rows


def _sliced(version: ArticleVersion, span: found.Span | None) -> tuple[int | None, int | None, str]:
    return (span.start, span.end, version.text[span.start : span.end]) if span else (None, None, "")


def _former_claims(story: Story) -> list[_Former]:
    claims = {claim.pk: claim for claim in Claim.objects.filter(story=story)}
    untouched = set(Claim.objects.filter(story=story).untouched().values_list("pk", flat=True))
    former = {pk: _Former(claim, pk not in untouched, []) for pk, claim in claims.items()}
    for alignment in Alignment.objects.filter(claim__story=story).live().select_related("appearance__version"):
        row = alignment.appearance
        former[alignment.claim_id].spans.append((row.version, row.start, row.end, row.quote))
    # What people touched is found again first; among equals the older number.
    return sorted(former.values(), key=lambda old: (not old.is_touched, old.claim.number))


def _match(
    drafts: Sequence[found.Claim], former: Sequence[_Former], versions: dict[int, ArticleVersion]
) -> dict[int, _Former]:
    """Which draft is which former claim: one to one, by the spans they have in common.

    Spans of the same version count when they share half of the shorter one; across two versions of one article the
    same words count.
    """
    at: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    said: dict[tuple[int, str], set[int]] = defaultdict(set)
    for index, draft in enumerate(drafts):
        for seen in draft.appearances:
            version = versions[seen.article]
            at[version.pk].append((seen.span.start, seen.span.end, index))
            said[seen.article, version.text[seen.span.start : seen.span.end]].add(index)
    candidates = []
    for order, old in enumerate(former):
        shared: dict[int, float] = defaultdict(float)
        for version, start, end, quote in old.spans:
            if version.pk in at:
                for low, high, index in at[version.pk]:
                    common = min(end, high) - max(start, low)
                    if common > 0 and 2 * common >= min(end - start, high - low):
                        shared[index] += common / max(end - start, high - low)
            else:
                for index in said.get((version.article_id, quote), ()):
                    shared[index] += 1.0
        candidates += [(not old.is_touched, -weight, order, index) for index, weight in shared.items()]
    kept: dict[int, _Former] = {}
    taken: set[int] = set()
    for _, _, order, index in sorted(candidates):
        if index not in kept and order not in taken:
            kept[index] = former[order]
            taken.add(order)
    return kept


def _save_claims(story: Story, claims: Sequence[Claim]) -> None:
    fresh = [claim for claim in claims if claim.pk is None]
    for claim in fresh:
        story.last_claim_number += 1
        claim.number = story.last_claim_number
    story.save(update_fields=["last_claim_number"])
    Claim.objects.bulk_update(
        [claim for claim in claims if claim.pk is not None],
        ["statement", "source_count", "independent_count", "position", "check_worthiness", "is_retired"],
        batch_size=500,
    )
    Claim.objects.bulk_create(fresh)


def _store_links(
    drafts: Sequence[found.Claim],
    claims: Sequence[Claim],
    appearances: dict[SpanKey, Appearance],
    versions: dict[int, ArticleVersion],
) -> set[int]:
    """Alignments, divergences and origins of every claim: the decided ones stay, the machine's are made anew.

    Returns the keys of the claims whose sources part.
    """
    Origin.objects.filter(claim__in=claims).delete()
    Divergence.objects.filter(claim__in=claims, decided_by__isnull=True).delete()
    decided = {(row.claim_id, row.kind): row.decision for row in Divergence.objects.filter(claim__in=claims)}
    differing = {claim for (claim, _), decision in decided.items() if decision != DivergenceDecision.REJECTED}
    known = {(row.appearance_id, row.claim_id): row for row in Alignment.objects.filter(claim__in=claims)}

    origins, alignments, changed, divergences, sides = [], [], [], [], []
    for draft, claim in zip(drafts, claims, strict=True):
        rows = [appearances[versions[a.article].pk, a.span.start, a.span.end] for a in draft.appearances]
        origin_of: dict[int, Origin] = {}
        for number, group in enumerate(draft.origins, start=1):
            reason = draft.origin_reasons[number - 1] if number <= len(draft.origin_reasons) else ""
            origin = Origin(claim=claim, number=number, reason=reason)
            origins.append(origin)
            origin_of.update(dict.fromkeys(group, origin))
        for index, (row, seen) in enumerate(zip(rows, draft.appearances, strict=True)):
            alignment = known.pop((row.pk, claim.pk), None)
            if alignment is None:
                alignment = Alignment(appearance=row, claim=claim, decision=seen.band)
                alignments.append(alignment)
            else:
                changed.append(alignment)
            alignment.method, alignment.score, alignment.origin = seen.method, seen.score, origin_of.get(index)
            if alignment.decided_by_id is None:
                alignment.decision = seen.band
        for parting in draft.divergences:
            if (claim.pk, parting.kind) in decided:
                continue
            differing.add(claim.pk)
            divergence = Divergence(claim=claim, kind=parting.kind, reason=parting.reason)
            divergences.append(divergence)
            for side in parting.sides:
                version = versions[draft.appearances[side.appearance].article]
                sides.append(
                    DivergenceSide(
                        divergence=divergence,
                        appearance=rows[side.appearance],
                        version=version,
                        start=side.span.start,
                        end=side.span.end,
                        quote=version.text[side.span.start : side.span.end],
                        value=side.value,
                    )
                )
    stale = [row.pk for row in known.values() if row.decided_by_id is None]
    Alignment.objects.filter(pk__in=stale).delete()
    Origin.objects.bulk_create(origins)
    Alignment.objects.bulk_create(alignments)
    Alignment.objects.bulk_update(changed, ["method", "score", "origin", "decision"], batch_size=500)
    Divergence.objects.bulk_create(divergences)
    DivergenceSide.objects.bulk_create(sides)
    return differing


# --- Shared copy --------------------------------------------------------------------------------------------------


def _store_shared(story: Story, result: found.StoryAnalysis, versions: dict[int, ArticleVersion]) -> None:
    SharedPassage.objects.filter(story=story).delete()
    SharedPassage.objects.bulk_create(_shared_rows(story, result.shared, versions))


def _shared_rows(
    story: Story, passages: Iterable[found.SharedPassage], versions: dict[int, ArticleVersion]
) -> list[SharedPassage]:
    rows = []
    for passage in passages:
        left, right = versions[passage.left], versions[passage.right]
        low, high = passage.left_span, passage.right_span
        rows.append(
            SharedPassage(
                story=story,
                left=left,
                left_start=low.start,
                left_end=low.end,
                left_quote=left.text[low.start : low.end],
                right=right,
                right_start=high.start,
                right_end=high.end,
                right_quote=right.text[high.start : high.end],
                token_count=passage.tokens,
                band=passage.band,
            )
        )
    return rows
