"""Finds names in a text and says what they name.

A name is a stretch of capitalised words; the work is to cut the stretch rightly ("President Donald Trump" holds one
name, "Texas Sen. Ted Cruz" two) and to say what each piece is. Every way to cut a stretch is scored piece by piece
with learnt weights over simple features: words, neighbours, gazetteers, and how the rest of the text uses the words.
The weights were trained on openly licensed text only (data/ATTRIBUTION.txt) by tools/train_names.py.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from . import gazetteer
from .lexicon import data_lines
from .name_features import DESIGNATION, Run, Usage, common_words, is_name_word, segment_features
from .patterned import find_patterned
from .tokens import Token

LABELS = ("person", "organisation", "place", "other", "none")
_NONE = 4
_LONGEST = 9


class Name(NamedTuple):
    """A name found in the text: tokens ``[first, last)`` of sentence `sentence`, and one of LABELS."""

    sentence: int
    first: int
    last: int
    label: str


Weights = dict[str, tuple[float, ...]]


@cache
def load_weights() -> Weights:
    """The learnt weights of every feature, one per label."""
    weights: Weights = {}
    for line in data_lines("name_weights.txt"):
        feature, _, numbers = line.rpartition("\t")
        weights[feature] = tuple(int(n) / 100 for n in numbers.split(","))
    return weights


_Piece = tuple[int, int, int]
_Scores = dict[tuple[int, int], list[float]]


def score_run(tokens: Sequence[Token], run: Run, usage: Usage, weights: Weights) -> _Scores:
    """Scores per label of every piece that `run` may be cut into."""
    scores: _Scores = {}
    # Long stretches are lists and shouting; no name in them is long, and the work would be.
    size = run.last - run.first
    longest = _LONGEST if size <= 10 else 5 if size < 16 else 3
    for first in range(run.first, run.last):
        is_start = is_name_word(tokens[first])
        for last in range(first + 1, min(run.last, first + longest) + 1):
            if last > first + 1 and not (
                is_start and (is_name_word(tokens[last - 1]) or tokens[last - 1].text.isdigit())
            ):
                continue
            person = organisation = place = other = none = 0.0
            if is_start:
                # The innermost loop of the whole analysis: five sums by name are twice as fast as a list of five.
                for weight in map(weights.get, segment_features(tokens, run, first, last, usage)):
                    if weight is not None:
                        person += weight[0]
                        organisation += weight[1]
                        place += weight[2]
                        other += weight[3]
                        none += weight[4]
            scores[first, last] = [person, organisation, place, other, none]
    return scores


def best_cut(tokens: Sequence[Token], run: Run, scores: _Scores) -> list[_Piece]:
    """The best way to cut `run`: (first, last, label number) of each piece, single tokens that are no name included."""
    best: list[tuple[float, _Piece | None]] = [(float("-inf"), None)] * (run.last - run.first + 1)
    best[0] = (0.0, None)
    for (first, last), totals in sorted(scores.items(), key=lambda item: (item[0][1], item[0][0])):
        base = best[first - run.first][0]
        is_start = is_name_word(tokens[first])
        if last - first == 1:
            label = max(range(len(LABELS)), key=totals.__getitem__) if is_start else _NONE
        else:
            label = max(range(_NONE), key=totals.__getitem__)
        total = base + totals[label]
        if total > best[last - run.first][0]:
            best[last - run.first] = (total, (first, last, label))
    pieces: list[_Piece] = []
    at = run.last
    while at > run.first:
        piece = best[at - run.first][1]
        assert piece is not None
        pieces.append(piece)
        at = piece[0]
    return pieces[::-1]


def _is_known_body(token: Token) -> bool:
    """Whether one word names an organisation and is neither a word, a place nor anybody's name."""
    text = token.text
    return (
        text in gazetteer.organisations()
        and token.lower not in common_words()
        and len(text) > 1
        and text not in gazetteer.places()
        and text not in gazetteer.family_names()
        and text not in gazetteer.given_names()
    )


def find_names(sentences: Sequence[Sequence[Token]]) -> list[Name]:
    """The names in tokenised sentences, in order; the same words get the same label throughout where they can.

    >>> from .tokens import tokenise
    >>> line = "Rain fell on Oslo, Mayor Anna Low said."
    >>> tokens = tokenise(line, 0, len(line))
    >>> [(" ".join(t.text for t in tokens[n.first : n.last]), n.label) for n in find_names([tokens])]
    [('Oslo', 'place'), ('Anna Low', 'person')]
    """
    weights = load_weights()
    patterned = find_patterned(sentences)
    taken: dict[int, frozenset[int]] = {}
    for known in patterned:
        taken[known.sentence] = taken.get(known.sentence, frozenset()) | set(range(known.first, known.last))
    usage = Usage(sentences, taken)
    scored = [(run, score_run(sentences[run.sentence], run, usage, weights)) for run in usage.runs]
    learnt = _agree(sentences, scored)
    return sorted([*learnt, *(Name(p.sentence, p.first, p.last, p.kind) for p in patterned if p.kind)])


def _agree(sentences: Sequence[Sequence[Token]], scored: list[tuple[Run, _Scores]]) -> list[Name]:
    """Cuts every stretch, then once more with what the first cut found: one text rarely uses a name in two senses."""
    sums: dict[str, list[float]] = {}
    cuts: list[list[_Piece]] = []
    for run, scores in scored:
        tokens = sentences[run.sentence]
        cuts.append(best_cut(tokens, run, scores))
        for first, last, label in cuts[-1]:
            if label != _NONE or last - first == 1:
                surface = " ".join(t.text for t in tokens[first:last])
                totals = sums.setdefault(surface, [0.0] * (len(LABELS) + 1))
                for index, value in enumerate(scores[first, last]):
                    totals[index] += value
                totals[-1] += 1
    names: list[Name] = []
    for (run, scores), first_cut in zip(scored, cuts, strict=True):
        tokens = sentences[run.sentence]
        is_changed = False
        for (first, last), totals in scores.items():
            known = sums.get(" ".join(t.text for t in tokens[first:last]))
            if known is not None and known[-1] > 1:
                is_changed = True
                for index in range(len(LABELS)):
                    totals[index] = 0.5 * totals[index] + 0.5 * known[index] / known[-1]
        for first, last, label in best_cut(tokens, run, scores) if is_changed else first_cut:
            if label != _NONE:
                names.append(Name(run.sentence, first, last, LABELS[label]))
            elif DESIGNATION.match(tokens[first].text) and not tokens[first].text.startswith("Q"):
                # Weapons and vehicles are too rare to learn and too plain to miss.
                names.append(Name(run.sentence, first, last, "other"))
            elif gazetteer.places().get(tokens[first].text) == "country":
                names.append(Name(run.sentence, first, last, "place"))
            elif last - first == 1 and _is_known_body(tokens[first]):
                names.append(Name(run.sentence, first, last, "organisation"))
    return names
