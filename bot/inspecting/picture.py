"""`cmebot read --picture`: the pages of a PDF, a scan or a photograph with every value boxed where it was seen, green
where it is sure and amber where it is doubted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.inspecting.reading import MAILS, arrival, is_mail
from parsers.forms import Place, flat_pages, places
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
    "Values are boxed in a PDF, a scan or a photograph."
)


class NoPage(Exception):
    """What was asked for has no page; the message says so."""


def picture(file: Path, out: Path) -> int:
    """Writes the picture of a document with pages, or of the first such one with a form in a mail; how many values are
    boxed in it. Raises NoPage."""
    raw = file.read_bytes()
    written = arrival(raw).date()
    for data in _documents(file, raw):
        if pages := _boxed(data, written):
            _stacked([page for page, _ in pages]).save(out, "PNG")
            return sum(boxed for _, boxed in pages)
    raise NoPage(_NONE.format(file.name))


def _boxed(data: bytes, written: date) -> list[tuple[Image, int]]:
    """The pages of a document, and how many values are boxed on each; nothing where it has none or no form."""
    if found := places(data, written=written):
        here = [[place for place in found if place.box.page == number] for number in range(1, PAGES + 1)]
        return [(_drawn(page, some, SCALE), len(some)) for page, some in zip(_pages(data), here, strict=False)]
    from PIL import Image

    return [
        (_drawn(Image.fromarray(page.picture).convert("RGB"), page.places, page.dots), len(page.places))
        for page in flat_pages(data, written=written)
    ]


def _documents(file: Path, data: bytes) -> Iterator[bytes]:
    """The document, or those that a mail holds."""
    if file.suffix.lower() not in MAILS and not is_mail(data):
        yield data
        return
    for mail in mails(walk.walk(data)):
        yield from (file.data for file in mail.files)


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


def _drawn(page: Image, some: Sequence[Place], scale: float) -> Image:
    """The page with those values boxed; `scale` is its pixels a point."""
    from PIL import ImageDraw

    pen = ImageDraw.Draw(page)
    for place in some:
        colour, box = SURE if place.sure else DOUBTED, place.box
        corners = [scale * n for n in (box.left - 1, box.top - 1, box.right + 1, box.bottom + 3)]
        pen.rectangle(corners, outline=colour, width=2)
        pen.text((corners[0] + 2, corners[1] - 11), place.field, fill=colour)
    return page


def _stacked(pages: list[Image]) -> Image:
    """All pages in one picture, one below the other."""
    from PIL import Image

    whole = Image.new("RGB", (max(p.width for p in pages), sum(p.height for p in pages)), "white")
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height
    return whole
