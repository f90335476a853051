"""The shapes dates are printed in, and what must stand around the ambiguous ones.

"May", "March" and four bare digits are dates only where the words beside them say so; the rest is plain to see.
"""

import re
from collections.abc import Callable

_UNITS = frozenset(("weekend", "week", "month", "year"))
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d,.]\d|\d)"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)(?![\d]|[,.]\d)"
_COUNT = (
    r"(?P<count>\d{1,3}|[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven"
    r"|[Tt]welve|[Ff]ifteen|[Ss]ixteen|[Ss]eventeen|[Ee]ighteen|[Nn]ineteen|[Tt]wenty|[Tt]hirty|[Ff]orty|[Ff]ifty)"
)


_PART = r"(?:(?P<part>[Ee]arly|[Ll]ate|[Mm]id)[ -])?"


def _always(text: str, match: re.Match[str]) -> bool:
    return True


_YEAR_BEFORE = re.compile(
    r"(?:\b(?:[Ii]n|[Ss]ince|[Bb]y|[Oo]f|[Uu]ntil|[Ff]rom|[Dd]uring|[Tt]o|[Bb]efore|[Aa]fter|[Ll]ate|[Ee]arly"
    r"|mid|[Tt]he|[Tt]hrough|and"
    r"|or|for|this|his|her|their|spring|summer|fall|autumn|winter|election|year|back in|as of|that|another"
    r"|between|’s|'s"
    r"|[Ee]nd of|[Aa]round|[Aa]bout|[Cc]irca|a|over|at)|[(\[,—–-]) ?-?$"
)
_PLURAL_AFTER = re.compile(r" (?:[a-z]{2,20}(?<!s)s|[a-z]{0,12}(?:people|children|men|women)|year)\b")


_NUMBERED = re.compile(
    r"\b(?:Resolution|Article|Section|Flight|Route|Room|Act|Bill|Model|Unit|Highway|Directive|Regulation|Order"
    r"|Boeing|Airbus|No\.?|Number|Proposition|Form|Channel|Train|Falcon) $"
)


def _is_year(text: str, match: re.Match[str]) -> bool:
    """Four digits are a year where the words around say so; "2000 soldiers" are soldiers."""
    before = text[max(0, match.start() - 14) : match.start()]
    if _NUMBERED.search(before):
        return False
    if before and (before[-1].isalnum() or before[-1] in "$£€#.:/-"):
        return False
    after = text[match.end() : match.end() + 24]
    if after[:1] in ("%", "-") and not after[1:2].isalpha():
        return False
    if re.match(r" (?:percent|per cent|million|billion|meters|metres|miles|feet|km|people|dollars)\b", after):
        return False
    if not _YEAR_BEFORE.search(before):
        if re.search(r"[A-Z][a-z]+ $", before):
            return "1950" < match["year"] < "2050" and not re.match(r"(?:-| [a-z]+s\b)", after)
        return not before.strip() and not _PLURAL_AFTER.match(after)
    if before.rstrip().endswith((" to", " and", " or", ",", "about", "around", "over", " a")) and _PLURAL_AFTER.match(
        after
    ):
        return False
    return not (_PLURAL_AFTER.match(after) and not before.rstrip().lower().endswith(("the", "in", "’s", "'s", "his")))


_MONTH_BEFORE = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ff]rom|[Dd]uring|[Ll]ast|[Nn]ext|[Tt]his|[Ee]arly|[Ll]ate|mid"
    r"|[Tt]hrough|[Bb]efore|[Aa]fter"
    r"|[Pp]ast|and|to|or|of|each|every|between|previous|following)[ -]$"
)


def _is_month(text: str, match: re.Match[str]) -> bool:
    """A bare month name needs a preposition: April, May and June are also people, and "may" opens no sentence here."""
    if match["part"]:
        return True
    before = text[max(0, match.start() - 12) : match.start()]
    if re.match(r" [A-ZÀ-Þ][a-z]", text[match.end() : match.end() + 3]) and match.group("month") in (
        "April",
        "May",
        "June",
        "August",
    ):
        return False
    if match.group("month") in ("May", "March", "April", "June") or len(match.group("month")) < 5:
        return bool(_MONTH_BEFORE.search(before)) and text[match.end() : match.end() + 1] != "-"
    return True


def _is_weekday(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 6 : match.start()]
    after = text[match.end() : match.end() + 12]
    if before.endswith(("Black ", "Super ", "Good ", "Ash ", "Palm ", "Holy ")):
        return False
    return not re.match(
        r"(?:’s|'s)? (?:Times|Telegraph|Mirror|Post|Night (?:Live|Football|Massacre|Fever|Lights)|People)\b", after
    ) and not after.startswith("s ")


