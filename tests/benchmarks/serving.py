"""The web server that comes along, as a process of its own on the scratch database: what people's browsers talk to."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

_PATIENCE_SECONDS = 60


@contextmanager
def served() -> Iterator[str]:
    """The address of a server that has opened its connections and answers.

    Raises:
        SystemExit: it does not start.
    """
    with socket.socket() as free, TemporaryDirectory() as data:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        # A folder of its own, since a folder has one server at a time; the sessions of this process are good there.
        shutil.copy2(Path(settings.DATA_DIR) / "secret_key", data)
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": _database_url(),
            # As at home: the embedded database is served in its lesser role.
            "DATABASE_ROLE": settings.DATABASE_ROLE,
            "CROSSREAD_DATA": data,
            "HOST": "127.0.0.1",
            "PORT": str(port),
        }
        command = [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn_settings"]
        server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL)
        try:
            _wait(server, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()


def _database_url() -> str:
    database = connection.settings_dict
    who = ":".join(quote(database[part], safe="") for part in ("USER", "PASSWORD") if database[part])
    port = f":{database['PORT']}" if database["PORT"] else ""
    options = {name: value for name, value in database["OPTIONS"].items() if isinstance(value, str)}
    query = urlencode({"host": database["HOST"], **options}, quote_via=quote)
    return f"postgresql://{who}@{port}/{quote(database['NAME'], safe='')}?{query}"


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    heard: object = "nothing"
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)) as asked:
                asked.request("GET", "/healthz")
                heard = asked.getresponse().status
        except OSError as problem:
            heard = problem
        if heard == http.client.OK:
            return
        time.sleep(0.05)
    how = f"ended with {server.returncode}" if server.poll() is not None else f"answered /healthz with {heard}"
    sys.exit(f"The web server does not start within {_PATIENCE_SECONDS} seconds: it {how}.")
