"""The page that corrects one claim: every act by a plain post and by htmx, refusals, rights and taking back."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from articles import deciding
from articles.correcting import find_correcting
from articles.models import (
    Alignment,
    AlignmentDecision,
    Appearance,
    Claim,
    Decision,
    DivergenceDecision,
    FindingDecision,
    OriginRuling,
    Quotation,
    SharedPassage,
    Story,
    Verb,
)
from tests.factory import make_article, make_story, make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}

COPIED = (
    "The coastguard sent three lifeboats and a helicopter from the base at Orlund shortly before nine in the morning, "
    "and took the last passengers off the stranded ferry by noon, with the crew still aboard."
)


@pytest.fixture
def story(db: None) -> Story:
    return make_story()


@pytest.fixture
def claim(story: Story) -> Claim:
    return story.claims.standing().get(divergences__kind="quantity")


@pytest.fixture
def desk(as_user, fact_checker: User) -> Client:
    return as_user(fact_checker)


def live(claim: Claim) -> list[Alignment]:
    return list(Alignment.objects.filter(claim=claim).live().select_related("appearance").order_by("pk"))


def post(desk: Client, claim: Claim, act: str, *, htmx: bool = False, **fields: object):
    return desk.post(reverse("claim_correct", args=[claim.pk]), {"act": act, **fields}, headers=HTMX if htmx else {})


def of(alignment: Alignment) -> dict[str, int]:
    return {"alignment": alignment.pk, "expected": alignment.revision}


def picked(*alignments: Alignment) -> dict[str, list[str]]:
    return {"passages": [f"{alignment.pk}:{alignment.revision}" for alignment in alignments]}


def test_page_offers_every_correction(desk: Client, claim: Claim):
    page = desk.get(reverse("claim_correct", args=[claim.pk])).content.decode()

    for alignment in live(claim):
        assert escape(alignment.appearance.quote) in page
    acts = set(re.findall(r'name="act" value="(\w+)"', page))
    assert {"move", "split"} == set(re.findall(r'name="act" value="(move|split)">', page))
    # Shared copy and quotations depend on the texts.
    assert acts - {"shared", "quotation", "move", "split"} == {
        "decide",
        "span",
        "stance",
        "statement",
        "divergence",
        "merge",
        "origin",
    }
    assert "Method: words" in page
    assert f"<h1>Correct claim {claim.number}</h1>" in page


def test_htmx_gets_the_fragment(desk: Client, claim: Claim):
    response = desk.get(reverse("claim_correct", args=[claim.pk]), headers=HTMX)

    page = response.content.decode()
    assert page.lstrip().startswith(f'<section class="corrections" id="corrections-{claim.pk}"')
    assert "<html" not in page
    assert "HX-Request" in response["Vary"]


def test_ids_are_used_once(desk: Client, claim: Claim):
    page = desk.get(reverse("claim_correct", args=[claim.pk])).content.decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("word", "decided"),
    [
        ("confirm", AlignmentDecision.CONFIRMED),
        ("reject", AlignmentDecision.REJECTED),
        ("unsure", AlignmentDecision.UNSURE),
    ],
)
def test_deciding(desk: Client, claim: Claim, fact_checker: User, htmx: bool, word: str, decided: str):
    alignment = live(claim)[0]
    response = post(desk, claim, "decide", htmx=htmx, decision=word, reason="I know it", **of(alignment))

    alignment.refresh_from_db()
    assert (alignment.decision, alignment.decided_by) == (decided, fact_checker)
    assert Decision.objects.get().reason == "I know it"
    if htmx:
        assert response.status_code == 200
        # On a page of its own: the corrections anew, and a message that takes it back.
        assert response["HX-Reswap"] == "none"
        page = response.content.decode()
        assert f'id="corrections-{claim.pk}" hx-swap-oob="true"' in page
        assert reverse("decision_undo", args=[Decision.objects.get().pk]) in page
    else:
        assert response.status_code == 302
        page = desk.get(response["Location"].split("#")[0]).content.decode()
        assert f"{alignment.get_decision_display()} by Farid Checker" in page
        assert "Take back" in page


def test_deciding_at_a_wording_goes_back_to_the_texts(desk: Client, claim: Claim):
    alignment = live(claim)[0]
    response = desk.post(
        reverse("claim_correct", args=[claim.pk]),
        {"act": "decide", "decision": "confirm", **of(alignment)},
        headers={"Referer": f"http://testserver{claim.get_absolute_url()}"},
    )

    assert response["Location"] == claim.get_absolute_url()
    assert "confirmed by Farid Checker" in desk.get(claim.get_absolute_url()).content.decode().lower().replace(
        "farid checker", "Farid Checker"
    )


@pytest.mark.parametrize("htmx", [False, True])
def test_moving_by_number_and_by_words(desk: Client, story: Story, claim: Claim, htmx: bool):
    other = story.claims.standing().exclude(pk=claim.pk).first()
    first, second, *_ = live(claim)
    post(desk, claim, "move", htmx=htmx, to=f"{other.number} · whatever it says", **picked(first))
    assert first.appearance.quote in {a.appearance.quote for a in live(other)}

    second.refresh_from_db()
    post(desk, claim, "move", htmx=htmx, to=other.statement[:30], **picked(second))
    assert second.appearance.quote in {a.appearance.quote for a in live(other)}


def test_moving_to_words_of_several_claims_is_refused(desk: Client, claim: Claim):
    response = post(desk, claim, "move", to="a", **picked(live(claim)[0]))
    assert response.status_code == 422
    assert "Several claims have these words" in response.content.decode()


@pytest.mark.parametrize("htmx", [False, True])
def test_splitting_off(desk: Client, story: Story, claim: Claim, htmx: bool):
    alignment = live(claim)[1]
    post(desk, claim, "split", htmx=htmx, statement="Another count.", **picked(alignment))
    made = story.claims.get(statement="Another count.")
    assert alignment.appearance.quote in {a.appearance.quote for a in live(made)}
    assert alignment.appearance.quote not in {a.appearance.quote for a in live(claim)}


@pytest.mark.parametrize("htmx", [False, True])
def test_choosing_other_words(desk: Client, claim: Claim, htmx: bool):
    alignment = live(claim)[0]
    words = alignment.appearance.quote[:-1].rsplit(" ", 2)[0]
    post(desk, claim, "span", htmx=htmx, quote=words, **of(alignment))
    assert words in {a.appearance.quote for a in live(claim)}


def test_other_words_may_run_over_a_line_break(desk: Client, claim: Claim):
    alignment = live(claim)[0]
    text = alignment.appearance.version.text
    words = text[alignment.appearance.start : text.index("\n\n", alignment.appearance.start) + 8]
    response = post(desk, claim, "span", quote=words.replace("\n", "\r\n"), **of(alignment))
    assert response.status_code == 302
    assert words in {a.appearance.quote for a in live(claim)}


def test_words_that_stand_nowhere_are_kept_in_their_form(desk: Client, claim: Claim):
    first, second, *_ = live(claim)
    response = post(desk, claim, "span", htmx=True, quote="words of my own", reason="slip", **of(second))

    assert response.status_code == 422
    page = response.content.decode()
    assert 'role="alert"' in page
    assert "These words do not stand in the text exactly so" in page
    # The field of the other passage holds its own words still.
    fields = dict(re.findall(r'<textarea name="quote"[^>]*id="id_span_(\d+)_quote"[^>]*>\s*([^<]*)</textarea>', page))
    assert fields[str(second.pk)] == "words of my own"
    assert fields[str(first.pk)] == escape(first.appearance.quote)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("htmx", [False, True])
def test_changing_the_stance(desk: Client, claim: Claim, htmx: bool):
    said = live(claim)[0].appearance
    fields = {"speaker": "Lena Dahl", "certainty": "PR+", "source_level": "named"}
    post(desk, claim, "stance", htmx=htmx, appearance=said.pk, expected=said.revision, **fields)
    said = Appearance.objects.get(pk=said.pk)
    assert said.speaker is not None
    assert (said.speaker.name, said.certainty, said.source_level) == ("Lena Dahl", "PR+", "named")


@pytest.mark.parametrize("htmx", [False, True])
def test_rewording(desk: Client, claim: Claim, htmx: bool):
    post(desk, claim, "statement", htmx=htmx, statement="More than 100 were aboard.", expected=claim.revision)
    claim.refresh_from_db()
    assert claim.statement == "More than 100 were aboard."


@pytest.mark.parametrize("htmx", [False, True])
def test_merging_leads_to_the_claim_that_stays(desk: Client, story: Story, claim: Claim, htmx: bool):
    other = story.claims.standing().exclude(pk=claim.pk).first()
    response = post(desk, claim, "merge", htmx=htmx, into=str(other.number), expected=claim.revision)
    claim.refresh_from_db()
    assert claim.merged_into == other
    if htmx:
        assert f'"claim": {other.number}' in response["HX-Trigger-After-Swap"]
        assert f'id="corrections-{other.pk}" hx-swap-oob="true"' in response.content.decode()
    else:
        assert f"/claims/{other.pk}/correct/" in response["Location"]


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("decision", [choice for choice in DivergenceDecision if choice != "suggested"])
def test_deciding_about_a_difference(desk: Client, claim: Claim, htmx: bool, decision: str):
    row = claim.divergences.get(kind="quantity")
    post(desk, claim, "divergence", htmx=htmx, divergence=row.pk, expected=row.revision, decision=decision)
    row.refresh_from_db()
    assert row.decision == decision


@pytest.mark.parametrize("htmx", [False, True])
def test_rejecting_a_quotation_and_taking_it_back(desk: Client, story: Story, htmx: bool):
    quotation = Quotation.objects.filter(version__article__story=story).first()
    claim = Claim.objects.filter(
        alignments__appearance__version=quotation.version,
        alignments__appearance__start__lt=quotation.end,
        alignments__appearance__end__gt=quotation.start,
    ).first()
    post(desk, claim, "quotation", htmx=htmx, quotation=quotation.pk, expected=quotation.revision)
    quotation.refresh_from_db()
    assert quotation.decision == FindingDecision.REJECTED
    read = desk.get(story.get_absolute_url()).content.decode()
    assert f'<mark class="hl quote">{escape(quotation.quote)}' not in read

    # The decision names no claim, and is in the history of those it was made from.
    page = find_correcting(claim)
    assert page.rows.log[0].row.verb == Verb.NOT_A_QUOTATION
    response = desk.post(
        reverse("decision_undo", args=[page.rows.log[0].row.pk]), {"claim": claim.pk}, headers=HTMX if htmx else {}
    )
    assert f"/claims/{claim.pk}/correct/" in (response.content.decode() if htmx else response["Location"])
    quotation.refresh_from_db()
    assert quotation.decision == FindingDecision.SUGGESTED


def test_quotations_of_passages_that_only_may_belong_are_corrected_elsewhere(story: Story, claim: Claim):
    quoting = Alignment.objects.live().filter(appearance__quote__contains="said harbour master")[0]
    assert quoting.claim != claim
    possible = AlignmentDecision.POSSIBLE
    Alignment.objects.create(claim=claim, appearance=quoting.appearance, method="words", score=0.4, decision=possible)

    assert find_correcting(quoting.claim).quotations
    assert not find_correcting(claim).quotations


@pytest.mark.parametrize("htmx", [False, True])
def test_rejecting_shared_copy(desk: Client, htmx: bool):
    story = make_story([make_article(body=COPIED), make_article("Coast Daily", "Lifeboats at Norvik", COPIED)])
    passage = SharedPassage.objects.get(story=story)
    claim = story.claims.standing().filter(source_count=2).first()
    post(desk, claim, "shared", htmx=htmx, passage=passage.pk, expected=passage.revision)
    passage.refresh_from_db()
    assert passage.decision == FindingDecision.REJECTED
    assert "Shares copy with" not in desk.get(story.get_absolute_url()).content.decode()
    assert find_correcting(claim).rows.log[0].row.verb == Verb.NOT_SHARED


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("word", ["same", "own"])
def test_ruling_on_origins(desk: Client, story: Story, claim: Claim, htmx: bool, word: str):
    left, right = story.articles.in_order()
    fields = {"left": left.pk, "right": right.pk, "is_same": word, "expected": claim.revision}
    post(desk, claim, "origin", htmx=htmx, **fields)
    assert OriginRuling.objects.get(claim=claim).is_same == (word == "same")
    page = desk.get(reverse("claim_correct", args=[claim.pk])).content.decode()
    assert ("one origin" if word == "same" else "origins of their own") in page


@pytest.mark.parametrize("htmx", [False, True])
def test_stale_decision_shows_how_it_stands_and_keeps_what_was_typed(
    desk: Client, claim: Claim, editor: User, htmx: bool
):
    deciding.edit_statement(claim=claim, statement="Theirs.", by=editor, expected=claim.revision)
    response = post(desk, claim, "statement", htmx=htmx, statement="Mine, typed long.", expected=claim.revision)

    assert response.status_code == 409
    page = response.content.decode()
    assert "Somebody else decided about this a moment ago" in page
    assert "Mine, typed long." in page
    claim.refresh_from_db()
    assert claim.statement == "Theirs."
    # Sent again it answers the state that is shown.
    seen = re.search(r'name="act" value="statement"><input type="hidden" name="expected" value="(\d+)"', page)
    assert seen
    assert int(seen[1]) == claim.revision
    post(desk, claim, "statement", htmx=htmx, statement="Mine, typed long.", expected=seen[1])
    claim.refresh_from_db()
    assert claim.statement == "Mine, typed long."


def test_what_was_typed_about_a_row_that_is_gone_is_shown_to_copy(desk: Client, claim: Claim):
    response = post(
        desk, claim, "span", htmx=True, quote="A sentence I wrote.", alignment=999_999, expected=0, reason=""
    )
    assert response.status_code == 422
    assert "<blockquote>A sentence I wrote.</blockquote>" in response.content.decode()


def test_passages_that_are_gone_keep_what_was_typed(desk: Client, claim: Claim):
    response = post(desk, claim, "split", htmx=True, statement="A sentence I wrote.", passages=["999999:0"])
    page = response.content.decode()
    assert response.status_code == 422
    assert "One of the passages is no longer there" in page
    assert 'value="A sentence I wrote."' in page


@pytest.mark.parametrize("value", ["", "x", "1:", "1:x", "-1:0", "9" * 30 + ":0"])
def test_passages_that_are_none_are_refused(desk: Client, claim: Claim, value: str):
    assert post(desk, claim, "split", htmx=True, passages=[value]).status_code == 422
    assert not Decision.objects.exists()


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("act", ["split", "move"])
def test_several_passages_at_once(desk: Client, story: Story, claim: Claim, htmx: bool, act: str):
    """One row of the log for each that moves; taken back together."""
    other = story.claims.standing().exclude(pk=claim.pk).first()
    passages = live(claim)
    assert len(passages) > 1
    before = story.revision
    more = {"to": other.number} if act == "move" else {"statement": "Two counts."}
    post(desk, claim, act, htmx=htmx, **picked(*passages), **more)

    target = other if act == "move" else story.claims.get(statement="Two counts.")
    assert {a.appearance.quote for a in passages} <= {a.appearance.quote for a in live(target)}
    story.refresh_from_db()
    assert story.revision == before + 1
    decisions = list(Decision.objects.all())
    assert len(decisions) == (len(passages) if act == "move" else 1)
    desk.post(reverse("decision_undo", args=[decisions[0].pk]), {"together": "yes", "claim": claim.pk})
    story.refresh_from_db()
    assert story.revision == before + 2
    for passage in passages:
        passage.refresh_from_db()
        assert passage.decided_by is None


def test_stance_is_compared_once_and_logged_by_parts(desk: Client, story: Story, claim: Claim):
    said = live(claim)[0].appearance
    before = story.revision
    fields = {"speaker": "Lena Dahl", "certainty": "PR+", "source_level": "named"}
    post(desk, claim, "stance", appearance=said.pk, expected=said.revision, **fields)

    story.refresh_from_db()
    assert story.revision == before + 1
    verbs = [decision.verb for decision in Decision.objects.all()]
    assert verbs == [Verb.EDIT_SPEAKER, Verb.EDIT_CERTAINTY, Verb.EDIT_SOURCE_LEVEL]
    page = desk.get(reverse("claim_correct", args=[claim.pk])).content.decode()
    for part in ("Speaker", "Certainty", "Kind of source"):
        assert f"{part} set by Farid Checker" in page
    # One part alone, the newest; then the others together.
    newest, *_ = Decision.objects.order_by("-pk")
    desk.post(reverse("decision_undo", args=[newest.pk]), {"claim": claim.pk})
    desk.post(reverse("decision_undo", args=[Decision.objects.first().pk]), {"together": "yes", "claim": claim.pk})
    said = Appearance.objects.get(pk=said.pk)
    assert (said.speaker, said.certainty, said.source_level, said.edited) == (None, "CT+", "none", [])


def test_stance_that_is_the_same_is_refused(desk: Client, claim: Claim):
    said = live(claim)[0].appearance
    fields = {"speaker": "", "certainty": said.certainty, "source_level": said.source_level}
    response = post(desk, claim, "stance", appearance=said.pk, expected=said.revision, **fields)
    assert response.status_code == 422
    assert "Nothing is different" in response.content.decode()


@pytest.mark.parametrize("words", ["number", "words", "nothing"])
def test_claims_are_found_by_number_or_words(desk: Client, story: Story, claim: Claim, words: str):
    other = story.claims.standing().exclude(pk=claim.pk).in_reading_order().first()
    wanted = {"number": str(other.number), "words": other.statement[:25].upper(), "nothing": "zeppelin"}[words]
    page = desk.get(reverse("claim_others", args=[claim.pk]), {"q": wanted}, headers=HTMX).content.decode()
    if words == "nothing":
        assert "No claim has these words" in page
    else:
        assert page.strip().startswith(f'<option value="{other.number}"')
    assert f'value="{claim.number}"' not in page


def test_without_a_script_every_claim_can_be_chosen(desk: Client, story: Story, claim: Claim):
    page = desk.get(reverse("claim_correct", args=[claim.pk])).content.decode()
    for other in story.claims.standing().exclude(pk=claim.pk):
        assert page.count(f'<option value="{other.number}">') == 2


def test_unknown_act_is_a_bad_request(desk: Client, claim: Claim):
    assert post(desk, claim, "conjure").status_code == 400


def test_merged_claim_names_the_one_that_stays(desk: Client, story: Story, claim: Claim, editor: User):
    other = story.claims.standing().exclude(pk=claim.pk).first()
    deciding.merge(claim=claim, into=other, by=editor, expected=0)
    page = desk.get(reverse("claim_correct", args=[claim.pk])).content.decode()
    assert "was found to be the same as" in page
    assert "Same as another claim" not in page


@pytest.mark.parametrize("who", ["reader", "administrator", "superuser"])
def test_only_fact_checkers_and_editors_correct(request, as_user, claim: Claim, who: str):
    if who == "superuser":
        user = make_user("", name="root", is_superuser=True, is_staff=True)
    else:
        user = request.getfixturevalue(who)
    desk = as_user(user)
    assert desk.get(reverse("claim_correct", args=[claim.pk])).status_code == 403
    assert post(desk, claim, "decide", decision="confirm", **of(live(claim)[0])).status_code == 403
    assert not Decision.objects.exists()
    if who != "superuser":
        page = desk.get(claim.get_absolute_url()).content.decode()
        for word in ("claim_correct", "/correct/", "Same claim?", "data-claim-new", "to decide", "correct.js"):
            assert word not in page


def test_hidden_story_is_not_found(desk: Client, claim: Claim):
    Story.objects.update(is_hidden=True)
    assert desk.get(reverse("claim_correct", args=[claim.pk])).status_code == 404


def test_queries_do_not_grow_with_the_passages(desk: Client, claim: Claim):
    def count(of_claim: Claim) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.get(reverse("claim_correct", args=[of_claim.pk])).status_code == 200
        return len(queries)

    few = count(claim)
    many = make_story([make_article(f"Outlet {n}", f"Ferry aground, report {n}") for n in range(7)])
    widest = many.claims.standing().order_by("-source_count").first()
    assert widest.source_count > 4
    assert count(widest) <= few


# --- In the ledger ------------------------------------------------------------------------------------------------


def in_ledger(desk: Client, claim: Claim, alignment: Alignment, **shown: object):
    address = f"http://testserver{reverse('story_ledger', args=[claim.story.slug])}?state=agreed"
    rows = ",".join(str(key) for key in claim.story.claims.values_list("pk", flat=True))
    claim.story.refresh_from_db()
    fields = {"shown-revision": claim.story.revision, "shown-rows": rows, **shown}
    return desk.post(
        reverse("claim_correct", args=[claim.pk]),
        {"act": "decide", "decision": "confirm", **of(alignment), **fields},
        headers={**HTMX, "HX-Current-URL": address},
    )


def test_ledger_gets_the_rows_that_look_otherwise_and_no_others(desk: Client, claim: Claim):
    page = in_ledger(desk, claim, live(claim)[0], **{"shown-selected": claim.pk}).content.decode()
    # A confirmed passage looks no otherwise in a cell.
    assert "<tr" not in page
    assert f'id="corrections-{claim.pk}" hx-swap-oob="true"' in page
    assert 'id="toast"' in page


def test_outdated_ledger_gets_every_row(desk: Client, claim: Claim):
    page = in_ledger(desk, claim, live(claim)[0], **{"shown-revision": 0}).content.decode()
    assert page.count('role="row"') == claim.story.claims.count()
    # Nobody has the corrections open.
    assert "data-corrections" not in page


def test_ledger_without_a_script_comes_back_with_its_filters(desk: Client, claim: Claim):
    address = f"http://testserver{reverse('story_ledger', args=[claim.story.slug])}?state=differs"
    response = desk.post(
        reverse("claim_correct", args=[claim.pk]),
        {"act": "decide", "decision": "unsure", **of(live(claim)[0])},
        headers={"Referer": address},
    )
    assert response["Location"] == f"{address.removeprefix('http://testserver')}#row-{claim.number}"


def test_address_of_another_site_leads_nowhere(desk: Client, claim: Claim):
    response = desk.post(
        reverse("claim_correct", args=[claim.pk]),
        {"act": "decide", "decision": "unsure", **of(live(claim)[0])},
        headers={"Referer": "https://elsewhere.example/stories/x/ledger/"},
    )
    assert response["Location"].startswith(reverse("claim_correct", args=[claim.pk]))


# --- In the texts -------------------------------------------------------------------------------------------------


def in_texts(desk: Client, claim: Claim, alignment: Alignment, *, decision: str, **shown: object):
    claim.story.refresh_from_db()
    fields = {"shown-revision": claim.story.revision, "shown-selected": claim.pk, "shown-open": "yes", **shown}
    return desk.post(
        reverse("claim_correct", args=[claim.pk]),
        {"act": "decide", "decision": decision, **of(alignment), **fields},
        headers={**HTMX, "HX-Current-URL": f"http://testserver{claim.get_absolute_url()}"},
    ).content.decode()


def test_texts_get_the_paragraphs_that_look_otherwise_and_no_others(desk: Client, claim: Claim):
    first = live(claim)[0]
    page = in_texts(desk, claim, first, decision="confirm")
    assert not re.search(r'<p id="p-', page)
    assert 'id="panel" hx-swap-oob="true"' in page
    assert f'id="corrections-{claim.pk}"' in page
    first.refresh_from_db()
    page = in_texts(desk, claim, first, decision="reject")
    assert re.search(r'<(p|h2) id="(p|headline)-\d+', page)


def test_outdated_texts_get_every_paragraph(desk: Client, claim: Claim):
    page = in_texts(desk, claim, live(claim)[0], decision="confirm", **{"shown-revision": 0})
    versions = [article.current_version for article in claim.story.articles.all()]
    assert len(re.findall(r'<p id="p-', page)) == sum(version.text.count("\n\n") for version in versions)


def test_only_columns_that_are_shown_are_sent(desk: Client, claim: Claim):
    article = claim.story.articles.first()
    page = in_texts(
        desk, claim, live(claim)[0], decision="confirm", **{"shown-revision": 0, "shown-columns": article.pk}
    )
    assert set(re.findall(r'id="cell-(\d+)"', page)) == {str(article.pk)}
    assert set(re.findall(r'<p id="p-(\d+)-', page)) == {str(article.current_version_id)}


def test_queries_of_an_answer_do_not_grow_with_the_story(desk: Client):
    def count(articles: int) -> int:
        story = make_story(
            [make_article(f"Outlet {n} of {articles}", f"Ferry aground, report {n}") for n in range(articles)]
        )
        claim = story.claims.standing().filter(source_count__gt=1).first()
        alignment = live(claim)[0]
        desk.get(story.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            in_texts(desk, claim, alignment, decision="confirm")
        return len(queries)

    assert count(8) <= count(3)
