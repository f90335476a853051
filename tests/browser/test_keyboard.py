"""Every screen's journey by the keys alone, to its end and back: no mouse, and nothing clicked from outside."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from annotations.models import Note
from articles.models import Article, Claim, Decision, Entity, Story, Verb
from tests.browser.by_keys import fill_by_keys, press_on, tab_to
from tests.browser.correcting import first_of
from tests.browser.screens import make_full_story
from tests.factory import PASSWORD, make_article, make_story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(everybody: User) -> Story:
    return make_full_story(everybody)


@pytest.fixture
def claim(story: Story) -> Claim:
    return story.claims.standing().get(divergences__kind="quantity")


def focused(page: Page) -> Locator:
    return page.locator(":focus")


def top_of(page: Page) -> int:
    return page.evaluate("Math.round(scrollY)")


# --- Signing in, and the stories as such --------------------------------------------------------------------------


def test_signing_in_and_out(visit: Callable[..., Page], reader: User):
    page = visit("/")
    expect(page.get_by_label("Name or work e-mail")).to_be_focused()
    page.keyboard.type("rosa")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    fill_by_keys(page, page.get_by_label("Password"), PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="No stories yet")).to_be_visible()
    press_on(page, page.locator(".account summary"))
    press_on(page, page.get_by_role("button", name="Sign out"))
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_story_is_made_renamed_closed_hidden_and_deleted(visit: Callable[..., Page], everybody: User):
    page = visit("/", as_=everybody)
    press_on(page, page.get_by_role("link", name="New story"))
    page.get_by_label("Title").wait_for()
    fill_by_keys(page, page.get_by_label("Title"), "Ferry accident")
    page.keyboard.press("Enter")
    page.wait_for_url("**/import/**")
    page.goto("/")
    menu = page.locator(".story-menu")
    press_on(page, menu.locator("summary"))
    press_on(page, menu.get_by_role("link", name="Rename"))
    fill_by_keys(page, page.get_by_label("Title"), "Ferry off Norvik")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ferry off Norvik")
    for word, said in (("Close", "is closed"), ("Open again", "is open again"), ("Hide", "is hidden")):
        press_on(page, menu.locator("summary"))
        press_on(page, menu.get_by_role("button", name=word))
        expect(page.locator(".messages")).to_contain_text(said)
    press_on(page, page.get_by_role("link", name="Hidden stories"))
    press_on(page, menu.locator("summary"))
    press_on(page, menu.get_by_role("link", name="Delete"))
    press_on(page, page.get_by_role("button", name="Delete the story"))
    expect(page.locator(".messages")).to_contain_text("deleted")
    assert not Story.objects.exists()


def test_list_of_stories_is_filtered_sorted_and_gone_through(visit: Callable[..., Page], reader: User):
    for number in range(3):
        make_story(title=f"Ferry accident {number}")
    make_story(title="Harbour fire")
    page = visit("/", as_=reader)
    fill_by_keys(page, page.get_by_label("Find a story"), "ferry")
    expect(page.locator("[data-row]")).to_have_count(3)
    order = tab_to(page, page.get_by_label("Order by"))
    # A field that was left asks once more; an answer that is cut off is told in the console.
    expect(page.locator("body[data-busy]")).to_have_count(0)
    with page.expect_response(lambda answer: "order=title" in answer.url):
        page.keyboard.type("T")
    expect(order).to_be_focused()
    expect(page.locator("[data-row-link]").first).to_have_text("Ferry accident 0")
    # The rows are others than those that the page came with.
    tab_to(page, page.locator("[data-row-link]").first)
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Ferry accident 1")).to_be_focused()
    expect(page.locator("body[data-busy]")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ferry accident 1")
    page.go_back()
    expect(page.get_by_role("link", name="Ferry accident 1")).to_be_focused()
    expect(page.get_by_label("Find a story")).to_have_value("ferry")
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="Ferry accident 0")).to_be_focused()


def test_second_page_of_the_stories_is_reached(visit: Callable[..., Page], reader: User):
    at = timezone.now()
    Story.objects.bulk_create(Story(title=f"Story {n}", slug=f"story-{n}", changed_at=at) for n in range(120))
    page = visit("/", as_=reader)
    first = page.locator("[data-row-link]").first.inner_text()
    press_on(page, page.get_by_role("link", name="Next"))
    page.wait_for_url("**page=2**")
    page.keyboard.press("j")
    expect(focused(page)).to_have_attribute("data-row-link", "")
    assert focused(page).inner_text() != first


# --- Ledger and Compare -------------------------------------------------------------------------------------------


def test_ledger_is_filtered_opened_corrected_and_gone_back_to(
    visit: Callable[..., Page], everybody: User, story: Story, claim: Claim
):
    page = visit(reverse("story_ledger", args=[story.slug]), as_=everybody)
    # Low enough to scroll, high enough for the page to keep its heads.
    page.set_viewport_size({"width": 1440, "height": 500})
    tab_to(page, page.locator("#state-all"))
    page.keyboard.press("ArrowRight")
    rows = page.locator("[data-ledger] tr[data-claim]")
    expect(rows).to_have_count(story.claims.filter(state="differs").count())
    row = page.locator(f"#row-{claim.number}")
    tab_to(page, page.locator("[data-ledger] tr[tabindex='0']"))
    page.keyboard.press("Home")
    for _ in range(rows.count()):
        if row.evaluate("row => row === document.activeElement"):
            break
        page.keyboard.press("ArrowDown")
    expect(row).to_be_focused()
    top = top_of(page)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**?claim={claim.number}")

    page.keyboard.press("c")
    expect(page.locator("[data-corrections-head]")).to_be_focused()
    alignment = first_of(claim)
    press_on(page, page.locator(f"#unsure-{alignment.pk}"))
    expect(page.locator("#toast")).to_contain_text("Marked unsure")
    expect(page.locator(f"#row-decide-{alignment.pk}")).to_be_focused()

    page.go_back()
    expect(row).to_be_focused()
    expect(page.locator("#state-differs")).to_be_checked()
    expect(page).to_have_url(re.compile(r"\?state=differs$"))
    assert top_of(page) == top
    # It is the row that Tab leads to, and the one from which the keys go on.
    expect(row).to_have_attribute("tabindex", "0")
    page.keyboard.press("c")
    expect(page.locator("[data-drawer] [data-corrections-head]")).to_be_focused()
    # The drawer is in sight, not only its head.
    expect(page.locator("[data-drawer] .item").first).to_be_in_viewport()


@pytest.mark.parametrize("name", ["story_ledger", "story_rows"])
def test_row_stands_clear_of_the_heads_on_the_way_up(
    visit: Callable[..., Page], everybody: User, story: Story, name: str
):
    page = visit(reverse(name, args=[story.slug]), as_=everybody)
    page.set_viewport_size({"width": 1440, "height": 500})
    rows = page.locator("[data-work-row]")
    head = page.locator(".align-head, [data-ledger] thead th").first
    for _ in range(rows.count()):
        page.keyboard.press("j")
    expect(rows.last).to_be_focused()
    assert top_of(page) > 0
    for _ in range(rows.count() - 1):
        page.keyboard.press("k")
        row, over = focused(page).bounding_box(), head.bounding_box()
        assert row
        assert over
        assert row["y"] >= over["y"] + over["height"] - 1
    expect(rows.first).to_be_focused()


def test_wide_ledger_shows_the_cell_that_has_the_focus(visit: Callable[..., Page], reader: User):
    accounts = [
        make_article(
            f"Outlet {n}", f"Report {n}", f"A ferry with {100 + n} passengers ran aground off Norvik on Monday."
        )
        for n in range(8)
    ]
    story = make_story(accounts)
    page = visit(reverse("story_ledger", args=[story.slug]), as_=reader)
    claim = story.claims.standing().order_by("-source_count")[0]
    row = page.locator(f"#row-{claim.number}")
    tab_to(page, page.locator("[data-ledger] tr[tabindex='0']"))
    for _ in range(story.claims.count()):
        if row.evaluate("row => row === document.activeElement"):
            break
        page.keyboard.press("ArrowDown")
    links = row.locator("a").count()
    stuck = row.locator(".c-claim")
    for key in ["ArrowRight"] * links + ["ArrowLeft"] * (links - 1):
        page.keyboard.press(key)
        place, cell = stuck.bounding_box(), focused(page).bounding_box()
        assert place
        assert cell
        assert focused(page).evaluate("link => Boolean(link.closest('.c-claim'))") or (
            cell["x"] >= place["x"] + place["width"] - 1 and cell["x"] + cell["width"] < 1441
        )


def test_compared_passage_is_opened_and_gone_back_to(visit: Callable[..., Page], everybody: User, story: Story):
    page = visit(reverse("story_rows", args=[story.slug]), as_=everybody)
    tab_to(page, page.locator("#only-all"))
    with page.expect_response(lambda answer: "only=" in answer.url):
        page.keyboard.press("ArrowRight")
    press_on(page, page.locator("[data-work-row] .claim-no").first)
    page.wait_for_url("**?claim=*")
    expect(page.locator("#panel [data-statement]")).to_be_visible()
    page.go_back()
    expect(page.locator("[data-work-row]").filter(has=page.locator(".claim-no")).first).to_be_focused()
    expect(page).to_have_url(re.compile("only="))


# --- Names --------------------------------------------------------------------------------------------------------


def test_name_is_found_read_corrected_and_taken_back(visit: Callable[..., Page], everybody: User, story: Story):
    page = visit(reverse("story_entities", args=[story.slug]), as_=everybody)
    wanted = page.locator("[data-row-link]", has_text="Lena Dahl")
    # From the name that is open on, j goes to the next one, also after each new page.
    for _ in range(page.locator("[data-row-link]").count()):
        if wanted.get_attribute("aria-current"):
            break
        page.keyboard.press("j")
        name = focused(page).locator("span").first.inner_text()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=2, name=name)).to_be_visible()
    expect(page.get_by_role("heading", level=2, name="Lena Dahl")).to_be_visible()
    press_on(page, page.get_by_role("link", name="In all stories"))
    expect(page.get_by_role("heading", level=1, name="Lena Dahl")).to_be_visible()
    press_on(page, page.get_by_role("link", name="Correct this name"))
    press_on(page, page.locator("#name-rename summary"))
    fill_by_keys(page, page.locator("#name-rename").get_by_label("Name", exact=True), "Lena P. Dahl")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("Later readings of the texts keep to it.")
    assert Entity.objects.filter(name="Lena P. Dahl").exists()
    press_on(page, page.locator(".messages").get_by_role("button", name="Take back"))
    expect(page.locator(".messages")).to_contain_text("Taken back.")
    assert Entity.objects.filter(name="Lena Dahl").exists()


# --- Pages of their own -------------------------------------------------------------------------------------------


def test_claim_page_leads_to_corrections_and_takes_a_note(
    visit: Callable[..., Page], everybody: User, story: Story, claim: Claim
):
    address = reverse("claim_page", args=[story.slug, claim.number])
    page = visit(address, as_=everybody)
    press_on(page, page.get_by_role("link", name="Correct", exact=True))
    press_on(page, page.locator(f"#unsure-{first_of(claim).pk}"))
    expect(page.locator("#toast")).to_contain_text("Marked unsure")
    page.keyboard.press("z")
    expect(page.locator("#toast")).to_contain_text("Taken back.")
    assert Decision.objects.latest("pk").verb == Verb.UNDO
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text(claim.statement)
    press_on(page, page.get_by_role("link", name="Add verification note"))
    verdict = page.get_by_label("Verdict")
    tab_to(page, verdict)
    page.keyboard.type("Supp")
    fill_by_keys(page, page.locator("#id_note-text"), "Asked the harbour.")
    press_on(page, page.get_by_role("button", name="Save note"))
    expect(page.locator(".note", has_text="Asked the harbour.")).to_be_visible()


def test_article_leads_to_its_claims_and_back(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(reverse("article_detail", args=[story.articles.in_order()[0].pk]), as_=reader)
    link = page.locator(".article-claims a").first
    place = link.get_attribute("href")
    press_on(page, link)
    page.wait_for_url(f"**{place}")
    press_on(page, page.locator(".claim-outlet a").first)
    page.wait_for_url("**/articles/*/")
    page.go_back()
    page.go_back()
    expect(link).to_be_visible()


def test_notes_are_narrowed_down_and_revised(visit: Callable[..., Page], everybody: User, story: Story):
    page = visit(reverse("story_notes", args=[story.slug]), as_=everybody)
    on = tab_to(page, page.get_by_label("On", exact=True))
    page.keyboard.type("Passages")
    expect(page.locator(".notebook-entry")).to_have_count(1)
    expect(on).to_be_focused()
    press_on(page, page.get_by_role("link", name="Put under a claim"))
    fill_by_keys(page, page.get_by_label("Number or words of the claim"), "passengers")
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    press_on(page, page.get_by_role("button", name="Put under this claim"))
    expect(page.locator(".attached")).to_contain_text("passengers")
    assert Note.objects.exclude(quote="").get().claim is not None


def test_search_is_begun_narrowed_down_opened_and_gone_back_to(visit: Callable[..., Page], reader: User, story: Story):
    page = visit("/", as_=reader)
    page.keyboard.press("/")
    page.keyboard.type("ferry")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=ferry")
    tab_to(page, page.get_by_label("Outlet"))
    page.keyboard.type("Coast")
    expect(page.locator("#results")).not_to_contain_text("The Harbour Post")
    expect(page.get_by_label("Outlet")).to_be_focused()
    tab_to(page, page.locator("#results [data-row-link]").first)
    page.keyboard.press("j")
    place = focused(page).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{place}")
    page.go_back()
    expect(focused(page)).to_have_attribute("href", place or "")
    expect(page.get_by_label("Outlet").locator("option:checked")).to_have_text("Coast Daily")


def test_article_is_imported(visit: Callable[..., Page], administrator: User, tmp_path: Path):
    page = visit("/import/", as_=administrator)
    fill_by_keys(page, page.get_by_label("Headline"), "Ferry runs aground")
    fill_by_keys(page, page.get_by_label("Text", exact=True), "A ferry with 120 passengers ran aground off Norvik.")
    fill_by_keys(page, page.get_by_label("Outlet"), "The Harbour Post")
    tab_to(page, page.locator("[name=target]:checked"))
    fill_by_keys(page, page.get_by_label("Title of the new story"), "Ferry accident")
    page.keyboard.press("Enter")
    expect(page.locator(".run")).to_have_count(1)
    press_on(page, page.get_by_role("link", name="Read the story"))
    expect(page.locator(".source")).to_have_count(1)
    assert Article.objects.count() == 1


# --- The keys themselves ------------------------------------------------------------------------------------------


def test_list_of_keys_gives_the_focus_back_and_switches_them_off(
    visit: Callable[..., Page], everybody: User, claim: Claim
):
    page = visit(claim.get_absolute_url(), as_=everybody)
    opener = page.get_by_role("button", name="Keyboard shortcuts")
    press_on(page, opener)
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    press_on(page, dialog.get_by_label("Use single-key shortcuts"), key="Space")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    address = page.url
    for key in ("j", "n", "c", "4", "/", "?"):
        page.keyboard.press(key)
    expect(opener).to_be_focused()
    expect(dialog).to_be_hidden()
    assert page.url == address
    assert not page.locator("#l-names").is_checked()
    # Escape is no such key: what is open closes.
    page.keyboard.press("Escape")
    expect(page.locator("#index-h")).to_be_visible()
    assert "claim=" not in page.url
    page.reload()
    page.keyboard.press("j")
    assert "claim=" not in page.url
    press_on(page, opener)
    press_on(page, dialog.get_by_label("Use single-key shortcuts"), key="Space")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("#panel [data-statement]")).to_be_visible()


def test_nothing_is_done_in_a_panel_that_is_out_of_sight(visit: Callable[..., Page], everybody: User, claim: Claim):
    page = visit(claim.get_absolute_url(), as_=everybody)
    page.keyboard.press("c")
    expect(page.locator("[data-corrections-head]")).to_be_focused()
    page.keyboard.press("Escape")
    row = page.locator(f".index-list a[data-select='{claim.number}']")
    expect(row).to_be_focused()
    page.keyboard.press("c")
    expect(row).to_be_focused()
    page.keyboard.press("m")
    expect(page.get_by_role("toolbar", name="Chosen words")).to_be_visible()
    expect(page.get_by_role("button", name="Use as the passage")).to_have_count(0)
