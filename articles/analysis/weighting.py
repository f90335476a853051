"""Gives the words of a story their weight, so that what every sentence of the story says counts for little.

Inside one story everything is near everything: the same names and the same topic stand in each sentence. A word is
therefore weighed by how rare it is among *the sentences being compared*, which was measured to beat word frequencies of
the language at large, and sentence embeddings as well.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from .text import fold
from .vocabulary import FUNCTION_WORDS, REPORTING_WORDS, SYNONYMS

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*(?:,\d{3})*")
_STEMMER = snowballstemmer.stemmer("english")

type Vector = Mapping[str, float]

# What a word of every sentence still weighs: the subject of the story is no function word.
FLOOR = 0.7


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The folded stem under which a word is compared; one stem for each group of everyday synonyms.

    >>> stem("Deployed") == stem("sent") == stem("deploying")
    True
    """
    folded = fold(word)
    for suffix in ("'s", "s'"):
        folded = folded.removesuffix(suffix) if suffix == "'s" else folded
    folded = _IRREGULAR.get(folded, folded)
    if folded in SYNONYMS:
        folded = SYNONYMS[folded]
    stemmed = str(_STEMMER.stemWord(folded))
    return _SYNONYM_STEMS.get(stemmed, stemmed)


_PAIRS = """
    sent=send chose=choose chosen=choose slain=slay won=win bought=buy began=begin begun=begin fell=fall
    fallen=fall rose=rise risen=rise sought=seek gave=give given=give took=take taken=take held=hold made=make
    went=go gone=go came=come knew=know known=know saw=see seen=see left=leave lost=lose met=meet paid=pay
    led=lead found=find got=get gotten=get spoke=speak spoken=speak broke=break broken=break wrote=write
    written=write drew=draw drawn=draw shot=shoot stood=stand understood=understand thought=think brought=bring
    caught=catch taught=teach kept=keep meant=mean felt=feel ran=run sold=sell men=man women=woman
    children=child people=person died=die dying=die us=us u.s=us u.s.=us usa=us america=us american=us u.k=uk
    u.k.=uk britain=uk british=uk u.n=un u.n.=un
    """
_IRREGULAR = dict(pair.split("=") for pair in _PAIRS.split())
_SYNONYM_STEMS = {str(_STEMMER.stemWord(word)): str(_STEMMER.stemWord(head)) for word, head in SYNONYMS.items()}


def content_stems(text: str) -> list[str]:
    """The stems of the words that say something, in order: neither function words nor reporting verbs.

    >>> content_stems("He said that 4,500 Marines were sent.")
    ['4500', 'marin', 'deploy']
    """
    return [stem_ for match in _WORD.finditer(text) for stem_ in _stems_of(match.group())]


@lru_cache(maxsize=65536)
def _stems_of(word: str) -> tuple[str, ...]:
    """The stems of one printed word: none of a function word, several of a hyphenated one."""
    stems = []
    for part in _parts(word):
        folded = fold(part)
        if part in {"US", "U.S", "U.S."}:
            stems.append("us")
        elif folded not in FUNCTION_WORDS and folded.removesuffix("'s") not in REPORTING_WORDS and len(folded) > 1:
            stems.append(stem(part))
        elif folded.isdigit():
            stems.append(folded)
    return tuple(stems)


def _parts(word: str) -> Sequence[str]:
    if word[0].isdigit():
        return (word.replace(",", ""),)
    return word.split("-") if "-" in word else (word,)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each stem weighs in one story."""

    idf: Mapping[str, float]
    unseen: float

    def vector(self, stems: Iterable[str]) -> dict[str, float]:
        """The unit vector of some words; empty for no words."""
        raw = {term: (1 + math.log(count)) * self.idf.get(term, self.unseen) for term, count in Counter(stems).items()}
        norm = math.sqrt(sum(value * value for value in raw.values()))
        return {term: value / norm for term, value in raw.items()} if norm else {}


def weigh(units: Sequence[Sequence[str]]) -> Weights:
    """Weights from the stems of every sentence that is compared.

    >>> w = weigh([["storm", "harbour"], ["storm", "roof"], ["storm"]])
    >>> w.idf["roof"] > w.idf["storm"]
    True
    """
    frequency = Counter(term for unit in units for term in set(unit))
    total = len(units) + 1
    return Weights(
        {term: FLOOR + math.log(total / count) for term, count in frequency.items()}, FLOOR + math.log(total)
    )


def cosine(left: Vector, right: Vector) -> float:
    """The cosine of two unit vectors.

    >>> cosine({"a": 1.0}, {"a": 1.0, "b": 0.0})
    1.0
    """
    if len(left) > len(right):
        left, right = right, left
    return sum(value * right[term] for term, value in left.items() if term in right)
