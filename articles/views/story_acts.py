"""Stories made, renamed, closed, hidden and deleted: plain forms, of which the menu of a story holds the short ones."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from articles import stories
from articles.incoming import UnusableInput
from articles.models import Article, Story, StoryAct, StoryChange
from articles.requests import read_number
from articles.roles import can_edit_stories, can_hide_stories, can_import
from articles.stories import StaleStoryError, StoryInUseError
from articles.story_forms import StoryForm

# Who may: the desk administrators alone, or editors as well.
_ADMINISTRATORS_ONLY = {StoryAct.HIDE, StoryAct.SHOW, StoryAct.DELETE}
_SAID = {
    StoryAct.CLOSE: "“{}” is closed: it takes no new articles.",
    StoryAct.REOPEN: "“{}” is open again.",
    StoryAct.HIDE: "“{}” is hidden. It stands under “Hidden” in the list of stories.",
    StoryAct.SHOW: "“{}” is back in the list.",
}


def _author(request: HttpRequest, act: StoryAct) -> User:
    """The user, who must be allowed to do that."""
    if act in _ADMINISTRATORS_ONLY and not can_hide_stories(request.user):
        raise PermissionDenied("Only desk administrators hide, bring back and delete stories.")
    if not can_edit_stories(request.user):
        raise PermissionDenied("Only editors and desk administrators make, rename and close stories.")
    assert isinstance(request.user, User)
    return request.user


def _story(request: HttpRequest, slug: str) -> Story:
    """The story, which for all but desk administrators must not be hidden."""
    seen = Story.objects.all() if can_hide_stories(request.user) else Story.objects.visible()
    return get_object_or_404(seen, slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def story_new(request: HttpRequest) -> HttpResponse:
    by = _author(request, StoryAct.CREATE)
    form = StoryForm(request.POST or None)
    if form.is_valid():
        try:
            story = stories.create_story(title=form.cleaned_data["title"], by=by)
        except UnusableInput as error:
            form.add_error("title", str(error))
        else:
            messages.success(request, f"“{story.title}” is there. It has no articles yet.")
            importing = f"{reverse('article_import')}?story={story.slug}"
            return redirect(importing if can_import(by) else story.get_absolute_url())
    return render(request, "articles/story_new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def story_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """``act`` says what is wanted: ``rename`` with a title, or one of the states."""
    _author(request, StoryAct.RENAME)
    story = _story(request, slug)
    if request.method != "POST":
        return _edit_page(request, story, StoryForm(initial={"title": story.title}))
    act = request.POST.get("act", "")
    if act not in {StoryAct.RENAME, *stories.STATES}:
        raise BadRequest("The form does not say what to do with the story.")
    by = _author(request, StoryAct(act))
    expected = _expected(request)
    form = StoryForm(request.POST if act == StoryAct.RENAME else None, initial={"title": story.title})
    try:
        if act != StoryAct.RENAME:
            story = stories.set_state(story=story, act=StoryAct(act), expected=expected, by=by)
            messages.success(request, _SAID[StoryAct(act)].format(story.title))
        elif form.is_valid():
            before = story.title
            story = stories.rename_story(story=story, title=form.cleaned_data["title"], expected=expected, by=by)
            messages.success(request, f"“{before}” is called “{story.title}” now.")
        else:
            return _edit_page(request, story, form, status=422)
    except StaleStoryError as error:
        if error.story.pk is None or not Story.objects.filter(pk=story.pk).exists():
            return _gone(request, error)
        return _edit_page(request, error.story, form, stale=error, status=409)
    except UnusableInput as error:
        form.add_error("title", str(error))
        return _edit_page(request, story, form, status=422)
    return redirect(_way_back(request, story))


@require_http_methods(["GET", "HEAD", "POST"])
def story_delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks first, and says what goes with it or why it stays."""
    by = _author(request, StoryAct.DELETE)
    story = _story(request, slug)
    status, stale = 200, None
    if request.method == "POST":
        try:
            change = stories.delete_story(story=story, expected=_expected(request), by=by)
        except StaleStoryError as error:
            if not Story.objects.filter(pk=story.pk).exists():
                return _gone(request, error)
            status, stale, story = 409, error, error.story
        except StoryInUseError:
            status = 409
        else:
            messages.success(request, f"“{change.title}” is deleted.")
            return redirect("story_list")
    context = {
        "story": story,
        "articles": Article.objects.filter(story=story).select_related("outlet").in_order(),
        "why_kept": stories.why_kept(story),
        "stale": stale,
    }
    return render(request, "articles/story_delete.html", context, status=status)


def _edit_page(
    request: HttpRequest, story: Story, form: StoryForm, *, stale: StaleStoryError | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "story": story,
        "form": form,
        "stale": stale,
        "changes": StoryChange.objects.filter(story=story).select_related("by").order_by("-pk")[:20],
        "back": request.POST.get("next", ""),
    }
    return render(request, "articles/story_edit.html", context, status=status)


def _gone(request: HttpRequest, error: StaleStoryError) -> HttpResponse:
    who = f" {error.change.by.get_full_name() or error.change.by} deleted it." if error.change else ""
    messages.error(request, f"“{error.story.title}” is there no more.{who}")
    return redirect("story_list")


def _expected(request: HttpRequest) -> int:
    """The state of the story that the form's writer saw; none at all when the form does not say."""
    number = read_number(request.POST.get("expected"))
    return -1 if number is None else number


def _way_back(request: HttpRequest, story: Story) -> str:
    """Where the form was; a hidden story has no page of its own to go back to."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    if is_ours and not (story.is_hidden and back.startswith(story.get_absolute_url())):
        return back
    return reverse("story_list") if story.is_hidden else story.get_absolute_url()
