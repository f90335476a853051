"""Turns bytes and lines into articles to import, or into a sentence that says why not.

Pure reading: nothing here touches the database. An item that cannot be used becomes a :class:`Refusal` and leaves the
others alone.
"""

import codecs
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone

from articles.models import ArticleRole, PublishedGranularity

ROLE_VALUES = frozenset(ArticleRole.values)
# Longest first: the mark of UTF-32 begins like the one of UTF-16.
_BYTE_ORDER_MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with BOM"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
]
_SIGNATURES = [
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, OpenDocument or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"{\\rtf", "a rich-text file"),
]
# Control characters that no text has: all below space but tab, line feed, vertical tab, form feed, return, substitute.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")
# Python reads more than these: 20260314, 2026-W11-6 and hours without minutes, which nobody means as a published time.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    _DAY.pattern + r"[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)
# Before it nobody printed news.
EARLIEST_YEAR = 1600
# Joiners shape the letters on both sides of them; at the edge of a word there is nothing to join.
_JOINERS = "\u200c\u200d"

_check_url = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True)
class IncomingArticle:
    """One article as it was handed in, checked but not yet canonical. ``place`` says where it came from."""

    place: str
    outlet: str
    headline: str
    body: str
    url: str = ""
    published_at: datetime | None = None
    published_granularity: str = PublishedGranularity.UNKNOWN
    byline: str = ""
    language: str = ""
    role: str = ArticleRole.SOURCE
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An item that could not be used: where it stands and, in one sentence, why and what to do."""

    place: str
    reason: str


class UnusableInput(ValueError):
    """Carries the sentence for the person who handed the input in."""


def decode(data: bytes) -> tuple[str, str]:
    """The text of ``data`` and the name of the encoding it was read in.

    Tries the byte order marks, UTF-8, then Windows-1252, in which bytes that are no UTF-8 most often come.

    Raises:
        UnusableInput: for empty or binary data, and for bytes that are text in none of these.
    """
    if not data:
        raise UnusableInput("The file is empty.")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise UnusableInput(f"This is {what}, not plain text. Save the article as plain text and import that.")
    for mark, codec, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data.decode(codec).removeprefix("\ufeff"), name
            except UnicodeDecodeError:
                raise UnusableInput(f"The file says it is {name} but is not. Save it again as UTF-8.") from None
    if _CONTROL.search(data):
        raise UnusableInput("The file is binary, not text. Save the article as plain text (UTF-8) and import that.")
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        raise UnusableInput(
            "The file is neither UTF-8, UTF-16 nor Windows-1252 text. Save it again as UTF-8."
        ) from None


def check_size(size: int, limit: int) -> None:
    """Refuses what is too long to be an article. ``size`` and ``limit`` are bytes of UTF-8.

    Raises:
        UnusableInput: when ``size`` is above ``limit``.
    """
    if size > limit:
        raise UnusableInput(
            f"The text has {_megabytes(size)}, and at most {_megabytes(limit)} are taken. Is it more than one article?"
        )


def read_text_file(name: str, data: bytes, *, outlet: str, limit: int) -> IncomingArticle | Refusal:
    """A ``.txt`` file: the first line with text is the headline, the rest is the body."""
    try:
        if len(data) > 2 * limit:  # UTF-16 needs up to twice the bytes
            check_size(len(data), limit)
        text, encoding = decode(data)
        check_size(len(text.encode("utf-8", "surrogatepass")), limit)
        headline, body = split_headline(text)
        return checked(
            IncomingArticle(place=name, outlet=outlet, headline=headline, body=body, encoding=encoding), limit=limit
        )
    except UnusableInput as error:
        return Refusal(name, str(error))


def split_headline(text: str) -> tuple[str, str]:
    """The first line that has text, and everything after it."""
    lines = text.splitlines()
    for index, line in enumerate(lines):
        if line.strip():
            return line.strip(), "\n".join(lines[index + 1 :])
    return "", ""


def read_jsonl_file(
    name: str, data: bytes, *, outlet: str, limit: int, zone: tzinfo = UTC
) -> Iterator[IncomingArticle | Refusal]:
    """A ``.jsonl`` file: one article a line. A broken line is refused with its number; the others stay.

    A line's own ``outlet`` wins over ``outlet``; a line without either is refused. Blank lines are skipped.
    """
    try:
        check_size(len(data), 10 * limit)
        text, encoding = decode(data)
    except UnusableInput as error:
        yield Refusal(name, str(error))
        return
    found = False
    # Only line feeds separate lines: a U+2028 inside a JSON string is part of the article.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        found = True
        place = f"{name}, line {number}"
        try:
            yield _article_of_line(place, line, outlet=outlet, encoding=encoding, limit=limit, zone=zone)
        except UnusableInput as error:
            yield Refusal(place, str(error))
    if not found:
        yield Refusal(name, "The file holds only white space.")


def _article_of_line(place: str, line: str, *, outlet: str, encoding: str, limit: int, zone: tzinfo) -> IncomingArticle:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        detail = f" ({error.msg}, column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        raise UnusableInput(f"The line is not valid JSON{detail}.") from None
    except ValueError:
        # Python reads no integer of more than 4,300 digits.
        raise UnusableInput("The line holds a number that is too long to be read.") from None
    if not isinstance(row, dict):
        raise UnusableInput("The line is JSON but not an object with outlet, headline and text.")
    published_at, granularity = published(_text_of(row, "published_at"), zone=zone)
    return checked(
        IncomingArticle(
            place=place,
            outlet=_text_of(row, "outlet") or outlet,
            headline=_text_of(row, "headline"),
            body=_text_of(row, "text"),
            url=_text_of(row, "url"),
            published_at=published_at,
            published_granularity=granularity,
            byline=_text_of(row, "byline"),
            language=_text_of(row, "language"),
            role=_text_of(row, "role") or ArticleRole.SOURCE,
            encoding=encoding,
        ),
        limit=limit,
    )


def _text_of(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UnusableInput(f"“{key}” must be text, not {type(value).__name__}.")
    # Undecodable bytes escaped into the JSON; PostgreSQL stores neither these nor NUL.
    return value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "").strip()


def published(value: str, *, zone: tzinfo = UTC) -> tuple[datetime | None, str]:
    """The moment an ISO date or time names, and how finely. A time without zone is taken in ``zone``, a day in UTC.

    Raises:
        UnusableInput: when ``value`` is neither, or no article can have appeared then; a date is never guessed.
    """
    if not value:
        return None, PublishedGranularity.UNKNOWN
    try:
        if _DAY.fullmatch(value):
            day = date.fromisoformat(value)
            return check_published(datetime.combine(day, time(), tzinfo=UTC)), PublishedGranularity.DAY
        if not _MOMENT.fullmatch(value):
            raise UnusableInput(_unreadable(value))
        moment = datetime.fromisoformat(value)
    except UnusableInput:
        raise
    except ValueError:
        raise UnusableInput(_unreadable(value)) from None
    return check_published(moment if moment.tzinfo else moment.replace(tzinfo=zone)), PublishedGranularity.MINUTE


def _unreadable(value: str) -> str:
    return f"The published time {value[:80]!r} cannot be read: write it as 2026-03-14 or 2026-03-14T09:30+00:00."


def check_published(moment: datetime) -> datetime:
    """``moment`` itself, when an article can have appeared then.

    Raises:
        UnusableInput: before the year 1600, and more than a day ahead: the day begins earlier elsewhere.
    """
    if moment.year < EARLIEST_YEAR:
        raise UnusableInput(f"The published time is before the year {EARLIEST_YEAR}. Is it mistyped?")
    try:
        is_ahead = moment.astimezone(UTC) > timezone.now() + timedelta(days=1)
    except OverflowError:
        is_ahead = True
    if is_ahead:
        raise UnusableInput(f"The published time is in the future. Today is {timezone.localdate():%-d %B %Y}.")
    return moment


def tidy_name(text: str) -> str:
    """A name or title on one line: single spaces, and nothing that cannot be seen but joiners within a word.

    >>> tidy_name("  The\\u200b Harbour\\n\\u202ePost ")
    'The Harbour Post'
    """
    seen = "".join(
        letter
        for letter in " ".join(text.split())
        if letter in _JOINERS or unicodedata.category(letter) not in {"Cc", "Cf"}
    )
    return " ".join(word for word in (part.strip(_JOINERS) for part in seen.split()) if word)


def checked(article: IncomingArticle, *, limit: int) -> IncomingArticle:
    """``article`` with its names tidied, when everything an import needs is there and fits.

    Raises:
        UnusableInput: with a sentence on the first thing that is wrong.
    """
    article = replace(article, outlet=tidy_name(article.outlet), byline=tidy_name(article.byline))
    check_size(len(article.body.encode("utf-8", "surrogatepass")), limit)
    if not article.headline.strip() and not article.body.strip():
        raise UnusableInput("There is only white space, no text.")
    if not article.headline.strip():
        raise UnusableInput("There is no headline.")
    if not article.body.strip():
        raise UnusableInput("There is a headline but no text below it.")
    if len(article.headline) > 500:
        raise UnusableInput("The headline is longer than 500 characters. Is its line break missing?")
    if article.role not in ROLE_VALUES:
        raise UnusableInput(f"The role {article.role!r} is none of {', '.join(sorted(ROLE_VALUES))}.")
    if not article.outlet and article.role != ArticleRole.DOCUMENT:
        raise UnusableInput("No outlet is given. Name the outlet that published it.")
    if len(article.outlet) > 120:
        raise UnusableInput("The outlet’s name is longer than 120 characters.")
    if len(article.byline) > 200:
        raise UnusableInput("The byline is longer than 200 characters.")
    if len(article.language) > 12:
        raise UnusableInput("The language must be a short code, as in en or pt-BR.")
    if article.url:
        try:
            _check_url(article.url)
        except ValidationError:
            raise UnusableInput(
                f"{article.url[:80]!r} is no web address. It begins with https:// or http://."
            ) from None
        if len(article.url) > 1000:
            raise UnusableInput("The address is longer than 1,000 characters.")
    return article


def _megabytes(size: int) -> str:
    return f"{size / (1024 * 1024):.1f} MB"
