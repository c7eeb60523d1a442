"""Word documents (ISO/IEC 29500): the main part's XML walked once.

Content controls may stand around blocks, runs, rows and cells, so every element that is not known is simply entered;
deleted text is skipped, inserted text kept; of alternate contents only the choice is read, as the fallback says the
same again."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.documents import docx_boxes, docx_controls, package, ticks
from parsers.documents.docx_names import MC, SKIPPED, STRICT, VAL, W, on
from parsers.documents.layout import EMPTY, TICKED, Cell, Layout, Part, Unreadable, close_cell, layout_of
from parsers.documents.line import Line, bright

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DEPTH = 100
_BREAKS = {f"{W}br", f"{W}cr"}
_TABS = {f"{W}tab", f"{W}ptab"}
_DRAWN = {f"{MC}AlternateContent", f"{W}drawing", f"{W}pict", f"{W}object"}
_MARK_DELETED, _ROW_DELETED, _SPAN = f"{W}pPr/{W}rPr/{W}del", f"{W}trPr/{W}del", f"{W}tcPr/{W}gridSpan"
_TR, _TC = f"{W}tr", f"{W}tc"
_P, _TBL, _R, _LOOK, _VANISH, _STRIKE, _DSTRIKE, _BOLD, _UNDER, _T, _HIGHLIGHT, _BORDER, _SHADE, _COLOUR = (
    W + name
    for name in (
        "p",
        "tbl",
        "r",
        "rPr",
        "vanish",
        "strike",
        "dstrike",
        "b",
        "u",
        "t",
        "highlight",
        "bdr",
        "shd",
        "color",
    )
)
"""Names that every element is compared with: made once."""


def read(data: bytes) -> Layout:
    """The layout of a .docx or .docm."""
    return read_package(package.open_package(data))


def read_package(opened: zipfile.ZipFile) -> Layout:
    """The same, of one that is open already."""
    raw = package.part(opened, _main_part(opened))
    root = package.xml(raw.replace(STRICT[1:-1].encode(), W[1:-1].encode()))
    docx_controls.settle(root)
    walk = _Walk()
    walk.block(root, None, 0)
    return layout_of(walk.parts)


def _main_part(opened: zipfile.ZipFile) -> str:
    names = opened.namelist()
    if "word/document.xml" in names:
        return "word/document.xml"
    for name in names:
        if name.startswith("word/document") and name.endswith(".xml"):
            return name
    raise Unreadable("The file is no Word document, though its name may say so. A person must look at it.")


class _Walk:
    """The parts found so far, in the order of the document."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._tables = 0
        self._writing: _Paragraph | None = None

    def block(self, element: Element, cell: Cell | None, depth: int) -> None:
        if depth > DEPTH:
            raise Unreadable("The document is nested deeper than any form. A person must look at it.")
        for child in element:
            tag = child.tag
            if tag == _P:
                self._paragraph(child, cell, depth)
            elif tag == _TBL:
                self._table(child, depth)
            elif tag not in SKIPPED:
                self.block(child, cell, depth + 1)
        self._end_paragraph(cell, depth)

    def _table(self, table: Element, depth: int) -> None:
        self._tables += 1
        number = self._tables
        rows = (row for row in _within(table, _TR, _TBL) if row.find(_ROW_DELETED) is None)
        for row, cells in enumerate(rows):
            col = 0
            for td in _within(cells, _TC, _TBL):
                grid = td.find(_SPAN)
                span = _count(grid.get(VAL)) if grid is not None else 1
                self._cell(td, Cell(number, row, col, span), depth)
                col += span

    def _cell(self, td: Element, cell: Cell, depth: int) -> None:
        inside = len(self.parts)
        self.block(td, cell, depth + 1)
        close_cell(self.parts, inside, cell)

    def _paragraph(self, paragraph: Element, cell: Cell | None, depth: int) -> None:
        """A paragraph whose mark is deleted goes on in the next one."""
        self._writing = self._writing or _Paragraph()
        self._writing.runs(paragraph, depth)
        if paragraph.find(_MARK_DELETED) is None:
            self._end_paragraph(cell, depth)

    def _end_paragraph(self, cell: Cell | None, depth: int) -> None:
        writing, self._writing = self._writing, None
        if writing is None:
            return
        self.parts += writing.line.parts(cell)
        if not writing.boxes:
            return
        # A box that was drawn beside words, or beside another box, may belong anywhere near.
        floating = len(writing.boxes) > 1 or not writing.line.blank
        for box in docx_boxes.from_the_top(writing.boxes):
            inside = len(self.parts)
            self.block(box, cell, depth + 1)
            if floating:
                self.parts[inside:] = [replace(part, floating=True) for part in self.parts[inside:]]


