"""A running site whose embedded database dies: the next page is there again, and it works in the lesser role."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from config import embedded_postgres

ROOT = Path(__file__).resolve().parent.parent.parent


def manage(data: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "CROSSREAD_MODE": "local", "CROSSREAD_DATA": str(data), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "data"
    manage(folder, "manage.py", "migrate", "--verbosity", "0")
    yield folder
    embedded_postgres.stop(folder / "postgres")


def test_web_server_works_in_the_lesser_role(data: Path):
    code = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "with connection.cursor() as cursor:\n"
        "    cursor.execute('SELECT current_user'); print(cursor.fetchone()[0])\n"
    )
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings"}
    assert manage(data, "-c", code, **settings).stdout.strip() == embedded_postgres.OWNER
    assert manage(data, "-c", code, CROSSREAD_SERVES="1", **settings).stdout.strip() == embedded_postgres.USER


def test_site_brings_its_database_back(data: Path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {"CROSSREAD_MODE": "local", "CROSSREAD_DATA": str(data), "PORT": str(port), "LOG_LEVEL": "ERROR"}
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn_settings"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def status(path: str) -> int:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            # A session has to be looked up, so the page needs the database.
            connection.request("GET", path, headers={"Cookie": "sessionid=0123456789abcdef0123456789abcdef"})
            answer = connection.getresponse()
            answer.read()
            return answer.status

    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                assert status("/healthz") == 200
                break
            except OSError:
                assert time.monotonic() < deadline, "The server does not start."
                assert server.poll() is None, "The server has ended."
        lines = (data / "postgres" / "cluster" / "postmaster.pid").read_text().splitlines()
        os.kill(int(lines[0]), signal.SIGKILL)
        # To the sign-in page: the session is not known, which only the database can tell.
        assert status("/") == 302
        assert status("/healthz") == 200
    finally:
        server.terminate()
        server.wait(30)
