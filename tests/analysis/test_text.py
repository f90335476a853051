"""The canonical form: every position of the program counts in it."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given

from articles.analysis.text import canonical_text, fold, split_paragraphs

from .strategies import raw


@pytest.mark.parametrize(
    ("headline", "body", "expected"),
    [
        ("Ferry sinks", "One.\n\nTwo.", "Ferry sinks\n\nOne.\n\nTwo."),
        ("Ferry\nsinks\r\nagain", "One.", "Ferry sinks again\n\nOne."),
        ("Ferry", "One.\nTwo.", "Ferry\n\nOne.\n\nTwo."),
        ("Ferry", "One.\r\n\r\n\r\nTwo.\r", "Ferry\n\nOne.\n\nTwo."),
        ("Ferry", "One.\x85Two.\u2028Three.\x0bFour.", "Ferry\n\nOne.\n\nTwo.\n\nThree.\n\nFour."),
        ("\ufeffFerry", "  One.\t\n \n Two. ", "Ferry\n\nOne.\n\nTwo."),
        ("Ferry", "a\tb\x00c\x07d", "Ferry\n\na bcd"),
        ("Cafe\u0301", "o\u200bn\u00ade", "Café\n\none"),
        ("", "One.\nTwo.", "One.\n\nTwo."),
        ("Ferry", "", "Ferry"),
        ("", "", ""),
        ("Ferry", "a\ud800b", "Ferry\n\na\ufffdb"),
        ("Family 👩\u200d👩\u200d👧", "ok", "Family 👩\u200d👩\u200d👧\n\nok"),
    ],
)
def test_canonical_text_follows_its_rules(headline: str, body: str, expected: str) -> None:
    assert canonical_text(headline, body) == expected


@given(raw, raw)
def test_canonical_text_is_idempotent(headline: str, body: str) -> None:
    once = canonical_text(headline, body)
    first, _, rest = once.partition("\n\n")
    assert canonical_text(first, rest) == once


@given(raw, raw)
def test_canonical_text_holds_only_what_can_be_stored(headline: str, body: str) -> None:
    text = canonical_text(headline, body)
    assert text == unicodedata.normalize("NFC", text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in text if c != "\n")
    assert all(p == p.strip() and p and "\n" not in p for p in text.split("\n\n") if text)


@given(raw)
def test_headline_is_one_paragraph(headline: str) -> None:
    assert len(split_paragraphs(canonical_text(headline, ""))) <= 1


@given(raw)
def test_paragraphs_are_in_order_and_hold_every_visible_character(text: str) -> None:
    spans = split_paragraphs(text)
    assert all(a.end < b.start for a, b in pairwise(spans))
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] != "" for s in spans)
    outside = set(range(len(text))) - {i for s in spans for i in range(s.start, s.end)}
    assert all(text[i].isspace() for i in outside)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nicolás", "nicolas"),
        ("Straße", "STRASSE"),
        ("Østergård", "ostergard"),
        ("Łódź", "lodz"),
        ("İstanbul", "istanbul"),
        ("O’Brien", "o'brien"),
        ("co‑op", "co-op"),
    ],
)
def test_fold_makes_spellings_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Low", "Lowe"), ("Berg", "Bergen"), ("Ann", "Anne")])
def test_fold_keeps_different_names_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(raw)
def test_fold_is_idempotent(words: str) -> None:
    assert fold(fold(words)) == fold(words)
