"""Correcting a claim as a whole, what was found in its texts, and names, each with its taking back."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.models import Alignment, Claim, Decision, Entity, Quotation, Story
from tests.browser.correcting import COPIED, make_three_accounts, open_corrections, take_back
from tests.browser.reading import write_on
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(db: None) -> Story:
    return make_three_accounts()


@pytest.fixture
def claim(story: Story) -> Claim:
    return story.claims.standing().get(divergences__kind="quantity")


def test_rewording(visit: Callable[..., Page], fact_checker: User, claim: Claim):
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    corrections = open_corrections(page)
    corrections.get_by_text("Reword the claim").click()
    corrections.get_by_label("The claim in a sentence", exact=False).first.fill("More than a hundred were aboard.")
    corrections.get_by_role("button", name="Save the wording").click()
    expect(page.locator(".panel [data-statement]")).to_have_text("More than a hundred were aboard.")
    take_back(page)
    expect(page.locator(".panel [data-statement]")).to_have_text(claim.statement)


def test_merging(visit: Callable[..., Page], fact_checker: User, story: Story, claim: Claim):
    other = story.claims.standing().exclude(pk=claim.pk).in_reading_order()[0]
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    corrections = open_corrections(page)
    corrections.get_by_text("Same as another claim").click()
    merge = corrections.locator("[id^=row-merge]")
    merge.locator("[data-claim-find]").fill(str(other.number))
    expect(merge.locator("option").first).to_have_attribute("value", str(other.number))
    corrections.get_by_role("button", name="Merge into that claim").click()
    expect(page).to_have_url(re.compile(rf"claim={other.number}\b"))
    take_back(page)
    claim.refresh_from_db()
    assert claim.merged_into is None


def test_no_claim_is_merged_with_that_nobody_chose(
    visit: Callable[..., Page], fact_checker: User, story: Story, claim: Claim
):
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    open_corrections(page).get_by_text("Same as another claim").click()
    merge = page.locator("[id^=row-merge]")
    press = merge.get_by_role("button", name="Merge into that claim")
    choice = merge.locator("[data-claim-options]")
    expect(choice).to_have_value("")
    press.click()
    refusal = page.locator("[data-corrections] .error-summary")
    expect(refusal).to_contain_text("Choose the claim it is the same as.")

    # Of several that have the words none is chosen yet: the form comes back with its list closed. What has just come
    # can be used a moment later.
    expect(page.locator(".htmx-added")).to_have_count(0)
    merge.locator("[data-claim-find]").fill("the")
    expect(choice).to_have_attribute("size", re.compile(r"\d"))
    assert choice.locator("option").count() > 1
    expect(choice).to_have_value("")
    press.click()
    expect(choice).not_to_have_attribute("size", re.compile(r"\d"))
    expect(refusal).to_contain_text("Choose the claim it is the same as.")
    assert not Decision.objects.exists()

    expect(page.locator(".htmx-added")).to_have_count(0)
    # A whole number names one claim.
    other = story.claims.standing().exclude(pk=claim.pk).in_reading_order()[0]
    merge.locator("[data-claim-find]").fill(str(other.number))
    expect(choice).to_have_value(str(other.number))


@pytest.mark.parametrize("button", ["Confirm", "No difference", "Unsure"])
def test_deciding_about_a_difference(visit: Callable[..., Page], fact_checker: User, claim: Claim, button: str):
    divergence = claim.divergences.get(kind="quantity")
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    row = open_corrections(page).locator(f"#row-divergence-{divergence.pk}")
    row.get_by_role("button", name=button).click()
    expect(page.locator(f"#row-divergence-{divergence.pk}")).to_contain_text("Farid Checker")
    take_back(page)


def test_rejecting_a_quotation(visit: Callable[..., Page], fact_checker: User, story: Story):
    quotation = Quotation.objects.filter(version__article__story=story, kind="direct").first()
    claim = Claim.objects.filter(
        alignments__in=Alignment.objects.live(),
        alignments__appearance__version=quotation.version,
        alignments__appearance__start__lt=quotation.end,
        alignments__appearance__end__gt=quotation.start,
    ).first()
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    row = open_corrections(page).locator(f"#row-quotation-{quotation.pk}")
    row.get_by_role("button", name="Not a quotation").click()
    expect(page.locator(f"#row-quotation-{quotation.pk}")).to_contain_text("Not a quotation, says Farid Checker")
    expect(page.locator(".prose .quote").filter(has_text=quotation.quote)).to_have_count(0)
    take_back(page)


def test_rejecting_shared_copy_and_ruling_on_origins(visit: Callable[..., Page], fact_checker: User):
    story = make_story([make_article(body=COPIED), make_article("Coast Daily", "Lifeboats at Norvik", COPIED)])
    claim = story.claims.standing().filter(source_count=2).first()
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    open_corrections(page).get_by_role("button", name="Not shared copy").first.click()
    expect(page.locator("[data-corrections]")).to_contain_text("Not shared copy, says Farid Checker")
    take_back(page)

    corrections = page.locator("[data-corrections]")
    corrections.get_by_text("One origin or two?").click()
    corrections.get_by_label("have it from").select_option("origins of their own")
    corrections.locator("[id^=row-origin]").get_by_role("button", name="Save").click()
    expect(page.locator("[data-corrections]")).to_contain_text("A and B have it from origins of their own")
    take_back(page)


def test_new_claim_from_a_text(visit: Callable[..., Page], fact_checker: User, story: Story):
    page = visit(story.get_absolute_url(), as_=fact_checker)
    write_on(page, "The Harbour Post", "New claim")
    page.get_by_label("The words that say it").fill("ran aground off Norvik")
    page.get_by_label("The claim in a sentence").fill("It was at Norvik.")
    page.get_by_role("button", name="Make it a claim").click()
    expect(page.locator(".panel [data-statement]")).to_have_text("It was at Norvik.")
    open_corrections(page)
    take_back(page)
    assert Claim.objects.get(statement="It was at Norvik.").is_retired


def test_names(visit: Callable[..., Page], fact_checker: User, story: Story):
    entity = Entity.objects.get(name="Lena Dahl")
    page = visit(reverse("entity_detail", args=[entity.pk]), as_=fact_checker)
    page.get_by_role("link", name="Correct this name").click()
    for summary, label, value, button in (
        ("Rename", "Name", "Lena P. Dahl", "Rename"),
        ("Add another name", "Also called", "the harbour master", "Add the name"),
        ("Same as another name", "The other name", "Norvik", "Merge into that name"),
    ):
        page.locator("summary").get_by_text(summary, exact=True).click()
        page.get_by_label(label, exact=True).fill(value)
        page.get_by_role("button", name=button, exact=True).click()
        if summary == "Same as another name":
            entity.refresh_from_db()
            assert entity.merged_into is not None
            break
        expect(page.locator(".messages")).to_contain_text("Later readings of the texts keep to it.")
        page.get_by_role("button", name="Take back").first.click()
        expect(page.locator(".messages")).to_contain_text("Taken back.")
    entity.refresh_from_db()
    assert entity.name == "Lena Dahl"


def test_telling_names_apart(visit: Callable[..., Page], fact_checker: User, story: Story):
    entity = Entity.objects.get(name="Lena Dahl")
    page = visit(reverse("entity_edit", args=[entity.pk]), as_=fact_checker)
    page.locator("summary").get_by_text("Change its kind").click()
    page.get_by_label("Kind", exact=True).select_option("Organisation")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Take back").first.click()
    expect(page.locator(".messages")).to_contain_text("Taken back.")
    page.locator("summary").get_by_text("Two of one name").click()
    page.get_by_label("Name of the other").fill("Lena Dahl the younger")
    page.locator(".place").first.click()
    page.get_by_role("button", name="Tell apart").click()
    expect(page.locator(".messages")).to_contain_text("Later readings of the texts keep to it.")
    assert Entity.objects.get(name="Lena Dahl the younger").mentions.count() == 1
    page.get_by_role("button", name="Take back").first.click()
    expect(page.locator(".messages")).to_contain_text("Taken back.")


@pytest.mark.parametrize(
    ("summary", "label", "value", "button"),
    [
        ("Rename", "Name", "Lena P. Dahl", "Rename"),
        # Of a name that is merged the page of the other says so.
        ("Same as another name", "The other name", "Norvik", "Merge into that name"),
    ],
)
def test_name_is_taken_back_by_key(
    visit: Callable[..., Page], fact_checker: User, story: Story, summary: str, label: str, value: str, button: str
):
    entity = Entity.objects.get(name="Lena Dahl")
    page = visit(reverse("entity_edit", args=[entity.pk]), as_=fact_checker)
    page.locator("summary").get_by_text(summary, exact=True).click()
    page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".messages")).to_contain_text("Later readings of the texts keep to it.")
    page.keyboard.press("z")
    expect(page.locator(".messages")).to_contain_text("Taken back.")
    expect(page.get_by_role("heading", name="Correct Lena Dahl", exact=True)).to_be_visible()
    entity.refresh_from_db()
    assert (entity.name, entity.merged_into) == ("Lena Dahl", None)
