"""Correcting from the ledger, from the rows of passages and from the sheet of a name, each with its taking back."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles import deciding
from articles.models import Alignment, AlignmentDecision, Claim, Decision, Entity, Quotation, Story, Verb
from tests.browser.correcting import choose_claim, first_of, item, open_corrections, said
from tests.browser.screens import LOOKS
from tests.factory import make_article, make_story, two_accounts

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(db: None) -> Story:
    return make_story(
        [
            *two_accounts(),
            make_article("North Sea Wire", "Quiet week in Orlund", "The market in Orlund stayed shut all winter."),
        ],
        title="Ferry accident",
    )


@pytest.fixture
def claim(story: Story) -> Claim:
    return story.claims.standing().get(divergences__kind="quantity")


def open_drawer(page: Page, claim: Claim):
    """By the keyboard: on its row, c."""
    page.locator(f"#row-{claim.number}").focus()
    page.keyboard.press("c")
    drawer = page.locator(f"[data-drawer='{claim.pk}']")
    expect(drawer.locator("[data-corrections-head]")).to_be_focused()
    return drawer


def test_drawer_opens_and_closes_by_keys(visit: Callable[..., Page], fact_checker: User, story: Story, claim: Claim):
    page = visit(reverse("story_ledger", args=[story.slug]), as_=fact_checker)
    open_drawer(page, claim)
    link = page.locator(f"[data-correct-row='{claim.pk}']")
    expect(link).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator("[data-drawer]")).to_have_count(0)
    expect(page.locator(f"#row-{claim.number}")).to_be_focused()
    expect(link).to_have_attribute("aria-expanded", "false")
    # A second one closes the first; j and k go on from the row it belongs to.
    other = story.claims.standing().exclude(pk=claim.pk).first()
    open_drawer(page, other)
    open_drawer(page, claim)
    expect(page.locator("[data-drawer]")).to_have_count(1)
    page.locator(f"#row-{claim.number}").hover()
    link.click()
    expect(page.locator("[data-drawer]")).to_have_count(0)


ACTS = {
    "decide": lambda drawer, alignment: item(drawer, alignment).get_by_role("button", name="Not this claim").click(),
    "statement": lambda drawer, _: (
        drawer.get_by_text("Reword the claim").click(),
        drawer.get_by_label("The claim in a sentence", exact=True).fill("More than a hundred were aboard."),
        drawer.get_by_role("button", name="Save the wording").click(),
    ),
    "split": lambda drawer, alignment: (
        drawer.get_by_text("Move or split off passages").click(),
        drawer.locator(f"#pick-{alignment.pk}").check(),
        drawer.get_by_role("button", name="Split off").click(),
    ),
    "stance": lambda drawer, alignment: (
        item(drawer, alignment).locator(".more > summary").click(),
        item(drawer, alignment).get_by_text("Who says it, and how certain").click(),
        item(drawer, alignment).get_by_label("Who says it", exact=False).first.fill("Lena Dahl"),
        item(drawer, alignment).get_by_label("How certain it sounds").select_option("Probable"),
        item(drawer, alignment).get_by_role("button", name="Save").click(),
    ),
    "divergence": lambda drawer, _: drawer.get_by_role("button", name="No difference").first.click(),
    "merge": lambda drawer, _: (
        drawer.get_by_text("Same as another claim").click(),
        choose_claim(drawer.locator("[id^=row-merge]")),
        drawer.get_by_role("button", name="Merge into that claim").click(),
    ),
    "origin": lambda drawer, _: (
        drawer.get_by_text("One origin or two?").click(),
        drawer.locator("[id^=row-origin]").get_by_role("button", name="Save").click(),
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_correcting_in_the_drawer(visit: Callable[..., Page], fact_checker: User, story: Story, claim: Claim, act: str):
    page = visit(reverse("story_ledger", args=[story.slug]), as_=fact_checker)
    page.evaluate("window.isSamePage = true")
    ACTS[act](open_drawer(page, claim), first_of(claim))
    expect(said(page).get_by_role("button", name="Take back")).to_be_visible()
    drawer = page.locator(f"[data-drawer='{claim.pk}']")
    expect(drawer.locator(".log .item").first).to_contain_text("Farid Checker")
    if act == "statement":
        expect(page.locator(f"#row-{claim.number}")).to_contain_text("More than a hundred were aboard.")
    if act == "split":
        made = story.claims.latest("number")
        expect(page.locator(f"#row-{made.number}")).to_have_count(1)
    made_by = list(Decision.objects.values_list("pk", flat=True))
    page.keyboard.press("z")
    expect(said(page)).to_contain_text("Taken back.")
    assert set(Decision.objects.filter(undone_by__isnull=False).values_list("pk", flat=True)) == set(made_by)
    expect(page.locator(f"#row-{claim.number}")).to_contain_text(claim.statement)
    # The drawer stays under its row.
    assert page.evaluate("document.querySelector('[data-drawer]').previousElementSibling.dataset.claim") == str(
        claim.pk
    )
    assert page.evaluate("window.isSamePage")


@pytest.fixture
def possible(story: Story, claim: Claim) -> Alignment:
    """A possible match of another source's passage."""
    silent = Alignment.objects.live().filter(appearance__quote__startswith="The market")[0]
    return Alignment.objects.create(
        claim=claim, appearance=silent.appearance, method="words", score=0.4, decision=AlignmentDecision.POSSIBLE
    )


