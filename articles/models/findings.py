"""What the machine finds in one text: sentences, entities and their mentions, quotations, quantities."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from articles.models.choices import is_one_of
from articles.models.decided import Decidable, Decided, decided_by_a_person
from articles.models.search import JoinedWords, StoredVector, search_words
from articles.models.spans import Span, span_in_order


class SentenceKind(models.TextChoices):
    HEADLINE = "headline", "Headline"
    BODY = "body", "Body"
    DATELINE = "dateline", "Dateline"
    CREDIT = "credit", "Credit line"
    CORRECTION = "correction", "Correction"
    CAPTION = "caption", "Caption"
    BOILERPLATE = "boilerplate", "Boilerplate"
    TURN = "turn", "Transcript turn"


class EntityKind(models.TextChoices):
    PERSON = "person", "Person"
    ORGANISATION = "organisation", "Organisation"
    PLACE = "place", "Place"
    PRODUCT = "product", "Product"
    EVENT = "event", "Event"
    OTHER = "other", "Other"


class QuotationKind(models.TextChoices):
    DIRECT = "direct", "Direct"
    MIXED = "mixed", "Mixed"
    INDIRECT = "indirect", "Indirect"


class CueClass(models.TextChoices):
    NEUTRAL = "neutral", "Neutral"
    ASSERTIVE = "assertive", "Assertive"
    WEAK = "weak", "Weak"
    LOADED = "loaded", "Loaded"
    EVALUATIVE = "evaluative", "Evaluative"


class QuantityBound(models.TextChoices):
    EXACT = "exact", "exactly"
    AT_LEAST = "at_least", "at least"
    MORE_THAN = "more_than", "more than"
    AT_MOST = "at_most", "at most"
    LESS_THAN = "less_than", "less than"
    ABOUT = "about", "about"
    RANGE = "range", "between"
    VAGUE = "vague", "vaguely"


class FindingDecision(models.TextChoices):
    SUGGESTED = "suggested", "Found by the machine"
    REJECTED = "rejected", "Rejected"


class Sentence(Span):
    """The unit of reading, aligning and coverage; the headline is sentence 0 of paragraph 0."""

    position = models.PositiveIntegerField()
    paragraph = models.PositiveIntegerField()
    kind = models.CharField(max_length=11, choices=SentenceKind, default=SentenceKind.BODY)

    class Meta(Span.Meta):
        default_related_name = "sentences"
        ordering = ["version", "position"]
        constraints = [
            *Span.Meta.constraints,
            is_one_of("kind", SentenceKind, name="kind_known"),
            models.UniqueConstraint(fields=["version", "position"], name="%(app_label)s_%(class)s_position_once"),
        ]


class EntityQuerySet(models.QuerySet["Entity"]):
    def in_visible_stories(self) -> Self:
        """Entities that a story everybody may open names, now or in an older text. A merged one is named by none."""
        named = Mention.objects.filter(entity=models.OuterRef("pk"), version__article__story__is_hidden=False)
        return self.filter(models.Exists(named))


class Entity(Decidable):
    """A canonical person, organisation, place, product or event, across all stories."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=EntityKind)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    # The entity that people found to be the same; this row stays for the log.
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    created_at = models.DateTimeField(auto_now_add=True)
    search = StoredVector(expression=search_words("name") + search_words(JoinedWords("aliases"), weight="B"))

    objects = EntityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "entities"
        indexes = [GinIndex(fields=["search"], fastupdate=False, name="articles_entity_search")]
        constraints = [is_one_of("kind", EntityKind, name="kind_known")]

    def __str__(self) -> str:
        return self.name

    def find_standing(self) -> "Entity":
        """Whom it stands for by now: itself, or the one it was merged into, however often."""
        entity, seen = self, {self.pk}
        while entity.merged_into and entity.merged_into.pk not in seen:
            entity = entity.merged_into
            seen.add(entity.pk)
        return entity

    def aliases_with(self, *names: str) -> list[str]:
        """Its other names and ``names``, each once and never the name itself."""
        return [alias for alias in dict.fromkeys([*self.aliases, *names]) if alias != self.name]

    def is_open_to_all(self) -> bool:
        """Whether a story everybody may open names whom it stands for."""
        return Entity.objects.in_visible_stories().filter(pk=self.find_standing().pk).exists()


