"""A style sheet or a script with what it imports, in one file."""

from pathlib import Path

import pytest

from config.joined_files import joined_script, joined_sheet

STATIC = Path(__file__).parents[2] / "static"


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")


def test_sheet_takes_in_what_it_imports_in_its_order(tmp_path: Path):
    write(
        tmp_path,
        all_css='@import url("a.css");\n@import url("b.css");\np { color: red }\n',
        a_css="/* é */\n",
        b_css="q {}\n",
    )
    assert joined_sheet(tmp_path / "all.css") == "/* é */\nq {}\np { color: red }\n"


@pytest.mark.parametrize("line", ['@import "b.css";', '@import url("b.css") print;', '  @import url("b.css");'])
def test_sheet_that_would_be_lost_is_refused(tmp_path: Path, line: str):
    write(tmp_path, a_css=f"p {{}}\n{line}\n", b_css="q {}\n")
    with pytest.raises(ValueError, match=r"a\.css has a line that is not joined: @import"):
        joined_sheet(tmp_path / "a.css")


def test_whole_look_is_in_one_sheet():
    joined = joined_sheet(STATIC / "css" / "crossread.css")
    assert "@import" not in joined
    for sheet in (STATIC / "css").glob("*.css"):
        if sheet.name != "crossread.css":
            assert sheet.read_text(encoding="utf-8") in joined, f"{sheet.name} is not imported"


def test_script_comes_after_what_it_imports_and_each_is_there_once(tmp_path: Path):
    write(
        tmp_path,
        page_js='import "./one.js";\nimport { two } from "./two.js";\ntwo();\n',
        one_js='import { two } from "./two.js";\nconst own = two();\n',
        two_js="export function two() {\n  return 2;\n}\nexport const other = 3;\nconst own = 4;\n",
    )
    assert joined_script(tmp_path / "page.js") == (
        "const in_two = (() => {\nfunction two() {\n  return 2;\n}\nconst other = 3;\nconst own = 4;\n"
        "return { two, other };\n})();\n"
        "const in_one = (() => {\nconst { two } = in_two;\nconst own = two();\nreturn {  };\n})();\n"
        "const in_page = (() => {\n\nconst { two } = in_two;\ntwo();\nreturn {  };\n})();\n"
    )


def test_script_without_imports_is_as_it_was(tmp_path: Path):
    write(tmp_path, one_js="export const one = 1;\n")
    assert joined_script(tmp_path / "one.js") == "export const one = 1;\n"


@pytest.mark.parametrize(
    "line",
    [
        'import one from "./one.js";',
        'import { one as two } from "./one.js";',
        'import * as all from "./one.js";',
        "export default 1;",
        "export let changing = 1;",
        "export { own };",
    ],
)
def test_what_would_be_joined_wrongly_is_refused(tmp_path: Path, line: str):
    write(tmp_path, page_js=f'import "./one.js";\n{line}\n', one_js="export const one = 1;\n")
    with pytest.raises(ValueError, match=r"page\.js has a line that is not joined"):
        joined_script(tmp_path / "page.js")


def test_scripts_that_import_one_another_are_refused(tmp_path: Path):
    write(tmp_path, one_js='import "./two.js";\n', two_js='import "./one.js";\n')
    with pytest.raises(ValueError, match=r"one\.js imports itself in the end"):
        joined_script(tmp_path / "one.js")


@pytest.mark.parametrize("path", sorted((STATIC / "js").glob("*.js")), ids=lambda path: path.stem)
def test_every_script_of_ours_can_be_joined(path: Path):
    assert "\nimport " not in joined_script(path)
