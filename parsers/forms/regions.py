"""Where the value of a label stands: after it, to its right, or below it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from parsers.documents.layout import Span
from parsers.forms import unseen
from parsers.forms.chain import Link
from parsers.forms.labels import Occurrence
from parsers.forms.stream import CELL, Slot, Stream

_SINGLE = frozenset(("name", "whole-name", "date", "birth", "phone", "email", "upn", "postcode", "year"))
_SEVERAL = frozenset(("address", "lines", "free"))
_NAMES = frozenset(("child.name", "child.surname", "child.forenames"))
LAST, ROWS = 1_000, 60
"""A column that no table has; children of one table that are looked for."""
_FILLER = re.compile(r"[\s:.…_☐*–—-]*")
_UNKNOWN_LABEL = re.compile(r"\n[ ]*[A-Z][\w '’/&()-]{1,45}:(?=\s|$)")
_UNKNOWN_DASHED = re.compile(r"\n[ ]*[A-Z](?:[\w '’/&()-]{1,45}:|[\w'’/&(),]+(?: [\w'’/&(),]+){2,11}[ ]?[-–—])(?=\s|$)")
"""The same in a form that marks its labels with dashes: of three words, as "Dad - not known" is part of a value."""
_WITHIN = {
    "lines": re.compile(
        r"\s*(?:(?:step|grand|foster|birth)?[ -]?(?:mum|mother|dad|father|parents?)|gran|nan|aunt|uncle|carer"
        r"|guardian|mobile|mob|home|work|address)\b",
        re.I,
    ),
    "address": re.compile(r"\s*(?:post ?code|town|city|county|country|street|road|house|flat|village|area)\b", re.I),
}
"""What parents' names and an address are themselves written under."""
_LEADING = re.compile(r"[\s.…_]*")
_BLANK_LINE = re.compile(r"(?<=\S)[ \t]*\n[ \t.…_]*\n")


def is_blank(text: str) -> bool:
    """Nothing but blanks, dots, rules and empty boxes."""
    return _FILLER.fullmatch(text) is not None


class Regions:
    """The places of the values of one chain of labels."""

    def __init__(
        self,
        stream: Stream,
        links: Sequence[Link],
        stops: Sequence[int],
        soft: Sequence[Occurrence],
        *,
        recognised: bool = False,
    ) -> None:
        """`stops` are places where any value ends (labels taken, titles, instructions); `soft` labels that were not
        taken: a value that is not free text ends at one with a colon, one of a single line at any on a new line.
        `recognised`: in a picture."""
        self._recognised = recognised
        self._stream = stream
        self._links = list(links)
        self._places = [link.occurrence.start for link in links]
        self._headers: dict[tuple[int, int], bool] = {}
        self._stops = sorted(stops)
        self._soft = sorted({*self._stops, *(o.start for o in soft if o.colon)})
        self._every = sorted({*self._soft, *(o.start for o in soft if _begins_line(stream, o))})

    def of(self, link: Link, row: int = 1) -> list[Span]:
        """Where the value of a label stands; several stretches where cells lie between. Under a row of headings it
        stands so many rows below."""
        stream, end, kind = self._stream, link.occurrence.end, link.target.type
        stop = self._stop(link.occurrence.start, kind)
        slot = stream.slot_at(link.occurrence.start)
        if slot is None:
            return [self._in_text(end, stop, kind)]
        own = (end, max(end, min(stop, slot.end)))
        if not is_blank(stream.text[own[0] : own[1]]):
            return [own]
        if self._is_header(slot):
            return self._below(slot, link, row)
        right = self._right(slot, kind)
        if right is not None:
            return right
        return self._below(slot, link, 1)

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
        unknown = (_UNKNOWN_DASHED if text[start - 1] in "-–—" else _UNKNOWN_LABEL).finditer(
            text, max(start, begin - 1), stop
        )
        own = _WITHIN.get(kind)
        stop = next((found.start() for found in unknown if not (own and own.match(found[0]))), stop)
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

    def _right(self, slot: Slot, kind: str) -> list[Span] | None:
        """The cells to the right up to the next label, or None where there are none. What takes several lines may go
        on in the rows below, beside the same label or beside nothing; in a picture that may be a label unread."""
        row = self._stream.row_of(slot)
        column = slot.cell.col
        end = next((s.cell.col for s in row if s.cell.col > column and self._has_label(s)), LAST)
        found = [(s.start, s.end) for s in row if column < s.cell.col < end]
        below = 1
        while found and kind in _SEVERAL and not self._recognised and (row := self._stream.row_of(slot, below)):
            beside = [s for s in row if s.cell.col <= column and not self._is_blank(s)]
            if beside or any(self._has_label(s) for s in row):
                break
            found += [(s.start, s.end) for s in row if column < s.cell.col < end]
            below += 1
        return found or None

    def _is_blank(self, slot: Slot) -> bool:
        return is_blank(self._stream.text[slot.start : slot.end])

    def children(self) -> list[int]:
        """The rows below a row of headings that each name a child: the first, and any after it."""
        found = [1]
        name = next((k for k in self._links if k.target.name in _NAMES), None)
        slot = self._stream.slot_at(name.occurrence.start) if name else None
        if name is None or slot is None or self._recognised or not self._is_header(slot):
            return found
        names = [(s, k) for s in self._stream.row_of(slot) for k in self.labels_in(s) if k.target.name in _NAMES]
        while (row := self._stream.row_of(slot, found[-1] + 1)) and len(found) < ROWS:
            said = [span for s, k in names for span in self._below(s, k, found[-1] + 1)]
            if any(self._has_label(s) for s in row) or all(is_blank(self._stream.text[a:b]) for a, b in said):
                break
            found.append(found[-1] + 1)
        return found

    def _below(self, slot: Slot, link: Link, row: int) -> list[Span]:
        below = self._stream.row_of(slot, row)
        if unseen.stands_in(self._stream, below):
            return []
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


def _begins_line(stream: Stream, label: Occurrence) -> bool:
    """Words that begin a line as a label does; in small letters they go on with the line above."""
    return label.strong and stream.text[label.start - 1] == "\n" and not stream.text[label.start].islower()


def _plain_fields(links: Sequence[Link]) -> list[Link]:
    """The fields among the labels; a name in one box beside a surname's is a heading over both."""
    named = [k for k in links if k.target.name]
    parted = any(k.target.name == "child.surname" for k in named)
    return [k for k in named if not (parted and k.target.name == "child.name")]
