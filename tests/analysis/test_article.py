"""Laws that hold for any text at all, and the texts of other languages."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given

from articles.analysis.article import analyse_article
from articles.analysis.types import Span

from .strategies import texts


@given(texts)
def test_every_span_lies_in_the_text_and_holds_something(text: str) -> None:
    analysis = analyse_article(text, published=date(2020, 3, 12))
    spans = [s.span for s in analysis.sentences] + [m.span for m in analysis.mentions] + list(analysis.paragraphs)
    spans += [q.span for q in analysis.quotations] + [q.span for q in analysis.quantities]
    for quotation in analysis.quotations:
        spans += [s for s in (quotation.speaker, quotation.cue, *quotation.chain) if s is not None]
    assert all(0 <= s.start < s.end <= len(text) and text[s.start : s.end].strip() for s in spans)


@given(texts)
def test_results_are_in_text_order_and_quantities_apart(text: str) -> None:
    analysis = analyse_article(text, published=date(2020, 3, 12))
    for found in (analysis.quotations, analysis.quantities, analysis.mentions):
        assert [f.span.start for f in found] == sorted(f.span.start for f in found)
    quantities = analysis.quantities
    assert all(a.span.end <= b.span.start for a, b in pairwise(quantities))


@given(texts)
def test_mentions_and_speakers_point_at_entities(text: str) -> None:
    analysis = analyse_article(text)
    count = len(analysis.entities)
    assert all(0 <= m.entity < count for m in analysis.mentions)
    assert all(q.entity is None or 0 <= q.entity < count for q in analysis.quotations)
    assert {m.entity for m in analysis.mentions} == set(range(count))


@given(texts)
def test_the_same_text_gives_the_same_result(text: str) -> None:
    assert analyse_article(text) == analyse_article(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Fähre gesunken\n\nDie Fähre ist in der Nacht auf den Felsen gelaufen. „Wir sind gerettet“, sagte Anna.",
            "de",
        ),
        ("El barco\n\nEl barco se hundió en la noche. «Estamos a salvo», dijo Ana, y los otros se fueron.", "es"),
        ("Паром\n\nПаром затонул ночью у скал близ города Осло. «Мы спасены», — сказала Анна Лоу журналистам.", "ru"),
        ("船\n\n船は夜に沈んだ。「助かった」とアンナは言った。誰も死ななかった。二十人が乗っていた。", "ja"),
    ],
)
def test_other_languages_get_sentences_and_marks_but_no_names(text: str, language: str) -> None:
    analysis = analyse_article(text)
    assert (analysis.language, analysis.is_supported) == (language, False)
    assert len(analysis.sentences) >= 3
    assert [q.speaker for q in analysis.quotations] == [None]
    assert (analysis.entities, analysis.mentions) == ((), ())


def test_numbers_are_found_in_any_language() -> None:
    analysis = analyse_article("Fähre gesunken\n\nDie Fähre mit 5,000 Kisten ist in der Nacht auf den Felsen gelaufen.")
    assert [q.low for q in analysis.quantities] == ["5000"]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "Hi", "“", "'", ".", "👩‍👩‍👧", "\u0301", "A.", "said"])
def test_the_smallest_texts_come_out_alive(text: str) -> None:
    assert analyse_article(text).text == text


def test_spans_are_plain_values() -> None:
    assert Span(1, 3).overlaps(Span(2, 4))
    assert not Span(1, 3).overlaps(Span(3, 4))
    assert Span(1, 4).contains(Span(1, 3))
    assert not Span(2, 4).contains(Span(1, 3))
