"""One article through every finder: the one call that the rest of the program makes."""

from datetime import date

from .entities import find_entities
from .language import recognise_language
from .name_finder import NameFinder, learnt_names
from .quantities import find_quantities
from .quotations import find_quotations
from .rejoining import rejoin_sentences
from .sentences import split_sentences
from .speaking import with_speakers
from .text import split_paragraphs
from .tokens import tokenise_sentences
from .types import ArticleAnalysis


def analyse_article(text: str, *, published: date | None = None, names: NameFinder = learnt_names) -> ArticleAnalysis:
    """Everything found in one canonical text on its own; `published` is the day that "Tuesday" is counted from.

    ``names`` finds the names; another finder may take the place of the one that comes along.

    Pure: the same text and day give the same result. Any string comes out alive.

    >>> analyse_article("Ferry aground\\n\\nTwo people were hurt, Anna Low said.").quantities[0].low
    '2'
    """
    language = recognise_language(text)
    is_supported = language == "en"
    paragraphs = split_paragraphs(text)
    sentences = rejoin_sentences(text, split_sentences(text), language)
    tokens = tokenise_sentences(text, sentences)
    quotations = find_quotations(text, sentences, is_supported=is_supported, tokens=tokens)
    entities, mentions = (
        find_entities(text, sentences, quotations, tokens=tokens, names=names) if is_supported else ((), ())
    )
    quantities = find_quantities(text, sentences, published=published, tokens=tokens, language=language)
    return ArticleAnalysis(
        text=text,
        language=language,
        is_supported=is_supported,
        paragraphs=paragraphs,
        sentences=sentences,
        quotations=with_speakers(quotations, entities, mentions, text),
        quantities=quantities,
        entities=entities,
        mentions=mentions,
    )
