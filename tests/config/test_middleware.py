"""The door: signed-out people see nothing but the sign-in page, and what they typed is not lost behind it."""

import html
import json
import re

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from config.carried import unbundle
from tests.factory import PASSWORD, make_user

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
# Signed-out people may open these: signing in, and setting a forgotten password.
OPEN = {
    "favicon",
    "login",
    "logout",
    "sign_in_again",
    "password_reset",
    "password_reset_done",
    "password_reset_confirm",
    "password_reset_complete",
}
SAMPLES = {"version": "1", "slug": "some-story", "pk": "1", "number": "1", "note": "1",
           "uidb64": "x", "token": "y", "content_type_id": "1", "object_id": "1",
           "app_label": "auth", "path:object_id": "1", "id": "1", "url": "x", "username": "x"}  # fmt: skip


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> list[tuple[str, str]]:
    """Every address of the site with sample values, and its name."""
    found = []
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += addresses(pattern.url_patterns, route)
        elif not route.endswith("$") and "(?P" not in route:
            found.append((re.sub(r"<(?:\w+:)?(\w+)>", lambda m: SAMPLES[m[1]], route), pattern.name or ""))
    return found


def test_signed_out_people_see_nothing_but_the_sign_in_page(client: Client) -> None:
    seen = set()
    for address, name in addresses(get_resolver().url_patterns):
        if name in OPEN:
            seen.add(name)
            continue
        answer = client.get(address)
        assert answer.status_code == 302, address
        # The admin's pages go by way of its own address for signing in, which goes there too.
        assert answer.url.startswith(("/account/sign-in/", "/admin/login/")), address
        assert client.post(address).status_code in {302, 401, 405}, address
    assert seen == OPEN


def test_signed_out_page_tells_nothing_of_the_desk(client: Client) -> None:
    for address in ["/account/sign-in/", "/account/password/forgotten/", "/no/such/page/"]:
        page = client.get(address).content.decode()
        assert "Import" not in page
        assert "Sign out" not in page


def test_ended_session_answers_htmx_with_an_event_and_nothing_to_swap(client: Client) -> None:
    for send in (client.get, client.post):
        answer = send("/", headers=HTMX)
        assert answer.status_code == 401
        assert answer.content == b""
        assert json.loads(answer["HX-Trigger"]) == {"sessionExpired": {}}
        assert "HX-Request" in answer["Vary"]


def carried_field(page: str) -> str:
    return html.unescape(re.search(r'name="carried" value="([^"]*)"', page)[1])


def test_form_posted_too_late_is_carried_over_the_sign_in(client: Client, fact_checker: User) -> None:
    text = "  Zwei Zeilen,\nmit “Zeichen” & <b>Klammern</b> 🚢  "
    late = client.post("/claims/1/notes/new/?from=x", {"text": text, "verdict": ["a", "b"], "csrfmiddlewaretoken": "t"})
    page = late.content.decode()
    assert late.status_code == 401
    assert "Your session has ended" in page
    assert "no-store" in late["Cache-Control"]
    carried = carried_field(page)
    wrong = client.post("/account/sign-in/", {"username": "farid", "password": "wrong", "carried": carried})
    assert carried_field(wrong.content.decode()) == carried
    right = client.post("/account/sign-in/", {"username": "farid", "password": PASSWORD, "carried": carried})
    page = right.content.decode()
    assert right.status_code == 200
    assert "Nothing was saved yet." in page
    assert 'action="/claims/1/notes/new/?from=x"' in page
    fields = [
        (name, html.unescape(value)) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
    ]
    assert ("text", text) in fields
    assert ("verdict", "a") in fields
    assert ("verdict", "b") in fields
    assert ("csrfmiddlewaretoken", "t") not in fields
    # What was typed can be read there, the form's codes cannot.
    assert page.count("<blockquote>") == 1


def test_carried_form_says_that_files_are_not(client: Client, administrator: User) -> None:
    late = client.post("/import/", {"files": SimpleUploadedFile("a.txt", b"Text"), "title": "A b"})
    carried = carried_field(late.content.decode())
    page = client.post("/account/sign-in/", {"username": "ada", "password": PASSWORD, "carried": carried})
    assert "Files could not be kept" in page.content.decode()


def test_passwords_are_never_carried(client: Client) -> None:
    late = client.post("/account/password/", {"old_password": "secret-one", "new_password1": "secret-two"})
    page = late.content.decode()
    assert late.status_code == 401
    assert 'name="carried"' not in page
    assert "Nothing was saved. Sign in and try again." in page


@pytest.mark.parametrize("value", ["", "nonsense", "eyJh:1abc:xyz"])
def test_forged_bundle_is_ignored(client: Client, fact_checker: User, value: str) -> None:
    assert unbundle(value) is None
    answer = client.post("/account/sign-in/", {"username": "farid", "password": PASSWORD, "carried": value})
    assert answer.status_code == 302


def test_account_without_a_role_is_told_so(client: Client) -> None:
    client.force_login(make_user("", name="new"))
    for address in ["/", "/claims/1/notes/new/"]:
        answer = client.get(address)
        assert answer.status_code == 403
        assert "Your account has no role on the desk yet" in answer.content.decode()
        assert ">Stories<" not in answer.content.decode()
    assert client.get("/", headers=HTMX).status_code == 403


def test_account_without_a_role_can_see_to_itself(client: Client) -> None:
    client.force_login(make_user("", name="new"))
    assert client.get("/account/password/").status_code == 200
    assert client.post("/account/theme/", {"theme": "dark"}).status_code == 302
    assert client.post("/account/sign-out/").status_code == 302


def test_superuser_has_no_desk_right_by_that(client: Client) -> None:
    client.force_login(User.objects.create_superuser("root", password=PASSWORD))
    answer = client.get("/")
    assert answer.status_code == 403
    assert "Give it one under Administration" in answer.content.decode()
    assert client.get("/admin/").status_code == 200


def test_stale_token_gets_a_page_that_helps(fact_checker: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(fact_checker)
    answer = client.post("/account/theme/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "Allow cookies for this site" in answer.content.decode()
    client.get("/")
    answer = client.post("/account/theme/", {"theme": "dark"})
    assert "older than your last sign-in" in answer.content.decode()


def test_stale_token_of_htmx_gets_the_fresh_one_and_whose_it_is(fact_checker: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(fact_checker)
    answer = client.post("/account/theme/", {"theme": "dark"}, headers=HTMX)
    assert answer.status_code == 403
    detail = json.loads(answer["HX-Trigger"])["tokenRefused"]
    assert detail["user"] == str(fact_checker.pk)
    again = client.post("/account/theme/", {"theme": "dark"}, headers={**HTMX, "X-CSRFToken": detail["csrfToken"]})
    assert again.status_code == 204


def test_roles_cost_no_query_of_their_own(as_user, reader: User, django_assert_num_queries) -> None:
    client = as_user(reader)
    client.get("/account/password/")
    # The session, and the user with the roles.
    with django_assert_num_queries(2):
        client.get("/account/password/")


def test_signed_out_page_costs_no_query(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        client.get("/account/sign-in/")
