"""Who gets past the door: health probes without a question, everybody else signed in and with a role on the desk."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import MiddlewareNotUsed, PermissionDenied
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django_htmx.http import trigger_client_event

from articles.locks import BusyError
from articles.requests import HtmxRequest
from articles.roles import can_read
from config import embedded_postgres
from config.accounts import is_open_without_role
from config.views import sign_in_carrying

logger = logging.getLogger(__name__)


class HealthMiddleware:
    """Answers ``/healthz`` before any host check, redirect or sign-in: probes come by address and over plain HTTP."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info != "/healthz":
            return self.get_response(request)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except DatabaseError:
            answer = HttpResponse("The database does not answer.\n", content_type="text/plain", status=503)
        else:
            answer = HttpResponse("ok\n", content_type="text/plain")
        add_never_cache_headers(answer)
        return answer


class EmbeddedDatabaseMiddleware:
    """Brings a dead embedded database back while the site runs: a reader sees the page, a writer is told to resend.

    Looks only when an answer went wrong, so it costs nothing otherwise.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.IS_EMBEDDED:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        folder = settings.DATA_DIR / "postgres"
        if answer.status_code != 500 or embedded_postgres.is_running(folder):
            return answer
        try:
            embedded_postgres.ensure_running(folder)
        except embedded_postgres.EmbeddedPostgresError as error:
            logger.error("The embedded database is gone and does not start: %s", error)
            return answer
        logger.warning("The embedded database was gone and has been started again.")
        if request.method in {"GET", "HEAD"}:
            return self.get_response(request)
        return HttpResponse(
            "The database had stopped and runs again now. Nothing was saved: go back and send the form again.\n",
            content_type="text/plain; charset=utf-8",
            status=503,
        )


class BusyMiddleware:
    """Tells a person that others are at work on the story, instead of letting everybody wait behind them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if not isinstance(exception, BusyError):
            return None
        logger.warning("Busy: %s %s", request.method, request.path)
        answer = render(request, "503.html", status=503)
        answer["Retry-After"] = "5"
        return answer


class FormAddressMiddleware:
    """Says so, in a page, where somebody opens an address that only takes what a form sends."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if answer.status_code != 405 or request.method != "GET":
            return answer
        page = render(request, "405.html", status=405)
        page["Allow"] = answer["Allow"]
        return page


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Django's, and two things more: what was typed outlives the session, and an account alone opens no story."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        refusal = super().process_view(request, view_func, view_args, view_kwargs)
        if refusal is not None or not getattr(view_func, "login_required", True):
            return refusal
        if can_read(request.user) or is_open_without_role(request, view_func):
            return None
        raise PermissionDenied(
            "Your account has no role on the desk yet. Give it one under Administration, in the menu of your account."
            if request.user.is_superuser
            else "Your account has no role on the desk yet. Ask a desk administrator for one, then reload this page."
        )

    def handle_no_permission(  # type: ignore[override]  # htmx is set by the middleware before
        self, request: HtmxRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if request.htmx:
            # A redirect would be followed and the sign-in page swapped into whatever was to be updated.
            answer = trigger_client_event(HttpResponse(status=401), "sessionExpired")
            patch_vary_headers(answer, ["HX-Request"])
            return answer
        if request.method == "POST":
            return sign_in_carrying(request)
        return super().handle_no_permission(request, view_func)
