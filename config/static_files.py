"""Styles, scripts and drawings as a web server hands them out: compressed, and named after their content."""

import fcntl
from hashlib import blake2s
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Files of the administration pages that none of them asks for: it is in English, and takes the minified ones.
_UNUSED = ["i18n", "jquery.js", "select2.full.js", "select2.css", "xregexp.js", "LICENSE*", "*.txt", "*.md"]


class CollectedFiles(CompressedManifestStaticFilesStorage):
    """Scripts that import one another do so by the names after their content, too."""

    support_js_module_import_aggregation = True


def collect_when_changed() -> None:
    """Collects the static files into the data folder unless that was done with just these.

    Several workers may start at once: the others wait for the first and find it done.
    """
    assert settings.STATIC_ROOT is not None
    folder = Path(settings.STATIC_ROOT)
    folder.parent.mkdir(parents=True, exist_ok=True)
    stamp = folder.with_suffix(".stamp")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        state = _state()
        if folder.is_dir() and stamp.exists() and stamp.read_text() == state:
            return
        call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=_UNUSED)
        stamp.write_text(state)


def _state() -> str:
    """Names the files there are: another size or time of one of them is another name."""
    digest = blake2s(digest_size=16)
    for finder in get_finders():
        for name, storage in finder.list(None):
            about = Path(storage.path(name)).stat()
            digest.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()
