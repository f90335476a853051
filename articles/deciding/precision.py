"""How often each suggester was right, by what people decided: from the log alone, what was taken back left out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from articles.models import Decision, Verb

# What the verbs say of the suggestion they judge. Moving or splitting off says that it stood in the wrong claim;
# a corrected stance, name or grouping that it was wrong; merging that one claim was suggested as two.
_RIGHT = {Verb.CONFIRM, Verb.CONFIRM_DIVERGENCE}
# These judge what can also be confirmed. What is only ever corrected (a name, a speaker) has no share that is right.
_ASKED = _RIGHT | {Verb.REJECT, Verb.REJECT_DIVERGENCE}
_WRONG = {
    Verb.REJECT,
    Verb.MOVE,
    Verb.SPLIT,
    Verb.MERGE,
    Verb.EDIT_SPAN,
    Verb.EDIT_SPEAKER,
    Verb.EDIT_CERTAINTY,
    Verb.EDIT_SOURCE_LEVEL,
    Verb.REJECT_DIVERGENCE,
    Verb.RENAME_ENTITY,
    Verb.RETYPE_ENTITY,
    Verb.MERGE_ENTITIES,
    Verb.SPLIT_ENTITY,
    Verb.NOT_A_QUOTATION,
    Verb.NOT_SHARED,
}


@dataclass(frozen=True, slots=True)
class Precision:
    """Of one suggester: what people confirmed and what they corrected. People judge what strikes them, so this is no
    sample of everything it suggested."""

    method: str
    right: int
    wrong: int
    # Whether people can say that it was right, and not only correct it.
    is_asked: bool = True

    @property
    def share(self) -> float:
        """Between 0 and 1. It means nothing where people only ever correct."""
        return self.right / (self.right + self.wrong)


def precision_by_method(decisions: Iterable[Decision] | None = None) -> list[Precision]:
    """One row for each suggester that people judged, by name. ``decisions`` default to the whole log."""
    if decisions is None:
        decisions = Decision.objects.all()
    log = list(decisions)
    taken_back = {row.undoes_id for row in log if row.undoes_id}
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    asked: set[str] = set()
    for row in log:
        if row.pk in taken_back or not row.method:
            continue
        if row.verb in _ASKED:
            asked.add(row.method)
        if row.verb in _RIGHT:
            counts[row.method][0] += 1
        elif row.verb in _WRONG:
            counts[row.method][1] += 1
    return [Precision(method, right, wrong, method in asked) for method, (right, wrong) in sorted(counts.items())]
