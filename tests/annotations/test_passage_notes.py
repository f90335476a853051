"""Notes on passages: told by offsets or by words, refused when the text says otherwise, put under claims."""

import re
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.models import Attachment, Note, NoteRevision, NoteState
from annotations.places import MAX_PLACES, find_places
from annotations.writing import StaleNoteError, attach_note, detach_note
from articles.models import ArticleVersion, Claim, Story
from articles.roles import DESK_ADMINISTRATOR, READER
from tests.annotations.test_notes import HTMX, typed
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db
QUOTE = "120 passengers"


@pytest.fixture
def story(db: None) -> Story:
    return make_story()


@pytest.fixture
def version(story: Story) -> ArticleVersion:
    version = story.articles.get(outlet__name="The Harbour Post").current_version
    assert version is not None
    return version


@pytest.fixture
def claim(story: Story) -> Claim:
    """The claim both outlets make: 120 passengers, at least 140 passengers."""
    return story.claims.standing().get(divergences__kind="quantity")


@pytest.fixture
def checker(client: Client, fact_checker: User) -> Client:
    client.force_login(fact_checker)
    return client


def new_url(version: ArticleVersion, **place: object) -> str:
    url = reverse("passage_note_new", kwargs={"pk": version.pk})
    return f"{url}?{urlencode(place)}" if place else url


def place_of(version: ArticleVersion, quote: str = QUOTE) -> dict[str, object]:
    start = version.text.index(quote)
    return {"start": start, "end": start + len(quote), "quote": quote}


def saved_note(client: Client, version: ArticleVersion, quote: str = QUOTE, **changes: object) -> Note:
    client.post(new_url(version), typed(**place_of(version, quote), **changes), headers=HTMX)
    return Note.objects.latest("pk")


# --- chosen in the text ---


def test_form_opens_with_the_words_that_were_chosen(checker: Client, version: ArticleVersion):
    url = new_url(version, **place_of(version))
    page = checker.get(url)
    assert page.status_code == 200
    assert f'<mark class="passage-words">{QUOTE}</mark>' in page.content.decode()
    pane = checker.get(url, headers=HTMX | {"HX-Target": "panel"}).content.decode()
    assert 'id="panel" data-passage' in pane
    assert "<html" not in pane


def test_note_is_saved_and_everything_that_shows_it_comes_back(
    checker: Client, version: ArticleVersion, story: Story, fact_checker: User
):
    headers = HTMX | {"HX-Current-URL": f"http://testserver{story.get_absolute_url()}?claim=1"}
    response = checker.post(new_url(version), typed(**place_of(version)), headers=headers)
    assert response.status_code == 200
    note = Note.objects.get()
    assert (note.claim, note.version, note.quote, note.story) == (None, version, QUOTE, story)
    assert version.text[note.start : note.end] == QUOTE
    assert note.state == NoteState.SUBMITTED
    assert list(note.current.rests_on.all()) == [version]
    content = response.content.decode()
    assert response.headers["HX-Retarget"] == "#panel"
    assert "noteSaved" in response.headers["HX-Trigger-After-Settle"]
    assert f'id="passage-{note.pk}"' in content
    assert re.search(rf'<p id="p-{version.pk}-1" data-start="\d+" hx-swap-oob="true">', content)


@pytest.mark.parametrize(
    "wrong",
    [
        {"quote": "140 passengers"},
        {"quote": "120 passengers "},
        {"start": "0"},
        {"end": "99999999999999999999"},
        {"start": "-1"},
        {"start": "five"},
    ],
)
def test_place_that_disagrees_with_the_text_is_422_and_keeps_what_was_typed(
    checker: Client, version: ArticleVersion, wrong: dict[str, str]
):
    response = checker.post(new_url(version), typed(**(place_of(version) | wrong)), headers=HTMX)
    assert response.status_code == 422
    content = response.content.decode()
    assert 'role="alert"' in content
    assert "Read the harbour log: 120 passengers." in content
    assert not Note.objects.exists()


