"""Correcting the machine in a real browser: each act with its taking back, by keyboard, without a script, by two."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from articles import deciding
from articles.models import Alignment, AlignmentDecision, Claim, ClaimState, Decision, Entity, Quotation, Story, Verb
from articles.reading.possible import next_possible
from tests.browser.test_accessibility import LOOKS
from tests.factory import make_article, make_story, two_accounts

pytestmark = pytest.mark.django_db(transaction=True)

COPIED = (
    " The coastguard sent three lifeboats and a helicopter from the base at Orlund shortly before nine in the morning, "
    "and took the last passengers off the stranded ferry by noon, with the crew still aboard."
)

UNFOLD = "document.querySelectorAll('#main .corrections details').forEach(details => { details.open = true; })"


@pytest.fixture
def story(db: None) -> Story:
    return make_story(
        [
            *two_accounts(),
            make_article(
                "North Sea Wire",
                "Norvik ferry company silent",
                "A boat with many people hit a rock on Monday, Lena Dahl said. The company has said nothing.",
            ),
        ],
        title="Ferry accident",
    )


@pytest.fixture
def claim(story: Story) -> Claim:
    return story.claims.standing().get(divergences__kind="quantity")


def first_of(claim: Claim) -> Alignment:
    return Alignment.objects.filter(claim=claim).live().select_related("appearance", "claim").order_by("pk")[0]


def open_corrections(page: Page) -> Locator:
    page.get_by_role("link", name="Correct", exact=False).and_(page.locator("[data-correct]")).click()
    corrections = page.locator("[data-corrections]")
    expect(corrections).to_be_visible()
    return corrections


def said(page: Page) -> Locator:
    """What has just been decided, over the page."""
    return page.locator("#toast")


def take_back(page: Page, *, by: str = "key") -> None:
    """The last decision, from where the page shows it after the act."""
    if by == "key":
        page.keyboard.press("z")
    else:
        page.locator(".latest").get_by_role("button", name="Take back").click()
    expect(said(page)).to_contain_text("Taken back.")
    # The corrections are open still, with this in their history.
    expect(page.locator("[data-corrections] .log .item").first).to_contain_text("took back")
    assert Decision.objects.latest("pk").verb == Verb.UNDO


def item(corrections: Locator, alignment: Alignment) -> Locator:
    return corrections.locator(f"#row-decide-{alignment.pk}")


@pytest.mark.parametrize(
    ("button", "word", "sentence"),
    [
        ("Confirm", "Confirmed by", "Confirmed: this passage makes claim"),
        ("Not this claim", "Rejected by", "Rejected: this passage does not make claim"),
        ("Unsure", "Unsure by", "Marked unsure"),
    ],
)
def test_deciding_about_a_passage(
    visit: Callable[..., Page], fact_checker: User, claim: Claim, button: str, word: str, sentence: str
):
    alignment = first_of(claim)
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    corrections = open_corrections(page)
    item(corrections, alignment).get_by_text("More").first.click()
    item(corrections, alignment).get_by_label("Why you decide so").fill("I was there.")
    item(corrections, alignment).get_by_role("button", name=button).click()
    expect(said(page)).to_contain_text(sentence)
    decided = item(page.locator("[data-corrections]"), alignment)
    expect(decided).to_contain_text(f"{word} Farid Checker")
    # The work goes on where it stopped.
    expect(decided).to_be_focused()
    assert Decision.objects.get().reason == "I was there."
    take_back(page, by="panel")
    alignment.refresh_from_db()
    assert alignment.decided_by is None


MARK = """
window.isSamePage = true;
document.querySelectorAll(".source-scroll").forEach(box => box.scrollTo({ top: 40, behavior: "instant" }));
"""
SCROLLED = "[...document.querySelectorAll('.source-scroll')].map(box => box.scrollTop)"


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_nothing_moves_and_nothing_closes(visit: Callable[..., Page], fact_checker: User, claim: Claim, width: str):
    """No other page comes: the columns stay where they were read, folds open, a note half written as it is."""
    alignment = first_of(claim)
    page = visit(claim.get_absolute_url(), as_=fact_checker, width=width)
    corrections = open_corrections(page)
    page.locator("#panel [data-note-new]").click()
    page.locator("#panel .noteform textarea").first.fill("Half a note.")
    item(corrections, alignment).locator(".more > summary").click()
    page.evaluate(MARK)
    scrolled = page.evaluate(SCROLLED)
    button = item(corrections, alignment).get_by_role("button", name="Confirm")
    button.scroll_into_view_if_needed()
    row = item(page.locator("[data-corrections]"), alignment)
    height = row.bounding_box()["y"]
    button.focus()
    page.keyboard.press("Enter")
    expect(row).to_contain_text("Confirmed by")
    assert page.evaluate("window.isSamePage")
    assert page.evaluate(SCROLLED) == scrolled
    assert abs(row.bounding_box()["y"] - height) < 2
    expect(row.locator(".more")).to_have_attribute("open", "")
    expect(page.locator("#panel .noteform textarea").first).to_have_value("Half a note.")
    expect(page.locator("[data-status-line], #toast").last).to_contain_text("Confirmed")


LOOK = """
[...document.querySelectorAll(
  ".headline, .prose > p, .source-cell, [id^=ticks-], #index-lists, #index-possible, #tally"
)].map(part => {
  const copy = part.cloneNode(true);
  for (const each of [copy, ...copy.querySelectorAll("*")]) {
    // Set by scripts: places of flags, the one stop of each column.
    for (const name of ["style", "tabindex", "role", "aria-haspopup", "data-stop", "class"]) each.removeAttribute(name);
  }
  return copy.innerHTML.replace(/\\s+/g, " ");
})
"""


@pytest.mark.parametrize("button", ["Not this claim", "Confirm"])
def test_the_page_is_as_if_it_were_opened_anew(
    visit: Callable[..., Page], fact_checker: User, claim: Claim, button: str
):
    """Marks, cells, the list of claims and the counts follow without a reload, and when it is taken back."""
    alignment = Alignment.objects.filter(claim=claim).live().order_by("appearance__version").last()
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    first = page.evaluate(LOOK)
    item(open_corrections(page), alignment).get_by_role("button", name=button).click()
    expect(said(page)).to_contain_text("passage")
    in_place = page.evaluate(LOOK)
    other = visit(page.url, as_=fact_checker)
    assert other.evaluate(LOOK) == in_place
    if button == "Not this claim":
        assert in_place != first
    take_back(page)
    in_place = page.evaluate(LOOK)
    other.reload()
    assert other.evaluate(LOOK) == in_place


def test_what_was_drawn_in_the_text_stays_drawn(visit: Callable[..., Page], fact_checker: User):
    body = "The harbour of Norvik was closed on Monday, said harbour master Lena Dahl."
    told = f"{body}\n\nTwelve divers came on Tuesday, said harbour master Lena Dahl."
    story = make_story([make_article("One", "A", told), make_article("Two", "B", told)])
    claim = story.claims.standing().filter(state=ClaimState.AGREED).in_reading_order()[0]
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    open_corrections(page)
    # The list lies behind the panel of a chosen claim.
    page.evaluate("document.querySelector('#draw-agreed').click()")
    item(page.locator("[data-corrections]"), first_of(claim)).get_by_role("button", name="Unsure").click()
    expect(said(page)).to_contain_text("Marked unsure")
    expect(page.locator("#draw-agreed")).to_be_checked()


def test_moving_a_passage(visit: Callable[..., Page], fact_checker: User, story: Story, claim: Claim):
    alignment = first_of(claim)
    other = story.claims.standing().exclude(pk=claim.pk).in_reading_order()[0]
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    corrections = open_corrections(page)
    row = item(corrections, alignment)
    row.locator(".more > summary").click()
    row.get_by_role("link", name="Move it, or split it off").click()
    expect(page.locator(f"#pick-{alignment.pk}")).to_be_checked()
    # By words, which narrow the list; Enter leads into it.
    find = corrections.locator("[id^=regroup] [data-claim-find]")
    find.fill(" ".join(other.statement.split()[:3]).upper())
    options = corrections.locator("[id^=regroup] [data-claim-options]")
    expect(options.locator("option").first).to_have_attribute("value", str(other.number))
    find.press("Enter")
    expect(options).to_be_focused()
    corrections.get_by_role("button", name="Move", exact=True).click()
    expect(said(page)).to_contain_text(f"Moved to claim {other.number}.")
    assert Alignment.objects.get(claim=other, appearance=alignment.appearance).decision == "confirmed"
    take_back(page)


def test_splitting_off_several_passages(visit: Callable[..., Page], fact_checker: User, story: Story, claim: Claim):
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    corrections = open_corrections(page)
    corrections.get_by_text("Move or split off passages").click()
    for box in corrections.locator("[name=passages]").all()[:2]:
        box.check()
    corrections.get_by_label("The new claim in a sentence").fill("Another ferry.")
    corrections.get_by_role("button", name="Split off").click()
    expect(said(page)).to_contain_text("Split off as claim")
    assert Alignment.objects.filter(claim__statement="Another ferry.", decision="confirmed").count() == 2
    made = story.claims.get(statement="Another ferry.")
    take_back(page)
    made.refresh_from_db()
    assert made.is_retired


def test_choosing_other_words(visit: Callable[..., Page], fact_checker: User, claim: Claim):
    alignment = first_of(claim)
    words = alignment.appearance.quote.rsplit(" ", 1)[0]
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    row = item(open_corrections(page), alignment)
    row.locator(".more > summary").click()
    row.get_by_text("Choose other words").click()
    row.get_by_label("The words that say it").fill("words of my own")
    row.get_by_role("button", name="Use these words").click()
    expect(page.get_by_role("alert").first).to_contain_text("do not stand in the text")
    row = item(page.locator("[data-corrections]"), alignment)
    expect(row.get_by_label("The words that say it")).to_have_value("words of my own")
    row.get_by_label("The words that say it").fill(words)
    row.get_by_role("button", name="Use these words").click()
    expect(said(page)).to_contain_text("these words are the passage")
    assert Alignment.objects.filter(claim=claim, appearance__quote=words, decision="confirmed").exists()
    take_back(page)


def test_choosing_other_words_in_the_text(visit: Callable[..., Page], fact_checker: User, claim: Claim):
    """Words are marked with the keys, and used as the passage from the toolbar."""
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    open_corrections(page)
    page.locator(".source-scroll").first.focus()
    page.keyboard.press("m")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    toolbar = page.get_by_role("toolbar", name="Chosen words")
    toolbar.get_by_role("button", name=f"Use as the passage of claim {claim.number}").click()
    expect(said(page)).to_contain_text("these words are the passage")
    decision = Decision.objects.get()
    assert decision.quote == "Ferry runs aground off"
    take_back(page)


def test_words_are_offered_only_while_corrections_are_open(
    visit: Callable[..., Page], fact_checker: User, claim: Claim
):
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    page.locator(".source-scroll").first.focus()
    page.keyboard.press("m")
    expect(page.get_by_role("toolbar", name="Chosen words")).to_be_visible()
    expect(page.get_by_role("button", name="Use as the passage")).to_have_count(0)


def test_changing_the_stance(visit: Callable[..., Page], fact_checker: User, claim: Claim):
    alignment = first_of(claim)
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    row = item(open_corrections(page), alignment)
    row.locator(".more > summary").click()
    row.get_by_text("Who says it, and how certain").click()
    row.get_by_label("How certain it sounds").select_option("Probable")
    row.get_by_role("button", name="Save").click()
    expect(said(page)).to_contain_text("Changed: who says it")
    expect(row).to_contain_text("Certainty set by Farid Checker")
    alignment.appearance.refresh_from_db()
    assert alignment.appearance.certainty == "PR+"
    take_back(page)
    alignment.appearance.refresh_from_db()
    assert alignment.appearance.certainty == "CT+"


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
    page.get_by_role("link", name="New claim from the text of The Harbour Post").click()
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


def test_confirming_by_keyboard_alone(visit: Callable[..., Page], fact_checker: User, claim: Claim):
    alignment = first_of(claim)
    page = visit(claim.get_absolute_url(), as_=fact_checker)
    page.keyboard.press("c")
    expect(page.locator("[data-corrections-head]")).to_be_focused()
    # Once more closes them, and the focus is where they came from.
    page.keyboard.press("c")
    expect(page.locator("[data-corrections]")).to_have_count(0)
    expect(page.locator("[data-correct]")).to_be_focused()
    page.keyboard.press("Enter")
    button = item(page.locator("[data-corrections]"), alignment).get_by_role("button", name="Confirm")
    for _ in range(40):
        if button.evaluate("button => button === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(item(page.locator("[data-corrections]"), alignment)).to_be_focused()
    alignment.refresh_from_db()
    assert alignment.decision == AlignmentDecision.CONFIRMED


@pytest.fixture
def queue(story: Story) -> Story:
    """Three undecided matches that every comparison finds again or keeps."""
    while Alignment.objects.filter(claim__story=story).undecided().count() < 3:
        claim = story.claims.standing().in_reading_order()[0]
        others = Alignment.objects.live().filter(claim__story=story).exclude(appearance__alignments__claim=claim)
        Alignment.objects.create(
            claim=claim, appearance=others[0].appearance, method="words", score=0.4, decision=AlignmentDecision.POSSIBLE
        )
    return story


def test_queue_by_keyboard_alone(visit: Callable[..., Page], fact_checker: User, queue: Story):
    page = visit(queue.get_absolute_url(), as_=fact_checker)
    page.get_by_role("link", name="to decide").click()
    expect(page.locator("#queue-yes")).to_be_focused()
    first = next_possible(queue)
    assert first
    page.keyboard.press("n")
    expect(page.locator("#queue-undo")).to_be_visible()
    first.asked.row.refresh_from_db()
    assert first.asked.row.decision == AlignmentDecision.REJECTED
    page.keyboard.press("z")
    expect(page.locator("#queue-undo")).to_have_count(0)
    expect(page.locator("[name=alignment]")).to_have_value(str(first.asked.row.pk))
    for key in "ynu":
        if not page.locator("#queue-yes").count():
            break
        done = Decision.objects.exclude(verb=Verb.UNDO).count()
        page.keyboard.press(key)
        expect(page.locator("[name=done]").first).not_to_have_value(str(done - 1))
        page.wait_for_function(f"document.querySelector('.queue-last [name=done]')?.value >= '{done}'")
    assert Decision.objects.filter(verb=Verb.CONFIRM).exists()
    # What was answered and can be taken back is in the address.
    address = page.url
    assert "done=" in address
    page.reload()
    expect(page.locator("#queue-undo")).to_be_visible()


def test_focus_stays_on_the_answer(visit: Callable[..., Page], fact_checker: User, queue: Story):
    page = visit(reverse("story_possible", args=[queue.slug]), as_=fact_checker)
    page.locator("#queue-unsure").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#queue-undo")).to_be_visible()
    expect(page.locator("#queue-unsure")).to_be_focused()
    expect(page.locator("#queue-status")).to_contain_text("2 of")


def test_rejecting_without_javascript(visit: Callable[..., Page], fact_checker: User, claim: Claim):
    alignment = first_of(claim)
    page = visit(claim.get_absolute_url(), as_=fact_checker, javascript=False)
    page.locator("[data-correct]").click()
    expect(page.get_by_role("heading", name=f"Correct claim {claim.number}")).to_be_visible()
    row = item(page.locator("[data-corrections]"), alignment)
    row.get_by_role("button", name="Not this claim").click()
    expect(page.locator(".messages")).to_contain_text("Rejected: this passage")
    alignment.refresh_from_db()
    assert alignment.decision == AlignmentDecision.REJECTED
    page.locator(".latest").get_by_role("button", name="Take back").click()
    alignment.refresh_from_db()
    assert alignment.decision == AlignmentDecision.SUGGESTED


def test_queue_without_javascript(visit: Callable[..., Page], fact_checker: User, queue: Story):
    page = visit(reverse("story_possible", args=[queue.slug]), as_=fact_checker, javascript=False)
    page.get_by_role("button", name="Unsure").click()
    expect(page.locator("[data-place]")).to_contain_text("2 of")
    page.get_by_role("button", name="Take back").click()
    expect(page.locator("[data-place]")).to_contain_text("1 of")


def test_two_people_at_once(visit: Callable[..., Page], fact_checker: User, editor: User, claim: Claim):
    mine = visit(claim.get_absolute_url(), as_=fact_checker)
    corrections = open_corrections(mine)
    corrections.get_by_text("Reword the claim").click()
    field = corrections.get_by_label("The claim in a sentence", exact=False).first
    field.fill("My careful words.")

    deciding.edit_statement(claim=claim, statement="Theirs.", by=editor, expected=claim.revision)
    corrections.get_by_role("button", name="Save the wording").click()
    alert = mine.locator("[data-corrections] [role=alert]").first
    expect(alert).to_contain_text("somebody was faster")
    expect(alert).to_be_focused()
    expect(mine.locator(".latest")).to_contain_text("Edda Editor")
    field = mine.locator("[data-corrections]").get_by_label("The claim in a sentence", exact=False).first
    expect(field).to_have_value("My careful words.")
    claim.refresh_from_db()
    assert claim.statement == "Theirs."
    mine.get_by_role("button", name="Save the wording").click()
    expect(mine.locator(".panel [data-statement]")).to_have_text("My careful words.")


def test_reader_sees_no_corrections(visit: Callable[..., Page], reader: User, queue: Story, claim: Claim):
    page = visit(claim.get_absolute_url(), as_=reader)
    expect(page.locator("[data-statement]")).to_be_visible()
    for selector in ("[data-correct]", ".same-claim", "[data-claim-new]", ".index-possible"):
        expect(page.locator(selector)).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_accessible(
    visit: Callable[..., Page], find_violations, fact_checker: User, queue: Story, claim: Claim, width: str, scheme: str
):
    page = visit(claim.get_absolute_url(), as_=fact_checker, width=width, scheme=scheme)
    open_corrections(page)
    page.evaluate(UNFOLD)
    assert find_violations(page) == []
    alignment = first_of(claim)
    deciding.confirm(alignment=alignment, by=fact_checker, expected=0)
    entity = Entity.objects.get(name="Lena Dahl")
    version = queue.articles.first().current_version
    for path in (
        reverse("claim_correct", args=[claim.pk]),
        reverse("claim_new", args=[version.pk]),
        reverse("story_possible", args=[queue.slug]),
        reverse("entity_edit", args=[entity.pk]),
    ):
        page.goto(path)
        page.evaluate(UNFOLD)
        assert find_violations(page) == [], path
