"""A layout printed in a font that has one sign for several letters, and says so: as LibreOffice prints Carlito, and
Word Calibri, a ligature in the file's map from signs to letters is its letters, all at one and the same place."""

from __future__ import annotations

import io
from importlib.resources import files

import pikepdf
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from parsers.documents.layout import Layout
from tests.forms.kinds.printed import Printer

SIGNS = {"ffi": "\ufb03", "ffl": "\ufb04", "ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02", "tt": "\ufb06"}
"""The longest first. The font has no tt, as Carlito has; its st, as wide, stands for it, and only looks otherwise."""

_FACE = "Noto Sans"

pdfmetrics.registerFont(TTFont(_FACE, str(files("fontpkg_noto_sans") / "files" / "NotoSans[wdth,wght].ttf")))


def ligatures(layout: Layout) -> bytes:
    """The layout on A4 pages."""
    with pikepdf.open(io.BytesIO(Printer(face=_FACE, signs=SIGNS).printed(layout))) as document:
        for one in document.objects:
            if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one:
                one.ToUnicode.write(_told(one.ToUnicode.read_bytes()))
        data = io.BytesIO()
        document.save(data)
    return data.getvalue()


def _told(said: bytes) -> bytes:
    """A map from signs to letters that gives for a ligature what it stands for, not its own code (ISO 32000-1,
    9.10.3: a sign may stand for several letters)."""
    for letters, sign in SIGNS.items():
        said = said.replace(_code(sign), _code(letters))
    return said


def _code(text: str) -> bytes:
    return b"<" + text.encode("utf-16-be").hex().upper().encode() + b">"
