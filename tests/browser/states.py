"""Every state a screen can be in, as a table: where it is, who looks, and what is done there before one looks.

Paths name what they are about (``{story}``, ``{claim}`` …); the acts find their way by what any story has, so that the
same table serves whatever story it is tried on.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, Route, expect

Act = Callable[[Page], None]


@dataclass(frozen=True)
class State:
    """``who`` is the desk (every role), a reader, somebody without a role (outsider), or nobody."""

    path: str
    act: Act | None = None
    who: str = "desk"
    is_broken: bool = False  # on purpose: the browser complains of a request that fails


CHOSEN = "/stories/{story}/?claim={number}"


def press(selector: str, *, shows: str) -> Act:
    def act(page: Page) -> None:
        page.locator(selector).first.click()
        expect(page.locator(shows).first).to_be_visible()

    return act


def press_key(keys: str, *, shows: str) -> Act:
    def act(page: Page) -> None:
        for key in keys:
            page.keyboard.press("Escape" if key == "\x1b" else key)
        expect(page.locator(shows).first).to_be_visible()

    return act


def wait_for(selector: str) -> Act:
    return lambda page: expect(page.locator(selector).first).to_be_visible()


def send_empty(form: str, *, shows: str = "[role=alert]:not(:empty)") -> Act:
    """Sends a form as it came, past the browser's own checks, so that the server says what is wrong."""

    def act(page: Page) -> None:
        page.locator(form).first.evaluate("form => { form.noValidate = true; form.requestSubmit(); }")
        expect(page.locator(shows).first).to_be_visible()

    return act


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('#main .corrections details').forEach(it => { it.open = true; })")


def draw_everything(page: Page) -> None:
    # The boxes of a narrow screen scroll in a line: pressed by what they are, not where.
    for layer in ("names", "shared"):
        page.locator(f"#l-{layer}").check(force=True)
    page.locator("#l-gist").uncheck(force=True)


def open_corrections(page: Page) -> None:
    page.locator("#panel [data-correct]").click()
    expect(page.locator("[data-corrections]")).to_be_visible()
    unfold(page)


def send_stale(page: Page) -> None:
    """What somebody else has decided meanwhile."""
    open_corrections(page)
    form = page.locator("[data-corrections] [id^=row-statement] form")
    form.locator("textarea, input[type=text]").first.fill("Other words.")
    form.evaluate("form => { form.elements.expected.value = 9999; form.requestSubmit(); }")
    expect(page.locator("[data-corrections] [role=alert]")).to_be_visible()


def open_pile(page: Page) -> None:
    page.locator(".prose .claim:has(.figure, .quote) .ref").first.focus()
    page.keyboard.press("p")
    expect(page.locator(".pile")).to_be_visible()


def open_name(page: Page) -> None:
    page.locator("#l-names").check(force=True)
    page.keyboard.press("w")
    for _ in range(30):
        if page.evaluate("document.activeElement.matches('.name')"):
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#mark-sheet-h")).to_be_focused()
    page.evaluate("document.querySelectorAll('#mark-sheet details').forEach(it => { it.open = true; })")


def open_quotation(page: Page) -> None:
    page.locator("#l-names").uncheck(force=True)
    page.keyboard.press("w")
    for _ in range(30):
        if page.evaluate("document.activeElement.matches('.quote')"):
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#mark-sheet .mark-quote")).to_be_visible()