def test_opening_a_place_that_disagrees_is_422(checker: Client, version: ArticleVersion):
    response = checker.get(new_url(version, start=0, end=5, quote="Wrong"), headers=HTMX)
    assert response.status_code == 422
    assert "Choose the passage again" in response.content.decode()


def test_passage_may_span_paragraphs_as_browsers_send_them(checker: Client, version: ArticleVersion):
    start = version.text.index("Dahl")
    quote = version.text[start : start + 20]
    assert "\n\n" in quote
    data = typed(start=start, end=start + 20, quote=quote.replace("\n", "\r\n"))
    assert checker.post(new_url(version), data, headers=HTMX).status_code == 200
    assert Note.objects.get().quote == quote
    page = checker.get(version.get_absolute_url()).content.decode()
    assert page.count('class="flag passage-flag"') == 1


def test_offsets_count_code_points(checker: Client, story: Story):
    from articles.ingest import import_articles

    body = "The mayor wrote 🚢👨‍👩‍👧 and é: all 120 are safe. שלום לכם she added."
    import_articles([make_article("Emoji Post", "Ship 🚢 aground", body)], story=story, by=None)
    version = story.articles.get(outlet__name="Emoji Post").current_version
    for quote in ("👨‍👩‍👧", "120", "שלום"):
        assert saved_note(checker, version, quote).quote == quote
    page = checker.get(story.get_absolute_url())
    assert page.status_code == 200


def test_the_same_form_sent_twice_is_one_note(checker: Client, version: ArticleVersion):
    data = typed(**place_of(version))
    for _ in range(2):
        assert checker.post(new_url(version), data, headers=HTMX).status_code == 200
    assert Note.objects.count() == NoteRevision.objects.count() == 1


@pytest.mark.parametrize("role", [READER, DESK_ADMINISTRATOR])
def test_readers_and_administrators_cannot_write(
    client: Client, version: ArticleVersion, fact_checker: User, role: str
):
    other = Client()
    other.force_login(fact_checker)
    note = saved_note(other, version)
    client.force_login(make_user(role))
    assert client.get(new_url(version)).status_code == 403
    assert client.post(new_url(version), typed(**place_of(version)), headers=HTMX).status_code == 403
    for name in ("note_attach", "note_detach", "note_edit"):
        assert client.post(reverse(name, kwargs={"pk": note.pk}), {"expected": "0"}).status_code == 403
    assert Note.objects.count() == 1
    page = client.get(note.get_absolute_url())
    assert page.status_code == 200
    assert b"Put under a claim" not in page.content
    assert b"data-passage-new" not in client.get(version.article.story.get_absolute_url()).content


def test_notes_of_hidden_stories_are_not_there(checker: Client, version: ArticleVersion, story: Story):
    note = saved_note(checker, version)
    Story.objects.filter(pk=story.pk).update(is_hidden=True)
    for url in (new_url(version), note.get_absolute_url(), reverse("note_attach", kwargs={"pk": note.pk})):
        assert checker.get(url).status_code == 404


# --- by typing the words ---


def test_words_that_stand_once_are_found_and_saved_in_one_go(checker: Client, version: ArticleVersion):
    response = checker.post(new_url(version), typed(words="  120  PASSENGERS "))
    assert response.status_code == 302
    note = Note.objects.get()
    assert note.quote == QUOTE
    assert response.url == note.get_absolute_url()


def test_finding_saves_nothing_and_shows_the_place(checker: Client, version: ArticleVersion):
    data = typed(save=None, find="1", words=QUOTE, **{"note-verdict": ""})
    response = checker.post(new_url(version), data, headers=HTMX)
    assert response.status_code == 200
    content = response.content.decode()
    assert f'name="quote" value="{QUOTE}"' in content
    assert "Whether crew were counted." in content
    assert "not saved yet" not in content
    assert not Note.objects.exists()


