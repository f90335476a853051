"""The page that corrects one claim, and what stands on it beside the passages: each act, its refusals, and rights."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from articles import deciding
from articles.correcting import find_correcting
from articles.models import (
    Alignment,
    AlignmentDecision,
    Claim,
    Decision,
    DivergenceDecision,
    FindingDecision,
    OriginRuling,
    Quotation,
    SharedPassage,
    Story,
    Verb,
)
from tests.articles.corrections import HTMX, of, picked, post
from tests.articles.decisions import live
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db

COPIED = (
    "The coastguard sent three lifeboats and a helicopter from the base at Orlund shortly before nine in the morning, "
    "and took the last passengers off the stranded ferry by noon, with the crew still aboard."
)


@pytest.fixture
def story(db: None) -> Story:
    return make_story()


@pytest.fixture
def claim(story: Story) -> Claim:
    return story.claims.standing().get(divergences__kind="quantity")


@pytest.fixture
def desk(as_user, fact_checker: User) -> Client:
    return as_user(fact_checker)


def test_page_offers_every_correction(desk: Client, claim: Claim):
    page = desk.get(reverse("claim_correct", args=[claim.pk])).content.decode()

    for alignment in live(claim):
        assert escape(alignment.appearance.quote) in page
    acts = set(re.findall(r'name="act" value="(\w+)"', page))
    assert {"move", "split"} == set(re.findall(r'name="act" value="(move|split)">', page))
    # Shared copy and quotations depend on the texts.
    assert acts - {"shared", "quotation", "move", "split"} == {
        "decide",
        "span",
        "stance",
        "statement",
        "divergence",
        "merge",
        "origin",
    }
    assert "Found by its words." in page
    # The score is of a pair of sentences, and says nothing of how a person should decide about the passage.
    assert " %" not in page
    assert "Method:" not in page
    assert f"<h1>Correct claim {claim.number}</h1>" in page


def test_htmx_gets_the_fragment(desk: Client, claim: Claim):
    response = desk.get(reverse("claim_correct", args=[claim.pk]), headers=HTMX)

    page = response.content.decode()
    assert page.lstrip().startswith(f'<section class="corrections" id="corrections-{claim.pk}"')
    assert "<html" not in page
    assert "HX-Request" in response["Vary"]


def test_ids_are_used_once(desk: Client, claim: Claim):
    page = desk.get(reverse("claim_correct", args=[claim.pk])).content.decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("htmx", [False, True])
def test_rewording(desk: Client, claim: Claim, htmx: bool):
    post(desk, claim, "statement", htmx=htmx, statement="More than 100 were aboard.", expected=claim.revision)
    claim.refresh_from_db()
    assert claim.statement == "More than 100 were aboard."


@pytest.mark.parametrize("htmx", [False, True])
def test_merging_leads_to_the_claim_that_stays(desk: Client, story: Story, claim: Claim, htmx: bool):
    other = story.claims.standing().exclude(pk=claim.pk).first()
    response = post(desk, claim, "merge", htmx=htmx, into=str(other.number), expected=claim.revision)
    claim.refresh_from_db()
    assert claim.merged_into == other
    if htmx:
        assert f'"claim": {other.number}' in response["HX-Trigger-After-Swap"]
        assert f'id="corrections-{other.pk}" hx-swap-oob="true"' in response.content.decode()
    else:
        assert f"/claims/{other.pk}/correct/" in response["Location"]


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("act", "field", "words"),
    [
        ("merge", "into", "Choose the claim it is the same as."),
        ("move", "to", "Choose the claim they belong to."),
    ],
)
def test_no_other_claim_is_chosen_beforehand(desk: Client, claim: Claim, htmx: bool, act: str, field: str, words: str):
    page = desk.get(reverse("claim_correct", args=[claim.pk]), headers=HTMX if htmx else {}).content.decode()
    assert re.search(rf'<select name="{field}"[^>]*><option value="">Choose a claim</option>', page)
    assert not re.search(r"<option[^>]* selected>\d+ ·", page)

    response = post(desk, claim, act, htmx=htmx, **{field: ""}, expected=claim.revision, **picked(live(claim)[0]))

    assert response.status_code == 422
    assert response.content.decode().count(words) == 2
    assert not Decision.objects.exists()


def test_chosen_claim_stays_chosen_when_the_form_comes_back(desk: Client, story: Story, claim: Claim):
    other = story.claims.standing().exclude(pk=claim.pk).last()

    page = post(desk, claim, "move", to=str(other.number)).content.decode()

    assert re.findall(r'<option value="(\d*)" selected>', page.split('name="to"')[1].split("</select>")[0]) == [
        str(other.number)
    ]


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("decision", [choice for choice in DivergenceDecision if choice != "suggested"])
def test_deciding_about_a_difference(desk: Client, claim: Claim, htmx: bool, decision: str):
    row = claim.divergences.get(kind="quantity")
    post(desk, claim, "divergence", htmx=htmx, divergence=row.pk, expected=row.revision, decision=decision)
    row.refresh_from_db()
    assert row.decision == decision


def test_history_says_which_difference_was_decided_about(desk: Client, claim: Claim):
    row = claim.divergences.get(kind="quantity")
    post(desk, claim, "divergence", divergence=row.pk, expected=row.revision, decision="rejected")
    address = reverse("claim_correct", args=[claim.pk])
    assert "rejected the difference in number, <time" in desk.get(address).content.decode()
    desk.post(reverse("decision_undo", args=[Decision.objects.get().pk]), {"claim": claim.pk})
    log = "took back: rejected the difference in number<"
    assert log in desk.get(address).content.decode()
    page = desk.get(reverse("claim_page", args=[claim.story.slug, claim.number])).content.decode()
    assert log in page
    assert "rejected the difference in number<" in page.replace(log, "")


def test_history_keeps_no_comma_within_its_quotation_marks(desk: Client, story: Story):
    quotation = Quotation.objects.get(version__article__story=story, quote__startswith="Nobody was")
    claim = story.claims.filter(alignments__appearance__quote__contains="Nobody was hurt,").first()
    fields = {"quotation": quotation.pk, "expected": quotation.revision}
    page = post(desk, claim, "quotation", htmx=True, **fields).content.decode()
    assert "rejected as a quotation “Nobody was hurt”, <time" in page


@pytest.mark.parametrize("htmx", [False, True])
def test_rejecting_a_quotation_and_taking_it_back(desk: Client, story: Story, htmx: bool):
    quotation = Quotation.objects.filter(version__article__story=story).first()
    claim = Claim.objects.filter(
        alignments__appearance__version=quotation.version,
        alignments__appearance__start__lt=quotation.end,
        alignments__appearance__end__gt=quotation.start,
    ).first()
    post(desk, claim, "quotation", htmx=htmx, quotation=quotation.pk, expected=quotation.revision)
    quotation.refresh_from_db()
    assert quotation.decision == FindingDecision.REJECTED
    read = desk.get(story.get_absolute_url()).content.decode()
    assert f'<mark class="hl quote">{escape(quotation.quote)}' not in read

    # The decision names no claim, and is in the history of those it was made from.
    page = find_correcting(claim)
    assert page.rows.log[0].row.verb == Verb.NOT_A_QUOTATION
    response = desk.post(
        reverse("decision_undo", args=[page.rows.log[0].row.pk]), {"claim": claim.pk}, headers=HTMX if htmx else {}
    )
    assert f"/claims/{claim.pk}/correct/" in (response.content.decode() if htmx else response["Location"])
    quotation.refresh_from_db()
    assert quotation.decision == FindingDecision.SUGGESTED


def test_quotations_of_passages_that_only_may_belong_are_corrected_elsewhere(story: Story, claim: Claim):
    quoting = Alignment.objects.live().filter(appearance__quote__contains="said harbour master")[0]
    assert quoting.claim != claim
    possible = AlignmentDecision.POSSIBLE
    Alignment.objects.create(claim=claim, appearance=quoting.appearance, method="words", score=0.4, decision=possible)

    assert find_correcting(quoting.claim).quotations
    assert not find_correcting(claim).quotations


@pytest.mark.parametrize("htmx", [False, True])
def test_rejecting_shared_copy(desk: Client, htmx: bool):
    story = make_story([make_article(body=COPIED), make_article("Coast Daily", "Lifeboats at Norvik", COPIED)])
    passage = SharedPassage.objects.get(story=story)
    claim = story.claims.standing().filter(source_count=2).first()
    post(desk, claim, "shared", htmx=htmx, passage=passage.pk, expected=passage.revision)
    passage.refresh_from_db()
    assert passage.decision == FindingDecision.REJECTED
    assert "Shares copy with" not in desk.get(story.get_absolute_url()).content.decode()
    assert find_correcting(claim).rows.log[0].row.verb == Verb.NOT_SHARED


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("word", ["same", "own"])
def test_ruling_on_origins(desk: Client, story: Story, claim: Claim, htmx: bool, word: str):
    left, right = story.articles.in_order()
    fields = {"left": left.pk, "right": right.pk, "is_same": word, "expected": claim.revision}
    post(desk, claim, "origin", htmx=htmx, **fields)
    assert OriginRuling.objects.get(claim=claim).is_same == (word == "same")
    page = desk.get(reverse("claim_correct", args=[claim.pk])).content.decode()
    assert ("one origin" if word == "same" else "origins of their own") in page


@pytest.mark.parametrize("htmx", [False, True])
def test_stale_decision_shows_how_it_stands_and_keeps_what_was_typed(
    desk: Client, claim: Claim, editor: User, htmx: bool
):
    deciding.edit_statement(claim=claim, statement="Theirs.", by=editor, expected=claim.revision)
    response = post(desk, claim, "statement", htmx=htmx, statement="Mine, typed long.", expected=claim.revision)

    assert response.status_code == 409
    page = response.content.decode()
    assert "Somebody else decided about this a moment ago" in page
    assert "Mine, typed long." in page
    claim.refresh_from_db()
    assert claim.statement == "Theirs."
    # Sent again it answers the state that is shown.
    seen = re.search(r'name="act" value="statement"><input type="hidden" name="expected" value="(\d+)"', page)
    assert seen
    assert int(seen[1]) == claim.revision
    post(desk, claim, "statement", htmx=htmx, statement="Mine, typed long.", expected=seen[1])
    claim.refresh_from_db()
    assert claim.statement == "Mine, typed long."


@pytest.mark.parametrize("words", ["number", "words", "nothing"])
def test_claims_are_found_by_number_or_words(desk: Client, story: Story, claim: Claim, words: str):
    other = story.claims.standing().exclude(pk=claim.pk).in_reading_order().first()
    wanted = {"number": str(other.number), "words": other.statement[:25].upper(), "nothing": "zeppelin"}[words]
    page = desk.get(reverse("claim_others", args=[claim.pk]), {"q": wanted}, headers=HTMX).content.decode()
    if words == "nothing":
        assert "No claim has these words" in page
    else:
        assert page.strip().startswith(f'<option value="{other.number}"')
    assert f'value="{claim.number}"' not in page


def test_without_a_script_every_claim_can_be_chosen(desk: Client, story: Story, claim: Claim):
    page = desk.get(reverse("claim_correct", args=[claim.pk])).content.decode()
    for other in story.claims.standing().exclude(pk=claim.pk):
        assert page.count(f'<option value="{other.number}">') == 2


def test_unknown_act_is_a_bad_request(desk: Client, claim: Claim):
    assert post(desk, claim, "conjure").status_code == 400


def test_merged_claim_names_the_one_that_stays(desk: Client, story: Story, claim: Claim, editor: User):
    other = story.claims.standing().exclude(pk=claim.pk).first()
    deciding.merge(claim=claim, into=other, by=editor, expected=0)
    page = desk.get(reverse("claim_correct", args=[claim.pk])).content.decode()
    assert "was found to be the same as" in page
    assert "Same as another claim" not in page


@pytest.mark.parametrize("who", ["reader", "administrator", "superuser"])
def test_only_fact_checkers_and_editors_correct(request, as_user, claim: Claim, who: str):
    if who == "superuser":
        user = make_user("", name="root", is_superuser=True, is_staff=True)
    else:
        user = request.getfixturevalue(who)
    desk = as_user(user)
    assert desk.get(reverse("claim_correct", args=[claim.pk])).status_code == 403
    assert post(desk, claim, "decide", decision="confirm", **of(live(claim)[0])).status_code == 403
    assert not Decision.objects.exists()
    if who != "superuser":
        page = desk.get(claim.get_absolute_url()).content.decode()
        for word in ("claim_correct", "/correct/", "Same claim?", "data-claim-new", "to decide", "correct.js"):
            assert word not in page


def test_hidden_story_is_not_found(desk: Client, claim: Claim):
    Story.objects.update(is_hidden=True)
    assert desk.get(reverse("claim_correct", args=[claim.pk])).status_code == 404


def test_queries_do_not_grow_with_the_passages(desk: Client, claim: Claim):
    def count(of_claim: Claim) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.get(reverse("claim_correct", args=[of_claim.pk])).status_code == 200
        return len(queries)

    few = count(claim)
    many = make_story([make_article(f"Outlet {n}", f"Ferry aground, report {n}") for n in range(7)])
    widest = many.claims.standing().order_by("-source_count").first()
    assert widest.source_count > 4
    assert count(widest) <= few
