"""Who may do what on the desk, by group and by nothing else.

Superuser status answers every ``has_perm`` with yes, so desk rights never ask it: running the server is no
licence to judge. A user may hold several roles; a desk administrator has no implied right to write notes.
"""

from typing import Protocol

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

READER = "reader"
FACT_CHECKER = "fact-checker"
EDITOR = "editor"
DESK_ADMINISTRATOR = "desk administrator"
ROLES = (READER, FACT_CHECKER, EDITOR, DESK_ADMINISTRATOR)

# Not a role: marks the made-up people of the demonstration, whom production refuses.
DEMO_GROUP = "demo"


class HasGroups(Protocol):
    """Anybody a request can come from."""

    is_authenticated: bool


def roles_of(user: AbstractBaseUser | AnonymousUser | HasGroups) -> frozenset[str]:
    """The desk roles of a user, read once for each user object: who signed in has brought the names of the groups along
    (``NameOrEmailBackend``), for others they are asked for.
    """
    known: frozenset[str] | None = getattr(user, "_desk_roles", None)
    if known is None:
        active = user.is_authenticated and getattr(user, "is_active", False)
        names = getattr(user, "group_names", None) if active else ()
        if names is None:
            names = user.groups.values_list("name", flat=True)  # type: ignore[union-attr]  # whoever is active has them
        known = frozenset(names) & frozenset(ROLES)
        user._desk_roles = known  # type: ignore[union-attr]  # ours, on whatever user there is
    return known


def can_read(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Any role reads."""
    return bool(roles_of(user))


def can_write_notes(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Fact-checkers and editors leave verification notes."""
    return bool(roles_of(user) & {FACT_CHECKER, EDITOR})


def can_correct(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Fact-checkers and editors correct what the machine suggests."""
    return bool(roles_of(user) & {FACT_CHECKER, EDITOR})


def can_import(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Desk administrators bring articles in."""
    return DESK_ADMINISTRATOR in roles_of(user)


def can_edit_stories(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Editors and desk administrators make, rename and close stories."""
    return bool(roles_of(user) & {EDITOR, DESK_ADMINISTRATOR})


def can_hide_stories(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Desk administrators take stories out of sight, and away when nobody worked on them."""
    return DESK_ADMINISTRATOR in roles_of(user)
