"""Makes people, stories and notes for tests, through the same functions the product uses."""

from collections.abc import Sequence
from itertools import count

from django.contrib.auth.models import Group, User

from articles.incoming import IncomingArticle
from articles.ingest import find_or_create_story, import_articles
from articles.models import Story
from articles.roles import FACT_CHECKER

_numbers = count(1)
PASSWORD = "correct horse battery staple"


def make_user(*roles: str, name: str = "", **fields: object) -> User:
    """A user with the given desk roles (a fact-checker when none is given; pass ``""`` for no role at all)."""
    user = User.objects.create_user(username=name or f"person{next(_numbers)}", password=PASSWORD, **fields)  # type: ignore[arg-type]
    for role in roles or (FACT_CHECKER,):
        if role:
            user.groups.add(Group.objects.get(name=role))
    return user


def make_article(
    outlet: str = "The Harbour Post", headline: str = "", body: str = "", **fields: str
) -> IncomingArticle:
    """An article to import: three short sentences unless told otherwise."""
    return IncomingArticle(
        place=outlet,
        outlet=outlet,
        headline=headline or "Ferry runs aground off Norvik",
        body=body
        or (
            "A ferry with 120 passengers ran aground off Norvik on Monday. "
            "“Nobody was hurt,” said harbour master Lena Dahl.\n\nThe company has not commented."
        ),
        **fields,  # type: ignore[arg-type]
    )


def two_accounts() -> list[IncomingArticle]:
    """Two outlets on one accident: they agree in most, and differ in how many were aboard and in a quotation."""
    return [
        make_article(),
        make_article(
            "Coast Daily",
            "Ferry with at least 140 aboard grounds near Norvik",
            "A ferry with at least 140 passengers ran aground off Norvik on Monday. "
            "“Nobody at all was hurt,” said harbour master Lena Dahl.\n\n"
            "Divers will look at the hull on Tuesday.",
        ),
    ]


def make_story(articles: Sequence[IncomingArticle] | None = None, *, title: str = "") -> Story:
    """A story with its articles imported and compared: two accounts of one accident unless told otherwise."""
    story = find_or_create_story(title or f"Ferry accident {next(_numbers)}")
    if articles is None:
        articles = two_accounts()
    import_articles(articles, story=story, by=None)
    story.refresh_from_db()
    return story
