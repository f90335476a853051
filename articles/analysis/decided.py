"""What people decided about claims, in the terms of the comparison that has to honour it.

A passage that a person put into a claim stands there with the boundaries they gave it, and the machine's propositions
under it are *absorbed*: they appear nowhere else. What a person took out of a claim is *barred* from it, and *apart*
from what stayed there. A claim that a person makes *beside* another takes nothing from it, and what the machine knows
of its passage only raises questions. Everything else is still the machine's to gather, but never across two claims that
people know apart.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from .claims import Proposition
from .clustering import Cluster
from .stance import Stance, source_level
from .types import ArticleAnalysis, DecidedStance, Decisions, Polarity, Span, StoryArticle

# A passage of an article, by the article's index in the story.
type Where = tuple[int, Span]
# The propositions of an article that a span stands for.
type Finder = Callable[[int, Span], Sequence[int]]


def shares_half(one: Span, two: Span) -> bool:
    """Whether two spans of one text have half of the shorter one in common: then a decision on one holds for both.

    >>> shares_half(Span(0, 10), Span(5, 30)), shares_half(Span(0, 10), Span(6, 30))
    (True, False)
    """
    common = shared_length(one, two)
    return common > 0 and 2 * common >= min(one.end - one.start, two.end - two.start)


def shared_length(one: Span, two: Span) -> int:
    """How many code points two spans of one text have in common.

    >>> shared_length(Span(0, 10), Span(6, 30))
    4
    """
    return max(0, min(one.end, two.end) - max(one.start, two.start))


@dataclass(frozen=True, slots=True)
class Reading:
    """One decided claim, its passages given by the index of the article and its propositions by their number."""

    key: int
    confirmed: tuple[Where, ...]
    # Those of its confirmed passages that stand in no other claim.
    taking: tuple[Where, ...]
    unsure: tuple[Where, ...]
    rejected: tuple[Where, ...]
    former: tuple[Where, ...]
    # Propositions under its confirmed passages.
    absorbed: frozenset[int]
    # Propositions that a person took out of it or could not tell about.
    barred: frozenset[int]
    same_origin: frozenset[tuple[int, int]]
    own_origin: frozenset[tuple[int, int]]
    # Propositions that a confirmed passage stands with in other claims.
    company: frozenset[int] = frozenset()
    # Propositions under its confirmed passages that another claim keeps.
    beside: frozenset[int] = frozenset()

    @property
    def known(self) -> frozenset[int]:
        """All propositions under its confirmed passages."""
        return self.absorbed | self.beside

    def bars(self, article: int, span: Span) -> bool:
        """Whether the machine may not put this passage forward here."""
        return any(a == article and shares_half(s, span) for a, s in (*self.rejected, *self.unsure, *self.confirmed))


def read_decisions(
    decisions: Decisions,
    articles: Sequence[StoryArticle],
    propositions: Sequence[Proposition],
    article_of: Mapping[int, int],
) -> tuple[Reading, ...]:
    """The decided claims by key. Passages of articles that are not in the story, or beyond their text, are left out.

    >>> read_decisions(Decisions(), (), (), {})
    ()
    """
    index = {article.key: n for n, article in enumerate(articles)}
    lengths = [len(article.analysis.text) for article in articles]
    find = proposition_finder(propositions, article_of)

    def passages(given: Collection[tuple[int, Span]]) -> tuple[Where, ...]:
        kept = {(index[key], span) for key, span in given if key in index}
        return tuple(sorted((a, s) for a, s in kept if 0 <= s.start < s.end <= lengths[a]))

    def pairs(given: Collection[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        known = ((index[a], index[b]) for a, b in given if a in index and b in index and a != b)
        return frozenset((min(pair), max(pair)) for pair in known)

    readings = []
    for claim in sorted(decisions.claims, key=lambda c: c.key):
        told = {
            word: passages([(a.article, a.span) for a in claim.appearances if a.decision == word])
            for word in ("confirmed", "unsure", "rejected")
        }
        shared = passages([(a.article, a.span) for a in claim.appearances if a.is_beside])
        absorbed = frozenset(n for where in told["confirmed"] if where not in shared for n in find(*where))
        beside = frozenset(n for where in shared for n in find(*where)) - absorbed
        unsure = tuple(where for where in told["unsure"] if not _is_among(where, told["confirmed"], told["rejected"]))
        stood_with = [where for a in claim.appearances if a.decision == "confirmed" for where in passages(a.company)]
        company = frozenset(n for where in stood_with for n in find(*where))
        barred = frozenset(n for where in (*told["rejected"], *unsure) for n in find(*where)) - absorbed
        # What it has beside another claim it has as the person cut it: the machine puts it here no second time.
        barred |= beside
        readings.append(
            Reading(
                key=claim.key,
                confirmed=told["confirmed"],
                taking=tuple(where for where in told["confirmed"] if where not in shared),
                unsure=unsure,
                rejected=told["rejected"],
                former=passages(claim.former),
                absorbed=absorbed,
                barred=barred,
                same_origin=pairs(claim.same_origin),
                own_origin=pairs(claim.own_origin),
                company=company,
                beside=beside,
            )
        )
    return tuple(readings)


def _is_among(where: Where, *told: Sequence[Where]) -> bool:
    return any(where[0] == article and shares_half(where[1], span) for list_ in told for article, span in list_)


def proposition_finder(propositions: Sequence[Proposition], article_of: Mapping[int, int]) -> Finder:
    """Looks up the propositions that a span of an article stands for: those that share half of the shorter one."""
    numbers: dict[int, list[int]] = defaultdict(list)
    for number in range(len(propositions)):
        numbers[article_of[number]].append(number)

    def find(article: int, span: Span) -> list[int]:
        own = numbers[article]
        at = bisect_right(own, span.start, key=lambda n: propositions[n].span.end)
        found = []
        while at < len(own) and propositions[own[at]].span.start < span.end:
            if shares_half(propositions[own[at]].span, span):
                found.append(own[at])
            at += 1
        return found

    return find


def find_apart(
    decisions: Decisions,
    articles: Sequence[StoryArticle],
    propositions: Sequence[Proposition],
    article_of: Mapping[int, int],
) -> dict[int, frozenset[int]]:
    """For each proposition those that people took it from, and that it must not meet again in any claim.

    >>> find_apart(Decisions(), (), (), {})
    {}
    """
    index = {article.key: n for n, article in enumerate(articles)}
    find = proposition_finder(propositions, article_of)
    apart: dict[int, set[int]] = defaultdict(set)
    for one, left, two, right in decisions.apart:
        if one in index and two in index:
            here, there = set(find(index[one], left)), set(find(index[two], right))
            # A proposition that both passages have a part of is parted from nothing.
            for a, b in product(here - there, there - here):
                apart[a].add(b)
                apart[b].add(a)
    return {node: frozenset(others) for node, others in apart.items()}


def find_again(
    readings: Sequence[Reading],
    clusters: Sequence[Cluster],
    propositions: Sequence[Proposition],
    article_of: Mapping[int, int],
) -> dict[int, frozenset[int]]:
    """For each claim the propositions it is found by, under its key.

    ``clusters`` are what the machine gathers when it is told nothing. The one with most of the passages that stood in
    a claim undecided is the claim, before the one with most of the confirmed ones: a passage that a person adds never
    drives out those that stood there. Between claims the one with more, then the lower key, comes first. A claim that
    comes away empty keeps its passages for itself, as far as nobody confirmed them elsewhere: two claims that people
    know apart never become one.
    """
    find = proposition_finder(propositions, article_of)
    confirmed = frozenset(n for reading in readings for n in reading.absorbed)
    clusters_of: dict[int, list[int]] = defaultdict(list)
    for number, cluster in enumerate(clusters):
        for node in cluster.nodes:
            clusters_of[node].append(number)
    held: dict[int, dict[int, int]] = {}
    # Those that stand on what people put there alone.
    alone: set[int] = set()
    offers: list[tuple[int, int, int, int]] = []
    for reading in readings:
        shared: dict[int, int] = defaultdict(int)
        for article, span in (*reading.confirmed, *reading.former):
            for node in find(article, span):
                if node in reading.beside:
                    continue
                if node in reading.absorbed or (node not in confirmed and node not in reading.barred):
                    shared[node] += shared_length(span, propositions[node].span)
        held[reading.key] = shared
        stood: dict[int, int] = defaultdict(int)
        added: dict[int, int] = defaultdict(int)
        for node, length in shared.items():
            for number in clusters_of[node]:
                (added if node in reading.absorbed else stood)[number] += length
        # A cluster in which an added passage has company is the claim where that stands: a word for this claim is none
        # against that one.
        theirs = {n for n in added if not stood.get(n) and reading.company & frozenset(clusters[n].nodes)}
        if theirs:
            alone.add(reading.key)
        for n in theirs:
            del added[n]
        offers += [(-stood[n], -added[n], reading.key, n) for n in {*stood, *added}]
    anchors: dict[int, frozenset[int]] = {}
    taken: set[int] = set()
    for *_, key, number in sorted(offers):
        anchor = frozenset(held[key]) & (frozenset(clusters[number].nodes) - clusters[number].guests)
        if anchor and key not in anchors and number not in taken:
            anchors[key] = anchor
            taken.add(number)
    for reading in readings:
        if reading.key not in anchors and held[reading.key] and reading.key not in alone:
            elsewhere = frozenset(n for nodes in anchors.values() for n in nodes)
            anchors[reading.key] = (frozenset(held[reading.key]) - elsewhere) or frozenset(held[reading.key])
    return anchors


class DecidedStances:
    """What people set about speakers and certainty, looked up by passage."""

    def __init__(self, decisions: Decisions, articles: Sequence[StoryArticle]) -> None:
        self._articles = articles
        index = {article.key: n for n, article in enumerate(articles)}
        self._stances: dict[int, list[DecidedStance]] = defaultdict(list)
        for stance in sorted(decisions.stances, key=repr):
            if stance.article in index:
                self._stances[index[stance.article]].append(stance)

    def applied(self, article: int, span: Span, stance: Stance) -> Stance:
        """``stance`` of the passage with what a person set in its place; the closest decision counts."""
        close = [s for s in self._stances.get(article, ()) if shares_half(s.span, span)]
        if not close:
            return stance
        best = max(close, key=lambda s: (shared_length(s.span, span), s.span.start - s.span.end))
        return _overridden(stance, best, self._articles[article].analysis, span)


def _overridden(stance: Stance, decided: DecidedStance, analysis: ArticleAnalysis, span: Span) -> Stance:
    if decided.entity is not None or decided.speaker is not None:
        stance = replace(stance, decided=stance.decided | {"speaker"})
    if decided.entity == -1:
        stance = replace(stance, speaker=None, entity=None, source_level="none", cue=None, cue_class=None)
    elif decided.entity is not None and 0 <= decided.entity < len(analysis.entities):
        speaker = decided.speaker
        if speaker is None:
            speaker = stance.speaker if stance.entity == decided.entity else _nearest(analysis, decided.entity, span)
        stance = replace(stance, entity=decided.entity, speaker=speaker, source_level="named")
    elif decided.speaker is not None:
        named = analysis.text[decided.speaker.start : decided.speaker.end]
        stance = replace(stance, entity=None, speaker=decided.speaker, source_level=source_level(named, is_named=False))
    if decided.source_level is not None:
        stance = replace(stance, source_level=decided.source_level)
    if decided.certainty is not None:
        stance = replace(stance, decided=stance.decided | {"certainty"})
    if decided.certainty is not None and decided.certainty != stance.certainty:
        polarity: Polarity = stance.polarity
        if decided.certainty != "Uu":
            polarity = "negative" if decided.certainty.endswith("-") else "positive"
        stance = replace(stance, certainty=decided.certainty, polarity=polarity)
    return stance


def _nearest(analysis: ArticleAnalysis, entity: int, span: Span) -> Span | None:
    """The mention of an entity that stands closest to a passage: what shows who a person meant."""
    own = [mention.span for mention in analysis.mentions if mention.entity == entity]
    return min(own, key=lambda at: (abs(at.start - span.start), at), default=None)


def without_not_shared[P](
    passages: Sequence[P],
    left: int,
    right: int,
    not_shared: Sequence[tuple[int, Span, int, Span]],
    spans: Callable[[P], tuple[Span, Span]],
) -> tuple[P, ...]:
    """The passages of two articles, by key, that nobody said are no shared copy."""
    told = [(a, b) for one, a, two, b in not_shared if (one, two) == (left, right)]
    told += [(b, a) for one, a, two, b in not_shared if (two, one) == (left, right)]
    if not told:
        return tuple(passages)
    return tuple(
        p for p in passages
        if not any(shares_half(spans(p)[0], a) and shares_half(spans(p)[1], b) for a, b in told)
    )  # fmt: skip
