"""The judgement in the admin, to look at: it is written on the desk, where its rules hold."""

from django.contrib import admin

from annotations import models
from articles.admin import ReadOnlyAdmin


@admin.register(models.Note)
class NoteAdmin(ReadOnlyAdmin):
    list_display = ("id", "story", "claim", "state", "created_by", "created_at", "changed_at")
    list_filter = ("state",)
    search_fields = ("claim__statement", "story__title", "quote", "current__text", "created_by__username")
    list_select_related = ("story", "claim", "created_by")
    raw_id_fields = ("story", "claim", "version", "current", "created_by")


@admin.register(models.NoteRevision)
class NoteRevisionAdmin(ReadOnlyAdmin):
    list_display = ("note", "number", "state", "verdict", "author", "created_at")
    list_filter = ("state", "verdict", "confidence")
    search_fields = ("text", "not_checked", "author__username")
    list_select_related = ("note", "verdict", "author")
    raw_id_fields = ("note", "author")
    readonly_fields = ("rests_on",)


@admin.register(models.Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    list_display = ("citation", "url", "kind", "relation", "is_primary", "visibility", "revision")
    list_filter = ("kind", "relation", "visibility", "is_primary")
    search_fields = ("citation", "url", "excerpt")
    list_select_related = ("revision",)
    raw_id_fields = ("revision",)


@admin.register(models.VerdictScale)
class VerdictScaleAdmin(ReadOnlyAdmin):
    list_display = ("version", "created_at")


@admin.register(models.Verdict)
class VerdictAdmin(ReadOnlyAdmin):
    list_display = ("label", "code", "rating", "scale", "position")
    list_filter = ("scale",)
    search_fields = ("label", "code", "definition")
    list_select_related = ("scale",)


@admin.register(models.Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    list_display = ("note", "number", "claim_number", "by", "at")
    search_fields = ("statement", "by__username")
    list_select_related = ("note", "by")
    raw_id_fields = ("note", "by")
