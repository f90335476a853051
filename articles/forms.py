"""The import form: text that is pasted or files that are uploaded, for a story that exists or a new one."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils import timezone

from articles.incoming import (
    IncomingArticle,
    Refusal,
    UnusableInput,
    check_published,
    check_size,
    checked,
    read_jsonl_file,
    read_text_file,
    tidy_name,
)
from articles.models import PublishedGranularity, Story


class Way(models.TextChoices):
    """How the articles come in."""

    PASTE = "paste", "Paste text"
    FILES = "files", "Upload files"


class Target(models.TextChoices):
    """Which story they go to."""

    EXISTING = "existing", "Add to a story"
    NEW = "new", "Start a new story"


class _ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class _ManyFilesField(forms.FileField):
    """Any number of uploads as a list; :class:`ImportForm` says how many are taken."""

    widget = _ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        # An empty file is an item with its own sentence, not a fault of the form.
        return [file for file in files if file]


class ImportForm(forms.Form):
    """Reads into articles and refusals; storing them is the view's to order."""

    # Needed or not by way and target: the page does not call them optional.
    needed_sometimes = ("headline", "body", "uploads", "outlet", "story", "title")

    way = forms.ChoiceField(label="Article", choices=Way, initial=Way.PASTE, widget=forms.RadioSelect)
    headline = forms.CharField(required=False, max_length=500)
    body = forms.CharField(
        label="Text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="A line is a paragraph; blank lines between them are fine.",
    )
    uploads = _ManyFilesField(
        label="Files",
        required=False,
        widget=_ManyFilesInput(attrs={"accept": ".txt,.jsonl,text/plain,application/x-ndjson"}),
    )
    outlet = forms.CharField(
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "outlets", "autocomplete": "off", "placeholder": "Type or choose"}),
    )
    byline = forms.CharField(required=False, max_length=200)
    url = forms.URLField(label="Address of the article", required=False, max_length=1000, assume_scheme="https")
    published_on = forms.DateField(
        label="Published on", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    published_time = forms.TimeField(
        label="Time", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    target = forms.ChoiceField(label="Story", choices=Target, widget=forms.RadioSelect)
    story = forms.ModelChoiceField(
        Story.objects.none(), required=False, empty_label="Choose a story", label="Story to add to"
    )
    title = forms.CharField(
        label="Title of the new story",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": "What happened, and where"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        stories = Story.objects.visible().filter(is_closed=False)
        field = self.fields["story"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = stories.order_by("-changed_at")
        self.fields["uploads"].help_text = (
            f"Up to {settings.IMPORT_MAX_FILES} files: .txt (the first line is the headline) or"
            " .jsonl (one article a line). A .txt without an outlet here takes its file name."
        )
        self.initial.setdefault("target", Target.EXISTING if stories.exists() else Target.NEW)

    def clean_outlet(self) -> str:
        return tidy_name(self.cleaned_data["outlet"])

    def clean_byline(self) -> str:
        return tidy_name(self.cleaned_data["byline"])

    def clean_title(self) -> str:
        return tidy_name(self.cleaned_data["title"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("way") == Way.FILES:
            self._clean_files(data.get("uploads") or [])
        elif "body" not in self.errors and "headline" not in self.errors:
            self._clean_pasted(data)
        if data.get("published_time") and not data.get("published_on") and "published_on" not in self.errors:
            self.add_error("published_on", "Give the day as well, or leave the time empty.")
        published = self._published(data)[0]
        try:
            if published:
                check_published(published)
        except UnusableInput as error:
            self.add_error("published_on", str(error))
        if data.get("target") == Target.EXISTING and not data.get("story") and "story" not in self.errors:
            self.add_error("story", "Choose the story, or start a new one.")
        if data.get("target") == Target.NEW and not data.get("title") and "title" not in self.errors:
            self.add_error("title", "Give the new story a title.")
        return data

    def _clean_files(self, files: list[UploadedFile]) -> None:
        if not files:
            self.add_error("uploads", "Choose at least one file.")
        elif len(files) > settings.IMPORT_MAX_FILES:
            self.add_error(
                "uploads",
                f"{len(files)} files were chosen; at most {settings.IMPORT_MAX_FILES} are taken at a time."
                " Choose them again in smaller groups.",
            )

    def _clean_pasted(self, data: dict[str, Any]) -> None:
        if not (data.get("headline") or "").strip():
            self.add_error("headline", "Give the headline as the outlet printed it.")
        if not (data.get("body") or "").strip():
            is_blank = bool(data.get("body"))
            self.add_error("body", "There is only white space, no text." if is_blank else "Paste the article’s text.")
        else:
            try:
                check_size(len(data["body"].encode("utf-8", "replace")), settings.IMPORT_MAX_BYTES)
            except UnusableInput as error:
                self.add_error("body", str(error))
        if not data.get("outlet") and "outlet" not in self.errors:
            self.add_error("outlet", "Name the outlet that published it.")

    def _published(self, data: dict[str, Any]) -> tuple[datetime | None, str]:
        day, clock = data.get("published_on"), data.get("published_time")
        if not day:
            return None, PublishedGranularity.UNKNOWN
        if not clock:
            return datetime.combine(day, time(), tzinfo=UTC), PublishedGranularity.DAY
        return datetime.combine(day, clock, tzinfo=timezone.get_default_timezone()), PublishedGranularity.MINUTE

    def items(self) -> Iterator[IncomingArticle | Refusal]:
        """What was handed in, article by article, up to the number one request takes. Call after ``is_valid``."""
        limit = settings.IMPORT_MAX_ARTICLES
        for number, item in enumerate(self._items(), start=1):
            if number > limit:
                place = item.place
                yield Refusal(place, f"Only {limit} articles are taken at a time: this one and what follows were not.")
                return
            yield item

    def _items(self) -> Iterator[IncomingArticle | Refusal]:
        """Every item.

        The published time, byline and address on the form are those of one article: they go with pasted text and with
        a single ``.txt``, never with several.
        """
        data = self.cleaned_data
        limit = settings.IMPORT_MAX_BYTES
        published_at, granularity = self._published(data)
        about = {
            "byline": data["byline"],
            "url": data["url"],
            "published_at": published_at,
            "published_granularity": granularity,
        }
        if data["way"] == Way.PASTE:
            item = IncomingArticle(
                place=data["headline"], outlet=data["outlet"], headline=data["headline"], body=data["body"], **about
            )
            try:
                yield checked(item, limit=limit)
            except UnusableInput as error:
                yield Refusal(data["headline"], str(error))
            return
        files: list[UploadedFile] = data["uploads"]
        for file in files:
            name = PurePath(file.name or "file").name
            suffix = PurePath(name).suffix.lower()
            if suffix not in {".txt", ".jsonl"}:
                yield Refusal(name, "Only .txt and .jsonl files can be imported.")
                continue
            try:
                check_size(file.size or 0, 10 * limit)
            except UnusableInput as error:
                yield Refusal(name, str(error))
                continue
            content = file.read()
            if suffix == ".jsonl":
                yield from read_jsonl_file(
                    name, content, outlet=data["outlet"], limit=limit, zone=timezone.get_default_timezone()
                )
                continue
            read = read_text_file(name, content, outlet=data["outlet"] or PurePath(name).stem, limit=limit)
            if isinstance(read, IncomingArticle) and len(files) == 1:
                read = IncomingArticle(
                    place=read.place,
                    outlet=read.outlet,
                    headline=read.headline,
                    body=read.body,
                    encoding=read.encoding,
                    **about,
                )
            yield read

    def errors_in_order(self) -> list[tuple[str, str, str]]:
        """Every error as (id of its field, the field's label, sentence), in the order of the form."""
        return [(field.id_for_label, str(field.label), str(error)) for field in self for error in field.errors]
