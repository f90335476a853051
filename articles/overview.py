"""The overview beside a column: one tick for each claim, at the height where the text puts it forward.

It shows at a glance where in a text its claims stand and how, and leads there. Like the strip of a story it is drawn as
a path for each state: agreed claims are a whole stroke, differing ones a broken one, those of one outlet a short one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from articles.reading.runs import ClaimMark

# The height of the drawing, whatever the length of the text; as finely as a tall screen can show it.
HEIGHT = 1000
# From the place a tick begins at. Each is one subpath, so that the script can tell ticks apart by their beginnings.
_STROKES = {"agreed": "h12", "differs": "h5m2 0h5", "only": "h5"}


@dataclass(frozen=True, slots=True)
class Ticks:
    """The ticks of one state: their numbers in the order of the text, and the path that draws them."""

    state: str
    numbers: str
    path: str


def draw_overview(claims: Iterable[ClaimMark], length: int) -> tuple[Ticks, ...]:
    """The ticks of ``claims``, which stand in a text of ``length`` characters.

    >>> draw_overview([ClaimMark(50, 60, 1, 1, 7, "agreed", "sources agree")], 200)
    (Ticks(state='agreed', numbers='7', path='M0 250h12'),)
    """
    placed: dict[str, list[ClaimMark]] = {}
    for mark in sorted(claims, key=lambda mark: (mark.start, mark.end, mark.number)):
        placed.setdefault(mark.state, []).append(mark)
    return tuple(
        Ticks(
            state=state,
            numbers=" ".join(str(mark.number) for mark in placed[state]),
            path="".join(f"M0 {mark.start * HEIGHT // length}{stroke}" for mark in placed[state]),
        )
        for state, stroke in _STROKES.items()
        if state in placed
    )
