"""Compares the articles of a story as a whole and writes what was found, keeping everything people did.

The comparison runs under the story's lock. It replaces only what the machine made and nobody touched, and it is told
what people decided, so that it neither suggests again what they rejected nor parts what they joined. See
docs/decisions/0007 for why a story is compared as a whole.
"""

from datetime import date
from functools import lru_cache

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from articles.analysing import analyse_article
from articles.analysis import types as found
from articles.analysis.story import compare_story
from articles.comparison.claims import store_claims
from articles.comparison.copies import store_shared
from articles.comparison.decided import Stood, decisions_of, without_rejected
from articles.comparison.names import forget_unnamed, named_entities, store_entities
from articles.comparison.who import with_known_names
from articles.locks import lock
from articles.models import Article, Story


def compare(*, story: Story, stood: Stood | None = None) -> None:
    """Compares the current versions of ``story`` and stores entities, claims, divergences and shared copy.

    Atomic, and alone at work on its story; two at once run one after the other. ``stood`` says of some claims where
    they stood when that is not where they stand now: taking a decision back looks for them where they were before it.
    """
    stood = stood or {}
    with transaction.atomic():
        lock("story", story.pk)
        # Others may have counted on while this waited, and claims are about to take numbers.
        story.refresh_from_db()
        articles = list(Article.objects.filter(story=story, current_version__isnull=False).with_text().in_order())
        versions = {article.pk: article.current_version for article in articles if article.current_version}
        found_alone = without_rejected({article.pk: _analysis(article) for article in articles}, versions)
        known = with_known_names(found_alone, versions)
        analyses = known.analyses
        result = compare_story(
            [
                found.StoryArticle(
                    key=article.pk,
                    outlet=article.name,
                    analysis=analyses[article.pk],
                    published_at=article.published_at,
                    byline=article.byline,
                    role=article.role,
                )
                for article in articles
            ],
            decisions=decisions_of(story, versions, known, stood),
        )
        named_before = named_entities(story)
        entities = store_entities(result, analyses, versions)
        store_claims(story, result, articles, versions, entities, stood)
        store_shared(story, result, versions)
        forget_unnamed(named_before)
        story.revision += 1
        story.is_compared = True
        story.changed_at = timezone.now()
        story.save(update_fields=["revision", "is_compared", "changed_at"])


def _analysis(article: Article) -> found.ArticleAnalysis:
    assert article.current_version is not None
    day = article.published_day
    return _analyse(article.current_version.text, day.toordinal() if day else 0, settings.NAME_FINDER)


@lru_cache(maxsize=64)
def _analyse(text: str, ordinal: int, name_finder: str) -> found.ArticleAnalysis:
    """Repeated: every article that joins a story needs all the others' analyses again.

    ``name_finder`` only tells analyses apart that different settings made.
    """
    return analyse_article(text, published=date.fromordinal(ordinal) if ordinal else None)