def _is_year_range(text: str, match: re.Match[str]) -> bool:
    """ "between 1990 and 1995", "1914-18", "2019–20"; "from 1990 to 1995" stays two dates."""
    if bool(match["and"]) != bool(match["between"]) or text[match.start() - 1 : match.start()] in (
        "-",
        "–",
        "/",
        "$",
        "£",
    ):
        return False
    is_short = len(match["last"]) == 2
    if is_short and (match["and"] or text[match.start("last") - 1] == " "):
        return False
    last = int(match["year"][:2] + match["last"] if is_short else match["last"])
    if re.search(r"\bfrom $", text[max(0, match.start() - 6) : match.start()], re.I):
        return False
    return int(match["year"]) < last and _PLURAL_AFTER.match(text, match.end()) is None


def _is_day_range(text: str, match: re.Match[str]) -> bool:
    """Two days of one month, the later one last."""
    first, last = (match["day"], match["last"]) if "last" in match.re.groupindex else (match["first"], match["day"])
    return 0 < int(first) < int(last) < 32


_HOLIDAY_BEFORE = re.compile(
    r"\b(?:at|by|before|after|until|since|over|on|last|next|this|for|around|during|of) $", re.I
)
_HOLIDAY_BEHIND = re.compile(
    r"[.,;:)?!]|$|\s(?:and|but|when|in|at|on|with|to|last|this|as|after|before|he|she|they|the)\b"
)


def _is_holiday(text: str, match: re.Match[str]) -> bool:
    """ "Christmas" and "Easter" alone are days behind a preposition, not in "Christmas tree"."""
    if " " in match["holiday"] or match["year"] or match["which"]:
        return True
    return bool(
        _HOLIDAY_BEFORE.search(text[max(0, match.start() - 8) : match.start()])
        and _HOLIDAY_BEHIND.match(text[match.end() : match.end() + 8])
    )


