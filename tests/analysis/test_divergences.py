"""Divergences against a gold set written for this suite; the suite fails when a figure drops."""

from datetime import date
from pathlib import Path

import pytest

from articles.analysis.article import analyse_article
from articles.analysis.cells import Column, claim_cells
from articles.analysis.commitment import find_certainty
from articles.analysis.differences.occasions import find_time_place
from articles.analysis.differences.roles import find_name_role
from articles.analysis.differences.values import find_quantity
from articles.analysis.divergences import find_divergences
from articles.analysis.sides import Side
from articles.analysis.stance import find_stance, source_level
from articles.analysis.types import (
    Appearance,
    ArticleAnalysis,
    Claim,
    Divergence,
    DivergenceSide,
    Entity,
    Mention,
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
        kind="money" if unit in ("EUR", "GBP", "USD") else "cardinal",
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


def read_side(number, sentence):
    """A sentence as the finders read it in an article, as one side of a claim."""
    analysis = analyse_article("A headline\n\n" + sentence, published=date(2026, 11, 20))
    span = Span(analysis.sentences[1].span.start, len(analysis.text))
    stance = find_stance(analysis, span, ())
    quantities = tuple(q for q in analysis.quantities if q.span.overlaps(span))
    return Side(number, number, f"Outlet {number}", analysis, span, span, stance, (), quantities)


@pytest.mark.parametrize(("left", "right", "expected"), rows("number_sentences.tsv"))
def test_number_differences_between_sentences_match_the_gold_set(left, right, expected):
    sides = [read_side(0, left), read_side(1, right)]
    for pair in (sides, sides[::-1]):
        found = find_quantity(pair)
        values = "no" if found is None else " = ".join(s.value for s in found.sides)
        assert values == expected
        assert found is None or found.sides[0].key != found.sides[1].key


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("The quay will close by June.", "The quay could close by June.", None),
        ("Low set a deadline of May 1 for the quay.", "The deadline for the quay was May 1.", None),
        ("The quay closed in June.", "The quay has been closed since June.", None),
        ("The quay will close by December.", "The quay could close next month.", None),
        ("The ferry sank on 3 March 2026.", "The ferry sank in April 2026.", ["3 March 2026", "April 2026"]),
        ("The ferry sank on 3 March 2026.", "The ferry sank in March 2026.", None),
        ("It rained from June 3-5.", "It rained on June 4.", None),
        ("It rained from June 3-5.", "It rained on June 7.", ["June 3-5", "June 7"]),
        ("The ferry sank on Christmas Day.", "The ferry sank on December 25.", None),
        ("The ferry sank on 05/03/2021.", "The ferry sank on May 3, 2021.", None),
        ("The siren rang at 6 a.m. in Lerby.", "The siren rang at 7:30 a.m. in Lerby.", ["6 a.m.", "7:30 a.m."]),
        ("The siren rang at 6pm on Monday.", "The siren rang at 18:00 on Monday.", None),
        ("The siren rang at about 6pm.", "The siren rang at 6:15 p.m. in Lerby.", None),
        ("The siren rang at noon GMT.", "The siren rang at 7 a.m. in Lerby.", None),
        ("The siren rang at midnight.", "The siren rang at noon.", ["midnight", "noon"]),
    ],
)
def test_days_and_hours(left, right, expected):
    found = find_time_place([read_side(0, left), read_side(1, right)])
    assert (None if found is None else [s.value for s in found.sides]) == expected


def test_values_that_agree_are_one_variant():
    sides = [read_side(n, f"The ferry is {length} long.") for n, length in enumerate(("60 metres", "197 feet", "80 m"))]
    found = find_quantity(sides)
    assert found is not None
    assert found.sides[0].key == found.sides[1].key != found.sides[2].key


def test_a_sum_in_an_unknown_currency_is_not_compared():
    sides = [read_side(0, "The bridge cost 40 bitcoins."), read_side(1, "The bridge cost $40.")]
    assert find_quantity(sides) is None


@pytest.mark.parametrize(("left", "right", "expected"), rows("polarity.tsv"))
def test_denials_match_the_gold_set(left, right, expected):
    found = [d for d in find_divergences([side(0, left), side(1, right)]) if d.kind == "polarity"]
    assert len(found) == (expected == "yes")


