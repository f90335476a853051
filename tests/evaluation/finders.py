"""Measures every finder of one article against the gold that is at hand.

Each function takes the folder with the evaluation data and returns rows; a set that is not there is skipped by name.
The figures are for people who change rules: run them before and after.
"""

import importlib.util
import json
import pathlib
import re
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date, datetime
from types import ModuleType
from typing import Any

from articles.analysis.article import analyse_article
from articles.analysis.sentences import split_sentences
from articles.analysis.story import compare_story
from articles.analysis.text import canonical_text, split_paragraphs
from articles.analysis.types import ArticleAnalysis, Span, StoryArticle

from .gum import GumArticle, read_gum
from .pairs import gold_stories
from .rows import Row, accuracy, row
from .two_articles import spans_igla
from .uner import read_uner


def sentences_gum(data: pathlib.Path) -> list[Row]:
    """Boundaries inside paragraphs only: a newline always ends a sentence, so the rest would be free points."""
    right = found = gold = 0
    misses: list[str] = []
    for article in read_gum(data / "open" / "gum_news.tar.gz"):
        paragraphs = split_paragraphs(article.text)
        lasts = {p.end for p in paragraphs}
        wanted = {end for _, end, _ in article.sentences if end not in lasts}
        ours = {s.span.end for s in split_sentences(article.text) if s.span.end not in lasts}
        right += len(wanted & ours)
        found += len(ours)
        gold += len(wanted)
        for at in sorted(wanted ^ ours):
            sign = "-" if at in wanted else "+"
            misses.append(f"{sign} {article.name}: {article.text[max(0, at - 60) : at]}⏐{article.text[at : at + 40]}")
    return [row("sentences, GUM news", right, found, gold, misses=misses)]


def names_gum(data: pathlib.Path) -> list[Row]:
    """News, but the shipped weights have seen it: `python -m tools.train_names DATA --folds` measures unseen."""
    return score_names("GUM news, seen in training", read_gum(data / "open" / "gum_news.tar.gz"))


def names_uner(data: pathlib.Path) -> list[Row]:
    """Reviews, mails and forums: far from news, and unseen."""
    return score_names("web text, unseen", read_uner(data / "open" / "uner_ewt.tar.gz"))


def score_names(label: str, articles: Iterable[GumArticle]) -> list[Row]:
    """Person, organisation, place; mentions of other kinds and of peoples count neither way."""
    exact = lenient = found = got = gold = 0
    kinds = {k: [0, 0, 0, 0] for k in ("person", "organisation", "place")}
    misses: list[str] = []
    for article in articles:
        analysis = analyse_article(article.text, published=date.fromisoformat(article.published))
        ours = [
            (m.span.start, m.span.end, analysis.entities[m.entity].kind)
            for m in analysis.mentions
            if not m.is_inferred and analysis.entities[m.entity].kind in kinds
        ]
        wanted = set(article.names)
        ours = [o for o in ours if o in wanted or not _overlaps(o, article.open_names) or _overlaps(o, wanted)]
        exact += len(set(ours) & wanted)
        found += len(ours)
        gold += len(wanted)
        for mention in ours:
            hit = any(_overlap(mention, w) and mention[2] == w[2] for w in wanted)
            lenient += hit
            kinds[mention[2]][0] += hit
            kinds[mention[2]][1] += 1
            if mention not in wanted:
                misses.append(f"+ {article.name}: {article.text[mention[0] : mention[1]]} ({mention[2]})")
        for want in wanted:
            hit = any(_overlap(mention, want) and mention[2] == want[2] for mention in ours)
            got += hit
            kinds[want[2]][2] += hit
            kinds[want[2]][3] += 1
            if want not in ours:
                misses.append(f"- {article.name}: {article.text[want[0] : want[1]]} ({want[2]})")
    rows = [
        row(f"names exact, {label}", exact, found, gold, misses=misses),
        row(f"names overlap, {label}", lenient, found, gold, got),
    ]
    return rows + [row(f"  {kind} overlap", k[0], k[1], k[3], k[2]) for kind, k in kinds.items()]


