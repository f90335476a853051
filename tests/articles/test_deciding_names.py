"""Decisions about who is who hold in every later comparison, and in what it finds different."""

import pytest
from django.contrib.auth.models import User

from articles import deciding
from articles.comparison import compare
from articles.deciding import UnusableDecisionError
from articles.deciding.log import MOST_AT_ONCE
from articles.ingest import import_articles
from articles.models import Divergence, Entity, EntityKind, Mention, Story
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db

THIRD = (
    "North Sea Wire",
    "Ferry aground at Norvik",
    "A ferry with about 130 passengers ran aground off Norvik on Monday. Lena Dahl said that nobody was hurt.",
)


@pytest.fixture
def story(db: None) -> Story:
    return make_story()


def come_again(story: Story) -> None:
    """Another outlet joins the story, so that everything is compared once more."""
    import_articles([make_article(*THIRD)], story=story, by=None)


def two_voices(title: str = "") -> Story:
    """Two outlets that give one statement to a person of two names."""
    said = "{} said that the harbour master had warned the ferry company about the hull in March."
    return make_story(
        [
            make_article(
                "The Harbour Post", "Warned in March", said.format("Ragna Sollie") + " The company is silent."
            ),
            make_article("Coast Daily", "A warning", said.format("Ragnhild Brekke") + " Nobody was hurt."),
        ],
        title=title,
    )


def attributions(story: Story) -> set[str]:
    rows = Divergence.objects.filter(claim__story=story, kind="attribution")
    return {reason for reason in rows.values_list("reason", flat=True) if "Ragna" in reason}


def test_renamed_and_retyped_entity_is_found_again(story: Story, editor: User):
    entity = Entity.objects.get(name="Lena Dahl")
    deciding.rename_entity(entity=entity, name="Lena Margrethe Dahl", by=editor, expected=0)
    deciding.retype_entity(entity=entity, kind=EntityKind.ORGANISATION, by=editor, expected=1)
    come_again(story)
    entity.refresh_from_db()
    assert (entity.name, entity.kind) == ("Lena Margrethe Dahl", "organisation")
    assert "Lena Dahl" in entity.aliases
    assert not Entity.objects.filter(name="Lena Dahl").exists()
    # The third article names her as well.
    assert entity.mentions.values("version").distinct().count() == 3


def test_merged_entities_stay_one_and_can_be_parted(story: Story, editor: User):
    gone, here = Entity.objects.filter(mentions__isnull=False).distinct().order_by("pk")[:2]
    mentions = set(gone.mentions.values_list("pk", flat=True))
    decision = deciding.merge_entities(entity=gone, into=here, by=editor, expected=0)
    come_again(story)
    assert not gone.mentions.exists()
    assert mentions <= set(here.mentions.values_list("pk", flat=True))
    deciding.undo(decision=decision, by=editor)
    compare(story=story)
    assert mentions <= set(gone.mentions.values_list("pk", flat=True))


def test_mentions_of_somebody_else_stay_apart(story: Story, editor: User):
    entity = Entity.objects.get(name="Lena Dahl")
    mention = entity.mentions.first()
    decision = deciding.split_entity(
        entity=entity, mentions=[mention], name="Lena Dahl (mayor)", kind=EntityKind.PERSON, by=editor, expected=0
    )
    come_again(story)
    mention.refresh_from_db()
    assert mention.entity == decision.other_entity
    assert Mention.objects.filter(entity=entity).exists()


def test_alias_finds_its_entity(story: Story, editor: User):
    entity = Entity.objects.get(name="Lena Dahl")
    deciding.add_alias(entity=entity, alias="Captain Dahl of Norvik", by=editor, expected=0)
    other = Entity.objects.create(name="Somebody", kind=entity.kind)
    with pytest.raises(UnusableDecisionError, match="stands for"):
        deciding.add_alias(entity=other, alias="captain dahl of norvik", by=editor, expected=0)


def test_a_name_is_no_alias_of_itself_and_an_alias_stands_once(story: Story, editor: User):
    here = Entity.objects.get(name="Lena Dahl")
    Entity.objects.filter(pk=here.pk).update(aliases=["Dahl"])
    gone = Entity.objects.create(name="Dahl", kind="person", aliases=["Lena Dahl", "L. Dahl", "L. Dahl"])
    deciding.merge_entities(entity=gone, into=here, by=editor, expected=0)
    here.refresh_from_db()
    assert here.aliases == ["Dahl", "L. Dahl"]
    deciding.rename_entity(entity=here, name="L. Dahl", by=editor, expected=here.revision)
    here.refresh_from_db()
    assert here.aliases == ["Dahl", "Lena Dahl"]
    # The texts have the name it was given among its others.
    come_again(story)
    here.refresh_from_db()
    assert here.name not in here.aliases
    assert len(here.aliases) == len(set(here.aliases))
    for revision, known in enumerate(("L. Dahl", "Lena Dahl"), start=here.revision):
        deciding.add_alias(entity=here, alias=known, by=editor, expected=revision)
    known = here.aliases
    here.refresh_from_db()
    assert here.aliases == known


