"""The forms with which people correct the machine: one a decision, applied through ``articles.deciding``."""

import re
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User

from articles import deciding
from articles.analysis.text import fold
from articles.deciding import UnusableDecisionError
from articles.models import (
    Alignment,
    Appearance,
    Article,
    Certainty,
    Claim,
    Decision,
    Divergence,
    DivergenceDecision,
    Entity,
    Quotation,
    SharedPassage,
    SourceLevel,
)
from articles.requests import read_number

# "12", or as the field offers it: "12 · The militia has …".
_NUMBER = re.compile(r"\s*([0-9]{1,10})\s*(?:·|$)")


class CorrectionForm(forms.Form):
    """A decision about one claim. ``act`` names it in the post; ``expected`` is the revision the person saw."""

    act: ClassVar[str]
    said: ClassVar[str]
    # The field that names the row decided about; none where that is the claim itself.
    row_field: ClassVar[str] = ""

    expected = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(required=False, max_length=1000)

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.claim = claim
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])
        for name, kind in (("to", "claims"), ("into", "claims"), ("speaker", "speakers")):
            if name in self.fields:
                self.fields[name].widget.attrs |= {"list": f"{kind}-{claim.pk}", "autocomplete": "off"}
        for name, rows in self.choices_of(claim).items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

    def choices_of(self, claim: Claim) -> dict[str, Any]:
        """The rows each field may name: only those of this claim and its story."""
        return {}

    def apply(self, *, by: User) -> None:
        """Takes the decision. Call after ``is_valid``; raises what ``articles.deciding`` raises."""
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


class _OfAlignment(CorrectionForm):
    row_field = "alignment"

    alignment = forms.ModelChoiceField(Alignment.objects.none(), widget=forms.HiddenInput)

    def choices_of(self, claim: Claim) -> dict[str, Any]:
        return {
            "alignment": Alignment.objects.filter(claim=claim).select_related("claim__story", "appearance__version")
        }


class DecideForm(_OfAlignment):
    """Same claim: yes, no, nobody can tell."""

    act = "decide"
    said = "Decided. It will not be asked again."

    decision = forms.ChoiceField(choices=[("confirm", "Confirm"), ("reject", "Reject"), ("unsure", "Unsure")])

    def decide(self, *, by: User) -> Decision:
        acts = {"confirm": deciding.confirm, "reject": deciding.reject, "unsure": deciding.mark_unsure}
        return acts[self.cleaned_data["decision"]](alignment=self.cleaned_data["alignment"], by=by, **self.common)

    def apply(self, *, by: User) -> None:
        self.decide(by=by)


class MoveForm(_OfAlignment):
    act = "move"
    said = "Moved."

    to = forms.CharField(label="Claim to move it to", max_length=400)

    def apply(self, *, by: User) -> None:
        to = claim_named(self.cleaned_data["to"], near=self.claim)
        deciding.move(alignment=self.cleaned_data["alignment"], to=to, by=by, **self.common)


class SplitForm(_OfAlignment):
    act = "split"
    said = "Split off as a claim of its own."

    statement = forms.CharField(label="The new claim in a sentence", required=False, max_length=1000)

    def apply(self, *, by: User) -> None:
        deciding.split_off(
            alignments=[self.cleaned_data["alignment"]],
            expected=[self.cleaned_data["expected"]],
            statement=self.cleaned_data["statement"],
            reason=self.cleaned_data["reason"],
            by=by,
        )


