"""What the forms of all corrections have in common."""

import re
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User

from articles.deciding import UnusableDecisionError
from articles.decision_form import DecisionForm
from articles.models import Claim, Decision
from articles.requests import read_number

# "12", or as the field offers it: "12 · The militia has …".
_NUMBER = re.compile(r"\s*([0-9]{1,10})\s*(?:·|$)")


class CorrectionForm(DecisionForm):
    """A decision about one claim. ``act`` names it in the post."""

    act: ClassVar[str]
    # The field that names the row decided about; none where that is the claim itself.
    row_field: ClassVar[str] = ""

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.claim = claim
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])
        if "speaker" in self.fields:
            self.fields["speaker"].widget.attrs |= {"list": f"speakers-{claim.pk}", "autocomplete": "off"}
        for name, rows in self.choices_of(claim).items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

    def choices_of(self, claim: Claim) -> dict[str, Any]:
        """The rows each field may name: only those of this claim and its story."""
        return {}

    def apply(self, *, by: User) -> list[Decision]:
        """Takes the decision. Call after ``is_valid``; raises what ``articles.deciding`` raises."""
        raise NotImplementedError

    @property
    def said(self) -> str:
        """What has been decided, in a sentence. Call after :meth:`apply`."""
        raise NotImplementedError

    @property
    def row_key(self) -> str:
        """The row that a posted form names, as posted; empty where it is the claim itself."""
        return self.data.get(self.row_field, "") if self.row_field else ""

    @property
    def common(self) -> dict[str, Any]:
        return {"expected": self.cleaned_data["expected"], "reason": self.cleaned_data["reason"]}


def claim_named(text: str, *, near: Claim) -> Claim:
    """The claim of the same story that ``text`` names: "12", "12 · The militia has …", or words of one claim alone.

    Raises:
        UnusableDecisionError: when there is none, or several claims have the words.
    """
    claims = Claim.objects.filter(story=near.story_id)
    match = _NUMBER.match(text)
    if match:
        found = list(claims.filter(number=read_number(match[1]) or 0))
    else:
        others = claims.standing().exclude(pk=near.pk)
        found = list(others.filter(statement__icontains=" ".join(text.split()))[:2])
    if not found:
        raise UnusableDecisionError("Choose a claim of this story by its number, or by words of its statement.")
    if len(found) > 1:
        raise UnusableDecisionError("Several claims have these words. Choose one by its number.")
    return found[0]
