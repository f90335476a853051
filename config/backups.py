"""Backing the database up to one file and restoring it, by PostgreSQL's own pg_dump, pg_restore and psql.

A restore is one transaction: whatever fails on the way, the database is as it was. The password travels in the
environment, because everybody on a machine can read the arguments of everybody's programs.
"""

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

import psycopg
from psycopg.conninfo import make_conninfo

from config import embedded_postgres

# What Django puts among the options of its driver that is not the driver's.
_DJANGO_OPTIONS = {"assume_role", "isolation_level", "pool", "server_side_binding"}

_OURS = """
    n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = o.oid AND d.deptype = 'e')
"""
_COUNT_RELATIONS = f"""
    SELECT count(*) FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace
    WHERE o.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND {_OURS}
"""  # noqa: S608  a constant
# All names are collected before the first drop, whose CASCADE takes others along.
_DROP_EVERYTHING = f"""
SET LOCAL lock_timeout = '10s';
DO $clear$
DECLARE
    statements text[];
    statement text;
BEGIN
    SELECT array_agg(format('DROP %s IF EXISTS %s CASCADE', kind, object) ORDER BY kind DESC) INTO statements FROM (
        SELECT CASE o.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
                   WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END AS kind,
               format('%I.%I', n.nspname, o.relname) AS object
        FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace
        WHERE o.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND {_OURS}
        UNION ALL
        SELECT 'ROUTINE', o.oid::regprocedure::text FROM pg_proc o JOIN pg_namespace n ON n.oid = o.pronamespace
        WHERE {_OURS}
        UNION ALL
        SELECT CASE o.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, format('%I.%I', n.nspname, o.typname)
        FROM pg_type o JOIN pg_namespace n ON n.oid = o.typnamespace WHERE o.typtype IN ('d', 'e') AND {_OURS}
        UNION ALL
        SELECT 'TEXT SEARCH CONFIGURATION', format('%I.%I', n.nspname, o.cfgname)
        FROM pg_ts_config o JOIN pg_namespace n ON n.oid = o.cfgnamespace WHERE {_OURS}
    ) AS objects;
    FOREACH statement IN ARRAY coalesce(statements, '{{}}') LOOP
        EXECUTE statement;
    END LOOP;
END
$clear$;
"""  # noqa: S608  a constant


class BackupError(Exception):
    """A backup or a restore is not possible; the message is a sentence that says what to do."""


class Programs(NamedTuple):
    """A folder of PostgreSQL's programs and their major version."""

    folder: Path
    major: int


def make_backup(file: Path, *, database: Mapping[str, Any]) -> None:
    """Write the whole database (an entry of ``DATABASES``) to `file`, which is replaced only by a complete backup."""
    programs = find_programs(at_least=_server_major(database))
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".part", dir=file.parent)
    except OSError as problem:
        raise BackupError(f"{file} cannot be written ({problem.strerror}): choose another place.") from problem
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as output:
            command = [programs.folder / "pg_dump", "--format=custom", "--no-password", _target(database)]
            done = subprocess.run(  # noqa: S603  fixed programs, no shell
                [str(word) for word in command],
                env=_environment(database),
                stdout=output,
                stderr=subprocess.PIPE,
                check=False,
            )
            if done.returncode:
                raise BackupError(f"The backup failed and {file} was left as it was: {_reason(done.stderr)}")
            output.flush()
            os.fsync(output.fileno())
        part.replace(file)
    except OSError as problem:
        raise BackupError(f"{file} cannot be written ({problem.strerror}): choose another place.") from problem
    finally:
        part.unlink(missing_ok=True)


