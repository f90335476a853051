"""Named locks that a transaction holds to its end, so that two people cannot do the same thing twice."""

from django.conf import settings
from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable


class BusyError(Exception):
    """Somebody else holds the lock for longer than one waits for it: a long comparison, most likely."""


def lock(name: str, number: int = 0) -> None:
    """Waits for the lock ``name`` (of row ``number``) and holds it until the transaction ends.

    Must be called inside a transaction.

    Raises:
        BusyError: when it is not to be had within ``settings.LOCK_SECONDS``; the transaction is then over.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{settings.LOCK_SECONDS}s"])
        try:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [f"crossread {name}", number])
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable):
                raise BusyError(f"The lock {name!r} is held by somebody else.") from error
            raise
