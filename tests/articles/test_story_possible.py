"""The queue of possible matches: one question after the other, each answer undoable."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import deciding
from articles.models import Alignment, AlignmentDecision, Claim, Decision, Story, Verb
from articles.reading.possible import next_possible
from tests.factory import make_story, make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def make_possible(story: Story, count: int = 3) -> list[Alignment]:
    """Undecided matches: claims of ``story`` ask about passages of others, in texts that do not put them forward."""
    claims = list(story.claims.standing().in_reading_order())
    rows = []
    for claim in claims:
        speaking = Alignment.objects.live().filter(claim=claim).values("appearance__version")
        other = Alignment.objects.live().filter(claim__story=story).exclude(appearance__version__in=speaking)
        for passage in other.exclude(appearance__alignments__claim=claim).order_by("pk"):
            if len(rows) < count:
                rows.append(
                    Alignment.objects.create(
                        claim=claim,
                        appearance=passage.appearance,
                        method="words",
                        score=0.4,
                        decision=AlignmentDecision.POSSIBLE,
                    )
                )
    return rows


@pytest.fixture
def story(db: None, monkeypatch: pytest.MonkeyPatch) -> Story:
    story = make_story()
    Alignment.objects.filter(claim__story=story, decision=AlignmentDecision.POSSIBLE).delete()
    make_possible(story)
    # What is asked about here the comparison did not find, and would take away.
    monkeypatch.setattr("articles.comparison.compare", lambda **kwargs: None)
    return story


@pytest.fixture
def desk(as_user, fact_checker: User) -> Client:
    return as_user(fact_checker)


def asked(story: Story) -> Alignment:
    match = next_possible(story)
    assert match
    return match.asked.row


def answer(desk: Client, story: Story, row: Alignment, word: str, *, done: int = 0, htmx: bool = False):
    fields = {"alignment": row.pk, "expected": row.revision, "decision": word, "done": done}
    return desk.post(reverse("story_possible", args=[story.slug]), fields, headers=HTMX if htmx else {})


def test_asks_with_the_claim_and_the_words_around(desk: Client, story: Story):
    row = asked(story)
    page = desk.get(reverse("story_possible", args=[story.slug])).content.decode()
    assert row.claim.statement in page
    assert f"<mark>{row.appearance.quote}</mark>" in page
    assert "3 left to decide<" in page
    assert "queue-undo" not in page
    match = next_possible(story)
    assert match
    assert match.best
    text = row.appearance.version.text.replace("\n\n", "\n")
    assert match.asked.before + match.asked.quote + match.asked.after in text


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(("word", "decided"), [("confirm", "confirmed"), ("reject", "rejected"), ("unsure", "unsure")])
def test_answering_goes_on_to_the_next(desk: Client, story: Story, htmx: bool, word: str, decided: str):
    row = asked(story)
    response = answer(desk, story, row, word, htmx=htmx)
    row.refresh_from_db()
    assert row.decision == decided
    assert asked(story).pk != row.pk
    last = Decision.objects.get().pk
    address = reverse("story_possible", args=[story.slug], query={"done": 1, "last": last})
    if htmx:
        assert response["HX-Replace-Url"] == address
        page = response.content.decode()
        assert "<html" not in page
        assert 'hx-swap-oob="innerHTML"' in page
    else:
        assert response["Location"] == address
        page = desk.get(address).content.decode()
    assert "2 left to decide, 1 answered" in page
    assert "queue-undo" in page


@pytest.mark.parametrize("htmx", [False, True])
def test_last_answer_is_taken_back_and_asked_again(desk: Client, story: Story, htmx: bool):
    rows = [asked(story)]
    answer(desk, story, rows[0], "reject")
    rows.append(asked(story))
    answer(desk, story, rows[1], "reject", done=1)
    last = Decision.objects.latest("pk")
    response = desk.post(
        reverse("story_possible", args=[story.slug]),
        {"act": "undo", "last": last.pk, "done": 2},
        headers=HTMX if htmx else {},
    )
    rows[1].refresh_from_db()
    assert rows[1].decision == AlignmentDecision.POSSIBLE
    page = (response if htmx else desk.get(response["Location"])).content.decode()
    assert "2 left to decide, 1 answered" in page
    assert f'name="alignment" value="{rows[1].pk}"' in page
    assert "queue-undo" not in page


def test_taking_back_twice_is_refused_with_a_sentence(desk: Client, story: Story, fact_checker: User):
    answer(desk, story, asked(story), "reject")
    last = Decision.objects.get()
    deciding.undo(decision=last, by=fact_checker)
    response = desk.post(reverse("story_possible", args=[story.slug]), {"act": "undo", "last": last.pk, "done": 1})
    assert response.status_code == 422
    assert "This was taken back already." in response.content.decode()


def test_answer_that_raises_a_question_moves_no_goal(desk: Client, story: Story, monkeypatch):
    monkeypatch.setattr("articles.comparison.compare", lambda **kwargs: make_possible(story, 1))
    page = answer(desk, story, asked(story), "confirm", htmx=True).content.decode()
    # In sight, and to those who hear it.
    assert page.count("3 left to decide, 1 answered") == 2


def test_done_when_all_are_answered(desk: Client, story: Story):
    for done in range(3):
        response = answer(desk, story, asked(story), "unsure", done=done, htmx=True)
    page = response.content.decode()
    assert "All decided" in page
    assert "You have answered 3 possible matches" in page
    assert "possible_count" not in desk.get(story.get_absolute_url()).content.decode()


def test_nothing_to_decide(desk: Client, story: Story):
    Alignment.objects.filter(decision=AlignmentDecision.POSSIBLE).delete()
    assert "Nothing to decide" in desk.get(reverse("story_possible", args=[story.slug])).content.decode()


@pytest.mark.parametrize("htmx", [False, True])
def test_answer_of_somebody_faster_stands(desk: Client, story: Story, editor: User, htmx: bool):
    row = asked(story)
    deciding.reject(alignment=row, by=editor, expected=row.revision)
    response = answer(desk, story, row, "confirm", htmx=htmx)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Somebody else decided about this a moment ago" in page
    # The next question is there already.
    assert f'name="alignment" value="{asked(story).pk}"' in page
    row.refresh_from_db()
    assert row.decision == AlignmentDecision.REJECTED


def test_vanished_match_is_said_so(desk: Client, story: Story):
    row = asked(story)
    Alignment.objects.filter(pk=row.pk).delete()
    assert answer(desk, story, row, "confirm", htmx=True).status_code == 409


def test_nobody_takes_back_what_others_answered_here(desk: Client, story: Story, editor: User):
    decision = deciding.reject(alignment=asked(story), by=editor, expected=0)
    address = reverse("story_possible", args=[story.slug], query={"last": decision.pk})
    assert "queue-undo" not in desk.get(address).content.decode()
    assert desk.post(address, {"act": "undo", "last": decision.pk}).status_code == 404
    assert not Decision.objects.filter(verb=Verb.UNDO).exists()


def test_read_screen_links_to_the_queue(desk: Client, story: Story):
    page = desk.get(story.get_absolute_url()).content.decode()
    assert f'href="{reverse("story_possible", args=[story.slug])}">3 possible matches to decide' in page


def test_quick_question_stands_at_the_wording(desk: Client, story: Story):
    rows = Alignment.objects.undecided().filter(claim__story=story).select_related("claim__story")
    assert len(rows) == 3
    for row in rows:
        page = desk.get(row.claim.get_absolute_url()).content.decode()
        assert "Same claim?" in page
        assert f'name="alignment" value="{row.pk}"' in page


@pytest.mark.parametrize("who", ["reader", "administrator", "superuser"])
def test_only_fact_checkers_and_editors_answer(request, as_user, story: Story, who: str):
    user = make_user("", name="root", is_superuser=True) if who == "superuser" else request.getfixturevalue(who)
    desk = as_user(user)
    assert desk.get(reverse("story_possible", args=[story.slug])).status_code == 403
    assert answer(desk, story, asked(story), "confirm").status_code == 403
    assert not Decision.objects.exists()


def test_hidden_story_is_not_found(desk: Client, story: Story):
    Story.objects.update(is_hidden=True)
    assert desk.get(reverse("story_possible", args=[story.slug])).status_code == 404


def test_queries_do_not_grow_with_the_queue(desk: Client, story: Story):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("story_possible", args=[story.slug]))
        return len(queries)

    few = count()
    make_possible(story, 6)
    assert Claim.objects.exists()
    assert count() <= few


def test_unsure_passage_stays_possible_and_is_not_asked_again(desk: Client, story: Story):
    row = asked(story)
    answer(desk, story, row, "unsure")
    page = desk.get(row.claim.get_absolute_url()).content.decode()
    assert "Unsure by Farid Checker" in page
    assert f'name="alignment" value="{row.pk}"' not in page
