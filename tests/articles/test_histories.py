"""What histories say: who decided, what, and what it was before; of what was taken back the same."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import deciding
from articles.models import Alignment, Certainty, Claim, Decision, Entity, EntityKind, SourceLevel, Story
from tests.factory import make_story

pytestmark = pytest.mark.django_db
type Decide = Callable[[User], Decision]


@pytest.fixture
def story(db: None) -> Story:
    return make_story()


@pytest.fixture
def entity(story: Story) -> Entity:
    return Entity.objects.get(name="Lena Dahl")


@pytest.fixture
def alignment(story: Story) -> Alignment:
    claim = story.claims.standing().get(divergences__kind="quantity")
    rows = Alignment.objects.filter(claim=claim, appearance__quote__contains="120").live()
    return rows.select_related("claim__story", "appearance__version").order_by("pk")[0]


@pytest.fixture
def desk(as_user, fact_checker: User) -> Client:
    return as_user(fact_checker)


def read(desk: Client, name: str, *args: object) -> str:
    """The words of a page as they are read, without its quotation marks."""
    page = desk.get(reverse(name, args=args)).content.decode()
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
    return re.sub(r"[“”]", "", words).replace(" ,", ",")


def rename(entity: Entity, by: User) -> Decision:
    return deciding.rename_entity(entity=entity, name="Lena P. Dahl", by=by, expected=0)


def retype(entity: Entity, by: User) -> Decision:
    return deciding.retype_entity(entity=entity, kind=EntityKind.ORGANISATION, by=by, expected=0)


def add_alias(entity: Entity, by: User) -> Decision:
    return deciding.add_alias(entity=entity, alias="the harbour master", by=by, expected=0)


def split(entity: Entity, by: User) -> Decision:
    places = entity.mentions.filter(is_inferred=False)[:1]
    name = "Lena Dahl the younger"
    return deciding.split_entity(entity=entity, mentions=places, name=name, kind=EntityKind.PERSON, by=by, expected=0)


@pytest.mark.parametrize(
    ("decide", "said"),
    [
        (rename, "renamed Lena Dahl to Lena P. Dahl"),
        (retype, f"changed the kind of Lena Dahl from {EntityKind.PERSON} to organisation"),
        (add_alias, "gave another name to Lena Dahl, the harbour master"),
        (split, "told apart Lena Dahl and Lena Dahl the younger"),
    ],
)
def test_history_of_a_name_says_what_was_changed(
    desk: Client, fact_checker: User, entity: Entity, decide: Callable[[Entity, User], Decision], said: str
):
    decision = decide(entity, fact_checker)
    assert f"Farid Checker {said} " in read(desk, "entity_edit", entity.pk)

    deciding.undo(decision=decision, by=fact_checker)
    assert f"Farid Checker took back: {said} " in read(desk, "entity_edit", entity.pk)


def test_history_of_a_name_keeps_what_it_was_called_then(desk: Client, fact_checker: User, entity: Entity):
    other = Entity.objects.get(name="Norvik")
    deciding.merge_entities(entity=other, into=entity, by=fact_checker, expected=other.revision)
    entity.refresh_from_db()
    deciding.rename_entity(entity=entity, name="L. Dahl", by=fact_checker, expected=entity.revision)

    history = read(desk, "entity_edit", entity.pk)

    assert "merged the names Norvik and Lena Dahl " in history
    assert "renamed Lena Dahl to L. Dahl " in history


def test_history_of_a_claim_says_which_words_it_had(desk: Client, fact_checker: User, alignment: Alignment):
    claim, old = alignment.claim, alignment.appearance
    new = "ran aground off Norvik"
    start = old.version.text.index(new)
    passage = deciding.edit_span(
        alignment=alignment, start=start, end=start + len(new), quote=new, by=fact_checker, expected=0
    )
    claim.refresh_from_db()
    before = claim.statement
    wording = deciding.edit_statement(
        claim=claim, statement="People were aboard.", by=fact_checker, expected=claim.revision
    )

    lines = {
        passage: f"changed the passage of claim {claim.number} from {old.quote} to {new}",
        wording: f"reworded claim {claim.number} from {before} to People were aboard.",
    }
    assert_told(desk, fact_checker, claim, lines)


def test_history_of_a_claim_says_how_it_was_put_forward(
    desk: Client, fact_checker: User, alignment: Alignment, entity: Entity
):
    claim, passage = alignment.claim, alignment.appearance
    speaker, certainty, level = deciding.edit_stance(
        appearance=passage,
        claim=claim,
        speaker=entity,
        certainty=Certainty.PROBABLE,
        level=SourceLevel.NAMED,
        by=fact_checker,
        expected=passage.revision,
    )

    lines = {
        speaker: f"changed the speaker of {passage.quote} from nobody to Lena Dahl",
        certainty: f"changed the certainty of {passage.quote} from certain to probable",
        level: f"changed the source level of {passage.quote} from stated as fact to named source",
    }
    assert_told(desk, fact_checker, claim, lines)


def test_history_of_a_claim_says_whose_origins_were_named(
    desk: Client, fact_checker: User, story: Story, alignment: Alignment
):
    left, right = story.articles.order_by("pk")[:2]
    claim = alignment.claim
    ruling = deciding.rule_origin(
        claim=claim, left=left, right=right, is_same=True, by=fact_checker, expected=claim.revision
    )

    assert_told(desk, fact_checker, claim, {ruling: f"named one origin for {left.name} and {right.name}"})


def test_history_of_a_claim_says_which_passage_was_decided_about_and_where_it_went(
    desk: Client, fact_checker: User, story: Story, alignment: Alignment
):
    claim, quote = alignment.claim, alignment.appearance.quote
    other = story.claims.standing().exclude(pk=claim.pk).order_by("position")[0]
    confirming = deciding.confirm(alignment=alignment, by=fact_checker, expected=0)
    alignment.refresh_from_db()
    moving = deciding.move(alignment=alignment, to=other, by=fact_checker, expected=alignment.revision)

    lines = {
        confirming: f"confirmed {quote}",
        moving: f"moved {quote} from claim {claim.number} to claim {other.number}",
    }
    assert_told(desk, fact_checker, claim, lines)


def test_history_costs_the_same_whatever_it_says(
    desk: Client, fact_checker: User, alignment: Alignment, entity: Entity, django_assert_num_queries
):
    claim = alignment.claim
    pages = [
        reverse("entity_edit", args=[entity.pk]),
        reverse("claim_correct", args=[claim.pk]),
        reverse("claim_page", args=[claim.story.slug, claim.number]),
    ]
    rename(entity, fact_checker)
    deciding.confirm(alignment=alignment, by=fact_checker, expected=0)
    counts = []
    for address in pages:
        with CaptureQueriesContext(connection) as queries:
            desk.get(address)
        counts.append(len(queries))

    for decision in Decision.objects.all():
        deciding.undo(decision=decision, by=fact_checker)
    entity.refresh_from_db()
    deciding.retype_entity(entity=entity, kind=EntityKind.OTHER, by=fact_checker, expected=entity.revision)

    for address, count in zip(pages, counts, strict=True):
        with django_assert_num_queries(count):
            desk.get(address)


def assert_told(desk: Client, by: User, claim: Claim, lines: dict[Decision, str]) -> None:
    """Both histories of ``claim`` tell each decision in its words, and that it was taken back when all were."""
    places = (("claim_correct", (claim.pk,)), ("claim_page", (claim.story.slug, claim.number)))
    for name, args in places:
        history = read(desk, name, *args)
        for said in lines.values():
            assert f"Farid Checker {said}" in history
    for decision in reversed(lines):
        deciding.undo(decision=decision, by=by)
    for name, args in places:
        history = read(desk, name, *args)
        for said in lines.values():
            assert f"Farid Checker took back: {said}" in history
