"""The import page: what it takes, what it refuses, and that nothing typed is lost."""

import json

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from articles.models import Article, Outlet, Story
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db
URL = "/import/"

PASTED = {
    "way": "paste",
    "headline": "Ferry aground off Norvik",
    "body": "A ferry ran aground.\r\n\r\nNobody was hurt.",
    "outlet": "Coast Daily",
    "target": "new",
    "title": "Ferry accident",
}


@pytest.fixture
def desk(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def upload(desk: Client, *files: tuple[str, bytes], **fields: str):
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    data = {"way": "files", "target": "new", "title": "Ferry accident", "outlet": "", **fields, "uploads": uploads}
    return desk.post(URL, data)


def lines(response) -> list[tuple[str, str]]:
    return [(line["word"], line["sentence"]) for line in response.context["report"]["lines"]]


def test_only_desk_administrators_import(client: Client, editor: User):
    client.force_login(editor)
    assert client.get(URL).status_code == 403
    assert client.post(URL, PASTED).status_code == 403
    assert not Article.objects.exists()


def test_pasted_text_becomes_an_article_of_a_new_story(desk: Client, administrator: User):
    response = desk.post(URL, PASTED, follow=True)
    assert response.redirect_chain
    assert lines(response) == [("Imported", "Imported.")]
    article = Article.objects.get()
    assert article.current_version.text == "Ferry aground off Norvik\n\nA ferry ran aground.\n\nNobody was hurt."
    assert (article.story.title, article.outlet.name, article.published_at) == ("Ferry accident", "Coast Daily", None)
    assert article.created_by == administrator


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"body": " \n\t"}, "body", "only white space"),
        ({"body": ""}, "body", "Paste the article"),
        ({"headline": ""}, "headline", "Give the headline"),
        ({"outlet": ""}, "outlet", "Name the outlet"),
        ({"title": ""}, "title", "title"),
        ({"target": "existing"}, "story", "Choose the story"),
        ({"published_on": "yesterday"}, "published_on", "valid date"),
        ({"published_on": "2999-01-01"}, "published_on", "in the future"),
        ({"published_time": "09:30"}, "published_on", "Give the day"),
        ({"url": "not an address"}, "url", "valid URL"),
        ({"way": "files"}, "uploads", "Choose at least one file"),
    ],
)
def test_problems_are_shown_in_place_and_typed_text_is_kept(
    desk: Client, change: dict[str, str], field: str, sentence: str
):
    typed = {**PASTED, "byline": "By Kjersti Moe", **change}
    response = desk.post(URL, typed)
    assert response.status_code == 422
    assert sentence in str(response.context["form"].errors[field])
    content = response.content.decode()
    assert "Error: Import articles" in content
    assert "By Kjersti Moe" in content
    if "body" not in change:
        assert "Nobody was hurt." in content
    assert not Article.objects.exists()
    assert not Story.objects.exists()


