"""Who says what: each case is a text of one paragraph and what must be found in it."""

import pytest

from articles.analysis.article import analyse_article
from articles.analysis.story import compare_story
from articles.analysis.types import Quotation, StoryArticle


def said(body: str) -> list[tuple[str, str, str | None, str | None]]:
    """(kind, content, speaker, cue) of every quotation that is not indirect."""
    text = "A headline\n\n" + body
    return [_words(text, q) for q in analyse_article(text).quotations if q.kind != "indirect"]


def reported(body: str) -> list[tuple[str, str | None]]:
    """(content, speaker) of every indirect quotation."""
    text = "A headline\n\n" + body
    return [_words(text, q)[1:3] for q in analyse_article(text).quotations if q.kind == "indirect"]


def _words(text: str, q: Quotation) -> tuple[str, str, str | None, str | None]:
    return (
        q.kind,
        text[q.span.start : q.span.end],
        q.speaker and text[q.speaker.start : q.speaker.end],
        q.cue and text[q.cue.start : q.cue.end],
    )


@pytest.mark.parametrize(
    ("body", "content"),
    [
        ("“The pier is not safe,” Anna Low said.", "The pier is not safe,"),
        ('"The pier is not safe," Anna Low said.', "The pier is not safe,"),
        ("''The pier is not safe,'' Anna Low said.", "The pier is not safe,"),
        ("``The pier is not safe,'' Anna Low said.", "The pier is not safe,"),
        ("„The pier is not safe“, Anna Low said.", "The pier is not safe"),
        ("«The pier is not safe», Anna Low said.", "The pier is not safe"),
        ("»The pier is not safe«, Anna Low said.", "The pier is not safe"),
        ("‘The pier is not safe,’ Anna Low said. ‘We close it.’", "The pier is not safe,"),
        ("“The workers’ pier isn’t safe,” Anna Low said.", "The workers’ pier isn’t safe,"),
        ("“He called it ‘safe’ twice,” Anna Low said.", "He called it ‘safe’ twice,"),
        ("“The pier is 5' long,\" Anna Low said.", "The pier is 5' long,"),
        ("‘The pier is not safe,’ Anna Low said.", "The pier is not safe,"),
        ("'The pier isn't safe,' Anna Low said.", "The pier isn't safe,"),
        ("‘It is the residents’ wish,’ Anna Low said.", "It is the residents’ wish,"),
        ("'It is the residents' wish,' Anna Low said.", "It is the residents' wish,"),
        ("‘He called it “a wreck”,’ Anna Low said.", "He called it “a wreck”,"),
        ("'I'm goin' home to O'Neil,' Anna Low said.", "I'm goin' home to O'Neil,"),
        ('""The pier is not safe,"" Anna Low said.', "The pier is not safe,"),
        ('„The pier is not safe," Anna Low said.', "The pier is not safe,"),
        ('"The pier is not safe, Anna Low said. She left.', "The pier is not safe,"),
    ],
)
def test_marks_of_every_style_enclose_the_content(body: str, content: str) -> None:
    assert said(body)[0] == ("direct", content, "Anna Low", "said")


@pytest.mark.parametrize(
    "body",
    [
        "The '90s were the workers' years, and rock 'n' roll the owners' bane.",
        "The residents’ pier and the owners’ wish met ’em in ’95.",
        "A 6' 2\" plank fell on the pier's edge.",
    ],
)
def test_apostrophes_are_no_quotation_marks(body: str) -> None:
    assert said(body) == []


def test_single_marks_may_enclose_a_plural() -> None:
    found = said("Anna Low called the two ‘shams’ on Monday. ‘The residents’ wish,’ said Ole Berg.")
    assert [c for _, c, _, _ in found] == ["shams", "The residents’ wish,"]


def test_possessive_does_not_close_what_runs_on_into_the_next_paragraph() -> None:
    found = said("‘It leaks,’ Anna Low said. ‘The residents’ group says so.\n\n‘And so do the owners.’")
    assert [(c, s) for _, c, s, _ in found] == [
        ("It leaks,", "Anna Low"),
        ("The residents’ group says so.", "Anna Low"),
        ("And so do the owners.", "Anna Low"),
    ]


