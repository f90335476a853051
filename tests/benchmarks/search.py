"""Times the search on a full desk: 100,000 articles in 20,000 stories, with claims, names and notes.

    python -m tests.benchmarks.search [--articles N] [--runs N]

The rows are made inside the database. Their words follow Zipf's law as those of a language do: the first stands in
nearly every text, most stand in a few. Sentences mean nothing; a search does not ask that of them.
"""

import argparse
import logging
import random
from collections.abc import Iterator
from uuid import uuid4

from tests.benchmarks.timing import print_machine
from tests.scratch import scratch_database

VOCABULARY = 60_000
WORDS_AN_ARTICLE = 150


def _split(listed: str) -> list[str]:
    return listed.split()


_SYLLABLES = _split(
    "al an ar ba be bo ca ce co da de di do el en er fa fe fi ga ge go ha he ho in is ja ka ke la le li lo ma me mi mo "
    "na ne no or pa pe po ra re ri ro sa se si so ta te ti to un ur va ve vi wa we za"
)

_FILL = """
CREATE FUNCTION pg_temp.prose(seed bigint, length int) RETURNS text LANGUAGE sql VOLATILE AS $$
    -- The rank of a word is drawn so that each is as frequent as one through its rank.
    SELECT string_agg(v.word, ' ') FROM (
        SELECT floor(power(%(vocabulary)s, random()))::int AS rank FROM generate_series(1, length + (seed * 0)::int)
    ) drawn JOIN vocabulary v USING (rank)
$$;

INSERT INTO articles_outlet (name, created_at) SELECT 'Outlet ' || n, now() FROM generate_series(1, 200) n;

INSERT INTO articles_story
        (title, slug, is_closed, is_hidden, created_at, changed_at, revision, is_compared, last_claim_number)
    SELECT 'Story ' || n || ' ' || pg_temp.prose(n, 5), 'story-' || n, false, n %% 50 = 0, now(), now(), 1, true, 10
    FROM generate_series(1, %(stories)s) n;

INSERT INTO articles_article
        (story_id, outlet_id, role, headline, byline, url, language, published_at, published_granularity, created_at)
    SELECT s.id, o.id, 'source', initcap(pg_temp.prose(s.id, 8)), '', 'https://example.org/' || s.id || '/' || k, 'en',
        now() - s.id * interval '1 hour', 'minute', now()
    FROM articles_story s CROSS JOIN generate_series(1, 5) k
    JOIN articles_outlet o ON o.name = 'Outlet ' || ((s.id * 5 + k) %% 200 + 1);

WITH texts AS MATERIALIZED (
    SELECT id, headline || E'\\n\\n' || pg_temp.prose(id, %(words)s) AS text FROM articles_article
)
INSERT INTO articles_articleversion
        (article_id, number, text, sha256, character_count, word_count, completeness, encoding, is_supported,
         retrieved_at)
    SELECT id, 1, text, encode(sha256(convert_to(text, 'UTF8')), 'hex'), length(text), %(words)s, 'full', '', true,
        now()
    FROM texts;
UPDATE articles_article a SET current_version_id = v.id FROM articles_articleversion v WHERE v.article_id = a.id;

INSERT INTO articles_claim (story_id, number, statement, state, source_count, independent_count, position,
        check_worthiness, status, status_label, is_reviewed, note_count, is_retired, created_at, revision)
    SELECT s.id, k, pg_temp.prose(s.id, 14), 'only', 1, 1, k, 0, 'unchecked', 'Unchecked', false, 0, false, now(), 0
    FROM articles_story s CROSS JOIN generate_series(1, 10) k;

INSERT INTO articles_entity (name, kind, aliases, created_at, revision)
    SELECT initcap(pg_temp.prose(n, 2)), 'person', ARRAY[pg_temp.prose(n, 1)]::varchar[], now(), 0
    FROM generate_series(1, %(stories)s) n;
INSERT INTO articles_mention (version_id, start, "end", quote, entity_id, is_inferred, is_decided, revision)
    SELECT v.id, 0, 5, left(v.text, 5), e.id, false, false, 0
    FROM (SELECT id, text, row_number() OVER () AS n FROM articles_articleversion) v
    JOIN (SELECT id, row_number() OVER () AS n FROM articles_entity) e ON e.n = v.n %% %(stories)s + 1;
"""

