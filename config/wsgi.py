"""The web server's entry: ``gunicorn config.wsgi``."""

import os

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

django.setup(set_prefix=False)


def collect_static_files() -> None:
    """Before the application is made, which looks once which static files there are."""
    from django.conf import settings

    from config.static_files import collect_when_changed

    if settings.IS_COLLECTED and not settings.IS_PRODUCTION:
        collect_when_changed()


collect_static_files()
application = get_wsgi_application()


def refuse_demo_people() -> None:
    """Stops the start in production when the demonstration's people are in the database."""
    from django.conf import settings
    from django.db import connection

    from config.checks import demo_people_refusal, find_demo_people

    if not settings.IS_PRODUCTION:
        return
    try:
        names = find_demo_people()
    finally:
        # A server that loads the application before it forks must not share this connection with its workers.
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # of PostgreSQL alone
    if names:
        raise ImproperlyConfigured(demo_people_refusal(names))


refuse_demo_people()
