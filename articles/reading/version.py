"""One version of an article on a page of its own, for whoever follows a note to the text it was written on."""

from dataclasses import dataclass

from articles.analysis.text import split_paragraphs
from articles.models import Alignment, Article, ArticleVersion, Story
from articles.reading.columns import Published, find_published
from articles.reading.passages import find_passages
from articles.reading.runs import ClaimMark, LayerMark, Stretch, cut_stretches, share_out


@dataclass(frozen=True, slots=True)
class VersionParagraph:
    """A paragraph of the body: its number in the version, where it begins, and how it is drawn.

    ``is_linked``: the passage that the address leads to begins in it.
    """

    number: int
    start: int
    stretches: tuple[Stretch, ...]
    is_linked: bool = False


@dataclass(frozen=True, slots=True)
class VersionPage:
    """The text with the passages that notes are on; ``paragraphs`` leave out the headline."""

    story: Story
    article: Article
    version: ArticleVersion
    current: ArticleVersion | None
    others: tuple[ArticleVersion, ...]
    published: Published
    headline: VersionParagraph
    paragraphs: tuple[VersionParagraph, ...]
    noted: int
    passages: int

    @property
    def is_current(self) -> bool:
        return self.version == self.current


def read_version(version: ArticleVersion, *, linked: tuple[int, int] | None = None) -> VersionPage:
    """The page of ``version`` (with its article, story and outlet at hand) in four queries.

    Only passages that notes are on, or whose claims have notes, are marked: this page is read to understand a note.
    ``linked`` is the passage that the address leads to; it is marked exactly.
    """
    article = version.article
    found = (
        Alignment.objects.filter(appearance__version=version, claim__note_count__gt=0)
        .live()
        .select_related("appearance", "claim")
    )
    marks = [
        ClaimMark(
            start=alignment.appearance.start,
            end=alignment.appearance.end,
            appearance=alignment.appearance_id,
            claim=alignment.claim_id,
            number=alignment.claim.number,
            state="retired" if alignment.claim.is_retired else alignment.claim.state,
            state_label=alignment.claim.get_state_display().lower(),
            note_count=alignment.claim.note_count,
            status_label=alignment.claim.status_label,
        )
        for alignment in found
    ]
    passages = find_passages(version.pk)
    spans = split_paragraphs(version.text)
    parts = zip(spans, share_out(marks, spans), share_out(passages, spans), strict=True)
    drawn = [
        VersionParagraph(
            number,
            span.start,
            cut_stretches(
                version.text[span.start : span.end],
                offset=span.start,
                layers=[LayerMark(*linked, "linked")] if linked else [],
                claims=claims,
                passages=noted,
            ),
            is_linked=linked is not None and span.start <= linked[0] < span.end,
        )
        for number, (span, claims, noted) in enumerate(parts)
    ]
    return VersionPage(
        story=article.story,
        article=article,
        version=version,
        current=article.current_version,
        others=tuple(article.versions.exclude(pk=version.pk).defer("text").order_by("number")),
        published=find_published(article),
        headline=drawn[0],
        paragraphs=tuple(drawn[1:]),
        noted=len({mark.claim for mark in marks}),
        passages=len(passages),
    )
