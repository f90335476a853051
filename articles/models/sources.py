"""Stories, the outlets that report them, their articles and the immutable versions of each text."""

from datetime import date, datetime, timedelta
from datetime import timezone as fixed_zone
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Left, StrIndex, Substr
from django.urls import reverse

from articles.models.choices import is_one_of
from articles.models.search import StoredVector, search_words

if TYPE_CHECKING:
    from articles.models.findings import Entity


class ArticleRole(models.TextChoices):
    SOURCE = "source", "Source"
    DOCUMENT = "document", "Document"
    OWN_COPY = "own_copy", "Own copy"


class PublishedGranularity(models.TextChoices):
    MINUTE = "minute", "To the minute"
    DAY = "day", "Day only"
    UNKNOWN = "unknown", "Not known"


class Completeness(models.TextChoices):
    FULL = "full", "Full text"
    TRUNCATED = "truncated", "Truncated"
    PAYWALLED = "paywalled", "Behind a paywall"


class Outlet(models.Model):
    """Who publishes."""

    name = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="%(app_label)s_%(class)s_name_given"),
        ]

    def __str__(self) -> str:
        return self.name


def _count(rows: models.QuerySet[Any]) -> Coalesce:
    """The number of ``rows`` of the story outside, as a subquery."""
    counted = rows.order_by().values("story").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


class StoryQuerySet(models.QuerySet["Story"]):
    def visible(self) -> Self:
        return self.filter(is_hidden=False)

    def hidden(self) -> Self:
        return self.filter(is_hidden=True)

    def open(self) -> Self:
        return self.visible().filter(is_closed=False)

    def closed(self) -> Self:
        return self.visible().filter(is_closed=True)

    def titled(self, words: str) -> Self:
        """Stories with every one of these words, or a part of one, in their title."""
        return self.filter(*(Q(title__icontains=word) for word in words.split()))

    def naming(self, entity: "Entity") -> Self:
        """Stories of which a present text names ``entity``."""
        named = Article.objects.filter(story=OuterRef("pk"), current_version__mentions__entity=entity)
        return self.filter(Exists(named))

    def with_counts(self) -> Self:
        """With what a list of stories tells of each, in the one query of the list.

        ``source_count``, ``outlet_names`` in the order of the columns, ``claim_states`` in reading order,
        ``unchecked_count`` and ``differing_count``. Counts are subqueries: joins would multiply each other.
        """
        from articles.models.claims import Claim, ClaimState

        sources = Article.objects.filter(story=OuterRef("pk"), role=ArticleRole.SOURCE)
        claims = Claim.objects.filter(story=OuterRef("pk")).standing()
        return self.annotate(
            source_count=_count(sources),
            outlet_names=ArraySubquery(sources.in_order().values("outlet__name")),
            claim_states=ArraySubquery(claims.in_reading_order().values("state")),
            unchecked_count=_count(claims.unchecked()),
            differing_count=_count(claims.filter(state=ClaimState.DIFFERS)),
        )

    def by_activity(self) -> Self:
        return self.order_by("-changed_at", "-pk")

    def by_title(self) -> Self:
        return self.order_by("title")

    def by_unchecked(self) -> Self:
        """Most unchecked claims first; needs ``with_counts``."""
        return self.order_by("-unchecked_count", "-changed_at", "-pk")

    def by_differing(self) -> Self:
        """Most differing claims first; needs ``with_counts``."""
        return self.order_by("-differing_count", "-changed_at", "-pk")


