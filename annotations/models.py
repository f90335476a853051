"""The judgement: verification notes, their immutable revisions, and the evidence under them."""

import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse

from articles.models import ArticleVersion, Claim, Story
from articles.models.choices import is_one_of
from articles.models.search import StoredVector, search_words


class NoteState(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"
    CORRECTED = "corrected", "Corrected"
    RETRACTED = "retracted", "Retracted"


# An approved note stays in force until a new revision is approved; that path belongs to the review.
OPEN_STATES = [NoteState.DRAFT, NoteState.SUBMITTED, NoteState.CHANGES_REQUESTED]
# States whose verdict speaks for the desk.
APPROVED_STATES = [NoteState.APPROVED, NoteState.PUBLISHED, NoteState.CORRECTED]


class Confidence(models.TextChoices):
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class EvidenceKind(models.TextChoices):
    DOCUMENT = "document", "Document"
    DATASET = "dataset", "Data set"
    RECORDING = "recording", "Recording or transcript"
    INTERVIEW = "interview", "Interview"
    ON_SCENE = "on_scene", "On the scene"
    EXPERT = "expert", "Expert"
    REPORT = "report", "Report by others"
    IMAGE = "image", "Image or video"
    LINK = "link", "Link"


class EvidenceRelation(models.TextChoices):
    SUPPORTS = "supports", "Supports"
    REFUTES = "refutes", "Refutes"
    CONTEXT = "context", "Context"


class EvidenceVisibility(models.TextChoices):
    DESK = "desk", "Desk only"
    PUBLIC = "public", "Public"


class VerdictScale(models.Model):
    """A set of verdicts. A scale in use is frozen; a changed one is a new version."""

    version = models.PositiveIntegerField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["version"]

    def __str__(self) -> str:
        return f"Verdict scale {self.version}"


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def offered(self) -> Self:
        """The verdicts of the newest scale, in its order."""
        newest = VerdictScale.objects.order_by("-version").values("pk")[:1]
        return self.filter(scale__in=newest).order_by("position")


class Verdict(models.Model):
    """One step of a scale; off-scale verdicts carry no rating."""

    scale = models.ForeignKey(VerdictScale, on_delete=models.PROTECT, related_name="verdicts")
    code = models.SlugField(max_length=40)
    label = models.CharField(max_length=60)
    definition = models.TextField()
    position = models.PositiveIntegerField()
    rating = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["scale", "position"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "code"], name="%(app_label)s_%(class)s_code_once"),
            models.UniqueConstraint(fields=["scale", "position"], name="%(app_label)s_%(class)s_position_once"),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)), name="%(app_label)s_%(class)s_rating_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class NoteQuerySet(models.QuerySet["Note"]):
    def refresh_status_of(self, claim: Claim) -> None:
        """Derives the status of a claim anew, for those who reach notes by the claim only."""
        from annotations.status import refresh_status

        refresh_status(claim)

    def for_display(self) -> Self:
        """Notes with their newest revision, its evidence, author and texts, in a fixed number of queries."""
        return self.select_related("claim", "current__author", "current__verdict", "created_by").prefetch_related(
            "current__evidence",
            models.Prefetch("current__rests_on", ArticleVersion.objects.select_related("article__outlet")),
        )

    def with_passage(self) -> Self:
        """Notes with the claim and the text they are on, in the same query."""
        return self.select_related("story", "claim__story", "version__article__outlet", "version__article__story")


