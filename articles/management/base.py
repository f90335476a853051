"""What the desk's own commands have in common."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor


class DeskCommand(BaseCommand):
    """A command that works on a fresh clone: missing migrations are applied on the embedded database first.

    On a server of one's own, migrating is a step of the upgrade and nothing is changed behind the operator's back.
    """

    def execute(self, *args: Any, **options: Any) -> str | None:
        if settings.IS_EMBEDDED:
            executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                call_command("migrate", verbosity=0, interactive=False)
        return super().execute(*args, **options)
