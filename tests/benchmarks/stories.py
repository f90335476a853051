"""Stories made from a seed, so that two machines and two versions measure the same work.

Every article tells facts of one shared list in its own words: some outlets give another figure, hedge, quote or leave a
fact out. The sentences mean nothing, but the finders and the comparison meet in them what they meet in news.
"""

import random
from dataclasses import dataclass

from articles.incoming import IncomingArticle


def _words(listed: str) -> list[str]:
    return listed.split()


_SYLLABLES = _words("bal cor dun el fen gar hol ir jas kel lor mar nor ost pel quin ros sel tor ul ven wes yar zan")
_GIVEN = _words("Anna Boris Clara Daniel Elena Felix Greta Hugo Irene Jonas Karin Lukas Maria Nadia Oskar Paula")
_ROLES = ("mayor", "minister", "commissioner", "director", "governor", "prosecutor")
_THINGS = _words(
    "ferries houses bridges trucks letters tents turbines bicycles barrels cables lamps wagons trees pumps boats doors "
    "engines roofs fences drums"
)
_VERBS = _words(
    "repaired closed counted moved sold inspected painted stored borrowed burned replaced delivered measured rented "
    "abandoned recovered searched flooded raised emptied"
)
_WHEN = _words("Monday Tuesday Wednesday Thursday Friday Saturday")
_MORE = (
    "after a long inspection of the northern quay",
    "because the council had run out of money",
    "while neighbours watched from the harbour wall",
    "under a contract signed in the spring",
    "despite a warning from the insurers",
    "before the autumn storms reached the coast",
)


@dataclass(frozen=True, slots=True)
class _Fact:
    """What happened, before an outlet puts it into words."""

    person: str
    role: str
    place: str
    thing: str
    verb: str
    count: int
    day: str
    # Told without figures, speakers or quotation marks, as most sentences of a long article are.
    is_plain: bool


def made_articles(*, seed: int, articles: int, words: int, facts: int = 0) -> list[IncomingArticle]:
    """``articles`` accounts of one event with about ``words`` words each, and ``facts`` between them."""
    letters = random.Random(seed)
    # Twice as many as an article of average sentences needs, so that every article leaves some out.
    enough = words // 11
    told = 0.6 if facts <= enough else 0.6 * enough / facts
    known = [_fact(letters) for _ in range(max(facts, enough))]
    return [_article(random.Random(seed * 1000 + n), n, known, words, told=told) for n in range(articles)]


def _name(letters: random.Random) -> str:
    return "".join(letters.choices(_SYLLABLES, k=2)).capitalize()


def _fact(letters: random.Random) -> _Fact:
    return _Fact(
        person=f"{letters.choice(_GIVEN)} {_name(letters)}sen",
        role=letters.choice(_ROLES),
        place=f"{_name(letters)}by",
        thing=letters.choice(_THINGS),
        verb=letters.choice(_VERBS),
        count=letters.randrange(20, 9000),
        day=letters.choice(_WHEN),
        is_plain=letters.random() < 0.6,
    )


def _article(letters: random.Random, number: int, facts: list[_Fact], words: int, *, told: float) -> IncomingArticle:
    chosen = [fact for fact in facts if letters.random() < told]
    paragraphs: list[str] = []
    sentences: list[str] = []
    length = 0
    for fact in chosen:
        sentence = _sentence(letters, fact)
        length += len(sentence.split())
        sentences.append(sentence)
        if len(sentences) == 3:
            paragraphs.append(" ".join(sentences))
            sentences = []
        if length >= words:
            break
    paragraphs.append(" ".join(sentences))
    first = facts[0]
    return IncomingArticle(
        place=f"made {number}",
        outlet=f"Outlet {number + 1}",
        headline=f"{first.count} {first.thing} {first.verb} in {first.place}, account {number + 1}",
        body="\n\n".join(filter(None, paragraphs)),
        url=f"https://outlet-{number + 1}.example/{letters.randrange(10**9)}",
    )


def _sentence(letters: random.Random, fact: _Fact) -> str:
    count = fact.count if letters.random() < 0.85 else fact.count + letters.randrange(1, 50)
    amount = f"{count:,}" if letters.random() < 0.8 else f"at least {count:,}"
    hedge = "reportedly " if letters.random() < 0.1 else ""
    said = letters.choice(("said", "said", "announced", "claimed"))
    # Of its own for each outlet, or every two articles would share copy.
    more = letters.choice(_MORE)
    if fact.is_plain:
        where = letters.choice(("on the road to the old quarter", "at the far end of the quay", "behind the station"))
        end = letters.choice(("people there remembered", "the older families recalled", "nobody was surprised"))
        plain = (
            f"The {fact.thing} of {fact.place} had long been {fact.verb} {where}, and {end}.",
            f"{_opened(more)}, {fact.place} kept its {fact.thing} {where}, {fact.verb} for years.",
            f"Nobody in {fact.place} could say when its {fact.thing}, {fact.verb} more than once, had stood {where}.",
            f"{_opened(where)} stand the {fact.thing} that {fact.place} {fact.verb} {more}.",
        )
        return letters.choice(plain)
    speaker = f"{fact.role} {fact.person}"
    shapes = (
        f"In {fact.place} {amount} {fact.thing} were {hedge}{fact.verb} on {fact.day} {more}.",
        f"{_opened(speaker)} {said} that {amount} {fact.thing} were {fact.verb} in {fact.place} {more}.",
        f"“We {fact.verb} {amount} {fact.thing} in {fact.place},” {said} {speaker}.",
        f"The {amount} {fact.thing} of {fact.place} were {hedge}{fact.verb} on {fact.day}, {speaker} {said}.",
    )
    return letters.choice(shapes)


def _opened(phrase: str) -> str:
    """The phrase as a sentence begins."""
    return phrase[0].upper() + phrase[1:]
