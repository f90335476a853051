"""A spaCy pipeline in place of the name finder: its names reach the record, and one that is missing stops the start.

spaCy itself is a third of a gigabyte, so a package with the few attributes that are used of it stands in; where spaCy
is installed a real pipeline is run as well.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from articles import analysing
from articles.analysis.article import analyse_article
from articles.models import Entity
from articles.spacy_names import SpacyNames, load_pipeline
from tests.factory import make_article, make_story

ROOT = Path(__file__).resolve().parent.parent.parent
STAND_IN = """
import re
from types import SimpleNamespace

NAMES = {
    "the glass heron": "ORG", "Quiet Hill": "GPE", "Blue Lantern Week": "EVENT", "Anna Low": "PERSON", "Danes": "NORP"
}


def load(name):
    assert name == "en_small_desk", name

    def pipeline(text):
        found = [(*m.span(), label) for words, label in NAMES.items() for m in re.finditer(words, text)]
        return SimpleNamespace(ents=[SimpleNamespace(start_char=s, end_char=e, label_=l) for s, e, l in found])

    return pipeline
"""
BODY = (
    "Anna Low sold the glass heron to the Danes. The glass heron moves to Quiet Hill for Blue Lantern Week. She cried."
)


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A folder with something called spaCy and a pipeline for it."""
    (tmp_path / "spacy.py").write_text(STAND_IN)
    (tmp_path / "en_small_desk").mkdir()
    (tmp_path / "en_small_desk" / "__init__.py").touch()
    return tmp_path


@pytest.fixture
def pipeline(packages: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.syspath_prepend(packages)
    monkeypatch.delitem(sys.modules, "spacy", raising=False)
    yield "en_small_desk"
    analysing._name_finder.cache_clear()
    sys.modules.pop("spacy", None)


def test_names_and_kinds_are_the_pipelines(pipeline: str) -> None:
    text = f"A sale\n\n{BODY}"
    analysis = analyse_article(text, names=SpacyNames(load_pipeline(pipeline)))
    assert [(e.name, e.kind) for e in analysis.entities] == [
        ("Anna Low", "person"),
        ("glass heron", "organisation"),
        ("Quiet Hill", "place"),
        ("Blue Lantern Week", "event"),
    ]
    she = analysis.mentions[-1]
    assert (text[she.span.start : she.span.end], she.entity, she.is_inferred) == ("She", 0, True)


def test_names_are_found_far_into_a_long_text(pipeline: str) -> None:
    filler = "Nothing was sold that day and nobody came to look at it. "
    text = f"A sale\n\n{filler * 3000}\n\n{BODY}"
    analysis = analyse_article(text, names=SpacyNames(load_pipeline(pipeline)))
    assert {"Anna Low", "Quiet Hill"} <= {
        text[m.span.start : m.span.end] for m in analysis.mentions if not m.is_inferred
    }


def test_text_in_another_language_gets_no_names_from_it(pipeline: str) -> None:
    text = "Verkauf\n\nAnna Low hat am Montag erklärt, dass die Brücke nicht verkauft wird."
    assert analyse_article(text, names=SpacyNames(load_pipeline(pipeline))).entities == ()


@pytest.mark.django_db
def test_importing_and_comparing_ask_the_pipeline(pipeline: str, settings) -> None:
    settings.NAME_FINDER = pipeline
    story = make_story(
        [make_article("Post", "A sale", BODY), make_article("Mail", "Sold", BODY.replace(" cried", " slept"))]
    )
    assert story.is_compared
    assert dict(Entity.objects.values_list("name", "kind")) == {
        "Anna Low": "person",
        "glass heron": "organisation",
        "Quiet Hill": "place",
        "Blue Lantern Week": "event",
    }


@pytest.mark.django_db
def test_without_the_setting_nothing_changes(settings) -> None:
    assert settings.NAME_FINDER == ""
    make_story([make_article("Post", "A sale", BODY)])
    assert "glass heron" not in Entity.objects.values_list("name", flat=True)


def checked(name_finder: str, packages: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "NAME_FINDER": name_finder}
    if packages:
        environment["PYTHONPATH"] = str(packages)
    script = "from config import environment; print(environment.spacy_pipeline('NAME_FINDER'))"
    return subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("name_finder", "sentence"),
    [
        ("en_small_desk", "NAME_FINDER='en_small_desk' names no pipeline: write it as in spacy:en_core_web_sm."),
        ("spacy:", "NAME_FINDER='spacy:' names no pipeline"),
        (
            "spacy:en_unheard_of",
            "there is no pipeline 'en_unheard_of', neither as an installed package nor as a folder.",
        ),
        ("spacy:/nowhere/at/all", "there is no pipeline '/nowhere/at/all'"),
    ],
)
def test_a_pipeline_that_is_not_there_is_refused(name_finder: str, sentence: str, packages: Path) -> None:
    result = checked(name_finder, packages)
    assert result.returncode != 0
    assert sentence in result.stderr


def test_a_pipeline_that_is_there_is_taken(packages: Path, tmp_path: Path) -> None:
    assert checked("spacy:en_small_desk", packages).stdout == "en_small_desk\n"
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "config.cfg").touch()
    assert checked(f"spacy:{folder}", packages).stdout == f"{folder}\n"
    assert checked("").stdout == "\n"


def test_the_start_is_refused_without_spacy() -> None:
    if find_spec("spacy"):
        pytest.skip("spaCy is installed here")
    result = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "NAME_FINDER": "spacy:en_core_web_sm", "CROSSREAD_MODE": "local"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode != 0
    assert "spaCy is not installed in the environment that Crossread runs in." in result.stderr


def test_a_real_pipeline_is_understood() -> None:
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed; a stand-in is tested")
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "the glass heron"}, {"label": "GPE", "pattern": "Quiet Hill"}])
    analysis = analyse_article(f"A sale\n\n{BODY}", names=SpacyNames(pipeline))
    assert [(e.name, e.kind) for e in analysis.entities] == [("glass heron", "organisation"), ("Quiet Hill", "place")]
