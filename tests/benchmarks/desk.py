"""The desk on the server's side: importing, comparing, reading, choosing a claim, saving a note."""

from collections.abc import Callable, Iterator
from itertools import count
from uuid import uuid4

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.models import Verdict
from articles import comparison
from articles.ingest import find_or_create_story, import_articles
from articles.models import Alignment, Claim, Mention, Quantity, Quotation, Story
from tests.benchmarks.stories import made_articles
from tests.benchmarks.timing import Measured, measured, milliseconds

HTMX = {"HX-Request": "true"}
_seeds = count(1)


def import_story(*, articles: int, words: int, title: str, facts: int = 0) -> Story:
    """A story of made articles, each with a text of its own: nothing of it is in any cache."""
    story = find_or_create_story(title)
    import_articles(made_articles(seed=next(_seeds), articles=articles, words=words, facts=facts), story=story, by=None)
    story.refresh_from_db()
    return story


def measure_import(*, runs: int) -> Iterator[Measured]:
    for articles, words in ((3, 700), (6, 3000)):
        figures = [
            spent / articles
            for spent in milliseconds(
                lambda articles=articles, words=words: import_story(
                    articles=articles, words=words, title=f"Import {next(_seeds)}"
                ),
                runs=runs,
            )
        ]
        yield measured(f"import with analysis, per article ({articles} × {words} words)", figures)


def measure_comparison(*, runs: int) -> Iterator[Measured]:
    story = import_story(articles=20, words=700, title="Twenty accounts")
    figures = milliseconds(lambda: comparison.compare(story=story), runs=runs)
    yield measured("compare a story of 20 articles anew", figures)


def measure_reading(
    story: Story, client: Client, *, name: str, runs: int, target: float, moonshot: float
) -> Iterator[Measured]:
    """The Read page and its panel, as the server answers them. ``client`` is signed in and keeps no pages.

    What is to be reached is meant for a first reader, whose paragraphs are in no cache yet; the rest is for the next.
    """
    url = story.get_absolute_url()
    _get(client, url)  # templates are loaded once in a process
    cold = milliseconds(lambda: _get(client, url), runs=runs, before=cache.clear)
    yield measured(f"server: Read page, cold ({name})", cold, target=target)
    warm = milliseconds(lambda: _get(client, url), runs=runs)
    yield measured(f"server: Read page, warm ({name})", warm, target=target, moonshot=moonshot)
    etag = client.get(url).headers.get("ETag", "")
    kept = milliseconds(lambda: _get(client, url, etag=etag), runs=runs)
    yield measured(f"server: Read page, unchanged: 304 ({name})", kept)
    claims = list(story.claims.standing().order_by("-source_count", "number")[:runs])
    chosen = iter(claims)
    yield measured(f"Read page with a claim chosen ({name})", milliseconds(
        lambda: _get(client, f"{url}?claim={next(chosen).number}"), runs=len(claims)
    ))  # fmt: skip
    chosen = iter(claims)
    yield measured(f"panel of a claim ({name})", milliseconds(
        lambda: _get(client, reverse("claim_detail", kwargs={"pk": next(chosen).pk}), is_fragment=True),
        runs=len(claims),
    ))  # fmt: skip
    saved = iter(claims)
    yield measured(f"save a note ({name})", milliseconds(lambda: save_note(client, next(saved)), runs=len(claims)))
    figures = milliseconds(lambda: _get(client, url), runs=1)
    yield measured(f"Read page after {len(claims)} notes ({name})", figures)


def measure_ledger(story: Story, client: Client, *, other: Story, name: str, runs: int) -> Iterator[Measured]:
    """The ledger of a story with more claims than a page holds."""
    url = reverse("story_ledger", args=[story.slug])
    _get(client, reverse("story_ledger", args=[other.slug]))  # templates are loaded once in a process
    figures = milliseconds(lambda: _get(client, url), runs=runs + 1)
    yield measured(f"server: ledger, the very first ({name})", figures[:1], target=150)
    yield measured(f"server: ledger ({name})", figures[1:], target=150, moonshot=60)


