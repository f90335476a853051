"""What people put where a number belongs, on every page that reads one: an answer, never a fault of the server."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Claim, Entity, Story
from articles.requests import MAX_KEY, read_keys, read_number
from tests.factory import make_story, make_user

pytestmark = pytest.mark.django_db
ODD = ["9" * 5000, "9" * 4000, str(2**63), "²", "٣", "-1", "\0", "1\0", "", "1.5"]
# Each is another way to fail: in reading, in the database, in letters.
HOSTILE = [*ODD[:4], "1\0"]


def test_numbers_are_read_within_their_limit() -> None:
    assert [read_number(text) for text in ("0", "12", str(2**31 - 1), str(2**31))] == [0, 12, 2**31 - 1, None]
    assert [read_number(text) for text in [*ODD, None]] == [None] * (len(ODD) + 1)
    assert read_number(str(MAX_KEY), limit=MAX_KEY) == MAX_KEY
    assert read_keys(["1", "x", *ODD, "2"]) == [1, 2]


@pytest.fixture
def everybody(client: Client) -> Client:
    """Somebody with all the desk's roles."""
    client.force_login(make_user("desk administrator", "editor", "fact-checker"))
    return client


@pytest.fixture
def story() -> Story:
    return make_story()


@pytest.mark.parametrize("odd", HOSTILE, ids=range(len(HOSTILE)))
def test_no_number_in_an_address_breaks_a_page(everybody: Client, story: Story, odd: str) -> None:
    claim, article, entity = story.claims.first(), story.articles.first(), Entity.objects.first()
    assert claim is not None
    assert article is not None
    assert entity is not None
    version = article.current_version_id
    addresses = {
        reverse("story_list"): ["page", "order", "q"],
        reverse("article_import"): ["story"],
        reverse("story_read", args=[story.slug]): ["claim", "show"],
        reverse("story_rows", args=[story.slug]): ["page", "by", "show", "only"],
        reverse("story_ledger", args=[story.slug]): ["page", "speaker", "source", "state"],
        reverse("story_entities", args=[story.slug]): ["entity", "page", "mentions", "kind"],
        reverse("story_possible", args=[story.slug]): ["done", "last", "at"],
        reverse("story_notes", args=[story.slug]): ["page", "state", "author"],
        reverse("claim_detail", args=[claim.pk]): ["show"],
        reverse("claim_correct", args=[claim.pk]): ["from"],
        reverse("version_detail", args=[version]): ["start", "end"],
        reverse("claim_new", args=[version]): ["start", "quote"],
        reverse("passage_note_new", args=[version]): ["start", "end", "place", "words"],
        reverse("entity_detail", args=[entity.pk]): ["quotations", "mentions", "story"],
        reverse("search"): ["page", "outlet", "q", "kind"],
    }
    for address, names in addresses.items():
        data = dict.fromkeys(names, odd)
        for fields in (data, *({name: odd} for name in names), {**data, "q": "ferry", "kind": "claims"}):
            for headers in ({}, {"HX-Request": "true"}):
                assert everybody.get(address, fields, headers=headers).status_code < 500, (address, fields)


@pytest.mark.parametrize("odd", HOSTILE, ids=range(len(HOSTILE)))
def test_no_number_in_a_form_breaks_a_page(everybody: Client, story: Story, odd: str) -> None:
    claim, entity = story.claims.first(), Entity.objects.first()
    article = Article.objects.filter(story=story).first()
    assert claim is not None
    assert entity is not None
    assert article is not None
    rows = ("alignment", "appearance", "divergence", "quotation", "passage", "left", "right")
    texts = {"quote": "ferry", "statement": "A ferry ran aground.", "name": "Lena", "kind": "person", "speaker": ""}
    correct = reverse("claim_correct", args=[claim.pk])
    for act in ("decide", "move", "split", "span", "merge", "statement", "stance", "divergence", "origin"):
        for expected in ("0", odd):
            fields = {"act": act, "expected": expected, **dict.fromkeys(rows, odd), **texts, "to": odd, "into": odd}
            assert everybody.post(correct, fields).status_code < 500, act
    edit = reverse("entity_edit", args=[entity.pk])
    for act in ("rename", "alias", "retype", "merge", "split"):
        fields = {"act": act, "expected": odd, "mentions": odd, "into": f"Lena (person) no. {odd}", **texts}
        assert everybody.post(edit, fields).status_code < 500, act
    queue = reverse("story_possible", args=[story.slug])
    assert everybody.post(queue, {"alignment": odd, "done": odd, "last": odd, "at": odd}).status_code < 500
    version = article.current_version_id
    assert everybody.post(reverse("claim_new", args=[version]), {"quote": "ferry", "start": odd}).status_code < 500
    for button in ("add_link", "save", "save_draft", "find", "other_words"):
        note = {
            button: "1",
            "note-revision": odd,
            "note-key": odd,
            "note-verdict": odd,
            "evidence-TOTAL_FORMS": odd,
            "evidence-INITIAL_FORMS": odd,
            "start": odd,
            "end": odd,
            "place": odd,
            "words": "ferry",
        }
        assert everybody.post(reverse("note_new", args=[claim.pk]), note).status_code < 500, button
        assert everybody.post(reverse("passage_note_new", args=[version]), note).status_code < 500, button


def test_add_link_adds_to_no_rows_when_their_count_is_none(everybody: Client, story: Story) -> None:
    claim = Claim.objects.filter(story=story).first()
    assert claim is not None
    for count in ("²", "9" * 5000):
        fields = {"add_link": "1", "evidence-TOTAL_FORMS": count, "evidence-INITIAL_FORMS": "0"}
        response = everybody.post(reverse("note_new", args=[claim.pk]), fields)
        assert response.status_code == 200
        assert 'name="evidence-TOTAL_FORMS" value="1"' in response.content.decode()
