"""Verification notes through the browser's requests: written, refused, revised, kept."""

import re
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from annotations.models import Evidence, Note, NoteRevision, NoteState, Verdict
from articles.models import Claim, Story
from articles.roles import DESK_ADMINISTRATOR, EDITOR, FACT_CHECKER, READER
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def story(db: None) -> Story:
    return make_story()


@pytest.fixture
def claim(story: Story) -> Claim:
    """The claim both outlets make: 120 passengers, at least 140 passengers."""
    return story.claims.standing().get(divergences__kind="quantity")


@pytest.fixture
def checker(client: Client, fact_checker: User) -> Client:
    client.force_login(fact_checker)
    return client


def typed(**changes: object) -> dict[str, object]:
    """What the form sends, with one row of evidence."""
    data = {
        "note-verdict": Verdict.objects.offered().get(code="supported").pk,
        "note-text": "Read the harbour log: 120 passengers.",
        "note-not_checked": "Whether crew were counted.",
        "note-key": str(uuid4()),
        "note-revision": "0",
        "evidence-TOTAL_FORMS": "1",
        "evidence-INITIAL_FORMS": "0",
        "evidence-0-url": "https://harbour.example/log",
        "evidence-0-citation": "Harbour log, 14 March",
        "evidence-0-relation": "supports",
        "save": "1",
    }
    return {key: value for key, value in (data | changes).items() if value is not None}


def new_url(claim: Claim) -> str:
    return reverse("note_new", kwargs={"pk": claim.pk})


def test_note_is_saved_in_place_and_everything_that_shows_it_comes_back(
    checker: Client, claim: Claim, fact_checker: User
):
    response = checker.post(new_url(claim), typed(), headers=HTMX)
    assert response.status_code == 200
    note = Note.objects.get()
    assert (note.claim, note.state, note.created_by) == (claim, NoteState.SUBMITTED, fact_checker)
    revision = note.current
    assert (revision.number, revision.text) == (1, "Read the harbour log: 120 passengers.")
    assert revision.not_checked == "Whether crew were counted."
    assert revision.evidence.get().url == "https://harbour.example/log"
    content = response.content.decode()
    assert response.headers["HX-Retarget"] == f"#notes-{claim.pk}"
    assert "noteSaved" in response.headers["HX-Trigger-After-Settle"]
    assert "Harbour log, 14 March" in content
    assert "Farid Checker" in content
    assert 'hx-swap-oob="true"' in content
    for alignment in claim.alignments.live():
        assert f'id="flag-{alignment.appearance_id}-{claim.pk}"' in content
    claim.refresh_from_db()
    assert (claim.note_count, claim.status, claim.is_reviewed) == (1, "supported", False)


def test_without_javascript_the_form_is_a_page_and_saving_redirects(checker: Client, claim: Claim):
    page = checker.get(new_url(claim))
    assert page.status_code == 200
    assert b"<h1>" in page.content
    response = checker.post(new_url(claim), typed())
    assert response.status_code == 302
    assert response.url == f"{claim.get_absolute_url()}#notes-{claim.pk}"
    assert "Read the harbour log" in checker.get(response.url).content.decode()


def test_fragment_is_no_page(checker: Client, claim: Claim):
    fragment = checker.get(new_url(claim), headers=HTMX).content.decode()
    assert "<form" in fragment
    assert "<html" not in fragment


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"note-verdict": ""}, "Choose a verdict"),
        ({"note-verdict": "999999"}, "Choose a verdict from the list"),
        ({"note-text": "  "}, "Say what you checked"),
        ({"evidence-0-url": "pool transcript"}, "A link starts with https://"),
        ({"evidence-0-url": ""}, "Give the link, or empty this row"),
        ({"note-text": "x" * 20_001}, "at most 20000 characters"),
    ],
)
def test_invalid_note_is_422_in_place_and_keeps_what_was_typed(
    checker: Client, claim: Claim, change: dict[str, str], sentence: str
):
    response = checker.post(new_url(claim), typed(**change), headers=HTMX)
    assert response.status_code == 422
    content = response.content.decode()
    assert sentence in content
    assert "Whether crew were counted." in content
    assert "Harbour log, 14 March" in content
    assert 'role="alert"' in content
    assert 'aria-invalid="true"' in content
    assert not Note.objects.exists()


