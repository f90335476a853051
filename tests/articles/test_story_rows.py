"""Texts side by side: which passages stand in one row, in which order, and what the page says about them."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Alignment, AlignmentDecision, Appearance, Claim, ClaimState, Sentence, SentenceKind, Story
from articles.reading.rows import Row, SideBySide, read_rows
from articles.views import rows as views
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script> & <b>bold</b> {{ 7|add:1 }} said nobody."


@pytest.fixture
def desk(as_user, reader: User) -> Client:
    return as_user(reader)


def page_of(client: Client, story: Story, **parameters: object) -> str:
    response = client.get(reverse("story_rows", args=[story.slug], query=parameters))
    assert response.status_code == 200
    return response.content.decode()


def words_of(row: Row) -> list[list[str]]:
    """The passages of each column of a row, as words."""
    return [["".join(piece.words for piece in passage.pieces) for passage in cell.passages] for cell in row.cells]


def told(texts: SideBySide) -> list[list[list[str]]]:
    return [words_of(row) for row in texts.rows]


def make_texts(*bodies: str) -> Story:
    """One article for each body, without the claims the machine found in them."""
    story = make_story([make_article(f"Outlet {n}", f"Headline {n}", body) for n, body in enumerate(bodies)])
    story.claims.all().delete()
    return story


def match(
    story: Story, number: int, *passages: str, state: str = ClaimState.AGREED, decision: str = "suggested"
) -> Claim:
    """A claim that these passages put forward, each in the first text that has it."""
    claim = Claim.objects.create(
        story=story,
        number=number,
        position=number,
        statement=f"Claim {number}.",
        state=state,
        source_count=len(passages),
    )
    used = set()
    for words in passages:
        version = next(
            article.current_version
            for article in story.articles.in_order().with_text()
            if words in article.current_version.text and article.pk not in used
        )
        used.add(version.article_id)
        start = version.text.index(words)
        appearance, _ = Appearance.objects.get_or_create(
            version=version, start=start, end=start + len(words), defaults={"quote": words}
        )
        Alignment.objects.create(appearance=appearance, claim=claim, decision=decision, method="test", score=1)
    return claim


# --- Who may ------------------------------------------------------------------------------------------------------


def test_signed_out_people_see_the_sign_in_page(client: Client) -> None:
    response = client.get(reverse("story_rows", args=[make_story().slug]))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("login"))


def test_account_without_a_role_is_refused(as_user) -> None:
    assert as_user(make_user("")).get(reverse("story_rows", args=[make_story().slug])).status_code == 403


def test_hidden_story_is_not_found(desk: Client) -> None:
    story = make_story()
    Story.objects.filter(pk=story.pk).update(is_hidden=True)

    assert desk.get(reverse("story_rows", args=[story.slug])).status_code == 404


# --- Rows and their order -----------------------------------------------------------------------------------------


def test_matching_passages_stand_in_one_row_and_others_in_their_place() -> None:
    story = make_texts("One ship sank. Fog lay. Divers came.", "A ship went down. Rain fell. The divers arrived.")
    match(story, 1, "One ship sank.", "A ship went down.")
    match(story, 2, "Divers came.", "The divers arrived.")

    texts = read_rows(story)

    assert told(texts) == [
        [["Headline 0"], ["Headline 1"]],
        [["One ship sank."], ["A ship went down."]],
        [[], ["Rain fell."]],
        [["Fog lay."], []],
        [["Divers came."], ["The divers arrived."]],
    ]
    assert [row.relation for row in texts.rows] == ["headline", "all", "alone", "alone", "all"]


def test_rows_follow_the_chosen_source_and_mark_what_moved() -> None:
    story = make_texts("One sank. Two burned. Three fled.", "Three got away. One went down. Two caught fire.")
    for number, pair in enumerate(
        [("One sank.", "One went down."), ("Two burned.", "Two caught fire."), ("Three fled.", "Three got away.")], 1
    ):
        match(story, number, *pair)
    first, second = story.articles.in_order()

    in_first, in_second = read_rows(story), read_rows(story, base=second.pk)

    assert [words[0] for words in told(in_first)[1:]] == [["One sank."], ["Two burned."], ["Three fled."]]
    assert [words[1] for words in told(in_second)[1:]] == [
        ["Three got away."],
        ["One went down."],
        ["Two caught fire."],
    ]
    assert [row.cells[1].passages[0].way for row in in_first.rows[1:]] == ["", "", "up"]
    assert [row.cells[0].passages[0].way for row in in_second.rows[1:]] == ["down", "", ""]
    assert in_second.base is not None
    assert (in_second.base.article, read_rows(story, base=99999).base.article) == (second.pk, first.pk)


def test_passage_that_matches_two_rows_returns_in_the_second() -> None:
    story = make_texts("A ship sank. It was the Norvik.", "The Norvik sank with its crew.")
    match(story, 1, "A ship sank.", "The Norvik sank with its crew.")
    match(story, 2, "It was the Norvik.", "The Norvik sank with its crew.")

    second, third = read_rows(story).rows[1:]

    assert [passage.is_again for passage in second.cells[1].passages] == [False]
    assert [(passage.is_again, passage.way) for passage in third.cells[1].passages] == [(True, "up")]


def test_sentences_without_counterpart_are_one_passage_in_one_paragraph() -> None:
    story = make_texts("Fog lay. Rain fell.\n\nSnow came.", "Nothing of that.")

    alone = [words[0][0] for words in told(read_rows(story)) if words[0] and not words[1]]

    assert alone == ["Fog lay. Rain fell.", "Snow came."]


def test_every_sentence_stands_in_its_own_row_once() -> None:
    story = make_story([make_article(), make_article("Daily"), make_article("Times", body="Divers came. Fog lay.")])

    for base in story.articles.values_list("pk", flat=True):
        texts = read_rows(story, base=base)
        own = "".join(
            "".join(piece.words for piece in passage.pieces)
            for row in texts.rows
            for cell in row.cells
            for passage in cell.passages
            if not passage.is_again
        )
        sentences = Sentence.objects.filter(version__article__story=story).exclude(
            kind__in=[SentenceKind.DATELINE, SentenceKind.CREDIT, SentenceKind.BOILERPLATE]
        )
        assert sorted(own.replace(" ", "")) == sorted("".join(s.quote for s in sentences).replace(" ", ""))


def test_differences_are_marked_word_by_word() -> None:
    story = make_texts("The ship carried 120 people to Norvik.", "The ship carried 140 people to Norvik.")
    match(story, 1, "The ship carried 120 people to Norvik.", "The ship carried 140 people to Norvik.", state="differs")

    row = read_rows(story).rows[1]

    assert [[piece.words for piece in cell.passages[0].pieces if piece.rank] for cell in row.cells] == [
        ["120"],
        ["140"],
    ]


def test_column_without_a_passage_says_why() -> None:
    story = make_texts("One ship sank.", "A ship went down.", "A vessel was seen. Fog lay.")
    claim = match(story, 1, "One ship sank.", "A ship went down.")
    possible = match(story, 2, "A vessel was seen.", decision=AlignmentDecision.POSSIBLE)
    Alignment.objects.filter(claim=possible).update(claim=claim)

    cell = read_rows(story).only("matched")[0].cells[2]

    assert cell.cell is not None
    assert (cell.passages, cell.cell.kind, cell.nearest) == ((), "possible", "A vessel was seen.")
    version = story.articles.last().current_version_id
    assert cell.address == f"{story.get_absolute_url()}?claim={claim.number}#p-{version}-1"
    Alignment.objects.filter(claim=claim, decision=AlignmentDecision.POSSIBLE).delete()
    silent = read_rows(story).only("matched")[0].cells[2].cell
    assert silent is not None
    assert silent.kind == "silent"


# --- The page -----------------------------------------------------------------------------------------------------


@pytest.fixture
def three() -> Story:
    """A row that agrees, one that differs and two passages that stand alone."""
    story = make_texts("One ship sank. Fog lay. Divers came.", "A ship went down. The divers arrived.", "Rain fell.")
    match(story, 1, "One ship sank.", "A ship went down.")
    match(story, 2, "Divers came.", "The divers arrived.", state=ClaimState.DIFFERS)
    Claim.objects.get(story=story, number=2).divergences.create(kind="quantity", reason="They part.")
    return story


@pytest.mark.parametrize(
    ("only", "relations"),
    [
        ("", ["headline", "some", "alone", "some", "alone"]),
        ("matched", ["some", "some"]),
        ("differing", ["some"]),
        ("alone", ["alone", "alone"]),
        ("x", ["headline", "some", "alone", "some", "alone"]),
    ],
)
def test_address_chooses_rows(desk: Client, three: Story, only: str, relations: list[str]) -> None:
    page = page_of(desk, three, only=only)

    assert sorted(re.findall(r'role="row" data-rel="(\w+)"', page)) == sorted(relations)
    assert [int(n) for n in re.findall(r'<b id="count-\w+">(\d+)</b>', page)] == [5, 2, 1, 2]


def test_htmx_gets_the_rows_and_the_counts_alone(desk: Client, three: Story) -> None:
    url = reverse("story_rows", args=[three.slug], query={"only": "alone"})

    response = desk.get(url, headers={"HX-Request": "true"})

    assert "HX-Request" in response["Vary"]
    assert "<html" not in response.content.decode()
    assert '<b id="count-alone" hx-swap-oob="true">2</b>' in response.content.decode()


def test_row_leads_to_claim_and_paragraph(desk: Client, three: Story) -> None:
    page = page_of(desk, three)
    version = three.articles.in_order()[0].current_version

    assert f'href="{three.get_absolute_url()}?claim=2"' in page
    assert f'href="{three.get_absolute_url()}#p-{version.pk}-1"' in page
    assert f'<a href="{reverse("story_rows", args=[three.slug])}" aria-current="page">Compare</a>' in page


@pytest.mark.parametrize("by", ["x", "²", "-1", "9" * 40, "0"])
def test_source_that_is_not_there_is_as_none(desk: Client, three: Story, by: str) -> None:
    assert "in its order" in page_of(desk, three, by=by)


def test_nothing_found_offers_all_passages(desk: Client) -> None:
    page = page_of(desk, make_texts("Fog lay.", "Rain fell."), only="matched")

    assert "No passage matches" in page
    assert "Show all passages" in page


def test_story_without_articles_says_what_comes_next(desk: Client) -> None:
    story = make_story([make_article()])
    story.articles.update(current_version=None)

    assert "No articles in this story yet" in page_of(desk, story)


def test_long_texts_are_paged(desk: Client, three: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "ROWS_A_PAGE", 2)

    page = page_of(desk, three, page=2)

    assert "Rows 3 to 4 of 5" in page
    assert 'href="?page=3"' in page


def test_hostile_text_is_only_text(desk: Client) -> None:
    story = make_story([make_article(HOSTILE[:40], f"Headline {HOSTILE}", HOSTILE), make_article("Courier")])

    page = page_of(desk, story)

    assert "<script>alert" not in page
    assert "<b>bold" not in page
    assert "{{ 7|add:1 }}" in unescape(page)


# --- What it costs ------------------------------------------------------------------------------------------------


def test_reading_costs_five_queries_whatever_the_story_holds(django_assert_num_queries) -> None:
    sentences = [f"Ship number {n} carried {n * 10} tons, said captain Ole Moen{n}." for n in range(10, 40)]
    many = make_story(
        [make_article(f"Outlet {n}", f"Ships {n}", "\n\n".join(sentences[n:] + sentences[:n])) for n in range(6)]
    )

    for story in (make_story([make_article()]), many):
        with django_assert_num_queries(5):
            read_rows(story)


def test_page_costs_the_same_for_few_and_many(desk: Client) -> None:
    counts = []
    for story in (make_story([make_article()]), make_story([make_article(f"Outlet {n}") for n in range(8)])):
        desk.get(reverse("story_rows", args=[story.slug]))
        with CaptureQueriesContext(connection) as captured:
            page_of(desk, story)
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 10


def test_unchanged_rows_are_not_sent_again(desk: Client, three: Story) -> None:
    url = reverse("story_rows", args=[three.slug])
    desk.get(url)
    etag = desk.get(url)["ETag"]

    assert desk.get(url, headers={"If-None-Match": etag}).status_code == 304
