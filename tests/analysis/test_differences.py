"""Divergences of whole sentences, each analysed as an article and joined by a person's word, against a gold set.

Nothing is prepared by hand here: names, numbers, quotations and speakers are what the finders make of the words. The
suite fails when a figure drops.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from articles.analysis.article import analyse_article
from articles.analysis.cells import Column, claim_cells
from articles.analysis.commitment import find_certainty, find_polarity
from articles.analysis.differences.sources import are_other_sources
from articles.analysis.story import compare_story
from articles.analysis.types import (
    Appearance,
    Claim,
    DecidedAppearance,
    DecidedClaim,
    Decisions,
    Divergence,
    DivergenceSide,
    Span,
    StoryArticle,
)

GOLD = Path(__file__).parent / "gold"
HEADLINE = "Morning news\n\n"


def rows(name):
    lines = (GOLD / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def divergences(*texts, outlets=()):
    """What differs between the sentences of as many outlets, which somebody has put into one claim; a line is one."""
    articles = []
    places = []
    for key, sentences in enumerate(texts):
        text = HEADLINE + sentences.replace("\n", "\n\n")
        outlet = outlets[key] if outlets else f"Outlet {key}"
        articles.append(StoryArticle(key, outlet, analyse_article(text, published=date(2026, 11, 20))))
        for sentence in sentences.split("\n"):
            at = text.index(sentence)
            places.append(DecidedAppearance(key, Span(at, at + len(sentence)), "confirmed"))
    story = compare_story(articles, Decisions(claims=(DecidedClaim(1, tuple(places)),)))
    (claim,) = [claim for claim in story.claims if claim.key == 1]
    for divergence in claim.divergences:
        for side in divergence.sides:
            text = articles[claim.appearances[side.appearance].article].analysis.text
            assert text[side.span.start : side.span.end].strip()
    return claim.divergences


def of_kind(kind, *texts, outlets=()):
    return [divergence for divergence in divergences(*texts, outlets=outlets) if divergence.kind == kind]


def values(divergence):
    """The values of the sides in the order of the outlets; the reason names them."""
    return sorted(side.value for side in divergence.sides)


@pytest.mark.parametrize(("left", "right", "expected"), rows("opposites.tsv"))
def test_opposite_outcomes_match_the_gold_set(left, right, expected):
    found = of_kind("polarity", left, right)
    if expected == "-":
        assert found == []
        return
    (divergence,) = found
    assert values(divergence) == sorted(expected.split(" / "))
    assert all(f"“{side.value}”" in divergence.reason for side in divergence.sides)


@pytest.mark.parametrize(("kind", "left", "right", "expected"), rows("differences.tsv"))
def test_differences_of_real_sentences_match_the_gold_set(kind, left, right, expected):
    found = of_kind(kind, left, right)
    if expected == "-":
        assert found == []
        return
    (divergence,) = found
    assert all(part in divergence.reason for part in expected.split(" / ")), divergence.reason
    assert {"Outlet 0", "Outlet 1"} <= {divergence.reason[m : m + 8] for m in range(len(divergence.reason))}
    assert len(divergence.sides) == 2


def test_the_gold_sets_keep_their_size():
    opposites, differences = rows("opposites.tsv"), rows("differences.tsv")
    assert sum(row[2] != "-" for row in opposites) >= 15
    assert sum(row[2] == "-" for row in opposites) >= 10
    assert len(differences) >= 40
    assert sum(row[3] == "-" for row in differences) >= 15


def test_two_numbers_in_dispute_are_two_divergences():
    found = of_kind(
        "quantity",
        "The yard fired 12 welders and sold 3 cranes in May.",
        "The yard fired 14 welders and sold 5 cranes in May.",
    )
    assert sorted(values(divergence) for divergence in found) == [["12", "14"], ["3", "5"]]


def test_two_people_in_dispute_are_two_divergences():
    found = of_kind(
        "name_role",
        "Former mayor Anna Low saw the Transport minister Karl Berg in Cork.",
        "Mayor Anna Low saw the Interior minister Karl Berg in Cork.",
    )
    assert len(found) == 2


def test_the_shown_words_of_one_kind_do_not_overlap():
    found = of_kind(
        "quantity",
        "The yard fired 12 welders and sold 3 cranes in May.",
        "The yard fired 14 welders and sold 5 cranes in May.",
    )
    spans = [(side.appearance, side.span) for divergence in found for side in divergence.sides]
    assert len(set(spans)) == len(spans)


@pytest.mark.parametrize(
    ("kind", "sentences"),
    [
        ("polarity", ("The jury acquitted Low.", "The jury convicted Low.", "The jury cleared Low.")),
        ("attribution", ("The hull cracked, the firm said.", "The hull cracked, the crew said.", "The hull cracked.")),
        ("certainty", ("The dam will burst soon.", "The dam may burst soon.", "The dam might burst soon.")),
        ("name_role", ("Mayor Anna Low left.", "Former mayor Anna Low left.", "Anna Low, the mayor, left town.")),
        ("reporting_verb", ("Low said it was safe.", "Low claimed it was safe.", "Low told Karl Berg it was safe.")),
        (
            "direct_or_paraphrase",
            (
                "“The dam will not hold through another winter,” Anna Low said.",
                "Anna Low said the dam would fail next winter.",
                "Anna Low expects the dam to fail in winter.",
            ),
        ),
    ],
)  # fmt: skip
def test_every_outlet_that_takes_a_side_is_shown(kind, sentences):
    (found,) = of_kind(kind, *sentences)
    assert len(found.sides) == 3


def test_sides_with_one_meaning_are_one_variant():
    (found,) = of_kind(
        "polarity", "The jury acquitted Low.", "The jury convicted Low.", "The jury acquitted Low of it."
    )
    assert len({side.key for side in found.sides}) == 2


def test_who_names_the_source_once_has_named_it():
    twice = "The hull cracked in the storm, the union said.\nThe hull cracked in the storm on Monday."
    assert of_kind("attribution", twice, "The hull cracked in the storm.") == []
    assert of_kind("attribution", twice.split("\n")[0], "The hull cracked in the storm.") != []


def test_an_outlet_is_not_reproached_with_being_the_source():
    relayed, own = "The hull cracked in the storm, the Harbour Times reported.", "The hull cracked in the storm."
    assert of_kind("attribution", relayed, own) != []
    assert of_kind("attribution", relayed, own, outlets=("Daily Wave", "Harbour Times")) == []


def test_a_verb_that_doubts_is_told_once():
    kinds = [d.kind for d in divergences("Low believes the dam is unsafe.", "Low said the dam is unsafe.")]
    assert kinds == ["certainty"]


def test_one_speaker_quoted_and_reported_needs_one_word_in_common():
    quoted = "“The dam will not hold through another winter,” Anna Low said."
    assert of_kind("direct_or_paraphrase", quoted, "Anna Low said any dam can give way.") != []
    assert of_kind("direct_or_paraphrase", quoted, "Karl Berg said any dam can give way.") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "“The dam will not hold through another winter,” Anna Low said.",
        "The dam “will not hold” for another winter, Anna Low said.",
        "The dam ‘will not hold’ for another winter, Anna Low said.",
    ],
)
def test_words_in_marks_that_are_no_quotation_are_still_no_paraphrase(sentence):
    whole = "“The dam will not hold through another winter,” Anna Low said."
    articles = [
        StoryArticle(key, f"Outlet {key}", analyse_article(HEADLINE + words))
        for key, words in enumerate((whole, sentence))
    ]
    # Somebody has said that the second one is not a quotation.
    bare = replace(articles[1].analysis, quotations=())
    articles[1] = replace(articles[1], analysis=bare)
    places = [Span(len(HEADLINE), len(article.analysis.text)) for article in articles]
    decided = DecidedClaim(1, tuple(DecidedAppearance(n, place, "confirmed") for n, place in enumerate(places)))
    story = compare_story(articles, Decisions(claims=(decided,)))
    assert all(d.kind != "direct_or_paraphrase" for claim in story.claims for d in claim.divergences)


@pytest.mark.parametrize(
    ("text", "certainty", "words", "polarity"),
    [
        ("Low ruled out resigning.", "CT-", None, "negative"),
        ("Low cannot rule out resigning.", "PS+", "cannot rule out", "positive"),
        ("Low refused to rule out resigning.", "PS+", "refused to rule out", "positive"),
        ("Without warning, the dam failed.", "CT+", None, "positive"),
        ("Neither Low nor Cole resigned.", "CT-", None, "negative"),
        ("Hardly anyone was hurt.", "CT-", None, "negative"),
        ("They had barely left when it fell.", "CT+", None, "positive"),
        ("Reports that the dam had failed were false.", "CT-", None, "negative"),
        ("If the dam fails, 5,000 people must leave.", "Uu", "If", "positive"),
        ("Even if the dam fails, nobody must leave.", "CT-", None, "negative"),
        ("Did the dam fail?", "Uu", "Did the dam fail?", "positive"),
        ("Police allege that he fled.", "PR+", "allege", "positive"),
        ("Engineers fear the dam will fail.", "PS+", "fear", "positive"),
        ("Police suspect arson.", "PR+", "suspect", "positive"),
        ("She is accused of theft.", "PR+", "accused of", "positive"),
        ("The alleged thief fled.", "PR+", "alleged", "positive"),
        ("The town plans to close the pier.", "PR+", "plans to", "positive"),
        ("The hull has almost certainly cracked.", "PR+", "almost certainly", "positive"),
        ("The pier is unlikely to reopen.", "PR-", "unlikely", "negative"),
        ("Perhaps the hull has cracked.", "PS+", "Perhaps", "positive"),
    ],
)
def test_what_commits_a_clause_and_what_does_not(text, certainty, words, polarity):
    clause = Span(0, len(text))
    assert find_polarity(text, clause)[0] == polarity
    value, span = find_certainty(text, clause, find_polarity(text, clause)[0], None)
    assert value == certainty
    assert (span and text[span.start : span.end]) == words


@pytest.mark.parametrize(
    ("one", "two", "are_two"),
    [
        ("the company", "the union", True),
        ("police", "a passenger", True),
        ("a spokesman for the ferry operator", "a spokeswoman for the crew", True),
        ("the police chief", "the family's lawyer", True),
        ("the company", "a spokesman for the operator", False),
        ("police", "the police chief", False),
        ("officials", "the ministry", False),
        ("the coastguard", "the Coast Guard", False),
        ("a lawyer for the family", "the family's solicitor", False),
    ],
)
def test_sources_of_kinds_that_exclude_one_another(one, two, are_two):
    assert are_other_sources(one, two) == are_two
    assert are_other_sources(two, one) == are_two


def test_cells_of_a_claim_with_several_divergences_of_one_kind():
    appearances = tuple(
        Appearance(key, Span(0, 4), "suggested", 1.0, "words", certainty=certainty)
        for key, certainty in ((1, "CT+"), (2, "PS+"), (3, "PS+"))
    )
    first, second = (
        Divergence("certainty", tuple(DivergenceSide(n, Span(0, 1), str(n), str(n)) for n in sides), "why")
        for sides in ((0, 1), (0, 2))
    )
    cells = claim_cells(Claim("It sank.", appearances, (first, second)), [Column(1), Column(2), Column(3)])
    assert [cell.kind for cell in cells] == ["differs", "hedges", "hedges"]


def test_reason_tells_every_number_and_who_prints_it():
    lines = [f"A blast injured {number} people in Alderby." for number in ("12", "fifteen", "twelve", "14")]
    (found,) = of_kind("quantity", *lines, outlets=("Post", "Daily", "Wire", "Radio"))
    assert found.reason == "Post, Wire: 12; Daily: fifteen; Radio: 14."


def test_reason_with_many_numbers_says_how_many_more_there_are():
    numbers = (21, 22, 23, 24, 25, 26, 21, 21, 21)
    lines = [f"A blast injured {number} people in Alderby." for number in numbers]
    (found,) = of_kind("quantity", *lines, outlets=tuple("ABCDEFGHI"))
    assert found.reason == "A, G and 2 more: 21; B: 22; C: 23; D: 24 and 2 more."


def test_speaker_who_is_only_a_pronoun_is_named():
    """Where a text tells whom it means: the claim's page names them too."""
    spoke = (
        "Anna Low leads the yard.\nShe said the crane had failed an inspection in June.",
        "The crane had failed an inspection in June, a union official said on condition of anonymity.",
    )
    (found,) = of_kind("attribution", *spoke)
    assert found.reason == "Outlet 0 has it from Anna Low; Outlet 1 from a union official."
    assert "Anna Low" in values(found)


