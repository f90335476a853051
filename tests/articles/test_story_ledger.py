"""The ledger: who may see it, its cells, its ways to the claims, and what it costs."""

import re
from datetime import UTC, datetime
from hashlib import sha256
from html import escape, unescape

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.deciding import names
from articles.models import (
    Alignment,
    AlignmentDecision,
    ArticleRole,
    Claim,
    ClaimState,
    Completeness,
    DivergenceKind,
    Entity,
    Origin,
    Story,
)
from articles.reading.columns import find_columns
from articles.reading.ledger import LedgerRow, read_ledger
from articles.reading.ledger_filters import LedgerChoice
from articles.reading.panel import Panel, claim_panel
from articles.reading.rows import read_rows
from tests.articles.ledgers import align, filled, make_claim, make_mixed, make_sources, page_of, part, row_of
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script> & <b>bold</b> {{ 7|add:1 }} said nobody."


@pytest.fixture
def desk(as_user, reader: User) -> Client:
    return as_user(reader)


@pytest.fixture
def story(db: None) -> Story:
    return make_sources()


@pytest.fixture
def mixed(db: None) -> Story:
    return make_mixed()


# --- Who may ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["story_ledger", "story_ledger_csv"])
def test_signed_out_people_see_the_sign_in_page(client: Client, name: str) -> None:
    response = client.get(reverse(name, args=[make_story().slug]))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("login"))


@pytest.mark.parametrize("name", ["story_ledger", "story_ledger_csv"])
def test_account_without_a_role_is_refused(as_user, name: str) -> None:
    assert as_user(make_user("")).get(reverse(name, args=[make_story().slug])).status_code == 403


@pytest.mark.parametrize("name", ["story_ledger", "story_ledger_csv"])
def test_hidden_story_is_not_found(desk: Client, name: str) -> None:
    story = make_story()
    Story.objects.filter(pk=story.pk).update(is_hidden=True)

    assert desk.get(reverse(name, args=[story.slug])).status_code == 404


# --- Cells --------------------------------------------------------------------------------------------------------


def kinds(row: LedgerRow) -> list[str]:
    return [cell.kind for cell in row.cells]


def test_each_source_that_parts_shows_its_variant_and_value(story: Story) -> None:
    words = "The ferry carried {} people."
    claim = make_claim(story, 1, {0: words.format(120), 1: words.format(140), 2: words.format(140)})
    part(claim, DivergenceKind.QUANTITY, ["120", "140", "140"])

    row = row_of(story, claim)

    assert kinds(row) == ["differs", "differs", "differs"]
    assert [[(v.letter, v.value) for v in cell.values] for cell in row.cells] == [
        [("a", "120 people")],
        [("b", "140 people")],
        [("b", "140 people")],
    ]
    assert [sort.kind for sort in row.row.sorts] == [DivergenceKind.QUANTITY]


def test_source_that_agrees_shows_its_figure_and_others_are_silent(story: Story) -> None:
    claim = make_claim(story, 1, {1: "The ferry carried 140 people.", 2: "The ferry carried 140 people."})
    Claim.objects.filter(pk=claim.pk).update(state=ClaimState.AGREED)

    row = row_of(story, claim)

    assert kinds(row) == ["silent", "says", "says"]
    assert "140" in row.cells[1].values[0].value
    assert row.cells[0].values == ()


def test_possible_match_shows_the_nearest_passage_with_the_way_to_it(desk: Client, story: Story) -> None:
    claim = make_claim(story, 1, {0: "A tug came."})
    version = story.articles.in_order()[1].current_version
    align(claim, version, "A tug came late.", AlignmentDecision.POSSIBLE)

    cell = row_of(story, claim).cells[1]

    assert (cell.kind, cell.values[0].value) == ("possible", "A tug came late.")
    assert f'href="{story.get_absolute_url()}?claim=1#p-{version.pk}-1"' in page_of(desk, story)


