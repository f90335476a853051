"""A claim that the machine did not see, from words of a text."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from articles.models import Alignment, ArticleVersion, Claim, Story
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
TWICE = "The bridge closed.\n\nPeople waited for hours. The bridge closed. Then it rained on Monday."


@pytest.fixture
def story(db: None) -> Story:
    return make_story([make_article("Harbour Post", "Bridge shut", TWICE), make_article()])


@pytest.fixture
def version(story: Story) -> ArticleVersion:
    return ArticleVersion.objects.get(article__headline="Bridge shut")


@pytest.fixture
def desk(as_user, fact_checker: User) -> Client:
    return as_user(fact_checker)


def address(version: ArticleVersion, **query: object) -> str:
    return reverse("claim_new", args=[version.pk], query=query or None)


def test_selected_words_are_in_the_form(desk: Client, version: ArticleVersion):
    page = desk.get(address(version, quote="it rained", start=80)).content.decode()
    assert ">\nit rained</textarea>" in page
    assert 'name="start" value="80"' in page
    assert "Harbour Post" in page


@pytest.mark.parametrize("htmx", [False, True])
def test_words_become_a_claim(desk: Client, story: Story, version: ArticleVersion, fact_checker: User, htmx: bool):
    fields = {"quote": "People waited for hours", "statement": "The wait was long."}
    response = desk.post(address(version), fields, headers=HTMX if htmx else {})
    claim = Claim.objects.get(statement="The wait was long.")
    assert (response["HX-Redirect"] if htmx else response["Location"]) == claim.get_absolute_url()
    said = Alignment.objects.get(claim=claim, decision="confirmed")
    assert said.appearance.quote == "People waited for hours"
    assert said.decided_by == fact_checker


def test_place_of_the_selection_decides_between_equal_words(desk: Client, version: ArticleVersion):
    second = version.text.rindex("The bridge closed")
    desk.post(address(version), {"quote": "The bridge closed", "start": second + 3, "statement": "It closed again."})
    assert Alignment.objects.get(claim__statement="It closed again.", decision="confirmed").appearance.start == second


@pytest.mark.parametrize("htmx", [False, True])
def test_words_that_stand_nowhere_are_refused_and_kept(desk: Client, version: ArticleVersion, htmx: bool):
    fields = {"quote": "The bridge “opened”", "statement": "A thought."}
    response = desk.post(address(version), fields, headers=HTMX if htmx else {})
    page = response.content.decode()
    assert response.status_code == 422
    assert escape("The bridge “opened”") in page
    assert "A thought." in page
    assert 'role="alert"' in page
    assert page.lstrip().startswith("<form") is htmx
    assert not Claim.objects.filter(statement="A thought.").exists()


def test_older_version_is_refused(desk: Client, story: Story, version: ArticleVersion):
    from articles.ingest import import_articles

    import_articles([make_article("Harbour Post", "Bridge shut", TWICE + " More.")], story=story, by=None)
    response = desk.post(address(version), {"quote": "People waited for hours"})
    assert response.status_code == 422
    assert "newer version" in response.content.decode()


@pytest.mark.parametrize("who", ["reader", "administrator", "superuser"])
def test_only_fact_checkers_and_editors_make_claims(request, as_user, version: ArticleVersion, who: str):
    user = make_user("", name="root", is_superuser=True) if who == "superuser" else request.getfixturevalue(who)
    desk = as_user(user)
    count = Claim.objects.count()
    assert desk.get(address(version)).status_code == 403
    assert desk.post(address(version), {"quote": "People waited for hours"}).status_code == 403
    assert Claim.objects.count() == count


def test_link_stands_at_each_text(desk: Client, story: Story, version: ArticleVersion):
    page = desk.get(story.get_absolute_url()).content.decode()
    assert f'data-claim-new="{address(version)}"' in page
    assert f'href="{address(version)}"' in page
