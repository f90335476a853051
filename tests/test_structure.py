"""What must hold of the code itself: who imports whom, and that nothing was forgotten."""

import ast
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

from articles.models import spans

ROOT = Path(__file__).resolve().parent.parent
# Each may import itself and what stands to its right.
ORDER = ["config", "annotations", "articles"]


def modules(folder: str) -> list[Path]:
    return [path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]


def imported(path: Path) -> set[str]:
    """The absolute names of everything a file imports, inside functions too."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            origin = ".".join(part for part in (base, node.module or "") if part)
            found |= {f"{origin}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("folder", ORDER)
def test_imports_run_one_way(folder: str):
    forbidden = tuple(f"{name}." for name in ORDER[: ORDER.index(folder)])
    files = modules(folder)
    assert files
    wrong = [
        (str(path.relative_to(ROOT)), name) for path in files for name in imported(path) if name.startswith(forbidden)
    ]
    # Settings name modules as text; only real imports count.
    assert wrong == []


def test_the_analysis_knows_no_framework():
    files = modules("articles/analysis")
    assert len(files) > 10
    wrong = [
        (path.name, name)
        for path in files
        for name in imported(path)
        if name.startswith(("django", "config", "annotations", "psycopg"))
        or (name.startswith("articles.") and not name.startswith("articles.analysis"))
    ]
    assert wrong == []


def test_the_analysis_runs_with_django_absent():
    script = (
        "import sys\n"
        "class Refuse:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in {'django', 'psycopg'}: raise ImportError(name)\n"
        "sys.meta_path.insert(0, Refuse())\n"
        "from articles.analysis.article import analyse_article\n"
        "from articles.analysis.story import compare_story\n"
        "from articles.analysis.types import StoryArticle\n"
        "found = analyse_article('Ferry aground\\n\\nA ferry with 120 people ran aground, Lena Dahl said.')\n"
        "story = compare_story([StoryArticle(1, 'Post', found)])\n"
        "print(len(found.sentences), len(story.claims), 'django' in sys.modules)\n"
    )
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.stderr == ""
    sentences, claims, has_django = result.stdout.split()
    assert (int(sentences), has_django) == (2, "False")
    assert int(claims) >= 1


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


TEMPLATES = sorted(str(path.relative_to(ROOT / "templates")) for path in (ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_compiles(name: str):
    try:
        template = get_template(name)
    except (TemplateDoesNotExist, TemplateSyntaxError) as error:
        pytest.fail(f"{name}: {error}")
    assert template.template.nodelist


def test_no_template_holds_inline_script_or_style():
    assert TEMPLATES
    for name in TEMPLATES:
        source = (ROOT / "templates" / name).read_text("utf-8")
        assert " style=" not in source, name
        assert "<style" not in source, name
        assert " onclick=" not in source, name
        for script in source.split("<script")[1:]:
            tag, _, rest = script.partition(">")
            assert " src=" in tag, name
            assert rest.startswith("</script>"), name


def our_patterns() -> list[URLPattern]:
    def walk(patterns: list[URLPattern | URLResolver]) -> list[URLPattern]:
        found = []
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                found += walk(pattern.url_patterns) if pattern.app_name != "admin" else []
            else:
                found.append(pattern)
        return found

    return [
        pattern
        for pattern in walk(get_resolver().url_patterns)
        if getattr(pattern.callback, "__module__", "").partition(".")[0] in {"articles", "annotations"}
    ]


def test_url_name_is_the_view():
    patterns = our_patterns()
    assert patterns
    for pattern in patterns:
        assert pattern.name == pattern.callback.__name__


def test_every_span_table_is_guarded_by_a_trigger(db: None):
    from django.db import connection

    tables = {
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, spans.Span) and not model._meta.abstract
    }
    assert len(tables) >= 6
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT event_object_table FROM information_schema.triggers WHERE trigger_name LIKE 'spans_stay%'"
        )
        guarded = {row[0] for row in cursor.fetchall()}
    assert tables == guarded
