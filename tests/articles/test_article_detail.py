"""The page of an article: its current text, where it is from, its versions and its claims."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Alignment, Article, Story
from tests.articles.pages import column_texts
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(as_user, reader: User) -> Client:
    return as_user(reader)


def url(article: Article) -> str:
    return reverse("article_detail", args=[article.pk])


def test_current_text_is_shown_whole_with_its_claims(desk: Client) -> None:
    story = make_story()
    article = story.articles.in_order()[1]

    response = desk.get(url(article))

    page = response.content.decode()
    assert column_texts(page) == [article.current_version.text]
    claims = set(
        Alignment.objects.filter(appearance__version=article.current_version)
        .live()
        .values_list("claim__number", flat=True)
    )
    assert {claim.row.number for claim in response.context["page"].claims} == claims
    for number in claims:
        assert reverse("claim_page", args=[story.slug, number]) in page
    assert response.context["page"].siglum == "B"


def test_unknown_time_is_not_invented(desk: Client) -> None:
    article = make_story().articles.in_order()[0]

    assert "<dt>Published</dt><dd>Not known</dd>" in desk.get(url(article)).content.decode()


def test_all_versions_are_listed(desk: Client) -> None:
    story = make_story([make_article()])
    make_story([make_article(body="A ferry with 121 passengers ran aground.")], title=story.title)
    article = story.articles.get()

    page = desk.get(url(article)).content.decode()

    assert article.versions.count() == 2
    for version in article.versions.all():
        assert version.get_absolute_url() in page
    assert column_texts(page) == [article.current_version.text]


def test_copy_in_another_story_leads_to_its_passage(desk: Client) -> None:
    same = "Rescue boats from three towns brought everybody ashore before the tide turned and the wind rose to a gale."
    article = make_story([make_article(body=f"It was a long night. {same}")]).articles.get()
    assert "Copy shared with other stories" not in desk.get(url(article)).content.decode()
    other = make_story([make_article("Coast Daily", "Storm & tide", f"Nobody slept. {same}")], title="The <storm>")
    version = other.articles.get().current_version
    start = version.text.index(same)

    page = desk.get(url(article)).content.decode()

    assert "Copy shared with other stories" in page
    address = f"{version.get_absolute_url()}?start={start}&amp;end={start + len(same) - 1}#passage"
    assert f'<strong>Coast Daily</strong>: <a href="{address}">Storm &amp; tide</a>' in page
    assert f'<a href="{other.get_absolute_url()}">The &lt;storm&gt;</a>' in page
    assert "19 words outside quotations" in page


def test_text_becomes_no_markup(desk: Client) -> None:
    story = make_story(
        [make_article(headline="A <b>bold</b> ferry", body="It sank <script>alert(1)</script> on Monday.")]
    )

    page = desk.get(url(story.articles.get())).content.decode()

    assert "<b>bold" not in page
    assert "<script>alert" not in page


def test_hidden_story_is_not_found_and_people_outside_see_nothing(client: Client, as_user) -> None:
    article = make_story().articles.in_order()[0]

    assert client.get(url(article)).status_code == 302
    assert as_user(make_user("")).get(url(article)).status_code == 403
    Story.objects.update(is_hidden=True)
    assert as_user(make_user()).get(url(article)).status_code == 404


def test_queries_do_not_grow(desk: Client) -> None:
    numbers = []
    for sentences in (1, 8):
        body = " ".join(f"The ferry carried {n + 20} passengers to Norvik in May." for n in range(sentences))
        story = make_story([make_article(body=body)])
        with CaptureQueriesContext(connection) as captured:
            desk.get(url(story.articles.get()))
        numbers.append(len(captured))

    assert numbers[0] == numbers[1]
    assert numbers[0] <= 12
