"""Claims, where they appear, how the appearances differ, and the copy that versions share."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from articles.models.choices import is_one_of
from articles.models.decided import Decidable, Decided, decided_by_a_person
from articles.models.findings import Entity, FindingDecision
from articles.models.search import StoredVector, search_words
from articles.models.sources import Article, ArticleVersion, Story
from articles.models.spans import Span, span_in_order

# Statuses beside the verdict codes of the scale, which is data.
UNCHECKED = "unchecked"
IN_PROGRESS = "in_progress"
DISPUTED = "disputed"


class ClaimState(models.TextChoices):
    AGREED = "agreed", "Sources agree"
    DIFFERS = "differs", "Sources differ"
    ONLY = "only", "Only here"


class SourceLevel(models.TextChoices):
    NAMED = "named", "Named source"
    ROLE = "role", "Source named by role"
    UNNAMED = "unnamed", "Unnamed source"
    OUTLET = "outlet", "Another outlet"
    DOCUMENT = "document", "Document"
    NONE = "none", "Stated as fact"


class Certainty(models.TextChoices):
    CERTAIN = "CT+", "Certain"
    PROBABLE = "PR+", "Probable"
    POSSIBLE = "PS+", "Possible"
    CERTAIN_NOT = "CT-", "Certainly not"
    PROBABLE_NOT = "PR-", "Probably not"
    POSSIBLE_NOT = "PS-", "Possibly not"
    UNCOMMITTED = "Uu", "Not committed"


class Polarity(models.TextChoices):
    POSITIVE = "positive", "Asserts"
    NEGATIVE = "negative", "Denies"


class AlignmentDecision(models.TextChoices):
    SUGGESTED = "suggested", "Suggested"
    POSSIBLE = "possible", "Possible"
    CONFIRMED = "confirmed", "Confirmed"
    REJECTED = "rejected", "Rejected"
    UNSURE = "unsure", "Unsure"


# What puts a claim forward, as far as anybody has decided.
LIVE = (AlignmentDecision.SUGGESTED, AlignmentDecision.CONFIRMED)


class DivergenceDecision(models.TextChoices):
    SUGGESTED = "suggested", "Suggested"
    CONFIRMED = "confirmed", "Confirmed"
    REJECTED = "rejected", "Rejected"
    UNSURE = "unsure", "Unsure"


class DivergenceKind(models.TextChoices):
    """In the order of gravity."""

    POLARITY = "polarity", "One denies"
    QUANTITY = "quantity", "Number differs"
    ATTRIBUTION = "attribution", "Attribution differs"
    CERTAINTY = "certainty", "Certainty differs"
    QUOTE_TRUNCATED = "quote_truncated", "Quotation cut"
    QUOTE_WORDING = "quote_wording", "Wording differs"
    TIME_PLACE = "time_place", "Time or place differs"
    NAME_ROLE = "name_role", "Name or role differs"
    DIRECT_OR_PARAPHRASE = "direct_or_paraphrase", "Quoted or paraphrased"
    REPORTING_VERB = "reporting_verb", "Verb differs"

    @property
    def topic(self) -> str:
        """What it is that differs, as a sentence about the difference names it."""
        return _TOPICS.get(self.value, str(self.label).removesuffix(" differs").lower())


_TOPICS = {
    DivergenceKind.POLARITY.value: "whether it is so",
    DivergenceKind.QUOTE_TRUNCATED.value: "how much is quoted",
    DivergenceKind.DIRECT_OR_PARAPHRASE.value: "whether it is quoted",
}


class SharedBand(models.TextChoices):
    SUGGESTED = "suggested", "Shared copy"
    POSSIBLE = "possible", "Possibly shared"


class ClaimQuerySet(models.QuerySet["Claim"]):
    def standing(self) -> Self:
        """Claims the current texts put forward."""
        return self.filter(is_retired=False)

    def listed(self, *, also: int | None = None) -> Self:
        """Without those that nothing is left of but a number: taken back, or the same as another, and without notes.

        ``also`` is the number of one that is listed all the same, because the address names it.
        """
        stood = Q(merged_into=None) & models.Exists(Alignment.objects.filter(claim=models.OuterRef("pk")))
        return self.filter(Q(is_retired=False) | Q(note_count__gt=0) | Q(number=also) | stood)

    def in_reading_order(self) -> Self:
        return self.order_by("position", "number")

    def in_visible_stories(self) -> Self:
        return self.filter(story__is_hidden=False)

    def unchecked(self) -> Self:
        """Claims without a verification note."""
        return self.filter(notes__isnull=True)

    def touched(self) -> Self:
        """Claims a person has said something about: a note, or a decision on them or one of their appearances."""
        here = models.OuterRef("pk")
        decisions = self.model._meta.apps.get_model("articles", "Decision").objects
        return self.filter(
            Q(created_by__isnull=False)
            | Q(revision__gt=0)
            | Q(note_count__gt=0)
            | models.Exists(Alignment.objects.filter(claim=here, decided_by__isnull=False))
            | models.Exists(Divergence.objects.filter(claim=here, decided_by__isnull=False))
            | models.Exists(decisions.filter(Q(claim=here) | Q(other_claim=here)))
        )

    def held(self) -> Self:
        """Claims on which something people did rests right now: what they took back holds nothing."""
        here = models.OuterRef("pk")
        return self.filter(
            Q(created_by__isnull=False)
            | Q(statement_by__isnull=False)
            | Q(note_count__gt=0)
            | models.Exists(OriginRuling.objects.filter(claim=here))
            | models.Exists(Alignment.objects.filter(claim=here, decided_by__isnull=False))
            | models.Exists(Divergence.objects.filter(claim=here, decided_by__isnull=False))
        )


class Claim(Decidable):
    """A checkable proposition with a number that stays its own for good."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="claims")
    number = models.PositiveIntegerField()
    statement = models.TextField()
    # Derived when the story is compared, so that no page derives it again.
    state = models.CharField(max_length=7, choices=ClaimState, default=ClaimState.ONLY)
    source_count = models.PositiveIntegerField(default=0)
    independent_count = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    check_worthiness = models.FloatField(default=0)
    # What the desk's notes come to; kept by the app that holds the notes, within the transaction that saves one.
    status = models.CharField(max_length=40, default=UNCHECKED)
    status_label = models.CharField(max_length=60, default="Unchecked")
    is_reviewed = models.BooleanField(default=False)
    note_count = models.PositiveIntegerField(default=0)
    # True when no current text puts it forward any more, but a person's work keeps it.
    is_retired = models.BooleanField(default=False)
    # Set where a person made it, or worded its statement.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    statement_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The claim that people found to be the same; this one keeps its number and its notes.
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    created_at = models.DateTimeField(auto_now_add=True)
    search = StoredVector(expression=search_words("statement"))

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["story", "number"]
        indexes = [GinIndex(fields=["search"], fastupdate=False, name="articles_claim_search")]
        constraints = [
            is_one_of("state", ClaimState, name="state_known"),
            models.UniqueConstraint(fields=["story", "number"], name="%(app_label)s_%(class)s_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="%(app_label)s_%(class)s_number_from_one"),
            models.CheckConstraint(
                condition=Q(independent_count__lte=F("source_count")), name="%(app_label)s_%(class)s_origins_le_sources"
            ),
        ]

    def __str__(self) -> str:
        return f"Claim {self.number}: {self.statement}"

    def all_notes(self) -> models.QuerySet[models.Model]:
        """Its notes and those of the claims merged into it, ready to be shown."""
        notes = self.notes.model._default_manager
        found: models.QuerySet[models.Model] = notes.filter(Q(claim=self) | Q(claim__merged_into=self)).for_display()
        return found

    def get_absolute_url(self) -> str:
        return f"{reverse('story_read', kwargs={'slug': self.story.slug})}?claim={self.number}"


class Appearance(Span, Decidable):
    """A span in one version that puts a claim forward, and how it does so."""

    speaker = models.ForeignKey(Entity, null=True, blank=True, on_delete=models.SET_NULL)
    speaker_start = models.PositiveIntegerField(null=True, blank=True)
    speaker_end = models.PositiveIntegerField(null=True, blank=True)
    speaker_quote = models.TextField(blank=True)
    source_level = models.CharField(max_length=8, choices=SourceLevel, default=SourceLevel.NONE)
    certainty = models.CharField(max_length=3, choices=Certainty, default=Certainty.CERTAIN)
    certainty_start = models.PositiveIntegerField(null=True, blank=True)
    certainty_end = models.PositiveIntegerField(null=True, blank=True)
    certainty_quote = models.TextField(blank=True)
    polarity = models.CharField(max_length=8, choices=Polarity, default=Polarity.POSITIVE)
    # Which of speaker, source_level, certainty a person has set: the machine leaves those alone.
    edited = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    # Set where a person drew the passage.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Span.Meta):
        default_related_name = "appearances"
        ordering = ["version", "start"]
        constraints = [
            *Span.Meta.constraints,
            span_in_order("speaker_start", "speaker_end", name="speaker_in_order", optional=True),
            span_in_order("certainty_start", "certainty_end", name="certainty_in_order", optional=True),
            is_one_of("source_level", SourceLevel, name="source_level_known"),
            is_one_of("certainty", Certainty, name="certainty_known"),
            is_one_of("polarity", Polarity, name="polarity_known"),
            models.UniqueConstraint(fields=["version", "start", "end"], name="%(app_label)s_%(class)s_span_once"),
        ]


class Origin(models.Model):
    """One independent origin behind a claim, and why its appearances count as one."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="origins")
    number = models.PositiveIntegerField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["claim", "number"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="%(app_label)s_%(class)s_number_once"),
        ]

    def __str__(self) -> str:
        return f"Origin {self.number} of claim {self.claim_id}"


class OriginRuling(Decided):
    """That a person counts two articles as one origin of a claim, or as two."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="origin_rulings")
    left = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    is_same = models.BooleanField()

    class Meta:
        ordering = ["claim", "pk"]
        constraints = [
            # The earlier article stands left, so a pair is there once.
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="%(app_label)s_%(class)s_earlier_left"),
            models.UniqueConstraint(fields=["claim", "left", "right"], name="%(app_label)s_%(class)s_pair_once"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=False, decided_at__isnull=False),
                name="%(app_label)s_%(class)s_decided_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{'One origin' if self.is_same else 'Two origins'} for claim {self.claim_id}"


class AlignmentQuerySet(models.QuerySet["Alignment"]):
    def live(self) -> Self:
        return self.filter(decision__in=LIVE)

    def undecided(self) -> Self:
        """Passages of current texts that may put a standing claim forward, about which nobody has decided."""
        return self.filter(
            decision=AlignmentDecision.POSSIBLE,
            claim__is_retired=False,
            appearance__version__current_of__isnull=False,
        )


class Alignment(Decided):
    """That an appearance puts a claim forward: proposed by a named method, decided by a person."""

    appearance = models.ForeignKey(Appearance, on_delete=models.CASCADE, related_name="alignments")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="alignments")
    method = models.CharField(max_length=60)
    score = models.FloatField()
    decision = models.CharField(max_length=9, choices=AlignmentDecision)
    origin = models.ForeignKey(Origin, null=True, blank=True, on_delete=models.SET_NULL, related_name="alignments")
    # The claim was made of this passage while it stood, whole or as a part, in another one, which keeps it.
    is_beside = models.BooleanField(default=False)

    objects = AlignmentQuerySet.as_manager()

    class Meta:
        ordering = ["claim", "pk"]
        constraints = [
            is_one_of("decision", AlignmentDecision, name="decision_known"),
            models.UniqueConstraint(fields=["appearance", "claim"], name="%(app_label)s_%(class)s_pair_once"),
            decided_by_a_person(["suggested", "possible"]),
        ]

    @property
    def is_live(self) -> bool:
        return self.decision in LIVE

    def __str__(self) -> str:
        return f"{self.appearance_id} → claim {self.claim_id} ({self.decision})"


