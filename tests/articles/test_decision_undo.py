"""Taking a decision back."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles import deciding
from articles.models import Alignment, AlignmentDecision, Claim, Decision, Entity, Story, Verb
from tests.factory import make_story, make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def story(db: None) -> Story:
    return make_story()


@pytest.fixture
def alignment(story: Story) -> Alignment:
    claim = story.claims.standing().get(divergences__kind="quantity")
    return Alignment.objects.filter(claim=claim).live().select_related("claim__story", "appearance").first()


@pytest.fixture
def decision(alignment: Alignment, editor: User) -> Decision:
    return deciding.reject(alignment=alignment, by=editor, expected=0)


def undo(client: Client, decision: Decision, **more: object):
    return client.post(reverse("decision_undo", args=[decision.pk]), **more)


@pytest.mark.parametrize("htmx", [False, True])
def test_takes_back_and_leads_to_the_corrections(
    as_user, fact_checker: User, alignment: Alignment, decision: Decision, htmx: bool
):
    response = undo(as_user(fact_checker), decision, headers=HTMX if htmx else {})
    alignment.refresh_from_db()
    assert alignment.decision == AlignmentDecision.SUGGESTED
    assert Decision.objects.get(verb=Verb.UNDO).undoes == decision
    claim = alignment.claim
    if htmx:
        assert f'id="corrections-{claim.pk}" hx-swap-oob="true"' in response.content.decode()
        assert "Taken back." in response.content.decode()
    else:
        assert response["Location"] == reverse("claim_correct", args=[claim.pk])


def test_history_shows_who_and_when_and_offers_nothing_twice(
    as_user, fact_checker: User, alignment: Alignment, decision: Decision
):
    client = as_user(fact_checker)
    page = reverse("claim_correct", args=[alignment.claim_id])
    address = reverse("decision_undo", args=[decision.pk])
    before = client.get(page).content.decode()
    assert "Edda Editor" in before
    assert address in before
    undo(client, decision)
    after = client.get(page).content.decode()
    assert address not in after
    assert "took back" in after


def test_second_taking_back_is_refused_with_a_sentence(as_user, fact_checker: User, decision: Decision):
    client = as_user(fact_checker)
    undo(client, decision)
    response = undo(client, decision, follow=True)
    assert "taken back already" in response.content.decode()
    assert Decision.objects.filter(verb=Verb.UNDO).count() == 1


def test_decided_again_since_is_refused_with_a_sentence(
    as_user, fact_checker: User, alignment: Alignment, decision: Decision, editor: User
):
    alignment.refresh_from_db()
    deciding.confirm(alignment=alignment, by=editor, expected=alignment.revision)
    response = undo(as_user(fact_checker), decision, follow=True)
    assert "Take that back first" in response.content.decode()


def test_new_claim_is_taken_back(as_user, fact_checker: User, story: Story):
    client = as_user(fact_checker)
    version = story.articles.first().current_version
    client.post(reverse("claim_new", args=[version.pk]), {"quote": "ran aground", "statement": "It ran aground."})
    claim = Claim.objects.get(statement="It ran aground.")
    response = undo(client, Decision.objects.get(verb=Verb.NEW_CLAIM), follow=True)
    assert response.status_code == 200
    claim.refresh_from_db()
    assert claim.is_retired
    # Nothing is left of it but its number: no list has it, its own pages say so.
    for name in ("story_read", "story_ledger"):
        assert "It ran aground." not in client.get(reverse(name, args=[story.slug])).content.decode()
    assert not any(group.hits for group in client.get("/search/", {"q": '"it ran aground"'}).context["groups"])
    for address in (reverse("claim_page", args=[story.slug, claim.number]), claim.get_absolute_url()):
        assert "This claim was taken back" in client.get(address).content.decode()


def test_name_is_taken_back(as_user, fact_checker: User, story: Story):
    entity = Entity.objects.get(name="Lena Dahl")
    decision = deciding.rename_entity(entity=entity, name="Lena P. Dahl", by=fact_checker, expected=0)
    response = undo(as_user(fact_checker), decision)
    entity.refresh_from_db()
    assert entity.name == "Lena Dahl"
    assert response["Location"] == reverse("entity_edit", args=[entity.pk])


@pytest.mark.parametrize("who", ["reader", "administrator", "superuser"])
def test_only_fact_checkers_and_editors_take_back(request, as_user, decision: Decision, who: str):
    user = make_user("", name="root", is_superuser=True) if who == "superuser" else request.getfixturevalue(who)
    assert undo(as_user(user), decision).status_code == 403
    assert not Decision.objects.filter(verb=Verb.UNDO).exists()


def test_hidden_story_stays_as_it_is(as_user, fact_checker: User, decision: Decision):
    Story.objects.update(is_hidden=True)
    assert undo(as_user(fact_checker), decision).status_code == 403


def test_reading_changes_nothing(as_user, fact_checker: User, decision: Decision):
    assert as_user(fact_checker).get(reverse("decision_undo", args=[decision.pk])).status_code == 405