def count_queries(stories: dict[str, Story], client: Client) -> Iterator[Measured]:
    """Queries a page takes; between a small and a large story they must not differ."""
    yield _queries("stories list", lambda: _get(client, reverse("story_list")))
    yield _queries("search", lambda: _get(client, reverse("search") + "?q=closed"))
    for name, story in stories.items():
        url = story.get_absolute_url()
        claim = story.claims.standing().order_by("-source_count", "number")[0]
        article = story.articles.in_order()[0]
        entity = Mention.objects.filter(version__article__story=story).values_list("entity", flat=True)[0]
        people = reverse("story_entities", args=[story.slug])
        cache.clear()
        pages = {
            "Read, cold": url,
            "Read, warm": url,
            "Read with a claim": f"{url}?claim={claim.number}",
            "Compare": reverse("story_rows", args=[story.slug]),
            "ledger": reverse("story_ledger", args=[story.slug]),
            "ledger as CSV": reverse("story_ledger_csv", args=[story.slug]),
            "People and places": people,
            "People and places, one": f"{people}?entity={entity}",
            "a name in all stories": reverse("entity_detail", args=[entity]),
            "notes": reverse("story_notes", args=[story.slug]),
            "possible matches": reverse("story_possible", args=[story.slug]),
            "claim page": reverse("claim_page", args=[story.slug, claim.number]),
            "article page": reverse("article_detail", args=[article.pk]),
            "version page": reverse("version_detail", args=[article.current_version_id]),
        }
        for page, address in pages.items():
            yield _queries(f"{page} ({name})", lambda address=address: _get(client, address))
        panel = reverse("claim_detail", kwargs={"pk": claim.pk})
        yield _queries(f"panel of a claim ({name})", lambda panel=panel: _get(client, panel, is_fragment=True))
        correct = reverse("claim_correct", kwargs={"pk": claim.pk})
        yield _queries(f"corrections of a claim ({name})", lambda correct=correct: _get(client, correct))
        yield _queries(f"save a note ({name})", lambda claim=claim: save_note(client, claim), target=None)


def _queries(what: str, act: Callable[[], object], *, target: int | None = 15) -> Measured:
    with CaptureQueriesContext(connection) as queries:
        act()
    return measured(f"queries: {what}", [len(queries)], unit="", target=target, moonshot=target and 8)


def marks_of(story: Story) -> str:
    """How much there is to draw, in words for a heading."""
    versions = story.articles.values("current_version")
    claims = Alignment.objects.live().filter(appearance__version__in=versions).count()
    layers = sum(model.objects.filter(version__in=versions).count() for model in (Mention, Quotation, Quantity))
    return f"{claims:,} passages of {story.claims.count():,} claims; {layers:,} names, figures and quotations"


def save_note(client: Client, claim: Claim) -> None:
    data = {
        "note-verdict": Verdict.objects.offered().get(code="supported").pk,
        "note-text": "Read the harbour log: the figure is the one in the second account.",
        "note-not_checked": "Whether the crew were counted.",
        "note-key": str(uuid4()),
        "note-revision": "0",
        "evidence-TOTAL_FORMS": "1",
        "evidence-INITIAL_FORMS": "0",
        "evidence-0-url": "https://harbour.example/log",
        "evidence-0-citation": "Harbour log, 14 March",
        "evidence-0-relation": "supports",
        "save": "1",
    }
    response = client.post(reverse("note_new", kwargs={"pk": claim.pk}), data, headers=HTMX)
    assert response.status_code == 200, response.status_code


def _get(client: Client, url: str, *, is_fragment: bool = False, etag: str = "") -> None:
    headers = HTMX if is_fragment else {"If-None-Match": etag} if etag else {}
    response = client.get(url, headers=headers)
    assert response.status_code == (304 if etag else 200), (url, response.status_code)
