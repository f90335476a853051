"""One file of a style sheet or a script and all that it imports: a page then waits for one answer, not for twenty.

The sources stay apart, and a browser reads them apart as well where files are not collected. What is joined here is
only what our own files need: sheets imported at the top, and scripts that export names once and import them by name.
"""

import re
from pathlib import Path

_SHEET = re.compile(r'^@import url\("([\w-]+\.css)"\);\n', re.MULTILINE)
_OTHER_SHEET = re.compile(r"^.*@import\b.*", re.MULTILINE)
_IMPORT = re.compile(r'^import (?:\{ (\w+(?:, \w+)*) \} from )?"\./([\w-]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|const) (\w+)", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def joined_sheet(path: Path) -> str:
    """The sheet with those it imports in their places.

    Raises:
        ValueError: a sheet imports in a way that is not joined; browsers would pass over it.
    """
    joined = _SHEET.sub(lambda found: joined_sheet(path.parent / found[1]), path.read_text(encoding="utf-8"))
    if other := _OTHER_SHEET.search(joined):
        raise ValueError(f"{path.name} has a line that is not joined: {other[0].strip()}")
    return joined


def joined_script(path: Path) -> str:
    """The script after those it imports, each once and in a scope of its own; the script as it is where it has none.

    Raises:
        ValueError: a script imports or exports in a way that is not joined, or imports itself in the end.
    """
    text = path.read_text(encoding="utf-8")
    if not _IMPORT.search(text):
        return text
    scopes: dict[str, str] = {}
    _add_scope(path, scopes, under_way=[])
    return "".join(scopes.values())


def _add_scope(path: Path, scopes: dict[str, str], *, under_way: list[str]) -> None:
    name = path.stem
    if name in scopes:
        return
    if name in under_way:
        raise ValueError(f"{path.name} imports itself in the end: {', '.join(under_way)}.")
    text = path.read_text(encoding="utf-8")
    for found in _IMPORT.finditer(text):
        _add_scope(path.with_name(f"{found[2]}.js"), scopes, under_way=[*under_way, name])
    exported = [found[2] for found in _EXPORT.finditer(text)]
    body = _EXPORT.sub(r"\1 \2", _IMPORT.sub(_taken_from_scope, text))
    if other := _OTHER.search(body):
        raise ValueError(f"{path.name} has a line that is not joined: {other[0]}")
    scopes[name] = f"const {_scope(name)} = (() => {{\n{body}return {{ {', '.join(exported)} }};\n}})();\n"


def _taken_from_scope(found: re.Match[str]) -> str:
    return f"const {{ {found[1]} }} = {_scope(found[2])};" if found[1] else ""


def _scope(name: str) -> str:
    return f"in_{name.replace('-', '_')}"
