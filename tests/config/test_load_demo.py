"""The demonstration: its story shows everything the desk can tell apart, and loading it again changes nothing."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.urls import reverse

from annotations.models import Note, NoteRevision, NoteState
from articles.models import (
    Alignment,
    Article,
    ArticleVersion,
    Claim,
    ClaimState,
    Divergence,
    DivergenceKind,
    PublishedGranularity,
    SharedPassage,
    Story,
)
from articles.models.claims import DISPUTED, IN_PROGRESS
from config.demo import DEMO_PASSWORD, DEMO_PEOPLE
from config.sample_story import FILE, NOTES

pytestmark = pytest.mark.django_db


@pytest.fixture
def load_demo(settings) -> Callable[[], None]:
    """Runs the command as ``make demo`` does."""
    settings.IS_DEMO = True
    return lambda: call_command("load_demo")


def test_every_kind_of_divergence_is_found(load_demo: Callable[[], None]):
    load_demo()
    assert set(Divergence.objects.values_list("kind", flat=True)) == set(DivergenceKind.values)


def test_sources_agree_part_and_have_something_of_their_own(load_demo: Callable[[], None]):
    load_demo()
    assert set(Claim.objects.values_list("state", flat=True)) == set(ClaimState.values)
    for article in Article.objects.all():
        own = Alignment.objects.live().filter(
            claim__state=ClaimState.ONLY, appearance__version=article.current_version_id
        )
        assert own.exists(), f"Nothing stands only in the {article.name}."


def test_two_outlets_share_agency_copy(load_demo: Callable[[], None]):
    load_demo()
    passage = SharedPassage.objects.select_related("left__article__outlet", "right__article__outlet").order_by(
        "-token_count"
    )[0]
    assert {passage.left.article.name, passage.right.article.name} == {"Harbor Gazette", "Northfield Courier"}
    assert passage.token_count >= 40


def test_dates_are_as_fine_as_they_are_known(load_demo: Callable[[], None]):
    load_demo()
    found = Article.objects.values_list("published_granularity", flat=True)
    assert sorted(found) == sorted([*2 * [PublishedGranularity.MINUTE], *PublishedGranularity.values[1:]])


def test_every_span_is_proved(load_demo: Callable[[], None], capsys: pytest.CaptureFixture[str]):
    load_demo()
    call_command("prove_spans")
    assert capsys.readouterr().out.splitlines()[-1].endswith(" spans, 0 mismatches")


def test_notes_stand_in_different_states(load_demo: Callable[[], None]):
    load_demo()
    assert set(Note.objects.values_list("state", flat=True)) == {
        NoteState.DRAFT,
        NoteState.SUBMITTED,
        NoteState.APPROVED,
    }
    assert sorted(note.revisions.count() for note in Note.objects.all())[-1] == 2
    assert {DISPUTED, IN_PROGRESS} <= set(Claim.objects.values_list("status", flat=True))
    assert Claim.objects.get(is_reviewed=True).status == "supported"


def test_one_note_rests_on_an_older_text(load_demo: Callable[[], None]):
    load_demo()
    superseded = [note.superseded_versions for note in Note.objects.for_display()]
    ((version,),) = [versions for versions in superseded if versions]
    assert (version.article.name, version.number) == ("Puente Dispatch", 1)
    assert "Correction:" not in version.text
    assert "Correction:" in version.article.current_version.text


def test_a_second_run_changes_nothing(load_demo: Callable[[], None], django_assert_max_num_queries):
    def state() -> list[object]:
        return [
            *(model.objects.count() for model in (User, Article, ArticleVersion, Claim, Note, NoteRevision)),
            *Story.objects.values_list("revision", "changed_at"),
            *Note.objects.order_by("pk").values_list("pk", "changed_at", "state"),
            *Claim.objects.order_by("pk").values_list("pk", "number", "statement"),
            *User.objects.order_by("pk").values_list("pk", "password"),
        ]

    load_demo()
    before = state()
    with django_assert_max_num_queries(40):
        load_demo()
    assert state() == before


def test_notes_that_visitors_changed_stay(load_demo: Callable[[], None]):
    load_demo()
    note = Note.objects.filter(state=NoteState.DRAFT).get()
    Note.objects.filter(pk=note.pk).update(state=NoteState.CHANGES_REQUESTED)
    load_demo()
    note.refresh_from_db()
    assert note.state == NoteState.CHANGES_REQUESTED
    assert Note.objects.count() == len(NOTES)


def test_the_file_is_imported_like_any_other(capsys: pytest.CaptureFixture[str]):
    call_command("import_articles", str(FILE), story="By hand")
    assert capsys.readouterr().out == "By hand: 4 imported, 1 changed, 0 already there, 0 failed.\n"


def test_people_of_every_role_and_the_address_are_printed(
    load_demo: Callable[[], None], settings, capsys: pytest.CaptureFixture[str], client
):
    load_demo()
    printed = capsys.readouterr().out
    assert f"{settings.BASE_URL}/" in printed
    assert DEMO_PASSWORD in printed
    for person in DEMO_PEOPLE:
        assert person.username in printed
        assert person.role in printed
    response = client.post(reverse("login"), {"username": "ilse", "password": DEMO_PASSWORD})
    assert response.status_code == 302


@override_settings(IS_DEMO=False)
def test_outside_demo_mode_it_is_refused():
    with pytest.raises(CommandError, match="in demo mode only"):
        call_command("load_demo")
    assert not User.objects.exists()
    assert not Story.objects.exists()
