"""What a page's scripts import is fetched with them."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from articles.templatetags.modules import _IMPORT

SCRIPTS = sorted((Path(settings.BASE_DIR) / "static" / "js").glob("*.js"))


def drawn(names: str) -> str:
    return Template(f"{{% load modules %}}{{% modules {names} %}}").render(Context())


def test_imports_are_announced_once_and_before_the_scripts():
    page = drawn('"desk" "names"')

    announced = re.findall(r'<link rel="modulepreload" href="/static/js/([\w-]+)\.js">', page)
    assert sorted(announced) == sorted(set(announced))
    # desk imports selection, and that codepoints; names imports codepoints as well.
    assert {"selection", "codepoints", "panels"} <= set(announced)
    assert re.findall(r'<script type="module" src="/static/js/([\w-]+)\.js"></script>', page) == ["desk", "names"]
    assert page.index("<script") > page.rindex("<link")


def test_script_that_is_asked_for_is_not_announced_as_well():
    assert "modulepreload" not in drawn('"selection" "codepoints"')


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_every_import_is_seen(path: Path):
    script = path.read_text(encoding="utf-8")

    assert len(_IMPORT.findall(script)) == script.count('"./')