# What people type, from what costs least to what costs most. Words are those of the vocabulary, by their rank.
_SEARCHES = {
    "a rare word": "{30000}",
    "a word in one text of twenty": "{300}",
    "a word in every second text": "{8}",
    "the most frequent word": "{0}",
    "two frequent words": "{8} {20}",
    "five words": "{8} {20} {300} {1000} {50}",
    "two letters, being typed": "ma",
    "three letters, being typed": "mar",
    "a phrase": '"{300} {1000}"',
    "a phrase of frequent words": '"{8} {20}"',
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    print_machine()
    with scratch_database():
        fill(articles=options.articles)
        measure(runs=options.runs)


def fill(*, articles: int) -> None:
    """Makes the rows; the big index is built at the end, as a restore does."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'articles_version_search'")
        (definition,) = cursor.fetchone()
        cursor.execute("DROP INDEX articles_version_search")
        cursor.execute("CREATE TABLE vocabulary (rank int PRIMARY KEY, word text)")
        with cursor.copy("COPY vocabulary FROM STDIN") as copy:
            for rank, word in enumerate(made_words(), start=1):
                copy.write_row((rank, word))
        cursor.execute("ANALYZE vocabulary")
        cursor.execute("SELECT setseed(0.5)")
        stories = max(1, articles // 5)
        cursor.execute(_FILL, {"vocabulary": VOCABULARY, "stories": stories, "words": WORDS_AN_ARTICLE})
        cursor.execute(definition)
        cursor.execute("DROP TABLE vocabulary")
    _make_notes(count=min(2000, stories))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _make_notes(*, count: int) -> None:
    from annotations.models import NoteState, Verdict
    from annotations.writing import NoteContent, create_note
    from articles.models import Claim
    from tests.factory import make_user

    writer, verdict = make_user(), Verdict.objects.offered()[0]
    for claim in Claim.objects.in_visible_stories().select_related("story")[:count]:
        content = NoteContent(verdict=verdict, text=f"Checked: {claim.statement}", not_checked="Nothing.")
        create_note(claim=claim, content=content, state=NoteState.SUBMITTED, by=writer, key=uuid4())


def measure(*, runs: int) -> None:
    from django.db import connection
    from django.test import Client

    from articles.roles import READER
    from tests.benchmarks.timing import measured, milliseconds, print_table
    from tests.factory import make_user

    client = Client()
    client.force_login(make_user(READER))
    words = list(made_words())
    in_place = {"HX-Request": "true", "HX-Target": "quick_results"}
    rows = []
    for what, search in _SEARCHES.items():
        query = search
        for rank in (30000, 1000, 300, 50, 20, 8, 0):
            query = query.replace(f"{{{rank}}}", words[rank])
        for address, headers in (("/search/", {}), ("/search/", in_place)):

            def ask(address: str = address, headers: dict[str, str] = headers, query: str = query) -> None:
                assert client.get(address, {"q": query}, headers=headers).status_code == 200

            figures = milliseconds(ask, runs=runs + 1)[1:]
            rows.append(measured(f"{what}{', as one types' if headers else ', the page'}", figures, target=50))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('articles_version_search') / 1e6")
        rows.append(measured("index of the articles", [float(cursor.fetchone()[0])], unit="MB"))
    print_table(rows)


def made_words() -> Iterator[str]:
    """The vocabulary, most frequent first: frequent words are short, as everywhere."""
    letters = random.Random(7)
    seen: set[str] = set()
    while len(seen) < VOCABULARY:
        word = "".join(letters.choices(_SYLLABLES, k=1 + (len(seen) > 20) + (len(seen) > 1500) + letters.randrange(2)))
        if word not in seen:
            seen.add(word)
            yield word


if __name__ == "__main__":
    main()