@pytest.mark.parametrize(
    ("body", "speaker", "cue"),
    [
        ("“We will close it,” said Ole Berg.", "Ole Berg", "said"),
        ("“We will close it,” said the mayor, Anna Low.", "the mayor, Anna Low", "said"),
        ("“We will close it,” Mayor Anna Low, a lawyer, told reporters.", "Mayor Anna Low", "told"),
        ("“We will close it,” Sen. Anna Low (R-Ohio) said on Monday.", "Sen. Anna Low (R-Ohio)", "said"),
        ("Anna Low said: “We will close it.”", "Anna Low", "said"),
        ("Anna Low said that “we will close it” soon.", "Anna Low", "said"),
        ("Anna Low, who runs the port, said “we will close it.”", "Anna Low", "said"),
        ("According to Anna Low, “we will close it.”", "Anna Low", "According to"),
        ("The port will “never close again,” according to Anna Low.", "Anna Low", "according to"),
        ("After the vote, Anna Low shook her head and said, “We will close it.”", "Anna Low", "said"),
        ("Anna Low boasted of the pier, stating, “We will never close it.”", "Anna Low", "stating"),
        ("The plan was called “a costly mistake” by Anna Low.", "Anna Low", "called"),
        ("Calling it “a costly mistake,” Anna Low left.", "Anna Low", "Calling"),
        ("Anna Low, in a letter to the port, called it “a costly mistake.”", "Anna Low", "called"),
        ("“Will you close it?” Anna Low asked.", "Anna Low", "asked"),
        ("“We will close it.” — Anna Low", "Anna Low", None),
        ("In a statement, Ole Berg of the port said the pier was “dangerous.”", "Ole Berg of the port", "said"),
        ("A spokesman for the port said it was “a costly mistake.”", "A spokesman for the port", "said"),
        ("“We close,” he said, as Ole Berg looked on.", "he", "said"),
    ],
)
def test_speaker_and_cue_are_found(body: str, speaker: str, cue: str | None) -> None:
    first = said(body)[0]
    got = first[2]
    assert got is not None
    # A bracket behind the name may or may not be taken along.
    assert got == speaker or speaker.startswith(got + " (")
    assert first[3] == cue


def test_split_quotation_keeps_its_speaker() -> None:
    found = said("“I think,” Anna Low said, “that the pier leaks.” Rain fell.")
    assert [(c, s) for _, c, s, _ in found] == [("I think,", "Anna Low"), ("that the pier leaks.", "Anna Low")]


def test_quotation_of_several_sentences_is_one() -> None:
    found = said("“It leaks. It rots. It must go,” Anna Low said.")
    assert [(c, s) for _, c, s, _ in found] == [("It leaks. It rots. It must go,", "Anna Low")]


def test_quotation_over_paragraphs_inherits_its_speaker() -> None:
    found = said("“It leaks and it rots,” Anna Low said. “It must go.\n\n“And so must the board of this port.”")
    assert [s for _, _, s, _ in found] == ["Anna Low", "Anna Low", "Anna Low"]


def test_announced_quotation_stands_in_the_next_paragraph() -> None:
    found = said("Anna Low continued:\n\n“It leaks and it rots and it must go.”")
    assert found[0][2] == "Anna Low"


def test_paragraph_of_nothing_but_a_quotation_goes_on_with_the_last_speaker() -> None:
    text = "A headline\n\n“It leaks and it rots,” Anna Low said.\n\n“Nobody believes a word of it.”"
    found = analyse_article(text).quotations
    assert [(_words(text, q)[2:], q.is_inferred) for q in found] == [
        (("Anna Low", "said"), False),
        (("Anna Low", None), True),
    ]


def test_quotation_behind_another_subject_is_nobodys() -> None:
    found = said("“It leaks and it rots,” Anna Low said. Rain fell on the port.\n\n“Nobody believes a word of it.”")
    assert found[1][2] is None


def test_earlier_paragraphs_of_a_quotation_are_by_whoever_is_named_behind_the_last() -> None:
    body = "“First, we close the pier.\n\n“Second, we mend it.\n\n“Third and last, we rest,” said Anna Low."
    text = "A headline\n\n" + body
    found = analyse_article(text).quotations
    assert [(_words(text, q)[2], q.is_inferred) for q in found] == [
        ("Anna Low", True),
        ("Anna Low", True),
        ("Anna Low", False),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "Anna Low hosts the show “Harbour Talk” on Mondays.",
        "Ole Berg, author of the book “The Long Pier,” left.",
        "Robert “Bobby” Low left on Monday.",
        "He starred in “Night Train” and “Blue Moon” last year.",
        "He is known as “the Bear” at home.",
        "The word “pier” was missing.",
        "The “smart” pier opened on Monday.",
        "Anna Low’s “solution” failed badly.",
    ],
)
def test_titles_and_nicknames_are_not_speech(body: str) -> None:
    assert said(body) == []


