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

# The key of a passage and the revision of it that was seen.
_PASSAGE = re.compile(r"[0-9]{1,18}:[0-9]{1,9}")
# "12", or as the field offers it: "12 · The militia has …".
_NUMBER = re.compile(r"\s*([0-9]{1,10})\s*(?:·|$)")


class CorrectionForm(forms.Form):
    """A decision about one claim. ``act`` names it in the post; ``expected`` is the revision the person saw."""

    act: ClassVar[str]
    # The field that names the row decided about; none where that is the claim itself.
    row_field: ClassVar[str] = ""

    expected = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why",
        required=False,
        max_length=1000,
        help_text="Stays in the history, for whoever wonders later.",
    )

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

    decision = forms.ChoiceField(choices=[("confirm", "Confirm"), ("reject", "Reject"), ("unsure", "Unsure")])

    def decide(self, *, by: User) -> Decision:
        acts = {"confirm": deciding.confirm, "reject": deciding.reject, "unsure": deciding.mark_unsure}
        return acts[self.cleaned_data["decision"]](alignment=self.cleaned_data["alignment"], by=by, **self.common)

    def apply(self, *, by: User) -> list[Decision]:
        return [self.decide(by=by)]

    @property
    def said(self) -> str:
        number = self.claim.number
        return {
            "confirm": f"Confirmed: this passage makes claim {number}.",
            "reject": f"Rejected: this passage does not make claim {number}, and is not suggested for it again.",
            "unsure": f"Marked unsure: it stays beside claim {number} as possible, and is not asked about again.",
        }[self.cleaned_data["decision"]]


class _OfPassages(CorrectionForm):
    """About several passages of the claim at once: each is named with the revision of it that was seen, "12:0"."""

    expected = None  # type: ignore[assignment]
    passages = forms.MultipleChoiceField(error_messages={"required": "Choose the passages first."})

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, claim=claim, **kwargs)
        # What is not of the claim is found out below, where a row that is gone can be told from nonsense.
        self.fields["passages"].valid_value = lambda value: bool(_PASSAGE.fullmatch(value))  # type: ignore[attr-defined]

    def clean_passages(self) -> tuple[list[Alignment], list[int]]:
        pairs = [value.partition(":") for value in self.cleaned_data["passages"]]
        seen = {int(key): int(revision) for key, _, revision in pairs}
        rows = Alignment.objects.filter(claim=self.claim, pk__in=seen).select_related(
            "claim__story", "appearance__version"
        )
        found = sorted(rows, key=lambda row: (row.appearance.version_id, row.appearance.start))
        if len(found) < len(seen):
            raise forms.ValidationError("One of the passages is no longer there. Choose again.")
        return found, [seen[row.pk] for row in found]

    @property
    def chosen(self) -> frozenset[str]:
        """The keys of the passages that were chosen when the form came back."""
        values = self.data.getlist("passages") if self.is_bound else []  # type: ignore[attr-defined]
        return frozenset(value.partition(":")[0] for value in values)


class MoveForm(_OfPassages):
    act = "move"

    to = forms.CharField(
        label="The claim they belong to", max_length=400, error_messages={"required": "Choose the claim."}
    )

    def apply(self, *, by: User) -> list[Decision]:
        self.target = claim_named(self.cleaned_data["to"], near=self.claim)
        rows, expected = self.cleaned_data["passages"]
        return deciding.move_several(
            alignments=rows, expected=expected, to=self.target, by=by, reason=self.cleaned_data["reason"]
        )

    @property
    def said(self) -> str:
        return f"Moved to claim {self.target.number}."


class SplitForm(_OfPassages):
    act = "split"

    statement = forms.CharField(
        label="The new claim in a sentence",
        required=False,
        max_length=1000,
        help_text="Left empty, the first passage's words are the statement.",
    )

    def apply(self, *, by: User) -> list[Decision]:
        rows, expected = self.cleaned_data["passages"]
        data = self.cleaned_data
        self.decision = deciding.split_off(
            alignments=rows, expected=expected, statement=data["statement"], reason=data["reason"], by=by
        )
        return [self.decision]

    @property
    def said(self) -> str:
        assert self.decision.other_claim is not None
        return f"Split off as claim {self.decision.other_claim.number}."


