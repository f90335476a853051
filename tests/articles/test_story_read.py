"""The Read page: what it shows, what it costs, and that it works as links alone."""

import re
from datetime import UTC, datetime
from itertools import pairwise
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from annotations.models import Note, NoteState, Verdict
from annotations.writing import NoteContent, create_note
from articles import reading
from articles.models import (
    Alignment,
    AlignmentDecision,
    ArticleRole,
    ArticleVersion,
    Claim,
    ClaimState,
    Outlet,
    Story,
)
from articles.rendering import draw_columns
from tests.articles.pages import column_texts
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script> & <b>bold</b> \"quoted\" 'single' &amp; {{ 7|add:1 }} {% now %} said nobody."


@pytest.fixture
def desk(as_user, reader: User) -> Client:
    return as_user(reader)


def page_of(client: Client, story: Story, **parameters: object) -> str:
    response = client.get(reverse("story_read", args=[story.slug], query=parameters))
    assert response.status_code == 200
    return response.content.decode()


def differing(story: Story) -> Claim:
    return story.claims.filter(state=ClaimState.DIFFERS).order_by("position")[0]


def make_note(claim: Claim, *, by: User) -> Note:
    content = NoteContent(verdict=Verdict.objects.offered()[0], text="Read the harbour log.")
    return create_note(claim=claim, content=content, state=NoteState.SUBMITTED, by=by, key=uuid4())


def selected_marks(page: str) -> set[str]:
    return set(re.findall(r'data-claim="([^"]+)" data-state="\w+" aria-current="true"', page))


def test_signed_out_people_see_the_sign_in_page(client: Client) -> None:
    story = make_story()

    response = client.get(story.get_absolute_url())

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("login"))


def test_account_without_a_role_is_refused(as_user) -> None:
    story = make_story()

    assert as_user(make_user("")).get(story.get_absolute_url()).status_code == 403


def test_hidden_story_is_not_found(desk: Client) -> None:
    story = make_story()
    Story.objects.filter(pk=story.pk).update(is_hidden=True)

    assert desk.get(story.get_absolute_url()).status_code == 404


def test_text_of_each_column_is_the_stored_text(desk: Client) -> None:
    story = make_story(
        [
            make_article(
                "Gazette", "Ferry 👩‍🚀 aground & afloat", "“Café” cost 5,000 krónur.\n\nשלום said Lena Dahl, 🇮🇸."
            ),
            make_article("Courier", "Ferry <aground>", f"{HOSTILE}\n\nThe ferry carried 5,000 people, said Lena Dahl."),
        ]
    )

    texts = column_texts(page_of(desk, story))

    assert texts == [article.current_version.text for article in story.articles.with_text().in_order()]


def test_hostile_text_is_only_text(desk: Client) -> None:
    story = make_story([make_article(HOSTILE[:40], f"Headline {HOSTILE}", HOSTILE), make_article("Courier")])

    page = page_of(desk, story, claim=story.claims.first().number)

    assert "<script>alert" not in page
    assert escape("<script>alert(1)</script>") in page
    assert "<b>bold" not in page


def test_every_claim_has_its_mark_reference_and_hidden_flag(desk: Client) -> None:
    story = make_story()

    page = page_of(desk, story)

    for alignment in Alignment.objects.filter(claim__story=story).live().select_related("claim"):
        assert f'id="at-{alignment.appearance_id}"' in page
        assert re.search(rf'id="flag-{alignment.appearance_id}-{alignment.claim_id}"[^>]* hidden>', page)
    for claim in story.claims.all():
        assert re.search(rf'data-claim="(?:\d+ )*{claim.number}(?: \d+)*"', page)
        assert f'id="row-{claim.pk}"' in page


def test_address_selects_a_claim_without_a_script(desk: Client) -> None:
    story = make_story()
    claim = differing(story)

    page = page_of(desk, story, claim=claim.number)

    assert f'data-selected="{claim.number}"' in page
    assert any(str(claim.number) in numbers.split() for numbers in selected_marks(page))
    assert f'id="claim-{claim.pk}"' in page
    assert page.count('class="cell" data-cell="differs"') >= 2


@pytest.mark.parametrize("number", ["0", "999999", "x", "-1", "1" * 40, "²"])
def test_claim_that_is_not_there_selects_nothing(desk: Client, number: str) -> None:
    page = page_of(desk, make_story(), claim=number)

    assert "data-selected=" not in page
    assert not selected_marks(page)


def test_selection_leaves_nothing_in_the_cache(desk: Client) -> None:
    story = make_story()

    page_of(desk, story, claim=differing(story).number)

    assert not selected_marks(page_of(desk, story))


