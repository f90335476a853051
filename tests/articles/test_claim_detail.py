"""The panel of one claim: as a fragment for htmx, as an address for everybody else."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.models import NoteState, Verdict
from annotations.writing import EvidenceItem, NoteContent, create_note
from articles import deciding
from articles.models import (
    Alignment,
    Appearance,
    Article,
    ArticleVersion,
    Claim,
    ClaimState,
    Completeness,
    Divergence,
    DivergenceDecision,
    Origin,
    Story,
)
from articles.reading import Panel, claim_panel, find_columns
from articles.reading.copied import same_words
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(as_user, reader: User) -> Client:
    return as_user(reader)


def differing(story: Story) -> Claim:
    return story.claims.filter(state=ClaimState.DIFFERS).order_by("position")[0]


def panel_of(claim: Claim) -> Panel:
    return claim_panel(claim.pk, story=claim.story, columns=find_columns(claim.story))


def test_heads_of_columns_that_are_not_shown_are_left_out(desk: Client) -> None:
    story = make_story()
    claim = differing(story)
    first, second = story.articles.in_order()

    page = desk.get(reverse("claim_detail", args=[claim.pk], query={"show": second.pk}), headers=HTMX).content.decode()

    assert f'id="cell-{second.pk}"' in page
    assert f'id="cell-{first.pk}"' not in page
    assert f"&amp;show={second.pk}" in page


def test_htmx_gets_the_panel_and_the_columns_heads(desk: Client) -> None:
    story = make_story()
    claim = differing(story)

    response = desk.get(reverse("claim_detail", args=[claim.pk]), headers=HTMX)

    page = response.content.decode()
    assert page.lstrip().startswith('<section class="pane" id="panel"')
    assert "<html" not in page
    for article in story.articles.all():
        assert f'<p class="source-cell" id="cell-{article.pk}" hx-swap-oob="true">' in page
    assert f'id="notes-{claim.pk}"' in page
    assert "HX-Request" in response["Vary"]


def test_without_htmx_it_leads_to_the_page(desk: Client) -> None:
    story = make_story()
    claim = differing(story)

    response = desk.get(reverse("claim_detail", args=[claim.pk]))

    assert response.status_code == 302
    assert response["Location"] == f"{story.get_absolute_url()}?claim={claim.number}"


def test_expired_session_answers_with_an_event(client: Client) -> None:
    claim = differing(make_story())

    response = client.get(reverse("claim_detail", args=[claim.pk]), headers=HTMX)

    assert response.status_code == 401
    assert "sessionExpired" in response["HX-Trigger"]


def test_account_without_a_role_is_refused(as_user) -> None:
    claim = differing(make_story())

    assert as_user(make_user("")).get(reverse("claim_detail", args=[claim.pk]), headers=HTMX).status_code == 403


def test_claim_of_a_hidden_story_is_not_found(desk: Client) -> None:
    claim = differing(make_story())
    Story.objects.update(is_hidden=True)

    assert desk.get(reverse("claim_detail", args=[claim.pk]), headers=HTMX).status_code == 404


def test_numbers_that_part_stand_side_by_side_with_the_reason(desk: Client) -> None:
    story = make_story()
    claim = Claim.objects.get(pk=story.claims.filter(divergences__kind="quantity").values("pk")[:1])
    reason = claim.divergences.get(kind="quantity").reason

    page = desk.get(reverse("claim_detail", args=[claim.pk]), headers=HTMX).content.decode()

    assert "Number differs" in page
    assert reason.split(";")[0].split(":")[0] in page
    values = re.search(r"<dt>Number</dt>(.*?)</div>", page, re.DOTALL).group(1)
    assert "120" in values
    assert "at least 140" in values


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ClaimState.DIFFERS, "<strong>2 of 2</strong> speak of it"),
        (ClaimState.AGREED, "<strong>2 of 2</strong> say so"),
    ],
)
def test_sources_that_part_speak_of_a_claim_and_do_not_say_so(desk: Client, state: ClaimState, words: str) -> None:
    claim = make_story().claims.filter(state=state, source_count=2).order_by("position")[0]
    addresses = reverse("claim_detail", args=[claim.pk]), reverse("claim_page", args=[claim.story.slug, claim.number])

    panel, page = (desk.get(address, headers=HTMX).content.decode() for address in addresses)

    assert words in panel
    assert words in page


def test_rejected_divergence_is_not_shown(editor: User) -> None:
    story = make_story()
    claim = differing(story)
    Divergence.objects.filter(claim=claim).update(
        decision=DivergenceDecision.REJECTED, decided_by=editor, decided_at=story.changed_at
    )

    panel = panel_of(claim)

    assert panel.badges == ()
    assert panel.values == ()
    assert panel.row.sorts == ()


def test_support_counts_outlets_and_brackets_shared_copy() -> None:
    story = make_story(
        [make_article("One"), make_article("Two"), make_article("Three", "Another day", "Nothing here.")]
    )
    claim = story.claims.filter(source_count=2).order_by("position")[0]
    Origin.objects.filter(claim=claim).delete()
    origin = Origin.objects.create(claim=claim, number=1, reason="One and Two share agency copy")
    Alignment.objects.filter(claim=claim).update(origin=origin)
    Claim.objects.filter(pk=claim.pk).update(independent_count=1)

    support = panel_of(claim).support

    assert (support.said, support.outlets, support.independent) == (2, 3, 1)
    assert [[c.siglum for c in group.columns] for group in support.groups] == [["A", "B"], ["C"]]
    assert [group.is_shared for group in support.groups] == [True, False]
    assert [group.is_silent for group in support.groups] == [False, True]
    assert support.reasons == ("One and Two share agency copy",)


def test_not_yet_published_is_explained(desk: Client) -> None:
    at = datetime(2026, 3, 14, 9, tzinfo=UTC)
    early = make_article("Early", "Fog", "Fog lay over Norvik.", published_at=at, published_granularity="minute")
    late = make_article(published_at=at.replace(hour=12), published_granularity="minute")
    story = make_story([early, late])
    claim = story.claims.standing().get(statement__startswith="A ferry")
    addresses = reverse("claim_detail", args=[claim.pk]), reverse("claim_page", args=[story.slug, claim.number])

    for address in addresses:
        assert "Came out before the first text that has this claim" in desk.get(address, headers=HTMX).content.decode()
    ledger = desk.get(reverse("story_ledger", args=[story.slug])).content.decode()
    assert "out before the first text with the claim" in ledger


def test_incomplete_text_is_not_called_silent() -> None:
    story = make_story([make_article("One"), make_article("Two", "Another day", "Nothing is here to read.")])
    version = ArticleVersion.objects.get(article__story=story, article__outlet__name="Two")
    # Versions never change, so the database refuses to set it afterwards.
    article = Article.objects.get(pk=version.article_id)
    short = ArticleVersion.objects.create(
        article=article,
        number=2,
        text=version.text,
        sha256=version.sha256,
        character_count=version.character_count,
        word_count=version.word_count,
        completeness=Completeness.PAYWALLED,
        retrieved_at=version.retrieved_at,
    )
    Article.objects.filter(pk=article.pk).update(current_version=short)
    claim = story.claims.filter(alignments__appearance__version__article__outlet__name="One").order_by("position")[0]

    parts = panel_of(claim).parts

    assert {part.column.siglum: part.cell.word for part in parts} == {"A": "says", "B": "incomplete text"}


def test_wordings_name_their_paragraph() -> None:
    story = make_story()
    quoted = Appearance.objects.filter(version__article__story=story, quote__contains="Nobody").order_by("version")[0]
    claim = Claim.objects.filter(alignments__appearance=quoted)[0]

    wordings = [w for part in panel_of(claim).parts for w in part.wordings]

    assert {w.paragraph for w in wordings if w.appearance == quoted.pk} == {1}
    for wording in wordings:
        row = Appearance.objects.get(pk=wording.appearance)
        assert "".join(piece.words for piece in wording.pieces) == row.quote


def test_previous_and_next_follow_the_texts() -> None:
    story = make_story()
    order = list(story.claims.in_reading_order().values_list("pk", "number"))

    panels = [claim_panel(pk, story=story, columns=find_columns(story)) for pk, _ in order]

    assert [panel.previous for panel in panels] == [None, *(number for _, number in order[:-1])]
    assert [panel.next for panel in panels] == [*(number for _, number in order[1:]), None]


def test_queries_do_not_grow_with_sources(desk: Client) -> None:
    counts = []
    for outlets in (2, 6):
        story = make_story(
            [make_article(f"Outlet {n}", body=f"A ferry with {n + 10} people sank.") for n in range(outlets)]
        )
        claim = story.claims.order_by("-source_count", "position")[0]
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(reverse("claim_detail", args=[claim.pk]), headers=HTMX).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_unchanged_panel_is_not_sent_again(desk: Client) -> None:
    url = reverse("claim_detail", args=[differing(make_story()).pk])
    etag = desk.get(url, headers=HTMX)["ETag"]

    assert desk.get(url, headers={**HTMX, "If-None-Match": etag}).status_code == 304


def test_panel_leads_to_the_pages_of_claim_and_articles(desk: Client) -> None:
    story = make_story()
    claim = differing(story)

    page = desk.get(reverse("claim_detail", args=[claim.pk]), headers=HTMX).content.decode()

    permanent = reverse("claim_page", args=[story.slug, claim.number])
    assert f'href="{permanent}"' in page
    assert f'data-copy="{permanent}"' in page
    for article in story.articles.all():
        assert f'href="{reverse("article_detail", args=[article.pk])}"' in page


COPIED = (
    "Rescuers brought {} passengers from the ferry to the harbour of Norvik before the storm reached the coast late on "
    "Monday, and the harbour master said that every one of them was counted twice on the quay."
)


def copied_panel(client: Client, *, other: str) -> str:
    story = make_story(
        [make_article("One", "A", COPIED.format("120")), make_article("Two", "B", COPIED.format("120") + other)]
    )
    claim = story.claims.filter(source_count=2).order_by("position")[0]
    origin = Origin.objects.create(claim=claim, number=99, reason="said by the comparison")
    Alignment.objects.filter(claim=claim).update(origin=origin)
    assert story.shared_passages.exists()
    return client.get(reverse("claim_detail", args=[claim.pk]), headers=HTMX).content.decode()


def test_shared_copy_is_proved_by_its_passages_with_jumps(desk: Client) -> None:
    page = copied_panel(desk, other="")

    proof = re.search(r'<details class="copied">(.*?)</details>', page, re.DOTALL).group(1)
    assert "A and B share copy here, word for word" in proof
    jumps = re.findall(r'href="/versions/(\d+)/\?start=(\d+)&amp;end=(\d+)" data-go-to="\d+:\2:\3"', proof)
    assert len(jumps) == 2
    for version, start, end in jumps:
        text = ArticleVersion.objects.get(pk=version).text
        assert "Rescuers brought" in text[int(start) : int(end)] or "passengers" in text[int(start) : int(end)]


def test_edited_copy_is_not_called_word_for_word() -> None:
    assert same_words("The U.S. has moved ships", "The US has moved ships") == 100
    assert same_words("The U.S. has moved ships", "The United States has moved ships") < 100
    assert same_words("a " * 500 + "b", "a " * 500 + "c") == 99


def test_words_with_notes_stay_and_say_that_their_passage_was_taken_out(
    desk: Client, fact_checker: User, editor: User
) -> None:
    story = make_story()
    claim = story.claims.standing().get(divergences__kind="quantity")
    content = NoteContent(verdict=Verdict.objects.offered()[0], text="Read.")
    create_note(claim=claim, content=content, state=NoteState.SUBMITTED, by=fact_checker, key=uuid4())
    addresses = [reverse("claim_detail", args=[claim.pk]), reverse("claim_page", args=[story.slug, claim.number])]
    notice = "These words are those of a passage that was taken out of this claim. Notes were written on them"
    for address in addresses:
        assert notice not in desk.get(address, headers=HTMX).content.decode()
    for row in Alignment.objects.filter(claim=claim, appearance__quote__contains="120").live():
        deciding.reject(alignment=row, by=editor, expected=row.revision)

    before = claim.statement
    claim.refresh_from_db()
    assert claim.statement == before
    for address in addresses:
        assert notice in desk.get(address, headers=HTMX).content.decode()


def test_most_queries_of_a_panel(desk: Client, fact_checker: User) -> None:
    """With notes that have evidence, shared copy and divergences: everything a panel may ask for."""
    story = make_story()
    claim = differing(story)
    note = create_note(
        claim=claim,
        content=NoteContent(
            verdict=Verdict.objects.offered()[0],
            text="Read.",
            evidence=[EvidenceItem(url="https://log.example/", citation="Log", relation="supports")],
        ),
        state=NoteState.SUBMITTED,
        by=fact_checker,
        key=uuid4(),
    )
    assert note.current.evidence.exists()
    origin = Origin.objects.create(claim=claim, number=99)
    Alignment.objects.filter(claim=claim).update(origin=origin)

    with CaptureQueriesContext(connection) as captured:
        assert desk.get(reverse("claim_detail", args=[claim.pk]), headers=HTMX).status_code == 200

    assert len(captured) <= 14
