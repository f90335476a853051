"""Behind how many independent origins a claim stands, because four outlets may print one agency.

Articles are one origin when they share much of their own wording or carry the credit of one agency; two appearances of
a claim are one origin when they stand in a shared passage or both have the claim from one third outlet ("told CNN",
"The Times reported"). The count is of groups, never of articles, and each group says why it is one.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from .cues import cue_forms
from .media import AGENCIES, is_common_word, outlet_in
from .shared_copy import Copy, Passage, coverage
from .text import fold
from .types import Appearance, SharedPassage, Span, StoryArticle
from .vocabulary import FUNCTION_WORDS

# From this share of the shorter article's words on, two articles are one account.
SAME_COPY = 0.4
ONE_BY_DESK, OWN_BY_DESK = "counted as one origin by the desk", "counted as independent by the desk"

_BYLINE = re.compile(rf"\b({AGENCIES})\b")
# "(AP)" in the dateline, "AFP" alone on a line.
_CREDIT = re.compile(rf"\((?:the )?({AGENCIES})\)|^(?:by )?(?:the )?({AGENCIES})$", re.I | re.M)
# What stands below a report: "© 2026 Agence France-Presse", "(Reporting by Anna Low for Reuters)", "Source: dpa".
_SIGNED = re.compile(
    rf"^(?:©|\(c\)|Copyright\b)[ ©\d,(c)]{{0,16}}(?:by )?(?:the )?({AGENCIES})\b"
    rf"|^[(\[]?(?:report(?:ing|ed)|writ(?:ing|ten)) by [^;\n]{{1,80}} (?:for|of) (?:the )?({AGENCIES})\b"
    rf"|^[(\[]?(?:Source|Agency|Wire): ?(?:the )?({AGENCIES})[)\].]?$|[.”\"] ?[—–-]{{1,2}} ?({AGENCIES})$",
    re.I | re.M,
)
# One agency closes its reports in this form, without its name.
_REUTERS = re.compile(
    r"^\(?Reporting by [^;\n]{3,120}; ?(?:Writing by [^;\n]{3,80}; ?)?Editing by [^;\n]{3,120}\)?$", re.M
)
_SHORT = {
    "associated press": "ap",
    "agence france-presse": "afp",
    "press association": "pa media",
    "thomson reuters": "reuters",
}
_HELPED = re.compile(r"\bcontribut|\badditional reporting|\bwith (?:files|material|reporting) from", re.I)
_WORD = r"(?<![\w’'.&-])[A-ZÀ-Þ][\w’'.&-]{0,40}"
_NAME = rf"({_WORD}(?: (?:(?:of(?: the)?|and|on|della|de|am) )?{_WORD}){{0,7}})"
_TOLD = re.compile(
    r"\b(?:told|tells|telling|(?:reported|published|quoted|cited|obtained|seen|confirmed) by|citing|[Aa]ccording to"
    r"|[Ii]nterview(?:ed)? (?:with|by|to|in|for|on)|[Ss]p(?:eaking|oke) (?:to|on|with)"
    r"|(?:report|article|essay|column|piece|story|op-ed|investigation)s? (?:published )?(?:in|by|for|from|on))"
    r" (?:an? (?:report|article|story|interview|investigation) (?:published )?(?:in|by|from|on) )?"
    rf"((?:[Tt]he )?){_NAME}"
)
_OUTLET = rf"\b((?:[Tt]he )?){_NAME}(?: newspaper| magazine| website| news agency| television)?"
_HAS = r"(?:, citing [^,.\n]{1,80},)? (?:(?:first|also|previously|later|has|have|had|is) ){0,2}"
_REPORTED = re.compile(rf"{_OUTLET}{_HAS}(?:reported|reports|reporting)\b")
_SAID = re.compile(
    rf"{_OUTLET}{_HAS}(?:said|says|wrote|writes|quoted|quotes|cited|cites|revealed|disclosed|published)\b"
)
_STATE = re.compile(
    r"\b([Ss]tate(?:-(?:run|owned|controlled))? (?:television|TV|media|radio|news agency))"
    r" (?:has |have )?(?:reported|reports|said|says)\b"
)
# After a common word that is a paper's name too: what makes it that word again.
_NOUN = re.compile(r" ([a-z]+)")
_KIND_OF_OUTLET = frozenset(("newspaper", "magazine", "website", "programme", "program", "tabloid", "daily", "weekly"))


def agency_of(article: StoryArticle) -> str:
    """The news agency that an article is credited to in its byline, dateline or credit line, folded; else "".

    >>> from .types import ArticleAnalysis
    >>> agency_of(StoryArticle(1, "Daily", ArticleAnalysis("Rain falls\\n\\nLOW BAY (AP) — Rain fell.")))
    'ap'
    """
    match = _BYLINE.search(article.byline)
    if match and not _HELPED.search(article.byline):
        return _agency(match.group(1))
    text = article.analysis.text
    body = text.find("\n\n") + 2
    lines = text[max(body, len(text) - 800) :].split("\n")
    below = "\n".join(line for line in lines[-7:] if len(line) <= 240)
    last_line = lines[-1] if len(lines[-1]) <= 160 else ""
    for piece, pattern in ((text[body : body + 120], _CREDIT), (last_line, _CREDIT), (below, _SIGNED)):
        match = pattern.search(piece)
        if match and not _HELPED.search(match.group() if pattern is _SIGNED else piece):
            return _agency(next(filter(None, match.groups())))
    return "reuters" if _REUTERS.search(below) else ""


def find_credit(text: str, sentence: Span, *, with_interviews: bool = True) -> Span | None:
    """Where a sentence names the other medium that its news is from; an interview ("told") is a source too.

    >>> find_credit("The bridge is unsafe, The Daily Post reported.", Span(0, 46))
    Span(start=26, end=36)
    """
    end = min(sentence.end, sentence.start + 1500)
    for pattern in (_REPORTED, _SAID, _TOLD) if with_interviews else (_REPORTED,):
        for match in pattern.finditer(text, sentence.start, end):
            name = outlet_in(match.group(2), is_led=bool(match.group(1)))
            if name and not (is_common_word(name) and _is_noun_next(text, match.start(2) + len(name))):
                return Span(match.start(2), match.start(2) + len(name))
    state = _STATE.search(text, sentence.start, end) if with_interviews else None
    return Span(*state.span(1)) if state else None


def _is_noun_next(text: str, at: int) -> bool:
    """Whether a noun follows, which makes "the Sun readers" and "the Express bus" of the name before."""
    match = _NOUN.match(text, at)
    if match is None:
        return False
    word = match.group(1)
    return word not in FUNCTION_WORDS and word not in _KIND_OF_OUTLET and word not in cue_forms()


def named_outlet(text: str, sentence: Span) -> str:
    """The other outlet that a sentence says its news is from, folded without "the"; else "".

    >>> named_outlet("The bridge is unsafe, The Daily Post reported.", Span(0, 46))
    'daily post'
    """
    return _folded_outlet(_printed_outlet(text, sentence))


def _printed_outlet(text: str, sentence: Span) -> str:
    credit = find_credit(text, sentence)
    return "" if credit is None else " ".join(text[credit.start : credit.end].split())


def _folded_outlet(name: str) -> str:
    return " ".join(word for word in fold(name).split() if word != "the")


def group_articles(
    articles: Sequence[StoryArticle], copies: Sequence[Copy], passages: Mapping[tuple[int, int], Sequence[Passage]]
) -> tuple[tuple[tuple[int, ...], str], ...]:
    """Indices of articles grouped by common origin, each group with its reason ("" for an article of its own)."""
    groups = _Groups(len(articles))
    agencies: dict[str, list[int]] = defaultdict(list)
    for index, article in enumerate(articles):
        agency = agency_of(article)
        if agency:
            agencies[agency].append(index)
    for agency, members in sorted(agencies.items()):
        for other in members[1:]:
            groups.join(members[0], other, f"carry {_shown_agency(agency)} copy")
    for (i, j), found in sorted(passages.items()):
        live = [p for p in found if p.band == "suggested"]
        share = max(coverage(copies[i], [p.left for p in live]), coverage(copies[j], [p.right for p in live]))
        if share >= SAME_COPY:
            groups.join(i, j, f"share {round(share * 100)} % of their wording")
    return tuple(
        (members, f"{_listed([articles[n].outlet for n in members])} {reason}" if len(members) > 1 else "")
        for members, reason in groups.result()
    )


def group_appearances(
    appearances: Sequence[Appearance],
    article_of: Sequence[int],
    contexts: Sequence[Span],
    articles: Sequence[StoryArticle],
    article_groups: Sequence[tuple[tuple[int, ...], str]],
    passages: Sequence[SharedPassage],
    same: Collection[tuple[int, int]] = (),
    own: Collection[tuple[int, int]] = (),
) -> tuple[tuple[tuple[int, ...], ...], tuple[str, ...]]:
    """Live appearances of one claim in sources, grouped by distinct origin, and one reason a group.

    ``article_of`` and ``contexts`` give each appearance's article (by index) and sentence; ``same`` and ``own`` are
    pairs of articles that people counted as one origin, or as two, whatever the texts look like.
    """
    live = [n for n, a in enumerate(appearances) if a.band == "suggested" and articles[article_of[n]].role == "source"]
    first_of: dict[int, int] = {}
    for n in live:
        first_of.setdefault(article_of[n], n)
    groups = _Groups(
        len(appearances), [(first_of[a], first_of[b]) for a, b in sorted(own) if a in first_of and b in first_of]
    )
    for n in live:
        groups.join(first_of[article_of[n]], n, "")
    for a, b in sorted(same):
        if a in first_of and b in first_of:
            groups.join(first_of[a], first_of[b], ONE_BY_DESK)
    for members, reason in article_groups:
        present = [first_of[index] for index in members if index in first_of]
        for other in present[1:]:
            groups.join(present[0], other, reason)
    derived: dict[str, list[int]] = defaultdict(list)
    printed: dict[str, list[str]] = defaultdict(list)
    for n in live:
        name = _printed_outlet(articles[article_of[n]].analysis.text, contexts[n])
        if name:
            derived[_abbreviated(_folded_outlet(name))].append(n)
            printed[_abbreviated(_folded_outlet(name))].append(name)
    publishers: dict[str, list[int]] = defaultdict(list)
    for n in live:
        publisher = _abbreviated(fold(articles[article_of[n]].outlet))
        if publisher in derived:
            publishers[publisher].append(n)
    for outlet, holders in sorted(derived.items()):
        at_home = publishers[outlet]
        reason = _from_one_outlet(
            [articles[article_of[n]].outlet for n in holders],
            [articles[article_of[n]].outlet for n in at_home],
            printed[outlet],
        )
        for other in [*holders[1:], *at_home]:
            if article_of[other] != article_of[holders[0]]:
                groups.join(holders[0], other, reason)
    by_key = {article.key: index for index, article in enumerate(articles)}
    for passage in passages:
        left = [
            n for n in live if article_of[n] == by_key[passage.left] and appearances[n].span.overlaps(passage.left_span)
        ]
        right = [
            n
            for n in live
            if article_of[n] == by_key[passage.right] and appearances[n].span.overlaps(passage.right_span)
        ]
        if left and right and passage.band == "suggested":
            names = _listed([articles[article_of[left[0]]].outlet, articles[article_of[right[0]]].outlet])
            groups.join(left[0], right[0], f"{names} share the passage word for word")
    kept_apart = {first_of[a] for pair in own for a in pair if first_of.keys() >= set(pair)}
    found = [
        (members, reason or (OWN_BY_DESK if kept_apart & set(members) else ""))
        for members, reason in groups.result()
        if any(n in set(live) for n in members)
    ]
    return tuple(members for members, _ in found), tuple(reason for _, reason in found)


class _Groups:
    """Union-find that remembers the first reason for which a group was joined, and never joins what is kept apart."""

    def __init__(self, size: int, apart: Sequence[tuple[int, int]] = ()) -> None:
        self._parent = list(range(size))
        self._reason: dict[int, str] = {}
        self._apart = apart

    def _root(self, n: int) -> int:
        while self._parent[n] != n:
            self._parent[n] = self._parent[self._parent[n]]
            n = self._parent[n]
        return n

    def join(self, a: int, b: int, reason: str) -> None:
        one, two = sorted((self._root(a), self._root(b)))
        if one != two and not any({self._root(x), self._root(y)} == {one, two} for x, y in self._apart):
            self._parent[two] = one
            known = self._reason.get(one) or self._reason.pop(two, "")
            self._reason[one] = known or reason

    def result(self) -> list[tuple[tuple[int, ...], str]]:
        members: dict[int, list[int]] = defaultdict(list)
        for n in range(len(self._parent)):
            members[self._root(n)].append(n)
        return [(tuple(group), self._reason.get(root, "")) for root, group in sorted(members.items())]


def _agency(name: str) -> str:
    lowered = name.lower()
    return _SHORT.get(lowered, lowered)


def _shown_agency(agency: str) -> str:
    return agency.upper() if len(agency) <= 4 else agency.title()


def _abbreviated(outlet: str) -> str:
    """ "new york times" and "times" are one outlet where the story names both: the last word is the key."""
    words = [word for word in outlet.replace(".", "").split() if word not in {"the", "news", "com"}]
    return words[-1] if words else outlet


def _from_one_outlet(holders: Sequence[str], publishers: Sequence[str], printed: Sequence[str]) -> str:
    """Who has it from whom: the fullest name that is printed, or that of the outlet itself where it is one of them.

    >>> _from_one_outlet(["Post", "Wire"], [], ["Herald", "Dyke Herald"]), _from_one_outlet(["Post"], ["Herald"], [])
    ('Post and Wire have it from one outlet, Dyke Herald', 'Post has it from Herald')
    """
    names = list(dict.fromkeys(name for name in holders if name not in publishers))
    has = "has" if len(names) == 1 else "have"
    if publishers:
        return f"{_listed(names or holders)} {has} it from {_listed(publishers)}"
    return f"{_listed(names)} {has} it from one outlet, {max(printed, key=lambda name: (len(name), name))}"


def _listed(names: Sequence[str]) -> str:
    unique = list(dict.fromkeys(names))
    return unique[0] if len(unique) == 1 else f"{', '.join(unique[:-1])} and {unique[-1]}"