def test_the_gold_sets_keep_their_size():
    assert len(rows("numbers.tsv")) >= 30
    assert len(rows("number_sentences.tsv")) >= 45
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
        ("Low leaves if the hull leaks.", "Uu"),
        ("He asked the crew to leave if the hull leaked.", "Uu"),
        ("Low said if the hull leaked he would leave.", "Uu"),
        ("When asked by a reporter on Monday if the hull leaked, Low replied, “Yes.”", "CT+"),
        ("Low was asked if the hull leaked and shook her head.", "CT+"),
        ("Asked whether she believed the hull leaked, Low nodded.", "CT+"),
        ("Low nodded when asked if the hull may leak.", "CT+"),
        ("Many wondered if the hull leaked.", "CT+"),
        ("Low declined to say if the hull leaked.", "CT+"),
        ("Asked if the hull leaked, Low said they would leave if it did.", "Uu"),
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
        ("Police", "role"),
        ("Engineers", "role"),
        ("Few", "unnamed"),
        ("I", "role"),
        ("Reed", "named"),
        ("the report", "document"),
        ("news reports", "unnamed"),
        ("the operator", "role"),
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


def test_what_a_speaker_does_in_one_outlet_and_says_in_the_other():
    left, right = "Mayor Low says the council will drain the lake.", "Mayor Low drains the lake with the council."
    quotation = said(left, "the council will drain the lake", "Mayor Low", "says")
    kinds = {d.kind for d in find_divergences([side(0, left, [quotation]), side(1, right)])}
    assert "attribution" in kinds


def test_a_statement_about_somebodys_statement_is_no_other_source():
    left, right = "Mayor Low says the lake will be drained.", "Mayor Low announced the lake will be drained."
    quotation = said(left, "the lake will be drained", "Mayor Low", "says")
    assert find_divergences([side(0, left, [quotation]), side(1, right)]) == ()


def test_a_speaker_of_something_else_in_the_sentence_is_no_source():
    left = "The pier is safe, aides said, although the old lighthouse was torn down in a storm."
    right = "The old lighthouse was torn down in a storm."
    quotation = said(left, "The pier is safe", "aides", "said")
    assert find_divergences([side(0, left, [quotation]), side(1, right)]) == ()


def test_two_speakers_of_one_statement():
    left, right = "Anna Low said the lake was drained.", "A lawyer for Anna Low said the lake was drained."
    sides = [
        side(0, left, [said(left, "the lake was drained", "Anna Low", "said")], speaker=1),
        side(1, right, [said(right, "the lake was drained", "A lawyer for Anna Low", "said")], speaker=2),
    ]
    (found,) = find_divergences(sides)
    assert found.reason == "Outlet 0 has it from Anna Low; Outlet 1 from A lawyer for Anna Low."


def test_one_speaker_described_in_two_ways_is_one():
    left, right = "Low said the lake was drained.", "His old rival Anna Low said the lake was drained."
    sides = [
        side(0, left, [said(left, "the lake was drained", "Low", "said")], speaker=1),
        side(1, right, [said(right, "the lake was drained", "His old rival Anna Low", "said")], speaker=2),
    ]
    assert find_divergences(sides) == ()


def test_one_source_in_two_house_styles_is_one():
    left, right = "The coastguard said the lake was drained.", "The Coast Guard said the lake was drained."
    sides = [
        side(0, left, [said(left, "the lake was drained", "The coastguard", "said")], speaker=1),
        side(1, right, [said(right, "the lake was drained", "The Coast Guard", "said")], speaker=2),
    ]
    assert find_divergences(sides) == ()


