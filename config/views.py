"""The account pages, and what people read when a form's token is not accepted."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as start_session
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import trigger_client_event

from articles.context_processors import THEMES
from articles.requests import HtmxRequest
from config.accounts import open_without_role
from config.carried import bundle, unbundle
from config.demo import DEMO_PASSWORD, DEMO_PEOPLE
from config.forms import SignInForm

_YEAR_SECONDS = 365 * 24 * 3600


def _sign_in_context() -> dict[str, Any]:
    """The demonstration's sign-in page says whom one can sign in as, no other one does; and whether mail goes out."""
    context: dict[str, Any] = {"is_mail_sent": settings.IS_MAIL_SENT}
    return context | {"demo_people": DEMO_PEOPLE, "demo_password": DEMO_PASSWORD} if settings.IS_DEMO else context


class SignInView(auth_views.LoginView):
    """Django's, which also hands back the form that was posted after the session had ended."""

    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(carried=self.request.POST.get("carried", ""), **_sign_in_context(), **kwargs)

    def form_valid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]  # the form is always ours
        answer = super().form_valid(form)
        carried = unbundle(self.request.POST.get("carried", ""))
        if carried is None:
            return answer
        return render(self.request, "registration/unsaved.html", {"form": carried})


login = SignInView.as_view()


def sign_in_carrying(request: HtmxRequest) -> HttpResponse:
    """The sign-in page in answer to a form that came after the session had ended; it carries the form along."""
    context = {"form": SignInForm(request), "carried": bundle(request), "is_expired": True, "next": ""}
    answer = render(request, "registration/login.html", {**context, **_sign_in_context()}, status=401)
    add_never_cache_headers(answer)
    return answer


def sign_in_refused(request: HtmxRequest, *, title: str, text: str) -> HttpResponse:
    """The sign-in page, or the dialog's form, with a reason that lies in no field."""
    if request.htmx:
        return _sign_in_again_refused(request, title=title, text=text, status=429)
    context: dict[str, Any] = {
        "form": SignInForm(request, initial={"username": request.POST.get("username", "")}),
        "refusal": {"title": title, "text": text},
        "next": request.POST.get("next", ""),
        "carried": request.POST.get("carried", ""),
    }
    return render(request, "registration/login.html", {**context, **_sign_in_context()}, status=429)


def _sign_in_again_refused(request: HtmxRequest, *, title: str, text: str, status: int = 422) -> HttpResponse:
    context = {
        "refusal": {"title": title, "text": text},
        "user_pk": request.POST.get("user", ""),
        "username": request.POST.get("username", ""),
    }
    return render(request, "includes/sign_in_again.html", context, status=status)


@sensitive_post_parameters("password")
@never_cache
@login_not_required
@require_POST
def sign_in_again(request: HtmxRequest) -> HttpResponse:
    """Signs in from the dialog over a page that is still open, as the person the page was made for.

    A person signing in as somebody else would save what is typed here under another name, so they get a sentence.
    """
    form = SignInForm(request, data=request.POST)
    if not form.is_valid():
        return _sign_in_again_refused(request, title="Name and password do not match", text="Check both and try again.")
    user = form.get_user()
    if str(user.pk) != request.POST.get("user"):
        return _sign_in_again_refused(
            request,
            title="This page belongs to another account",
            text="Copy what you typed, then reload the page to go on as yourself.",
        )
    start_session(request, user)
    return trigger_client_event(HttpResponse(status=204), "signedInAgain", {"csrfToken": get_token(request)})


@login_not_required
@require_POST
def logout(request: HtmxRequest) -> HttpResponse:
    """Also for a session that has ended: whoever presses the button wants to be out, and is."""
    return auth_views.LogoutView.as_view()(request)


@require_GET
@login_not_required
def admin_sign_in(request: HtmxRequest) -> HttpResponse:
    """One sign-in page for everything. Somebody signed in comes here only for lack of rights."""
    if request.user.is_authenticated:
        raise PermissionDenied("The administration pages are for desk administrators.")
    return redirect(reverse("login", query={"next": request.GET.get("next", reverse("admin:index"))}))


class PasswordChangeView(auth_views.PasswordChangeView):
    """Back to the stories, with a word that it is done, instead of a page of its own for that word."""

    def get_success_url(self) -> str:
        return reverse("password_change")

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, "Your password is changed. Other devices have been signed out.")
        return super().form_valid(form)


password_change = open_without_role(PasswordChangeView.as_view())


@require_GET
@login_not_required
def favicon(request: HtmxRequest) -> HttpResponse:
    """For pages that name no icon of their own, such as the admin's: browsers ask here."""
    return redirect(static("favicon.svg"))


# The address people type, not the one this request came by: the link leaves the house.
password_reset = auth_views.PasswordResetView.as_view(extra_email_context={"base_url": settings.BASE_URL})


@open_without_role
@require_POST
def theme_edit(request: HtmxRequest) -> HttpResponse:
    """Keeps light, dark or automatic in a cookie: it belongs to the screen, not to the person."""
    theme = request.POST.get("theme", "auto")
    if request.htmx:
        answer = HttpResponse(status=204)
    else:
        back = request.POST.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
        answer = HttpResponseRedirect(back if is_ours else reverse("story_list"))
    answer.set_cookie(
        "theme",
        theme if theme in THEMES else "auto",
        max_age=_YEAR_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


def csrf_failure(request: HtmxRequest, reason: str = "") -> HttpResponse:
    """What a form with a stale token gets: a sentence, or the token if the page is still the same person's.

    Signing in changes the token, so this is met after signing in again in another tab. The new token can be told to
    our own script: no other site may read this answer.
    """
    if request.htmx:
        user = request.user if isinstance(request.user, User) else None
        event = {"csrfToken": get_token(request), "user": str(user.pk) if user else ""}
        return trigger_client_event(HttpResponse(status=403), "tokenRefused", event)
    return render(request, "403_csrf.html", {"has_no_cookie": "CSRF_COOKIE" not in request.META}, status=403)
