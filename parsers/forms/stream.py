"""A layout as one string, with the way back to its parts: what the labels are looked for in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, compress
from typing import Literal

from parsers.documents.layout import Box, Cell, Doubt, Part, Span

CELL = "\x1f"
"""Stands in the text before each table cell; a tab before each piece after a gap, a line feed before each line."""

Look = Literal["struck", "marked", "stressed"]

CHARACTERS = 200_000
"""Further text is not looked at: a form with its free text has five thousand characters."""

_COUNTS = "0"
"""Stands for what parts cells and gaps, which counts among the letters."""

_MARKS = " \t\n.…_:"
"""Of a label, or of the line under a value."""

_SEPARATORS = {"line": "\n", "gap": "\t", "cell": CELL}


@dataclass(frozen=True, slots=True)
class Slot:
    """A table cell's place in the text: `start` (after the separator) to `end`."""

    cell: Cell
    start: int
    end: int


class Stream:
    """`text` is the whole; `letters` only its letters and digits in lower case (and a mark where a gap or a cell
    parts them); `back` gives for each of those its place in `text`, `forward` the other way round."""

    def __init__(self, parts: Sequence[Part]) -> None:
        pieces: list[str] = []
        self.parts: list[Part] = []
        self.starts: list[int] = []
        length = 0
        for part in parts:
            length += 1
            self.parts.append(part)
            self.starts.append(length)
            pieces += (_SEPARATORS[part.after], part.text)
            length += len(part.text)
            if length > CHARACTERS:
                break
        self.text = "".join(pieces)
        self._skeleton()
        self.rows: dict[tuple[int, int], list[Slot]] = {}
        self._cells()

    def _skeleton(self) -> None:
        low = self.text.lower()
        if len(low) != len(self.text):  # A letter such as the Turkish dotted capital I, which two stand for.
            low = "".join(one if len(one := c.lower()) == 1 else c for c in self.text)
        counts = list(map(str.isalnum, low.replace(CELL, _COUNTS).replace("\t", _COUNTS)))
        self.back = list(compress(range(len(low)), counts))
        self.forward = list(accumulate(counts, initial=0))[:-1]
        self.letters = "".join(compress(low, counts)).replace("\t", CELL)

    def _cells(self) -> None:
        for number, part in enumerate(self.parts):
            if part.cell is None:
                continue
            row = self.rows.setdefault((part.cell.table, part.cell.row), [])
            start, end = self.starts[number], self.starts[number] + len(part.text)
            if row and row[-1].cell == part.cell:
                row[-1] = Slot(part.cell, row[-1].start, end)
            else:
                row.append(Slot(part.cell, start, end))

    def part_at(self, place: int) -> Part:
        return self.parts[max(0, bisect_right(self.starts, place) - 1)]

    def slot_at(self, place: int) -> Slot | None:
        """The table cell that holds this place."""
        cell = self.part_at(place).cell
        if cell is None:
            return None
        row = self.rows[cell.table, cell.row]
        return next((slot for slot in row if slot.cell == cell and slot.start <= place <= slot.end), None)

    def row_of(self, slot: Slot, below: int = 0) -> list[Slot]:
        return self.rows.get((slot.cell.table, slot.cell.row + below), [])

    def marks(self, start: int, end: int, look: Look) -> list[Span]:
        """Stretches between two places that are struck out, marked or stressed."""
        found: list[Span] = []
        first = max(0, bisect_right(self.starts, start) - 1)
        for number in range(first, len(self.parts)):
            origin = self.starts[number]
            if origin >= end:
                break
            part = self.parts[number]
            for a, b in getattr(part, look):
                if (low := max(start, origin + a)) < (high := min(end, origin + b)):
                    found.append((low, high))
        return found

    def floats(self, start: int, end: int) -> bool:
        """Whether words between two places stand in a text box that was drawn beside others."""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = bisect_left(self.starts, end)
        return any(p.floating and p.text.strip() for p in self.parts[first:last])

    def boxes(self, start: int, end: int) -> Iterator[Box]:
        """Where on the page the words between two places stand."""
        for number in range(max(0, bisect_right(self.starts, start) - 1), len(self.parts)):
            part, origin = self.parts[number], self.starts[number]
            if origin >= end:
                return
            low, high = max(0, start - origin), min(len(part.text), end - origin)
            words = part.text[low:high]
            if part.box is not None and words.strip(_MARKS):
                low, high = (
                    low + len(words) - len(words.lstrip(_MARKS)),
                    high - (len(words) - len(words.rstrip(_MARKS))),
                )
                yield replace(part.box, left=_edge(part.box, part, low), right=_edge(part.box, part, high))

    def doubts(self, start: int, end: int) -> list[Doubt]:
        """The characters between two places that were recognised, not known; each says where in `text` it stands."""
        found: list[Doubt] = []
        for number in range(max(0, bisect_right(self.starts, start) - 1), len(self.parts)):
            origin = self.starts[number]
            if origin >= end:
                break
            found += [replace(d, at=origin + d.at) for d in self.parts[number].doubts if start <= origin + d.at < end]
        return found

    def word_at(self, place: int) -> str:
        """The letters and digits that stand together about a place."""
        start = end = place
        while start > 0 and self.text[start - 1].isalnum():
            start -= 1
        while end < len(self.text) and self.text[end].isalnum():
            end += 1
        return self.text[start:end]

    def said(self, start: int, end: int) -> str:
        """The text between two places without what is struck out."""
        pieces, at = [], start
        for low, high in self.marks(start, end, "struck"):
            pieces.append(self.text[at:low])
            at = high
        return "".join(pieces) + self.text[at:end] if at < end else "".join(pieces)


def _edge(box: Box, part: Part, place: int) -> float:
    """Where the character at a place begins."""
    if len(part.edges) > len(part.text):
        return part.edges[place]
    return box.left + place * (box.right - box.left) / len(part.text)
