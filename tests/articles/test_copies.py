"""Copy across stories: what is found, what is not, and that it stays cheap."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import copies, deciding
from articles.copies import find_copies
from articles.models import ArticleVersion, FindingDecision, Fingerprint, Quotation, Story
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db

SAME = "Rescue boats from three towns brought everybody ashore before the tide turned and the wind rose to a gale."
MORE = "Volunteers handed out blankets in the sports hall while engineers inspected the cracked hull by lamplight."
OTHER = "Coast Daily"


def make_version(body: str, *, outlet: str = "The Harbour Post", headline: str = "Night at sea") -> ArticleVersion:
    """The current version of an article in a story of its own."""
    version = make_story([make_article(outlet, headline, body)]).articles.get().current_version
    assert version
    return version


def test_copy_is_found_across_stories_with_exact_passages() -> None:
    mine = make_version(f"It was a long night. {SAME} Then silence. {MORE}")
    little = make_version(f"Nobody slept in town. {SAME} The mayor came at six.", outlet=OTHER, headline="Storm")
    much = make_version(f"Öl! {MORE} A dog barked. {SAME}", outlet="Isle Times", headline="Rescue")
    make_version("A council meeting about parking ended without a vote on Tuesday.", outlet=OTHER, headline="Parking")

    found = find_copies(mine)

    assert [copy.version for copy in found] == [much, little]
    for copy in found:
        assert copy.words == sum(passage.words for passage in copy.passages)
        for passage in copy.passages:
            words = mine.text[passage.start : passage.end]
            assert words == copy.version.text[passage.other_start : passage.other_end]
            assert words in {SAME.rstrip("."), MORE.rstrip(".")}
    assert len(found[0].passages) == 2
    assert found[1].longest.words == len(SAME.split())
    assert [copy.version for copy in find_copies(mine, limit=1)] == [much]
    assert {copy.version for copy in find_copies(little)} == {mine, much}


def test_a_line_that_an_outlet_prints_below_all_its_reports_is_no_copy() -> None:
    line = (
        "Sign up for our morning newsletter here and get the best of our reporting from the coast in your inbox daily."
    )
    mine = make_version(f"A ferry ran aground off Norvik.\n\n{line}")
    make_version(f"The town council will meet on Friday.\n\n{line}", headline="Council")
    assert find_copies(mine) == []
    assert not Fingerprint.objects.filter(version=mine, position__gte=mine.text.index("Sign up")).exists()


def test_words_that_are_no_quotation_become_copy_and_taking_that_back_hides_them(editor: User) -> None:
    mine = make_version(f"It was a long night. “{SAME}” said the harbour master.")
    other = make_version(f"Nobody slept. {SAME}", outlet=OTHER)
    assert find_copies(other) == []

    quotation = mine.quotations.exclude(kind="indirect").get()
    decision = deciding.reject_quotation(quotation=quotation, by=editor, expected=0)
    assert [copy.version for copy in find_copies(other)] == [mine]

    deciding.undo(decision=decision, by=editor)
    assert find_copies(other) == []


def test_copy_of_the_same_story_is_left_to_its_comparison() -> None:
    bodies = {"The Harbour Post": f"It was a long night. {SAME}", OTHER: f"Nobody slept. {SAME}"}
    story = make_story([make_article(outlet, body=body) for outlet, body in bodies.items()])

    assert story.shared_passages.exists()
    assert [find_copies(article.current_version) for article in story.articles.all()] == [[], []]


def test_hidden_stories_are_not_shown() -> None:
    mine = make_version(f"It was a long night. {SAME}")
    other = make_version(f"Nobody slept. {SAME}", outlet=OTHER)

    Story.objects.filter(pk=other.article.story_id).update(is_hidden=True)

    assert find_copies(mine) == []


def test_what_stands_in_many_texts_is_boilerplate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "MOST_TEXTS", 3)
    mine = make_version(f"It was a long night. {SAME}")
    for number in range(2):
        make_version(f"Number {number} slept. {SAME}", outlet=f"Paper {number}")
    assert len(find_copies(mine)) == 2

    make_version(f"One more slept. {SAME}", outlet="One more")

    assert find_copies(mine) == []


def test_the_same_speech_is_no_copy() -> None:
    said = f"“{SAME}” said harbour master Lena Dahl."
    mine = make_version(f"It was a long night. {said}")
    other = make_version(f"Nobody slept in town that evening. {said}", outlet=OTHER)

    assert find_copies(mine) == []
    assert Quotation.objects.filter(version=mine).exists()
    assert not set(mine.fingerprints.values_list("hash")) & set(other.fingerprints.values_list("hash"))


def test_words_that_people_say_are_no_quotation_count() -> None:
    said = f"“{SAME}” said harbour master Lena Dahl."
    mine = make_version(f"It was a long night. {said}")
    make_version(f"Nobody slept in town that evening. {said}", outlet=OTHER)
    by = make_user()

    Quotation.objects.update(decision=FindingDecision.REJECTED, decided_by=by, decided_at=mine.retrieved_at)
    for version in ArticleVersion.objects.all():
        copies.store_fingerprints(version)

    assert [copy.words for copy in find_copies(mine)] == [len(f"{SAME} said harbour master Lena Dahl".split())]


def test_new_version_takes_the_place_of_the_old() -> None:
    mine = make_version(f"It was a long night. {SAME}")
    other = make_version(f"Nobody slept. {SAME}", outlet=OTHER)
    assert find_copies(mine)

    make_story([make_article(OTHER, "Night at sea", f"Nobody slept. {MORE}")], title=other.article.story.title)

    assert find_copies(mine) == []
    assert not other.fingerprints.exists()
    assert set(Fingerprint.objects.values_list("version__number", flat=True)) == {1, 2}


def test_fingerprints_go_with_their_text() -> None:
    mine = make_version(f"It was a long night. {SAME}")
    other = make_version(f"Nobody slept. {SAME}", outlet=OTHER)

    other.article.story.delete()

    assert find_copies(mine) == []
    assert set(Fingerprint.objects.values_list("version", flat=True)) == {mine.pk}


def test_refrain_is_kept_once_and_a_long_text_costs_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = make_version("never again the sea " * 200)
    assert mine.fingerprints.count() <= 8

    monkeypatch.setattr(copies, "READ_CHARACTERS", 400)
    long = make_version(" ".join(f"word{number}" for number in range(2000)), outlet=OTHER)
    assert 0 < long.fingerprints.count() < 40
    assert max(long.fingerprints.values_list("position", flat=True)) < 400


def test_text_of_few_words_has_none() -> None:
    version = make_version("So.", headline="One")

    assert not version.fingerprints.exists()
    assert find_copies(version) == []


def test_queries_are_the_same_whatever_is_found() -> None:
    numbers = []
    mine = make_version(f"It was a long night. {SAME}")
    for others in (0, 1, 4):
        for number in range(others):
            make_version(f"Number {others} {number} slept. {SAME}", outlet=OTHER)
        with CaptureQueriesContext(connection) as captured:
            found = find_copies(mine)
            assert all(copy.version.article.story.title and copy.version.article.name for copy in found)
        numbers.append(len(captured))
    assert len(find_copies(mine)) == 5
    assert numbers == [2, 2, 2]


def test_texts_stored_before_are_fingerprinted_once() -> None:
    mine = make_version(f"It was a long night. {SAME}")
    other = make_version(f"Nobody slept. {SAME}", outlet=OTHER)
    before = set(Fingerprint.objects.values_list("hash", "version", "position"))
    kept = mine.fingerprints.first()
    other.fingerprints.all().delete()
    assert find_copies(mine) == []

    said = []
    for _ in range(2):
        call_command("fingerprint_versions", stdout=(out := StringIO()))
        said.append(out.getvalue().strip())

    assert said == ["Texts fingerprinted: 1.", "Texts fingerprinted: 0."]
    assert set(Fingerprint.objects.values_list("hash", "version", "position")) == before
    assert mine.fingerprints.first() == kept
    assert [copy.version for copy in find_copies(mine)] == [other]


def test_progress_is_told_on_a_terminal_only() -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    make_version(SAME)
    Fingerprint.objects.all().delete()

    call_command("fingerprint_versions", stdout=(out := Terminal()))

    assert "1 of 1" in out.getvalue()
