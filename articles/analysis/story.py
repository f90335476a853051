"""Compares all the articles of a story in one pure call.

The result does not depend on the order in which the articles were given: they are put into an order of their content
first, and every later choice between equals is made by position in that order. What people decided comes first: the
machine gathers only what they left open.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from hashlib import sha256

from .alignment import METHOD, Comparison, Pair, compare_units
from .appearances import Place, make_appearance, make_side
from .claims import Proposition, find_propositions, proposition_at
from .clustering import Cluster, Seed, are_apart, cluster_pairs
from .compared import make_units
from .decided import (
    DecidedStances,
    Reading,
    Where,
    find_again,
    find_apart,
    read_decisions,
    shares_half,
    without_not_shared,
)
from .divergences import find_divergences
from .origins import group_appearances, group_articles
from .people import merge_entities
from .shared_copy import FEWEST_GRAMS, Passage, copy_grams, find_shared, masked_spans, prepare_copy
from .statements import brevity, statement_of
from .types import Claim, Decisions, SharedPassage, Span, StoryAnalysis, StoryArticle

# The method of an appearance that a person put into its claim.
DECIDED_METHOD = "decided"
_NOTHING_DECIDED = Decisions()


def compare_story(articles: Sequence[StoryArticle], decisions: Decisions = _NOTHING_DECIDED) -> StoryAnalysis:
    """What the articles of one story share and where they part, as far as people have not decided it already.

    >>> compare_story(())
    StoryAnalysis(entities=(), claims=(), shared=(), origin_groups=())
    """
    return _Story(sorted(articles, key=_content_key), decisions).analysis()


def _content_key(article: StoryArticle) -> tuple[str, str, str, str]:
    text = sha256(article.analysis.text.encode("utf-8", "surrogatepass")).hexdigest()
    return text, article.outlet, article.byline, str(article.published_at)


class _Story:
    def __init__(self, articles: Sequence[StoryArticle], decisions: Decisions) -> None:
        self.articles = articles
        self.index_of = {article.key: index for index, article in enumerate(articles)}
        self.entities = merge_entities([(a.key, a.analysis) for a in articles], decisions.identities)
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
        self.compared = make_units(
            rows,
            frozenset(headlines),
            {(self.index_of[key], local): n for (key, local), n in self.entity_of.items()},
        )
        self.units = self.compared.units
        self.unit_of = {number: n for n, unit in enumerate(self.units) for number in unit.propositions}
        self.readings = read_decisions(decisions, articles, self.propositions, self.article_of)
        self.reading_of = {reading.key: reading for reading in self.readings}
        self.apart = find_apart(decisions, articles, self.propositions, self.article_of)
        self.stances = DecidedStances(decisions, articles)
        # Passages that stand, by a person's word, in a claim: nothing of them is repeated elsewhere.
        self.confirmed: dict[int, set[Span]] = defaultdict(set)
        for reading in self.readings:
            for index, span in reading.taking:
                self.confirmed[index].add(span)
        self.absorbed = frozenset(n for reading in self.readings for n in reading.absorbed)
        self.copies = [prepare_copy(a.analysis.text, masked_spans(a.analysis)) for a in articles]
        self.passages = self._shared_passages(decisions)
        self.shared = tuple(
            SharedPassage(articles[i].key, p.left, articles[j].key, p.right, p.tokens, p.band)
            for (i, j), passages in sorted(self.passages.items())
            for p in passages
        )
        self.pairs_of: dict[int, list[Pair]] = defaultdict(list)
        # Article and span of the passages that make more than one claim.
        self.at_home_twice: set[tuple[int, Span]] = set()

    def analysis(self) -> StoryAnalysis:
        comparison = compare_units(self.compared)
        for pair in comparison.pairs:
            self.pairs_of[pair.left].append(pair)
            self.pairs_of[pair.right].append(pair)
        clusters = self._clusters(comparison)
        possible = self._possible(clusters, comparison)
        homes = Counter(node for cluster in clusters for node in cluster.nodes)
        several = [node for node, count in homes.items() if count > 1]
        self.at_home_twice = {(self.article_of[node], self.propositions[node].span) for node in several}
        groups = group_articles(self.articles, self.copies, self.passages)
        claims = [self._claim(c, possible.get(n, ()), groups) for n, c in enumerate(clusters)]
        claims.sort(key=lambda claim: (self._position(claim), claim.statement, claim.key is not None, claim.key or 0))
        origin_groups = tuple(tuple(sorted(self.articles[n].key for n in members)) for members, _ in groups)
        return StoryAnalysis(self.entities, tuple(claims), self.shared, tuple(sorted(origin_groups)))

    def _clusters(self, comparison: Comparison) -> list[Cluster]:
        """Every claim of the story as the propositions it rests on; a passage without company is a claim of its own."""
        live = [pair for pair in comparison.pairs if pair.band == "suggested"]

        def gathered(seeds: Sequence[Seed], apart: Mapping[int, Set[int]] | None = None) -> list[Cluster]:
            found = list(cluster_pairs(live, self.unit_of, self.article_of, comparison.scores, seeds, apart))
            taken = {node for cluster in found for node in cluster.nodes}
            return found + [Cluster((n,)) for n in range(len(self.propositions)) if n not in taken]

        natural = gathered(())
        if not self.readings:
            return self._with_heads(gathered((), self.apart) if self.apart else natural)
        anchors = find_again(
            self.readings,
            natural,
            self.propositions,
            self.article_of,
        )
        seeds = [Seed(key, nodes, self._barred(key, nodes)) for key, nodes in sorted(anchors.items())]
        clusters = self._with_heads(self._without_absorbed(gathered(seeds, self.apart)))
        # A claim whose propositions all started in another decided claim still stands where it was confirmed.
        here = {cluster.key for cluster in clusters}
        clusters += [
            Cluster(tuple(sorted(anchors.get(r.key, ()))), r.key)
            for r in self.readings
            if r.key not in here and (r.confirmed or r.key in anchors)
        ]
        return clusters

    def _barred(self, key: int, nodes: Iterable[int]) -> frozenset[int]:
        """What a claim must not grow by: what people took out of it, or from a passage that they put into it."""
        reading = self.reading_of[key]
        parted = {other for node in reading.absorbed for other in self.apart.get(node, ())}
        return reading.barred | (parted - set(nodes))

    def _without_absorbed(self, clusters: Sequence[Cluster]) -> list[Cluster]:
        """The clusters without passages that a person put into another claim, except where they stood already.

        Saying that a passage states one claim does not say that it states no other: it stays in the company it had.
        What the machine newly gathers around it follows it.
        """
        kept: list[tuple[set[int], int | None]] = []
        following: dict[int, set[int]] = defaultdict(set)
        grown = {cluster.key: set(cluster.nodes) for cluster in clusters if cluster.key is not None}
        for cluster in clusters:
            nodes = set(cluster.nodes)
            own = self.reading_of[cluster.key].absorbed if cluster.key is not None else frozenset()
            strangers = {n for n in nodes & self.absorbed - own if not self._stood_here(n, cluster)}
            nodes -= strangers
            homes = sorted(r.key for r in self.readings if strangers & r.absorbed)
            if cluster.key is None and homes and nodes:
                # Its passages are like one that people know: they are suggested where that stands.
                home = self.reading_of[homes[0]]
                joining = nodes - home.barred - self.absorbed
                there = home.absorbed | grown.get(homes[0], set()) | following[homes[0]]
                joining = {n for n in joining if not are_apart({n}, there, self.apart)}
                following[homes[0]] |= joining
                nodes -= joining
            kept.append((nodes, cluster.key))
        found = [
            Cluster(tuple(sorted(nodes | following.pop(key, set()) if key is not None else nodes)), key)
            for nodes, key in kept
            if key is not None or nodes - self.absorbed
        ]
        # The claim that some follow may stand on confirmed passages alone.
        return found + [Cluster(tuple(sorted(nodes)), key) for key, nodes in sorted(following.items()) if nodes]

    def _stood_here(self, node: int, cluster: Cluster) -> bool:
        """Whether a passage that people put elsewhere stood in the claim of ``cluster`` before."""
        if cluster.key is None:
            return any(node in r.absorbed and r.company & frozenset(cluster.nodes) for r in self.readings)
        article, span = self.article_of[node], self.propositions[node].span
        reading = self.reading_of[cluster.key]
        return node not in reading.barred and any(a == article and shares_half(s, span) for a, s in reading.former)

    def _with_heads(self, clusters: Sequence[Cluster]) -> list[Cluster]:
        """A fragment that no other article shares states nothing of its own: it belongs to the part it hangs on."""
        home = {node: n for n, cluster in reversed(list(enumerate(clusters))) for node in cluster.nodes}
        added: dict[int, list[int]] = defaultdict(list)
        gone = set()
        for n, cluster in enumerate(clusters):
            node = cluster.nodes[0]
            if len(cluster.nodes) > 1 or cluster.key is not None or self.propositions[node].kind != "fragment":
                continue
            parts = self.units[self.unit_of[node]].propositions
            before = [p for p in parts if p < node and self.propositions[p].kind != "fragment"]
            if not before or before[-1] not in home or before[-1] in self.absorbed:
                continue
            if not are_apart({node}, set(clusters[home[before[-1]]].nodes), self.apart):
                added[home[before[-1]]].append(node)
                gone.add(n)
        return [
            Cluster(tuple(sorted((*cluster.nodes, *added[n]))), cluster.key) if n in added else cluster
            for n, cluster in enumerate(clusters)
            if n not in gone
        ]

    def _possible(self, clusters: Sequence[Cluster], comparison: Comparison) -> dict[int, list[Pair]]:
        """For each cluster the pairs that put a passage of a silent article up as a question, the best an article."""
        homes: dict[int, list[int]] = defaultdict(list)
        speaking, members = [], []
        for number, cluster in enumerate(clusters):
            reading = self.reading_of.get(cluster.key) if cluster.key is not None else None
            nodes = {*cluster.nodes, *(reading.known if reading else ())}
            for node in nodes:
                homes[node].append(number)
            members.append(nodes)
            speaking.append(
                {self.article_of[n] for n in nodes} | {a for a, _ in (reading.confirmed if reading else ())}
            )
        best: dict[tuple[int, int], Pair] = {}
        for pair in comparison.pairs:
            for node, asked in ((pair.left, pair.right), (pair.right, pair.left)):
                if asked in self.absorbed:
                    continue
                for number in homes[node]:
                    article = self.article_of[asked]
                    known = best.get((number, article))
                    if article in speaking[number] or (known is not None and pair.score <= known.score):
                        continue
                    if are_apart({asked}, members[number], self.apart):
                        continue
                    key = clusters[number].key
                    if key is None or asked not in self.reading_of[key].barred:
                        best[number, article] = pair
        found: dict[int, list[Pair]] = defaultdict(list)
        for (number, _), pair in sorted(best.items()):
            found[number].append(pair)
        return found

    def _position(self, claim: Claim) -> tuple[float, int, int]:
        first = claim.appearances[0]
        index = self.index_of[first.article]
        length = len(self.articles[index].analysis.text) or 1
        return first.span.start / length, index, first.span.start

    def _claim(
        self, cluster: Cluster, possible: Sequence[Pair], groups: Sequence[tuple[tuple[int, ...], str]]
    ) -> Claim:
        reading = self.reading_of.get(cluster.key) if cluster.key is not None else None
        places = self._places(cluster, reading)
        asked = self._asked(cluster, possible, reading)
        articles = [self.articles[place.article] for place in (*places, *asked)]
        appearances = tuple(
            make_appearance(place, article, self.entity_of)
            for place, article in zip((*places, *asked), articles, strict=True)
        )
        sides = [make_side(n, place, articles[n], self.entity_of) for n, place in enumerate(places)]
        origins, reasons = group_appearances(
            appearances, [p.article for p in (*places, *asked)], [p.proposition.context for p in (*places, *asked)],
            self.articles, groups, self.shared,
            reading.same_origin if reading else frozenset(), reading.own_origin if reading else frozenset(),
        )  # fmt: skip
        return Claim(
            self._statement(places), appearances, find_divergences(sides), origins, reasons,
            max(place.proposition.worth for place in places), cluster.key,
        )  # fmt: skip

    def _places(self, cluster: Cluster, reading: Reading | None) -> list[Place]:
        """Where the claim stands, in order: what a person put there and what the comparison gathered."""
        members = set(cluster.nodes)
        own = reading.absorbed if reading else frozenset()
        best: dict[int, Pair] = {}
        for number in members:
            for pair in self.pairs_of[number]:
                if (
                    pair.left in members
                    and pair.right in members
                    and (number not in best or pair.score > best[number].score)
                ):
                    best[number] = pair
        places = [self._decided_place(*where) for where in (reading.confirmed if reading else ())]
        places += [
            replace(self._decided_place(*where), score=best[number].score, method=best[number].method)
            for where, number in self._cut_elsewhere(members - own)
            if number in best
        ]
        is_alone = len({self.unit_of[n] for n in members}) == 1 and not places
        units: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number in sorted(members - own):
            # Put into another claim as well: the passage stands as the person cut it.
            if number not in self.absorbed:
                units[self.article_of[number], self.unit_of[number]].append(number)
        for (article, _), numbers in units.items():
            for together in self._runs(article, numbers, reading):
                lead = max(together, key=lambda n: (best[n].score if n in best else 0.0, -n))
                close = best.get(lead)
                score, method = (close.score, close.method) if close else (0.0, METHOD)
                span = self._hull(together)
                places.append(self._place(lead, span, *((1.0, "alone") if is_alone else (score, method))))
        return sorted(places, key=lambda place: (place.article, place.span))

    def _cut_elsewhere(self, numbers: Set[int]) -> list[tuple[Where, int]]:
        """Those of some propositions that people put into another claim, each with the passage as they cut it."""
        found: dict[int, Where] = {}
        for reading in self.readings:
            for article, span in reading.confirmed:
                for number in sorted(numbers & reading.absorbed):
                    if self.article_of[number] == article and shares_half(self.propositions[number].span, span):
                        found.setdefault(number, (article, span))
        return sorted({where: number for number, where in found.items()}.items())

    def _hull(self, numbers: Sequence[int]) -> Span:
        return Span(
            min(self.propositions[n].span.start for n in numbers), max(self.propositions[n].span.end for n in numbers)
        )

    def _runs(self, article: int, numbers: list[int], reading: Reading | None) -> list[list[int]]:
        """The propositions of one sentence as one passage, unless that would swallow what a person decided about."""
        hull = self._hull(numbers)
        is_free = not any(shares_half(span, hull) for span in self.confirmed.get(article, ()))
        if len(numbers) == 1 or (is_free and not (reading and reading.bars(article, hull))):
            return [numbers]
        return [[number] for number in numbers]

    def _asked(self, cluster: Cluster, possible: Sequence[Pair], reading: Reading | None) -> list[Place]:
        members = {*cluster.nodes, *(reading.known if reading else ())}
        places = [
            replace(self._decided_place(*where), band="possible") for where in (reading.unsure if reading else ())
        ]
        for pair in possible:
            asked = pair.right if pair.left in members else pair.left
            place = self._place(asked, self.propositions[asked].span, pair.score, pair.method)
            places.append(replace(place, band="possible"))
        return places

    def _place(self, lead: int, span: Span, score: float, method: str) -> Place:
        article, unit = self.article_of[lead], self.units[self.unit_of[lead]]
        numbers = unit.propositions
        said = {q: None for n in numbers for q in self.propositions[n].quotations if q.span.overlaps(span)}
        counted = {q: None for n in numbers for q in self.propositions[n].quantities if q.span.overlaps(span)}
        proposition = self.propositions[lead]
        proposition = replace(proposition, stance=self.stances.applied(article, span, proposition.stance))
        return Place(article, span, proposition, tuple(said), tuple(counted), unit.is_headline, score, method)

    def _decided_place(self, article: int, span: Span) -> Place:
        analysis = self.articles[article].analysis
        proposition = proposition_at(analysis, span)
        proposition = replace(proposition, stance=self.stances.applied(article, span, proposition.stance))
        is_headline = bool(analysis.sentences) and analysis.sentences[proposition.sentence].kind == "headline"
        return Place(
            article, span, proposition, proposition.quotations, proposition.quantities, is_headline, 1.0,
            DECIDED_METHOD,
        )  # fmt: skip

    def _statement(self, places: Sequence[Place]) -> str:
        """The claim in the words of the passage that says it shortest, is no headline and makes no other claim.

        Two claims in the same words could not be told apart.
        """

        def length(place: Place) -> tuple[bool, bool, bool, bool, int]:
            span = place.proposition.span
            is_elsewhere = (place.article, span) in self.at_home_twice
            said = self.articles[place.article].analysis.text[span.start : span.end]
            return place.is_headline, is_elsewhere, place.proposition.kind != "clause", *brevity(said)

        lead = min(places, key=length)
        proposition = lead.proposition
        span = lead.span if len(places) == 1 else proposition.span
        return statement_of(self.articles[lead.article].analysis.text, span, proposition.context, proposition.kind)

    def _shared_passages(self, decisions: Decisions) -> dict[tuple[int, int], tuple[Passage, ...]]:
        """The passages of every two articles that have any; those without common grams are not looked at."""
        grams = [copy_grams(copy) for copy in self.copies]
        found = {}
        for i, left in enumerate(self.copies):
            for j in range(i + 1, len(self.copies)):
                if len(grams[i] & grams[j]) < FEWEST_GRAMS:
                    continue
                passages = without_not_shared(
                    find_shared(left, self.copies[j]), self.articles[i].key, self.articles[j].key,
                    decisions.not_shared, lambda p: (p.left, p.right),
                )  # fmt: skip
                if passages:
                    found[i, j] = passages
        return found
