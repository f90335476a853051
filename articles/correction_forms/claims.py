"""Corrections of a claim itself, and a claim of a person's own."""

from typing import Any

from django import forms
from django.contrib.auth.models import User

from articles import deciding
from articles.correction_forms.form import CorrectionForm, claim_named
from articles.models import Decision


class MergeForm(CorrectionForm):
    act = "merge"

    into = forms.CharField(
        label="The claim that says the same",
        max_length=400,
        error_messages={"required": "Choose the claim it is the same as."},
    )

    def apply(self, *, by: User) -> list[Decision]:
        self.target = claim_named(self.cleaned_data["into"], near=self.claim)
        return [deciding.merge(claim=self.claim, into=self.target, by=by, **self.common)]

    @property
    def said(self) -> str:
        return f"Merged into claim {self.target.number}. Number {self.claim.number} and its notes stay."


class StatementForm(CorrectionForm):
    act = "statement"

    statement = forms.CharField(
        label="The claim in a sentence",
        max_length=1000,
        error_messages={"required": "Say the claim in a sentence."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def apply(self, *, by: User) -> list[Decision]:
        statement = self.cleaned_data["statement"]
        return [deciding.edit_statement(claim=self.claim, statement=statement, by=by, **self.common)]

    @property
    def said(self) -> str:
        return f"Claim {self.claim.number} is worded anew."


class NewClaimForm(forms.Form):
    """A claim from words of a text: selected, or pasted and found."""

    quote = forms.CharField(
        label="The words that say it, as they stand in the text",
        max_length=5000,
        strip=False,
        error_messages={"required": "Write or paste the words of the text."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    # Where the selection stood; without it the first place of the words counts.
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    statement = forms.CharField(
        label="The claim in a sentence",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Left empty, the words themselves are the statement.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("quote") and not self.is_bound:
            # The words are chosen already.
            self.fields["statement"].widget.attrs["autofocus"] = True
