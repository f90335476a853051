"""The columns of a story: its articles as pages show them, which of them are shown, and in which order."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from articles.models import (
    Article,
    ArticleRole,
    ChosenColumn,
    Completeness,
    PublishedGranularity,
    Story,
)
from articles.reading.runs import ClaimMark, PassageMark

# As many columns as a story may show at once.
MAX_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Published:
    """When an article came out, as finely as it is known: ``moment`` to the minute, else ``day``, else neither."""

    moment: datetime | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a version; number 0 is the headline. ``flags`` says what its margin shows, for the cache's key."""

    version: int
    number: int
    start: int
    end: int
    flags: str


@dataclass(slots=True)
class Column:
    """One article as the page shows it."""

    siglum: str
    article: int
    version: int
    version_number: int
    name: str
    role: str
    role_label: str
    headline: str
    byline: str
    url: str
    language: str
    published: Published
    published_at: datetime | None
    published_granularity: str
    word_count: int
    completeness: str
    completeness_label: str
    is_supported: bool
    text: str
    paragraphs: tuple[Paragraph, ...] = ()
    claims: tuple[ClaimMark, ...] = ()
    passages: tuple[PassageMark, ...] = ()
    # How many notes are on passages of its older texts.
    notes_left_behind: int = 0
    shares_with: tuple[str, ...] = ()
    # Its place among the columns that are shown, from 0; nothing when it is not.
    place: int | None = None
    is_last: bool = False

    @property
    def is_shown(self) -> bool:
        return self.place is not None

    @property
    def is_source(self) -> bool:
        return self.role == ArticleRole.SOURCE

    @property
    def is_complete(self) -> bool:
        return self.completeness == Completeness.FULL


def find_columns(story: Story, *, show: Collection[int] = (), by: int | None = None) -> list[Column]:
    """Every article of ``story`` that has a text, lettered in the order in which they joined it; one query.

    Shown are those whose keys ``show`` holds, in its order; without any, those that the person ``by`` chose last time;
    without these the first ones.
    """
    remembered = ChosenColumn.objects.filter(article=OuterRef("pk"), user=by).order_by().values("position")[:1]
    articles = (
        Article.objects.filter(story=story, current_version__isnull=False)
        .annotate(remembered=Subquery(remembered))
        .with_text()
        .in_order()
    )
    columns = [_column(siglum(n), article) for n, article in enumerate(articles)]
    known = {column.article for column in columns}
    chosen = [key for key in show if key in known]
    if not chosen:
        places = {article.pk: article.remembered for article in articles if article.remembered is not None}
        chosen = sorted(places, key=places.__getitem__)
    choose_columns(columns, show=chosen)
    return columns


def choose_columns(columns: Sequence[Column], *, show: Collection[int]) -> None:
    """Shows those of ``columns`` whose keys ``show`` holds, in its order; without any, the first ones."""
    by_key = {column.article: column for column in columns}
    shown = ([by_key[key] for key in show if key in by_key] or list(columns))[:MAX_COLUMNS]
    for column in columns:
        column.place, column.is_last = None, False
    for place, column in enumerate(shown):
        column.place, column.is_last = place, place == len(shown) - 1


def shown_columns(columns: Iterable[Column]) -> list[Column]:
    """Those of ``columns`` that are shown, in the order in which they stand on the page."""
    return sorted((column for column in columns if column.place is not None), key=lambda column: column.place or 0)


def show_query(columns: Iterable[Column]) -> str:
    """A choice of columns as further parameters of an address."""
    return "".join(f"&show={column.article}" for column in shown_columns(columns))


def moved(show: Sequence[int], *, article: int | None, by: int) -> list[int]:
    """``show`` with one of its keys a step further to the left or right, where there is room.

    >>> moved([1, 2, 3], article=3, by=-1), moved([1, 2, 3], article=3, by=1)
    ([1, 3, 2], [1, 2, 3])
    """
    keys = list(show)
    if article in keys:
        place = keys.index(article)
        to = min(len(keys) - 1, max(0, place + by))
        keys.insert(to, keys.pop(place))
    return keys


def siglum(position: int) -> str:
    """The letter of a column: A to Z, then AA and on.

    >>> siglum(0), siglum(25), siglum(26)
    ('A', 'Z', 'AA')
    """
    letter = chr(ord("A") + position % 26)
    return letter if position < 26 else siglum(position // 26 - 1) + letter


def _column(letter: str, article: Article) -> Column:
    version = article.current_version
    assert version is not None
    return Column(
        siglum=letter,
        article=article.pk,
        version=version.pk,
        version_number=version.number,
        name=article.name,
        role=article.role,
        role_label=article.get_role_display(),
        headline=article.headline,
        byline=article.byline,
        url=article.url,
        language=article.language,
        published=find_published(article),
        published_at=article.published_at,
        published_granularity=article.published_granularity,
        word_count=version.word_count,
        completeness=version.completeness,
        completeness_label=version.get_completeness_display(),
        is_supported=version.is_supported,
        text=version.text,
    )


def find_published(article: Article) -> Published:
    """The published time of ``article``, no finer than it was given."""
    at = article.published_at
    if at is None:
        return Published()
    if article.published_granularity == PublishedGranularity.MINUTE:
        return Published(moment=at)
    return Published(day=article.published_day)
