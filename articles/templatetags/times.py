"""How the desk writes when something happened: the nearer, the more exactly."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format

register = template.Library()


@register.filter
def since(moment: datetime, now: datetime | None = None) -> str:
    """``just now``, ``4 min ago``, ``2 h ago``, ``yesterday``, ``20 Oct``, ``20 Oct 2024``.

    ``yesterday`` and dates go by the desk's own time zone. ``now`` is for tests.
    """
    now = now or timezone.now()
    age = now - moment
    if age < timedelta(minutes=1):
        return "just now"
    if age < timedelta(hours=1):
        return f"{age // timedelta(minutes=1)} min ago"
    if age < timedelta(hours=12):
        return f"{age // timedelta(hours=1)} h ago"
    day, today = timezone.localdate(moment), timezone.localdate(now)
    if day == today:
        return f"today, {date_format(timezone.localtime(moment), 'H:i')}"
    if day == today - timedelta(days=1):
        return "yesterday"
    return date_format(timezone.localtime(moment), "j M" if day.year == today.year else "j M Y")
