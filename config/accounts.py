"""Signing in: who somebody is, when too many tries were made, and which pages need no role on the desk."""

from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, User
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from articles.requests import HtmxRequest


def find_person(name: str) -> User | None:
    """The active user whom ``name``, a user name or an e-mail address in any case, names and nobody else.

    A user name typed exactly wins. What could mean two people means nobody: an address shared by two accounts must
    not open either of them.
    """
    matches = list(User.objects.filter(Q(username__iexact=name) | Q(email__iexact=name), is_active=True)[:10])
    exact = [user for user in matches if user.username == name]
    if exact:
        return exact[0]
    return matches[0] if len(matches) == 1 else None


class NameOrEmailBackend(ModelBackend):
    """Django's own backend, but people are found by user name or e-mail address in any case, and come with the names
    of their groups, which every page asks for.
    """

    def get_user(self, user_id: Any) -> User | None:
        groups = Group.objects.filter(user=OuterRef("pk")).order_by("name").values("name")
        user = User.objects.filter(pk=user_id).annotate(group_names=ArraySubquery(groups)).first()
        return user if user and self.user_can_authenticate(user) else None

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        if not username or password is None:
            return None
        user = find_person(username)
        if user is None:
            # As long as for a known name, so that the time does not tell which names exist.
            User().set_password(password)
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None


def throttled_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The name that wrong tries are counted under: one for each person, however they write it."""
    name = (credentials or {}).get("username") or request.POST.get("username", "")
    person = find_person(name)
    return person.username if person else name.casefold()[:255]


def client_address(request: HttpRequest) -> str | None:
    """Whose wrong tries they are: behind a trusted proxy the address it names, else the one that connected.

    Behind a proxy everybody connects from its address, and one person's wrong tries would lock a name for all. Only
    the last entry of the header is the proxy's own word; the ones before it are whatever the client sent.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip() or address
    try:
        return str(ip_address(address))
    except ValueError:
        # A socket has none.
        return None


def locked_out(
    request: HtmxRequest, original_response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """The sign-in page (or its dialog) after too many wrong tries, saying when to try again."""
    from config.views import sign_in_refused

    cool_off = get_cool_off(request)
    # Every try while it rests starts the rest anew, so this is the time from now.
    minutes = -(-int(cool_off.total_seconds()) // 60) if cool_off else 10
    return sign_in_refused(
        request, title="Too many wrong tries", text=f"Sign-in for this name rests. Try again in {minutes} minutes."
    )


def open_without_role[**P, R: HttpResponseBase](view: Callable[P, R]) -> Callable[P, R]:
    """Marks a view as open to people who are signed in but have no role on the desk: their own account."""
    view.open_without_role = True  # type: ignore[attr-defined]  # a mark on the function, as Django leaves its own
    return view


def is_open_without_role(request: HttpRequest, view: Callable[..., HttpResponseBase]) -> bool:
    """Account pages, and the admin, which asks for its own rights."""
    match = request.resolver_match
    return getattr(view, "open_without_role", False) or bool(match and "admin" in match.app_names)
