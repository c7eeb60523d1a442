"""PDF forms to fill in (AcroForm): with what a viewer drew, without it, with names that say nothing, flattened, or with
an XFA form beside."""

from __future__ import annotations

import io
from html import escape
from typing import Literal

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from reportlab.lib.utils import simpleSplit

from parsers.documents.layout import Layout
from tests.forms.kinds.printed import Printer, Widget

How = Literal["drawn", "bare", "flat", "xfa"]


def acro(layout: Layout, how: How, *, opaque: bool = True, both: bool = False) -> bytes:
    """The layout printed, its marked values in fields. `opaque`: they are called Text7; `both`: of an XFA form the
    fields hold the values too, not its data set alone."""
    printer = Printer(fields=True)
    with Pdf.open(io.BytesIO(printer.printed(layout))) as pdf:
        names = [f"Text{n}" if opaque else f"{'box' if w.box else 'entry'}.{n}" for n, w in enumerate(printer.widgets)]
        fields = [
            pdf.make_indirect(_field(pdf, widget, _xfa_name(n) if how == "xfa" else names[n], how, both))
            for n, widget in enumerate(printer.widgets)
        ]
        for made, widget in zip(fields, printer.widgets, strict=True):
            page = pdf.pages[widget.page]
            page.Annots = page.get("/Annots", Array())
            page.Annots.append(made)
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        fonts = Dictionary(Helv=pdf.make_indirect(font))
        form = Dictionary(Fields=Array(fields), DA=String("/Helv 9 Tf 0 g"), DR=Dictionary(Font=fonts))
        pdf.Root.AcroForm = pdf.make_indirect(form)
        if how == "bare":
            form.NeedAppearances = True
        if how == "xfa":
            form.XFA = Array([String("template"), Stream(pdf, b"<template/>"), String("datasets"), _data(pdf, printer)])
        if how in ("drawn", "flat"):
            for made, widget in zip(fields, printer.widgets, strict=True):
                if not widget.box:
                    made.AP = Dictionary(N=_text(pdf, widget, fonts))
        if how == "flat":
            pdf.flatten_annotations("all")
            if "/AcroForm" in pdf.Root:
                del pdf.Root.AcroForm
        made_file = io.BytesIO()
        pdf.save(made_file)
        return made_file.getvalue()


def _field(pdf: Pdf, widget: Widget, name: str, how: How, both: bool) -> Dictionary:
    made = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, Rect=Array([round(n, 2) for n in widget.rect]), T=String(name), F=4,
        P=pdf.pages[widget.page].obj,
    )  # fmt: skip
    held = widget.value if how != "xfa" or both else ""
    if widget.box:
        state = Name.Yes if held else Name.Off
        made.FT, made.V, made.AS = Name.Btn, state, state
        made.AP = Dictionary(N=Dictionary(Yes=_cross(pdf, widget)))
        return made
    made.FT, made.Ff = Name.Tx, 4096 if widget.rect[3] - widget.rect[1] > 20 else 0
    made.V, made.DA = String(held.replace("\n", "\r")), String("/Helv 9 Tf 0 g")
    return made


def _cross(pdf: Pdf, widget: Widget) -> Stream:
    """The appearance of a ticked box: a cross of two strokes."""
    wide, tall = widget.rect[2] - widget.rect[0], widget.rect[3] - widget.rect[1]
    drawn = f"q 1 w 2 2 m {wide - 2:.1f} {tall - 2:.1f} l S 2 {tall - 2:.1f} m {wide - 2:.1f} 2 l S Q"
    made = Stream(pdf, drawn.encode())
    made.Type, made.Subtype, made.BBox = Name.XObject, Name.Form, Array([0, 0, wide, tall])
    return made


def _text(pdf: Pdf, widget: Widget, fonts: Dictionary) -> Stream:
    """The appearance of a text field: its lines, broken where the field ends."""
    wide, tall = widget.rect[2] - widget.rect[0], widget.rect[3] - widget.rect[1]
    lines = widget.value.split("\n")
    if tall > 20:
        lines = [line for text in lines for line in simpleSplit(text, "Helvetica", 9, wide - 4)]
    shown = " T* ".join(f"({_escaped(line)}) Tj" for line in lines)
    drawn = f"/Tx BMC q BT /Helv 9 Tf 11 TL 2 {tall - 10:.1f} Td {shown} ET Q EMC"
    made = Stream(pdf, drawn.encode("cp1252", "replace"))
    made.Type, made.Subtype, made.BBox = Name.XObject, Name.Form, Array([0, 0, wide, tall])
    made.Resources = Dictionary(Font=fonts)
    return made


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _xfa_name(number: int) -> str:
    return f"form1[0].#subform[0].Field{number}[0]"


def _data(pdf: Pdf, printer: Printer) -> Stream:
    values = "".join(
        f"<Field{n}>{'1' if w.box and w.value else '0' if w.box else escape(w.value)}</Field{n}>"
        for n, w in enumerate(printer.widgets)
    )
    said = f"<xfa:datasets xmlns:xfa='http://www.xfa.org/schema/xfa-data/1.0/'><xfa:data><form1>{values}</form1>"
    return Stream(pdf, f"{said}</xfa:data></xfa:datasets>".encode())
