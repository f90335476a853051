"""Whether a clause asserts or denies, and how surely: read off the words that show it.

Without a word that shows doubt a clause is certain. What a speaker is only said to believe, fear or allege is doubted
by the verb itself; what hangs on a condition or is asked is left open, however firmly it is worded.
"""

import re
from typing import Literal

from .types import Certainty, Polarity, Span

type Grade = Literal["CT", "PR", "PS", "Uu"]

# What opens a condition; "even if", "as if", "if anything" leave nothing open.
_IF = (
    r"\b[Ii]f\b(?<![Ee]ven if)(?<![Aa]s if)(?<![Ww]hat if)(?<![Oo]nly if)"
    r"(?! (?:not|anything|necessary|any|ever|so|only|possible|needed|need|at|you)\b)"
)
# What is asked is no hedge of who tells that it was asked.
_QUESTION = re.compile(r"\b(?:if|whether)\b[^,.;:!?“”\"]*")
# Before "if": what makes it report a question ("asked on Monday if …", "did not say if …"), not set a condition.
_ASKING = re.compile(
    r"\b(?:ask(?:s|ed|ing)?(?! (?:for|that)\b)|wonder(?:s|ed|ing)?|[ie]nquir(?:e|es|ed|ing)|unsure)"
    r"(?: (?!to\b)[^\s,.;:!?“”\"]+){0,12} $"
    r"|(?:\b(?:not|never|without|unable to|(?:declin|refus)(?:e|es|ed|ing) to)|n[’']t) (?:be |been |yet |even ){0,2}"
    r"(?:say|saying|tell|telling|know|knowing|known|disclos(?:e|ing)|specify|specifying|confirm|confirming|clear|sure)"
    r"(?: (?:[Rr]eporters|him|her|them|us|me|you))? $",
    re.I,
)
# In the order of how little they commit: the first that is found decides.
_HEDGES: tuple[tuple[Grade, re.Pattern[str]], ...] = (
    (
        "Uu",
        re.compile(
            r"\b(?=[unr])(?:unclear|unknown|no (?:independent |official )?(?:confirmation|evidence)|unconfirmed|"
            r"unverified|not (?:been |yet been |yet )?(?:independently )?(?:confirmed|verified|known|clear)|undecided|"
            r"remains? to be seen|uncertain)\b",
            re.I,
        ),
    ),
    ("Uu", re.compile(_IF + r"|\b[Uu]nless\b|\b[Pp]rovided that\b")),
    (
        "PS",
        re.compile(
            r"\b(?=[mMcCpPhrfsnNd])(?:may|[Mm]ight|[Cc]ould|[Pp]ossibly|[Pp]erhaps|[Mm]aybe|[Pp]otential(?:ly)?|[Pp]ossible|hint(?:s|ed|ing)?|"
            r"rumou?red|feared|fears?(?= (?:that|the|an?|it|he|she|they|more|many|up|at|[A-Z\d]))|suggest(?:s|ed|ing)?|"
            # Whoever cannot rule a thing out holds it to be possible.
            r"(?:cannot|not|never|[Nn]obody (?:can|could)|(?:refus|declin)(?:e|es|ed|ing) to) "
            r"(?:be |been )?rul(?:e|ed) out)\b"
            r"|n[’']t (?:be |been )?rul(?:e|ed) out\b"
        ),
    ),
    (
        "PR",
        re.compile(
            # "his likely rival" hedges a label, not the statement.
            r"\b(?=[lunaprstebih])(?:"
            r"likely(?<!\bthe likely)(?<!\bhis likely)(?<!\bher likely)(?<!\btheir likely)(?<!\ba likely)|unlikely|"
            r"(?:almost|nearly) certain(?:ly)?|probabl[ey]|alleged(?:ly)?|alleg(?:e|es|ing)|reportedly|apparently|"
            r"seems?|seemed|seemingly|appears? to|"
            r"appeared to|believed|believes?|thought to|suspected|suspects?(?= (?:that|the|an?|it|he|she|they|of)\b)|"
            r"(?<=police )suspect(?! (?:is|was|had|in|who)\b)|"
            r"presumed to|presumably|expected to|purportedly|supposedly|accus(?:ed|es|ing) of|"
            r"accus(?:e|es|ed|ing) (?:[A-Z][\w’'-]+ |the [\w’'-]+ |him |her |them ){1,3}of|"
            r"(?=[paih])(?<!\ba )(?<!\bthe )(?<!\bits )(?<!\bhis )(?<!\bher )(?<!\btheir )(?<!\bno )"
            r"(?:plan|plans|planned|planning|intend|intends|intended|aims?|aimed|hopes?|hoped) to)\b",
            re.I,
        ),
    ),
)
# Verbs that say that a thing was said, and doubt it themselves; other verbs of saying are no hedge of what they report.
_DOUBTING = re.compile(r"\b(?:alleg|believ|fear|suspect|accus)", re.I)
_NEGATION = re.compile(
    r"\b(?=[ncwdrfuhsbiap])(?:not|never|no|none|nobody|nothing|neither|nor|cannot|without|den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing)|"
    r"fail(?:s|ed|ing)? to|declin(?:es|ed|ing) to|reject(?:s|ed|ing)?|unable|unlikely|rul(?:e|es|ed|ing) out|"
    r"(?:hardly|scarcely|barely) (?:any\w*|ever)|(?:hardly|scarcely)(?! (?:begun|started|been|had|arrived|got|left)\b)|"
    # "Reports that the dam had failed were false."
    r"(?:is|are|was|were|be|been|as|proved|proven) (?:entirely |simply |completely |totally |wholly |utterly )?"
    r"(?:false|untrue|baseless|unfounded|groundless|bogus|fabricated))\b|n[’']t\b",
    re.I,
)
# Words in which "no", "not" or "without" denies nothing of what the clause asserts.
_NOT_NEGATION = re.compile(
    r"\b(?:not only|no (?:less|fewer|more|later|earlier|sooner) than|not less than|not fewer than|no\. \d|"
    r"whether or not|no doubt|no longer than|if not|no stranger|"
    r"without (?:warning|delay|incident|doubt|question|fail|exception|notice|hesitation|precedent|further|charge))\b"
    # "decided by the states, not by judges" denies nothing of what it asserts.
    r"|(?:,|\band|\bbut) not (?:even |just |merely )?(?:by|for|in|at|on|to|from|with|a|an|the)\b",
    re.I,
)
_ASKED = re.compile(r"\?[\s”’\"')]*\Z")
_SIGNED: dict[str, Certainty] = {"PS+": "PS+", "PS-": "PS-", "PR+": "PR+", "PR-": "PR-"}


def find_polarity(text: str, clause: Span) -> tuple[Polarity, Span | None]:
    """Whether a clause asserts or denies, and the word that shows it; two denials assert, "neither … nor" is one.

    >>> find_polarity("The harbour was not closed.", Span(0, 27))[0]
    'negative'
    >>> find_polarity("The firm didn’t close it.", Span(0, 25))
    ('negative', Span(start=9, end=15))
    >>> find_polarity("Without warning the dam failed.", Span(0, 31))[0]
    'positive'
    """
    harmless = [m.span() for m in _NOT_NEGATION.finditer(text, clause.start, clause.end)]
    found: list[tuple[int, int]] = []
    for match in _NEGATION.finditer(text, clause.start, clause.end):
        if any(s <= match.start() < e for s, e in harmless) or (found and match.group().lower() == "nor"):
            continue
        found.append(match.span())
    if len(found) % 2 == 0:
        return "positive", None
    start, end = found[0]
    # Of "didn’t" the whole word.
    while start > clause.start and text[start - 1].isalpha():
        start -= 1
    return "negative", Span(start, end)


def find_certainty(text: str, clause: Span, polarity: Polarity, cue: Span | None) -> tuple[Certainty, Span | None]:
    """FactBank's value of a clause and the words that show it; what is asked shows itself as a whole.

    >>> find_certainty("It reportedly sank.", Span(0, 19), "positive", None)
    ('PR+', Span(start=3, end=13))
    >>> find_certainty("If it fails, they leave.", Span(0, 24), "positive", None)
    ('Uu', Span(start=0, end=2))
    """
    if _ASKED.search(text[max(clause.start, clause.end - 6) : clause.end]):
        return "Uu", clause
    sign = "+" if polarity == "positive" else "-"
    asked = _find_asked(text, clause)
    for value, pattern in _HEDGES:
        for match in pattern.finditer(text, clause.start, clause.end):
            if any(s <= match.start() < e for s, e in asked):
                continue
            is_cue = cue is not None and cue.start <= match.start() < cue.end
            if is_cue and not _DOUBTING.match(match.group()):
                continue
            span = Span(match.start(), match.start() + len(match.group().rstrip()))
            return ("Uu" if value == "Uu" else _SIGNED[value + sign]), span
    return ("CT+" if sign == "+" else "CT-"), None


def _find_asked(text: str, clause: Span) -> list[tuple[int, int]]:
    """Where a clause only reports what was asked, or what somebody would not say: "asked if it may sink"."""
    return [
        match.span()
        for match in _QUESTION.finditer(text, clause.start, clause.end)
        if _ASKING.search(text[max(0, match.start() - 120) : match.start()])
    ]
