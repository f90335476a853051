"""The embedded PostgreSQL: one owner for the server that needs no installation.

A newcomer has Python and nothing else, so the server comes as a wheel. Only the *binaries* of that wheel are used:
its own ``get_server`` ties the server's life to the processes that use it, signals whatever process a stale pid file
names, and leaves a folder dead when it is killed during initdb. Here the rules are:

- A cluster lives in ``<data>/cluster``. It is prepared beside that name and renamed when it is complete, roles and
  database included: a folder of that name always works.
- Whether the server runs is found out by connecting, never by a pid. A process is signalled only when it is proved
  to be the postmaster of this very folder.
- It is reachable only through a socket in its own folder, which is closed to other users; there is no password and
  no port. It outlives the command that started it, and `stop` ends it.
- PostgreSQL refuses to run as root. For root it runs as an unprivileged account, in place where that account can get
  at the folder, else (a folder in root's closed home) below ``/var/lib/crossread`` with a link from the folder.

No Django here: settings call this module before there are any. Shell: ``python -m config.embedded_postgres``.
"""

from config.embedded_postgres.cluster import DATABASE, OWNER, USER
from config.embedded_postgres.programs import MAJOR_VERSION, EmbeddedPostgresError, binaries
from config.embedded_postgres.server import ConnectionParameters, django_settings, ensure_running, is_running, stop

__all__ = [
    "DATABASE",
    "MAJOR_VERSION",
    "OWNER",
    "USER",
    "ConnectionParameters",
    "EmbeddedPostgresError",
    "binaries",
    "django_settings",
    "ensure_running",
    "is_running",
    "stop",
]
