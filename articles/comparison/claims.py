"""Stores claims, where they appear, how the appearances differ and which origins stand behind them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from articles.analysis import types as found
from articles.analysis.cells import variants
from articles.analysis.decided import shares_half
from articles.comparison import vanished
from articles.comparison.decided import Stood
from articles.comparison.rows import Kept
from articles.models import (
    Alignment,
    Appearance,
    Article,
    ArticleRole,
    ArticleVersion,
    Claim,
    ClaimState,
    Divergence,
    DivergenceDecision,
    DivergenceSide,
    Entity,
    Origin,
    Story,
)

type SpanKey = tuple[int, int, int]  # version, start, end


# What a comparison says of an appearance, and of a claim.
STANCE = [
    "speaker",
    "speaker_start",
    "speaker_end",
    "speaker_quote",
    "certainty",
    "certainty_start",
    "certainty_end",
    "certainty_quote",
    "source_level",
    "polarity",
]
STANDING = ["statement", "source_count", "independent_count", "position", "check_worthiness", "is_retired", "state"]


@dataclass(slots=True)
class _Former:
    """A claim of the last comparison and where it stood, for finding it again."""

    claim: Claim
    is_touched: bool
    # Of a claim that an earlier comparison did not find, only number and places are left; its row is made anew.
    has_vanished: bool
    spans: list[tuple[ArticleVersion, int, int, str]]


def store_claims(
    story: Story,
    result: found.StoryAnalysis,
    articles: Sequence[Article],
    versions: Mapping[int, ArticleVersion],
    entities: Sequence[Entity],
    stood: Stood,
) -> None:
    """Writes the claims of ``result``. A claim that is found again keeps row and number; numbers are never reused."""
    appearances = _store_appearances(result, versions, entities)
    drafts = sorted(result.claims, key=_place)
    former = _former_claims(story, stood)
    before = Kept([old.claim for old in former if not old.has_vanished], STANDING)
    kept = _match(drafts, former, versions)
    sources = {article.pk for article in articles if article.role == ArticleRole.SOURCE}
    outlets = {article.pk: article.outlet_id for article in articles}

    claims: list[Claim] = []
    for position, draft in enumerate(drafts):
        old = kept.get(position)
        claim = old.claim if old else Claim(story=story, number=0)
        # What people read when they wrote about a claim is not reworded under them.
        if not (old and old.is_touched):
            claim.statement = draft.statement
        live = [a for a in draft.appearances if a.band == "suggested" and a.article in sources]
        carriers = {outlets[a.article] for a in live}
        claim.source_count = len(carriers)
        claim.independent_count = min(
            len(carriers),
            sum(any(draft.appearances[i] in live for i in group) for group in draft.origins) or len(carriers),
        )
        claim.position = position
        claim.check_worthiness = draft.check_worthiness
        claim.is_retired = False
        claims.append(claim)
    _number(story, [claim for claim in claims if claim.pk is None])
    vanished.forget(story, [claim.number for claim in claims])
    here = {claim.pk for claim in claims}
    gone = [old for old in former if not old.has_vanished and old.claim.pk not in here]
    untouched = [old.claim for old in gone if not old.is_touched]
    vanished.remember(story, untouched)
    Claim.objects.filter(pk__in=[claim.pk for claim in untouched]).delete()
    for old in gone:
        old.claim.is_retired = True

    differing = _store_links(drafts, claims, appearances, versions)
    for claim in claims:
        if claim.source_count <= 1:
            claim.state = ClaimState.ONLY
        else:
            claim.state = ClaimState.DIFFERS if claim.pk in differing else ClaimState.AGREED
    before.save_changed()
    known = {old.claim.pk for old in former if not old.has_vanished}
    fresh = [claim for claim in claims if claim.pk not in known]
    Claim.objects.bulk_update(fresh, ["state"], batch_size=500)
    # An appearance that no claim puts forward any more is nothing, unless somebody made something of it.
    Appearance.objects.filter(
        version__article__story=story, alignments__isnull=True, revision=0, edited=[], created_by__isnull=True
    ).exclude(sides__divergence__decided_by__isnull=False).delete()


def _store_appearances(
    result: found.StoryAnalysis, versions: Mapping[int, ArticleVersion], entities: Sequence[Entity]
) -> dict[SpanKey, Appearance]:
    """One row for each span that puts something forward; a row that is there already keeps its identity."""
    kept = Kept(Appearance.objects.filter(version__in=versions.values()), STANCE)
    known = {(row.version_id, row.start, row.end): row for row in kept.rows}
    rows: dict[SpanKey, Appearance] = {}
    for draft in result.claims:
        for seen in draft.appearances:
            version = versions[seen.article]
            key = (version.pk, seen.span.start, seen.span.end)
            row = known.get(key) or Appearance(
                version=version,
                start=seen.span.start,
                end=seen.span.end,
                quote=version.text[seen.span.start : seen.span.end],
            )
            if "speaker" not in row.edited:
                row.speaker = entities[seen.entity] if seen.entity is not None else None
                row.speaker_start, row.speaker_end, row.speaker_quote = _sliced(version, seen.speaker)
            if "certainty" not in row.edited:
                row.certainty = seen.certainty
                row.certainty_start, row.certainty_end, row.certainty_quote = _sliced(version, seen.certainty_span)
            if "source_level" not in row.edited:
                row.source_level = seen.source_level
            row.polarity = seen.polarity
            rows[key] = row
    Appearance.objects.bulk_create([row for row in rows.values() if row.pk is None])
    kept.save_changed()
    return rows


def _sliced(version: ArticleVersion, span: found.Span | None) -> tuple[int | None, int | None, str]:
    return (span.start, span.end, version.text[span.start : span.end]) if span else (None, None, "")


def _former_claims(story: Story, stood: Stood) -> list[_Former]:
    claims = Claim.objects.filter(story=story, merged_into__isnull=True)
    touched = set(claims.touched().values_list("pk", flat=True))
    former = {claim.pk: _Former(claim, claim.pk in touched, False, []) for claim in claims}
    for alignment in Alignment.objects.filter(claim__in=claims).live().select_related("appearance__version"):
        row = alignment.appearance
        if alignment.claim_id not in stood:
            former[alignment.claim_id].spans.append((row.version, row.start, row.end, row.quote))
    then = {version for spans in stood.values() for version, _, _ in spans}
    texts = ArticleVersion.objects.in_bulk(then)
    for key, spans in stood.items():
        if key in former:
            former[key].spans += [
                (texts[version], start, end, texts[version].text[start:end]) for version, start, end in spans
            ]
    gone = [_Former(claim, False, True, spans) for claim, spans in vanished.vanished_claims(story)]
    # What people touched is found again first, what had vanished last; among equals the older number.
    return sorted([*former.values(), *gone], key=lambda old: (not old.is_touched, old.has_vanished, old.claim.number))


def _match(
    drafts: Sequence[found.Claim], former: Sequence[_Former], versions: Mapping[int, ArticleVersion]
) -> dict[int, _Former]:
    """Which draft is which former claim: by the key of what people decided, else one to one by the spans in common.

    Spans of the same version count when they share half of the shorter one; across two versions of one article the
    same words count.
    """
    by_key = {old.claim.pk: order for order, old in enumerate(former) if not old.has_vanished}
    kept = {
        index: former[by_key[draft.key]]
        for index, draft in enumerate(drafts)
        if draft.key is not None and draft.key in by_key
    }
    taken = {by_key[old.claim.pk] for old in kept.values()}
    at: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    said: dict[tuple[int, str], set[int]] = defaultdict(set)
    for index, draft in enumerate(drafts):
        if index in kept:
            continue
        for seen in draft.appearances:
            if seen.band != "suggested":
                continue
            version = versions[seen.article]
            at[version.pk].append((seen.span.start, seen.span.end, index))
            said[seen.article, version.text[seen.span.start : seen.span.end]].add(index)
    current = {version.pk for version in versions.values()}
    candidates = []
    for order, old in enumerate(former):
        shared: dict[int, float] = defaultdict(float)
        for version, start, end, quote in old.spans:
            if version.pk in current:
                for low, high, index in at[version.pk]:
                    if shares_half(found.Span(start, end), found.Span(low, high)):
                        shared[index] += (min(end, high) - max(start, low)) / max(end - start, high - low)
            else:
                for index in said.get((version.article_id, quote), ()):
                    shared[index] += 1.0
        candidates += [
            (not old.is_touched, old.has_vanished, -weight, order, index) for index, weight in shared.items()
        ]
    for *_, order, index in sorted(candidates):
        if index not in kept and order not in taken:
            kept[index] = former[order]
            taken.add(order)
    return kept


def _place(draft: found.Claim) -> tuple[int, int, int]:
    """Where the first passage stands that makes the claim: an answer about one that only may must not move it."""
    places = [(a.band != "suggested", a.article, a.span.start, a.span.end) for a in draft.appearances]
    return min(places)[1:]


def _number(story: Story, fresh: Sequence[Claim]) -> None:
    """Stores new claims under the next numbers; those that had vanished have theirs."""
    for claim in fresh:
        if not claim.number:
            story.last_claim_number += 1
            claim.number = story.last_claim_number
    story.save(update_fields=["last_claim_number"])
    Claim.objects.bulk_create(fresh)


def _store_links(
    drafts: Sequence[found.Claim],
    claims: Sequence[Claim],
    appearances: dict[SpanKey, Appearance],
    versions: Mapping[int, ArticleVersion],
) -> set[int]:
    """Alignments, divergences and origins of every claim: the decided ones stay, the machine's are made anew.

    Returns the keys of the claims whose sources part.
    """
    parted = list(Divergence.objects.filter(claim__in=claims).prefetch_related("sides__version"))
    decided: dict[tuple[int, str], list[Divergence]] = defaultdict(list)
    for parting_row in parted:
        if parting_row.decided_by_id:
            decided[parting_row.claim_id, parting_row.kind].append(parting_row)
    differing = {
        each.claim_id for many in decided.values() for each in many if each.decision != DivergenceDecision.REJECTED
    }
    # A difference that is found again keeps its row: somebody may be deciding about it right now.
    standing = {_told(each): each for each in parted if not each.decided_by_id}
    twice = {each.pk for each in parted if not each.decided_by_id} - {each.pk for each in standing.values()}
    Divergence.objects.filter(pk__in=twice).delete()
    held = Kept(Alignment.objects.filter(claim__in=claims), ["method", "score", "origin", "decision"])
    known = {(row.appearance_id, row.claim_id): row for row in held.rows}
    reasons = Kept(Origin.objects.filter(claim__in=claims), ["reason"])
    numbered = {(row.claim_id, row.number): row for row in reasons.rows}

    origins: list[Origin] = []
    alignments: list[Alignment] = []
    divergences: list[Divergence] = []
    sides: list[DivergenceSide] = []
    for draft, claim in zip(drafts, claims, strict=True):
        rows = [appearances[versions[a.article].pk, a.span.start, a.span.end] for a in draft.appearances]
        origin_of: dict[int, Origin] = {}
        for number, group in enumerate(draft.origins, start=1):
            reason = draft.origin_reasons[number - 1] if number <= len(draft.origin_reasons) else ""
            origin = numbered.pop((claim.pk, number), None)
            if origin is None:
                origin = Origin(claim=claim, number=number)
                origins.append(origin)
            origin.reason = reason
            origin_of.update(dict.fromkeys(group, origin))
        for index, (row, seen) in enumerate(zip(rows, draft.appearances, strict=True)):
            alignment = known.pop((row.pk, claim.pk), None)
            if alignment is None:
                alignment = Alignment(appearance=row, claim=claim, decision=seen.band)
                alignments.append(alignment)
            alignment.method, alignment.score, alignment.origin = seen.method, seen.score, origin_of.get(index)
            if alignment.decided_by_id is None:
                alignment.decision = seen.band
        for parting in draft.divergences:
            variant_of = variants(parting)
            here = [
                _side(
                    rows[side.appearance],
                    versions[draft.appearances[side.appearance].article],
                    side,
                    variant_of[side.appearance],
                )
                for side in parting.sides
            ]
            if any(_is_the_same(known_one, here) for known_one in decided[claim.pk, parting.kind]):
                continue
            differing.add(claim.pk)
            divergence = Divergence(claim=claim, kind=parting.kind, reason=parting.reason)
            if standing.pop(_told(divergence, here), None) is None:
                divergences.append(divergence)
                for each in here:
                    each.divergence = divergence
                sides += here
    stale = [row.pk for row in known.values() if row.decided_by_id is None]
    Alignment.objects.filter(pk__in=stale).delete()
    Divergence.objects.filter(pk__in=[row.pk for row in standing.values()]).delete()
    Origin.objects.bulk_create(origins)
    reasons.save_changed()
    Alignment.objects.bulk_create(alignments)
    held.save_changed()
    Origin.objects.filter(pk__in=[row.pk for row in numbered.values()]).delete()
    Divergence.objects.bulk_create(divergences)
    DivergenceSide.objects.bulk_create(sides)
    return differing


def _side(appearance: Appearance, version: ArticleVersion, side: found.DivergenceSide, variant: int) -> DivergenceSide:
    return DivergenceSide(
        appearance=appearance,
        version=version,
        start=side.span.start,
        end=side.span.end,
        quote=version.text[side.span.start : side.span.end],
        value=side.value,
        variant=variant,
    )


def _is_the_same(decided: Divergence, sides: Sequence[DivergenceSide]) -> bool:
    """Whether a person has decided about this very difference: each of its sides was among those they saw.

    A side that says something else, or that another source adds, makes it a difference of its own.
    """
    seen = decided.sides.all()
    return all(
        any(
            side.version.article_id == known.version.article_id
            and side.value == known.value
            and (
                shares_half(found.Span(side.start, side.end), found.Span(known.start, known.end))
                if side.version_id == known.version_id
                else side.quote == known.quote
            )
            for known in seen
        )
        for side in sides
    )


def _told(divergence: Divergence, sides: Sequence[DivergenceSide] | None = None) -> tuple[object, ...]:
    """What a divergence says, to know it again: its claim, kind, reason and sides."""
    own = divergence.sides.all() if sides is None else sides
    said = sorted(
        (side.appearance_id, side.start, side.end, side.value, -1 if side.variant is None else side.variant)
        for side in own
    )
    return divergence.claim_id, str(divergence.kind), divergence.reason, tuple(said)