def test_possible_match_beside_a_sure_one_is_not_left_to_decide(story: Story) -> None:
    claim = make_claim(story, 1, {0: "A tug came.", 1: "Divers came."})
    align(claim, story.articles.in_order()[1].current_version, "A tug came late.", AlignmentDecision.POSSIBLE)

    assert kinds(row_of(story, claim)) == ["says", "says", "silent"]
    assert not filled(story, LedgerChoice(checks=frozenset({"possible"}))).rows


def test_what_was_rejected_is_nowhere(story: Story, editor: User) -> None:
    claim = make_claim(story, 1, {0: "A tug came."})
    appearance = align(claim, story.articles.in_order()[1].current_version, "A tug came late.")
    Alignment.objects.filter(appearance=appearance).update(
        decision=AlignmentDecision.REJECTED, decided_by=editor, decided_at=datetime.now(UTC)
    )

    assert kinds(row_of(story, claim)) == ["says", "silent", "silent"]


def test_source_published_before_is_not_called_silent() -> None:
    at = datetime(2026, 3, 14, 9, tzinfo=UTC)
    story = make_story(
        [
            make_article("Early", body="Fog lay over Norvik.", published_at=at, published_granularity="minute"),
            make_article("Late", body="A tug came.", published_at=at.replace(hour=12), published_granularity="minute"),
        ]
    )
    story.claims.all().delete()

    assert kinds(row_of(story, make_claim(story, 1, {1: "A tug came."}))) == ["not_yet", "says"]


def test_truncated_source_is_not_called_silent(story: Story) -> None:
    article = story.articles.in_order()[2]
    text = "Grounded ferry\n\nThe ferry carried"
    article.current_version = article.versions.create(
        number=2,
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
        character_count=len(text),
        word_count=5,
        completeness=Completeness.TRUNCATED,
        retrieved_at=datetime.now(UTC),
    )
    article.save()

    assert kinds(row_of(story, make_claim(story, 1, {0: "A tug came."}))) == ["says", "silent", "incomplete"]


def test_document_is_a_column_and_no_source(desk: Client) -> None:
    story = make_story([make_article(), make_article("Coast Guard", role=ArticleRole.DOCUMENT)])

    assert '<span>Coast Guard</span><span class="tag">Document</span>' in page_of(desk, story)


def test_bracket_runs_from_the_first_source_of_an_origin_to_its_last(story: Story) -> None:
    claim = make_claim(story, 1, {0: "A tug came.", 2: "Boats came from Norvik."}, independent_count=1)
    origin = Origin.objects.create(claim=claim, number=1, reason="They share the passage")
    Alignment.objects.filter(claim=claim).update(origin=origin)

    row = row_of(story, claim)

    assert [cell.brackets for cell in row.cells] == [("start-0",), ("past-0",), ("end-0",)]
    assert row.reasons == ("They share the passage",)
    assert (row.independent, row.said) == (1, 2)


def test_ledger_says_what_the_panel_says(desk: Client) -> None:
    from articles.reading import claim_panel

    story = make_story()
    ledger = filled(story)

    assert ledger.rows
    for row in ledger.rows:
        parts = claim_panel(row.row.pk, story=story, columns=ledger.columns).parts
        in_panel = {part.column.siglum: part.cell for part in parts}
        for cell in row.cells:
            assert cell.kind == in_panel[cell.siglum].kind
            assert not in_panel[cell.siglum].variants or cell.values == in_panel[cell.siglum].variants


def differing(story: Story, kind: str) -> tuple[LedgerRow, Panel]:
    claim = story.claims.get(divergences__kind=kind)
    return row_of(story, claim), claim_panel(claim.pk, story=story, columns=find_columns(story))


