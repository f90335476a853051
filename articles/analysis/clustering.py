"""Gathers the pairs of a story into claims, so that one claim is one row however many outlets carry it.

Average-link agglomeration over sentences, strongest pair first: a chain of half-similar sentences does not grow
into one claim that says everything. The result depends on scores and positions only, never on the order of the
input.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from .alignment import Pair

AVERAGE = 0.34
# One outlet may say a thing in its headline, its lead and once more below.
MOST_PER_ARTICLE = 3
# A pair this strong is shown even when both its sides already belong to other claims.
SECOND_HOME = 0.4


def cluster_pairs(
    pairs: Sequence[Pair],
    unit_of: Mapping[int, int],
    article_of: Mapping[int, int],
    scores: Mapping[tuple[int, int], float],
) -> tuple[tuple[int, ...], ...]:
    """Clusters of propositions from kept pairs, each sorted, in the order of their first member.

    ``unit_of`` gives a proposition's sentence, ``article_of`` its article, ``scores`` the score of two sentences.
    """
    cluster_of: dict[int, int] = {}
    members: dict[int, set[int]] = {}
    for pair in sorted(pairs, key=lambda p: (-p.score, p.left, p.right)):
        for node in (pair.left, pair.right):
            if node not in cluster_of:
                cluster_of[node] = node
                members[node] = {node}
        one, two = cluster_of[pair.left], cluster_of[pair.right]
        if one == two or not _may_join(members[one], members[two], unit_of, article_of, scores):
            continue
        keep, drop = min(one, two), max(one, two)
        members[keep] |= members[drop]
        for node in members.pop(drop):
            cluster_of[node] = keep
    homes = {root: set(nodes) for root, nodes in members.items()}
    for pair in pairs:
        one, two = cluster_of[pair.left], cluster_of[pair.right]
        if one == two or pair.score < SECOND_HOME:
            continue
        # Each side belongs elsewhere more; the pair then stands in the first of the two homes as well.
        for node, home in ((pair.left, two), (pair.right, one)):
            if unit_of[node] not in {unit_of[n] for n in homes[home]} and _may_join(
                {node}, homes[home], unit_of, article_of, scores
            ):
                homes[home].add(node)
                break
    return tuple(sorted({tuple(sorted(nodes)) for nodes in homes.values() if len(nodes) > 1}))


def _may_join(
    one: set[int],
    two: set[int],
    unit_of: Mapping[int, int],
    article_of: Mapping[int, int],
    scores: Mapping[tuple[int, int], float],
) -> bool:
    units_by_article: dict[int, set[int]] = defaultdict(set)
    for node in one | two:
        units_by_article[article_of[node]].add(unit_of[node])
    if any(len(units) > MOST_PER_ARTICLE for units in units_by_article.values()):
        return False
    total = count = 0.0
    for a in {unit_of[node] for node in one}:
        for b in {unit_of[node] for node in two}:
            if a == b:
                total += 1.0
                count += 1
            else:
                # Two sentences of one article were not compared; they neither join nor part.
                score = scores.get((min(a, b), max(a, b)))
                if score is not None:
                    total += score
                    count += 1
                elif article_of_unit(a, one, unit_of, article_of) != article_of_unit(b, two, unit_of, article_of):
                    count += 1
    return count > 0 and total / count >= AVERAGE


def article_of_unit(unit: int, nodes: set[int], unit_of: Mapping[int, int], article_of: Mapping[int, int]) -> int:
    """The article in which a sentence stands, found through one of its propositions."""
    return next(article_of[node] for node in sorted(nodes) if unit_of[node] == unit)