def _overlap(a: tuple[Any, ...], b: tuple[Any, ...]) -> bool:
    return bool(a[0] < b[1] and b[0] < a[1])


def _overlaps(a: tuple[Any, ...], others: Iterable[tuple[Any, ...]]) -> bool:
    return any(_overlap(a, b) for b in others)


def dates_gum(data: pathlib.Path) -> list[Row]:
    """Spans match when they overlap; a value is right when it names the same day, or the same month or year."""
    right = found = gold = values = days = days_right = 0
    misses: list[str] = []
    for article in read_gum(data / "open" / "gum_news.tar.gz"):
        analysis = analyse_article(article.text, published=date.fromisoformat(article.published))
        ours = [q for q in analysis.quantities if q.kind == "date"]
        wanted = list(article.dates)
        found += len(ours)
        gold += len(wanted)
        for q in ours:
            if not _overlaps((q.span.start, q.span.end), wanted):
                misses.append(f"+ {article.name}: {_context(article.text, q.span.start, q.span.end)}")
            else:
                right += 1
        for start, end, when in wanted:
            hits = [q for q in ours if _overlap((q.span.start, q.span.end), (start, end))]
            if not hits:
                misses.append(f"- {article.name}: {_context(article.text, start, end)} = {when}")
                continue
            days += 1
            is_right = any(_same_date(q.low, q.high, when) for q in hits)
            days_right += is_right
            if not is_right:
                got = [(q.low, q.high) for q in hits]
                misses.append(f"! {article.name}: {_context(article.text, start, end)} = {when}, got {got}")
        values += 0
    return [
        row("dates spans, GUM news", right, found, gold, days, misses),
        accuracy("dates values, GUM news", days_right, days),
    ]


def _context(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 30) : start]}[{text[start:end]}]{text[end : end + 20]}".replace("\n", " ")


def _same_date(low: str | None, high: str | None, when: str) -> bool:
    if low is None and high is None:
        return False
    first, _, last = when.partition("/")
    first, last = first[:10], (last or first)[:10]
    if (low or "")[: len(first)] != first:
        return False
    # A period that was given as "last week" or a year must end where ours ends, to the coarser of the two.
    size = min(len(last), 7 if "/" not in when else 10)
    return (high or low or "")[:size] == last[:size] or (len(first) == 10 and "/" not in when)


