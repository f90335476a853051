"""Compares all the articles of a story in one pure call.

The result does not depend on the order in which the articles were given: they are put into an order of their content
first, and every later choice between equals is made by position in that order.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256

from .alignment import METHOD, Comparison, Pair, compare_units, make_units
from .claims import Proposition, find_propositions, statement_of
from .clustering import cluster_pairs
from .divergences import find_divergences
from .people import merge_entities
from .shared_copy import find_shared, prepare_copy
from .sides import Side
from .types import Appearance, Claim, Mention, SharedPassage, Span, StoryAnalysis, StoryArticle


def compare_story(articles: Sequence[StoryArticle]) -> StoryAnalysis:
    """What the articles of one story share and where they part.

    >>> compare_story(())
    StoryAnalysis(entities=(), claims=(), shared=(), origin_groups=())
    """
    return _Story(sorted(articles, key=_content_key)).analysis()


def _content_key(article: StoryArticle) -> tuple[str, str, str, str]:
    text = sha256(article.analysis.text.encode("utf-8", "surrogatepass")).hexdigest()
    return text, article.outlet, article.byline, str(article.published_at)


class _Story:
    def __init__(self, articles: Sequence[StoryArticle]) -> None:
        self.articles = articles
        self.entities = merge_entities([(a.key, a.analysis) for a in articles])
        self.entity_of = {member: n for n, entity in enumerate(self.entities) for member in entity.members}
        self.propositions: list[Proposition] = []
        self.article_of: dict[int, int] = {}
        rows = []
        headlines = set()
        for index, article in enumerate(articles):
            found = find_propositions(article.analysis)
            rows.append((article.analysis, found))
            for proposition in found:
                self.article_of[len(self.propositions)] = index
                self.propositions.append(proposition)
                if article.analysis.sentences[proposition.sentence].kind == "headline":
                    headlines.add((index, proposition.sentence))
        self.units, self.weights = make_units(rows, frozenset(headlines))
        self.unit_of = {number: n for n, unit in enumerate(self.units) for number in unit.propositions}

    def analysis(self) -> StoryAnalysis:
        comparison = compare_units(self.units, self.weights)
        live = [pair for pair in comparison.pairs if pair.band == "suggested"]
        clusters = cluster_pairs(live, self.unit_of, self.article_of, comparison.scores)
        claims = [self._claim(cluster, comparison) for cluster in clusters]
        claims += self._alone({n for cluster in clusters for n in cluster})
        claims.sort(key=lambda claim: (self._position(claim), claim.statement))
        shared = self._shared()
        return StoryAnalysis(self.entities, tuple(claims), shared, ())

    def _position(self, claim: Claim) -> tuple[float, int, int]:
        first = claim.appearances[0]
        index = next(n for n, article in enumerate(self.articles) if article.key == first.article)
        length = len(self.articles[index].analysis.text) or 1
        return first.span.start / length, index, first.span.start

    def _claim(self, cluster: Sequence[int], comparison: Comparison) -> Claim:
        spans: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number in cluster:
            spans[self.article_of[number], self.unit_of[number]].append(number)
        best: dict[int, Pair] = {}
        for pair in comparison.pairs:
            if pair.left in cluster and pair.right in cluster:
                for number in (pair.left, pair.right):
                    if number not in best or pair.score > best[number].score:
                        best[number] = pair
        appearances: list[Appearance] = []
        sides: list[Side] = []
        for (article, _), numbers in sorted(spans.items()):
            lead = max(numbers, key=lambda n: (best[n].score if n in best else 0.0, -n))
            start = min(self.propositions[n].span.start for n in numbers)
            end = max(self.propositions[n].span.end for n in numbers)
            score = best[lead].score if lead in best else 0.0
            method = best[lead].method if lead in best else METHOD
            appearance = self._appearance(lead, Span(start, end), score, method)
            sides.append(self._side(len(appearances), article, lead, appearance))
            appearances.append(appearance)
        lead = min(cluster, key=lambda n: (self.propositions[n].span.end - self.propositions[n].span.start, n))
        text = self.articles[self.article_of[lead]].analysis.text
        statement = statement_of(text, self.propositions[lead].span)
        worth = max(self.propositions[n].worth for n in cluster)
        return Claim(statement, tuple(appearances), find_divergences(sides), check_worthiness=worth)

    def _side(self, number: int, article: int, lead: int, appearance: Appearance) -> Side:
        source = self.articles[article]
        proposition = self.propositions[lead]
        analysis = source.analysis
        unit = self.units[self.unit_of[lead]]
        context, span = proposition.context, appearance.span
        numbers = unit.propositions
        said = {q: None for n in numbers for q in self.propositions[n].quotations if q.span.overlaps(span)}
        counted = {q: None for n in numbers for q in self.propositions[n].quantities if q.span.overlaps(span)}
        named = frozenset(
            self.entity_of[source.key, mention.entity]
            for mention in _touching(analysis.mentions, context)
            if (source.key, mention.entity) in self.entity_of
        )
        return Side(
            number, article, source.outlet, analysis, span, context, proposition.stance,
            tuple(said), tuple(counted), appearance.entity, named, appearance.score, unit.is_headline,
        )  # fmt: skip

    def _appearance(self, number: int, span: Span, score: float, method: str) -> Appearance:
        index = self.article_of[number]
        proposition = self.propositions[number]
        stance = proposition.stance
        key = self.articles[index].key
        entity = None if stance.entity is None else self.entity_of.get((key, stance.entity))
        return Appearance(
            article=key,
            span=span,
            band="suggested",
            score=score,
            method=method,
            speaker=stance.speaker,
            entity=entity,
            source_level=stance.source_level,
            certainty=stance.certainty,
            certainty_span=stance.certainty_span,
            polarity=stance.polarity,
            cue=stance.cue,
        )

    def _alone(self, taken: set[int]) -> list[Claim]:
        claims = []
        for number, proposition in enumerate(self.propositions):
            if number in taken:
                continue
            text = self.articles[self.article_of[number]].analysis.text
            appearance = self._appearance(number, proposition.span, 1.0, "alone")
            statement = statement_of(text, proposition.span)
            claims.append(Claim(statement, (appearance,), check_worthiness=proposition.worth))
        return claims

    def _shared(self) -> tuple[SharedPassage, ...]:
        copies = [
            prepare_copy(a.analysis.text, [q.span for q in a.analysis.quotations if q.kind != "indirect"])
            for a in self.articles
        ]
        found = []
        for i, left in enumerate(copies):
            for j in range(i + 1, len(copies)):
                for passage in find_shared(left, copies[j]):
                    found.append(
                        SharedPassage(
                            self.articles[i].key,
                            passage.left,
                            self.articles[j].key,
                            passage.right,
                            passage.tokens,
                            passage.band,
                        )
                    )
        return tuple(found)


def _touching(mentions: Sequence[Mention], span: Span) -> list[Mention]:
    """Mentions in a passage; they stand in text order."""
    first = bisect_left(mentions, span.start, key=lambda mention: mention.span.end)
    found = []
    for mention in mentions[first:]:
        if mention.span.start >= span.end:
            break
        if mention.span.end > span.start:
            found.append(mention)
    return found