@pytest.mark.parametrize(
    "body",
    [
        "Nobody said “the pier is safe” at the time.",
        "Anna Low did not say “the pier is safe” at the time.",
        "Anna Low was called “a danger to the port” at the time.",
    ],
)
def test_words_that_somebody_did_not_say_are_not_theirs(body: str) -> None:
    assert [s for _, _, s, _ in said(body)] == [None]


@pytest.mark.parametrize(
    ("body", "cue_class"),
    [
        ("Anna Low said “it leaks badly.”", "neutral"),
        ("Anna Low insisted “it leaks badly.”", "assertive"),
        ("Anna Low claimed “it leaks badly.”", "weak"),
        ("Anna Low boasted “it never leaks.”", "loaded"),
        ("Anna Low termed it “a leaking wreck.”", "evaluative"),
    ],
)
def test_cue_classes_tell_how_something_was_said(body: str, cue_class: str) -> None:
    text = "A headline\n\n" + body
    assert [q.cue_class for q in analyse_article(text).quotations if q.kind != "indirect"] == [cue_class]


@pytest.mark.parametrize(
    ("body", "content", "speaker"),
    [
        ("Anna Low said that the pier would close.", "the pier would close", "Anna Low"),
        ("Anna Low said the pier would close, though divers found no damage.", "the pier would close", "Anna Low"),
        ("The pier would close, Anna Low said.", "The pier would close", "Anna Low"),
        ("The pier would close, according to the port.", "The pier would close", "the port"),
        ("Police told reporters that the pier would close.", "the pier would close", "Police"),
        ("Anna Low vowed to close the pier, while the board wavered.", "to close the pier", "Anna Low"),
        ("The pier is unsafe, said Anna Low.", "The pier is unsafe", "Anna Low"),
        ("The pier is unsafe, says the minister.", "The pier is unsafe", "the minister"),
        ("The pier will fail, say experts.", "The pier will fail", "experts"),
        ("The pier failed, reports the Gazette.", "The pier failed", "the Gazette"),
        ("The pier, Anna Low said, is unsafe.", "The pier, Anna Low said, is unsafe", "Anna Low"),
        ("The pier, engineers say, will fail.", "The pier, engineers say, will fail", "engineers"),
        ("The driver was drunk, police said, and had no licence.", "The driver was drunk", "police"),
        ("The driver was drunk, police said, and had no licence.", "and had no licence", "police"),
        ("The pier is unsafe, said Rep. Anna Low, a Democrat, who left.", "The pier is unsafe", "Rep. Anna Low"),
        ("Anna Low told the BBC the pier was safe.", "the pier was safe", "Anna Low"),
        ("Anna Low told Reuters on Monday the pier was safe.", "the pier was safe", "Anna Low"),
        ("Anna Low told the committee the pier was safe.", "the pier was safe", "Anna Low"),
        ("In Oslo, Anna Low said the pier was safe.", "the pier was safe", "Anna Low"),
        ("Anna Low said: the pier was safe.", "the pier was safe", "Anna Low"),
        ("Anna Low tweeted that the pier was safe.", "the pier was safe", "Anna Low"),
        ("Anna Low agreed that the pier was safe.", "the pier was safe", "Anna Low"),
        ("Anna Low ruled that the pier was safe.", "the pier was safe", "Anna Low"),
        ("Anna Low concluded the pier was safe.", "the pier was safe", "Anna Low"),
        ("The court heard that the pier was safe.", "the pier was safe", "The court"),
        ("In the view of Anna Low, the pier was safe.", "the pier was safe", "Anna Low"),
        ("In Anna Low’s view, the pier was safe.", "the pier was safe", "Anna Low"),
        ("Anna Low said the pier was safe, and divers cleared it.", "the pier was safe", "Anna Low"),
        ("Anna Low said the pier was safe, a claim that divers reject.", "the pier was safe", "Anna Low"),
        ("Anna Low said it held, adding that it would stand.", "it would stand", "Anna Low"),
        (
            "It pleased Sen. Tom Reed, Republican of Ohio, who said that the pier held.",
            "the pier held",
            "Sen. Tom Reed",
        ),
        (
            "It pleased Sen. Tom Reed, a lawyer from Ohio, who said that the pier held.",
            "the pier held",
            "Sen. Tom Reed",
        ),
        ("In Ohio, a lawyer, who said that the pier held, left.", "the pier held, left", "a lawyer"),
    ],
)
def test_reported_speech_ends_where_another_subject_begins(body: str, content: str, speaker: str) -> None:
    assert (content, speaker) in reported(body)