class Note(models.Model):
    """A verification note on a claim, or on a passage of one version. A passage note may be attached to a claim."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="notes")
    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="notes")
    # A passage note: the span it is on, exactly as it stood in that version.
    version = models.ForeignKey(ArticleVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="notes")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    quote = models.TextField(blank=True)
    state = models.CharField(max_length=17, choices=NoteState, default=NoteState.DRAFT)
    # Made with the form: the same form sent twice (a double click, a retry after a lost answer) is one note.
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    current = models.OneToOneField(
        "annotations.NoteRevision", null=True, on_delete=models.PROTECT, related_name="current_of"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notes")
    changed_at = models.DateTimeField()

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            is_one_of("state", NoteState, name="state_known"),
            models.CheckConstraint(
                condition=Q(claim__isnull=False) | Q(version__isnull=False), name="%(app_label)s_%(class)s_on_something"
            ),
            models.CheckConstraint(
                condition=Q(version__isnull=True, start__isnull=True, end__isnull=True, quote="")
                | Q(version__isnull=False, start__gte=0, end__gt=models.F("start")) & ~Q(quote=""),
                name="%(app_label)s_%(class)s_passage_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Note {self.pk}"

    def get_absolute_url(self) -> str:
        """Where it is read: beside its passage, or among the notes of its claim. Needs ``claim__story`` at hand."""
        if self.version_id:
            return reverse("passage_note", kwargs={"pk": self.version_id, "note": self.pk})
        assert self.claim is not None
        return f"{self.claim.get_absolute_url()}#note-{self.pk}"

    @property
    def is_on_older_text(self) -> bool:
        """Whether its passage stands in a text that has a newer version. Use after ``with_passage``."""
        return self.version is not None and self.version.article.current_version_id != self.version_id

    @property
    def is_open(self) -> bool:
        """Whether a new revision may still be written without taking back an approval."""
        return self.state in OPEN_STATES

    @property
    def superseded_versions(self) -> list[ArticleVersion]:
        """The texts it was written on that have a newer version by now. Use after ``for_display``."""
        revision = self.current
        return [v for v in revision.rests_on.all() if v.article.current_version_id != v.pk] if revision else []


class Attachment(models.Model):
    """Who put a passage note under a claim, or took it off again, and when. A trigger refuses every change and removal.

    It names the claim by its number, which is never used again, and not by its row: a claim that nobody holds any more
    may be dropped by a later comparison, and the log stays.
    """

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="attachments")
    number = models.PositiveIntegerField()
    # Empty where the note was taken off.
    claim_number = models.PositiveIntegerField(null=True, blank=True)
    statement = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="note_attachments")
    at = models.DateTimeField()

    class Meta:
        ordering = ["note", "number"]
        constraints = [
            models.UniqueConstraint(fields=["note", "number"], name="%(app_label)s_%(class)s_number_once"),
        ]

    def __str__(self) -> str:
        return f"Note {self.note_id} {f'on claim {self.claim_number}' if self.claim_number else 'taken off'}"


class NoteRevision(models.Model):
    """What a note said at one time. A trigger refuses every change and removal."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=17, choices=NoteState)
    verdict = models.ForeignKey(Verdict, null=True, blank=True, on_delete=models.PROTECT, related_name="revisions")
    confidence = models.CharField(max_length=6, choices=Confidence, blank=True)
    text = models.TextField(blank=True)
    not_checked = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="note_revisions")
    created_at = models.DateTimeField()
    # The texts it was written on: when one of them gets a new version, the note shows it.
    rests_on = models.ManyToManyField(ArticleVersion, through="RestsOn", related_name="note_revisions", blank=True)
    search = StoredVector(expression=search_words("text") + search_words("not_checked", weight="B"))

    class Meta:
        ordering = ["note", "number"]
        indexes = [GinIndex(fields=["search"], fastupdate=False, name="annotations_revision_search")]
        constraints = [
            is_one_of("state", NoteState, name="state_known"),
            models.CheckConstraint(
                condition=Q(confidence__in=["", *Confidence.values]), name="%(app_label)s_%(class)s_confidence_known"
            ),
            models.UniqueConstraint(fields=["note", "number"], name="%(app_label)s_%(class)s_number_once"),
            models.CheckConstraint(
                condition=Q(state="draft") | (Q(verdict__isnull=False) & ~Q(text="")),
                name="%(app_label)s_%(class)s_complete_unless_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"Revision {self.number} of note {self.note_id}"


class RestsOn(models.Model):
    """A text a revision was written on; as immutable as the revision.

    The text is protected, for what Django would take away with it the web server has no right to take away.
    """

    noterevision = models.ForeignKey(NoteRevision, on_delete=models.PROTECT, related_name="+")
    articleversion = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "annotations_noterevision_rests_on"
        verbose_name_plural = "rests on"
        unique_together = [("noterevision", "articleversion")]

    def __str__(self) -> str:
        return f"Revision {self.noterevision_id} on version {self.articleversion_id}"


class Evidence(models.Model):
    """What a revision rests its verdict on; as immutable as the revision."""

    revision = models.ForeignKey(NoteRevision, on_delete=models.PROTECT, related_name="evidence")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=EvidenceKind, default=EvidenceKind.LINK)
    citation = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    excerpt = models.TextField(blank=True)
    is_primary = models.BooleanField(default=False)
    relation = models.CharField(max_length=8, choices=EvidenceRelation, default=EvidenceRelation.CONTEXT)
    visibility = models.CharField(max_length=6, choices=EvidenceVisibility, default=EvidenceVisibility.DESK)

    class Meta:
        ordering = ["revision", "position"]
        verbose_name_plural = "evidence"
        constraints = [
            is_one_of("kind", EvidenceKind, name="kind_known"),
            is_one_of("relation", EvidenceRelation, name="relation_known"),
            is_one_of("visibility", EvidenceVisibility, name="visibility_known"),
            models.UniqueConstraint(fields=["revision", "position"], name="%(app_label)s_%(class)s_position_once"),
            models.CheckConstraint(condition=~Q(url="", citation=""), name="%(app_label)s_%(class)s_says_what"),
        ]

    def __str__(self) -> str:
        return self.citation or self.url
