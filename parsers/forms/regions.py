"""Where the value of a label stands: after it, to its right, or below it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from parsers.documents.layout import Span
from parsers.forms.chain import Link
from parsers.forms.labels import Occurrence
from parsers.forms.stream import CELL, Slot, Stream

_SINGLE = frozenset(("name", "whole-name", "date", "birth", "phone", "email", "upn", "postcode", "year"))
_FILLER = re.compile(r"[\s:.…_☐*–—-]*")
_UNKNOWN_LABEL = re.compile(r"\n[ ]*[A-Z][\w '’/&()-]{1,45}:(?=\s|$)")
_LEADING = re.compile(r"[\s.…_]*")
_BLANK_LINE = re.compile(r"(?<=\S)[ \t]*\n[ \t.…_]*\n")


def is_blank(text: str) -> bool:
    """Nothing but blanks, dots, rules and empty boxes."""
    return _FILLER.fullmatch(text) is not None


class Regions:
    """The places of the values of one chain of labels."""

    def __init__(self, stream: Stream, links: Sequence[Link], stops: Sequence[int], soft: Sequence[Occurrence]) -> None:
        """`stops` are places where any value ends (labels taken, titles, instructions); `soft` labels that were not
        taken: a value that is not free text ends at one with a colon, one of a single line at any on a new line."""
        self._stream = stream
        self._links = list(links)
        self._places = [link.occurrence.start for link in links]
        self._headers: dict[tuple[int, int], bool] = {}
        self._stops = sorted(stops)
        self._soft = sorted({*self._stops, *(o.start for o in soft if o.colon)})
        self._every = sorted({*self._soft, *(o.start for o in soft if o.strong and stream.text[o.start - 1] == "\n")})

    def of(self, link: Link) -> list[Span]:
        """Where the value of a label stands; several stretches where cells lie between."""
        stream, end, kind = self._stream, link.occurrence.end, link.target.type
        stop = self._stop(link.occurrence.start, kind)
        slot = stream.slot_at(link.occurrence.start)
        if slot is None:
            return [self._in_text(end, stop, kind)]
        own = (end, max(end, min(stop, slot.end)))
        if not is_blank(stream.text[own[0] : own[1]]):
            return [own]
        if self._is_header(slot):
            return self._below(slot, link)
        right = self._right(slot)
        if right is not None:
            return right
        return self._below(slot, link)

    def _stop(self, start: int, kind: str) -> int:
        stops = self._stops if kind == "free" else self._every if kind in _SINGLE else self._soft
        at = bisect_right(stops, start)
        return stops[at] if at < len(stops) else len(self._stream.text)

    def _in_text(self, start: int, stop: int, kind: str) -> Span:
        """Outside a table: up to the next label, not into a table, and for what is one line not past a blank one."""
        text = self._stream.text
        cell = text.find(CELL, start, stop)
        stop = cell if cell >= 0 else stop
        if kind == "free":
            return start, stop
        first = _LEADING.match(text, start, stop)
        begin = first.end() if first else start
        if unknown := _UNKNOWN_LABEL.search(text, max(start, begin - 1), stop):
            stop = unknown.start()
        if kind not in ("address", "lines") and (blank := _BLANK_LINE.search(text, begin, stop)):
            stop = blank.start()
        return start, max(start, stop)

    def labels_in(self, slot: Slot) -> list[Link]:
        """The labels that begin in a cell."""
        first, end = bisect_left(self._places, slot.start), bisect_left(self._places, max(slot.end, slot.start + 1))
        return self._links[first:end]

    def _has_label(self, slot: Slot) -> bool:
        at = bisect_left(self._stops, slot.start)
        return at < len(self._stops) and self._stops[at] < max(slot.end, slot.start + 1)

    def _only_labels(self, slot: Slot) -> bool:
        """A cell that holds labels and nothing written beside them."""
        labels = self.labels_in(slot)
        if not any(k.target.name for k in labels):
            return False
        last = labels[-1].occurrence.end
        return is_blank(self._stream.text[last : slot.end])

    def _is_header(self, slot: Slot) -> bool:
        """A row of headings over a row of values: labels in neighbouring cells, and none in the row below."""
        place = slot.cell.table, slot.cell.row
        if place not in self._headers:
            self._headers[place] = self._heads(slot)
        return self._headers[place]

    def _heads(self, slot: Slot) -> bool:
        row = self._stream.row_of(slot)
        below = self._stream.row_of(slot, 1)
        if len(row) < 2 or not below or any(self._has_label(s) for s in below):
            return False
        bare = [self._only_labels(s) for s in row]
        return any(a and b for a, b in pairwise(bare))

    def _right(self, slot: Slot) -> list[Span] | None:
        """The cells to the right up to the next label, or None where there are none."""
        found: list[Span] = []
        for other in self._stream.row_of(slot):
            if other.cell.col <= slot.cell.col:
                continue
            if self._has_label(other):
                break
            found.append((other.start, other.end))
        return found or None

    def _below(self, slot: Slot, link: Link) -> list[Span]:
        below = self._stream.row_of(slot, 1)
        named = _plain_fields(self.labels_in(slot))
        column = slot.cell.col
        if len(named) > 1 and link in named:
            column += named.index(link)
            whole = [k for s in self._stream.row_of(slot) for k in _plain_fields(self.labels_in(s))]
            if len(whole) == len(below):
                return self._cell(below[whole.index(link)])
        exact = next((s for s in below if s.cell.col <= column < s.cell.col + s.cell.span), None)
        return self._cell(exact) if exact is not None else []

    def _cell(self, slot: Slot) -> list[Span]:
        return [] if self._has_label(slot) else [(slot.start, slot.end)]

    def rest_of_row(self, slot: Slot, taken: Sequence[Slot]) -> list[Span]:
        """The other cells to the right in a row of options: dates, remarks."""
        return [
            (s.start, s.end)
            for s in self._stream.row_of(slot)
            if s not in taken and s.cell.col > slot.cell.col and not self._has_label(s)
        ]


def _plain_fields(links: Sequence[Link]) -> list[Link]:
    """The fields among the labels; a name in one box beside a surname's is a heading over both."""
    named = [k for k in links if k.target.name]
    parted = any(k.target.name == "child.surname" for k in named)
    return [k for k in named if not (parted and k.target.name == "child.name")]