def test_certainty_has_one_letter_and_one_word_on_every_page():
    """Sentences that only word it differently are equally certain, and the same everywhere."""
    lines = {
        "The Dyke Post": "The old dam above Alderby burst early on Friday.",
        "Alderby Daily": "The old dam above Alderby burst on Friday morning.",
        "Fen Courier": "The old dam above Alderby may burst on Friday.",
    }
    story = make_story([make_article(outlet, f"News of {outlet}", line) for outlet, line in lines.items()])
    row, panel = differing(story, DivergenceKind.CERTAINTY)
    told = [[(v.letter, v.value) for v in cell.values] for cell in row.cells]
    assert told == [[("a", "without reserve")], [("a", "without reserve")], [("b", "may")]]
    assert [cell.values for cell in row.cells] == [part.cell.variants for part in panel.parts]
    assert [value.words for value in panel.values[0].values] == ["without reserve", "without reserve", "may"]


def make_sayings(*sayings: str) -> Story:
    """Articles of outlets of their own, each with a school that Anna Low opens and one of the sayings."""
    body = "Mayor Anna Low opened a school. {}"
    return make_story([make_article(f"Outlet {n}", f"School {n}", body.format(each)) for n, each in enumerate(sayings)])


def test_one_person_with_a_title_and_with_a_first_name_is_one_variant():
    dam = "the old dam above Alderby was leaking at its foot"
    story = make_sayings(f"Mayor Low said {dam}.", f"Anna Low said {dam}.", f"{dam.capitalize()}.")
    row, panel = differing(story, DivergenceKind.ATTRIBUTION)
    told = [[(v.letter, v.value) for v in cell.values] for cell in row.cells]
    assert told == [[("a", "Mayor Low")], [("a", "Anna Low")], [("b", "stated as fact")]]
    assert [cell.values for cell in row.cells] == [part.cell.variants for part in panel.parts]


def test_source_that_all_have_is_not_marked_as_where_they_part():
    dam = "The old dam above Alderby was leaking at its foot"
    story = make_sayings(f"{dam}, Mayor Low said.", f"{dam}, she said.", f"{dam}.")
    marked = [
        [[p.words for passage in cell.passages for p in passage.pieces if p.rank == 3] for cell in row.cells]
        for articles in (story.articles.in_order(), story.articles.in_order()[:2])
        for row in read_rows(story, show=[article.pk for article in articles]).rows
        if any(dam in "".join(p.words for p in passage.pieces) for passage in row.cells[0].passages)
    ]
    assert marked == [[["Mayor Low"], ["she"], []], [[], []]]


def test_source_on_no_side_of_a_difference_has_no_part_in_it():
    lines = {
        "The Dyke Post": "Acting director Anna Low opened the new lock at Alderby on Friday.",
        "Alderby Daily": "Former director Anna Low opened the new lock at Alderby on Friday.",
        "Fen Courier": "The new lock at Alderby was opened on Friday by Anna Low.",
    }
    story = make_story([make_article(outlet, f"News of {outlet}", line) for outlet, line in lines.items()])
    row, panel = differing(story, DivergenceKind.NAME_ROLE)
    assert [[(v.letter, v.value) for v in cell.values] for cell in row.cells] == [
        [("a", "Acting director Anna Low")],
        [("b", "Former director Anna Low")],
        [],
    ]
    assert [cell.kind for cell in row.cells] == ["differs", "differs", "says"]
    assert [(value.column.siglum, value.words) for value in panel.values[0].values] == [
        ("A", "Acting director Anna Low"),
        ("B", "Former director Anna Low"),
    ]


def test_denial_is_shown_by_the_word_that_denies():
    lines = {
        "The Dyke Post": "The quarry firm said it was cooperating with inspectors from the ministry.",
        "Alderby Daily": "The quarry firm is cooperating with inspectors from the ministry, it said.",
        "Fen Courier": "The quarry firm refused to cooperate with inspectors from the ministry, two people said.",
    }
    story = make_story([make_article(outlet, f"News of {outlet}", line) for outlet, line in lines.items()])
    row, panel = differing(story, DivergenceKind.POLARITY)
    words = ["states it", "states it", "denies it (“refused”)"]
    assert [[(v.letter, v.value) for v in cell.values] for cell in row.cells] == [
        [(letter, word)] for letter, word in zip("aab", words, strict=True)
    ]
    assert [cell.values for cell in row.cells] == [part.cell.variants for part in panel.parts]
    assert [value.words for value in panel.values[0].values] == words
    assert "states it; Fen Courier denies it (“refused”)." in panel.badges[0].reason
    marked = [[piece.words for piece in part.wordings[0].pieces if piece.rank == 3] for part in panel.parts]
    assert marked == [[], [], ["refused"]]


