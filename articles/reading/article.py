"""One article on a page of its own: its current text, where it is from, its versions, its claims and its copies."""

from dataclasses import dataclass

from articles.analysis.text import split_paragraphs
from articles.copies import FoundCopy, find_copies
from articles.models import Alignment, Article, ArticleVersion, Claim, Story
from articles.reading.columns import Published, find_published, siglum
from articles.reading.marks import IndexRow, index_row, indexed_claims
from articles.reading.runs import ClaimMark, Stretch, cut_stretches, share_out


@dataclass(frozen=True, slots=True)
class ArticleClaim:
    """A claim the article puts forward, and where it does so first."""

    row: IndexRow
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """``paragraphs`` leave out the headline, ``claims`` are in the order of the text, ``copies`` in other stories."""

    story: Story
    article: Article
    version: ArticleVersion
    siglum: str
    published: Published
    headline: tuple[Stretch, ...]
    paragraphs: tuple[tuple[Stretch, ...], ...]
    claims: tuple[ArticleClaim, ...]
    versions: tuple[ArticleVersion, ...]
    copies: tuple[FoundCopy, ...]


def read_article(article: Article, version: ArticleVersion) -> ArticlePage:
    """The page of ``article`` with its current ``version`` (story and outlet at hand), in six queries."""
    found = list(
        Alignment.objects.filter(appearance__version=version)
        .live()
        .order_by("appearance__start", "-appearance__end", "claim")
        .values_list("claim", "appearance", "appearance__start", "appearance__end")
    )
    rows = {
        claim.pk: index_row(claim, place=0)
        for claim in indexed_claims(Claim.objects.filter(pk__in={claim for claim, *_ in found}))
    }
    marks = [
        ClaimMark(
            start=start,
            end=end,
            appearance=appearance,
            claim=claim,
            number=rows[claim].number,
            state=rows[claim].state,
            state_label=rows[claim].state_label.lower(),
        )
        for claim, appearance, start, end in found
    ]
    first: dict[int, ArticleClaim] = {}
    for claim, _, start, end in found:
        first.setdefault(claim, ArticleClaim(rows[claim], start, end))
    spans = split_paragraphs(version.text)
    drawn = [
        cut_stretches(version.text[span.start : span.end], offset=span.start, claims=claims)
        for span, claims in zip(spans, share_out(marks, spans), strict=True)
    ]
    earlier = Article.objects.filter(story=article.story_id, current_version__isnull=False, pk__lt=article.pk).count()
    return ArticlePage(
        story=article.story,
        article=article,
        version=version,
        siglum=siglum(earlier),
        published=find_published(article),
        headline=drawn[0],
        paragraphs=tuple(drawn[1:]),
        claims=tuple(first.values()),
        versions=tuple(article.versions.defer("text").order_by("-number")),
        copies=tuple(find_copies(version)),
    )
