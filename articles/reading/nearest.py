"""Where a text that is silent about a claim comes closest to it."""

from articles.analysis import types as found
from articles.analysis.nearest import nearest_sentence
from articles.models import Alignment, ArticleVersion, Claim, Sentence


def read_nearest(claim: Claim, version: ArticleVersion) -> found.Span | None:
    """The sentence of ``version`` nearest to the words in which other texts put ``claim`` forward, in two queries."""
    live = Alignment.objects.live().filter(claim=claim).order_by("pk")
    wordings = [claim.statement, *live.values_list("appearance__quote", flat=True)]
    sentences = [
        found.Sentence(found.Span(start, end), paragraph, kind)  # type: ignore[arg-type]  # the column holds these alone
        for start, end, paragraph, kind in Sentence.objects.filter(version=version)
        .order_by("start")
        .values_list("start", "end", "paragraph", "kind")
    ]
    return nearest_sentence(version.text, sentences, wordings)
