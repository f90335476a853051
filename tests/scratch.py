"""A database of its own for programs that measure: made, used and dropped, so that nobody's data is touched.

Importing this module sets Django up; import models only inside functions, or through it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.db import connection
from django.test.utils import setup_databases, setup_test_environment, teardown_databases, teardown_test_environment

# Whatever the shell says: the settings of the tests keep to a data folder and a database name of their own.
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["CROSSREAD_MODE"] = "local"
django.setup()


@contextmanager
def scratch_database() -> Iterator[None]:
    """A migrated, empty database for as long as the block runs."""
    setup_test_environment(debug=False)
    made = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        # A server that has just ended may still hold a session, and the database could not be dropped.
        with connection.cursor() as cursor:
            # The server's own workers leave by themselves, and only it may end them.
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
        teardown_databases(made, verbosity=0)
        teardown_test_environment()
