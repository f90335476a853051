"""The form that gives a story its title."""

from typing import Any

from django import forms

from articles.incoming import tidy_name


class StoryForm(forms.Form):
    """A title, for a new story or a story that is renamed."""

    title = forms.CharField(
        max_length=200,
        error_messages={"required": "Give the story a title."},
        widget=forms.TextInput(attrs={"placeholder": "What happened, and where", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def clean_title(self) -> str:
        title = tidy_name(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError("Give the story a title.")
        return title
