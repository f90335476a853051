"""What passages make a claim, and what makes the machine think again: for tests of what people decide."""

from articles.comparison import compare
from articles.ingest import import_articles
from articles.models import Alignment, Claim, Story
from tests.factory import make_article

THIRD = (
    "North Sea Wire",
    "Ferry aground at Norvik",
    "A ferry with about 130 passengers ran aground off Norvik on Monday. Lena Dahl said that nobody was hurt.",
)

CHECKS = (
    ("The Dyke Post", "Bridge closed at Alderby", "Mayor Ruth Kemp said the bridge had passed a safety check in June."),
    ("Alderby Daily", "A bridge shuts", "Mayor Ruth Kemp said the bridge passed a safety check in June."),
    (
        "Fen Courier",
        "Mayor faces questions",
        "The bridge may have failed a safety check in June, an engineer at the county said on condition of anonymity. "
        "Kemp denied that the bridge had failed a safety check.",
    ),
    ("Radio Fen", "Lorries turned away", "The county engineer said he knew of no failed safety check of the bridge."),
)


def live(claim: Claim) -> list[Alignment]:
    return list(
        Alignment.objects.filter(claim=claim).live().select_related("appearance", "claim__story").order_by("pk")
    )


def told(claim: Claim) -> list[Alignment]:
    """The sentences that put the claim forward, without headlines: which of those join it is the machine's affair."""
    return [row for row in live(claim) if "passengers" in row.appearance.quote]


def quotes(claim: Claim) -> set[str]:
    return {alignment.appearance.quote for alignment in live(claim)}


def standing_together(story: Story, *words: str) -> list[int]:
    """The numbers of the claims that have a passage with each of ``words``."""
    claims = story.claims.standing().order_by("number")
    return [claim.number for claim in claims if all(any(each in said for said in quotes(claim)) for each in words)]


def come_again(story: Story) -> None:
    """Everything that makes the machine think again: another comparison, and another article."""
    compare(story=story)
    import_articles([make_article(*THIRD)], story=story, by=None)


def a_new_version(story: Story) -> None:
    """The first source adds a paragraph and leaves the others as they were."""
    article = make_article()
    import_articles([make_article(body=f"{article.body}\n\nTugs are on their way.")], story=story, by=None)
