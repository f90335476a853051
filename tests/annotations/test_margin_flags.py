"""Flags in the margin of a passage that several claims share: each is the flag of one of them, and of no other."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.writing import attach_note
from articles.models import Alignment, AlignmentDecision, Appearance, Claim, Story
from tests.annotations.test_passage_notes import saved_note
from tests.factory import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(db: None) -> Story:
    return make_story()


@pytest.fixture
def passage(story: Story) -> Appearance:
    """Words of the first text that three claims stand in."""
    first, *others = story.claims.standing().order_by("position")[:3]
    passage = Alignment.objects.filter(claim=first).live().order_by("appearance__version")[0].appearance
    for claim in others:
        Alignment.objects.create(
            appearance=passage, claim=claim, decision=AlignmentDecision.SUGGESTED, method="test", score=1.0
        )
    return passage


@pytest.fixture
def sharing(story: Story, passage: Appearance) -> list[Claim]:
    return list(story.claims.filter(alignments__appearance=passage).order_by("number"))


@pytest.fixture
def checker(client: Client, fact_checker: User) -> Client:
    client.force_login(fact_checker)
    return client


def flagged(page: str) -> set[tuple[int, int]]:
    """Of every claim's flag that shows: the number it says, and the claim whose notes it leads to."""
    found = re.findall(r'<a class="flag" [^>]*#notes-(\d+)"[^>]*data-select="\d+"><span class="sr">Claim (\d+): ', page)
    return {(int(number), int(key)) for key, number in found}


def test_note_put_under_another_claim_takes_its_flag_along(
    checker: Client, story: Story, passage: Appearance, sharing: list[Claim], fact_checker: User
):
    note = saved_note(checker, passage.version, passage.quote)
    for expected, claim in enumerate(sharing):
        attach_note(note=note, claim=claim, by=fact_checker, expected=expected)

        page = checker.get(story.get_absolute_url()).content.decode()

        assert flagged(page) == {(claim.number, claim.pk)}
