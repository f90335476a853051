"""The strip: one bar for each claim of a story, in reading order, drawn as three paths.

It shows at a glance where in a story its sources part. Long stories have hundreds of claims, so a path for each state
is sent instead of an element for each claim.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.models.claims import ClaimState

# A bar's width and the step to the next, both in whole pixels so that bars stay sharp: the first that fits a list's
# column. A story too long for any of them runs on in further lines, as its texts do.
_PITCHES = ((3, 5), (2, 3), (1, 2))
_WIDTH = 240
_LINE_HEIGHT = 18
_LEADING = 4


@dataclass(frozen=True, slots=True)
class Strip:
    """The size of the drawing, the three paths, and how many claims each of them stands for."""

    width: int
    height: int
    agreed: str
    differing: str
    only: str
    agreed_count: int
    differing_count: int
    only_count: int

    @property
    def claim_count(self) -> int:
        return self.agreed_count + self.differing_count + self.only_count


def draw_strip(states: Sequence[str]) -> Strip:
    """Agreed claims are tall, differing ones broken in the middle, claims of one outlet short and hollow.

    >>> draw_strip(["agreed", "only"]).agreed
    'M0 2h3v14h-3z'
    """
    bar, step = next((pitch for pitch in _PITCHES if len(states) * pitch[1] <= _WIDTH), _PITCHES[-1])
    paths: dict[str, list[str]] = {state: [] for state in ClaimState.values}
    a_line = _WIDTH // step
    for number, state in enumerate(states):
        x, top = number % a_line * step, number // a_line * (_LINE_HEIGHT + _LEADING)
        match state:
            case ClaimState.AGREED:
                paths[state].append(f"M{x} {top + 2}h{bar}v14h-{bar}z")
            case ClaimState.DIFFERS:
                paths[state].append(f"M{x} {top}h{bar}v7h-{bar}zM{x} {top + 11}h{bar}v7h-{bar}z")
            case _ if bar == 3:
                paths[state].append(f"M{x}.5 {top + 10}.5h2v5h-2z")
            case _:
                # Too thin to be hollow: a stroke.
                paths[state].append(f"M{x}.5 {top + 10}v6")
    lines = -(-len(states) // a_line)
    return Strip(
        width=min(len(states), a_line) * step,
        height=lines * (_LINE_HEIGHT + _LEADING),
        agreed="".join(paths[ClaimState.AGREED]),
        differing="".join(paths[ClaimState.DIFFERS]),
        only="".join(paths[ClaimState.ONLY]),
        agreed_count=len(paths[ClaimState.AGREED]),
        differing_count=len(paths[ClaimState.DIFFERS]),
        only_count=len(paths[ClaimState.ONLY]),
    )
