"""The page of one claim: found by the number people cite, with everything said and decided about it."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.deciding import edit_statement, merge, move, split_off
from articles.models import Alignment, Claim, ClaimState, Story
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(as_user, reader: User) -> Client:
    return as_user(reader)


def url(claim: Claim) -> str:
    return reverse("claim_page", args=[claim.story.slug, claim.number])


def differing(story: Story) -> Claim:
    return story.claims.filter(state=ClaimState.DIFFERS).order_by("position")[0]


def test_everything_about_the_claim_stands_on_one_page(desk: Client) -> None:
    story = make_story()
    claim = differing(story)

    response = desk.get(url(claim))

    page = response.content.decode()
    assert claim.statement in page
    for part in response.context["page"].panel.parts:
        assert reverse("article_detail", args=[part.column.article]) in page
        assert part.cell.word in page
    for divergence in claim.divergences.all():
        assert divergence.get_kind_display() in page
    assert f'id="notes-{claim.pk}"' in page
    assert f"?claim={claim.number}" in page


def test_reader_gets_no_form_and_a_checker_does(client: Client, as_user, reader: User) -> None:
    claim = differing(make_story())
    new = reverse("note_new", args=[claim.pk])

    assert new not in as_user(reader).get(url(claim)).content.decode()
    assert new in as_user(make_user()).get(url(claim)).content.decode()


def test_decisions_say_who_what_and_when(desk: Client, editor: User) -> None:
    claim = differing(make_story())
    edit_statement(
        claim=claim, statement="The ferry carried people.", by=editor, expected=claim.revision, reason="Plainer."
    )

    page = desk.get(url(claim)).content.decode()

    assert "Edda Editor" in page
    assert "reworded" in page
    assert "<ins>The ferry carried people.</ins>" in page
    assert "Plainer." in page


def test_merged_claim_says_into_which(desk: Client, editor: User) -> None:
    story = make_story()
    gone, kept = story.claims.standing().order_by("position")[:2]
    merge(claim=gone, into=kept, by=editor, expected=gone.revision)
    gone.refresh_from_db()

    page = desk.get(url(gone)).content.decode()

    assert "the same as" in page
    assert url(kept) in page
    assert url(gone) in desk.get(url(kept)).content.decode()
    # In the texts its address leads here; no list has it any more.
    beside = desk.get(gone.get_absolute_url()).content.decode()
    assert "the same as another claim" in beside
    assert f'href="{url(gone)}"' in beside
    assert f'data-select="{gone.number}"' not in desk.get(story.get_absolute_url()).content.decode()


def test_regrouping_is_told_the_right_way_round(as_user, editor: User) -> None:
    story = make_story()
    first, second = story.claims.standing().order_by("position")[:2]
    passages = Alignment.objects.filter(claim=first).live().order_by("pk")
    made = split_off(alignments=passages[:1], expected=[passages[0].revision], by=editor).other_claim
    assert made is not None
    move(alignment=passages[0], to=second, by=editor, expected=passages[0].revision)
    second.refresh_from_db()
    merge(claim=second, into=made, by=editor, expected=second.revision)
    desk = as_user(editor)

    for address in (url(first), reverse("claim_correct", args=[first.pk])):
        page = desk.get(address).content.decode()
        assert f"split claim {made.number} off claim {first.number}" in page
        assert f"from claim {first.number} to claim {second.number}" in page
    for address in (url(made), reverse("claim_correct", args=[made.pk])):
        page = desk.get(address).content.decode()
        assert f"merged claim {second.number} into claim {made.number}" in page


def test_retired_claim_keeps_its_page(desk: Client) -> None:
    claim = differing(make_story())
    Claim.objects.filter(pk=claim.pk).update(is_retired=True)

    assert "No current text puts this claim forward any more" in desk.get(url(claim)).content.decode()


def test_number_of_no_claim_is_not_found(desk: Client) -> None:
    story = make_story()

    for number in (0, 9999, 10**18):
        assert desk.get(f"/stories/{story.slug}/claims/{number}/").status_code == 404


def test_hidden_story_is_not_found_and_people_outside_see_nothing(client: Client, as_user) -> None:
    claim = differing(make_story())

    assert client.get(url(claim)).status_code == 302
    assert as_user(make_user("")).get(url(claim)).status_code == 403
    Story.objects.update(is_hidden=True)
    assert as_user(make_user()).get(url(claim)).status_code == 404


def test_queries_do_not_grow(desk: Client) -> None:
    numbers = []
    for outlets in (2, 6):
        story = make_story(
            [make_article(f"Outlet {n}", body=f"A ferry with {n + 10} people sank.") for n in range(outlets)]
        )
        claim = story.claims.order_by("-source_count", "position")[0]
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(url(claim)).status_code == 200
        numbers.append(len(captured))

    assert numbers[0] == numbers[1]
    assert numbers[0] <= 15