PATTERNS: dict[str, tuple[re.Pattern[str], Callable[[str, re.Match[str]], bool]]] = {
    "iso": (re.compile(r"\b(?P<year>1[89]\d\d|20\d\d)-(?P<mon>[01]\d)-(?P<day>[0-3]\d)\b"), _always),
    "slashed": (
        re.compile(
            r"\b(?P<first>[0-3]?\d)(?P<mark>[/.])(?P<second>[0-3]?\d)(?:[/.](?P<year>(?:19|20)\d\d)|/(?P<short>\d\d))\b"
            r"(?![/.]\d)"
        ),
        _always,
    ),
    "month_days": (
        re.compile(
            rf"\b{_MONTH} {_DAY} ?(?:[-–]|to|through|until) ?(?P<last>[0-3]?\d)(?:st|nd|rd|th)?\b"
            rf"(?![:.]?\d|,\d| (?:percent|million))(?:,? {_YEAR})?"
        ),
        _is_day_range,
    ),
    "days_month": (
        re.compile(
            rf"\b(?P<first>[0-3]?\d)(?:st|nd|rd|th)? ?(?:[-–]|to|and|until) ?(?:the )?{_DAY}(?: of)? {_MONTH}\b"
            rf"(?:,? {_YEAR})?"
        ),
        _is_day_range,
    ),
    "holiday": (
        re.compile(
            r"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his) )?(?P<holiday>Christmas (?:Day|Eve)|Boxing Day"
            r"|New Year(?:’s|'s|s) (?:Day|Eve)|Good Friday|Easter (?:Sunday|Monday)|Thanksgiving(?: Day)?|Black Friday"
            r"|Independence Day|Bastille Day|Halloween|Valentine(?:’s|'s) Day|May Day|Veterans Day|Armistice Day"
            rf"|St\.? Patrick(?:’s|'s) Day|Christmas|Easter)(?![’'\w])(?:(?: of|,| in)? {_YEAR})?"
        ),
        _is_holiday,
    ),
    "month_day": (
        re.compile(rf"(?:{_WEEKDAY},? )?(?:the morning of )?\b{_MONTH} {_DAY}(?:,? ?{_YEAR})?"),
        _always,
    ),
    "day_month": (
        re.compile(rf"(?:{_WEEKDAY},? )?(?:the )?\b{_DAY}(?: of)? {_MONTH}\b(?:,? {_YEAR})?"),
        _always,
    ),
    "month_year": (re.compile(rf"\b{_PART}{_MONTH},? (?:of )?{_YEAR}"), _always),
    "weekday": (
        re.compile(
            r"\b(?:(?P<later>[Aa] week (?:on|from) )|(?P<which>[Ll]ast|[Nn]ext|[Tt]his(?: past| coming)?|[Pp]ast) )?"
            rf"{_WEEKDAY}"
            r"(?: (?:morning|afternoon|evening|night)\b)?(?P<ago> (?:last|next) week)?"
        ),
        _is_weekday,
    ),
    "day_word": (
        re.compile(
            r"\b(?P<word>[Tt]oday|TODAY|[Yy]esterday|[Tt]omorrow|[Tt]onight|[Ll]ast night|[Tt]his (?:morning"
            r"|afternoon|evening)"
            r"|[Ee]arlier (?:today|in the day))\b"
        ),
        _always,
    ),
    "period": (
        re.compile(
            r"\b(?:[Ee]arlier |[Ll]ater |[Ee]arly |[Ll]ate )?(?P<which>[Ll]ast|[Nn]ext|[Tt]his(?: past"
            r"| coming)?|[Tt]he past|(?:[Oo]ver|[Tt]hroughout|[Dd]uring|[Aa]t|[Oo]n) the|[Cc]oming|LAST|NEXT|THIS)"
            r" (?P<unit>week(?:end)?|month|year|[Ww]eek|[Yy]ear|[Mm]onth|WEEK|YEAR|MONTH|quarter|decade|century"
            r"|spring|summer|fall|autumn|winter)(?P<own>’s|'s|s)?\b"
            r"(?! (?:of|that|in which|when)\b)"
        ),
        lambda text, m: (
            m["unit"] == "weekend"
            if m["which"].lower().endswith(" the")
            else m["which"].lower() != "the past" or m["unit"] in _UNITS
        ),
    ),
    "which_month": (re.compile(rf"\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his) {_MONTH}\b"), _always),
    "ago": (
        re.compile(
            rf"\b(?:(?:[Aa]bout|[Ss]ome|[Nn]early|[Aa]lmost|[Oo]ver|[Mm]ore than"
            rf"|[Ll]ess than) )?{_COUNT}[ -](?P<unit>day|week|fortnight|month|year|decade|hour|minute|centur)"
            rf"(?:s|ies|y)? (?:ago|earlier this)\b"
        ),
        _always,
    ),
    # How long ago is not said: found, and left without a day.
    "some_ago": (
        re.compile(
            r"\b(?:[Aa] (?:few|couple of)|[Ss]everal|[Mm]any|[Ss]ome) (?:day|week|month|year|decade|hour|minute)s ago\b"
        ),
        _always,
    ),
    "past_count": (
        re.compile(
            rf"\b[Tt]he (?P<which>past|last|next) {_COUNT} (?P<unit>day|week|month|year|decade)s\b(?! of )"
            rf"|\b(?P<few>[Tt]he past few (?:days|weeks|months|years))\b"
        ),
        _always,
    ),
    "decade": (
        re.compile(
            r"\b(?:(?P<part>[Ee]arly|[Ll]ate|[Mm]id)[ -])?(?:the )?(?:(?P<century>1[5-9]|20)(?P<tens>\d)0’?'?s\b"
            r"|[’'](?P<short>[2-9])0s\b|the (?P<word>twenties|thirties|forties|fifties|sixties|seventies"
            r"|eighties|nineties)\b)"
        ),
        _always,
    ),
    "century": (
        re.compile(r"\b(?:the )?(?P<number>[12]?\d)(?:st|nd|rd|th)[ -]century\b"),
        _always,
    ),
    "season_year": (
        re.compile(rf"\b(?:the )?(?P<season>[Ss]pring|[Ss]ummer|[Ff]all|[Aa]utumn|[Ww]inter) (?:of )?{_YEAR}"),
        _always,
    ),
    "month": (re.compile(rf"\b{_PART}{_MONTH}(?![\w’'])"), _is_month),
    "year_end": (re.compile(r"\b(?:the end of the year|year[- ]end)\b"), _always),
    "years": (
        re.compile(
            rf"(?:\b(?P<between>[Bb]etween) )?{_YEAR}(?:(?P<and> and )|[-–]| to )"
            r"(?P<last>(?:1[5-9]|20)\d\d|\d\d)\b(?![,.:]?\d|[-%])"
        ),
        _is_year_range,
    ),
    "quarter_year": (
        re.compile(
            r"\b(?:(?:the )?(?P<nth>first|second|third|fourth|final|last)[ -]quarter(?: of)?"
            rf"|Q(?P<number>[1-4])(?: of)?,?) {_YEAR}"
        ),
        _always,
    ),
    "year_part": (re.compile(rf"\b(?P<part>[Ee]arly|[Ll]ate|[Mm]id)[ -]{_YEAR}"), _is_year),
    "year": (re.compile(_YEAR), _is_year),
}
# One pass finds the starts; alternatives are in order of preference at the same place.
ANY = re.compile(
    # Dates begin where words do: one cheap look spares most places the long list.
    r"(?<![^\W_])(?:"
    + "|".join(
        f"(?P<{name}>{re.sub(r'\(\?P<\w+>', '(?:', pattern.pattern)})" for name, (pattern, _) in PATTERNS.items()
    )
    + ")"
)
