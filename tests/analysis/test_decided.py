"""What people decided is honoured by every later comparison, whatever the machine thinks of it."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.analysis.article import analyse_article
from articles.analysis.story import compare_story
from articles.analysis.types import (
    DecidedAppearance,
    DecidedClaim,
    DecidedIdentity,
    DecidedStance,
    Decisions,
    Span,
    StoryArticle,
)

TEXTS = (
    """Mill fire closes the harbour road

A fire broke out in the old paper mill at Dunholm on Friday night, and the harbour road was closed for six hours.

Fire chief Rosa Lindqvist said that 40 firefighters fought the blaze. “We will find out how this started,” she said.

A bakery next door gave the crews free bread.""",
    """Old paper mill burns at Dunholm

The old paper mill at Dunholm burned on Friday night. The harbour road was closed for six hours.

At least 45 firefighters fought the blaze. “We will certainly find out how this has started,” Lindqvist told reporters.

The mill had stood empty since 1994.""",
    """Dunholm: mill destroyed

A blaze destroyed the old paper mill at Dunholm on Friday night. Residents were told to keep their windows shut.

The council wants to build flats on the site.""",
)


@pytest.fixture(scope="module")
def articles():
    return [StoryArticle(key, f"Outlet {key}", analyse_article(text)) for key, text in enumerate(TEXTS, 1)]


def place(article, words):
    start = TEXTS[article - 1].index(words)
    return article, Span(start, start + len(words))


FIRE = (
    place(1, "A fire broke out in the old paper mill at Dunholm on Friday night,"),
    place(2, "The old paper mill at Dunholm burned on Friday night."),
    place(3, "A blaze destroyed the old paper mill at Dunholm on Friday night."),
)
CREWS = (
    place(1, "Fire chief Rosa Lindqvist said that 40 firefighters fought the blaze."),
    place(2, "At least 45 firefighters fought the blaze."),
)
BAKERY = place(1, "A bakery next door gave the crews free bread.")
FLATS = place(3, "The council wants to build flats on the site.")
EMPTY = place(2, "The mill had stood empty since 1994.")


def told(where, decision="confirmed"):
    return DecidedAppearance(*where, decision)


def claim_of(result, key):
    (claim,) = [claim for claim in result.claims if claim.key == key]
    return claim


def spans(claim, band="suggested"):
    return {(a.article, a.span) for a in claim.appearances if a.band == band}


def holders(result, where):
    """The claims in which a passage stands, in either band."""
    article, span = where
    return [c for c in result.claims if any(a.article == article and a.span.overlaps(span) for a in c.appearances)]


def test_the_machine_gathers_what_the_rules_below_part(articles):
    plain = compare_story(articles)
    (fire,) = [c for c in plain.claims if FIRE[1] in spans(c)]
    assert {a.article for a in fire.appearances if a.band == "suggested"} == {1, 2, 3}
    (crews,) = [c for c in plain.claims if CREWS[1] in spans(c)]
    assert set(CREWS) == spans(crews)
    assert all(claim.key is None for claim in plain.claims)


def test_a_confirmed_passage_keeps_the_boundaries_it_was_given(articles):
    half = place(3, "build flats on the site")
    claim = DecidedClaim(7, (told(half), told(EMPTY)))
    result = compare_story(articles, decisions=Decisions((claim,)))
    assert {half, EMPTY} <= spans(claim_of(result, 7))
    assert [c.key for c in holders(result, half)] == [7]
    assert [c.key for c in holders(result, EMPTY)] == [7]


def test_a_confirmed_passage_stands_elsewhere_only_where_it_is_confirmed_too(articles):
    first, second = DecidedClaim(1, (told(FIRE[0]), told(FIRE[1]))), DecidedClaim(2, (told(FIRE[1]), told(FLATS)))
    result = compare_story(articles, Decisions((first, second)))
    assert sorted(c.key for c in holders(result, FIRE[1])) == [1, 2]
    assert [c.key for c in holders(result, FIRE[0])] == [1]


def test_what_the_machine_finds_still_joins_a_decided_claim(articles):
    result = compare_story(articles, Decisions((DecidedClaim(4, (told(FIRE[0]), told(BAKERY))),)))
    claim = claim_of(result, 4)
    assert {FIRE[0], FIRE[1], FIRE[2], BAKERY} <= spans(claim)


def test_a_rejected_passage_never_comes_back_and_has_a_claim_of_its_own(articles):
    claim = DecidedClaim(4, (told(FIRE[0]), told(FIRE[1], "rejected"), told(FIRE[2], "rejected")))
    result = compare_story(articles, Decisions((claim,)))
    kept = claim_of(result, 4)
    assert not {(a.article, a.span) for a in kept.appearances} & {FIRE[1], FIRE[2]}
    assert {a.article for a in kept.appearances if a.span.overlaps(FIRE[0][1])} == {1}
    assert holders(result, FIRE[1])
    assert holders(result, FIRE[2])


def test_a_rejection_holds_for_a_claim_found_by_its_former_passages(articles):
    claim = DecidedClaim(4, (told(CREWS[1], "rejected"),), former=(CREWS[0],))
    result = compare_story(articles, Decisions((claim,)))
    assert {article for article, _ in spans(claim_of(result, 4))} == {1}
    assert all(a.span != CREWS[1][1] for a in claim_of(result, 4).appearances)
    (alone,) = holders(result, CREWS[1])
    assert alone.key is None


@pytest.mark.parametrize("pair", list(itertools.combinations(FIRE, 2)))
def test_passages_taken_from_one_another_meet_in_no_claim(articles, pair):
    one, other = pair
    result = compare_story(articles, Decisions(apart=((*one, *other),)))
    assert holders(result, one)
    assert holders(result, other)
    # Neither in one claim nor as a question about it; the third may stand with either.
    assert not any(claim in holders(result, other) for claim in holders(result, one))


def test_what_follows_a_confirmed_passage_is_never_what_was_taken_from_it(articles):
    claim = DecidedClaim(4, (told(FIRE[0]), told(BAKERY)))
    result = compare_story(articles, Decisions((claim,), apart=((*FIRE[1], *FIRE[0]),)))
    kept = claim_of(result, 4)
    assert FIRE[0] in spans(kept)
    assert kept not in holders(result, FIRE[1])


def test_claim_grows_by_nothing_that_was_taken_from_a_passage_confirmed_beside_where_it_stood(articles):
    """A claim is found again by what stood in it; what people put there since counts as much."""
    first = DecidedClaim(1, (told(CREWS[1], "rejected"), told(FIRE[0], "rejected")), former=(FIRE[2],))
    second = DecidedClaim(2, (told(FIRE[0]),), former=(CREWS[0],))
    result = compare_story(articles, Decisions((first, second), apart=((*CREWS[1], *FIRE[0]),)))
    assert FIRE[0] in spans(claim_of(result, 2))
    assert claim_of(result, 2) not in holders(result, CREWS[1])


def test_an_unsure_passage_is_put_as_a_question(articles):
    claim = DecidedClaim(4, (told(CREWS[0]), told(CREWS[1], "unsure"), told(FLATS, "unsure")))
    kept = claim_of(compare_story(articles, Decisions((claim,))), 4)
    assert spans(kept) == {CREWS[0]}
    assert {CREWS[1], FLATS} <= spans(kept, "possible")
    assert kept.divergences == ()


def test_two_decided_claims_never_merge(articles):
    claims = [DecidedClaim(n, (told(where),)) for n, where in enumerate(FIRE, 1)]
    result = compare_story(articles, Decisions(tuple(claims)))
    for n, where in enumerate(FIRE, 1):
        assert where in spans(claim_of(result, n))
        assert not {other for other in FIRE if other != where} & spans(claim_of(result, n))


def test_two_claims_found_by_their_former_passages_never_merge(articles):
    claims = (DecidedClaim(1, former=(FIRE[0], FIRE[2])), DecidedClaim(2, former=(FIRE[1],)))
    result = compare_story(articles, Decisions(claims))
    assert FIRE[1] in spans(claim_of(result, 2))
    assert FIRE[1] not in spans(claim_of(result, 1))
    assert {FIRE[0], FIRE[2]} <= spans(claim_of(result, 1))


def test_the_lower_key_wins_between_equals_and_nobody_is_lost(articles):
    claims = (DecidedClaim(8, former=(BAKERY,)), DecidedClaim(5, former=(BAKERY,)))
    result = compare_story(articles, Decisions(claims))
    assert spans(claim_of(result, 5)) == {BAKERY}
    assert spans(claim_of(result, 8)) == {BAKERY}


def test_a_claim_whose_passages_vanished_is_absent(articles):
    gone = (DecidedClaim(1, former=((9, Span(0, 5)),)), DecidedClaim(2, (told((1, Span(9000, 9010))),)))
    assert all(c.key is None for c in compare_story(articles, Decisions(gone)).claims)


def test_former_passages_lead_to_the_claim_they_became(articles):
    (article, span), shift = FIRE[1], 5
    result = compare_story(
        articles, Decisions((DecidedClaim(3, former=((article, Span(span.start, span.end - shift)),)),))
    )
    assert FIRE[1] in spans(claim_of(result, 3))
    assert {a.article for a in claim_of(result, 3).appearances if a.band == "suggested"} == {1, 2, 3}


def test_a_decided_stance_is_set_before_differences_are_looked_for(articles):
    plain = compare_story(articles)
    (crews,) = [c for c in plain.claims if CREWS[1] in spans(c)]
    assert "quantity" in {d.kind for d in crews.divergences}
    hedged = Decisions(stances=(DecidedStance(*CREWS[1], certainty="PS+"),))
    (crews,) = [c for c in compare_story(articles, hedged).claims if CREWS[1] in spans(c)]
    own = next(a for a in crews.appearances if a.article == 2)
    assert own.certainty == "PS+"


def test_nobody_speaks_where_a_person_said_so(articles):
    analysis = articles[0].analysis
    index = next(n for n, e in enumerate(analysis.entities) if "Lindqvist" in e.name)
    nobody = Decisions(stances=(DecidedStance(*CREWS[0], entity=-1),))
    (claim,) = [c for c in compare_story(articles, nobody).claims if CREWS[0] in spans(c)]
    own = next(a for a in claim.appearances if a.article == 1)
    assert (own.speaker, own.entity, own.source_level) == (None, None, "none")
    somebody = Decisions(stances=(DecidedStance(*BAKERY, entity=index, source_level="role"),))
    result = compare_story(articles, somebody)
    (claim,) = [c for c in result.claims if BAKERY in spans(c)]
    (own,) = claim.appearances[:1]
    assert own.source_level == "role"
    assert own.entity is not None
    assert "Lindqvist" in result.entities[own.entity].name


def test_passages_that_are_no_shared_copy_are_left_out_everywhere():
    body = (
        "\n\nCrews reopened the northern lane of the bridge before noon after engineers checked every cable twice. "
        "The southern lane stays closed until the spring because two pillars have to be replaced by the county."
    )
    pair = [
        StoryArticle(n, f"Outlet {n}", analyse_article(head + body)) for n, head in ((1, "Lane open"), (2, "Bridge"))
    ]
    plain = compare_story(pair)
    assert plain.origin_groups == ((1, 2),)
    (passage,) = plain.shared
    for told_ in (
        (passage.left, passage.left_span, passage.right, passage.right_span),
        (passage.right, passage.right_span, passage.left, passage.left_span),
    ):
        result = compare_story(pair, Decisions(not_shared=(told_,)))
        assert result.shared == ()
        assert result.origin_groups == ((1,), (2,))
        assert all(len(c.origins) == len({article for article, _ in spans(c)}) for c in result.claims)


def test_people_overrule_origins_of_one_claim(articles):
    one = compare_story(articles, Decisions((DecidedClaim(1, former=FIRE, same_origin=((1, 3),)),)))
    claim = claim_of(one, 1)
    assert len(claim.origins) == 2
    assert "counted as one origin by the desk" in claim.origin_reasons
    copied = [*articles, replace(articles[0], key=4, outlet="Outlet 4")]
    plain = compare_story(copied)
    (fire,) = [c for c in plain.claims if FIRE[0] in spans(c)]
    assert len(fire.origins) == 3
    two = compare_story(copied, Decisions((DecidedClaim(1, former=FIRE, own_origin=((4, 1),)),)))
    claim = claim_of(two, 1)
    assert len(claim.origins) == 4
    assert claim.origin_reasons.count("counted as independent by the desk") == 2


def test_entities_of_one_identity_are_one_and_of_two_are_two(articles):
    def place_of(article, name):
        names = [entity.name for entity in articles[article - 1].analysis.entities]
        return article, next(n for n, known in enumerate(names) if known.endswith(name))

    full, last = place_of(1, "Lindqvist"), place_of(2, "Lindqvist")
    village = place_of(3, "Dunholm")

    def holding(result, member):
        (entity,) = [e for e in result.entities if member in e.members]
        return entity

    plain = compare_story(articles)
    assert last in holding(plain, full).members
    apart = compare_story(articles, Decisions(identities=(DecidedIdentity(*full, 8), DecidedIdentity(*last, 9))))
    assert last not in holding(apart, full).members
    assert (holding(apart, full).identity, holding(apart, last).identity) == (8, 9)
    joined = compare_story(articles, Decisions(identities=(DecidedIdentity(*full, 8), DecidedIdentity(*village, 8))))
    assert village in holding(joined, full).members
    # What the machine joined to either comes along.
    assert last in holding(joined, full).members


@pytest.mark.parametrize(
    ("stance", "kind"),
    [(DecidedStance(*CREWS[1], certainty="PS+"), "certainty"), (DecidedStance(*CREWS[0], entity=-1), "attribution")],
)
def test_a_stance_without_words_of_its_own_makes_a_difference_that_quotes_the_passage(articles, stance, kind):
    def kinds(decisions):
        result = compare_story(articles, decisions)
        (crews,) = [c for c in result.claims if CREWS[1] in spans(c)]
        return {d.kind: d for d in crews.divergences}

    assert (kind in kinds(Decisions())) != (kind in kinds(Decisions(stances=(stance,))))


def test_every_passage_stands_in_some_claim_whatever_people_decided(articles):
    """What is like a passage that stands elsewhere by a person's word follows it, and is never left out."""
    plain = {
        (a.article, a.span) for c in compare_story(articles).claims for a in c.appearances if a.band == "suggested"
    }
    for chosen in itertools.combinations((*FIRE, *CREWS, BAKERY, EMPTY, FLATS), 2):
        claims = (DecidedClaim(1, (told(chosen[0]),), former=(chosen[1],)), DecidedClaim(2, (told(chosen[1]),)))
        found = [c.appearances for c in compare_story(articles, Decisions(claims)).claims]
        stands = [(a.article, a.span) for appearances in found for a in appearances if a.band == "suggested"]
        lost = [at for at in plain if not any(at[0] == article and at[1].overlaps(span) for article, span in stands)]
        assert lost == []


