"""Word documents of 1997 to 2003 (.doc, [MS-DOC]).

The text is read through the piece table, so that a file saved fast reads as Word shows it. Text boxes, whose text is
kept apart, are read after the rest."""

from __future__ import annotations

import re

from parsers.documents import ticks
from parsers.documents.doc_bytes import DAMAGED, Block, streams
from parsers.documents.doc_fields import form_field
from parsers.documents.doc_pieces import Runs, Stretch, character_group, paragraph_group, pieces, stretches
from parsers.documents.doc_properties import Look, Paragraph, paragraph
from parsers.documents.field import Field
from parsers.documents.layout import LOCKED, Layout, Unreadable, layout_of
from parsers.documents.line import Line
from parsers.documents.rows import Rows

_WORD_97 = 0xA5EC
_FIRST_VERSION = 0xC1
_ENCRYPTED, _FIRST_TABLE = 0x0100, 0x0200
_OLDER = "The file was saved by Word 95 or an older program. Ask the sender for a Word or PDF file."
_CONTROL = re.compile("([\0-\x1f(\xad])")
_PLAIN = {"\v": "\n", "\x1e": "-"}
_FIELD_BEGINS, _FIELD_SAYS, _FIELD_ENDS = "\x13", "\x14", "\x15"
_SYMBOL_FONTS = ("wingdings", "webdings")


def read(data: bytes) -> Layout:
    """The layout of a .doc."""
    found = streams(data)
    document = found["WordDocument"]
    if document.number(0, 2) != _WORD_97 or document.number(2, 2) < _FIRST_VERSION:
        raise Unreadable(_OLDER)
    flags = document.number(0x0A, 2)
    if flags & _ENCRYPTED:
        raise Unreadable(LOCKED)
    table = found.get("1Table" if flags & _FIRST_TABLE else "0Table")
    if table is None:
        raise Unreadable(DAMAGED)
    reader = _Reader(document, table, found.get("Data", Block(b"")))
    lengths = document.numbers(0x4C, 7)
    reader.take(0, lengths[0])
    before = sum(lengths[:6])
    if lengths[6]:
        reader.take(before, before + lengths[6])
    return layout_of(reader.rows.parts())


class _Reader:
    """What was read so far; `_fields` are those that are open, with whether their result has begun."""

    def __init__(self, document: Block, table: Block, data: Block) -> None:
        self.rows = Rows()
        self._line = Line()
        self._document, self._data = document, data
        self._pieces = pieces(self._part(table, 0x1A2))
        self._looks = Runs(document, self._part(table, 0xFA), character_group)
        self._paragraphs = Runs(document, self._part(table, 0x102), paragraph_group)
        self._fonts = _fonts(self._part(table, 0x112))
        self._fields: list[tuple[Field, bool]] = []
        self._ended: dict[bytes, Paragraph] = {}

    def _part(self, table: Block, at: int) -> Block:
        """A part of the table stream: the header (FibRgFcLcb97, 2.5.6) says where it is and how long."""
        return Block(table.cut(self._document.number(at, 4), self._document.number(at + 4, 4)))

    def take(self, first: int, last: int) -> None:
        """Reads the characters from `first` to `last` (exclusive)."""
        self._fields = []
        for stretch in stretches(self._document, self._pieces, self._looks, first, last):
            place = stretch.place
            for piece in _CONTROL.split(stretch.text):
                if _CONTROL.fullmatch(piece):
                    self._control(piece, stretch, place)
                elif piece:
                    self._say(piece, stretch.look)
                place += len(piece) if stretch.width == 1 else len(piece.encode("utf-16-le"))
        if not self._line.empty:
            self._ends(Paragraph())

    def _control(self, character: str, stretch: Stretch, place: int) -> None:
        look = stretch.look
        if character in "\r\a\f":
            group, _ = self._paragraphs.at(place, b"")
            if group not in self._ended:
                self._ended[group] = paragraph(group, self._data)
            self._mark(character, self._ended[group])
        elif character in (_FIELD_BEGINS, _FIELD_SAYS, _FIELD_ENDS):
            self._field(character, look)
        elif character == "\t":
            if self._shown(look):
                self._line.gap()
        elif character in _PLAIN:
            self._say(_PLAIN[character], look)
        elif look.special and look.symbol is not None:
            font, code = look.symbol
            self._say(ticks.symbol(self._font(font), code), look)
        elif character == "\x01" and look.place >= 0 and self._fields and not self._fields[-1][1]:
            form_field(self._data, look.place, self._fields[-1][0])
        elif character == "(":
            self._say(character, look)

    def _mark(self, character: str, ended: Paragraph) -> None:
        """A paragraph's end; in a table it may be a cell's or a row's ([MS-DOC] 2.4.3)."""
        level = max(1, ended.level) if character == "\a" else ended.level
        if ended.ends_row and level:
            self.rows.row(ended.edges, level)
            self._line = Line()
            return
        self._ends(ended)
        if character == "\a" or ended.ends_cell:
            self.rows.cell(level)

    def _ends(self, ended: Paragraph) -> None:
        self.rows.paragraph(self._line.parts(), ended.level)
        self._line = Line()

    def _field(self, character: str, look: Look) -> None:
        if character == _FIELD_BEGINS:
            self._fields.append((Field(), False))
            return
        if not self._fields:
            return
        field, begun = self._fields.pop()
        said = None if begun else field.says()
        if said is not None:
            self._say(said, look)
            field.said = True
        if character == _FIELD_SAYS:
            self._fields.append((field, True))

    def _shown(self, look: Look) -> bool:
        result = all(begun and not field.said for field, begun in self._fields)
        return result and not (look.hidden or look.deleted)

    def _say(self, text: str, look: Look) -> None:
        if self._fields and not self._fields[-1][1]:
            self._fields[-1][0].instruction.append(text)
        elif self._shown(look):
            if self._font(look.font).lower().startswith(_SYMBOL_FONTS):
                text = "".join(ticks.symbol(self._font(look.font), ord(c)) for c in text)
            self._line.say_in(look, text)

    def _font(self, number: int) -> str:
        return self._fonts[number] if 0 <= number < len(self._fonts) else ""


def _fonts(table: Block) -> list[str]:
    """The names of the fonts (SttbfFfn, 2.9.286): a count, then for each its length and, after 39 bytes, its name."""
    names: list[str] = []
    if len(table.data) < 4:
        return names
    at = 4
    for _ in range(table.number(0, 2)):
        length = table.number(at, 1)
        names.append(table.cut(at + 1, length)[39:].decode("utf-16-le", "replace").split("\0")[0])
        at += 1 + length
    return names
