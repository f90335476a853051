"""Flags in the margin of a passage that several claims share: each is the flag of one of them, and of no other."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Note
from annotations.writing import attach_note
from articles.deciding import new_claim
from articles.models import Alignment, AlignmentDecision, Appearance, Claim, Story
from tests.annotations.test_notes import HTMX, new_url, typed
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


def flag_ids(page: str) -> list[str]:
    return re.findall(r'<a class="flag" id="([^"]+)"', page)


def test_note_put_under_another_claim_takes_its_flag_along(
    checker: Client, story: Story, passage: Appearance, sharing: list[Claim], fact_checker: User
):
    note = saved_note(checker, passage.version, passage.quote)
    for expected, claim in enumerate(sharing):
        attach_note(note=note, claim=claim, by=fact_checker, expected=expected)

        page = checker.get(story.get_absolute_url()).content.decode()

        assert flagged(page) == {(claim.number, claim.pk)}


def test_every_claim_of_a_passage_has_a_flag_of_its_own(checker: Client, story: Story, sharing: list[Claim]):
    page = checker.get(story.get_absolute_url()).content.decode()

    ids = flag_ids(page)
    assert len(ids) == Alignment.objects.filter(claim__story=story).live().count()
    assert len(set(ids)) == len(ids)


def test_saved_note_changes_the_flags_of_its_claim_alone(checker: Client, story: Story, sharing: list[Claim]):
    claim = sharing[1]
    before = flag_ids(checker.get(story.get_absolute_url()).content.decode())

    answer = checker.post(new_url(claim), typed(), headers=HTMX).content.decode()

    assert Note.objects.get().claim == claim
    answered = flag_ids(answer)
    assert len(answered) == claim.alignments.live().count()
    page = checker.get(story.get_absolute_url()).content.decode()
    assert flag_ids(page) == before
    # What the answer fills is what the page then shows filled, and nothing else.
    hidden = set(re.findall(r'<a class="flag" id="([^"]+)" hidden>', page))
    assert set(before) - hidden == set(answered)


def test_claim_over_two_paragraphs_has_its_flag_where_it_ends(checker: Client, story: Story, fact_checker: User):
    version = story.articles.get(outlet__name="The Harbour Post").current_version
    quote = version.text[version.text.index("Nobody") : version.text.index(" has not")]
    assert "\n\n" in quote
    start = version.text.index(quote)
    decision = new_claim(version=version, start=start, end=start + len(quote), quote=quote, by=fact_checker)

    page = checker.get(story.get_absolute_url()).content.decode()

    ids = flag_ids(page)
    assert len(set(ids)) == len(ids)
    passage = decision.claim.alignments.get(appearance__quote=quote).appearance_id
    before = page.split(f'<a class="ref" id="at-{passage}"')
    assert len(before) == 2
    assert re.sub("<[^>]+>", "", before[0]).rstrip().endswith("The company")
