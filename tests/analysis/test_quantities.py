"""Quantities as intervals: the number, its unit, its bound, and what is counted."""

import pytest

from articles.analysis.article import analyse_article
from articles.analysis.types import Quantity


def found(body: str) -> list[Quantity]:
    return [q for q in analyse_article("A headline\n\n" + body).quantities if q.kind != "date"]


@pytest.mark.parametrize(
    ("body", "low", "high", "unit", "bound"),
    [
        ("They lost 5,000 crates.", "5000", "5000", "1", "exact"),
        ("They lost no less than 5,000 crates.", "5000", None, "1", "at_least"),
        ("They lost at least 12 crates.", "12", None, "1", "at_least"),
        ("They lost over 8 million crates.", "8000000", None, "1", "more_than"),
        ("They lost more than 20 crates.", "20", None, "1", "more_than"),
        ("They lost up to 6,000 crates.", None, "6000", "1", "at_most"),
        ("They lost as many as 60 crates.", None, "60", "1", "at_most"),
        ("They lost nearly 900 crates.", None, "900", "1", "less_than"),
        ("They lost about 900 crates.", "900", "900", "1", "about"),
        ("They lost an estimated 900 crates.", "900", "900", "1", "about"),
        ("They lost 20 or more crates.", "20", None, "1", "at_least"),
        ("They lost between 5 and 6 million crates.", "5000000", "6000000", "1", "range"),
        ("They lost 5 to 6 million crates.", "5000000", "6000000", "1", "range"),
        ("They lost 10-15 crates.", "10", "15", "1", "range"),
        ("They lost 10–15 crates.", "10", "15", "1", "range"),
        ("They lost millions of crates.", "2000000", "1000000000", "1", "vague"),
        ("They lost tens of thousands of crates.", "20000", "100000", "1", "vague"),
        ("They lost several hundred crates.", "300", "900", "1", "vague"),
        ("They lost two hundred and fifty crates.", "250", "250", "1", "exact"),
        ("They lost twenty-five crates.", "25", "25", "1", "exact"),
        ("They lost half a million crates.", "500000", "500000", "1", "exact"),
        ("They lost nearly two dozen crates.", None, "24", "1", "less_than"),
        ("They lost 12.5 percent of them.", "12.5", "12.5", "%", "exact"),
        ("They lost 12 per cent of them.", "12", "12", "%", "exact"),
        ("They lost 3 percentage points.", "3", "3", "[pp]", "exact"),
        ("They lost $1.5 million.", "1500000", "1500000", "USD", "exact"),
        ("They lost $1.5m.", "1500000", "1500000", "USD", "exact"),
        ("They lost €3 billion.", "3000000000", "3000000000", "EUR", "exact"),
        ("They lost A$20.", "20", "20", "AUD", "exact"),
        ("They lost 40 euros.", "40", "40", "EUR", "exact"),
        ("They sailed 6 km.", "6", "6", "km", "exact"),
        ("They sailed 30 miles per hour.", "30", "30", "[mi_i]/h", "exact"),
        ("They lost a 2,000-pound anchor.", "2000", "2000", "[lb_av]", "exact"),
        ("It was a 30-day truce.", "30", "30", "d", "exact"),
        ("It burned 1,200 square miles.", "1200", "1200", "[mi_us]2", "exact"),
    ],
)
def test_quantities_are_intervals(body: str, low: str | None, high: str | None, unit: str, bound: str) -> None:
    assert [(q.low, q.high, q.unit, q.bound) for q in found(body)] == [(low, high, unit, bound)]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Ole Berg, 46, left.", "age"),
        ("A 35-year-old sailor left.", "age"),
        ("The Senate voted 52-48 to close it.", "vote"),
        ("Oslo won 3-1 at home.", "score"),
        ("It was the third storm of the year.", "ordinal"),
    ],
)
def test_quantities_know_their_kind(body: str, kind: str) -> None:
    assert [q.kind for q in found(body)] == [kind]


@pytest.mark.parametrize(
    "body",
    [
        "The F-35 landed.",
        "A Boeing 737 landed.",
        "It is No. 10 on the list.",
        "See Section 2 of the act.",
        "It began at 10:30 there.",
        "It began at 5 p.m. there.",
        "He is one of them.",
        "No one left.",
        "It happened on March 3, 2020.",
        "The 9/11 report is out.",
    ],
)
def test_labels_times_and_dates_are_no_quantities(body: str) -> None:
    assert found(body) == []


def test_equal_measures_agree_after_conversion() -> None:
    near, far = found("It flew 6 km and then 6,000 meters.")
    assert (near.base_low, near.base_unit) == (far.base_low, far.base_unit) == (6000.0, "m")


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("They sent 4,500 Marines and sailors.", "marin"),
        ("They sent 5,000 Russian-made Igla-S anti-aircraft missiles.", "missil"),
        ("They sent millions of militia members.", "member"),
        ("They sent 20 people.", "peopl"),
    ],
)
def test_head_is_the_stem_of_what_is_counted(body: str, head: str) -> None:
    assert [q.head for q in found(body)] == [head]


def test_span_holds_the_bound_and_the_unit() -> None:
    text = "A headline\n\nThey sailed no less than 5,000 miles."
    (quantity,) = analyse_article(text).quantities
    assert text[quantity.span.start : quantity.span.end] == "no less than 5,000 miles"
