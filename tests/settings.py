"""The project's settings for a test run: a data folder and a database of its own, cheap passwords, plain assets."""

import os
from pathlib import Path

# Before the settings are read. With DATABASE_URL set the same tests run against that server.
os.environ.setdefault("CROSSREAD_MODE", "local")
os.environ.setdefault("CROSSREAD_DATA", str(Path(__file__).resolve().parent.parent / ".data" / "tests"))

from config.settings import *  # noqa: F403
from config.settings import DATABASES, IS_COLLECTED, STORAGES

# Two runs at once share the server but not the database.
DATABASES["default"]["TEST"] = {"NAME": os.environ.get("CROSSREAD_TEST_DATABASE") or f"test_crossread_{os.getpid()}"}
# Threads of the live server and connections of the tests come and go; a pool would keep the database in use at the end.
DATABASES["default"]["OPTIONS"].pop("pool")

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Only benchmarks ask for collected files, to measure what a server sends.
if not IS_COLLECTED:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
