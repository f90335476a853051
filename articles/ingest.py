"""Brings articles into a story: the only way a text enters the record.

Each article is one transaction under the story's lock: it is there whole or not at all, and importing it again
changes nothing. The comparison of the story follows in :mod:`articles.comparison`.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.text import slugify

from articles import comparison
from articles.analysing import analyse_article
from articles.analysis.text import canonical_text
from articles.analysis.types import ArticleAnalysis
from articles.analysis.types import Span as FoundSpan
from articles.carrying import carry_decisions
from articles.copies import store_fingerprints
from articles.incoming import IncomingArticle, Refusal, UnusableInput, check_size, tidy_name
from articles.locks import lock
from articles.models import (
    Article,
    ArticleRole,
    ArticleVersion,
    Outlet,
    PublishedGranularity,
    Quantity,
    Quotation,
    Sentence,
    Story,
)

logger = logging.getLogger(__name__)


UNFORESEEN = "It could not be stored, for a reason nobody foresaw: the server’s log holds it. The other items stay."


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
            except (DatabaseError, ValueError):
                # Nobody foresaw it, and it is this item's alone: whoever runs the desk finds it in the log.
                logger.exception("An article could not be stored: %s", item.place)
                outcome = Outcome(item.place, Result.FAILED, UNFORESEEN, item.outlet, item.headline)
        outcomes.append(outcome)
        report(outcome)
    story.refresh_from_db(fields=["is_compared"])
    if not story.is_compared:
        comparison.compare(story=story)
    return outcomes


def find_story(title: str) -> Story | None:
    """The story of that title, or else of that slug."""
    title = tidy_name(title)
    return Story.objects.filter(title=title).first() or Story.objects.filter(slug=title).first()


def discard_if_empty(story: Story) -> None:
    """Takes back a story that was made for an import of which nothing arrived."""
    Story.objects.filter(pk=story.pk, articles__isnull=True).delete()


def find_or_create_story(title: str, *, by: User | None = None) -> Story:
    """The story of that title (or slug), made when there is none.

    Raises:
        UnusableInput: when the title is empty or longer than 200 characters, or its story takes no new articles.
    """
    title = tidy_name(title)
    if not title:
        raise UnusableInput("Give the story a title.")
    if len(title) > 200:
        raise UnusableInput("The story’s title is longer than 200 characters.")
    found = find_story(title)
    if found:
        return _open(found)
    with transaction.atomic():
        lock("story titles")
        found = Story.objects.filter(title=title).first()
        if found:
            return _open(found)
        return Story.objects.create(title=title, slug=_free_slug(title), created_by=by, changed_at=timezone.now())


def _open(story: Story) -> Story:
    if story.is_hidden or story.is_closed:
        what = "hidden" if story.is_hidden else "closed"
        raise UnusableInput(f"There is a story of that title that is {what}. Choose another title.")
    return story


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
    # Before the lock: this is the slow part.
    day = _day_known(item, _same_article(item, _known_outlet(item), story, headline, digest))
    analysis = analyse_article(text, published=day)
    with transaction.atomic():
        lock("story", story.pk)
        outlet = _outlet(item)
        article = _same_article(item, outlet, story, headline, digest)
        if _day_known(item, article) != day:
            # Somebody imported it, with its date, while this waited.
            analysis = analyse_article(text, published=_day_known(item, article))
        current = article.current_version if article else None
        added, about = _fill(article, item) if article else ([], "")
        if article and current and current.sha256 == digest:
            if added:
                _store_quantities(current, analysis)
                Story.objects.filter(pk=story.pk).update(is_compared=False, changed_at=timezone.now())
            sentence = f"The text is unchanged{about}."
            return Outcome(item.place, Result.UNCHANGED, sentence, article.name, headline, current)
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
                created_by=by,
                **_published(item),
            )
        version = _store_version(
            article, analysis, number=current.number + 1 if current else 1, digest=digest, item=item, by=by
        )
        _store_findings(version, analysis)
        if current:
            carry_decisions(old=current, new=version)
        store_fingerprints(version)
        article.current_version = version
        article.headline = headline
        article.save(update_fields=["current_version", "headline"])
        Story.objects.filter(pk=story.pk).update(is_compared=False, changed_at=timezone.now())
    if current:
        result, sentence = Result.NEW_VERSION, f"The text has changed: stored as version {version.number}{about}."
    else:
        result, sentence = Result.CREATED, "Imported."
    if twin:
        sentence += f" Word for word the text of {twin.name}: both stay, as shared copy."
    if item.encoding == "Windows-1252":
        sentence += " Read as Windows-1252, because it is not UTF-8: check accents and quotation marks."
    elif item.encoding not in {"", "UTF-8"}:
        sentence += f" Read as {item.encoding}."
    if not analysis.is_supported:
        sentence += " The language is not English: names and claims are left to you."
    return Outcome(item.place, result, sentence, article.name, headline, version)


def _known_outlet(item: IncomingArticle) -> Outlet | None:
    return Outlet.objects.filter(name__iexact=item.outlet).order_by("pk").first()


def _outlet(item: IncomingArticle) -> Outlet | None:
    if item.role == ArticleRole.DOCUMENT and not item.outlet:
        return None
    return _known_outlet(item) or Outlet.objects.get_or_create(name=item.outlet)[0]


def _same_article(
    item: IncomingArticle, outlet: Outlet | None, story: Story, headline: str, digest: str
) -> Article | None:
    """The article with the same key: outlet and address, or without address outlet and headline.

    An article whose address was not known is also the one that comes with it, when the text is the same.
    """
    if outlet is None and item.outlet:
        return None
    found = Article.objects.filter(story=story, outlet=outlet).select_related("outlet", "current_version")
    without_url = found.filter(url="", headline=headline)
    if item.url:
        return found.filter(url=item.url).first() or without_url.filter(current_version__sha256=digest).first()
    return without_url.first()


def _published(item: IncomingArticle) -> dict[str, Any]:
    """The published time as an article's fields. Of a bare day only the day counts, so no zone can shift it."""
    at = item.published_at
    if at and item.published_granularity == PublishedGranularity.DAY:
        at = datetime.combine(at.date(), time(), tzinfo=UTC)
    offset = (at.utcoffset() if at else None) or timedelta()
    return {
        "published_at": at,
        "published_granularity": item.published_granularity,
        "published_offset": round(offset / timedelta(minutes=1)),
    }