@pytest.mark.parametrize(("word", "decision"), [("Yes", "confirmed"), ("No", "rejected"), ("Unsure", "unsure")])
def test_possible_match_is_answered_in_its_cell(
    visit: Callable[..., Page], fact_checker: User, story: Story, possible: Alignment, word: str, decision: str
):
    page = visit(reverse("story_ledger", args=[story.slug]), as_=fact_checker)
    ask = page.locator(f"[data-ask='{possible.pk}']")
    ask.get_by_role("button", name=word).click()
    expect(said(page).get_by_role("button", name="Take back")).to_be_visible()
    expect(ask).to_have_count(0)
    possible.refresh_from_db()
    assert possible.decision == decision
    said(page).get_by_role("button", name="Take back").click()
    expect(said(page)).to_contain_text("Taken back.")
    assert Decision.objects.latest("pk").verb == Verb.UNDO


def test_cell_that_somebody_else_answered_shows_how_it_stands(
    visit: Callable[..., Page], fact_checker: User, editor: User, story: Story, possible: Alignment
):
    page = visit(reverse("story_ledger", args=[story.slug]), as_=fact_checker)
    ask = page.locator(f"[data-ask='{possible.pk}']")
    expect(ask).to_be_visible()
    rows = page.locator("[data-ledger] tr[data-claim]").count()
    deciding.reject(alignment=possible, expected=possible.revision, by=editor)

    ask.get_by_role("button", name="Yes").click()

    expect(said(page)).to_contain_text("Not decided. Somebody else decided about this a moment ago.")
    expect(ask).to_have_count(0)
    expect(page.locator("[data-ledger] tr[data-claim]")).to_have_count(rows)
    assert Decision.objects.count() == 1


FILTERS = "document.querySelector('#ledger-choice').innerText.replace(/\\s+/g, ' ')"
CHOSEN = "[...document.querySelectorAll('#ledger-choice select')].map(select => select.value)"
OPTIONS = "[...document.querySelectorAll('#ledger-choice option')].map(option => option.textContent)"
# What the line above the table and the table's caption say of how many are shown.
SAID = (
    "['#ledger-count', '#ledger caption'].map(it => document.querySelector(it).textContent.match(/\\d+ of \\d+/)?.[0])"
)


