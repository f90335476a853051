"""Signing in, out and again; passwords; and how long too many wrong tries lock a name."""

import json
import re

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse

from articles.roles import FACT_CHECKER, READER
from config.accounts import NameOrEmailBackend, client_address, find_person
from tests.factory import PASSWORD, make_user

pytestmark = pytest.mark.django_db

LOGIN = "/account/sign-in/"
AGAIN = "/account/sign-in-again/"


def sign_in(client: Client, name: str, password: str = PASSWORD, **fields: str):
    return client.post(LOGIN, {"username": name, "password": password, **fields})


@pytest.fixture
def dara() -> User:
    return make_user(FACT_CHECKER, name="dara", email="Dara.Whitlock@desk.example", first_name="Dara")


@pytest.mark.parametrize("name", ["dara", "DARA", "dara.whitlock@desk.example", "Dara.Whitlock@Desk.Example"])
def test_sign_in_takes_name_or_email_in_any_case(client: Client, dara: User, name: str) -> None:
    answer = sign_in(client, name)
    assert answer.status_code == 302
    assert answer.url == "/"
    assert client.session["_auth_user_id"] == str(dara.pk)


def test_sign_in_goes_on_to_where_one_was_going(client: Client, dara: User) -> None:
    assert client.get("/?q=ferry").url == f"{LOGIN}?next=/%3Fq%3Dferry"
    assert sign_in(client, "dara", next="/?q=ferry").url == "/?q=ferry"


def test_sign_in_goes_to_no_other_site(client: Client, dara: User) -> None:
    assert sign_in(client, "dara", next="https://elsewhere.example/").url == "/"


@pytest.mark.parametrize(("name", "password"), [("dara", "wrong"), ("nobody", PASSWORD), ("dara", "")])
def test_sign_in_refused_says_so_and_keeps_the_name(client: Client, dara: User, name: str, password: str) -> None:
    answer = sign_in(client, name, password)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Error: Sign in" in page
    assert 'role="alert"' in page
    assert "Name and password do not match" in page
    assert f'value="{name}"' in page
    assert "_auth_user_id" not in client.session


def test_sign_in_refuses_a_closed_account_in_the_same_words(client: Client, dara: User) -> None:
    User.objects.filter(pk=dara.pk).update(is_active=False)
    assert "Name and password do not match" in sign_in(client, "dara").content.decode()


def test_shared_email_opens_no_account(client: Client, dara: User) -> None:
    make_user(READER, name="sam", email="DARA.whitlock@desk.example")
    assert find_person("dara.whitlock@desk.example") is None
    assert "_auth_user_id" not in sign_in(client, "dara.whitlock@desk.example").wsgi_request.session
    # Their names still work.
    assert sign_in(client, "sam").status_code == 302


def test_exact_user_name_wins_over_other_spellings() -> None:
    lower, upper = make_user(READER, name="kim"), make_user(READER, name="KIM")
    assert find_person("kim") == lower
    assert find_person("KIM") == upper
    assert find_person("Kim") is None


def test_closed_account_leaves_its_email_to_the_new_one(dara: User) -> None:
    make_user(READER, name="old", email=dara.email, is_active=False)
    assert find_person(dara.email) == dara


