"""Rich text (.rtf, Microsoft RTF specification 1.9.1), as Word, WordPad and LibreOffice write it.

Destinations that are not known and may be ignored (`\\*`) are; deleted and hidden text is none; a text box is read
after its paragraph."""

from __future__ import annotations

from parsers.documents import ticks
from parsers.documents.field import Field
from parsers.documents.layout import Layout, layout_of
from parsers.documents.line import Line
from parsers.documents.rows import Content, Rows
from parsers.documents.rtf_header import Header
from parsers.documents.rtf_state import RowDefinition, State
from parsers.documents.rtf_tokens import Token, tokens

_SKIPPED = frozenset((
    "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr",
    "footerf", "footnote", "annotation", "listtext", "pntext", "nonshppict", "shprslt", "xe", "tc", "tcn", "rxe", "txe",
    "sp", "nonesttables", "filetbl", "listtable", "listoverridetable", "revtbl", "bkmkstart", "bkmkend", "ffname",
))  # fmt: skip
_ASIDE = frozenset(("fonttbl", "colortbl", "fldinst", "formfield", "ffl"))
"""Destinations whose text says something, but not to the reader."""

_BOXES = frozenset(("shptxt", "dptxbxtext"))
_KNOWN = _ASIDE | _BOXES | {"shpinst", "do", "nesttableprops", "ud"}
_UNDERLINES = frozenset((
    "ul", "uld", "uldash", "uldashd", "uldashdd", "uldb", "ulhwave", "ulldash", "ulth", "ulthd", "ulthdash",
    "ulthdashd", "ulthdashdd", "ulthldash", "ululdbwave", "ulw", "ulwave",
))  # fmt: skip
_CHARACTERS = {
    "~": "\xa0", "_": "-", "\\": "\\", "{": "{", "}": "}", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ", "line": "\n",
}  # fmt: skip
_ENTRY = 500
"""Characters of a choice in a drop-down that are kept, at most, of each stretch of text."""

_PARAGRAPH_ENDS = frozenset(("par", "sect", "page", "column", "\n", "\r"))


def read(data: bytes) -> Layout:
    """The layout of a rich text document; Unreadable where it is cut short or boundless."""
    reader = _Reader()
    for token in tokens(data):
        reader.take(token)
    return layout_of(reader.finish().parts())


