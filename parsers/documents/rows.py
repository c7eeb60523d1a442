"""Tables of formats that say only where a cell and where a row ends (.rtf, .doc): the grid is known at the end, from
the right edges of all the rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from parsers.documents.layout import PARTS, Cell, Part, Unreadable

NEAR = 40
"""Edges nearer than this (twips, twentieths of a point: 0.7 mm) are one line of the grid."""

LEVELS = 10

Content = list["Part | Table"]


@dataclass(frozen=True, slots=True)
class Edges:
    """A row's cells: `places` are the left edge of the first one and the right edge of each, in twips; `merged` the
    cells that belong to the one before."""

    places: tuple[int, ...] = ()
    merged: frozenset[int] = frozenset()


@dataclass(slots=True)
class Table:
    """A table that is being read: whole rows, the cells of the last one, and the cell that is open."""

    rows: list[tuple[Edges, list[Content]]] = field(default_factory=list)
    cells: list[Content] = field(default_factory=list)
    current: Content = field(default_factory=list)


class Rows:
    """Takes paragraphs, ends of cells and ends of rows in the order of the document. A level counts the tables that a
    paragraph stands in: 0 outside, 1 in a table, 2 in a table within a cell."""

    def __init__(self) -> None:
        self._outside: Content = []
        self._open: list[Table] = []
        self._count = 0

    def paragraph(self, parts: Sequence[Part | Table], level: int) -> None:
        self._count += len(parts)
        if self._count <= 2 * PARTS:
            self._at(level).extend(parts)

    def cell(self, level: int) -> None:
        table = self._table(level)
        if self._count > 2 * PARTS:
            return
        table.cells.append(table.current)
        table.current = []

    def row(self, edges: Edges, level: int) -> None:
        table = self._table(level)
        if table.cells:
            table.rows.append((edges, table.cells))
        table.cells = []

    def content(self) -> Content:
        """All that was taken, the open tables closed."""
        self._at(0)
        return self._outside

    def parts(self) -> list[Part]:
        return _Numbered().content(self.content(), None)

    def _table(self, level: int) -> Table:
        self._at(max(1, level))
        return self._open[-1]

    def _at(self, level: int) -> Content:
        """Where a paragraph of this level is written: deeper tables are closed, missing ones opened."""
        if level > LEVELS:
            raise Unreadable("The document is nested deeper than any form. A person must look at it.")
        while len(self._open) > level:
            table = self._open.pop()
            if table.current:
                table.cells.append(table.current)
            if table.cells:
                table.rows.append((Edges(), table.cells))
        while len(self._open) < level:
            table = Table()
            (self._open[-1].current if self._open else self._outside).append(table)
            self._open.append(table)
        return self._open[-1].current if self._open else self._outside


class _Numbered:
    """Lays tables out as cells, numbered as they come."""

    def __init__(self) -> None:
        self._tables = 0

    def content(self, content: Content, cell: Cell | None) -> list[Part]:
        parts: list[Part] = []
        for item in content:
            if isinstance(item, Part):
                parts.append(replace(item, cell=cell) if cell else item)
            else:
                parts += self._table(item)
        return parts

    def _table(self, table: Table) -> list[Part]:
        self._tables += 1
        number, parts = self._tables, list[Part]()
        grid = _grid(edges for edges, cells in table.rows if len(edges.places) == len(cells) + 1)
        for row, (edges, cells) in enumerate(table.rows):
            for (col, span), content in _columns(edges, cells, grid):
                own = self.content(content, Cell(number, row, col, span)) or [
                    Part("", cell=Cell(number, row, col, span))
                ]
                parts += [replace(own[0], after="cell"), *own[1:]]
        return parts


def _grid(rows: Iterable[Edges]) -> list[int]:
    """The lines of the grid: every edge of every row, those that are nearly the same taken once."""
    lines: list[int] = []
    for place in sorted({place for edges in rows for place in edges.places}):
        if not lines or place - lines[-1] > NEAR:
            lines.append(place)
    return lines


def _columns(edges: Edges, cells: list[Content], grid: list[int]) -> Iterator[tuple[tuple[int, int], Content]]:
    """The column and the span of each cell, merged ones joined with the one before. A row that does not say where
    its edges are is counted."""
    known = len(edges.places) == len(cells) + 1
    lines = [bisect_right(grid, place) - 1 for place in edges.places] if known else list(range(len(cells) + 1))
    number = 0
    while number < len(cells):
        last, content = number, cells[number]
        while known and last + 1 in edges.merged and last + 1 < len(cells):
            last += 1
            content = content + cells[last]
        yield (lines[number], max(1, lines[last + 1] - lines[number])), content
        number = last + 1