def test_crew_is_not_set_against_passengers():
    """Who counts everybody aboard is set against the greater number; every outlet that gives it takes a side."""
    (found,) = of_kind(
        "quantity",
        "The tram was carrying 180 passengers and 4 crew when it left the rails near the mill.",
        "The tram was carrying about 200 people when it left the rails near the mill.",
        "The tram carried 180 passengers.",
    )
    assert values(found) == ["180", "180", "about 200"]
    assert of_kind("quantity", "The tram carried 24 passengers.", "The tram carried 21 crew members.") == []
    (crews,) = of_kind(
        "quantity", "The tram carried 180 passengers and 4 crew.", "The tram carried 180 passengers and 6 crew."
    )
    assert values(crews) == ["4", "6"]


@pytest.mark.parametrize(
    ("unsure", "sure", "reason"),
    [
        (
            "The crane may have failed an inspection in June.",
            "Low was not aware of any failed inspection of the crane.",
            "Outlet 0 says “may”; Outlet 1 says “not”.",
        ),
        (
            "The crane may not have failed an inspection in June.",
            "The crane did not fail an inspection in June.",
            "Outlet 0 says “may”; Outlet 1 states it without reserve.",
        ),
    ],
)
def test_reason_never_calls_a_denial_a_statement_without_reserve(unsure, sure, reason):
    (found,) = of_kind("certainty", unsure, sure)
    assert found.reason == reason


