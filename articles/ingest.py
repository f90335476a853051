"""Brings articles into a story: the only way a text enters the record.

Each article is one transaction under the story's lock: it is there whole or not at all, and importing it again
changes nothing. The comparison of the story follows in :mod:`articles.comparison`.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from articles import comparison
from articles.analysis.article import analyse_article
from articles.analysis.text import canonical_text
from articles.analysis.types import ArticleAnalysis
from articles.analysis.types import Span as FoundSpan
from articles.carrying import carry_decisions
from articles.incoming import IncomingArticle, Refusal, UnusableInput, check_size
from articles.locks import lock
from articles.models import Article, ArticleRole, ArticleVersion, Outlet, Quantity, Quotation, Sentence, Story


class Result(StrEnum):
    """What became of one item."""

    CREATED = "created"
    NEW_VERSION = "new_version"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of an import's report. ``version`` is what the item is now, unless it failed."""

    place: str
    result: Result
    sentence: str
    outlet: str = ""
    headline: str = ""
    version: ArticleVersion | None = None


def import_articles(
    items: Iterable[IncomingArticle | Refusal],
    *,
    story: Story,
    by: User | None,
    report: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Imports each item on its own and then compares the story once, if anything changed.

    A failure concerns its item only. ``report`` hears of every outcome as it happens.
    """
    outcomes = []
    for item in items:
        if isinstance(item, Refusal):
            outcome = Outcome(item.place, Result.FAILED, item.reason)
        else:
            try:
                outcome = ingest_article(item, story=story, by=by)
            except UnusableInput as error:
                outcome = Outcome(item.place, Result.FAILED, str(error), item.outlet, item.headline)
        outcomes.append(outcome)
        report(outcome)
    story.refresh_from_db(fields=["is_compared"])
    if not story.is_compared:
        comparison.compare(story=story)
    return outcomes


def find_story(title: str) -> Story | None:
    """The story of that title, or else of that slug."""
    title = " ".join(title.split())
    return Story.objects.filter(title=title).first() or Story.objects.filter(slug=title).first()


def discard_if_empty(story: Story) -> None:
    """Takes back a story that was made for an import of which nothing arrived."""
    Story.objects.filter(pk=story.pk, articles__isnull=True).delete()


def find_or_create_story(title: str, *, by: User | None = None) -> Story:
    """The story of that title (or slug), made when there is none.

    Raises:
        UnusableInput: when the title is empty or longer than 200 characters.
    """
    title = " ".join(title.split())
    if not title:
        raise UnusableInput("Give the story a title.")
    if len(title) > 200:
        raise UnusableInput("The story's title is longer than 200 characters.")
    found = find_story(title)
    if found:
        return found
    with transaction.atomic():
        lock("story titles")
        found = Story.objects.filter(title=title).first()
        if found:
            return found
        return Story.objects.create(title=title, slug=_free_slug(title), created_by=by, changed_at=timezone.now())


def ingest_article(item: IncomingArticle, *, story: Story, by: User | None) -> Outcome:
    """Stores one article: new, a new version of one that is there, or nothing when its text is there already.

    Raises:
        UnusableInput: when nothing of the text is left in canonical form, or it is over the size limit.
    """
    text = canonical_text(item.headline, item.body)
    check_size(len(text.encode()), settings.IMPORT_MAX_BYTES)
    headline = text.partition("\n")[0]
    if len(headline) == len(text):
        raise UnusableInput("There is a headline but no text below it.")
    digest = hashlib.sha256(text.encode()).hexdigest()
    # Before the lock: this is the slow part, and it needs nothing of the database.
    analysis = analyse_article(text, published=item.published_at.date() if item.published_at else None)
    with transaction.atomic():
        lock("story", story.pk)
        outlet = _outlet(item)
        article = _same_article(item, story=story, outlet=outlet, headline=headline)
        current = article.current_version if article else None
        if article and current and current.sha256 == digest:
            return Outcome(
                item.place, Result.UNCHANGED, "Already there, with the same text.", article.name, headline, current
            )
        twin = (
            Article.objects.filter(story=story, current_version__sha256=digest)
            .select_related("outlet")
            .exclude(pk=article.pk if article else 0)
            .first()
        )
        if article is None:
            article = Article.objects.create(
                story=story,
                outlet=outlet,
                role=item.role,
                headline=headline,
                byline=item.byline,
                url=item.url,
                language=item.language or analysis.language,
                published_at=item.published_at,
                published_granularity=item.published_granularity,
                created_by=by,
            )
        version = _store_version(
            article, analysis, number=current.number + 1 if current else 1, digest=digest, item=item, by=by
        )
        _store_findings(version, analysis)
        if current:
            carry_decisions(old=current, new=version)
        article.current_version = version
        article.headline = headline
        article.save(update_fields=["current_version", "headline"])
        Story.objects.filter(pk=story.pk).update(is_compared=False, changed_at=timezone.now())
    if current:
        result, sentence = Result.NEW_VERSION, f"The text has changed: stored as version {version.number}."
    else:
        result, sentence = Result.CREATED, "Imported."
    if twin:
        sentence += f" Word for word the text of {twin.name}: both stay, as shared copy."
    if item.encoding == "Windows-1252":
        sentence += " Read as Windows-1252, because it is not UTF-8: check accents and quotation marks."
    elif item.encoding and not item.encoding.startswith("UTF-8"):
        sentence += f" Read as {item.encoding}."
    if not analysis.is_supported:
        sentence += " The language is not English: names and claims are left to you."
    return Outcome(item.place, result, sentence, article.name, headline, version)


def _outlet(item: IncomingArticle) -> Outlet | None:
    if item.role == ArticleRole.DOCUMENT and not item.outlet:
        return None
    known = Outlet.objects.filter(name__iexact=item.outlet).order_by("pk").first()
    return known or Outlet.objects.get_or_create(name=item.outlet)[0]


def _same_article(item: IncomingArticle, *, story: Story, outlet: Outlet | None, headline: str) -> Article | None:
    """The article with the same key: outlet and address, or without address outlet and headline."""
    found = Article.objects.filter(story=story, outlet=outlet).select_related("outlet", "current_version")
    if item.url:
        return found.filter(url=item.url).first()
    return found.filter(url="", headline=headline).first()


def _store_version(
    article: Article,
    analysis: ArticleAnalysis,
    *,
    number: int,
    digest: str,
    item: IncomingArticle,
    by: User | None,
) -> ArticleVersion:
    return ArticleVersion.objects.create(
        article=article,
        number=number,
        text=analysis.text,
        sha256=digest,
        character_count=len(analysis.text),
        word_count=len(analysis.text.split()),
        encoding=item.encoding,
        is_supported=analysis.is_supported,
        retrieved_at=timezone.now(),
        created_by=by,
    )


def _store_findings(version: ArticleVersion, analysis: ArticleAnalysis) -> None:
    """What was found in the text on its own. Mentions and speakers come with the comparison, which knows the people."""
    text = analysis.text

    def words(span: FoundSpan | None) -> str:
        return text[span.start : span.end] if span else ""

    Sentence.objects.bulk_create(
        Sentence(
            version=version,
            start=found.span.start,
            end=found.span.end,
            quote=words(found.span),
            position=position,
            paragraph=found.paragraph,
            kind=found.kind,
        )
        for position, found in enumerate(analysis.sentences)
    )
    Quotation.objects.bulk_create(
        Quotation(
            version=version,
            start=found.span.start,
            end=found.span.end,
            quote=words(found.span),
            kind=found.kind,
            speaker_start=found.speaker.start if found.speaker else None,
            speaker_end=found.speaker.end if found.speaker else None,
            speaker_quote=words(found.speaker),
            cue_start=found.cue.start if found.cue else None,
            cue_end=found.cue.end if found.cue else None,
            cue_quote=words(found.cue),
            cue_class=found.cue_class or "",
            is_inferred=found.is_inferred,
        )
        for found in analysis.quotations
    )
    Quantity.objects.bulk_create(
        Quantity(
            version=version,
            start=found.span.start,
            end=found.span.end,
            quote=words(found.span),
            low=found.low,
            high=found.high,
            unit=found.unit,
            bound=found.bound,
            head=found.head[:80],
            kind=found.kind,
            granularity=found.granularity,
            base_low=found.base_low,
            base_high=found.base_high,
            base_unit=found.base_unit,
        )
        for found in analysis.quantities
    )


def _free_slug(title: str) -> str:
    stem = slugify(title)[:70].strip("-") or "story"
    taken = set(Story.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug
