"""The HTML of a mail (what Word, Outlook and web mail make of it), by lxml."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as lxml_html

from parsers.documents import ticks
from parsers.documents.layout import Cell, Layout, Part, Span, layout_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CHARACTERS = 1_000_000
DEPTH = 200
STYLE = 1_000
TAKEN = 50_000
"""Places in a table that cells from above reach into; further ones are not reckoned with."""

_BLOCKS = frozenset((
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "section",
    "article", "header", "footer", "form", "fieldset", "hr", "address", "center",
))  # fmt: skip
_SKIPPED = frozenset((
    "style", "script", "head", "title", "template", "noscript", "svg", "math", "object", "select", "datalist",
))  # fmt: skip
_STRUCK = frozenset(("s", "strike", "del"))
_SPACE = re.compile(r"[ \t\r\n\f]+")
_STRUCK_STYLE = re.compile(r"text-decoration[^;]*line-through", re.I)
_MARKED_STYLE = re.compile(
    r"background(?:-color)?\s*:\s*(?:yellow|#ff0|#ffff00|lime|aqua|#0f0|rgb\(255,\s*255,\s*0\))", re.I
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)


def read(text: str) -> Layout:
    """Blocks and line breaks as lines, tables as cells, blanks run together as a browser would."""
    walk = _Walk()
    # Conditional comments and XML declarations confuse the parser: a str with an encoding declaration is refused.
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", text[:CHARACTERS].replace("\0", ""))
    if source.strip():
        try:
            root = lxml_html.document_fromstring(source)
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            return layout_of([], mail=True)
        walk.enter(root, _State(), 0)
    walk.line()
    return layout_of(walk.parts, mail=True)


class _State:
    """What holds for the text of an element: its cell and its marks."""

    __slots__ = ("bold", "cell", "marked", "struck", "underlined")

    def __init__(self, cell: Cell | None = None) -> None:
        self.cell = cell
        self.struck = self.marked = self.bold = self.underlined = False

    def inside(self, element: Element, tag: str) -> _State:
        style = (element.get("style") or "")[:STYLE]
        state = _State(self.cell)
        state.struck = self.struck or tag in _STRUCK or bool(style and _STRUCK_STYLE.search(style))
        state.bold = self.bold or tag in ("b", "strong")
        state.underlined = self.underlined or tag == "u"
        marked = self.marked or tag == "mark" or bool(style and _MARKED_STYLE.search(style))
        state.marked = marked or (state.bold and state.underlined)
        return state


class _Walk:
    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._text: list[str] = []
        self._struck: list[Span] = []
        self._marked: list[Span] = []
        self._stressed: list[Span] = []
        self._length = 0
        self._cell: Cell | None = None
        self._tables = 0

    def enter(self, element: Element, state: _State, depth: int) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if depth > DEPTH or not tag or tag in _SKIPPED or _HIDDEN_STYLE.search((element.get("style") or "")[:STYLE]):
            return
        if tag == "table":
            self._table(element, state, depth)
            return
        if tag == "input":
            self._input(element, state)
            return
        block = tag in _BLOCKS
        if block or tag == "br":
            self.line()
        inner = state.inside(element, tag)
        self._say(element.text, inner)
        for child in element:
            self.enter(child, inner, depth + 1)
            self._say(child.tail, inner)
        if block:
            self.line()

    def line(self) -> None:
        """Ends the line that is being written."""
        if text := "".join(self._text):
            spans = (tuple(self._struck), tuple(self._marked), tuple(self._stressed))
            self.parts.append(Part(ticks.plain(text), "line", self._cell, *spans))
        self._text, self._struck, self._marked, self._stressed, self._length = [], [], [], [], 0

    def _say(self, text: str | None, state: _State) -> None:
        if not text:
            return
        said = _SPACE.sub(" ", text)
        if not self._text or self._text[-1].endswith((" ", "\xa0")):
            said = said.lstrip(" ")
        said = said.replace("\xa0", " ")
        if not said:
            return
        self._cell = state.cell
        span = (self._length, self._length + len(said))
        self._text.append(said)
        self._length = span[1]
        if state.struck:
            self._struck.append(span)
        if state.marked:
            self._marked.append(span)
        if state.bold or state.underlined:
            self._stressed.append(span)

    def _input(self, element: Element, state: _State) -> None:
        if element.get("type") in ("checkbox", "radio"):
            self._say("☒" if element.get("checked") is not None else "☐", state)
        elif element.get("type") in (None, "text", "email", "tel", "date"):
            self._say(element.get("value"), state)

    def _table(self, table: Element, state: _State, depth: int) -> None:
        self.line()
        self._tables += 1
        number, taken = self._tables, set[tuple[int, int]]()
        for row, tr in enumerate(_rows(table)):
            col = 0
            for td in tr:
                if td.tag not in ("td", "th"):
                    continue
                while (row, col) in taken:
                    col += 1
                across, down = _span(td, "colspan"), _span(td, "rowspan")
                if len(taken) < TAKEN:
                    taken |= {(row + r, col + c) for r in range(min(down, 100)) for c in range(across)}
                self._cell_of(td, Cell(number, row, col, across), state, depth)
                col += across

    def _cell_of(self, td: Element, cell: Cell, state: _State, depth: int) -> None:
        first = len(self.parts)
        inner = state.inside(td, "td")
        inner.cell = cell
        self._say(td.text, inner)
        for child in td:
            self.enter(child, inner, depth + 2)
            self._say(child.tail, inner)
        self.line()
        if len(self.parts) == first:
            self.parts.append(Part("", cell=cell))
        self.parts[first] = replace(self.parts[first], after="cell")


def _rows(table: Element) -> list[Element]:
    return [tr for child in table for tr in ([child] if child.tag == "tr" else child) if tr.tag == "tr"]


def _span(td: Element, name: str) -> int:
    value = td.get(name) or "1"
    return max(1, min(int(value), 63)) if value.isdigit() and len(value) < 4 else 1