def test_error_page_says_so_in_its_title(checker: Client, claim: Claim):
    response = checker.post(new_url(claim), typed(**{"note-text": ""}))
    assert response.status_code == 422
    assert "<title>Error:" in response.content.decode()


def test_broken_management_form_is_a_422_not_a_crash(checker: Client, claim: Claim):
    response = checker.post(new_url(claim), typed(**{"evidence-TOTAL_FORMS": "many"}), headers=HTMX)
    assert response.status_code == 422
    assert not Note.objects.exists()


def test_another_link_keeps_what_was_typed_and_saves_nothing(checker: Client, claim: Claim):
    response = checker.post(new_url(claim), typed(save=None, add_link="1", **{"note-verdict": ""}), headers=HTMX)
    assert response.status_code == 200
    content = response.content.decode()
    assert 'name="evidence-1-url"' in content
    assert "Whether crew were counted." in content
    assert "not saved yet" not in content
    assert not Note.objects.exists()


def test_draft_needs_only_a_word_and_is_in_progress(checker: Client, claim: Claim):
    data = typed(save=None, save_draft="1", **{"note-verdict": "", "note-not_checked": ""})
    assert checker.post(new_url(claim), data, headers=HTMX).status_code == 200
    claim.refresh_from_db()
    assert claim.status == "in_progress"
    assert Note.objects.get().state == NoteState.DRAFT


def test_empty_draft_is_refused(checker: Client, claim: Claim):
    data = typed(save=None, save_draft="1", **{"note-verdict": "", "note-text": "", "note-not_checked": ""})
    assert checker.post(new_url(claim), data, headers=HTMX).status_code == 422
    assert not Note.objects.exists()


def test_the_same_form_sent_twice_is_one_note(checker: Client, claim: Claim):
    data = typed()
    checker.post(new_url(claim), data, headers=HTMX)
    assert checker.post(new_url(claim), data, headers=HTMX).status_code == 200
    assert Note.objects.count() == NoteRevision.objects.count() == 1


@pytest.mark.parametrize("role", [READER, DESK_ADMINISTRATOR])
def test_readers_and_administrators_cannot_write(client: Client, claim: Claim, role: str):
    client.force_login(make_user(role))
    assert client.get(new_url(claim)).status_code == 403
    assert client.post(new_url(claim), typed(), headers=HTMX).status_code == 403
    assert not Note.objects.exists()
    page = client.get(claim.get_absolute_url()).content.decode()
    assert "Add verification note" not in page


def test_superusers_without_a_role_cannot_write(client: Client, claim: Claim):
    client.force_login(make_user("", is_superuser=True, is_staff=True))
    assert client.post(new_url(claim), typed(), headers=HTMX).status_code == 403
    assert not Note.objects.exists()


@pytest.mark.parametrize("role", [FACT_CHECKER, EDITOR])
def test_fact_checkers_and_editors_write(client: Client, claim: Claim, role: str):
    client.force_login(make_user(role))
    assert client.post(new_url(claim), typed(), headers=HTMX).status_code == 200
    assert Note.objects.count() == 1


def saved_note(checker: Client, claim: Claim, **changes: object) -> Note:
    checker.post(new_url(claim), typed(**changes), headers=HTMX)
    return Note.objects.latest("pk")


