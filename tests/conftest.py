"""Fixtures that several test folders use."""

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from articles.roles import DESK_ADMINISTRATOR, EDITOR, FACT_CHECKER, READER
from tests.factory import make_user


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def reader(db: None) -> User:
    return make_user(READER, name="rosa", first_name="Rosa", last_name="Reader")


@pytest.fixture
def fact_checker(db: None) -> User:
    return make_user(FACT_CHECKER, name="farid", first_name="Farid", last_name="Checker")


@pytest.fixture
def editor(db: None) -> User:
    return make_user(EDITOR, name="edda", first_name="Edda", last_name="Editor")


@pytest.fixture
def administrator(db: None) -> User:
    return make_user(DESK_ADMINISTRATOR, name="ada", first_name="Ada", last_name="Admin")


@pytest.fixture
def as_user(client: Client):
    """Signs a user in on the test client and returns it."""

    def sign_in(user: User) -> Client:
        client.force_login(user)
        return client

    return sign_in
