"""Gathers the pairs of a story into claims, so that one claim is one row however many outlets carry it.

Average-link agglomeration over sentences, strongest pair first: a chain of half-similar sentences does not grow
into one claim that says everything. The result depends on scores and positions only, never on the order of the
input. Claims that people decided about are there from the start: they grow like others, never into one another, and
never by what a person took out of them. What people took from one another meets in no claim.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from .alignment import Pair

AVERAGE = 0.6
# One outlet may say a thing in its headline, its lead and once more below.
MOST_PER_ARTICLE = 3
# A pair this strong is shown even when both its sides already belong to other claims.
SECOND_HOME = 0.6


# Sentences by article.
type Units = dict[int, set[int]]
# For a proposition those that it must not stand with, both ways round.
type Apart = Mapping[int, Set[int]]


class Seed(NamedTuple):
    """A claim that people know, by ``key``: the propositions it starts from and those it must not take in."""

    key: int
    nodes: frozenset[int]
    barred: frozenset[int] = frozenset()


class Cluster(NamedTuple):
    """Propositions, sorted, that are one claim; ``key`` is its seed's, None for a claim of the machine alone.

    ``guests`` are those that belong to another claim more.
    """

    nodes: tuple[int, ...]
    key: int | None = None
    guests: frozenset[int] = frozenset()


def cluster_pairs(
    pairs: Sequence[Pair],
    unit_of: Mapping[int, int],
    article_of: Mapping[int, int],
    scores: Mapping[tuple[int, int], float],
    seeds: Sequence[Seed] = (),
    apart: Apart | None = None,
) -> tuple[Cluster, ...]:
    """Clusters from kept pairs, in the order of their first member: of two propositions and more, or of a seed.

    ``unit_of`` gives a proposition's sentence, ``article_of`` its article, ``scores`` the score of two sentences. A
    proposition in two seeds starts with the first. Within a seed nothing is parted: that is a person's word too.
    """
    return _Clustering(pairs, unit_of, article_of, scores, seeds, apart or {}).result()


def are_apart(one: Set[int], two: Set[int], apart: Apart) -> bool:
    """Whether some proposition of the one must not stand with some proposition of the other.

    >>> are_apart({1, 2}, {3}, {2: {3}, 3: {2}}), are_apart({1}, {3}, {2: {3}, 3: {2}})
    (True, False)
    """
    return any(not apart[node].isdisjoint(two) for node in one if node in apart)


class _Clustering:
    def __init__(
        self,
        pairs: Sequence[Pair],
        unit_of: Mapping[int, int],
        article_of: Mapping[int, int],
        scores: Mapping[tuple[int, int], float],
        seeds: Sequence[Seed],
        apart: Apart,
    ) -> None:
        self.pairs, self.unit_of, self.article_of, self.apart = pairs, unit_of, article_of, apart
        # Looked up for every two sentences of every two clusters: one dictionary a sentence is the fastest form.
        self.scores: dict[int, dict[int, float]] = defaultdict(dict)
        for (one, two), score in scores.items():
            self.scores[one][two] = self.scores[two][one] = score
        self.root: dict[int, int] = {}
        self.members: dict[int, set[int]] = {}
        # By root the sentences of its members, by article.
        self.units: dict[int, Units] = {}
        # By root: the seed that a cluster grew from.
        self.seed: dict[int, Seed] = {}
        for seed in seeds:
            nodes = {node for node in seed.nodes if node not in self.root}
            if nodes:
                first = min(nodes)
                self.root.update(dict.fromkeys(nodes, first))
                self.members[first] = nodes
                self.units[first] = self._units_by_article(nodes)
                self.seed[first] = seed

    def result(self) -> tuple[Cluster, ...]:
        for pair in sorted(self.pairs, key=lambda p: (-p.score, p.left, p.right)):
            for node in (pair.left, pair.right):
                if node not in self.root:
                    self.root[node] = node
                    self.members[node] = {node}
                    self.units[node] = self._units_by_article({node})
            one, two = self.root[pair.left], self.root[pair.right]
            if one != two and self._may_join(one, two):
                self._join(one, two)
        homes = {root: set(nodes) for root, nodes in self.members.items()}
        for pair in self.pairs:
            one, two = self.root[pair.left], self.root[pair.right]
            if one == two or pair.score < SECOND_HOME:
                continue
            # Each side belongs elsewhere more; the pair then stands in the first of the two homes as well.
            for node, home in ((pair.left, two), (pair.right, one)):
                if (
                    self.unit_of[node] not in {self.unit_of[n] for n in homes[home]}
                    and not self._is_barred({node}, home)
                    and not are_apart({node}, homes[home], self.apart)
                    and self._is_close(self._units_by_article({node}), self._units_by_article(homes[home]))
                ):
                    homes[home].add(node)
                    break
        found = {
            Cluster(
                tuple(sorted(nodes)),
                self.seed[root].key if root in self.seed else None,
                frozenset(nodes - self.members[root]),
            )
            for root, nodes in homes.items()
            if len(nodes) > 1 or root in self.seed
        }
        return tuple(sorted(found, key=lambda c: (c.nodes, c.key is not None, c.key or 0, sorted(c.guests))))

    def _join(self, one: int, two: int) -> None:
        keep, drop = min(one, two), max(one, two)
        self.members[keep] |= self.members[drop]
        for node in self.members.pop(drop):
            self.root[node] = keep
        for article, units in self.units.pop(drop).items():
            self.units[keep].setdefault(article, set()).update(units)
        if drop in self.seed:
            self.seed[keep] = self.seed.pop(drop)

    def _may_join(self, one: int, two: int) -> bool:
        if one in self.seed and two in self.seed:
            return False
        if self._is_barred(self.members[two], one) or self._is_barred(self.members[one], two):
            return False
        if are_apart(self.members[one], self.members[two], self.apart):
            return False
        return self._is_close(self.units[one], self.units[two])

    def _is_barred(self, nodes: set[int], root: int) -> bool:
        return root in self.seed and bool(nodes & self.seed[root].barred)

    def _is_close(self, one: Units, two: Units) -> bool:
        if any(len(one[article] | two[article]) > MOST_PER_ARTICLE for article in one.keys() & two.keys()):
            return False
        total = count = 0.0
        for article_a, units_a in one.items():
            for a in units_a:
                known = self.scores[a]
                for article_b, units_b in two.items():
                    for b in units_b:
                        # Two sentences of one article were not compared; they neither join nor part.
                        if article_a == article_b and a != b:
                            continue
                        total += 1.0 if a == b else known.get(b, 0.0)
                        count += 1
        return count > 0 and total / count >= AVERAGE

    def _units_by_article(self, nodes: set[int]) -> Units:
        found: Units = {}
        for node in nodes:
            found.setdefault(self.article_of[node], set()).add(self.unit_of[node])
        return found
