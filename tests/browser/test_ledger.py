"""The ledger and the texts side by side in a real browser: by keyboard, in place, without a script, on every screen."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.models import Story
from articles.views import ledger
from articles.views import rows as compared
from tests.factory import make_article, make_story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def story(db: None) -> Story:
    return make_story(title="Ferry accident")


def rows(page: Page):
    return page.locator("[data-ledger] tbody tr")


def test_rows_are_worked_by_keys(visit, fact_checker: User, story: Story):
    page = visit(reverse("story_ledger", args=[story.slug]), as_=fact_checker)
    page.keyboard.press("j")
    expect(rows(page).nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(rows(page).nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(rows(page).nth(0)).to_be_focused()
    page.keyboard.press("End")
    expect(rows(page).last).to_be_focused()
    # One row stands in the order of Tab: the one last worked on.
    assert page.locator("[data-ledger] tbody tr[tabindex='0']").count() == 1
    number = rows(page).last.locator(".claim-no").inner_text().split()[-1]

    page.keyboard.press("Enter")

    page.wait_for_url(f"**{story.get_absolute_url()}?claim={number}")
    page.go_back()
    page.keyboard.press("j")
    page.keyboard.press("n")
    expect(page.get_by_label("Verdict")).to_be_visible()


def test_passages_of_a_row_are_reached_by_arrows(visit, reader: User, story: Story):
    page = visit(reverse("story_ledger", args=[story.slug]), as_=reader)
    page.keyboard.press("j")
    row = rows(page).nth(0)
    links = row.locator("a")
    page.keyboard.press("ArrowRight")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(row).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(row).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    place = links.nth(1).get_attribute("href").split("#")[1]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**#{place}")
    expect(page.locator(f"#{place}")).to_be_visible()


def test_compared_passages_are_worked_by_keys(visit, reader: User, story: Story):
    page = visit(reverse("story_rows", args=[story.slug]), as_=reader)
    passages = page.locator("[data-rel]")
    page.keyboard.press("j")
    expect(passages.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(passages.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(passages.nth(0)).to_be_focused()
    assert page.locator("[data-rel][tabindex='0']").count() == 1
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Next row")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    number = passages.nth(1).locator(".claim-no").first.inner_text().split()[-1]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**?claim={number}")


def test_filters_work_in_place_and_keep_the_focus(visit, reader: User, story: Story):
    page = visit(reverse("story_ledger", args=[story.slug]), as_=reader)
    total = rows(page).count()
    page.locator("#state-all").focus()

    page.keyboard.press("ArrowRight")

    expect(rows(page)).to_have_count(story.claims.filter(state="differs").count())
    expect(page.locator("#state-differs")).to_be_focused()
    expect(page).to_have_url(re.compile(r"\?state=differs$"))
    assert "?state=differs" in (page.locator("#ledger-csv").get_attribute("href") or "")
    page.get_by_label("Find in statements and wordings").fill("zeppelin")
    expect(page.get_by_role("heading", name="No claim matches")).to_be_visible()
    page.get_by_role("link", name="show all claims").click()
    expect(rows(page)).to_have_count(total)
    page.go_back()
    expect(page.get_by_label("Find in statements and wordings")).to_have_value("zeppelin")


def test_filters_work_without_a_script(visit, reader: User, story: Story):
    page = visit(reverse("story_ledger", args=[story.slug]), as_=reader, javascript=False)
    page.get_by_label("Only here").check(force=True)

    page.locator("#ledger-choice").get_by_role("button", name="Show").click()

    expect(rows(page)).to_have_count(story.claims.filter(state="only").count())


def test_order_of_the_texts_is_changed_in_place(visit, reader: User, story: Story):
    page = visit(reverse("story_rows", args=[story.slug]), as_=reader)
    expect(page.locator(".arow-head [data-base]")).to_contain_text("The Harbour Post")

    page.get_by_label("Follow the order of").focus()
    page.get_by_label("Follow the order of").select_option(label="B Coast Daily")

    expect(page.locator(".arow-head [data-base]")).to_contain_text("Coast Daily")
    expect(page.get_by_label("Follow the order of")).to_be_focused()


def test_five_sources_fit_and_filters_keep_to_their_rows(visit, reader: User):
    outlets = ["The Harbour Post", "Coast Daily", "North Sea Wire", "Norte Diario Independiente", "Orlund Gazette"]
    story = make_story([make_article(outlet) for outlet in outlets])
    page = visit(reverse("story_ledger", args=[story.slug]), as_=reader)
    assert page.locator(".ledger-wrap").evaluate("wrap => wrap.scrollWidth - wrap.clientWidth") == 0

    page.set_viewport_size({"width": 965, "height": 900})

    groups = page.locator(".chip-line .chips:not([hidden])")
    assert groups.count() == 2
    assert len({group.bounding_box()["y"] for group in groups.all()}) == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_paper_says_which_part_of_the_list_it_holds(visit, reader: User, story: Story, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ledger, "ROWS_A_PAGE", 2)
    monkeypatch.setattr(compared, "ROWS_A_PAGE", 2)
    page = visit(reverse("story_ledger", args=[story.slug]), as_=reader)
    for name, line in (("story_ledger", "Claims 1 to 2 of "), ("story_rows", "Rows 1 to 2 of ")):
        page.emulate_media(media="screen")
        page.goto(reverse(name, args=[story.slug]))
        pages = page.get_by_role("navigation", name="Pages")
        expect(pages.get_by_role("link").first).to_be_visible()

        page.emulate_media(media="print")

        expect(pages.get_by_text(line)).to_be_visible()
        expect(pages.get_by_role("link")).to_have_count(0)


def test_compared_texts_are_printed_with_the_key_to_their_marks(visit, reader: User, story: Story):
    page = visit(reverse("story_rows", args=[story.slug]), as_=reader)
    key = page.locator(".diff-key")
    assert page.locator(".align .var").count()

    page.emulate_media(media="print")

    expect(key.get_by_text("where they part")).to_be_visible()
    expect(page.locator(".ledger-bar .chip").first).to_be_hidden()
    expect(page.locator("#rows-by")).to_be_hidden()