def test_words_that_stand_several_times_are_chosen_among(checker: Client, version: ArticleVersion):
    response = checker.post(new_url(version), typed(words="Norvik"), headers=HTMX)
    assert response.status_code == 422
    content = response.content.decode()
    starts = [int(start) for start in re.findall(r'name="place" id="place-\d+" value="(\d+)"', content)]
    assert starts == [m.start() for m in re.finditer("Norvik", version.text)]
    assert len(starts) == 2
    assert "Choose the one you mean" in content
    assert "ran aground off <mark" in content
    assert checker.post(new_url(version), typed(words="Norvik", place="3"), headers=HTMX).status_code == 422
    assert not Note.objects.exists()
    assert checker.post(new_url(version), typed(words="Norvik", place=starts[1]), headers=HTMX).status_code == 200
    assert Note.objects.get().start == starts[1]


@pytest.mark.parametrize("words", ["", "No such words", "a\0b", "<b>120</b>", "x" * 2001])
def test_words_that_stand_nowhere_are_422(checker: Client, version: ArticleVersion, words: str):
    response = checker.post(new_url(version), typed(words=words), headers=HTMX)
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()
    assert not Note.objects.exists()


def test_other_words_keep_what_was_written(checker: Client, version: ArticleVersion):
    data = typed(save=None, other_words="1", **place_of(version))
    response = checker.post(new_url(version), data, headers=HTMX)
    assert response.status_code == 200
    content = response.content.decode()
    assert 'name="words"' in content
    assert "Whether crew were counted." in content


def test_hostile_text_stays_text(checker: Client, story: Story):
    from articles.ingest import import_articles

    body = "He typed <script>alert(1)</script> & left. Then he typed <script>alert(1)</script> again."
    import_articles([make_article("Hostile Post", 'A "quoted" headline', body)], story=story, by=None)
    version = story.articles.get(outlet__name="Hostile Post").current_version
    several = checker.post(new_url(version), typed(words="<script>alert(1)</script>"), headers=HTMX)
    assert several.status_code == 422
    note = saved_note(checker, version, "<script>alert(1)</script> & left")
    headline = saved_note(checker, version, '"quoted"')
    urls = [note.get_absolute_url(), headline.get_absolute_url(), version.get_absolute_url(), story.get_absolute_url()]
    urls += [reverse("story_notes", kwargs={"slug": story.slug}), reverse("note_edit", kwargs={"pk": note.pk})]
    for url in [*urls, new_url(version, **place_of(version, '"quoted"'))]:
        assert "<script>alert" not in checker.get(url).content.decode()
    assert "<script>alert" not in several.content.decode()


def test_places_mind_kinds_of_marks_only_when_they_must():
    text = '“No”, he said – “no”.\n\nHe said "no" and ‘no’.'
    assert [p.quote for p in find_places(text, '"no"')] == ['"no"']
    assert [p.quote for p in find_places(text, "“No”, HE said - “no”")] == ["“No”, he said – “no”"]
    assert [p.quote for p in find_places("e\u0301a e\u0301", "e")] == []
    assert len(find_places("a " * 50, "a")) == MAX_PLACES + 1


# --- revising ---


def test_passage_note_is_revised_under_the_same_lock(checker: Client, version: ArticleVersion):
    note = saved_note(checker, version)
    url = reverse("note_edit", kwargs={"pk": note.pk})
    assert checker.get(url, headers=HTMX).status_code == checker.get(url).status_code == 200
    first = typed(**{"note-revision": "1", "note-text": "The log says 118."})
    assert checker.post(url, first, headers=HTMX).status_code == 200
    stale = checker.post(url, typed(**{"note-revision": "1", "note-text": "Mine."}), headers=HTMX)
    assert stale.status_code == 409
    assert "The log says 118." in stale.content.decode()
    note.refresh_from_db()
    assert note.revisions.count() == 2
    assert list(note.current.rests_on.all()) == [version]


# --- under a claim ---


