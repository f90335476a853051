"""The admin: outlets, people and groups to edit; the record and the judgement to look at, by nobody to change."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from annotations.models import Note, NoteRevision, NoteState, VerdictScale
from annotations.writing import NoteContent, create_note
from articles.models import Claim, Outlet
from articles.roles import DEMO_GROUP, DESK_ADMINISTRATOR, EDITOR, FACT_CHECKER, READER, ROLES, roles_of
from tests.factory import PASSWORD, make_story, make_user

pytestmark = pytest.mark.django_db

EDITABLE = {Outlet, User, Group}
READ_ONLY = sorted(set(admin.site._registry) - EDITABLE, key=lambda model: model._meta.label)


@pytest.fixture
def root(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("root", email="root@desk.example", password=PASSWORD))
    return client


@pytest.fixture
def ada(administrator: User) -> Client:
    """A desk administrator, who is no superuser."""
    User.objects.filter(pk=administrator.pk).update(is_staff=True)
    client = Client()
    client.force_login(administrator)
    return client


def url(model: type[Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_every_model_of_the_record_and_the_judgement_is_there_to_look_at() -> None:
    from django.apps import apps

    shown = {model for label in ("articles", "annotations") for model in apps.get_app_config(label).get_models()}
    # A side of a divergence says nothing by itself, a fingerprint is a number nobody reads, which columns somebody
    # chose is theirs alone, and the texts of a revision stand with it.
    hidden = {"ChosenColumn", "DivergenceSide", "Fingerprint", "RestsOn"}
    assert {model.__name__ for model in shown - set(admin.site._registry)} <= hidden


@pytest.mark.parametrize("model", READ_ONLY, ids=lambda model: model.__name__)
def test_read_only_rows_are_shown_and_never_changed(root: Client, model: type[Model]) -> None:
    story = make_story()
    claim = story.claims.first()
    author = make_user(FACT_CHECKER)
    note = Note.objects.create(
        story=story, claim=claim, created_by=author, changed_at=story.changed_at, state=NoteState.DRAFT
    )
    assert note
    assert VerdictScale.objects.exists()
    before = list(model._default_manager.order_by("pk").values())
    row = model._default_manager.order_by("pk").first()
    pk = row.pk if row else 1
    assert root.get(url(model, "changelist"), {"q": "ferry"}).status_code == 200
    page = root.get(url(model, "changelist"))
    assert page.status_code == 200
    assert "delete_selected" not in page.content.decode()
    if row:
        page = root.get(url(model, "change", pk))
        assert page.status_code == 200
        assert 'name="_save"' not in page.content.decode()
    assert root.get(url(model, "add")).status_code == 403
    assert root.post(url(model, "add"), {}).status_code == 403
    if row:
        assert root.post(url(model, "change", pk), {"_save": "Save"}).status_code == 403
        assert root.post(url(model, "delete", pk), {"post": "yes"}).status_code == 403
    root.post(url(model, "changelist"), {"action": "delete_selected", "_selected_action": [pk], "post": "yes"})
    assert list(model._default_manager.order_by("pk").values()) == before


def test_revision_shows_the_texts_it_rests_on(root: Client) -> None:
    claim = make_story().claims.standing().get(divergences__kind="quantity")
    content = NoteContent(verdict=None, text="At work on it.")
    note = create_note(claim=claim, content=content, state=NoteState.DRAFT, by=make_user(FACT_CHECKER), key=uuid4())
    page = root.get(url(NoteRevision, "change", note.current_id)).content.decode()
    assert "The Harbour Post: Ferry runs aground off Norvik (version 1)" in page


@pytest.mark.parametrize("model", READ_ONLY, ids=lambda model: model.__name__)
def test_lists_cost_the_same_with_many_rows(root: Client, model: type[Model], django_assert_max_num_queries) -> None:
    make_story()
    make_story()
    root.get(url(model, "changelist"))
    # Session, user, rows; the rest are the choices of the filters.
    with django_assert_max_num_queries(10):
        root.get(url(model, "changelist"))


def test_record_is_hidden_from_desk_administrators(ada: Client) -> None:
    page = ada.get("/admin/").content.decode()
    assert "Outlets" in page
    assert "Users" in page
    assert "Claims" not in page
    assert ada.get(url(Claim, "changelist")).status_code == 403


def test_desk_administrators_hold_exactly_their_permissions() -> None:
    held = Group.objects.get(name=DESK_ADMINISTRATOR).permissions.values_list("codename", flat=True)
    assert set(held) == {
        *("view_outlet", "add_outlet", "change_outlet", "delete_outlet"),
        *("view_user", "add_user", "change_user", "view_group"),
    }
    for role in (READER, FACT_CHECKER, EDITOR):
        assert not Group.objects.get(name=role).permissions.exists()


@pytest.mark.parametrize("role", [READER, FACT_CHECKER, EDITOR])
def test_other_roles_are_told_that_the_admin_is_not_theirs(client: Client, role: str) -> None:
    client.force_login(make_user(role))
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 403
    assert "for desk administrators" in answer.content.decode()


def test_admin_signs_in_on_the_one_sign_in_page(client: Client) -> None:
    answer = client.get("/admin/articles/outlet/", follow=True)
    assert answer.redirect_chain[-1][0] == "/account/sign-in/?next=/admin/articles/outlet/"


def test_outlets_are_edited(ada: Client) -> None:
    assert ada.post(url(Outlet, "add"), {"name": "Harbour Post"}).status_code == 302
    outlet = Outlet.objects.get(name="Harbour Post")
    assert ada.post(url(Outlet, "change", outlet.pk), {"name": "The Harbour Post"}).status_code == 302
    assert Outlet.objects.get().name == "The Harbour Post"


def test_outlet_with_articles_is_kept(ada: Client) -> None:
    make_story()
    outlet = Outlet.objects.first()
    assert outlet
    ada.post(url(Outlet, "delete", outlet.pk), {"post": "yes"})
    assert Outlet.objects.filter(pk=outlet.pk).exists()


def person_form(user: User, **fields: Any) -> dict[str, Any]:
    form = {"username": user.username, "email": user.email, "first_name": user.first_name, "is_active": "on"}
    return {**form, **fields}


def pks(*roles: str) -> list[int]:
    return list(Group.objects.filter(name__in=roles).values_list("pk", flat=True))


def test_desk_administrator_makes_an_account_with_roles(ada: Client) -> None:
    form = {
        "username": "dara",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "email": "dara@desk.example",
        "groups": pks(FACT_CHECKER),
    }
    answer = ada.post(url(User, "add"), form)
    assert answer.status_code == 302, answer.context["errors"]
    user = User.objects.get(username="dara")
    assert roles_of(user) == {FACT_CHECKER}
    assert user.email == "dara@desk.example"
    assert not user.is_staff


def test_roles_decide_who_may_enter_the_admin(ada: Client) -> None:
    user = make_user(READER, name="dara")
    ada.post(url(User, "change", user.pk), person_form(user, groups=pks(DESK_ADMINISTRATOR)))
    assert User.objects.get(pk=user.pk).is_staff
    ada.post(url(User, "change", user.pk), person_form(user, groups=pks(EDITOR), is_staff="on"))
    assert not User.objects.get(pk=user.pk).is_staff


def test_desk_administrator_gives_no_server_rights(ada: Client) -> None:
    user = make_user(READER, name="dara")
    admins = Group.objects.create(name="everything")
    admins.permissions.set(Permission.objects.all())
    everything = list(Permission.objects.values_list("pk", flat=True))
    form = person_form(user, groups=pks(READER), is_superuser="on", user_permissions=everything)
    assert ada.post(url(User, "change", user.pk), form).status_code == 302
    ada.post(url(User, "change", user.pk), person_form(user, groups=[admins.pk]))
    user = User.objects.get(pk=user.pk)
    assert not user.is_superuser
    assert not user.user_permissions.exists()
    assert admins not in user.groups.all()


def test_desk_administrator_keeps_groups_that_are_not_theirs_to_give(ada: Client) -> None:
    user = make_user(READER, name="dara")
    demo = Group.objects.create(name=DEMO_GROUP)
    user.groups.add(demo)
    ada.post(url(User, "change", user.pk), person_form(user, groups=pks(EDITOR)))
    assert set(user.groups.values_list("name", flat=True)) == {DEMO_GROUP, EDITOR}


def test_desk_administrator_cannot_touch_a_superuser(ada: Client) -> None:
    boss = User.objects.create_superuser("boss", password=PASSWORD)
    assert ada.post(url(User, "change", boss.pk), person_form(boss, first_name="X")).status_code == 403
    new = "a quite different phrase"
    password_page = reverse("admin:auth_user_password_change", args=[boss.pk])
    assert ada.post(password_page, {"password1": new, "password2": new}).status_code == 403
    ada.post(url(User, "changelist"), {"action": "deactivate", "_selected_action": [boss.pk]})
    boss.refresh_from_db()
    assert boss.check_password(PASSWORD)
    assert boss.is_active


def test_people_are_closed_and_never_deleted(root: Client, ada: Client) -> None:
    user = make_user(READER, name="dara")
    for client in (root, ada):
        assert client.post(url(User, "delete", user.pk), {"post": "yes"}).status_code == 403
        client.post(
            url(User, "changelist"), {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}
        )
    answer = ada.post(url(User, "changelist"), {"action": "deactivate", "_selected_action": [user.pk]}, follow=True)
    assert "1 account closed." in answer.content.decode()
    assert not User.objects.get(pk=user.pk).is_active


def test_nobody_closes_their_own_account_by_the_list(ada: Client, administrator: User) -> None:
    ada.post(url(User, "changelist"), {"action": "deactivate", "_selected_action": [administrator.pk]})
    assert User.objects.get(pk=administrator.pk).is_active


@pytest.mark.parametrize("name", ROLES)
def test_groups_of_the_roles_keep_name_and_place(root: Client, name: str) -> None:
    group = Group.objects.get(name=name)
    root.post(url(Group, "change", group.pk), {"name": "renamed"})
    assert root.post(url(Group, "delete", group.pk), {"post": "yes"}).status_code == 403
    assert Group.objects.get(pk=group.pk).name == name


def test_desk_administrators_only_look_at_groups(ada: Client) -> None:
    group = Group.objects.get(name=EDITOR)
    assert ada.get(url(Group, "changelist")).status_code == 200
    assert ada.post(url(Group, "change", group.pk), {"name": "x"}).status_code == 403
    assert ada.post(url(Group, "add"), {"name": "x"}).status_code == 403
