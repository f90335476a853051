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
        "It opened at 5 p.m. Monday.|Nobody came.",
        "It opened at 5 p.m. EST.|Nobody came.",
        "See p. 12.|Then rest.",
        "No one came.|e.g. this one did not.",
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
        ("Correction (Nov. 19, 2026, 3 p.m.): The pier is 90 metres long.", ["correction"]),
        ("Clarification: The firm employs 300 people.", ["correction"]),
        ("With additional reporting from AFP", ["credit"]),
        ("With files from Reuters", ["credit"]),
        ("Photograph: Anna Low/Getty Images", ["caption"]),
        ("A man walks past the closed pier. Photo: AFP", ["caption", "caption"]),
        ("Image caption: The pier at dawn", ["caption"]),
        ("Image source, Getty Images", ["caption"]),
        ("Most Popular", ["boilerplate"]),
        ("What you need to know", ["boilerplate"]),
        ("Got a tip? Email the newsroom.", ["boilerplate", "boilerplate"]),
        ("Last updated 3:12 pm", ["boilerplate"]),
        ("(COMMERCIAL BREAK)", ["boilerplate"]),
        ("[APPLAUSE]", ["boilerplate"]),
        ("(Laughter.)", ["boilerplate"]),
        ("PARIS/BERLIN (Reuters) - Rain fell on Monday.", ["dateline", "body"]),
        ("NEW DELHI: Rain fell on Monday.", ["dateline", "body"]),
        ("(Nobody was hurt when the pier fell.)", ["body"]),
        ("The port updated 3 rules on Monday.", ["body"]),
        ("Published reports say the pier is old.", ["body"]),
        ("The mayor read the letter aloud to a full hall.", ["body"]),
        ("Readers of the letter saw more here than she did.", ["body"]),
    ],
)
def test_split_sentences_names_the_furniture(paragraph: str, kinds: list[str]) -> None:
    text = f"Headline\n\n{paragraph}\n\nAnother paragraph of the report."
    assert [s.kind for s in split_sentences(text) if s.paragraph == 1] == kinds


@pytest.mark.parametrize(
    "turns",
    [
        ["ANNA LOW: Is it safe?", "OLE BERG: No. It leaks.", "ANNA LOW: Then close it."],
        ["MODERATOR: Go.", "SENATOR ANNA LOW (D-VT): It leaks.", "TOM REED: No.", "LOW: It does. Look."],
        ["JOHN KING, CNN HOST: Is it safe?", "SEN. MARY COLE (D-OH): No.", "KING: Then close it."],
        ["Q: Is it safe?", "A: No. It leaks."],
        ["Anna Low: Is it safe?", "Ole Berg: No.", "Anna Low: Why?", "Tom Reed: It rots."],
        ["KING: Is it safe?", "COLE: No.", "KING: Why?", "BLITZER (on camera): We go on."],
    ],
)
def test_transcript_paragraphs_are_turns(turns: list[str]) -> None:
    text = "\n\n".join(["Headline", *turns])
    found = split_sentences(text)
    assert {s.kind for s in found} == {"headline", "turn"}
    labels = [text[s.span.start : s.span.end] for s in found if text.startswith("SEN.", s.span.start)]
    assert all(":" in label for label in labels)


def test_applause_is_no_part_of_what_was_said() -> None:
    text = "Headline\n\nKING: It is safe. [APPLAUSE] We open it.\n\nCOLE: No.\n\nKING: Why?"
    kinds = [s.kind for s in split_sentences(text)]
    assert kinds == ["headline", "turn", "boilerplate", "turn", "turn", "turn"]


def test_credit_is_known_anywhere() -> None:
    paragraphs = ["Rain fell on the port."] * 6
    text = "\n\n".join(["Headline", *paragraphs, "Anna Low of Reuters contributed to this report.", *paragraphs])
    assert [s.kind for s in split_sentences(text)].count("credit") == 1


def test_label_alone_makes_no_transcript() -> None:
    text = "Headline\n\nWARNING: The pier leaks.\n\nThe port closed it.\n\nOSLO: Rain fell."
    assert "turn" not in {s.kind for s in split_sentences(text)}


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
