"""axe-core on every screen in every state: light, dark, with more contrast, with forced colours, and on a phone.

A state is opened once. What colours cannot change is looked at once for a width; only the rule about contrast is asked
again for every scheme.
"""

from collections.abc import Callable, Mapping
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from playwright.sync_api import Page

from annotations.models import Note, NoteState, Verdict
from annotations.writing import NoteContent, create_note
from articles import deciding
from articles.ingest import find_or_create_story
from articles.models import Alignment, AlignmentDecision, Article, Claim, Entity, Story, VanishedClaim
from articles.roles import DESK_ADMINISTRATOR, EDITOR, FACT_CHECKER
from articles.views.stories import STORIES_A_PAGE
from config.demo import make_demo_people
from config.sample_story import load_sample_story
from tests.browser.states import NEWS, STATES, THOROUGH, State
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db(transaction=True)

type Places = Mapping[str, object]
type FindViolations = Callable[..., list[str]]


@pytest.fixture
def people(db: None) -> dict[str, User | None]:
    return {
        "desk": make_user(FACT_CHECKER, EDITOR, DESK_ADMINISTRATOR, first_name="Dana", last_name="Desk"),
        "reader": make_demo_people()[0],
        "outsider": make_user(""),
        "nobody": None,
    }


@pytest.fixture
def places(db: None) -> Places:
    """The sample story with its notes, and stories that lack something."""
    story = load_sample_story(people=make_demo_people())
    solo = make_story([make_article()], title="One account so far")
    empty = find_or_create_story("No articles yet")
    mute = make_story(
        [
            make_article(
                "Küstenblatt", "Fähre läuft auf Grund", "Die Fähre ist am Montag vor Norvik auf Grund gelaufen."
            ),
            make_article(
                "Hafenbote", "Fähre sitzt fest", "Am Montag ist vor der Küste von Norvik eine Fähre gestrandet."
            ),
        ],
        title="Not in English",
    )
    gone = vanish_claim(story)
    claim = story.claims.standing().filter(divergences__kind="quantity").in_reading_order()[0]
    article = Article.objects.filter(story=story).order_by("pk")[0]
    assert article.current_version
    return {
        "story": story.slug,
        "solo": solo.slug,
        "empty": empty.slug,
        "mute": mute.slug,
        "claim": claim.pk,
        "number": claim.number,
        "gone": gone,
        "article": article.pk,
        "version": article.current_version.pk,
        "entity": Entity.objects.get(name="Nicolás Maduro").pk,
        "note": Note.objects.order_by("pk")[0].pk,
    }


def vanish_claim(story: Story) -> int:
    """The number of a claim whose one passage a person put into another claim."""
    by = make_user(EDITOR)
    for alignment in Alignment.objects.filter(claim__story=story, decision=AlignmentDecision.POSSIBLE).order_by("pk"):
        lone = Claim.objects.standing().filter(alignments__in=alignment.appearance.alignments.live(), source_count=1)
        if lone.count() == 1 and not lone.get().notes.exists():
            number = lone.get().number
            deciding.confirm(alignment=alignment, by=by, expected=alignment.revision)
            if VanishedClaim.objects.filter(story=story, number=number).exists():
                return number
    pytest.fail("No possible passage is a claim of its own.")


# The rest of a state is the same in every scheme. With more contrast every colour but those of text in grey stays as it
# is: one state a screen shows them all.
CONTRAST = ["color-contrast"]
PHONE = {"width": 390, "height": 844}


# axe-core asks for the colour a page gives to its text, not for the one that is forced on it. Here the latter is
# measured against the nearest ground behind it.
UNREADABLE = """() => {
  const rgba = color => { const [r, g, b, a = 1] = color.match(/[\\d.]+/g).map(Number); return [r, g, b, a]; };
  const linear = c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * linear(r / 255) + .7152 * linear(g / 255) + .0722 * linear(b / 255);
  const ground = element => {
    for (let it = element; it; it = it.parentElement) {
      const color = rgba(getComputedStyle(it).backgroundColor);
      if (color[3] > .5) return color;
    }
    return rgba(getComputedStyle(document.documentElement).backgroundColor);
  };
  const hasWords = element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  return [...document.body.querySelectorAll("*")]
    .filter(it => hasWords(it) && !it.closest("svg, .sr"))
    .filter(it => it.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    .filter(it => {
      const [one, other] = [light(rgba(getComputedStyle(it).color)), light(ground(it))];
      return (Math.max(one, other) + .05) / (Math.min(one, other) + .05) < 4.5;
    })
    .map(it => `unreadable: ${it.outerHTML.slice(0, 200)}`);
}"""


