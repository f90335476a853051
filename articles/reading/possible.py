"""The queue of possible matches of a story: passages that may put a claim forward, one after the other."""

from collections.abc import Mapping
from dataclasses import dataclass

from articles.models import Alignment, Article, Sentence, Story
from articles.reading.columns import siglum


@dataclass(frozen=True, slots=True)
class Side:
    """A passage with the sentence before and after it, in the column it stands in."""

    siglum: str
    row: Alignment
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class PossibleMatch:
    """One question: does ``asked`` put the claim forward? ``best`` is how the claim stands elsewhere already."""

    asked: Side
    best: Side | None
    left: int


def next_possible(story: Story, *, first: int | None = None) -> PossibleMatch | None:
    """The first undecided match of ``story``, or that with key ``first`` when it is one; eight queries at most."""
    rows = Alignment.objects.filter(claim__story=story).undecided()
    order = rows.order_by("claim__position", "claim__number", "-score", "appearance__version", "appearance__start")
    keys = list(order.values_list("pk", flat=True))
    if not keys:
        return None
    joined = Alignment.objects.select_related("claim", "appearance__version__article__outlet", "decided_by")
    asked = joined.get(pk=first if first in keys else keys[0])
    best = (
        joined.filter(claim=asked.claim_id, appearance__version__current_of__isnull=False)
        .live()
        .exclude(appearance=asked.appearance_id)
        # What people confirmed comes before what the machine suggests.
        .order_by("decision", "-score", "pk")
        .first()
    )
    articles = (
        Article.objects.filter(story=story, current_version__isnull=False).in_order().values_list("pk", flat=True)
    )
    sigla = {article: siglum(place) for place, article in enumerate(articles)}
    return PossibleMatch(
        asked=_side(asked, sigla),
        best=_side(best, sigla) if best else None,
        left=len(keys),
    )


def _side(row: Alignment, sigla: Mapping[int, str]) -> Side:
    said, text = row.appearance, row.appearance.version.text
    sentences = Sentence.objects.filter(version=said.version_id)
    before = sentences.filter(start__lt=said.start).order_by("-start").first()
    after = sentences.filter(end__gt=said.end).order_by("end").first()
    return Side(
        siglum=sigla[said.version.article_id],
        row=row,
        before=_in_lines(text[before.start : said.start]) if before else "",
        quote=said.quote,
        after=_in_lines(text[said.end : after.end]) if after else "",
    )


def _in_lines(text: str) -> str:
    """``text`` with paragraphs apart by one line break, as the words around a passage show them."""
    return text.replace("\n\n", "\n")
