"""Which PDFs are pictures: a scan, or a document that shows one. `pdf` reads what holds text."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.documents.pdf import LOCK, PAGES

PICTURE = 0.7
"""Of a page: a picture that covers more is what the page is."""
PART, FEW = 0.25, 4
"""Of a page: a picture that covers more may be a form; in a document of so many pages it is looked at."""


def is_scan(data: bytes) -> bool:
    """Whether its pages are pictures: one that fills the page, though a scanner may have laid invisible words over it.
    What cannot be opened is none."""
    return _of_pages(data, PAGES, lambda shares: all(share > PICTURE for share in shares))


def shows_pictures(data: bytes) -> bool:
    """Whether a short PDF has a page of which a good part is a picture: the photograph of a form, under a line of
    text."""
    return _of_pages(data, FEW, lambda shares: any(share > PART for share in shares))


def _of_pages(data: bytes, most: int, holds: Callable[[list[float]], bool]) -> bool:
    """Whether something holds of the shares of its pages that pictures cover, if it has pages, and not too many."""
    with LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError:
            return False
        try:
            return 0 < len(document) <= most and holds([_covered(document[n]) for n in range(len(document))])
        except pdfium.PdfiumError:
            return False
        finally:
            document.close()


def _covered(page: pdfium.PdfPage) -> float:
    """The share of a page that pictures cover."""
    width, height = page.get_size()
    covered = 0.0
    for item in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        covered += max(0.0, min(right, width) - max(left, 0.0)) * max(0.0, min(top, height) - max(bottom, 0.0))
    return float(covered / max(1.0, width * height))