def test_passage_note_counts_for_a_claim_only_once_it_is_put_there(
    checker: Client, version: ArticleVersion, claim: Claim, fact_checker: User
):
    note = saved_note(checker, version)
    claim.refresh_from_db()
    assert (claim.note_count, claim.status) == (0, "unchecked")
    url = reverse("note_attach", kwargs={"pk": note.pk})
    form = checker.get(url, headers=HTMX).content.decode()
    assert f'id="choice-{claim.pk}"' in form
    response = checker.post(url, {"expected": "0", "claim": str(claim.number)}, headers=HTMX)
    assert response.status_code in {200, 302}
    claim.refresh_from_db()
    note.refresh_from_db()
    assert (claim.note_count, claim.status, note.claim) == (1, "supported", claim)
    entry = note.attachments.get()
    assert (entry.number, entry.claim_number, entry.statement, entry.by) == (
        1, claim.number, claim.statement, fact_checker
    )  # fmt: skip
    assert "On the passage" in checker.get(claim.get_absolute_url()).content.decode()

    url = reverse("note_detach", kwargs={"pk": note.pk})
    assert checker.post(url, {"expected": "0"}, headers=HTMX).status_code == 409
    assert checker.post(url, {"expected": "1"}).status_code == 302
    claim.refresh_from_db()
    note.refresh_from_db()
    assert (claim.note_count, claim.status, note.claim) == (0, "unchecked", None)
    log = checker.get(reverse("note_detail", kwargs={"pk": note.pk})).content.decode()
    assert f"Put under claim {claim.number}" in log
    assert "Taken off its claim" in log
    assert "Farid Checker" in log


def test_moving_to_another_claim_refreshes_both(version: ArticleVersion, checker: Client, claim: Claim, editor: User):
    note = saved_note(checker, version)
    other = claim.story.claims.exclude(pk=claim.pk).first()
    attach_note(note=note, claim=claim, by=editor, expected=0)
    attach_note(note=note, claim=other, by=editor, expected=1)
    claim.refresh_from_db()
    other.refresh_from_db()
    assert (claim.note_count, other.note_count) == (0, 1)
    with pytest.raises(StaleNoteError):
        detach_note(note=note, by=editor, expected=1)
    assert Attachment.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"claim": "99999"}, "There is no claim 99999"),
        ({"claim": "no such words at all"}, "No claim of this story has all of these words"),
        ({"claim": ""}, "Choose a claim, or type its number or words"),
        ({"choice": "99999999"}, "no longer there"),
        ({"choice": "many"}, "Choose a claim, or type its number or words"),
    ],
)
def test_claim_that_cannot_be_had_is_422(checker: Client, version: ArticleVersion, data: dict[str, str], sentence: str):
    note = saved_note(checker, version)
    response = checker.post(reverse("note_attach", kwargs={"pk": note.pk}), {"expected": "0", **data}, headers=HTMX)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Attachment.objects.exists()


def test_words_of_a_claim_offer_those_that_have_them(checker: Client, version: ArticleVersion, claim: Claim):
    note = saved_note(checker, version)
    url = reverse("note_attach", kwargs={"pk": note.pk})
    response = checker.post(url, {"expected": "0", "claim": "aground ferry"}, headers=HTMX)
    assert response.status_code == 422
    assert f'id="choice-{claim.pk}"' in response.content.decode()
    chosen = {"expected": "0", "claim": "aground ferry", "offered_for": "aground ferry", "choice": claim.pk}
    assert checker.post(url, chosen).status_code == 302
    note.refresh_from_db()
    assert note.claim == claim


def test_claim_of_another_story_is_refused(checker: Client, version: ArticleVersion):
    note = saved_note(checker, version)
    stranger = make_story().claims.first()
    url = reverse("note_attach", kwargs={"pk": note.pk})
    assert checker.post(url, {"expected": "0", "choice": stranger.pk}).status_code == 422
    assert not Attachment.objects.exists()


def test_approved_note_is_moved_by_editors_only(checker: Client, version: ArticleVersion, claim: Claim, editor: User):
    note = saved_note(checker, version)
    Note.objects.filter(pk=note.pk).update(state=NoteState.APPROVED)
    url = reverse("note_attach", kwargs={"pk": note.pk})
    data = {"expected": "0", "claim": str(claim.number)}
    assert checker.post(url, data).status_code == 403
    client = Client()
    client.force_login(editor)
    assert client.post(url, data).status_code == 302


