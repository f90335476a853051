"""Taking a decision back: what it changed is as before, and the log holds both."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from articles.carrying import carried_copies
from articles.copies import refresh_fingerprints
from articles.deciding.log import Change, StaleDecisionError, UnusableDecisionError, deciding, deciding_parts
from articles.models import Alignment, Appearance, Claim, Decision, Entity, Mention, Verb


def undo(*, decision: Decision, by: User, reason: str = "") -> Decision:
    """Takes ``decision`` back. Undoing an undo is deciding anew.

    Raises:
        StaleDecisionError: when something it changed was decided about again since; take that back first.
        UnusableDecisionError: when it was taken back already, is itself an undo, or work rests on what it made.
    """
    touching = _parted(decision)
    with deciding(story=decision.story, by=by, verb=Verb.UNDO, reason=reason, touching=touching) as change:
        _take_back(change, decision)
    return change.decision


def undo_several(*, decisions: Sequence[Decision], by: User, reason: str = "") -> list[Decision]:
    """Takes decisions on one story back that were taken at once: all or none, the story compared once.

    Raises:
        StaleDecisionError: when something they changed was decided about again since.
        UnusableDecisionError: as for :func:`undo`, or when there are none or they are not of one story.
    """
    stories = {decision.story for decision in decisions}
    story = stories.pop() if len(stories) == 1 else None
    if story is None:
        raise UnusableDecisionError("These were not decided together.")
    with deciding_parts(story=story, by=by, reason=reason) as begin:
        newest_first = sorted(decisions, key=lambda decision: -decision.pk)
        changes = [_take_back(begin(Verb.UNDO), decision) for decision in newest_first]
    return [change.decision for change in changes]


def _take_back(change: Change, decision: Decision) -> Change:
    # Two at once: the second waits for the story's lock, or breaks on the log's one undo for each decision.
    here = Decision.objects.get(pk=decision.pk)
    if here.verb == Verb.UNDO:
        raise UnusableDecisionError("This took something back; decide anew instead.")
    if Decision.objects.filter(undoes=here).exists():
        raise UnusableDecisionError("This was taken back already.")
    change.decision.undoes = here
    change.decision.version, change.decision.start, change.decision.end = here.version, here.start, here.end
    change.decision.quote = here.quote
    change.about(claim=here.claim, other_claim=here.other_claim, entity=here.entity, other_entity=here.other_entity)
    change.judging(method=here.method, proposed=here.decided, decided=here.proposed)
    for made in reversed(here.before["made"]):
        _take_away(change, here, made)
    for changed in reversed(here.before["rows"]):
        _restore(change, here, changed)
    for pk, (before, after) in here.before.get("reworded", {}).items():
        Claim.objects.filter(pk=pk, statement=after, statement_by=None).update(statement=before)
    change.look_at = {int(pk): spans for pk, spans in here.before.get("stood", {}).items()}
    for pointed in here.before.get("pointed", []):
        rows = _model(pointed["model"])._default_manager.filter(pk__in=pointed["keys"])
        rows.update(**{f"{pointed['field']}_id": pointed["from"]})
    if here.verb == Verb.NOT_A_QUOTATION and here.version:
        refresh_fingerprints(here.version)
    return change


def _parted(decision: Decision) -> set[int]:
    """The keys of the stories that name both of those whom taking ``decision`` back parts or joins."""
    if decision.verb == Verb.SPLIT_ENTITY:
        label = Mention._meta.label
        parted = [row["pk"] for row in decision.before["rows"] if row["model"] == label]
        return set(Mention.objects.filter(pk__in=parted).values_list("version__article__story", flat=True))
    if decision.verb != Verb.MERGE_ENTITIES or decision.other_entity is None:
        return set()
    given = [
        key
        for pointed in decision.before.get("pointed", [])
        if pointed["model"] == Mention._meta.label
        for key in pointed["keys"]
    ]
    names = Mention.objects.filter(version__current_of__isnull=False)
    stories = [
        set(rows.values_list("version__article__story", flat=True))
        for rows in (names.filter(pk__in=given), names.filter(entity=decision.other_entity).exclude(pk__in=given))
    ]
    return stories[0] & stories[1]


def _model(label: str) -> type[models.Model]:
    return apps.get_model(label)


def _stands_otherwise(row: models.Model, here: Decision, remembered: dict[str, Any]) -> bool:
    """Whether ``row`` changed since ``here``, other than by decisions that were taken back in their turn."""
    then = remembered.get("revision")
    if then is None or row.revision == then:  # type: ignore[attr-defined]  # remembered of rows that have one
        return False
    about = {"model": row._meta.label, "pk": row.pk}
    since = Decision.objects.filter(Q(before__contains={"rows": [about]}), pk__gt=here.pk)
    kept = since.filter(undone_by__isnull=True).exclude(verb=Verb.UNDO, undoes__pk__gt=here.pk)
    moves = sum(each["model"] == about["model"] and each["pk"] == row.pk for d in since for each in d.before["rows"])
    return kept.exists() or row.revision - then != moves  # type: ignore[attr-defined]  # as above


def _restore(change: Change, here: Decision, changed: dict[str, Any]) -> None:
    model = _model(changed["model"])
    row = model._default_manager.select_for_update(of=("self",)).filter(pk=changed["pk"]).first()
    if row is None:
        raise UnusableDecisionError("The text it was about has a newer version; decide about that one.")
    if _stands_otherwise(row, here, changed):
        raise StaleDecisionError(row)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    before = {name: fields[name].to_python(value) for name, value in changed["before"].items()}
    # Of a passage on another text only that a person set it is taken back: where its words stand, a comparison finds.
    there = {"edited": before["edited"]} if isinstance(row, Appearance) and "edited" in before else before
    for copy in list(carried_copies(row)):
        change.update(copy, **there)
    change.update(row, **before)


def _take_away(change: Change, here: Decision, made: dict[str, Any]) -> None:
    model = _model(made["model"])
    row = model._default_manager.filter(pk=made["pk"]).first()
    if row is None:
        return
    if _stands_otherwise(row, here, made):
        raise StaleDecisionError(row)
    if isinstance(row, Claim):
        _refuse_used(row, here)
        # Its number is never given again, and the log speaks of it.
        Alignment.objects.filter(claim=row).delete()
        change.update(row, is_retired=True)
    elif isinstance(row, Appearance):
        ours = {each["pk"] for each in here.before["made"] if each["model"] == Alignment._meta.label}
        others = row.alignments.filter(decided_by__isnull=False).exclude(pk__in=ours)
        if row.edited or others.exists() or row.sides.filter(divergence__decided_by__isnull=False).exists():
            raise StaleDecisionError(row)
        row.delete()
    elif isinstance(row, Entity):
        return
    else:
        row.delete()


def _refuse_used(claim: Claim, here: Decision) -> None:
    """A claim that people went on working with is not taken away under them."""
    if claim.note_count:
        raise UnusableDecisionError(f"There are notes on claim {claim.number}: it stays.")
    about = Decision.objects.filter(Q(claim=claim) | Q(other_claim=claim), undone_by__isnull=True)
    if about.exclude(pk=here.pk).exclude(verb=Verb.UNDO).exists():
        raise StaleDecisionError(claim)
