"""Importing: what is stored, what is refused, and what survives a second import."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from articles import ingest
from articles.comparison import compare
from articles.incoming import IncomingArticle, UnusableInput
from articles.ingest import Result, find_or_create_story, import_articles
from articles.models import (
    Alignment,
    Appearance,
    Article,
    ArticleVersion,
    Claim,
    ClaimState,
    Divergence,
    DivergenceKind,
    DivergenceSide,
    Mention,
    Origin,
    Outlet,
    Quantity,
    Quotation,
    Sentence,
    SharedPassage,
    Story,
)
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db


def test_import_stores_canonical_text_with_headline_first():
    story = make_story([make_article(headline="A  headline ", body="One.\r\nTwo.\t\r\n\r\n\r\nThree.")])
    version = story.articles.get().current_version
    assert version.text == "A  headline\n\nOne.\n\nTwo.\n\nThree."
    assert version.number == 1
    assert Sentence.objects.filter(version=version, kind="headline").get().quote == "A  headline"


def test_same_article_twice_is_reported_as_already_there():
    story = make_story([make_article()])
    [outcome] = import_articles([make_article()], story=story, by=None)
    assert outcome.result == Result.UNCHANGED
    assert "unchanged" in outcome.sentence
    assert ArticleVersion.objects.count() == 1


def test_changed_text_becomes_version_two_and_keeps_claim_numbers():
    story = make_story()
    numbers = {claim.statement: claim.number for claim in story.claims.all()}
    changed = make_article(
        body="A ferry with 125 passengers ran aground off Norvik on Monday. "
        "“Nobody was hurt,” said harbour master Lena Dahl.\n\nThe company has not commented."
    )
    [outcome] = import_articles([changed], story=story, by=None)
    assert outcome.result == Result.NEW_VERSION
    article = Article.objects.get(outlet__name="The Harbour Post")
    assert article.current_version.number == 2
    assert article.versions.count() == 2
    kept = {claim.statement: claim.number for claim in story.claims.standing()}
    for statement in numbers.keys() & kept.keys():
        assert kept[statement] == numbers[statement]
    assert numbers.keys() & kept.keys()


def test_two_outlets_with_the_same_text_both_stay_as_shared_copy():
    body = make_article().body + (
        " Rescue boats from three towns brought everybody ashore before the tide turned and the "
        "wind rose to a gale, and volunteers handed out blankets in the sports hall."
    )
    story = find_or_create_story("Ferry")
    first, second = import_articles(
        [make_article("The Harbour Post", body=body), make_article("Coast Daily", body=body)], story=story, by=None
    )
    assert (first.result, second.result) == (Result.CREATED, Result.CREATED)
    assert "The Harbour Post" in second.sentence
    assert "shared copy" in second.sentence
    assert story.shared_passages.exists()


def test_differing_numbers_are_one_claim_that_differs():
    story = make_story()
    claim = story.claims.standing().get(divergences__kind=DivergenceKind.QUANTITY)
    assert claim.state == ClaimState.DIFFERS
    assert claim.source_count == 2
    values = set(claim.divergences.get(kind=DivergenceKind.QUANTITY).sides.values_list("quote", flat=True))
    assert any("120" in value for value in values)
    assert any("140" in value for value in values)


def test_second_comparison_changes_no_row():
    story = make_story()
    models = [Claim, Appearance, Alignment, Origin, Divergence, DivergenceSide, SharedPassage, Mention, Quotation]

    def everything() -> dict[str, list[tuple]]:
        return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in models}

    before = everything()
    assert all(before.values())
    compare(story=story)
    assert everything() == before


def test_versions_cannot_be_changed():
    version = make_story().articles.first().current_version
    with pytest.raises(IntegrityError, match="immutable"), transaction.atomic():
        ArticleVersion.objects.filter(pk=version.pk).update(text="x")


def test_version_must_be_true_to_its_text():
    article = make_story().articles.first()
    with pytest.raises(IntegrityError, match="hash"), transaction.atomic():
        ArticleVersion.objects.create(
            article=article,
            number=9,
            text="One",
            sha256="0" * 64,
            character_count=3,
            word_count=1,
            retrieved_at=article.created_at,
        )


@pytest.mark.parametrize(("start", "end", "quote"), [(0, 10_000_000, "x"), (0, 3, "four")])
def test_no_span_leaves_its_text(start: int, end: int, quote: str):
    version = make_story().articles.first().current_version
    with pytest.raises(IntegrityError), transaction.atomic():
        Sentence.objects.create(version=version, start=start, end=end, quote=quote, position=999, paragraph=0)


@pytest.mark.parametrize(
    ("headline", "body", "reason"),
    [("Only a headline", "\u200b \n", "no text below"), ("Head", "x" * (3 * 1024 * 1024), "MB")],
)
def test_unusable_text_is_refused_and_nothing_is_stored(headline: str, body: str, reason: str):
    story = find_or_create_story("Nothing")
    [outcome] = import_articles([IncomingArticle("here", "Outlet", headline, body)], story=story, by=None)
    assert outcome.result == Result.FAILED
    assert reason in outcome.sentence
    assert not Article.objects.exists()
    assert not Outlet.objects.exists()


def test_one_failure_leaves_the_other_items():
    story = find_or_create_story("Two")
    bad, good = import_articles([IncomingArticle("bad", "Outlet", "Head", ""), make_article()], story=story, by=None)
    assert (bad.result, good.result) == (Result.FAILED, Result.CREATED)
    assert Claim.objects.filter(story=story).exists()


def test_outlet_is_found_whatever_its_case():
    story = make_story([make_article("The Harbour Post")])
    import_articles([make_article("the harbour post", headline="Another")], story=story, by=None)
    assert Outlet.objects.get().name == "The Harbour Post"


def test_comparison_waits_for_the_story_lock():
    story = make_story()
    with transaction.atomic():
        compare(story=story)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")
            assert cursor.fetchone()[0] >= 1


def test_text_in_another_language_is_kept_and_not_guessed_at():
    body = (
        "Un ferry transportant cent vingt passagers s’est échoué lundi au large de la ville."
        " « Personne n’a été blessé », a déclaré la capitaine du port."
        "\n\nLa compagnie n’a pas encore fait de commentaire sur cet accident."
    )
    story = find_or_create_story("Ferry")
    [outcome] = import_articles(
        [make_article("Le Quai", "Un ferry s’échoue au large de la côte", body)], story=story, by=None
    )
    assert outcome.result == Result.CREATED
    assert "not English" in outcome.sentence
    version = story.articles.get().current_version
    assert not version.is_supported
    assert version.quotations.exists()
    assert not version.mentions.exists()
    assert not story.claims.exists()


# --- When it appeared ---------------------------------------------------------------------------------------------

EAST = timezone(timedelta(hours=13))
YESTERDAY = "A ferry ran aground off Norvik yesterday.\n\nThe company has not commented."


def days_of(story: Story) -> list[str | None]:
    """The days that were found in the texts of ``story``, as stored at import."""
    return list(Quantity.objects.filter(version__article__story=story, unit="date").values_list("low", flat=True))


@pytest.mark.parametrize(
    ("at", "granularity", "day"),
    [
        (datetime(2026, 3, 17, tzinfo=EAST), "day", date(2026, 3, 17)),
        (datetime(2026, 3, 17, 0, 30, tzinfo=EAST), "minute", date(2026, 3, 17)),
        (datetime(2026, 3, 17, 23, 30, tzinfo=timezone(timedelta(hours=-9))), "minute", date(2026, 3, 17)),
    ],
)
def test_import_and_comparison_read_a_text_by_the_same_day(
    at: datetime, granularity: str, day: date, monkeypatch: pytest.MonkeyPatch
):
    days = []
    for module in (ingest, ingest.comparison):
        analyse = module.analyse_article

        def noted(text: str, *, published: date | None, analyse=analyse):
            days.append(published)
            return analyse(text, published=published)

        monkeypatch.setattr(module, "analyse_article", noted)
    ingest.comparison._analyse.cache_clear()
    story = make_story([make_article(body=YESTERDAY, published_at=at, published_granularity=granularity)])
    article = story.articles.get()
    assert days == [day, day]
    assert article.published_day == day
    assert article.published_local.date() == day
    if granularity == "day":
        assert article.published_at == datetime(2026, 3, 17, tzinfo=UTC)
    else:
        assert article.published_at == at


def test_new_version_without_a_date_is_read_by_the_day_that_is_known():
    at = datetime(2026, 3, 17, tzinfo=UTC)
    story = make_story([make_article(body=YESTERDAY, published_at=at, published_granularity="day")])
    before = days_of(story)
    assert before == ["2026-03-16"]
    import_articles([make_article(body=YESTERDAY + " Divers come.")], story=story, by=None)
    assert days_of(story) == before * 2


def test_same_text_with_what_was_not_known_fills_the_article():
    story = make_story([make_article(body=YESTERDAY)])
    revision = story.revision
    at = datetime(2026, 3, 17, tzinfo=UTC)
    told = make_article(
        body=YESTERDAY,
        byline="Kjersti Moe",
        url="https://harbour.example/ferry",
        published_at=at,
        published_granularity="day",
    )
    [outcome] = import_articles([told], story=story, by=None)
    assert (outcome.result, outcome.sentence) == (
        Result.UNCHANGED,
        "The text is unchanged; byline, address and date added.",
    )
    article = story.articles.get()
    assert (article.byline, article.url) == ("Kjersti Moe", "https://harbour.example/ferry")
    assert (article.published_at, article.published_granularity) == (at, "day")
    story.refresh_from_db()
    assert story.is_compared
    assert story.revision > revision
    assert days_of(story) == ["2026-03-16"]
    assert article.versions.count() == 1
    [outcome] = import_articles([told], story=story, by=None)
    assert outcome.sentence == "The text is unchanged."


def test_what_is_known_is_kept_and_the_outcome_says_so():
    at = datetime(2026, 3, 17, tzinfo=UTC)
    story = make_story([make_article(byline="Kjersti Moe", published_at=at, published_granularity="day")])
    other = {"byline": "Staff", "published_at": at - timedelta(days=1), "published_granularity": "day"}
    [same] = import_articles([make_article(**other)], story=story, by=None)
    assert same.sentence == "The text is unchanged; byline and date kept as before."
    [changed] = import_articles([make_article(body=YESTERDAY, **other)], story=story, by=None)
    assert changed.sentence == "The text has changed: stored as version 2; byline and date kept as before."
    article = story.articles.get()
    assert (article.byline, article.published_at) == ("Kjersti Moe", at)


# --- What nobody foresaw ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [IntegrityError("odd"), ValueError("odd")])
def test_unforeseen_error_of_one_item_leaves_the_others(
    error: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    store = ingest._store_version

    def fail(article: Article, *args: object, **options: object) -> ArticleVersion:
        if article.headline == "Poison":
            raise error
        return store(article, *args, **options)

    monkeypatch.setattr(ingest, "_store_version", fail)
    story = find_or_create_story("Two")
    bad, good = import_articles([make_article(headline="Poison"), make_article()], story=story, by=None)
    assert (bad.result, good.result) == (Result.FAILED, Result.CREATED)
    assert "nobody foresaw" in bad.sentence
    assert story.articles.get().headline == good.headline
    assert "odd" in caplog.text


# --- Titles -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("field", "word"), [("is_closed", "closed"), ("is_hidden", "hidden")])
def test_closed_and_hidden_stories_take_no_articles_by_their_title(field: str, word: str):
    story = make_story(title="Ferry accident")
    Story.objects.filter(pk=story.pk).update(**{field: True})
    for title in ("Ferry accident", story.slug):
        with pytest.raises(UnusableInput, match=f"that is {word}. Choose another title."):
            find_or_create_story(title)


def test_titles_lose_what_cannot_be_seen():
    story = find_or_create_story("Ferry\u200b  accident\u202e")
    assert story.title == "Ferry accident"
    assert find_or_create_story("Ferry accident") == story
    with pytest.raises(UnusableInput, match="Give the story a title"):
        find_or_create_story("\u200b\u200d")


def test_command_refuses_the_title_of_a_closed_story(tmp_path: Path):
    make_story(title="Ferry accident")
    Story.objects.update(is_closed=True)
    (tmp_path / "coast.txt").write_text("Head\n\nA ferry.", "utf-8")
    with pytest.raises(CommandError, match="that is closed"):
        call_command("import_articles", str(tmp_path), "--story", "Ferry accident")
