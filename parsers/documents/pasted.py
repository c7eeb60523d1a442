"""Pictures that stand in a document instead of words: a form photographed, and put into a Word file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.documents import package
from parsers.documents.doc_bytes import ole
from parsers.documents.layout import Unreadable

LEAST, MOST = 60_000, 4
"""Bytes below which a picture is a crest or a signature; pictures of one document that are looked at."""

_STARTS = re.compile(rb"\xff\xd8\xff[\xc0-\xfe]|\x89PNG\r\n\x1a\n")
_MEDIA = re.compile(r"(?:word/media|Pictures)/[^/]+\.(?:jpe?g|png|tiff?|bmp|gif|heic)", re.IGNORECASE)
_RICH = re.compile(rb"\\(?:jpeg|png)blip\b[^{}]{0,300}?[\s}]([0-9a-fA-F\s]{%d,})" % (2 * LEAST))
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def pictures(data: bytes) -> tuple[bytes, ...]:
    """The larger pictures of a .docx, .odt, .doc or .rtf, in the order in which they were put in; an empty tuple for
    what has none or cannot be opened."""
    if data.startswith(b"PK"):
        found = _packed(data)
    elif data.startswith(_COMPOUND):
        found = _old(data)
    elif data[:1024].lstrip().startswith(b"{\\rtf"):
        found = (bytes.fromhex(_even(m[1])) for m in _RICH.finditer(data))
    else:
        return ()
    try:
        return tuple(one for _, one in zip(range(MOST), (p for p in found if len(p) >= LEAST), strict=False))
    except Unreadable:
        return ()  # Why it cannot be opened is the reader's to say.


def _packed(data: bytes) -> Iterator[bytes]:
    opened = package.open_package(data)
    names = [name for name in opened.namelist() if _MEDIA.fullmatch(name)]
    for name in sorted(names, key=lambda name: (len(name), name)):
        if opened.getinfo(name).file_size >= LEAST:
            yield package.part(opened, name)


def _old(data: bytes) -> Iterator[bytes]:
    """What follows the picture in its stream does no harm to who opens it."""
    with ole(data) as opened:
        if not opened.exists("Data"):
            return
        held = opened.openstream("Data").read()
    for start in _STARTS.finditer(held):
        yield held[start.start() :]


def _even(digits: bytes) -> str:
    plain = b"".join(digits.split())
    return plain[: len(plain) // 2 * 2].decode("ascii")
