"""Quantities as intervals: the number, its unit, its bound, and what is counted."""

from itertools import pairwise

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
        ("They lost not fewer than 60 crates.", "60", None, "1", "at_least"),
        ("They lost not less than 60 crates.", "60", None, "1", "at_least"),
        ("They lost upwards of 60 crates.", "60", None, "1", "at_least"),
        ("They lost as few as 60 crates.", "60", None, "1", "at_least"),
        ("They lost 60-plus crates.", "60", None, "1", "at_least"),
        ("They lost 60+ crates.", "60", None, "1", "at_least"),
        ("They lost 2,000-plus crates.", "2000", None, "1", "at_least"),
        ("They lost 60 at most.", None, "60", "1", "at_most"),
        ("They lost 60 crates at most.", None, "60", "1", "at_most"),
        ("They lost in excess of 60 crates.", "60", None, "1", "more_than"),
        ("They lost just shy of 900 crates.", None, "900", "1", "less_than"),
        ("They lost 60-odd crates.", "60", "60", "1", "about"),
        ("From 60 to 70 crates sank.", "60", "70", "1", "range"),
        ("Prices ranged from 60 to 70 euros.", "60", "70", "EUR", "range"),
        ("They lost $5-10 million.", "5000000", "10000000", "USD", "range"),
        ("They lost $5 million to $10 million.", "5000000", "10000000", "USD", "range"),
        ("They lost $10-15m.", "10000000", "15000000", "USD", "range"),
        ("They lost $3 m.", "3000000", "3000000", "USD", "exact"),
        ("They live on $2-a-day.", "2", "2", "USD", "exact"),
        ("They lost 5 USD.", "5", "5", "USD", "exact"),
        ("They lost Rs 500 crore.", "5000000000", "5000000000", "INR", "exact"),
        ("They lost 5 cents.", "0.05", "0.05", "USD", "exact"),
        ("They lost 40 pence.", "0.4", "0.4", "GBP", "exact"),
        ("They lost 50p.", "0.5", "0.5", "GBP", "exact"),
        ("The appeal raised 3 million pounds.", "3000000", "3000000", "GBP", "exact"),
        ("He was fined 20,000 pounds.", "20000", "20000", "GBP", "exact"),
        ("They caught 3 million pounds of cod.", "3000000", "3000000", "[lb_av]", "exact"),
        ("They lost 1.5m chickens.", "1500000", "1500000", "1", "exact"),
        ("They built a 1.5m wall.", "1.5", "1.5", "m", "exact"),
        ("She won the 100m hurdles.", "100", "100", "m", "exact"),
        ("A crowd 2.5 million-strong came.", "2500000", "2500000", "1", "exact"),
        ("They lost two and a half million crates.", "2500000", "2500000", "1", "exact"),
        ("They lost a quarter of a million crates.", "250000", "250000", "1", "exact"),
        ("It was 35°C there.", "35", "35", "Cel", "exact"),
        ("It was minus 12C there.", "-12", "-12", "Cel", "exact"),
        ("It was -5C there.", "-5", "-5", "Cel", "exact"),
        ("It was 95 degrees Fahrenheit there.", "95", "95", "[degF]", "exact"),
        ("He is 6ft 2in tall.", "6.1667", "6.1667", "[ft_i]", "exact"),
        ("It took two hours and 15 minutes.", "2.25", "2.25", "h", "exact"),
        ("It burned 30 sq km.", "30", "30", "km2", "exact"),
        ("It holds 3 cubic metres.", "3", "3", "m3", "exact"),
        ("He weighs 12 stone.", "12", "12", "[stone_av]", "exact"),
        ("They own 12 stone houses.", "12", "12", "1", "exact"),
        ("He took 120 mg.", "120", "120", "mg", "exact"),
        ("Rates rose 25 basis points.", "25", "25", "[bp]", "exact"),
        ("Rates rose by a quarter-point.", "0.25", "0.25", "[pp]", "exact"),
        ("Rates rose by 0.25 points.", "0.25", "0.25", "[pp]", "exact"),
        ("Rates rose half a percentage point.", "0.5", "0.5", "[pp]", "exact"),
        ("Several boats sank.", "3", "9", "1", "vague"),
        ("A few boats sank.", "2", "9", "1", "vague"),
        ("A handful of boats sank.", "2", "9", "1", "vague"),
        ("A couple of boats sank.", "2", "3", "1", "vague"),
        ("One in five boats sank.", "0.2", "0.2", "1", "exact"),
        ("Two thirds of the boats sank.", "0.6667", "0.6667", "1", "exact"),
        ("Half of the boats sank.", "0.5", "0.5", "1", "exact"),
        ("Nearly half the boats sank.", None, "0.5", "1", "less_than"),
        ("The tax rose 2.25 euros.", "2.25", "2.25", "EUR", "exact"),
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
        ("The Senate passed it by 53 to 46.", "vote"),
        ("It was approved by 312 votes to 291.", "vote"),
        ("The motion had 68 in favour and 30 against.", "vote"),
        ("Oslo beat Bergen 2–0.", "score"),
        ("The captain, 54, left.", "age"),
        ("The driver (52) left.", "age"),
        ("Ole Berg (52) left.", "age"),
        ("Ida, seven, left.", "age"),
        ("A woman in her late 30s left.", "age"),
        ("It cost 5 percent of them.", "percent"),
        ("It fell 5 percentage points.", "points"),
        ("A third of them left.", "share"),
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
        "It began at 5.30 there.",
        "The iPhone 15 is out.",
        "The S&P 500 fell.",
        "The Group of 20 met.",
        "Lights went out at 10 Downing Street.",
        "A Falcon 9 rocket landed.",
        "Resolution 1973 passed.",
        "Area 51 is closed.",
        "They bought a 4K television.",
        "Call 555-0123 now.",
        "Call 020 7946 0000 now.",
        "It took several months.",
    ],
)
def test_labels_times_and_dates_are_no_quantities(body: str) -> None:
    assert found(body) == []


