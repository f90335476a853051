"""The people, organisations, places, products and events of one article, each with every mention of it.

Names found in the text are grouped within the article: the longest form of a name first, then what shortens it (a last
name, an acronym, a country's other names). Headlines in title case and sentences in capitals hold no usable signal of
their own, so they keep only names that the rest of the text or the gazetteer knows. Pronouns and descriptions are added
as inferred mentions.
"""

import re
from collections.abc import Sequence

from . import gazetteer
from .coreference import find_inferred
from .grouping import Group, NamedSpan, group_names
from .kinds import Context
from .lexicon import words
from .missed import missed_names
from .name_finder import NameFinder, learnt_names
from .name_words import TITLES
from .names import Name
from .text import fold
from .tokens import Token, tokenise, tokenise_sentences
from .types import Entity, Mention, Quotation, Sentence, Span

_READ = frozenset(("body", "dateline", "turn", "caption", "correction"))
# A sentence in capitals of this many words is shouted; a shorter one may be an acronym and little else.
_SHOUTED_WORDS = 5
_DAYS = words("monday tuesday wednesday thursday friday saturday sunday")
# "Even Anna Low": what may open a sentence before a name and belongs to none.
_OPENERS = words(
    """
    even only but although though while when if as after before since because yet still then now also both either
    neither not perhaps maybe today yesterday meanwhile however and so once unlike like
    """
)
# Titles that stand before nothing but a person's name.
_PERSONAL = words(
    """
    mr mr. mrs mrs. ms ms. dr dr. minister senator sen. rep. gov. mayor congressman congresswoman councillor sgt. capt.
    col. gen. lt. professor prof. sir dame
    """
)
# "(R-Ohio)" tells a party and a state and names nobody.
_PARTY_TAG = re.compile(r"[RDI]-[A-Z][a-z]")
_PARTY_MEMBERS = frozenset(
    ("Democrat", "Republican", "Democratic", "Conservative", "Socialist", "Communist", "Liberal")
)
_NOT_NAMES = words(
    """
    i mr mrs ms dr monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december jan feb mar apr jun jul aug sept sep oct nov dec est edt gmt utc am pm
    update breaking live video photo photos read more
    """
)


def find_entities(
    text: str,
    sentences: Sequence[Sentence],
    quotations: Sequence[Quotation] = (),
    *,
    tokens: Sequence[Sequence[Token]] | None = None,
    names: NameFinder = learnt_names,
) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    """The entities of a text in the order of their first mention, and all their mentions in text order.

    >>> from .sentences import split_sentences
    >>> text = "Low to resign\\n\\nMayor Anna Low will resign, Low said. She was elected in Oslo."
    >>> entities, mentions = find_entities(text, split_sentences(text))
    >>> [(e.name, e.kind) for e in entities], len(mentions)
    ([('Anna Low', 'person'), ('Oslo', 'place')], 5)
    """
    all_tokens = tokens or tokenise_sentences(text, sentences)
    chosen = [(s, t) for s, t in zip(sentences, all_tokens, strict=True) if s.kind in _READ]
    shouted = [s for s, t in chosen if _is_shouted(t)]
    # Kept as empty ones: coreference counts how many sentences lie between.
    loud = {s.span for s in shouted}
    read = [[] if s.span in loud else t for s, t in chosen]
    context = Context(read)
    found = [n for name in names(text, read) if (n := _named(text, read[name.sentence], name, context)) is not None]
    found += missed_names(read, found, context)
    groups = group_names(found)
    for sentence in [s for s in sentences if s.kind == "headline"] + shouted:
        _add_headline(text, sentence.span, groups)
    inferred = find_inferred(read, groups, quotations)
    return _as_result(groups, inferred)


def _is_shouted(tokens: Sequence[Token]) -> bool:
    """Whether capitals tell nothing: a sentence has them throughout."""
    written = [t.text for t in tokens if t.is_word and len(t.text) > 1 and not t.text.isdigit()]
    return len(written) >= _SHOUTED_WORDS and sum(w.isupper() for w in written) * 10 >= 9 * len(written)