def _day_known(item: IncomingArticle, article: Article | None) -> date | None:
    """The day the text is read by: the article's, which is kept, or else the one that now comes with it."""
    return (article.published_day if article else None) or Article(**_published(item)).published_day


def _fill(article: Article, item: IncomingArticle) -> tuple[list[str], str]:
    """Fills what was not known of ``article``: the names of the fields, and the end of the sentence that tells of it.

    What is known already is kept, and the sentence says so.
    """
    told = {"byline": ("byline", item.byline), "url": ("address", item.url), "published_at": ("date", _published(item))}
    added: list[str] = []
    kept: list[str] = []
    fields: list[str] = []
    for name, (word, value) in told.items():
        values = value if isinstance(value, dict) else {name: value}
        if not values[name]:
            continue
        if not getattr(article, name):
            for field, new in values.items():
                setattr(article, field, new)
            added.append(word)
            fields += values
        elif any(getattr(article, field) != new for field, new in values.items()):
            kept.append(word)
    if fields:
        article.save(update_fields=fields)
    about = [f"; {_listed(words)} {end}" for words, end in ((added, "added"), (kept, "kept as before")) if words]
    return fields, "".join(about)


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


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
    _store_quantities(version, analysis)


def _store_quantities(version: ArticleVersion, analysis: ArticleAnalysis) -> None:
    """The numbers and dates of the text, in place of those that were read when the day it appeared was not known."""

    def words(span: FoundSpan) -> str:
        return analysis.text[span.start : span.end]

    Quantity.objects.filter(version=version).delete()
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


# Not to be slugs: addresses of their own stand in their place.
_TAKEN_WORDS = {"new"}


def _free_slug(title: str) -> str:
    stem = slugify(title)[:70].strip("-") or "story"
    taken = _TAKEN_WORDS | set(Story.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug
