"""Cuts a sentence into its parts where it makes several statements, and words a part as a statement.

A reporter packs two or three facts into one sentence and another outlet gives each a sentence of its own. The cut is
made where news prose joins statements, and only where the words before it already state something; what then follows
is a clause, a dependent clause (a participle or relative clause, whose subject stands before it), or a fragment without
a verb. Fragments help to find what another outlet says; alone they belong to their head and are no statement. Nothing
is cut inside quotation marks: a quotation is one piece of evidence.
"""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from .clauses import clause_subject
from .lexicon import words
from .tokens import tokenise
from .types import Span
from .verbs import find_finite_verb, has_finite_verb
from .wording import folded_words

PartKind = Literal["clause", "dependent", "fragment"]

SMALLEST, SMALLEST_HEAD, SMALLEST_FRAGMENT = 3, 4, 5
# A sentence beyond this length is no sentence (a table, a text without full stops); it is cut no further than here.
LONGEST = 4000


class Part(NamedTuple):
    """A part of a sentence."""

    span: Span
    kind: PartKind = "clause"


_SUBORDINATORS = r"while|though|although|as|because|since|after|before|where|when|whereas|unless"
_CUT = re.compile(
    rf"""
    ;\s+
    | \s+[–—]\s+ | \s-{{1,2}}\s | —
    | ,\s+(?=(?:and|but|so|yet|or|with|which|who|whose|citing|saying|adding|amid|despite|including|part\ of|
              {_SUBORDINATORS})\b)
    | ,\s+(?=[a-z]{{3,}}ing\b)
    | \s+(?=(?:while|because|amid|but|though|although|whereas|after|before|unless)\s)
    | \s+(?=and\s+(?:an?|the|its|their)\s+[a-z-]+\s+of\s+(?:[a-z]+\s+){{0,3}}\d)
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*")
_OPENER = re.compile(r"[a-z]+")
_COORDINATE = frozenset(["and", "but", "or", "so", "yet"])
_ALWAYS_CLAUSES = frozenset(["while", "though", "although", "because", "whereas", "unless", "when", "where"])
_NO_CLAUSE = frozenset(["with", "amid", "despite", "including", "part"])
# "many questions about what it would allow, and what it would forbid": no statement, but an object.
_OPENS_OBJECT = words("what whether how why that who whom whose which")
_AS_NO_CLAUSE = re.compile(r"as (?:well|part|of|with|for|to|an?|much|many|long|soon|far)\b")
_ACCORDING = re.compile(r"according to\b")
_COORDINATED = re.compile(r"(?:and|but|or|so|yet)\b(?!,)")
_OPENER_OF_PREDICATE = re.compile(r"(?:which|who)\b")
_PAUSE = re.compile(r"(?:,| [–—]| -{1,2})\s+[“\"]?(?=[a-z])")
_MEASURE = re.compile(r"and\s+(?:an?|the|its|their)\s+[a-z-]+\s+of\s+(?:[a-z]+\s+){0,3}\d")


def split_clauses(text: str, span: Span, kept_whole: Sequence[Span] = ()) -> tuple[Part, ...]:
    """The parts of the sentence at ``span``, in order; ``kept_whole`` are its quotations.

    >>> line = "The mayor resigned on Monday, while her deputy stayed in office, a town of 900."
    >>> [line[p.span.start : p.span.end] for p in split_clauses(line, Span(0, len(line)))]
    ['The mayor resigned on Monday,', 'while her deputy stayed in office, a town of 900.']
    """
    parts: list[Part] = []
    start = span.start
    kind: PartKind = "clause"
    limit = min(span.end, span.start + LONGEST)
    cuts = [m for m in _CUT.finditer(text, span.start, limit) if not any(q.start < m.end() < q.end for q in kept_whole)]
    for n, match in enumerate(cuts):
        cut = match.end()
        if _size(text, start, cut) < (SMALLEST if parts else SMALLEST_HEAD) or _size(text, cut, span.end) < SMALLEST:
            continue
        until = cuts[n + 1].start() if n + 1 < len(cuts) else span.end
        measured = _MEASURE.match(text, cut)
        if measured is not None:
            # "with a span of 9 metres and a height of 4 metres": two measures are two facts.
            if not re.search(r"\d", text[start : match.start()]):
                continue
            is_stated = bool(parts) or has_finite_verb(text[start:cut])
            parts.append(Part(_trimmed(text, start, cut), kind if is_stated else "fragment"))
            start, kind = cut, "dependent"
            comma = text.find(", ", measured.end(), until)
            if comma > 0 and not is_stated:
                # The verb of the sentence comes behind its measures: "…, is out of use."
                parts.append(Part(_trimmed(text, start, comma + 1), kind))
                start = comma + 2
            continue
        following = _kind_of(text, cut, min(until, cut + 400), match.group())
        if following is None or not (parts or has_finite_verb(text[start:cut])):
            continue
        if following == "fragment" and len(_WORD.findall(text[cut : min(until, cut + 200)])) < SMALLEST_FRAGMENT:
            continue
        if not _COORDINATED.match(text, cut) and _goes_on(text, cut, span.end):
            continue
        parts.append(Part(_trimmed(text, start, cut), kind))
        start, kind = cut, following
    parts.append(Part(_trimmed(text, start, span.end), kind))
    return tuple(parts)


def _kind_of(text: str, start: int, end: int, separator: str) -> PartKind | None:
    """What follows a cut; None where the words belong to the part before."""
    opener = _OPENER.match(text, start)
    word = opener.group() if opener else ""
    rest = text[opener.end() if opener else start : end]
    next_word = _OPENER.match(rest.lstrip())
    is_ing = next_word is not None and next_word.group().endswith("ing")
    if _ACCORDING.match(text, start):
        return None
    if word in _COORDINATE:
        if not has_finite_verb(rest) or (next_word is not None and next_word.group() in _OPENS_OBJECT):
            return None
        return "dependent" if _opens_with_verb(rest) else "clause"
    if word in _NO_CLAUSE:
        return "fragment"
    if word in ("which", "who", "whose"):
        return "dependent"
    if word.endswith("ing") and len(word) > 4:
        return "dependent"
    if word in _ALWAYS_CLAUSES:
        return "fragment" if is_ing or (len(_WORD.findall(rest)) < 4 and not has_finite_verb(rest)) else "clause"
    if word in ("as", "since", "after", "before"):
        if word == "as" and _AS_NO_CLAUSE.match(text, start):
            return None
        # "after 2019, the mayor said": a time, and whose verb stands behind it is the sentence's own.
        if not is_ing and "," in rest and not has_finite_verb(rest[: rest.index(",")]):
            return None
        return "clause" if not is_ing and has_finite_verb(rest) and not _opens_with_verb(rest) else "fragment"
    if separator.strip() == ";":
        return "clause" if has_finite_verb(text[start:end]) else None
    # "— a charge she denies —": a noun phrase in apposition, with or without a clause of its own.
    is_apposition = word in ("a", "an", "the")
    return "clause" if has_finite_verb(text[start:end]) and not is_apposition else "fragment"


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether the main verb only comes behind what a cut would part from its subject: "Low, who is 40, was chosen"."""
    end = min(end, start + 400)
    if _opens_with_verb(text[start : min(end, start + 120)]) and not _OPENER_OF_PREDICATE.match(text, start):
        return True
    return any(_opens_with_verb(text[m.end() : min(end, m.end() + 60)]) for m in _PAUSE.finditer(text, start, end))


def _opens_with_verb(words_: str) -> bool:
    """Whether the finite verb comes first: then its subject stands in the part before."""
    at = find_finite_verb(words_)
    return at is not None and len(_WORD.findall(words_[:at])) == sum(
        word.endswith("ly") or word in ("also", "then", "later", "now", "still", "even")
        for word in _WORD.findall(words_[:at])
    )


def _size(text: str, start: int, end: int) -> int:
    count = 0
    for _ in _WORD.finditer(text, start, min(end, start + 200)):
        count += 1
        if count == SMALLEST_HEAD:
            break
    return count


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "–—-"):
        end -= 1
    return Span(start, end)


_LEAD_IN = re.compile(
    r"^(?:(?:however|meanwhile|but|and|yet|still|also|then|so|in addition|moreover|while|though|although|because|"
    r"whereas|UPDATE|update)\b[,:]? ?)+",
    re.I,
)
_JOINED = re.compile(r"^(?:as|after|before|since|where|when) (?=.{12})")
_RELATIVE = re.compile(r"^(?:which|who)\s+", re.I)
# What :func:`statement_of` puts before a dependent clause.
_ADDED = re.compile(r"^\[[^\]]*\]")
# A passage of fewer words says too little to stand for a claim.
FEWEST_WORDS = 5
# How far a subject may run in a statement before it is shortened.
_LONGEST_SUBJECT = 12


def statement_of(text: str, span: Span, sentence: Span | None = None, kind: PartKind = "clause") -> str:
    """A passage as a statement that can stand alone in a table: one line, capital first, full stop last.

    A dependent clause gets its subject in brackets from the ``sentence`` it stands in; a fragment is told by its whole
    sentence.

    >>> statement_of("…, but the lower road was closed, ", Span(3, 33))
    'The lower road was closed.'
    >>> line = "The navy sent two ships, reinforcing its patrols."
    >>> statement_of(line, Span(25, 49), Span(0, 49), "dependent")
    '[The navy] reinforcing its patrols.'
    """
    if sentence is not None and (kind == "fragment" or text.startswith("whose", span.start)):
        return _finished(_line(text, sentence))
    words_ = _line(text, span)
    if sentence is not None and kind == "dependent":
        subject = _subject_of(text, span, sentence, is_relative=bool(_RELATIVE.match(words_)))
        if not subject:
            return _finished(_line(text, sentence))
        return _finished(f"[{subject}] {_with_verb(_RELATIVE.sub('', re.sub(_LEAD_IN, '', words_)), subject)}")
    lead = _LEAD_IN.match(words_) or _JOINED.match(words_)
    shorter = words_[lead.end() :] if lead else words_
    return _finished(shorter if len(shorter.split()) >= 3 else words_)