class SpanForm(_OfAlignment):
    """The right words are chosen in the text, pasted or typed; the server finds where they stand."""

    act = "span"

    quote = forms.CharField(
        label="The words that say it, as they stand in the text",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    # Where a selection stood; without it the place nearest to the passage counts.
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def apply(self, *, by: User) -> list[Decision]:
        alignment: Alignment = self.cleaned_data["alignment"]
        row = alignment.appearance
        # Browsers send a line break as two characters.
        quote = self.cleaned_data["quote"].replace("\r\n", "\n")
        at = self.cleaned_data["start"]
        start = nearest_place(row.version.text, quote, at=row.start if at is None else at)
        end = start + len(quote)
        return [deciding.edit_span(alignment=alignment, start=start, end=end, quote=quote, by=by, **self.common)]

    @property
    def said(self) -> str:
        return f"Changed: these words are the passage of claim {self.claim.number} now."


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

    into = forms.CharField(
        label="The claim that says the same", max_length=400, error_messages={"required": "Choose the claim."}
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
        label="The claim in a sentence", max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def apply(self, *, by: User) -> list[Decision]:
        statement = self.cleaned_data["statement"]
        return [deciding.edit_statement(claim=self.claim, statement=statement, by=by, **self.common)]

    @property
    def said(self) -> str:
        return f"Claim {self.claim.number} is worded anew."


class StanceForm(CorrectionForm):
    """Who says it, how certain it sounds, what kind of source stands behind it: what was left as it was stays so."""

    act = "stance"
    row_field = "appearance"

    appearance = forms.ModelChoiceField(Appearance.objects.none(), widget=forms.HiddenInput)
    speaker = forms.CharField(
        label="Who says it", required=False, max_length=200, help_text="Left empty: nobody but the outlet itself."
    )
    certainty = forms.ChoiceField(label="How certain it sounds", choices=Certainty)
    source_level = forms.ChoiceField(
        label="Who stands behind it",
        choices=[
            (value, "Nobody named: the outlet says it itself" if value == SourceLevel.NONE else label)
            for value, label in SourceLevel.choices
        ],
    )

    def choices_of(self, claim: Claim) -> dict[str, Any]:
        rows = Appearance.objects.filter(alignments__claim=claim).select_related("speaker", "version")
        return {"appearance": rows.distinct()}

    def apply(self, *, by: User) -> list[Decision]:
        row: Appearance = self.cleaned_data["appearance"]
        name = self.cleaned_data["speaker"].strip()
        is_same = name == (row.speaker.name if row.speaker else "")
        return deciding.edit_stance(
            appearance=row,
            claim=self.claim,
            speaker=row.speaker if is_same else self._entity(name),
            certainty=Certainty(self.cleaned_data["certainty"]),
            level=SourceLevel(self.cleaned_data["source_level"]),
            by=by,
            **self.common,
        )

    @property
    def said(self) -> str:
        return "Changed: who says it, and how."

    def _entity(self, name: str) -> Entity | None:
        if not name:
            return None
        named = Entity.objects.filter(mentions__version__article__story=self.claim.story_id, merged_into__isnull=True)
        rows = [entity for entity in named.distinct() if fold(name) in {fold(entity.name), *map(fold, entity.aliases)}]
        if not rows:
            raise UnusableDecisionError(f"No one called “{name}” is named in this story.")
        return rows[0]


class DivergenceForm(CorrectionForm):
    act = "divergence"
    row_field = "divergence"

    divergence = forms.ModelChoiceField(Divergence.objects.none(), widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[choice for choice in DivergenceDecision.choices if choice[0] != "suggested"])

    def choices_of(self, claim: Claim) -> dict[str, Any]:
        return {"divergence": Divergence.objects.filter(claim=claim).select_related("claim__story")}

    def apply(self, *, by: User) -> list[Decision]:
        return [
            deciding.decide_divergence(
                divergence=self.cleaned_data["divergence"],
                decision=DivergenceDecision(self.cleaned_data["decision"]),
                by=by,
                **self.common,
            )
        ]

    @property
    def said(self) -> str:
        return {
            DivergenceDecision.CONFIRMED: "Confirmed: the sources differ in this.",
            DivergenceDecision.REJECTED: "Rejected: this is no difference, and is not found again.",
            DivergenceDecision.UNSURE: "Marked unsure: the difference stays, and is not asked about again.",
        }[DivergenceDecision(self.cleaned_data["decision"])]


class QuotationForm(CorrectionForm):
    act = "quotation"
    row_field = "quotation"

    quotation = forms.ModelChoiceField(Quotation.objects.none(), widget=forms.HiddenInput)

    def choices_of(self, claim: Claim) -> dict[str, Any]:
        return {"quotation": Quotation.objects.filter(version__article__story=claim.story_id)}

    def apply(self, *, by: User) -> list[Decision]:
        return [deciding.reject_quotation(quotation=self.cleaned_data["quotation"], by=by, **self.common)]

    @property
    def said(self) -> str:
        return "No longer taken for a quotation."


class SharedForm(CorrectionForm):
    act = "shared"
    row_field = "passage"

    passage = forms.ModelChoiceField(SharedPassage.objects.none(), widget=forms.HiddenInput)

    def choices_of(self, claim: Claim) -> dict[str, Any]:
        return {"passage": SharedPassage.objects.filter(story=claim.story_id).select_related("story", "left")}

    def apply(self, *, by: User) -> list[Decision]:
        return [deciding.reject_shared(passage=self.cleaned_data["passage"], by=by, **self.common)]

    @property
    def said(self) -> str:
        return "No longer taken for shared copy."


class OriginForm(CorrectionForm):
    act = "origin"

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

    def apply(self, *, by: User) -> list[Decision]:
        return [
            deciding.rule_origin(
                claim=self.claim,
                left=self.cleaned_data["left"],
                right=self.cleaned_data["right"],
                is_same=self.cleaned_data["is_same"],
                by=by,
                **self.common,
            )
        ]

    @property
    def said(self) -> str:
        how = "one origin" if self.cleaned_data["is_same"] else "two origins"
        return f"Counted as {how} of claim {self.claim.number}."


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
