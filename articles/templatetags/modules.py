"""The scripts of a page: each one, and ahead of them what they import, so that all of it comes in one round trip."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

_IMPORT = re.compile(r'^(?:import|export)\b[^"\n]*"\./([\w-]+)\.js";', re.MULTILINE)


@register.simple_tag
def modules(*names: str) -> SafeString:
    """``{% modules "desk" "names" %}``: script elements of static/js, after hints to fetch what they import.

    A browser would learn of an import only when it has read the script that asks for it.
    """
    wanted = [name for name in names if name]
    imported = dict.fromkeys(found for name in wanted for found in _imports(name) if found not in wanted)
    return _elements('<link rel="modulepreload" href="{}">', imported) + _elements(
        '<script type="module" src="{}"></script>', wanted
    )


def _elements(element: str, names: Iterable[str]) -> SafeString:
    return format_html_join("", element, ((static(f"js/{name}.js"),) for name in names))


@cache
def _imports(name: str) -> tuple[str, ...]:
    """Everything that a script imports, and what that imports in turn."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        path = finders.find(f"js/{waiting.pop()}.js")
        assert path, f"static/js has no {name}.js"
        for imported in _IMPORT.findall(Path(path).read_text(encoding="utf-8")):
            if imported not in found:
                found[imported] = None
                waiting.append(imported)
    return tuple(found)