class Divergence(Decided):
    """A typed difference between appearances of one claim, explained in one sentence."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="divergences")
    kind = models.CharField(max_length=20, choices=DivergenceKind)
    reason = models.TextField()
    decision = models.CharField(max_length=9, choices=DivergenceDecision, default=DivergenceDecision.SUGGESTED)

    class Meta:
        ordering = ["claim", "pk"]
        constraints = [
            is_one_of("kind", DivergenceKind, name="kind_known"),
            is_one_of("decision", DivergenceDecision, name="decision_known"),
            decided_by_a_person(["suggested"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reason}"


class DivergenceSide(Span):
    """One appearance's side of a divergence: the words that show it, and its value.

    Sides of one ``variant`` say the same, however they put it; of old sides it is not known.
    """

    divergence = models.ForeignKey(Divergence, on_delete=models.CASCADE, related_name="sides")
    appearance = models.ForeignKey(Appearance, on_delete=models.CASCADE, related_name="sides")
    version = models.ForeignKey(ArticleVersion, on_delete=models.CASCADE, related_name="+")
    value = models.TextField()
    variant = models.PositiveSmallIntegerField(null=True)

    class Meta(Span.Meta):
        ordering = ["divergence", "pk"]


class SharedPassage(Decided):
    """Words that two versions have in common, verbatim or lightly edited, outside quotations."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="shared_passages")
    left = models.ForeignKey(ArticleVersion, on_delete=models.CASCADE, related_name="shared_left")
    left_start = models.PositiveIntegerField()
    left_end = models.PositiveIntegerField()
    left_quote = models.TextField()
    right = models.ForeignKey(ArticleVersion, on_delete=models.CASCADE, related_name="shared_right")
    right_start = models.PositiveIntegerField()
    right_end = models.PositiveIntegerField()
    right_quote = models.TextField()
    token_count = models.PositiveIntegerField()
    band = models.CharField(max_length=9, choices=SharedBand, default=SharedBand.SUGGESTED)
    decision = models.CharField(max_length=9, choices=FindingDecision, default=FindingDecision.SUGGESTED)

    class Meta:
        ordering = ["left", "left_start"]
        constraints = [
            span_in_order("left_start", "left_end", name="left_in_order"),
            span_in_order("right_start", "right_end", name="right_in_order"),
            is_one_of("band", SharedBand, name="band_known"),
            is_one_of("decision", FindingDecision, name="decision_known"),
            decided_by_a_person(["suggested"]),
            models.CheckConstraint(condition=~Q(left=F("right")), name="%(app_label)s_%(class)s_two_versions"),
        ]

    def __str__(self) -> str:
        return f"{self.left_quote[:60]} ({self.token_count} words)"