@pytest.mark.parametrize("query", ["", "?state=differs&check=possible"])
@pytest.mark.parametrize("where", ["cell", "drawer"])
def test_counts_of_the_filters_follow_a_correction(
    visit: Callable[..., Page],
    fact_checker: User,
    story: Story,
    claim: Claim,
    possible: Alignment,
    where: str,
    query: str,
):
    """As on a page opened anew, while the rows stay: also one that the filter would no longer let through."""
    address = reverse("story_ledger", args=[story.slug]) + query
    page = visit(address, as_=fact_checker)
    rows = page.locator("[data-ledger] tr[data-claim]")
    count = rows.count()
    first, chosen = page.evaluate(FILTERS), page.evaluate(CHOSEN)
    if where == "cell":
        page.locator(f"[data-ask='{possible.pk}']").get_by_role("button", name="No").click()
    else:
        open_drawer(page, claim).get_by_role("button", name="No difference").first.click()
    expect(said(page).get_by_role("button", name="Take back")).to_be_visible()
    here = [page.evaluate(FILTERS), page.evaluate(OPTIONS)]
    assert rows.count() == count
    assert len(set(page.evaluate(SAID))) == 1
    other = visit(address, as_=fact_checker)
    assert here == [other.evaluate(FILTERS), other.evaluate(OPTIONS)]
    assert here[0] != first
    assert page.evaluate(CHOSEN) == chosen
    page.keyboard.press("z")
    expect(said(page)).to_contain_text("Taken back.")
    here = page.evaluate(FILTERS)
    other.reload()
    assert here == other.evaluate(FILTERS)
    assert len(set(page.evaluate(SAID))) == 1
    # The chips are the filter's still.
    page.locator("label[for=state-agreed]").click()
    expect(page.locator(f"#row-{claim.number}")).to_have_count(0)


def test_key_that_takes_back_says_when_there_is_nothing(
    visit: Callable[..., Page], fact_checker: User, reader: User, story: Story, possible: Alignment
):
    address = reverse("story_ledger", args=[story.slug])
    page = visit(address, as_=fact_checker)
    page.keyboard.press("z")
    expect(said(page)).to_contain_text("Nothing on this page can be taken back")
    page.locator(f"[data-ask='{possible.pk}']").get_by_role("button", name="No").click()
    expect(said(page).get_by_role("button", name="Take back")).to_be_visible()
    page.keyboard.press("z")
    expect(said(page)).to_contain_text("Taken back.")
    page = visit(address, as_=reader)
    page.keyboard.press("z")
    expect(said(page)).to_be_empty()


def test_ledger_without_javascript_leads_to_the_corrections(
    visit: Callable[..., Page], fact_checker: User, story: Story, claim: Claim, possible: Alignment
):
    page = visit(reverse("story_ledger", args=[story.slug]), as_=fact_checker, javascript=False)
    expect(page.locator(f"[data-ask='{possible.pk}'] button").first).to_be_hidden()
    page.locator(f"[data-ask='{possible.pk}'] a").click()
    expect(page).to_have_url(re.compile(rf"/claims/{possible.claim_id}/correct/#row-decide-{possible.pk}$"))
    page.go_back()
    page.locator(f"[data-correct-row='{claim.pk}']").click()
    expect(page.get_by_role("heading", name=f"Correct claim {claim.number}")).to_be_visible()


def test_two_people_at_once_in_the_ledger(
    visit: Callable[..., Page], fact_checker: User, editor: User, story: Story, claim: Claim
):
    page = visit(reverse("story_ledger", args=[story.slug]), as_=fact_checker)
    drawer = open_drawer(page, claim)
    alignment = first_of(claim)
    deciding.reject(alignment=alignment, by=editor, expected=alignment.revision)
    item(drawer, alignment).get_by_role("button", name="Confirm").click()
    alert = page.locator("[data-drawer] [role=alert]")
    expect(alert).to_contain_text("somebody was faster")
    expect(alert).to_be_focused()
    expect(page.locator("[data-drawer] .latest")).to_contain_text("Edda Editor")
    alignment.refresh_from_db()
    assert alignment.decision == AlignmentDecision.REJECTED