def test_day_without_time_is_kept_as_a_day(desk: Client):
    desk.post(URL, {**PASTED, "published_on": "2026-03-14"})
    article = Article.objects.get()
    assert article.published_granularity == "day"
    assert article.published_at.date().isoformat() == "2026-03-14"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "white space"),
        ("headline.txt", b"Only a headline\n", "no text below"),
        ("binary.txt", b"text\x00\x01\x02more", "binary"),
        ("scan.txt", b"%PDF-1.7 ...", "PDF"),
        ("page.docx", b"whatever", "Only .txt and .jsonl"),
        ("huge.txt", b"Head\n" + b"a" * (3 * 1024 * 1024), "at most 2.0 MB"),
        ("broken.txt", "Head\n\nTäxt".encode("utf-16")[:-1], "UTF-16 but is not"),
        ("odd.txt", b"Head\n\n\x81\x8d unreadable \xff", "neither UTF-8"),
        ("bad.jsonl", b"{nothing}", "not valid JSON"),
        ("bare.jsonl", json.dumps({"headline": "H", "text": "T"}).encode(), "No outlet"),
        ("blank.jsonl", b"\n \n", "white space"),
    ],
)
def test_bad_files_have_their_own_sentence_and_store_nothing(desk: Client, name: str, content: bytes, sentence: str):
    response = upload(desk, (name, content))
    assert response.status_code == 422
    [(word, told)] = lines(response)
    assert word == "Failed"
    assert sentence in told
    assert not Article.objects.exists()
    assert not Outlet.objects.exists()
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "Imported."), ("utf-8-sig", "UTF-8 with BOM"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252")],
)
def test_encodings_are_recognised_and_named(desk: Client, encoding: str, told: str):
    content = "Fähre auf Grund\n\n“Nobody was hurt,” said Søren Dahl – at noon.".encode(encoding)
    response = upload(desk, ("coast-daily.txt", content))
    assert response.status_code == 302
    article = Article.objects.get()
    assert article.headline == "Fähre auf Grund"
    assert "“Nobody was hurt,” said Søren Dahl – at noon." in article.current_version.text
    [(_, sentence)] = lines(desk.get(response.url))
    assert told in sentence


def test_one_bad_line_leaves_the_others(desk: Client):
    good = {"outlet": "Coast Daily", "headline": "Ferry aground", "text": "A ferry ran aground."}
    content = "\n".join([json.dumps(good), "oops", json.dumps({**good, "outlet": "Harbour Post"})]).encode()
    response = upload(desk, ("all.jsonl", content))
    assert response.status_code == 422
    assert [word for word, _ in lines(response)] == ["Imported", "Failed", "Imported"]
    assert "line 2" in response.content.decode()
    assert Article.objects.count() == 2


def test_same_article_again_is_reported_as_already_there(desk: Client):
    desk.post(URL, PASTED)
    story = Story.objects.get()
    response = desk.post(URL, {**PASTED, "target": "existing", "story": story.pk}, follow=True)
    assert lines(response)[0][0] == "Already there"
    assert Article.objects.count() == 1


def test_more_than_ten_files_are_refused_as_a_whole(desk: Client):
    response = upload(desk, *[(f"f{number}.txt", b"Head\n\nText.") for number in range(11)])
    assert response.status_code == 422
    assert "at most 10" in str(response.context["form"].errors["uploads"])
    assert not Article.objects.exists()


def test_hostile_text_is_shown_as_text(desk: Client):
    response = desk.post(URL, {**PASTED, "headline": "<script>alert(1)</script>", "body": ""})
    assert b"<script>alert" not in response.content
    assert b"&lt;script&gt;alert" in response.content


def test_queries_do_not_grow_with_stories(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries, django_assert_num_queries
):
    make_story([make_article()])
    desk.get(URL)
    with django_assert_max_num_queries(12) as few:
        desk.get(URL)
    count = len(few)
    assert count
    for _ in range(5):
        make_story([make_article()])
    with django_assert_num_queries(count):
        desk.get(URL)


def test_url_name_is_the_page(desk: Client):
    assert reverse("article_import") == URL


@pytest.mark.parametrize(("field", "word"), [("is_closed", "closed"), ("is_hidden", "hidden")])
def test_title_of_a_story_that_takes_no_articles_is_refused_in_place(desk: Client, field: str, word: str):
    Story.objects.filter(pk=make_story([make_article()], title="Ferry accident").pk).update(**{field: True})
    response = desk.post(URL, PASTED)
    assert response.status_code == 422
    assert f"of that title that is {word}. Choose another" in str(response.context["form"].errors["title"])
    assert Article.objects.count() == 1


def test_outlet_and_title_of_nothing_visible_are_asked_for(desk: Client):
    response = desk.post(URL, {**PASTED, "outlet": "\u200b", "title": "\u202e \u200d"})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"outlet", "title"}
    assert not Outlet.objects.exists()