def brevity(words_: str) -> tuple[bool, int]:
    """The order in which passages are asked to word a claim: the shortest first, those of hardly any words last.

    >>> sorted(["The old bridge was closed on Monday.", "Closed.", "The bridge was closed again."], key=brevity)
    ['The bridge was closed again.', 'The old bridge was closed on Monday.', 'Closed.']
    """
    count = len(words_.split())
    return count < FEWEST_WORDS, count


def are_words_of_others(statement: str, passages: Sequence[str], others: Sequence[str]) -> bool:
    """Whether one of the ``others`` has more words of ``statement`` than any of ``passages``, wherever they stand.

    A subject in brackets counts for none: the passage has it from its sentence.

    >>> are_words_of_others("The road was closed.", ["The road is open."], ["The road was closed, he said."])
    True
    """
    said = set(folded_words(_ADDED.sub("", statement)))

    def most(texts: Sequence[str]) -> int:
        return max((len(said.intersection(folded_words(text))) for text in texts), default=0)

    return most(others) > most(passages)


def _with_verb(words_: str, subject: str) -> str:
    """ "a height of 4 metres" of a bridge is something it has."""
    if re.match(r"(?:an?|the|its|their)\s+[a-z-]+\s+of\s", words_) and not has_finite_verb(words_):
        is_plural = " and " in subject or (subject.endswith("s") and not subject.endswith("ss"))
        return f"{'have' if is_plural else 'has'} {words_}"
    return words_


def _line(text: str, span: Span) -> str:
    return " ".join(text[span.start : min(span.end, span.start + LONGEST)].split()).strip(" ,;:–—-")


def _finished(words_: str) -> str:
    kept = _balanced(words_)
    kept = kept[:1].upper() + kept[1:]
    return kept if kept.endswith((".", "!", "?", "”", '"', "’")) or not kept else kept + "."


# Up to a mark that ends a quotation, before any that begins one. A straight one ends it behind a stop, not a figure.
_UNOPENED = re.compile(r'[^“«"”»]+(?:[”»]|(?<=[,.?!…])")(?!\w)')


def _balanced(words_: str) -> str:
    """The words without a quotation mark whose partner stands in another sentence: one at their edge, or the first."""
    for opening, closing in (("“", "”"), ('"', '"'), ("«", "»")):
        is_odd = words_.count(opening) != words_.count(closing) if opening != closing else words_.count(opening) % 2
        if is_odd and (end := _UNOPENED.match(words_)) and words_[end.end() - 1] == closing:
            words_ = words_[: end.end() - 1] + words_[end.end() :]
        elif is_odd and words_.startswith(opening):
            words_ = words_[1:]
        elif is_odd and words_.endswith(closing):
            words_ = words_[:-1]
    return words_


def _subject_of(text: str, part: Span, sentence: Span, *, is_relative: bool) -> str:
    """The words that a dependent part is about: the noun before "which", else the subject of the sentence."""
    said = max((m.end() for m in _END_OF_SPEECH.finditer(text, sentence.start, part.start)), default=sentence.start)
    start = max(sentence.start, said)
    if part.start - start > LONGEST or part.start <= start:
        return ""
    if is_relative:
        phrase = _noun_before(text, start, part.start)
    else:
        tokens = tokenise(text, start, part.start)
        found = clause_subject(tokens, 0, len(tokens))
        phrase = text[tokens[found[0]].start : tokens[found[1] - 1].end] if found else ""
    is_usable = 0 < len(phrase.split()) <= _LONGEST_SUBJECT and not has_finite_verb("so " + phrase)
    is_usable = is_usable and phrase.lower() not in ("this", "that", "these", "those", "there", "what", "it")
    return phrase[:1].upper() + phrase[1:] if is_usable else ""


_END_OF_SPEECH = re.compile(r"[,.?!…—–-][”\"»]")
_DETERMINER = re.compile(r"\b(?:the|an?|his|her|its|their|these|those|this|our|my)\s+(?=[^,;:()]*$)", re.I)
_NAME = re.compile(r"[A-Z][\w’'.-]*(?:\s+(?:(?:of|the|for|and|&)\s+)*[A-Z][\w’'.-]*)*$")
_NAME_BEFORE = re.compile(r"([A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*)*),\s*$")


def _noun_before(text: str, start: int, end: int) -> str:
    """The noun phrase that a relative clause hangs on; of a name and its apposition the name."""
    words_ = text[max(start, end - 120) : end].rstrip(" ,–—-")
    found = _NAME.search(words_)
    determiners = list(_DETERMINER.finditer(words_))
    if (
        determiners
        and (not found or determiners[-1].end() >= found.start() - 1)
        and len(words_) - determiners[-1].start() < 60
    ):
        at = determiners[-1].start()
    elif found:
        at = found.start()
    else:
        return ""
    named = _NAME_BEFORE.search(words_[:at])
    return " ".join((named.group(1) if named else words_[at:]).split())
