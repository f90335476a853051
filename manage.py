#!/usr/bin/env python
"""Django's command line for Crossread."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from config.embedded_postgres import EmbeddedPostgresError

    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, EmbeddedPostgresError) as error:
        # The operator's to mend, and the sentence says how: a traceback would hide it.
        sys.exit(f"{error}")


if __name__ == "__main__":
    main()
