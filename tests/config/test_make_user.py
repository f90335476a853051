"""Accounts from the shell."""

import io

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command

from articles.roles import DESK_ADMINISTRATOR, EDITOR, FACT_CHECKER, READER, ROLES, roles_of
from tests.factory import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def make(*arguments: str) -> str:
    out = io.StringIO()
    call_command("make_user", *arguments, stdout=out)
    return out.getvalue()


def test_make_user_makes_an_account_with_its_roles() -> None:
    said = make(
        *("dara", "--email", "dara@Desk.Example", "--full-name", "Dara Jo Whitlock", "--password", PASSWORD),
        *("--role", "fact-checker", "--role", "editor"),
    )
    user = User.objects.get(username="dara")
    assert said == "Made dara: fact-checker, editor.\n"
    assert user.check_password(PASSWORD)
    assert (user.email, user.first_name, user.last_name) == ("dara@desk.example", "Dara", "Jo Whitlock")
    assert roles_of(user) == {FACT_CHECKER, EDITOR}
    assert not user.is_staff


@pytest.mark.parametrize("role", ROLES)
def test_make_user_opens_the_admin_to_desk_administrators_only(role: str) -> None:
    make("dara", "--email", "d@desk.example", "--role", role, "--password", PASSWORD)
    user = User.objects.get(username="dara")
    assert user.is_staff is (role == DESK_ADMINISTRATOR)
    assert not user.is_superuser


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--role", "reader", "--password", PASSWORD], "Give --email"),
        (["--email", "d@desk.example", "--password", PASSWORD], "Give at least one --role"),
        (["--email", "d@desk.example", "--role", "king", "--password", PASSWORD], "invalid choice: 'king'"),
        (["--email", "nonsense", "--role", "reader", "--password", PASSWORD], "valid email"),
        (["--email", "d@desk.example", "--role", "reader", "--password", "short"], "too short"),
        (["--email", "d@desk.example", "--role", "reader", "--password", "1234567890123"], "entirely numeric"),
        (["--email", "d@desk.example", "--role", "reader", "--password", "dara-dara-d"], "too similar"),
        (["--email", "d@desk.example", "--role", "reader", "--password", "x", "--password-stdin"], "not allowed with"),
        (["--update", "--role", "reader"], "There is no account dara to update."),
    ],
)
def test_make_user_refuses_in_a_sentence(arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        make("dara-dara-dara" if "dara-dara-d" in arguments else "dara", *arguments)
    assert not User.objects.exists()


def test_make_user_changes_nobody_without_being_told() -> None:
    make_user(READER, name="dara")
    with pytest.raises(CommandError, match=r"dara exists already\. Give --update"):
        make("dara", "--email", "d@desk.example", "--role", "editor", "--password", PASSWORD)
    assert roles_of(User.objects.get(username="dara")) == {READER}


def test_make_user_refuses_the_email_of_another() -> None:
    make_user(READER, name="sam", email="desk@desk.example")
    with pytest.raises(CommandError, match="belongs to another account"):
        make("dara", "--email", "Desk@desk.example", "--role", "reader", "--password", PASSWORD)


def test_update_sets_what_is_given_and_keeps_the_rest() -> None:
    user = make_user(READER, name="dara", email="d@desk.example", first_name="Dara")
    other = Group.objects.create(name="canteen")
    user.groups.add(other)
    assert make("dara", "--update", "--role", DESK_ADMINISTRATOR) == "Changed dara: desk administrator.\n"
    user = User.objects.get(username="dara")
    assert roles_of(user) == {DESK_ADMINISTRATOR}
    assert other in user.groups.all()
    assert user.is_staff
    assert (user.email, user.first_name) == ("d@desk.example", "Dara")
    assert user.check_password(PASSWORD)
    make("dara", "--update", "--role", READER)
    assert not User.objects.get(username="dara").is_staff


def test_update_sets_a_new_password_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    make_user(READER, name="dara")
    monkeypatch.setattr("sys.stdin", io.StringIO("a quite different phrase\n"))
    make("dara", "--update", "--password-stdin")
    assert User.objects.get(username="dara").check_password("a quite different phrase")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_make_user_asks_for_the_password_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([PASSWORD, "something else", PASSWORD, PASSWORD])
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))
    with pytest.raises(CommandError, match="The two passwords differ"):
        make("dara", "--email", "d@desk.example", "--role", "reader")
    make("dara", "--email", "d@desk.example", "--role", "reader")
    assert User.objects.get(username="dara").check_password(PASSWORD)


def test_make_user_never_waits_for_an_absent_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(CommandError, match="give --password-stdin"):
        make("dara", "--email", "d@desk.example", "--role", "reader")
