"""Writes only what differs: a comparison mostly repeats the last one, and looking costs less than writing."""

from collections.abc import Iterable, Sequence

from django.db import models


class Kept[Row: models.Model]:
    """Rows that are there, with what they held when they were read."""

    def __init__(self, rows: Iterable[Row], fields: Sequence[str]) -> None:
        self._fields = fields
        self.rows = list(rows)
        self._held = [self._values(row) for row in self.rows]

    def _values(self, row: Row) -> tuple[object, ...]:
        return tuple(row.serializable_value(name) for name in self._fields)

    def save_changed(self) -> None:
        """One statement for all rows that hold something else by now."""
        changed = [row for row, held in zip(self.rows, self._held, strict=True) if self._values(row) != held]
        if changed:
            type(changed[0])._default_manager.bulk_update(changed, list(self._fields), batch_size=500)
