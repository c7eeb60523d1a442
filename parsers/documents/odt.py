"""OpenDocument text (ISO/IEC 26300, OASIS ODF 1.3): content.xml walked once.

What is not known is simply entered; deleted text (kept aside in `text:tracked-changes`), notes, comments and
placeholders are skipped."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from parsers.documents import package
from parsers.documents.layout import EMPTY, LOCKED, PARTS, TICKED, Cell, Layout, Part, Unreadable, close_cell, layout_of
from parsers.documents.line import Line
from parsers.documents.odt_styles import DRAW, FORM, LOEXT, OFFICE, STYLED, TABLE, TEXT, Marks, Styles

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DEPTH = 100
_MOST_COLUMNS = 63
_MOST_BLANKS = 100

_FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_SKIPPED = {f"{TEXT}{name}" for name in ("tracked-changes", "note", "placeholder", "ruby-text", "label", "hidden-text")}
_SKIPPED |= {f"{OFFICE}{name}" for name in ("annotation", "forms", "scripts", "event-listeners")}
_SKIPPED |= {f"{_SVG}title", f"{_SVG}desc", f"{STYLED}header", f"{TABLE}title", f"{TABLE}desc"}
_BOXES = {f"{DRAW}{name}" for name in ("text-box", "custom-shape", "rect", "ellipse")}
_MANIFEST = "META-INF/manifest.xml"
_SPACE = re.compile(r"[ \t\r\n]+")
_PARAGRAPHS = f"{TEXT}h", f"{TEXT}p"


def read(data: bytes) -> Layout:
    """The layout of an .odt or .ott."""
    return read_package(package.open_package(data))


def read_package(opened: zipfile.ZipFile) -> Layout:
    """The same, of one that is open already."""
    names = opened.namelist()
    if _MANIFEST in names and b"encryption-data" in package.part(opened, _MANIFEST):
        raise Unreadable(LOCKED)
    root = package.xml(package.part(opened, "content.xml"))
    roots = [root]
    if "styles.xml" in names:
        roots.insert(0, package.xml(package.part(opened, "styles.xml")))
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise Unreadable("The file is no OpenDocument text, though its name may say so. A person must look at it.")
    walk = _Walk(Styles(roots), _controls(body))
    walk.block(body, None, 0)
    return layout_of(walk.parts)


def _controls(body: Element) -> dict[str, str]:
    """What form controls hold (`office:forms`), by the id that a `draw:control` names."""
    held: dict[str, str] = {}
    for control in body.iterfind(f"{OFFICE}forms//*"):
        name = control.get(f"{FORM}id") or control.get("{http://www.w3.org/XML/1998/namespace}id")
        if name is None:
            continue
        if control.tag in (f"{FORM}checkbox", f"{FORM}radio"):
            state = control.get(f"{FORM}current-state") or control.get(f"{FORM}current-selected")
            held[name] = TICKED if state in ("checked", "true") else EMPTY
        else:
            held[name] = control.get(f"{FORM}current-value", "")
    return held


class _Walk:
    """The parts found so far, in the order of the document."""

    def __init__(self, styles: Styles, controls: dict[str, str]) -> None:
        self.parts: list[Part] = []
        self.styles, self.controls = styles, controls
        self._tables = 0

    def block(self, element: Element, cell: Cell | None, depth: int) -> None:
        _not_too_deep(depth)
        for child in element:
            if len(self.parts) > PARTS:
                return
            tag = child.tag
            if tag in _PARAGRAPHS:
                self._paragraph(child, cell, depth)
            elif tag == f"{TABLE}table":
                self._table(child, depth)
            elif tag not in _SKIPPED:
                self.block(child, cell, depth + 1)

    def _paragraph(self, paragraph: Element, cell: Cell | None, depth: int) -> None:
        writing = _Paragraph(self.styles, self.controls)
        writing.enter(paragraph, self.styles.of("paragraph", paragraph), depth)
        self.parts += writing.line.parts(cell)
        for box in writing.boxes:
            self.block(box, cell, depth + 1)

    def _table(self, table: Element, depth: int) -> None:
        self._tables += 1
        number = self._tables
        for row, cells in enumerate(_rows(table, depth)):
            self._row(cells, number, row, depth)

    def _row(self, cells: Element, number: int, row: int, depth: int) -> None:
        """A cell that is covered from above is an empty one, as in Word; one covered from the left is none."""
        col = free = 0
        for td in cells:
            repeated = _count(td.get(f"{TABLE}number-columns-repeated"), _MOST_COLUMNS)
            if td.tag == f"{TABLE}table-cell":
                span = _count(td.get(f"{TABLE}number-columns-spanned"), _MOST_COLUMNS)
                for n in range(repeated):
                    self._cell(td, Cell(number, row, col + n, span), depth)
                free = col + repeated - 1 + span
            elif td.tag != f"{TABLE}covered-table-cell":
                continue
            elif col >= free:
                self.parts += [Part("", "cell", Cell(number, row, col + n)) for n in range(repeated)]
            col += repeated

    def _cell(self, td: Element, cell: Cell, depth: int) -> None:
        inside = len(self.parts)
        self.block(td, cell, depth + 1)
        close_cell(self.parts, inside, cell)


class _Paragraph:
    """One paragraph; text boxes anchored in it are kept for after it."""

    def __init__(self, styles: Styles, controls: dict[str, str]) -> None:
        self.line = Line()
        self.boxes: list[Element] = []
        self._styles, self._controls = styles, controls
        self._blank = True

    def enter(self, element: Element, marks: Marks, depth: int) -> None:
        _not_too_deep(depth)
        self._text(element.text, marks)
        for child in element:
            if child.tag not in _SKIPPED:
                self._inline(child, marks, depth)
            self._text(child.tail, marks)

    def _inline(self, child: Element, marks: Marks, depth: int) -> None:
        tag = child.tag
        if tag == f"{TEXT}span":
            self.enter(child, marks.under(self._styles.of("text", child)), depth + 1)
        elif tag == f"{TEXT}tab":
            self.line.gap()
            self._blank = True
        elif tag == f"{TEXT}line-break":
            self.line.say("\n")
            self._blank = True
        elif tag == f"{TEXT}s":
            self._say(" " * _count(child.get(f"{TEXT}c"), _MOST_BLANKS), marks)
        elif tag in _BOXES:
            self.boxes.append(child)
        elif (box := self._box(child)) is not None:
            self._say(box, marks)
        elif child.get(f"{LOEXT}showing-place-holder") != "true":
            self.enter(child, marks, depth + 1)

    def _box(self, child: Element) -> str | None:
        """What a check box or a form control says; None where the element is none."""
        if child.tag == f"{DRAW}control":
            return self._controls.get(child.get(f"{DRAW}control", ""), "")
        if child.tag == f"{LOEXT}content-control" and child.get(f"{LOEXT}checkbox") == "true":
            return TICKED if child.get(f"{LOEXT}checked") == "true" else EMPTY
        if child.tag == f"{_FIELD}fieldmark" and child.get(f"{_FIELD}type", "").endswith("FORMCHECKBOX"):
            held = {p.get(f"{_FIELD}name", ""): p.get(f"{_FIELD}value") for p in child.iterfind(f"{_FIELD}param")}
            return TICKED if held.get("Checkbox_Checked") in ("true", "1") else EMPTY
        if child.tag == f"{_FIELD}fieldmark" and child.get(f"{_FIELD}type", "").endswith("FORMDROPDOWN"):
            return _chosen(child)
        return None

    def _text(self, text: str | None, marks: Marks) -> None:
        """White space runs together, and is none at the start of a line (ODF 1.3, part 3, 6.1.2)."""
        if not text:
            return
        said = _SPACE.sub(" ", text)
        self._say(said.lstrip(" ") if self._blank else said, marks)

    def _say(self, text: str, marks: Marks) -> None:
        if text and not marks.hidden:
            self.line.say_in(marks, text)
            self._blank = text.endswith(" ")


def _chosen(field: Element) -> str:
    entries = [
        p.get(f"{_FIELD}value", "")
        for p in field.iterfind(f"{_FIELD}param")
        if p.get(f"{_FIELD}name", "").startswith("Dropdown_ListEntry")
    ]
    number = next(
        (p.get(f"{_FIELD}value", "") for p in field.iterfind(f"{_FIELD}param")
         if p.get(f"{_FIELD}name") in ("Dropdown_Selected", "Dropdown_SelectedEntry")), "",
    )  # fmt: skip
    return entries[int(number)] if number.isdigit() and len(number) < 4 and int(number) < len(entries) else ""


def _rows(table: Element, depth: int) -> list[Element]:
    _not_too_deep(depth)
    rows: list[Element] = []
    for child in table:
        if child.tag == f"{TABLE}table-row":
            rows.append(child)
        elif child.tag in (f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            rows += _rows(child, depth + 1)
    return rows


def _count(value: str | None, most: int) -> int:
    return max(1, min(int(value), most)) if value and value.isascii() and value.isdigit() and len(value) < 9 else 1


def _not_too_deep(depth: int) -> None:
    if depth > DEPTH:
        raise Unreadable("The document is nested deeper than any form. A person must look at it.")
