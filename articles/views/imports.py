"""Bringing articles in through the browser."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from articles.forms import ImportForm, Target, Way
from articles.incoming import UnusableInput
from articles.ingest import (
    Outcome,
    Result,
    discard_if_empty,
    find_or_create_story,
    find_story,
    import_articles,
)
from articles.models import Outlet, Story
from articles.roles import can_import

SESSION_KEY = "import_report"


@require_http_methods(["GET", "HEAD", "POST"])
def article_import(request: HttpRequest) -> HttpResponse:
    """The form, and under it one line for each item of the last import."""
    user = request.user
    if not can_import(user) or not isinstance(user, User):
        raise PermissionDenied("Only desk administrators import articles.")
    if request.method == "POST":
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return _page(request, form, status=422)
        is_new = form.cleaned_data["target"] == Target.NEW and find_story(form.cleaned_data["title"]) is None
        story = _story(form, by=user)
        if story is None:
            return _page(request, form, status=422)
        outcomes = import_articles(form.items(), story=story, by=user)
        report = _report(story, outcomes)
        if any(outcome.result == Result.FAILED for outcome in outcomes):
            if form.cleaned_data["way"] == Way.PASTE:
                form.add_error("body", outcomes[0].sentence)
            else:
                form.add_error("uploads", "Not every item was imported: the list says why. Choose those files again.")
            if all(outcome.result == Result.FAILED for outcome in outcomes) and is_new:
                discard_if_empty(story)
                report["story"] = None
            return _page(request, form, report=report, status=422)
        request.session[SESSION_KEY] = report
        return redirect(f"{request.path}?story={story.slug}")
    chosen = Story.objects.visible().filter(slug=request.GET.get("story", "").replace("\0", "")).first()
    form = ImportForm(initial={"story": chosen, "target": Target.EXISTING} if chosen else {})
    return _page(request, form, report=request.session.pop(SESSION_KEY, None))


def _story(form: ImportForm, *, by: User) -> Story | None:
    if form.cleaned_data["target"] == Target.EXISTING:
        story: Story = form.cleaned_data["story"]
        return story
    try:
        return find_or_create_story(form.cleaned_data["title"], by=by)
    except UnusableInput as error:
        form.add_error("title", str(error))
        return None


def _report(story: Story, outcomes: list[Outcome]) -> dict[str, object]:
    """What the page shows of an import, as plain values a session can hold."""
    return {
        "story": {"title": story.title, "url": story.get_absolute_url()},
        "failed": sum(outcome.result == Result.FAILED for outcome in outcomes),
        "lines": [
            {
                "place": outcome.place,
                "headline": outcome.headline,
                "outlet": outcome.outlet,
                "run": "failed" if outcome.result == Result.FAILED else "done",
                "word": WORDS[outcome.result],
                "sentence": outcome.sentence,
            }
            for outcome in outcomes
        ],
    }


WORDS = {
    Result.CREATED: "Imported",
    Result.NEW_VERSION: "New version",
    Result.UNCHANGED: "Already there",
    Result.FAILED: "Failed",
}


def _page(
    request: HttpRequest, form: ImportForm, *, report: dict[str, object] | None = None, status: int = 200
) -> HttpResponse:
    outlets = Outlet.objects.order_by("name").values_list("name", flat=True)[:500]
    context = {"form": form, "outlets": outlets, "report": report, "ways": Way}
    return render(request, "articles/article_import.html", context, status=status)
