"""Times the search for copy on a full desk: one new article among 100,000, each with about 170 fingerprints.

    python -m tests.benchmarks.copies [--articles N] [--runs N]

The rows are made inside the database. Of the fingerprints one in ten is of a common phrase, the others stand in one
text. The new article shares fingerprints with others the way articles do: boilerplate with thousands, a phrase with a
few, and passages with some, whose texts are then read. The index is built at the end, as a restore does.
"""

import argparse
import logging
import random
import time

from tests.benchmarks.timing import print_machine
from tests.scratch import scratch_database

FINGERPRINTS = 170
WORDS = 600
# Copies that are there to be found, and articles that only look like it.
COPIES, LOOKALIKES = 5, 20

_FILL = """
INSERT INTO articles_outlet (name, created_at) SELECT 'Outlet ' || n, now() FROM generate_series(1, 200) n;

INSERT INTO articles_story
        (title, slug, is_closed, is_hidden, created_at, changed_at, revision, is_compared, last_claim_number)
    SELECT 'Story ' || n, 'story-' || n, false, n %% 50 = 0, now(), now(), 1, true, 0
    FROM generate_series(1, %(stories)s) n;

INSERT INTO articles_article
        (story_id, outlet_id, role, headline, byline, url, language, published_granularity, created_at)
    SELECT s.id, o.id, 'source', 'Headline', '', 'https://example.org/' || s.id || '/' || k, 'en', 'unknown', now()
    FROM articles_story s CROSS JOIN generate_series(1, 5) k
    JOIN articles_outlet o ON o.name = 'Outlet ' || ((s.id * 5 + k) %% 200 + 1);

WITH texts AS MATERIALIZED (SELECT id, %(text)s || id AS text FROM articles_article)
INSERT INTO articles_articleversion
        (article_id, number, text, sha256, character_count, word_count, completeness, encoding, is_supported,
         retrieved_at)
    SELECT id, 1, text, encode(sha256(convert_to(text, 'UTF8')), 'hex'), length(text), %(words)s, 'full', '', true,
        now()
    FROM texts;
UPDATE articles_article a SET current_version_id = v.id FROM articles_articleversion v WHERE v.article_id = a.id;

-- Places of one text are in order, so its numbers differ; a common phrase is one of 20,000, by Zipf's law.
INSERT INTO articles_fingerprint (hash, version_id, position)
    SELECT DISTINCT ON (v.id, hash) hash, v.id, n * 20
    FROM articles_articleversion v CROSS JOIN generate_series(1, %(fingerprints)s) n
    CROSS JOIN LATERAL (SELECT CASE WHEN n %% 10 = 0 THEN floor(power(20000, random()))::bigint + v.id * 0
        ELSE ((random() * 4e9)::bigint << 31) + (random() * 2e9)::bigint + v.id * 0 END AS hash) made;
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    print_machine()
    with scratch_database():
        fill(articles=options.articles)
        measure(runs=options.runs)


def fill(*, articles: int) -> None:
    """Makes the rows without the table's keys and indexes, and then builds those."""
    from django.db import connection

    begun = time.perf_counter()
    # A text long enough that reading one costs what it does on a desk; what it says does not matter here.
    text = "Headline\n\n" + " ".join(_words(random.Random(1)))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = 'articles_fingerprint'::regclass AND contype IN ('p', 'f') ORDER BY contype DESC"
        )
        constraints = cursor.fetchall()
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes"
            " WHERE tablename IN ('articles_fingerprint', 'articles_articleversion')"
            " AND (indexname LIKE 'articles_fingerprint_version%%' OR indexname = 'articles_version_search')"
        )
        indexes = cursor.fetchall()
        for name, _ in constraints:
            cursor.execute(f'ALTER TABLE articles_fingerprint DROP CONSTRAINT "{name}"')
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute("SELECT setseed(0.5)")
        stories = max(1, articles // 5)
        cursor.execute(_FILL, {"stories": stories, "words": WORDS, "text": text, "fingerprints": FINGERPRINTS})
        filled = time.perf_counter()
        for name, definition in constraints:
            cursor.execute(f'ALTER TABLE articles_fingerprint ADD CONSTRAINT "{name}" {definition}')
        for name, definition in indexes:
            if name != "articles_version_search":
                cursor.execute(definition)
        built = time.perf_counter()
        cursor.execute("VACUUM ANALYZE articles_fingerprint")
        cursor.execute("ANALYZE")
        cursor.execute("SELECT count(*) FROM articles_fingerprint")
        print(
            f"{cursor.fetchone()[0]:,} fingerprints: {filled - begun:.0f} s to make, {built - filled:.0f} s to index",
            flush=True,
        )


def measure(*, runs: int) -> None:
    from django.db import connection

    from articles.copies import find_copies, store_fingerprints
    from articles.models import ArticleVersion, Fingerprint
    from tests.benchmarks.timing import Measured, measured, milliseconds, print_table
    from tests.factory import make_article, make_story

    letters = random.Random(2)
    words = _words(letters)
    passage = " ".join(words[200:260])
    version = _version(make_story([make_article("The Harbour Post", "The new one", " ".join(words) + ".")]))
    copies = [
        _version(make_story([make_article(f"Copy {n}", f"Copy {n}", " ".join(_words(letters)) + f" {passage}.")]))
        for n in range(COPIES)
    ]
    hashes = list(version.fingerprints.order_by("position").values_list("hash", flat=True))
    stored = list(
        ArticleVersion.objects.filter(article__headline="Headline").order_by("pk").values_list("pk", flat=True)
    )
    letters.shuffle(stored)
    # Ten phrases are boilerplate, forty stand in twenty texts each, and the lookalikes have three in common.
    planted = {(value, pk) for value in hashes[:10] for pk in stored[: min(5000, len(stored))]}
    planted |= {(value, pk) for value in hashes[10:50] for pk in letters.sample(stored, 20)}
    planted |= {(value, pk) for pk in stored[:LOOKALIKES] for value in letters.sample(hashes[60:], 3)}
    Fingerprint.objects.bulk_create(
        [Fingerprint(hash=value, version_id=pk, position=0) for value, pk in planted], batch_size=5000
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE articles_fingerprint")
    found = find_copies(version)
    assert {copy.version for copy in found} == set(copies), found
    lone = _version(make_story([make_article("Nobody else", "Alone", " ".join(_words(letters)) + ".")]))
    assert find_copies(lone) == []
    rows: list[Measured] = [
        measured("look-up of one new article, cold", milliseconds(lambda: find_copies(version), runs=1)),
        measured("look-up of one new article", milliseconds(lambda: find_copies(version), runs=runs)),
        measured("the same, with nothing in common", milliseconds(lambda: find_copies(lone), runs=runs)),
        measured("fingerprinting one article", milliseconds(lambda: store_fingerprints(version), runs=runs)),
    ]
    sizes = {
        "the table": "pg_relation_size('articles_fingerprint')",
        "its indexes": "pg_indexes_size('articles_fingerprint')",
    }
    with connection.cursor() as cursor:
        for what, size in sizes.items():
            cursor.execute(f"SELECT {size} / 1e6")
            rows.append(measured(what, [float(cursor.fetchone()[0])], unit="MB"))
    print(f"{len(hashes)} fingerprints of the new article; {len(found)} copies found, all there are")
    print_table(rows)


def _words(letters: random.Random) -> list[str]:
    """An article's worth of words that mean nothing."""
    return ["".join(letters.choices("abdegiklmnoprstu", k=letters.randrange(3, 9))) for _ in range(WORDS)]


def _version(story):
    return story.articles.get().current_version


if __name__ == "__main__":
    main()
