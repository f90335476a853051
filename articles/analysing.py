"""The analysis of one text as this desk has it set up: by the finder of names that the settings name."""

from datetime import date
from functools import cache

from django.conf import settings

from articles.analysis import article
from articles.analysis.name_finder import NameFinder, learnt_names
from articles.analysis.types import ArticleAnalysis
from articles.spacy_names import SpacyNames, load_pipeline


def analyse_article(text: str, *, published: date | None) -> ArticleAnalysis:
    """What is found in ``text``; importing and comparing ask here, so that both read it alike."""
    return article.analyse_article(text, published=published, names=_name_finder(settings.NAME_FINDER))


@cache
def _name_finder(pipeline: str) -> NameFinder:
    """Loading takes a second or more, so it is done once a process."""
    return SpacyNames(load_pipeline(pipeline)) if pipeline else learnt_names
