"""The strip: one bar for each claim of a story, in reading order, drawn as three paths.

It shows at a glance where in a story its sources part. Long stories have hundreds of claims, so a path for each state
is sent instead of an element for each claim.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.models.claims import ClaimState

HEIGHT = 18
_STEP = 5


@dataclass(frozen=True, slots=True)
class Strip:
    """The size of the drawing, the three paths, and how many claims each of them stands for."""

    width: int
    agreed: str
    differing: str
    only: str
    agreed_count: int
    differing_count: int
    only_count: int
    height: int = HEIGHT

    @property
    def claim_count(self) -> int:
        return self.agreed_count + self.differing_count + self.only_count


def draw_strip(states: Sequence[str]) -> Strip:
    """Agreed claims are tall, differing ones broken in the middle, claims of one outlet short and hollow.

    >>> draw_strip(["agreed", "only"]).agreed
    'M0 2h3v14h-3z'
    """
    paths: dict[str, list[str]] = {state: [] for state in ClaimState.values}
    for x, state in zip(range(0, len(states) * _STEP, _STEP), states, strict=True):
        match state:
            case ClaimState.AGREED:
                paths[state].append(f"M{x} 2h3v14h-3z")
            case ClaimState.DIFFERS:
                paths[state].append(f"M{x} 0h3v7h-3zM{x} 11h3v7h-3z")
            case _:
                paths[state].append(f"M{x}.5 10.5h2v5h-2z")
    return Strip(
        width=max(len(states) * _STEP - 2, 0),
        agreed="".join(paths[ClaimState.AGREED]),
        differing="".join(paths[ClaimState.DIFFERS]),
        only="".join(paths[ClaimState.ONLY]),
        agreed_count=len(paths[ClaimState.AGREED]),
        differing_count=len(paths[ClaimState.DIFFERS]),
        only_count=len(paths[ClaimState.ONLY]),
    )
