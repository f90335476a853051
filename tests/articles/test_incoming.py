"""What is read from lines and dates, and what is refused with a sentence."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.incoming import Refusal, UnusableInput, published, read_jsonl_file, tidy_name

LINE = {"outlet": "Coast Daily", "headline": "Ferry aground", "text": "A ferry ran aground."}


def read(**fields: object) -> list:
    data = json.dumps({**LINE, **fields}).encode()
    return list(read_jsonl_file("all.jsonl", data, outlet="", limit=10_000))


@pytest.mark.parametrize(
    ("value", "moment", "granularity"),
    [
        ("", None, "unknown"),
        ("2026-03-14", "2026-03-14T00:00:00+00:00", "day"),
        ("2026-03-14T09:30", "2026-03-14T09:30:00+00:00", "minute"),
        ("2026-03-14 09:30:15.5Z", "2026-03-14T09:30:15.500000+00:00", "minute"),
        ("2026-03-14T09:30-04:00", "2026-03-14T09:30:00-04:00", "minute"),
        ("2026-03-14T09:30+0530", "2026-03-14T09:30:00+05:30", "minute"),
    ],
)
def test_published_reads_days_and_moments(value: str, moment: str | None, granularity: str) -> None:
    read_moment, read_granularity = published(value)
    assert (read_moment.isoformat() if read_moment else None, read_granularity) == (moment, granularity)


@pytest.mark.parametrize(
    "value",
    ["20260314", "2026-W11-6", "2026-03-14T09", "2026-03", "2026-02-30", "last week", "٢٠٢٦-٠٣-١٤", "2026-03-14T0930"],
)
def test_published_refuses_what_nobody_writes(value: str) -> None:
    with pytest.raises(UnusableInput, match="cannot be read: write it as"):
        published(value)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("2999-01-01", "in the future"),
        ("9999-12-31T23:59-12:00", "in the future"),
        ("1599-12-31", "before the year 1600"),
        ("0001-01-01T00:00+14:00", "before the year 1600"),
    ],
)
def test_published_refuses_times_no_article_has(value: str, sentence: str) -> None:
    with pytest.raises(UnusableInput, match=sentence):
        published(value)
    [refused] = read(published_at=value)
    assert isinstance(refused, Refusal)
    assert sentence in refused.reason


def test_published_takes_what_is_tomorrow_elsewhere() -> None:
    soon = (timezone.now() + timedelta(hours=20)).isoformat()
    assert published(soon)[0] == datetime.fromisoformat(soon)
    with pytest.raises(UnusableInput, match="in the future"):
        published((timezone.now() + timedelta(hours=25)).astimezone(UTC).isoformat())


def test_number_longer_than_python_reads_concerns_its_line_only() -> None:
    long = '{"outlet": ' + "9" * 5000 + "}"
    first, second = read_jsonl_file(
        "all.jsonl", f"{long}\n{json.dumps(LINE)}".encode(), outlet="Coast Daily", limit=10_000
    )
    assert isinstance(first, Refusal)
    assert first.place == "all.jsonl, line 1"
    assert "too long" in first.reason
    assert second.headline == "Ferry aground"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  The\t Harbour\u2003Post ", "The Harbour Post"),
        ("\u202eThe Harbour\x07 Post\u200b\ufeff", "The Harbour Post"),
        ("\u200dخانه\u200cها\u200c", "خانه\u200cها"),
        ("\u200b \u2060\u200d", ""),
    ],
)
def test_names_lose_what_cannot_be_seen(text: str, name: str) -> None:
    assert tidy_name(text) == name


def test_names_of_nothing_visible_are_no_names() -> None:
    [refused] = read(outlet="\u200b\u202e")
    assert "No outlet is given" in refused.reason
    [article] = read(outlet="Coast\n Daily\u200b", byline="\u200bKjersti  Moe")
    assert (article.outlet, article.byline) == ("Coast Daily", "Kjersti Moe")
