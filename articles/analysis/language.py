"""Which language a text is in, because names, speakers and claims are only looked for in English.

Two mistakes are possible and not equally bad. A text wrongly taken for English has names and speakers guessed in it; an
English one wrongly taken for another has no claims at all, and its outlet drops out of the story. Most of what is read
here is English, so a doubt is decided for English: another language needs evidence of several kinds of words that
English does not have, more than there is for English.

A script decides by itself. Languages in Latin letters are weighed by their small words (a word that several have counts
for less), their letters and the endings of their words. This is done here and not by a library: docs/decisions/0012.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from .language_words import BEGINNINGS, ENDINGS, LETTERS, SMALL_WORDS

_SAMPLE = 6_000
# No other language has these, so a fifth of them settles it at once.
_ENGLISH = SMALL_WORDS["en"] - frozenset().union(*(small for code, small in SMALL_WORDS.items() if code != "en"))
_WORD = re.compile(r"[^\W\d_]+(?:[^\W\d_]|\u0307)*")
# What stands in English text and is no word of it: addresses, borrowed terms, and the small words of names ("in Los
# Angeles", "von der Leyen": within a sentence, before a capital).
_NO_EVIDENCE = re.compile(
    r"(?<!\S)\S{0,80}?(?:://|@|www\.|\.(?:com|org|net|co|gov|edu)\b)\S*|(?<=\d )[AaPp][Mm]\b|\bA[lL] (?=[A-ZÀ-Þ])"
    r"|\b(?i:per (?:se|capita|annum|diem)|ad hoc|et (?:al|cetera)|vice versa|pro (?:rata|bono)|de (?:facto|jure)"
    r"|en (?:route|masse|suite)|status quo|sine die|coups? d.état|déjà vu|vis.à.vis|faux pas|au pair|à la|du jour"
    r"|laissez.faire|mea culpa)\b"
    r"|(?<=[\w,;] )(?:[A-Z][a-z]{1,2}|(?i:v[ao]n(?: de[nr]?)?|d[aeio](?:l|lla| l[ao]s?)?|al|el|bin|ibn))"
    r" (?=[A-ZÀ-Þ][^\W\d_])"
)
_SCRIPTS = {
    "cyrillic": re.compile("[\u0400-\u052f]"),
    "greek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "arabic": re.compile("[\u0600-\u06ff\u0750-\u077f]"),
    "hebrew": re.compile("[\u0590-\u05ff]"),
    "han": re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"),
    "kana": re.compile("[\u3040-\u30ff]"),
    "hangul": re.compile("[\uac00-\ud7af\u1100-\u11ff]"),
    "thai": re.compile("[\u0e00-\u0e7f]"),
    "devanagari": re.compile("[\u0900-\u097f]"),
}
_OF_SCRIPT = {"greek": "el", "hebrew": "he", "hangul": "ko", "thai": "th", "devanagari": "hi"}
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u1f00-\u1fff\u2e80-\ud7ff\uf900-\ufaff]")
# A sign of these scripts is a syllable or a word where Latin needs several letters.
_HEAVY = {"han": 3, "kana": 2, "hangul": 2}
_RUSSIAN, _UKRAINIAN = re.compile("[ыэёъ]"), re.compile("[іїєґ]")
# Bulgarian has ъ within words and no ы; Serbian, Macedonian and Belarusian have letters of their own.
_NOT_RUSSIAN = re.compile("[јљњћђџѓќў]")
_PERSIAN_OR_URDU = re.compile("[پچژگکیٹڈڑںے]")

# Fewer words than this are a headline; nothing in them is evidence enough.
_FEWEST_WORDS = 4
_LEAST, _LEAST_SHARE = 1.6, 0.2
_MARGIN = 1.5
_LEAST_OF_ONE, _OF_ONE = 0.6, 0.25


def recognise_language(text: str) -> str:
    """The language code of a text: "en" where nothing strong speaks against it, "und" where nothing can be said.

    A text too short to tell (a headline) counts as English: most of what is read here is.

    >>> recognise_language("Das Schiff ist in der Nacht auf den Felsen gelaufen und die Küste ist nicht frei.")
    'de'
    >>> recognise_language("Anna Low met Tom Reed. Low: No. Reed: No.")
    'en'
    """
    sample = text[:_SAMPLE]
    if not _OTHER_SCRIPT.search(sample):
        return _latin(sample)
    counts = {name: len(pattern.findall(sample)) * _HEAVY.get(name, 1) for name, pattern in _SCRIPTS.items()}
    others = sum(counts.values())
    letters = len(_LETTER.findall(sample))
    latin = len(_LATIN.findall(sample))
    if others > latin:
        return _by_script(sample.lower(), counts)
    if letters > 3 * latin:
        return "und"
    return _latin(sample)


def _by_script(text: str, counts: dict[str, int]) -> str:
    east = counts["han"] + counts["kana"]
    script = max(counts, key=lambda name: counts[name])
    if east >= counts[script]:
        # Chinese has no kana; a Japanese sentence is never without them.
        return "ja" if counts["kana"] * 20 > east else "zh"
    if script == "cyrillic":
        russian, ukrainian = len(_RUSSIAN.findall(text)), len(_UKRAINIAN.findall(text))
        if len(_NOT_RUSSIAN.findall(text)) * 100 > counts[script]:
            return "und"
        return "uk" if ukrainian > russian else "ru"
    if script == "arabic":
        return "und" if len(_PERSIAN_OR_URDU.findall(text)) * 50 > counts[script] else "ar"
    return _OF_SCRIPT[script]


def _latin(text: str) -> str:
    found = _WORD.findall(text)
    if sum(word in _ENGLISH or word.lower() in _ENGLISH for word in found) * 5 > len(found):
        return "en"
    found = _WORD.findall(_NO_EVIDENCE.sub(" ", text))
    if len(found) < _FEWEST_WORDS:
        return "en"
    is_shouted = sum(word.isupper() for word in found) * 2 > len(found)
    evidence = _weigh(Counter(found), is_shouted)
    least = max(_LEAST * (2 if is_shouted else 1), _LEAST_SHARE * len(found))
    if evidence.foreign >= least and evidence.foreign > _MARGIN * evidence.english:
        scores = evidence.scores
        best = max(scores, key=lambda code: (scores[code], code))
        # Foreign beyond doubt, and yet no language that is known: Croatian, Estonian, Vietnamese.
        return best if scores[best] >= max(_LEAST_OF_ONE, _OF_ONE * evidence.foreign) else "und"
    return "und" if _is_strange(found, evidence.english) else "en"


@dataclass(slots=True)
class _Evidence:
    """What speaks for English, against it, and for each of the others."""

    english: float
    foreign: float
    scores: dict[str, float]

    def add(self, codes: Sequence[str], weight: float) -> None:
        """Evidence that several languages have is worth little for telling them apart, and all against English."""
        if "en" in codes:
            self.english += weight
        elif codes:
            self.foreign += weight
        for code in codes:
            if code != "en":
                self.scores[code] += weight / len(codes)


def _weigh(counted: Counter[str], is_shouted: bool) -> _Evidence:
    evidence = _Evidence(0.0, 0.0, dict.fromkeys(LETTERS, 0.0))
    # A refrain proves no more than a sentence.
    most = 3 * max(1.0, counted.total() / 60)
    for word, times in counted.items():
        lower = word.lower().replace("\u0307", "")
        small = _languages_of().get(lower, ())
        # Other words with a capital are names more often than not, unless everything has capitals.
        if not small and word[0].isupper() and not is_shouted:
            continue
        strange = [letter for letter in lower if not letter.isascii()]
        shapes = _shapes_of(lower) if len(lower) >= 5 and not small else ()
        weight = min(times, most)
        evidence.add(small, weight * (0.3 if len(lower) == 1 else 1.0))
        evidence.add(shapes, weight * 0.4)
        if strange:
            evidence.foreign += (0.3 if is_shouted else 0.8) * weight
            for code in (code for code, own in LETTERS.items() if all(letter in own for letter in strange)):
                evidence.scores[code] += 0.8 * weight
    return evidence


def _is_strange(found: list[str], english: float) -> bool:
    """Whether words look like no English: strange letters nearly everywhere, or a long text without its words."""
    strange = sum(not word.isascii() and word[0].islower() for word in found)
    if english < 0.05 * len(found) and len(found) >= 8 and strange * 5 > len(found):
        return True
    return len(found) >= 40 and english < 0.03 * len(found)


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """By small word the languages that have it."""
    holders: dict[str, list[str]] = {}
    for code, small in SMALL_WORDS.items():
        for word in small:
            holders.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in holders.items()}


def _shapes_of(word: str) -> tuple[str, ...]:
    if word.endswith(ENDINGS["en"]):
        # What an English word could look like is no evidence for others.
        return ("en",)
    return tuple(
        code
        for code, endings in ENDINGS.items()
        if word.endswith(endings) or (code in BEGINNINGS and word.startswith(BEGINNINGS[code]))
    )
