"""Pages of a story that the browser already has are not made again.

Every page of a story depends on the same things, so one name for its state serves them all.
"""

from functools import cache
from hashlib import blake2s
from pathlib import Path

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from articles.models import ChosenColumn, Decision, Story
from articles.roles import roles_of


def page_etag(request: HttpRequest, story: Story) -> str | None:
    """Names everything a page of ``story`` depends on, or nothing when it cannot be named.

    ``changed_at`` moves with articles, comparisons and notes; what people decide about names belongs to no story and
    is asked for, and so is which columns the reader chose. A waiting message is shown once, so the page that shows it
    must be made. While the program itself is being changed, its pages are always made.
    """
    if settings.DEBUG or "messages" in request.COOKIES or "_messages" in request.session:
        return None
    parts = (
        _program(),
        request.get_full_path(),
        story.pk,
        story.title,
        story.revision,
        story.is_compared,
        story.changed_at,
        sorted(
            Story.objects.filter(pk=story.pk)
            .order_by()
            .annotate(
                named=Subquery(Decision.objects.about_names().order_by("-pk").values("pk")[:1]),
                chosen=ArraySubquery(
                    ChosenColumn.objects.for_reading(story=OuterRef("pk"), by=request.user.pk).values("article")
                ),
            )
            .values_list("articles", "articles__outlet__name", "named", "chosen")
        ),
        request.user.pk,
        str(request.user),
        sorted(roles_of(request.user)),
        [request.COOKIES.get(name) for name in ("theme", settings.CSRF_COOKIE_NAME)],
        bool(getattr(request, "htmx", False)),
    )
    return f'W/"{blake2s(repr(parts).encode(), digest_size=16).hexdigest()}"'


def kept(response: HttpResponse, etag: str | None) -> HttpResponse:
    """``response``, which its reader's browser may keep but must ask about."""
    if etag:
        response.headers["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


@cache
def _program() -> int:
    """Differs when the templates or styles on this machine do: an upgrade makes every kept page stale."""
    folders = [Path(settings.BASE_DIR) / name for name in ("templates", "static", "articles", "annotations")]
    return max((path.stat().st_mtime_ns for folder in folders for path in folder.rglob("*.*")), default=0)
