"""What people decided about a story, in the terms of the comparison that has to honour it.

A decision holds for any later suggestion of the same kind whose span shares half of the shorter one in the same
version; decisions on older versions stay with those.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, cast

from articles.analysis import types as found
from articles.analysis.decided import shares_half
from articles.comparison.parted import Company, Place, find_parted
from articles.comparison.who import KnownNames
from articles.models import (
    Alignment,
    AlignmentDecision,
    Appearance,
    ArticleVersion,
    Claim,
    FindingDecision,
    OriginRuling,
    Quotation,
    SharedPassage,
    Story,
)

# For some claims, by key: the (version, start, end) of each passage that put them forward.
type Stood = Mapping[int, Sequence[tuple[int, int, int]]]

_WORDS: dict[AlignmentDecision, Literal["confirmed", "rejected", "unsure"]] = {
    AlignmentDecision.CONFIRMED: "confirmed",
    AlignmentDecision.REJECTED: "rejected",
    AlignmentDecision.UNSURE: "unsure",
}


def without_rejected(
    analyses: Mapping[int, found.ArticleAnalysis], versions: Mapping[int, ArticleVersion]
) -> dict[int, found.ArticleAnalysis]:
    """The analyses without the quotations that people said are none."""
    rejected = _spans(
        Quotation.objects.filter(version__in=versions.values(), decision=FindingDecision.REJECTED).values_list(
            "version__article_id", "start", "end"
        )
    )
    return {
        key: replace(
            analysis,
            quotations=tuple(
                quotation
                for quotation in analysis.quotations
                if not any(shares_half(quotation.span, span) for span in rejected[key])
            ),
        )
        if rejected[key]
        else analysis
        for key, analysis in analyses.items()
    }


def _spans(rows: Iterable[tuple[int, int, int]]) -> defaultdict[int, list[found.Span]]:
    spans = defaultdict(list)
    for article, start, end in rows:
        spans[article].append(found.Span(start, end))
    return spans


def decisions_of(
    story: Story,
    versions: Mapping[int, ArticleVersion],
    known: KnownNames,
    stood: Stood,
) -> found.Decisions:
    """Everything the next comparison of ``story`` has to honour, for its current versions."""
    rows = _rows(story, versions)
    company = _company(story, rows)
    claims = _claims(rows, versions, stood, company)
    return found.Decisions(
        claims=claims,
        stances=_stances(versions, known),
        identities=tuple(known.identities),
        not_shared=_not_shared(story, versions),
        apart=tuple(find_parted(claims, rows, company)),
    )


def _rows(story: Story, versions: Mapping[int, ArticleVersion]) -> dict[int, list[Alignment]]:
    """For each claim that people made something of, the passages of current texts that were ever matched with it."""
    touched = Claim.objects.filter(story=story, merged_into__isnull=True).held()
    rows: dict[int, list[Alignment]] = {claim.pk: [] for claim in touched}
    for alignment in Alignment.objects.filter(
        claim__in=touched, appearance__version__in=versions.values()
    ).select_related("appearance__version"):
        rows[alignment.claim_id].append(alignment)
    for alignment in Alignment.objects.filter(
        claim__merged_into__in=touched,
        decision=AlignmentDecision.REJECTED,
        appearance__version__in=versions.values(),
    ).select_related("appearance__version", "claim"):
        # A no for a claim is one for that with which it was found to be the same, unless its passage stands there.
        into = alignment.claim.merged_into_id
        assert into is not None
        if not any(row.appearance_id == alignment.appearance_id and row.is_live for row in rows[into]):
            rows[into].append(alignment)
    return rows


def _claims(
    rows: Mapping[int, Sequence[Alignment]],
    versions: Mapping[int, ArticleVersion],
    stood: Stood,
    company: Company,
) -> tuple[found.DecidedClaim, ...]:
    """The claims that people made something of: decided about, noted, worded. They must be found again as they are."""
    current = {version.pk: article for article, version in versions.items()}
    rulings: dict[tuple[int, bool], list[tuple[int, int]]] = defaultdict(list)
    for ruling in OriginRuling.objects.filter(claim__in=rows):
        rulings[ruling.claim_id, ruling.is_same].append((ruling.left_id, ruling.right_id))
    claims = []
    for key, alignments in rows.items():
        decided, former = [], []
        for alignment in alignments:
            row = alignment.appearance
            span = found.Span(row.start, row.end)
            word = _WORDS.get(AlignmentDecision(alignment.decision))
            if word:
                beside = tuple(company(row.version, span)) if word == "confirmed" else ()
                is_beside = word == "confirmed" and alignment.is_beside
                decided.append(found.DecidedAppearance(row.version.article_id, span, word, beside, is_beside))
            elif alignment.decision == AlignmentDecision.SUGGESTED and key not in stood:
                former.append((row.version.article_id, span))
        former += [
            (current[version], found.Span(start, end))
            for version, start, end in stood.get(key, ())
            if version in current
        ]
        claims.append(
            found.DecidedClaim(
                key=key,
                appearances=tuple(decided),
                former=tuple(former),
                same_origin=tuple(rulings[key, True]),
                own_origin=tuple(rulings[key, False]),
            )
        )
    return tuple(claims)


def _company(story: Story, rows: Mapping[int, Sequence[Alignment]]) -> Company:
    """What tells of a passage with which others it stands in the claims of the story that nobody decided about."""
    standing = Alignment.objects.live().filter(claim__story=story).exclude(claim__in=rows)
    claims: dict[int, list[tuple[int, int, found.Span]]] = defaultdict(list)
    for claim, version, article, start, end in standing.values_list(
        "claim", "appearance__version", "appearance__version__article", "appearance__start", "appearance__end"
    ):
        claims[claim].append((version, article, found.Span(start, end)))

    def company(version: ArticleVersion, span: found.Span) -> tuple[Place, ...]:
        return tuple(
            (article, other)
            for places in claims.values()
            if any(at == version.pk and shares_half(own, span) for at, _, own in places)
            for at, article, other in places
            if not (at == version.pk and shares_half(other, span))
        )

    return company


def _stances(versions: Mapping[int, ArticleVersion], known: KnownNames) -> tuple[found.DecidedStance, ...]:
    edited = Appearance.objects.filter(version__in=versions.values(), edited__len__gt=0).select_related("version")
    stances = []
    for row in edited:
        article = row.version.article_id
        has_speaker = "speaker" in row.edited
        entity = speaker = None
        if has_speaker:
            entity = known.local[article][row.speaker_id] if row.speaker_id else -1
            if row.speaker_start is not None and row.speaker_end is not None:
                speaker = found.Span(row.speaker_start, row.speaker_end)
        stances.append(
            found.DecidedStance(
                article=article,
                span=found.Span(row.start, row.end),
                entity=entity,
                speaker=speaker,
                source_level=cast("found.SourceLevel", row.source_level) if "source_level" in row.edited else None,
                certainty=cast("found.Certainty", row.certainty) if "certainty" in row.edited else None,
            )
        )
    return tuple(stances)


def _not_shared(
    story: Story, versions: Mapping[int, ArticleVersion]
) -> tuple[tuple[int, found.Span, int, found.Span], ...]:
    current = {version.pk: article for article, version in versions.items()}
    return tuple(
        (
            current[row.left_id],
            found.Span(row.left_start, row.left_end),
            current[row.right_id],
            found.Span(row.right_start, row.right_end),
        )
        for row in SharedPassage.objects.filter(story=story, decision=FindingDecision.REJECTED)
        if row.left_id in current and row.right_id in current
    )
