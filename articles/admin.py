"""The record in the admin: outlets to edit, everything else to look at.

The record is written by importing and comparing, never by hand: an edited row here would be a side door around the
locks, the spans and the history. So no one may add, change or delete these, superusers included.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from articles import models


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows to search, filter and look at; counting them all and loading them one by one is left out."""

    show_full_result_count = False
    list_per_page = 50
    actions = None

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(models.Outlet)
class OutletAdmin(admin.ModelAdmin):
    list_display = ("name", "created_at")
    search_fields = ("name",)
    show_full_result_count = False


@admin.register(models.Story)
class StoryAdmin(ReadOnlyAdmin):
    list_display = ("title", "is_closed", "is_hidden", "is_compared", "revision", "changed_at")
    list_filter = ("is_closed", "is_hidden", "is_compared")
    search_fields = ("title", "slug")
    list_select_related = ("created_by",)


@admin.register(models.Article)
class ArticleAdmin(ReadOnlyAdmin):
    list_display = ("headline", "outlet", "story", "role", "published_at", "language")
    list_filter = ("role", "published_granularity", "language")
    search_fields = ("headline", "byline", "url", "outlet__name", "story__title")
    list_select_related = ("outlet", "story")
    raw_id_fields = ("story", "outlet", "current_version", "created_by")


