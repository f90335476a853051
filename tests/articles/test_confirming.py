"""Saying "same claim" about a possible passage adds it, disturbs nothing else, and can be taken back."""

from collections import defaultdict
from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles import deciding
from articles.comparison import compare
from articles.incoming import IncomingArticle, read_jsonl_file
from articles.ingest import import_articles
from articles.models import Alignment, AlignmentDecision, Claim, Decision, Story, VanishedClaim
from config.sample_story import FILE
from tests.factory import make_article, make_story

pytestmark = pytest.mark.django_db

type Snapshot = dict[int, tuple[str, frozenset[tuple[int, int, int]]]]


@pytest.fixture
def story(db: None) -> Story:
    """The sample story: five accounts with passages that the machine is not sure of."""
    items = read_jsonl_file(FILE.name, FILE.read_bytes(), outlet="", limit=settings.IMPORT_MAX_BYTES)
    return make_story([item for item in items if isinstance(item, IncomingArticle)])


def passages(story: Story) -> Snapshot:
    """Of every standing claim, by number, its words and where it stands."""
    found: dict[int, tuple[str, set[tuple[int, int, int]]]] = {
        claim.number: (claim.statement, set()) for claim in story.claims.standing()
    }
    rows = Alignment.objects.live().filter(claim__story=story, claim__is_retired=False)
    for number, *place in rows.values_list(
        "claim__number", "appearance__version", "appearance__start", "appearance__end"
    ):
        found[number][1].add(tuple(place))
    return {number: (words, frozenset(places)) for number, (words, places) in found.items()}


def asked(story: Story) -> list[tuple[int, int, int, int]]:
    """The possible matches, each by claim number, version and span: rows may be made anew."""
    rows = Alignment.objects.filter(claim__story=story, decision=AlignmentDecision.POSSIBLE).order_by("pk")
    return list(rows.values_list("claim__number", "appearance__version", "appearance__start", "appearance__end"))


def match(key: tuple[int, int, int, int]) -> Alignment:
    number, version, start, end = key
    return Alignment.objects.select_related("claim", "appearance").get(
        claim__number=number, appearance__version=version, appearance__start=start, appearance__end=end
    )


def test_every_yes_adds_one_passage_and_taking_it_back_restores_everything(story: Story, editor: User):
    before = passages(story)
    keys = asked(story)
    assert len(keys) >= 5
    for key in keys:
        alignment = match(key)
        row = alignment.appearance
        place = (row.version_id, row.start, row.end)
        decision = deciding.confirm(alignment=alignment, by=editor, expected=alignment.revision)
        after = passages(story)
        statement, held = after[alignment.claim.number]
        assert statement == before[alignment.claim.number][0]
        assert before[alignment.claim.number][1] | {place} <= held
        for number, (words, places) in before.items():
            # A claim that was nothing but this passage may go: its number tells where it went.
            if number == alignment.claim.number or places <= held:
                continue
            assert places - after[number][1] <= {place}
            assert after[number][0] == words or place in places
        deciding.undo(decision=decision, by=editor)
        assert passages(story) == before


def test_a_passage_stays_where_it_stood_with_others(story: Story, editor: User):
    """One sentence may state two claims: a yes for one is no no for the other."""
    for key in asked(story):
        alignment = match(key)
        others = Claim.objects.standing().filter(
            alignments__in=alignment.appearance.alignments.live(), source_count__gt=1
        )
        if others.exists():
            break
    else:
        pytest.fail("No possible passage stands in a claim of several sources.")
    [other] = others
    deciding.confirm(alignment=alignment, by=editor, expected=alignment.revision)
    assert alignment.appearance.alignments.live().filter(claim=other).exists()
    moved = alignment.appearance.alignments.live().get(claim=other)
    deciding.reject(alignment=moved, by=editor, expected=moved.revision)
    assert not alignment.appearance.alignments.live().filter(claim=other).exists()
    compare(story=story)
    assert not alignment.appearance.alignments.live().filter(claim=other).exists()