def test_reader_is_asked_nothing_in_the_ledger(
    visit: Callable[..., Page], reader: User, story: Story, possible: Alignment
):
    for name in ("story_ledger", "story_rows"):
        page = visit(reverse(name, args=[story.slug]), as_=reader)
        expect(page.locator("[data-ask], [data-correct-row]")).to_have_count(0)


# --- Names and quotations -----------------------------------------------------------------------------------------


def open_name(page: Page) -> None:
    """By the keyboard: the first name in sight."""
    if not page.locator("#l-names").is_checked():
        page.keyboard.press("4")
    page.keyboard.press("w")
    for _ in range(12):
        if page.evaluate("document.activeElement.textContent") == "Lena Dahl":
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#mark-sheet-h")).to_be_focused()


def test_name_is_opened_and_closed_by_keys(visit: Callable[..., Page], fact_checker: User, story: Story):
    page = visit(story.get_absolute_url(), as_=fact_checker)
    open_name(page)
    sheet = page.locator("#mark-sheet")
    expect(sheet).to_contain_text("Lena Dahl")
    expect(sheet).to_contain_text("Person")
    expect(sheet.locator(".mark-names")).to_contain_text("Lena Dahl")
    expect(sheet.get_by_role("link", name="In all stories")).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    assert page.evaluate("document.activeElement.textContent") == "Lena Dahl"
    # One stop in each column, however many names there are.
    assert page.locator(".marked [tabindex='0'].hl").count() == story.articles.count()


NAME_ACTS = {
    "Rename": ("Name", "Lena P. Dahl", "Rename"),
    "Add another name": ("Also called", "the harbour master", "Add the name"),
    "Change its kind": ("Kind", "Organisation", "Save"),
    "Same as another name": ("The other name", "Norvik", "Merge into that name"),
    "Two of one name": ("Name of the other", "Lena Dahl the younger", "Tell apart"),
}


@pytest.mark.parametrize("summary", NAME_ACTS)
def test_name_is_corrected_in_its_sheet(visit: Callable[..., Page], fact_checker: User, story: Story, summary: str):
    label, value, button = NAME_ACTS[summary]
    page = visit(story.get_absolute_url(), as_=fact_checker)
    page.evaluate("window.isSamePage = true")
    open_name(page)
    sheet = page.locator("#mark-sheet")
    sheet.locator("summary").get_by_text(summary).click()
    field = sheet.get_by_label(label, exact=True)
    if summary == "Change its kind":
        field.select_option(value)
    else:
        field.fill(value)
    if summary == "Two of one name":
        sheet.locator(".place").first.click()
    sheet.get_by_role("button", name=button, exact=True).click()
    expect(said(page)).to_contain_text("Later readings of the texts keep to it.")
    if summary == "Rename":
        expect(sheet.locator("#mark-sheet-h")).to_have_text("Lena P. Dahl")
    assert Decision.objects.count() == 1
    page.locator("#mark-sheet-h").focus()
    page.keyboard.press("z")
    expect(said(page)).to_contain_text("Taken back.")
    expect(sheet.locator("#mark-sheet-h")).to_have_text("Lena Dahl")
    assert Entity.objects.filter(name="Lena Dahl", kind="person", merged_into=None).exists()
    assert page.evaluate("window.isSamePage")


def test_refused_name_keeps_what_was_typed(visit: Callable[..., Page], fact_checker: User, story: Story):
    page = visit(story.get_absolute_url(), as_=fact_checker)
    open_name(page)
    sheet = page.locator("#mark-sheet")
    sheet.locator("summary").get_by_text("Same as another name").click()
    sheet.get_by_label("The other name", exact=True).fill("Nobody Known")
    sheet.get_by_role("button", name="Merge into that name").click()
    expect(sheet.get_by_role("alert").first).to_be_focused()
    expect(sheet.get_by_label("The other name", exact=True)).to_have_value("Nobody Known")


