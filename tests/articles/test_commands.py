"""The commands other programs rely on, run as they run them."""

import hashlib
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.db import connection
from django.utils import timezone

from articles.management.base import DeskCommand
from articles.models import Alignment, Article, ArticleVersion, Outlet, Quotation, SharedPassage, Story
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db

LINE = {"outlet": "Coast Daily", "headline": "Ferry aground", "text": "A ferry ran aground.\n\nNobody was hurt."}


def run(*arguments: object, **options: object) -> int:
    """The exit code of a command."""
    try:
        call_command(*map(str, arguments), **options)
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_import_articles_takes_text_files_with_their_stem_as_outlet(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "harbour-post.txt").write_text("Ferry aground\n\nA ferry ran aground.", "utf-8")
    (tmp_path / "notes.pdf").write_text("not read: folders are searched for .txt and .jsonl")
    assert run("import_articles", tmp_path, "--story", "Ferry") == 0
    article = Article.objects.get()
    assert (article.outlet.name, article.headline, article.published_at) == ("harbour-post", "Ferry aground", None)
    assert capsys.readouterr().out.splitlines()[-1] == "Ferry: 1 imported, 0 changed, 0 already there, 0 failed."


def test_import_articles_is_idempotent(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "all.jsonl"
    path.write_text(json.dumps(LINE) + "\n", "utf-8")
    assert run("import_articles", path, "--story", "Ferry") == 0
    assert run("import_articles", path, "--story", "Ferry") == 0
    assert ArticleVersion.objects.count() == 1
    assert "1 already there" in capsys.readouterr().out.splitlines()[-1]


def test_broken_lines_fail_with_their_number_and_the_others_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "all.jsonl"
    rows = [json.dumps(LINE), "{broken", json.dumps({**LINE, "outlet": None, "headline": "No outlet"}), "[1]"]
    rows.append(json.dumps({**LINE, "headline": "Late", "published_at": "last week"}))
    path.write_text("\n".join(rows), "utf-8")
    assert run("import_articles", path, "--story", "Ferry") == 1
    assert Article.objects.count() == 1
    errors = capsys.readouterr().err.splitlines()
    assert [line.partition(": ")[0].rpartition("line ")[2] for line in errors] == ["2", "3", "4", "5"]
    assert "not valid JSON" in errors[0]
    assert "No outlet" in errors[1]
    assert "cannot be read" in errors[3]


def test_missing_file_is_one_failed_item(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert run("import_articles", tmp_path / "nothing.txt", "--story", "Ferry") == 1
    assert "no such file" in capsys.readouterr().err
    assert not Outlet.objects.exists()


def test_published_day_is_kept_as_a_day(tmp_path: Path):
    path = tmp_path / "all.jsonl"
    path.write_text(json.dumps({**LINE, "published_at": "2026-03-14"}), "utf-8")
    run("import_articles", path, "--story", "Ferry")
    article = Article.objects.get()
    assert (article.published_at.date().isoformat(), article.published_granularity) == ("2026-03-14", "day")


def test_export_story_writes_the_whole_document(capsys: pytest.CaptureFixture[str]):
    story = make_story(title="Ferry")
    assert run("export_story", story.slug, "--format", "json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["format"] == "crossread-story/1"
    assert document["story"] == {"slug": "ferry", "title": "Ferry"}
    texts = {article["id"]: article["text"] for article in document["articles"]}
    assert len(texts) == 2
    spans = [*document["quotations"], *document["quantities"]]
    spans += [span for claim in document["claims"] for span in claim["appearances"]]
    spans += [span for entity in document["entities"] for span in entity["mentions"]]
    assert len(spans) > 10
    for span in spans:
        assert texts[span["article"]][span["start"] : span["end"]] == span["quote"]
    differing = [d for claim in document["claims"] for d in claim["divergences"]]
    assert differing
    for divergence in differing:
        assert len(divergence["appearances"]) == len(divergence["values"]) >= 2


def test_export_by_title_and_unknown_story(capsys: pytest.CaptureFixture[str]):
    make_story(title="Ferry: the first day")
    assert run("export_story", "Ferry: the first day", "--format", "json") == 0
    with pytest.raises(CommandError, match="no story"):
        call_command("export_story", "Nothing", "--format", "json")


@pytest.mark.parametrize(
    ("given", "exported"),
    [
        ("2026-03-17", "2026-03-17"),
        ("2026-03-17T00:30+13:00", "2026-03-17T00:30:00+13:00"),
        ("2026-03-17T23:30", "2026-03-17T23:30:00+00:00"),
        (None, None),
    ],
)
def test_export_says_the_published_time_as_it_was_given(
    given: str | None, exported: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "all.jsonl"
    path.write_text(json.dumps({**LINE, "published_at": given}), "utf-8")
    run("import_articles", path, "--story", "Ferry")
    capsys.readouterr()
    run("export_story", "Ferry", "--format", "json")
    [article] = json.loads(capsys.readouterr().out)["articles"]
    assert article["published_at"] == exported


def test_export_leaves_out_what_was_rejected(capsys: pytest.CaptureFixture[str]):
    same = " Rescue boats from three towns brought everybody ashore before the tide turned and the wind rose to a gale."
    articles = [make_article(outlet, body=make_article().body + same) for outlet in ("Harbour Post", "Coast Daily")]
    story = make_story(articles, title="Ferry")

    def exported() -> dict:
        run("export_story", "ferry", "--format", "json")
        return json.loads(capsys.readouterr().out)

    before = exported()
    texts = {article["id"] for article in before["articles"]}
    assert before["quotations"]
    assert {side["article"] for row in before["shared_copy"] for side in (row["left"], row["right"])} == texts
    decided = {"decision": "rejected", "decided_by": make_user(), "decided_at": timezone.now()}
    first = Quotation.objects.order_by("version", "start")[0]
    Quotation.objects.filter(pk=first.pk).update(**decided)
    SharedPassage.objects.filter(story=story).update(**decided)
    after = exported()
    assert after["quotations"] == before["quotations"][1:]
    assert after["shared_copy"] == []


def test_shared_copy_of_the_export_is_of_its_own_articles(capsys: pytest.CaptureFixture[str]):
    same = " Rescue boats from three towns brought everybody ashore before the tide turned and the wind rose to a gale."
    articles = [make_article(outlet, body=make_article().body + same) for outlet in ("Harbour Post", "Coast Daily")]
    story = make_story(articles, title="Ferry")
    article = story.articles.first()
    assert article is not None
    # The story was not compared since: what it shares is still that of the older text.
    older = article.current_version
    newer = ArticleVersion.objects.create(
        article=article,
        number=2,
        text="Other",
        sha256=hashlib.sha256(b"Other").hexdigest(),
        character_count=5,
        word_count=1,
        retrieved_at=timezone.now(),
    )
    Article.objects.filter(pk=article.pk).update(current_version=newer)
    Alignment.objects.filter(appearance__version=older).delete()
    run("export_story", "ferry", "--format", "json")
    document = json.loads(capsys.readouterr().out)
    assert older.pk not in {row["id"] for row in document["articles"]}
    assert SharedPassage.objects.exists()
    assert document["shared_copy"] == []


@pytest.mark.parametrize("name", ["backup", "export_story", "import_articles", "load_demo", "make_user"])
def test_desk_commands_work_on_a_fresh_database(name: str):
    app = get_commands()[name]
    assert isinstance(load_command_class(app, name), DeskCommand)


def test_prove_spans_finds_no_mismatch(capsys: pytest.CaptureFixture[str]):
    make_story()
    assert run("prove_spans") == 0
    count, rest = capsys.readouterr().out.split(maxsplit=1)
    assert int(count) > 20
    assert rest.strip() == "spans, 0 mismatches"


def test_prove_spans_names_a_span_that_is_off(capsys: pytest.CaptureFixture[str]):
    make_story()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_sentence SET quote = repeat('x', char_length(quote)) WHERE position = 1")
    assert run("prove_spans") == 1
    captured = capsys.readouterr()
    assert "2 mismatches" in captured.out
    assert "articles.Sentence" in captured.err


def test_story_title_is_found_again(tmp_path: Path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(LINE), "utf-8")
    run("import_articles", path, "--story", "Ferry  accident ")
    run("import_articles", path, "--story", "Ferry accident")
    assert Story.objects.get().title == "Ferry accident"
