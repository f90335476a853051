"""Starts and stops embedded servers from the shell: ``python -m config.embedded_postgres stop FOLDER...``."""

import sys
from pathlib import Path

from config.embedded_postgres import EmbeddedPostgresError, ensure_running, stop


def main(arguments: list[str]) -> int:
    """Start, stop or ask after the servers of the given folders."""
    match arguments:
        case ["start", *folders] if folders:
            act = "runs"
            done = [bool(ensure_running(Path(folder))) for folder in folders]
        case ["stop", *folders] if folders:
            act = "stopped"
            done = [stop(Path(folder)) for folder in folders]
        case _:
            print("usage: python -m config.embedded_postgres start|stop FOLDER...", file=sys.stderr)
            return 2
    for folder, changed in zip(folders, done, strict=True):
        print(f"{folder}: {act if changed else 'did not run'}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except EmbeddedPostgresError as problem:
        sys.exit(str(problem))
