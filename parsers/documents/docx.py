"""Word documents (ISO/IEC 29500): the main part's XML walked once.

Content controls may stand around blocks, runs, rows and cells, so every element that is not known is simply entered;
deleted text is skipped, inserted text kept; of alternate contents only the choice is read, as the fallback says the
same again."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from parsers.documents import package, ticks
from parsers.documents.layout import EMPTY, TICKED, Cell, Layout, Part, Unreadable, close_cell, layout_of
from parsers.documents.line import Line

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DEPTH = 100

_VAL = f"{W}val"
_SKIPPED_NAMES = ("del", "moveFrom", "instrText", "delText", "pPr", "tblPr", "tblGrid", "trPr", "sdtEndPr",
                  "footnoteReference", "commentReference")  # fmt: skip
_SKIPPED = {f"{W}{name}" for name in _SKIPPED_NAMES} | {f"{MC}Fallback"}
_BREAKS = {f"{W}br", f"{W}cr"}


def read(data: bytes) -> Layout:
    """The layout of a .docx or .docm."""
    opened = package.open_package(data)
    raw = package.part(opened, _main_part(opened))
    root = package.xml(raw.replace(_STRICT[1:-1].encode(), W[1:-1].encode()))
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


def _on(element: Element | None) -> bool:
    """A switch of WordprocessingML: present means on, unless its value says off."""
    return element is not None and element.get(_VAL, "1") not in ("0", "false", "off", "none")


class _Walk:
    """The parts found so far, in the order of the document."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._tables = 0

    def block(self, element: Element, cell: Cell | None, depth: int) -> None:
        if depth > DEPTH:
            raise Unreadable("The document is nested deeper than any form. A person must look at it.")
        for child in element:
            tag = child.tag
            if tag == f"{W}p":
                self._paragraph(child, cell, depth)
            elif tag == f"{W}tbl":
                self._table(child, depth)
            elif tag not in _SKIPPED:
                self.block(child, cell, depth + 1)

    def _table(self, table: Element, depth: int) -> None:
        self._tables += 1
        number = self._tables
        for row, cells in enumerate(_within(table, f"{W}tr", f"{W}tbl")):
            col = 0
            for td in _within(cells, f"{W}tc", f"{W}tbl"):
                grid = td.find(f"{W}tcPr/{W}gridSpan")
                span = _count(grid.get(_VAL)) if grid is not None else 1
                self._cell(td, Cell(number, row, col, span), depth)
                col += span

    def _cell(self, td: Element, cell: Cell, depth: int) -> None:
        inside = len(self.parts)
        self.block(td, cell, depth + 1)
        close_cell(self.parts, inside, cell)

    def _paragraph(self, paragraph: Element, cell: Cell | None, depth: int) -> None:
        writing = _Paragraph()
        boxes: list[Element] = []
        writing.runs(paragraph, boxes, depth)
        self.parts += writing.line.parts(cell)
        for box in boxes:
            self.block(box, cell, depth + 1)


def _within(element: Element, tag: str, stop: str) -> Iterator[Element]:
    """The nearest descendants with that tag, through content controls, but not into an inner table."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag != stop and child.tag not in _SKIPPED:
            yield from _within(child, tag, stop)


def _count(value: str | None) -> int:
    return max(1, min(int(value), 63)) if value and value.isdigit() else 1


class _Paragraph:
    """One paragraph; text boxes anchored in it are kept for after it."""

    def __init__(self) -> None:
        self.line = Line()

    def runs(self, element: Element, boxes: list[Element], depth: int) -> None:
        if depth > DEPTH:
            raise Unreadable("The document is nested deeper than any form. A person must look at it.")
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, boxes)
            elif tag == f"{W}sdt":
                self._control(child, boxes, depth)
            elif tag not in _SKIPPED:
                self.runs(child, boxes, depth + 1)

    def _control(self, control: Element, boxes: list[Element], depth: int) -> None:
        checked = control.find(f"{W}sdtPr/{W14}checkbox/{W14}checked")
        if control.find(f"{W}sdtPr/{W14}checkbox") is not None:
            on = checked is not None and checked.get(f"{W14}val", "1") in ("1", "true", "on")
            self.line.say(TICKED if on else EMPTY)
        elif not _on(control.find(f"{W}sdtPr/{W}showingPlcHdr")):
            self.runs(control, boxes, depth + 1)

    def _run(self, run: Element, boxes: list[Element]) -> None:
        style = run.find(f"{W}rPr")
        struck = marked = False
        if style is not None:
            if _on(style.find(f"{W}vanish")):
                return
            struck = _on(style.find(f"{W}strike")) or _on(style.find(f"{W}dstrike"))
            marked = _marked(style)
        for child in run.iterchildren():
            self._inline(child, struck, marked, boxes)

    def _inline(self, child: Element, struck: bool, marked: bool, boxes: list[Element]) -> None:
        tag = child.tag
        if tag == f"{W}t":
            self.line.say(child.text or "", struck, marked)
        elif tag in (f"{W}tab", f"{W}ptab"):
            self.line.gap()
        elif tag in _BREAKS:
            self.line.say("\n")
        elif tag == f"{W}noBreakHyphen":
            self.line.say("-", struck, marked)
        elif tag == f"{W}sym":
            code = child.get(f"{W}char", "")
            self.line.say(ticks.symbol(child.get(f"{W}font", ""), int(code, 16) if _hex(code) else 0), struck, marked)
        elif tag == f"{W}fldChar":
            self._form_field(child)
        elif tag in (f"{MC}AlternateContent", f"{W}drawing", f"{W}pict", f"{W}object"):
            boxes.extend(_text_boxes(child))

    def _form_field(self, mark: Element) -> None:
        """Legacy form fields (`ffData`): a check box says its state, a drop-down its entry; the text of a text input
        stands in the runs that follow."""
        if (box := mark.find(f"{W}ffData/{W}checkBox")) is not None:
            state = box.find(f"{W}checked")
            self.line.say(TICKED if _on(state if state is not None else box.find(f"{W}default")) else EMPTY)
        if (drop := mark.find(f"{W}ffData/{W}ddList")) is not None:
            entries = [e.get(_VAL, "") for e in drop.findall(f"{W}listEntry")]
            chosen = drop.find(f"{W}result")
            number = chosen.get(_VAL, "") if chosen is not None else ""
            if number.isdigit() and int(number) < len(entries):
                self.line.say(entries[int(number)])


def _hex(code: str) -> bool:
    return 0 < len(code) <= 6 and all(c in "0123456789abcdefABCDEF" for c in code)


def _marked(style: Element) -> bool:
    if _on(style.find(f"{W}highlight")):
        return True
    border = style.find(f"{W}bdr")
    if border is not None and border.get(_VAL) not in (None, "none", "nil"):
        return True
    return _on(style.find(f"{W}b")) and _on(style.find(f"{W}u"))


def _text_boxes(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag not in _SKIPPED:
            yield from _text_boxes(child)
