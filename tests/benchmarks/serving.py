"""The web server that comes along, as a process of its own on the scratch database: what people's browsers talk to."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
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
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": _database_url(),
        # As at home: the embedded database is served in its lesser role.
        "DATABASE_ROLE": settings.DATABASE_ROLE,
        "CROSSREAD_DATA": str(settings.DATA_DIR),
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
        server.wait(_PATIENCE_SECONDS)


def _database_url() -> str:
    database = connection.settings_dict
    who = ":".join(quote(database[part], safe="") for part in ("USER", "PASSWORD") if database[part])
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"postgresql://{who}@{port}/{database['NAME']}?{urlencode({'host': database['HOST']}, safe='/')}"


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)) as asked:
                asked.request("GET", "/healthz")
                if asked.getresponse().status == http.client.OK:
                    return
        except OSError:
            pass
        if server.poll() is not None or time.monotonic() > deadline:
            sys.exit("The web server does not start; what it says stands above.")
        time.sleep(0.05)
