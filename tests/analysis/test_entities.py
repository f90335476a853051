"""Names, what they name, and which of them are the same."""

import pytest

from articles.analysis.article import analyse_article
from articles.analysis.types import ArticleAnalysis

BODY = (
    "Norwegian Prime Minister Anna Low met Ole Berg of the World Fishing Council (WFC) in Oslo on Monday. "
    "Low praised the WFC. Berg thanked her. He flew to Germany.\n\n"
    "The United States sent two ships, and the U.S. Navy sent a third. America watched."
)


def analyse(body: str, headline: str = "A headline") -> ArticleAnalysis:
    return analyse_article(f"{headline}\n\n{body}")


def named(analysis: ArticleAnalysis) -> dict[str, set[str]]:
    """The surface forms of every entity, inferred mentions left out."""
    forms: dict[str, set[str]] = {}
    for m in analysis.mentions:
        if not m.is_inferred:
            forms.setdefault(analysis.entities[m.entity].name, set()).add(analysis.text[m.span.start : m.span.end])
    return forms


def test_short_forms_join_the_full_name() -> None:
    forms = named(analyse(BODY))
    assert forms["Anna Low"] == {"Anna Low", "Low"}
    assert forms["Ole Berg"] == {"Ole Berg", "Berg"}


def test_acronyms_join_what_they_stand_for() -> None:
    assert named(analyse(BODY))["World Fishing Council"] == {"World Fishing Council", "WFC"}


def test_countries_go_by_all_their_names() -> None:
    assert named(analyse(BODY))["United States"] >= {"United States", "America"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Anna Low", "person"), ("World Fishing Council", "organisation"), ("Oslo", "place"), ("Germany", "place")],
)
def test_names_know_what_they_name(name: str, kind: str) -> None:
    assert [e.kind for e in analyse(BODY).entities if e.name == name] == [kind]


def test_days_titles_and_peoples_are_no_names() -> None:
    forms = {f for surfaces in named(analyse(BODY)).values() for f in surfaces}
    assert not forms & {"Monday", "Prime Minister", "Norwegian"}


def test_pronouns_are_inferred_by_gender() -> None:
    analysis = analyse(BODY)
    inferred = [
        (analysis.text[m.span.start : m.span.end], analysis.entities[m.entity].name)
        for m in analysis.mentions
        if m.is_inferred
    ]
    assert ("her", "Anna Low") in inferred
    assert ("He", "Ole Berg") in inferred


def test_description_goes_to_the_one_who_bears_the_office() -> None:
    analysis = analyse("Norwegian President Ole Berg met Anna Low. The Norwegian leader smiled at her.")
    found = [m for m in analysis.mentions if analysis.text[m.span.start : m.span.end] == "The Norwegian leader"]
    assert [(analysis.entities[m.entity].name, m.is_inferred) for m in found] == [("Ole Berg", True)]


def test_two_people_of_one_last_name_stay_apart() -> None:
    forms = named(analyse("Anna Low met Peter Low. Mrs. Low smiled, and Mr. Low left. Rain fell."))
    assert set(forms) >= {"Anna Low", "Peter Low"}
    analysis = analyse("Anna Low met Peter Low. Mrs. Low smiled, and Mr. Low left. Rain fell.")
    shorts = [analysis.entities[m.entity].name for m in analysis.mentions if m.span.end - m.span.start == 3]
    assert shorts == ["Anna Low", "Peter Low"]


def test_headline_keeps_only_names_known_otherwise() -> None:
    analysis = analyse("Mayor Anna Low left Oslo.", headline="Furious Mayor Low Quits Oslo After Harbour Row")
    in_headline = [analysis.text[m.span.start : m.span.end] for m in analysis.mentions if m.span.start < 46]
    assert in_headline == ["Low", "Oslo"]


def test_products_are_known_by_their_shape() -> None:
    analysis = analyse("They showed the Igla-S missile and an F-35 jet to the press.")
    assert {(e.name, e.kind) for e in analysis.entities} >= {("Igla-S", "product"), ("F-35", "product")}


