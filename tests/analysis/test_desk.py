"""What the desk must show of two accounts of one affair: agreements, differences, and what only one of them says."""

import pytest

from articles.analysis.article import analyse_article
from articles.analysis.story import compare_story
from articles.analysis.types import StoryArticle

KESTREL = """
Premier parades 3,000 rockets as the Republic eyes Ostrava Bay

As tensions rise with the Republic, Premier Lukas Varga announced the delivery of 3,000 Hornet-T shoulder-fired
rockets to the coast guard. The move comes as President Helen Marsh says that her cabinet is “considering naval
operations inside Ostrava Bay.”

Varga told officers on state television that the rockets make the bay “unassailable.” The Hornet-T can hit patrol
boats, drones and low-flying helicopters up to 5,000 meters away.

The Republic has sent 2,400 paratroopers and engineers to the Ostrava islands. This step adds to the strain on the
Varga cabinet. The Admiralty says the mission is to halt arms smuggling routes. However, deputies of both parties
are now questioning the legality of recent deadly raids on suspected smuggling boats.

“We’re looking at the harbours now because we already have the islands under control,” Marsh told reporters. Varga
says he has called up “millions of reservists and volunteers” in response.
"""
COURIER = """
Varga claims 3,000 Hornet rockets amid Republic threats

Premier Lukas Varga declared that the country holds 3,000 Hornet-T shoulder-fired rockets, amid escalating tensions
with the Republic. The announcement comes as President Helen Marsh weighs naval options in Ostrava Bay.

During a parade shown by the state broadcaster, Varga boasted about the rockets, stating, “Every navy in the world
knows the force of the Hornet-T, and our country has no less than 3,000.”

The Republic has recently deployed 2,400 paratroopers and engineers to the Ostrava islands, reinforcing operations
against arms smugglers and displaying resolve. Deputies of both parties in the Republic have raised concerns over
the legality of these raids.

“We are certainly looking at the harbours now, because we’ve got the islands very well under control,” Marsh
stated, as her cabinet steps up its pressure on Varga to step aside. In response, Varga has called up reservists
and reported the existence of over 6 million volunteers.

The Hornet-T rockets, with a range of up to 5,000 meters and a ceiling of 2,800 meters, are part of the coast
guard’s arsenal, as acknowledged by the Nordic Defence Institute (NDI). The state company Zbrojov has supplied
these systems, which have been seen at parades in the capital.
"""


@pytest.fixture(scope="module")
def desk():
    articles = [StoryArticle(n, name, analyse_article(text)) for n, (name, text) in enumerate(TEXTS.items(), 1)]
    return {a.key: a.analysis.text for a in articles}, compare_story(articles).claims


def unwrapped(text):
    """One paragraph a line, as articles are stored."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))


TEXTS = {"Kestrel": unwrapped(KESTREL), "Courier": unwrapped(COURIER)}


def find(desk, *words):
    """Claims one of whose appearances holds all the words, with the articles in which they stand."""
    texts, claims = desk
    found = []
    for claim in claims:
        live = [a for a in claim.appearances if a.band == "suggested"]
        if any(all(word in texts[a.article][a.span.start : a.span.end] for word in words) for a in live):
            found.append((claim, {a.article for a in live}))
    return found


def kinds(claim):
    return {d.kind: d for d in claim.divergences}


def test_an_agreed_number_is_one_claim_without_a_difference(desk):
    ((claim, where),) = find(desk, "2,400")
    assert where == {1, 2}
    assert "quantity" not in kinds(claim)


def test_a_bound_on_one_side_is_a_difference(desk):
    ((claim, where),) = find(desk, "no less than 3,000")
    assert where == {1, 2}
    assert "no less than 3,000" in kinds(claim)["quantity"].reason


def test_a_vague_number_differs_from_a_figure(desk):
    ((claim, _),) = find(desk, "over 6 million")
    assert kinds(claim)["quantity"].reason == "Courier: over 6 million; Kestrel: millions."


def test_two_wordings_of_one_quotation_differ(desk):
    ((claim, where),) = find(desk, "very well under control")
    assert where == {1, 2}
    assert "quote_wording" in kinds(claim)


def test_a_source_in_one_outlet_only_is_a_difference_of_attribution(desk):
    (found,) = find(desk, "The Admiralty says")
    claim, where = found
    assert where == {1, 2}
    assert kinds(claim)["attribution"].reason == "Kestrel gives it to The Admiralty; Courier states it as fact."
    assert claim.statement == "The Admiralty says the mission is to halt arms smuggling routes."


def test_what_somebody_says_in_one_and_does_in_the_other_differs_in_source(desk):
    ((claim, where),) = find(desk, "weighs naval options")
    assert where == {1, 2}
    assert {"attribution", "direct_or_paraphrase"} <= kinds(claim).keys()


@pytest.mark.parametrize(("words", "outlet"), [("2,800 meters", 2), ("Nordic Defence Institute", 2), ("Zbrojov", 2)])
def test_what_only_one_outlet_says_stands_alone(desk, words, outlet):
    assert [where for _, where in find(desk, words)] == [{outlet}]


def test_claims_read_as_statements(desk):
    _, claims = desk
    statements = {claim.statement for claim in claims}
    assert "[The Hornet-T rockets] have a ceiling of 2,800 meters." in statements
    assert "[These systems] have been seen at parades in the capital." in statements
    for statement in statements:
        assert len(statement.split()) >= 4
        assert not statement.lower().startswith(("and ", "but ", "which ", "including ", "amid ", "while "))
