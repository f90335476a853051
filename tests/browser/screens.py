"""A story with something in every corner, and the addresses of all screens that show it."""

from uuid import uuid4

from django.contrib.auth.models import User
from django.urls import reverse

from annotations.models import Note, NoteState, Verdict
from annotations.writing import NoteContent, Passage, create_note
from articles import deciding
from articles.models import Alignment, AlignmentDecision, Entity, Story
from articles.roles import DESK_ADMINISTRATOR, EDITOR, FACT_CHECKER
from tests.factory import make_article, make_story, make_user, two_accounts

LOOKS = [("desktop", "light"), ("desktop", "dark"), ("phone", "light"), ("phone", "dark")]

# Opens what is folded on a page, but not the menu that then lies over it.
UNFOLD = "document.querySelectorAll('#main details:not(.story-menu)').forEach(details => { details.open = true; })"


def make_everybody() -> User:
    """Somebody with every role: sees every control there is."""
    roles = (DESK_ADMINISTRATOR, EDITOR, FACT_CHECKER)
    return make_user(*roles, name="zora", first_name="Zora", last_name="Allround")


def make_full_story(by: User) -> Story:
    """Three sources; a claim with a note and a decision, a note on words, a possible match."""
    third = make_article("North Sea Wire", "Quiet week in Orlund", "The market in Orlund stayed shut all winter.")
    story = make_story([*two_accounts(), third], title="Ferry accident")
    claim = story.claims.standing().get(divergences__kind="quantity")
    alignment = Alignment.objects.filter(claim=claim).live().order_by("pk")[0]
    deciding.confirm(alignment=alignment, by=by, expected=alignment.revision)
    silent = Alignment.objects.live().filter(appearance__quote__startswith="The market")[0]
    Alignment.objects.create(
        claim=claim, appearance=silent.appearance, method="words", score=0.4, decision=AlignmentDecision.POSSIBLE
    )
    content = NoteContent(verdict=Verdict.objects.offered()[0], text="Read the log.")
    create_note(claim=claim, content=content, state=NoteState.SUBMITTED, by=by, key=uuid4())
    version = story.articles.in_order()[0].current_version
    assert version is not None
    start = version.text.index("passengers")
    passage = Passage(version=version, start=start, end=start + len("passengers"), quote="passengers")
    create_note(passage=passage, content=content, state=NoteState.SUBMITTED, by=by, key=uuid4())
    return story


def addresses_of(story: Story) -> dict[str, str]:
    claim = story.claims.standing().get(divergences__kind="quantity")
    version = story.articles.in_order()[0].current_version
    assert version is not None
    entity = Entity.objects.get(name="Lena Dahl")
    note = Note.objects.exclude(quote="").get()
    of_story = [story.slug]
    return {
        "stories": reverse("story_list"),
        "new story": reverse("story_new"),
        "title": reverse("story_edit", args=of_story),
        "deletion": reverse("story_delete", args=of_story),
        "read": story.get_absolute_url(),
        "claim in the texts": claim.get_absolute_url(),
        "compare": reverse("story_rows", args=of_story),
        "ledger": reverse("story_ledger", args=of_story),
        "people and places": reverse("story_entities", args=of_story),
        "entity": reverse("entity_detail", args=[entity.pk]),
        "name corrected": reverse("entity_edit", args=[entity.pk]),
        "claim page": reverse("claim_page", args=[story.slug, claim.number]),
        "article": reverse("article_detail", args=[version.article_id]),
        "version": version.get_absolute_url(),
        "notes": reverse("story_notes", args=of_story),
        "note": reverse("note_detail", args=[note.pk]),
        "note on a claim": reverse("note_new", args=[claim.pk]),
        "note on words": reverse("passage_note_new", args=[version.pk]),
        "note attached": reverse("note_attach", args=[note.pk]),
        "search": f"{reverse('search')}?q=ferry",
        "import": reverse("article_import"),
        "possible matches": reverse("story_possible", args=of_story),
        "corrections": reverse("claim_correct", args=[claim.pk]),
        "new claim": reverse("claim_new", args=[version.pk]),
        "password": reverse("password_change"),
    }
