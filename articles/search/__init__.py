"""Finding things by their words: what was typed becomes a question to the stored vectors, and what was found is marked.

Notes are found by the app that holds them, in the same way; see :mod:`annotations.search`.
"""

from articles.search.finding import Dates, Group, Hit, find_group, find_record
from articles.search.query import Query, parse_query

__all__ = ["Dates", "Group", "Hit", "Query", "find_group", "find_record", "parse_query"]
