"""The role the web server works in: it may add to what people did, and can change or remove none of it.

The owner of the tables migrates and runs commands. Triggers stop the web server too, but a trigger can be switched off
by whoever owns the table; a right that was never granted cannot be taken.
"""

from typing import Any

from django.conf import settings
from django.db import connections

# Rows that only ever come to be. Taking them away is nobody's work but a restore's.
HISTORY = [
    "articles_decision",
    "articles_storychange",
    "annotations_attachment",
    "annotations_noterevision",
    "annotations_noterevision_rests_on",
    "annotations_evidence",
    "annotations_verdict",
    "annotations_verdictscale",
]


def grant_role(*, using: str, **kwargs: Any) -> None:
    """Gives the web server's role its rights on every table there is now. Runs after migrations, as the owner."""
    role = settings.DATABASE_ROLE
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if not role or cursor.fetchone() is None:
            return
        name = connection.ops.quote_name(role)
        tables = set(connection.introspection.table_names(cursor))
        history = ", ".join(connection.ops.quote_name(table) for table in HISTORY if table in tables)
        cursor.execute(
            f"GRANT USAGE ON SCHEMA public TO {name};"
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name};"
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name};"
        )
        if history:
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {history} FROM {name}")
        if "articles_articleversion" in tables:
            # A version goes only with a story in which nobody did anything; triggers see to it.
            cursor.execute(f"REVOKE UPDATE, TRUNCATE ON articles_articleversion FROM {name}")
        if "annotations_note" in tables:
            cursor.execute(f"REVOKE DELETE, TRUNCATE ON annotations_note FROM {name}")
