"""Correcting in the ledger and in the texts: what of them is sent again, and where it leads without a script."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Alignment, Claim, Story
from tests.articles.corrections import HTMX, of
from tests.articles.decisions import live
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(db: None) -> Story:
    return make_story()


@pytest.fixture
def claim(story: Story) -> Claim:
    return story.claims.standing().get(divergences__kind="quantity")


@pytest.fixture
def desk(as_user, fact_checker: User) -> Client:
    return as_user(fact_checker)


# --- In the ledger ------------------------------------------------------------------------------------------------


def in_ledger(desk: Client, claim: Claim, alignment: Alignment, **shown: object):
    address = f"http://testserver{reverse('story_ledger', args=[claim.story.slug])}?state=agreed"
    rows = ",".join(str(key) for key in claim.story.claims.values_list("pk", flat=True))
    claim.story.refresh_from_db()
    fields = {"shown-revision": claim.story.revision, "shown-rows": rows, **shown}
    return desk.post(
        reverse("claim_correct", args=[claim.pk]),
        {"act": "decide", "decision": "confirm", **of(alignment), **fields},
        headers={**HTMX, "HX-Current-URL": address},
    )


def test_ledger_gets_the_rows_that_look_otherwise_and_no_others(desk: Client, claim: Claim):
    page = in_ledger(desk, claim, live(claim)[0], **{"shown-selected": claim.pk}).content.decode()
    # A confirmed passage looks no otherwise in a cell.
    assert "<tr" not in page
    assert f'id="corrections-{claim.pk}" hx-swap-oob="true"' in page
    assert 'id="toast"' in page


def test_outdated_ledger_gets_every_row(desk: Client, claim: Claim):
    page = in_ledger(desk, claim, live(claim)[0], **{"shown-revision": 0}).content.decode()
    assert page.count('role="row"') == claim.story.claims.count()
    # Nobody has the corrections open.
    assert "data-corrections" not in page


def test_ledger_without_a_script_comes_back_with_its_filters(desk: Client, claim: Claim):
    address = f"http://testserver{reverse('story_ledger', args=[claim.story.slug])}?state=differs"
    response = desk.post(
        reverse("claim_correct", args=[claim.pk]),
        {"act": "decide", "decision": "unsure", **of(live(claim)[0])},
        headers={"Referer": address},
    )
    assert response["Location"] == f"{address.removeprefix('http://testserver')}#row-{claim.number}"


def test_address_of_another_site_leads_nowhere(desk: Client, claim: Claim):
    response = desk.post(
        reverse("claim_correct", args=[claim.pk]),
        {"act": "decide", "decision": "unsure", **of(live(claim)[0])},
        headers={"Referer": "https://elsewhere.example/stories/x/ledger/"},
    )
    assert response["Location"].startswith(reverse("claim_correct", args=[claim.pk]))


# --- In the texts -------------------------------------------------------------------------------------------------


def in_texts(desk: Client, claim: Claim, alignment: Alignment, *, decision: str, **shown: object):
    claim.story.refresh_from_db()
    fields = {"shown-revision": claim.story.revision, "shown-selected": claim.pk, "shown-open": "yes", **shown}
    return desk.post(
        reverse("claim_correct", args=[claim.pk]),
        {"act": "decide", "decision": decision, **of(alignment), **fields},
        headers={**HTMX, "HX-Current-URL": f"http://testserver{claim.get_absolute_url()}"},
    ).content.decode()


def test_deciding_at_a_wording_goes_back_to_the_texts(desk: Client, claim: Claim):
    alignment = live(claim)[0]
    response = desk.post(
        reverse("claim_correct", args=[claim.pk]),
        {"act": "decide", "decision": "confirm", **of(alignment)},
        headers={"Referer": f"http://testserver{claim.get_absolute_url()}"},
    )

    assert response["Location"] == claim.get_absolute_url()
    assert "confirmed by Farid Checker" in desk.get(claim.get_absolute_url()).content.decode().lower().replace(
        "farid checker", "Farid Checker"
    )


def test_texts_get_the_paragraphs_that_look_otherwise_and_no_others(desk: Client, claim: Claim):
    first = live(claim)[0]
    page = in_texts(desk, claim, first, decision="confirm")
    assert not re.search(r'<p id="p-', page)
    assert 'id="panel" hx-swap-oob="true"' in page
    assert f'id="corrections-{claim.pk}"' in page
    first.refresh_from_db()
    page = in_texts(desk, claim, first, decision="reject")
    assert re.search(r'<(p|h2) id="(p|headline)-\d+', page)


def test_outdated_texts_get_every_paragraph(desk: Client, claim: Claim):
    page = in_texts(desk, claim, live(claim)[0], decision="confirm", **{"shown-revision": 0})
    versions = [article.current_version for article in claim.story.articles.all()]
    assert len(re.findall(r'<p id="p-', page)) == sum(version.text.count("\n\n") for version in versions)


def test_only_columns_that_are_shown_are_sent(desk: Client, claim: Claim):
    article = claim.story.articles.first()
    page = in_texts(
        desk, claim, live(claim)[0], decision="confirm", **{"shown-revision": 0, "shown-columns": article.pk}
    )
    assert set(re.findall(r'id="cell-(\d+)"', page)) == {str(article.pk)}
    assert set(re.findall(r'<p id="p-(\d+)-', page)) == {str(article.current_version_id)}


def test_queries_of_an_answer_do_not_grow_with_the_story(desk: Client):
    def count(articles: int) -> int:
        story = make_story(
            [make_article(f"Outlet {n} of {articles}", f"Ferry aground, report {n}") for n in range(articles)]
        )
        claim = story.claims.standing().filter(source_count__gt=1).first()
        alignment = live(claim)[0]
        desk.get(story.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            in_texts(desk, claim, alignment, decision="confirm")
        return len(queries)

    assert count(8) <= count(3)