def test_quotation_is_rejected_from_its_mark(visit: Callable[..., Page], fact_checker: User, story: Story):
    quotation = Quotation.objects.filter(version__article__story=story, kind="direct").order_by("version", "start")[0]
    page = visit(story.get_absolute_url(), as_=fact_checker)
    marks = page.locator(f"[data-version='{quotation.version_id}'] .marked .quote")
    count = marks.count()
    # Figures away, it is the first that is marked.
    page.keyboard.press("3")
    page.keyboard.press("w")
    page.keyboard.press("Enter")
    sheet = page.locator("#mark-sheet")
    expect(sheet).to_contain_text("Lena Dahl")
    sheet.get_by_role("button", name="Not a quotation").click()
    expect(said(page)).to_contain_text("No longer taken for a quotation")
    expect(sheet).to_contain_text("Not a quotation, says Farid Checker")
    assert marks.count() < count
    page.locator("#mark-sheet-h").focus()
    page.keyboard.press("z")
    expect(said(page)).to_contain_text("Taken back.")
    expect(marks).to_have_count(count)


def test_speaker_in_the_panel_opens_the_sheet(visit: Callable[..., Page], reader: User, story: Story):
    said_by = Alignment.objects.filter(appearance__speaker__name="Lena Dahl").live().select_related("claim__story")[0]
    page = visit(said_by.claim.get_absolute_url(), as_=reader)
    page.locator("#panel").get_by_role("link", name="Lena Dahl").first.click()
    expect(page.locator("#mark-sheet-h")).to_be_focused()
    expect(page.locator("#mark-sheet [name=act]")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#panel").get_by_role("link", name="Lena Dahl").first).to_be_focused()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_nothing_is_in_the_way(
    visit: Callable[..., Page],
    find_violations,
    fact_checker: User,
    story: Story,
    claim: Claim,
    possible: Alignment,
    width: str,
    scheme: str,
):
    page = visit(reverse("story_ledger", args=[story.slug]), as_=fact_checker, width=width, scheme=scheme)
    drawer = open_drawer(page, claim)
    page.evaluate("document.querySelectorAll('[data-drawer] details').forEach(details => { details.open = true; })")
    drawer.get_by_role("button", name="Unsure").first.click()
    expect(said(page)).to_contain_text("Marked unsure")
    assert find_violations(page) == []
    page.goto(story.get_absolute_url())
    open_name(page)
    page.evaluate("document.querySelectorAll('#mark-sheet details').forEach(details => { details.open = true; })")
    assert find_violations(page) == []


def test_possible_match_is_answered_among_the_rows(visit: Callable[..., Page], fact_checker: User):
    bodies = [
        "A ferry with 120 passengers ran aground off Norvik on Monday.",
        "A ferry with 140 passengers ran aground off Norvik on Monday.",
        "The harbour had a quiet week. Nobody went out.",
    ]
    story = make_story(
        [make_article(outlet, f"Report of {outlet}", body) for outlet, body in zip("ABC", bodies, strict=True)]
    )
    claim = story.claims.standing().filter(source_count=2).first()
    other = Alignment.objects.live().filter(appearance__quote__startswith="The harbour")[0]
    possible = Alignment.objects.create(
        claim=claim, appearance=other.appearance, method="words", score=0.4, decision=AlignmentDecision.POSSIBLE
    )
    page = visit(reverse("story_rows", args=[story.slug]), as_=fact_checker)
    ask = page.locator(f"[data-ask='{possible.pk}']")
    ask.get_by_role("button", name="No").click()
    expect(said(page)).to_contain_text("Rejected")
    expect(ask).to_contain_text("Show the rows anew")
    page.keyboard.press("z")
    expect(said(page)).to_contain_text("Taken back.")
    open_again = page.goto(claim.get_absolute_url())
    assert open_again
    open_corrections(page)
