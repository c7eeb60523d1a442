"""Documents that are pictures. What reads them needs the extra `cmebot[scans]`, and is loaded with the first one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from types import ModuleType
from typing import Any

from parsers.documents import pasted, pdf_pictures
from parsers.documents.layout import Unreadable, is_pdf
from parsers.documents.sheet import Sheet

_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_HEIF = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftypheim", b"ftypheis")
_WITHOUT = (
    "This is a picture, and this installation cannot read pictures (the extra cmebot[scans] is not installed). "
    "A person must read it."
)


WIDTH = 595.0
"""Points: the width of a page laid flat (see parsers/pictures/register)."""

Flat = tuple[Sheet, Any, float]


def is_picture(data: bytes) -> bool:
    """JPEG, PNG, GIF, TIFF, BMP, HEIC."""
    return data.startswith(_SIGNATURES) or data[4:12] in _HEIF


def sheets(data: bytes, name: str, page: Callable[[], None] = lambda: None) -> tuple[Sheet, ...] | None:
    """The pages of a picture, or of a PDF that holds nothing but pictures; None where the document is something else.
    `page` is called after each, for it takes seconds. Raises Unreadable, with a sentence for a clerk."""
    pages = _opened(data)
    return None if pages is None else _named(pages, name, page)


def pasted_sheets(data: bytes, name: str, page: Callable[[], None] = lambda: None) -> tuple[Sheet, ...]:
    """The pages that stand as pictures in a document of another kind: a photograph put into a Word file, or under a
    line of text into a PDF. Empty where there are none; otherwise as `sheets`."""
    return _named(_pasted(data), name, page)


def laid_flat(data: bytes) -> Iterator[Flat]:
    """The same pages, each with its picture laid flat: grey pixels, as many to a point as the last number says."""
    pages = _opened(data)
    for sheet, picture in _pasted(data) if pages is None else pages:
        yield sheet, picture, picture.shape[1] / WIDTH


def is_scan(data: bytes) -> bool:
    """A PDF that holds nothing but pictures."""
    return is_pdf(data) and pdf_pictures.is_scan(data)


def _opened(data: bytes) -> Iterable[tuple[Sheet, Any]] | None:
    if is_picture(data):
        return _reader().pictures(data)  # type: ignore[no-any-return]
    if is_scan(data):
        return _reader().scanned(data)  # type: ignore[no-any-return]
    return None


def _pasted(data: bytes) -> Iterable[tuple[Sheet, Any]]:
    if is_pdf(data):
        return _reader().scanned(data) if pdf_pictures.shows_pictures(data) else ()
    found = pasted.pictures(data)
    return _reader().pasted(found) if found else ()


def _named(pages: Iterable[tuple[Sheet, Any]], name: str, page: Callable[[], None]) -> tuple[Sheet, ...]:
    found: list[Sheet] = []
    for sheet, _ in pages:
        found.append(replace(sheet, source=name))
        page()
    return tuple(found)


def _reader() -> ModuleType:
    try:
        from parsers.pictures import read
    except ImportError as missing:
        raise Unreadable(_WITHOUT) from missing
    return read
