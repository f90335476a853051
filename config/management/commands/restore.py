"""``manage.py restore FILE``: what `backup` wrote, back into the database, wholly or not at all."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config.backups import BackupError, restore_backup


class Command(BaseCommand):
    help = "Restore a backup, into an empty database or, with --replace, in place of everything that is in it."
    requires_system_checks = []  # some look into the database, which may be empty or broken

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="delete everything that is in the database first")

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        connection.close()
        try:
            restore_backup(file, database=connection.settings_dict, replace=replace)
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Restored {file}.")
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("The backup is of an older release: run `manage.py migrate` now.")
