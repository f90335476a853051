"""From a claim to the passage of a silent text that comes closest to it."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from articles.models import Alignment, Claim, Story
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(db: None) -> Claim:
    """One that the first source alone puts forward: its statement about the company."""
    return make_story().claims.standing().get(statement__contains="not commented")


def silent_version(claim: Claim):
    return claim.story.articles.get(outlet__name="Coast Daily").current_version


def test_leads_to_the_closest_sentence(as_user, reader: User, claim: Claim):
    version = silent_version(claim)
    claim.statement = "Divers looked at the hull."
    claim.save(update_fields=["statement"])
    response = as_user(reader).get(reverse("claim_nearest", args=[claim.pk, version.pk]), follow=True)
    place, _ = response.redirect_chain[0]
    start = version.text.index("Divers will look at the hull on Tuesday.")
    assert place == f"{reverse('version_detail', args=[version.pk])}?start={start}&end={start + 40}"
    assert "most words in common" in response.content.decode()


def test_says_so_when_there_is_nothing(as_user, reader: User, claim: Claim):
    version = silent_version(claim)
    response = as_user(reader).get(reverse("claim_nearest", args=[claim.pk, version.pk]), follow=True)
    assert response.redirect_chain[0][0] == reverse("version_detail", args=[version.pk])
    assert "No sentence here shares a word" in response.content.decode()


def test_texts_of_other_and_hidden_stories_are_not_found(as_user, reader: User, claim: Claim):
    other = make_story([make_article()]).articles.get().current_version
    client = as_user(reader)
    assert client.get(reverse("claim_nearest", args=[claim.pk, other.pk])).status_code == 404
    version = silent_version(claim)
    Story.objects.update(is_hidden=True)
    assert client.get(reverse("claim_nearest", args=[claim.pk, version.pk])).status_code == 404


def test_silent_columns_and_parts_offer_it(as_user, reader: User, claim: Claim):
    client = as_user(reader)
    address = reverse("claim_nearest", args=[claim.pk, silent_version(claim).pk])
    speaking = claim.story.articles.get(outlet__name="The Harbour Post").current_version
    for page in (
        claim.get_absolute_url(),
        reverse("claim_page", args=[claim.story.slug, claim.number]),
        reverse("claim_detail", args=[claim.pk]),
    ):
        content = client.get(page, headers={"HX-Request": "true"} if "/claims/" in page else {}).content.decode()
        assert address in content
        assert reverse("claim_nearest", args=[claim.pk, speaking.pk]) not in content


def test_silent_cells_of_the_ledger_lead_to_it(as_user, reader: User, claim: Claim):
    """Each to its own claim, though cells that look alike are drawn once."""
    client = as_user(reader)
    version = silent_version(claim)
    page = client.get(reverse("story_ledger", args=[claim.story.slug])).content.decode()
    rows = {int(key): row for key, row in re.findall(r'<tr [^>]*data-claim="(\d+)">(.*?)</tr>', page, re.DOTALL)}
    assert f'href="{reverse("claim_nearest", args=[claim.pk, version.pk])}"' in rows[claim.pk]
    for key, row in rows.items():
        addresses = re.findall(r'href="(/claims/\d+/nearest/\d+/)"', row)
        assert len(addresses) == row.count('data-cell="silent"')
        assert all(address.startswith(f"/claims/{key}/") for address in addresses)


def test_silent_cell_leads_there_after_a_correction(as_user, fact_checker: User, claim: Claim):
    """Drawn anew in the answer, it leads where it led."""
    said = (
        Alignment.objects.live().filter(claim__story=claim.story, appearance__quote__contains="at all was hurt").get()
    )
    address = f"http://testserver{reverse('story_ledger', args=[claim.story.slug])}"
    response = as_user(fact_checker).post(
        reverse("claim_correct", args=[said.claim_id]),
        {"act": "decide", "alignment": said.pk, "expected": 0, "decision": "reject", "shown-rows": said.claim_id},
        headers={"HX-Request": "true", "HX-Current-URL": address},
    )
    place = reverse("claim_nearest", args=[said.claim_id, said.appearance.version_id])
    assert f'href="{place}"' in response.content.decode()
