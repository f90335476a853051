"""Sentence boundaries, one hard case a line: "|" marks where a boundary belongs."""

from itertools import pairwise

import pytest
from hypothesis import given

from articles.analysis.sentences import split_sentences
from articles.analysis.text import split_paragraphs

from .strategies import texts


@pytest.mark.parametrize(
    "line",
    [
        "The pier broke.|It sank.",
        "Mr. Low and Dr. Berg left.|They ran.",
        "Gov. Anna Low met Sen. Ole Berg.|Both smiled.",
        "He lives in the U.S. Senate office.|She does not.",
        "He moved to the U.S.|The port closed.",
        "It opened at 9 a.m. on Monday.|Nobody came.",
        "It opened at 9 a.m.|Nobody came.",
        "J. D. Low wrote it.|He sold it.",
        "See No. 5 and Nos. 6 and 7.|Then rest.",
        "He said no.|Then he left.",
        "It works vs. the old one.|Good.",
        "Is it safe?|Yes!|Very.",
        "“Is it safe?” she asked.|He nodded.",
        "“It is safe.”|He nodded.",
        "“It is safe,” he said.|“Go on.”",
        "He paid $1.5 million.|It was late.",
        "The firm, Low Inc., closed.|All left.",
        "He works for Low Inc.|The pay is good.",
        "Works of art.|Nobody bought them.",
        "He felt ill.|Doctors came.",
        "Wait... he said.|Then he left.",
        "Rain (heavy at times.) fell.|It stopped.",
        "Rain fell (heavily.)|It stopped.",
        "On Jan. 5 it rained.|On Feb. 6 it froze.",
        "The case is Low v. Berg.|It drags on.",
        "iPhone sales fell.|iPad sales rose.",
        "“We go.” – Anna Low",
        "He met Lt. Gen. Ole Berg.|Rain fell.",
        "船は沈んだ。|誰も死ななかった。",
        "It cost 5.|Then 6.",
    ],
)
def test_split_sentences_cuts_where_a_reader_would(line: str) -> None:
    text = "Headline\n\n" + line.replace("|", " " if line.isascii() or "。" not in line else "")
    found = [text[s.span.start : s.span.end] for s in split_sentences(text)]
    assert found[1:] == line.split("|")


@pytest.mark.parametrize(
    ("paragraph", "kinds"),
    [
        ("OSLO, Norway (AP) — Rain fell on Monday.", ["dateline", "body"]),
        ("(Reuters) - Rain fell on Monday.", ["dateline", "body"]),
        ("Oslo, Norway — Rain fell on Monday.", ["dateline", "body"]),
        ("UPDATE: Rain fell on Monday.", ["dateline", "body"]),
        ("The mayor — a lawyer — resigned on Monday.", ["body"]),
        ("Ole Berg contributed to this report.", ["credit"]),
        ("Reporting by Ole Berg; editing by Anna Low", ["credit"]),
        ("Read more: The harbour in pictures", ["boilerplate"]),
        ("Sign up for our newsletter", ["boilerplate"]),
        ("Correction: An earlier version of this article misstated the depth.", ["correction"]),
        ("The pier at dawn. (AP Photo/Ole Berg)", ["caption", "caption"]),
        ("The mayor read the letter aloud to a full hall.", ["body"]),
        ("Readers of the letter saw more here than she did.", ["body"]),
    ],
)
def test_split_sentences_names_the_furniture(paragraph: str, kinds: list[str]) -> None:
    text = f"Headline\n\n{paragraph}\n\nAnother paragraph of the report."
    assert [s.kind for s in split_sentences(text) if s.paragraph == 1] == kinds


def test_transcript_paragraphs_are_turns() -> None:
    text = "Headline\n\nANNA LOW: Is it safe?\n\nOLE BERG: No. It leaks.\n\nANNA LOW: Then close it."
    assert {s.kind for s in split_sentences(text)} == {"headline", "turn"}


def test_headline_stays_whole() -> None:
    text = "Ferry sinks. Who knew? Nobody.\n\nRain fell."
    assert [s.span.end for s in split_sentences(text)] == [30, 42]


@given(texts)
def test_sentences_are_in_order_inside_their_paragraphs_and_lose_nothing(text: str) -> None:
    paragraphs = split_paragraphs(text)
    sentences = split_sentences(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(sentences))
    assert all(paragraphs[s.paragraph].contains(s.span) for s in sentences)
    assert all(text[s.span.start : s.span.end].strip() == text[s.span.start : s.span.end] != "" for s in sentences)
    covered = {i for s in sentences for i in range(s.span.start, s.span.end)}
    assert all(text[i].isspace() for i in set(range(len(text))) - covered)