class SpanForm(_OfAlignment):
    """The right words are pasted or typed; the server finds where they stand."""

    act = "span"
    said = "The passage has been changed."

    quote = forms.CharField(
        label="The words that say it, as they stand in the text",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def apply(self, *, by: User) -> None:
        alignment: Alignment = self.cleaned_data["alignment"]
        row = alignment.appearance
        # Browsers send a line break as two characters.
        quote = self.cleaned_data["quote"].replace("\r\n", "\n")
        start = nearest_place(row.version.text, quote, at=row.start)
        end = start + len(quote)
        deciding.edit_span(alignment=alignment, start=start, end=end, quote=quote, by=by, **self.common)


def nearest_place(text: str, quote: str, *, at: int) -> int:
    """Where ``quote`` stands in ``text`` exactly, nearest to ``at``.

    Raises:
        UnusableDecisionError: when it stands nowhere.
    """
    places: list[int] = []
    found = text.find(quote)
    while found >= 0 and len(places) < 1000:
        places.append(found)
        found = text.find(quote, found + 1)
    if not places:
        raise UnusableDecisionError("These words do not stand in the text exactly so. Copy them from the article.")
    return min(places, key=lambda place: abs(place - at))


class MergeForm(CorrectionForm):
    act = "merge"
    said = "Merged. The number and the notes of the other claim stay."

    into = forms.CharField(label="Claim that says the same", max_length=400)

    def apply(self, *, by: User) -> None:
        into = claim_named(self.cleaned_data["into"], near=self.claim)
        deciding.merge(claim=self.claim, into=into, by=by, **self.common)


class StatementForm(CorrectionForm):
    act = "statement"
    said = "Reworded."

    statement = forms.CharField(
        label="The claim in a sentence", max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def apply(self, *, by: User) -> None:
        deciding.edit_statement(claim=self.claim, statement=self.cleaned_data["statement"], by=by, **self.common)


class StanceForm(CorrectionForm):
    """Who says it, how certain it sounds, what kind of source stands behind it: what was left as it was stays so."""

    act = "stance"
    said = "Changed."
    row_field = "appearance"

    appearance = forms.ModelChoiceField(Appearance.objects.none(), widget=forms.HiddenInput)
    speaker = forms.CharField(label="Who says it (empty: nobody, stated as fact)", required=False, max_length=200)
    certainty = forms.ChoiceField(choices=Certainty)
    source_level = forms.ChoiceField(label="Kind of source", choices=SourceLevel)

    def choices_of(self, claim: Claim) -> dict[str, Any]:
        rows = Appearance.objects.filter(alignments__claim=claim).select_related("speaker", "version")
        return {"appearance": rows.distinct()}

    def apply(self, *, by: User) -> None:
        row: Appearance = self.cleaned_data["appearance"]
        data, seen = self.cleaned_data, self.cleaned_data["expected"]
        rest = {"appearance": row, "claim": self.claim, "by": by, "reason": data["reason"]}
        changed = False
        if data["speaker"].strip() != (row.speaker.name if row.speaker else ""):
            entity = self._entity(data["speaker"])
            deciding.edit_speaker(entity=entity, expected=seen, **rest)
            changed, seen = True, seen + 1
        if data["certainty"] != row.certainty:
            deciding.edit_certainty(certainty=Certainty(data["certainty"]), expected=seen, **rest)
            changed, seen = True, seen + 1
        if data["source_level"] != row.source_level:
            deciding.edit_source_level(level=SourceLevel(data["source_level"]), expected=seen, **rest)
            changed = True
        if not changed:
            raise UnusableDecisionError("Nothing is different from what is there.")

    def _entity(self, name: str) -> Entity | None:
        if not name.strip():
            return None
        named = Entity.objects.filter(mentions__version__article__story=self.claim.story_id, merged_into__isnull=True)
        rows = [
            entity
            for entity in named.distinct()
            if fold(name.strip()) in {fold(entity.name), *map(fold, entity.aliases)}
        ]
        if not rows:
            raise UnusableDecisionError(f"No one called “{name.strip()}” is named in this story.")
        return rows[0]


class DivergenceForm(CorrectionForm):
    act = "divergence"
    said = "Decided. It stays so in later comparisons."
    row_field = "divergence"

    divergence = forms.ModelChoiceField(Divergence.objects.none(), widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[choice for choice in DivergenceDecision.choices if choice[0] != "suggested"])

    def choices_of(self, claim: Claim) -> dict[str, Any]:
        return {"divergence": Divergence.objects.filter(claim=claim).select_related("claim__story")}

    def apply(self, *, by: User) -> None:
        deciding.decide_divergence(
            divergence=self.cleaned_data["divergence"],
            decision=DivergenceDecision(self.cleaned_data["decision"]),
            by=by,
            **self.common,
        )


class QuotationForm(CorrectionForm):
    act = "quotation"
    said = "No longer taken for a quotation."
    row_field = "quotation"

    quotation = forms.ModelChoiceField(Quotation.objects.none(), widget=forms.HiddenInput)

    def choices_of(self, claim: Claim) -> dict[str, Any]:
        return {"quotation": Quotation.objects.filter(version__article__story=claim.story_id)}

    def apply(self, *, by: User) -> None:
        deciding.reject_quotation(quotation=self.cleaned_data["quotation"], by=by, **self.common)


class SharedForm(CorrectionForm):
    act = "shared"
    said = "No longer taken for shared copy."
    row_field = "passage"

    passage = forms.ModelChoiceField(SharedPassage.objects.none(), widget=forms.HiddenInput)

    def choices_of(self, claim: Claim) -> dict[str, Any]:
        return {"passage": SharedPassage.objects.filter(story=claim.story_id).select_related("story", "left")}

    def apply(self, *, by: User) -> None:
        deciding.reject_shared(passage=self.cleaned_data["passage"], by=by, **self.common)


class OriginForm(CorrectionForm):
    act = "origin"
    said = "The origins of this claim have been changed."

    left = forms.ModelChoiceField(Article.objects.none(), label="Source")
    right = forms.ModelChoiceField(Article.objects.none(), label="and source")
    is_same = forms.TypedChoiceField(
        label="have it from",
        choices=[("same", "one origin"), ("own", "origins of their own")],
        coerce=lambda value: value == "same",
    )

    def choices_of(self, claim: Claim) -> dict[str, Any]:
        articles = Article.objects.filter(story=claim.story_id).select_related("outlet")
        return {"left": articles, "right": articles}

    def apply(self, *, by: User) -> None:
        deciding.rule_origin(
            claim=self.claim,
            left=self.cleaned_data["left"],
            right=self.cleaned_data["right"],
            is_same=self.cleaned_data["is_same"],
            by=by,
            **self.common,
        )


CORRECTIONS: dict[str, type[CorrectionForm]] = {
    form.act: form
    for form in (
        DecideForm,
        MoveForm,
        SplitForm,
        SpanForm,
        MergeForm,
        StatementForm,
        StanceForm,
        DivergenceForm,
        QuotationForm,
        SharedForm,
        OriginForm,
    )
}


class NewClaimForm(forms.Form):
    """A claim from words of a text: selected, or pasted and found."""

    quote = forms.CharField(
        label="The words that say it, as they stand in the text",
        max_length=5000,
        strip=False,
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
