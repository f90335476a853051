"""Divergences against a gold set written for this suite; the suite fails when a figure drops."""

from pathlib import Path

import pytest

from articles.analysis.cells import Column, claim_cells
from articles.analysis.differences.values import find_quantity
from articles.analysis.divergences import find_divergences
from articles.analysis.sides import Side
from articles.analysis.stance import find_certainty, find_stance, source_level
from articles.analysis.types import (
    Appearance,
    ArticleAnalysis,
    Claim,
    Divergence,
    DivergenceSide,
    Quantity,
    Quotation,
    Span,
)

GOLD = Path(__file__).parent / "gold"
# Conversion for comparing is the number finder's; these are the factors the cases need.
BASE = {"km": (1000.0, "m"), "m": (1.0, "m"), "h": (3600.0, "s"), "min": (60.0, "s")}


def rows(name):
    lines = (GOLD / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def side(number, text, quotations=(), quantities=(), **kwargs):
    span = Span(0, len(text))
    analysis = ArticleAnalysis(text, quotations=tuple(quotations), quantities=tuple(quantities))
    stance = find_stance(analysis, span, tuple(quotations))
    return Side(
        number, number, f"Outlet {number}", analysis, span, span, stance, tuple(quotations), tuple(quantities), **kwargs
    )


def quantity(written):
    low, high, unit, bound, head = written.split("|")
    factor, base = BASE.get(unit, (1.0, unit))
    return Quantity(
        Span(0, 5), low or None, high or None, unit, bound, head,
        float(low) * factor if low else None, float(high) * factor if high else None, base,
    )  # fmt: skip


@pytest.mark.parametrize(("left", "right", "expected", "meaning"), rows("numbers.tsv"))
def test_number_differences_match_the_gold_set(left, right, expected, meaning):
    sides = [side(n, "12345 in all", quantities=[quantity(w)]) for n, w in enumerate((left, right))]
    found = find_quantity(sides)
    assert (found is not None) == (expected == "yes"), meaning
    if found:
        assert {s.appearance for s in found.sides} == {0, 1}
        assert "Outlet 0: 12345" in found.reason
        assert found.sides[0].key != found.sides[1].key


@pytest.mark.parametrize(("left", "right", "expected"), rows("polarity.tsv"))
def test_denials_match_the_gold_set(left, right, expected):
    found = [d for d in find_divergences([side(0, left), side(1, right)]) if d.kind == "polarity"]
    assert len(found) == (expected == "yes")


def test_the_gold_sets_keep_their_size():
    assert len(rows("numbers.tsv")) >= 30
    assert len(rows("polarity.tsv")) >= 20


def test_a_hedge_of_one_outlet_is_a_difference_of_certainty():
    (found,) = find_divergences([side(0, "The ferry reportedly hit a rock."), side(1, "The ferry hit a rock.")])
    assert found.kind == "certainty"
    assert found.reason == "Outlet 0 says “reportedly”; Outlet 1 states it without reserve."


def test_a_hedge_of_both_outlets_is_none():
    assert find_divergences([side(0, "The ferry may sink."), side(1, "The ferry may go down.")]) == ()


def said(text, words, speaker, cue, cue_class="neutral", kind="indirect"):
    at, who, verb = text.index(words), text.index(speaker), text.index(cue)
    return Quotation(
        Span(at, at + len(words)), kind, Span(who, who + len(speaker)), Span(verb, verb + len(cue)), cue_class
    )


def test_a_source_of_one_outlet_only_is_a_difference_of_attribution():
    left, right = "Officials say the dam is unsafe.", "The dam is unsafe after the storm."
    quotation = said(left, "the dam is unsafe", "Officials", "say")
    (found,) = find_divergences([side(0, left, [quotation]), side(1, right)])
    assert found.kind == "attribution"
    assert found.reason == "Outlet 0 gives it to Officials; Outlet 1 states it as fact."
    assert [s.value for s in found.sides] == ["Officials", "stated as fact"]


def test_quotation_against_paraphrase():
    left = "“The dam will not hold through another winter,” Low said."
    right = "Low said the dam would fail in another winter."
    quotation = said(left, "The dam will not hold through another winter,", "Low", "said", kind="direct")
    other = said(right, "the dam would fail in another winter", "Low", "said")
    kinds = {d.kind for d in find_divergences([side(0, left, [quotation]), side(1, right, [other])])}
    assert "direct_or_paraphrase" in kinds
    assert "quote_wording" not in kinds


def test_a_condition_left_out_of_a_quotation_is_truncation():
    left = "“We will reopen the quay if the town pays,” Low said."
    right = "“We will reopen the quay,” Low said."
    sides = [
        side(0, left, [said(left, "We will reopen the quay if the town pays,", "Low", "said", kind="direct")]),
        side(1, right, [said(right, "We will reopen the quay,", "Low", "said", kind="direct")]),
    ]
    (found,) = find_divergences(sides)
    assert found.kind == "quote_truncated"
    assert "if the town pays" in found.reason


def test_house_style_of_a_quotation_is_no_difference():
    left, right = "“We can’t pay, Mr. Low,” he said.", "“We cannot pay, Mr Low” he said."
    sides = [
        side(0, left, [said(left, "We can’t pay, Mr. Low,", "he", "said", kind="direct")]),
        side(1, right, [said(right, "We cannot pay, Mr Low", "he", "said", kind="direct")]),
    ]
    assert find_divergences(sides) == ()


def test_a_loaded_verb_against_a_plain_one():
    left, right = "Low said the quay was safe.", "Low boasted the quay was safe."
    sides = [
        side(0, left, [said(left, "the quay was safe", "Low", "said")]),
        side(1, right, [said(right, "the quay was safe", "Low", "boasted", "loaded")]),
    ]
    (found,) = find_divergences(sides)
    assert found.kind == "reporting_verb"


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("The hull was damaged.", "CT+"),
        ("The hull was probably damaged.", "PR+"),
        ("The hull may be damaged.", "PS+"),
        ("The hull is unlikely news: it remains unclear.", "Uu"),
    ],
)
def test_certainty_is_read_off_the_words(text, certainty):
    assert find_certainty(text, Span(0, len(text)), "positive", None)[0] == certainty


@pytest.mark.parametrize(
    ("speaker", "level"),
    [
        ("Anna Low", "named"),
        ("a spokesman for the port", "role"),
        ("two people familiar with the talks", "unnamed"),
        ("The Daily Herald", "outlet"),
        ("court documents", "document"),
    ],
)
def test_source_levels(speaker, level):
    assert source_level(speaker, False) == level


def test_cells_mark_every_speaking_cell_of_a_disputed_claim():
    appearances = tuple(Appearance(key, Span(0, 4), "suggested", 1.0, "words") for key in (1, 2, 3))
    sides = tuple(DivergenceSide(n, Span(0, 1), v, v) for n, v in enumerate(("5", "at least 5", "5")))
    claim = Claim("Five.", appearances, (Divergence("quantity", sides, "why"),))
    cells = claim_cells(claim, [Column(1), Column(2), Column(3), Column(4)])
    assert [cell.kind for cell in cells] == ["differs", "differs", "differs", "silent"]
    assert [cell.variants for cell in cells] == [("a",), ("b",), ("a",), ()]
    assert [cell.is_marked for cell in cells] == [True, True, True, False]