@pytest.mark.parametrize(
    "body",
    [
        "Nobody said the pier was safe.",
        "Anna Low did not say whether the pier was safe.",
        "Anna Low declined to say whether the pier was safe.",
        "Anna Low never said that the pier was safe.",
        "The crews heard that the pier was safe.",
        "Anna Low announced the delivery of three new cranes to the port.",
        "The pier is safe, according to whom it serves.",
    ],
)
def test_what_was_not_said_is_nobodys_speech(body: str) -> None:
    assert reported(body) == []


@pytest.mark.parametrize(
    "body",
    ["The report on the pier was long.", "Low ran the pier for years.", "The claims were settled on Monday."],
)
def test_nouns_that_look_like_reporting_words_report_nothing(body: str) -> None:
    assert reported(body) == []
    assert said(body) == []


def test_nested_report_keeps_the_outer_source() -> None:
    text = "A headline\n\nReports say that the port says the pier will close."
    found = analyse_article(text).quotations
    inner = found[-1]
    assert inner.speaker is not None
    assert text[inner.speaker.start : inner.speaker.end] == "the port"
    assert [text[s.start : s.end] for s in inner.chain] == ["Reports"]


def test_chain_of_reports_is_kept_innermost_first() -> None:
    text = "A headline\n\nOfficials say the port believes the survey says that the pier will fail."
    found = analyse_article(text).quotations
    words = [
        (text[q.speaker.start : q.speaker.end], [text[s.start : s.end] for s in q.chain]) for q in found if q.speaker
    ]
    assert words == [("Officials", []), ("the port", ["Officials"]), ("the survey", ["the port", "Officials"])]


def test_speaker_is_joined_to_its_entity() -> None:
    text = "A headline\n\nMayor Anna Low left the port. “It leaks badly,” she said. “It leaks,” said Low."
    analysis = analyse_article(text)
    names = [analysis.entities[q.entity].name for q in analysis.quotations if q.entity is not None]
    assert names == ["Anna Low", "Anna Low"]
    assert [q.is_inferred for q in analysis.quotations] == [True, False]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("Officials in Arizona said the pier would hold.", None),
        ("Arizona said the pier would hold.", "Arizona"),
        ("A top Senate Democratic aide said the pier would hold.", None),
        ("A Norvia Inc. spokesman said the pier would hold.", "Norvia Inc."),
        ("The pier pleased Sen. Tom Reed, Republican of Ohio, who said that the pier held.", "Tom Reed"),
    ],
)
def test_where_a_speaker_is_from_does_not_speak(body: str, name: str | None) -> None:
    story = compare_story([StoryArticle(1, "Post", analyse_article(f"A headline\n\n{body}"))])
    (entity,) = [each.entity for claim in story.claims for each in claim.appearances if each.speaker]
    assert (None if entity is None else story.entities[entity].name) == name


def test_transcript_turns_are_their_speakers_words() -> None:
    text = "A headline\n\nANNA LOW: Is it safe?\n\nOLE BERG: No. It leaks.\n\nANNA LOW: Then close it."
    found = [_words(text, q)[1:3] for q in analyse_article(text).quotations]
    assert found == [("Is it safe?", "ANNA LOW"), ("No. It leaks.", "OLE BERG"), ("Then close it.", "ANNA LOW")]


def test_label_of_a_turn_is_joined_to_its_person() -> None:
    text = "A headline\n\nAnna Low met Ole Berg.\n\nLOW: Is it safe?\n\nOLE BERG (PORT): No.\n\nLOW: Then close it."
    analysis = analyse_article(text)
    assert [q.entity is not None and analysis.entities[q.entity].name for q in analysis.quotations] == [
        "Anna Low",
        "Ole Berg",
        "Anna Low",
    ]
