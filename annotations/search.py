"""The search page. It stands here because this is the lowest place that reaches both the record and the notes.

What a person may not see is neither found nor counted: every set that is searched leaves out hidden stories before
anything is ranked or counted, and people without a role do not come as far as this page.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.db.models import Exists, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from annotations.models import Note
from articles.drawing import draw_options
from articles.models import Article, Outlet
from articles.requests import HtmxRequest, read_number
from articles.search import Dates, Group, Hit, Query, find_group, find_record, parse_query
from articles.search.excerpts import cut_excerpt, mark_hits
from articles.search.finding import articles_of, put_forward_by

# Of each kind: in the list under the search field, on the page of all kinds, on a page of one kind.
QUICK, SAMPLE, A_PAGE = 3, 5, 20
OUTLETS_OFFERED = 500


class Kind(models.TextChoices):
    """In the order of the page."""

    STORIES = "stories", "Stories"
    ARTICLES = "articles", "Articles"
    CLAIMS = "claims", "Claims"
    ENTITIES = "entities", "People and places"
    NOTES = "notes", "Notes"


def _outlets() -> models.QuerySet[Outlet]:
    """Those of articles a reader may see."""
    seen = Article.objects.filter(outlet=models.OuterRef("pk"), story__is_hidden=False)
    return Outlet.objects.filter(Exists(seen)).order_by("name")


class SearchForm(forms.Form):
    """The words and what narrows them down. Without words there is nothing to find, and no complaint."""

    q = forms.CharField(label="Search", required=False, strip=True)
    outlet = forms.ModelChoiceField(
        queryset=Outlet.objects.none(), label="Outlet", required=False, empty_label="All outlets"
    )
    # "from" is a word of the language.
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="Until", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["outlet"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = _outlets()

    def draw_outlets(self) -> SafeString:
        """The options of what the page offers."""
        chosen = self.cleaned_data.get("outlet")
        return draw_options(_outlets().values_list("pk", "name")[:OUTLETS_OFFERED], chosen=chosen and chosen.pk)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "This day is before the first one.")
        return cleaned


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of one kind is shown: the number of a page, from 1, and how many there are."""

    number: int
    count: int

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.count else None


@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def search(request: HtmxRequest) -> HttpResponse:
    """``?q=`` the words, ``outlet``, ``since`` and ``until`` narrow down, ``kind`` and ``page`` turn the pages of one
    kind. Under the search field of any page htmx shows the best of each."""
    form = SearchForm({**request.GET.dict(), "q": request.GET.get("q", "").replace("\0", " ")})
    is_quick = request.htmx and request.htmx.target == "quick_results"
    query = parse_query(form.data["q"])
    context: dict[str, Any] = {"form": form, "query": query, "groups": [], "kind": "", "page": None}
    status = 200
    if not form.is_valid():
        status = 422
    elif query:
        kind = request.GET.get("kind", "")
        kind = kind if kind in Kind.values else ""
        wanted = _Wanted(
            query,
            outlet=form.cleaned_data["outlet"].pk if form.cleaned_data["outlet"] else None,
            dates=Dates(form.cleaned_data["since"], form.cleaned_data["until"]),
        )
        groups = wanted.groups(count=QUICK if is_quick else SAMPLE)
        context |= {"groups": groups, "kind": kind, "total": sum(group.count for group in groups)}
        context["is_capped"] = any(group.is_capped for group in groups)
        context["is_partial"] = any(group.looked_through for group in groups)
        if kind:
            group = next(group for group in groups if group.kind == kind)
            pages = max(1, -(-group.count // A_PAGE))
            page = Page(min(max((read_number(request.GET.get("page")) or 1), 1), pages), pages)
            context |= {"page": page, "shown": [wanted.group(kind, page)]}
        else:
            context["shown"] = [group for group in groups if group.hits or group.looked_through]
    template = "annotations/search.html"
    if request.htmx:
        template += "#quick_results" if is_quick else "#results"
    return render(request, template, context, status=status)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One search, as all kinds are asked for it."""

    query: Query
    outlet: int | None
    dates: Dates

    def groups(self, *, count: int) -> list[Group]:
        return [*self._record(list(Kind.values), 0, count), self._notes(0, count)]

    def group(self, kind: str, page: Page) -> Group:
        first = (page.number - 1) * A_PAGE
        return self._notes(first, A_PAGE) if kind == Kind.NOTES else self._record([kind], first, A_PAGE)[0]

    def _record(self, kinds: list[str], first: int, count: int) -> list[Group]:
        return find_record(self.query, kinds=kinds, first=first, count=count, outlet=self.outlet, dates=self.dates)

    def _notes(self, first: int, count: int) -> Group:
        """Notes by what their newest revision says. Their day is that of the last change; their outlet, one whose
        article puts the claim forward or holds the passage."""
        rows = Note.objects.filter(self.dates.of("changed_at"), story__is_hidden=False)
        if self.outlet:
            rows = rows.filter(
                Q(put_forward_by(self.outlet, Dates(), claim="claim"))
                | articles_of(self.outlet, Dates(), path="version__article__")
            )
        return find_group(
            Kind.NOTES,
            str(Kind.NOTES.label),
            rows=rows,
            shown=Note.objects.select_related("claim__story", "story", "current__author", "current__verdict"),
            hit=self._note_hit,
            query=self.query,
            first=first,
            count=count,
            vector="current__search",
        )

    def _note_hit(self, note: Note) -> Hit:
        revision = note.current
        assert revision is not None
        text = f"{revision.text} {revision.not_checked}"
        if note.claim is None:
            return Hit(
                note,
                reverse("note_detail", args=[note.pk]),
                mark_hits(note.quote, self.query),
                cut_excerpt(text, self.query),
            )
        url = reverse("claim_page", args=[note.claim.story.slug, note.claim.number])
        return Hit(
            note, f"{url}#note-{note.pk}", mark_hits(note.claim.statement, self.query), cut_excerpt(text, self.query)
        )
