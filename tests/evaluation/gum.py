"""Reads the GUM news articles (CC BY) into the program's canonical text with gold offsets."""

import dataclasses
import pathlib
import re
import tarfile

# GUM types a country by what it does in the sentence; a gazetteer cannot, and a reader of the panel need not.
COUNTRIES = frozenset(
    {
        "U.S.",
        "US",
        "USA",
        "UK",
        "America",
        "Britain",
        "New Zealand",
        "South Korea",
        "North Korea",
        "Korea Republic",
        "Tunisia",
    }
    | {
        "Sweden",
        "Panama",
        "Belgium",
        "England",
        "France",
        "India",
        "Australia",
        "Canada",
        "Italy",
        "Afghanistan",
        "Iran",
    }
    | {"Thailand", "Malaysia", "Indonesia", "Saudi Arabia", "Taiwan", "China", "Japan", "Russia", "Germany", "Estonia"}
    | {"United States", "Hong Kong", "Guatemala", "Korea", "Switzerland", "United Kingdom", "Mexico", "Ireland"}
)
KINDS = {"person": "person", "organization": "organisation", "place": "place"}
_TITLES = {
    "mr", "mrs", "ms", "dr", "president", "prime", "minister", "senator", "sen", "general", "gen", "chancellor",
    "secretary", "judge", "justice", "prof", "professor", "sir", "lord", "dame", "king", "queen", "prince", "princess",
    "pope", "governor", "mayor", "captain", "colonel", "lieutenant", "sergeant", "director", "chairman", "chief",
    "foreign", "deputy", "vice", "leader", "spokesman", "spokeswoman", "rep", "representative", "congressman", "mp",
    "ambassador",
    "commissioner", "officer", "reverend", "rev", "attorney", "ex-president", "first", "lady", "detective",
    "inspector", "premier", "bishop", "archbishop", "cardinal", "father", "ceo", "coach", "major", "commander",
    "editor",
    "engineer", "states", "relations", "administrator", "emeritus", "scientologist", "sheriff", "undersecretary",
    "republican", "former", "supreme", "executive", "speaker", "ayatollah", "sheikh", "imam",
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Token:
    text: str
    start: int
    end: int
    tag: str
    features: str
    head: int
    misc: str


@dataclasses.dataclass(frozen=True)
class GumArticle:
    """One article: canonical text, its day, sentence spans with paragraph numbers, named mentions, dates."""

    name: str
    text: str
    published: str
    sentences: tuple[tuple[int, int, int], ...]
    tokens: tuple[tuple[Token, ...], ...]
    names: tuple[tuple[int, int, str], ...]
    # Proper names the three kinds do not cover, and mentions of peoples: neither right nor wrong.
    open_names: tuple[tuple[int, int], ...]
    dates: tuple[tuple[int, int, str], ...]


def read_gum(archive: pathlib.Path, prefix: str = "GUM_") -> list[GumArticle]:
    with tarfile.open(archive) as tar:
        members = sorted(
            (m for m in tar.getmembers() if m.name.endswith(".conllu") and prefix in m.name), key=lambda m: m.name
        )
        return [_parse(m.name, _text_of(tar, m)) for m in members]


def _text_of(tar: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    stream = tar.extractfile(member)
    assert stream is not None
    return stream.read().decode("utf-8")


def _parse(name: str, content: str) -> GumArticle:
    pieces: list[str] = []
    length = 0
    paragraph = -1
    published = ""
    sentences, rows, current = [], [], []
    joiner = ""

    def put(piece: str) -> None:
        nonlocal length
        pieces.append(piece)
        length += len(piece)

    pending_range, range_space = (0, 0), ""
    for line in content.split("\n"):
        if line.startswith("# meta::dateCreated"):
            published = line.split("=")[1].strip()
        elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
            paragraph += 1
            joiner = "\n\n" if paragraph else ""
        elif not line and current:
            sentences.append((current[0].start, current[-1].end, paragraph))
            rows.append(tuple(current))
            current = []
        elif line and not line.startswith("#"):
            columns = line.split("\t")
            if "-" in columns[0]:
                first, last = columns[0].split("-")
                pending_range = (int(first), int(last))
                range_space = "" if "SpaceAfter=No" in columns[9] else " "
                continue
            if "." in columns[0]:
                continue
            number = int(columns[0])
            put(joiner)
            start = length
            put(columns[1])
            current.append(Token(columns[1], start, length, columns[3], columns[5], int(columns[6]), columns[9]))
            if pending_range[0] <= number < pending_range[1]:
                joiner = ""
            elif number == pending_range[1]:
                joiner = range_space
            else:
                joiner = "" if "SpaceAfter=No" in columns[9] else " "
            if pending_range[1] == number:
                pending_range = (0, 0)
    text = "".join(pieces)
    names, open_names = _names(rows)
    return GumArticle(
        pathlib.PurePath(name).stem, text, published, tuple(sentences), tuple(rows), names, open_names, _dates(rows)
    )


_ENTITY = re.compile(r"\((\d+)-([^()]+)(\)?)|(\d+)\)")


def mentions_of(row: tuple[Token, ...]) -> list[tuple[int, int, str, tuple[int, ...], str]]:
    """(first token, last token, type, minimal span as token offsets, identity) of every mention in a sentence."""
    found: list[tuple[int, int, str, tuple[int, ...], str]] = []
    opened: dict[str, list[tuple[int, str]]] = {}
    for index, token in enumerate(row):
        match = re.search(r"(?:^|\|)Entity=([^|]+)", token.misc)
        if not match:
            continue
        for part in _ENTITY.finditer(match.group(1)):
            if part.group(4):
                if opened.get(part.group(4)):
                    start, fields = opened[part.group(4)].pop()
                    found.append(_mention(start, index, fields))
            elif part.group(3):
                found.append(_mention(index, index, part.group(2)))
            else:
                opened.setdefault(part.group(1), []).append((index, part.group(2)))
    return found


def _mention(first: int, last: int, fields: str) -> tuple[int, int, str, tuple[int, ...], str]:
    # type-infstat-salience-centering-minspan-link-identity; the identity may hold hyphens itself.
    parts = fields.split("-", 6)
    minimal = tuple(first + int(n) - 1 for n in parts[4].split(",") if n.isdigit())
    return first, last, parts[0], minimal, parts[6] if len(parts) > 6 else ""


def _names(rows: list[tuple[Token, ...]]) -> tuple[tuple[tuple[int, int, str], ...], tuple[tuple[int, int], ...]]:
    names: list[tuple[int, int, str]] = []
    others: list[tuple[int, int]] = []
    for row in rows:
        here: list[tuple[int, int, str]] = []
        mentions = mentions_of(row)
        ends = {last for _, last, *_ in mentions}
        for first, last, kind, minimal, identity in mentions:
            core = [i for i in minimal if first <= i <= last] or [first]
            head = next((i for i in core if not first <= row[i].head - 1 <= last), core[0])
            if (
                row[head].tag != "PROPN"
                and head < last
                and row[head + 1].tag == "PROPN"
                and row[head + 1].head - 1 == head
            ):
                # "actor Anna Low": the common noun is the head, the name hangs on it.
                first = head = head + 1
            if row[head].tag != "PROPN":
                # "the Oslo news agency" names no agency, but Oslo stands there: neither right nor wrong.
                others += [(row[i].start, row[i].end) for i in range(first, last + 1) if row[i].tag == "PROPN"]
                continue
            low, high = _name_around(row, first, last, head, kind, ends)
            words = [row[i].text.lower().strip(".") for i in range(low, high + 1)]
            span = (row[low].start, row[high].end)
            is_people = kind == "person" and "Number=Plur" in row[head].features
            if kind not in KINDS or is_people or all(w in _TITLES or not w for w in words):
                others.append(span)
            else:
                surface = " ".join(row[i].text for i in range(low, high + 1)).replace("U. S .", "U.S.")
                is_country = surface in COUNTRIES or (identity.replace("_", " ") in COUNTRIES and high - low < 2)
                here.append((*span, "place" if is_country else KINDS[kind]))
        others = [o for o in others if not any(a[0] <= o[0] and o[1] <= a[1] for a in here)]
        outer = [a for a in here if not any(b[:2] != a[:2] and b[0] <= a[0] and a[1] <= b[1] for b in here)]
        names += sorted({a[:2]: a for a in outer}.values())
    return tuple(names), tuple(others)


def _name_around(
    row: tuple[Token, ...], first: int, last: int, head: int, kind: str, ends: set[int]
) -> tuple[int, int]:
    """The name inside a mention: what hangs together with its head, without titles, articles and appositives."""

    def belongs(index: int) -> bool:
        token = row[index]
        if token.text in ("'s", "’s", "'"):
            return kind != "person" and index - 1 not in ends
        if token.tag == "PROPN" or token.text in (".", "-", "&"):
            return True
        if kind == "person" and (row[index - 1].text == "-" or (index < last and row[index + 1].text == "-")):
            return True  # "Cheuk-yan" is three tokens
        if kind == "person":
            return token.text in ("de", "van", "bin", "al", "el", "von", "der", "la")
        if token.text[:1].isupper() and token.tag in ("ADJ", "NOUN", "NUM", "VERB"):
            return True
        return token.text in ("of", "the", "and", "for", "de", "la", "del")

    low = high = head
    while low > first and belongs(low - 1):
        low -= 1
    while high < last and belongs(high + 1):
        high += 1
    while low < head and not (row[low].text[:1].isupper() and row[low].text.lower() not in ("the", "a")):
        low += 1
    while (
        high > head
        and row[high - 1].text != "-"
        and not (row[high].text[:1].isalnum() and row[high].text[:1].upper() == row[high].text[:1])
        and (row[high].text != "." or len(row[high - 1].text) > 2)
    ):
        high -= 1
    if kind == "person":
        titles = [i for i in range(low, high) if row[i].text.lower().strip(".") in _TITLES]
        if titles:
            low = titles[-1] + 1
            while low < high and row[low].text == ".":
                low += 1
    return low, high


def _dates(rows: list[tuple[Token, ...]]) -> tuple[tuple[int, int, str], ...]:
    found, opened = [], None
    for row in rows:
        for token in row:
            match = re.search(r"<date ([^>]*)>", token.misc)
            if match:
                attributes = dict(re.findall(r'(\w+):::"([^"]*)"', match.group(1)))
                opened = (token.start, attributes)
            if "</date>" in token.misc and opened:
                start, attributes = opened
                when = attributes.get("when") or "/".join(
                    filter(
                        None,
                        (
                            attributes.get("notBefore") or attributes.get("from"),
                            attributes.get("notAfter") or attributes.get("to"),
                        ),
                    )
                )
                found.append((start, token.end, when))
                opened = None
    return tuple(found)
