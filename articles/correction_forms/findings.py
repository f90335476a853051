"""Corrections of what the machine found around a claim: differences, quotations, shared copy, origins."""

from typing import Any

from django import forms
from django.contrib.auth.models import User

from articles import deciding
from articles.correction_forms.form import CorrectionForm
from articles.models import Article, Claim, Decision, Divergence, DivergenceDecision, Quotation, SharedPassage


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