DECIDED = Decisions(
    claims=(
        DecidedClaim(3, (told(FIRE[0]), told(FIRE[1], "rejected"), told(FLATS, "unsure"))),
        DecidedClaim(1, (told(CREWS[0], "rejected"),), former=(CREWS[1], EMPTY), same_origin=((1, 2),)),
        DecidedClaim(2, former=(FIRE[2], FIRE[1]), own_origin=((2, 3),)),
    ),
    stances=(DecidedStance(*CREWS[1], certainty="PS+"), DecidedStance(*FIRE[2], source_level="unnamed")),
    apart=((*FIRE[0], *FIRE[1]),),
)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(3)), st.permutations(DECIDED.claims), st.permutations(DECIDED.stances), st.randoms())
def test_no_order_matters(articles, order, claims, stances, random):
    shuffled = tuple(
        replace(c, appearances=tuple(random.sample(c.appearances, len(c.appearances))), former=c.former[::-1])
        for c in claims
    )
    expected = compare_story(articles, DECIDED)
    assert (
        compare_story([articles[n] for n in order], replace(DECIDED, claims=shuffled, stances=tuple(stances)))
        == expected
    )


@pytest.mark.parametrize("size", [1, 2, 3])
def test_no_passage_stands_twice_in_one_claim(articles, size):
    everywhere = [told(where) for where in (*FIRE, *CREWS, BAKERY)]
    for chosen in itertools.combinations(everywhere, size):
        result = compare_story(articles, Decisions((DecidedClaim(1, chosen, former=FIRE),)))
        for claim in result.claims:
            found = [(a.article, a.span) for a in claim.appearances]
            assert len(found) == len(set(found))
