"""Styles, scripts and drawings as a web server hands them out: compressed, and named after their content."""

import fcntl
from collections.abc import Iterator
from hashlib import blake2s
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

from config import joined_files
from config.joined_files import joined_script, joined_sheet

# Files of the administration pages that none of them asks for: it is in English, and takes the minified ones.
_UNUSED = ["i18n", "jquery.js", "select2.full.js", "select2.css", "xregexp.js", "LICENSE*", "*.txt", "*.md"]
# Folders of our own files, and how one that imports others is made whole.
_JOINS = {"css": joined_sheet, "js": joined_script}


class CollectedFiles(CompressedManifestStaticFilesStorage):
    """Sheets and scripts of ours hold what they import; scripts of others import by the names after their content."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            # What is to be named and compressed is read from where these say it lies.
            paths |= {name: (self, name) for name, (store, path) in paths.items() if self._is_joined(name, store, path)}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _is_joined(self, name: str, store: Any, path: str) -> bool:
        """Whether the collected file is now another than its source, ``path`` in ``store``: it holds others, too."""
        join = _JOINS.get(str(PurePosixPath(name).parent))
        if not join:
            return False
        source = Path(store.path(path))
        whole = join(source)
        if whole == source.read_text(encoding="utf-8"):
            return False
        Path(self.path(name)).write_text(whole, encoding="utf-8")
        return True


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
    """Names the files there are and how they are joined: another size or time of one of them is another name."""
    digest = blake2s(digest_size=16)
    for module in (__file__, joined_files.__file__):
        digest.update(Path(module).read_bytes())
    for finder in get_finders():
        for name, storage in finder.list(None):
            about = Path(storage.path(name)).stat()
            digest.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()
