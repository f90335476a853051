"""What people decide about the machine's suggestions: one function a decision, each undoable, none forgotten.

Every function takes the revision its caller saw (``expected``) and refuses a stale one, writes one row of the log, and
compares the story again in the same transaction, so that what is shown is what was decided. Who may decide is the
view's question.
"""

from articles.deciding.claims import (
    confirm,
    edit_statement,
    mark_unsure,
    merge,
    move,
    move_several,
    new_claim,
    reject,
    split_off,
)
from articles.deciding.log import StaleDecisionError, UnusableDecisionError
from articles.deciding.names import add_alias, merge_entities, rename_entity, retype_entity, split_entity
from articles.deciding.passages import (
    decide_divergence,
    edit_certainty,
    edit_source_level,
    edit_span,
    edit_speaker,
    edit_stance,
    reject_quotation,
    reject_shared,
    rule_origin,
)
from articles.deciding.undo import undo, undo_several

__all__ = [
    "StaleDecisionError",
    "UnusableDecisionError",
    "add_alias",
    "confirm",
    "decide_divergence",
    "edit_certainty",
    "edit_source_level",
    "edit_span",
    "edit_speaker",
    "edit_stance",
    "edit_statement",
    "mark_unsure",
    "merge",
    "merge_entities",
    "move",
    "move_several",
    "new_claim",
    "reject",
    "reject_quotation",
    "reject_shared",
    "rename_entity",
    "retype_entity",
    "rule_origin",
    "split_entity",
    "split_off",
    "undo",
    "undo_several",
]
