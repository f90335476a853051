"""``manage.py backup FILE``: everything that is in the database, in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import connection

from articles.management.base import DeskCommand
from config.backups import BackupError, make_backup


class Command(DeskCommand):
    help = "Write the whole database to a file that `restore` reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            make_backup(file, database=connection.settings_dict)
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Backed up to {file} ({file.stat().st_size / 1_000_000:.1f} MB).")
