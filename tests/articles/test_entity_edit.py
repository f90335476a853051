"""Who is who: renaming, other names, kinds, merging and telling apart, with its refusals and rights."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import deciding
from articles.models import Decision, Entity, EntityKind, Mention, Story, Verb
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(db: None) -> Story:
    return make_story()


@pytest.fixture
def entity(story: Story) -> Entity:
    return Entity.objects.get(name="Lena Dahl")


@pytest.fixture
def desk(as_user, fact_checker: User) -> Client:
    return as_user(fact_checker)


def post(desk: Client, entity: Entity, act: str, **fields: object):
    fields.setdefault("expected", entity.revision)
    return desk.post(reverse("entity_edit", args=[entity.pk]), {"act": act, **fields})


def test_page_offers_every_correction(desk: Client, entity: Entity):
    page = desk.get(reverse("entity_edit", args=[entity.pk])).content.decode()
    for act in ("rename", "alias", "retype", "merge", "split"):
        assert f'name="act" value="{act}"' in page
    for mention in entity.mentions.all():
        assert f'name="mentions" value="{mention.pk}"' in page
    assert "<b>Lena Dahl</b>" in page


def test_places_stand_among_whole_words(desk: Client):
    words = " ".join(f"word{n}ends" for n in range(20))
    make_story([make_article(body=f"It says {words} that Lena Dahl left {words}.")])
    entity = Entity.objects.get(name="Lena Dahl")

    (mention,) = desk.get(reverse("entity_edit", args=[entity.pk])).context["corrections"].mentions

    assert (mention.before[0], mention.after[-1]) == ("…", "…")
    whole = {*words.split(), "that", "left"}
    for around in (mention.before, mention.after):
        assert set(around.strip("…").split()) <= whole


def test_page_of_the_entity_leads_here(desk: Client, entity: Entity):
    page = desk.get(reverse("entity_detail", args=[entity.pk])).content.decode()
    assert reverse("entity_edit", args=[entity.pk]) in page


def test_renaming(desk: Client, entity: Entity, fact_checker: User):
    response = post(desk, entity, "rename", name="Lena P. Dahl", reason="as she signs")
    assert response["Location"] == reverse("entity_edit", args=[entity.pk])
    entity.refresh_from_db()
    assert (entity.name, entity.aliases[-1:]) == ("Lena P. Dahl", ["Lena Dahl"])
    decision = Decision.objects.get()
    assert (decision.verb, decision.by, decision.reason) == (Verb.RENAME_ENTITY, fact_checker, "as she signs")
    page = desk.get(response["Location"]).content.decode()
    assert "Farid Checker" in page
    assert reverse("decision_undo", args=[decision.pk]) in page


def test_other_name(desk: Client, entity: Entity):
    post(desk, entity, "alias", name="the harbour master")
    entity.refresh_from_db()
    assert "the harbour master" in entity.aliases


def test_kind(desk: Client, entity: Entity):
    post(desk, entity, "retype", kind="organisation")
    entity.refresh_from_db()
    assert entity.kind == EntityKind.ORGANISATION


@pytest.mark.parametrize("written", ["Norvik", "norvik", "Norvik (place)", "Norvik (place) no. {pk}"])
def test_merging_by_name(desk: Client, entity: Entity, written: str):
    other = Entity.objects.get(name="Norvik")
    Entity.objects.filter(pk=other.pk).update(kind="place")
    post(desk, entity, "merge", into=written.format(pk=other.pk))
    entity.refresh_from_db()
    assert entity.merged_into == other
    response = desk.get(reverse("entity_edit", args=[entity.pk]), follow=True)
    assert response.redirect_chain[-1][0] == reverse("entity_detail", args=[other.pk])


def test_merging_with_one_of_two_of_a_name_asks_which(desk: Client, entity: Entity):
    other = Entity.objects.create(name="Norvik", kind="product")
    mention = Mention.objects.filter(entity__name="Norvik").first()
    Mention.objects.filter(pk=mention.pk).update(entity=other)
    response = post(desk, entity, "merge", into="Norvik")
    assert response.status_code == 422
    assert "Several are called “Norvik”" in response.content.decode()
    assert 'value="Norvik"' in response.content.decode()


def test_merging_with_nobody_is_refused(desk: Client, entity: Entity):
    response = post(desk, entity, "merge", into="Nobody Known")
    assert response.status_code == 422
    assert "Nobody else and nothing else is called" in response.content.decode()


def test_telling_apart(desk: Client, entity: Entity):
    mention = entity.mentions.filter(is_inferred=False).first()
    post(desk, entity, "split", name="Lena Dahl the younger", kind="person", mentions=[mention.pk])
    mention.refresh_from_db()
    assert mention.entity.name == "Lena Dahl the younger"
    assert mention.entity != entity


@pytest.mark.parametrize(
    ("act", "typed", "said"),
    [
        ("rename", {"name": "Lena P. Dahl"}, "Called “Lena P. Dahl” now."),
        ("alias", {"name": "the harbour master"}, "Also called “the harbour master” now."),
        ("retype", {"kind": "organisation"}, "Its kind is “Organisation” now."),
        ("merge", {"into": "Norvik (place)"}, "The same as “Norvik” now."),
    ],
)
def test_what_was_decided_is_said(desk: Client, entity: Entity, act: str, typed: dict[str, str], said: str):
    response = desk.post(
        reverse("entity_edit", args=[entity.pk]), {"act": act, "expected": entity.revision, **typed}, follow=True
    )
    assert f"{said} Later readings of the texts keep to it." in response.content.decode()


def test_refused_form_keeps_what_was_typed_and_chosen(desk: Client, entity: Entity):
    mention = entity.mentions.first()
    response = post(desk, entity, "split", name="", kind="place", mentions=[mention.pk], reason="two sisters")
    page = response.content.decode()
    assert response.status_code == 422
    assert 'role="alert"' in page
    assert f'value="{mention.pk}" checked' in page
    assert "two sisters" in page
    assert not Decision.objects.exists()


def test_mention_of_somebody_else_is_refused(desk: Client, entity: Entity):
    foreign = Mention.objects.exclude(entity=entity).first()
    assert post(desk, entity, "split", name="Other", kind="person", mentions=[foreign.pk]).status_code == 422


def test_stale_decision_is_refused_and_kept(desk: Client, entity: Entity, editor: User):
    deciding.rename_entity(entity=entity, name="Theirs", by=editor, expected=0)
    response = post(desk, entity, "rename", name="Mine", expected=0)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Somebody else decided about this a moment ago" in page
    assert 'value="Mine"' in page
    assert "Correct Theirs" in page
    assert 'name="expected" value="1"' in page


def test_unknown_act_is_a_bad_request(desk: Client, entity: Entity):
    assert post(desk, entity, "conjure").status_code == 400


@pytest.mark.parametrize("who", ["reader", "administrator", "superuser"])
def test_only_fact_checkers_and_editors_correct_names(request, as_user, entity: Entity, who: str):
    user = make_user("", name="root", is_superuser=True) if who == "superuser" else request.getfixturevalue(who)
    desk = as_user(user)
    assert desk.get(reverse("entity_edit", args=[entity.pk])).status_code == 403
    assert post(desk, entity, "rename", name="Mine").status_code == 403
    assert not Decision.objects.exists()


def test_refused_form_costs_no_drawing_of_the_page_it_came_from(desk: Client, entity: Entity, story: Story):
    """What a page shows is looked at for a decision only."""
    address = f"http://testserver{story.get_absolute_url()}"
    fields = {"expected": entity.revision, "shown-revision": story.revision}
    with CaptureQueriesContext(connection) as queries:
        response = desk.post(
            reverse("entity_edit", args=[entity.pk]),
            {"act": "rename", "name": "", **fields},
            headers={"HX-Request": "true", "HX-Current-URL": address},
        )
    assert response.status_code == 422
    assert 'id="mark-sheet"' in response.content.decode()
    # Shared copy is marked in the texts, and nothing of it stands in the sheet.
    assert not [query for query in queries if "articles_sharedpassage" in query["sql"]]


def test_places_in_hidden_stories_are_not_shown(desk: Client, entity: Entity):
    make_story(title="Secret matter")
    Story.objects.filter(title="Secret matter").update(is_hidden=True)
    assert "Secret matter" not in desk.get(reverse("entity_edit", args=[entity.pk])).content.decode()


def test_queries_do_not_grow_with_the_places(desk: Client, entity: Entity):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("entity_edit", args=[entity.pk]))
        return len(queries)

    few = count()
    make_story([make_article(f"Outlet {n}", f"Ferry aground, report {n}") for n in range(6)])
    assert entity.mentions.count() > 6
    assert count() <= few
