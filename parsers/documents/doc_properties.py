"""What an older Word document says of characters and paragraphs: lists of modifiers (`Sprm`, [MS-DOC] 2.2.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from parsers.documents.doc_bytes import Block
from parsers.documents.rows import Edges

_OPERANDS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
"""Bytes of an operand by the three topmost bits of its Sprm; 6 says its own length."""

_DEFINE_TABLE, _CHANGE_TABS, _MERGE_CELLS = 0xD608, 0xC615, 0x5624
_IN_DATA = (0x6646, 0x646B)
_MOST_IN_DATA = 0x3FA2
"""Bytes of modifiers in the stream Data (PrcData, 2.9.211)."""

_SWITCHES = {
    0x0837: "struck", 0x2A53: "struck", 0x0835: "bold", 0x083C: "hidden", 0x0800: "deleted", 0x0855: "special",
}  # fmt: skip
_BORDERS = {0x6865: 1, 0xCA72: 5}
"""Which byte of a border's operand (Brc80, Brc) is the kind of its line; 0 and 255 are none."""

_UNDERLINE, _HIGHLIGHT, _FONT, _SYMBOL, _PLACE = 0x2A3E, 0x2A0C, 0x4A4F, 0x6A09, 0x6A03
_IN_TABLE, _LEVEL, _LEVEL_MORE, _ENDS_CELL, _ENDS_ROW = 0x2416, 0x6649, 0x664A, 0x244B, (0x2417, 0x244C)
_CELL_SIZE = 20
_MOST_CELLS = 63


@dataclass(frozen=True, slots=True)
class Look:
    """Characters. `special` ones stand for something else: a symbol (font, code), a form field at a `place` in the
    stream Data."""

    struck: bool = False
    bold: bool = False
    underlined: bool = False
    bright: bool = False
    ringed: bool = False
    hidden: bool = False
    deleted: bool = False
    special: bool = False
    font: int = -1
    symbol: tuple[int, int] | None = None
    place: int = -1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`level` counts the tables it stands in; `ends_cell` and `ends_row` say so for a table within a cell, `ends_row`
    also for an outer one; `edges` are its row's."""

    level: int = 0
    ends_cell: bool = False
    ends_row: bool = False
    edges: Edges = field(default_factory=Edges)


def sprms(group: bytes) -> Iterator[tuple[int, bytes]]:
    """The modifiers of a group and their operands; what is cut off at its end is left out."""
    place = 0
    while place + 3 <= len(group):
        code = int.from_bytes(group[place : place + 2], "little")
        place += 2
        if code == _DEFINE_TABLE:
            length, skip = int.from_bytes(group[place : place + 2], "little") - 1, 2
        elif code >> 13 == 6:
            length, skip = _own_length(code, group, place), 1
        else:
            length, skip = _OPERANDS[code >> 13], 0
        place += skip
        yield code, group[place : place + max(0, length)]
        place += max(0, length)


def _own_length(code: int, group: bytes, place: int) -> int:
    length = group[place]
    if code != _CHANGE_TABS or length != 255:
        return length
    deleted = group[place + 1] if place + 1 < len(group) else 0
    added_at = place + 2 + 4 * deleted
    return 2 + 4 * deleted + 3 * (group[added_at] if added_at < len(group) else 0)


def look(group: bytes) -> Look:
    """The look of characters with these modifiers; of two that say the same, the last one holds."""
    said: dict[str, Any] = {}
    for code, operand in sprms(group):
        value = int.from_bytes(operand[:4], "little")
        if not operand:
            continue
        if code in _SWITCHES:
            # 128 and 129 are the style's own value and its opposite; a form's styles strike nothing out.
            said[_SWITCHES[code]] = value in (1, 129)
        elif code == _UNDERLINE:
            said["underlined"] = value not in (0, 5, 255)
        elif code == _HIGHLIGHT:
            said["bright"] = value != 0
        elif code in _BORDERS:
            kind = operand[_BORDERS[code] : _BORDERS[code] + 1]
            said["ringed"] = kind not in (b"", b"\0", b"\xff")
        elif code == _FONT:
            said["font"] = value
        elif code == _SYMBOL:
            said["symbol"] = value & 0xFFFF, value >> 16
        elif code == _PLACE:
            said["place"] = value
    return Look(**said)


def paragraph(group: bytes, data: Block) -> Paragraph:
    """What a paragraph's modifiers say of tables; those of a wide table lie in the stream Data (2.6.2)."""
    level, inside, edges = 0, False, Edges()
    ends_cell = ends_row = False
    for code, operand in _with_data(group, data):
        value = int.from_bytes(operand[:4], "little", signed=True)
        if code == _IN_TABLE:
            inside = bool(value)
        elif code == _LEVEL:
            level = value
        elif code == _LEVEL_MORE:
            level += value
        elif code == _ENDS_CELL:
            ends_cell = bool(value)
        elif code in _ENDS_ROW:
            ends_row = ends_row or bool(value)
        elif code == _DEFINE_TABLE:
            edges = _edges(operand)
        elif code == _MERGE_CELLS and len(operand) == 2:
            edges = Edges(edges.places, edges.merged | set(range(operand[0] + 1, min(operand[1], _MOST_CELLS + 1))))
    return Paragraph(max(level, int(inside), 0), ends_cell, ends_row, edges)


def _with_data(group: bytes, data: Block) -> Iterator[tuple[int, bytes]]:
    followed = False
    for code, operand in sprms(group):
        if code in _IN_DATA and len(operand) == 4 and not followed:
            followed, place = True, int.from_bytes(operand, "little")
            yield from sprms(data.cut(place + 2, min(data.number(place, 2), _MOST_IN_DATA)))
        else:
            yield code, operand


def _edges(operand: bytes) -> Edges:
    """TDefTableOperand (2.9.315): the count of cells, their edges, and for each whether it is merged."""
    count = operand[0] if operand else 0
    described = 1 + 2 * (count + 1)
    if not 0 < count <= _MOST_CELLS or len(operand) < described:
        return Edges()
    places = [int.from_bytes(operand[1 + 2 * n : 3 + 2 * n], "little", signed=True) for n in range(count + 1)]
    merged = {
        n for n in range(1, count)
        if len(operand) > described + _CELL_SIZE * n and operand[described + _CELL_SIZE * n] & 3 == 1
    }  # fmt: skip
    return Edges(tuple(places), frozenset(merged))