def test_reason_quotes_what_was_left_out_as_it_is_printed():
    (found,) = of_kind(
        "quote_truncated",
        "“I am a Lerby-born skipper, and I don’t fear this harbour one bit,” Anna Low said.",
        "“I don’t fear this harbour one bit,” Anna Low said.",
    )
    assert found.reason == "Outlet 1 leaves out words that Outlet 0 prints: “I am a Lerby-born skipper, and”."
    (found,) = of_kind(
        "quote_truncated",
        "“I am a Lerby-born skipper, and I don’t fear this harbour one bit, unless Big-Bay freezes,” Anna Low said.",
        "“I don’t fear this harbour one bit,” Anna Low said.",
    )
    assert found.reason.endswith("prints: “I am a Lerby-born skipper, and […] unless Big-Bay freezes”.")


def test_side_that_denies_shows_the_word_that_the_reason_quotes():
    (found,) = of_kind(
        "certainty",
        "The crane may have failed an inspection in June.",
        "Low was not aware of any failed inspection of the crane.",
    )
    assert [side.value for side in found.sides if side.key == "0"] == ["not"]
    (found,) = of_kind(
        "certainty",
        "The crane may not have failed an inspection in June.",
        "The crane did not fail an inspection in June.",
    )
    assert [side.value for side in found.sides if side.key == "0"] == ["The crane did not fail an inspection in June."]


