"""The sentence of a text that comes closest to a claim it does not put forward: what "silent" was decided against."""

from collections.abc import Sequence

from .claims import SPEAKING
from .types import Sentence, Span
from .weighting import content_stems, cosine, weigh

# A sentence longer than this is read at its beginning.
_READ = 2000


def nearest_sentence(text: str, sentences: Sequence[Sentence], wordings: Sequence[str]) -> Span | None:
    """The sentence whose words weigh most in common with one of ``wordings``, of equals the first.

    ``None`` where no sentence of the article's own prose shares a word that says something.

    >>> text = "Rain fell. The ferry sank off Norvik."
    >>> found = nearest_sentence(text, [Sentence(Span(0, 10), 1), Sentence(Span(11, 37), 1)], ["A ferry ran aground."])
    >>> found and text[found.start : found.end]
    'The ferry sank off Norvik.'
    """
    spans = [sentence.span for sentence in sentences if sentence.kind in SPEAKING]
    stems = [content_stems(text[span.start : min(span.end, span.start + _READ)]) for span in spans]
    asked = [content_stems(words[:_READ]) for words in wordings]
    weights = weigh([*stems, *asked])
    claims = [weights.vector(each) for each in asked]
    best, nearest = 0.0, None
    for span, own in zip(spans, stems, strict=True):
        vector = weights.vector(own)
        likeness = max((cosine(vector, claim) for claim in claims), default=0.0)
        if likeness > best:
            best, nearest = likeness, span
    return nearest
