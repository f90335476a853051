"""The Read screen as only a browser shows it: overview, piles, columns, what is new, going back, and what fails."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, Route, expect

from annotations.models import NoteState, Verdict
from annotations.writing import NoteContent, create_note
from articles.models import Alignment, ChosenColumn, ClaimState, Story
from tests.browser.test_journey import choose_claim
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "\n\n".join(
    f"On day {n} the harbour of Norvik counted {n * 11} crates, said warden Ole Moen." for n in range(40)
)


@pytest.fixture
def story(db: None) -> Story:
    return make_story(title="Ferry accident")


@pytest.fixture
def long_story(db: None) -> Story:
    return make_story([make_article("One", "A", LONG), make_article("Two", "B", LONG)], title="Crates")


def number_shown(page: Page) -> Locator:
    return page.locator("#panel:not([data-skeleton]) [data-number]")


def top_of(page: Page, place: str) -> int:
    return page.locator(place).evaluate("element => Math.round(element.scrollTop)")


# --- Overview -----------------------------------------------------------------------------------------------------


def test_overview_leads_to_claims_by_keyboard(visit: Callable[..., Page], reader: User, long_story: Story):
    page = visit(long_story.get_absolute_url(), as_=reader)
    overview = page.get_by_role("slider", name="Claims in One")
    overview.focus()
    overview.press("End")
    said = overview.get_attribute("aria-valuetext") or ""
    assert top_of(page, ".source-scroll >> nth=0") > 0

    overview.press("Enter")

    number = re.match(r"Claim (\d+), ", said).group(1)  # type: ignore[union-attr]
    expect(number_shown(page)).to_have_attribute("data-number", number)
    expect(overview).to_be_focused()


def test_overview_leads_to_claims_by_mouse(visit: Callable[..., Page], reader: User, long_story: Story):
    page = visit(long_story.get_absolute_url(), as_=reader)
    overview = page.locator("[data-overview]").first
    path = overview.locator(".ticks").first
    number = (path.get_attribute("data-claims") or "").split()[-1]
    top = int((path.get_attribute("d") or "").split("M0 ")[-1].split("h")[0])
    height = overview.evaluate("element => element.clientHeight")

    overview.click(position={"x": 6, "y": top * height / 1000})

    expect(page).to_have_url(re.compile(r"claim=\d+"))
    expect(page.locator(f'.source >> nth=0 >> .claim[data-claim~="{number}"]').first).to_be_in_viewport()


def test_overview_shows_the_claim_of_the_address(visit: Callable[..., Page], reader: User, long_story: Story):
    page = visit(long_story.claims.standing().in_reading_order()[0].get_absolute_url(), as_=reader)
    expect(page.locator(".tick-chosen").first).to_have_attribute("d", re.compile("M0"))


def test_overview_shows_the_part_in_sight(visit: Callable[..., Page], reader: User, long_story: Story):
    page = visit(long_story.get_absolute_url(), as_=reader)
    sight = page.locator(".sight").first
    expect(sight).to_have_attribute("y", "0.0")

    page.locator(".source-scroll").first.evaluate("element => element.scrollTo({ top: 900, behavior: 'instant' })")

    expect(sight).not_to_have_attribute("y", "0.0")


def test_phone_has_the_room_for_its_text(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader, width="phone")
    expect(page.locator(".headline").first).to_be_in_viewport()
    expect(page.locator("[data-overview]").first).to_be_hidden()


# --- Gist ---------------------------------------------------------------------------------------------------------


def line_of(page: Page, state: str) -> str:
    mark = page.locator(f'.prose .claim[data-state="{state}"]').first
    return mark.evaluate(
        "element => { const s = getComputedStyle(element); return s.borderBottomStyle + s.borderBottomColor; }"
    )


def test_gist_draws_agreed_claims_only_for_whoever_looks(visit: Callable[..., Page], reader: User):
    body = "The harbour of Norvik was closed on Monday, said harbour master Lena Dahl."
    story = make_story(
        [make_article("One", "A", body), make_article("Two", "B", f"{body}\n\nTwelve divers came on Tuesday.")]
    )
    assert story.claims.filter(state=ClaimState.AGREED).exists()
    page = visit(story.get_absolute_url(), as_=reader)
    clear = "solidrgba(0, 0, 0, 0)"
    assert line_of(page, "agreed") == clear
    assert line_of(page, "only").startswith("dashed")

    page.locator('.prose .claim[data-state="agreed"] .ref').first.focus()
    assert line_of(page, "agreed") != clear

    page.locator("body").click(position={"x": 5, "y": 5})
    page.get_by_label("draw in the text").check()
    assert line_of(page, "agreed") != clear
    page.get_by_label("draw in the text").uncheck()
    assert line_of(page, "agreed") == clear
    page.keyboard.press("g")
    assert line_of(page, "agreed") != clear


# --- A pile -------------------------------------------------------------------------------------------------------


def test_press_on_a_pile_offers_every_mark_smallest_first(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    figure = page.locator(".prose .claim .figure").first
    number = figure.evaluate("element => element.closest('.claim').dataset.claim")

    figure.click()

    pile = page.get_by_role("menu", name="Marked in this place")
    items = pile.get_by_role("menuitem")
    expect(items.first).to_contain_text("Figure")
    expect(items.last).to_contain_text(f"Claim {number}")
    expect(items.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(pile).to_be_hidden()

    figure.click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(number_shown(page)).to_have_attribute("data-number", number)


def test_pile_opens_at_a_number_by_keyboard(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    number = page.locator(".prose .claim:has(.figure) .ref").first
    number.focus()

    page.keyboard.press("p")

    expect(page.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(number).to_be_focused()


def test_pile_with_nothing_drawn_in_it_does_not_open(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    # The panel that is fetched where the focus rests.
    with page.expect_response("**/claims/*/"):
        page.locator(".prose .claim:has(.figure) .ref").first.focus()

    # One after the other in one task: the number has the focus until the page is drawn without its layers.
    page.evaluate(
        """() => {
          for (const key of ["1", "2", "3", "p"]) {
            document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
          }
        }"""
    )

    expect(page.get_by_role("menu")).to_have_count(0)


def test_pile_closes_when_its_words_are_drawn_anew(visit: Callable[..., Page], fact_checker: User, story: Story):
    claim = story.claims.standing().filter(source_count__gt=1).first()
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    alignment = Alignment.objects.filter(claim=claim).live().order_by("appearance__start").last()
    page.keyboard.press("c")
    page.locator(f"#reject-{alignment.pk}").click()
    expect(page.locator("#toast")).to_contain_text("Rejected")
    paragraph = page.locator(f"[data-version='{alignment.appearance.version_id}'] [data-start]").filter(
        has_text=alignment.appearance.quote[:20]
    )
    paragraph.locator(".ref").first.focus()
    page.keyboard.press("p")
    expect(page.get_by_role("menuitem").first).to_be_focused()

    page.keyboard.press("z")

    expect(page.locator("#toast")).to_contain_text("Taken back.")
    expect(page.get_by_role("menu")).to_have_count(0)


def test_quotation_of_a_pile_opens_its_sheet(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    page.locator(".prose .claim .quote:not(.figure)").first.click()

    page.get_by_role("menuitem", name="Quotation").click()

    expect(page.locator("#mark-sheet-h")).to_be_focused()
    expect(page.locator("#mark-sheet-h")).to_have_text("Quotation")
    expect(page).to_have_url(story.get_absolute_url(), ignore_case=True)
    page.keyboard.press("Escape")
    expect(page.locator("#mark-sheet")).to_have_count(0)


def test_name_of_a_pile_and_a_name_alone_open_the_sheet(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    page.keyboard.press("4")
    name = page.locator(".prose .claim .name").get_by_text("Lena Dahl", exact=True).first
    name.click()
    page.get_by_role("menuitem", name="Name").click()
    expect(page.locator("#mark-sheet-h")).to_have_text("Lena Dahl")
    page.keyboard.press("Escape")

    # Without the other layers the same press means the name alone.
    page.keyboard.press("1")
    page.keyboard.press("2")
    name.click()
    expect(page.locator("#mark-sheet-h")).to_have_text("Lena Dahl")
    expect(page.get_by_role("menu")).to_have_count(0)


def test_press_on_a_claim_alone_chooses_it(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    mark = page.locator(".prose .claim:not(.figure, .quote):not(:has(.figure, .quote))").first
    number = mark.evaluate("element => element.dataset.claim")
    mark.click()
    expect(number_shown(page)).to_have_attribute("data-number", number)
    expect(page.locator("#mark-sheet")).to_have_count(0)


# --- Columns ------------------------------------------------------------------------------------------------------


def letters(page: Page) -> list[str]:
    return page.locator(".source-head > .siglum").all_inner_texts()


def test_columns_move_by_button_and_key_and_stay(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    with page.expect_response(lambda answer: "/columns/" in answer.url):
        page.get_by_role("button", name="Move Coast Daily to the left").click()
    assert letters(page) == ["B", "A"]
    second, first = (str(pk) for pk in story.articles.in_order().values_list("pk", flat=True).reverse())
    expect(page).to_have_url(re.compile(rf"show={second}&show={first}"))
    assert [row.article.outlet.name for row in ChosenColumn.objects.order_by("position")] == [
        "Coast Daily",
        "The Harbour Post",
    ]
    with page.expect_response(lambda answer: "/columns/" in answer.url):
        page.keyboard.press(">")
    assert letters(page) == ["A", "B"]


def test_order_is_there_on_the_next_visit(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader, javascript=False)
    page.get_by_role("button", name="Move Coast Daily to the left").click()
    assert letters(page) == ["B", "A"]

    page.goto(story.get_absolute_url())

    assert letters(page) == ["B", "A"]


def test_quick_moves_are_remembered_in_their_order(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    arrived: list[str] = []
    held: list[Any] = []

    def hold(route: Any) -> None:
        arrived.append(route.request.post_data)
        if len(arrived) == 1:
            held.append(route)
        else:
            route.continue_()

    page.route("**/columns/", hold)
    with page.expect_request("**/columns/"):
        page.get_by_role("button", name="Move Coast Daily to the left").click()
    for key in "><>":
        page.keyboard.press(key)
    assert letters(page) == ["A", "B"]
    assert len(arrived) == 1

    with page.expect_response(lambda answer: "/columns/" in answer.url and answer.request.post_data != arrived[0]):
        held[0].continue_()

    # The moves that later ones had overtaken are not sent.
    assert len(arrived) == 2
    assert [row.article.outlet.name for row in ChosenColumn.objects.order_by("position")] == [
        "The Harbour Post",
        "Coast Daily",
    ]


def test_words_of_a_hidden_column_are_a_link_to_their_text(visit: Callable[..., Page], reader: User, story: Story):
    claim = story.claims.standing().filter(source_count__gt=1).first()
    first, second = story.articles.in_order()
    page = visit(f"{claim.get_absolute_url()}&show={first.pk}", as_=reader)
    hidden = page.locator(".wording", has_text=second.outlet.name).locator(".para").first

    hidden.click()

    expect(page).to_have_url(re.compile(rf"/versions/{second.current_version.pk}/"))
    expect(page.locator("#passage")).to_be_in_viewport()


# --- What others did ----------------------------------------------------------------------------------------------


def test_notes_of_others_are_announced_and_nothing_moves(
    visit: Callable[..., Page], fact_checker: User, editor: User, long_story: Story
):
    page = visit("/", as_=fact_checker)
    page.clock.install()
    page.goto(long_story.get_absolute_url())
    page.locator(".source-scroll").first.evaluate("element => element.scrollTo({ top: 700, behavior: 'instant' })")
    claim = long_story.claims.standing().first()
    content = NoteContent(verdict=Verdict.objects.offered()[0], text="Read the log.")
    create_note(claim=claim, content=content, state=NoteState.SUBMITTED, by=editor, key=uuid4())

    page.clock.fast_forward(31_000)

    news = page.locator("[data-news]")
    expect(news).to_contain_text("1 new note")
    assert top_of(page, ".source-scroll >> nth=0") == 700
    expect(page.locator(".marked .flag:visible")).to_have_count(0)
    news.get_by_role("link", name="Show").click()
    expect(page.locator(".marked .flag:visible").first).to_be_visible()
    expect(page.locator("[data-news]")).to_be_empty()


# --- Back ---------------------------------------------------------------------------------------------------------


def test_back_finds_claim_places_and_focus_again(visit: Callable[..., Page], reader: User, long_story: Story):
    page = visit(long_story.get_absolute_url(), as_=reader)
    page.locator("#index").evaluate("element => element.scrollTo({ top: 300, behavior: 'instant' })")
    page.locator(".index-list a").nth(8).click()
    expect(number_shown(page)).to_be_visible()
    place = ".source-scroll >> nth=1"
    page.locator(place).evaluate("element => element.scrollTo({ top: 650, behavior: 'instant' })")

    page.get_by_role("link", name="Ledger").click()
    expect(page.get_by_role("table")).to_be_visible()
    page.go_back()

    expect(number_shown(page)).to_be_visible()
    page.wait_for_function("document.querySelectorAll('.source-scroll')[1].scrollTop === 650")
    page.go_back()
    expect(page.locator("#index-h")).to_be_visible()
    page.wait_for_function("document.querySelector('#index').scrollTop === 300")


# --- Waiting and failing ------------------------------------------------------------------------------------------


def test_first_choice_waits_with_its_statement(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/claims/*/", hold)
    row = page.locator(".index-list a").first
    statement = row.locator(".row-words").inner_text()

    row.click()

    expect(page.locator("#panel[data-skeleton] [data-statement]")).to_have_text(statement)
    for route in held:
        route.continue_()
    expect(number_shown(page)).to_be_visible()


def test_panel_that_does_not_come_leaves_the_choice_before(visit: Any, reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    choose_claim(page)
    before = number_shown(page).get_attribute("data-number")
    address = page.url
    page.route("**/claims/*/", lambda route: route.abort())
    other = page.locator(f'.prose .ref:not([data-select="{before}"])').last

    other.press("Enter")

    alert = page.locator(".panel").get_by_role("alert")
    expect(alert).to_contain_text("the desk cannot be reached")
    expect(alert).to_contain_text(f"Claim {before} is still chosen")
    assert page.url == address
    expect(page.locator(".read")).to_have_attribute("data-selected", before or "")
    page.unroute("**/claims/*/")
    alert.get_by_role("button", name="Try again").click()
    expect(number_shown(page)).to_have_attribute("data-number", other.get_attribute("data-select") or "")
    expect(alert).to_have_count(0)
    visit.messages.clear()


def test_panel_is_fetched_where_the_focus_rests(visit: Any, reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    number = page.locator(".prose .ref").first
    with page.expect_response(re.compile(r"/claims/\d+/$")):
        number.focus()
    # What is asked for now brings nothing; neither do the panels beside the chosen one.
    page.route("**/claims/*/", lambda route: route.fulfill(status=204))

    number.press("Enter")

    expect(number_shown(page)).to_have_attribute("data-number", number.get_attribute("data-select") or "")


# --- Links --------------------------------------------------------------------------------------------------------


def test_links_of_claim_and_words_are_copied(visit: Callable[..., Page], reader: User, story: Story):
    page = visit(story.get_absolute_url(), as_=reader)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    choose_claim(page)
    page.locator("#panel").get_by_role("button", name="Copy link").click()
    expect(page.locator("#panel [data-copy]")).to_have_text("Link copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.search(rf"/stories/{story.slug}/claims/\d+/$", copied)

    page.keyboard.press("m")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    page.get_by_role("toolbar").get_by_role("button", name="Copy link").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('/versions/'))")
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    expect(page.locator(".linked").first).to_be_visible()


# --- Zoom and paper -----------------------------------------------------------------------------------------------


def test_at_high_zoom_the_page_scrolls_and_not_its_parts(visit: Callable[..., Page], reader: User, long_story: Story):
    page = visit(long_story.get_absolute_url(), as_=reader)
    page.set_viewport_size({"width": 320, "height": 256})
    scroll = page.locator(".source-scroll").first
    assert scroll.evaluate("element => element.scrollHeight <= element.clientHeight + 1")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.locator(".prose .ref").first.press("Enter")

    expect(number_shown(page)).to_be_in_viewport()


def test_print_names_the_outlets_and_has_the_whole_text(visit: Callable[..., Page], reader: User, long_story: Story):
    page = visit(long_story.get_absolute_url(), as_=reader)
    page.set_viewport_size({"width": 700, "height": 990})
    page.emulate_media(media="print")
    for source in page.locator(".source").all():
        expect(source.locator(".outlet")).to_be_visible()
        assert source.locator(".source-scroll").evaluate("element => element.clientHeight >= element.scrollHeight - 1")
    expect(page.locator(".mover").first).to_be_hidden()


def test_long_name_of_an_outlet_leaves_the_cell_its_word(visit: Callable[..., Page], reader: User):
    story = make_story(
        [
            make_article("The Unabridged Evening Chronicle of Norvik and the Outer Islands"),
            *(make_article(f"Outlet {n}", f"Headline {n}") for n in range(3)),
        ]
    )
    page = visit(story.get_absolute_url(), as_=reader)
    page.locator(".source").first.locator(".ref").last.click()
    expect(number_shown(page)).to_be_visible()
    head, word = page.locator(".source-head").first, page.locator(".source-cell .cell-state").first
    frame, box = head.bounding_box(), word.bounding_box()
    assert frame is not None
    assert box is not None
    assert box["x"] + box["width"] <= frame["x"] + frame["width"]