def test_note_on_a_claim_has_no_passage_to_leave(checker: Client, claim: Claim):
    checker.post(reverse("note_new", kwargs={"pk": claim.pk}), typed(), headers=HTMX)
    note = Note.objects.get()
    assert checker.post(reverse("note_detach", kwargs={"pk": note.pk}), {"expected": "0"}).status_code == 404


def test_the_log_cannot_be_changed_or_removed(checker: Client, version: ArticleVersion, claim: Claim, editor: User):
    attach_note(note=saved_note(checker, version), claim=claim, by=editor, expected=0)
    for statement in ("UPDATE annotations_attachment SET claim_number = 9", "DELETE FROM annotations_attachment"):
        with pytest.raises(IntegrityError, match="immutable"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_claim_that_lost_its_note_may_be_dropped_and_the_log_stays(
    checker: Client, version: ArticleVersion, story: Story, claim: Claim, editor: User
):
    from articles.ingest import import_articles

    note = saved_note(checker, version)
    attach_note(note=note, claim=claim, by=editor, expected=0)
    detach_note(note=note, by=editor, expected=1)
    for outlet in ("The Harbour Post", "Coast Daily"):
        headline = story.articles.get(outlet__name=outlet).headline
        import_articles(
            [make_article(outlet, headline, "Everything was told anew, said Lena Dahl.")], story=story, by=None
        )
    assert [entry.claim_number for entry in note.attachments.all()] == [claim.number, None]
    assert checker.get(reverse("note_detail", kwargs={"pk": note.pk})).status_code == 200


# --- where it is read ---


def test_flag_stands_where_the_passage_ends(checker: Client, version: ArticleVersion, story: Story):
    assert checker.get(story.get_absolute_url()).status_code == 200
    note = saved_note(checker, version)
    page = checker.get(story.get_absolute_url()).content.decode()
    assert "Note on this passage: supported" in page
    assert re.search(rf'data-note="{note.pk}"', page)
    before = page.split('<a class="flag passage-flag"')[0]
    assert re.sub("<[^>]+>", "", before).rstrip().endswith(QUOTE)
    # The paragraph comes from the cache now, and another verdict draws it anew.
    assert "Note on this passage" in checker.get(story.get_absolute_url()).content.decode()
    contradicted = str(checker.get(reverse("note_edit", kwargs={"pk": note.pk})).content.decode())
    key = re.search(r'<option value="(\d+)"[^>]*>Contradicted', contradicted)
    assert key
    url = reverse("note_edit", kwargs={"pk": note.pk})
    checker.post(url, typed(**{"note-revision": "1", "note-verdict": key[1]}), headers=HTMX)
    assert "Note on this passage: contradicted" in checker.get(story.get_absolute_url()).content.decode()


def test_note_stays_on_its_version_when_the_text_changes(checker: Client, version: ArticleVersion, story: Story):
    from articles.ingest import import_articles

    note = saved_note(checker, version)
    changed = make_article(headline=version.article.headline, body="Everything was told differently in the evening.")
    import_articles([changed], story=story, by=None)
    note.refresh_from_db()
    assert note.version == version
    assert f'id="passage-{note.pk}"' not in checker.get(story.get_absolute_url()).content.decode()
    older = checker.get(version.get_absolute_url()).content.decode()
    assert f'id="passage-{note.pk}"' in older
    assert re.search(rf'data-note="{note.pk}"[^>]*>{QUOTE}<|data-note="{note.pk}"', older)
    page = checker.get(note.get_absolute_url()).content.decode()
    assert "the text has changed since" in page
    assert f"{version.get_absolute_url()}#passage-{note.pk}" in page


def test_reading_costs_the_same_with_many_passage_notes(
    checker: Client, version: ArticleVersion, story: Story, django_assert_num_queries
):
    urls = [story.get_absolute_url(), version.get_absolute_url()]
    saved_note(checker, version)
    counts = []
    for url in urls:
        checker.get(url)
        with CaptureQueriesContext(connection) as one:
            checker.get(url)
        counts.append(len(one))
    for _ in range(6):
        saved_note(checker, version, key=str(uuid4()))
    for url, count in zip(urls, counts, strict=True):
        checker.get(url)
        with django_assert_num_queries(count):
            checker.get(url)