class _Reader:
    """What was read so far; `_outer` holds the states of the groups around, and what a text box interrupted."""

    def __init__(self) -> None:
        self._header = Header()
        self._state = State()
        self._outer: list[State] = []
        self._interrupted: dict[int, tuple[Line, Rows, Content]] = {}
        self._line, self._rows, self._boxes = Line(), Rows(), Content()
        self._bytes = bytearray()
        self._high = 0
        self._left_out = 0
        self._may_be_ignored = False

    def finish(self) -> Rows:
        if not self._line.empty or self._boxes:
            self._paragraph(self._state.level)
        return self._rows

    def take(self, token: Token) -> None:
        if token.text:
            self._take_bytes(token.text)
            return
        self._flush()
        if token.group:
            self._left_out, self._may_be_ignored = 0, False
            (self._open if token.group > 0 else self._close)()
        elif self._left_out:
            self._left_out -= 1
        elif token.word == "*":
            self._may_be_ignored = True
        else:
            self._destination(token.word)
            if not self._state.skipped:
                self._word(token.word, token.number)
            self._may_be_ignored = False

    def _take_bytes(self, text: bytes) -> None:
        left_out = min(self._left_out, len(text))
        self._left_out -= left_out
        if not self._state.skipped:
            self._bytes += text[left_out:]

    def _flush(self) -> None:
        """Bytes are decoded together, as a character may need two of them."""
        if not self._bytes:
            return
        font = self._header.font(self._state.font)
        if font.symbols and not self._state.destination:
            self._say("".join(ticks.symbol(font.name, code) for code in self._bytes))
        else:
            self._say(self._bytes.decode(font.codec, "replace"))
        self._bytes.clear()

    def _open(self) -> None:
        self._outer.append(self._state)
        self._state = self._state.inner()

    def _close(self) -> None:
        closed = self._state
        if not self._outer:
            return
        self._state = self._outer.pop()
        if (depth := len(self._outer)) in self._interrupted:
            self._end_of_box(depth, closed.level)
        if closed.destination == "fldinst" != self._state.destination and not closed.skipped:
            said = closed.current.says()
            if said is not None:
                self._say(said)
                closed.current.said = True

    def _destination(self, word: str) -> None:
        """What the text of this group is for, where the word says it."""
        state = self._state
        if word == "ud" and state.upr == 2:
            state.skipped = False
        elif word in _SKIPPED or (self._may_be_ignored and word not in _KNOWN):
            state.skipped = True
        elif state.skipped:
            return
        elif word in _ASIDE:
            state.destination = word
            if word == "ffl":
                state.current.entries.append("")
        elif word in _BOXES and not state.destination:
            self._interrupted[len(self._outer) - 1] = self._line, self._rows, self._boxes
            self._line, self._rows, self._boxes = Line(), Rows(), Content()
            state.level = 0
        elif word == "field":
            state.current = Field()
        elif word == "fldrslt" and state.current.said:
            state.skipped = True
        elif word == "upr":
            state.upr = 1

    def _end_of_box(self, depth: int, level: int) -> None:
        if not self._line.empty or self._boxes:
            self._paragraph(level)
        content = self._rows.content()
        self._line, self._rows, self._boxes = self._interrupted.pop(depth)
        self._boxes += content

    def _word(self, word: str, number: int | None) -> None:
        destination = self._state.destination
        if destination == "fonttbl":
            self._header.font_word(word, number or 0)
        elif destination == "colortbl":
            self._header.colour_word(word, number or 0)
        elif destination == "formfield":
            self._form_field(word, number or 0)
        if word == "u":
            self._unicode(number or 0)
        elif word in _CHARACTERS:
            self._say(_CHARACTERS[word])
        elif not destination and not (self._breaks(word) or self._table_word(word, number or 0)):
            self._format(word, number)

    def _form_field(self, word: str, number: int) -> None:
        field = self._state.current
        if word == "fftype":
            field.kind = number
        elif word == "ffres":
            field.result = number
        elif word == "ffdefres":
            field.default = number

    def _breaks(self, word: str) -> bool:
        if word == "tab":
            if self._shown():
                self._line.gap()
        elif word in _PARAGRAPH_ENDS:
            self._paragraph(self._state.level)
        elif word in ("cell", "nestcell"):
            level = 1 if word == "cell" else max(2, self._state.level)
            self._paragraph(level)
            self._rows.cell(level)
        elif word in ("row", "nestrow"):
            self._rows.row(self._state.row.edges(), 1 if word == "row" else max(2, self._state.level))
        else:
            return False
        return True

    def _table_word(self, word: str, number: int) -> bool:
        state = self._state
        if word == "trowd":
            state.row = RowDefinition()
        elif word == "trleft":
            state.row.left = number
        elif word == "clmrg":
            state.row.merged.add(len(state.row.right))
        elif word == "cellx":
            state.row.cell_ends(number)
        elif word == "pard":
            state.level = 0
        elif word == "intbl":
            state.level = max(1, state.level)
        elif word == "itap":
            state.level = max(0, number)
        else:
            return False
        return True

    def _format(self, word: str, number: int | None) -> None:
        state, on = self._state, number != 0
        if word in ("strike", "striked"):
            state.struck = on
        elif word == "b":
            state.bold = on
        elif word in _UNDERLINES or word == "ulnone":
            state.underlined = on and word != "ulnone"
        elif word in ("highlight", "cb", "chcbpat"):
            state.bright = bool(number) if word == "highlight" else self._header.bright(number or 0)
        elif word in ("chbrdr", "brdrnone", "brdrnil"):
            state.ringed = word == "chbrdr"
        elif word in ("v", "deleted"):
            setattr(state, "hidden" if word == "v" else "deleted", on)
        elif word == "plain":
            state.plain()
        elif word == "f":
            state.font = number or 0
        elif word == "uc":
            state.blanks = max(0, min(number or 0, 10))
        else:
            self._header.word(word, number or 0)

    def _unicode(self, number: int) -> None:
        """`u` and a signed number of sixteen bits; further planes come as two of them."""
        code, self._left_out = number & 0xFFFF, self._state.blanks
        font = self._header.font(self._state.font)
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            self._say(chr(0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00) if self._high else "�")
            self._high = 0
        elif font.symbols and not self._state.destination:
            self._say(ticks.symbol(font.name, code))
        else:
            self._say(chr(code) if code else "")

    def _shown(self) -> bool:
        return not (self._state.hidden or self._state.deleted or self._state.destination)

    def _say(self, text: str) -> None:
        state = self._state
        if self._shown():
            raw, *tabbed = text.split("\t")
            self._line.say_in(state, raw)
            for piece in tabbed:
                self._line.gap()
                self._line.say_in(state, piece)
        elif state.destination == "fldinst":
            state.current.instruction.append(text)
        elif state.destination == "ffl" and state.current.entries:
            state.current.entries[-1] += text[:_ENTRY]
        elif state.destination == "fonttbl":
            self._header.font_text(text)
        elif state.destination == "colortbl":
            self._header.colour_text(text)

    def _paragraph(self, level: int) -> None:
        self._rows.paragraph([*self._line.parts(), *self._boxes], level)
        self._line, self._boxes = Line(), Content()
