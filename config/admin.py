"""People and groups in the admin.

Desk administrators make accounts, give roles and close accounts; they cannot reach what a superuser can, nor make one.
Nobody is deleted: what somebody wrote keeps its author, so accounts are closed instead.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import ManyToManyField, QuerySet
from django.forms import ModelForm, ModelMultipleChoiceField
from django.http import HttpRequest

from articles.roles import DEMO_GROUP, DESK_ADMINISTRATOR, ROLES

admin.site.site_header = "Crossread administration"
admin.site.site_title = "Crossread administration"
admin.site.index_title = "Outlets and people; the record to look at"
admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    list_display = ("username", "first_name", "last_name", "email", "roles", "is_active")
    list_filter = ("is_active", "groups")
    filter_horizontal = ("user_permissions",)
    # Follows from the roles: see save_related.
    readonly_fields = ("is_staff", "last_login", "date_joined")
    actions = ("deactivate",)
    _fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Desk", {"fields": ("is_active", "groups", "is_staff")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    _server_fieldset = ("Server", {"fields": ("is_superuser", "user_permissions")})
    add_fieldsets = (
        (None, {"fields": ("username", "usable_password", "password1", "password2")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Desk", {"fields": ("groups",)}),
    )

    @admin.display(description="roles")
    def roles(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        return (*self._fieldsets, self._server_fieldset) if request.user.is_superuser else self._fieldsets

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Whoever could set a superuser's password would be one."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField | None:
        """Desk administrators give desk roles; other groups may carry rights that are not theirs to give."""
        if db_field.name == "groups" and not request.user.is_superuser:
            kwargs["queryset"] = Group.objects.filter(name__in=ROLES)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        user: User = form.instance
        # The form offers no other groups to desk administrators and would therefore take them away.
        kept = [] if request.user.is_superuser else list(user.groups.exclude(name__in=ROLES))
        super().save_related(request, form, formsets, change)
        user.groups.add(*kept)
        user.is_staff = user.is_superuser or user.groups.filter(name=DESK_ADMINISTRATOR).exists()
        user.save(update_fields=["is_staff"])

    @admin.action(description="Close the selected accounts", permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Never the own account: nobody could open it again."""
        closing = queryset.exclude(username=request.user.get_username())
        if not request.user.is_superuser:
            closing = closing.exclude(is_superuser=True)
        count = closing.update(is_active=False)
        self.message_user(request, f"{count} account{'' if count == 1 else 's'} closed.")


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin):
    """The roles' groups keep their names: the code knows them by these."""

    def get_readonly_fields(self, request: HttpRequest, obj: Group | None = None) -> tuple[str, ...]:
        return ("name",) if obj is not None and obj.name in {*ROLES, DEMO_GROUP} else ()

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return obj is not None and obj.name not in {*ROLES, DEMO_GROUP} and super().has_delete_permission(request, obj)
