"""Dates and the days they mean, seen from Thursday, 12 March 2020."""

from datetime import date

import pytest

from articles.analysis.article import analyse_article
from articles.analysis.types import Quantity

DAY = date(2020, 3, 12)


def found(body: str, published: date | None = DAY) -> list[Quantity]:
    return [q for q in analyse_article("A headline\n\n" + body, published=published).quantities if q.kind == "date"]


@pytest.mark.parametrize(
    ("body", "low", "high", "granularity"),
    [
        ("It sank on March 3, 2019.", "2019-03-03", "2019-03-03", "day"),
        ("It sank on 3 March 2019.", "2019-03-03", "2019-03-03", "day"),
        ("It sank on Tuesday, March 3.", "2020-03-03", "2020-03-03", "day"),
        ("It sank on Nov. 20.", "2019-11-20", "2019-11-20", "day"),
        ("It will sail on March 20.", "2020-03-20", "2020-03-20", "day"),
        ("It sank on 2019-03-03.", "2019-03-03", "2019-03-03", "day"),
        ("It sank on Tuesday.", "2020-03-10", "2020-03-10", "day"),
        ("It sank on Thursday.", "2020-03-12", "2020-03-12", "day"),
        ("It sank last Thursday.", "2020-03-05", "2020-03-05", "day"),
        ("It will sail on Tuesday.", "2020-03-17", "2020-03-17", "day"),
        ("It sank yesterday.", "2020-03-11", "2020-03-11", "day"),
        ("It sank last week.", "2020-03-02", "2020-03-08", "week"),
        ("It sails next week.", "2020-03-16", "2020-03-22", "week"),
        ("It sank last month.", "2020-02-01", "2020-02-29", "month"),
        ("It sank in December.", "2019-12-01", "2019-12-31", "month"),
        ("It sank in May 2018.", "2018-05-01", "2018-05-31", "month"),
        ("It sank in 2018.", "2018-01-01", "2018-12-31", "year"),
        ("It sank two years ago.", "2018-01-01", "2018-12-31", "year"),
        ("It sank three days ago.", "2020-03-09", "2020-03-09", "day"),
        ("It sank last year.", "2019-01-01", "2019-12-31", "year"),
        ("It sank in the 1960s.", "1960-01-01", "1969-12-31", "decade"),
        ("It sank over the weekend.", "2020-03-07", "2020-03-08", "day"),
        ("It sank last summer.", "2019-06-01", "2019-08-31", "month"),
        ("It will close by June.", "2020-06-01", "2020-06-30", "month"),
        ("It could close in April.", "2020-04-01", "2020-04-30", "month"),
        ("It is to be closed by December.", "2020-12-01", "2020-12-31", "month"),
        ("It closes in April.", "2020-04-01", "2020-04-30", "month"),
        ("It was closed in April.", "2019-04-01", "2019-04-30", "month"),
        ("By December it had closed.", "2019-12-01", "2019-12-31", "month"),
        ("It may have sunk in April.", "2019-04-01", "2019-04-30", "month"),
        ("They set a deadline of April.", "2020-04-01", "2020-04-30", "month"),
        ("It has been closed since April.", "2019-04-01", "2019-04-30", "month"),
        ("It sank on June 3.", "2019-06-03", "2019-06-03", "day"),
        ("They set a deadline of May 3.", "2020-05-03", "2020-05-03", "day"),
        ("They ordered him to appear on May 3.", "2020-05-03", "2020-05-03", "day"),
        ("The race was postponed to May 3.", "2020-05-03", "2020-05-03", "day"),
        ("It will rain on June 3-5.", "2020-06-03", "2020-06-05", "day"),
        ("It rained from 3 to 5 June 2018.", "2018-06-03", "2018-06-05", "day"),
        ("It grew between 1990 and 1995.", "1990-01-01", "1995-12-31", "year"),
        ("The 2018-19 season ended.", "2018-01-01", "2019-12-31", "year"),
        ("It sank in Q3 2018.", "2018-07-01", "2018-09-30", "quarter"),
        ("It sank in the third quarter of 2018.", "2018-07-01", "2018-09-30", "quarter"),
        ("A month ago it sank.", "2020-02-01", "2020-02-29", "month"),
        ("It sank a fortnight ago.", "2020-02-24", "2020-03-01", "week"),
        ("It sank in mid-January.", "2020-01-11", "2020-01-20", "month"),
        ("It sank in late January 2018.", "2018-01-21", "2018-01-31", "month"),
        ("It sank in the early 2000s.", "2000-01-01", "2003-12-31", "decade"),
        ("It sank in the 17th century.", "1600-01-01", "1699-12-31", "century"),
        ("It sank on Christmas Day.", "2019-12-25", "2019-12-25", "day"),
        ("It sank at Easter 2018.", "2018-04-01", "2018-04-01", "day"),
        ("It will sail at Easter.", "2020-04-12", "2020-04-12", "day"),
        ("It sank on New Year’s Eve.", "2019-12-31", "2019-12-31", "day"),
        ("It sails a week on Saturday.", "2020-03-21", "2020-03-21", "day"),
        ("It sank on 23/03/2019.", "2019-03-23", "2019-03-23", "day"),
        ("It sank on 05.03.2019.", "2019-03-05", "2019-03-05", "day"),
    ],
)
def test_dates_are_counted_from_the_day_of_publication(body: str, low: str, high: str, granularity: str) -> None:
    assert [(q.low, q.high, q.granularity) for q in found(body)] == [(low, high, granularity)]


@pytest.mark.parametrize(
    "body", ["It sank on Tuesday.", "It sank last week.", "It sank on March 3.", "It sank yesterday."]
)
def test_no_day_is_made_up_without_a_day_of_publication(body: str) -> None:
    assert [(q.low, q.high, q.unit) for q in found(body, None)] == [(None, None, "date")]


def test_full_dates_need_no_day_of_publication() -> None:
    assert [q.low for q in found("It sank on March 3, 2019.", None)] == ["2019-03-03"]


def test_a_date_in_digits_is_read_as_the_other_dates_of_the_text_are() -> None:
    assert [q.low for q in found("It sank on 05/03/2019.")] == [None]
    assert [q.low for q in found("It sank on 05/03/2019 and rose on 23/03/2019.")] == ["2019-03-05", "2019-03-23"]
    assert [q.low for q in found("It sank on 05/03/2019 and rose on 05/23/2019.")] == ["2019-05-03", "2019-05-23"]


@pytest.mark.parametrize(
    "body",
    [
        "UN Resolution 1973 passed.",
        "It sank several weeks ago.",
        "The Christmas tree fell.",
        "They sent 2000 soldiers there.",
        "He may leave.",
        "Soldiers march on.",
        "April Low left.",
        "It sank an hour later.",
        "It sank on February 31, 2019.",
    ],
)
def test_what_only_looks_like_a_date_has_no_day(body: str) -> None:
    assert [q for q in found(body) if q.low is not None] == []


def test_dates_at_the_edge_of_the_calendar_stay_alive() -> None:
    assert [q.low for q in found("It sank 50 centuries ago.", date(1, 1, 1))] == [None]
