"""`cmebot read --picture`: the pages of a PDF with every value boxed where it was seen, green where it is sure and
amber where it is doubted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bot.inspecting.reading import arrival
from parsers.forms import Place, places
from parsers.mail import walk
from parsers.mail.contents import mails

if TYPE_CHECKING:
    from PIL.Image import Image

SCALE = 2.0
"""Pixels a point: 144 dots an inch."""
PAGES = 10
SURE, DOUBTED = (0, 130, 60), (214, 120, 0)
_NONE = (
    "There is no page to show of {}: it has none until a program prints it, or it could not be read. "
    "Values are boxed in a PDF that holds text."
)


class NoPage(Exception):
    """What was asked for has no page; the message says so."""


def picture(file: Path, out: Path) -> int:
    """Writes the picture of a PDF, or of the first PDF with a form in a mail; how many values are boxed in it. Raises
    NoPage."""
    from PIL import ImageDraw

    raw = file.read_bytes()
    written = arrival(raw).date()
    for data in _documents(raw):
        found = places(data, written=written)
        if not found:
            continue
        pages = list(_pages(data))
        for number, page in enumerate(pages, 1):
            pen = ImageDraw.Draw(page)
            for place in found:
                if place.box.page == number:
                    _box(pen, place)
        _stacked(pages).save(out, "PNG")
        return sum(place.box.page <= len(pages) for place in found)
    raise NoPage(_NONE.format(file.name))


def _documents(data: bytes) -> Iterator[bytes]:
    if data[:1024].lstrip().startswith(b"%PDF-"):
        yield data
    elif b":" in data[:200] and not data.startswith(b"PK"):
        for mail in mails(walk.walk(data)):
            yield from (file.data for file in mail.files if b"%PDF-" in file.data[:1024])


def _pages(data: bytes) -> Iterator[Image]:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(data)
    try:
        if document.get_formtype():
            document.init_forms()
        for number in range(min(len(document), PAGES)):
            yield document[number].render(scale=SCALE).to_pil().convert("RGB")
    finally:
        document.close()


def _box(pen: object, place: Place) -> None:
    from PIL.ImageDraw import ImageDraw

    assert isinstance(pen, ImageDraw)
    colour, box = SURE if place.sure else DOUBTED, place.box
    corners = [SCALE * n for n in (box.left - 1, box.top - 1, box.right + 1, box.bottom + 3)]
    pen.rectangle(corners, outline=colour, width=2)
    pen.text((corners[0] + 2, corners[1] - 11), place.field, fill=colour)


def _stacked(pages: list[Image]) -> Image:
    """All pages in one picture, one below the other."""
    from PIL import Image

    whole = Image.new("RGB", (max(p.width for p in pages), sum(p.height for p in pages)), "white")
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height
    return whole
