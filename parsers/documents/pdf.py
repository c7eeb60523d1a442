"""PDF files that hold text, by pdfium's raw calls: characters and rules of each page, put back into lines and cells.

pdfium is not safe for threads, so one document is read at a time."""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import count
from threading import Lock

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.documents import pdf_boxes, pdf_xfa, text, ticks
from parsers.documents.layout import EMPTY, LOCKED, TICKED, Layout, Unreadable, layout_of
from parsers.documents.pdf_fields import WIDGETS, take
from parsers.documents.pdf_page import Glyph, Page, Rule, Shape, once
from parsers.documents.pdf_parts import parts_of

PAGES = 40
GLYPHS = 60_000
OBJECTS = 20_000
NESTED = 6
COVER = 8.0
"""Points: a blank as wide as this is the ground of a field (see pdf_fields), not one between words."""

_DIGIT = 0.6
"""Of its height: how wide a digit's place is at least."""

_BLANK, _SEEN = 32, 0.12
"""The code of a blank; of the size of type, how much paper shows at least where one stands."""

_XFA = (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND)
logging.getLogger("pypdfium2").setLevel(logging.ERROR)  # It warns of XFA, of which it reads the fields all the same.

LOCK = Lock()
_DAMAGED = "The PDF is damaged and cannot be opened. Ask the sender to save it again and send it anew."
_MANY = "The PDF holds far more than a form. A person must look at it."
_EMPTY = "The PDF holds no text and no picture of a page. A person must look at it."
_LONG = f"The PDF has more than {PAGES} pages, so it is no form. A person must look at it."


def read(data: bytes) -> Layout:
    """The layout of a PDF; form fields are first made part of the page."""
    with LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            locked = "password" in str(error).lower() or getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
            if locked:
                raise Unreadable(LOCKED) from error
            return _second_try(data)
        try:
            return _read(document)
        finally:
            document.close()


def _second_try(data: bytes) -> Layout:
    """What pdfium cannot open, pdfplumber sometimes can: its parser looks for objects where the index is broken. Lines
    of text alone, without cells or ticks."""
    import pdfplumber

    try:
        with pdfplumber.open(BytesIO(data)) as document:
            lines = [page.extract_text() or "" for page in document.pages[:PAGES]]
    except Exception as error:  # pdfminer raises whatever its parser meets; the sentence for the clerk is the same
        raise Unreadable(_DAMAGED) from error
    found = "\n".join(lines)
    if len(found.strip()) < 20:
        raise Unreadable(_DAMAGED)
    return text.read(found[:GLYPHS])


def _read(document: pdfium.PdfDocument) -> Layout:
    if len(document) > PAGES:
        raise Unreadable(_LONG)
    kind = document.get_formtype()
    if kind != raw.FORMTYPE_NONE:
        document.init_forms()
    data = pdf_xfa.values(document.raw) if kind in _XFA else {}
    pages: list[Page] = []
    glyphs = 0
    for number in range(len(document)):
        try:
            pages.append(_page(document, number, data))
        except pdfium.PdfiumError as error:
            raise Unreadable(_DAMAGED) from error
        glyphs += len(pages[-1].glyphs)
        if glyphs > GLYPHS:
            raise Unreadable("The PDF holds far more text than a form. A person must look at it.")
    if glyphs < 20:
        raise Unreadable(_EMPTY)
    return layout_of(parts_of(pages))


def _page(document: pdfium.PdfDocument, number: int, data: dict[pdf_xfa.Path, list[str]]) -> Page:
    page = document[number]
    height = page.get_height()
    filled: list[Glyph] = []
    if raw.FPDFPage_GetAnnotCount(page.raw) > WIDGETS:
        raise Unreadable(_MANY)
    if raw.FPDFPage_GetAnnotCount(page.raw):
        if document.formenv is not None:
            filled = take(document.formenv.raw, page.raw, height, data)
        # Text typed onto a page (FreeText) becomes part of it; the page is then loaded anew.
        if raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
            page.close()
            page = document[number]
    try:
        text = page.get_textpage()
        try:
            printed = once(list(_glyphs(text.raw, height)))
            covers = [g for g in filled if g.char in (TICKED, EMPTY) or (g.char == " " and g.right - g.left > COVER)]
            glyphs = [*(g for g in printed if not any(_covers(box, g) for box in covers)), *filled]
        finally:
            text.close()
        rules, glyphs = pdf_boxes.sort(_rules(page.raw, height), glyphs)
        return Page(number + 1, tuple(glyphs), tuple(rules))
    finally:
        page.close()


def _covers(field: Glyph, printed: Glyph) -> bool:
    """Whether a field was laid over what is printed: a check box over a box, a filled line over dots or "Yes / No"."""
    if abs(printed.base - field.base) >= field.tall:
        return False
    middle = (printed.left + printed.right) / 2
    if not field.left - 2 <= middle <= field.right + 2:
        return False
    return field.char == " " or ticks.plain(printed.char) == EMPTY


