"""The three modes: what production asks for, what it refuses, and that its deployment check is clean."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.core.checks import run_checks
from django.db import connection
from django.test import Client

from articles.roles import DEMO_GROUP, ROLES, roles_of
from config.checks import demo_people_refusal, find_demo_people
from config.demo import DEMO_PASSWORD, DEMO_PEOPLE, make_demo_people

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nowhere",
    "SECRET_KEY": "k" * 20 + "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFG",
    "BASE_URL": "https://desk.example.org",
}


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, whose environment holds nothing of ours but the path."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONWARNINGS": "error", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_production_deployment_check_is_clean() -> None:
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


@pytest.mark.parametrize("name", ["SECRET_KEY", "BASE_URL"])
def test_production_names_the_missing_variable(name: str) -> None:
    result = run("manage.py", "check", **{key: value for key, value in PRODUCTION.items() if key != name})
    assert result.returncode != 0
    assert f"The environment variable {name} is not set" in result.stderr


def test_production_without_a_database_names_the_variable() -> None:
    environment = {key: value for key, value in PRODUCTION.items() if key != "DATABASE_URL"}
    result = run("manage.py", "check", **environment, DEBUG="0")
    assert result.returncode != 0
    assert "The environment variable DATABASE_URL is not set" in result.stderr


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"DATABASE_URL": "mysql://host/name"}, "DATABASE_URL must begin with postgresql://"),
        ({"DATABASE_URL": "postgresql://host"}, "DATABASE_URL names no database"),
        ({"BASE_URL": "desk.example.org"}, "BASE_URL='desk.example.org' is no address"),
        ({"THREADS": "many"}, "THREADS='many' is not a whole number."),
        ({"DEBUG": "perhaps"}, "DEBUG='perhaps' is neither yes"),
        ({"CROSSREAD_MODE": "staging"}, "CROSSREAD_MODE='staging' is none of local, demo, production."),
    ],
)
def test_production_tells_what_is_wrong_with_a_variable(variables: dict[str, str], sentence: str) -> None:
    result = run("manage.py", "check", **{**PRODUCTION, **variables})
    assert result.returncode != 0
    assert sentence in result.stderr


def test_production_settings_are_strict() -> None:
    code = """
from django.conf import settings as s
import json
print(json.dumps([s.DEBUG, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,
                  s.SECURE_HSTS_SECONDS > 0, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.ALLOWED_HOSTS, s.IS_DEMO]))
"""
    result = run("-c", code, **PRODUCTION, DJANGO_SETTINGS_MODULE="config.settings")
    expected = '[false, true, true, true, true, false, ["desk.example.org"], false]'
    assert result.stdout.strip() == expected, result.stderr


@pytest.mark.django_db
def test_demo_people_are_made_once() -> None:
    people = make_demo_people()
    assert [person.pk for person in make_demo_people()] == [person.pk for person in people]
    assert {role for person in people for role in roles_of(person)} == set(ROLES)
    assert len(people) == 5
    for person in User.objects.filter(groups__name=DEMO_GROUP):
        assert person.check_password(DEMO_PASSWORD)
        assert len(roles_of(person)) == 1
    assert find_demo_people() == sorted(person.username for person in DEMO_PEOPLE)


@pytest.mark.django_db
def test_demo_people_who_are_there_are_left_alone() -> None:
    make_demo_people()
    User.objects.filter(username="ilse").update(first_name="Changed")
    make_demo_people()
    assert User.objects.get(username="ilse").first_name == "Changed"


@pytest.mark.django_db
def test_production_check_refuses_demo_people(settings) -> None:
    settings.IS_PRODUCTION = True
    assert not run_checks(tags=["database"], databases=["default"])
    make_demo_people()
    (error,) = run_checks(tags=["database"], databases=["default"])
    assert error.id == "crossread.E001"
    assert "ilse" in error.msg
    settings.IS_PRODUCTION = False
    assert not run_checks(tags=["database"], databases=["default"])


@pytest.mark.django_db(transaction=True)
def test_production_does_not_start_on_a_demonstration_database() -> None:
    """The web server's own process, on the test database."""
    database = connection.settings_dict
    address = (
        f"postgresql://{quote(database['USER'] or '', safe='')}:{quote(database['PASSWORD'] or '', safe='')}@"
        f"/{quote(database['NAME'], safe='')}?host={quote(str(database['HOST']), safe='')}"
        + (f"&port={database['PORT']}" if database["PORT"] else "")
    )
    # No static files are collected here, of which WhiteNoise warns.
    environment = {**PRODUCTION, "DATABASE_URL": address, "PYTHONWARNINGS": "default"}
    started = run("-c", "import config.wsgi", **environment)
    assert started.returncode == 0, started.stderr
    make_demo_people()
    refused = run("-c", "import config.wsgi", **environment)
    assert refused.returncode != 0
    assert demo_people_refusal(find_demo_people()) in refused.stderr
    checked = run("manage.py", "check", "--database", "default", **environment)
    assert checked.returncode != 0
    assert "crossread.E001" in checked.stderr


@pytest.mark.django_db
def test_demo_people_stand_on_the_demonstrations_sign_in_page_only(client: Client, settings) -> None:
    page = client.get("/account/sign-in/").content.decode()
    assert DEMO_PASSWORD not in page
    settings.IS_DEMO = True
    page = client.get("/account/sign-in/").content.decode()
    assert DEMO_PASSWORD in page
    for person in DEMO_PEOPLE:
        assert person.username in page
        assert person.full_name in page
