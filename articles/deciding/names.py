"""Decisions about who is who. They hold across all stories, so they name no story."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import models

from articles.analysis.text import fold
from articles.deciding.log import Change, UnusableDecisionError, deciding, fresh
from articles.locks import lock
from articles.models import Appearance, Decision, Entity, EntityKey, EntityKind, Mention, Quotation, Story, Verb


def rename_entity(*, entity: Entity, name: str, by: User, expected: int, reason: str = "") -> Decision:
    """Another canonical name; the former one stays as an alias.

    Raises:
        StaleDecisionError: when the entity's revision is not ``expected``.
        UnusableDecisionError: when the name is empty or too long.
    """
    name = _usable(name)
    with deciding(story=None, by=by, verb=Verb.RENAME_ENTITY, reason=reason) as change:
        row = fresh(entity, expected=expected)
        change.about(entity=row)
        change.judging(method="name", proposed=row.name, decided=name)
        aliases = [alias for alias in dict.fromkeys([*row.aliases, row.name]) if alias != name]
        change.update(row, name=name, aliases=aliases)
    return change.decision


def retype_entity(*, entity: Entity, kind: EntityKind, by: User, expected: int, reason: str = "") -> Decision:
    """A person, not a place, and the like.

    Raises:
        StaleDecisionError: when the entity's revision is not ``expected``.
    """
    with deciding(story=None, by=by, verb=Verb.RETYPE_ENTITY, reason=reason) as change:
        row = fresh(entity, expected=expected)
        change.about(entity=row)
        change.judging(method="kind", proposed=row.kind, decided=kind)
        change.update(row, kind=kind)
    return change.decision


def merge_entities(*, entity: Entity, into: Entity, by: User, expected: int, reason: str = "") -> Decision:
    """Two names for one: everything that names ``entity`` names ``into`` from now on.

    Raises:
        StaleDecisionError: when the revision of ``entity`` is not ``expected``.
        UnusableDecisionError: when they are the same, or one is merged already.
    """
    both = set(Story.objects.naming(entity).naming(into).values_list("pk", flat=True))
    with deciding(story=None, by=by, verb=Verb.MERGE_ENTITIES, reason=reason, touching=both) as change:
        lock("entities")
        gone = fresh(entity, expected=expected)
        here = Entity.objects.select_for_update(of=("self",)).get(pk=into.pk)
        if gone.pk == here.pk:
            raise UnusableDecisionError("These are the same already.")
        if gone.merged_into_id or here.merged_into_id:
            raise UnusableDecisionError("One of them has been merged already.")
        change.about(entity=gone, other_entity=here)
        change.judging(method="grouping", proposed=gone.name, decided=here.name)
        for key in EntityKey.objects.filter(entity=gone):
            change.update(key, entity=here)
        _point(change, "entity", Mention.objects.all(), away_from=gone, to=here)
        _point(change, "speaker", Quotation.objects.all(), away_from=gone, to=here)
        _point(change, "speaker", Appearance.objects.all(), away_from=gone, to=here)
        change.update(here, aliases=here.aliases_with(gone.name, *gone.aliases))
        change.update(gone, merged_into=here)
    return change.decision


def split_entity(
    *,
    entity: Entity,
    mentions: Sequence[Mention],
    name: str,
    kind: EntityKind,
    by: User,
    expected: int,
    reason: str = "",
) -> Decision:
    """Some mentions name somebody else of that name, who becomes an entity of their own.

    Raises:
        StaleDecisionError: when the entity's revision is not ``expected``.
        UnusableDecisionError: when no mention of the entity is given, or the name is unusable.
    """
    name = _usable(name)
    chosen = Mention.objects.filter(entity=entity, pk__in=[mention.pk for mention in mentions])
    where = set(chosen.values_list("version__article__story", flat=True))
    with deciding(story=None, by=by, verb=Verb.SPLIT_ENTITY, reason=reason, touching=where) as change:
        row = fresh(entity, expected=expected)
        rows = list(chosen.select_for_update(of=("self",)).select_related("version"))
        if not rows:
            raise UnusableDecisionError("Choose the places that name somebody else.")
        other = Entity(name=name, kind=kind)
        change.make(other)
        change.about(entity=row, other_entity=other)
        change.at_span(rows[0].version, rows[0].start, rows[0].end)
        change.judging(method="grouping", proposed=row.name, decided=name)
        for mention in rows:
            change.update(mention, entity=other, is_decided=True)
        change.update(row)
    return change.decision


def add_alias(*, entity: Entity, alias: str, by: User, expected: int, reason: str = "") -> Decision:
    """Another name under which the entity is found from now on.

    Raises:
        StaleDecisionError: when the entity's revision is not ``expected``.
        UnusableDecisionError: when the alias is unusable, or stands for another entity.
    """
    alias = _usable(alias)
    with deciding(story=None, by=by, verb=Verb.ADD_ALIAS, reason=reason) as change:
        lock("entities")
        row = fresh(entity, expected=expected)
        known = EntityKey.objects.filter(folded_name=fold(alias)[:200], kind=row.kind).select_related("entity").first()
        if known and known.entity_id != row.pk:
            raise UnusableDecisionError(f"“{alias}” stands for {known.entity.name}. Merge the two if they are one.")
        change.about(entity=row)
        change.judging(method="alias", decided=alias)
        # Under every kind the machine has taken the entity for: what a person calls it does not change what it finds.
        kinds = {row.kind, *EntityKey.objects.filter(entity=row).values_list("kind", flat=True)}
        taken = set(EntityKey.objects.filter(folded_name=fold(alias)[:200]).values_list("kind", flat=True))
        for kind in sorted(kinds - taken):
            change.make(EntityKey(folded_name=fold(alias)[:200], kind=kind, entity=row))
        change.update(row, aliases=row.aliases_with(alias))
    return change.decision


def _usable(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise UnusableDecisionError("Write the name.")
    if len(name) > 200:
        raise UnusableDecisionError("The name is longer than 200 characters.")
    return name


def _point(change: Change, field: str, rows: models.QuerySet, *, away_from: Entity, to: Entity) -> None:
    """Points many rows at another entity at once, remembering which they were."""
    keys = list(rows.filter(**{field: away_from}).values_list("pk", flat=True))
    change.point(rows.model, field, keys, away_from.pk)
    rows.model._default_manager.filter(pk__in=keys).update(**{field: to})
