"""Finding a Python that runs, on machines where the first name on the path is a stand-in that does not."""

import subprocess
import sys
from pathlib import Path

import pytest

FIND = Path(__file__).resolve().parents[2] / ".ci" / "find-python"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


def find_python(path: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    clean = {"PATH": str(path), "HOME": str(path.parent)}
    command = ["/bin/sh", str(FIND), *arguments]
    return subprocess.run(command, env=clean | environment, capture_output=True, text=True, check=False)


def add(path: Path, name: str, script: str) -> None:
    (path / name).write_text(f"#!/bin/sh\n{script}\n")
    (path / name).chmod(0o755)


def works(script_of: str = sys.executable) -> str:
    return f'exec "{script_of}" "$@"'


def test_stand_in_that_does_not_run_is_passed_over(path: Path) -> None:
    add(path, "python3.13", "echo 'not installed' >&2; exit 127")
    add(path, "python3", works())
    done = find_python(path)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, sys.executable, "")


def test_old_python_is_passed_over_and_what_is_missing_is_said(path: Path) -> None:
    add(path, "python3", "exit 1")
    done = find_python(path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("There is no Python 3.12 or newer here: install one (")
    assert done.stderr.count("\n") == 1


def test_pythons_of_a_version_manager_are_found(path: Path) -> None:
    folder = path.parent / ".pyenv" / "versions" / "3.13.0" / "bin"
    folder.mkdir(parents=True)
    add(folder, "python3", works())
    assert find_python(path).stdout.strip() == sys.executable


def test_named_python_is_taken_or_refused(path: Path) -> None:
    assert find_python(path, PYTHON=sys.executable).stdout.strip() == sys.executable
    refused = find_python(path, PYTHON="/nowhere/python")
    assert refused.returncode == 1
    assert refused.stderr.startswith("PYTHON is /nowhere/python, which is no Python 3.12 or newer")


def test_exact_version_is_found_or_refused(path: Path) -> None:
    add(path, "python3", works())
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert find_python(path, version).stdout.strip() == sys.executable
    assert "There is no Python 3.99 here" in find_python(path, "3.99").stderr