def test_a_vote_keeps_both_numbers_in_one_order() -> None:
    votes = found("It passed 53-46. It passed by 46 votes to 53. The Senate approved it by 53 to 46.")
    assert [(q.low, q.high, q.kind) for q in votes] == [("46", "53", "vote")] * 3


def test_a_number_longer_than_its_place_is_left_out() -> None:
    assert found("They lost 100,000,000,000,000,000 trillion trillion crates.") == []


def test_a_change_between_two_values_is_no_range() -> None:
    assert [q.low for q in found("It rose from 60 to 70 euros.")] == ["60", "70"]


def test_shares_and_percentages_can_be_compared() -> None:
    share, percent = found("One in four boats sank and 25 percent of the boats sank.")
    assert (share.base_low, share.base_unit) == (percent.base_low, percent.base_unit) == (25.0, "%")


def test_temperatures_agree_after_conversion() -> None:
    near, far = found("It was 35°C or 95°F.")
    assert (near.base_low, near.base_unit) == (far.base_low, far.base_unit) == (35.0, "Cel")


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
        ("Some 300 left.", ""),
        ("Hundreds fled.", ""),
        ("Profits rose 12 percent last year.", ""),
        ("They sent 300 armed men.", "men"),
        ("The captain, 54, left.", "captain"),
    ],
)
def test_head_is_the_stem_of_what_is_counted(body: str, head: str) -> None:
    assert [q.head for q in found(body) if q.kind != "date"] == [head]


def test_span_holds_the_bound_and_the_unit() -> None:
    text = "A headline\n\nThey sailed no less than 5,000 miles."
    (quantity,) = analyse_article(text).quantities
    assert text[quantity.span.start : quantity.span.end] == "no less than 5,000 miles"


GERMAN = (
    "Die Stadt hat am Montag drei Brücken gesperrt, und die Arbeiten dauern nach Angaben der Stadt bis zum Herbst. "
)
FRENCH = "La ville a fermé lundi les trois ponts de la vallée et les travaux ne sont pas finis dans le centre. "


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (GERMAN + "Rund 12.000 Autos fahren über die Brücke.", [("12000", "1")]),
        (GERMAN + "Die Reparatur kostet 3,5 Millionen Euro.", [("3500000", "EUR")]),
        (GERMAN + "Die Reparatur kostet 3,5 Mio. Euro.", [("3500000", "EUR")]),
        (GERMAN + "Die Preise stiegen um 2,5 Prozent auf 1.250,50 Euro.", [("2.5", "%"), ("1250.5", "EUR")]),
        (GERMAN + "Die Brücke ist 12 km lang und seit 1998 offen.", [("12", "km")]),
        (FRENCH + "Environ 12 000 voitures passent sur le pont.", [("12000", "1")]),
        (FRENCH + "La réparation coûtera 3,5 millions d’euros.", [("3500000", "EUR")]),
        (FRENCH + "Appelez le 01 23 45 67 89 dès 12 heures.", []),
        (FRENCH + "Les prix ont augmenté de 2,5 % et de 3 pour cent.", [("2.5", "%"), ("3", "%")]),
    ],
)
def test_numbers_of_other_languages_are_read_as_they_print_them(body: str, expected: list[tuple[str, str]]) -> None:
    assert [(q.low, q.unit) for q in found(body)] == expected


def test_a_full_date_of_another_language_is_a_day() -> None:
    text = "Brücken gesperrt\n\n" + FRENCH + "Il est arrivé le 3 mars 2027 dans la ville."
    dates = [q for q in analyse_article(text).quantities if q.kind == "date"]
    assert [(q.low, text[q.span.start : q.span.end]) for q in dates] == [("2027-03-03", "3 mars 2027")]


def test_a_bound_between_two_numbers_belongs_to_one_of_them() -> None:
    text = "A headline\n\nThey lost 60, at most five of them new, and 46 at most dozens."
    spans = [q.span for q in analyse_article(text).quantities]
    assert all(a.end <= b.start for a, b in pairwise(spans))
