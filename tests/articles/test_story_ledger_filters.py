"""The ledger narrowed, counted, put in another order and shown in parts."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.models import Appearance, Claim, Story
from articles.reading.ledger import read_ledger
from articles.reading.ledger_filters import LedgerChoice
from articles.views import ledger as views
from tests.articles.ledgers import make_mixed, page_of, shown
from tests.factory import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(as_user, reader: User) -> Client:
    return as_user(reader)


@pytest.fixture
def mixed(db: None) -> Story:
    return make_mixed()


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, [1, 2, 3, 4]),
        ({"state": "differs"}, [1, 2]),
        ({"state": "agreed"}, [3]),
        ({"state": "only"}, [4]),
        ({"kind": "quantity"}, [1]),
        ({"kind": ["quantity", "polarity"]}, [1, 2]),
        ({"check": "unchecked"}, [1, 2, 4]),
        ({"check": "figures"}, [1, 4]),
        ({"check": ["unchecked", "figures"], "state": "only"}, [4]),
        ({"q": "cafe CREME"}, [4]),
        ({"q": "ferry"}, [1, 4]),
        ({"q": "3"}, [3]),
        ({"q": "nothing at all"}, []),
        ({"q": '"ferry"'}, [1, 4]),
        ({"q": "“Ferry carried”"}, [1, 4]),
        ({"q": "“carried ferry”"}, []),
        ({"q": "ferry “crème was served"}, [4]),
        # A phrase is of whole words, until it is closed; other words may be parts.
        ({"q": '"ferry carr"'}, []),
        ({"q": '"ferry carr'}, [1, 4]),
        ({"q": "«tug came» late"}, [2]),
        # Nor does it go on from the statement into a wording.
        ({"q": '"served the ferry"'}, []),
        ({"q": '"'}, [1, 2, 3, 4]),
        ({"q": '"1"'}, []),
        # Longer than a search through everything may be.
        ({"q": f'"{"a b " * 8}"'}, []),
        ({"order": "gravity"}, [2, 1, 3, 4]),
        ({"order": "sources"}, [3, 1, 2, 4]),
        ({"order": "checked"}, [4, 1, 2, 3]),
        ({"state": "x", "kind": "x", "order": "x", "speaker": "²", "source": "-", "page": "-7"}, [1, 2, 3, 4]),
        ({"q": "\0", "page": "99"}, [1, 2, 3, 4]),
    ],
)
def test_address_narrows_and_orders(desk: Client, mixed: Story, parameters: dict, expected: list[int]) -> None:
    assert shown(page_of(desk, mixed, **parameters)) == expected


def test_outlet_narrows_to_what_it_says_or_leaves_out(desk: Client, mixed: Story) -> None:
    third = mixed.articles.in_order()[2].pk

    assert shown(page_of(desk, mixed, source=third)) == [3, 4]
    assert shown(page_of(desk, mixed, source=f"-{third}")) == [1, 2]


def test_speaker_narrows_to_what_is_put_in_their_mouth(desk: Client) -> None:
    story = make_story()
    speakers = read_ledger(story).speakers
    dahl = next(option for option in speakers if "Dahl" in option.label)

    rows = shown(page_of(desk, story, speaker=dahl.value))

    assert len(rows) == dahl.count > 0
    spoken = Appearance.objects.filter(alignments__claim__story=story, speaker=dahl.value)
    assert set(rows) == set(spoken.values_list("alignments__claim__number", flat=True))


def test_counts_say_what_each_filter_would_leave(mixed: Story) -> None:
    ledger = read_ledger(mixed, LedgerChoice(checks=frozenset({"figures"})))

    assert {option.value: option.count for option in ledger.states} == {"": 2, "differs": 1, "agreed": 0, "only": 1}
    assert {option.value: option.count for option in ledger.checks} == {"unchecked": 2, "figures": 2}
    assert {option.value: option.count for option in ledger.kinds} == {
        "polarity": 0,
        "quantity": 1,
        "reporting_verb": 1,
    }
    for option in ledger.states:
        chosen = LedgerChoice(state=option.value, checks=frozenset({"figures"}))
        assert len(read_ledger(mixed, chosen).rows) == option.count


def test_retired_claims_stand_apart(desk: Client, mixed: Story) -> None:
    Claim.objects.filter(story=mixed, number=3).update(is_retired=True)

    assert shown(page_of(desk, mixed)) == [1, 2, 4]
    assert shown(page_of(desk, mixed, state="retired")) == [3]


def test_nothing_found_offers_all_claims(desk: Client, mixed: Story) -> None:
    page = page_of(desk, mixed, q="zeppelin")

    assert "No claim matches" in page
    assert f'<a href="{reverse("story_ledger", args=[mixed.slug])}" id="show-all">show all claims</a>' in page


def test_htmx_gets_the_table_and_the_counts_alone(desk: Client, mixed: Story) -> None:
    url = reverse("story_ledger", args=[mixed.slug], query={"state": "only"})

    response = desk.get(url, headers={"HX-Request": "true"})
    page = response.content.decode()

    assert "HX-Request" in response["Vary"]
    assert "<html" not in page
    assert shown(page) == [4]
    assert '<b id="count-state-differs" hx-swap-oob="true">2</b>' in page
    assert '<p id="ledger-count" hx-swap-oob="innerHTML"><strong>1</strong> of 4 claims</p>' in page
    assert "ledger.csv?state=only" in page


def test_long_ledger_is_paged_and_keeps_its_filters(
    desk: Client, mixed: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "ROWS_A_PAGE", 2)

    page = page_of(desk, mixed, check="unchecked", page=2)

    assert shown(page) == [4]
    assert 'href="?check=unchecked&amp;page=1"' in page


def test_wide_ledger_has_fewer_rows_a_page(desk: Client, mixed: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "CELLS_A_PAGE", 3 * 3)

    assert "Claims 1 to 3 of 4" in page_of(desk, mixed)


def test_long_ledger_can_be_shown_whole(desk: Client, mixed: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "ROWS_A_PAGE", 2)

    assert 'href="?order=gravity&amp;page=all">All on one page' in page_of(desk, mixed, order="gravity")
    page = page_of(desk, mixed, order="gravity", page="all")

    assert sorted(shown(page)) == [1, 2, 3, 4]
    assert 'href="?order=gravity">In parts' in page
    assert "All on one page" not in page