def _within(element: Element, tag: str, stop: str) -> Iterator[Element]:
    """The nearest descendants with that tag, through content controls, but not into an inner table."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag != stop and child.tag not in SKIPPED:
            yield from _within(child, tag, stop)


def _count(value: str | None) -> int:
    return max(1, min(int(value), 63)) if value and value.isdigit() else 1


class _Paragraph:
    """One paragraph; text boxes anchored in it that are no value in its line are kept for after it."""

    def __init__(self) -> None:
        self.line = Line()
        self.boxes: list[Element] = []

    def runs(self, element: Element, depth: int) -> None:
        if depth > DEPTH:
            raise Unreadable("The document is nested deeper than any form. A person must look at it.")
        for child in element:
            tag = child.tag
            if tag == _R:
                self._run(child)
            elif tag not in SKIPPED:
                self.runs(child, depth + 1)

    def _run(self, run: Element) -> None:
        style = run.find(_LOOK)
        struck = marked = stressed = False
        if style is not None:
            if on(style.find(_VANISH)):
                return
            struck = on(style.find(_STRIKE)) or on(style.find(_DSTRIKE))
            marked, stressed = _marked(style), on(style.find(_BOLD)) or on(style.find(_UNDER))
        for child in run.iterchildren():
            self._inline(child, struck, marked, stressed)

    def _inline(self, child: Element, *look: bool) -> None:
        tag = child.tag
        if tag == _T:
            self.line.say(child.text or "", *look)
        elif tag in _TABS:
            self.line.gap()
        elif tag in _BREAKS:
            self.line.say("\n")
        elif tag == f"{W}noBreakHyphen":
            self.line.say("-", *look)
        elif tag == f"{W}sym":
            code = child.get(f"{W}char", "")
            self.line.say(ticks.symbol(child.get(f"{W}font", ""), int(code, 16) if _hex(code) else 0), *look)
        elif tag == f"{W}fldChar":
            self._form_field(child)
        elif tag in _DRAWN:
            for box in docx_boxes.boxes_in(child):
                self._box(box)

    def _box(self, box: Element) -> None:
        """A box with a short text stands for a value behind words, or where its paragraph has none of its own."""
        beside = docx_boxes.has_words(box)
        here = not self.line.blank if beside else self.line.fresh
        if not here or not docx_boxes.is_value(box):
            self.boxes.append(box)
            return
        inner = _Paragraph()
        for number, paragraph in enumerate(box.iter(_P)):
            inner.line.say("\n" if number else " ")
            inner.runs(paragraph, 0)
        for part in inner.line.parts():
            self.line.say(part.text + " ")

    def _form_field(self, mark: Element) -> None:
        """Legacy form fields (`ffData`): a check box says its state, a drop-down its entry; the text of a text input
        stands in the runs that follow."""
        if (box := mark.find(f"{W}ffData/{W}checkBox")) is not None:
            state = box.find(f"{W}checked")
            self.line.say(TICKED if on(state if state is not None else box.find(f"{W}default")) else EMPTY)
        if (drop := mark.find(f"{W}ffData/{W}ddList")) is not None:
            entries = [e.get(VAL, "") for e in drop.findall(f"{W}listEntry")]
            chosen = drop.find(f"{W}result")
            number = chosen.get(VAL, "") if chosen is not None else ""
            if number.isdigit() and int(number) < len(entries):
                self.line.say(entries[int(number)])


def _hex(code: str) -> bool:
    return 0 < len(code) <= 6 and all(c in "0123456789abcdefABCDEF" for c in code)


def _marked(style: Element) -> bool:
    """Whether a word stands out: highlighted, ringed, bold and underlined, or in a bright colour."""
    if on(style.find(_HIGHLIGHT)) or (on(style.find(_BOLD)) and on(style.find(_UNDER))):
        return True
    border = style.find(_BORDER)
    if border is not None and border.get(VAL) not in (None, "none", "nil"):
        return True
    shade, ink = style.find(_SHADE), style.find(_COLOUR)
    return _bright(shade.get(f"{W}fill") if shade is not None else "") or _bright(
        ink.get(VAL) if ink is not None else ""
    )


def _bright(colour: str | None) -> bool:
    if not colour or len(colour) != 6 or not _hex(colour):
        return False
    return bright(int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16))
