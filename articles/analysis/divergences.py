"""Where the appearances of one claim part: typed, with the span on each side that shows it and one sentence why.

What is *no* divergence matters as much: house style, spelling, number words for digits, and values that are equal after
conversion are left out, since every false mark costs an editor's trust in the true ones.
"""

from collections.abc import Callable, Sequence

from .differences.occasions import find_time_place
from .differences.quotes import find_direct_or_paraphrase, find_quote_truncated, find_quote_wording
from .differences.roles import find_name_role
from .differences.stances import find_attribution, find_certainty, find_polarity_difference, find_reporting_verb
from .differences.values import find_quantity
from .sides import Side
from .types import Divergence

type Finder = Callable[[Sequence[Side]], Divergence | None]

# Gravest first, the order of DivergenceKind.
_FINDERS: tuple[Finder, ...] = (
    find_polarity_difference,
    find_quantity,
    find_attribution,
    find_certainty,
    find_quote_truncated,
    find_quote_wording,
    find_time_place,
    find_name_role,
    find_direct_or_paraphrase,
    find_reporting_verb,
)


def find_divergences(sides: Sequence[Side]) -> tuple[Divergence, ...]:
    """The divergences between the appearances of one claim, at most one of a kind, gravest first.

    >>> find_divergences(())
    ()
    """
    if len({side.article for side in sides}) < 2:
        return ()
    found = (finder(sides) for finder in _FINDERS)
    return tuple(divergence for divergence in found if divergence is not None)
