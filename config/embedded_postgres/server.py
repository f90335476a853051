"""Starting, asking and stopping the server of a folder."""

import contextlib
import os
import signal
import sys
import time
from pathlib import Path
from typing import TypedDict

from psycopg import pq
from psycopg.conninfo import make_conninfo

from config.embedded_postgres.cluster import DATABASE, OWNER, USER, make_cluster
from config.embedded_postgres.folder import PORT, SOCKET_NAME, cluster_of, locked, log_of, refuse_foreign, socket_folder
from config.embedded_postgres.programs import (
    MAJOR_VERSION,
    EmbeddedPostgresError,
    account_for,
    run,
    usable_binaries,
)

# Recovery after a crash reads back all that was written since the last checkpoint: this takes its time.
_TIMEOUT_SECONDS = 60
_POLL_SECONDS = 0.05
# How long a postmaster may be alive without listening yet (or any more) before it counts as cut off.
_GRACE_SECONDS = 5


class ConnectionParameters(TypedDict):
    """What a client needs. `user` is the application's role, `owner` the one that migrates."""

    host: str
    port: str
    dbname: str
    user: str
    owner: str


def ensure_running(data: Path, *, durable: bool = True) -> ConnectionParameters:
    """Make sure that the server of the folder `data` runs, and say how to connect to it.

    Makes the cluster at the first call. `durable=False` makes one that a power failure may break but that writes
    faster: for tests.
    """
    data = Path(os.path.abspath(data))
    refuse_foreign(data)
    if _ping(data) != pq.Ping.OK:
        with locked(data):
            _start(data, durable=durable)
    return {"host": socket_folder(data), "port": PORT, "dbname": DATABASE, "user": USER, "owner": OWNER}


def django_settings(data: Path, *, role: str = OWNER, durable: bool = True) -> dict[str, str]:
    """The same as an entry of Django's ``DATABASES``, connecting as `role`.

    The owner is a member of the application's role, so it can also step down to it: ``assume_role``.
    """
    server = ensure_running(data, durable=durable)
    return {"NAME": server["dbname"], "USER": role, "HOST": server["host"], "PORT": server["port"]}


def is_running(data: Path) -> bool:
    """Whether the server of the folder `data` answers."""
    return _ping(Path(os.path.abspath(data))) == pq.Ping.OK


def stop(data: Path) -> bool:
    """End the server of the folder `data`; False when it did not run."""
    data = Path(os.path.abspath(data))
    if not cluster_of(data).exists():
        return False
    refuse_foreign(data)
    with locked(data):
        if _postmaster(data) is None:
            return False
        _stop_postmaster(data)
        return True


def _ping(data: Path) -> pq.Ping:
    """Ask the server whether it takes connections."""
    if not cluster_of(data).exists():
        return pq.Ping.NO_RESPONSE
    target = make_conninfo(
        host=socket_folder(data), port=PORT, user=USER, dbname=DATABASE, connect_timeout=3, sslmode="disable"
    )
    return pq.Ping(pq.PGconn.ping(target.encode()))


def _start(data: Path, *, durable: bool) -> None:
    if not cluster_of(data).exists():
        make_cluster(data, durable=durable)
    _check_version(data)
    started = time.monotonic()
    while (answer := _ping(data)) != pq.Ping.OK:
        waited = time.monotonic() - started
        if waited > _TIMEOUT_SECONDS:
            raise EmbeddedPostgresError(
                f"The database in {data} did not answer within {_TIMEOUT_SECONDS} seconds: it may still be recovering,"
                f" so try again in a while, or read {log_of(data)}."
            )
        if answer == pq.Ping.REJECT:  # starting up, recovering or shutting down
            time.sleep(_POLL_SECONDS)
        elif _postmaster(data) is None:
            _run_postmaster(data, seconds=int(_TIMEOUT_SECONDS - waited) + 1)
        elif waited < _GRACE_SECONDS:
            time.sleep(_POLL_SECONDS)
        else:  # alive, but its socket is gone
            _stop_postmaster(data)


def _check_version(data: Path) -> None:
    """A cluster of another major version cannot be opened; PostgreSQL's own words for that help nobody."""
    try:
        version = (cluster_of(data) / "PG_VERSION").read_text().strip()
    except OSError as problem:
        raise EmbeddedPostgresError(
            f"The folder {cluster_of(data)} is not a PostgreSQL cluster: move it away, or set CROSSREAD_DATA to another"
            " folder."
        ) from problem
    if version != str(MAJOR_VERSION):
        raise EmbeddedPostgresError(
            f"The database in {data} was made by PostgreSQL {version}, and this is PostgreSQL {MAJOR_VERSION}: back it"
            " up with the release of Crossread that made it, move the folder away, and restore the backup."
        )


