"""Words of a table that belong to no label: in a picture the sign of a cell that was cut in two, by a fold, a fax's
line, the stem of a letter. What stands in the same row, or in the one above or below, may have lost its end."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from parsers.documents.layout import Span
from parsers.forms.stream import Slot, Stream

Rows = frozenset[tuple[int, int]]


def rows(stream: Stream, labels: Sequence[int], claimed: Collection[Span]) -> Rows:
    """Tables' rows (table, row) that hold words beside no label (`labels` are the places where one begins) and in no
    value (`claimed`)."""
    return frozenset(
        place
        for place, slots in stream.rows.items()
        for slot in slots
        if any(c.isalnum() for c in stream.text[slot.start : slot.end])
        and not any(slot.start <= at < slot.end for at in labels)
        and not any(a < slot.end and b > slot.start for a, b in claimed)
    )


def beside(slot: Slot | None, orphaned: Rows) -> bool:
    """Whether a cell stands in such a row or next to one."""
    if slot is None:
        return False
    return any((slot.cell.table, slot.cell.row + n) in orphaned for n in (-1, 0, 1))