@pytest.mark.parametrize(
    ("left", "right", "differ"),
    [
        ("Acting director Anna Low left.", "Director Anna Low left.", True),
        ("Former mayor Anna Low left.", "Anna Low, the mayor, left.", True),
        ("Former mayor Anna Low left.", "Anna Low, a former mayor of the town, left.", False),
        ("Ex-mayor Anna Low left.", "Former Mayor Low left.", False),
        ("Mayor Anna Low left.", "Senator Anna Low left.", True),
        ("Mayor Anna Low left.", "Anna Low, a lawyer, left.", False),
        ("Sen. Anna Low left.", "Senator Low left.", False),
        ("Mayor Anna Low left.", "Mayor Karl Low left.", False),
        ("Port spokesman Anna Low left.", "Spokeswoman Anna Low left.", False),
    ],
)
def test_roles_differ_by_office_and_standing(left, right, differ):
    sides = []
    for number, text in enumerate((left, right)):
        start = text.index("Anna") if "Anna" in text else text.index("Karl") if "Karl" in text else text.index("Low")
        mention = Mention(Span(start, text.index("Low") + 3), 0)
        analysis = ArticleAnalysis(text, entities=(Entity("Anna Low", "person"),), mentions=(mention,))
        span = Span(0, len(text))
        stance = find_stance(analysis, span, ())
        sides.append(Side(number, number, f"Outlet {number}", analysis, span, span, stance))
    assert bool(find_name_role(sides)) == differ


def dated(text, word, low, granularity):
    at = text.index(word)
    return Quantity(Span(at, at + len(word)), low, low, "date", "exact", granularity=granularity, kind="date")


MONDAY = ("It sank on Monday.", "Monday", "2020-01-06", "day")


@pytest.mark.parametrize(
    ("left", "right", "differ"),
    [
        (MONDAY, ("It sank on Tuesday.", "Tuesday", "2020-01-07", "day"), True),
        (MONDAY, ("It sank on 6 January.", "6 January", "2020-01-06", "day"), False),
        (("It sank in 2006.", "2006", "2006", "year"), ("It sank in 2007.", "2007", "2007", "year"), True),
        (("The 2006 boat sank.", "2006", "2006", "year"), ("It sank in 2007.", "2007", "2007", "year"), False),
    ],
)
def test_days_differ_where_both_tell_when(left, right, differ):
    sides = [side(n, case[0], quantities=[dated(*case)]) for n, case in enumerate((left, right))]
    assert (find_time_place(sides) is not None) == differ


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("It must be decided by the towns, not by judges.", "It must be decided by the towns and the people."),
        ("The board is not interested in the letters, Low wrote to the board.", "Low wrote letters to the board."),
    ],
)
def test_a_not_beside_the_point_denies_nothing(left, right):
    assert "polarity" not in {d.kind for d in find_divergences([side(0, left), side(1, right)])}


def placed(text, *places):
    """A text with its places as entities; equal names are one entity of the story."""
    entities = tuple(Entity(name, "place") for name in places)
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in places]
    mentions = tuple(sorted((Mention(span, n) for n, span in enumerate(spans)), key=lambda m: m.span))
    return ArticleAnalysis(text, entities=entities, mentions=mentions)


@pytest.mark.parametrize(
    ("left", "right", "differ"),
    [
        (("Anna Low was born in Highport.", "Highport"), ("Low, who was born in Low Bay, won.", "Low Bay"), True),
        (("Anna Low was born in Highport.", "Highport"), ("Low was born in Highport.", "Highport"), False),
        (("Anna Low was born in Highport.", "Highport"), ("Low spoke in Low Bay.", "Low Bay"), False),
        (("She was born in Highport.", "Highport"), ("She was born in Kent, in Highport.", "Kent", "Highport"), False),
        (("The council met after the vote.",), ("The council met ahead of the vote.",), True),
        (("The council met after the vote.",), ("The council met following the vote.",), False),
        (("The council met after the vote.",), ("The council met before the storm.",), False),
    ],
)
def test_places_and_orders_differ_on_one_word(left, right, differ):
    numbers = {}
    sides = []
    for n, (text, *places) in enumerate((left, right)):
        span = Span(0, len(text))
        own = {index: numbers.setdefault(name, len(numbers)) for index, name in enumerate(places)}
        stance = find_stance(ArticleAnalysis(text), span, ())
        sides.append(
            Side(
                n, n, f"Outlet {n}", placed(text, *places), span, span, stance,
                named=frozenset(own.values()), entity_numbers=own,
            )
        )  # fmt: skip
    assert (find_time_place(sides) is not None) == differ