def test_columns_are_chosen_in_the_address(desk: Client) -> None:
    story = make_story([make_article(name) for name in ("One", "Two", "Three")])
    first, second, _third = story.articles.in_order()

    page = page_of(desk, story, show=second.pk)

    assert f'id="source-{second.pk}"' in page
    assert f'id="source-{first.pk}"' not in page
    # The letter belongs to the article, and the choice goes with every link.
    assert re.search(
        rf'<span class="siglum" aria-hidden="true">B</span><p class="outlet"><a href="/articles/{second.pk}/">Two', page
    )
    assert all(f"&amp;show={second.pk}" in link for link in re.findall(r'href="(\?claim=[^"]*)"', page))


def test_choice_of_columns_that_are_not_there_shows_all(desk: Client) -> None:
    story = make_story()

    page = page_of(desk, story, show="77777")

    assert page.count('<article class="source"') == 2


def test_more_than_twelve_articles_show_twelve(desk: Client) -> None:
    story = make_story([make_article(f"Outlet {n}") for n in range(14)])

    page = page_of(desk, story)

    assert page.count('<article class="source"') == 12
    assert "12 of 14" in page


def test_published_time_is_no_finer_than_known(desk: Client) -> None:
    at = datetime(2026, 3, 14, tzinfo=UTC)
    story = make_story(
        [
            make_article("By minute", published_at=at.replace(hour=9, minute=5), published_granularity="minute"),
            make_article("By day", published_at=at, published_granularity="day"),
            make_article("By nobody"),
        ]
    )

    page = page_of(desk, story)

    assert "14 Mar 2026, 09:05</time>" in page
    assert '<time datetime="2026-03-14">14 Mar 2026</time>' in page
    assert "Publication time not known" in page


def test_document_is_named_as_one_and_not_counted(desk: Client) -> None:
    story = make_story([make_article(), make_article("Coast Guard", role=ArticleRole.DOCUMENT)])
    claim = story.claims.order_by("position")[0]

    page = page_of(desk, story, claim=claim.number)

    assert '<span class="tag">Document</span>' in page
    assert "Not counted as sources: B (document)." in page


# --- What is missing ----------------------------------------------------------------------------------------------


def test_story_without_articles_says_what_comes_next(as_user, administrator: User) -> None:
    story = Story.objects.create(title="Empty", slug="empty", changed_at=timezone.now())

    page = page_of(as_user(administrator), story)

    assert "No articles in this story yet" in page
    assert reverse("article_import") in page


def test_story_with_one_source_says_what_a_second_brings(desk: Client) -> None:
    page = page_of(desk, make_story([make_article()]))

    assert "One account so far" in page


def test_story_without_claims_says_why(desk: Client) -> None:
    story = make_story()
    story.claims.all().delete()

    assert "No claims found" in page_of(desk, story)


def test_text_in_another_language_says_that_nothing_was_looked_for(desk: Client) -> None:
    french = make_article(
        "Le Quotidien",
        "Le ministre annonce un accord",
        "Le ministre a annoncé mercredi un accord avec les syndicats. Les négociations ont duré trois semaines.",
    )

    page = page_of(desk, make_story([french, make_article()]))

    assert page.count("This text is not in English") == 1


def test_administrator_has_an_uncompared_story_compared(as_user, administrator: User) -> None:
    story = make_story()
    Story.objects.filter(pk=story.pk).update(is_compared=False)
    client = as_user(administrator)
    assert reverse("story_compare", args=[story.slug]) in page_of(client, story)

    response = client.post(reverse("story_compare", args=[story.slug]), follow=True)

    story.refresh_from_db()
    assert story.is_compared
    assert "The articles are compared." in response.content.decode()
    assert "Not compared yet" not in response.content.decode()


def test_others_cannot_have_a_story_compared(desk: Client) -> None:
    story = make_story()
    Story.objects.filter(pk=story.pk).update(is_compared=False)

    assert "A desk administrator can have the story compared" in page_of(desk, story)
    assert desk.post(reverse("story_compare", args=[story.slug])).status_code == 403
    answer = desk.get(reverse("story_compare", args=[story.slug]))
    assert (answer.status_code, answer["Allow"], answer["X-Frame-Options"]) == (405, "POST", "DENY")
    assert "There is nothing to open here" in answer.content.decode()


def test_retired_claim_stands_apart_with_the_way_to_its_text(desk: Client, fact_checker: User) -> None:
    address = "https://post.example/ferry"
    story = make_story([make_article(url=address)])
    claim = story.claims.get(statement__contains="Nobody was hurt")
    make_note(claim, by=fact_checker)
    story = make_story(
        [make_article(headline="Fog lifts over Norvik", body="The weather was fine in the north.", url=address)],
        title=story.title,
    )
    claim.refresh_from_db()
    assert claim.is_retired

    page = page_of(desk, story, claim=claim.number)

    assert "No longer in the current texts" in page
    old = ArticleVersion.objects.filter(article__story=story, number=1)
    assert any(version.get_absolute_url() in page for version in old)


# --- Notes in the margin ------------------------------------------------------------------------------------------


