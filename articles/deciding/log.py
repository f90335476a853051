"""Writing one decision: the lock, the check of what the person saw, the rows it changes, the row of the log."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from articles import comparison
from articles.locks import lock
from articles.models import Alignment, ArticleVersion, Claim, Decision, Entity, Story, Verb
from articles.models.decided import Decidable

# So many stories are compared while somebody waits for a decision about a name.
MOST_AT_ONCE = 3


class StaleDecisionError(Exception):
    """Somebody decided about the same thing meanwhile. ``row`` is it as it is now."""

    def __init__(self, row: models.Model) -> None:
        super().__init__("Somebody else decided about this meanwhile.")
        self.row = row


class UnusableDecisionError(ValueError):
    """Carries the sentence that says why this cannot be decided."""


class Change:
    """The rows one decision changes and makes, remembered so that it can be taken back."""

    def __init__(self, *, story: Story | None, by: User, verb: Verb, reason: str, at: datetime | None = None) -> None:
        self.by, self.at, self.story = by, at or timezone.now(), story
        self.decision = Decision(story=story, verb=verb, by=by, at=self.at, reason=reason)
        self._rows: list[dict[str, Any]] = []
        self._made: list[dict[str, Any]] = []
        self._pointed: list[dict[str, Any]] = []
        self._stood: dict[int, list[tuple[int, int, int]]] = {}
        self._reworded: dict[int, tuple[str, str]] = {}
        # Where claims are to be looked for, when that is not where they stand.
        self.look_at: dict[int, list[tuple[int, int, int]]] = {}

    def update(self, row: models.Model, **fields: Any) -> None:
        """Changes a row and remembers what it was. Its revision moves on, where it has one."""
        self._rows.append(
            {
                "model": row._meta.label,
                "pk": row.pk,
                "before": {_column(row, name): row.serializable_value(name) for name in fields},
                "revision": row.revision + 1 if hasattr(row, "revision") else None,
            }
        )
        for name, value in fields.items():
            setattr(row, name, value)
        if hasattr(row, "revision"):
            row.revision += 1
            fields = {**fields, "revision": None}
        row.save(update_fields=list(fields))

    def reword(self, claim: Claim, statement: str) -> None:
        """Says a claim in other words of its sources. Nobody decided these, so they stand in no one's way: taking back
        restores the old ones only where the new ones still stand."""
        self._reworded[claim.pk] = (claim.statement, statement)
        claim.statement = statement
        claim.save(update_fields=["statement"])

    def point(self, model: type[models.Model], field: str, keys: list[int], rows_from: int) -> None:
        """Remembers that many rows, machine's work, were pointed away from row ``rows_from`` at once."""
        self._pointed.append({"model": model._meta.label, "field": field, "keys": keys, "from": rows_from})

    def make(self, row: models.Model) -> None:
        """Stores a new row, to be taken away when the decision is taken back."""
        row.save()
        self._made.append({"model": row._meta.label, "pk": row.pk, "revision": getattr(row, "revision", None)})

    def at_span(self, version: ArticleVersion, start: int, end: int) -> None:
        """Where the decision applies."""
        self.decision.version, self.decision.start, self.decision.end = version, start, end
        self.decision.quote = version.text[start:end]

    def about(
        self,
        *,
        claim: Claim | None = None,
        other_claim: Claim | None = None,
        entity: Entity | None = None,
        other_entity: Entity | None = None,
    ) -> None:
        """Which claims or entities it concerns. Call it before changing them: taking back needs where they stood."""
        for each in (claim, other_claim):
            self._refuse_merged(each)
        self.decision.claim, self.decision.other_claim = claim, other_claim
        for each in (claim, other_claim):
            if each and each.pk not in self._stood:
                rows = Alignment.objects.filter(claim=each).live()
                spans = rows.values_list("appearance__version", "appearance__start", "appearance__end")
                self._stood[each.pk] = list(spans)
        self.decision.entity, self.decision.other_entity = entity, other_entity

    def _refuse_merged(self, claim: Claim | None) -> None:
        if claim is None or self.decision.verb == Verb.UNDO:
            return
        into = Claim.objects.filter(merged__pk=claim.pk).values_list("number", flat=True).first()
        if into is not None:
            raise UnusableDecisionError(
                f"Claim {claim.number} has been merged into claim {into}: decide about that one."
            )

    def judging(self, *, method: str, score: float | None = None, proposed: str = "", decided: str = "") -> None:
        """Whose suggestion it judges, and what was proposed against what was decided."""
        self.decision.method, self.decision.score = method, score
        self.decision.proposed, self.decision.decided = proposed, decided

    def finish(self) -> Decision:
        self.decision.before = {
            "rows": self._rows,
            "made": self._made,
            "pointed": self._pointed,
            "stood": self._stood,
            "reworded": self._reworded,
        }
        self.decision.save()
        return self.decision


def _column(row: models.Model, name: str) -> str:
    field = row._meta.get_field(name)
    assert isinstance(field, models.Field)
    return field.attname


@contextmanager
def deciding(
    *, story: Story | None, by: User, verb: Verb, reason: str = "", touching: Collection[int] = ()
) -> Iterator[Change]:
    """One decision as one transaction: under the story's lock, logged, and the story compared again at its end.

    A decision that belongs to no story names the keys of those it is ``touching``. The latest of them are compared
    again as well; the others say that they are not compared yet, so that nobody waits for a hundred stories.
    """
    with transaction.atomic():
        now = set(touching if len(touching) <= MOST_AT_ONCE else sorted(touching)[-MOST_AT_ONCE:])
        if story is not None:
            now.add(story.pk)
        for key in sorted(now):
            lock("story", key)
        change = Change(story=story, by=by, verb=verb, reason=reason)
        yield change
        change.finish()
        for each in Story.objects.filter(pk__in=now).order_by("pk"):
            comparison.compare(story=each, stood=change.look_at)
        Story.objects.filter(pk__in=set(touching) - now).update(is_compared=False, changed_at=change.at)


@contextmanager
def deciding_parts(*, story: Story, by: User, reason: str = "") -> Iterator[Callable[[Verb], Change]]:
    """Several decisions of one person at once: a row of the log for each, and the story compared once, at the end.

    Yields what begins one of them. They are logged in the order in which they were begun, all with one time: by it
    they are known to belong together.
    """
    with transaction.atomic():
        lock("story", story.pk)
        now = timezone.now()
        parts: list[Change] = []

        def begin(verb: Verb) -> Change:
            # Each finds the ones before it in the log already.
            if parts:
                parts[-1].finish()
            parts.append(Change(story=story, by=by, verb=verb, reason=reason, at=now))
            return parts[-1]

        yield begin
        if not parts:
            return
        parts[-1].finish()
        stood: dict[int, list[tuple[int, int, int]]] = {}
        for part in parts:
            stood |= part.look_at
        comparison.compare(story=Story.objects.get(pk=story.pk), stood=stood)


def fresh[Row: Decidable](row: Row, *, expected: int) -> Row:
    """``row`` read again and held for writing.

    Raises:
        StaleDecisionError: when its revision is not ``expected``, or the row is gone.
    """
    here = type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if here is None or here.revision != expected:
        raise StaleDecisionError(here or row)
    return here