def restore_backup(file: Path, *, database: Mapping[str, Any], replace: bool) -> None:
    """Put what `file` holds into the database; what is in there already goes only with `replace`."""
    programs = find_programs(at_least=_server_major(database))
    _refuse_other_files(file, programs)
    if not replace and _count_relations(database):
        raise BackupError(
            f"The database {database['NAME']} is not empty: restore into an empty one, or add --replace to delete"
            " everything in it first."
        )
    command = [programs.folder / "psql", "--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1"]
    command += ["--output", os.devnull, "--file=-", _target(database)]
    with (
        tempfile.TemporaryFile() as restore_errors,
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(  # noqa: S603  fixed programs, no shell
            [str(programs.folder / "pg_restore"), "--no-owner", "--file=-", str(file)],
            stdout=subprocess.PIPE,
            stderr=restore_errors,
        ) as reader,
        subprocess.Popen(  # noqa: S603  fixed programs, no shell
            [str(word) for word in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=_environment(database),
        ) as writer,
    ):
        assert reader.stdout
        assert writer.stdin
        try:
            _feed(writer.stdin, reader.stdout, replace=replace)
            if reader.wait() == 0:  # else the text breaks off somewhere, and without COMMIT nothing has happened
                writer.stdin.write(b"\nCOMMIT;\n")
            writer.stdin.close()
        except BrokenPipeError:  # psql met an error and left; it tells below which
            reader.kill()
        if writer.wait() or reader.wait():
            for output in (errors, restore_errors):
                output.seek(0)
            reason = _reason(errors.read() if writer.returncode else restore_errors.read())
            if "lock timeout" in reason:
                reason = "somebody is using it; stop the web server and the workers, then try again."
            raise BackupError(f"The restore failed and the database was left as it was: {reason}")


def find_programs(*, at_least: int) -> Programs:
    """The newest programs on the machine; PostgreSQL's tools deal with older servers, not with newer ones."""
    found = [Programs(folder, major) for folder in _program_folders() if (major := _major_of(folder))]
    newest = max(found, key=lambda programs: programs.major, default=None)
    if newest is None or newest.major < at_least:
        raise BackupError(
            f"The server is PostgreSQL {at_least} and pg_dump of that version is not on this machine: install"
            f" PostgreSQL's client programs {at_least} or newer."
        )
    return newest


def _program_folders() -> Iterator[Path]:
    with contextlib.suppress(embedded_postgres.EmbeddedPostgresError):
        yield embedded_postgres.binaries()
    if on_path := shutil.which("pg_dump"):
        yield Path(on_path).parent
    yield from Path("/usr/lib/postgresql").glob("*/bin")


def _major_of(folder: Path) -> int | None:
    if not all((folder / program).exists() for program in ("pg_dump", "pg_restore", "psql")):
        return None
    command = [str(folder / "pg_dump"), "--version"]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603  fixed program
    version = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(version[1]) if version else None


def _target(database: Mapping[str, Any]) -> str:
    options = {name: value for name, value in (database.get("OPTIONS") or {}).items() if name not in _DJANGO_OPTIONS}
    options.pop("password", None)
    server = {"dbname": "NAME", "host": "HOST", "port": "PORT", "user": "USER"}
    return make_conninfo(**options, **{name: database[key] for name, key in server.items() if database.get(key)})


def _environment(database: Mapping[str, Any]) -> dict[str, str]:
    password = database.get("PASSWORD") or (database.get("OPTIONS") or {}).get("password")
    return os.environ | {"LC_ALL": "C"} | ({"PGPASSWORD": password} if password else {})


def _connect(database: Mapping[str, Any]) -> "psycopg.Connection[Any]":
    secret: dict[str, Any] = {"password": password} if (password := _environment(database).get("PGPASSWORD")) else {}
    try:
        return psycopg.connect(_target(database), **secret)
    except psycopg.OperationalError as problem:
        raise BackupError(f"The database cannot be reached: {_reason(str(problem).encode())}") from problem


def _server_major(database: Mapping[str, Any]) -> int:
    with _connect(database) as connection:
        return connection.info.server_version // 10_000


def _count_relations(database: Mapping[str, Any]) -> int:
    with _connect(database) as connection:
        row = connection.execute(_COUNT_RELATIONS).fetchone()
        return int(row[0]) if row else 0


def _refuse_other_files(file: Path, programs: Programs) -> None:
    if not file.is_file():
        raise BackupError(f"There is no file {file}: give the path of a backup.")
    command = [str(programs.folder / "pg_restore"), "--list", str(file)]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603  fixed program
    if done.returncode or b" django_migrations " not in done.stdout:
        raise BackupError(f"{file} is no backup of Crossread: give a file that `manage.py backup` wrote.")


def _feed(psql: IO[bytes], script: IO[bytes], *, replace: bool) -> None:
    psql.write(b"BEGIN;\n")
    if replace:
        psql.write(_DROP_EVERYTHING.encode())
    in_preamble = True
    for line in script:
        # A setting that servers before PostgreSQL 17 do not know, and that is off anyway.
        if in_preamble and line.startswith(b"SET transaction_timeout"):
            continue
        in_preamble = in_preamble and not line.startswith((b"CREATE ", b"COPY "))
        psql.write(line)


def _reason(said: bytes) -> str:
    """The line of a program's output that tells what went wrong."""
    lines = [line.strip() for line in said.decode(errors="replace").splitlines() if line.strip()]
    chosen = next((line for line in lines if "ERROR:" in line or "error:" in line), lines[-1] if lines else "no reason")
    return re.sub(r"^(psql|pg_dump|pg_restore)\b.*?(ERROR|error):\s*", "", chosen)