class EntityKey(models.Model):
    """A name and kind as the machine finds them, and the entity they stand for.

    Renaming, retyping and merging change the entity; the key stays, so the next run finds the same entity again.
    """

    folded_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=EntityKind)
    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="keys")

    class Meta:
        ordering = ["folded_name", "kind"]
        constraints = [
            is_one_of("kind", EntityKind, name="kind_known"),
            models.UniqueConstraint(fields=["folded_name", "kind"], name="%(app_label)s_%(class)s_name_once_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.folded_name} ({self.kind})"


class Mention(Span, Decidable):
    """A span that names an entity, or (inferred) describes it."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE)
    is_inferred = models.BooleanField(default=False)
    # True where a person said whom it names: the machine leaves it alone.
    is_decided = models.BooleanField(default=False)

    class Meta(Span.Meta):
        default_related_name = "mentions"
        ordering = ["version", "start"]


class Quotation(Span, Decided):
    """Somebody's words; the span is the content between the marks."""

    kind = models.CharField(max_length=8, choices=QuotationKind)
    speaker = models.ForeignKey(Entity, null=True, blank=True, on_delete=models.SET_NULL)
    speaker_start = models.PositiveIntegerField(null=True, blank=True)
    speaker_end = models.PositiveIntegerField(null=True, blank=True)
    speaker_quote = models.TextField(blank=True)
    cue_start = models.PositiveIntegerField(null=True, blank=True)
    cue_end = models.PositiveIntegerField(null=True, blank=True)
    cue_quote = models.TextField(blank=True)
    cue_class = models.CharField(max_length=10, choices=CueClass, blank=True)
    is_inferred = models.BooleanField(default=False)
    decision = models.CharField(max_length=9, choices=FindingDecision, default=FindingDecision.SUGGESTED)

    class Meta(Span.Meta):
        default_related_name = "quotations"
        ordering = ["version", "start"]
        constraints = [
            *Span.Meta.constraints,
            span_in_order("speaker_start", "speaker_end", name="speaker_in_order", optional=True),
            span_in_order("cue_start", "cue_end", name="cue_in_order", optional=True),
            is_one_of("kind", QuotationKind, name="kind_known"),
            is_one_of("decision", FindingDecision, name="decision_known"),
            decided_by_a_person(["suggested"]),
            models.CheckConstraint(
                condition=Q(cue_class__in=["", *CueClass.values]), name="%(app_label)s_%(class)s_cue_class_known"
            ),
        ]


class Quantity(Span):
    """A number, percentage, money, measure or date as an interval; null means unbounded on that side."""

    low = models.CharField(max_length=40, null=True, blank=True)  # noqa: DJ001  null = unbounded, unlike ""
    high = models.CharField(max_length=40, null=True, blank=True)  # noqa: DJ001  the same
    unit = models.CharField(max_length=24)
    bound = models.CharField(max_length=9, choices=QuantityBound)
    head = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=12, blank=True)
    granularity = models.CharField(max_length=8, blank=True)
    base_low = models.FloatField(null=True, blank=True)
    base_high = models.FloatField(null=True, blank=True)
    base_unit = models.CharField(max_length=24, blank=True)

    class Meta(Span.Meta):
        default_related_name = "quantities"
        ordering = ["version", "start"]
        verbose_name_plural = "quantities"
        constraints = [
            *Span.Meta.constraints,
            is_one_of("bound", QuantityBound, name="bound_known"),
        ]
