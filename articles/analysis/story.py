"""Compares all the articles of a story in one pure call.

The result does not depend on the order in which the articles were given: they are put into an order of their content
first, and every later choice between equals is made by position in that order.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from .alignment import METHOD, Comparison, Pair, compare_units, make_units
from .claims import Proposition, find_propositions, statement_of
from .clustering import cluster_pairs
from .divergences import find_divergences
from .origins import find_credit, group_appearances, group_articles
from .people import merge_entities
from .shared_copy import FEWEST_GRAMS, Copy, Passage, copy_grams, find_shared, prepare_copy
from .sides import Side
from .text import fold
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
        self.copies = [
            prepare_copy(a.analysis.text, [q.span for q in a.analysis.quotations if q.kind != "indirect"])
            for a in articles
        ]
        self.passages = _shared_passages(self.copies)
        self.shared = tuple(
            SharedPassage(articles[i].key, p.left, articles[j].key, p.right, p.tokens, p.band)
            for (i, j), passages in sorted(self.passages.items())
            for p in passages
        )
        self.pairs_of: dict[int, list[Pair]] = defaultdict(list)

    def analysis(self) -> StoryAnalysis:
        comparison = compare_units(self.units, self.weights)
        for pair in comparison.pairs:
            self.pairs_of[pair.left].append(pair)
            self.pairs_of[pair.right].append(pair)
        live = [pair for pair in comparison.pairs if pair.band == "suggested"]
        clusters = list(cluster_pairs(live, self.unit_of, self.article_of, comparison.scores))
        taken = {n for cluster in clusters for n in cluster}
        clusters += [(n,) for n in range(len(self.propositions)) if n not in taken]
        possible = self._possible(clusters, comparison)
        groups = group_articles(self.articles, self.copies, self.passages)
        claims = []
        for number, cluster in enumerate(clusters):
            claims.append(self._claim(cluster, possible.get(number, ()), comparison, groups))
        claims.sort(key=lambda claim: (self._position(claim), claim.statement))
        origin_groups = tuple(tuple(sorted(self.articles[n].key for n in members)) for members, _ in groups)
        return StoryAnalysis(self.entities, tuple(claims), self.shared, tuple(sorted(origin_groups)))

    def _possible(self, clusters: Sequence[Sequence[int]], comparison: Comparison) -> dict[int, list[Pair]]:
        """For each cluster the pairs that put a passage of a silent article up as a question, the best an article."""
        homes: dict[int, list[int]] = defaultdict(list)
        for number, cluster in enumerate(clusters):
            for node in cluster:
                homes[node].append(number)
        speaking = [{self.article_of[node] for node in cluster} for cluster in clusters]
        best: dict[tuple[int, int], Pair] = {}
        for pair in comparison.pairs:
            for node, asked in ((pair.left, pair.right), (pair.right, pair.left)):
                for number in homes[node]:
                    article = self.article_of[asked]
                    known = best.get((number, article))
                    if article not in speaking[number] and (known is None or pair.score > known.score):
                        best[number, article] = pair
        found: dict[int, list[Pair]] = defaultdict(list)
        for (number, _), pair in sorted(best.items()):
            found[number].append(pair)
        return found

    def _position(self, claim: Claim) -> tuple[float, int, int]:
        first = claim.appearances[0]
        index = next(n for n, article in enumerate(self.articles) if article.key == first.article)
        length = len(self.articles[index].analysis.text) or 1
        return first.span.start / length, index, first.span.start

    def _claim(
        self,
        cluster: Sequence[int],
        possible: Sequence[Pair],
        comparison: Comparison,
        groups: Sequence[tuple[tuple[int, ...], str]],
    ) -> Claim:
        members = set(cluster)
        units: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number in cluster:
            units[self.article_of[number], self.unit_of[number]].append(number)
        best: dict[int, Pair] = {}
        for number in cluster:
            for pair in self.pairs_of[number]:
                if (
                    pair.left in members
                    and pair.right in members
                    and (number not in best or pair.score > best[number].score)
                ):
                    best[number] = pair
        appearances: list[Appearance] = []
        sides: list[Side] = []
        contexts: list[Span] = []
        for (article, _), numbers in sorted(units.items()):
            lead = max(numbers, key=lambda n: (best[n].score if n in best else 0.0, -n))
            span = Span(
                min(self.propositions[n].span.start for n in numbers),
                max(self.propositions[n].span.end for n in numbers),
            )
            close = best.get(lead)
            if len(cluster) == 1:
                appearance = self._appearance(lead, span, 1.0, "alone")
            else:
                appearance = self._appearance(
                    lead, span, close.score if close else 0.0, close.method if close else METHOD
                )
            sides.append(self._side(len(appearances), article, lead, appearance))
            appearances.append(appearance)
            contexts.append(self.propositions[lead].context)
        divergences = find_divergences(sides)
        for pair in possible:
            asked = pair.right if pair.left in members else pair.left
            proposition = self.propositions[asked]
            appearances.append(
                replace(self._appearance(asked, proposition.span, pair.score, pair.method), band="possible")
            )
            contexts.append(proposition.context)
        by_key = {article.key: index for index, article in enumerate(self.articles)}
        origins, reasons = group_appearances(
            appearances, [by_key[a.article] for a in appearances], contexts, self.articles, groups, self.shared
        )
        return Claim(
            self._statement(cluster), tuple(appearances), divergences, origins, reasons,
            max(self.propositions[n].worth for n in cluster),
        )  # fmt: skip

    def _statement(self, cluster: Sequence[int]) -> str:
        """The claim in the words of the passage that says it shortest and is no headline, if there is one."""

        def length(number: int) -> tuple[bool, bool, int, int]:
            span = self.propositions[number].span
            words = self.articles[self.article_of[number]].analysis.text[span.start : span.end].split()
            is_headline = self.units[self.unit_of[number]].is_headline
            return is_headline, len(words) < 5, len(words), number

        lead = min(cluster, key=length)
        return statement_of(self.articles[self.article_of[lead]].analysis.text, self.propositions[lead].span)

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
            tuple(said), tuple(counted), appearance.entity, named, self._credit(article, context), appearance.score,
            unit.is_headline,
        )  # fmt: skip

    def _credit(self, article: int, context: Span) -> Span | None:
        """The other medium that the sentence credits; an outlet that credits itself has it first hand."""
        source = self.articles[article]
        span = find_credit(source.analysis.text, context, with_interviews=False)
        if span is None:
            return None
        name = fold(source.analysis.text[span.start : span.end]).split()
        return None if name[-1] in fold(source.outlet).split() else span

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


def _shared_passages(copies: Sequence[Copy]) -> dict[tuple[int, int], tuple[Passage, ...]]:
    """The passages of every two articles that have any; those without common grams are not looked at."""
    grams = [copy_grams(copy) for copy in copies]
    found = {}
    for i, left in enumerate(copies):
        for j in range(i + 1, len(copies)):
            if len(grams[i] & grams[j]) >= FEWEST_GRAMS:
                passages = find_shared(left, copies[j])
                if passages:
                    found[i, j] = passages
    return found


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