def test_flag_appears_when_a_claim_gets_a_note(desk: Client) -> None:
    story = make_story()
    claim = differing(story)
    page_of(desk, story)
    Claim.objects.filter(pk=claim.pk).update(note_count=2, status="supported", status_label="Supported")

    page = page_of(desk, story)

    flags = re.findall(r'<a class="flag" id="flag-[\d-]+"[^>]*data-select="(\d+)">', page)
    assert set(flags) == {str(claim.number)}
    assert '2<span class="sr"> notes, supported</span>' in page


def test_claim_marks_tell_flags_row_and_tally() -> None:
    story = make_story()
    claim = differing(story)
    Claim.objects.filter(pk=claim.pk).update(note_count=1, status="supported", status_label="Supported")

    marks = reading.claim_marks(claim)

    appearances = set(Alignment.objects.filter(claim=claim).live().values_list("appearance", flat=True))
    assert {flag.appearance for flag in marks.flags} == appearances
    assert (marks.row.note_count, marks.row.status_label) == (1, "Supported")
    page = reading.read_story(story)
    assert marks.tally == page.tally
    assert marks.row in [row for group in page.index for row in group.rows]
    assert marks.tally.unchecked == marks.tally.claims - 1


# --- What it costs ------------------------------------------------------------------------------------------------


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def make_busy(story: Story, author: User) -> None:
    """Many notes on every claim, and a possible passage for each."""
    claims = list(story.claims.all())
    Note.objects.bulk_create(
        Note(story=story, claim=claim, created_by=author, changed_at=timezone.now())
        for claim in claims
        for _ in range(5)
    )
    Claim.objects.filter(story=story).update(note_count=5)
    others = dict(pairwise(claims))
    for alignment in Alignment.objects.filter(claim__story=story).live().select_related("claim"):
        if alignment.claim in others:
            Alignment.objects.get_or_create(
                appearance=alignment.appearance,
                claim=others[alignment.claim],
                defaults={"decision": AlignmentDecision.POSSIBLE, "method": "test", "score": 0.5},
            )


def test_queries_do_not_grow_with_claims_notes_and_sources(desk: Client, fact_checker: User) -> None:
    few = make_story()
    sentences = [f"Ship number {n} carried {n * 10} tons, said captain Ole Moen{n}." for n in range(10, 40)]
    many = make_story(
        [make_article(f"Outlet {n}", f"Ships {n}", "\n\n".join(sentences[n:] + sentences[:n])) for n in range(6)]
    )
    make_busy(many, fact_checker)
    counts = {}
    for name, story in (("few", few), ("many", many)):
        url = story.get_absolute_url()
        selected = f"{url}?claim={story.claims.order_by('position')[0].number}"
        cache.clear()
        counts[name] = [queries(desk, url), queries(desk, url), queries(desk, selected)]

    assert counts["few"][:2] == counts["many"][:2]
    # Notes are prefetched: where there are none, their parts are not asked for.
    assert counts["many"][2] <= counts["few"][2] + 4
    assert counts["many"][1] <= 9


def test_paragraphs_are_drawn_once(django_assert_num_queries) -> None:
    story = make_story()
    draw_columns(reading.read_story(story))
    page = reading.read_story(story)

    with django_assert_num_queries(0):
        draw_columns(page)


def test_new_comparison_draws_anew(desk: Client) -> None:
    story = make_story()
    page_of(desk, story)

    make_story([make_article("Third")], title=story.title)

    assert column_texts(page_of(desk, story)) == [a.current_version.text for a in story.articles.with_text().in_order()]


# --- What the browser keeps ---------------------------------------------------------------------------------------


def test_unchanged_page_is_not_sent_again(desk: Client) -> None:
    story = make_story()
    url = story.get_absolute_url()
    desk.get(url)
    etag = desk.get(url)["ETag"]

    response = desk.get(url, headers={"If-None-Match": etag})

    assert response.status_code == 304
    assert "private" in desk.get(url)["Cache-Control"]


@pytest.mark.parametrize("change", ["note", "comparison", "outlet", "title", "role", "theme"])
def test_changed_page_is_sent_again(desk: Client, reader: User, change: str) -> None:
    story = make_story()
    url = story.get_absolute_url()
    desk.get(url)
    etag = desk.get(url)["ETag"]
    assert desk.get(url, headers={"If-None-Match": etag}).status_code == 304
    match change:
        case "note":
            Story.objects.filter(pk=story.pk).update(changed_at=timezone.now())
        case "comparison":
            Story.objects.filter(pk=story.pk).update(revision=story.revision + 1)
        case "outlet":
            Outlet.objects.filter(pk=story.articles.in_order()[0].outlet_id).update(name="Renamed")
        case "title":
            Story.objects.filter(pk=story.pk).update(title="Renamed")
        case "role":
            reader.groups.clear()
            make_user("editor", name="other").groups.first().user_set.add(reader)
        case "theme":
            desk.cookies["theme"] = "dark"

    assert desk.get(url, headers={"If-None-Match": etag}).status_code == 200
