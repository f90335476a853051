"""What every page of the desk needs to know about who is looking at it, and on what kind of screen."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from articles.roles import (
    ROLES,
    can_correct,
    can_edit_stories,
    can_hide_stories,
    can_import,
    can_write_notes,
    roles_of,
)

THEMES = ("auto", "light", "dark")


def desk(request: HttpRequest) -> dict[str, Any]:
    """Roles for templates, as values (a branch in a template asks no user object), the mode and the theme.

    Signed-out people cost no query; for others the roles are read once a request, and the door has read them.
    """
    theme = request.COOKIES.get("theme", "auto")
    context: dict[str, Any] = {
        "is_demo": settings.IS_DEMO,
        "theme": theme if theme in THEMES else "auto",
        "themes": THEMES,
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        roles = roles_of(user)
        context |= {
            "desk_roles": [role for role in ROLES if role in roles],
            "can_read": bool(roles),
            "can_import": can_import(user),
            "can_correct": can_correct(user),
            "can_edit_stories": can_edit_stories(user),
            "can_hide_stories": can_hide_stories(user),
            "can_write_notes": can_write_notes(user),
        }
    return context
