"""Correcting the passages of a claim: decided, moved, split off, in other words, and who says it; what is refused."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from articles.models import AlignmentDecision, Appearance, Claim, Decision, Story, Verb
from tests.articles.corrections import of, picked, post
from tests.articles.decisions import live
from tests.factory import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(db: None) -> Story:
    return make_story()


@pytest.fixture
def claim(story: Story) -> Claim:
    return story.claims.standing().get(divergences__kind="quantity")


@pytest.fixture
def desk(as_user, fact_checker: User) -> Client:
    return as_user(fact_checker)


def test_answer_says_that_the_claim_is_worded_anew(desk: Client, claim: Claim):
    gone = next(row for row in live(claim) if "120" in row.appearance.quote and "passengers" in row.appearance.quote)
    page = post(desk, claim, "decide", htmx=True, decision="reject", **of(gone)).content.decode()
    assert f"Claim {claim.number} is in the words of another passage now." in page
    other = live(claim)[0]
    page = post(desk, claim, "decide", htmx=True, decision="confirm", **of(other)).content.decode()
    assert "words of another passage" not in page


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("word", "decided"),
    [
        ("confirm", AlignmentDecision.CONFIRMED),
        ("reject", AlignmentDecision.REJECTED),
        ("unsure", AlignmentDecision.UNSURE),
    ],
)
def test_deciding(desk: Client, claim: Claim, fact_checker: User, htmx: bool, word: str, decided: str):
    alignment = live(claim)[0]
    response = post(desk, claim, "decide", htmx=htmx, decision=word, reason="I know it", **of(alignment))

    alignment.refresh_from_db()
    assert (alignment.decision, alignment.decided_by) == (decided, fact_checker)
    assert Decision.objects.get().reason == "I know it"
    if htmx:
        assert response.status_code == 200
        # On a page of its own: the corrections anew, and a message that takes it back.
        assert response["HX-Reswap"] == "none"
        page = response.content.decode()
        assert f'id="corrections-{claim.pk}" hx-swap-oob="true"' in page
        assert reverse("decision_undo", args=[Decision.objects.get().pk]) in page
    else:
        assert response.status_code == 302
        page = desk.get(response["Location"].split("#")[0]).content.decode()
        assert f"{alignment.get_decision_display()} by Farid Checker" in page
        assert "Take back" in page


@pytest.mark.parametrize("htmx", [False, True])
def test_moving_by_number_and_by_words(desk: Client, story: Story, claim: Claim, htmx: bool):
    other = story.claims.standing().exclude(pk=claim.pk).first()
    first, second, *_ = live(claim)
    post(desk, claim, "move", htmx=htmx, to=f"{other.number} · whatever it says", **picked(first))
    assert first.appearance.quote in {a.appearance.quote for a in live(other)}

    second.refresh_from_db()
    post(desk, claim, "move", htmx=htmx, to=other.statement[:30], **picked(second))
    assert second.appearance.quote in {a.appearance.quote for a in live(other)}


def test_moving_to_words_of_several_claims_is_refused(desk: Client, claim: Claim):
    response = post(desk, claim, "move", to="a", **picked(live(claim)[0]))
    assert response.status_code == 422
    assert "Several claims have these words" in response.content.decode()


@pytest.mark.parametrize("htmx", [False, True])
def test_splitting_off(desk: Client, story: Story, claim: Claim, htmx: bool):
    alignment = live(claim)[1]
    post(desk, claim, "split", htmx=htmx, statement="Another count.", **picked(alignment))
    made = story.claims.get(statement="Another count.")
    assert alignment.appearance.quote in {a.appearance.quote for a in live(made)}
    assert alignment.appearance.quote not in {a.appearance.quote for a in live(claim)}


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("act", ["split", "move"])
def test_several_passages_at_once(desk: Client, story: Story, claim: Claim, htmx: bool, act: str):
    """One row of the log for each that moves; taken back together."""
    other = story.claims.standing().exclude(pk=claim.pk).first()
    passages = live(claim)
    assert len(passages) > 1
    before = story.revision
    more = {"to": other.number} if act == "move" else {"statement": "Two counts."}
    post(desk, claim, act, htmx=htmx, **picked(*passages), **more)

    target = other if act == "move" else story.claims.get(statement="Two counts.")
    assert {a.appearance.quote for a in passages} <= {a.appearance.quote for a in live(target)}
    story.refresh_from_db()
    assert story.revision == before + 1
    decisions = list(Decision.objects.all())
    assert len(decisions) == (len(passages) if act == "move" else 1)
    desk.post(reverse("decision_undo", args=[decisions[0].pk]), {"together": "yes", "claim": claim.pk})
    story.refresh_from_db()
    assert story.revision == before + 2
    for passage in passages:
        passage.refresh_from_db()
        assert passage.decided_by is None


@pytest.mark.parametrize("htmx", [False, True])
def test_choosing_other_words(desk: Client, claim: Claim, htmx: bool):
    alignment = live(claim)[0]
    words = alignment.appearance.quote[:-1].rsplit(" ", 2)[0]
    post(desk, claim, "span", htmx=htmx, quote=words, **of(alignment))
    assert words in {a.appearance.quote for a in live(claim)}


def test_other_words_may_run_over_a_line_break(desk: Client, claim: Claim):
    alignment = live(claim)[0]
    text = alignment.appearance.version.text
    words = text[alignment.appearance.start : text.index("\n\n", alignment.appearance.start) + 8]
    response = post(desk, claim, "span", quote=words.replace("\n", "\r\n"), **of(alignment))
    assert response.status_code == 302
    assert words in {a.appearance.quote for a in live(claim)}


def test_words_that_stand_nowhere_are_kept_in_their_form(desk: Client, claim: Claim):
    first, second, *_ = live(claim)
    response = post(desk, claim, "span", htmx=True, quote="words of my own", reason="slip", **of(second))

    assert response.status_code == 422
    page = response.content.decode()
    assert 'role="alert"' in page
    assert "These words do not stand in the text exactly so" in page
    # The field of the other passage holds its own words still.
    fields = dict(re.findall(r'<textarea name="quote"[^>]*id="id_span_(\d+)_quote"[^>]*>\s*([^<]*)</textarea>', page))
    assert fields[str(second.pk)] == "words of my own"
    assert fields[str(first.pk)] == escape(first.appearance.quote)
    assert not Decision.objects.exists()


def test_what_was_typed_about_a_row_that_is_gone_is_shown_to_copy(desk: Client, claim: Claim):
    response = post(
        desk, claim, "span", htmx=True, quote="A sentence I wrote.", alignment=999_999, expected=0, reason=""
    )
    assert response.status_code == 422
    assert "<blockquote>A sentence I wrote.</blockquote>" in response.content.decode()


def test_passages_that_are_gone_keep_what_was_typed(desk: Client, claim: Claim):
    response = post(desk, claim, "split", htmx=True, statement="A sentence I wrote.", passages=["999999:0"])
    page = response.content.decode()
    assert response.status_code == 422
    assert "One of the passages is no longer there" in page
    assert 'value="A sentence I wrote."' in page


@pytest.mark.parametrize("value", ["", "x", "1:", "1:x", "-1:0", "9" * 30 + ":0"])
def test_passages_that_are_none_are_refused(desk: Client, claim: Claim, value: str):
    assert post(desk, claim, "split", htmx=True, passages=[value]).status_code == 422
    assert not Decision.objects.exists()


@pytest.mark.parametrize("htmx", [False, True])
def test_changing_the_stance(desk: Client, claim: Claim, htmx: bool):
    said = live(claim)[0].appearance
    fields = {"speaker": "Lena Dahl", "certainty": "PR+", "source_level": "named"}
    post(desk, claim, "stance", htmx=htmx, appearance=said.pk, expected=said.revision, **fields)
    said = Appearance.objects.get(pk=said.pk)
    assert said.speaker is not None
    assert (said.speaker.name, said.certainty, said.source_level) == ("Lena Dahl", "PR+", "named")


def test_stance_is_compared_once_and_logged_by_parts(desk: Client, story: Story, claim: Claim):
    said = live(claim)[0].appearance
    before = story.revision
    fields = {"speaker": "Lena Dahl", "certainty": "PR+", "source_level": "named"}
    post(desk, claim, "stance", appearance=said.pk, expected=said.revision, **fields)

    story.refresh_from_db()
    assert story.revision == before + 1
    verbs = [decision.verb for decision in Decision.objects.all()]
    assert verbs == [Verb.EDIT_SPEAKER, Verb.EDIT_CERTAINTY, Verb.EDIT_SOURCE_LEVEL]
    page = desk.get(reverse("claim_correct", args=[claim.pk])).content.decode()
    for part in ("Speaker", "Certainty", "Kind of source"):
        assert f"{part} set by Farid Checker" in page
    # One part alone, the newest; then the others together.
    newest, *_ = Decision.objects.order_by("-pk")
    desk.post(reverse("decision_undo", args=[newest.pk]), {"claim": claim.pk})
    desk.post(reverse("decision_undo", args=[Decision.objects.first().pk]), {"together": "yes", "claim": claim.pk})
    said = Appearance.objects.get(pk=said.pk)
    assert (said.speaker, said.certainty, said.source_level, said.edited) == (None, "CT+", "none", [])


def test_stance_that_is_the_same_is_refused(desk: Client, claim: Claim):
    said = live(claim)[0].appearance
    fields = {"speaker": "", "certainty": said.certainty, "source_level": said.source_level}
    response = post(desk, claim, "stance", appearance=said.pk, expected=said.revision, **fields)
    assert response.status_code == 422
    assert "Nothing is different" in response.content.decode()