def test_number_of_a_claim_that_vanished_leads_on_and_comes_back(story: Story, editor: User, client: Client):
    """Its one passage went into another claim: the address says so, and taking that back gives the number back."""
    for key in asked(story):
        alignment = match(key)
        lone = Claim.objects.standing().filter(alignments__in=alignment.appearance.alignments.live(), source_count=1)
        if lone.exists() and lone.get().alignments.live().count() == 1:
            break
    else:
        pytest.fail("No possible passage is a claim of its own.")
    number, statement = lone.get().number, lone.get().statement
    decision = deciding.confirm(alignment=alignment, by=editor, expected=alignment.revision)
    assert VanishedClaim.objects.get(story=story, number=number).statement == statement
    client.force_login(editor)
    address = reverse("claim_page", args=[story.slug, number])
    response = client.get(address)
    assert response.status_code == 410
    assert f"claim {alignment.claim.number}" in response.content.decode()
    deciding.undo(decision=decision, by=editor)
    assert story.claims.get(number=number).statement == statement
    assert not VanishedClaim.objects.filter(number=number).exists()
    assert client.get(address).status_code == 200


def test_numbers_are_never_given_twice(story: Story):
    compare(story=story)
    import_articles([make_article("Late Edition", "Late", "Something else happened in Norvik.")], story=story, by=None)
    numbers = list(story.claims.values_list("number", flat=True))
    numbers += VanishedClaim.objects.filter(story=story).values_list("number", flat=True)
    assert len(numbers) == len(set(numbers))
    assert max(numbers) <= Story.objects.get(pk=story.pk).last_claim_number


def first_shared(story: Story) -> Claim:
    """A claim of several sources that nobody touched."""
    return story.claims.standing().filter(source_count__gt=1).order_by("number")[0]


def rows_of(claim: Claim) -> list[Alignment]:
    rows = Alignment.objects.live().filter(claim=claim).select_related("claim__story", "appearance__version")
    return list(rows.order_by("pk"))


def rejected(story: Story, by: User) -> Decision:
    return deciding.reject(alignment=rows_of(first_shared(story))[0], by=by, expected=0)


def unsure(story: Story, by: User) -> Decision:
    return deciding.mark_unsure(alignment=rows_of(first_shared(story))[1], by=by, expected=0)


def moved(story: Story, by: User) -> Decision:
    to = story.claims.standing().order_by("-number")[0]
    return deciding.move(alignment=rows_of(first_shared(story))[0], to=to, by=by, expected=0)


def split(story: Story, by: User) -> Decision:
    rows = rows_of(first_shared(story))[:2]
    return deciding.split_off(alignments=rows, expected=[0, 0], by=by)


def merged(story: Story, by: User) -> Decision:
    into = story.claims.standing().filter(source_count__gt=1).order_by("-number")[0]
    return deciding.merge(claim=first_shared(story), into=into, by=by, expected=0)


