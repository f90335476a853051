"""What people do with stories as such: make, rename, close, hide and delete them.

Each act names the ``edit_revision`` its writer saw, and is logged with who and when. The slug is never changed, since
addresses of claims hang on it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.deletion import ProtectedError
from django.utils import timezone

from articles.comparison.names import forget_unnamed, named_entities
from articles.incoming import UnusableInput
from articles.ingest import find_or_create_story, find_story
from articles.locks import lock
from articles.models import Article, Decision, Mention, Story, StoryAct, StoryChange, Verb

# What each act makes of a story, and what must not be so already.
STATES: dict[StoryAct, tuple[str, bool]] = {
    StoryAct.CLOSE: ("is_closed", True),
    StoryAct.REOPEN: ("is_closed", False),
    StoryAct.HIDE: ("is_hidden", True),
    StoryAct.SHOW: ("is_hidden", False),
}


class StaleStoryError(Exception):
    """Somebody changed the story meanwhile. ``story`` is it as it is now, ``change`` what they did last."""

    def __init__(self, story: Story, change: StoryChange | None) -> None:
        super().__init__("Somebody else changed this story meanwhile.")
        self.story, self.change = story, change


class StoryInUseError(Exception):
    """Carries the sentence that says why the story cannot be deleted."""


def create_story(*, title: str, by: User) -> Story:
    """A new story of that title.

    Raises:
        UnusableInput: when the title cannot be one, or a story has it.
    """
    with transaction.atomic():
        lock("story titles")
        there = find_story(title)
        if there:
            raise UnusableInput(_taken(there))
        story = find_or_create_story(title, by=by)
        StoryChange.objects.create(story=story, act=StoryAct.CREATE, by=by, at=story.changed_at, title=story.title)
    return story


def rename_story(*, story: Story, title: str, expected: int, by: User) -> Story:
    """Gives the story another title; ``title`` is tidy.

    Raises:
        StaleStoryError: when somebody changed the story since ``expected``.
        UnusableInput: when another story has that title.
    """
    with transaction.atomic():
        lock("story titles")
        lock("story", story.pk)
        there = Story.objects.filter(title=title).exclude(pk=story.pk).first()
        with _changing(story, StoryAct.RENAME, expected=expected, by=by) as (row, change):
            if there:
                raise UnusableInput(_taken(there))
            row.title = change.new_title = title
    return row


def set_state(*, story: Story, act: StoryAct, expected: int, by: User) -> Story:
    """Closes, opens, hides or shows the story.

    Raises:
        StaleStoryError: when somebody changed the story since ``expected``.
    """
    field, value = STATES[act]
    with transaction.atomic():
        lock("story", story.pk)
        with _changing(story, act, expected=expected, by=by) as (row, _):
            setattr(row, field, value)
    return row


def delete_story(*, story: Story, expected: int, by: User) -> StoryChange:
    """Deletes a story in which nobody wrote or decided anything, and logs which articles went with it.

    Raises:
        StaleStoryError: when somebody changed the story since ``expected``.
        StoryInUseError: when somebody wrote or decided something in it.
    """
    try:
        with transaction.atomic():
            # Nothing may come in while it goes.
            lock("story", story.pk)
            row = _fresh(story, expected=expected)
            if reason := why_kept(row):
                raise StoryInUseError(reason)
            articles = Article.objects.filter(story=row).with_text().in_order()
            change = StoryChange(
                story_id=row.pk,
                act=StoryAct.DELETE,
                by=by,
                at=timezone.now(),
                title=row.title,
                lost="\n".join(f"{article} {article.url}".rstrip() for article in articles),
            )
            named = named_entities(row)
            row.delete()
            forget_unnamed(named)
            change.save()
    except (ProtectedError, IntegrityError):
        # Somebody wrote in it between the question and the deletion.
        raise StoryInUseError(why_kept(story) or "Somebody has just written in it.") from None
    return change


def why_kept(story: Story) -> str:
    """The sentence that says what people did in the story; nothing when nobody did anything."""
    notes = story.notes.count()
    decisions = Decision.objects.filter(
        Q(story=story) | Q(version__article__story=story) | Q(pk__in=_tellings_apart(story))
    ).count()
    counted = [(notes, "note"), (decisions, "decision")]
    parts = [f"{count} {word}{'' if count == 1 else 's'}" for count, word in counted if count]
    if not parts:
        return ""
    stand = "stands" if notes + decisions == 1 else "stand"
    return (
        f"{' and '.join(parts)} of colleagues {stand} in it, and what a person did is never lost."
        " Hide it instead: it then has no pages and is not found."
    )


def _tellings_apart(story: Story) -> list[int]:
    """Decisions that told names of the story apart, by key. They name no story, and only the first of their places."""
    mentions = Mention.objects.filter(version__article__story=story, is_decided=True).values_list("pk", flat=True)
    about = Q()
    for pk in mentions:
        about |= Q(before__contains={"rows": [{"model": Mention._meta.label, "pk": pk}]})
    splits = Decision.objects.filter(verb=Verb.SPLIT_ENTITY, undone_by=None)
    return list(splits.filter(about).values_list("pk", flat=True)) if about else []


@contextmanager
def _changing(story: Story, act: StoryAct, *, expected: int, by: User) -> Iterator[tuple[Story, StoryChange]]:
    """The story held for writing and the line about it; both are stored at the end."""
    row = _fresh(story, expected=expected)
    now = timezone.now()
    change = StoryChange(story=row, act=act, by=by, at=now, title=row.title)
    yield row, change
    row.edit_revision += 1
    # Names the state of its pages, too.
    row.changed_at = now
    row.save(update_fields=["title", "is_closed", "is_hidden", "edit_revision", "changed_at"])
    change.save()


def _fresh(story: Story, *, expected: int) -> Story:
    row = Story.objects.select_for_update(of=("self",)).filter(pk=story.pk).first()
    if row is None or row.edit_revision != expected:
        last = StoryChange.objects.filter(story_id=story.pk).select_related("by").last()
        raise StaleStoryError(row or story, last)
    return row


def _taken(story: Story) -> str:
    how = " It is hidden." if story.is_hidden else " It is closed." if story.is_closed else ""
    return f"There is a story of that title already.{how}"