def look(page: Page, find_violations: FindViolations, *, name: str, is_thorough: bool = False) -> list[str]:
    """What is wrong on the page as it stands: light and dark, then as narrow as a phone."""
    found = [f"{name}: {it}" for it in find_violations(page)]
    page.emulate_media(color_scheme="dark")
    found += [f"{name}, dark: {it}" for it in find_violations(page, rules=CONTRAST)]
    if is_thorough:
        page.emulate_media(color_scheme="dark", contrast="more")
        found += [f"{name}, dark, more contrast: {it}" for it in find_violations(page, rules=CONTRAST)]
        page.emulate_media(color_scheme="light", contrast="more")
        found += [f"{name}, more contrast: {it}" for it in find_violations(page, rules=CONTRAST)]
        # What keeps a colour of its own is seen on the darkest ground.
        page.emulate_media(color_scheme="dark", contrast="no-preference", forced_colors="active")
        found += [f"{name}, forced colours: {it}" for it in page.evaluate(UNREADABLE)]
    page.emulate_media(color_scheme="light", contrast="no-preference", forced_colors="none")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return found + [f"{name}, phone: {it}" for it in find_violations(page)]


def screen_of(name: str) -> str:
    return name.partition("-")[0]


@pytest.mark.parametrize("screen", sorted({screen_of(name) for name in STATES}))
def test_no_state_of_a_screen_has_violations(
    visit, find_violations: FindViolations, people: dict[str, User | None], places: Places, screen: str
):
    if screen == "stories":
        for number in range(STORIES_A_PAGE):
            find_or_create_story(f"Story {number}")
    found: list[str] = []
    for name, state in STATES.items():
        if screen_of(name) == screen:
            try:
                page = open_state(state, visit=visit, people=people, places=places)
                found += look(page, find_violations, name=name, is_thorough=name in THOROUGH)
            except Exception as error:
                error.add_note(f"In the state {name}.")
                raise
            page.context.close()
            if state.is_broken:
                visit.messages.clear()
    assert found == []


def open_state(state: State, *, visit, people: Mapping[str, User | None], places: Places) -> Page:
    page: Page = visit(state.path.format(**places), as_=people[state.who])
    if state.act:
        state.act(page)
    return page


def test_desk_without_stories_has_no_violations(visit, find_violations: FindViolations, people: dict[str, User | None]):
    for who in ("desk", "reader"):
        page = visit("/", as_=people[who])
        assert page.get_by_role("heading", name="No stories yet").is_visible()
        assert look(page, find_violations, name=who) == []


def test_news_of_others_have_no_violations(
    visit, find_violations: FindViolations, people: dict[str, User | None], places: Places
):
    page: Page = visit("/", as_=people["desk"])
    page.clock.install()
    page.goto(NEWS.path.format(**places))
    content = NoteContent(verdict=Verdict.objects.offered()[0], text="Read the log.")
    claim = Claim.objects.get(pk=places["claim"])
    create_note(claim=claim, content=content, state=NoteState.SUBMITTED, by=make_user(EDITOR), key=uuid4())
    assert NEWS.act
    NEWS.act(page)
    assert look(page, find_violations, name="news") == []


@pytest.mark.parametrize("template", ["400.html", "403_csrf.html", "500.html", "503.html"])
def test_pages_for_what_went_wrong_have_no_violations(visit, find_violations: FindViolations, db: None, template: str):
    """As the server would send them: nothing a reader does brings these pages about."""
    page: Page = visit("/")
    page.route("**/broken/", lambda route: route.fulfill(body=render_to_string(template), content_type="text/html"))
    page.goto("/broken/")
    assert page.locator("h1").is_visible()
    assert look(page, find_violations, name=template) == []
