"""Backup and restore by a round trip through real servers, and what must not happen when a restore fails."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg.sql import SQL, Identifier

from articles.models import Story
from config import backups
from config.backups import BackupError, make_backup, restore_backup
from tests.factory import make_story, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def connect(database: dict[str, Any]) -> "psycopg.Connection[Any]":
    password = {"password": database["PASSWORD"]} if database.get("PASSWORD") else {}
    return psycopg.connect(backups._target(database), **password, autocommit=True)


def contents(database: dict[str, Any]) -> dict[str, list[str]]:
    """All rows of all tables, and the names of all rules, as text."""
    found = {}
    with connect(database) as server:
        for (table,) in server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
            rows = server.execute(SQL("SELECT t::text FROM {} t").format(Identifier(table))).fetchall()
            found[table] = sorted(row[0] for row in rows)
        for kind, statement in {
            "constraints": "SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
            "triggers": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
            "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        }.items():
            found[f"({kind})"] = sorted(row[0] for row in server.execute(statement).fetchall())
    return found


@pytest.fixture
def empty_database() -> Iterator[dict[str, Any]]:
    name = f"{connection.settings_dict['NAME']}_restored"
    drop = SQL("DROP DATABASE IF EXISTS {}").format(Identifier(name))
    with connect(connection.settings_dict | {"NAME": "postgres"}) as server:
        server.execute(drop)
        server.execute(SQL("CREATE DATABASE {} TEMPLATE template0").format(Identifier(name)))
        yield connection.settings_dict | {"NAME": name}
        server.execute(drop)


def test_backup_restores_into_an_empty_database(tmp_path: Path, empty_database: dict[str, Any]) -> None:
    make_story(title="Überfahrt – “quoted” 🚢")
    before = contents(connection.settings_dict)
    assert before["articles_story"]
    assert before["(triggers)"]
    call_command("backup", str(tmp_path / "desk.backup"))
    restore_backup(tmp_path / "desk.backup", database=empty_database, replace=False)
    assert contents(empty_database) == before


def test_backup_is_closed_to_other_users_and_alone_in_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "desk.backup"
    make_backup(file, database=connection.settings_dict)
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_failed_backup_leaves_the_former_one(tmp_path: Path) -> None:
    file = tmp_path / "desk.backup"
    file.write_text("the former one")
    with pytest.raises(BackupError, match="cannot be reached"):
        make_backup(file, database=connection.settings_dict | {"NAME": "there_is_no_such_database"})
    with pytest.raises(BackupError, match="cannot be written"):
        make_backup(tmp_path / "nowhere" / "desk.backup", database=connection.settings_dict)
    assert file.read_text() == "the former one"
    assert list(tmp_path.iterdir()) == [file]


def test_restore_refuses_a_database_that_is_not_empty(tmp_path: Path) -> None:
    make_backup(tmp_path / "desk.backup", database=connection.settings_dict)
    with pytest.raises(CommandError, match=r"is not empty: .* or add --replace"):
        call_command("restore", str(tmp_path / "desk.backup"))


def test_restore_replaces_everything_when_told_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_story(title="Kept")
    before = contents(connection.settings_dict)
    make_backup(tmp_path / "desk.backup", database=connection.settings_dict)
    make_story(title="Came later")
    make_user(name="later")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE of_a_later_release (story_id bigint REFERENCES articles_story)")
    call_command("restore", str(tmp_path / "desk.backup"), "--replace")
    assert contents(connection.settings_dict) == before
    assert list(Story.objects.values_list("title", flat=True)) == ["Kept"]
    assert "older release" not in capsys.readouterr().out


def test_restore_of_a_broken_file_leaves_the_data(tmp_path: Path) -> None:
    make_story(title="Kept")
    file = tmp_path / "desk.backup"
    make_backup(file, database=connection.settings_dict)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    make_story(title="Came later")
    before = contents(connection.settings_dict)
    with pytest.raises(BackupError, match="left as it was"):
        restore_backup(file, database=connection.settings_dict, replace=True)
    assert contents(connection.settings_dict) == before


def test_restore_that_meets_an_error_in_the_database_leaves_the_data(tmp_path: Path) -> None:
    """A large script: psql leaves while it is still being written to."""
    file = tmp_path / "desk.backup"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bulk AS SELECT repeat(i::text, 50) AS text FROM generate_series(1, 20000) AS s(i)")
        # An index on a function that has been broken since stays what it is, and cannot be made anew.
        for body in ("RETURN n;", "RAISE 'broken';"):
            cursor.execute(
                "CREATE OR REPLACE FUNCTION shaky(n int) RETURNS int IMMUTABLE LANGUAGE plpgsql"
                f" AS $$BEGIN {body} END$$"
            )
            cursor.execute("CREATE TABLE IF NOT EXISTS indexed AS SELECT 1 AS n")
            cursor.execute("CREATE INDEX IF NOT EXISTS shaky_index ON indexed (shaky(n))")
    try:
        make_backup(file, database=connection.settings_dict)
        before = contents(connection.settings_dict)
        with pytest.raises(BackupError, match="left as it was: broken"):
            restore_backup(file, database=connection.settings_dict, replace=True)
        assert contents(connection.settings_dict) == before
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE bulk, indexed; DROP FUNCTION shaky")


@pytest.mark.parametrize("content", [None, b"", b"not a backup", b"PGDMP\x01"])
def test_restore_refuses_what_is_no_backup(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "desk.backup"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BackupError, match=r"(There is no file|is no backup of Crossread)"):
        restore_backup(file, database=connection.settings_dict, replace=True)


def test_programs_older_than_the_server_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert backups.find_programs(at_least=15).major >= 15
    with pytest.raises(BackupError, match="PostgreSQL 99 and pg_dump of that version is not on this machine: install"):
        backups.find_programs(at_least=99)


def test_password_travels_in_the_environment_only() -> None:
    database = {"NAME": "desk", "USER": "u", "PASSWORD": "geheim", "OPTIONS": {"sslmode": "require", "pool": True}}
    assert backups._target(database) == "sslmode=require dbname=desk user=u"
    assert backups._environment(database)["PGPASSWORD"] == "geheim"