def made(story: Story, by: User) -> Decision:
    version = rows_of(first_shared(story))[0].appearance.version
    start = version.text.index(" ", len(version.text) // 2) + 1
    end = version.text.index(" ", start + 30)
    quote = version.text[start:end]
    return deciding.new_claim(version=version, start=start, end=end, quote=quote, by=by)


def recut(story: Story, by: User) -> Decision:
    row = rows_of(first_shared(story))[0]
    start = row.appearance.start
    end = row.appearance.version.text.index(" ", start + 12)
    quote = row.appearance.version.text[start:end]
    return deciding.edit_span(alignment=row, start=start, end=end, quote=quote, by=by, expected=0)


@pytest.mark.parametrize("act", [rejected, unsure, moved, split, merged, made, recut], ids=lambda act: act.__name__)
def test_taking_back_restores_every_claim(story: Story, editor: User, act: Callable[[Story, User], Decision]):
    before = passages(story)
    decision = act(story, editor)
    assert passages(story) != before
    deciding.undo(decision=decision, by=editor)
    assert passages(story) == before
    compare(story=story)
    assert passages(story) == before


@pytest.mark.parametrize("part", [0.2, 0.6, 1], ids=["a few words", "most of it", "all of it"])
def test_claim_made_of_words_that_stand_in_another_takes_nothing_from_it(story: Story, editor: User, part: float):
    before = passages(story)
    known = Alignment.objects.live().filter(claim__story=story, claim__is_retired=False, claim__source_count__gte=3)
    row = known.select_related("appearance__version__article", "claim")[0].appearance
    quote = row.quote[: int(len(row.quote) * part)].rstrip()
    decision = deciding.new_claim(
        version=row.version, start=row.start, end=row.start + len(quote), quote=quote, by=editor
    )

    made = decision.claim
    assert made is not None
    place = (row.version_id, row.start, row.start + len(quote))
    assert passages(story) == before | {made.number: (quote, frozenset({place}))}
    # The other sources are asked about, for the words are like those.
    assert any(number == made.number for number, *_ in asked(story))

    # A note, a new article or a comparison anew changes nothing of that.
    deciding.edit_statement(claim=known[0].claim, statement=known[0].claim.statement, by=editor, expected=0)
    compare(story=story)
    assert passages(story) == before | {made.number: (quote, frozenset({place}))}


def test_yes_beside_a_claim_made_by_hand_leaves_the_other_whole(story: Story, editor: User):
    before = passages(story)
    known = Alignment.objects.live().filter(claim__story=story, claim__is_retired=False, claim__source_count__gte=3)
    row = known.select_related("appearance__version__article")[0].appearance
    decision = deciding.new_claim(version=row.version, start=row.start, end=row.end, quote=row.quote, by=editor)
    assert decision.claim is not None
    number = decision.claim.number
    key = next(key for key in asked(story) if key[0] == number)

    alignment = match(key)
    deciding.confirm(alignment=alignment, by=editor, expected=alignment.revision)

    after = passages(story)
    assert after.pop(number)[1] == {(row.version_id, row.start, row.end), key[1:]}
    assert after == before


def beside(story: Story, *, by: User) -> tuple[Claim, Alignment, Decision]:
    """A claim of several sources, its passage of some of whose words another claim is made, and that decision."""
    known = Alignment.objects.live().filter(claim__story=story, claim__is_retired=False, claim__source_count__gte=3)
    alignment = known.select_related("claim", "appearance__version__article")[0]
    row = alignment.appearance
    end = row.version.text.index(" ", row.start + 12)
    quote = row.version.text[row.start : end]
    decision = deciding.new_claim(version=row.version, start=row.start, end=end, quote=quote, by=by)
    return alignment.claim, alignment, decision


def test_rejecting_the_passage_of_the_other_claim_is_taken_back_whole(story: Story, editor: User):
    claim, alignment, made = beside(story, by=editor)
    before = passages(story)

    decision = deciding.reject(alignment=alignment, by=editor, expected=alignment.revision)
    assert made.claim is not None
    after = passages(story)
    assert after[made.claim.number] == before[made.claim.number]
    row = alignment.appearance
    assert after[claim.number][1] == before[claim.number][1] - {(row.version_id, row.start, row.end)}
    deciding.undo(decision=decision, by=editor)

    assert passages(story) == before


def test_new_version_leaves_both_claims_as_they_are(story: Story, editor: User):
    claim, alignment, made = beside(story, by=editor)
    before = passages(story)
    article = alignment.appearance.version.article
    headline, _, body = article.current_version.text.partition("\n\n")

    import_articles(
        [make_article(article.outlet.name, headline, f"{body}\n\nMore follows.", url=article.url)],
        story=story,
        by=None,
    )

    article.refresh_from_db()
    version = alignment.appearance.version_id
    assert article.current_version_id != version
    assert made.claim is not None
    after = passages(story)
    for number in (claim.number, made.claim.number):
        assert after[number][0] == before[number][0]
        elsewhere = {place for place in before[number][1] if place[0] != version}
        here = {place[1:] for place in before[number][1] if place[0] == version}
        assert elsewhere <= after[number][1]
        assert here == {place[1:] for place in after[number][1] if place[0] == article.current_version_id}


def test_passage_of_two_claims_is_split_off_one(story: Story, editor: User):
    """The bundled story has passages that state two claims; each is split off and that taken back."""
    before = passages(story)
    claims: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for number, (_, places) in before.items():
        for place in places:
            claims[place].append(number)
    keys = [(number, *place) for place, numbers in sorted(claims.items()) if len(numbers) > 1 for number in numbers]
    assert keys
    for key in keys:
        alignment = match(key)
        decision = deciding.split_off(
            alignments=[alignment], statement="A claim of its own.", by=editor, expected=[alignment.revision]
        )
        deciding.undo(decision=decision, by=editor)
        assert passages(story) == before
