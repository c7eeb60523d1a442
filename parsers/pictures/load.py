"""Files of pictures → grey pixels, with bounds: what a header promises is looked at before anything is unpacked."""

from __future__ import annotations

import ctypes
import io
import warnings
from collections.abc import Iterator
from itertools import islice

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image as Pillow
from PIL import ImageOps, ImageSequence

from parsers.documents import pdf
from parsers.documents.layout import Unreadable
from parsers.pictures.crops import Image

PIXELS, UNSCALED = 120_000_000, 40_000_000
"""A telephone's largest JPEG has 108 million, and is unpacked smaller; a page at 600 dots an inch has 35."""

PAGES = 12
"""Pages of one document: a form has two."""

LONGER = 3_400
"""Pixels of the longer side that are kept: 290 dots an inch."""

SMALLEST = 300
"""Pixels: on fewer nobody reads a form."""

PASTED = 600
"""Pixels of the shorter side: within a document smaller pictures are crests and portraits."""

_SCAN = 200 / 72
_DAMAGED = "The picture is damaged and cannot be opened. Ask the sender to send it again."
_HUGE = "The picture is larger than any scan or photograph of a page. A person must look at it."
_SMALL = "The picture is too small to be read. A person must look at it."

try:
    import pi_heif

    pi_heif.register_heif_opener()
except ImportError:  # without it .heic alone goes to a person
    pass


def pictures(data: bytes) -> Iterator[Image]:
    """Each page, upright as its EXIF says."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opened = Pillow.open(io.BytesIO(data))
            for number, frame in enumerate(ImageSequence.Iterator(opened)):
                if number >= PAGES or (number and opened.format == "GIF"):
                    break
                yield _grey(frame)
    except Unreadable:
        raise
    except Pillow.DecompressionBombError as error:
        raise Unreadable(_HUGE) from error
    except Exception as error:  # Pillow's readers raise whatever a broken header makes of them
        raise Unreadable(_DAMAGED) from error


def pasted(data: bytes) -> tuple[Image, ...]:
    """The page that a picture within a document is; none where it is a crest, a stamp, or cannot be opened."""
    try:
        found = tuple(islice(pictures(data), 1))
    except Unreadable:
        return ()
    return tuple(page for page in found if min(page.shape) >= PASTED)


def _grey(frame: Pillow.Image) -> Image:
    width, height = frame.size
    if width * height > PIXELS:
        raise Unreadable(_HUGE)
    if min(width, height) < SMALLEST:
        raise Unreadable(_SMALL)
    if frame.format == "JPEG":
        frame.draft("L", (LONGER // 2, LONGER // 2))
    elif width * height > UNSCALED:
        raise Unreadable(_HUGE)
    across, down = frame.info.get("dpi", (1, 1)) or (1, 1)
    if frame.mode in ("RGBA", "LA", "P", "PA"):
        white = Pillow.new("RGBA", frame.size, "white")
        frame = Pillow.alpha_composite(white, frame.convert("RGBA"))
    upright = ImageOps.exif_transpose(frame) or frame
    grey = upright.convert("L")
    wide, tall = grey.size
    if frame.mode == "1" and 1.5 < float(across) / max(float(down), 1.0) < 2.6:
        tall *= 2  # A fax in standard resolution has half as many lines as columns (ITU-T T.4).
    shrink = min(1.0, LONGER / max(wide, tall))
    size = (max(1, round(wide * shrink)), max(1, round(tall * shrink)))
    return np.asarray(
        grey
        if size == grey.size
        else grey.resize(size, Pillow.Resampling.BOX if shrink < 1 else Pillow.Resampling.BICUBIC),
        np.uint8,
    )


def rendered(data: bytes) -> Iterator[Image]:
    """Each page of a PDF, at 200 dots an inch."""
    with pdf.LOCK:
        document = pdfium.PdfDocument(data)
    try:
        if len(document) > PAGES:
            raise Unreadable(
                f"The PDF is a scan of more than {PAGES} pages, so it is no form. A person must look at it."
            )
        for number in range(len(document)):
            with pdf.LOCK:
                seen = _page(document[number])
            yield seen
    except pdfium.PdfiumError as error:
        raise Unreadable(_DAMAGED) from error
    finally:
        with pdf.LOCK:
            document.close()


def _page(page: pdfium.PdfPage) -> Image:
    wide, tall = ctypes.c_uint(), ctypes.c_uint()
    for item in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        if raw.FPDFImageObj_GetImagePixelSize(item.raw, wide, tall) and wide.value * tall.value > PIXELS:
            raise Unreadable(_HUGE)
    width, height = page.get_size()
    scale = min(_SCAN, LONGER / max(width, height, 1.0))
    seen = page.render(scale=scale, grayscale=True).to_numpy()
    page.close()
    return np.ascontiguousarray(seen.reshape(seen.shape[:2]), np.uint8)
