"""Pictures → sheets, each with its page laid flat: what the rest of the house asks of this package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from parsers.documents.sheet import Sheet
from parsers.pictures import load
from parsers.pictures.crops import Image
from parsers.pictures.page import seen


def pictures(data: bytes) -> Iterator[tuple[Sheet, Image]]:
    """The pages of a picture file, one after the other."""
    return _sheets(load.pictures(data))


def scanned(data: bytes) -> Iterator[tuple[Sheet, Image]]:
    """The pages of a PDF that is a scan, one after the other."""
    return _sheets(load.rendered(data))


def pasted(files: Iterable[bytes]) -> Iterator[tuple[Sheet, Image]]:
    """The pages among pictures that stood in another document; those that are no page are passed over."""
    return _sheets(page for file in files for page in load.pasted(file))


def _sheets(pages: Iterable[Image]) -> Iterator[tuple[Sheet, Image]]:
    for number, picture in enumerate(pages, 1):
        yield seen(picture, number)
