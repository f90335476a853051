"""The project as an app: the shell around the desk, its checks and what desk administrators may open in the admin."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

# What a desk administrator may do in the admin, by app. Nobody deletes people, and nobody edits the record there.
DESK_ADMINISTRATOR_PERMISSIONS = {
    "articles": ["view_outlet", "add_outlet", "change_outlet", "delete_outlet"],
    "auth": ["view_user", "add_user", "change_user", "view_group"],
}


def grant_desk_administrators(*, using: str, verbosity: int = 1, **kwargs: Any) -> None:
    """Gives the desk administrators' group its permissions, exactly these.

    Runs when the auth app has been migrated. Permissions are rows that Django makes in the same signal, app by app
    in no order one could rely on, so the ones needed here are asked for by name first.
    """
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    from articles.roles import DESK_ADMINISTRATOR

    permissions: list[Permission] = []
    for label, codenames in DESK_ADMINISTRATOR_PERMISSIONS.items():
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
        permissions += Permission.objects.using(using).filter(content_type__app_label=label, codename__in=codenames)
    group, _ = Group.objects.using(using).get_or_create(name=DESK_ADMINISTRATOR)
    group.permissions.set(permissions)


class CrossreadConfig(AppConfig):
    name = "config"
    verbose_name = "Crossread"

    def ready(self) -> None:
        from config import checks  # noqa: F401  registers the system checks
        from config.database_role import grant_role

        post_migrate.connect(grant_desk_administrators, sender=apps.get_app_config("auth"))
        # Once a run: all tables are there when the first of these signals is sent.
        post_migrate.connect(grant_role, sender=apps.get_app_config("annotations"))
