"""The sheet of what is marked at a place: who is named, how by each source, whose words, and what may be corrected."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import deciding
from articles.models import Alignment, Decision, Entity, FindingDecision, Mention, Quantity, Quotation, Story, Verb
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def story(db: None) -> Story:
    return make_story()


@pytest.fixture
def mention(story: Story) -> Mention:
    return Mention.objects.filter(entity__name="Lena Dahl", is_inferred=False).order_by("pk")[0]


@pytest.fixture
def quotation(story: Story) -> Quotation:
    return Quotation.objects.filter(kind="direct").select_related("version__article__story").order_by("pk")[0]


@pytest.fixture
def desk(as_user, fact_checker: User) -> Client:
    return as_user(fact_checker)


def sheet(client: Client, story: Story, **query: object) -> str:
    response = client.get(reverse("mark_detail", args=[story.slug]), query, headers=HTMX)
    assert response.status_code == 200
    return response.content.decode()


def test_says_who_and_how_each_source_names_it(as_user, reader: User, story: Story, mention: Mention):
    page = sheet(as_user(reader), story, version=mention.version_id, at=mention.start + 2)
    assert page.lstrip().startswith('<section class="mark-sheet" id="mark-sheet"')
    for words in ("Lena Dahl", "Person", "The Harbour Post", "Coast Daily"):
        assert words in page
    assert reverse("entity_detail", args=[mention.entity_id]) in page
    # Readers read.
    assert 'name="act"' not in page


def test_offers_every_correction_of_the_name(desk: Client, story: Story, mention: Mention):
    page = sheet(desk, story, version=mention.version_id, at=mention.start)
    for act in ("rename", "alias", "retype", "merge", "split"):
        assert f'name="act" value="{act}"' in page
    assert f'hx-post="{reverse("entity_edit", args=[mention.entity_id])}"' in page


def test_is_a_page_without_a_script(desk: Client, story: Story, mention: Mention):
    page = desk.get(reverse("mark_detail", args=[story.slug]), {"entity": mention.entity_id}).content.decode()
    assert '<h1 id="mark-title">Lena Dahl</h1>' in page


def test_merged_name_leads_to_the_one_that_stays(desk: Client, story: Story, mention: Mention, editor: User):
    into = Entity.objects.get(name="Norvik")
    deciding.merge_entities(entity=mention.entity, into=into, by=editor, expected=0)
    assert 'id="mark-sheet-h" tabindex="-1">Norvik<' in sheet(desk, story, entity=mention.entity_id)


def test_name_only_hidden_stories_hold_is_not_found(desk: Client, story: Story, editor: User):
    secret = make_story([make_article(body="“No,” said owner Ole Moen on Monday.")], title="Secret matter")
    hidden, other = Entity.objects.get(name="Ole Moen"), Entity.objects.create(name="O. Moen", kind="person")
    deciding.merge_entities(entity=other, into=hidden, by=editor, expected=0)
    Story.objects.filter(pk=secret.pk).update(is_hidden=True)
    url = reverse("mark_detail", args=[story.slug])
    for key in (hidden.pk, other.pk, 10**9):
        assert desk.get(url, {"entity": key}, headers=HTMX).status_code == 404
    # Nor can it be corrected under the name that was merged into it.
    assert desk.get(reverse("entity_edit", args=[other.pk])).status_code == 404
    response = desk.post(reverse("entity_edit", args=[other.pk]), {"act": "rename", "name": "Moen", "expected": 1})
    assert response.status_code == 404
    decision = Decision.objects.get()
    assert desk.post(reverse("decision_undo", args=[decision.pk])).status_code == 403


def test_name_merged_twice_leads_to_the_one_that_stays(desk: Client, story: Story, mention: Mention):
    middle = Entity.objects.create(name="L. Dahl", kind="person", merged_into=mention.entity)
    gone = Entity.objects.create(name="Dal", kind="person", merged_into=middle)
    assert 'id="mark-sheet-h" tabindex="-1">Lena Dahl<' in sheet(desk, story, entity=gone.pk)


def test_quotation_is_shown_when_it_is_what_was_pressed(as_user, reader: User):
    """Also where somebody is named at its first word."""
    body = "“Lena Dahl was on the bridge all night,” said harbour master Ole Moen on Monday."
    story = make_story([make_article(body=body), make_article("Coast Daily", "Night on the bridge", body)])
    quotation = Quotation.objects.filter(quote__contains="on the bridge").order_by("pk")[0]
    name = Mention.objects.filter(version=quotation.version, entity__name="Lena Dahl").order_by("start")[0]
    place = {"version": quotation.version_id, "at": name.start}
    head = 'id="mark-sheet-h" tabindex="-1">'
    assert f"{head}Lena Dahl<" in sheet(as_user(reader), story, **place)
    assert f"{head}Quotation<" in sheet(as_user(reader), story, **place, of="quote")
    # Where no quotation is, whatever is marked there is shown.
    elsewhere = Mention.objects.filter(version=quotation.version, entity__name="Ole Moen")[0]
    page = sheet(as_user(reader), story, version=quotation.version_id, at=elsewhere.start, of="quote")
    assert f"{head}Ole Moen<" in page


def test_figure_says_what_was_read_and_what_others_print(as_user, reader: User, story: Story):
    figure = Quantity.objects.filter(version__article__outlet__name="Coast Daily", quote="at least 140").latest("start")
    claim = story.claims.standing().get(divergences__kind="quantity")
    page = sheet(as_user(reader), story, version=figure.version_id, at=figure.start + 1, of="figure")
    assert 'id="mark-sheet-h" tabindex="-1">at least 140 passengers<' in page
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Count at least 140 passengers" in words
    assert "Read as at least 140" in words
    assert f"Claim {claim.number} {claim.statement}" in words
    assert "A The Harbour Post 120 passengers" in words
    assert "B Coast Daily at least 140 passengers" in words
    assert f'href="{claim.get_absolute_url()}"' in page


FIGURES = {
    "About 5,000": ("Count", "Read as about 5,000"),
    "$5 million": ("Amount of money", "Read as 5,000,000 USD"),
    "12.5%": ("Percentage", "Read as 12.5 %"),
    "6 km": ("Measure", "Read as 6 km and compared as 6,000 m"),
    "Between 100 and 120": ("Count", "Read as between 100 and 120"),
    "52-48": ("Vote", "Read as 52 to 48"),
    "Fewer than 30": ("Count", "Read as less than 30"),
    "16 November 2026": ("Date", "Read as 16 Nov 2026"),
    "a third": ("Share", "Read as 0.3333 and compared as 33.33 %"),
}


@pytest.mark.parametrize("quote", FIGURES)
def test_figure_is_read_in_words(as_user, reader: User, quote: str):
    body = (
        "About 5,000 people left on 16 November 2026. It cost $5 million, 12.5% more and a third of all, 6 km away."
        " Between 100 and 120 were hurt. The vote was 52-48. Fewer than 30 came."
    )
    story = make_story([make_article(body=body)])
    figure = Quantity.objects.get(version__article__story=story, quote=quote)
    page = sheet(as_user(reader), story, version=figure.version_id, at=figure.start, of="figure")
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert all(said in words for said in FIGURES[quote])


def test_figure_outside_all_claims_and_without_a_value_says_so(as_user, reader: User, story: Story):
    figure = Quantity.objects.filter(version__article__story=story, quote="Monday")[0]
    Quantity.objects.filter(pk=figure.pk).update(low=None, high=None)
    Alignment.objects.all().delete()
    page = sheet(as_user(reader), story, version=figure.version_id, at=figure.start, of="figure")
    assert "No value could be read" in page
    assert "It stands in no claim." in page


def test_queries_of_a_figure_do_not_grow_with_the_sources(as_user, reader: User):
    def count(outlets: int) -> int:
        story = make_story([make_article(f"Outlet {n}", f"Ferry aground, report {n}") for n in range(outlets)])
        figure = Quantity.objects.filter(version__article__story=story, quote="120")[0]
        client = as_user(reader)
        with CaptureQueriesContext(connection) as queries:
            page = sheet(client, story, version=figure.version_id, at=figure.start, of="figure")
        assert page.count("120 passengers") > outlets
        return len(queries)

    assert count(6) <= count(2)


@pytest.mark.parametrize("query", [{}, {"version": 1}, {"version": "x", "at": "y"}, {"version": 10**18, "at": 1}])
def test_place_where_nothing_is_marked_says_so(desk: Client, story: Story, query: dict[str, object]):
    assert "Nothing is marked here" in sheet(desk, story, **query)


def test_hidden_story_is_not_found(desk: Client, story: Story):
    Story.objects.update(is_hidden=True)
    assert desk.get(reverse("mark_detail", args=[story.slug])).status_code == 404


def test_quotation_says_whose_words_and_who_rejected_it(
    desk: Client, story: Story, quotation: Quotation, fact_checker: User
):
    page = sheet(desk, story, version=quotation.version_id, at=quotation.start)
    assert "Said by" in page
    assert "Lena Dahl" in page
    deciding.reject_quotation(quotation=quotation, by=fact_checker, expected=0)
    page = sheet(desk, story, version=quotation.version_id, at=quotation.start)
    assert "Not a quotation, says Farid Checker" in page
    assert reverse("quotation_reject", args=[quotation.pk]) not in page


def reject(client: Client, quotation: Quotation, *, expected: int, htmx: bool):
    story = quotation.version.article.story
    address = f"http://testserver{story.get_absolute_url()}"
    headers = {**HTMX, "HX-Current-URL": address} if htmx else {"Referer": address}
    data = {"expected": expected, "reason": "A title."}
    return client.post(reverse("quotation_reject", args=[quotation.pk]), data, headers=headers)


@pytest.mark.parametrize("htmx", [False, True])
def test_quotation_is_rejected(desk: Client, quotation: Quotation, htmx: bool):
    response = reject(desk, quotation, expected=0, htmx=htmx)
    quotation.refresh_from_db()
    assert quotation.decision == FindingDecision.REJECTED
    decision = Decision.objects.get()
    assert (decision.verb, decision.reason) == (Verb.NOT_A_QUOTATION, "A title.")
    undo = reverse("decision_undo", args=[decision.pk])
    if htmx:
        page = response.content.decode()
        assert undo in page
        assert 'id="mark-sheet" role="dialog" aria-labelledby="mark-sheet-h" hx-swap-oob="true"' in page
    else:
        assert response["Location"] == quotation.version.article.story.get_absolute_url()
        assert undo in desk.get(response["Location"]).content.decode()


@pytest.mark.parametrize("htmx", [False, True])
def test_stale_rejection_is_refused_with_a_sentence(desk: Client, quotation: Quotation, htmx: bool):
    response = reject(desk, quotation, expected=7, htmx=htmx)
    assert response.status_code == 409
    page = response.content.decode()
    # The sheet, as it stands now, to decide again in.
    assert 'id="mark-sheet"' in page
    assert f'action="{reverse("quotation_reject", args=[quotation.pk])}"' in page
    assert "Somebody else decided about this a moment ago" in page
    assert not Decision.objects.exists()


@pytest.mark.parametrize("who", ["reader", "administrator", "superuser"])
def test_only_fact_checkers_and_editors_reject(request, as_user, quotation: Quotation, who: str):
    user = make_user("", name="root", is_superuser=True) if who == "superuser" else request.getfixturevalue(who)
    assert reject(as_user(user), quotation, expected=0, htmx=True).status_code == 403
    assert not Decision.objects.exists()


def test_queries_do_not_grow_with_the_sources(desk: Client, story: Story, mention: Mention):
    def count(of: Story) -> int:
        with CaptureQueriesContext(connection) as queries:
            sheet(desk, of, entity=mention.entity_id)
        return len(queries)

    few = count(story)
    many = make_story([make_article(f"Outlet {n}", f"Ferry aground, report {n}") for n in range(6)])
    assert count(many) <= few
