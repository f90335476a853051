"""The forms with which people correct the machine: one a decision, applied through ``articles.deciding``."""

from articles.correction_forms.claims import MergeForm, NewClaimForm, StatementForm
from articles.correction_forms.findings import DivergenceForm, OriginForm, QuotationForm, SharedForm
from articles.correction_forms.form import CorrectionForm
from articles.correction_forms.passages import DecideForm, MoveForm, SpanForm, SplitForm, StanceForm, nearest_place

__all__ = [
    "CORRECTIONS",
    "CorrectionForm",
    "DecideForm",
    "DivergenceForm",
    "MergeForm",
    "MoveForm",
    "NewClaimForm",
    "OriginForm",
    "QuotationForm",
    "SharedForm",
    "SpanForm",
    "SplitForm",
    "StanceForm",
    "StatementForm",
    "nearest_place",
]

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
