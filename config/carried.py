"""What somebody typed, carried across a sign-in when their session ended before they saved.

Without JavaScript a form posted too late would be lost behind the sign-in page. Its fields travel instead: hidden in
the sign-in form, and after it on a page that shows them and offers to save. The bundle is signed and short-lived, so
that nobody can make a link that puts words into somebody else's form. Passwords and files are left out.
"""

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest

_SALT = "config.carried"
# As long as a password reset is likely to take; longer than that, the typed text is hardly the current one.
_MAX_AGE_SECONDS = 4 * 3600


@dataclass(frozen=True, slots=True)
class Carried:
    """One posted form: where it was going and what was in it."""

    path: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool

    @property
    def texts(self) -> list[str]:
        """What a person typed, as opposed to the form's codes and numbers: the values with a space in them."""
        return [value for _, value in self.fields if " " in value.strip()]


def bundle(request: HttpRequest) -> str:
    """The posted fields of ``request`` as a signed text; empty when there is nothing that may travel."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
        if isinstance(value, str)
    ]
    if any("password" in name for name, _ in fields):
        return ""
    return signing.dumps(
        {"path": request.get_full_path(), "fields": fields, "had_files": bool(request.FILES)},
        salt=_SALT,
        compress=True,
    )


def unbundle(value: str) -> Carried | None:
    """The form in a bundle, or None when there is none, it was altered, or it is too old."""
    if not value:
        return None
    try:
        content = signing.loads(value, salt=_SALT, max_age=_MAX_AGE_SECONDS)
    except signing.BadSignature:
        return None
    return Carried(
        path=content["path"],
        fields=tuple((name, text) for name, text in content["fields"]),
        had_files=content["had_files"],
    )
