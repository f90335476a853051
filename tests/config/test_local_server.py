"""The web server of a data folder: found by its lock, never by a pid that may have passed to somebody else."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import local_server

REPOSITORY = Path(__file__).resolve().parents[2]
HOLD = "import sys, time; from pathlib import Path; from config.local_server import hold_lock; "


@pytest.fixture
def running(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process that holds the folder's lock, as the web server does."""
    code = HOLD + "hold_lock(Path(sys.argv[1])); print('held', flush=True); time.sleep(600)"
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_stop_ends_the_server(tmp_path: Path, running: "subprocess.Popen[str]") -> None:
    assert local_server.stop(tmp_path)
    assert running.wait(timeout=10) == -signal.SIGTERM
    assert not local_server.stop(tmp_path)


def test_stop_leaves_an_innocent_process_whose_pid_is_in_a_stale_file(tmp_path: Path) -> None:
    with subprocess.Popen(["sleep", "600"]) as innocent:
        (tmp_path / "server.lock").write_text(f"{innocent.pid}\n")
        assert not local_server.stop(tmp_path)
        assert innocent.poll() is None
        innocent.kill()


def test_second_server_of_a_folder_is_refused(tmp_path: Path, running: "subprocess.Popen[str]") -> None:
    with pytest.raises(SystemExit, match=r"already runs for the folder .*: end it with `make stop`"):
        local_server.hold_lock(tmp_path)


def test_lock_of_a_killed_server_is_free(tmp_path: Path, running: "subprocess.Popen[str]") -> None:
    running.kill()
    running.wait()
    os.close(local_server.hold_lock(tmp_path))
    assert (tmp_path / "server.lock").read_text() == f"{os.getpid()}\n"


def test_taken_port_is_refused_with_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"Port {port} is taken: .* `make demo PORT={port + 1}`"):
            local_server.refuse_taken_port("127.0.0.1", port)
    local_server.refuse_taken_port("127.0.0.1", port)


def test_impossible_port_is_refused_with_a_sentence() -> None:
    with pytest.raises(SystemExit, match="PORT=70000 is no port"):
        local_server.refuse_taken_port("127.0.0.1", 70000)


def test_stop_everything_says_when_nothing_ran(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "demo").mkdir()
    local_server.stop_everything(tmp_path)
    assert capsys.readouterr().out == "Nothing was running.\n"
