"""Copy across stories: which articles of other stories have words in common with one, and which words.

What stands in two texts is found by their fingerprints, in the database, and then proved on the texts. Within a story
the comparison does this itself and people decide about it; here nothing is stored but the fingerprints.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models.expressions import RawSQL

from articles.analysis.shared_copy import FURNITURE, Copy, Passage, find_shared, fingerprints, prepare_copy
from articles.analysis.types import Span
from articles.models import ArticleVersion, FindingDecision, Fingerprint, Quotation, QuotationKind, Sentence

# Holds any article; of a longer text the beginning is looked at.
READ_CHARACTERS = 100_000
# What stands in more texts is boilerplate: a newsletter line, an agency's address.
MOST_TEXTS = 30
FEWEST_SHARED = 2
# So many of the likeliest texts are read to prove the copy, however many there are.
MOST_READ = 20

# Each number is looked up until it has proved to be boilerplate and no further.
_CANDIDATES = """
    WITH seen AS MATERIALIZED (
        SELECT ARRAY(
            SELECT other.version_id FROM articles_fingerprint other WHERE other.hash = own.hash LIMIT %s
        ) AS versions
        FROM articles_fingerprint own WHERE own.version_id = %s
    ), shared AS MATERIALIZED (
        SELECT version_id, count(*) AS hashes FROM seen CROSS JOIN unnest(versions) AS version_id
        WHERE cardinality(versions) <= %s
        GROUP BY version_id HAVING count(*) >= %s
    )
    SELECT shared.version_id FROM shared
    JOIN articles_article article ON article.current_version_id = shared.version_id
    JOIN articles_story story ON story.id = article.story_id
    WHERE NOT story.is_hidden AND story.id <> (
        SELECT own.story_id FROM articles_article own
        JOIN articles_articleversion version ON version.article_id = own.id WHERE version.id = %s
    )
    ORDER BY shared.hashes DESC, shared.version_id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class CopiedPassage:
    """Words that stand in both texts, in code points of each; ``words`` counts those that agree."""

    start: int
    end: int
    other_start: int
    other_end: int
    words: int


@dataclass(frozen=True, slots=True)
class FoundCopy:
    """An article of another story, at its current ``version`` (article, outlet and story at hand), and what it shares.

    ``passages`` are in the order of the text that was asked about, ``longest`` is the one to show first.
    """

    version: ArticleVersion
    passages: tuple[CopiedPassage, ...]

    @property
    def words(self) -> int:
        return sum(passage.words for passage in self.passages)

    @property
    def longest(self) -> CopiedPassage:
        return max(self.passages, key=lambda passage: passage.words)


def store_fingerprints(version: ArticleVersion) -> None:
    """Fingerprints ``version``, which becomes its article's current text, in place of the one before."""
    masked = _masks([version])[version.pk]
    first: dict[int, int] = {}
    for value, position in fingerprints(version.text[:READ_CHARACTERS], masked):
        first.setdefault(value, position)
    with transaction.atomic():
        Fingerprint.objects.filter(version__article=version.article_id).delete()
        Fingerprint.objects.bulk_create(
            (Fingerprint(hash=value, version=version, position=position) for value, position in first.items()),
            batch_size=2000,
        )


def refresh_fingerprints(version: ArticleVersion) -> None:
    """Fingerprints ``version`` anew when it is its article's current text: what counts as quoted in it has changed."""
    if version.article.current_version_id == version.pk:
        store_fingerprints(version)


def find_copies(version: ArticleVersion, *, limit: int = MOST_READ) -> list[FoundCopy]:
    """Articles of other visible stories that share passages with the current text ``version``, most words first.

    Two queries, whatever is found. Passages so short that the analysis calls them possible are left out: among this
    many texts they come about by chance.
    """
    parameters = (MOST_TEXTS + 1, version.pk, MOST_TEXTS, FEWEST_SHARED, version.pk, MOST_READ)
    candidates = list(
        ArticleVersion.objects.filter(pk__in=RawSQL(_CANDIDATES, parameters))  # noqa: S611  a constant
        .select_related("article__outlet", "article__story")
        .order_by("pk")
    )
    masked = _masks([version, *candidates])
    own = _prepared(version, masked)
    found = []
    for candidate in candidates:
        shared = find_shared(own, _prepared(candidate, masked))
        passages = tuple(_passage(passage) for passage in shared if passage.band == "suggested")
        if passages:
            found.append(FoundCopy(candidate, passages))
    return sorted(found, key=lambda copy: (-copy.words, copy.version.pk))[:limit]


def _passage(passage: Passage) -> CopiedPassage:
    left, right = passage.left, passage.right
    return CopiedPassage(left.start, left.end, right.start, right.end, passage.tokens)


def _prepared(version: ArticleVersion, masked: Mapping[int, list[Span]]) -> Copy:
    return prepare_copy(version.text[:READ_CHARACTERS], masked[version.pk])


def _masks(versions: Iterable[ArticleVersion]) -> defaultdict[int, list[Span]]:
    """By version the words that were heard, not copied, without what people said is no quotation, and page furniture.

    The same as :func:`articles.analysis.shared_copy.masked_spans` of what is stored.
    """
    masks = defaultdict(list)
    keys = [version.pk for version in versions]
    heard = (
        Quotation.objects.filter(version__in=keys)
        .exclude(kind=QuotationKind.INDIRECT)
        .exclude(decision=FindingDecision.REJECTED)
    )
    frame = Sentence.objects.filter(version__in=keys, kind__in=FURNITURE)
    columns = ("version", "start", "end")
    for version, start, end in heard.order_by().values_list(*columns).union(frame.order_by().values_list(*columns)):
        masks[version].append(Span(start, end))
    return masks
