"""Which words a passage note is on, and which claim it is put under."""

from typing import Any

from django import forms
from django.db.models import F
from django.forms.utils import ErrorList

from annotations.models import Note
from annotations.places import MAX_PLACES, Place, find_places, place_at
from annotations.writing import Passage, UnusablePassageError
from articles.models import Alignment, ArticleVersion, Claim
from articles.requests import read_number

MAX_QUOTE = 5000
MAX_CLAIMS = 8


class PassageForm(forms.Form):
    """The words of a passage: chosen in the text, or typed and looked for. Valid when there is one place for them."""

    words = forms.CharField(
        label="Words of the text",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Type or paste the words your note is about. They are looked for in this text.",
    )
    # Where the words typed stand several times: the beginning of the place that is meant.
    place = forms.IntegerField(required=False, min_value=0)
    start = forms.IntegerField(required=False, min_value=0)
    end = forms.IntegerField(required=False, min_value=1)
    # Not stripped: it must be what the text says, to the letter.
    quote = forms.CharField(required=False, max_length=MAX_QUOTE, strip=False)

    passage: Passage | None = None

    def __init__(self, data: Any = None, *, version: ArticleVersion) -> None:
        super().__init__(data, label_suffix="")
        self.version = version
        self.places: list[Place] = []

    def clean_quote(self) -> str:
        """Browsers send a line break as two characters."""
        return str(self.cleaned_data["quote"]).replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        start, end = data.get("start"), data.get("end")
        try:
            if start is not None and end is not None:
                # Without a quote the place is taken as it is, and the words shown to who asked for it.
                quote = data["quote"] or self.version.text[start : min(end, start + MAX_QUOTE + 1)]
                self.passage = Passage(self.version, start, end, quote)
            else:
                self._look(data)
        except UnusablePassageError as error:
            self.add_error("words", str(error))
        return data

    def _look(self, data: dict[str, Any]) -> None:
        if not data["words"]:
            raise UnusablePassageError("Type or paste the words your note is about.")
        found = find_places(self.version.text, data["words"])
        if not found:
            raise UnusablePassageError("These words do not stand in this text. Copy them from it, or give fewer.")
        if len(found) > MAX_PLACES:
            raise UnusablePassageError(f"These words stand in more than {MAX_PLACES} places. Give more of them.")
        chosen = found if len(found) == 1 else [place for place in found if place.start == data["place"]]
        if not chosen:
            self.places = found
            raise UnusablePassageError(f"These words stand in {len(found)} places. Choose the one you mean.")
        self.passage = Passage(self.version, chosen[0].start, chosen[0].end, chosen[0].quote)

    @property
    def shown(self) -> Place | None:
        """The passage with the words around it. Call after ``is_valid``."""
        return place_at(self.version.text, self.passage.start, self.passage.end) if self.passage else None

    @property
    def typed(self) -> str:
        """The words as they are offered again: what was typed, or what the browser took the text to say."""
        return str(self.data.get("words") or self.data.get("quote") or "")[:2000]

    def found_errors(self) -> list[tuple[str, str]]:
        """Every error as (id of its field, sentence)."""
        target = f"place-{self.places[0].start}" if self.places else "id_words"
        return [(target, str(error)) for errors in self.errors.values() for error in errors]

    @property
    def words_errors(self) -> ErrorList:
        """What is wrong with any of its fields: people only see the words."""
        return ErrorList([str(error) for errors in self.errors.values() for error in errors], renderer=self.renderer)


class AttachForm(forms.Form):
    """The claim a passage note is put under, by its number or its words."""

    claim = forms.CharField(
        label="Number or words of the claim", required=False, max_length=400, widget=forms.TextInput()
    )
    choice = forms.IntegerField(required=False)
    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    # One of the two is needed: calling this one optional would be half the truth.
    needed_sometimes = ("claim",)
    wanted: Claim | None = None

    def __init__(self, data: Any = None, *, note: Note, expected: int) -> None:
        super().__init__(data, label_suffix="", initial={"expected": expected}, auto_id="id_attach_%s")
        self.note = note
        self.offered: list[Claim] = [] if data is not None else claims_around(note)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            # Neither of the two is typed by people, so what is wrong with them stands at the field that is.
            if "claim" not in self.errors:
                self.add_error("claim", "Choose a claim, or type its number or words.")
            return data
        claims = Claim.objects.filter(story=self.note.story_id)
        words = data["claim"].removeprefix("#").strip()
        number = read_number(words)
        if number is not None:
            self.wanted = claims.filter(number=number).first()
            if self.wanted is None:
                self.add_error("claim", f"There is no claim {words} in this story.")
        elif data["choice"] and not self._is_other(data, words):
            self.wanted = claims.filter(pk=data["choice"]).first()
            if self.wanted is None:
                self.add_error("claim", "The claim is no longer there. Choose another one.")
        elif words:
            standing = claims.standing().filter(merged_into__isnull=True)
            for word in words.split()[:20]:
                standing = standing.filter(statement__icontains=word)
            self.offered = list(standing.in_reading_order()[:MAX_CLAIMS])
            if self.offered:
                self.add_error("claim", "Choose the claim you mean.")
            else:
                self.add_error("claim", "No claim of this story has all of these words.")
        else:
            self.offered = claims_around(self.note)
            self.add_error("claim", "Choose a claim, or type its number or words.")
        return data

    def _is_other(self, data: dict[str, Any], words: str) -> bool:
        """Whether words were typed that the choice among claims was not offered for."""
        return bool(words) and words != self.data.get("offered_for", "")


def claims_around(note: Note) -> list[Claim]:
    """The claims that stand in the note's passage, the closest first: most likely the one it is about."""
    overlapping = (
        Alignment.objects.live()
        .filter(
            claim__merged_into__isnull=True,
            appearance__version=note.version_id,
            appearance__start__lt=note.end,
            appearance__end__gt=note.start,
        )
        .exclude(claim=note.claim_id)
        .order_by(F("appearance__end") - F("appearance__start"), "claim__number")
        .select_related("claim")
    )
    return list({alignment.claim_id: alignment.claim for alignment in overlapping}.values())[:MAX_CLAIMS]
