"""Stores who and what is named in a story: entities across all stories, and the mentions in its texts.

A name and kind as the machine finds them are a *key*; people rename, retype, merge and split the entities behind the
keys, so the next run finds their entities again.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Exists, OuterRef

from articles.analysis import types as found
from articles.analysis.text import fold
from articles.locks import lock
from articles.models import Appearance, ArticleVersion, Entity, EntityKey, Mention, Quotation, Story

type Key = tuple[str, str]  # folded name, kind


def store_entities(
    result: found.StoryAnalysis,
    analyses: Mapping[int, found.ArticleAnalysis],
    versions: Mapping[int, ArticleVersion],
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
            elif known.is_decided:
                continue
            elif known.entity_id != entity.pk or known.is_inferred != seen.is_inferred:
                known.entity, known.is_inferred = entity, seen.is_inferred
                moved.append(known)
    gone = [row.pk for rest in stored.values() for row in rest.values() if not row.is_decided]
    Mention.objects.filter(pk__in=gone).delete()
    Mention.objects.bulk_create(fresh)
    Mention.objects.bulk_update(moved, ["entity", "is_inferred"], batch_size=500)
    _point_speakers(analyses, versions, local)
    return rows


def _entity_rows(entities: Sequence[found.StoryEntity]) -> list[Entity]:
    keys: list[Key] = [(fold(entity.name)[:200], entity.kind) for entity in entities]
    rows = _known(keys)
    decided = Entity.objects.in_bulk({entity.identity for entity in entities if entity.identity is not None})
    missing = {
        key: entity for key, entity in zip(keys, entities, strict=True) if key not in rows and entity.identity is None
    }
    if missing:
        # Two stories may meet the same new name at once.
        lock("entities")
        rows |= _known(list(missing))
        fresh = {
            key: Entity(name=entity.name[:200], kind=entity.kind) for key, entity in missing.items() if key not in rows
        }
        Entity.objects.bulk_create(fresh.values())
        EntityKey.objects.bulk_create(
            EntityKey(folded_name=name, kind=kind, entity=row) for (name, kind), row in fresh.items()
        )
        rows |= fresh
    decided |= {row.pk: row for row in rows.values()}
    chosen = [
        rows[key] if entity.identity is None else decided[entity.identity]
        for key, entity in zip(keys, entities, strict=True)
    ]
    grown = {}
    for row, entity in zip(chosen, entities, strict=True):
        aliases = row.aliases_with(*(alias[:200] for alias in entity.aliases))
        if aliases != row.aliases:
            row.aliases = aliases
            grown[row.pk] = row
    Entity.objects.bulk_update(grown.values(), ["aliases"])
    return chosen


def _known(keys: Sequence[Key]) -> dict[Key, Entity]:
    found_keys = EntityKey.objects.filter(folded_name__in=[name for name, _ in keys]).select_related("entity")
    # One object for each row, however many keys lead to it.
    rows: dict[int, Entity] = {}
    return {(key.folded_name, key.kind): rows.setdefault(key.entity_id, key.entity) for key in found_keys}


def _point_speakers(
    analyses: Mapping[int, found.ArticleAnalysis],
    versions: Mapping[int, ArticleVersion],
    local: Mapping[tuple[int, int], Entity],
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


def named_entities(story: Story) -> set[int]:
    """The entities the story's texts name, by key."""
    return set(Mention.objects.filter(version__article__story=story).values_list("entity_id", flat=True))


def forget_unnamed(candidates: set[int]) -> None:
    """Removes those of ``candidates`` that no text names any more and nobody decided anything about."""
    Entity.objects.filter(pk__in=candidates, revision=0, decisions__isnull=True, merged_into__isnull=True).filter(
        ~Exists(Mention.objects.filter(entity=OuterRef("pk"))),
        ~Exists(Quotation.objects.filter(speaker=OuterRef("pk"))),
        ~Exists(Appearance.objects.filter(speaker=OuterRef("pk"))),
    ).delete()
