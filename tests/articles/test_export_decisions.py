"""The exported log, and what it says of each suggester."""

import json

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from articles import deciding
from articles.deciding.precision import precision_by_method
from articles.models import Alignment, Claim, DivergenceDecision, Entity
from tests.factory import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(editor: User) -> Claim:
    story = make_story(title="Ferry")
    claim = story.claims.standing().get(divergences__kind="quantity")
    first, second = Alignment.objects.filter(claim=claim).live().order_by("pk")[:2]
    deciding.confirm(alignment=first, by=editor, expected=0)
    taken_back = deciding.reject(alignment=second, by=editor, expected=0)
    deciding.undo(decision=taken_back, by=editor)
    deciding.decide_divergence(
        divergence=claim.divergences.get(kind="quantity"), decision=DivergenceDecision.REJECTED, by=editor, expected=0
    )
    return claim


def test_log_is_exported_with_exact_spans(decided: Claim, capsys: pytest.CaptureFixture[str]):
    call_command("export_decisions", "ferry")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["verb"] for row in rows] == ["confirm", "reject", "undo", "reject_divergence"]
    texts = {a.current_version_id: a.current_version.text for a in decided.story.articles.with_text()}
    for row in rows:
        assert texts[row["article"]][row["start"] : row["end"]] == row["quote"]
        assert row["claim"] == decided.number
    assert rows[2]["undoes"] == rows[1]["id"]


def test_precision_counts_what_stands(decided: Claim, capsys: pytest.CaptureFixture[str]):
    rows = {row.method: (row.right, row.wrong) for row in precision_by_method()}
    assert rows["divergence: quantity"] == (0, 1)
    [(method, counts)] = [(method, counts) for method, counts in rows.items() if not method.startswith("divergence")]
    assert counts == (1, 0)
    call_command("export_decisions", "--precision")
    assert f"{method}: 1 right, 0 corrected, precision 1.00" in capsys.readouterr().out


def test_what_is_only_ever_corrected_has_no_share(decided: Claim, editor: User, capsys: pytest.CaptureFixture[str]):
    entity = Entity.objects.get(name="Lena Dahl")
    deciding.rename_entity(entity=entity, name="Lena P. Dahl", by=editor, expected=entity.revision)
    call_command("export_decisions", "--precision")
    assert "name: 1 corrected; nobody is asked when it is right" in capsys.readouterr().out.splitlines()
