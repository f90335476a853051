"""The examples in the docstrings of the analysis are run: an example that lies is worse than none."""

import doctest
import importlib
import pkgutil

import pytest

import articles.analysis

MODULES = sorted(m.name for m in pkgutil.walk_packages(articles.analysis.__path__, "articles.analysis."))


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [e for name in MODULES for e in finder.find(importlib.import_module(name)) if e.examples]
    assert len(found) > 50
