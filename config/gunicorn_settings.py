"""Gunicorn's settings, in every mode: ``gunicorn --config python:config.gunicorn_settings``.

Run as a program it only checks that the port is free.
"""

import os
import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config import environment, local_server
from config.embedded_postgres import EmbeddedPostgresError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# The settings give a web server the lesser database role.
os.environ["CROSSREAD_SERVES"] = "1"


def _number(name: str, default: int) -> int:
    try:
        return environment.number(name, default)
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))


_host = environment.text("HOST", "127.0.0.1")
_port = _number("PORT", 8000)

wsgi_app = "config.wsgi"
bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"
worker_class = "gthread"
workers = _number("WEB_CONCURRENCY", 1)
threads = _number("THREADS", 4)  # the settings give each worker as many database connections
timeout = 60
# Workers are replaced now and then, each at another time.
max_requests = 10_000
max_requests_jitter = 1_000
# Standard output and error are what systemd, containers and terminals read.
errorlog = "-"
loglevel = "warning"
control_socket_disable = True


def on_starting(server: Any) -> None:
    from django.conf import settings

    try:
        is_production = settings.IS_PRODUCTION
    except (ImproperlyConfigured, EmbeddedPostgresError) as problem:  # a sentence for who starts it, no traceback
        sys.exit(str(problem))
    if not is_production:
        server.crossread_lock = local_server.hold_lock(settings.DATA_DIR)


def when_ready(server: Any) -> None:
    from django.conf import settings

    if not settings.IS_PRODUCTION:
        print(
            f"\nCrossread is at http://localhost:{_port}/ (Ctrl-C ends it; `make stop` ends its database too)",
            flush=True,
        )


if __name__ == "__main__":
    local_server.refuse_taken_port(_host, _port)