@pytest.mark.parametrize(
    ("plain", "told"),
    [
        ("Anna Low said the dam at Lerby was leaking at its foot.", "Outlet 1 from Anna Low."),
        ("The dam at Lerby was leaking at its foot.", "Outlet 1 states it as fact."),
    ],
)
def test_reason_names_the_source_that_the_other_outlet_has(plain, told):
    credited = "The dam at Lerby was leaking at its foot, the Dyke Herald reported."
    (found,) = of_kind("attribution", credited, plain)
    assert found.reason == f"Outlet 0 has it from Dyke Herald; {told}"


def test_reason_has_one_stop_at_its_end():
    (found,) = of_kind(
        "name_role",
        "Anna Low, an agent at the F.B.I., left the house in Lerby.",
        "Anna Low, a former agent at the F.B.I., left the house in Lerby.",
    )
    assert found.reason.endswith(" agent at the F.B.I.")
    (found,) = of_kind(
        "quote_wording",
        "Low said: “We will not leave this old town without our boats.”",
        "Low said: “We shall never leave this old town without the boats.”",
    )
    assert found.reason.endswith(" boats.”")


@pytest.mark.parametrize(
    ("one", "two", "are_two"),
    [
        ("President Ruslan Temir", "President Ruslan Temir of Karastan", False),
        ("President Temir", "Ruslan Temir of Karastan", False),
        ("President Ruslan Temir", "President Piet Brandt of Karastan", True),
    ],
)
def test_place_behind_a_name_makes_nobody_else_of_it(one, two, are_two):
    words = "said that the missile brigade at Tesk had been equipped"
    assert bool(of_kind("attribution", f"{one} {words}.", f"{two} {words}.")) == are_two
