"""The table of the ledger to take away: every claim and cell, filtered alike, and never calculated."""

import csv
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.models import Story
from articles.views import ledger as views
from tests.articles.ledgers import make_claim, make_mixed, make_sources

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(as_user, reader: User) -> Client:
    return as_user(reader)


@pytest.fixture
def story(db: None) -> Story:
    return make_sources()


@pytest.fixture
def mixed(db: None) -> Story:
    return make_mixed()


def table_of(client: Client, story: Story, **parameters: object) -> list[dict[str, str]]:
    response = client.get(reverse("story_ledger_csv", args=[story.slug], query=parameters))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{story.slug}-ledger.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response.content.count(b"\xef\xbb\xbf") == 1
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


def test_table_holds_every_claim_and_cell(desk: Client, mixed: Story) -> None:
    table = table_of(desk, mixed)

    assert [line["Claim"] for line in table] == ["1", "2", "3", "4"]
    assert table[0]["Differences"] == "Number differs; Verb differs"
    assert [table[0][name] for name in ("A Post", "B Daily", "C Times")] == [
        "differs: a 120 people",
        "differs: b 140 people",
        "silent",
    ]
    assert (table[2]["Status"], table[2]["Reviewed"], table[2]["Notes"]) == ("Supported", "yes", "2")
    assert (table[2]["Sources"], table[2]["Independent origins"]) == ("3", "3")


def test_table_follows_filters_and_order_and_has_no_pages(
    desk: Client, mixed: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "ROWS_A_PAGE", 1)

    table = table_of(desk, mixed, check="unchecked", order="gravity", page=2)

    assert [line["Claim"] for line in table] == ["2", "1", "4"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", " =", "＝"])
def test_table_is_never_calculated(desk: Client, story: Story, start: str) -> None:
    make_claim(story, 1, {0: "A tug came."}, statement=f'{start}HYPERLINK("x")')

    statement = table_of(desk, story)[0]["Statement"]

    assert statement == f'\'{start}HYPERLINK("x")'
