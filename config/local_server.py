"""The web server of the local and the demo mode: one for each data folder, told from others without trusting a pid.

The server holds a lock on ``<data>/server.lock`` as long as it lives. Only who finds the lock held may believe the pid
in it, so `stop` never signals a process that got the number later. No Django here.
"""

import errno
import fcntl
import os
import signal
import socket
import sys
import time
from pathlib import Path

from config import embedded_postgres

_STOP_SECONDS = 20


def refuse_taken_port(host: str, port: int) -> None:
    """Stop with a sentence before any work is done, where the web server would try in vain for some seconds."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OverflowError:
            sys.exit(f"PORT={port} is no port: choose one from 1024 to 65535.")
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                sys.exit(
                    f"Port {port} is taken: end what uses it (`make stop` if that is Crossread), or choose another, as"
                    f" in `make demo PORT={port + 1}`."
                )
            sys.exit(f"Crossread cannot listen on {host}, port {port} ({problem.strerror}): choose another.")


def hold_lock(data: Path) -> int:
    """Mark this process as the server of the folder; the lock lasts as long as the descriptor that is returned."""
    data.mkdir(parents=True, exist_ok=True)
    lock = os.open(_lock_file(data), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    if not _try_lock(lock):
        sys.exit(f"Crossread already runs for the folder {data}: end it with `make stop`.")
    os.truncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
    return lock


def stop(data: Path) -> bool:
    """End the web server of the folder; False when none runs."""
    try:
        lock = os.open(_lock_file(data), os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        if _try_lock(lock):
            return False
        pid = int(os.pread(lock, 32, 0) or 0)
        if pid > 0:
            os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + _STOP_SECONDS
        while not _try_lock(lock):
            if time.monotonic() > deadline:
                sys.exit(f"The web server of {data} does not stop: end the process {pid}.")
            time.sleep(0.05)
        return True
    finally:
        os.close(lock)


def _lock_file(data: Path) -> Path:
    return data / "server.lock"


def _try_lock(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def stop_everything(data: Path) -> None:
    """End the web servers and databases of a data folder and of the folders in it (the demonstration's is one)."""
    stopped = []
    for folder in [data, *sorted(path for path in data.glob("*") if path.is_dir())]:
        if stop(folder):
            stopped.append(f"the web server of {folder}")
        if embedded_postgres.stop(folder / "postgres"):
            stopped.append(f"the database in {folder}")
    print(f"Stopped {', '.join(stopped)}." if stopped else "Nothing was running.")


if __name__ == "__main__":
    try:
        stop_everything(Path(os.environ.get("CROSSREAD_DATA", "").strip() or ".data").absolute())
    except embedded_postgres.EmbeddedPostgresError as problem:
        sys.exit(str(problem))
