"""Notes on words of a text in a real browser: chosen by mouse, touch-sized, by keyboard, and by typing them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from annotations.models import Note
from articles.models import Story
from tests.browser.by_keys import press_on
from tests.browser.reading import write_on
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db(transaction=True)

# Astral, joined, combining and right-to-left characters, and words that a claim's number stands between.
BODY = (
    "The mayor wrote 🚢 and 👨‍👩‍👧‍👦 beside the q\u0303uay: all 120 are safe. A ferry with 120 passengers ran aground"
    " off Norvik on Monday.\n\nהספינה עלתה על שרטון ביום שני, אמר ראש העיר."
)


@pytest.fixture
def story(db: None) -> Story:
    return make_story(
        [
            make_article("Emoji Post", "Ship 🚢 with 120 aboard runs aground", BODY),
            make_article(
                "Coast Daily", "Ferry grounds", "A ferry with at least 140 passengers ran aground off Norvik."
            ),
        ],
        title="Ferry accident",
    )


# Where a character of a block stands on the screen, counted in UTF-16 units of its text.
SPOT = """([selector, unit, side]) => {
  const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
  let count = 0;
  for (let node; (node = walker.nextNode());) {
    if (node.parentElement.closest(".ref, .flag, .sr")) continue;
    if (unit < count + node.length) {
      const range = document.createRange();
      range.setStart(node, unit - count);
      range.setEnd(node, unit - count + 1);
      const box = range.getBoundingClientRect();
      return [side === "end" ? box.right - 1 : box.left + 1, box.top + box.height / 2];
    }
    count += node.length;
  }
}"""


def block(number: int) -> str:
    return ".source:first-of-type " + (f".prose p:nth-of-type({number})" if number else ".headline")


def select(page: Page, number: int, first: int, last: int, *, modifier: str = "") -> None:
    """Draws the mouse from the unit ``first`` of a block over the unit ``last``."""
    start = page.evaluate(SPOT, [block(number), first, "start"])
    end = page.evaluate(SPOT, [block(number), last, "end"])
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=3)
    if modifier:
        page.keyboard.down(modifier)
    page.mouse.up()
    if modifier:
        page.keyboard.up(modifier)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def take_note(page: Page) -> None:
    page.get_by_role("toolbar").get_by_role("button", name="Note").click()
    expect(page.locator("#panel[data-passage]")).to_be_visible()


def save(page: Page, text: str = "Seen in the log.") -> None:
    page.get_by_label("Verdict").select_option("Supported")
    page.locator("#id_note-text").fill(text)
    page.get_by_role("button", name="Save note").click()
    expect(page.locator("#panel .note")).to_contain_text(text)


def test_by_mouse_with_words_snapped(visit: Callable[..., Page], fact_checker: User, story: Story):
    page = visit(story.get_absolute_url(), as_=fact_checker)
    body = BODY.partition("\n")[0]
    at = units(body[: body.index("passengers")])
    select(page, 1, at + 2, at + 17)
    take_note(page)
    expect(page.locator(".passage-chosen .passage-words")).to_have_text("passengers ran aground")
    save(page)
    note = Note.objects.get()
    assert note.quote == "passengers ran aground"
    flag = page.get_by_role("link", name="Note on this passage: supported")
    expect(flag).to_be_visible()
    expect(page.locator("[data-noted]").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#index")).to_be_visible()
    expect(flag).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#panel .note")).to_contain_text("Seen in the log.")
    page.reload()
    expect(flag).to_be_visible()


@pytest.mark.parametrize(
    ("number", "quote"),
    [(1, "🚢"), (1, "👨‍👩‍👧‍👦"), (1, "q\u0303uay: all 120"), (0, "🚢 with"), (2, "עלתה על"), (1, "safe. A ferry")],
)
def test_offsets_agree_with_the_server(
    visit: Callable[..., Page], fact_checker: User, story: Story, number: int, quote: str
):
    """Made as a selection of the page rather than drawn: where a right-to-left word begins is the browser's matter."""
    page = visit(story.get_absolute_url(), as_=fact_checker)
    page.evaluate(
        """async ([selector, words]) => {
          const here = document.querySelector('script[src*="js/read"]').src;
          const { rangeIn, textOf } = await import(here.replace(/read[^/]*js/, "codepoints.js"));
          const block = document.querySelector(selector);
          const at = textOf(block).indexOf(words);
          const range = rangeIn(block, at, at + words.length);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        [block(number), quote],
    )
    take_note(page)
    expect(page.locator(".passage-chosen .passage-words")).to_have_text(quote)
    save(page)
    note = Note.objects.get()
    assert note.version is not None
    assert note.quote == quote
    assert note.version.text[note.start : note.end] == quote


def test_alt_takes_characters_and_never_half_of_one(visit: Callable[..., Page], fact_checker: User, story: Story):
    page = visit(story.get_absolute_url(), as_=fact_checker)
    body = BODY.partition("\n")[0]
    at = units(body[: body.index("passengers")])
    select(page, 1, at + 2, at + 5, modifier="Alt")
    take_note(page)
    expect(page.locator(".passage-chosen .passage-words")).to_have_text("ssen")


def test_by_keyboard_alone(visit: Callable[..., Page], fact_checker: User, story: Story):
    page = visit(story.get_absolute_url(), as_=fact_checker)
    page.keyboard.press("m")
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    expect(page.get_by_role("toolbar", name="Chosen words")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Note", exact=True)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="New claim")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("toolbar", name="Chosen words")).to_be_hidden()
    expect(page.locator(".source-scroll").first).to_be_focused()
    page.keyboard.press("m")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("m")
    page.keyboard.press("Enter")
    expect(page.locator(".passage-chosen .passage-words")).to_have_text("Ship 🚢 with")
    expect(page.get_by_label("Verdict")).to_be_focused()


def test_readers_choose_words_for_a_link_alone(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    select(page, 1, 4, 12)
    page.keyboard.press("m")
    expect(page.get_by_role("toolbar").get_by_role("button")).to_have_text("Copy link")


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_menu_of_a_text_is_worked_by_keys_and_has_the_focus_again(
    visit: Callable[..., Page], fact_checker: User, story: Story, width: str
):
    page = visit(story.get_absolute_url(), as_=fact_checker, width=width)
    menu = page.locator(".source-menu").first
    press_on(page, menu.locator("summary"))
    press_on(page, menu.get_by_role("link", name="Note on words"))
    expect(page.locator("#panel[data-passage] :focus")).to_have_count(1)
    expect(menu.get_by_role("link")).to_have_count(0)
    press_on(page, page.get_by_role("link", name="All claims (Esc)"))
    expect(page.locator("#panel[data-passage]")).to_have_count(0)
    expect(menu.locator("summary")).to_be_focused()


def test_head_of_a_text_is_no_taller_for_who_writes_on_it(
    visit: Callable[..., Page], fact_checker: User, reader: User, story: Story
):
    pages = [visit(story.get_absolute_url(), as_=person) for person in (fact_checker, reader)]
    for width in (1440, 1024, 390):
        for page in pages:
            page.set_viewport_size({"width": width, "height": 844})
        writing, reading = [page.locator(".dateline").first.bounding_box() for page in pages]
        assert writing == reading, width


def test_by_quote_without_javascript(visit: Callable[..., Page], fact_checker: User, story: Story):
    page = visit(story.get_absolute_url(), as_=fact_checker, javascript=False)
    write_on(page, "Emoji Post", "Note on words")
    page.locator("#id_words").fill("120")
    page.get_by_label("Verdict").select_option("Contradicted")
    page.locator("#id_note-text").fill("There were 118.")
    page.get_by_role("button", name="Save note").click()
    expect(page.locator(".error-summary")).to_contain_text("These words stand in 3 places")
    page.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Save note").click()
    expect(page.locator(".note")).to_contain_text("There were 118.")
    note = Note.objects.get()
    assert note.version is not None
    assert note.version.text[: note.start].endswith("uay: all ")

    page.get_by_role("link", name="Put under a claim").click()
    page.get_by_label("Number or words of the claim").fill("passengers")
    page.get_by_role("button", name="Put under this claim").click()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Put under this claim").click()
    expect(page.locator(".attached")).to_contain_text("passengers")
    note.refresh_from_db()
    assert note.claim


def test_note_is_put_under_a_claim_in_place(visit: Callable[..., Page], fact_checker: User, story: Story):
    page = visit(story.get_absolute_url(), as_=fact_checker)
    select(page, 1, units(BODY[: BODY.index("passengers")]) + 2, units(BODY[: BODY.index("passengers")]) + 4)
    take_note(page)
    save(page)
    page.get_by_role("link", name="Put under a claim").click()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Put under this claim").click()
    expect(page.locator(".attached")).to_contain_text("passengers")
    note = Note.objects.get()
    assert note.claim
    expect(page.locator(f"#row-{note.claim.pk}")).to_contain_text("Supported")
    page.locator(".attached a").click()
    expect(page.locator(f"#notes-{note.claim.pk} .note")).to_contain_text("Seen in the log.")
    # Revised from the claim it is under, it stays in the claim's panel.
    page.get_by_role("link", name="Revise").click()
    page.locator("#id_note-text").fill("Seen twice.")
    page.get_by_role("button", name="Save note").click()
    expect(page.locator(f"#notes-{note.claim.pk} .note")).to_contain_text("Seen twice.")
    page.get_by_role("link", name="On the passage").click()
    page.get_by_role("button", name="Take off this claim").click()
    expect(page.locator(".attach")).to_contain_text("Not under a claim")


def test_half_written_note_is_not_thrown_away_unasked(visit: Callable[..., Page], fact_checker: User, story: Story):
    page = visit(story.get_absolute_url(), as_=fact_checker)
    select(page, 1, 4, 8)
    take_note(page)
    page.locator("#id_note-text").fill("Half a thought")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.locator("#panel").get_by_role("link", name="All claims").click()
    assert asked
    expect(page.locator("#id_note-text")).to_have_value("Half a thought")


@pytest.mark.parametrize(
    ("width", "scheme"), [("desktop", "light"), ("desktop", "dark"), ("phone", "light"), ("phone", "dark")]
)
def test_no_violations(visit: Any, find_violations, fact_checker: User, story: Story, width: str, scheme: str):
    page = visit(story.get_absolute_url(), as_=fact_checker, width=width, scheme=scheme)
    select(page, 1, 4, 8)
    expect(page.get_by_role("toolbar")).to_be_visible()
    assert find_violations(page) == []
    take_note(page)
    assert find_violations(page) == []
    page.get_by_role("button", name="Choose other words").click()
    page.locator("#id_words").fill("120")
    page.get_by_role("button", name="Find the words").click()
    expect(page.get_by_role("radio").first).to_be_focused()
    assert find_violations(page) == []
    page.get_by_role("radio").first.check()
    save(page)
    assert find_violations(page) == []
    page.get_by_role("link", name="Put under a claim").click()
    expect(page.get_by_label("Number or words of the claim")).to_be_visible()
    assert find_violations(page) == []
    note = Note.objects.get()
    assert note.version is not None
    for path in (
        f"{story.get_absolute_url()}notes/",
        f"{story.get_absolute_url()}notes/?state=approved",
        note.get_absolute_url(),
        f"/notes/{note.pk}/edit/",
        f"/versions/{note.version_id}/notes/new/",
        note.version.get_absolute_url(),
    ):
        page.goto(path)
        assert find_violations(page) == [], path
