"""What a web server hands out: named after its content, compressed, collected once for each state of the files."""

import gzip
import os
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import storages

from config.static_files import collect_when_changed


@pytest.fixture
def source(tmp_path: Path, settings) -> Path:
    """A folder of static files, alone, to be collected beside it."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("body { color: black }\n" * 50)
    (source / "one.js").write_text('import { two } from "./two.js";\ntwo();\n')
    (source / "two.js").write_text("export const two = () => 2;\n")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "data" / "static"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "config.static_files.CollectedFiles"}}
    finders.get_finder.cache_clear()
    yield source
    finders.get_finder.cache_clear()


def collected(folder: Path, pattern: str) -> list[str]:
    return sorted(path.name for path in folder.glob(pattern))


def test_files_are_named_after_their_content_and_compressed(source: Path, settings):
    collect_when_changed()
    folder = Path(settings.STATIC_ROOT)
    (name,) = collected(folder, "a.*.css")
    assert storages["staticfiles"].url("a.css").endswith(name)
    assert gzip.decompress((folder / f"{name}.gz").read_bytes()) == (source / "a.css").read_bytes()
    (two,) = collected(folder, "two.*.js")
    (one,) = collected(folder, "one.*.js")
    assert f'"./{two}"' in (folder / one).read_text()


def test_collecting_is_left_out_until_a_file_changes(source: Path, settings):
    collect_when_changed()
    folder = Path(settings.STATIC_ROOT)
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    collect_when_changed()
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    (source / "a.css").write_text("body { color: blue }\n" * 50)
    os.utime(source / "a.css", ns=(1, 1))
    collect_when_changed()
    assert not set(collected(folder, "a.*.css")) & {path.name for path in before}
    # What was there before is gone: nothing asks for it.
    assert len(collected(folder, "a.*.css")) == 1


def test_interrupted_collecting_is_done_again(source: Path, settings):
    collect_when_changed()
    folder = Path(settings.STATIC_ROOT)
    (folder.with_suffix(".stamp")).unlink()
    (folder / "staticfiles.json").unlink()
    collect_when_changed()
    assert (folder / "staticfiles.json").exists()
