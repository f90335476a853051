"""The overview beside a column: every claim of the text once, where it stands."""

import re

import pytest
from django.test import Client

from articles.overview import HEIGHT, draw_overview
from articles.reading import read_story
from tests.factory import make_story

pytestmark = pytest.mark.django_db


def test_every_claim_of_a_text_has_its_tick(as_user, reader) -> None:
    desk: Client = as_user(reader)
    story = make_story()

    page = desk.get(story.get_absolute_url()).content.decode()

    drawn = re.findall(r'<svg class="overview".*?</svg>', page, re.DOTALL)
    columns = read_story(story).columns
    assert len(drawn) == len(columns) == 2
    for svg, column in zip(drawn, columns, strict=True):
        told = {
            (int(number), int(top))
            for numbers, path in re.findall(r'data-claims="([\d ]+)" d="([^"]+)"', svg)
            for number, top in zip(numbers.split(), re.findall(r"M0 (\d+)", path), strict=True)
        }
        assert told == {(mark.number, mark.start * HEIGHT // len(column.text)) for mark in column.claims}


def test_states_are_told_apart_by_their_shape() -> None:
    story = make_story()
    for column in read_story(story).columns:
        ticks = draw_overview(column.claims, len(column.text))
        shapes = {tick.state: set(re.sub(r"M0 \d+", "|", tick.path).split("|")) - {""} for tick in ticks}
        assert len({tuple(shape) for shape in shapes.values()}) == len(shapes)
        assert all(len(shape) == 1 for shape in shapes.values())
