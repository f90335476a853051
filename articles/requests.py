"""The request a view gets here: Django's, with what django-htmx adds. And how a number in it is read."""

from collections.abc import Iterable

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

# What a key of the database may be, and what any other whole number in it may be.
MAX_KEY = 2**63 - 1
MAX_NUMBER = 2**31 - 1


class HtmxRequest(HttpRequest):
    """For annotations: ``request.htmx`` is truthy for a request made by htmx."""

    htmx: HtmxDetails


def read_number(text: str | None, *, limit: int = MAX_NUMBER) -> int | None:
    """The whole number that ``text`` is, from 0 to ``limit``; None when it is anything else.

    Digits of other scripts, and more of them than Python reads, come from people who try what happens.

    >>> read_number("12"), read_number("12", limit=9), read_number("²"), read_number("9" * 5000), read_number("-1")
    (12, None, None, None, None)
    """
    if not text or len(text) > len(str(limit)) or not (text.isascii() and text.isdecimal()):
        return None
    number = int(text)
    return number if number <= limit else None


def read_keys(texts: Iterable[str]) -> list[int]:
    """The keys among ``texts``, each once, in their order."""
    return list(dict.fromkeys(key for key in (read_number(text, limit=MAX_KEY) for text in texts) if key is not None))
