"""Office packages (zip files of XML), opened with suspicion: they come by mail from anyone."""

from __future__ import annotations

import io
import zipfile
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from parsers.documents.layout import LOCKED, Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

ENTRIES = 2_000
PART_BYTES = 20_000_000
ELEMENTS = 400_000
"""A form has ten thousand."""
RATIO = 200
"""An entry may unpack to two hundred times its size: XML of a form shrinks to a tenth."""

_DAMAGED = "The file is damaged and cannot be opened. Ask the sender to save it again and send it anew."
_BOMB = "The file unpacks to far more than a form holds, so it was not opened. A person must look at it."


@lru_cache(maxsize=1)
def open_package(data: bytes) -> zipfile.ZipFile:
    """The package; Unreadable where it is no zip file, or one with an absurd number of entries. The last one stays
    open: what it carries is looked at first, then its words."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise Unreadable(_DAMAGED) from error
    if len(package.infolist()) > ENTRIES:
        raise Unreadable(_BOMB)
    return package


def swells(info: zipfile.ZipInfo, most: int) -> bool:
    """Whether an entry says that it unpacks to more than `most` bytes, or to absurdly more than it is."""
    return info.file_size > most or info.file_size > RATIO * max(info.compress_size, 1_000)


def part(package: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one part, read no further than the caps."""
    try:
        info = package.getinfo(name)
        if info.flag_bits & 0x1:
            raise Unreadable(LOCKED)
        if swells(info, PART_BYTES):
            raise Unreadable(_BOMB)
        with package.open(info) as stream:
            data = stream.read(PART_BYTES + 1)
    except (KeyError, zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, EOFError) as error:
        raise Unreadable(_DAMAGED) from error
    if len(data) > PART_BYTES:
        raise Unreadable(_BOMB)
    return data


def xml(data: bytes) -> Element:
    """The root element. No entity is resolved, nothing fetched; a document type is refused, as Word writes none."""
    if data.count(b"<") > 2 * ELEMENTS:
        raise Unreadable(_BOMB)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(_DAMAGED) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(_BOMB)
    return root
