"""The text analysis: pure functions on ``str`` and frozen values, free of Django, settings and clocks.

Two calls are the whole surface: :func:`articles.analysis.article.analyse_article` for one text and
:func:`articles.analysis.story.compare_story` for all the texts of a story. The finders behind them can each be used
alone.
"""
