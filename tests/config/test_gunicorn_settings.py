"""The web server's start: what is wrong with the settings is a sentence, not a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PORT": "abc"}, "PORT='abc' is not a whole number."),
        ({"PORT": "0", "DATABASE_URL": "postgresql://h/desk"}, "The environment variable SECRET_KEY is not set"),
        ({"PORT": "0", "CROSSREAD_MODE": "local", "THREADS": "many"}, "THREADS='many' is not a whole number."),
    ],
)
def test_wrong_setting_stops_the_start_with_a_sentence(environment: dict[str, str], sentence: str) -> None:
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn_settings"]
    done = subprocess.run(
        command, cwd=REPOSITORY, env=clean | environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode != 0
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
