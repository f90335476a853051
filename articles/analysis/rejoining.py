"""Joins again what the English rules for full stops cut in other languages: ordinals, abbreviations, quoted speech.

"am 3. März", "z. B. Brücken" and 「…。」と are each one sentence. The rules for cutting know English; what is different
elsewhere is a list for each language, applied afterwards, so that no language's rule can spoil another's.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from .lexicon import words
from .types import Sentence, Span

# Without their stops; the last piece of those that are printed in several pieces.
_ABBREVIATIONS = {
    "de": words(
        """
    rd bzw ca nr dr prof st str mio mrd mia tsd tel evtl ggf inkl exkl vgl sog geb gest abs art bd jh hl hr fr dipl ing
    med zzgl abzgl mind max min allg gem lt jan feb febr mrz apr jun jul aug sept okt nov dez u.a z.b d.h
    """
    ),
    "es": words("sr sra srta sres dr dra d da lic ing gral cap prof núm nº pág art av c tel ud uds ee"),
    "fr": words("m mm mme mmes mlle dr pr me st ste av bd art env p.ex etc cf chap éd vol"),
    "it": words("sig sigg dott avv on sen ing prof gen col cap art pag n tel es geom arch mons"),
    "pt": words("sr sra srs dr dra exmo prof eng gen cap art av r núm pág tel n"),
    "nl": words("dhr mevr mw dr drs mr ir ing prof bijv o.a nr ca blz art st jl resp incl evt"),
    "da": words("ca nr kl bl f.eks bl.a hr fr dr prof st kr mio mia tlf pct"),
    "no": words("ca nr kl bl f.eks bl.a hr fr dr prof st kr mill mrd tlf pst"),
    "sv": words("ca nr kl bl t.ex bl.a dr prof st kr milj mdr tel fr.o.m t.o.m dvs"),
    "fi": words("esim mm n klo tri prof dos nk huom puh os"),
    "pl": words(
        "r ul prof dr inż mgr hab tys mln mld np tzn tzw św im nr gen płk kpt por al pl godz ok hr ks bp abp woj"
    ),
    "cs": words(
        "č str tzv např mj ing mgr mudr judr phdr rndr doc prof dr sv ul tj tis mil mld hod gen plk por nám čp"
    ),
    "tr": words("dr prof doç av sn no st cad sok mah alb gen org yrd öğr müh"),
    "id": words("dr drs ir prof h hj jl no tgl rp km"),
    "hu": words("dr ifj id özv prof ill sz u kb pl gr br szt"),
    "ro": words("dl dna dr ing nr str art alin prof gen lt col mr cpt bd jud"),
    "ru": words("г гг ул им т тт др руб тыс млн млрд стр см проф акад пр д кв обл р н гр ст п"),
    "uk": words("м р рр вул ім т тт др грн тис млн млрд стор див проф акад пр буд кв обл гр ст п"),
}
# A number before a stop is an ordinal in these languages; where it ends a sentence, a preposition rarely stands before.
_ORDINALS = frozenset(("de", "da", "no", "cs", "fi", "hu", "pl", "tr"))
_MONTHS = words("januar jänner februar märz april mai juni juli august september oktober november dezember")
_BEFORE_ORDINAL = words(
    """
    am vom zum bis den der die das dem des im beim seit ab und unter dieses jeder jedes jeden ihr ihre ihren ihrem
    ihres sein seine seinen seinem seines den det til fra
    """
)
_WORDS = re.compile(r"([^\W_]*)[^\w]*?([^\W_][\w.]*)\.$")
_FIRST = re.compile(r"[^\W_]+")
_DAY = re.compile(r"\d{1,2}$")
_TAIL = 60


def rejoin_sentences(text: str, sentences: Sequence[Sentence], language: str) -> tuple[Sentence, ...]:
    """``sentences`` with those made one that only a stop of ``language`` had parted; all of them for English.

    >>> from .sentences import split_sentences
    >>> text = "Kopf\\n\\nDie Brücke wird am 3. März gesperrt. Nichts ging mehr."
    >>> [text[s.span.start : s.span.end] for s in rejoin_sentences(text, split_sentences(text), "de")]
    ['Kopf', 'Die Brücke wird am 3. März gesperrt.', 'Nichts ging mehr.']
    """
    if language not in _ABBREVIATIONS and language not in ("ja", "zh"):
        return tuple(sentences)
    joined: list[Sentence] = []
    for sentence in sentences:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.paragraph == sentence.paragraph
            and before.kind == sentence.kind
            and _goes_on(text, before.span, sentence.span, language)
        ):
            joined[-1] = replace(before, span=Span(before.span.start, sentence.span.end))
        else:
            joined.append(sentence)
    return tuple(joined)


def _goes_on(text: str, before: Span, after: Span, language: str) -> bool:
    if language in ("ja", "zh"):
        # 「…。」と述べた: what was said is inside the sentence that says who said it.
        return text[before.end - 1] in "」』”" and text[after.start] in "とっ"
    if text[before.end - 1] != ".":
        return False
    match = _WORDS.search(text, max(before.start, before.end - _TAIL), before.end)
    if match is None:
        return False
    previous, last = match.group(1).lower(), match.group(2).lower()
    follower = _FIRST.match(text, after.start)
    if _DAY.match(last):
        following = follower.group().lower() if follower else ""
        return language in _ORDINALS and (following in _MONTHS or previous in _BEFORE_ORDINAL)
    # A single small letter is half of an abbreviation ("z. B.", "т. е."); nothing ends in one.
    is_half = len(last) == 1 and match.group(2).islower() and language in ("de", "nl", "ru", "uk", "cs", "pl", "sv")
    return is_half or last in _ABBREVIATIONS[language]
