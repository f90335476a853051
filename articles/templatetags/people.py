"""How the desk writes people: by full name, and by initials in a disc."""

from django import template
from django.contrib.auth.models import AbstractBaseUser

register = template.Library()


@register.filter
def full_name(user: AbstractBaseUser) -> str:
    """``Dara Whitlock``, or the user name of somebody who has given no other."""
    return str(getattr(user, "get_full_name", str)() or user.get_username())


@register.filter
def initials(user: AbstractBaseUser) -> str:
    """``DW``; the first two letters of a name of one word."""
    words = full_name(user).replace(".", " ").replace("-", " ").split() or ["?"]
    return (words[0][0] + words[-1][0] if len(words) > 1 else words[0][:2]).upper()