def _load_scorer(data: pathlib.Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", data / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def story_document(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """A story document with everything that the single finders contribute; claims are left empty."""
    articles, entities, quotations = [], [], []
    for number, line in enumerate(lines, 1):
        analysis = analyse_line(line)
        text = analysis.text
        base = len(entities)
        articles.append({"id": number, "current": True, "outlet": line["outlet"], "text": text})
        entities += [{"id": base + i, "name": e.name, "kind": e.kind} for i, e in enumerate(analysis.entities)]
        quotations += [
            {
                "article": number,
                "start": q.span.start,
                "end": q.span.end,
                "quote": text[q.span.start : q.span.end],
                "kind": q.kind,
                "speaker": None if q.entity is None else base + q.entity,
                "speaker_quote": q.speaker and text[q.speaker.start : q.speaker.end],
                "cue": q.cue and text[q.cue.start : q.cue.end],
            }
            for q in analysis.quotations
        ]
    return {"articles": articles, "entities": entities, "quotations": quotations, "claims": []}


def analyse_line(line: dict[str, Any]) -> ArticleAnalysis:
    published = line.get("published_at")
    day = datetime.fromisoformat(published).date() if published else None
    return analyse_article(canonical_text(line["headline"], line["text"]), published=day)


def quotations_stories(data: pathlib.Path) -> list[Row]:
    """As score.py counts them, over all the stories."""
    scorer = _load_scorer(data)
    quotations, speakers = [0, 0, 0, 0], [0, 0]
    for path in sorted((data / "stories").glob("*.gold.json")):
        gold = json.loads(path.read_text("utf-8"))
        lines = path.with_name(path.name.replace(".gold.json", ".jsonl")).read_text("utf-8").splitlines()
        result = scorer.score_story(gold, story_document([json.loads(line) for line in lines if line.strip()]))
        quotations = [a + b for a, b in zip(quotations, result["quotations"], strict=True)]
        speakers = [a + b for a, b in zip(speakers, result["speakers"], strict=True)]
    return [
        row("quotations, stories", quotations[0], quotations[1], quotations[3], quotations[2]),
        accuracy("speakers, stories", speakers[0], speakers[1]),
    ]


_CONTENT = re.compile(r"[^\W_]{2,}")
_EMPTY = frozenset("the of and in to for at on by with from an is was that his her their its as it".split())  # noqa: SIM905


def attributions_dev(data: pathlib.Path) -> list[Row]:
    """Quoted segments: which of them are somebody's words, and whose.

    A segment is gold when the content of an attribution covers half of it. A speaker is right when it shares a content
    word with the source of such an attribution, or stands in the same place.
    """
    tp = fp = fn = said = right = gold = 0
    long_said = long_right = long_gold = 0
    cues = cues_right = via_entity = 0
    misses: list[str] = []
    for line in (data / "attributions_dev.jsonl").read_text("utf-8").splitlines():
        article = json.loads(line)
        text = article["text"]
        analysis = analyse_article(text)
        direct = [q for q in analysis.quotations if q.kind != "indirect"]
        for segment in quoted_segments(text):
            sources, cue_spans, is_gold = [], [], False
            for attribution in article["attributions"]:
                covered = sum(max(0, min(e, segment.end) - max(s, segment.start)) for s, e in attribution["content"])
                if covered * 2 >= segment.end - segment.start:
                    is_gold = True
                    sources += attribution["source"]
                    cue_spans += attribution["cue"]
            ours = [q for q in direct if q.span.overlaps(segment)]
            tp += bool(ours) and is_gold
            fp += bool(ours) and not is_gold
            fn += not ours and is_gold
            if ours and not is_gold:
                misses.append(f"+ {_context(text, segment.start, segment.end)}")
            if not ours and is_gold:
                misses.append(f"- {_context(text, segment.start, segment.end)}")
            is_long = text[segment.start : segment.end].count(" ") >= 5
            speaker = ours[0].speaker if ours else None
            gold += bool(sources)
            long_gold += bool(sources) and is_long
            if speaker is not None:
                is_right = _same_source(text, speaker, sources)
                entity = ours[0].entity
                named = _content_words(analysis.entities[entity].name) if entity is not None else set()
                via_entity += is_right or any(named & _content_words(text[s:e]) for s, e in sources)
                said += 1
                right += is_right
                long_said += is_long
                long_right += is_long and is_right
                if not is_right and is_gold:
                    want = [text[s:e] for s, e in sources]
                    got = text[speaker.start : speaker.end]
                    misses.append(f"! {_context(text, segment.start, segment.end)[-300:]} = {want}, got {got}")
            elif sources and ours:
                want = [text[s:e] for s, e in sources]
                misses.append(f"? {_context(text, segment.start, segment.end)[-300:]} = {want}")
            if ours and ours[0].cue and cue_spans:
                cues += 1
                cues_right += any(ours[0].cue.overlaps(Span(s, e)) for s, e in cue_spans)
    return [
        row("quoted is speech, attributions dev", tp, tp + fp, tp + fn, misses=misses),
        row("speakers, attributions dev", right, said, gold),
        row("  the same, or by the entity's name", via_entity, said, gold),
        row("speakers of 6+ words, attributions dev", long_right, long_said, long_gold),
        accuracy("cue right, attributions dev", cues_right, cues),
    ]


def quoted_segments(text: str) -> list[Span]:
    """Quoted passages by a plain rule of their own, so that what the finder misses still counts as gold."""
    segments = []
    for paragraph in split_paragraphs(text):
        opened = None
        for match in re.finditer(r"[“”\"]|''|``", text[paragraph.start : paragraph.end]):
            at = paragraph.start + match.start()
            if match.group() in ("“", "``") or (match.group() != "”" and opened is None):
                if opened is None:
                    opened = paragraph.start + match.end()
            elif opened is not None:
                if at > opened:
                    segments.append(Span(opened, at))
                opened = None
        if opened is not None and paragraph.end > opened:
            segments.append(Span(opened, paragraph.end))
    return segments


def _same_source(text: str, speaker: Span, sources: Iterable[list[int]]) -> bool:
    said = _content_words(text[speaker.start : speaker.end])
    # "Low, who said": the gold takes the relative pronoun, we take what it stands for.
    sources = [[s - 6 * (text[s:e] in ("who", "which", "that")), e] for s, e in sources]
    return any((speaker.start < e and s < speaker.end) or bool(said & _content_words(text[s:e])) for s, e in sources)


def _content_words(words: str) -> set[str]:
    return {w for w in (m.group().lower() for m in _CONTENT.finditer(words)) if w not in _EMPTY}


def speed(data: pathlib.Path) -> list[Row]:
    """Milliseconds for an article of 4,400 characters, the best of twenty runs; stands in the precision column."""
    article = read_gum(data / "open" / "gum_news.tar.gz", "GUM_news_nasa")[0]
    text = article.text[:4400]
    best = min(_timed(text) for _ in range(20))
    return [Row("milliseconds per 4,400 characters", best, best, best, 1, 1)]


def _timed(text: str) -> float:
    begun = time.perf_counter()
    analyse_article(text, published=date(2011, 4, 13))
    return (time.perf_counter() - begun) * 1000


def story_speed() -> float:
    """Milliseconds for comparing twenty articles of 350 to 850 words as one story, the best of three runs.

    Nine accounts of each of three events, cut short in turn: as a story that many outlets carry repeats itself.
    """
    accounts = [article.analysis.text for story in gold_stories()[:3] for article in story.articles]
    texts = [_shortened(accounts[n % len(accounts)], n // len(accounts)) for n in range(20)]
    articles = [StoryArticle(n, f"Outlet {n}", analyse_article(text)) for n, text in enumerate(texts)]
    best = float("inf")
    for _ in range(3):
        begun = time.perf_counter()
        compare_story(articles)
        best = min(best, time.perf_counter() - begun)
    return best * 1000


def _shortened(text: str, turn: int) -> str:
    """Without every fifth paragraph of the body, another one in each turn."""
    headline, *body = text.split("\n\n")
    return "\n\n".join([headline, *(paragraph for n, paragraph in enumerate(body) if n % 5 != turn)])


FINDERS: dict[str, Callable[[pathlib.Path], list[Row]]] = {
    "sentences": sentences_gum,
    "quotations": quotations_stories,
    "attributions": attributions_dev,
    "names": names_gum,
    "names_unseen": names_uner,
    "dates": dates_gum,
    "igla": spans_igla,
    "speed": speed,
}


def measure(data: pathlib.Path, only: Iterable[str] = ()) -> list[Row]:
    """All rows, or those of the named finders; a set that is missing is reported by its name."""
    rows: list[Row] = []
    chosen = set(only)
    for name, finder in FINDERS.items():
        if chosen and name not in chosen:
            continue
        try:
            rows += finder(data)
        except FileNotFoundError as error:
            print(f"SKIPPED {name}: {pathlib.Path(error.filename).name} is not there", file=sys.stderr)
    return rows


def main(arguments: list[str]) -> None:
    """finders.py EVAL_FOLDER [NAME…] [--misses]"""
    words = [a for a in arguments if not a.startswith("--")]
    for line in measure(pathlib.Path(words[0]), words[1:]):
        print(
            f"{line.metric:42} P {line.precision:.3f}  R {line.recall:.3f}  F1 {line.f1:.3f}"
            f"  found {line.found}  gold {line.gold}"
        )
        if "--misses" in arguments:
            print("\n".join(f"    {m}" for m in line.misses))


if __name__ == "__main__":
    main(sys.argv[1:])
