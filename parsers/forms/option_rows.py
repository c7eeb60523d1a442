"""Rows of a table of options (Yes | No, High | Medium | Low) in a picture: a rule that was lost, or seen where none is,
takes a tick to another row or column. What such a row says, also that nothing was ticked, is in doubt."""

from __future__ import annotations

from collections.abc import Mapping

from parsers.documents.layout import EMPTY, TICKED
from parsers.forms.stream import Slot, Stream
from parsers.values.choice import WORDS


def is_sound(stream: Stream, slot: Slot, cells: Mapping[str, Slot], kind: str, labels: int) -> bool:
    """Whether a row is as it is printed: each answer has a cell of its own in it, `labels` (the number of labels in the
    row's own cell `slot`) is one, and no tick stands in a row beside it that asks nothing."""
    answers = {a for word, a in WORDS[kind].items() if word == a} - {"other"}  # Not every form offers it.
    whole = answers <= set(cells) and len(set(cells.values())) == len(cells)
    return whole and labels == 1 and not any(_is_stray(stream.row_of(slot, beside), stream) for beside in (-1, 1))


def _is_stray(row: list[Slot], stream: Stream) -> bool:
    said = "".join(stream.text[s.start : s.end] for s in row)
    return not any(c.isalnum() for c in said) and any(c in said for c in (TICKED, EMPTY, "…"))