def _run_postmaster(data: Path, *, seconds: int) -> None:
    cluster = cluster_of(data)
    account = account_for(cluster)
    _disarm_stale_lock_files(cluster)
    log = log_of(data)
    with contextlib.suppress(FileNotFoundError):
        if log.stat().st_size > 1_000_000:
            log.rename(log.with_suffix(".log.1"))
    command: list[str | Path] = [usable_binaries(account) / "pg_ctl", "start", "-D", ".", "-l", log.name]
    if run([*command, "-w", "-t", str(seconds)], account=account, cwd=cluster, timeout=seconds + 10).returncode == 0:
        return
    said = _last_lines(log)
    if any("pre-existing shared memory block" in line for line in said):
        _end_orphans(cluster)
        time.sleep(_POLL_SECONDS)
        return
    if _ping(data) == pq.Ping.NO_RESPONSE and _postmaster(data) is None:
        reason = next((line for line in reversed(said) if "FATAL" in line or "PANIC" in line), "see there")
        raise EmbeddedPostgresError(f"The database in {data} does not start; its log {log} says: {reason}")


def _end_orphans(cluster: Path) -> None:
    """End what a killed postmaster left behind: a query that computes does not notice and blocks the next start.

    Elsewhere than on Linux a process's folder costs a program call each to find out; there they end by themselves.
    """
    for entry in Path("/proc").glob("[0-9]*"):
        if _is_postgres_of(int(entry.name), cluster):
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(entry.name), signal.SIGQUIT)


def _stop_postmaster(data: Path) -> None:
    account = account_for(cluster_of(data))
    programs = usable_binaries(account)
    for mode, seconds in (("fast", 30), ("immediate", 15)):
        # Proved again each time: a pid may be somebody else's by now.
        if (pid := _postmaster(data)) is None:
            return
        command: list[str | Path] = [programs / "pg_ctl", "stop", "-D", ".", "-m", mode]
        run([*command, "-w", "-t", str(seconds)], account=account, cwd=cluster_of(data), timeout=seconds + 10)
        if not _is_postgres_of(pid, cluster_of(data)):
            return
    raise EmbeddedPostgresError(f"The database in {data} does not stop: end the process {pid}, then try again.")


def _postmaster(data: Path) -> int | None:
    """The process that serves this folder, proved to be it and not merely named in the pid file."""
    try:
        pid = int((cluster_of(data) / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pid if pid > 0 and _is_postgres_of(pid, cluster_of(data)) else None


def _is_postgres_of(pid: int, cluster: Path) -> bool:
    """Whether the process is a PostgreSQL whose working directory is this folder, as that of all of its own is."""
    try:
        if sys.platform == "linux":
            program = os.readlink(f"/proc/{pid}/exe").removesuffix(" (deleted)")
            folder = f"/proc/{pid}/cwd"
        else:
            fields = run(["lsof", "-a", "-p", str(pid), "-d", "cwd,txt", "-F", "fn"]).stdout.splitlines()
            folder = fields[fields.index("fcwd") + 1][1:]
            program = fields[fields.index("ftxt") + 1][1:]
        return Path(program).name == "postgres" and os.path.samefile(folder, cluster)
    except (OSError, ValueError, IndexError):
        return False


def _disarm_stale_lock_files(cluster: Path) -> None:
    """Keep a pid that has passed to an innocent process from looking like a running server.

    PostgreSQL refuses to start while the process that its pid file names is alive, whichever that is, unless it is
    one of its own ancestors. So name this process. The rest of the file stays: by its shared memory key PostgreSQL
    finds out whether processes of a dead postmaster still write here.
    """
    (cluster / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)
    pid_file = cluster / "postmaster.pid"
    try:
        _, *rest = pid_file.read_text().splitlines(keepends=True)
    except FileNotFoundError:
        return
    except ValueError:
        rest = []
    if rest:
        pid_file.write_text("".join([f"{os.getpid()}\n", *rest]))
    else:
        pid_file.unlink()


def _last_lines(log: Path) -> list[str]:
    try:
        return log.read_text(errors="replace").splitlines()[-20:]
    except OSError:
        return []
