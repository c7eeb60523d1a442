"""Files that lie within a PDF (ISO 32000-1, 7.11.4): they are named, and not opened."""

from __future__ import annotations

import pypdfium2 as pdfium

from parsers.documents.layout import is_pdf
from parsers.documents.pdf import LOCK

_MARKS = (b"/EmbeddedFile", b"/ObjStm")
"""Written out, or packed with other objects: without either there is none."""
_NAMED = 5


def inside(data: bytes) -> str:
    """What a person is told of the files in a PDF, "" where there are none."""
    names = _names(data) if is_pdf(data) and any(mark in data for mark in _MARKS) else []
    if not names:
        return ""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    what = "A document lies" if len(names) == 1 else "Documents lie"
    return f"{what} inside this one, not opened: {', '.join(names[:_NAMED])}{more}. A person must look."


def _names(data: bytes) -> list[str]:
    with LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError:
            return []  # Why it cannot be opened is the reader's to say.
        try:
            count = document.count_attachments()
            return [document.get_attachment(n).get_name() or "a file without a name" for n in range(count)]
        except pdfium.PdfiumError:
            return ["a file that cannot be told"]
        finally:
            document.close()
