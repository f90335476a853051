"""People and places of a story: who is listed, what they are quoted as saying, how they are named, every mention."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Alignment, Claim, Entity, FindingDecision, Mention, Quotation, Story
from articles.reading import people
from articles.reading.people import find_title, read_people
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(as_user, reader: User) -> Client:
    return as_user(reader)


def make_dahl() -> Story:
    return make_story(
        [
            make_article(
                "The Harbour Post",
                body="A ferry ran aground off Norvik on Monday. “Nobody was hurt,” said harbour master Lena Dahl.\n\n"
                "President Lena Dahl later left. Dahl said that divers would come. She smiled.",
            ),
            make_article(
                "Coast Daily",
                body="A ferry ran aground off Norvik on Monday. “Nobody at all was hurt,” said Lena Dahl.",
            ),
        ]
    )


def url(story: Story, **fields: object) -> str:
    return reverse("story_entities", args=[story.slug]) + "".join(
        f"{'&' if n else '?'}{name}={value}" for n, (name, value) in enumerate(fields.items())
    )


def dahl() -> Entity:
    return Entity.objects.get(name="Lena Dahl")


def quoted_claim(story: Story, words: str) -> Claim:
    return story.claims.standing().get(alignments__appearance__quote__contains=words)


def test_names_are_listed_most_frequent_first(desk: Client) -> None:
    story = make_dahl()

    page = desk.get(url(story)).context["page"]

    assert page.names[0].name == "Lena Dahl"
    assert [row.count for row in page.names] == sorted((row.count for row in page.names), reverse=True)
    assert "Norvik" in {row.name for row in page.names}
    assert page.chosen.entity == dahl()


def test_kind_narrows_the_list(desk: Client) -> None:
    story = make_dahl()

    Entity.objects.filter(name="Norvik").update(kind="place")

    page = desk.get(url(story, kind="place")).context["page"]

    assert [row.name for row in page.names] == ["Norvik"]
    assert page.chosen.entity.name == "Norvik"
    assert {choice.kind: choice.count for choice in page.kinds} == {"": 2, "person": 1, "place": 1}
    assert "Nothing of this kind is named" in desk.get(url(story, kind="event")).content.decode()
    assert desk.get(url(story, kind="nonsense")).status_code == 200


def test_quotations_stand_side_by_side_with_the_words_that_differ(desk: Client) -> None:
    story = make_dahl()

    response = desk.get(url(story, entity=dahl().pk))

    rows = response.context["page"].chosen.rows
    (row,) = [row for row in rows if all(cell.said for cell in row.cells)]
    both = ["".join(piece.words for piece in cell.said[0].pieces) for cell in row.cells]
    assert [words.strip("“”,") for words in both] == ["Nobody was hurt", "Nobody at all was hurt"]
    assert '<mark class="var" data-var="2">at all</mark>' in response.content.decode()


def test_quotation_of_two_claims_stands_with_both(desk: Client) -> None:
    story = make_story(
        [
            make_article(body="“Nobody was hurt on board,” said Lena Dahl."),
            make_article("Coast Daily", body="“Nobody at all was hurt on board,” said Lena Dahl."),
            make_article("North Sea Wire", body="“Divers will look at her hull,” said Lena Dahl."),
        ]
    )
    hurt, divers = (quoted_claim(story, words) for words in ("at all", "her hull"))
    # One passage of the first source puts both claims forward.
    said = Alignment.objects.filter(claim=hurt, appearance__quote__contains="Nobody was hurt").get().appearance
    Alignment.objects.create(appearance=said, claim=divers, method="words", score=0.9, decision="suggested")

    rows = desk.get(url(story, entity=dahl().pk)).context["page"].chosen.rows

    quoted = {row.claim.number: [len(cell.said) for cell in row.cells] for row in rows if row.claim}
    assert quoted[hurt.number] == [1, 1, 0]
    assert quoted[divers.number] == [1, 0, 1]
    (row,) = [row for row in rows if row.claim and row.claim.number == hurt.number]
    assert "at all" in {piece.words.strip() for piece in row.cells[1].said[0].pieces if piece.rank}


def test_other_words_on_the_same_claim_are_not_marked_all_over(desk: Client) -> None:
    story = make_dahl()
    first, second = Quotation.objects.filter(speaker=dahl(), kind="direct").order_by("version")
    # The second source quotes something else of the same sentence.
    text = second.version.text
    start = text.index("A ferry")
    Quotation.objects.filter(pk=second.pk).update(start=start, end=start + 11, quote=text[start : start + 11])

    for row in desk.get(url(story, entity=dahl().pk)).context["page"].chosen.rows:
        assert row.comparison.ranks <= {0}
    assert first.quote


def test_sources_that_never_quote_are_named_once(desk: Client) -> None:
    story = make_dahl()
    version = story.articles.in_order()[1].current_version
    Quotation.objects.filter(version=version).delete()

    response = desk.get(url(story, entity=dahl().pk))

    chosen = response.context["page"].chosen
    assert [[column.name for column in part] for part in (chosen.quoting, chosen.unquoting)] == [
        ["The Harbour Post"],
        ["Coast Daily"],
    ]
    assert all(len(row.cells) == 1 for row in chosen.rows)
    assert "Never quoted in" in response.content.decode()


def test_paraphrases_are_called_so(desk: Client) -> None:
    story = make_dahl()

    response = desk.get(url(story, entity=dahl().pk))

    said = [s for row in response.context["page"].chosen.rows for cell in row.cells for s in cell.said]
    assert any(not s.is_quoted for s in said)
    assert "paraphrased" in response.content.decode()


def test_rejected_quotation_is_not_shown(desk: Client, editor: User) -> None:
    story = make_dahl()
    Quotation.objects.update(decision=FindingDecision.REJECTED, decided_by=editor, decided_at=story.changed_at)

    page = desk.get(url(story, entity=dahl().pk))

    assert page.context["page"].chosen.rows == ()
    assert "No source quotes Lena Dahl" in page.content.decode()


def test_names_and_titles_are_counted_for_each_source() -> None:
    story = make_dahl()

    namings = {n.term: n.counts for n in read_people(story, entity=dahl().pk).chosen.namings}

    assert namings["President Lena Dahl"] == (1, 0)
    assert namings["Dahl"] == (1, 0)


@pytest.mark.parametrize(
    ("before", "title"),
    [
        ("said the former Venezuelan Vice President ", "former Venezuelan Vice President"),
        ("On Monday President ", "President"),
        ("told Gen. ", "Gen."),
        ("The president. ", ""),
        ("in Caracas. Mr. ", "Mr."),
        ("", ""),
        ("one two three ", ""),
    ],
)
def test_titles_before_names(before: str, title: str) -> None:
    assert find_title(before) == title


def test_mentions_stand_in_context_and_lead_to_their_passage(desk: Client) -> None:
    story = make_dahl()

    page = desk.get(url(story, entity=dahl().pk))

    lines = [line for part in page.context["page"].chosen.mentions for line in part.mentions]
    texts = dict(Mention.objects.filter(entity=dahl()).values_list("version", "version__text"))
    for line in lines:
        assert texts[line.version][line.start : line.end] == line.words
        assert line.before.lstrip("…") + line.words + line.after.rstrip("…") in texts[line.version]
        href = f"{reverse('version_detail', args=[line.version])}?start={line.start}&amp;end={line.end}#passage"
        assert href in page.content.decode()
    assert len(lines) == Mention.objects.filter(entity=dahl(), is_inferred=False).count()


def test_pronouns_are_counted_but_not_listed() -> None:
    story = make_dahl()
    mention = Mention.objects.filter(entity=dahl())[0]
    at = mention.version.text.index("She smiled")
    Mention.objects.filter(version=mention.version, start=at).delete()
    Mention.objects.create(version=mention.version, start=at, end=at + 3, quote="She", entity=dahl(), is_inferred=True)

    chosen = read_people(story, entity=dahl().pk).chosen

    assert chosen.pronoun_count == 1
    assert "She" not in {line.words for part in chosen.mentions for line in part.mentions}


def test_list_counts_what_the_page_of_a_name_lists() -> None:
    story = make_dahl()
    mention = Mention.objects.filter(entity=dahl())[0]
    for words in ("harbour master", "She"):
        at = mention.version.text.index(words)
        Mention.objects.filter(version=mention.version, start=at).delete()
        Mention.objects.create(
            version=mention.version, start=at, end=at + len(words), quote=words, entity=dahl(), is_inferred=True
        )

    page = read_people(story, entity=dahl().pk)

    (row,) = [row for row in page.names if row.pk == dahl().pk]
    assert row.count == page.chosen.mention_count
    assert "harbour master" in {line.words for part in page.chosen.mentions for line in part.mentions}


def test_long_lists_are_paged(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "NAMES_A_PAGE", 1)
    monkeypatch.setattr(people, "MENTIONS_A_PAGE", 1)
    story = make_dahl()

    first, second = (desk.get(url(story, page=n, mentions=n)).context["page"] for n in (1, 2))

    assert first.names != second.names
    assert first.chosen.mentions != second.chosen.mentions
    assert desk.get(url(story, page=10**6, mentions=10**6)).status_code == 200


def test_merged_entity_leads_to_the_one_it_became(desk: Client) -> None:
    story = make_dahl()
    middle = Entity.objects.create(name="L. Dahl", kind="person", merged_into=dahl())
    gone = Entity.objects.create(name="Dal", kind="person", merged_into=middle)

    response = desk.get(url(story, entity=gone.pk))

    assert (response.status_code, response["Location"]) == (302, url(story, entity=dahl().pk))


def test_name_of_another_story_is_not_another_name(desk: Client) -> None:
    story = make_dahl()
    make_story([make_article(body="Ragna Sollie has resigned.")])
    other = Entity.objects.get(name="Ragna Sollie")

    response = desk.get(url(story, entity=other.pk))

    page = response.content.decode()
    assert response.context["page"].chosen is None
    assert "Ragna Sollie is not named in this story." in page
    assert f'href="{reverse("entity_detail", args=[other.pk])}?story={story.pk}"' in page
    assert f"entity={dahl().pk}" in page
    assert "aria-current" not in page.split('class="entity-list"')[1].split("</ul>")[0]


def test_name_that_a_reader_may_not_see_is_not_told(desk: Client) -> None:
    story = make_dahl()
    make_story([make_article(body="Ragna Sollie has resigned.")], title="Secret")
    Story.objects.filter(title="Secret").update(is_hidden=True)
    hidden = Entity.objects.get(name="Ragna Sollie").pk

    for key in (hidden, 0, 10**9):
        page = desk.get(url(story, entity=key)).content.decode()
        assert "This name is not in this story." in page
        assert "Sollie" not in page


def test_story_without_articles_says_so(desk: Client) -> None:
    story = make_story([])

    assert "No articles in this story yet" in desk.get(url(story)).content.decode()


def test_hidden_story_is_not_found_and_people_outside_see_nothing(client: Client, as_user) -> None:
    story = make_dahl()

    assert client.get(url(story)).status_code == 302
    assert as_user(make_user("")).get(url(story)).status_code == 403
    Story.objects.update(is_hidden=True)
    assert as_user(make_user()).get(url(story)).status_code == 404


def test_text_of_the_sources_becomes_no_markup(desk: Client) -> None:
    story = make_story(
        [make_article(body="“<b>Nobody</b> was <script>hurt</script>,” said Lena Dahl of <i>Norvik</i>.")]
    )

    page = desk.get(url(story)).content.decode()

    assert "<script>hurt" not in page
    assert not re.search(r"<b>Nobody", page)


def test_queries_do_not_grow(desk: Client) -> None:
    numbers = []
    for outlets in (2, 6):
        story = make_story([make_article(f"Outlet {n}", headline=f"Ferry {n} aground") for n in range(outlets)])
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(url(story, entity=dahl().pk)).context["page"].chosen.rows
        numbers.append(len(captured))

    assert numbers[0] == numbers[1]
    assert numbers[0] <= 15