# --- The page -----------------------------------------------------------------------------------------------------


def test_story_without_claims_leads_to_the_articles(desk: Client, story: Story) -> None:
    page = page_of(desk, story)

    assert "No claims yet" in page
    assert "No claim matches" not in page


def test_every_row_leads_to_its_claim_and_one_is_reached_by_tab(desk: Client, mixed: Story) -> None:
    page = page_of(desk, mixed)

    for number in (1, 2, 3, 4):
        assert f'href="{mixed.get_absolute_url()}?claim={number}"' in page
    assert re.findall(r'<tr role="row" id="row-\d+" data-work-row tabindex="([-\d]+)"', page) == ["0", "-1", "-1", "-1"]


def test_views_of_the_story_are_tabs(desk: Client, mixed: Story) -> None:
    page = page_of(desk, mixed)

    assert f'<a href="{reverse("story_ledger", args=[mixed.slug])}" aria-current="page">Ledger</a>' in page
    assert f'<a href="{mixed.get_absolute_url()}">Read</a>' in page


def test_hostile_text_is_only_text(desk: Client) -> None:
    story = make_story([make_article(HOSTILE[:40], f"Headline {HOSTILE}", HOSTILE), make_article("Courier")])

    page = page_of(desk, story, q=HOSTILE) + page_of(desk, story)

    assert f'data-label="A  {escape(HOSTILE[:40])}"' in page
    assert "<script>alert" not in page
    assert "<b>bold" not in page
    assert "{{ 7|add:1 }}" in unescape(page)


# --- What it costs ------------------------------------------------------------------------------------------------


def test_reading_costs_five_queries_whatever_the_story_holds(django_assert_num_queries, fact_checker: User) -> None:
    sentences = [f"Ship number {n} carried {n * 10} tons, said captain Ole Moen{n}." for n in range(10, 40)]
    many = make_story(
        [make_article(f"Outlet {n}", f"Ships {n}", "\n\n".join(sentences[n:] + sentences[:n])) for n in range(6)]
    )
    Claim.objects.filter(story=many).update(note_count=5)
    few = make_story([make_article()])

    for story in (few, many):
        with django_assert_num_queries(5):
            filled(story)


def test_page_costs_the_same_for_few_and_many(desk: Client) -> None:
    few = make_story([make_article()])
    many = make_story([make_article(f"Outlet {n}") for n in range(8)])
    counts = []
    for story in (few, many):
        desk.get(reverse("story_ledger", args=[story.slug]))
        with CaptureQueriesContext(connection) as captured:
            page_of(desk, story)
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 10


def test_unchanged_ledger_is_not_sent_again(desk: Client, mixed: Story) -> None:
    url = reverse("story_ledger", args=[mixed.slug])
    desk.get(url)
    etag = desk.get(url)["ETag"]

    assert desk.get(url, headers={"If-None-Match": etag}).status_code == 304
    assert desk.get(f"{url}?state=only", headers={"If-None-Match": etag}).status_code == 200
    Story.objects.filter(pk=mixed.pk).update(revision=mixed.revision + 1)
    assert desk.get(url, headers={"If-None-Match": etag}).status_code == 200


def test_renamed_speaker_is_sent_again(desk: Client, editor: User) -> None:
    story = make_story()
    url = reverse("story_ledger", args=[story.slug])
    speaker = Entity.objects.get(pk=read_ledger(story).speakers[0].value)
    desk.get(url)
    etag = desk.get(url)["ETag"]

    names.rename_entity(entity=speaker, name="Lena Dahl-Moe", by=editor, expected=speaker.revision)

    response = desk.get(url, headers={"If-None-Match": etag})
    assert response.status_code == 200
    assert "Lena Dahl-Moe (" in response.content.decode()