def _glyphs(text: raw.FPDF_TEXTPAGE, height: float) -> Iterator[Glyph]:
    """Characters in text order, y downwards; of what pdfium itself put in between (blanks, line ends) only the blanks
    that are seen."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    x, y = ctypes.c_double(), ctypes.c_double()
    last: Glyph | None = None
    parted = False
    for index in range(min(raw.FPDFText_CountChars(text), GLYPHS + 1)):
        code = raw.FPDFText_GetUnicode(text, index)
        generated = raw.FPDFText_IsGenerated(text, index) == 1
        if code in (0, 10, 13, 0xFFFE, 0xFFFF) or generated:
            parted = generated and code == _BLANK
            continue
        raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        size = top.value - bottom.value
        # The ink of a 1 ends long before its place does; digits have places of one width.
        place = x.value + size * _DIGIT if 48 <= code <= 57 else 0.0
        glyph = Glyph(
            chr(code),
            min(left.value, x.value),
            max(right.value, place),
            height - y.value,
            size,
            raw.FPDFText_GetFontSize(text, index),
        )
        if parted and last is not None and _apart(last, glyph):
            yield replace(last, char=" ", left=last.right, right=glyph.left)
        yield glyph
        last, parted = glyph, False


def _apart(one: Glyph, two: Glyph) -> bool:
    """Whether a blank that is not among the characters is seen between two: a font's blank is a quarter of its size,
    and an f or a T reaches over half of that. Digits may be set apart and are one number all the same."""
    if one.char.isdigit() and two.char.isdigit():
        return False
    return abs(one.base - two.base) < 1 and two.left - one.right > _SEEN * max(one.size, two.size)


@dataclass(frozen=True, slots=True)
class _Matrix:
    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, m: _Matrix) -> _Matrix:
        """This matrix applied first, then `m`."""
        return _Matrix(
            self.a * m.a + self.b * m.c, self.a * m.b + self.b * m.d, self.c * m.a + self.d * m.c,
            self.c * m.b + self.d * m.d, self.e * m.a + self.f * m.c + m.e, self.e * m.b + self.f * m.d + m.f,
        )  # fmt: skip


def _matrix(item: raw.FPDF_PAGEOBJECT) -> _Matrix:
    m = raw.FS_MATRIX()
    return _Matrix(m.a, m.b, m.c, m.d, m.e, m.f) if raw.FPDFPageObj_GetMatrix(item, m) else _Matrix()


def _rules(page: raw.FPDF_PAGE, height: float) -> Iterator[Rule | Shape]:
    left = count(OBJECTS, -1)
    for index in range(min(raw.FPDFPage_CountObjects(page), OBJECTS)):
        yield from _object(raw.FPDFPage_GetObject(page, index), _Matrix(), height, 0, left)


def _object(
    item: raw.FPDF_PAGEOBJECT, outer: _Matrix, height: float, depth: int, left: Iterator[int]
) -> Iterator[Rule | Shape]:
    """Rules drawn by an object; those in a form object are placed by its matrix. `left` counts down how many objects
    are still looked at."""
    if next(left) < 0:
        raise Unreadable(_MANY)
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        yield from _path(item, outer, height)
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < NESTED:
        inner = _matrix(item).after(outer)
        for index in range(min(raw.FPDFFormObj_CountObjects(item), OBJECTS)):
            yield from _object(raw.FPDFFormObj_GetObject(item, index), inner, height, depth + 1, left)


def _path(item: raw.FPDF_PAGEOBJECT, outer: _Matrix, height: float) -> Iterator[Rule | Shape]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    matrix = _matrix(item).after(outer)
    points = [matrix.point(*p) for p in _points(item)]
    if len(points) < 2:
        return
    xs, ys = [p[0] for p in points], [height - p[1] for p in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    if min(box[2] - box[0], box[3] - box[1]) < 2.5:
        yield Rule(*box)
    elif max(box[2] - box[0], box[3] - box[1]) <= pdf_boxes.MOST:
        yield from _small(item, box, xs, ys, bool(stroke.value))
    elif stroke.value:
        for (x0, y0), (x1, y1) in zip(zip(xs, ys, strict=True), list(zip(xs[1:], ys[1:], strict=True)), strict=False):
            if min(abs(x1 - x0), abs(y1 - y0)) < 1 and max(abs(x1 - x0), abs(y1 - y0)) > 4:
                yield Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    elif fill.value and box[3] - box[1] < 40 and _is_bright(item):
        yield Rule(*box, shade=True)


def _small(
    item: raw.FPDF_PAGEOBJECT, box: tuple[float, float, float, float], xs: list[float], ys: list[float], stroked: bool
) -> Iterator[Shape]:
    """A square along its own edges, or ink; white ground is neither."""
    edges = all(
        min(abs(x - box[0]), abs(x - box[2]), abs(y - box[1]), abs(y - box[3])) < 0.5
        for x, y in zip(xs, ys, strict=True)
    )
    if stroked and edges and len(xs) >= 4 and min(box[2] - box[0], box[3] - box[1]) >= pdf_boxes.LEAST:
        yield Shape(*box, square=True)
    elif stroked or not _is_white(item):
        yield Shape(*box)


def _points(item: raw.FPDF_PAGEOBJECT) -> Iterator[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    first: tuple[float, float] | None = None
    for index in range(min(raw.FPDFPath_CountSegments(item), 400)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        if raw.FPDFPathSegment_GetPoint(segment, x, y):
            here = (x.value, y.value)
            if first is None:
                first = here
            yield here
        if first is not None and raw.FPDFPathSegment_GetClose(segment):
            yield first


def _is_white(item: raw.FPDF_PAGEOBJECT) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return False
    return min(red.value, green.value, blue.value) > 200 or alpha.value == 0


def _is_bright(item: raw.FPDF_PAGEOBJECT) -> bool:
    """A highlighter's colour: neither white nor grey."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return False
    colours = (red.value, green.value, blue.value)
    return max(colours) > 200 and max(colours) - min(colours) > 100
