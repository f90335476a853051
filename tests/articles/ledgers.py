"""Stories with claims of a test's own, and their ledger as it is read and as a page shows it."""

import re

from django.test import Client
from django.urls import reverse

from articles.models import (
    Alignment,
    AlignmentDecision,
    Appearance,
    Claim,
    ClaimState,
    Divergence,
    DivergenceKind,
    DivergenceSide,
    Story,
)
from articles.reading.ledger import Ledger, LedgerRow, read_ledger
from articles.reading.ledger_filters import LedgerChoice
from tests.factory import make_article, make_story


def page_of(client: Client, story: Story, **parameters: object) -> str:
    response = client.get(reverse("story_ledger", args=[story.slug], query=parameters))
    assert response.status_code == 200
    return response.content.decode()


def shown(page: str) -> list[int]:
    """The numbers of the claims a page shows, in its order."""
    return [int(number) for number in re.findall(r'<tr role="row" id="row-(\d+)"', page)]


def filled(story: Story, choice: LedgerChoice | None = None) -> Ledger:
    ledger = read_ledger(story, choice)
    ledger.fill(ledger.rows)
    return ledger


def row_of(story: Story, claim: Claim) -> LedgerRow:
    return next(row for row in filled(story).rows if row.row.number == claim.number)


def make_claim(story: Story, number: int, speaking: dict[int, str], **fields: object) -> Claim:
    """A claim put forward by the articles at these places of the story, each with the words it is found in."""
    articles = list(story.articles.in_order().with_text())
    claim = Claim.objects.create(
        story=story,
        number=number,
        position=fields.pop("position", number),
        statement=fields.pop("statement", f"Claim number {number}."),
        source_count=len(speaking),
        independent_count=fields.pop("independent_count", len(speaking)),
        **fields,
    )
    for place, words in speaking.items():
        align(claim, articles[place].current_version, words)
    return claim


def align(claim: Claim, version, words: str, decision: str = AlignmentDecision.SUGGESTED) -> Appearance:
    start = version.text.index(words)
    appearance, _ = Appearance.objects.get_or_create(
        version=version, start=start, end=start + len(words), defaults={"quote": words}
    )
    Alignment.objects.create(appearance=appearance, claim=claim, decision=decision, method="test", score=1)
    return appearance


def part(claim: Claim, kind: str, values: list[str]) -> Divergence:
    divergence = Divergence.objects.create(claim=claim, kind=kind, reason="They part.")
    appearances = Appearance.objects.filter(alignments__claim=claim).order_by("version__article")
    for appearance, value in zip(appearances, values, strict=True):
        DivergenceSide.objects.create(
            divergence=divergence,
            appearance=appearance,
            version=appearance.version,
            start=appearance.start,
            end=appearance.end,
            quote=appearance.quote,
            value=value,
        )
    Claim.objects.filter(pk=claim.pk).update(state=ClaimState.DIFFERS)
    return divergence


def make_sources() -> Story:
    """Three sources and, in the place of what the machine would find in them, claims of the test's own."""
    story = make_story(
        [
            make_article("Post", "Ferry aground", "The ferry carried 120 people. Fog lay over Norvik. A tug came."),
            make_article("Daily", "Ferry grounds", "The ferry carried 140 people. Divers came. A tug came late."),
            make_article("Times", "Grounded ferry", "The ferry carried 140 people. Boats came from Norvik."),
        ]
    )
    story.claims.all().delete()
    return story


def make_mixed() -> Story:
    """1 differs in a number and a verb, 2 denies, 3 agrees and was looked at, 4 is only here."""
    story = make_sources()
    words = "The ferry carried {} people."
    first = make_claim(story, 1, {0: words.format(120), 1: words.format(140)}, position=1, statement="A ferry ran.")
    part(first, DivergenceKind.QUANTITY, ["120", "140"])
    part(first, DivergenceKind.REPORTING_VERB, ["said", "claimed"])
    second = make_claim(story, 2, {0: "A tug came.", 1: "A tug came late."}, position=2)
    part(second, DivergenceKind.POLARITY, ["came", "did not"])
    make_claim(
        story,
        3,
        {0: "Fog lay over Norvik.", 1: "Divers came.", 2: "Boats came from Norvik."},
        position=3,
        state=ClaimState.AGREED,
        status="supported",
        status_label="Supported",
        is_reviewed=True,
        note_count=2,
    )
    make_claim(story, 4, {2: words.format(140)}, position=4, check_worthiness=1, statement="Café crème was served.")
    return story
