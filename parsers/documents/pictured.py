"""Documents that are pictures. What reads them needs the extra `cmebot[scans]`, and is loaded with the first one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from types import ModuleType

from parsers.documents import pasted, pdf_pictures
from parsers.documents.layout import Unreadable, is_pdf
from parsers.documents.sheet import Sheet

_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_HEIF = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftypheim", b"ftypheis")
_WITHOUT = (
    "This is a picture, and this installation cannot read pictures (the extra cmebot[scans] is not installed). "
    "A person must read it."
)


def is_picture(data: bytes) -> bool:
    """JPEG, PNG, GIF, TIFF, BMP, HEIC."""
    return data.startswith(_SIGNATURES) or data[4:12] in _HEIF


def sheets(data: bytes, name: str, page: Callable[[], None] = lambda: None) -> tuple[Sheet, ...] | None:
    """The pages of a picture, or of a PDF that holds nothing but pictures; None where the document is something else.
    `page` is called after each, for it takes seconds. Raises Unreadable, with a sentence for a clerk."""
    if is_picture(data):
        pages = _reader().pictures(data)
    elif is_pdf(data) and pdf_pictures.is_scan(data):
        pages = _reader().scanned(data)
    else:
        return None
    return _named(pages, name, page)


def pasted_sheets(data: bytes, name: str, page: Callable[[], None] = lambda: None) -> tuple[Sheet, ...]:
    """The pages that stand as pictures in a document of another kind: a photograph put into a Word file, or under a
    line of text into a PDF. Empty where there are none; otherwise as `sheets`."""
    if is_pdf(data):
        pages = _reader().scanned(data) if pdf_pictures.shows_pictures(data) else ()
    else:
        found = pasted.pictures(data)
        pages = _reader().pasted(found) if found else ()
    return _named(pages, name, page)


def _named(pages: Iterable[Sheet], name: str, page: Callable[[], None]) -> tuple[Sheet, ...]:
    found: list[Sheet] = []
    for sheet in pages:
        found.append(replace(sheet, source=name))
        page()
    return tuple(found)


def _reader() -> ModuleType:
    try:
        from parsers.pictures import read
    except ImportError as missing:
        raise Unreadable(_WITHOUT) from missing
    return read
