"""The people of the demonstration. Their password is public, so production refuses a database that holds them."""

from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.db import transaction

from articles.roles import DEMO_GROUP, DESK_ADMINISTRATOR, EDITOR, FACT_CHECKER, READER

DEMO_PASSWORD = "read-across-2026"  # noqa: S105  public on purpose, shown on the demonstration's sign-in page


class DemoPerson(NamedTuple):
    username: str
    full_name: str
    role: str


DEMO_PEOPLE = [
    DemoPerson("tamsin", "Tamsin Okoro", READER),
    DemoPerson("ilse", "Ilse Brandão", FACT_CHECKER),
    DemoPerson("mateus", "Mateus Lindqvist", FACT_CHECKER),
    DemoPerson("noor", "Noor Castellan", EDITOR),
    DemoPerson("jonah", "Jonah Whitfield", DESK_ADMINISTRATOR),
]


@transaction.atomic
def make_demo_people() -> list[User]:
    """Makes whoever is missing, in the order of ``DEMO_PEOPLE``; never changes somebody who is there."""
    demo = Group.objects.get_or_create(name=DEMO_GROUP)[0]
    # Hashing is slow on purpose: once for all, since the password is the same, and only when somebody is missing.
    names = [person.username for person in DEMO_PEOPLE]
    is_complete = User.objects.filter(username__in=names).count() == len(names)
    password = "" if is_complete else make_password(DEMO_PASSWORD)
    people = []
    for person in DEMO_PEOPLE:
        first_name, last_name = person.full_name.split(" ", 1)
        user, is_new = User.objects.get_or_create(
            username=person.username,
            defaults={
                "first_name": first_name,
                "last_name": last_name,
                "email": f"{person.username}@crossread.example",
                "password": password,
                "is_staff": person.role == DESK_ADMINISTRATOR,
            },
        )
        if is_new:
            user.groups.set([demo, Group.objects.get_or_create(name=person.role)[0]])
        people.append(user)
    return people
