"""Who else an article has its news from: the outlets it names and the agency it is credited to."""

import pytest

from articles.analysis.origins import agency_of, find_credit, named_outlet
from articles.analysis.types import ArticleAnalysis, Span, StoryArticle

DERIVED = [
    ("The bridge is unsafe, The Daily Post reported.", "Daily Post"),
    ("The bridge is unsafe, the Financial Times said.", "Financial Times"),
    ("The Times says the bridge is unsafe.", "Times"),
    ("A report in the Daily Mail said the bridge was unsafe.", "Daily Mail"),
    ("In an interview with the Guardian, Low said the bridge was unsafe.", "Guardian"),
    ("According to Le Monde, the bridge is unsafe.", "Le Monde"),
    ("According to a report in the Sunday Herald, the bridge is unsafe.", "Sunday Herald"),
    ("Low told Newsweek the bridge was unsafe.", "Newsweek"),
    ("“It may fall,” Low told Haaretz.", "Haaretz"),
    ("Der Spiegel first wrote that the bridge was unsafe.", "Der Spiegel"),
    ("Interfax also quoted an engineer as saying so.", "Interfax"),
    ("Speaking on CNN on Monday, Low said the bridge was unsafe.", "CNN"),
    ("Low told CNN Monday that the bridge was unsafe.", "CNN"),
    ("The bridge may fall, Low told Sky News.", "Sky News"),
    ("Low told ABC’s Good Morning America that the bridge was unsafe.", "ABC’s Good Morning America"),
    ("He told the News of the World the bridge was unsafe.", "News of the World"),
    ("She told the BBC and the Guardian it was unsafe.", "BBC"),
    ("She told the Sun it was unsafe.", "Sun"),
    ("She told the Sun newspaper it was unsafe.", "Sun"),
    ("The Wall Street Journal, citing two officials, reported the plan.", "Wall Street Journal"),
    ("State television said the bridge was unsafe.", "State television"),
    ("The news was first reported by The New York Times.", "New York Times"),
    ("Low wrote in an article for the Boston Globe that it was unsafe.", "Boston Globe"),
]
NOT_DERIVED = [
    "Low told The Post Office workers that the bridge was unsafe.",
    "The Post Office said the bridge was unsafe.",
    "He told the Sun readers of his childhood that it was unsafe.",
    "Michael Bloomberg said the bridge was unsafe.",
    "Capitol Hill reported no change, Low told Tom Reed.",
    "According to the Independent Police Complaints Commission, nobody was at fault.",
    "Reuters could not verify the report.",
    "Reuters contributed to this report.",
    "She told the Express bus driver to stop.",
    "Standard Chartered said profit fell.",
    "The Star Wars actor said he was sorry.",
    "Low told a Times reporter nothing.",
    "The guardian said the child was safe, and the mail said nothing.",
    "Emily Post said nothing.",
    "The Royal Mail said nothing.",
    "Low told the Czech Republic fans that she was sorry, and the Australian said so.",
]
CREDITED = [
    ("LOW BAY (AP) — Rain fell.", "ap"),
    ("Rain fell.\n\n© 2026 Agence France-Presse", "afp"),
    ("Rain fell.\n\nCopyright 2026 The Associated Press. All rights reserved.", "ap"),
    ("Rain fell.\n\n(Reporting by Jane Low for Reuters)", "reuters"),
    ("Rain fell.\n\n(Reporting by Jane Low in Oslo; Editing by Tom Reed)", "reuters"),
    (
        "Rain fell.\n\nReporting by Jane Low; Writing by Mary Cole; Editing by Tom Reed\n\nOur Standards: trust.",
        "reuters",
    ),
    ("Rain fell.\n\nSource: dpa", "dpa"),
    ("“It rained.” — AFP", "afp"),
    ("Rain fell.\n\nAFP", "afp"),
    ("Rain fell.\n\nReuters contributed to this report.", ""),
    ("Rain fell.\n\nWith additional reporting by Jane Low for Reuters", ""),
    ("Rain fell.\n\nReporting by Jane Low and Tom Reed", ""),
    ("Rain fell, Reuters reported.", ""),
]


@pytest.mark.parametrize(("text", "outlet"), DERIVED)
def test_the_outlet_that_the_news_is_from_is_found(text: str, outlet: str) -> None:
    span = find_credit(text, Span(0, len(text)))
    assert span is not None
    assert text[span.start : span.end] == outlet


@pytest.mark.parametrize("text", NOT_DERIVED)
def test_others_are_no_outlets(text: str) -> None:
    assert named_outlet(text, Span(0, len(text))) == ""


@pytest.mark.parametrize(("body", "agency"), CREDITED)
def test_the_agency_that_an_article_is_credited_to(body: str, agency: str) -> None:
    assert agency_of(StoryArticle(1, "Daily", ArticleAnalysis(f"Rain\n\n{body}"))) == agency