def test_revision_is_added_and_the_older_one_stays(checker: Client, claim: Claim):
    note = saved_note(checker, claim)
    url = reverse("note_edit", kwargs={"pk": note.pk})
    form = checker.get(url, headers=HTMX).content.decode()
    assert "Read the harbour log: 120 passengers." in form
    assert re.search(r'name="note-revision" value="1"', form)
    response = checker.post(url, typed(**{"note-revision": "1", "note-text": "The log says 118."}), headers=HTMX)
    assert response.status_code == 200
    assert list(note.revisions.values_list("number", "text")) == [
        (1, "Read the harbour log: 120 passengers."),
        (2, "The log says 118."),
    ]
    page = checker.get(reverse("note_detail", kwargs={"pk": note.pk})).content.decode()
    assert "The log says 118." in page
    assert "Read the harbour log" in page


def test_stale_revision_is_409_with_both_texts_and_can_be_saved_on_top(checker: Client, claim: Claim, editor: User):
    note = saved_note(checker, claim)
    url = reverse("note_edit", kwargs={"pk": note.pk})
    other = Client()
    other.force_login(editor)
    other.post(url, typed(**{"note-revision": "1", "note-text": "Theirs: 119."}), headers=HTMX)
    mine = typed(**{"note-revision": "1", "note-text": "Mine: 118."})
    response = checker.post(url, mine, headers=HTMX)
    assert response.status_code == 409
    content = response.content.decode()
    assert "Theirs: 119." in content
    assert re.search(r"<textarea[^>]*>\s*Mine: 118.</textarea>", content)
    assert "Edda Editor" in content
    assert note.revisions.count() == 2
    assert re.search(r'name="note-revision" value="2"', content)
    response = checker.post(url, mine | {"note-revision": "2"}, headers=HTMX)
    assert response.status_code == 200
    assert list(note.revisions.values_list("text", flat=True))[1:] == ["Theirs: 119.", "Mine: 118."]


def test_draft_becomes_submitted(checker: Client, claim: Claim):
    note = saved_note(checker, claim, save=None, save_draft="1")
    url = reverse("note_edit", kwargs={"pk": note.pk})
    checker.post(url, typed(**{"note-revision": "1"}), headers=HTMX)
    note.refresh_from_db()
    assert note.state == NoteState.SUBMITTED
    assert list(note.revisions.values_list("state", flat=True)) == ["draft", "submitted"]


def test_approved_note_is_not_changed_by_writing_on(checker: Client, claim: Claim):
    note = saved_note(checker, claim)
    Note.objects.filter(pk=note.pk).update(state=NoteState.APPROVED)
    response = checker.post(reverse("note_edit", kwargs={"pk": note.pk}), typed(**{"note-revision": "1"}), headers=HTMX)
    assert response.status_code == 409
    assert "approved" in response.content.decode()
    assert note.revisions.count() == 1


def test_two_verdicts_that_differ_are_disputed(checker: Client, claim: Claim):
    saved_note(checker, claim)
    saved_note(checker, claim, **{"note-verdict": Verdict.objects.offered().get(code="contradicted").pk})
    claim.refresh_from_db()
    assert (claim.status, claim.note_count) == ("disputed", 2)


def test_note_survives_a_new_version_and_points_at_the_older_text(checker: Client, story: Story, claim: Claim):
    from articles.ingest import import_articles

    saved_note(checker, claim)
    changed = make_article(body="Everything about the accident was told differently in the evening edition.")
    import_articles([changed], story=story, by=None)
    claim.refresh_from_db()
    assert claim.notes.count() == 1
    page = checker.get(claim.get_absolute_url()).content.decode()
    assert "Read the harbour log" in page
    old = story.articles.get(outlet__name="The Harbour Post").versions.get(number=1)
    assert old.get_absolute_url() in page
    older = checker.get(old.get_absolute_url())
    assert older.status_code == 200
    assert "120 passengers" in older.content.decode()


