"""A claim whose statement is long: headed by its beginning, the rest on demand, and whole where it is kept."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from articles.models import Claim
from tests.browser.screens import LOOKS
from tests.factory import make_story

pytestmark = pytest.mark.django_db(transaction=True)

LONG = (
    "“We had told everybody to stay below, and they stayed below, and when the water came up the stairs we told them to"
    " come up, and they came up one by one, the children first, and nobody pushed and nobody cried,” said harbour"
    " master Lena Dahl, who had been on the bridge all night."
)


@pytest.fixture
def claim(db: None) -> Claim:
    claim = make_story(title="Ferry accident").claims.standing().in_reading_order()[0]
    Claim.objects.filter(pk=claim.pk).update(statement=LONG)
    claim.refresh_from_db()
    return claim


def height(part: Locator) -> float:
    box = part.bounding_box()
    assert box
    return box["height"]


@pytest.mark.parametrize("javascript", [True, False])
def test_long_statement_is_headed_by_its_beginning(
    visit: Callable[..., Page], reader: User, claim: Claim, javascript: bool
):
    page = visit(claim.get_absolute_url(), as_=reader, javascript=javascript)
    head = page.locator("#panel h2")
    # Whoever is read to hears all of it.
    expect(head.locator("[data-statement]")).to_have_text(LONG)
    short = height(head)
    more = page.locator("#panel .statement-more summary")
    expect(more).to_contain_text("more")
    more.click()
    assert height(head) > short * 1.3
    expect(more).to_contain_text("less")
    more.click()
    assert height(head) == short


def test_printed_it_is_whole(visit: Callable[..., Page], reader: User, claim: Claim):
    page = visit(claim.get_absolute_url(), as_=reader)
    head, rest = page.locator("#panel h2"), page.locator("#panel .statement-rest")
    assert height(rest) == 1
    page.emulate_media(media="print")
    assert height(rest) > 20
    expect(head).to_be_visible()
    expect(page.locator("#panel .statement-more")).to_be_hidden()


def test_it_stays_open_over_a_correction(visit: Callable[..., Page], fact_checker: User, claim: Claim):
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    page.locator("#panel .statement-more summary").click()
    page.locator("[data-correct]").click()
    page.locator("[data-corrections]").get_by_role("button", name="Confirm").first.click()
    expect(page.locator("#toast")).to_contain_text("Confirmed")
    expect(page.locator("#panel .statement-more")).to_have_attribute("open", "")


def test_short_statement_and_the_page_of_a_claim_are_whole(visit: Callable[..., Page], reader: User, claim: Claim):
    other = claim.story.claims.standing().exclude(pk=claim.pk)[0]
    page = visit(other.get_absolute_url(), as_=reader)
    expect(page.locator("#panel [data-statement]")).to_have_text(other.statement)
    expect(page.locator("#panel .statement-more")).to_have_count(0)
    page.goto(reverse("claim_page", args=[claim.story.slug, claim.number]))
    expect(page.get_by_role("heading", level=1)).to_contain_text(LONG)
    expect(page.locator(".statement-more")).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_nothing_is_in_the_way(
    visit: Callable[..., Page], find_violations, fact_checker: User, claim: Claim, width: str, scheme: str
):
    page = visit(claim.get_absolute_url(), as_=fact_checker, width=width, scheme=scheme)
    assert find_violations(page) == []
    page.goto(reverse("note_new", args=[claim.pk]))
    expect(page.locator(".statement-more")).to_have_count(1)
    assert find_violations(page) == []
