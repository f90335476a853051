"""The columns of the Read screen: moved, remembered, hidden, with long names; and what others did meanwhile."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from annotations.models import NoteState, Verdict
from annotations.writing import NoteContent, create_note
from articles.models import ChosenColumn, ClaimState, Story
from tests.browser.reading import make_long_story, number_shown, top_of
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(db: None) -> Story:
    return make_story(title="Ferry accident")


@pytest.fixture
def long_story(db: None) -> Story:
    return make_long_story()


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


def test_silent_column_stays_grey_when_it_is_moved(visit: Callable[..., Page], reader: User, story: Story):
    alone = story.claims.standing().filter(state=ClaimState.ONLY).order_by("position")[0]
    page = visit(f"{story.get_absolute_url()}?claim={alone.number}", as_=reader)
    expect(page.locator(".source[data-part=silent]")).to_have_count(1)
    greyed = "() => [...CSS.highlights.get('silent') ?? []].filter(range => !range.collapsed).map(String).join(' ')"
    before = page.evaluate(greyed)
    assert before
    page.locator(".source-scroll").nth(1).focus()
    with page.expect_response(lambda answer: "/columns/" in answer.url):
        page.keyboard.press("<")
    assert letters(page) == ["B", "A"]
    assert page.evaluate(greyed) == before


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