def test_unknown_name_hashes_a_password_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer to an unknown name takes as long as to a known one."""
    hashed = []
    monkeypatch.setattr(User, "set_password", lambda self, password: hashed.append(password))
    assert NameOrEmailBackend().authenticate(RequestFactory().get("/"), username="nobody", password="x") is None
    assert hashed == ["x"]


def test_wrong_tries_lock_a_person_however_written(client: Client, dara: User) -> None:
    for name in ["dara", "DARA", "dara.whitlock@desk.example", "Dara"]:
        assert sign_in(client, name, "wrong").status_code == 200
    answer = sign_in(client, "dArA", "wrong", next="/?q=ferry")
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "Try again in 10 minutes." in page
    assert 'value="/?q=ferry"' in page
    # The right password does not help now, not by e-mail either.
    assert sign_in(client, "dara.whitlock@desk.example").status_code == 429
    assert "_auth_user_id" not in client.session


def test_wrong_tries_lock_nobody_else(client: Client, dara: User) -> None:
    make_user(READER, name="sam")
    for _ in range(6):
        sign_in(client, "dara", "wrong")
    assert sign_in(client, "sam").status_code == 302


@pytest.mark.parametrize(
    ("is_trusted", "forwarded", "address"),
    [
        (False, "", "127.0.0.1"),
        (False, "203.0.113.9", "127.0.0.1"),
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (True, "1.2.3.4, 2001:DB8::1", "2001:db8::1"),
        (True, "", "127.0.0.1"),
        (True, "nonsense", None),
    ],
)
def test_wrong_tries_are_counted_by_the_address_a_trusted_proxy_names(
    settings, is_trusted: bool, forwarded: str, address: str | None
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if is_trusted else None
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded} if forwarded else {})
    assert client_address(request) == address


def test_wrong_tries_from_one_address_lock_no_other(client: Client, dara: User, settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for _ in range(6):
        answer = client.post(
            LOGIN, {"username": "dara", "password": "wrong"}, headers={"X-Forwarded-For": "203.0.113.9"}
        )
    assert answer.status_code == 429
    data = {"username": "dara", "password": PASSWORD}
    assert client.post(LOGIN, data, headers={"X-Forwarded-For": "203.0.113.10"}).status_code == 302


def test_sign_out_is_a_post(client: Client, dara: User) -> None:
    client.force_login(dara)
    assert client.get("/account/sign-out/").status_code == 405
    assert client.post("/account/sign-out/").url == LOGIN
    assert client.get("/").status_code == 302


def test_sign_out_works_when_the_session_has_ended(client: Client) -> None:
    assert client.post("/account/sign-out/").url == LOGIN


def again(client: Client, user: User, password: str = PASSWORD, *, page_of: User | None = None):
    data = {"username": user.username, "password": password, "user": str((page_of or user).pk)}
    return client.post(AGAIN, data, headers={"HX-Request": "true"})


def test_sign_in_again_hands_out_a_fresh_token(dara: User) -> None:
    client = Client(enforce_csrf_checks=True)
    old = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(LOGIN).content.decode())[1]
    data = {"username": "dara", "password": PASSWORD, "user": str(dara.pk)}
    answer = client.post(AGAIN, data, headers={"HX-Request": "true", "X-CSRFToken": old})
    assert answer.status_code == 204
    token = json.loads(answer["HX-Trigger"])["signedInAgain"]["csrfToken"]
    assert client.post("/account/theme/", {"theme": "dark"}, headers={"X-CSRFToken": old}).status_code == 403
    assert client.post("/account/theme/", {"theme": "dark"}, headers={"X-CSRFToken": token}).status_code == 302


def test_sign_in_again_refused_answers_422_with_its_form(client: Client, dara: User) -> None:
    answer = again(client, dara, "wrong")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.lstrip().startswith("<form")
    assert "Name and password do not match" in page
    assert f'name="user" value="{dara.pk}"' in page
    assert 'value="dara"' in page


def test_sign_in_again_takes_only_the_person_of_the_page(client: Client, dara: User) -> None:
    sam = make_user(READER, name="sam")
    answer = again(client, sam, page_of=dara)
    assert answer.status_code == 422
    assert "This page belongs to another account" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_sign_in_again_locked_out_says_when(client: Client, dara: User) -> None:
    for _ in range(5):
        answer = again(client, dara, "wrong")
    assert answer.status_code == 429
    assert answer.content.decode().lstrip().startswith("<form")
    assert "Try again in 10 minutes." in answer.content.decode()
    assert f'name="user" value="{dara.pk}"' in answer.content.decode()


def test_sign_in_again_is_a_post(client: Client) -> None:
    assert client.get(AGAIN).status_code == 405


def test_password_change(client: Client, dara: User) -> None:
    client.force_login(dara)
    url = reverse("password_change")
    answer = client.post(url, {"old_password": "x", "new_password1": "short", "new_password2": "other"})
    page = answer.content.decode()
    assert "<title>Error: Change password" in page
    assert 'href="#id_old_password"' in page
    assert 'aria-invalid="true"' in page
    new = "a quite different phrase"
    answer = client.post(url, {"old_password": PASSWORD, "new_password1": new, "new_password2": new}, follow=True)
    assert "Your password is changed" in answer.content.decode()
    dara.refresh_from_db()
    assert dara.check_password(new)
    # The session of the one who changed it goes on.
    assert client.get("/").status_code == 200


def test_password_reset_by_mail(client: Client, dara: User, settings) -> None:
    answer = client.post(reverse("password_reset"), {"email": "dara.whitlock@desk.example"}, follow=True)
    assert "Look in your mail" in answer.content.decode()
    (message,) = mail.outbox
    assert message.subject == "Set a new password for Crossread"
    path = re.search(rf"{settings.BASE_URL}(/\S+)", message.body)[1]
    page = client.get(path, follow=True)
    assert "Set a new password" in page.content.decode()
    new = "a quite different phrase"
    answer = client.post(page.redirect_chain[-1][0], {"new_password1": new, "new_password2": new}, follow=True)
    assert "The new password is set" in answer.content.decode()
    assert sign_in(client, "dara", new).status_code == 302
    assert "This link does not work any more" in client.get(path).content.decode()


def test_password_reset_is_offered_where_mail_goes_out(client: Client, settings) -> None:
    settings.IS_MAIL_SENT = True
    assert "Forgot the password?" in client.get(LOGIN).content.decode()
    settings.IS_MAIL_SENT = False
    page = client.get(LOGIN).content.decode()
    assert "Forgot the password?" not in page
    assert "set a new password when you forgot yours" in page


def test_password_reset_tells_not_whom_it_knows(client: Client) -> None:
    answer = client.post(reverse("password_reset"), {"email": "nobody@desk.example"}, follow=True)
    assert "Look in your mail" in answer.content.decode()
    assert not mail.outbox


def test_theme_is_kept_in_a_cookie(client: Client, reader: User) -> None:
    client.force_login(reader)
    answer = client.post("/account/theme/", {"theme": "dark", "next": "/?q=x"})
    assert answer.url == "/?q=x"
    assert 'data-theme="dark"' in client.get("/").content.decode()
    assert client.post("/account/theme/", {"theme": "x", "next": "https://elsewhere.example"}).url == "/"
    assert 'data-theme="auto"' in client.get("/").content.decode()


def test_shell_names_person_and_roles(client: Client) -> None:
    user = make_user(FACT_CHECKER, READER, name="zoe", first_name="Zoë", last_name="Ängström")
    client.force_login(user)
    page = client.get("/").content.decode()
    assert "Zoë Ängström" in page
    assert "Reader, fact-checker" in page
    assert ">ZÄ<" in page
    assert "Administration" not in page
    assert f'data-user="{user.pk}"' in page


def test_administration_is_offered_to_those_who_have_it(client: Client, administrator: User) -> None:
    User.objects.filter(pk=administrator.pk).update(is_staff=True)
    client.force_login(administrator)
    assert 'href="/admin/"' in client.get("/").content.decode()
