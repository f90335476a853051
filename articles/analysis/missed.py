"""Names that the learnt finder passed over where the rest of the text vouches for them.

It reads stretch by stretch, so a family name that is also a word ("Low") or a name that opens a sentence gets lost,
though the text says in another place what it is.
"""

from bisect import bisect_right
from collections.abc import Sequence

from .cues import cue_forms
from .grouping import NamedSpan, short_forms
from .kinds import Context
from .name_features import common_words
from .name_words import TITLES
from .tokens import Token
from .types import EntityKind, Span
from .word_classes import is_verb_like


def missed_names(sentences: Sequence[Sequence[Token]], found: Sequence[NamedSpan], context: Context) -> list[NamedSpan]:
    """The names in `sentences` that `found` lacks: last names, known names once more, clubs and makers.

    >>> from .tokens import tokenise
    >>> tokens = tokenise("Low said no.", 0, 12)
    >>> mayor = NamedSpan(Span(20, 28), "Anna Low", "person", "mayor", "", 1)
    >>> [n.surface for n in missed_names([tokens], [mayor], Context([tokens]))]
    ['Low']
    """
    full = {n.surface.split()[-1] for n in found if n.kind == "person" and " " in n.surface}
    known: dict[str, EntityKind] = {n.surface: n.kind for n in found if " " not in n.surface and n.kind != "other"}
    known |= short_forms(found)
    taken = sorted((n.span.start, n.span.end) for n in found)
    starts = [s for s, _ in taken]
    missed = []
    for number, tokens in enumerate(sentences):
        for at, token in enumerate(tokens):
            if not token.text[0].isupper():
                continue
            index = bisect_right(starts, token.start) - 1
            if index >= 0 and token.start < taken[index][1]:
                continue
            kind: EntityKind | None = "person" if token.text in full and _is_last_name(tokens, at) else None
            kind = kind or _again(tokens, at, known) or context.missed(tokens, at)
            if kind is not None:
                title = tokens[at - 1].lower if at and kind == "person" and tokens[at - 1].lower in TITLES else ""
                missed.append(NamedSpan(Span(token.start, token.end), token.text, kind, title, "", number))
    return missed


def _is_last_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word that somebody is called is used as their name: "Low", "Brown", "Price"."""
    before, after = tokens[at - 1] if at else None, tokens[at + 1] if at + 1 < len(tokens) else None
    if before is not None and before.is_capitalised and before.lower not in TITLES:
        return False
    if before is not None and (before.lower in TITLES or before.lower in cue_forms()):
        return True
    return after is not None and (is_verb_like(after) or after.lower in cue_forms() or after.text in ("’s", "'s"))


def _again(tokens: Sequence[Token], at: int, known: dict[str, EntityKind]) -> EntityKind | None:
    kind = known.get(tokens[at].text)
    if kind is None or tokens[at].lower in common_words() or tokens[at].lower in TITLES:
        return None
    beside = [tokens[i] for i in (at - 1, at + 1) if 0 <= i < len(tokens)]
    return None if any(t.is_capitalised for t in beside) else kind
