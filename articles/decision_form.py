"""What every form of a decision asks beside the decision itself."""

from django import forms


class DecisionForm(forms.Form):
    """``expected`` is the revision the person saw, ``reason`` what they add for the log."""

    expected = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why",
        required=False,
        max_length=1000,
        help_text="Stays in the history, for whoever wonders later.",
    )
