"""What can be corrected about one claim, and what people have decided about it already."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q
from django.db.models.functions import Greatest, Substr

from articles.models import (
    Alignment,
    Article,
    Claim,
    Decision,
    Divergence,
    Entity,
    Mention,
    OriginRuling,
    Quotation,
    SharedPassage,
    Verb,
)
from articles.models.claims import ClaimQuerySet
from articles.reading.around import words_after, words_before

SHOWN = 20
# Places of one name to tell apart on one page, the newest first, with so many characters around each.
MENTIONS = 200
BESIDE = 60
# Other names offered to merge with.
OTHERS = 300


@dataclass(frozen=True, slots=True)
class LoggedDecision:
    """One line of the log; ``is_open`` while it can be taken back: nothing did so, and it is no taking back itself."""

    row: Decision
    is_open: bool


@dataclass(frozen=True, slots=True)
class Corrections:
    """The rows a person may decide about, newest decisions first."""

    alignments: tuple[Alignment, ...]
    divergences: tuple[Divergence, ...]
    quotations: tuple[Quotation, ...]
    shared: tuple[SharedPassage, ...]
    rulings: tuple[OriginRuling, ...]
    articles: tuple[Article, ...]
    speakers: tuple[str, ...]
    others: tuple[Claim, ...]
    # What people set of the statement and of how passages put it forward, and stands; the newest first.
    edits: tuple[Decision, ...]
    log: tuple[LoggedDecision, ...]


_EDITS = (Verb.EDIT_STATEMENT, Verb.EDIT_SPEAKER, Verb.EDIT_CERTAINTY, Verb.EDIT_SOURCE_LEVEL)


def claim_corrections(claim: Claim) -> Corrections:
    """Everything the correcting page shows, in a fixed number of queries."""
    alignments = tuple(
        Alignment.objects.filter(claim=claim, appearance__version__current_of__isnull=False)
        .select_related("appearance__version__article__outlet", "appearance__speaker", "decided_by")
        .order_by("appearance__version__article", "appearance__start")
    )
    spans = [(row.appearance.version_id, row.appearance.start, row.appearance.end) for row in alignments]
    # What only may belong to the claim, or does not, is corrected where it stands.
    live = [span for span, row in zip(spans, alignments, strict=True) if row.is_live]
    versions = {version for version, _, _ in spans}
    quotations = Quotation.objects.filter(version__in=versions).select_related("version__article__outlet")
    shared = SharedPassage.objects.filter(story=claim.story_id, left__in=versions, right__in=versions)
    return Corrections(
        alignments=alignments,
        divergences=tuple(Divergence.objects.filter(claim=claim).select_related("decided_by").order_by("pk")),
        quotations=tuple(
            row
            for row in quotations.order_by("version__article", "start")
            if _is_within(live, row.version_id, row.start, row.end)
        ),
        shared=tuple(
            row
            for row in shared.select_related("left__article__outlet", "right__article__outlet")
            if _is_within(live, row.left_id, row.left_start, row.left_end)
            and _is_within(live, row.right_id, row.right_start, row.right_end)
        ),
        rulings=tuple(OriginRuling.objects.filter(claim=claim).select_related("decided_by").order_by("pk")),
        articles=tuple(
            Article.objects.filter(story=claim.story_id, current_version__isnull=False)
            .select_related("outlet")
            .in_order()
        ),
        speakers=tuple(
            Entity.objects.filter(mentions__version__in=versions, merged_into__isnull=True)
            .order_by("name")
            .values_list("name", flat=True)
            .distinct()
        ),
        others=tuple(other_claims(claim).in_reading_order()),
        edits=tuple(
            Decision.objects.filter(claim=claim, verb__in=_EDITS, undone_by__isnull=True)
            .select_related("by")
            .order_by("-pk")
        ),
        log=find_log(_about(claim, spans)),
    )


def other_claims(claim: Claim) -> ClaimQuerySet:
    """The standing claims of the same story that passages of ``claim`` may belong to."""
    return Claim.objects.filter(story=claim.story_id).standing().exclude(pk=claim.pk)


def _about(claim: Claim, spans: Sequence[tuple[int, int, int]]) -> Q:
    """Decisions on the claim itself, and those on what was found within its passages, which name no claim."""
    about = Q(claim=claim) | Q(other_claim=claim)
    for version, start, end in spans:
        about |= Q(claim__isnull=True, version=version, start__lt=end, end__gt=start)
    return about


def find_log(about: Q) -> tuple[LoggedDecision, ...]:
    """The newest decisions that match ``about``, each with who and when, and whether it can still be taken back."""
    rows = (
        Decision.objects.filter(about)
        .select_related(
            "by", "claim", "other_claim", "version__article__outlet", "undone_by", "undoes", "entity", "other_entity"
        )
        .order_by("-pk")[:SHOWN]
    )
    return tuple(LoggedDecision(row, row.verb != Verb.UNDO and not hasattr(row, "undone_by")) for row in rows)


def _is_within(spans: Sequence[tuple[int, int, int]], version: int, start: int, end: int) -> bool:
    """Whether a passage touches one of the claim's own."""
    return any(version == own and start < high and low < end for own, low, high in spans)


@dataclass(frozen=True, slots=True)
class EntityCorrections:
    """What can be decided about who is who: places that may name somebody else, names that may be the same."""

    mentions: tuple[Mention, ...]
    others: tuple[str, ...]
    log: tuple[LoggedDecision, ...]


def entity_corrections(entity: Entity) -> EntityCorrections:
    """The page that corrects ``entity``, in three queries. A mention carries ``before`` and ``after`` as attributes."""
    here = Mention.objects.filter(entity=entity, version__current_of__story__is_hidden=False)
    mentions = list(
        here.select_related("version__article__outlet", "version__article__story")
        .defer("version__text")
        .annotate(
            before=Substr(
                "version__text", Greatest(F("start") - BESIDE, 0) + 1, F("start") - Greatest(F("start") - BESIDE, 0)
            ),
            after=Substr("version__text", F("end") + 1, BESIDE),
        )
        .order_by("-version", "start")[:MENTIONS]
    )
    for mention in mentions:
        mention.before = words_before(mention.before, is_cut=mention.start > BESIDE)
        mention.after = words_after(mention.after, is_cut=len(mention.after) == BESIDE)
    named = Entity.objects.filter(
        mentions__version__article__story__in=here.values("version__article__story"), merged_into__isnull=True
    ).exclude(pk=entity.pk)
    rows = list(named.distinct().order_by("name").values_list("name", "kind", "pk")[:OTHERS])
    pairs = [(name, kind) for name, kind, _ in rows]
    return EntityCorrections(
        mentions=tuple(mentions),
        others=tuple(
            f"{name} ({kind})" if pairs.count((name, kind)) == 1 else f"{name} ({kind}) no. {key}"
            for name, kind, key in rows
        ),
        log=find_log(Q(entity=entity) | Q(other_entity=entity)),
    )
