"""Corrections of the passages of a claim: whether they make it, which words they are, who says them and how."""

import re
from typing import Any

from django import forms
from django.contrib.auth.models import User

from articles import deciding
from articles.analysis.text import fold
from articles.correction_forms.form import CorrectionForm, claim_named
from articles.deciding import UnusableDecisionError
from articles.models import Alignment, Appearance, Certainty, Claim, Decision, Entity, SourceLevel

# The key of a passage and the revision of it that was seen.
_PASSAGE = re.compile(r"[0-9]{1,18}:[0-9]{1,9}")


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


class _PassagesField(forms.MultipleChoiceField):
    """Takes whatever is written like a passage with its revision: what is not of the claim the form itself finds out,
    where a row that is gone can be told from nonsense."""

    def valid_value(self, value: str) -> bool:
        return bool(_PASSAGE.fullmatch(value))


class _OfPassages(CorrectionForm):
    """About several passages of the claim at once: each is named with the revision of it that was seen, "12:0"."""

    expected = None  # type: ignore[assignment]  # so a form does without an inherited field
    passages = _PassagesField(error_messages={"required": "Choose the passages first."})

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
        values = self.data.getlist("passages") if self.is_bound else []  # type: ignore[attr-defined]  # a QueryDict
        return frozenset(value.partition(":")[0] for value in values)


class MoveForm(_OfPassages):
    act = "move"

    to = forms.CharField(
        label="The claim they belong to",
        max_length=400,
        error_messages={"required": "Choose the claim they belong to."},
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
        help_text="Left empty, the first passage’s words are the statement.",
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
        error_messages={"required": "Write or paste the words of the text."},
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
