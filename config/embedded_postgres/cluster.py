"""Making a cluster: complete or not at all."""

import hashlib
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from config.embedded_postgres.folder import cluster_of
from config.embedded_postgres.programs import (
    SERVICE_FOLDER,
    Account,
    EmbeddedPostgresError,
    account_for,
    make_service_folder,
    may_use,
    run_or_fail,
    usable_binaries,
)

DATABASE = "crossread"
OWNER = "crossread_owner"  # owns the tables, migrates
USER = "crossread"  # what the application connects as; has what the migrations grant
_SUPERUSER = "postgres"

_SETTINGS = {
    "listen_addresses": "",
    # The server's working directory is its folder: no quoting of odd paths, no limit on their length, and the folder
    # can be moved.
    "unix_socket_directories": ".",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "io_method": "sync",  # three processes fewer, and no slower on data that fits the cache
}
_THROWAWAY_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def make_cluster(data: Path, *, durable: bool) -> None:
    """Prepare a whole cluster beside its name, then rename it: killed half-way, it was never there."""
    try:
        _prepare_and_rename(data, durable=durable)
    except OSError as problem:
        raise EmbeddedPostgresError(
            f"A new database cannot be made in {data} ({problem.strerror}): set CROSSREAD_DATA to a folder of your own"
            " on a local disk."
        ) from problem


def _prepare_and_rename(data: Path, *, durable: bool) -> None:
    account = account_for(cluster_of(data))
    programs = usable_binaries(account)
    in_place = may_use(data, account)
    home = data if in_place else SERVICE_FOLDER
    if not in_place:
        make_service_folder()
    prefix = "cluster." if in_place else hashlib.sha256(os.fsencode(data)).hexdigest()[:12] + "."
    for left_over in home.glob(f"{prefix}*.new"):
        _remove_left_over(left_over)
    fresh = Path(tempfile.mkdtemp(prefix=prefix, suffix=".new", dir=home))
    if account:
        os.chown(fresh, *account)
    _fill_cluster(fresh, programs, account, durable=durable)
    cluster = cluster_of(data)
    if in_place:
        fresh.rename(cluster)
    else:
        cluster.unlink(missing_ok=True)  # a link whose target is gone
        ready = fresh.rename(fresh.with_suffix(""))
        _sync_folder(ready.parent)
        cluster.symlink_to(ready)
    _sync_folder(data)


def _remove_left_over(folder: Path) -> None:
    """Remove what a killed set-up left; its initdb may live on for a moment, until it misses its files."""
    deadline = time.monotonic() + 5
    while folder.exists() and time.monotonic() < deadline:
        shutil.rmtree(folder, ignore_errors=True)
        time.sleep(0.02)


def _fill_cluster(folder: Path, programs: Path, account: Account | None, *, durable: bool) -> None:
    # One fixed locale, whatever the machine's: PostgreSQL's own collation and case mapping, which no upgrade of the
    # system's library changes under an index; the system's LC_CTYPE is what the text search parser goes by.
    command: list[str | Path] = [programs / "initdb", "-D", ".", "-U", _SUPERUSER, "--auth=trust", "--encoding=UTF8"]
    command += ["--locale=C", "--lc-ctype=C.UTF-8" if sys.platform == "linux" else "--lc-ctype=en_US.UTF-8"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions", "--no-sync"]
    for name, value in (_SETTINGS | ({} if durable else _THROWAWAY_SETTINGS)).items():
        command += ["--set", f"{name}={value}"]
    run_or_fail(command, account=account, cwd=folder, act="A new database cannot be made")
    roles = (
        f"CREATE ROLE {OWNER} LOGIN CREATEDB;\n"
        f"CREATE ROLE {USER} LOGIN ROLE {OWNER};\n"
        f"CREATE DATABASE {DATABASE} OWNER {OWNER} STRATEGY file_copy;\n"
    )
    command = [programs / "postgres", "--single", "-D", ".", "-c", "fsync=off", "-c", "exit_on_error=on", "postgres"]
    run_or_fail(command, account=account, cwd=folder, act="A new database cannot be set up", stdin=roles)
    if durable:  # one sync in the end, in place of one after each file
        command = [programs / "initdb", "-D", ".", "--sync-only"]
        run_or_fail(command, account=account, cwd=folder, act="A new database cannot be written to disk")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
