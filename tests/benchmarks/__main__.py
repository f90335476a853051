"""Times the program on made-up stories, in a scratch database.

    python -m tests.benchmarks [--runs N] [--no-browser]

The machine should have nothing else to do: its load and its speed are printed above the figures. Beside each stands
what it may take, and whether it does. Static files are collected and sent as a web server sends them.
"""

import argparse
import logging
import os

# Before the settings are read.
os.environ["CROSSREAD_COLLECTS"] = "1"

from tests.benchmarks.timing import print_machine
from tests.scratch import scratch_database

# What a desk reads every day, a long one, one long text, and one with many accounts.
SMALL = "3 × 700 words"
LARGE = "6 × 3,000 words"
LONG = "1 × 20,000 words"
MANY = "400 claims × 12"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--no-browser", action="store_true")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    print_machine()
    with scratch_database():
        run(runs=options.runs, with_browser=not options.no_browser)


def run(*, runs: int, with_browser: bool) -> None:
    # Models can be imported only now that Django is set up.
    from django.conf import settings
    from django.test import Client

    from articles.roles import EDITOR
    from config.static_files import collect_when_changed
    from tests.benchmarks import browser, desk
    from tests.benchmarks.timing import print_table
    from tests.factory import make_user

    collect_when_changed()
    client = Client()
    client.force_login(make_user(EDITOR, name="edda"))
    stories = {
        SMALL: desk.import_story(articles=3, words=700, title="A small story"),
        LARGE: desk.import_story(articles=6, words=3000, title="A large story"),
        LONG: desk.import_story(articles=1, words=20_000, title="A long text"),
        MANY: desk.import_story(articles=12, words=900, title="Many accounts", facts=640),
    }
    for name, story in stories.items():
        print(f"{name}: {desk.marks_of(story)}")
    # For the server, and until it can be read: what is to be reached, and what would be splendid.
    aims = {SMALL: ((40, 15), (300, 150)), LARGE: ((200, 80), (1000, 500)), LONG: ((250, 100), (1200, 600))}
    rows = []
    for name, (server, _) in aims.items():
        rows += desk.measure_reading(stories[name], client, name=name, runs=runs, target=server[0], moonshot=server[1])
    rows += desk.measure_ledger(stories[MANY], client, other=stories[SMALL], name=MANY, runs=runs)
    rows += desk.count_queries({name: stories[name] for name in (SMALL, LARGE)}, client)
    if not with_browser or not browser.has_browser():
        print("There is no Chromium here, or it was not asked for: what a browser takes is not measured.")
    else:
        cookie = (settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)
        visible = {name: aim for name, (_, aim) in aims.items()}
        rows += browser.measure_browser(stories, visible=visible, ledger=MANY, cookie=cookie, runs=runs)
    rows += [*desk.measure_import(runs=runs), *desk.measure_comparison(runs=runs)]
    print()
    print_table(rows)


if __name__ == "__main__":
    main()
