"""Keeps the numbers of claims that were not found again, and gives them back when they are."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from articles.models import Alignment, ArticleVersion, Claim, Story, VanishedClaim

type Stand = tuple[ArticleVersion, int, int, str]


def remember(story: Story, claims: Sequence[Claim]) -> None:
    """Stores what is left of ``claims``, which nobody worked on and which are about to go."""
    places: dict[int, list[tuple[int, int, int]]] = {claim.pk: [] for claim in claims}
    rows = Alignment.objects.filter(claim__in=claims).live()
    for claim, *place in rows.values_list(
        "claim", "appearance__version", "appearance__start", "appearance__end"
    ).order_by("appearance__version", "appearance__start"):
        places[claim].append((place[0], place[1], place[2]))
    VanishedClaim.objects.bulk_create(
        VanishedClaim(
            story=story,
            number=claim.number,
            statement=claim.statement,
            places=places[claim.pk],
            vanished_at=timezone.now(),
        )
        for claim in claims
    )


def vanished_claims(story: Story) -> list[tuple[Claim, list[Stand]]]:
    """The vanished claims of ``story`` as rows that are not stored yet, each with where it stood."""
    rows = list(VanishedClaim.objects.filter(story=story))
    texts = ArticleVersion.objects.in_bulk({version for row in rows for version, _, _ in row.places})
    return [
        (
            Claim(story=story, number=row.number, statement=row.statement),
            [(texts[version], start, end, texts[version].text[start:end]) for version, start, end in row.places],
        )
        for row in rows
    ]


def forget(story: Story, numbers: Iterable[int]) -> None:
    """Claims of these numbers stand again."""
    VanishedClaim.objects.filter(story=story, number__in=list(numbers)).delete()


def successor_of(vanished: VanishedClaim) -> Claim | None:
    """The standing claim that has most of the passages of a vanished one, of equals the lowest number."""
    held: dict[int, int] = {}
    touching = Alignment.objects.live().filter(
        claim__story=vanished.story, appearance__version__in={version for version, _, _ in vanished.places}
    )
    for claim, version, low, high in touching.values_list(
        "claim", "appearance__version", "appearance__start", "appearance__end"
    ):
        for there, start, end in vanished.places:
            if there == version and low < end and start < high:
                held[claim] = held.get(claim, 0) + min(end, high) - max(start, low)
    claims = Claim.objects.standing().filter(pk__in=held)
    return min(claims, key=lambda claim: (-held[claim.pk], claim.number), default=None)
