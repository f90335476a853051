"""Times the program on made-up stories, in a scratch database.

    python -m tests.benchmarks [--runs N] [--no-browser]

The machine should have nothing else to do: the load is printed beside the figures.
"""

import argparse
import logging
import os
import sys

from tests.scratch import scratch_database

# What a desk reads every day, and a long one.
SMALL = "3 × 700 words"
LARGE = "6 × 3,000 words"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--no-browser", action="store_true")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
    with scratch_database():
        run(runs=options.runs, with_browser=not options.no_browser)


def run(*, runs: int, with_browser: bool) -> None:
    # Models can be imported only now that Django is set up.
    from django.conf import settings
    from django.test import Client

    from articles.roles import EDITOR
    from tests.benchmarks import browser, desk
    from tests.benchmarks.timing import print_table
    from tests.factory import make_user

    client = Client()
    client.force_login(make_user(EDITOR, name="edda"))
    stories = {
        SMALL: desk.import_story(articles=3, words=700, title="A small story"),
        LARGE: desk.import_story(articles=6, words=3000, title="A large story"),
    }
    for name, story in stories.items():
        print(f"{name}: {desk.marks_of(story)}")
    rows = [*desk.measure_import(runs=runs), *desk.measure_comparison(runs=runs)]
    for name, story in stories.items():
        rows += desk.measure_reading(story, client, name=name, runs=runs)
    rows += desk.count_queries(stories, client)
    if not with_browser or not browser.has_browser():
        print("There is no Chromium here, or it was not asked for: what a browser takes is not measured.")
    else:
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        rows += browser.measure_browser(stories, cookie=(settings.SESSION_COOKIE_NAME, session), runs=runs)
    print()
    print_table(rows)


if __name__ == "__main__":
    main()
