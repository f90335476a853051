"""The folder of an embedded database: who may use it, what lies where in it, and one process at a time."""

import contextlib
import errno
import fcntl
import hashlib
import os
import pwd
import time
from collections.abc import Iterator
from pathlib import Path

from config.embedded_postgres.programs import EmbeddedPostgresError, service_accounts

PORT = "5432"  # only part of the socket's name
SOCKET_NAME = f".s.PGSQL.{PORT}"

# What fits a socket's address: 104 bytes with the closing NUL on macOS, 108 on Linux.
_SOCKET_PATH_BYTES = 103
_LOCK_TIMEOUT_SECONDS = 60
_POLL_SECONDS = 0.05


def cluster_of(data: Path) -> Path:
    return data / "cluster"


def log_of(data: Path) -> Path:
    return cluster_of(data) / "server.log"


def socket_folder(data: Path) -> str:
    """A name of the cluster's folder that does as a socket's address: short enough, and without a comma.

    A comma would part it in two hosts. The limits are on the path that is named, not on the one that is meant, so a
    link in a folder that only this user can write to gets around them.
    """
    cluster = cluster_of(data)
    if _does_as_address(cluster):
        return str(cluster)
    name = hashlib.sha256(os.fsencode(cluster)).hexdigest()[:16]
    for private in _private_folders():
        link = private / "crossread" / name
        if not _does_as_address(link):
            continue
        with contextlib.suppress(OSError):
            link.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not link.is_symlink() or os.readlink(link) != str(cluster):
                fresh = link.with_name(f"{name}.{os.getpid()}")
                fresh.symlink_to(cluster)
                fresh.replace(link)
            return str(link)
    raise EmbeddedPostgresError(
        f"The path {data} is too long for a socket, or has a comma: set CROSSREAD_DATA to another folder."
    )


def _does_as_address(folder: Path) -> bool:
    return len(os.fsencode(folder / SOCKET_NAME)) <= _SOCKET_PATH_BYTES and "," not in str(folder)


def _private_folders() -> Iterator[Path]:
    """Folders that belong to this user alone, by convention of the system; never the common temporary folder."""
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        yield Path(runtime)
    with contextlib.suppress(RuntimeError):
        yield Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def refuse_foreign(data: Path) -> None:
    """Two users' servers and files in one folder would lock each other out, half-way through."""
    me = os.geteuid()
    for folder, allowed in (
        (data, {me}),
        (cluster_of(data), {me} if me else {account.uid for account in service_accounts()}),
    ):
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


@contextlib.contextmanager
def locked(data: Path) -> Iterator[None]:
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
        deadline = time.monotonic() + _LOCK_TIMEOUT_SECONDS
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
                    f"Another process has been starting or stopping the database in {data} for"
                    f" {_LOCK_TIMEOUT_SECONDS} seconds: wait for it or end it, then try again."
                )
            time.sleep(_POLL_SECONDS)
        yield
    finally:
        os.close(lock)