class Story(models.Model):
    """The set of articles on one event."""

    title = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    is_closed = models.BooleanField(
        default=False, help_text="Takes no new articles. Notes, corrections and comparing go on."
    )
    is_hidden = models.BooleanField(default=False, help_text="Has no pages, is not found and takes no new articles.")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Moves with every change a reader would call one: an article, a comparison, a note.
    changed_at = models.DateTimeField()
    # Counts what people did with the story as such (its title, closed, hidden): a write names the one it saw.
    edit_revision = models.PositiveIntegerField(default=0, db_default=0)
    # Counts comparisons, so that what was rendered from an older one is never served again.
    revision = models.PositiveIntegerField(default=0)
    # False from the moment an article comes in until the story has been compared with it.
    is_compared = models.BooleanField(default=False)
    # Claim numbers are permanent: the next claim gets this plus one, whatever was deleted meanwhile.
    last_claim_number = models.PositiveIntegerField(default=0)
    search = StoredVector(expression=search_words("title"))

    # Set by ``with_counts``.
    source_count: int
    outlet_names: list[str | None]
    claim_states: list[str]
    unchecked_count: int
    differing_count: int

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "stories"
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="%(app_label)s_%(class)s_title_given"),
        ]
        indexes = [
            models.Index(fields=["-changed_at"], name="articles_story_activity"),
            GinIndex(fields=["search"], fastupdate=False, name="articles_story_search"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("story_read", kwargs={"slug": self.slug})


class ArticleQuerySet(models.QuerySet["Article"]):
    def in_order(self) -> Self:
        """In the order in which they joined the story: a source keeps its siglum for good."""
        return self.order_by("pk")

    def with_text(self) -> Self:
        return self.select_related("outlet", "current_version")


class Article(models.Model):
    """One outlet's account of a story, or a document or own copy beside the sources."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="articles")
    outlet = models.ForeignKey(Outlet, null=True, blank=True, on_delete=models.PROTECT, related_name="articles")
    role = models.CharField(max_length=10, choices=ArticleRole, default=ArticleRole.SOURCE)
    headline = models.CharField(max_length=500)
    byline = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    language = models.CharField(max_length=12, default="en")
    # Never invented: unknown stays null. A day without a time is its midnight in UTC, wherever the desk is.
    published_at = models.DateTimeField(null=True, blank=True)
    published_granularity = models.CharField(
        max_length=7, choices=PublishedGranularity, default=PublishedGranularity.UNKNOWN
    )
    # Minutes east of UTC of the clock the time was given in: the same moment is another day elsewhere.
    published_offset = models.SmallIntegerField(default=0, db_default=0)
    current_version = models.OneToOneField(
        "articles.ArticleVersion", null=True, on_delete=models.SET_NULL, related_name="current_of"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            is_one_of("role", ArticleRole, name="role_known"),
            is_one_of("published_granularity", PublishedGranularity, name="granularity_known"),
            models.CheckConstraint(condition=~Q(headline=""), name="%(app_label)s_%(class)s_headline_given"),
            models.CheckConstraint(
                condition=Q(role="document") | Q(outlet__isnull=False),
                name="%(app_label)s_%(class)s_outlet_unless_document",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_granularity="unknown")
                | (Q(published_at__isnull=False) & ~Q(published_granularity="unknown")),
                name="%(app_label)s_%(class)s_published_with_granularity",
            ),
            models.CheckConstraint(
                condition=Q(published_offset__gt=-24 * 60, published_offset__lt=24 * 60),
                name="%(app_label)s_%(class)s_offset_below_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(published_granularity="day") | Q(published_offset=0),
                name="%(app_label)s_%(class)s_day_without_offset",
            ),
            models.UniqueConstraint(
                fields=["story", "outlet", "url"],
                condition=~Q(url=""),
                nulls_distinct=False,
                name="%(app_label)s_%(class)s_key_by_url",
            ),
            models.UniqueConstraint(
                fields=["story", "outlet", "headline"],
                condition=Q(url=""),
                nulls_distinct=False,
                name="%(app_label)s_%(class)s_key_by_headline",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.headline}"

    @property
    def name(self) -> str:
        """What the desk calls this column: the outlet, or the kind of document."""
        return self.outlet.name if self.outlet else self.get_role_display()

    @property
    def published_local(self) -> datetime | None:
        """The published moment by the clock it was given in; of a bare day its midnight in UTC."""
        if self.published_at is None:
            return None
        return self.published_at.astimezone(fixed_zone(timedelta(minutes=self.published_offset)))

    @property
    def published_day(self) -> date | None:
        """The day the article appeared on where it appeared: what “yesterday” in its text counts from."""
        local = self.published_local
        return local.date() if local else None


class ArticleVersion(models.Model):
    """An immutable snapshot of an article's canonical text: headline, blank line, body.

    Every span in the database is a half-open interval of code points of one version's ``text``. A trigger refuses
    any change; a changed text is a new version.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    character_count = models.PositiveIntegerField()
    word_count = models.PositiveIntegerField()
    completeness = models.CharField(max_length=9, choices=Completeness, default=Completeness.FULL)
    # The encoding the bytes came in, where they were bytes.
    encoding = models.CharField(max_length=20, blank=True)
    # False for a language the analysis knows no words of: names and claims are then left alone, not guessed.
    is_supported = models.BooleanField(default=True)
    retrieved_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The headline is the first paragraph.
    search = StoredVector(
        expression=search_words(Left("text", StrIndex("text", Value("\n\n"))))
        + search_words(Substr("text", StrIndex("text", Value("\n\n"))), weight="D")
    )

    class Meta:
        ordering = ["article", "number"]
        # Without a list of pending entries, which every search would have to read through.
        indexes = [GinIndex(fields=["search"], fastupdate=False, name="articles_version_search")]
        constraints = [
            is_one_of("completeness", Completeness, name="completeness_known"),
            models.UniqueConstraint(fields=["article", "number"], name="%(app_label)s_%(class)s_number_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1) & Q(character_count__gte=1), name="%(app_label)s_%(class)s_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} (version {self.number})"

    def get_absolute_url(self) -> str:
        return reverse("version_detail", kwargs={"pk": self.pk})
