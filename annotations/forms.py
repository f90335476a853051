"""The verification note's form, and the rows of evidence under it."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import MinValueValidator
from django.forms.utils import ErrorDict

from annotations.models import EvidenceRelation, Note, Verdict
from annotations.writing import EvidenceItem, NoteContent
from articles.requests import read_number

MAX_EVIDENCE = 20


class VerdictField(forms.ModelChoiceField):
    """The steps of the newest scale, each with what it means."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class NoteForm(forms.Form):
    """Verdict, text, what could not be checked. A draft needs only one of them."""

    verdict = VerdictField(
        Verdict.objects.none(),
        required=False,
        empty_label="Choose a verdict",
        error_messages={"invalid_choice": "Choose a verdict from the list."},
    )
    text = forms.CharField(
        label="Note",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What you checked, and against what.",
    )
    not_checked = forms.CharField(
        label="What could not be checked",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    # Only a draft can do without them: calling them optional would be half the truth.
    needed_sometimes = ("verdict", "text")

    key = forms.UUIDField(widget=forms.HiddenInput)
    # The revision the writer saw; 0 for a new note.
    revision = forms.IntegerField(widget=forms.HiddenInput, validators=[MinValueValidator(0)])

    def __init__(self, *args: Any, is_draft: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "note")
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.is_draft = is_draft
        verdicts = self.fields["verdict"]
        assert isinstance(verdicts, forms.ModelChoiceField)
        verdicts.queryset = Verdict.objects.offered()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.is_draft:
            if not (data.get("verdict") or data.get("text") or data.get("not_checked")):
                self.add_error("text", "Write something first: an empty draft is not kept.")
            return data
        if not data.get("verdict") and "verdict" not in self.errors:
            self.add_error("verdict", "Choose a verdict, or save the note as a draft.")
        if not data.get("text") and "text" not in self.errors:
            self.add_error("text", "Say what you checked, and against what.")
        return data


class EvidenceForm(forms.Form):
    """One link and what it is."""

    url = forms.URLField(
        label="Link",
        max_length=1000,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        error_messages={"invalid": "This is no link. A link starts with https://"},
    )
    citation = forms.CharField(label="What it is", max_length=300, required=False)
    relation = forms.ChoiceField(label="What it does", choices=EvidenceRelation, initial=EvidenceRelation.SUPPORTS)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("citation") and not data.get("url") and "url" not in self.errors:
            self.add_error("url", "Give the link, or empty this row.")
        return data


class _EvidenceFormSet(forms.BaseFormSet):
    """Empty rows are dropped, not refused."""

    def items(self) -> list[EvidenceItem]:
        """The rows that hold a link. Call after ``is_valid``."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("url")]
        return [EvidenceItem(row["url"], row["citation"], row["relation"]) for row in rows]


EvidenceFormSet = forms.formset_factory(
    EvidenceForm,
    formset=_EvidenceFormSet,
    extra=0,
    max_num=MAX_EVIDENCE,
    validate_max=True,
    absolute_max=MAX_EVIDENCE + 5,
)


class NoteForms:
    """The note's form and its evidence as one thing: bound together, valid together."""

    def __init__(
        self,
        data: Any = None,
        *,
        note: Note | None = None,
        is_draft: bool = False,
        has_new_row: bool = False,
    ) -> None:
        if data is not None:
            data = data.copy()
            if has_new_row:
                count = read_number(data.get("evidence-TOTAL_FORMS")) or 0
                data["evidence-TOTAL_FORMS"] = str(min(count + 1, MAX_EVIDENCE))
            self.note = NoteForm(data, is_draft=is_draft)
            self.evidence = EvidenceFormSet(data, prefix="evidence", form_kwargs={"label_suffix": ""})
            if has_new_row and self.evidence.forms:
                self.evidence.forms[-1].fields["url"].widget.attrs["autofocus"] = True
            return
        revision = note.current if note else None
        rows = [
            {"url": item.url, "citation": item.citation, "relation": item.relation}
            for item in (revision.evidence.all() if revision else ())
        ]
        self.note = NoteForm(
            initial={
                "verdict": revision.verdict_id if revision else None,
                "text": revision.text if revision else "",
                "not_checked": revision.not_checked if revision else "",
                "key": note.key if note else uuid4(),
                "revision": revision.number if revision else 0,
            }
        )
        self.evidence = EvidenceFormSet(initial=rows or [{}], prefix="evidence", form_kwargs={"label_suffix": ""})

    def answer_to(self, revision: int) -> None:
        """Makes what was typed an answer to ``revision``, so that saving it again comes on top of that one."""
        data = dict(self.note.data.items())
        self.note.data = {**data, "note-revision": str(revision)}

    def judge_nothing(self) -> None:
        """What was typed comes back without complaints: it was not sent to be saved."""
        for form in (self.note, *self.evidence.forms):
            form._errors = ErrorDict()

    def is_valid(self) -> bool:
        """Both, so that all errors show at once."""
        return all([self.note.is_valid(), self.evidence.is_valid()])

    def content(self) -> NoteContent:
        """What was typed. Call after ``is_valid``."""
        data = self.note.cleaned_data
        return NoteContent(
            verdict=data["verdict"],
            text=data["text"],
            not_checked=data["not_checked"],
            evidence=self.evidence.items(),  # type: ignore[attr-defined]  # of our own _EvidenceFormSet
        )

    def errors(self) -> list[tuple[str, str]]:
        """Every error as (id of its field, sentence), in the order of the form, for the summary above it."""
        found = [
            (bound.id_for_label, error)
            for form in [self.note, *self.evidence.forms]
            for bound in form
            for error in bound.errors
        ]
        whole = [*self.note.non_field_errors(), *self.evidence.non_form_errors()]
        return [*found, *(("id_note-text", str(error)) for error in whole)]
