"""The log of everything people decided about the machine's suggestions: append-only, with exact spans."""

from typing import NamedTuple, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from articles.models.choices import is_one_of
from articles.models.claims import Certainty, Claim, DivergenceKind, SourceLevel
from articles.models.findings import Entity, EntityKind
from articles.models.sources import ArticleVersion, Story


class Verb(models.TextChoices):
    """What was decided. The words are those of the log shown to people."""

    CONFIRM = "confirm", "confirmed"
    REJECT = "reject", "rejected"
    UNSURE = "unsure", "marked unsure"
    MOVE = "move", "moved"
    SPLIT = "split", "split off"
    MERGE = "merge", "merged"
    NEW_CLAIM = "new_claim", "made a claim of"
    EDIT_STATEMENT = "edit_statement", "reworded"
    EDIT_SPAN = "edit_span", "changed the passage of"
    EDIT_SPEAKER = "edit_speaker", "changed the speaker of"
    EDIT_CERTAINTY = "edit_certainty", "changed the certainty of"
    EDIT_SOURCE_LEVEL = "edit_source_level", "changed the source level of"
    CONFIRM_DIVERGENCE = "confirm_divergence", "confirmed the difference in"
    REJECT_DIVERGENCE = "reject_divergence", "rejected the difference in"
    UNSURE_DIVERGENCE = "unsure_divergence", "was unsure of the difference in"
    RENAME_ENTITY = "rename_entity", "renamed"
    RETYPE_ENTITY = "retype_entity", "changed the kind of"
    MERGE_ENTITIES = "merge_entities", "merged the names"
    SPLIT_ENTITY = "split_entity", "told apart"
    ADD_ALIAS = "add_alias", "gave another name to"
    NOT_A_QUOTATION = "not_a_quotation", "rejected as a quotation"
    NOT_SHARED = "not_shared", "rejected as shared copy"
    SAME_ORIGIN = "same_origin", "named one origin for"
    OWN_ORIGIN = "own_origin", "named independent origins for"
    UNDO = "undo", "took back"


# Of what is chosen from a list the log holds the value.
_CHOICES: dict[str, type[models.TextChoices]] = {
    Verb.EDIT_CERTAINTY: Certainty,
    Verb.EDIT_SOURCE_LEVEL: SourceLevel,
    Verb.RETYPE_ENTITY: EntityKind,
}
_MARKS = frozenset('“”„"«»')


class WordChange(NamedTuple):
    """What something was called before a decision, and after it."""

    before: str
    after: str


class DecisionQuerySet(models.QuerySet["Decision"]):
    def about_names(self) -> Self:
        """What was decided about names: it holds in all stories, so it belongs to none."""
        return self.filter(story=None)

    def taken_with(self, decision: "Decision") -> Self:
        """``decision`` and what the same person decided at once with it, as far as it stands."""
        together = Q(story=decision.story_id, by=decision.by_id, at=decision.at) & ~Q(verb=Verb.UNDO)
        return self.filter(Q(pk=decision.pk) | together & Q(undone_by__isnull=True))


class Decision(models.Model):
    """One decision of one person. A trigger refuses every change and removal; taking back is a decision of its own.

    The span is where the decision applies: it holds for any later suggestion of the same kind whose span overlaps it by
    half in the same version. ``before`` is what undoing restores.
    """

    story = models.ForeignKey(Story, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    verb = models.CharField(max_length=20, choices=Verb)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    version = models.ForeignKey(
        ArticleVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    quote = models.TextField(blank=True)
    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    other_claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    entity = models.ForeignKey(Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    other_entity = models.ForeignKey(Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Which suggester's work was judged, and what it had proposed against what was decided, in words.
    method = models.CharField(max_length=60, blank=True)
    score = models.FloatField(null=True, blank=True)
    proposed = models.TextField(blank=True)
    decided = models.TextField(blank=True)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            is_one_of("verb", Verb, name="verb_known"),
            models.CheckConstraint(
                condition=Q(version__isnull=True, start__isnull=True, end__isnull=True, quote="")
                | Q(version__isnull=False, start__gte=0, end__gt=F("start")) & ~Q(quote=""),
                name="%(app_label)s_%(class)s_span_whole",
            ),
            models.CheckConstraint(
                condition=Q(verb="undo", undoes__isnull=False) | (~Q(verb="undo") & Q(undoes__isnull=True)),
                name="%(app_label)s_%(class)s_undo_names_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.get_verb_display()} ({self.at:%Y-%m-%d})"

    @property
    def act(self) -> "Decision":
        """What was done: itself, or what it took back. Both are about the same claims, names and words of a text."""
        return self.undoes or self

    @property
    def words(self) -> str:
        """The words of the text it is about, without quotation marks around all of them, which the page adds, and what
        a text sets before them when its sentence goes on."""
        words = self.quote.strip()
        if words[:1] in _MARKS and words[-1:] in _MARKS:
            words = words[1:-1]
        return words.rstrip(",;: ")

    @property
    def change(self) -> WordChange | None:
        """What was proposed and what was decided instead, in words; None where one of them is nothing, or both are one.

        Of passages that changed their claim the claims tell it.
        """
        if not self.proposed or not self.decided or self.proposed == self.decided or self.verb == Verb.MOVE:
            return None
        choices = _CHOICES.get(self.verb)
        if choices is None:
            return WordChange(self.proposed, self.decided)
        labels = {value: label.lower() for value, label in choices.choices}
        return WordChange(labels.get(self.proposed, self.proposed), labels.get(self.decided, self.decided))

    @property
    def is_regrouping(self) -> bool:
        """Whether passages changed their claim: two claims belong to it, and which is which is what it says."""
        return self.verb in {Verb.MOVE, Verb.SPLIT, Verb.MERGE}

    @property
    def difference(self) -> str:
        """What sources were found to differ in, where that was judged: the words of one of them do not tell it."""
        judged, _, kind = self.method.partition(": ")
        return DivergenceKind(kind).topic if judged == "divergence" and kind in DivergenceKind else ""

    @property
    def leads_back_to(self) -> int | None:
        """The claim that may be gone on with once this is taken back, 0 for one that is gone then.

        None where that is always the claim at which it was taken back.
        """
        if self.verb == Verb.NEW_CLAIM:
            return 0
        return self.claim_id if self.is_regrouping else None
