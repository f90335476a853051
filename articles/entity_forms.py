"""The forms with which people say who is who: one a decision, applied through ``articles.deciding``."""

import re
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User

from articles import deciding
from articles.deciding import UnusableDecisionError
from articles.decision_form import DecisionForm
from articles.models import Decision, Entity, EntityKind, Mention
from articles.requests import MAX_KEY, read_keys, read_number

# "Georgia", "Georgia (place)", and where two of a kind share a name "Georgia (place) no. 12".
_NAME_AND_KIND = re.compile(rf"(.+?)(?: \(({'|'.join(EntityKind.values)})\))?(?: no\. ([0-9]{{1,19}}))?", re.DOTALL)


class EntityForm(DecisionForm):
    """A decision about who is who. ``act`` names it in the post."""

    act: ClassVar[str]

    def __init__(self, *args: Any, entity: Entity, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        kwargs.setdefault("auto_id", f"id_{self.act}_%s")
        super().__init__(*args, **kwargs)
        self.entity = entity
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def apply(self, *, by: User) -> Decision:
        """Takes the decision. Call after ``is_valid``; raises what ``articles.deciding`` raises."""
        raise NotImplementedError

    @property
    def said(self) -> str:
        """What was decided, for the person who did. Call after ``apply``."""
        raise NotImplementedError

    @property
    def common(self) -> dict[str, Any]:
        seen = {"expected": self.cleaned_data["expected"], "reason": self.cleaned_data["reason"]}
        return {"entity": self.entity, **seen}


class RenameForm(EntityForm):
    act = "rename"

    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Give the name."})

    def apply(self, *, by: User) -> Decision:
        return deciding.rename_entity(name=self.cleaned_data["name"], by=by, **self.common)

    @property
    def said(self) -> str:
        return f"Called “{self.cleaned_data['name']}” now."


class RetypeForm(EntityForm):
    act = "retype"

    kind = forms.ChoiceField(label="Kind", choices=EntityKind)

    def apply(self, *, by: User) -> Decision:
        return deciding.retype_entity(kind=EntityKind(self.cleaned_data["kind"]), by=by, **self.common)

    @property
    def said(self) -> str:
        return f"Its kind is “{EntityKind(self.cleaned_data['kind']).label}” now."


class AliasForm(EntityForm):
    act = "alias"

    name = forms.CharField(label="Also called", max_length=200, error_messages={"required": "Give the other name."})

    def apply(self, *, by: User) -> Decision:
        return deciding.add_alias(alias=self.cleaned_data["name"], by=by, **self.common)

    @property
    def said(self) -> str:
        return f"Also called “{self.cleaned_data['name']}” now."


class MergeEntityForm(EntityForm):
    act = "merge"

    into = forms.CharField(
        label="The other name",
        max_length=300,
        error_messages={"required": "Give the other name."},
        widget=forms.TextInput(attrs={"list": "entities", "autocomplete": "off"}),
    )

    def apply(self, *, by: User) -> Decision:
        self.target = entity_named(self.cleaned_data["into"], near=self.entity)
        return deciding.merge_entities(into=self.target, by=by, **self.common)

    @property
    def said(self) -> str:
        return f"The same as “{self.target.name}” now."


class SplitEntityForm(EntityForm):
    act = "split"

    name = forms.CharField(
        label="Name of the other", max_length=200, error_messages={"required": "Give the name of the other."}
    )
    kind = forms.ChoiceField(label="Kind of the other", choices=EntityKind)
    mentions = forms.ModelMultipleChoiceField(
        Mention.objects.none(), label="Where the other is meant", error_messages={"required": "Choose the places."}
    )

    def __init__(self, *args: Any, entity: Entity, **kwargs: Any) -> None:
        super().__init__(*args, entity=entity, **kwargs)
        field = self.fields["mentions"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Mention.objects.filter(entity=entity)

    def apply(self, *, by: User) -> Decision:
        data = self.cleaned_data
        return deciding.split_entity(
            mentions=list(data["mentions"]), name=data["name"], kind=EntityKind(data["kind"]), by=by, **self.common
        )

    @property
    def said(self) -> str:
        return f"Told apart from “{self.cleaned_data['name']}” now."

    @property
    def chosen(self) -> frozenset[int]:
        """The places that were chosen when the form came back."""
        keys = self.data.getlist("mentions") if self.is_bound else []  # type: ignore[attr-defined]  # a QueryDict
        return frozenset(read_keys(keys))


ENTITY_CORRECTIONS: dict[str, type[EntityForm]] = {
    form.act: form for form in (RenameForm, AliasForm, RetypeForm, MergeEntityForm, SplitEntityForm)
}


def entity_named(text: str, *, near: Entity) -> Entity:
    """The entity beside ``near`` that ``text`` names: "Lena Dahl", or with its kind, "Georgia (place)".

    Raises:
        UnusableDecisionError: when there is none, or several are called so.
    """
    match = _NAME_AND_KIND.fullmatch(" ".join(text.split()))
    assert match is not None
    name, kind, key = match.groups()
    others = Entity.objects.in_visible_stories().filter(merged_into__isnull=True).exclude(pk=near.pk)
    if key:
        others = others.filter(pk=read_number(key, limit=MAX_KEY) or 0)
    if kind:
        others = others.filter(kind=kind)
    found = list(others.filter(name__iexact=name)[:2]) or list(others.filter(aliases__contains=[name])[:2])
    if not found:
        raise UnusableDecisionError(f"Nobody else and nothing else is called “{name}”.")
    if len(found) > 1:
        raise UnusableDecisionError(f"Several are called “{name}”. Choose one from the list.")
    return found[0]