def test_name_found_in_texts_is_no_alias_of_itself(db: None, editor: User):
    story = make_story([make_article(body="Lena Dahl left Norvik. Dahl had warned the company.")])
    entity = Entity.objects.get(name="Lena Dahl")
    assert "Dahl" in entity.aliases
    deciding.rename_entity(entity=entity, name="Dahl", by=editor, expected=0)
    compare(story=story)
    entity.refresh_from_db()
    assert (entity.name, entity.aliases) == ("Dahl", ["Lena Dahl"])


def test_two_names_of_one_speaker_are_no_difference(db: None, editor: User):
    story = two_voices()
    assert attributions(story)
    gone, here = Entity.objects.get(name="Ragnhild Brekke"), Entity.objects.get(name="Ragna Sollie")
    decision = deciding.merge_entities(entity=gone, into=here, by=editor, expected=0)
    assert not attributions(story)
    deciding.undo(decision=decision, by=editor)
    assert attributions(story)
    # They were one and are two: no comparison joins them again.
    compare(story=story)
    assert gone.mentions.exists()
    assert here.mentions.exists()


def test_a_merge_compares_some_stories_and_marks_the_others(db: None, editor: User):
    stories = [two_voices(f"Warning {n}") for n in range(MOST_AT_ONCE + 1)]
    untouched = make_story()
    gone, here = Entity.objects.get(name="Ragnhild Brekke"), Entity.objects.get(name="Ragna Sollie")
    deciding.merge_entities(entity=gone, into=here, by=editor, expected=0)
    waiting = Story.objects.filter(is_compared=False)
    assert [each.title for each in waiting] == ["Warning 0"]
    assert not any(attributions(each) for each in stories[1:])
    compare(story=waiting[0])
    assert not attributions(stories[0])
    revision = untouched.revision
    untouched.refresh_from_db()
    assert untouched.revision == revision


def test_a_name_told_apart_speaks_for_itself(db: None, editor: User):
    story = two_voices()
    entity = Entity.objects.get(name="Ragna Sollie")
    other = make_article("Third Paper", "Sollie", "Ragna Sollie said that the ferry company had been warned in March.")
    import_articles([other], story=story, by=None)
    mention = entity.mentions.filter(version__article__outlet__name="Third Paper", is_inferred=False).last()
    decision = deciding.split_entity(
        entity=entity, mentions=[mention], name="Ragna Sollie (owner)", kind=EntityKind.PERSON, by=editor, expected=0
    )
    [quotation] = mention.version.quotations.all()
    assert quotation.speaker == decision.other_entity
    import_articles([make_article("Fourth Paper", "Sollie", "Sollie said no more.")], story=story, by=None)
    quotation.refresh_from_db()
    assert quotation.speaker == decision.other_entity
    assert Mention.objects.filter(entity=entity).exclude(version=mention.version).exists()


def test_taking_apart_back_reaches_every_story_and_newer_texts(db: None, editor: User):
    one, two = two_voices("Warning one"), two_voices("Warning two")
    entity = Entity.objects.get(name="Ragna Sollie")
    mentions = [entity.mentions.filter(version__article__story=story).first() for story in (one, two)]
    decision = deciding.split_entity(
        entity=entity, mentions=mentions, name="Ragna Sollie (owner)", kind=EntityKind.PERSON, by=editor, expected=0
    )
    other = decision.other_entity
    assert other
    quoted = [mention.version.quotations.get(speaker=other) for mention in mentions]
    body = mentions[1].version.text.partition("\n\n")[2]
    article = make_article("The Harbour Post", "Warned in March", f"{body}\n\nTugs are on their way.")
    import_articles([article], story=two, by=None)
    [copy] = other.mentions.filter(version__current_of__isnull=False, version__article__story=two)
    deciding.undo(decision=decision, by=editor)
    quoted[0].refresh_from_db()
    copy.refresh_from_db()
    assert quoted[0].speaker == entity
    assert (copy.entity, copy.is_decided) == (entity, False)