def test_a_possessive_is_no_subject() -> None:
    analysis = analyse("Ahead of Peter Low’s visit, Ole Berg read his letter. Anna Moe stood by.")
    found = [analysis.entities[m.entity].name for m in analysis.mentions if m.is_inferred]
    assert found == ["Ole Berg"]


@pytest.mark.parametrize(
    ("body", "description", "name"),
    [
        ("Minister Anna Low flew to Oslo. The minister said no.", "The minister", "Anna Low"),
        ("Home Secretary Anna Low spoke. The home secretary left.", "The home secretary", "Anna Low"),
        ("Foreign Minister Anna Low met Premier Bo Ek. The foreign minister sat.", "The foreign minister", "Anna Low"),
        ("Architect Tom Reed drew it. The architect was proud.", "The architect", "Tom Reed"),
        ("Tom Reed, a retired pilot from Hull, saw it. The pilot ran.", "The pilot", "Tom Reed"),
        ("Tom Reed, 45, a plumber, fell. The 45-year-old broke a leg.", "The 45-year-old", "Tom Reed"),
        ("Mary Cole is a nurse at the clinic. The nurse said it was late.", "The nurse", "Mary Cole"),
        ("Mary Cole, who is a judge, spoke. The judge was calm.", "The judge", "Mary Cole"),
        ("Mary Cole, the club's manager, resigned. The manager gave no reason.", "The manager", "Mary Cole"),
        ("Ole Berg, a former engineer, wept. The former engineer had warned them.", "The former engineer", "Ole Berg"),
        ("The UN's envoy, Ole Berg, thanked donors. The envoy asked for more.", "The envoy", "Ole Berg"),
        ("Brightwell Ltd employs 40 people in Hull. The firm makes locks.", "The firm", "Brightwell Ltd"),
        ("The World Fishing Council met in Oslo. The council was split.", "The council", "World Fishing Council"),
    ],
)  # fmt: skip
def test_description_goes_to_whom_the_text_gave_that_role(body: str, description: str, name: str) -> None:
    assert described(body)[description] == name


@pytest.mark.parametrize(
    ("body", "description"),
    [
        ("Minister Anna Low met Minister Ole Berg. The minister left early.", "The minister"),
        ("Mayor Anna Low spoke. The deputy mayor was ill.", "The deputy mayor"),
        ("Brightwell Ltd sued Norvane plc. The company hopes to win.", "The company"),
        ("Anna Low met a pilot. The pilot was tired.", "The pilot"),
        ("The European Union was divided on Monday. The company was not.", "The company"),
        ("Tom Reed, an architect, left. The architect of the plan was Mary Cole.", "The architect"),
    ],
)
def test_description_that_fits_two_or_nobody_means_nobody(body: str, description: str) -> None:
    assert description not in described(body)


def described(body: str) -> dict[str, str]:
    analysis = analyse(body)
    return {
        analysis.text[m.span.start : m.span.end]: analysis.entities[m.entity].name
        for m in analysis.mentions
        if m.is_inferred
    }


def test_titles_and_openers_are_no_part_of_a_name() -> None:
    forms = named(analyse("Even Anna Low agreed. Transport Secretary Ole Berg did not. The Senate Committee met."))
    assert set(forms) == {"Anna Low", "Ole Berg", "Senate Committee"}


def test_a_plain_head_means_the_one_body_of_that_kind() -> None:
    assert named(analyse("The Senate Committee met in Oslo. The Committee agreed."))["Senate Committee"] == {
        "Senate Committee",
        "Committee",
    }


def test_who_speaks_for_somebody_is_somebody_else() -> None:
    analysis = analyse("Anna Low won. “We are glad,” said a lawyer for Mrs. Low. “I am too,” said Low.")
    assert [q.entity is not None for q in analysis.quotations] == [False, True]


def test_a_sentence_in_capitals_keeps_the_names_that_are_known():
    found = analyse(
        "ANNA LOW WENT TO GERMANY TO MEET THE UN. Anna Low did not say why. THE MAYOR OF LEEDS SAID IT WAS TIME."
    )
    assert [(e.name, e.kind) for e in found.entities] == [
        ("Anna Low", "person"),
        ("Germany", "place"),
        ("UN", "organisation"),
    ]