SELECT = """() => {
  const words = document.createTreeWalker(document.querySelector(".source .prose p"), NodeFilter.SHOW_TEXT).nextNode();
  const range = document.createRange();
  range.setStart(words, 0);
  range.setEnd(words, Math.min(words.length, 12));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def select_words(page: Page) -> None:
    page.evaluate(SELECT)
    expect(page.get_by_role("toolbar")).to_be_visible()


def note_selection(page: Page) -> None:
    select_words(page)
    page.get_by_role("toolbar").get_by_role("button", name="Note").click()
    expect(page.locator("#panel[data-passage]")).to_be_visible()


def begin_claim(page: Page) -> None:
    select_words(page)
    page.get_by_role("toolbar").get_by_role("button", name="New claim").click()
    expect(page.locator("#panel[data-passage] form")).to_be_visible()


def send_claim_empty(page: Page) -> None:
    begin_claim(page)
    page.locator("#panel textarea").first.fill("")
    send_empty("#panel[data-passage] form")(page)


def find_by_words(page: Page) -> None:
    word = page.locator(".source .prose p").first.inner_text().split()[0]
    note_selection(page)
    page.get_by_role("button", name="Choose other words").click()
    page.locator("#id_words").fill(word)
    page.get_by_role("button", name="Find the words").click()
    expect(page.locator(".passage-places, .passage-chosen").first).to_be_visible()


def begin_note(page: Page) -> None:
    page.locator("#panel [data-note-new]").click()
    expect(page.get_by_label("Verdict")).to_be_visible()


def send_note_empty(page: Page) -> None:
    begin_note(page)
    page.get_by_role("button", name="Save note").click()
    expect(page.locator(".noteform [role=alert]")).to_be_visible()


def decide(page: Page) -> None:
    page.locator("#panel [data-correct]").click()
    page.locator("[data-corrections] [id^=row-decide]").last.get_by_role("button", name="Confirm").click()
    expect(page.locator("#toast .toast")).to_be_visible()


def hold_panel(page: Page) -> None:
    held: list[Route] = []
    page.route("**/claims/*/", lambda route: held.append(route))
    page.locator(".index-list a").first.press("Enter")
    expect(page.locator("#panel[data-skeleton]")).to_be_visible()


def wait_for_another(page: Page) -> None:
    held: list[Route] = []
    page.route("**/claims/*/", lambda route: held.append(route))
    page.locator(".prose .ref:not([aria-current])").last.press("Enter")
    expect(page.locator(".panel[data-waiting]")).to_be_visible()


def break_panel(page: Page) -> None:
    page.route("**/claims/*/", lambda route: route.abort())
    page.locator(".prose .ref").first.press("Enter")
    expect(page.locator(".panel [role=alert]")).to_be_visible()


def answer_with(status: int | None, *, act: Act, url: str = "**/*") -> Act:
    """Every further request fails: with a status, or (None) because nothing can be reached."""

    def broken(page: Page) -> None:
        page.route(url, lambda route: route.fulfill(status=status) if status else route.abort())
        act(page)

    return broken


def filter_stories(page: Page) -> None:
    page.locator("#q").fill("ferry")
    expect(page.locator("#alerts .alert")).to_be_visible()


def save_note_in_vain(page: Page) -> None:
    begin_note(page)
    page.get_by_label("Verdict").select_option("Supported")
    page.locator("#id_note-text").fill("Read the log.")
    page.route("**/notes/**", lambda route: route.fulfill(status=500))
    page.get_by_role("button", name="Save note").click()
    expect(page.locator("#alerts .alert")).to_be_visible()


def lose_session(page: Page) -> None:
    page.context.clear_cookies(name="sessionid")
    page.locator("#q").fill("ferry")
    expect(page.get_by_role("dialog", name="Your session has ended")).to_be_visible()


def sign_in_wrong(page: Page) -> None:
    page.get_by_label("Name or work e-mail").fill("nobody")
    page.get_by_label("Password").fill("nothing at all")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert").first).to_be_visible()


def hear_news(page: Page) -> None:
    """The page asks every half minute; its clock is put forward."""
    expect(page.locator("[data-news]")).to_have_text("")
    page.clock.fast_forward(31_000)
    expect(page.locator("[data-news]")).to_contain_text("new")


def open_drawer(page: Page) -> None:
    page.locator("[data-work-row]").first.focus()
    page.keyboard.press("c")
    expect(page.locator("[data-drawer]")).to_be_visible()
    page.evaluate("document.querySelectorAll('[data-drawer] details').forEach(it => { it.open = true; })")


def import_nothing(page: Page) -> None:
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("alert").first).to_be_visible()


def import_some(page: Page) -> None:
    """Two files, of which one holds nothing."""
    page.get_by_text("Upload files").click()
    good = b"Ferry off Norvik is free\n\nThe ferry that ran aground off Norvik with 120 aboard floats again."
    files = [("Lake Wire.txt", good), ("Nothing.txt", b"")]
    page.locator("[name=uploads]").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": text} for name, text in files]
    )
    page.get_by_text("Start a new story").click()
    page.get_by_label("Title of the new story").fill("Ferry floats again")
    page.get_by_role("button", name="Import").click()
    expect(page.locator(".run")).to_have_count(2)


def change_password_badly(page: Page) -> None:
    page.get_by_label("Old password").fill("x")
    page.get_by_label("New password", exact=True).fill("short")
    page.get_by_label("New password confirmation").fill("other")
    page.get_by_role("button", name="Change password").click()
    expect(page.locator(".errorlist, .error").first).to_be_visible()


def type_quickly(page: Page) -> None:
    """On a narrow screen the field is a page of its own."""
    page.keyboard.press("/")
    field = page.locator("#find-q, #id_q").locator("visible=true")
    field.fill("the")
    expect(page.locator("#quick_results a, #results .hit").first).to_be_visible()


HELP = press_key("?", shows="dialog#keys[open]")

STATES: dict[str, State] = {
    # Stories
    "stories": State("/"),
    "stories-reader": State("/", who="reader"),
    "stories-page-2": State("/?page=2"),
    "stories-menu": State("/", press(".story-menu summary", shows=".story-menu .menu")),
    "stories-account": State("/", press(".account summary", shows=".account .menu")),
    "stories-help": State("/", HELP),
    "stories-nothing-found": State("/?q=zebra+crossing"),
    "stories-hidden": State("/?show=hidden"),
    "stories-closed": State("/?show=closed"),
    "stories-failed": State("/", answer_with(500, act=filter_stories, url="**/?*"), is_broken=True),
    "stories-offline": State("/", answer_with(None, act=filter_stories, url="**/?*"), is_broken=True),
    "stories-session-ended": State("/", lose_session, is_broken=True),
    "story-new": State("/stories/new/"),
    "story-new-error": State("/stories/new/", send_empty("main form")),
    "story-edit": State("/stories/{story}/edit/"),
    "story-edit-error": State("/stories/{story}/edit/", send_empty("main form:has([name=title])", shows="#main")),
    "story-delete": State("/stories/{solo}/delete/"),
    "story-delete-kept": State("/stories/{story}/delete/"),
    # Read
    "read": State("/stories/{story}/"),
    "read-reader": State("/stories/{story}/", who="reader"),
    "read-everything": State("/stories/{story}/", draw_everything),
    "read-chosen": State(CHOSEN),
    "read-chosen-everything": State(CHOSEN, draw_everything),
    "read-columns": State("/stories/{story}/", press(".chooser summary", shows=".chooser .menu")),
    "read-corrections": State(CHOSEN, open_corrections),
    "read-corrections-stale": State(CHOSEN, send_stale),
    "read-pile": State("/stories/{story}/", open_pile),
    "read-name": State("/stories/{story}/", open_name),
    "read-quotation": State("/stories/{story}/", open_quotation),
    "read-selection": State("/stories/{story}/", select_words),
    "read-passage-note": State("/stories/{story}/", note_selection),
    "read-passage-by-words": State("/stories/{story}/", find_by_words),
    "read-new-claim": State("/stories/{story}/", begin_claim),
    "read-new-claim-error": State("/stories/{story}/", send_claim_empty),
    "read-note-form": State(CHOSEN, begin_note),
    "read-note-error": State(CHOSEN, send_note_empty),
    "read-note-failed": State(CHOSEN, save_note_in_vain, is_broken=True),
    "read-toast": State(CHOSEN, decide),
    "read-loading": State("/stories/{story}/", hold_panel),
    "read-waiting": State(CHOSEN, wait_for_another),
    "read-panel-failed": State("/stories/{story}/", break_panel, is_broken=True),
    "read-search": State("/stories/{story}/", type_quickly),
    "read-help": State("/stories/{story}/", HELP),
    "read-empty": State("/stories/{empty}/"),
    "read-no-claims": State("/stories/{mute}/"),
    "read-one-article": State("/stories/{solo}/"),
    # Compare
    "rows": State("/stories/{story}/side-by-side/"),
    "rows-matched": State("/stories/{story}/side-by-side/?only=matched"),
    "rows-alone": State("/stories/{story}/side-by-side/?only=alone"),
    "rows-differing": State("/stories/{story}/side-by-side/?only=differs"),
    "rows-none": State("/stories/{solo}/side-by-side/?only=differs"),
    "rows-empty": State("/stories/{empty}/side-by-side/"),
    # Ledger
    "ledger": State("/stories/{story}/ledger/"),
    "ledger-reader": State("/stories/{story}/ledger/", who="reader"),
    "ledger-drawer": State("/stories/{story}/ledger/", open_drawer),
    "ledger-none": State("/stories/{story}/ledger/?q=zebra"),
    "ledger-empty": State("/stories/{empty}/ledger/"),
    # People and places
    "entities": State("/stories/{story}/people-and-places/"),
    "entities-chosen": State("/stories/{story}/people-and-places/?entity={entity}"),
    "entities-nobody-found": State("/stories/{story}/people-and-places/?q=zebra"),
    "entities-none": State("/stories/{empty}/people-and-places/"),
    "entity": State("/entities/{entity}/"),
    "entity-edit": State("/entities/{entity}/edit/", unfold),
    "entity-edit-error": State("/entities/{entity}/edit/", send_empty("form:has([name=name])", shows="#main")),
    # Pages of their own
    "claim": State("/stories/{story}/claims/{number}/"),
    "claim-correct": State("/claims/{claim}/correct/", unfold),
    "claim-new": State("/versions/{version}/claims/new/"),
    "claim-gone": State("/stories/{story}/claims/{gone}/"),
    "article": State("/articles/{article}/"),
    "version": State("/versions/{version}/"),
    "possible": State("/stories/{story}/possible/"),
    "possible-none": State("/stories/{solo}/possible/"),
    "notes": State("/stories/{story}/notes/"),
    "notes-none-like-this": State("/stories/{story}/notes/?state=approved"),
    "notes-none": State("/stories/{solo}/notes/"),
    "note": State("/notes/{note}/"),
    "note-edit": State("/notes/{note}/edit/"),
    "note-new": State("/claims/{claim}/notes/new/"),
    "passage-note-new": State("/versions/{version}/notes/new/"),
    # Search
    "search": State("/search/"),
    "search-found": State("/search/?q=the"),
    "search-found-claims": State("/search/?q=the&kind=claims"),
    "search-nothing": State("/search/?q=zebra"),
    "search-no-word": State("/search/?q=%E2%80%A6"),
    "search-error": State("/search/?q=the&since=yesterday", is_broken=True),
    # Import
    "import": State("/import/"),
    "import-error": State("/import/", import_nothing),
    "import-report": State("/import/", import_some),
    # Account, and pages that are not there
    "sign-in": State("/", who="nobody"),
    "sign-in-error": State("/", sign_in_wrong, who="nobody"),
    "password-forgotten": State("/account/password/forgotten/", who="nobody"),
    "password": State("/account/password/"),
    "password-error": State("/account/password/", change_password_badly),
    "no-role": State("/", who="outsider"),
    "not-for-readers": State("/import/", who="reader"),
    "not-found": State("/nowhere/"),
}

# The clock of these pages is held before they are opened, and somebody writes a note while they are.
NEWS = State("/stories/{story}/", hear_news)

# In these the colours of every component are seen.
THOROUGH = {
    *("stories", "stories-failed", "read-chosen-everything", "read-corrections-stale", "read-note-error", "read-toast"),
    *("rows", "ledger", "entities-chosen", "claim", "article", "version", "possible", "notes", "search-found"),
    *("import-report", "sign-in-error"),
}
