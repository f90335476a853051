"""On a phone every screen is worked with a finger: nothing sideways, nothing too small, sheets that close."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from articles.models import Alignment, AlignmentDecision, Appearance, Claim, Story
from tests.articles.ledgers import align, make_claim, make_sources, part
from tests.browser.correcting import item
from tests.browser.screens import UNFOLD, addresses_of, make_full_story
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(everybody: User) -> Story:
    return make_full_story(everybody)


@pytest.fixture
def claim(story: Story) -> Claim:
    return story.claims.standing().get(divergences__kind="quantity")


def find_too_small(page: Page) -> list[str]:
    """What is smaller than 24 pixels with something else to press beside it, and whether the page scrolls sideways."""
    found = Axe().run(page, options={"runOnly": {"type": "rule", "values": ["target-size"]}}).response["violations"]
    sentences = [node["html"][:160] for rule in found for node in rule["nodes"]]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        sentences.append("The page scrolls sideways.")
    return sentences


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_everything_is_large_enough_to_press(visit: Callable[..., Page], everybody: User, story: Story, width: str):
    page = visit("/", as_=everybody, width=width)
    problems = {}
    for screen, address in addresses_of(story).items():
        page.goto(address)
        if screen in {"corrections", "name corrected"}:
            page.evaluate(UNFOLD)
        if found := find_too_small(page):
            problems[screen] = found
    assert problems == {}


def share_of_window(page: Page, part: Locator) -> float:
    box = part.bounding_box()
    assert box
    return box["height"] / page.evaluate("innerHeight")


def test_story_is_read_in_tabs_over_a_sheet_that_is_pulled_up(
    visit: Callable[..., Page], everybody: User, story: Story, claim: Claim
):
    page = visit(story.get_absolute_url(), as_=everybody, width="phone")
    tabs = page.locator("[data-tab]")
    sources = page.locator(".source")
    expect(sources.nth(0)).to_be_in_viewport(ratio=0.5)
    tabs.nth(1).click()
    expect(sources.nth(1)).to_be_in_viewport(ratio=0.5)
    expect(tabs.nth(1)).to_have_attribute("aria-current", "true")
    panel = page.locator("aside.panel")
    assert share_of_window(page, panel) < 0.3

    page.locator(f".index-list a[data-select='{claim.number}']").click()
    expect(page.locator("#panel [data-statement]")).to_have_text(claim.statement)
    # The claim has its line in the text that is in sight, over the sheet.
    expect(sources.nth(1).locator(".claim[aria-current=true]").first).to_be_in_viewport()
    page.locator("#panel [data-grip]").click()
    assert share_of_window(page, panel) > 0.5
    assert find_too_small(page) == []
    page.locator("#panel [data-grip]").click()
    assert share_of_window(page, panel) < 0.3
    page.locator("#panel-all").click()
    expect(page.locator("#index-h")).to_be_visible()


def test_claim_is_corrected_in_the_sheet(visit: Callable[..., Page], everybody: User, claim: Claim):
    alignment = Alignment.objects.filter(claim=claim).live().select_related("appearance").order_by("pk").last()
    assert alignment
    page = visit(claim.get_absolute_url(), as_=everybody, width="phone")
    page.locator("[data-correct]").click()
    corrections = page.locator("[data-corrections]")
    expect(page.locator("[data-corrections-head]")).to_be_focused()
    # The sheet is pulled up for it, and what is worked in fills it.
    assert share_of_window(page, page.locator("aside.panel")) > 0.5
    expect(page.locator("[data-corrections-head]")).to_be_in_viewport()
    page.evaluate(UNFOLD)
    assert find_too_small(page) == []
    item(corrections, alignment).get_by_role("button", name="Not this claim").click()
    toast = page.locator("#toast")
    expect(toast).to_contain_text("Rejected")
    assert find_too_small(page) == []
    toast.get_by_role("button", name="Take back").click()
    expect(toast).to_contain_text("Taken back.")
    toast.get_by_role("button", name="Close this message").click()
    expect(toast).to_be_hidden()
    page.get_by_role("link", name="Close", exact=True).click()
    expect(corrections).to_have_count(0)


def test_ledger_is_worked_in_cards(visit: Callable[..., Page], everybody: User, story: Story, claim: Claim):
    page = visit(reverse("story_ledger", args=[story.slug]), as_=everybody, width="phone")
    page.locator("label", has_text="Differing").first.click()
    expect(page.locator("[data-ledger] tr[data-claim]")).to_have_count(story.claims.filter(state="differs").count())
    row = page.locator(f"#row-{claim.number}")
    row.get_by_role("button", name="No", exact=True).click()
    expect(page.locator("#toast")).to_contain_text("Rejected")
    row.locator("[data-correct-row]").click()
    drawer = page.locator("[data-drawer]")
    expect(drawer.locator(".item").first).to_be_in_viewport()
    assert find_too_small(page) == []
    drawer.get_by_role("link", name="Close", exact=True).click()
    expect(drawer).to_have_count(0)
    row.get_by_role("link", name=claim.statement).click()
    expect(page.locator("#panel [data-statement]")).to_be_visible()
    page.go_back()
    expect(row).to_be_in_viewport()
    expect(page.locator("#state-differs")).to_be_checked()


def test_card_says_how_many_origins_and_which_sources_share_copy(visit: Callable[..., Page], everybody: User):
    words = "The ferry ran aground off Norvik at dawn on Monday, the coast guard said. It carried 120 passengers."
    apart = "Boats came. It carried 120 passengers, the firm said."
    sources = {"The Harbour Post": words, "North Sea Wire": apart, "Coast Daily": words}
    story = make_story([make_article(name, f"News of {name}", text) for name, text in sources.items()])
    claim = story.claims.get(source_count=3, statement__contains="120")
    Claim.objects.filter(pk=claim.pk).update(
        note_count=2, status="mostly-contradicted", status_label="Mostly contradicted"
    )
    page = visit(reverse("story_ledger", args=[story.slug]), as_=everybody, width="phone")
    row = page.locator(f"#row-{claim.number}")
    expect(row.locator(".ind")).to_have_text(re.compile(r"^2 origins\b"), use_inner_text=True)
    expect(row.get_by_title("Independent origins, of the sources that speak of it")).to_be_visible()
    expect(row.get_by_text("2 notes", exact=True)).to_be_visible()
    # Under the sources in one line, the statement over them in its own.
    boxes = [row.locator(f".{name}").bounding_box() for name in ("status", "ind", "flag")]
    for box, after in pairwise([*boxes, None]):
        assert box
        assert box["x"] + box["width"] < (after["x"] if after else 390)
    assert row.locator(".claim-words").evaluate("words => words.getBoundingClientRect().right < innerWidth")
    # A line along the sources from the first that shares copy to the last.
    lines = [line.bounding_box() for line in row.locator(".br").all()]
    cells = [cell.bounding_box() for cell in row.locator(".c-src").all()]
    assert len(lines) == len(cells) == 3
    for line, cell, below in zip(lines, cells, [*cells[1:], None], strict=True):
        assert line
        assert cell
        assert cell["y"] <= line["y"] < line["y"] + line["height"]
        assert line["x"] + line["width"] <= cell["x"]
        if below:
            assert line["y"] + line["height"] >= below["y"]
    # Where there are no notes, nothing stands for them.
    single = page.locator("tr[data-claim]").filter(has_text="Boats came.").first
    expect(single.locator(".ind")).to_have_text("1 origin", use_inner_text=True)
    expect(single.locator(".nothing")).to_be_hidden()


# How far from its middle, up, down and sideways, a press still reaches what stands there.
REACH = """target => {
  target.scrollIntoView({block: "center"});
  const box = target.getClientRects()[0];
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const reaches = (dx, dy) => document.elementFromPoint(x + dx, y + dy)?.closest("a, button") === target;
  const count = (dx, dy) => { let n = 0; while (n < 300 && reaches(n * dx, n * dy)) n += 1; return n; };
  return {width: count(1, 0) + count(-1, 0) - 1, height: count(0, 1) + count(0, -1) - 1};
}"""


def test_links_of_a_card_are_large_enough_for_a_finger(
    visit: Callable[..., Page], everybody: User, story: Story, claim: Claim
):
    twice = make_claim(sources := make_sources(), 1, {0: "The ferry carried 120 people.", 1: "Divers came."})
    align(twice, Appearance.objects.get(alignments__claim=twice, quote__contains="120").version, "A tug came.")
    part(twice, "quantity", ["120", "130", "140"])
    page = visit(reverse("story_ledger", args=[sources.slug]), as_=everybody, width="phone")
    values = page.locator("td.c-src").first.locator(".cell-val a").all()
    assert len(values) == 2
    assert [value.evaluate(REACH)["height"] >= 24 for value in values] == [True] * 2

    page.goto(reverse("story_ledger", args=[story.slug]))
    targets = page.locator("tr[data-claim]").locator("a, button").all()
    reached = [(target.inner_text(), target.evaluate(REACH)) for target in targets]
    assert [(words, size) for words, size in reached if size["height"] < 24 or size["width"] < 24] == []
    # What stands in a line of its own is taller.
    alone = page.locator(f"#row-{claim.number}").locator(".claim-words a, .row-correct, .ask a, .ask button").all()
    assert len(alone) == 6
    assert [target.evaluate(REACH)["height"] >= 36 for target in alone] == [True] * 6


def test_name_is_pressed_and_its_sheet_closes(visit: Callable[..., Page], everybody: User, story: Story):
    page = visit(story.get_absolute_url(), as_=everybody, width="phone")
    page.locator("label[for=l-names]").click()
    page.locator(".prose .name").get_by_text("Lena Dahl", exact=True).first.click()
    page.get_by_role("menuitem", name="Name").click()
    sheet = page.locator("#mark-sheet")
    expect(sheet.get_by_role("heading", name="Lena Dahl")).to_be_in_viewport()
    page.evaluate("document.querySelectorAll('#mark-sheet details').forEach(details => { details.open = true; })")
    assert find_too_small(page) == []
    box = sheet.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    sheet.get_by_role("button", name="Tell apart").scroll_into_view_if_needed()
    expect(sheet.get_by_role("button", name="Tell apart")).to_be_in_viewport()
    sheet.locator("[data-sheet-close]").click()
    expect(sheet).to_have_count(0)


@pytest.mark.parametrize(
    ("opener", "inside"),
    [
        (".account summary", "Sign out"),
        (".story-head .story-menu summary", "Hide"),
        (".chooser summary", "Show these"),
    ],
)
def test_menu_opens_inside_the_window_and_closes(
    visit: Callable[..., Page], everybody: User, story: Story, opener: str, inside: str
):
    page = visit(story.get_absolute_url(), as_=everybody, width="phone")
    page.locator(opener).click()
    button = page.get_by_role("button", name=inside)
    expect(button).to_be_in_viewport(ratio=1)
    assert find_too_small(page) == []
    page.locator("h1").click(position={"x": 4, "y": 4})
    expect(button).to_be_hidden()


def test_words_are_noted_and_the_note_closes(visit: Callable[..., Page], everybody: User, story: Story):
    page = visit(story.get_absolute_url(), as_=everybody, width="phone")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.source .prose p'))")
    toolbar = page.get_by_role("toolbar", name="Chosen words")
    expect(toolbar.get_by_role("button", name="Note", exact=True)).to_be_in_viewport(ratio=1)
    expect(toolbar.get_by_role("button", name="Copy link")).to_be_in_viewport(ratio=1)
    assert find_too_small(page) == []
    toolbar.get_by_role("button", name="Note", exact=True).click()
    expect(page.get_by_label("Verdict")).to_be_in_viewport()
    page.get_by_label("Verdict").select_option("Supported")
    page.locator("#id_note-text").fill("Seen.")
    page.get_by_role("button", name="Save note").click()
    expect(page.locator("#panel .note")).to_contain_text("Seen.")
    page.locator("#panel [data-passage-close]").click()
    expect(page.locator("#index-h")).to_be_visible()


def test_stories_queue_and_search_are_worked(visit: Callable[..., Page], everybody: User, story: Story):
    make_story(title="Harbour fire")
    page = visit("/", as_=everybody, width="phone")
    page.get_by_label("Find a story").fill("accident")
    expect(page.locator("[data-row-link]")).to_have_count(1)
    page.locator("[data-row] .story-menu summary").click()
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("is closed")
    page.get_by_role("link", name="Search").click()
    page.get_by_label("Words").fill("norvik")
    expect(page.locator("#results .hit").first).to_be_in_viewport()
    page.goto(reverse("story_possible", args=[story.slug]))
    for name in ("Yes", "No", "Unsure"):
        expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    asked = Alignment.objects.get(pk=page.locator("[name=alignment]").input_value())
    page.get_by_role("button", name="No").click()
    expect(page.locator("#queue-undo")).to_be_visible()
    asked.refresh_from_db()
    assert asked.decision == AlignmentDecision.REJECTED