@admin.register(models.ArticleVersion)
class ArticleVersionAdmin(ReadOnlyAdmin):
    list_display = ("article", "number", "word_count", "completeness", "encoding", "retrieved_at")
    list_filter = ("completeness", "is_supported")
    search_fields = ("article__headline", "article__outlet__name", "sha256")
    list_select_related = ("article__outlet", "article__story")
    raw_id_fields = ("article", "created_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """A list of versions needs none of their texts."""
        versions = super().get_queryset(request)
        is_list = bool(
            request.resolver_match and request.resolver_match.url_name == "articles_articleversion_changelist"
        )
        return versions.defer("text") if is_list else versions


class SpanAdmin(ReadOnlyAdmin):
    """What was found in a text: its words and where they stand."""

    list_display = ["quote", "version", "start", "end"]
    search_fields = ["quote"]
    list_select_related = ["version__article__outlet"]
    raw_id_fields = ["version"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("version__text")


@admin.register(models.Sentence)
class SentenceAdmin(SpanAdmin):
    list_display = [*SpanAdmin.list_display, "position", "paragraph", "kind"]
    list_filter = ("kind",)


@admin.register(models.Entity)
class EntityAdmin(ReadOnlyAdmin):
    list_display = ["name", "kind", "aliases"]
    list_filter = ("kind",)
    search_fields = ["name", "keys__folded_name"]


@admin.register(models.EntityKey)
class EntityKeyAdmin(ReadOnlyAdmin):
    list_display = ("folded_name", "kind", "entity")
    list_filter = ("kind",)
    search_fields = ("folded_name", "entity__name")
    list_select_related = ("entity",)
    raw_id_fields = ("entity",)


@admin.register(models.Mention)
class MentionAdmin(SpanAdmin):
    list_display = [*SpanAdmin.list_display, "entity", "is_inferred"]
    list_filter = ("is_inferred", "entity__kind")
    search_fields = ["quote", "entity__name"]
    list_select_related = [*SpanAdmin.list_select_related, "entity"]
    raw_id_fields = ["version", "entity"]


@admin.register(models.Quotation)
class QuotationAdmin(SpanAdmin):
    list_display = [*SpanAdmin.list_display, "kind", "speaker", "speaker_quote", "cue_quote"]
    list_filter = ("kind", "cue_class", "is_inferred")
    search_fields = ["quote", "speaker_quote", "speaker__name"]
    list_select_related = [*SpanAdmin.list_select_related, "speaker"]
    raw_id_fields = ["version", "speaker"]


@admin.register(models.Quantity)
class QuantityAdmin(SpanAdmin):
    list_display = [*SpanAdmin.list_display, "low", "high", "unit", "bound"]
    list_filter = ("bound", "kind")


@admin.register(models.Claim)
class ClaimAdmin(ReadOnlyAdmin):
    list_display = ["number", "statement", "story", "state", "source_count", "independent_count", "is_retired"]
    list_filter = ("state", "is_retired")
    search_fields = ["statement", "story__title"]
    list_select_related = ["story"]
    raw_id_fields = ["story"]


@admin.register(models.VanishedClaim)
class VanishedClaimAdmin(ReadOnlyAdmin):
    list_display = ["number", "statement", "story", "vanished_at"]
    search_fields = ["statement", "story__title"]
    list_select_related = ["story"]
    raw_id_fields = ["story"]


@admin.register(models.Appearance)
class AppearanceAdmin(SpanAdmin):
    list_display = [*SpanAdmin.list_display, "source_level", "certainty", "polarity", "speaker"]
    list_filter = ("source_level", "certainty", "polarity")
    list_select_related = [*SpanAdmin.list_select_related, "speaker"]
    raw_id_fields = ["version", "speaker"]


@admin.register(models.Alignment)
class AlignmentAdmin(ReadOnlyAdmin):
    list_display = ["claim", "appearance", "method", "score", "decision", "decided_by", "decided_at"]
    list_filter = ("decision", "method")
    search_fields = ["claim__statement", "appearance__quote"]
    list_select_related = ["claim", "appearance", "decided_by"]
    raw_id_fields = ["claim", "appearance", "decided_by", "origin"]


@admin.register(models.Divergence)
class DivergenceAdmin(ReadOnlyAdmin):
    list_display = ["kind", "reason", "claim", "decision", "decided_by", "decided_at"]
    list_filter = ("kind", "decision")
    search_fields = ["reason", "claim__statement"]
    list_select_related = ["claim", "decided_by"]
    raw_id_fields = ["claim", "decided_by"]


@admin.register(models.SharedPassage)
class SharedPassageAdmin(ReadOnlyAdmin):
    list_display = ["left_quote", "left", "right", "token_count", "band"]
    list_filter = ("band",)
    search_fields = ["left_quote", "right_quote", "story__title"]
    list_select_related = ["left__article__outlet", "right__article__outlet"]
    raw_id_fields = ["story", "left", "right"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("left__text", "right__text")


@admin.register(models.Origin)
class OriginAdmin(ReadOnlyAdmin):
    list_display = ["claim", "number", "reason"]
    search_fields = ["claim__statement", "reason"]
    list_select_related = ["claim"]
    raw_id_fields = ["claim"]


@admin.register(models.Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ("verb", "by", "at", "story", "claim", "entity", "quote", "reason")
    list_filter = ("verb", "method")
    search_fields = ("reason", "quote", "by__username", "claim__statement", "entity__name")
    list_select_related = ("by", "story", "claim", "entity")
    raw_id_fields = ("story", "by", "version", "claim", "other_claim", "entity", "other_entity", "undoes")


@admin.register(models.StoryChange)
class StoryChangeAdmin(ReadOnlyAdmin):
    # Without the story itself, which may be gone: joining it would leave out who deleted it.
    list_display = ("act", "title", "new_title", "by", "at")
    list_filter = ("act",)
    search_fields = ("title", "new_title", "by__username")
    list_select_related = ("by",)
    exclude = ("story",)


@admin.register(models.OriginRuling)
class OriginRulingAdmin(ReadOnlyAdmin):
    list_display = ("claim", "left", "right", "is_same", "decided_by", "decided_at")
    list_filter = ("is_same",)
    search_fields = ("claim__statement", "decided_by__username")
    list_select_related = ("claim", "left__outlet", "right__outlet", "decided_by")
    raw_id_fields = ("claim", "left", "right", "decided_by")
