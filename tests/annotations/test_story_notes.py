"""The list of all notes of a story: everything is in it, narrowed down, paged, at the same cost."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.models import Note, NoteState
from annotations.story_notes import NOTES_A_PAGE
from articles.ingest import import_articles
from articles.models import ArticleVersion, Claim, Story
from tests.annotations.test_notes import HTMX, typed
from tests.annotations.test_passage_notes import saved_note
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db


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
    return story.claims.standing().get(divergences__kind="quantity")


@pytest.fixture
def checker(client: Client, fact_checker: User) -> Client:
    client.force_login(fact_checker)
    return client


def list_url(story: Story) -> str:
    return reverse("story_notes", kwargs={"slug": story.slug})


def listed(client: Client, story: Story, **chosen: str) -> list[int]:
    return [note.pk for note in client.get(list_url(story), chosen).context["page"]]


def note_on(claim: Claim, client: Client, **changes: object) -> Note:
    client.post(reverse("note_new", kwargs={"pk": claim.pk}), typed(**changes), headers=HTMX)
    return Note.objects.latest("pk")


def test_without_notes_it_says_how_one_is_written(checker: Client, story: Story):
    page = checker.get(list_url(story))
    assert page.status_code == 200
    assert "No notes yet" in page.content.decode()


def test_notes_on_claims_and_passages_are_there_newest_first(
    checker: Client, story: Story, claim: Claim, version: ArticleVersion
):
    on_claim, on_passage = note_on(claim, checker), saved_note(checker, version)
    assert listed(checker, story) == [on_passage.pk, on_claim.pk]
    page = checker.get(list_url(story)).content.decode()
    assert "“120 passengers”" in page
    assert claim.statement in page
    assert "Put under a claim" in page
    assert listed(checker, make_story()) == []


def test_words_with_quotation_marks_get_no_second_ones(checker: Client, version: ArticleVersion, story: Story):
    quote = "“Nobody was hurt,” said harbour master Lena Dahl."
    note = saved_note(checker, version, quote)
    for address in (list_url(story), note.get_absolute_url(), reverse("note_edit", args=[note.pk])):
        page = checker.get(address, follow=True).content.decode()
        assert quote in page
        assert f"“{quote}" not in page


def test_it_is_narrowed_down(
    checker: Client, story: Story, claim: Claim, version: ArticleVersion, fact_checker: User, editor: User
):
    on_claim = note_on(claim, checker)
    on_passage = saved_note(checker, version)
    theirs = Client()
    theirs.force_login(editor)
    draft = note_on(claim, theirs, save=None, save_draft="1", **{"note-verdict": ""})
    assert listed(checker, story, on="claim") == [draft.pk, on_claim.pk]
    assert listed(checker, story, on="passage") == [on_passage.pk]
    assert listed(checker, story, on="older") == []
    assert listed(checker, story, state="draft") == [draft.pk]
    assert listed(checker, story, verdict="supported") == [on_passage.pk, on_claim.pk]
    assert listed(checker, story, author=str(editor.pk), state="draft") == [draft.pk]
    assert listed(checker, story, author=str(fact_checker.pk), on="claim") == [on_claim.pk]
    none = checker.get(list_url(story), {"state": "retracted"}).content.decode()
    assert "No note is like this" in none
    assert "Show all notes" in none


@pytest.mark.parametrize(
    "chosen", [{"state": "x"}, {"verdict": "nope"}, {"author": "many"}, {"on": "\0"}, {"page": "x"}]
)
def test_what_cannot_be_read_narrows_nothing_down(checker: Client, story: Story, claim: Claim, chosen: dict[str, str]):
    note = note_on(claim, checker)
    assert listed(checker, story, **chosen) == [note.pk]


def test_passage_of_an_older_text_stays_with_a_way_to_it(checker: Client, story: Story, version: ArticleVersion):
    note = saved_note(checker, version)
    changed = make_article(headline=version.article.headline, body="Everything was told differently in the evening.")
    import_articles([changed], story=story, by=None)
    assert listed(checker, story, on="older") == [note.pk]
    page = checker.get(list_url(story)).content.decode()
    assert "version 1: an older text" in page
    # The texts side by side have no place for it any more, and say where it is.
    read = checker.get(story.get_absolute_url()).content.decode()
    assert read.count(f'<a href="{list_url(story)}?on=older">1 note on words of an older text</a>') == 1
    assert f"{version.get_absolute_url()}#passage-{note.pk}" in page
    assert f'id="passage-{note.pk}"' in checker.get(version.get_absolute_url()).content.decode()


def test_readers_read_and_are_offered_nothing_else(
    client: Client, story: Story, version: ArticleVersion, fact_checker: User, reader: User
):
    other = Client()
    other.force_login(fact_checker)
    saved_note(other, version)
    client.force_login(reader)
    page = client.get(list_url(story)).content.decode()
    assert "120 passengers" in page
    assert "Put under a claim" not in page
    assert "Revise" not in page


def test_hidden_stories_and_strangers(client: Client, story: Story, reader: User):
    assert client.get(list_url(story)).status_code == 302
    client.force_login(reader)
    Story.objects.filter(pk=story.pk).update(is_hidden=True)
    assert client.get(list_url(story)).status_code == 404


def test_htmx_gets_the_list_alone(checker: Client, story: Story, claim: Claim):
    note_on(claim, checker)
    fragment = checker.get(list_url(story), headers=HTMX).content.decode()
    assert 'id="notes"' in fragment
    assert "<html" not in fragment


def test_long_lists_are_paged_at_the_same_cost(
    checker: Client, story: Story, claim: Claim, version: ArticleVersion, django_assert_num_queries
):
    saved_note(checker, version)
    note_on(claim, checker)
    checker.get(list_url(story))
    with CaptureQueriesContext(connection) as few:
        checker.get(list_url(story))
    count = len(few)
    assert count
    for _ in range(NOTES_A_PAGE):
        saved_note(checker, version)
    checker.get(list_url(story))
    with django_assert_num_queries(count):
        page = checker.get(list_url(story)).content.decode()
    assert f"1 to {NOTES_A_PAGE} of {NOTES_A_PAGE + 2} notes" in page
    assert len(listed(checker, story, page="2")) == 2
    assert Note.objects.filter(state=NoteState.SUBMITTED).count() == NOTES_A_PAGE + 2
