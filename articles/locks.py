"""Named locks that a transaction holds to its end, so that two people cannot do the same thing twice."""

from django.db import connection


def lock(name: str, number: int = 0) -> None:
    """Waits for the lock ``name`` (of row ``number``) and holds it until the transaction ends.

    Must be called inside a transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [f"crossread {name}", number])