def test_history_cannot_be_changed_or_removed(checker: Client, claim: Claim):
    note = saved_note(checker, claim)
    for statement in (
        "UPDATE annotations_noterevision SET text = 'x'",
        "DELETE FROM annotations_noterevision",
        "UPDATE annotations_evidence SET url = 'https://x.example'",
        "DELETE FROM annotations_note",
        "UPDATE annotations_verdict SET label = 'x'",
    ):
        with (
            pytest.raises(IntegrityError, match="immutable"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert Note.objects.get() == note
    assert Evidence.objects.count() == 1


def test_people_with_notes_cannot_be_deleted(checker: Client, claim: Claim, fact_checker: User):
    from django.db.models import ProtectedError

    saved_note(checker, claim)
    with pytest.raises(ProtectedError):
        fact_checker.delete()


def test_hostile_note_is_shown_as_text(checker: Client, claim: Claim):
    saved_note(checker, claim, **{"note-text": "<img src=x onerror=alert(1)>"})
    page = checker.get(claim.get_absolute_url()).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_script_links_are_refused(checker: Client, claim: Claim):
    response = checker.post(new_url(claim), typed(**{"evidence-0-url": "javascript:alert(1)"}), headers=HTMX)
    assert response.status_code == 422
    assert not Note.objects.exists()


def test_passage_note_must_quote_its_text_exactly(story: Story, fact_checker: User):
    from django.utils import timezone

    version = story.articles.first().current_version
    fields = {"story": story, "version": version, "start": 0, "created_by": fact_checker, "changed_at": timezone.now()}
    with pytest.raises(IntegrityError, match="passage"), transaction.atomic():
        Note.objects.create(end=5, quote="Wrong", **fields)
    assert Note.objects.create(end=5, quote=version.text[:5], **fields).pk


def test_queries_do_not_grow_with_notes(checker: Client, claim: Claim, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    saved_note(checker, claim)
    url = reverse("claim_notes", kwargs={"pk": claim.pk})
    checker.get(url, headers=HTMX)
    with CaptureQueriesContext(connection) as one:
        checker.get(url, headers=HTMX)
    count = len(one)
    assert count
    for _ in range(8):
        saved_note(checker, claim)
    with django_assert_num_queries(count):
        checker.get(url, headers=HTMX)


def test_form_filled_in_again_after_back_is_not_silently_dropped(checker: Client, claim: Claim):
    data = typed(save=None, save_draft="1")
    checker.post(new_url(claim), data, headers=HTMX)
    changed = data | {"note-text": "Read it twice.", "save": "1"}
    changed.pop("save_draft")
    response = checker.post(new_url(claim), changed, headers=HTMX)
    assert response.status_code == 409
    assert "saved already, with other words" in response.content.decode()
    assert "Read it twice." in response.content.decode()
    assert NoteRevision.objects.count() == 1


def test_key_of_another_person_makes_no_crash_and_no_note(checker: Client, claim: Claim, editor: User):
    data = typed()
    other = Client()
    other.force_login(editor)
    other.post(new_url(claim), data, headers=HTMX)
    assert checker.post(new_url(claim), data, headers=HTMX).status_code == 409
    assert Note.objects.count() == 1


def test_notes_of_a_merged_claim_speak_for_the_one_that_is_left(checker: Client, story: Story, claim: Claim):
    from articles import deciding

    other = story.claims.standing().exclude(pk=claim.pk).in_reading_order().last()
    note = saved_note(checker, other)
    deciding.merge(claim=other, into=claim, by=note.created_by, expected=0)
    claim.refresh_from_db()
    assert (claim.status, claim.note_count) == ("supported", 1)
    page = checker.get(claim.get_absolute_url()).content.decode()
    assert "Read the harbour log" in page
    assert f"Written on claim {other.number}" in page
    response = checker.post(new_url(other), typed(), headers=HTMX)
    assert response.status_code == 409
    assert f"merged into claim {claim.number}" in response.content.decode()
    assert Note.objects.count() == 1
