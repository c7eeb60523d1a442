"""Form fields of a PDF (AcroForm): their values as characters at the place of the field, so that they are read as
print. What a viewer draws of a field may be cut off; its value is whole."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator

import pypdfium2.raw as raw

from parsers.documents import pdf_xfa
from parsers.documents.layout import EMPTY, TICKED
from parsers.documents.pdf_page import Glyph

WIDGETS = 2_000
VALUE = 5_000
"""Characters of one value that are read."""
LONGEST = 1_000_000
"""Bytes of a longer one are not asked for."""

_TYPED = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
_BOXES = (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON)
_LINE = 16.0
"""Points: a field up to twice as high holds one line."""


def take(
    form: raw.FPDF_FORMHANDLE, page: raw.FPDF_PAGE, height: float, data: dict[pdf_xfa.Path, list[str]]
) -> list[Glyph]:
    """The values of the page's fields; the fields themselves are taken off the page, so that nothing is read twice.
    A line that is filled in ends with a blank as wide as the field, by which one can tell what it covers. `data` is the
    data set of an XFA form beside."""
    glyphs: list[Glyph] = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), WIDGETS) - 1, -1, -1):
        widget = raw.FPDFPage_GetAnnot(page, index)
        if not widget:
            continue
        try:
            is_field = raw.FPDFAnnot_GetSubtype(widget) == raw.FPDF_ANNOT_WIDGET
            if is_field:
                glyphs += _value(form, widget, height, data)
        finally:
            raw.FPDFPage_CloseAnnot(widget)
        if is_field:
            raw.FPDFPage_RemoveAnnot(page, index)
    return glyphs


def _value(
    form: raw.FPDF_FORMHANDLE, widget: raw.FPDF_ANNOTATION, height: float, data: dict[pdf_xfa.Path, list[str]]
) -> Iterator[Glyph]:
    box = raw.FS_RECTF()
    if not raw.FPDFAnnot_GetRect(widget, box):
        return
    kind = raw.FPDFAnnot_GetFormFieldType(form, widget)
    top, bottom = height - max(box.top, box.bottom), height - min(box.top, box.bottom)
    beside = pdf_xfa.value(data, _string(raw.FPDFAnnot_GetFormFieldName, form, widget)) if data else ""
    if kind in _BOXES:
        mark = TICKED if raw.FPDFAnnot_IsChecked(form, widget) or pdf_xfa.is_on(beside) else EMPTY
        yield Glyph(mark, box.left, box.right, bottom - (bottom - top) * 0.2, bottom - top, max(bottom - top, 6))
    elif kind in _TYPED:
        yield from _typed(
            pdf_xfa.agreed(_text(form, widget), beside), box.left + 2, box.right, top, bottom, _flows(form, widget)
        )


def _text(form: raw.FPDF_FORMHANDLE, widget: raw.FPDF_ANNOTATION) -> str:
    told = _string(raw.FPDFAnnot_GetFormFieldValue, form, widget)
    return told.replace("\r\n", "\n").replace("\r", "\n")[:VALUE]


def _string(call: Callable[..., int], form: raw.FPDF_FORMHANDLE, widget: raw.FPDF_ANNOTATION) -> str:
    """What pdfium tells in UTF-16: first how long it is, then the text."""
    length = call(form, widget, None, 0)
    if not 2 < length <= LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(length)
    call(form, widget, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
    return buffer.raw.decode("utf-16-le", "ignore").rstrip("\0")


def _flows(form: raw.FPDF_FORMHANDLE, widget: raw.FPDF_ANNOTATION) -> bool:
    """Whether a field holds several lines: the first one then stands at its top."""
    return bool(raw.FPDFAnnot_GetFormFieldFlags(form, widget) & raw.FPDF_FORMFLAG_TEXT_MULTILINE)


def _typed(text: str, left: float, right: float, top: float, bottom: float, flows: bool) -> Iterator[Glyph]:
    """Characters squeezed into the width of the field; lines shared out over its height."""
    lines = text.split("\n")
    tall = bottom - top
    step = tall / len(lines)
    for number, line in enumerate(lines):
        base = (
            bottom - tall * 0.25
            if tall < 2 * _LINE and len(lines) == 1 and not flows
            else top + min(step, _LINE) * (number + 0.75)
        )
        size = min(10.0, step)
        room = min((right - left) / max(len(line), 1), size * 0.5)
        at = left
        for character in line:
            yield Glyph(character, at, at + room, base, size, size)
            at += room * 0.5 if character == " " else room
        yield Glyph(" ", left, right, base, size, size)
