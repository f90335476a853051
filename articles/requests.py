"""The request a view gets here: Django's, with what django-htmx adds."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """For annotations: ``request.htmx`` is truthy for a request made by htmx."""

    htmx: HtmxDetails