def _named(text: str, tokens: Sequence[Token], name: Name, context: Context) -> NamedSpan | None:
    first, last = name.first, name.last
    while last - first > 1 and (tokens[first].lower in ("the", "a", "an") or tokens[first].lower in _OPENERS):
        first += 1
    while last - first > 1 and tokens[first].lower.endswith(("-made", "-built", "-born", "-based", "-led")):
        first += 1
    label = _label(tokens, first, last, name.label)
    if label == "person":
        titles = [i for i in range(first, last - 1) if tokens[i].lower in TITLES]
        if titles:
            first = titles[-1] + 1
            while last - first > 1 and not tokens[first].is_capitalised:
                first += 1
    while last - first > 1 and tokens[last - 1].lower in _DAYS:
        last -= 1
    while last - first > 1 and tokens[first].lower in _DAYS:
        first += 1
    surface = text[tokens[first].start : tokens[last - 1].end]
    lower = surface.lower().rstrip(".")
    if lower in _NOT_NAMES or len(surface) < 2 or len(surface) > 120:
        return None
    if _PARTY_TAG.match(surface) or surface in _PARTY_MEMBERS:
        return None
    if surface in gazetteer.country_by_demonym() and surface not in gazetteer.places():
        return None
    if label != "person" and all(t.lower in TITLES for t in tokens[first:last]):
        return None
    kind = context.kind(tokens, first, last, surface, label)
    title = ""
    at = first - 1
    while (
        at >= 0 and first - at < 4 and (tokens[at].lower in TITLES or tokens[at].lower in ("prime", "foreign", "vice"))
    ):
        title = f"{tokens[at].lower} {title}".strip()
        at -= 1
    owner = ""
    if title and at >= 0:
        before = at - 1 if tokens[at].text in ("’s", "'s") and at else at
        word = tokens[before].text
        owner = gazetteer.country_by_demonym().get(word) or gazetteer.country_by_name().get(word) or ""
    return NamedSpan(Span(tokens[first].start, tokens[last - 1].end), surface, kind, title, owner, name.sentence)


def _label(tokens: Sequence[Token], first: int, last: int, label: str) -> str:
    """ "person" where the title of one leads what the finder took for something else: "Minister Bo Ek"."""
    if label not in ("other", "place"):
        return label
    if last - first in (2, 3, 4) and label == "other" and tokens[first].lower in _PERSONAL:
        return "person"
    is_led = first > 0 and tokens[first - 1].lower in _PERSONAL
    surface = " ".join(t.text for t in tokens[first:last])
    return "person" if is_led and surface not in gazetteer.places() else label


def _add_headline(text: str, span: Span, groups: list[Group]) -> None:
    """Names that the body uses, longest first, then countries and other gazetteer names and acronyms."""
    forms: dict[str, Group] = {}
    for group in groups:
        for surface in group.surfaces:
            forms.setdefault(fold(surface), group)
        if group.kind == "person" and " " in group.name:
            forms.setdefault(fold(group.name.split()[-1]), group)
    tokens = tokenise(text, span.start, span.end)
    at = 0
    while at < len(tokens):
        taken = 0
        for size in range(min(6, len(tokens) - at), 0, -1):
            piece = Span(tokens[at].start, tokens[at + size - 1].end)
            surface = text[piece.start : piece.end]
            if not surface[0].isupper():
                break
            found = forms.get(fold(surface)) or _from_gazetteer(_spoken(surface), groups, forms)
            if found is not None:
                found.add(NamedSpan(piece, surface, found.kind, "", "", -1))
                taken = size
                break
        at += max(taken, 1)


def _spoken(surface: str) -> str:
    """A name that is printed in capitals as the gazetteer has it; what is short may be an acronym."""
    return surface.title() if surface.isupper() and len(surface) > 4 else surface


def _from_gazetteer(surface: str, groups: list[Group], forms: dict[str, Group]) -> Group | None:
    place = gazetteer.places().get(surface)
    is_org = surface in gazetteer.organisations() and (" " in surface or surface.isupper())
    if not is_org and place not in ("country", "region", "city3"):
        return None
    if len(surface) < 3 and surface not in ("US", "UK", "EU", "UN", "AP"):
        return None
    group = Group(
        surface if is_org else gazetteer.country_by_name().get(surface, surface), "organisation" if is_org else "place"
    )
    for known in groups:
        if known.name == group.name and known.kind == group.kind:
            return known
    groups.append(group)
    forms[fold(surface)] = group
    return group


def _as_result(
    groups: list[Group], inferred: Sequence[tuple[Span, Group]]
) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    placed: list[tuple[Span, Group, bool]] = [(n.span, g, False) for g in groups for n in g.names]
    placed += [(span, group, True) for span, group in inferred]
    placed.sort(key=lambda item: (item[0].start, -item[0].end))
    order: dict[int, int] = {}
    entities: list[Entity] = []
    mentions: list[Mention] = []
    for span, group, is_inferred in placed:
        index = order.get(id(group))
        if index is None:
            index = order[id(group)] = len(entities)
            aliases = dict.fromkeys(s for s in group.surfaces if s != group.name)
            entities.append(Entity(group.name, group.kind, tuple(aliases)))
        mentions.append(Mention(span, index, is_inferred))
    return tuple(entities), tuple(mentions)
