"""Who is who by people's word, in the terms of the comparison that has to honour it.

A name as the machine finds it leads to an entity; people merge, split, rename and add names, so some names lead to an
entity that somebody decided about, and the comparison is told so. A mention that a person gave to somebody else, and a
speaker whom the text itself does not name, become entities of the article of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from articles.analysis import types as found
from articles.analysis.text import fold
from articles.models import Appearance, ArticleVersion, Entity, EntityKey, Mention


@dataclass(slots=True)
class KnownNames:
    """The analyses by article, with the entities that people made; and which entity row some of the entities are."""

    analyses: dict[int, found.ArticleAnalysis]
    identities: list[found.DecidedIdentity] = field(default_factory=list)
    # For each article the index in its ``entities`` under the key of an entity row.
    local: dict[int, dict[int, int]] = field(default_factory=dict)

    def index_of(self, article: int, row: Entity) -> int:
        """The number of ``row`` among the article's entities, which gains it when it is not there."""
        known = self.local[article]
        if row.pk not in known:
            analysis = self.analyses[article]
            entity = found.Entity(row.name, row.kind)  # type: ignore[arg-type]  # the column holds EntityKind alone
            self.analyses[article] = replace(analysis, entities=(*analysis.entities, entity))
            known[row.pk] = len(analysis.entities)
            self.identities.append(found.DecidedIdentity(article, known[row.pk], row.pk))
        return known[row.pk]


def with_known_names(
    analyses: Mapping[int, found.ArticleAnalysis], versions: Mapping[int, ArticleVersion]
) -> KnownNames:
    """``analyses``, by article, with what people decided about the names in them."""
    known = KnownNames(dict(analyses), local={article: {} for article in analyses})
    _recognise(known)
    _reassign(known, versions)
    spoken = Appearance.objects.filter(version__in=versions.values(), edited__contains=["speaker"])
    for row in spoken.exclude(speaker=None).select_related("speaker", "version"):
        assert row.speaker is not None
        known.index_of(row.version.article_id, row.speaker)
    return known


def _recognise(known: KnownNames) -> None:
    """Finds the entities behind the names of every article, and tells those that people decided about."""
    names = {fold(entity.name)[:200] for analysis in known.analyses.values() for entity in analysis.entities}
    keys = EntityKey.objects.filter(folded_name__in=names).select_related("entity")
    entity_of = {(key.folded_name, key.kind): key.entity for key in keys}
    for article, analysis in known.analyses.items():
        for index, entity in enumerate(analysis.entities):
            row = entity_of.get((fold(entity.name)[:200], entity.kind))
            if row is None:
                continue
            known.local[article].setdefault(row.pk, index)
            if row.revision:
                known.identities.append(found.DecidedIdentity(article, index, row.pk))


def _reassign(known: KnownNames, versions: Mapping[int, ArticleVersion]) -> None:
    """Gives the mentions that people told apart, and the speakers who stand there, to whom they said."""
    decided = Mention.objects.filter(version__in=versions.values(), is_decided=True).select_related("entity", "version")
    given: dict[int, dict[found.Span, int]] = {}
    for mention in decided:
        article = mention.version.article_id
        span = found.Span(mention.start, mention.end)
        given.setdefault(article, {})[span] = known.index_of(article, mention.entity)
    for article, spans in given.items():
        analysis = known.analyses[article]
        known.analyses[article] = replace(
            analysis,
            mentions=tuple(
                replace(mention, entity=spans.get(mention.span, mention.entity)) for mention in analysis.mentions
            ),
            quotations=tuple(
                replace(quotation, entity=_spoken_by(quotation, spans)) for quotation in analysis.quotations
            ),
        )


def _spoken_by(quotation: found.Quotation, spans: Mapping[found.Span, int]) -> int | None:
    speaker = quotation.speaker
    named = (entity for span, entity in spans.items() if speaker is not None and speaker.contains(span))
    return next(named, quotation.entity)
