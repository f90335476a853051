"""The seam from rows to what a page shows: dataclasses, without HTML and without a request.

Views ask here and render. Each function costs a fixed number of queries, whatever the story holds.
"""

from articles.reading.columns import find_columns
from articles.reading.marks import ClaimMarks, claim_marks
from articles.reading.page import ReadPage, cut_paragraphs, read_story
from articles.reading.panel import Panel, claim_panel

__all__ = [
    "ClaimMarks",
    "Panel",
    "ReadPage",
    "claim_marks",
    "claim_panel",
    "cut_paragraphs",
    "find_columns",
    "read_story",
]
