"""All notes of a story in one list: on claims, on passages, and on texts that have changed since."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from annotations.models import Note, NoteQuerySet, NoteState, Verdict
from articles.models import Story
from articles.requests import HtmxRequest

NOTES_A_PAGE = 20


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.get_full_name() or obj.get_username())


class NoteFilterForm(forms.Form):
    """What narrows the list down. What it cannot read, it does not narrow down by."""

    on = forms.ChoiceField(
        label="On",
        required=False,
        choices=[
            ("", "Anything"),
            ("claim", "Claims"),
            ("passage", "Passages"),
            ("older", "Passages of older texts"),
        ],
    )
    state = forms.ChoiceField(label="State", required=False, choices=[("", "Any state"), *NoteState.choices])
    verdict = forms.ModelChoiceField(
        Verdict.objects.none(), label="Verdict", required=False, empty_label="Any verdict", to_field_name="code"
    )
    author = PersonField(User.objects.none(), label="Written by", required=False, empty_label="Anybody")

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        written = Note.objects.filter(story=story)
        rows: dict[str, QuerySet[Any]] = {
            "verdict": Verdict.objects.offered(),
            "author": User.objects.filter(notes__in=written).distinct().order_by("first_name", "username"),
        }
        for name, choices in rows.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = choices

    def narrowed(self, notes: NoteQuerySet) -> NoteQuerySet:
        """Those of ``notes`` that are asked for. Call after ``is_valid``."""
        chosen = self.cleaned_data
        if on := chosen.get("on"):
            notes = notes.filter(version__isnull=on == "claim")
        if on == "older":
            notes = notes.exclude(version__current_of__isnull=False)
        if chosen.get("state"):
            notes = notes.filter(state=chosen["state"])
        if chosen.get("verdict"):
            notes = notes.filter(current__verdict__code=chosen["verdict"].code)
        if chosen.get("author"):
            notes = notes.filter(created_by=chosen["author"])
        return notes


@require_safe
@vary_on_headers("HX-Request")
def story_notes(request: HtmxRequest, slug: str) -> HttpResponse:
    """``?on=``, ``state=``, ``verdict=`` and ``author=`` narrow down, ``page=`` turns the pages."""
    story = get_object_or_404(Story.objects.visible(), slug=slug)
    notes = Note.objects.filter(story=story, current__isnull=False)
    form = NoteFilterForm(request.GET, story=story)
    form.is_valid()
    found = form.narrowed(notes).order_by("-changed_at", "-pk").for_display().with_passage()
    page = Paginator(found, NOTES_A_PAGE).get_page(request.GET.get("page"))
    has_notes = page.paginator.count > 0 or notes.exists()
    context = {
        "story": story,
        "form": form,
        "page": page,
        "is_narrowed": any(form.cleaned_data.values()),
        "has_notes": has_notes,
        "has_articles": has_notes or story.articles.exists(),
    }
    template = "annotations/story_notes.html"
    return render(request, f"{template}#notes" if request.htmx else template, context)
